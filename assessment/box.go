package assessment

import (
	"maps"
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
	"github.com/unioncampaign/union/internal/quote"
	"github.com/unioncampaign/union/internal/wire"
)

// A Box is a tally of sheets: independent counts for each criterion and voter
// class, and nothing joint between criteria. Two sets of sheets with the same
// counts give equal boxes, so no ballot can be found in one. [Form.Box] makes
// an empty box; its size depends on the form alone.
//
// A box is not idempotent: a sheet added twice counts twice. The zero Box is of
// no form: it takes no sheet, and takes the form of the first box merged into
// it. A box that was read from bytes knows its form by name only: it merges and is
// counted, and takes sheets once it is merged into one that the form has made. A
// Box is not safe for use by several goroutines; merge one for each.
type Box struct {
	rule   union.RuleID
	layout *layout // nil in a box that was read, or is of no form
	cells  []int64
	bases  []int64 // by slot, then by base
	told   []bool  // which bases have been stated
}

// Rule returns the identity of the box's form; zero if it has none.
func (b Box) Rule() union.RuleID { return b.rule }

// Add counts one sheet. A sheet that the form's spreads void, or that tellers
// set aside, is no error: it is counted as void under its first reason, and its
// answers are not counted.
//
// It reports the first fault in this order and then changes nothing:
//   - [union.ErrMissing], for a box of no form;
//   - [union.ErrRange], for a class, a reason, a number of answers, or an answer
//     that the form does not have, each by its place;
//   - [union.ErrOverflow], for a count of sheets beyond 2^62.
func (b *Box) Add(sheet Sheet) error {
	l := b.layout
	if l == nil {
		return noForm()
	}
	if sheet.Spoil > 0 || len(l.spreads) > 0 {
		return b.addVoid(sheet)
	}
	block, ok := l.block(sheet.Class)
	switch {
	case !ok:
		return noClass(sheet.Class)
	case len(sheet.Answers) != len(l.asked):
		return l.fits(sheet.Answers)
	}
	counts, asked := b.cells[block:block+l.stride], l.asked[:len(sheet.Answers)]
	if counts[0] >= full {
		return b.addFull(sheet)
	}
	for i, answer := range sheet.Answers {
		q := asked[i]
		if answer > q.last {
			if answer != voidMark {
				l.uncount(counts, sheet.Answers[:i])
				return l.fits(sheet.Answers)
			}
			answer = q.last + 1
		}
		counts[q.start+int(answer)]++
	}
	counts[0]++
	return nil
}

// addVoid adds a sheet that may be void.
func (b *Box) addVoid(sheet Sheet) error {
	block, reason, err := b.layout.reads(sheet)
	if err != nil {
		return err
	}
	counts := b.cells[block : block+b.layout.stride]
	if counts[reason] >= full {
		return tooMany()
	}
	counts[reason]++
	if reason > 0 {
		return nil
	}
	for i, answer := range sheet.Answers {
		counts[b.layout.asked[i].cell(answer)]++
	}
	return nil
}

// addFull refuses a sheet that there is no room for, if it can be read.
func (b *Box) addFull(sheet Sheet) error {
	if err := b.layout.fits(sheet.Answers); err != nil {
		return err
	}
	return tooMany()
}

// uncount takes answers back that were counted.
func (l *layout) uncount(counts []int64, answers []uint8) {
	for i, answer := range answers {
		counts[l.asked[i].cell(answer)]--
	}
}

func noForm() error { return union.NewFault(union.ErrMissing, "form", "", "a box made by a form") }

func noClass(class uint8) error {
	return union.NewFault(union.ErrRange, "class", strconv.Itoa(int(class)), "a class of the form")
}

// reads reports whether a sheet can be read, and returns where the counts of its
// class start, and why it is void, counted from 1; 0: it is valid.
func (l *layout) reads(sheet Sheet) (block, reason int, err error) {
	block, ok := l.block(sheet.Class)
	if !ok {
		return 0, 0, noClass(sheet.Class)
	}
	if int(sheet.Spoil) > l.spoils {
		return 0, 0, union.NewFault(union.ErrRange, "spoil", strconv.Itoa(int(sheet.Spoil)), "a reason of the form")
	}
	if sheet.Spoil > 0 {
		return block, int(sheet.Spoil), nil
	}
	if err := l.fits(sheet.Answers); err != nil {
		return 0, 0, err
	}
	return block, l.breaks(sheet.Answers), nil
}

// breaks returns the first reason for which the form voids a sheet's answers,
// counted from 1 as those of the tellers are; 0: there is none.
func (l *layout) breaks(answers []uint8) int {
	for i := range l.spreads {
		if l.spreads[i].broken(answers) {
			return 1 + l.spoils + i
		}
	}
	return 0
}

// fits reports whether the answers are ones that the form has.
func (l *layout) fits(answers []uint8) error {
	if len(answers) != len(l.asked) {
		return union.NewFault(union.ErrRange, "answers", strconv.Itoa(len(answers)), strconv.Itoa(len(l.asked)))
	}
	asked := l.asked[:len(answers)]
	for i, answer := range answers {
		if answer > asked[i].last && answer != voidMark {
			return union.NewFault(union.ErrRange, union.Indexed("answers", i), "", "an answer of the form")
		}
	}
	return nil
}

// full is the greatest count. It leaves so much room in an int64 that the
// answers of a sheet need no check of their own: only counts that are entered or
// merged can come near it, and these are checked.
const full = 1 << 62

func tooMany() error { return union.NewFault(union.ErrOverflow, "box", "", "") }

// AddCounts adds papers counted by hand.
//
// It reports the first fault in this order and then changes nothing:
// [union.ErrMissing], for a box of no form; [union.ErrUnknown], for a class;
// then for the valid papers, each void reason, and each criterion and answer (by
// key in order) [union.ErrUnknown] for what the form does not have,
// [union.ErrRange] for a count below zero, and [union.ErrOverflow].
func (b *Box) AddCounts(counts Counts) error {
	code, err := b.layout.class(counts.Class)
	if err != nil {
		return err
	}
	block, _ := b.layout.block(code)
	sums := slices.Clone(b.cells[block : block+b.layout.stride])
	if err := plus(&sums[0], counts.Valid, "valid"); err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(counts.Void)) {
		at, ok := b.layout.reason(key)
		if !ok {
			return union.NewFault(union.ErrUnknown, "void", quote.Key(key), "a reason of the form")
		}
		if err := plus(&sums[1+at], counts.Void[key], "void."+key); err != nil {
			return err
		}
	}
	for _, key := range slices.Sorted(maps.Keys(counts.Votes)) {
		if err := b.layout.addVotes(sums, key, counts.Votes[key]); err != nil {
			return err
		}
	}
	copy(b.cells[block:], sums)
	return nil
}

// addVotes adds the counts of one criterion.
func (l *layout) addVotes(sums []int64, key string, votes map[string]int64) error {
	criterion, ok := l.criterionIndex(key)
	if !ok {
		return union.NewFault(union.ErrUnknown, "votes", quote.Key(key), "a criterion of the form")
	}
	for _, answer := range slices.Sorted(maps.Keys(votes)) {
		code, ok := l.answer(criterion, answer)
		if !ok || answer == "" {
			return union.NewFault(union.ErrUnknown, "votes."+key, quote.Key(answer), "an answer of the form, blank or void")
		}
		if err := plus(&sums[l.asked[criterion].cell(code)], votes[answer], "votes."+key+"."+answer); err != nil {
			return err
		}
	}
	return nil
}

// plus adds n, which is not negative, to a count.
func plus(sum *int64, n int64, where string) error {
	if n < 0 {
		return union.NewFault(union.ErrRange, where, strconv.FormatInt(n, 10), "0 or more")
	}
	added, ok := exact.Add(*sum, n)
	if !ok || added > full {
		return union.NewFault(union.ErrOverflow, where, strconv.FormatInt(n, 10), "")
	}
	*sum = added
	return nil
}

// State adds to what the tellers state of a class: how many were entitled and
// present, and how many papers were issued and recovered. An empty class states
// it of all voters together. What several boxes state is summed when they are
// merged; what nobody states stays unknown, not zero.
//
// It reports the first fault in this order and then changes nothing:
// [union.ErrMissing], for a box of no form; [union.ErrUnknown], for a class;
// [union.ErrRange], for a base that is not stated but follows from the sheets,
// or a number below zero; [union.ErrOverflow].
func (b *Box) State(class string, base Base, n int64) error {
	slot := uint8(0)
	if class != "" || b.layout == nil {
		code, err := b.layout.class(class)
		if err != nil {
			return err
		}
		slot = code
	}
	if base == 0 || int(base) > stated {
		return union.NewFault(union.ErrRange, "base", base.String(), "entitled, present, issued or recovered")
	}
	at := int(slot)*stated + int(base) - 1
	if err := plus(&b.bases[at], n, base.String()); err != nil {
		return err
	}
	b.told[at] = true
	return nil
}

// Merge adds what other holds, and leaves other alone. Merging is commutative
// and associative, and the zero Box changes nothing. It reports, and then
// changes nothing, [union.ErrRule] for a box of another form, or that claims the
// same and is of another shape, and [union.ErrOverflow] for a count beyond 2^62.
func (b *Box) Merge(other Box) error {
	switch {
	case other.rule.IsZero():
		return nil
	case b.rule.IsZero():
		*b = other.clone()
		return nil
	}
	if err := b.goesWith(other); err != nil {
		return err
	}
	sum := b.clone()
	if sum.layout == nil {
		sum.layout = other.layout
	}
	for i, n := range other.cells {
		if err := plus(&sum.cells[i], n, "box"); err != nil {
			return err
		}
	}
	for i, n := range other.bases {
		if err := plus(&sum.bases[i], n, "bases"); err != nil {
			return err
		}
		sum.told[i] = sum.told[i] || other.told[i]
	}
	*b = sum
	return nil
}

// goesWith refuses a box of another form or shape.
func (b *Box) goesWith(other Box) error {
	switch {
	case b.rule != other.rule:
		return union.NewFault(union.ErrRule, "box", other.rule.String(), b.rule.String())
	case len(b.cells) != len(other.cells) || len(b.bases) != len(other.bases):
		return otherShape(b.rule)
	}
	return nil
}

// otherShape refuses a box that claims a form and has other counts than it.
func otherShape(form union.RuleID) error {
	return union.NewFault(union.ErrRule, "box", "other classes, criteria or answers", form.String())
}

// Equal reports whether two boxes are of one form and hold the same counts. Their
// bytes are equal if and only if they are.
func (b Box) Equal(other Box) bool {
	return b.rule == other.rule && slices.Equal(b.cells, other.cells) && slices.Equal(b.bases, other.bases) && slices.Equal(b.told, other.told)
}

// boxForm names the binary form of a Box: the counts of all classes, and what is
// stated of them: the numbers, then which of them are known.
const boxForm = "assessment.box/1"

// AppendBinary appends the canonical binary form, as [union.WriteTally] does. It
// has the counts alone, and no sheet can be found in it.
func (b Box) AppendBinary(data []byte) ([]byte, error) {
	return union.WriteTally(data, boxForm, b.rule, func(w *wire.Writer) {
		w.Counts(b.cells)
		w.Len(len(b.told))
		w.Fill(b.bases)
		for _, told := range b.told {
			w.Bool(told)
		}
	})
}

// UnmarshalBinary reads what AppendBinary wrote, as [union.ReadTally] does; into
// the zero Box that of any form, else that of the same form ([union.ErrRule]). What
// no box holds is [union.ErrText]. On error the box is unchanged.
func (b *Box) UnmarshalBinary(data []byte) error {
	made := Box{layout: b.layout}
	rule, err := union.ReadTally(data, boxForm, b.rule, made.read)
	if err != nil {
		return err
	}
	made.rule = rule
	switch {
	case rule.IsZero():
		made = Box{}
	case !b.rule.IsZero():
		if err := b.goesWith(made); err != nil {
			return err
		}
	}
	*b = made
	return nil
}

// read reads the body. Its form is not there to be asked: [Box.Merge] and the form
// itself see whether it is of theirs.
func (b *Box) read(r *wire.Reader) {
	b.cells = r.Counts()
	n := r.Len(2)
	if len(b.cells) == 0 || n == 0 || n%stated != 0 || len(b.cells)%max(1, n/stated-1) != 0 {
		r.Refuse("other counts than a form has", "as many for each class")
		return
	}
	if !r.Room(n) {
		return
	}
	b.bases, b.told = make([]int64, n), make([]bool, n)
	r.Fill(b.bases)
	for i := range b.told {
		b.told[i] = r.Bool()
		if !b.told[i] && b.bases[i] != 0 {
			r.Refuse("a number that nobody states", "0")
		}
	}
	if max(slices.Max(b.cells), slices.Max(b.bases)) > full {
		r.Refuse("a count beyond 2^62", "one that a box can hold")
	}
}

// clone returns a copy that shares no count.
func (b Box) clone() Box {
	b.cells, b.bases, b.told = slices.Clone(b.cells), slices.Clone(b.bases), slices.Clone(b.told)
	return b
}
