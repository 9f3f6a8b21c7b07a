package union_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
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

// chaohu is what the State Council approved for Anhui in 2011 (国函〔2011〕84号):
// the city of Chaohu was dissolved, its district became a city of its own name,
// and its counties went to three cities, each under a new code.
func chaohu() []union.Fact {
	day := union.MustParseDate("2011-08-22")
	renamed := func(from, key, title, parent string) union.Fact {
		return union.Fact{On: day, Merge: &union.Merger{
			Units: []string{from}, Into: union.Unit{Key: key, Title: title, Parent: parent},
		}}
	}
	return []union.Fact{
		{On: union.MustParseDate("2010-01-01"), Found: []union.Unit{
			{Key: "340000", Title: "安徽省"},
			{Key: "340100", Title: "合肥市", Parent: "340000"},
			{Key: "340200", Title: "芜湖市", Parent: "340000"},
			{Key: "340500", Title: "马鞍山市", Parent: "340000"},
			{Key: "341400", Title: "巢湖市", Parent: "340000"},
			{Key: "341402", Title: "居巢区", Parent: "341400"},
			{Key: "341421", Title: "庐江县", Parent: "341400"},
			{Key: "341422", Title: "无为县", Parent: "341400"},
			{Key: "341423", Title: "含山县", Parent: "341400"},
			{Key: "341424", Title: "和县", Parent: "341400"},
		}},
		renamed("341402", "340181", "巢湖市", "340100"),
		renamed("341421", "340124", "庐江县", "340100"),
		renamed("341422", "340225", "无为县", "340200"),
		renamed("341423", "340522", "含山县", "340500"),
		renamed("341424", "340523", "和县", "340500"),
		{On: day, Close: []string{"341400"}},
	}
}

func mustHierarchy(facts ...union.Fact) union.Hierarchy {
	hierarchy, err := union.NewHierarchy(facts...)
	if err != nil {
		panic(err)
	}
	return hierarchy
}

// outline writes a tree as a list of "unit<parent", in the order of its IDs.
func outline(tree union.Tree) string {
	var list []string
	for id := union.UnitID(1); int(id) <= tree.Len(); id++ {
		unit, _ := tree.Unit(id)
		list = append(list, unit.Key+"<"+unit.Parent)
	}
	return strings.Join(list, " ")
}

// titles returns the titles of units.
func titles(tree union.Tree, ids ...union.UnitID) []string {
	var list []string
	for _, id := range ids {
		unit, _ := tree.Unit(id)
		list = append(list, unit.Title)
	}
	return list
}

// federation is a province of two cities: a with two counties, b with one.
func federation() []union.Fact {
	return []union.Fact{{On: union.MustParseDate("2010-01-01"), Found: []union.Unit{
		{Key: "p", Title: "P"},
		{Key: "a", Title: "A", Parent: "p"},
		{Key: "b", Title: "B", Parent: "p"},
		{Key: "a1", Title: "A1", Parent: "a"},
		{Key: "a2", Title: "A2", Parent: "a"},
		{Key: "b1", Title: "B1", Parent: "b"},
	}}}
}

// after returns the facts of federation and one more, on 1 May.
func after(fact union.Fact) []union.Fact {
	if fact.On.IsZero() {
		fact.On = union.MustParseDate("2010-05-01")
	}
	return append(federation(), fact)
}

func ExampleNewHierarchy() {
	_, err := union.NewHierarchy(
		union.Fact{On: union.MustParseDate("2010-01-01"), Found: []union.Unit{
			{Key: "340000", Title: "安徽省"},
			{Key: "340100", Title: "合肥市", Parent: "340000"},
			{Key: "340200", Title: "芜湖市", Parent: "340001"},
		}},
		union.Fact{On: union.MustParseDate("2010-05-01"), Close: []string{"340000"}},
	)
	fmt.Println(err)
	// Output:
	// facts[0].found[2].parent: not known: got "340001", want a unit that exists on the day
	// facts[1].close[0]: out of order: got "340000" with 1 below it, want a unit with none below it
}

func ExampleHierarchy_On() {
	hierarchy := mustHierarchy(chaohu()...)
	for _, day := range []string{"2011-08-21", "2011-08-22"} {
		tree, _ := hierarchy.On(union.MustParseDate(day))
		hefei, _ := tree.Find("340100")
		fmt.Println(day, titles(tree, tree.Children(hefei)...))
	}
	// Output:
	// 2011-08-21 []
	// 2011-08-22 [巢湖市 庐江县]
}

func ExampleHierarchy_In() {
	hierarchy := mustHierarchy(chaohu()[:2]...)
	tree, err := hierarchy.In(union.MustParsePeriod("2011-01-01/2011-06-30"))
	fmt.Println(tree.Len(), tree.Of(), err)
	_, err = hierarchy.In(union.MustParsePeriod("2011-01-01/2011-12-31"))
	fmt.Println(err)
	// Output:
	// 10 2011-01-01/2011-06-30 <nil>
	// facts[1].on: out of range: got 2011-08-22, want no change within 2011-01-01/2011-12-31
}

func ExampleHierarchy_Append() {
	before := mustHierarchy(chaohu()[0])
	now, err := before.Append(chaohu()[1:]...)
	fmt.Println(len(before.Facts()), len(now.Facts()), err)
	// Output: 1 7 <nil>
}

func ExampleHierarchy_Facts() {
	for _, fact := range mustHierarchy(chaohu()...).Facts()[5:] {
		fmt.Println(fact.On, fact.Merge != nil, fact.Close)
	}
	// Output:
	// 2011-08-22 true []
	// 2011-08-22 false [341400]
}

// What a county raised before it was split, shared out by its record; what two
// raised before they were merged, added.
func ExampleHierarchy_Carry() {
	hierarchy := mustHierarchy(
		union.Fact{On: union.MustParseDate("2010-01-01"), Found: []union.Unit{
			{Key: "east", Title: "东县"}, {Key: "west", Title: "西县"}, {Key: "north", Title: "北县"},
		}},
		union.Fact{On: union.MustParseDate("2010-05-01"), Split: &union.Division{Unit: "east", Into: []union.Heir{
			{Unit: union.Unit{Key: "east", Title: "东县"}, Weight: 2}, {Unit: union.Unit{Key: "coast", Title: "海县"}, Weight: 1},
		}}},
		union.Fact{On: union.MustParseDate("2010-06-01"), Merge: &union.Merger{
			Units: []string{"coast", "west"}, Into: union.Unit{Key: "port", Title: "港市"},
		}},
	)
	raised := map[string]int64{"east": 1000, "west": 50}
	fmt.Println(hierarchy.Carry(raised, union.MustParseDate("2010-04-30"), union.MustParseDate("2010-05-31")))
	fmt.Println(hierarchy.Carry(raised, union.MustParseDate("2010-04-30"), union.MustParseDate("2010-06-01")))
	// Output:
	// map[coast:333 east:667 west:50] <nil>
	// map[east:667 port:383] <nil>
}

func TestFactsMakeTheTreeOfTheirDay(t *testing.T) {
	unit := func(key, parent string) union.Unit {
		return union.Unit{Key: key, Title: strings.ToUpper(key), Parent: parent}
	}
	heir := func(key, parent string, takes ...string) union.Heir {
		return union.Heir{Unit: unit(key, parent), Takes: takes}
	}
	for name, row := range map[string]struct {
		fact union.Fact
		want string
	}{
		"founded under its parent": {union.Fact{Found: []union.Unit{unit("c", "p"), unit("c1", "c")}},
			"a1<a a2<a a<p b1<b b<p c1<c c<p p<"},
		"founded at the top": {union.Fact{Found: []union.Unit{unit("q", "")}},
			"a1<a a2<a a<p b1<b b<p p< q<"},
		"moved alone": {union.Fact{Move: &union.Move{Units: []string{"a1"}, To: "b"}},
			"a2<a a<p a1<b b1<b b<p p<"},
		"moved with all below": {union.Fact{Move: &union.Move{Units: []string{"a"}, To: "b1"}},
			"a1<a a2<a a<b1 b1<b b<p p<"},
		"moved several": {union.Fact{Move: &union.Move{Units: []string{"a1", "a2"}, To: "p"}},
			"a<p b1<b b<p a1<p a2<p p<"},
		"merged into a new one": {union.Fact{Merge: &union.Merger{Units: []string{"a", "b"}, Into: unit("c", "p")}},
			"a1<c a2<c b1<c c<p p<"},
		"merged into one of them": {union.Fact{Merge: &union.Merger{Units: []string{"a", "b"}, Into: unit("b", "p")}},
			"a1<b a2<b b1<b b<p p<"},
		"merged with its parent": {union.Fact{Merge: &union.Merger{Units: []string{"a1", "a"}, Into: unit("a1", "p")}},
			"b1<b b<p a2<a1 a1<p p<"},
		"merged with its parent, which goes on": {union.Fact{Merge: &union.Merger{Units: []string{"b1", "b"}, Into: unit("b", "p")}},
			"a1<a a2<a a<p b<p p<"},
		"renamed": {union.Fact{Merge: &union.Merger{Units: []string{"a"}, Into: unit("c", "p")}},
			"b1<b b<p a1<c a2<c c<p p<"},
		"put at the top": {union.Fact{Merge: &union.Merger{Units: []string{"a"}, Into: unit("a", "")}},
			"b1<b b<p p< a1<a a2<a a<"},
		"put under another by its merger": {union.Fact{Merge: &union.Merger{Units: []string{"b1"}, Into: unit("b1", "a")}},
			"a1<a a2<a b1<a a<p b<p p<"},
		"split": {union.Fact{Split: &union.Division{Unit: "a", Into: []union.Heir{heir("c", "p", "a1"), heir("d", "p", "a2")}}},
			"b1<b b<p a1<c c<p a2<d d<p p<"},
		"split and going on": {union.Fact{Split: &union.Division{Unit: "a", Into: []union.Heir{heir("a", "p", "a1"), heir("d", "p", "a2")}}},
			"a1<a a<p b1<b b<p a2<d d<p p<"},
		"split into one under another": {union.Fact{Split: &union.Division{Unit: "a", Into: []union.Heir{heir("c", "p", "a1", "a2"), heir("d", "c")}}},
			"b1<b b<p a1<c a2<c d<c c<p p<"},
		"split at the end of the tree": {union.Fact{Split: &union.Division{Unit: "b1", Into: []union.Heir{heir("b2", "b"), heir("b3", "b")}}},
			"a1<a a2<a a<p b2<b b3<b b<p p<"},
		"closed": {union.Fact{Close: []string{"b1", "b"}},
			"a1<a a2<a a<p p<"},
		"closed all": {union.Fact{Close: []string{"a1", "a2", "a", "b1", "b", "p"}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			hierarchy, err := union.NewHierarchy(after(row.fact)...)
			require.NoError(t, err)
			tree, err := hierarchy.On(union.MustParseDate("2010-05-01"))
			require.NoError(t, err)
			assert.Equal(t, row.want, outline(tree))
			before, err := hierarchy.On(union.MustParseDate("2010-04-30"))
			require.NoError(t, err)
			assert.Equal(t, "a1<a a2<a a<p b1<b b<p p<", outline(before), "the day before nothing had happened")
		})
	}
}

func TestARenamedUnitKeepsItsKeyUnderItsNewTitle(t *testing.T) {
	hierarchy := mustHierarchy(after(union.Fact{Merge: &union.Merger{
		Units: []string{"a"}, Into: union.Unit{Key: "a", Title: "阿城", Parent: "p"},
	}})...)
	for day, want := range map[string]string{"2010-04-30": "A", "2010-05-01": "阿城"} {
		tree, err := hierarchy.On(union.MustParseDate(day))
		require.NoError(t, err)
		id, err := tree.Find("a")
		require.NoError(t, err)
		assert.Equal(t, []string{want}, titles(tree, id))
	}
}

// TestAHierarchyRefuses has a row for each thing that NewHierarchy says it
// refuses.
func TestAHierarchyRefuses(t *testing.T) {
	into := union.Unit{Key: "c", Title: "C", Parent: "p"}
	heirs := func(first, second union.Heir) *union.Division {
		return &union.Division{Unit: "a", Into: []union.Heir{first, second}}
	}
	c := union.Heir{Unit: into, Takes: []string{"a1"}}
	d := union.Heir{Unit: union.Unit{Key: "d", Title: "D", Parent: "p"}, Takes: []string{"a2"}}
	with := func(heir union.Heir, change func(*union.Heir)) union.Heir {
		change(&heir)
		return heir
	}
	for _, row := range []struct {
		facts    []union.Fact
		sentinel error
		want     string
	}{
		{nil, union.ErrMissing, "facts: must be given"},
		{[]union.Fact{{Found: []union.Unit{{Key: "a", Title: "A"}}}}, union.ErrMissing, "facts[0].on: must be given"},
		{after(union.Fact{}), union.ErrMissing, "facts[1]: must be given: want found, move, merge, split or close"},
		{after(union.Fact{Found: []union.Unit{{Title: "C"}}}), union.ErrMissing, "facts[1].found[0].key: must be given"},
		{after(union.Fact{Found: []union.Unit{{Key: "c"}}}), union.ErrMissing, "facts[1].found[0].title: must be given"},
		{after(union.Fact{Merge: &union.Merger{Units: []string{"a"}, Into: union.Unit{Key: "a"}}}), union.ErrMissing, "facts[1].merge.into.title: must be given"},
		{after(union.Fact{Move: &union.Move{To: "a"}}), union.ErrMissing, "facts[1].move.units: must be given"},
		{after(union.Fact{Move: &union.Move{Units: []string{"a"}}}), union.ErrMissing, "facts[1].move.to: must be given"},
		{after(union.Fact{Move: &union.Move{Units: []string{""}, To: "p"}}), union.ErrMissing, "facts[1].move.units[0]: must be given"},
		{after(union.Fact{Merge: &union.Merger{Into: into}}), union.ErrMissing, "facts[1].merge.units: must be given"},
		{after(union.Fact{Split: &union.Division{Into: []union.Heir{c, d}}}), union.ErrMissing, "facts[1].split.unit: must be given"},
		{after(union.Fact{Split: heirs(c, with(d, func(h *union.Heir) { h.Takes = nil }))}), union.ErrMissing, `facts[1].split.into: must be given: got no heir that takes "a2", want one`},

		{append(federation(), union.Fact{On: union.MustParseDate("2009-12-31"), Close: []string{"a1"}}), union.ErrOrder, "facts[1].on: out of order: got 2009-12-31, want 2010-01-01 or later"},
		{after(union.Fact{Move: &union.Move{Units: []string{"a"}, To: "a"}}), union.ErrOrder, `facts[1].move.to: out of order: got "a", want a unit that is not within "a"`},
		{after(union.Fact{Move: &union.Move{Units: []string{"p"}, To: "a1"}}), union.ErrOrder, `facts[1].move.to: out of order: got "a1", want a unit that is not within "p"`},
		{after(union.Fact{Merge: &union.Merger{Units: []string{"a", "b"}, Into: union.Unit{Key: "c", Title: "C", Parent: "b1"}}}), union.ErrOrder, `facts[1].merge.into.parent: out of order: got "b1", want a unit that is not within "b"`},
		{after(union.Fact{Split: heirs(c, with(d, func(h *union.Heir) { h.Parent = "a" }))}), union.ErrOrder, `facts[1].split.into[1].parent: out of order: got "a", want a unit that is not within "a"`},
		{after(union.Fact{Close: []string{"a"}}), union.ErrOrder, `facts[1].close[0]: out of order: got "a" with 2 below it, want a unit with none below it`},

		{after(union.Fact{Found: []union.Unit{{Key: "c", Title: "C", Parent: "c"}}}), union.ErrUnknown, `facts[1].found[0].parent: not known: got "c", want a unit that exists on the day`},
		{after(union.Fact{Move: &union.Move{Units: []string{"x"}, To: "a"}}), union.ErrUnknown, `facts[1].move.units[0]: not known: got "x", want a unit that exists on the day`},
		{after(union.Fact{Move: &union.Move{Units: []string{"a"}, To: "x"}}), union.ErrUnknown, `facts[1].move.to: not known: got "x", want a unit that exists on the day`},
		{after(union.Fact{Merge: &union.Merger{Units: []string{"a", "x"}, Into: into}}), union.ErrUnknown, `facts[1].merge.units[1]: not known: got "x", want a unit that exists on the day`},
		{after(union.Fact{Merge: &union.Merger{Units: []string{"a"}, Into: union.Unit{Key: "a", Title: "A", Parent: "x"}}}), union.ErrUnknown, `facts[1].merge.into.parent: not known: got "x", want a unit that exists on the day`},
		{after(union.Fact{Split: &union.Division{Unit: "x", Into: []union.Heir{c, d}}}), union.ErrUnknown, `facts[1].split.unit: not known: got "x", want a unit that exists on the day`},
		{after(union.Fact{Close: []string{"x"}}), union.ErrUnknown, `facts[1].close[0]: not known: got "x", want a unit that exists on the day`},
		{after(union.Fact{Split: heirs(c, with(d, func(h *union.Heir) { h.Takes = []string{"a2", "b1"} }))}), union.ErrUnknown, `facts[1].split.into[1].takes[1]: not known: got "b1", want a unit directly below the one that is split`},
		{after(union.Fact{Split: heirs(c, with(d, func(h *union.Heir) { h.Takes = []string{"a2", "x"} }))}), union.ErrUnknown, `facts[1].split.into[1].takes[1]: not known: got "x", want a unit directly below the one that is split`},

		{after(union.Fact{Close: []string{"a1"}, Move: &union.Move{Units: []string{"a1"}, To: "b"}}), union.ErrRepeated, "facts[1]: given more than once: got 2 kinds of fact, want one"},
		{after(union.Fact{Found: []union.Unit{{Key: "a1", Title: "A1", Parent: "b"}}}), union.ErrRepeated, `facts[1].found[0].key: given more than once: got "a1", want a new key`},
		{append(after(union.Fact{Close: []string{"a1"}}), union.Fact{On: union.MustParseDate("2010-05-02"), Found: []union.Unit{{Key: "a1", Title: "A1", Parent: "a"}}}), union.ErrRepeated, `facts[2].found[0].key: given more than once: got "a1", want a new key`},
		{after(union.Fact{Merge: &union.Merger{Units: []string{"a"}, Into: union.Unit{Key: "b", Title: "B", Parent: "p"}}}), union.ErrRepeated, `facts[1].merge.into.key: given more than once: got "b", want a new key`},
		{after(union.Fact{Split: heirs(c, with(d, func(h *union.Heir) { h.Key = "b" }))}), union.ErrRepeated, `facts[1].split.into[1].key: given more than once: got "b", want a new key`},
		{after(union.Fact{Split: heirs(with(c, func(h *union.Heir) { h.Key = "a" }), with(d, func(h *union.Heir) { h.Key = "a" }))}), union.ErrRepeated, `facts[1].split.into[1].key: given more than once: got "a", want a new key`},
		{after(union.Fact{Merge: &union.Merger{Units: []string{"a", "b", "a"}, Into: into}}), union.ErrRepeated, `facts[1].merge.units[2]: given more than once: got "a", want another unit`},
		{after(union.Fact{Split: heirs(c, with(d, func(h *union.Heir) { h.Takes = []string{"a2", "a1"} }))}), union.ErrRepeated, `facts[1].split.into[1].takes[1]: given more than once: got "a1", want a unit that no other heir takes`},
		{after(union.Fact{Move: &union.Move{Units: []string{"a1"}, To: "a"}}), union.ErrRepeated, `facts[1].move.units[0]: given more than once: got "a1", want a unit that is not under "a"`},

		{after(union.Fact{Found: []union.Unit{{Key: "c.d", Title: "C"}}}), union.ErrText, `facts[1].found[0].key: cannot be read: got "c.d", want at most 64 bytes of letters, digits, - and _`},
		{after(union.Fact{Found: []union.Unit{{Key: strings.Repeat("c", 65), Title: "C"}}}), union.ErrText, "facts[1].found[0].key: cannot be read: got a text of 65 characters, want at most 64 bytes of letters, digits, - and _"},

		{after(union.Fact{Split: &union.Division{Unit: "b", Into: []union.Heir{{Unit: into, Takes: []string{"b1"}}}}}), union.ErrRange, "facts[1].split.into: out of range: got 1 heirs, want 2 or more"},
		{after(union.Fact{Split: heirs(c, with(d, func(h *union.Heir) { h.Weight = -1 }))}), union.ErrRange, "facts[1].split.into[1].weight: out of range: got -1, want 0 or more"},
		{after(union.Fact{Split: heirs(with(c, func(h *union.Heir) { h.Weight = math.MaxInt64 }), with(d, func(h *union.Heir) { h.Weight = 1 }))}), union.ErrOverflow, "facts[1].split.into: too large to be held exactly: want weights that sum to at most 9223372036854775807"},
	} {
		hierarchy, err := union.NewHierarchy(row.facts...)
		require.EqualError(t, err, row.want)
		require.ErrorIs(t, err, row.sentinel, row.want)
		assert.Zero(t, hierarchy)
	}
}

func TestAHierarchyReportsAllItsFaults(t *testing.T) {
	_, err := union.NewHierarchy(
		union.Fact{Found: []union.Unit{{Key: "a"}, {Title: "B", Parent: "x"}}},
		union.Fact{On: union.MustParseDate("2010-05-01"), Move: &union.Move{}},
		union.Fact{On: union.MustParseDate("2010-04-01"), Split: &union.Division{}},
	)
	require.EqualError(t, err, strings.Join([]string{
		"facts[0].on: must be given",
		"facts[0].found[0].title: must be given",
		`facts[0].found[1].parent: not known: got "x", want a unit that exists on the day`,
		"facts[0].found[1].key: must be given",
		"facts[1].move.units: must be given",
		"facts[1].move.to: must be given",
		"facts[2].on: out of order: got 2010-04-01, want 2010-05-01 or later",
		"facts[2].split.into: out of range: got 0 heirs, want 2 or more",
		"facts[2].split.unit: must be given",
	}, "\n"))
}

func TestEveryUnitThatAnHeirCannotTakeIsReported(t *testing.T) {
	_, err := union.NewHierarchy(after(union.Fact{Split: &union.Division{Unit: "a", Into: []union.Heir{
		{Unit: union.Unit{Key: "c", Title: "C", Parent: "p"}, Takes: []string{"a1", "a2"}},
		{Unit: union.Unit{Key: "d", Title: "D", Parent: "p"}, Takes: []string{"a1", "x", "a2", "b1"}},
		{Unit: union.Unit{Key: "e", Title: "E", Parent: "p"}, Takes: []string{"b1"}},
	}}})...)
	require.EqualError(t, err, strings.Join([]string{
		`facts[1].split.into[1].takes[0]: given more than once: got "a1", want a unit that no other heir takes`,
		`facts[1].split.into[1].takes[1]: not known: got "x", want a unit directly below the one that is split`,
		`facts[1].split.into[1].takes[2]: given more than once: got "a2", want a unit that no other heir takes`,
		`facts[1].split.into[1].takes[3]: not known: got "b1", want a unit directly below the one that is split`,
		`facts[1].split.into[2].takes[0]: not known: got "b1", want a unit directly below the one that is split`,
	}, "\n"))
}

func TestAHierarchyNeverGuessesADay(t *testing.T) {
	hierarchy := mustHierarchy(after(union.Fact{Close: []string{"b1"}})...)
	for want, ask := range map[string]func() error{
		"day: must be given": func() error { _, err := hierarchy.On(union.Date{}); return err },
		"day: out of range: got 2009-12-31, want 2010-01-01 or later": func() error {
			_, err := hierarchy.On(union.MustParseDate("2009-12-31"))
			return err
		},
		"day: out of range: got 2010-01-01, want a hierarchy with facts": func() error {
			_, err := union.Hierarchy{}.On(union.MustParseDate("2010-01-01"))
			return err
		},
		"period.from: must be given": func() error { _, err := hierarchy.In(union.Period{}); return err },
		"period.until: must be given": func() error {
			_, err := hierarchy.In(union.MustParsePeriod("2010-05-01/.."))
			return err
		},
		"period.from: out of range: got 2009-12-31, want 2010-01-01 or later": func() error {
			_, err := hierarchy.In(union.MustParsePeriod("2009-12-31/2010-01-31"))
			return err
		},
		"facts[1].on: out of range: got 2010-05-01, want no change within 2010-04-30/2010-05-01": func() error {
			_, err := hierarchy.In(union.MustParsePeriod("2010-04-30/2010-05-01"))
			return err
		},
	} {
		err := ask()
		require.EqualError(t, err, want)
		if strings.HasSuffix(want, "must be given") {
			require.ErrorIs(t, err, union.ErrMissing)
		} else {
			require.ErrorIs(t, err, union.ErrRange)
		}
	}
	for period, units := range map[string]int{"2010-01-01/2010-04-30": 6, "2010-05-01/2010-12-31": 5} {
		tree, err := hierarchy.In(union.MustParsePeriod(period))
		require.NoError(t, err)
		assert.Equal(t, units, tree.Len())
		assert.Equal(t, period, tree.Of().String())
	}
}

func TestAPeriodNamesEachChangeWithinIt(t *testing.T) {
	_, err := mustHierarchy(chaohu()...).In(union.MustParsePeriod("2011-08-01/2011-08-31"))
	assert.Len(t, union.Faults(err), 6)
}

func TestAppendingFactsLeavesTheHierarchyAsItIs(t *testing.T) {
	before := mustHierarchy(federation()...)
	for _, key := range []string{"a1", "a2"} { // twice, onto one and the same
		longer, err := before.Append(union.Fact{On: union.MustParseDate("2010-05-01"), Close: []string{key}})
		require.NoError(t, err)
		tree, err := longer.On(union.MustParseDate("2010-05-01"))
		require.NoError(t, err)
		_, err = tree.Find(key)
		require.ErrorIs(t, err, union.ErrUnknown)
		assert.Len(t, before.Facts(), 1)
	}
	_, err := before.Append(union.Fact{On: union.MustParseDate("2010-05-01"), Close: []string{"a"}})
	require.ErrorIs(t, err, union.ErrOrder)
}

func TestAHierarchySharesNothingWithItsFacts(t *testing.T) {
	facts := append(federation(),
		union.Fact{On: union.MustParseDate("2010-05-01"), Move: &union.Move{Units: []string{"a1"}, To: "b"}},
		union.Fact{On: union.MustParseDate("2010-05-01"), Merge: &union.Merger{Units: []string{"a1"}, Into: union.Unit{Key: "b2", Title: "B2", Parent: "b"}}},
		union.Fact{On: union.MustParseDate("2010-05-01"), Split: &union.Division{Unit: "a", Into: []union.Heir{
			{Unit: union.Unit{Key: "a", Title: "A", Parent: "p"}}, {Unit: union.Unit{Key: "c", Title: "C", Parent: "p"}, Takes: []string{"a2"}},
		}}},
		union.Fact{On: union.MustParseDate("2010-05-01"), Close: []string{"a2"}},
	)
	hierarchy := mustHierarchy(facts...)
	before, err := json.Marshal(hierarchy)
	require.NoError(t, err)
	for _, each := range [][]union.Fact{facts, hierarchy.Facts()} {
		each[0].Found[0].Key, each[1].Move.Units[0], each[2].Merge.Units[0] = "x", "x", "x"
		each[3].Split.Into[0].Key, each[3].Split.Into[1].Takes[0], each[4].Close[0] = "x", "x", "x"
		each[1].Move.To, each[2].Merge.Into.Key, each[3].Split.Unit = "x", "x", "x"
		now, err := json.Marshal(hierarchy)
		require.NoError(t, err)
		assertBytes(t, string(before), now)
	}
}

func TestCarryRefusesWhatNoRecordSharesOut(t *testing.T) {
	march, may := union.MustParseDate("2010-03-01"), union.MustParseDate("2010-05-01")
	merger := union.Fact{Merge: &union.Merger{Units: []string{"a1", "b1"}, Into: union.Unit{Key: "ab", Title: "AB", Parent: "p"}}}
	split := union.Fact{Split: &union.Division{Unit: "b1", Into: []union.Heir{
		{Unit: union.Unit{Key: "b1", Title: "B1", Parent: "b"}}, {Unit: union.Unit{Key: "b2", Title: "B2", Parent: "b"}},
	}}}
	grown := union.Fact{Found: []union.Unit{{Key: "b11", Title: "B11", Parent: "b1"}}}
	closed := union.Fact{Close: []string{"b1"}}
	for _, row := range []struct {
		fact        union.Fact
		amounts     map[string]int64
		from, until union.Date
		sentinel    error
		want        string
	}{
		{closed, nil, union.Date{}, may, union.ErrMissing, "from.day: must be given"},
		{closed, nil, march, union.Date{}, union.ErrMissing, "until.day: must be given"},
		{closed, nil, union.MustParseDate("2009-12-31"), may, union.ErrRange, "from.day: out of range: got 2009-12-31, want 2010-01-01 or later"},
		{closed, nil, may, march, union.ErrOrder, "until: out of order: got 2010-03-01, want 2010-05-01 or later"},
		{closed, map[string]int64{"x": 1, "y": 1}, march, may, union.ErrUnknown, `amounts: not known: got "x", want a unit of "2010-03-01/2010-03-01"`},
		{closed, map[string]int64{"a": 1}, march, may, union.ErrRange, `amounts: out of range: got "a", want a unit with none below it on 2010-03-01`},
		{split, map[string]int64{"b1": 1}, march, may, union.ErrUndefined, "facts[1].split.into.weights: undefined over nothing: want one above 0"},
		{closed, map[string]int64{"b1": 7}, march, may, union.ErrMissing, `facts[1].close[0]: must be given: want a successor of "b1" for 7`},
		{merger, map[string]int64{"a1": math.MaxInt64, "b1": 1}, march, may, union.ErrOverflow, "facts[1].merge.into: too large to be held exactly"},
		{grown, map[string]int64{"b1": 1}, march, may, union.ErrRange, `amounts: out of range: got "b1", want a unit with none below it on 2010-05-01`},
	} {
		given := maps.Clone(row.amounts)
		carried, err := mustHierarchy(after(row.fact)...).Carry(row.amounts, row.from, row.until)
		require.EqualError(t, err, row.want)
		require.ErrorIs(t, err, row.sentinel, row.want)
		assert.Nil(t, carried)
		assert.Equal(t, given, row.amounts)
	}
}

func TestNoAmountIsNotAnAmountOfZero(t *testing.T) {
	march, may := union.MustParseDate("2010-03-01"), union.MustParseDate("2010-05-01")
	merger := union.Fact{Merge: &union.Merger{Units: []string{"a1", "b1"}, Into: union.Unit{Key: "ab", Title: "AB", Parent: "p"}}}
	split := union.Fact{Split: &union.Division{Unit: "b1", Into: []union.Heir{ // a split that shares out nothing
		{Unit: union.Unit{Key: "b1", Title: "B1", Parent: "b"}}, {Unit: union.Unit{Key: "b2", Title: "B2", Parent: "b"}},
	}}}
	for _, row := range []struct {
		fact        union.Fact
		given, want map[string]int64
	}{
		{merger, nil, map[string]int64{}},
		{merger, map[string]int64{"a2": 5}, map[string]int64{"a2": 5}},
		{merger, map[string]int64{"a1": 0}, map[string]int64{"ab": 0}},
		{merger, map[string]int64{"b1": -3}, map[string]int64{"ab": -3}},
		{split, map[string]int64{"a1": 1}, map[string]int64{"a1": 1}},
		{split, map[string]int64{"b1": 0}, map[string]int64{"b1": 0, "b2": 0}},
		{union.Fact{Close: []string{"b1"}}, map[string]int64{"b1": 0, "a1": 2}, map[string]int64{"a1": 2}},
		{union.Fact{Move: &union.Move{Units: []string{"b1"}, To: "a"}}, map[string]int64{"b1": 4}, map[string]int64{"b1": 4}},
	} {
		hierarchy := mustHierarchy(after(row.fact)...)
		carried, err := hierarchy.Carry(row.given, march, may)
		require.NoError(t, err)
		assert.Equal(t, row.want, carried)
		carried, err = hierarchy.Carry(row.want, may, may) // nothing happens within one day
		require.NoError(t, err)
		assert.Equal(t, row.want, carried)
	}
}

const hierarchyJSON = `{"union":"union.hierarchy/1","facts":[` +
	`{"on":"2010-01-01","found":[{"key":"p","title":"P"},{"key":"a","title":"A","parent":"p"},{"key":"b","title":"B","parent":"p"},{"key":"b1","title":"B1","parent":"b"}]},` +
	`{"on":"2010-05-01","move":{"units":["b1"],"to":"a"}},` +
	`{"on":"2010-05-02","merge":{"units":["a","b"],"into":{"key":"c","title":"C","parent":"p"}}},` +
	`{"on":"2010-05-03","split":{"unit":"c","into":[{"key":"c","title":"C","parent":"p","takes":["b1"],"weight":3},{"key":"d","title":"D","parent":"p"}]}},` +
	`{"on":"2010-05-04","close":["d"]}]}`

func TestAHierarchyIsADocument(t *testing.T) {
	var hierarchy union.Hierarchy
	require.NoError(t, json.Unmarshal([]byte(hierarchyJSON), &hierarchy))
	data, err := json.Marshal(hierarchy)
	require.NoError(t, err)
	assertBytes(t, hierarchyJSON, data)
	tree, err := hierarchy.On(union.MustParseDate("2010-05-04"))
	require.NoError(t, err)
	assert.Equal(t, "b1<c c<p p<", outline(tree))
	before := hierarchy
	for text, sentinel := range map[string]error{
		strings.Replace(hierarchyJSON, "hierarchy/1", "hierarchy/2", 1):    union.ErrUnknown,
		strings.Replace(hierarchyJSON, `"takes"`, `"Takes"`, 1):            union.ErrUnknown,
		strings.Replace(hierarchyJSON, `["d"]`, `null`, 1):                 union.ErrText,
		strings.Replace(hierarchyJSON, `"2010-05-04"`, `"2010-05-32"`, 1):  union.ErrRange,
		strings.Replace(hierarchyJSON, `"2010-05-04"`, `"2010-05-02"`, 1):  union.ErrOrder,
		strings.Replace(hierarchyJSON, `"to":"a"`, `"to":"a","to":"p"`, 1): union.ErrRepeated,
		strings.Replace(hierarchyJSON, `"weight":3`, `"weight":"3"`, 1):    union.ErrText,
		`{"union":"union.hierarchy/1","facts":[]}`:                         union.ErrMissing,
		`{"union":"union.hierarchy/1","facts":[{"on":"2010-01-01"}]}`:      union.ErrMissing,
		`{"union":"union.hierarchy/1"}`:                                    union.ErrMissing,
	} {
		require.ErrorIs(t, json.Unmarshal([]byte(text), &hierarchy), sentinel, text)
		assert.Equal(t, before, hierarchy, "a refused document changes nothing")
	}
	_, err = union.Hierarchy{}.MarshalJSON()
	require.ErrorIs(t, err, union.ErrMissing)
}

// A replay is a slow hierarchy: which unit stands under which, by key, changed
// fact by fact.
type replay map[string]union.Unit

// replayed returns the units that stand after the facts until a day.
func replayed(facts []union.Fact, day union.Date) replay {
	units := replay{}
	for _, fact := range facts {
		if !fact.On.After(day) {
			units.happen(fact)
		}
	}
	return units
}

func (u replay) put(key, parent string) {
	unit := u[key]
	unit.Parent = parent
	u[key] = unit
}

func (u replay) happen(fact union.Fact) {
	for _, unit := range fact.Found {
		u[unit.Key] = unit
	}
	for _, key := range fact.Close {
		delete(u, key)
	}
	if move := fact.Move; move != nil {
		for _, key := range move.Units {
			u.put(key, move.To)
		}
	}
	if merger := fact.Merge; merger != nil {
		for _, gone := range merger.Units {
			delete(u, gone)
		}
		for key, unit := range u {
			if slices.Contains(merger.Units, unit.Parent) {
				u.put(key, merger.Into.Key)
			}
		}
		u[merger.Into.Key] = merger.Into
	}
	if division := fact.Split; division != nil {
		delete(u, division.Unit)
		for _, heir := range division.Into {
			u[heir.Key] = heir.Unit
			for _, key := range heir.Takes {
				u.put(key, heir.Key)
			}
		}
	}
}

// below returns the keys of the units directly below one, sorted.
func (u replay) below(key string) []string {
	var keys []string
	for each, unit := range u {
		if unit.Parent == key {
			keys = append(keys, each)
		}
	}
	slices.Sort(keys)
	return keys
}

// within reports whether a unit is outer or stands below it.
func (u replay) within(key, outer string) bool {
	for key != "" && key != outer {
		key = u[key].Parent
	}
	return key == outer
}

// keys returns the keys of the units that pass, sorted.
func (u replay) keys(pass func(key string) bool) []string {
	var keys []string
	for key := range u {
		if pass(key) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

func (u replay) leaves() []string {
	return u.keys(func(key string) bool { return len(u.below(key)) == 0 })
}

// A chronicle draws facts that may happen, one after the other.
type chronicle struct {
	units replay
	named int
	facts []union.Fact
}

// drawFacts draws a hierarchy and what happens to it in the days after. No unit
// with none below it is given any, so that what it counted stays its own.
func drawFacts(r *rapid.T) []union.Fact {
	c := &chronicle{units: replay{}}
	founded := []union.Unit{c.unit("")}
	for range rapid.IntRange(1, 3).Draw(r, "provinces") {
		province := c.unit(founded[0].Key)
		founded = append(founded, province)
		for range rapid.IntRange(1, 3).Draw(r, "counties") {
			founded = append(founded, c.unit(province.Key))
		}
	}
	day := union.MustParseDate("2010-01-01")
	c.happen(union.Fact{On: day, Found: founded})
	for range rapid.IntRange(0, 6).Draw(r, "facts") {
		day, _ = day.AddDays(rapid.IntRange(0, 2).Draw(r, "later"))
		fact, ok := rapid.SampledFrom([]func(*rapid.T) (union.Fact, bool){c.found, c.move, c.merge, c.split}).Draw(r, "kind")(r)
		if ok {
			fact.On = day
			c.happen(fact)
		}
	}
	return c.facts
}

func (c *chronicle) happen(fact union.Fact) {
	c.facts = append(c.facts, fact)
	c.units.happen(fact)
}

// unit names a new unit.
func (c *chronicle) unit(parent string) union.Unit {
	c.named++
	key := "u" + strconv.Itoa(c.named)
	return union.Unit{Key: key, Title: "单位" + key, Parent: parent}
}

// drawParent draws a unit with others below it, outside those given, that may
// have more: the top one, at the least, unless it is given.
func (c *chronicle) drawParent(r *rapid.T, outside ...string) (string, bool) {
	fit := c.units.keys(func(key string) bool {
		return len(c.units.below(key)) > 0 && !slices.ContainsFunc(outside, func(outer string) bool { return c.units.within(key, outer) })
	})
	if len(fit) == 0 {
		return "", false
	}
	return rapid.SampledFrom(fit).Draw(r, "parent"), true
}

// drawUnits draws some units below the top, all with others below them or all
// with none, none of them within another.
func (c *chronicle) drawUnits(r *rapid.T, most int) []string {
	leaves := rapid.Bool().Draw(r, "leaves")
	var drawn []string
	for range rapid.IntRange(1, most).Draw(r, "units") {
		fit := c.units.keys(func(key string) bool {
			apart := func(other string) bool { return c.units.within(key, other) || c.units.within(other, key) }
			return c.units[key].Parent != "" && (len(c.units.below(key)) == 0) == leaves && !slices.ContainsFunc(drawn, apart)
		})
		if len(fit) > 0 {
			drawn = append(drawn, rapid.SampledFrom(fit).Draw(r, "unit"))
		}
	}
	return drawn
}

func (c *chronicle) found(r *rapid.T) (union.Fact, bool) {
	parent, ok := c.drawParent(r)
	return union.Fact{Found: []union.Unit{c.unit(parent)}}, ok
}

func (c *chronicle) move(r *rapid.T) (union.Fact, bool) {
	units := c.drawUnits(r, 2)
	to, ok := c.drawParent(r, units...)
	units = slices.DeleteFunc(units, func(key string) bool { return c.units[key].Parent == to })
	return union.Fact{Move: &union.Move{Units: units, To: to}}, ok && len(units) > 0
}

func (c *chronicle) merge(r *rapid.T) (union.Fact, bool) {
	units := c.drawUnits(r, 3)
	parent, ok := c.drawParent(r, units...)
	if !ok || len(units) == 0 {
		return union.Fact{}, false
	}
	into := c.unit(parent)
	if rapid.Bool().Draw(r, "goes on") {
		into.Key = rapid.SampledFrom(units).Draw(r, "into")
	}
	return union.Fact{Merge: &union.Merger{Units: units, Into: into}}, true
}

func (c *chronicle) split(r *rapid.T) (union.Fact, bool) {
	units := c.drawUnits(r, 1)
	if len(units) == 0 {
		return union.Fact{}, false
	}
	parent := c.units[units[0]].Parent
	heirs := make([]union.Heir, rapid.IntRange(2, 3).Draw(r, "heirs"))
	for i := range heirs {
		heirs[i] = union.Heir{Unit: c.unit(parent), Weight: rapid.Int64Range(0, 3).Draw(r, "weight")}
	}
	heirs[1].Weight++ // something is shared out
	if rapid.Bool().Draw(r, "goes on") {
		heirs[0].Key = units[0]
	}
	for _, child := range c.units.below(units[0]) {
		heir := &heirs[rapid.IntRange(0, len(heirs)-1).Draw(r, "taken by")]
		heir.Takes = append(heir.Takes, child)
	}
	return union.Fact{Split: &union.Division{Unit: units[0], Into: heirs}}, true
}

// drawHierarchy draws a hierarchy, and returns its facts as well.
func drawHierarchy(r *rapid.T) (union.Hierarchy, []union.Fact) {
	facts := drawFacts(r)
	hierarchy, err := union.NewHierarchy(facts...)
	if err != nil {
		r.Fatal(err)
	}
	return hierarchy, facts
}

// drawDayOf draws a day between the first of facts and the last.
func drawDayOf(r *rapid.T, facts []union.Fact) union.Date {
	first := facts[0].On
	day, _ := first.AddDays(rapid.IntRange(0, facts[len(facts)-1].On.DaysSince(first)).Draw(r, "day"))
	return day
}

type treeOn = func(union.Hierarchy, union.Date) (union.Tree, error)

// latest is the tree that stands in the end, whatever the day: a broken On.
func latest(h union.Hierarchy, _ union.Date) (union.Tree, error) {
	facts := h.Facts()
	return h.On(facts[len(facts)-1].On)
}

// standsAsReplayed states that the tree of a day has just the units of that day,
// each where the facts put it, numbered from below.
func standsAsReplayed(on treeOn) laws.Law {
	return func(r *rapid.T) error {
		hierarchy, facts := drawHierarchy(r)
		day := drawDayOf(r, facts)
		tree, err := on(hierarchy, day)
		if err != nil {
			return err
		}
		want := replayed(facts, day)
		if tree.Len() != len(want) {
			return fmt.Errorf("%d units, want %d", tree.Len(), len(want))
		}
		for key, unit := range want {
			if err := standsAs(tree, key, unit, want); err != nil {
				return fmt.Errorf("%s on %v: %w", key, day, err)
			}
		}
		if got := keysOf(tree, tree.Leaves()); !slices.Equal(got, want.leaves()) {
			return fmt.Errorf("leaves %v, want %v", got, want.leaves())
		}
		if got := keysOf(tree, tree.Children(0)); !slices.Equal(got, want.below("")) {
			return fmt.Errorf("at the top %v, want %v", got, want.below(""))
		}
		return nil
	}
}

// standsAs states that one unit stands in the tree as wanted.
func standsAs(tree union.Tree, key string, want union.Unit, all replay) error {
	id, err := tree.Find(key)
	if err != nil {
		return err
	}
	unit, _ := tree.Unit(id)
	parent := tree.Parent(id)
	above, hasParent := tree.Unit(parent)
	below := all.below(key)
	switch {
	case unit != want:
		return fmt.Errorf("%+v, want %+v", unit, want)
	case hasParent != (want.Parent != "") || above.Key != want.Parent:
		return fmt.Errorf("under %q, want %q", above.Key, want.Parent)
	case hasParent && parent <= id:
		return fmt.Errorf("numbered %d, after its parent %d", id, parent)
	case !slices.Equal(keysOf(tree, tree.Children(id)), below) || tree.IsLeaf(id) != (len(below) == 0):
		return fmt.Errorf("above %v, want %v", keysOf(tree, tree.Children(id)), below)
	}
	// Those within it are just before it.
	n := union.UnitID(len(all.keys(func(other string) bool { return all.within(other, key) })))
	for other := union.UnitID(1); int(other) <= tree.Len(); other++ {
		each, _ := tree.Unit(other)
		if inside := other <= id && other+n > id; inside != all.within(each.Key, key) {
			return fmt.Errorf("%s is numbered %d, and %s %d with %d units within it", each.Key, other, key, id, n)
		}
	}
	return nil
}

// keysOf returns the keys of units, sorted, and nil for none.
func keysOf(tree union.Tree, ids []union.UnitID) []string {
	var keys []string
	for _, id := range ids {
		unit, _ := tree.Unit(id)
		keys = append(keys, unit.Key)
	}
	slices.Sort(keys)
	return keys
}

func TestATreeStandsAsItsFactsReplayedDayByDay(t *testing.T) {
	laws.Holds(t, standsAsReplayed(union.Hierarchy.On))
	laws.Rejects(t, standsAsReplayed(latest))
	laws.Rejects(t, standsAsReplayed(func(h union.Hierarchy, day union.Date) (union.Tree, error) {
		if eve, _ := day.AddDays(-1); !eve.Before(h.Facts()[0].On) {
			return h.On(eve) // the facts of the day not yet
		}
		return h.On(day)
	}))
}

// refusesASecondParent states that no unit can be founded under a second parent,
// nor a key be given again.
func refusesASecondParent(extend func(union.Hierarchy, ...union.Fact) (union.Hierarchy, error)) laws.Law {
	return func(r *rapid.T) error {
		hierarchy, facts := drawHierarchy(r)
		units := replayed(facts, facts[len(facts)-1].On)
		key := rapid.SampledFrom(units.leaves()).Draw(r, "key")
		parent := rapid.SampledFrom(units.keys(func(other string) bool { return other != key })).Draw(r, "parent")
		again := union.Fact{On: facts[len(facts)-1].On, Found: []union.Unit{{Key: key, Title: key, Parent: parent}}}
		if _, err := extend(hierarchy, again); !errors.Is(err, union.ErrRepeated) {
			return fmt.Errorf("%s under %s as well: %w", key, parent, err)
		}
		return nil
	}
}

func TestAUnitStandsInOnePlace(t *testing.T) {
	laws.Holds(t, refusesASecondParent(union.Hierarchy.Append))
	laws.Rejects(t, refusesASecondParent(func(h union.Hierarchy, facts ...union.Fact) (union.Hierarchy, error) {
		for i := range facts {
			for j := range facts[i].Found {
				facts[i].Found[j].Key += "-2" // a second place under a second key
			}
		}
		return h.Append(facts...)
	}))
}

type carrying = func(union.Hierarchy, map[string]int64, union.Date, union.Date) (map[string]int64, error)

// losesNoAmount states that what is carried over mergers, splits and moves stays
// the same in sum, stands at leaves of the later day, and that it makes no
// difference to stop on the way.
func losesNoAmount(carry carrying) laws.Law {
	return func(r *rapid.T) error {
		hierarchy, facts := drawHierarchy(r)
		first, last := facts[0].On, facts[len(facts)-1].On
		amounts := map[string]int64{}
		for _, key := range replayed(facts, first).leaves() {
			amounts[key] = rapid.Int64Range(-9, 99).Draw(r, "amount")
		}
		carried, err := carry(hierarchy, amounts, first, last)
		if err != nil {
			return err
		}
		leaves := replayed(facts, last).leaves()
		for key := range carried {
			if !slices.Contains(leaves, key) {
				return fmt.Errorf("%s is no leaf on %v", key, last)
			}
		}
		if before, now := total(amounts), total(carried); before != now {
			return fmt.Errorf("%d before, %d now", before, now)
		}
		middle := drawDayOf(r, facts)
		halfWay, err := carry(hierarchy, amounts, first, middle)
		if err != nil {
			return err
		}
		again, err := carry(hierarchy, halfWay, middle, last)
		if err != nil || !maps.Equal(carried, again) {
			return fmt.Errorf("by %v: %v, want %v: %w", middle, again, carried, err)
		}
		return nil
	}
}

func total(amounts map[string]int64) int64 {
	sum := int64(0)
	for _, amount := range amounts {
		sum += amount
	}
	return sum
}

func TestNoMergerOrSplitLosesAnAmount(t *testing.T) {
	laws.Holds(t, losesNoAmount(union.Hierarchy.Carry))
	laws.Rejects(t, losesNoAmount(func(h union.Hierarchy, amounts map[string]int64, _, until union.Date) (map[string]int64, error) {
		tree, err := h.On(until)
		carried := maps.Clone(amounts)
		maps.DeleteFunc(carried, func(key string, _ int64) bool {
			_, unknown := tree.Find(key)
			return unknown != nil // an orphan
		})
		return carried, err
	}))
	laws.Rejects(t, losesNoAmount(func(h union.Hierarchy, amounts map[string]int64, from, until union.Date) (map[string]int64, error) {
		carried, err := h.Carry(amounts, from, until)
		for key, amount := range carried { // an heir that takes all, and another that takes a share
			if before, ok := amounts[key]; ok && before > amount {
				carried[key] = before
			}
		}
		return carried, err
	}))
}

// losesNoLeaf states that a leaf ends only where a fact names it, and that each
// that does has a leaf in its place.
func losesNoLeaf(on treeOn) laws.Law {
	return func(r *rapid.T) error {
		hierarchy, facts := drawHierarchy(r)
		ended, heirs := map[string]bool{}, map[string]bool{}
		for _, fact := range facts {
			if fact.Merge != nil {
				heirs[fact.Merge.Into.Key] = true
				for _, key := range fact.Merge.Units {
					ended[key] = true
				}
			}
			if fact.Split != nil {
				ended[fact.Split.Unit] = true
				for _, heir := range fact.Split.Into {
					heirs[heir.Key] = true
				}
			}
		}
		first, err := on(hierarchy, facts[0].On)
		if err != nil {
			return err
		}
		last, err := on(hierarchy, facts[len(facts)-1].On)
		if err != nil {
			return err
		}
		for _, key := range keysOf(first, first.Leaves()) {
			if _, err := last.Find(key); err != nil && !ended[key] {
				return fmt.Errorf("%s was lost: %w", key, err)
			}
		}
		for key := range heirs {
			if _, err := last.Find(key); err != nil && !ended[key] {
				return fmt.Errorf("the heir %s was lost: %w", key, err)
			}
		}
		return nil
	}
}

func TestNoMergerOrSplitLosesAUnit(t *testing.T) {
	laws.Holds(t, losesNoLeaf(union.Hierarchy.On))
	laws.Rejects(t, losesNoLeaf(func(h union.Hierarchy, day union.Date) (union.Tree, error) {
		var facts []union.Fact
		for _, fact := range h.Facts() {
			if fact.Split != nil { // the heirs that are new are forgotten
				fact = union.Fact{On: fact.On, Close: []string{fact.Split.Unit}}
			}
			facts = append(facts, fact)
		}
		orphaned, err := union.NewHierarchy(facts...)
		if err != nil {
			return union.Tree{}, err
		}
		return orphaned.On(day)
	}))
}

func FuzzHierarchy(f *testing.F) {
	f.Add(hierarchyJSON)
	f.Add(`{"union":"union.hierarchy/1","facts":[{"on":"2010-01-01","found":[{"key":"p","title":"P","parent":"p"}],"close":[]}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		var hierarchy union.Hierarchy
		if err := hierarchy.UnmarshalJSON([]byte(text)); err != nil {
			require.NotEmpty(t, union.Faults(err))
			require.Zero(t, hierarchy)
			return
		}
		data, err := hierarchy.MarshalJSON()
		require.NoError(t, err)
		var again union.Hierarchy
		require.NoError(t, again.UnmarshalJSON(data))
		require.Equal(t, hierarchy, again)
		facts := hierarchy.Facts()
		tree, err := hierarchy.On(facts[len(facts)-1].On)
		require.NoError(t, err)
		for id := union.UnitID(1); int(id) <= tree.Len(); id++ {
			unit, ok := tree.Unit(id)
			require.True(t, ok)
			above, _ := tree.Unit(tree.Parent(id))
			require.Equal(t, unit.Parent, above.Key)
		}
	})
}
