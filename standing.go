package union

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union/internal/exact"
	"github.com/unioncampaign/union/internal/quote"
)

// A standing is a hierarchy as it stands after some of its facts. Facts are
// checked by letting them happen: what a fact may say depends on those before.
type standing struct {
	index  map[string]int32 // every key ever given, and the one unit that it belongs to for ever
	all    []member         // every unit there ever was, in the order in which facts name them
	faults FaultList
}

// A member is a unit with its place. Those directly below one are a list, in no order.
type member struct {
	key, title string
	parent     int32 // nobody: at the top
	below      int32 // the first of those below it
	next, last int32 // in the list of those that stand beside it, the one after it and the one before
	ended      bool
}

// nobody is no unit: what stands above one at the top, and where a list ends.
const nobody int32 = -1

// standingAfter returns how the facts stand after those until a day, all of them
// for the zero Date.
func standingAfter(facts []Fact, until Date) *standing {
	most := mostUnits(facts)
	s := &standing{index: make(map[string]int32, most), all: make([]member, 0, most)}
	for i, fact := range facts {
		if !until.IsZero() && fact.On.After(until) {
			break
		}
		where := Indexed("facts", i)
		switch {
		case fact.On.IsZero():
			s.faults.Add(ErrMissing, where+".on", "", "")
		case i > 0 && fact.On.Before(facts[i-1].On):
			s.faults.Add(ErrOrder, where+".on", fact.On.String(), facts[i-1].On.String()+" or later")
		}
		s.apply(where, fact)
	}
	return s
}

// mostUnits returns how many units facts can make, at most.
func mostUnits(facts []Fact) int {
	most := 0
	for _, fact := range facts {
		most += len(fact.Found)
		if fact.Merge != nil {
			most++
		}
		if fact.Split != nil {
			most += len(fact.Split.Into)
		}
	}
	return most
}

// apply lets a fact happen.
func (s *standing) apply(where string, fact Fact) {
	switch n := fact.kinds(); {
	case n == 0:
		s.faults.Add(ErrMissing, where, "", "found, move, merge, split or close")
	case n > 1:
		s.faults.Add(ErrRepeated, where, strconv.Itoa(n)+" kinds of fact", "one")
	case fact.Move != nil:
		s.move(where+".move", *fact.Move)
	case fact.Merge != nil:
		s.merge(where+".merge", *fact.Merge)
	case fact.Split != nil:
		s.split(where+".split", *fact.Split)
	}
	if fact.kinds() != 1 {
		return
	}
	for i, unit := range fact.Found {
		s.found(Indexed(where+".found", i), unit)
	}
	for i, key := range fact.Close {
		s.close(Indexed(where+".close", i), key)
	}
}

// existing returns the unit with a key, if it exists.
func (s *standing) existing(key string) (int32, bool) {
	at, ok := s.index[key]
	return at, ok && !s.all[at].ended
}

// find returns the unit with a key that exists, and reports one that does not.
func (s *standing) find(where, key string) (int32, bool) {
	at, ok := s.existing(key)
	switch {
	case ok:
	case key == "":
		s.faults.Add(ErrMissing, where, "", "")
	default:
		s.faults.Add(ErrUnknown, where, quote.Key(key), "a unit that exists on the day")
	}
	return at, ok
}

// found adds a new unit under its parent and returns it. A unit whose parent is
// refused stands at the top, so that those below it are not reported as well.
func (s *standing) found(where string, unit Unit) (int32, bool) {
	s.faults.Given(where+".title", unit.Title)
	parent := s.parent(where, unit)
	_, known := s.index[unit.Key]
	s.faults.key(where+".key", unit.Key, known)
	if known || unit.Key == "" {
		return 0, false
	}
	at := int32(len(s.all))
	s.all = append(s.all, member{key: unit.Key, title: unit.Title, parent: nobody, below: nobody})
	s.index[unit.Key] = at
	s.place(at, parent)
	return at, true
}

// parent returns the parent that a unit names.
func (s *standing) parent(where string, unit Unit) int32 {
	if unit.Parent == "" {
		return nobody
	}
	if parent, ok := s.find(where+".parent", unit.Parent); ok {
		return parent
	}
	return nobody
}

// place puts a unit under a parent.
func (s *standing) place(at, parent int32) {
	s.detach(at)
	if parent == nobody {
		return
	}
	each, below := &s.all[at], &s.all[parent].below
	each.parent, each.next, each.last = parent, *below, nobody
	if each.next != nobody {
		s.all[each.next].last = at
	}
	*below = at
}

// detach takes a unit from under its parent.
func (s *standing) detach(at int32) {
	each := &s.all[at]
	if each.parent == nobody {
		return
	}
	if each.last == nobody {
		s.all[each.parent].below = each.next
	} else {
		s.all[each.last].next = each.next
	}
	if each.next != nobody {
		s.all[each.next].last = each.last
	}
	each.parent = nobody
}

// children returns the units directly below one, in the order in which facts
// first name them.
func (s *standing) children(at int32) []int32 {
	var children []int32
	for child := s.all[at].below; child != nobody; child = s.all[child].next {
		children = append(children, child)
	}
	slices.Sort(children)
	return children
}

// end ends a unit, below which there is none left.
func (s *standing) end(at int32) {
	s.detach(at)
	s.all[at].ended = true
}

// within reports whether a unit is outer or stands below it.
func (s *standing) within(at, outer int32) bool {
	for at != nobody && at != outer {
		at = s.all[at].parent
	}
	return at == outer
}

// close ends a unit without a successor.
func (s *standing) close(where, key string) {
	at, ok := s.find(where, key)
	if !ok {
		return
	}
	if n := len(s.children(at)); n > 0 {
		s.faults.Add(ErrOrder, where, quote.Key(key)+" with "+strconv.Itoa(n)+" below it", "a unit with none below it")
		return
	}
	s.end(at)
}

// move puts units under another parent.
func (s *standing) move(where string, move Move) {
	if len(move.Units) == 0 {
		s.faults.Add(ErrMissing, where+".units", "", "")
	}
	to, known := s.find(where+".to", move.To)
	for i, key := range move.Units {
		each := Indexed(where+".units", i)
		at, ok := s.find(each, key)
		switch {
		case !ok || !known:
		case s.within(to, at):
			s.faults.Add(ErrOrder, where+".to", quote.Key(move.To), "a unit that is not within "+quote.Key(key))
		case s.all[at].parent == to:
			s.faults.Add(ErrRepeated, each, quote.Key(key), "a unit that is not under "+quote.Key(move.To))
		default:
			s.place(at, to)
		}
	}
}

// merge makes one unit of several.
func (s *standing) merge(where string, merger Merger) {
	if len(merger.Units) == 0 {
		s.faults.Add(ErrMissing, where+".units", "", "")
	}
	merged := map[int32]bool{}
	var order []int32
	for i, key := range merger.Units {
		each := Indexed(where+".units", i)
		at, ok := s.find(each, key)
		switch {
		case !ok:
		case merged[at]:
			s.faults.Add(ErrRepeated, each, quote.Key(key), "another unit")
		default:
			merged[at] = true
			order = append(order, at)
		}
	}
	into, ok := s.successor(where+".into", merger.Into, merged)
	if !ok {
		return
	}
	for _, at := range order {
		for _, child := range s.children(at) {
			s.place(child, into) // one that is merged itself ends there
		}
	}
	for _, at := range order {
		if at != into {
			s.end(at)
		}
	}
}

// successor returns the unit that takes the place of others: one of them that
// goes on, or a new one. Its parent may not be one of them or stand below one.
func (s *standing) successor(where string, unit Unit, of map[int32]bool) (int32, bool) {
	if parent, ok := s.existing(unit.Parent); ok {
		for at := parent; at != nobody; at = s.all[at].parent {
			if of[at] {
				s.faults.Add(ErrOrder, where+".parent", quote.Key(unit.Parent), "a unit that is not within "+quote.Key(s.all[at].key))
				return 0, false
			}
		}
	}
	at, exists := s.existing(unit.Key)
	if !exists || !of[at] {
		return s.found(where, unit)
	}
	s.faults.Given(where+".title", unit.Title)
	s.all[at].title = unit.Title
	s.place(at, s.parent(where, unit))
	return at, true
}

// split makes several units of one.
func (s *standing) split(where string, division Division) {
	if n := len(division.Into); n < 2 {
		s.faults.Add(ErrRange, where+".into", strconv.Itoa(n)+" heirs", "2 or more")
	}
	s.weigh(where+".into", division.Into)
	at, ok := s.find(where+".unit", division.Unit)
	if !ok {
		return
	}
	below := s.children(at)
	taken := map[int32]bool{}
	goesOn := false
	for i, heir := range division.Into {
		each := Indexed(where+".into", i)
		into, ok := nobody, false
		if heir.Key == division.Unit && goesOn {
			s.faults.Add(ErrRepeated, each+".key", quote.Key(heir.Key), "a new key")
		} else {
			into, ok = s.successor(each, heir.Unit, map[int32]bool{at: true})
		}
		goesOn = goesOn || ok && into == at
		s.take(each+".takes", heir.Takes, at, taken, into, ok)
	}
	for _, child := range below {
		if !taken[child] {
			s.faults.Add(ErrMissing, where+".into", "no heir that takes "+quote.Key(s.all[child].key), "one")
		}
	}
	if !goesOn {
		s.end(at)
	}
}

// take puts the units named, which stand below the one that is split, under the
// heir that takes them, if there is such an heir.
func (s *standing) take(where string, keys []string, of int32, taken map[int32]bool, into int32, ok bool) {
	for i, key := range keys {
		each := Indexed(where, i)
		child, known := s.existing(key)
		switch {
		case known && taken[child]:
			s.faults.Add(ErrRepeated, each, quote.Key(key), "a unit that no other heir takes")
		case !known || s.all[child].parent != of:
			s.faults.Add(ErrUnknown, each, quote.Key(key), "a unit directly below the one that is split")
		default:
			taken[child] = true
			if ok {
				s.place(child, into)
			}
		}
	}
}

// weigh reports weights by which nothing can be shared out.
func (s *standing) weigh(where string, heirs []Heir) {
	sum := int64(0)
	for i, heir := range heirs {
		if heir.Weight < 0 {
			s.faults.Add(ErrRange, Indexed(where, i)+".weight", strconv.FormatInt(heir.Weight, 10), "0 or more")
			return
		}
		next, fits := exact.Add(sum, heir.Weight)
		if !fits {
			s.faults.Add(ErrOverflow, where, "", "weights that sum to at most 9223372036854775807")
			return
		}
		sum = next
	}
}
