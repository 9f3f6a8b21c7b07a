package simulate

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/unioncampaign/union"
)

// A letter is a report or a revision that comes in on a day, counted from the first of
// the year.
type letter struct {
	day     int
	period  int // whose report it is, by its place among the mails
	key     string
	ended   bool // the unit was no more when the reports were asked for
	revise  bool
	what    content
	reason  string
	undated bool
	back    int // it is dated so many days before it comes in
}

// A content is what stands in a letter.
type content uint8

const (
	now   content = iota // what the unit counts
	first                // what it reported first
	last                 // what it reported last
	less                 // what it counts, but the last of it
	none                 // nothing
)

// A box is what came from one unit, noted down the plainest way.
type box[R any] struct {
	arrival   union.Arrival
	on        union.Date
	inForce   version[R]
	first     version[R]
	came      []came
	revisions int
	idle      bool   // the last letter has changed nothing
	told      []came // the report that was taken, and the revisions that followed it
}

// A version is a tally as a unit had it, with the records that it is of.
type version[R any] struct {
	data    []byte
	records []R
}

// A came is a letter as it came.
type came struct {
	data, reason string
	on           union.Date
}

// A mail is the reports of one tally on a day, and what the house must make of them.
type mail[T any, P union.Tally[T], R any] struct {
	tree    union.Tree
	due     []union.UnitID
	lastDay union.Date
	rollup  roller[T]
	boxes   map[union.UnitID]*box[R]
	frozen  map[string]version[R] // what units had counted on the day, of which some end
	whole   []byte                // the sum of all when it was looked at last
}

// reportDays is how many days units have to report.
const reportDays = 10

// post asks the units of a tree to report on a period, and draws when and what they will
// send. Some that are no more send something too.
func (c *count[T, P, R]) post(s *Source, tree union.Tree, day int) ([]letter, error) {
	m := &mail[T, P, R]{tree: tree, lastDay: dayOf(day + reportDays), boxes: map[union.UnitID]*box[R]{}, frozen: map[string]version[R]{}}
	period := len(c.mails)
	c.mails = append(c.mails, m)
	var letters []letter
	for _, key := range c.ended {
		if s.Chance(30) {
			letters = append(letters, letter{day: day + s.Below(2*reportDays), period: period, key: key, ended: true})
		}
	}
	for _, leaf := range tree.Leaves() {
		unit, _ := tree.Unit(leaf)
		each, err := c.cell(unit.Key)
		if err != nil {
			return nil, err
		}
		m.frozen[unit.Key] = version[R]{each.bytes, each.records()}
		m.boxes[leaf] = &box[R]{}
		if s.Chance(90) {
			m.due = append(m.due, leaf)
			m.boxes[leaf].arrival = union.Missing
		}
		letters = append(letters, drawLetters(s, letter{period: period, key: unit.Key}, day)...)
	}
	rollup, err := c.rollup(tree, m.due, m.lastDay)
	m.rollup = rollup
	if err == nil {
		err = m.look()
	}
	return letters, err
}

// drawLetters draws what comes from a unit: a report in time or late or never, the same
// again, another that must be refused, revisions, and copies of old letters.
func drawLetters(s *Source, of letter, day int) []letter {
	if s.Chance(15) {
		return nil
	}
	of.day = day + s.Below(2*reportDays)
	letters := []letter{of}
	more := func(change func(*letter)) {
		next := of
		next.day += s.Below(150) // the next reports may be there before
		if s.Chance(40) {        // it lay somewhere, while others came
			next.back = s.Below(120)
		}
		change(&next)
		letters = append(letters, next)
	}
	for s.Chance(45) {
		switch s.Below(6) {
		case 0:
			more(func(l *letter) { l.what = pick(s, first, last) })
		case 1:
			more(func(l *letter) { l.what = pick(s, now, none) })
		case 2:
			more(func(l *letter) { l.undated = true })
		default:
			more(func(l *letter) {
				l.revise, l.what, l.reason = true, pick(s, now, less, less, first, last, none), pick(s, "更正", "更正", "补报", "")
			})
			if s.Chance(30) {
				letters = append(letters, letters[len(letters)-1])
			}
		}
	}
	return letters
}

// expect notes a letter down as the house must, and returns the fault with which the
// house must refuse it.
func (b *box[R]) expect(l letter, on union.Date, lastDay union.Date, given version[R]) error {
	come := came{data: string(given.data), on: on, reason: l.reason}
	known := func(same func(came) bool) bool { return slices.ContainsFunc(b.came, same) }
	b.idle = true
	switch {
	case b.arrival == union.NotDue:
		return union.ErrRange
	case on.IsZero():
		return union.ErrMissing
	case !l.revise && known(func(each came) bool { return each.data == come.data }):
		return nil
	case !l.revise && b.arrival != union.Missing:
		return union.ErrRepeated
	case !l.revise:
		b.arrival = union.OnTime
		if on.After(lastDay) {
			b.arrival = union.Late
		}
		b.told = append(b.told, come)
		come.on, come.reason = union.Date{}, ""
		b.first = given
	case l.reason == "", b.arrival == union.Missing:
		return union.ErrMissing
	default:
		b.told = append(b.told, come)
		return b.revise(come, given)
	}
	b.idle = false
	b.on, b.inForce, b.came = on, given, append(b.came, come)
	return nil
}

// revise notes a revision down, of which the last by its day is in force.
func (b *box[R]) revise(come came, given version[R]) error {
	switch {
	case slices.Contains(b.came, come):
		return nil
	case bytes.Equal(b.inForce.data, given.data):
		b.came = append(b.came, come)
		if come.on.After(b.on) {
			b.on = come.on
		}
		return nil
	case come.on.Before(b.on):
		return union.ErrOrder
	}
	b.idle = false
	b.revisions++
	b.on, b.inForce, b.came = come.on, given, append(b.came, come)
	return nil
}

// content returns what a letter says.
func (c *count[T, P, R]) content(s *Source, m *mail[T, P, R], b *box[R], l letter) (version[R], error) {
	switch {
	case l.what == first && b.first.data != nil:
		return b.first, nil
	case l.what == last && b.inForce.data != nil:
		return b.inForce, nil
	case l.what == none:
		data, err := write[T, P](c.empty())
		return version[R]{data: data}, err
	}
	if each, ok := c.cells[l.key]; ok {
		if l.what == less {
			return c.lessOf(s, each)
		}
		return version[R]{each.bytes, each.records()}, nil
	}
	c.saw["a letter comes of a unit that has ended since"]++
	if each, ok := c.closed[l.key]; ok {
		return version[R]{each.bytes, each.records()}, nil
	}
	return m.frozen[l.key], nil
}

// lessOf returns what a unit would count without what it recorded last.
func (c *count[T, P, R]) lessOf(s *Source, each *cell[T, R]) (version[R], error) {
	lots := slices.Clone(each.lots)
	for i := len(lots) - 1; i >= 0; i-- {
		if n := len(lots[i]); n > 0 {
			lots[i] = lots[i][:n-1]
			break
		}
	}
	cut := &cell[T, R]{lots: lots}
	sum, err := c.joined(s, cut)
	if err != nil {
		return version[R]{}, err
	}
	data, err := write[T, P](sum)
	return version[R]{data, cut.records()}, err
}

// deliver hands a letter to the rollup, which must take it as the box does, and holds
// what must hold of the sums.
func (c *count[T, P, R]) deliver(s *Source, l letter) error {
	m := c.mails[l.period]
	unit, err := c.find(m.tree, l.key)
	if l.ended {
		return c.refuse(m, unit, l, err)
	}
	if err != nil {
		return err
	}
	b := m.boxes[unit]
	given, err := c.content(s, m, b, l)
	if err != nil {
		return err
	}
	tally, err := read[T, P](given.data)
	if err != nil {
		return err
	}
	on := dayOf(l.day - l.back)
	if l.undated {
		on = union.Date{}
	}
	before := ""
	if l.undated || l.revise && l.reason == "" || b.arrival == union.NotDue {
		before = m.sums()
	}
	want := b.expect(l, on, m.lastDay, given)
	got := m.hand(unit, on, tally, l)
	if !errors.Is(got, want) {
		return fmt.Errorf("a letter of %s gives %w, and must give %w", l.key, fault(got), fault(want))
	}
	b.note(c.saw, l, want)
	if before != "" && want != nil && before != m.sums() {
		return fmt.Errorf("a letter of %s is refused (%w) and changes the sums", l.key, got)
	}
	changes := want == nil && !b.idle
	if !changes && s.Chance(75) { // the next that changes something would show it too
		return nil
	}
	if err := m.holds(s, unit, c.law); err != nil || !changes {
		return err
	}
	return c.apartFrom(l)
}

// hand hands a letter in.
func (m *mail[T, P, R]) hand(unit union.UnitID, on union.Date, tally T, l letter) error {
	if l.revise {
		return m.rollup.Revise(unit, on, tally, l.reason)
	}
	return m.rollup.Report(unit, on, tally)
}

// refuse hands a letter in of a unit that was no more when the reports were asked for:
// the tree does not have it, and its report is nobody's.
func (c *count[T, P, R]) refuse(m *mail[T, P, R], unit union.UnitID, l letter, found error) error {
	before := m.sums()
	got := m.hand(unit, dayOf(l.day), c.empty(), l)
	if !errors.Is(found, union.ErrUnknown) || !errors.Is(got, union.ErrUnknown) || before != m.sums() {
		return fmt.Errorf("a letter of %s, which has ended, gives %w and %w, and must give %w", l.key, fault(found), fault(got), union.ErrUnknown)
	}
	c.saw["a letter is refused: its unit has ended"]++
	return nil
}

// apartFrom says what a letter has changed of another period: nothing.
func (c *count[T, P, R]) apartFrom(l letter) error {
	for period, m := range c.mails {
		was := m.whole
		if err := m.look(); err != nil {
			return err
		}
		if period != l.period && !bytes.Equal(was, m.whole) {
			return fmt.Errorf("a letter on period %d changes period %d: %x was %x", l.period, period, m.whole, was)
		}
		if period > l.period && l.revise {
			c.saw["a report of an earlier period is revised"]++
		}
	}
	return nil
}

// look notes what the sum of all is.
func (m *mail[T, P, R]) look() error {
	parts, err := m.rollup.Sum()
	if err == nil {
		m.whole, err = write[T, P](parts[len(parts)-1].Sum)
	}
	return err
}

// settle hands in once more what was told of each period, the revisions of a unit in
// another order. What is in force is the same: what is the last by its day.
func (c *count[T, P, R]) settle(s *Source) error {
	for period, m := range c.mails {
		again, err := c.rollup(m.tree, m.due, m.lastDay)
		if err != nil {
			return err
		}
		other := &mail[T, P, R]{rollup: again}
		for _, leaf := range m.tree.Leaves() {
			if err := other.tell(leaf, anyhow(s, m.boxes[leaf].told)); err != nil {
				return err
			}
		}
		if err := errors.Join(m.look(), other.look()); err != nil {
			return err
		}
		if !bytes.Equal(m.whole, other.whole) {
			return fmt.Errorf("period %d: %x, and %x where revisions come in another order", period, m.whole, other.whole)
		}
	}
	return nil
}

// tell hands in the report of a unit and its revisions.
func (m *mail[T, P, R]) tell(unit union.UnitID, told []came) error {
	for i, each := range told {
		tally, err := read[T, P]([]byte(each.data))
		if err != nil {
			return err
		}
		l := letter{revise: i > 0, reason: each.reason}
		if err := m.hand(unit, each.on, tally, l); err != nil && !errors.Is(err, union.ErrOrder) {
			return err
		}
	}
	return nil
}

// anyhow puts the revisions behind a report in another order. Of those of one day the
// last to come is meant, so they stay as they came.
func anyhow(s *Source, told []came) []came {
	if len(told) < 3 {
		return told
	}
	ofDay := map[union.Date][]came{}
	for _, each := range told[1:] {
		ofDay[each.on] = append(ofDay[each.on], each)
	}
	told = slices.Clone(told)
	shuffle(s, told[1:])
	for i, each := range told[1:] {
		told[i+1], ofDay[each.on] = ofDay[each.on][0], ofDay[each.on][1:]
	}
	return told
}

// note counts what became of a letter.
func (b *box[R]) note(saw map[string]int, l letter, refused error) {
	switch {
	case refused != nil:
		saw["a letter is refused: "+refused.Error()]++
	case b.idle:
		saw["a letter changes nothing"]++
	case l.revise:
		saw["a report is revised"]++
	default:
		saw["a report is "+b.arrival.String()]++
	}
}

// sums returns all sums and arrivals as text.
func (m *mail[T, P, R]) sums() string {
	parts, err := m.rollup.Sum()
	text := fmt.Sprint(err)
	for _, part := range parts {
		data, err := write[T, P](part.Sum)
		text += fmt.Sprintf("%x %v %d %d %d %d %d\n", data, err, part.Expected, part.Present, part.OnTime, part.Late, part.Revised)
	}
	return text
}

// holds says what does not hold of a unit's sum and of those above it: they are what is
// in force of each unit within, once, whenever it came and however often; and they
// name what is missing.
func (m *mail[T, P, R]) holds(s *Source, unit union.UnitID, law func(T, []R) error) error {
	parts, err := m.rollup.Sum()
	if err != nil {
		return err
	}
	for ; unit != 0; unit = m.tree.Parent(unit) {
		want, missing, records, inForce := union.Part[T]{Unit: unit}, []union.UnitID(nil), []R(nil), [][]byte(nil)
		for _, leaf := range m.tree.Leaves() {
			if !m.within(leaf, unit) {
				continue
			}
			b := m.boxes[leaf]
			switch b.arrival {
			case union.NotDue:
				continue
			case union.Missing:
				want.Missing++
				missing = append(missing, leaf)
			case union.OnTime:
				want.OnTime++
			case union.Late:
				want.Late++
			}
			want.Expected++
			if b.arrival != union.Missing {
				want.Present++
				records, inForce = append(records, b.inForce.records...), append(inForce, b.inForce.data)
			}
			if b.revisions > 0 {
				want.Revised++
			}
			if arrival, err := m.rollup.Arrival(leaf); err != nil || arrival != b.arrival {
				return fmt.Errorf("a report is %s, and must be %s (%w)", arrival, b.arrival, fault(err))
			}
		}
		part := parts[unit-1]
		want.Sum = part.Sum
		key := unitOfID(m.tree, unit)
		if got := fmt.Sprint(part.Expected, part.Present, part.Missing, part.OnTime, part.Late, part.Revised); got !=
			fmt.Sprint(want.Expected, want.Present, want.Missing, want.OnTime, want.Late, want.Revised) {
			return fmt.Errorf("%s has reports %s, and must have %+v", key, got, want)
		}
		if got := m.rollup.Missing(unit); !slices.Equal(got, missing) {
			return fmt.Errorf("within %s the reports of %v are missing, and %v are said to be", key, missing, got)
		}
		whole, err := together[T, P](s, inForce)
		if err != nil {
			return err
		}
		data, err := write[T, P](part.Sum)
		if err := alike(key+": what is in force, and the sum", whole, data, err); err != nil {
			return err
		}
		if want.Present > 0 {
			if err := law(part.Sum, records); err != nil {
				return union.Within(key, err)
			}
		}
	}
	return nil
}

func (m *mail[T, P, R]) within(leaf, unit union.UnitID) bool {
	for ; leaf != 0; leaf = m.tree.Parent(leaf) {
		if leaf == unit {
			return true
		}
	}
	return false
}

func unitOfID(tree union.Tree, id union.UnitID) string {
	unit, _ := tree.Unit(id)
	return unit.Key
}
