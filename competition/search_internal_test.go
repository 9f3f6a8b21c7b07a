package competition

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/laws"
)

// A world is a list to be filled: candidates with what they are, and the rules.
type world struct {
	candidates []candidateOf
	places     int
	units      map[string]int
	structure  []Structure
}

type candidateOf struct {
	weight int64
	held   []string
	unit   string
}

// A filling says how everybody stands, and which structures are in the way.
type filling struct {
	stands   []union.Standing
	conflict []string
}

// filled is what the library makes of a world.
func filled(w world) filling {
	s := selection{places: w.places}
	list := make([]*listed, len(w.candidates))
	for i, c := range w.candidates {
		list[i] = &listed{weight: c.weight, held: c.held, place: Place{Eligible: true, Rank: i + 1, Unit: c.unit}}
	}
	ordered := slices.Clone(list)
	slices.SortStableFunc(ordered, func(a, b *listed) int { return int(b.weight - a.weight) })
	made := filling{conflict: s.fill(ordered, w.places, w.units, w.structure, map[int]int{})}
	for _, each := range list {
		made.stands = append(made.stands, each.place.Verdict.Standing)
	}
	return made
}

// everyList are the lists of as many as the places and the units let be, as sets of
// candidates, which keep to a structure.
func everyList(w world, structure []Structure) []int {
	most, lists := 0, map[int][]int{}
	for set := range 1 << len(w.candidates) {
		if size, ok := keepsToPlaces(w, set); ok {
			lists[size] = append(lists[size], set)
			most = max(most, size)
		}
	}
	return slices.DeleteFunc(lists[most], func(set int) bool {
		return slices.ContainsFunc(structure, func(s Structure) bool { return !keepsToStructure(w, set, s) })
	})
}

func keepsToPlaces(w world, set int) (size int, ok bool) {
	used := map[string]int{}
	for i, c := range w.candidates {
		if set>>i&1 == 1 {
			size++
			used[c.unit]++
		}
	}
	for unit, n := range used {
		if w.units != nil && n > w.units[unit] {
			return 0, false
		}
	}
	return size, size <= w.places
}

// keepsToStructure asks for the share itself.
func keepsToStructure(w world, set int, s Structure) bool {
	has, within := int64(0), int64(0)
	for i, c := range w.candidates {
		if set>>i&1 == 0 || len(s.Within) > 0 && !slices.Contains(c.held, s.Within[0]) {
			continue
		}
		within++
		if slices.Contains(c.held, s.Has[0]) {
			has++
		}
	}
	if within == 0 {
		return true
	}
	share, err := union.NewNumber(has, within)
	return err == nil && s.Share.Contains(share)
}

// bruteForce looks at every set of candidates.
func bruteForce(w world) filling {
	lists := everyList(w, w.structure)
	made := filling{stands: make([]union.Standing, len(w.candidates))}
	if len(lists) == 0 {
		for i := range made.stands {
			made.stands[i] = union.Unknown
		}
		for size := 1; ; size++ {
			for chosen := range 1 << len(w.structure) {
				var some []Structure
				for i, s := range w.structure {
					if chosen>>i&1 == 1 {
						some = append(some, s)
					}
				}
				if len(some) == size && len(everyList(w, some)) == 0 {
					made.conflict = keysOf(some)
					return made
				}
			}
		}
	}
	best, all, some := int64(-1<<62), 0, 0
	for _, set := range lists {
		sum := int64(0)
		for i, c := range w.candidates {
			if set>>i&1 == 1 {
				sum += c.weight
			}
		}
		switch {
		case sum > best:
			best, all, some = sum, set, set
		case sum == best:
			all, some = all&set, some|set
		}
	}
	for i := range made.stands {
		switch {
		case all>>i&1 == 1:
			made.stands[i] = union.Met
		case some>>i&1 == 1:
			made.stands[i] = union.Unknown
		default:
			made.stands[i] = union.Unmet
		}
	}
	return made
}

func structureOf(key, has, within, share string) Structure {
	s := Structure{Key: key, Title: key, Has: []string{has}, Share: union.MustParseInterval(share)}
	if within != "" {
		s.Within = []string{within}
	}
	return s
}

func drawWorld(r *rapid.T) world {
	w := world{places: rapid.IntRange(1, 6).Draw(r, "places")}
	attributes := []string{"a", "b", "c"}
	shares := []string{"[0.35,)", "[0.5,)", "(0.2,)", "(,0.13]", "(,0.5]", "(,0.4)", "[0.25,0.75]", "[0.3,0.6]", "(0,0.5)"}
	for i := range rapid.IntRange(0, 4).Draw(r, "structures") {
		within, share := "", rapid.SampledFrom(shares).Draw(r, "share")
		if rapid.IntRange(0, 3).Draw(r, "of") == 0 {
			within, share = rapid.SampledFrom(attributes).Draw(r, "within"), rapid.SampledFrom([]string{"[0.5,)", "(,0.25]", "[1/3,)"}).Draw(r, "share within")
		}
		w.structure = append(w.structure, structureOf("s"+strconv.Itoa(i), rapid.SampledFrom(attributes).Draw(r, "has"), within, share))
	}
	if rapid.Bool().Draw(r, "divided") {
		w.units = map[string]int{"east": rapid.IntRange(0, 3).Draw(r, "east"), "west": rapid.IntRange(0, 3).Draw(r, "west")}
	}
	for range rapid.IntRange(1, 8).Draw(r, "candidates") {
		c := candidateOf{weight: rapid.Int64Range(90, 96).Draw(r, "total"), unit: rapid.SampledFrom([]string{"east", "west"}).Draw(r, "unit")}
		for _, attribute := range attributes {
			if rapid.Bool().Draw(r, attribute) {
				c.held = append(c.held, attribute)
			}
		}
		w.candidates = append(w.candidates, c)
	}
	return w
}

// listsTheBest: those are recommended who are on every best list, those undecided
// who are on some, and where there is no list a smallest set of rules is to blame.
func listsTheBest(fill func(world) filling) laws.Law {
	return func(r *rapid.T) error {
		w := drawWorld(r)
		want, got := bruteForce(w), fill(w)
		if len(want.conflict) != len(got.conflict) {
			return fmt.Errorf("%+v: in the way are %v, not %v", w, want.conflict, got.conflict)
		}
		if len(got.conflict) > 0 {
			var blamed []Structure
			for _, s := range w.structure {
				if slices.Contains(got.conflict, s.Key) {
					blamed = append(blamed, s)
				}
			}
			if len(everyList(w, blamed)) > 0 {
				return fmt.Errorf("%+v: %v can be met together", w, got.conflict)
			}
		}
		if !slices.Equal(want.stands, got.stands) {
			return fmt.Errorf("%+v: stand %v, not %v", w, want.stands, got.stands)
		}
		return nil
	}
}

func TestTheListIsTheBestOfAllLists(t *testing.T) {
	laws.Holds(t, listsTheBest(filled))
	// One twin takes the best of all, whatever the structure; the other takes by rank
	// whoever still fits a ceiling.
	laws.Rejects(t, listsTheBest(func(w world) filling {
		w.structure = nil
		return filled(w)
	}))
	laws.Rejects(t, listsTheBest(func(w world) filling {
		made, list := filled(w), world{units: w.units, places: w.places}
		order := slices.Clone(w.candidates)
		slices.SortStableFunc(order, func(a, b candidateOf) int { return int(b.weight - a.weight) })
		for _, c := range order {
			more := list
			more.candidates = append(slices.Clone(list.candidates), c)
			if _, ok := keepsToPlaces(more, 1<<len(more.candidates)-1); ok {
				list = more
			}
		}
		for i, c := range w.candidates {
			made.stands[i] = union.Unmet
			if slices.ContainsFunc(list.candidates, func(o candidateOf) bool {
				return o.weight == c.weight && slices.Equal(o.held, c.held) && o.unit == c.unit
			}) {
				made.stands[i] = union.Met
			}
		}
		return made
	}))
}

// Every list of up to four candidates with two attributes and two totals, with up
// to three places, and with a floor, a ceiling and both.
func TestTheListIsTheBestInAWholeSmallWorld(t *testing.T) {
	rules := [][]Structure{
		{structureOf("floor", "a", "", "[0.5,)")},
		{structureOf("ceiling", "b", "", "(,0.34]")},
		{structureOf("floor", "a", "", "[0.5,)"), structureOf("ceiling", "b", "", "(,0.34]")},
		{structureOf("within", "a", "b", "[0.5,)"), structureOf("floor", "b", "", "[0.6,)")},
		{structureOf("between", "a", "", "[0.25,0.75]"), structureOf("open", "b", "", "(0.2,0.7)")},
	}
	var kinds []candidateOf
	for _, held := range [][]string{nil, {"a"}, {"b"}, {"a", "b"}} {
		for _, weight := range []int64{95, 96} {
			kinds = append(kinds, candidateOf{weight: weight, held: held})
		}
	}
	worlds := 0
	var more func(list []candidateOf, from int)
	more = func(list []candidateOf, from int) {
		for places := 1; places <= 3 && len(list) > 0; places++ {
			for _, structure := range rules {
				w := world{candidates: list, places: places, structure: structure}
				want, got := bruteForce(w), filled(w)
				require.Equal(t, want.stands, got.stands, "%+v", w)
				require.Len(t, got.conflict, len(want.conflict), "%+v", w)
				worlds++
			}
		}
		for i := from; i < len(kinds) && len(list) < 4; i++ {
			more(append(slices.Clone(list), kinds[i]), i)
		}
	}
	more(nil, 0)
	assert.Equal(t, 494*3*5, worlds) // 8 + 36 + 120 + 330 lists
}

// A list in which choosing in part would be better than any whole choice: one of
// three pairs is to be split.
func TestThePartsOfACandidateAreNotChosen(t *testing.T) {
	w := world{places: 2, structure: []Structure{
		structureOf("a", "a", "", "(,0.5]"), structureOf("b", "b", "", "(,0.5]"), structureOf("c", "c", "", "(,0.5]"),
	}}
	for _, held := range [][]string{{"a", "b"}, {"b", "c"}, {"a", "c"}, nil} {
		w.candidates = append(w.candidates, candidateOf{weight: int64(100 * (len(held) + 1)), held: held})
	}
	assert.Equal(t, bruteForce(w), filled(w))
	assert.Equal(t, []union.Standing{union.Unknown, union.Unknown, union.Unknown, union.Met}, filled(w).stands)
}

// Between a floor and a ceiling that lie close together what a structure counts goes
// from the one to the other at a single step of the program, as it does in each of these.
func TestTheListIsTheBestBetweenBoundsThatLieCloseTogether(t *testing.T) {
	for _, row := range []struct {
		places     int
		candidates []string // each a total and the attributes held
		structure  []string // each an attribute and its share
	}{
		{6, []string{"103 cde", "104 bc", "100 be", "106 bc", "96 ac", "103 bd", "98 abcd", "91", "108 ae"},
			[]string{"a [0.4,0.5]", "d [0.3,0.6]", "a [0.4,0.5]", "b [0.3,0.6]", "b [0.25,0.75]", "c [0.4,0.5]"}},
		{5, []string{"103 ce", "108 be", "98 abce", "93 bcde", "108 cde", "105 abd", "97 bd", "97 abc", "108", "95 ade"},
			[]string{"b [0.25,0.75]", "c [0.25,0.75]", "e [0.5,0.9]", "a [0.25,0.75]", "c [0.6,0.7]", "a [0.5,)"}},
		{5, []string{"104 bcde", "92 ab", "107 abe", "91 de", "94 ac", "94 abc", "102 abe", "107 d", "104 bcd", "92 ae", "108 cde", "100 c"},
			[]string{"d [0.4,0.5]", "c [0.2,0.5]", "e [0.2,0.5]", "b [0.4,0.5]"}},
		{3, []string{"95 c", "90", "101 bcde", "108 cd", "101 de", "92 abd", "108 abcd", "103 acd", "99 ab", "104 a", "94 abce"},
			[]string{"e [0.25,0.75]", "a (,0.4]", "c [0.3,0.4]", "b [0.6,0.7]"}},
	} {
		w := world{places: row.places}
		for _, text := range row.candidates {
			total, held, _ := strings.Cut(text, " ")
			weight, err := strconv.ParseInt(total, 10, 64)
			require.NoError(t, err)
			c := candidateOf{weight: weight}
			for _, attribute := range held {
				c.held = append(c.held, string(attribute))
			}
			w.candidates = append(w.candidates, c)
		}
		for _, text := range row.structure {
			has, share, _ := strings.Cut(text, " ")
			w.structure = append(w.structure, structureOf(text, has, "", share))
		}
		assert.Equal(t, bruteForce(w), filled(w), row.candidates)
	}
}

// What is wanted of totals is that their sum is exact, below 0 too: two may come to 2^59 each,
// and thirds and sevenths are of one part.
func TestTotalsThatDoNotAddUpExactlyAreRefused(t *testing.T) {
	const half = 1 << 59
	for name, row := range map[string]struct {
		totals []string
		want   error
	}{
		"small":                      {[]string{"95.5", "1/3", "2/7"}, nil},
		"as great as can be":         {[]string{text(half), "0"}, nil},
		"greater":                    {[]string{text(half + 1), "0"}, union.ErrOverflow},
		"as far below":               {[]string{text(-half), "0"}, nil},
		"farther below":              {[]string{text(-half - 1), "0"}, union.ErrOverflow},
		"in parts that are too fine": {[]string{"1/4294967291", "1/4294967279"}, union.ErrOverflow},
		"greater than are counted":   {[]string{"9223372036854775808", "0"}, union.ErrOverflow},
	} {
		var s selection
		for _, total := range row.totals {
			s.entries = append(s.entries, listed{place: Place{Eligible: true, Total: union.MustParseNumber(total)}})
		}
		require.ErrorIs(t, s.weigh(nil), row.want, name)
	}
}

func text(n int64) string { return strconv.FormatInt(n, 10) }

func TestAUnitHasNoMoreThanItsPlacesAndThanEachUnitMayHave(t *testing.T) {
	for each, want := range map[int]map[string]int{
		0: {"none": 0, "one": 1, "three": 3, "": 9},
		2: {"none": 0, "one": 1, "three": 2, "": 9},
	} {
		s := selection{award: Award{Quota: Quota{EachUnit: each}}}
		for unit, most := range want {
			assert.Equal(t, most, s.most(unit, map[string]int{"one": 1, "three": 3, "": 9}), "%d %q", each, unit)
		}
	}
	s := selection{award: Award{Quota: Quota{EachUnit: 2}}}
	assert.Equal(t, 2, s.most("one", nil))
	assert.Negative(t, s.most("", nil), "any number")
}

// Where a program is left as it is the search divides its part, and is exact all the
// same.
func TestTheSearchIsExactWithoutTheProgram(t *testing.T) {
	laws.Holds(t, func(r *rapid.T) error {
		w := drawWorld(r)
		s := selection{places: w.places}
		list := make([]*listed, len(w.candidates))
		for i, c := range w.candidates {
			list[i] = &listed{weight: c.weight, held: c.held, place: Place{Eligible: true, Unit: c.unit}}
		}
		slices.SortStableFunc(list, func(a, b *listed) int { return int(b.weight - a.weight) })
		p, _ := s.pool(list, w.places, w.units, w.structure)
		with, ok := p.best(p.whole(), 0, noMost)
		p.still = -1
		without, also := p.best(p.whole(), 0, noMost)
		if ok != also || ok && p.value(with) != p.value(without) {
			return fmt.Errorf("%+v: with the program %t %v, without it %t %v", w, ok, with, also, without)
		}
		return nil
	})
}
