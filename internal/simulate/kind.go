package simulate

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
)

// A tally says how units record one tally of the house, and what must hold of it.
type tally[T, R any] struct {
	empty func() T
	// draw draws a record, and the fault with which it must be refused: nil if it must
	// be taken. Held is what the unit has recorded.
	draw func(s *Source, at place, held []R) (R, error)
	add  func(into *T, record R) error
	// law says what does not hold of the tally of records, wherever they were recorded
	// and however they came together. It counts the records itself, in the plainest way.
	law func(sum T, of []R) error
	// rank is lower of what has to be recorded before others; none: the order is nothing.
	rank func(R) int
	// shard names what must be recorded together, and [every] what all need; none:
	// each record stands alone.
	shard func(R) string
	// rollup is [union.NewRollup] but in a broken twin.
	rollup func(tree union.Tree, due []union.UnitID, lastDay union.Date) (roller[T], error)
	// find is [union.Tree.Find] but in a broken twin.
	find func(tree union.Tree, key string) (union.UnitID, error)
}

// every names what each shard needs.
const every = "*"

// A place is where and as the how many-th a record is made.
type place struct {
	unit string
	n    int
}

// A roller is what a [union.Rollup] does.
type roller[T any] interface {
	Report(unit union.UnitID, on union.Date, tally T) error
	Revise(unit union.UnitID, on union.Date, tally T, reason string) error
	Arrival(unit union.UnitID) (union.Arrival, error)
	Missing(within union.UnitID) []union.UnitID
	Sum() ([]union.Part[T], error)
}

// A Kind is one tally of the house, such as "aid.Donations".
type Kind struct {
	Name  string
	begin func(n *Nation) counting
	merge func(partials []Partial) ([]byte, error)
}

// Merge reads partials of the tally, merges each with those before, and returns how the
// sum is written.
func (k Kind) Merge(partials []Partial) ([]byte, error) { return k.merge(partials) }

// Package returns the package that the tally is of.
func (k Kind) Package() string {
	name, _, _ := strings.Cut(k.Name, ".")
	return name
}

// kindOf returns the kind of a tally, which may depend on the nation.
func kindOf[T any, P union.Tally[T], R any](of func(n *Nation) tally[T, R]) Kind {
	return Kind{Name: strings.TrimPrefix(fmt.Sprintf("%T", *new(T)), "*"), merge: merged[T, P], begin: func(n *Nation) counting {
		made := of(n)
		if made.rollup == nil {
			made.rollup = func(tree union.Tree, due []union.UnitID, lastDay union.Date) (roller[T], error) {
				return union.NewRollup[T, P](tree, due, lastDay)
			}
		}
		if made.find == nil {
			made.find = union.Tree.Find
		}
		return &count[T, P, R]{tally: made, cells: map[string]*cell[T, R]{}, closed: map[string]*cell[T, R]{}, saw: map[string]int{}}
	}}
}

// fixed is the same of a tally that is the same in every nation.
func fixed[T any, P union.Tally[T], R any](of tally[T, R]) Kind {
	return kindOf[T, P](func(*Nation) tally[T, R] { return of })
}

// A counting is one kind in one simulated year.
type counting interface {
	record(s *Source, at place) error
	succeed(from []string, into string) error
	retire(units []string)
	holds(s *Source, tree union.Tree) error
	post(s *Source, tree union.Tree, day int) ([]letter, error)
	deliver(s *Source, l letter) error
	settle(s *Source) error
	replay(s *Source, tree union.Tree) error
	returns(tree union.Tree) (Return, error)
	recorded() map[string]int64
	seen() map[string]int
}

// A cell is what one unit counts.
type cell[T, R any] struct {
	sum   T
	bytes []byte // as it was written last
	lots  [][]R  // what was taken, by the unit that took it first
}

// records returns all that was taken.
func (c *cell[T, R]) records() []R { return slices.Concat(c.lots...) }

// A count is a tally as all units of a nation count it.
type count[T any, P union.Tally[T], R any] struct {
	tally[T, R]
	cells  map[string]*cell[T, R]
	closed map[string]*cell[T, R] // of units that were closed, which nobody has taken over
	ended  []string               // units that are no more
	mails  []*mail[T, P, R]       // of one period after the other
	saw    map[string]int         // how often what happened, lest a law hold since nothing does
}

func (c *count[T, P, R]) seen() map[string]int { return c.saw }

func write[T any, P union.Tally[T]](sum T) ([]byte, error) { return P(&sum).AppendBinary(nil) }

func read[T any, P union.Tally[T]](data []byte) (T, error) {
	var sum T
	err := P(&sum).UnmarshalBinary(data)
	return sum, err
}

func merged[T any, P union.Tally[T]](partials []Partial) ([]byte, error) {
	var sum T
	for _, partial := range partials {
		each, err := read[T, P](partial.Data)
		if err == nil {
			err = P(&sum).Merge(each)
		}
		if err != nil {
			return nil, union.Within(partial.Unit, err)
		}
	}
	return write[T, P](sum)
}

// cell returns what a unit counts, begun if it has not.
func (c *count[T, P, R]) cell(unit string) (*cell[T, R], error) {
	if each, ok := c.cells[unit]; ok {
		return each, nil
	}
	each := &cell[T, R]{sum: c.empty(), lots: make([][]R, 1)}
	data, err := write[T, P](each.sum)
	each.bytes = data
	c.cells[unit] = each
	return each, err
}

// record draws a record and adds it to its unit's tally. What must be refused is,
// and changes nothing; what must be taken is counted.
func (c *count[T, P, R]) record(s *Source, at place) error {
	each, err := c.cell(at.unit)
	if err != nil {
		return err
	}
	record, want := c.draw(s, at, each.records())
	got := c.add(&each.sum, record)
	now, err := write[T, P](each.sum)
	switch {
	case err != nil:
		return err
	case !errors.Is(got, want):
		return fmt.Errorf("%+v gives %w, and must give %w", record, fault(got), fault(want))
	case got != nil && string(now) != string(each.bytes):
		return fmt.Errorf("%+v is refused (%w) and leaves %x of %x", record, got, now, each.bytes)
	case got != nil:
		c.saw["a record is refused"]++
	default:
		c.saw["a record is taken"]++
		last := len(each.lots) - 1
		each.lots[last] = append(each.lots[last], record)
	}
	each.bytes = now
	return at.within(c.law(each.sum, each.records()))
}

func (p place) within(err error) error { return union.Within(p.unit, err) }

// errNone is said where there is no fault.
var errNone = errors.New("no fault")

func fault(err error) error {
	if err == nil {
		return errNone
	}
	return err
}

// succeed hands what units counted on to the one that stands in their place.
func (c *count[T, P, R]) succeed(from []string, into string) error {
	var parts [][]byte
	var lots [][]R
	for _, unit := range from {
		if unit != into {
			c.ended = append(c.ended, unit)
		}
		if each, ok := c.cells[unit]; ok {
			parts, lots = append(parts, each.bytes), append(lots, each.lots...)
			delete(c.cells, unit)
		}
	}
	if parts == nil {
		return nil
	}
	c.saw["a unit succeeds "+strconv.Itoa(len(parts))+" that have records"]++
	sum := c.empty() // and not the zero tally, which may know of its rule no more than its name
	for _, part := range parts {
		each, err := read[T, P](part)
		if err != nil {
			return err
		}
		if err := P(&sum).Merge(each); err != nil {
			return err
		}
	}
	data, err := write[T, P](sum)
	c.cells[into] = &cell[T, R]{sum: sum, bytes: data, lots: append(lots, nil)}
	return err
}

// retire puts aside what units counted that are closed, and that nobody takes over.
func (c *count[T, P, R]) retire(units []string) {
	for _, unit := range units {
		c.ended = append(c.ended, unit)
		if each, ok := c.cells[unit]; ok {
			c.saw["a unit is closed that has records"]++
			c.closed[unit] = each
			delete(c.cells, unit)
		}
	}
}

// recorded returns how many records each unit has, which are amounts that a hierarchy
// can carry.
func (c *count[T, P, R]) recorded() map[string]int64 {
	amounts := map[string]int64{}
	for unit, each := range c.cells {
		amounts[unit] = int64(len(each.records()))
	}
	return amounts
}

// together merges parts, each two at a time in an order that is drawn, and writes and
// reads what lies between as if every merge were made on another machine.
func together[T any, P union.Tally[T]](s *Source, parts [][]byte) ([]byte, error) {
	if len(parts) == 0 {
		return write[T, P](*new(T))
	}
	parts = slices.Clone(parts)
	for len(parts) > 1 {
		shuffle(s, parts)
		into, err := read[T, P](parts[len(parts)-2])
		if err != nil {
			return nil, err
		}
		other, err := read[T, P](parts[len(parts)-1])
		if err != nil {
			return nil, err
		}
		if err := P(&into).Merge(other); err != nil {
			return nil, err
		}
		if parts[len(parts)-2], err = write[T, P](into); err != nil {
			return nil, err
		}
		parts = parts[:len(parts)-1]
	}
	return parts[0], nil
}

// holds says what does not hold of the nation's tally as it stands: every unit that
// counts is a leaf, none has changed but by its own records, and all together are the
// same whether merged one after the other, in any order over the wire, or up every
// level of the tree, where each unit has what was recorded within it.
func (c *count[T, P, R]) holds(s *Source, tree union.Tree) error {
	var parts [][]byte
	var records []R
	flat, within := c.empty(), make([][]R, tree.Len()+1)
	rollup, err := c.rollup(tree, tree.Leaves(), union.Date{})
	if err != nil {
		return err
	}
	seen := 0
	for _, leaf := range tree.Leaves() {
		unit, _ := tree.Unit(leaf)
		each, ok := c.cells[unit.Key]
		if !ok {
			continue
		}
		seen++
		now, err := write[T, P](each.sum)
		switch {
		case err != nil:
			return err
		case string(now) != string(each.bytes):
			return fmt.Errorf("%s has changed without a record: %x was %x", unit.Key, now, each.bytes)
		}
		parts, records = append(parts, now), append(records, each.records()...)
		if err := P(&flat).Merge(each.sum); err != nil {
			return err
		}
		if err := rollup.Report(leaf, firstDay(), each.sum); err != nil {
			return err
		}
		for id := leaf; id != 0; id = tree.Parent(id) {
			within[id] = append(within[id], each.records()...)
		}
	}
	if seen != len(c.cells) {
		return fmt.Errorf("%d units count, and %d of them stand below the nation", len(c.cells), seen)
	}
	if seen == 0 {
		return nil
	}
	want, err := write[T, P](flat)
	if err != nil {
		return err
	}
	anyhow, err := together[T, P](s, parts)
	if err := alike("one after the other, and in any order", want, anyhow, err); err != nil {
		return err
	}
	whole, err := read[T, P](anyhow)
	if err != nil {
		return err
	}
	if err := c.law(whole, records); err != nil { // as it is read
		return union.Within("nation", err)
	}
	summed, err := rollup.Sum()
	if err != nil {
		return err
	}
	top := summed[len(summed)-1]
	upwards, err := write[T, P](top.Sum)
	if err := alike("one after the other, and up the tree", want, upwards, err); err != nil {
		return err
	}
	for _, part := range summed {
		if tree.IsLeaf(part.Unit) || part.Present == 0 || s.Chance(65) { // one of three is enough, since there are many prefixes
			continue
		}
		unit, _ := tree.Unit(part.Unit)
		if err := c.law(part.Sum, within[part.Unit]); err != nil {
			return union.Within(unit.Key, err)
		}
	}
	return nil
}

func alike(what string, a, b []byte, err error) error {
	if err == nil && string(a) != string(b) {
		return fmt.Errorf("%s: %x and %x", what, a, b)
	}
	return err
}

// folded returns the tally of records that one unit took, in an order that is drawn as
// far as the order is nothing.
func (c *count[T, P, R]) folded(s *Source, records []R) (T, error) {
	sum, records := c.empty(), slices.Clone(records)
	shuffle(s, records)
	if c.rank != nil {
		slices.SortStableFunc(records, func(a, b R) int { return c.rank(a) - c.rank(b) })
	}
	for _, record := range records {
		if err := c.add(&sum, record); err != nil {
			return sum, fmt.Errorf("%+v was taken before and gives %w", record, err)
		}
	}
	return sum, nil
}

// joined returns the tally of what a unit has, of which some was taken apart.
func (c *count[T, P, R]) joined(s *Source, each *cell[T, R]) (T, error) {
	sum := c.empty()
	for _, lot := range c.apart(each) {
		part, err := c.folded(s, lot)
		if err == nil {
			err = P(&sum).Merge(part)
		}
		if err != nil {
			return sum, err
		}
	}
	return sum, nil
}

// replay tells the year again in another order, and again on several machines, each of
// which takes a part of every unit's records: both give the same bytes.
func (c *count[T, P, R]) replay(s *Source, tree union.Tree) error {
	var shards, units [][]byte
	for _, leaf := range tree.Leaves() {
		unit, _ := tree.Unit(leaf)
		each, ok := c.cells[unit.Key]
		if !ok {
			continue
		}
		units = append(units, each.bytes)
		again, err := c.joined(s, each)
		if err != nil {
			return err
		}
		for _, lot := range c.apart(each) {
			for _, shard := range c.dealt(s, lot) {
				part, err := c.folded(s, shard)
				if err != nil {
					return err
				}
				data, err := write[T, P](part)
				if err != nil {
					return err
				}
				shards = append(shards, data)
			}
		}
		data, err := write[T, P](again)
		if err := alike(unit.Key+" as it was, and in another order", each.bytes, data, err); err != nil {
			return err
		}
	}
	if units == nil {
		return nil
	}
	whole, err := together[T, P](s, units)
	if err != nil {
		return err
	}
	sharded, err := together[T, P](s, shards)
	return alike("by unit, and by shard", whole, sharded, err)
}

// apart returns the records of a cell that were taken apart from others. Where some have
// to be recorded before others, a unit's own records may rest on those that it took over.
func (c *count[T, P, R]) apart(each *cell[T, R]) [][]R {
	if c.rank != nil {
		return [][]R{each.records()}
	}
	return each.lots
}

// dealt deals records to a few shards.
func (c *count[T, P, R]) dealt(s *Source, records []R) [][]R {
	shards := make([][]R, s.From(1, 4))
	given := map[string]int{}
	for _, record := range records {
		to := s.Below(len(shards))
		if c.shard != nil {
			key := c.shard(record)
			if key == every {
				for i := range shards {
					shards[i] = append(shards[i], record)
				}
				continue
			}
			if before, ok := given[key]; ok {
				to = before
			}
			given[key] = to
		}
		shards[to] = append(shards[to], record)
	}
	return shards
}
