package assessment

import (
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
)

// An Outcome is what tellers see when a box is counted, or what a [Policy] has
// let through of it: a plain result.
//
// Its maps are keyed by place. The place of a criterion is its key, or
// "CLASS/CRITERION" for one voter class; that of the bases is "bases" or
// "CLASS/bases". What is absent is not known, or withheld if its place stands in
// Withheld: never zero.
type Outcome struct {
	Form     union.RuleID                `json:"-"`                  // the form it was counted under
	Policy   union.RuleID                `json:"-"`                  // the policy that let it through; zero: it is for the tellers alone
	Votes    map[string]map[string]int64 `json:"votes"`              // by place of a criterion, then by answer, "blank" or "void"
	Bases    map[string]map[Base]int64   `json:"bases"`              // by place of bases
	Void     map[string]map[string]int64 `json:"void"`               // void papers, by place of bases, then by reason
	Withheld []string                    `json:"withheld,omitempty"` // places that a policy keeps back, in order
	Findings []union.Finding             `json:"findings,omitempty"` // what does not add up, each at its place
}

// basesPlace names the place of the bases.
const basesPlace = "bases"

// place returns the place of a criterion, or of the bases, for a class; an empty
// class is all voters.
func place(class, key string) string {
	if class == "" {
		return key
	}
	return class + "/" + key
}

// parted returns the class and the key that a place is made of.
func parted(place string) (class, key string) {
	class, key, ok := strings.Cut(place, "/")
	if !ok {
		return "", place
	}
	return class, key
}

// Count returns the outcome of a box. What does not add up is told as findings
// and is not repaired: recovered above issued, issued or present above
// entitled, papers counted that differ from those recovered, votes of a criterion
// that differ from the valid papers, and a criterion that several papers leave
// blank, all of them, while they answer another: it may never have been asked.
//
// It fails with [union.ErrRule] for a box of another form, and with
// [union.ErrOverflow] if the classes together exceed 2^62. The zero Box is
// counted as an empty one.
func (f Form) Count(box Box) (Outcome, error) {
	if box.rule.IsZero() {
		box = f.Box()
	}
	if f.layout == nil || box.rule != f.id {
		return Outcome{}, union.NewFault(union.ErrRule, "box", box.rule.String(), f.id.String())
	}
	if len(box.cells) != f.layout.size() || len(box.bases) != f.layout.slots()*stated {
		return Outcome{}, otherShape(f.id)
	}
	outcome := Outcome{
		Form:  f.id,
		Votes: map[string]map[string]int64{},
		Bases: map[string]map[Base]int64{},
		Void:  map[string]map[string]int64{},
	}
	whole := make([]int64, f.layout.stride)
	for i := range len(box.cells) / f.layout.stride {
		counts := box.cells[i*f.layout.stride : (i+1)*f.layout.stride]
		for at, n := range counts {
			if err := plus(&whole[at], n, "box"); err != nil {
				return Outcome{}, err
			}
		}
		if len(f.layout.classes) > 0 {
			f.open(&outcome, f.layout.classes[i], counts)
		}
	}
	f.open(&outcome, "", whole)
	if err := f.state(&outcome, box); err != nil {
		return Outcome{}, err
	}
	f.reconcile(&outcome)
	return outcome, nil
}

// open sets the counts of one class, or of all voters.
func (f Form) open(outcome *Outcome, class string, counts []int64) {
	bases := place(class, basesPlace)
	outcome.Bases[bases] = map[Base]int64{Valid: counts[0]}
	outcome.Void[bases] = map[string]int64{}
	for i, reason := range f.layout.reasons {
		outcome.Void[bases][reason] = counts[1+i]
	}
	for i, criterion := range f.layout.criteria {
		start, answers := f.layout.asked[i].start, f.layout.answers[i]
		votes := map[string]int64{Blank: counts[start], Spoiled: counts[start+len(answers)+1]}
		for j, answer := range answers {
			votes[answer] = counts[start+1+j]
		}
		outcome.Votes[place(class, criterion)] = votes
	}
}

// state sets the bases that tellers stated. For all voters it is the sum of what
// was stated of any; papers recovered, if nobody stated them, are those counted.
func (f Form) state(outcome *Outcome, box Box) error {
	for slot := range f.layout.slots() {
		for base := Entitled; int(base) <= stated; base++ {
			at := slot*stated + int(base) - 1
			if !box.told[at] {
				continue
			}
			sum := outcome.Bases[basesPlace][base]
			if err := plus(&sum, box.bases[at], base.String()); err != nil {
				return err
			}
			outcome.Bases[basesPlace][base] = sum
			if slot > 0 {
				outcome.Bases[place(f.layout.classes[slot-1], basesPlace)][base] = box.bases[at]
			}
		}
	}
	for at, bases := range outcome.Bases {
		if _, ok := bases[Recovered]; ok {
			continue
		}
		counted, ok := papers(bases, outcome.Void[at])
		if !ok {
			return union.NewFault(union.ErrOverflow, at, "", "")
		}
		bases[Recovered] = counted
	}
	return nil
}

// papers returns how many papers were counted, valid and void.
func papers(bases map[Base]int64, void map[string]int64) (int64, bool) {
	voided, fits := added(maps.Values(void))
	sum, fit := exact.Add(bases[Valid], voided)
	return sum, fits && fit
}

// added returns the sum of counts, and whether it can be held.
func added(counts iter.Seq[int64]) (sum int64, fits bool) {
	fits = true
	for n := range counts {
		var ok bool
		sum, ok = exact.Add(sum, n)
		fits = fits && ok
	}
	return sum, fits
}

// reconcile finds what does not add up, for all voters and then for each class.
func (f Form) reconcile(outcome *Outcome) {
	for _, class := range append([]string{""}, f.layout.classes...) {
		at := place(class, basesPlace)
		bases := outcome.Bases[at]
		for _, pair := range [][2]Base{{Recovered, Issued}, {Issued, Entitled}, {Present, Entitled}} {
			low, lowOK := bases[pair[0]]
			high, highOK := bases[pair[1]]
			if lowOK && highOK && low > high {
				outcome.find(at, pair[0].String()+" at most "+pair[1].String(), low, high)
			}
		}
		if counted, _ := papers(bases, outcome.Void[at]); counted != bases[Recovered] {
			outcome.find(at, "valid and void papers are those recovered", counted, bases[Recovered])
		}
		for _, criterion := range f.layout.criteria {
			votes := outcome.Votes[place(class, criterion)]
			sum, ok := size(votes)
			if !ok || sum != bases[Valid] {
				outcome.find(place(class, criterion), "answers, blanks and void marks are the valid papers", sum, bases[Valid])
			}
		}
	}
	f.findUnasked(outcome)
}

// findUnasked finds criteria that nobody answers although the papers answer
// others.
func (f Form) findUnasked(outcome *Outcome) {
	valid := outcome.Bases[basesPlace][Valid]
	var unasked []string
	for _, criterion := range f.layout.criteria {
		if valid > 1 && outcome.Votes[criterion][Blank] == valid {
			unasked = append(unasked, criterion)
		}
	}
	if len(unasked) == len(f.layout.criteria) {
		return
	}
	for _, criterion := range unasked {
		outcome.find(criterion, "some paper answers", 0, valid)
	}
}

func (o *Outcome) find(where, rule string, got, want int64) {
	o.Findings = append(o.Findings, union.Finding{
		Where: where, Rule: rule, Got: strconv.FormatInt(got, 10), Want: strconv.FormatInt(want, 10),
	})
}

// size returns how many papers the counts of a criterion are of, and whether
// they can be summed.
func size(votes map[string]int64) (int64, bool) { return added(maps.Values(votes)) }

// unanimous reports whether all papers have the same answer to a criterion, so
// that the count tells what everyone of them says.
func unanimous(votes map[string]int64) bool {
	given := 0
	for _, n := range votes {
		if n > 0 {
			given++
		}
	}
	return given == 1
}

// base returns how many a base holds, for a class (empty: all voters) and, where
// the base is another for each, a criterion; and whether that is known.
func (o Outcome) base(class string, criterion Criterion, base Base) (int64, bool) {
	at := place(class, basesPlace)
	if !base.perCriterion() {
		n, known := o.Bases[at][base]
		return n, known
	}
	votes, known := o.Votes[place(class, criterion.Key)]
	var parts []int64
	for _, answer := range criterion.Answers {
		if base != Expressed || !answer.NoVote {
			parts = append(parts, votes[answer.Key])
		}
	}
	if base != Expressed {
		parts = append(parts, votes[Spoiled])
	}
	if base == Cast {
		void, told := o.Void[at]
		known = known && told
		parts = slices.AppendSeq(parts, maps.Values(void))
	}
	sum, fits := added(slices.Values(parts))
	return sum, known && fits
}
