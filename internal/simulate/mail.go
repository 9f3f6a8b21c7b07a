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
	unit    union.UnitID
	key     string
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
	idle      bool // the last letter has changed nothing
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
	lastDay union.Date
	rollup  roller[T]
	boxes   map[union.UnitID]*box[R]
	frozen  map[string]version[R] // what units had counted on the day, of which some end
}

// reportDays is how many days units have to report.
const reportDays = 10

// post asks the units of a tree to report, and draws when and what they will send.
func (c *count[T, P, R]) post(s *Source, tree union.Tree, day int) ([]letter, error) {
	m := &mail[T, P, R]{tree: tree, lastDay: dayOf(day + reportDays), boxes: map[union.UnitID]*box[R]{}, frozen: map[string]version[R]{}}
	c.mail = m
	var due []union.UnitID
	var letters []letter
	for _, leaf := range tree.Leaves() {
		unit, _ := tree.Unit(leaf)
		each, err := c.cell(unit.Key)
		if err != nil {
			return nil, err
		}
		m.frozen[unit.Key] = version[R]{each.bytes, each.records()}
		m.boxes[leaf] = &box[R]{}
		if s.Chance(90) {
			due = append(due, leaf)
			m.boxes[leaf].arrival = union.Missing
		}
		letters = append(letters, drawLetters(s, letter{unit: leaf, key: unit.Key}, day)...)
	}
	rollup, err := c.rollup(tree, due, m.lastDay)
	m.rollup = rollup
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
		next.day += s.Below(30)
		if s.Chance(20) {
			next.back = s.Below(30)
		}
		change(&next)
		letters = append(letters, next)
	}
	for s.Chance(45) {
		switch s.Below(5) {
		case 0:
			more(func(l *letter) { l.what = pick(s, first, last) })
		case 1:
			more(func(l *letter) { l.what = pick(s, now, none) })
		case 2:
			more(func(l *letter) { l.undated = true })
		default:
			more(func(l *letter) {
				l.revise, l.what, l.reason = true, pick(s, now, now, first, last, none), pick(s, "更正", "更正", "补报", "")
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
		come.on, come.reason = union.Date{}, ""
		b.first = given
	case l.reason == "", b.arrival == union.Missing:
		return union.ErrMissing
	case known(func(each came) bool { return each == come }):
		return nil
	case bytes.Equal(b.inForce.data, given.data):
		b.came = append(b.came, come)
		return nil
	case on.Before(b.on):
		return union.ErrOrder
	default:
		b.revisions++
	}
	b.idle = false
	b.on, b.inForce, b.came = on, given, append(b.came, come)
	return nil
}

// content returns what a letter says.
func (c *count[T, P, R]) content(l letter) (version[R], error) {
	b := c.mail.boxes[l.unit]
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
		return version[R]{each.bytes, each.records()}, nil
	}
	return c.mail.frozen[l.key], nil
}

// deliver hands a letter to the rollup, which must take it as the box does, and holds
// what must hold of the sums.
func (c *count[T, P, R]) deliver(s *Source, l letter) error {
	given, err := c.content(l)
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
	if l.undated || l.revise && l.reason == "" || c.mail.boxes[l.unit].arrival == union.NotDue {
		before = c.mail.sums()
	}
	want := c.mail.boxes[l.unit].expect(l, on, c.mail.lastDay, given)
	var got error
	if l.revise {
		got = c.mail.rollup.Revise(l.unit, on, tally, l.reason)
	} else {
		got = c.mail.rollup.Report(l.unit, on, tally)
	}
	if !errors.Is(got, want) {
		return fmt.Errorf("a letter of %s gives %w, and must give %w", l.key, fault(got), fault(want))
	}
	c.mail.tell(c.saw, l, want)
	if before != "" && want != nil && before != c.mail.sums() {
		return fmt.Errorf("a letter of %s is refused (%w) and changes the sums", l.key, got)
	}
	return c.mail.holds(s, l.unit, c.law)
}

// tell counts what became of a letter.
func (m *mail[T, P, R]) tell(saw map[string]int, l letter, refused error) {
	b := m.boxes[l.unit]
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
