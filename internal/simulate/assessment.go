package simulate

import (
	"errors"
	"fmt"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
)

func assessmentKinds() []Kind { return []Kind{boxes()} }

// A paper is what tellers of a ballot do: read a sheet, or state how many papers were
// issued.
type paper struct {
	sheet  assessment.Sheet
	issued int64 // above zero: it is stated, and no sheet read
	class  string
}

func boxes() Kind {
	answers := []assessment.Answer{{Key: "good", Title: "好"}, {Key: "fair", Title: "一般"}, {Key: "poor", Title: "差"}}
	classes := []string{"party", "mass"}
	form := must(assessment.NewForm(assessment.FormSpec{
		Rule:     rule("ballot"),
		Criteria: []assessment.Criterion{{Key: "one", Title: "德", Answers: answers}, {Key: "two", Title: "能", Answers: answers}},
		Classes:  []assessment.Class{{Key: classes[0], Title: "党员"}, {Key: classes[1], Title: "群众代表"}},
		Spoils:   []assessment.Spoil{{Key: "torn", Title: "破损"}},
		Spreads:  []assessment.Spread{{Key: "forced", Title: "差评过多", Answers: []string{"poor"}, Max: 1}},
		Base:     assessment.Valid, Balance: union.Plain, Rounding: halfUp(2),
	}))
	const blank, unread, poor = 0, 255, 3
	void := func(p paper) bool {
		return p.issued == 0 && (p.sheet.Spoil > 0 || p.sheet.Answers[0] == poor && p.sheet.Answers[1] == poor)
	}
	return fixed(tally[assessment.Box, paper]{
		empty: form.Box,
		draw: func(s *Source, _ place, _ []paper) (paper, error) {
			if s.Chance(10) {
				return paper{issued: int64(s.From(1, 50)), class: pick(s, classes...)}, nil
			}
			mark := func() uint8 { return pick[uint8](s, blank, 1, 2, 1, 2, poor, unread) }
			p := paper{sheet: assessment.Sheet{Class: uint8(s.From(1, 2)), Answers: []uint8{mark(), mark()}}}
			switch {
			case s.Chance(6):
				p.sheet.Class = 3
				return p, union.ErrRange
			case s.Chance(6):
				p.sheet.Answers = p.sheet.Answers[:1]
				return p, union.ErrRange
			case s.Chance(6):
				p.sheet.Answers[1] = 4
				return p, union.ErrRange
			case s.Chance(8):
				p.sheet.Spoil = 1
			}
			return p, nil
		},
		add: func(box *assessment.Box, p paper) error {
			if p.issued > 0 {
				return box.State(p.class, assessment.Issued, p.issued)
			}
			return box.Add(p.sheet)
		},
		law: func(sum assessment.Box, of []paper) error {
			outcome, err := form.Count(sum)
			broken := []error{err}
			for at, class := range classes {
				mine := func(p paper) bool { return p.issued == 0 && int(p.sheet.Class) == at+1 }
				valid := countOf(of, func(p paper) bool { return mine(p) && !void(p) })
				bases := outcome.Bases[class+"/bases"]
				broken = append(broken,
					equal(class+": recovered", bases[assessment.Recovered], countOf(of, mine)),
					equal(class+": valid", bases[assessment.Valid], valid),
					equal(class+": issued", bases[assessment.Issued], sumOf(of, func(p paper) int64 {
						if p.class == class {
							return p.issued
						}
						return 0
					})),
					equal(class+": torn", outcome.Void[class+"/bases"]["torn"], countOf(of, func(p paper) bool { return mine(p) && p.sheet.Spoil > 0 })))
				for criterion, key := range []string{"one", "two"} {
					votes, all := outcome.Votes[class+"/"+key], int64(0)
					for answer, mark := range map[string]uint8{"good": 1, "fair": 2, "poor": poor, "blank": blank, "void": unread} {
						broken = append(broken, equal(fmt.Sprint(class, "/", key, ": ", answer), votes[answer], countOf(of, func(p paper) bool {
							return mine(p) && !void(p) && p.sheet.Answers[criterion] == mark
						})))
						all += votes[answer]
					}
					broken = append(broken, equal(class+"/"+key+": all answers", all, valid))
				}
			}
			return errors.Join(broken...)
		},
	})
}
