package simulate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
)

// A Size says how large a nation is and how much happens in it, about.
type Size struct {
	Units   int // grassroots units
	Records int // of each tally
	Facts   int // that happen to units, at most
	Tallies int // how many tallies of each package are counted; 0: all
	Checks  int // at how many of the records all laws are held, about; 0: at all
}

// Small is a nation of which thousands are simulated in minutes.
func Small() Size { return Size{Units: 8, Records: 9, Facts: 4, Tallies: 1} }

// Large is a nation in which all tallies are counted.
func Large() Size { return Size{Units: 120, Records: 600, Facts: 40, Checks: 25} }

// A Nation is units with what happens to them in a year.
type Nation struct {
	Hierarchy  union.Hierarchy
	Collection aid.Collection // the donation day over the units that stood on its day
	facts      []union.Fact   // all of them, those that founded the nation first
}

// The days of the year, counted from 0.
const daysOfYear = 365

func dayOf(n int) union.Date { return must(firstDay().AddDays(n)) }

func firstDay() union.Date { return union.MustParseDate("2010-01-01") }

// donationDay is the day on whose units the collection is.
const donationDay = 123 // 4 May

// must returns what is made of literals, or of what was checked.
func must[T any](made T, err error) T {
	if err != nil {
		panic(err)
	}
	return made
}

// The first letters of keys tell the levels apart: a nation, provinces, cities,
// counties and grassroots units.
const levels = "nptcg"

// levelOf returns the place of a unit's level, from 0.
func levelOf(key string) int { return strings.IndexByte(levels, key[0]) }

// A founder gives keys and knows what stands.
type founder struct {
	*Source
	last  int
	facts []union.Fact
	day   aid.DonationDay
}

func (f *founder) unit(level int, parent string) union.Unit {
	f.last++
	key := levels[level:level+1] + strconv.Itoa(f.last)
	return union.Unit{Key: key, Title: "单位" + key, Parent: parent}
}

// NewNation draws a nation of about so many grassroots units, under counties, cities
// and provinces; some provinces have no cities, some cities units of their own.
func NewNation(s *Source, size Size, day aid.DonationDay) *Nation {
	f := &founder{Source: s, day: day}
	f.found(size.Units)
	days := make([]int, s.Below(size.Facts+1))
	for i := range days {
		days[i] = s.Below(daysOfYear)
	}
	slices.Sort(days)
	for _, day := range days {
		f.happen(dayOf(day))
	}
	n := &Nation{facts: f.facts, Hierarchy: must(union.NewHierarchy(f.facts...))}
	n.Collection = must(day.Over(must(n.Hierarchy.On(dayOf(donationDay)))))
	return n
}

// found founds the nation: so many units of each level as the one below it needs.
func (f *founder) found(units int) {
	counts := make([]int, len(levels))
	counts[len(levels)-1] = f.From(2, max(2, units))
	for level := len(levels) - 2; level > 0; level-- {
		counts[level] = max(1, counts[level+1]/f.From(1, 4))
	}
	counts[0] = 1
	var found []union.Unit
	above := []string{""}
	all := []string{}
	for level, n := range counts {
		var keys []string
		for i := range n {
			parent := above[i%len(above)] // everyone above has one below
			if i >= len(above) {
				parent = pick(f.Source, above...)
				if level > 2 && f.Chance(10) {
					parent = pick(f.Source, all...) // a level is left out
				}
			}
			unit := f.unit(level, parent)
			found, keys = append(found, unit), append(keys, unit.Key)
		}
		above, all = keys, append(all, keys...)
	}
	f.facts = []union.Fact{{On: must(firstDay().AddDays(-365)), Found: found}}
}

// happen lets something happen to units that stand on a day, if it can.
func (f *founder) happen(day union.Date) {
	tree := must(must(union.NewHierarchy(f.facts...)).On(day))
	last := f.facts[len(f.facts)-1]
	var leaves, inner []string
	for id := range tree.Len() {
		unit, _ := tree.Unit(union.UnitID(id + 1))
		switch {
		case tree.IsLeaf(union.UnitID(id + 1)):
			leaves = append(leaves, unit.Key)
		case unit.Parent != "":
			inner = append(inner, unit.Key)
		}
	}
	if len(inner) == 0 || last.On == day && last.Close != nil {
		return
	}
	fact := union.Fact{On: day}
	some := unitOf(tree, pick(f.Source, leaves...))
	switch f.Below(8) {
	case 0:
		fact.Found = []union.Unit{f.unit(len(levels)-1, pick(f.Source, inner...))}
	case 1:
		fact.Move = &union.Move{Units: []string{some.Key}, To: pick(f.Source, inner...)}
	case 2: // of a county or a city with all below it
		fact.Move = &union.Move{Units: []string{pick(f.Source, inner...)}, To: pick(f.Source, inner...)}
	case 3: // two units become one, which goes on under a key of theirs or a new one
		other := pick(f.Source, leaves...)
		into := union.Unit{Key: some.Key, Title: "合并", Parent: some.Parent}
		if f.Chance(50) {
			into = f.unit(len(levels)-1, some.Parent)
		}
		fact.Merge = &union.Merger{Units: []string{some.Key, other}, Into: into}
	case 4: // a unit is split in two, of which one may go on under its key
		heirs := []union.Heir{{Unit: f.unit(len(levels)-1, some.Parent), Weight: int64(f.From(1, 9))}, {Unit: f.unit(len(levels)-1, some.Parent), Weight: int64(f.Below(9))}}
		if f.Chance(50) {
			heirs[0].Unit = union.Unit{Key: some.Key, Title: "分设", Parent: some.Parent}
		}
		fact.Split = &union.Division{Unit: some.Key, Into: heirs}
	case 5, 6:
		if last.On == day || len(leaves) < 3 { // a closing has its day, so that who has counted what before is plain
			return
		}
		fact.Close = f.closing(tree, some)
	default: // a unit above others is split, and its heirs share those below it
		key := pick(f.Source, inner...)
		of := unitOf(tree, key)
		children := tree.Children(must(tree.Find(key)))
		if len(children) < 2 {
			return
		}
		division := &union.Division{Unit: key}
		for i := range 2 {
			division.Into = append(division.Into, union.Heir{Unit: f.unit(levelOf(key), of.Parent), Weight: int64(i)})
		}
		for i, child := range children {
			unit, _ := tree.Unit(child)
			heir := &division.Into[i%2]
			heir.Takes = append(heir.Takes, unit.Key)
		}
		fact.Split = division
	}
	// What cannot happen is not in the year: a unit moved to where it stands, or below
	// itself, or merged with itself.
	if _, err := union.NewHierarchy(append(slices.Clone(f.facts), fact)...); err == nil {
		f.facts = append(f.facts, fact)
	}
}

// closing draws which units are closed: a leaf, or the last one of a unit with that unit,
// which may go on by itself too.
func (f *founder) closing(tree union.Tree, leaf union.Unit) []string {
	above := must(tree.Find(leaf.Parent))
	if len(tree.Children(above)) == 1 && tree.Parent(above) != 0 && f.Chance(50) {
		return []string{leaf.Key, leaf.Parent}
	}
	return []string{leaf.Key}
}

func unitOf(tree union.Tree, key string) union.Unit {
	unit, _ := tree.Unit(must(tree.Find(key)))
	return unit
}

// sameTree says how two trees of one day differ.
func sameTree(a, b union.Tree) error {
	if a.Len() != b.Len() {
		return fmt.Errorf("the tree of %s has %d units, and had %d", a.Of(), b.Len(), a.Len())
	}
	for id := union.UnitID(1); int(id) <= a.Len(); id++ {
		before, _ := a.Unit(id)
		after, _ := b.Unit(id)
		if before != after {
			return fmt.Errorf("on %s unit %d is %v, and was %v", a.Of(), id, after, before)
		}
	}
	return nil
}
