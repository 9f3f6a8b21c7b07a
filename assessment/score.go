package assessment

import (
	"maps"
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Score is what a scheme makes of one unit's record: a plain result. Numbers
// are exact; they are printed only through a rounding.
//
// Its verdict answers with the grade. It is met if every gate holds and no fact
// bars the award; a veto that only lowers the grade is told as an unmet reason,
// but bars nothing. An item that does not apply is an exempt reason, and what does
// not add up in a ballot an unknown one.
type Score struct {
	Unit    string                  `json:"unit"`
	In      map[string]string       `json:"in,omitempty"`    // the groupings of its record
	Items   map[string]union.Number `json:"items"`           // by item key; an item that does not apply is absent
	Total   union.Number            `json:"total"`           // the figure of the scheme's total, after vetoes
	Grade   string                  `json:"grade,omitempty"` // the grade's key; empty if the scheme has none or a gate is unmet
	Verdict union.Verdict           `json:"verdict"`
}

// Judge scores a group of units and returns one score for each record, in
// order. Nobody is scored if anybody cannot be.
//
// It reports the first fault, looking first at the records in order, and in each
// at its unit, its figures, its panels, what does not apply, and its facts; then
// at the items in the scheme's order, and for each at the records in order; and
// last at the totals and grades:
//   - [union.ErrMissing], for a record without a unit, a figure, panel or
//     grouping not given, a panel with too few marks, an item that does not apply
//     used where nothing makes up for it, and every record of the zero Scheme;
//   - [union.ErrRepeated], for a unit already in the group, or a figure that is
//     both given and said not to apply;
//   - [union.ErrUnknown], for a key or a fact that the scheme does not have;
//   - [union.ErrRange], for a figure out of bounds, off its grid or its ladder of
//     marks, or outside a scale, and a panel smaller than its trim;
//   - [union.ErrUndefined], for a division by zero, and a total of which nothing
//     applies.
func (s Scheme) Judge(group []Record) ([]Score, error) {
	rows, err := s.rows(group)
	if err != nil {
		return nil, err
	}
	scores := make([]Score, 0, len(group))
	for i, record := range group {
		score, err := s.score(record, rows[i])
		if err != nil {
			return nil, union.Within(union.Indexed("group", i), err)
		}
		scores = append(scores, score)
	}
	return scores, nil
}

// checkGroup reports the first record that cannot be scored.
func (s Scheme) checkGroup(group []Record) error {
	units := make(map[string]bool, len(group))
	for i, record := range group {
		if err := s.checkUnit(record, units); err != nil {
			return union.Within(union.Indexed("group", i), err)
		}
		units[record.Unit] = true
	}
	return nil
}

// checkUnit reports the first fault of a record; units are those before it.
func (s Scheme) checkUnit(record Record, units map[string]bool) error {
	switch {
	case s.id.IsZero():
		return union.NewFault(union.ErrMissing, "scheme", "the zero scheme", "one made by NewScheme")
	case record.Unit == "":
		return union.NewFault(union.ErrMissing, "unit", "", "")
	case units[record.Unit]:
		return union.NewFault(union.ErrRepeated, "unit", quote.Key(record.Unit), "one record a unit")
	}
	return s.checkRecord(record)
}

// score makes a record's score of its marks: gates, vetoes, then the grade.
func (s Scheme) score(record Record, marks []mark) (Score, error) {
	if !marks[s.total].applies {
		return Score{}, union.NewFault(union.ErrUndefined, "items."+s.spec.Total, "nothing of it applies", "")
	}
	score := Score{Unit: record.Unit, In: maps.Clone(record.In), Items: make(map[string]union.Number, len(marks))}
	gates, open := s.gateReasons(marks)
	vetoes, barred, lowered := s.vetoReasons(record, marks)
	for at, made := range marks {
		if made.applies {
			score.Items[s.spec.Items[at].Key] = made.figure
		}
	}
	score.Total = marks[s.total].figure
	reasons := slices.Concat(gates, vetoes, s.exemptReasons(record, marks), s.doubts(record))
	if open && s.spec.Grades != nil {
		reason, err := s.grade(&score, marks, lowered)
		if err != nil {
			return Score{}, err
		}
		reasons = append(reasons, reason)
	}
	score.Verdict = union.Verdict{
		Question: "score of " + record.Unit + " under " + s.spec.Key,
		Answer:   score.Grade,
		Standing: standing(open && !barred),
		Reasons:  reasons,
	}
	return score, nil
}

func standing(holds bool) union.Standing {
	if holds {
		return union.Met
	}
	return union.Unmet
}

// gateReasons returns a reason for each gate, and whether none is unmet. A gate
// on an item that does not apply is exempt.
func (s Scheme) gateReasons(marks []mark) (reasons []union.Reason, open bool) {
	open = true
	for _, gate := range s.spec.Gates {
		reason := union.Reason{Finding: gate.finding(), Standing: union.Exempt}
		if tested := marks[s.items.index[gate.Item]]; tested.applies {
			holds := gate.In.Contains(tested.figure)
			reason.Got, reason.Standing = tested.figure.String(), standing(holds)
			open = open && holds
		}
		reasons = append(reasons, reason)
	}
	return reasons, open
}

// finding returns what the test asks, without what it got.
func (t Test) finding() union.Finding {
	rule := t.Why
	if rule == "" {
		rule = t.Item
	}
	return union.Finding{Where: t.Item, Rule: rule, Want: t.In.String()}
}

// vetoReasons returns a reason for each veto, unmet if its fact occurred, whether
// the award is barred, and by how many grades the grade is lowered. A veto that
// zeroes the score changes the mark of the total.
func (s Scheme) vetoReasons(record Record, marks []mark) (reasons []union.Reason, barred bool, lowered int) {
	for _, veto := range s.spec.Vetoes {
		reason := union.Reason{
			Finding:  union.Finding{Where: veto.Fact, Rule: veto.Title},
			Standing: union.Met,
		}
		if slices.Contains(record.Facts, veto.Fact) {
			reason.Standing = union.Unmet
			barred = barred || veto.Effect != Lower
			lowered += veto.Grades
			if veto.Effect == Zero {
				marks[s.total].figure = union.Number{}
			}
		}
		reasons = append(reasons, reason)
	}
	return reasons, barred, lowered
}

// exemptReasons returns a reason for each item that does not apply, with the
// record's own words for why; without, if none of its parts applies.
func (s Scheme) exemptReasons(record Record, marks []mark) []union.Reason {
	var reasons []union.Reason
	for at, made := range marks {
		if made.applies {
			continue
		}
		item := s.spec.Items[at]
		reasons = append(reasons, union.Reason{
			Finding:  union.Finding{Where: item.Key, Rule: item.name(), Got: record.NotApplicable[item.Key]},
			Standing: union.Exempt,
		})
	}
	return reasons
}

// doubts returns a reason for each thing that does not add up in a ballot of the
// record. It decides nothing, and is told.
func (s Scheme) doubts(record Record) []union.Reason {
	var reasons []union.Reason
	for _, form := range s.spec.Forms {
		for _, finding := range record.Votes[form.Key].Findings {
			finding.Where = "votes." + form.Key + "." + finding.Where
			reasons = append(reasons, union.Reason{Finding: finding, Standing: union.Unknown})
		}
	}
	return reasons
}

// grade sets the score's grade: that of the first rung that holds, lowered by a
// number of grades but never below the last. The reason is that of the grade
// before it is lowered.
func (s Scheme) grade(score *Score, marks []mark, lowered int) (union.Reason, error) {
	at, err := s.spec.Grades.find(marks, s.items)
	if err != nil {
		return union.Reason{}, union.Within("grades", err)
	}
	rungs := s.spec.Grades.Rungs
	reason := union.Reason{Finding: union.Finding{Where: "grades", Rule: s.GradeTitle(rungs[at].Grade)}, Standing: union.Met}
	for _, test := range rungs[at].If {
		reason.Got = listed(reason.Got, s.name(test.Item)+" "+marks[s.items.index[test.Item]].figure.String())
		reason.Want = listed(reason.Want, s.name(test.Item)+" "+test.In.String())
	}
	if len(rungs[at].If) == 0 {
		reason.Got = s.name(s.spec.Total) + " " + score.Total.String()
	}
	score.Grade = rungs[s.lowered(at, lowered)].Grade
	return reason, nil
}

// lowered returns the rung of the grade that lies so many grades below that of a
// rung, or that of the last grade.
func (s Scheme) lowered(at, grades int) int {
	rungs := s.spec.Grades.Rungs
	for i := at + 1; i < len(rungs) && grades > 0; i++ {
		if rungs[i].Grade != rungs[at].Grade {
			at = i
			grades--
		}
	}
	return at
}

// listed appends a part to a list in one text.
func listed(text, part string) string {
	if text == "" {
		return part
	}
	return text + ", " + part
}
