package union

import (
	"maps"
	"slices"
	"strconv"

	"github.com/unioncampaign/union/internal/exact"
	"github.com/unioncampaign/union/internal/quote"
)

// A standing is a hierarchy as it stands after some of its facts. Facts are
// checked by letting them happen: what a fact may say depends on those before.
type standing struct {
	seen   map[string]bool // every key ever given
	index  map[string]int  // the units that exist
	all    []member        // every unit there ever was, in the order in which facts name them
	faults FaultList
}

// A member is a unit with its place.
type member struct {
	unit   Unit
	ended  bool
	parent int // noParent: at the top
	below  map[int]bool
}

const noParent = -1

// standingAfter returns how the facts stand after those until a day, all of them
// for the zero Date.
func standingAfter(facts []Fact, until Date) *standing {
	s := &standing{seen: map[string]bool{}, index: map[string]int{}}
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

// find returns the unit with a key that exists, and reports one that does not.
func (s *standing) find(where, key string) (int, bool) {
	at, ok := s.index[key]
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
func (s *standing) found(where string, unit Unit) (int, bool) {
	s.faults.Given(where+".title", unit.Title)
	parent := s.parent(where, unit)
	known := s.seen[unit.Key]
	s.faults.Key(where+".key", unit.Key, s.seen)
	if known || unit.Key == "" {
		return 0, false
	}
	at := len(s.all)
	s.all = append(s.all, member{parent: noParent})
	s.index[unit.Key] = at
	s.place(at, unit, parent)
	return at, true
}

// parent returns the parent that a unit names.
func (s *standing) parent(where string, unit Unit) int {
	if unit.Parent == "" {
		return noParent
	}
	if parent, ok := s.find(where+".parent", unit.Parent); ok {
		return parent
	}
	return noParent
}

// place names a unit anew and puts it under a parent.
func (s *standing) place(at int, unit Unit, parent int) {
	each := &s.all[at]
	each.unit = unit
	if each.parent == parent {
		return
	}
	s.detach(at)
	if parent != noParent {
		each.parent = parent
		if s.all[parent].below == nil {
			s.all[parent].below = make(map[int]bool)
		}
		s.all[parent].below[at] = true
	}
}

// children returns the units directly below one, in the order in which facts
// first name them.
func (s *standing) children(at int) []int { return slices.Sorted(maps.Keys(s.all[at].below)) }

// put puts a unit under a parent that exists.
func (s *standing) put(at, parent int) {
	unit := s.all[at].unit
	unit.Parent = s.all[parent].unit.Key
	s.place(at, unit, parent)
}

// detach takes a unit from under its parent.
func (s *standing) detach(at int) {
	if parent := s.all[at].parent; parent != noParent {
		delete(s.all[parent].below, at)
		s.all[at].parent = noParent
	}
}

// end ends a unit, below which there is none left.
func (s *standing) end(at int) {
	s.detach(at)
	s.all[at].ended = true
	delete(s.index, s.all[at].unit.Key)
}

// within reports whether a unit is outer or stands below it.
func (s *standing) within(at, outer int) bool {
	for at != noParent && at != outer {
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
	if n := len(s.all[at].below); n > 0 {
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
			s.put(at, to)
		}
	}
}

// merge makes one unit of several.
func (s *standing) merge(where string, merger Merger) {
	if len(merger.Units) == 0 {
		s.faults.Add(ErrMissing, where+".units", "", "")
	}
	merged := map[int]bool{}
	var order []int
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
			s.put(child, into) // one that is merged itself ends there
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
func (s *standing) successor(where string, unit Unit, of map[int]bool) (int, bool) {
	if parent, ok := s.index[unit.Parent]; ok {
		for at := parent; at != noParent; at = s.all[at].parent {
			if of[at] {
				s.faults.Add(ErrOrder, where+".parent", quote.Key(unit.Parent), "a unit that is not within "+quote.Key(s.all[at].unit.Key))
				return 0, false
			}
		}
	}
	at, exists := s.index[unit.Key]
	if !exists || !of[at] {
		return s.found(where, unit)
	}
	s.faults.Given(where+".title", unit.Title)
	s.place(at, unit, s.parent(where, unit))
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
	taken := map[int]bool{}
	goesOn := false
	for i, heir := range division.Into {
		each := Indexed(where+".into", i)
		into, ok := 0, false
		if heir.Key == division.Unit && goesOn {
			s.faults.Add(ErrRepeated, each+".key", quote.Key(heir.Key), "a new key")
		} else {
			into, ok = s.successor(each, heir.Unit, map[int]bool{at: true})
		}
		goesOn = goesOn || ok && into == at
		s.take(each+".takes", heir.Takes, at, taken, into, ok)
	}
	for _, child := range below {
		if !taken[child] {
			s.faults.Add(ErrMissing, where+".into", "no heir that takes "+quote.Key(s.all[child].unit.Key), "one")
		}
	}
	if !goesOn {
		s.end(at)
	}
}

// take puts the units named, which stand below the one that is split, under the
// heir that takes them, if there is such an heir.
func (s *standing) take(where string, keys []string, of int, taken map[int]bool, into int, ok bool) {
	for i, key := range keys {
		each := Indexed(where, i)
		child, known := s.index[key]
		switch {
		case known && taken[child]:
			s.faults.Add(ErrRepeated, each, quote.Key(key), "a unit that no other heir takes")
			continue
		case !known || s.all[child].parent != of:
			s.faults.Add(ErrUnknown, each, quote.Key(key), "a unit directly below the one that is split")
			continue
		case ok:
			s.put(child, into)
		}
		taken[child] = true
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
