package union_test

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/laws"
)

// spring is the tree of [federation], in which a1, a2 and b1 are the leaves.
func spring() union.Tree {
	tree, err := mustHierarchy(federation()...).On(union.MustParseDate("2010-05-04"))
	if err != nil {
		panic(err)
	}
	return tree
}

// mustFind returns the ID of a unit of the tree.
func mustFind(tree union.Tree, key string) union.UnitID {
	id, err := tree.Find(key)
	if err != nil {
		panic(err)
	}
	return id
}

// springRollup expects a report of each leaf by 31 May.
func springRollup() *union.Rollup[union.Ratio] {
	tree := spring()
	rollup, err := union.NewRollup[union.Ratio](tree, tree.Leaves(), union.MustParseDate("2010-05-31"))
	if err != nil {
		panic(err)
	}
	return rollup
}

func ratio(part, whole int64) union.Ratio { return union.Ratio{Part: part, Whole: whole} }

func ExampleNewRollup() {
	tree := spring()
	due := []union.UnitID{mustFind(tree, "a1"), mustFind(tree, "a"), mustFind(tree, "a1"), 7}
	_, err := union.NewRollup[union.Ratio](tree, due, union.Date{})
	fmt.Println(err)
	// Output:
	// due[1]: out of range: got "a", want a unit with none below it
	// due[2]: given more than once: got "a1", want another unit
	// due[3]: not known: got unit 7, want 1 to 6
}

func ExampleRollup_Report() {
	rollup := springRollup()
	a1, may := mustFind(rollup.Tree(), "a1"), union.MustParseDate("2010-05-04")
	fmt.Println(rollup.Report(a1, may, ratio(9, 10)))
	fmt.Println(rollup.Report(a1, may, ratio(9, 10))) // delivered twice
	fmt.Println(rollup.Report(a1, may, ratio(8, 10)))
	// Output:
	// <nil>
	// <nil>
	// "a1": given more than once: got other content than was reported on 2010-05-04, want a revision
}

func ExampleRollup_Revise() {
	rollup := springRollup()
	a1 := mustFind(rollup.Tree(), "a1")
	fmt.Println(rollup.Revise(a1, union.MustParseDate("2010-05-04"), ratio(8, 10), "a miscount"))
	_ = rollup.Report(a1, union.MustParseDate("2010-05-04"), ratio(9, 10))
	fmt.Println(rollup.Revise(a1, union.MustParseDate("2010-06-07"), ratio(8, 10), "a miscount"))
	fmt.Println(rollup.Arrival(a1))
	// Output:
	// "a1": must be given: want a report that is revised
	// <nil>
	// on time <nil>
}

func ExampleRollup_Revisions() {
	rollup := springRollup()
	a1 := mustFind(rollup.Tree(), "a1")
	_ = rollup.Report(a1, union.MustParseDate("2010-05-04"), ratio(9, 10))
	_ = rollup.Revise(a1, union.MustParseDate("2010-06-07"), ratio(8, 10), "a miscount")
	fmt.Println(rollup.Revisions(a1))
	// Output: [{2010-06-07 a miscount}]
}

func ExampleRollup_Arrival() {
	rollup := springRollup()
	tree := rollup.Tree()
	_ = rollup.Report(mustFind(tree, "a1"), union.MustParseDate("2010-05-31"), ratio(9, 10))
	_ = rollup.Report(mustFind(tree, "a2"), union.MustParseDate("2010-06-01"), ratio(0, 0))
	for _, key := range []string{"a1", "a2", "b1", "a"} {
		arrival, err := rollup.Arrival(mustFind(tree, key))
		fmt.Println(key, arrival, err)
	}
	// Output:
	// a1 on time <nil>
	// a2 late <nil>
	// b1 missing <nil>
	// a not due <nil>
}

func ExampleRollup_Missing() {
	rollup := springRollup()
	tree := rollup.Tree()
	_ = rollup.Report(mustFind(tree, "a1"), union.MustParseDate("2010-05-04"), ratio(9, 10))
	fmt.Println(titles(tree, rollup.Missing(mustFind(tree, "a"))...))
	fmt.Println(titles(tree, rollup.Missing(0)...))
	// Output:
	// [A2]
	// [A2 B1]
}

// The rate of a city is not the mean of its counties' rates, and a county that
// has not reported is not one where nobody came.
func ExampleRollup_Sum() {
	rollup := springRollup()
	tree, may := rollup.Tree(), union.MustParseDate("2010-05-04")
	_ = rollup.Report(mustFind(tree, "a1"), may, ratio(9, 10))
	_ = rollup.Report(mustFind(tree, "a2"), may, ratio(30, 90))
	parts, err := rollup.Sum()
	for _, part := range parts {
		unit, _ := tree.Unit(part.Unit)
		fmt.Println(unit.Title, part.Sum, "of", part.Expected, "reports missing", part.Missing)
	}
	fmt.Println(err)
	// Output:
	// A1 9/10 of 1 reports missing 0
	// A2 30/90 of 1 reports missing 0
	// A 39/100 of 2 reports missing 0
	// B1 0/0 of 1 reports missing 1
	// B 0/0 of 1 reports missing 1
	// P 39/100 of 3 reports missing 1
	// <nil>
}

func TestTheArrivalsHaveTheirNames(t *testing.T) {
	for arrival, want := range map[union.Arrival]string{
		union.NotDue: "not due", union.Missing: "missing", union.OnTime: "on time", union.Late: "late", 4: "", 255: "",
	} {
		assert.Equal(t, want, arrival.String())
	}
}

func TestARollupRefusesUnitsThatCannotReport(t *testing.T) {
	tree := spring()
	for _, row := range []struct {
		due      union.UnitID
		sentinel error
		want     string
	}{
		{0, union.ErrUnknown, "due[0]: not known: got unit 0, want 1 to 6"},
		{7, union.ErrUnknown, "due[0]: not known: got unit 7, want 1 to 6"},
		{6, union.ErrRange, `due[0]: out of range: got "p", want a unit with none below it`},
	} {
		rollup, err := union.NewRollup[union.Ratio](tree, []union.UnitID{row.due}, union.Date{})
		require.EqualError(t, err, row.want)
		require.ErrorIs(t, err, row.sentinel)
		assert.Nil(t, rollup)
	}
	_, err := union.NewRollup[union.Ratio](tree, []union.UnitID{1, 1}, union.Date{})
	require.ErrorIs(t, err, union.ErrRepeated)
}

// TestARollupRefuses has a row for each thing that Report and Revise say they
// refuse, and sees that nothing was changed by it.
func TestARollupRefuses(t *testing.T) {
	tree := spring()
	a1, a2, b1 := mustFind(tree, "a1"), mustFind(tree, "a2"), mustFind(tree, "b1")
	may := union.MustParseDate("2010-05-04")
	for _, row := range []struct {
		id       union.UnitID
		on       string
		tally    union.Ratio
		reason   string // empty: a report
		sentinel error
		want     string
	}{
		{9, "2010-05-04", ratio(1, 1), "", union.ErrUnknown, "not known: got unit 9, want 1 to 6"},
		{b1, "2010-05-04", ratio(1, 1), "", union.ErrRange, `"b1": out of range: got a unit that is not due, want one that is`},
		{a1, "", ratio(1, 1), "", union.ErrMissing, `"a1".on: must be given`},
		{a2, "2010-05-04", ratio(-1, 1), "", union.ErrRange, `"a2": out of range: got -1`},
		{a1, "2010-05-04", ratio(2, 2), "", union.ErrRepeated, `"a1": given more than once: got other content than was reported on 2010-05-04, want a revision`},
		{9, "2010-05-04", ratio(1, 1), "why", union.ErrUnknown, "not known: got unit 9, want 1 to 6"},
		{b1, "2010-05-04", ratio(1, 1), "why", union.ErrRange, `"b1": out of range: got a unit that is not due, want one that is`},
		{a1, "", ratio(1, 1), "why", union.ErrMissing, `"a1".on: must be given`},
		{a1, "2010-05-04", ratio(-1, 1), "why", union.ErrRange, `"a1": out of range: got -1`},
		{a1, "2010-05-04", ratio(1, 1), "none", union.ErrMissing, `"a1".reason: must be given`},
		{a2, "2010-05-04", ratio(1, 1), "why", union.ErrMissing, `"a2": must be given: want a report that is revised`},
		{a1, "2010-05-03", ratio(1, 1), "why", union.ErrOrder, `"a1".on: out of order: got 2010-05-03, want 2010-05-04 or later`},
	} {
		rollup, err := union.NewRollup[union.Ratio](tree, []union.UnitID{a1, a2}, may)
		require.NoError(t, err)
		require.NoError(t, rollup.Report(a1, may, ratio(9, 10)))
		before := *rollup
		beforeParts, err := rollup.Sum()
		require.NoError(t, err)
		var on union.Date
		if row.on != "" {
			on = union.MustParseDate(row.on)
		}
		switch row.reason {
		case "":
			err = rollup.Report(row.id, on, row.tally)
		case "none":
			err = rollup.Revise(row.id, on, row.tally, "")
		default:
			err = rollup.Revise(row.id, on, row.tally, row.reason)
		}
		require.ErrorIs(t, err, row.sentinel, row.want)
		require.Contains(t, err.Error(), row.want)
		parts, err := rollup.Sum()
		require.NoError(t, err)
		assert.Equal(t, beforeParts, parts)
		assert.Equal(t, before, *rollup)
	}
}

func TestMailThatComesTwiceChangesNothing(t *testing.T) {
	rollup := springRollup()
	a1, may := mustFind(rollup.Tree(), "a1"), union.MustParseDate("2010-05-04")
	june := union.MustParseDate("2010-06-01")
	deliver := []func() error{
		func() error { return rollup.Report(a1, may, ratio(9, 10)) },
		func() error { return rollup.Revise(a1, june, ratio(8, 10), "a miscount") },
		func() error { return rollup.Revise(a1, june, ratio(7, 10), "another") },
		func() error { return rollup.Report(a1, june, ratio(9, 10)) },
		func() error { return rollup.Report(a1, may, ratio(7, 10)) },
		func() error { return rollup.Revise(a1, june, ratio(8, 10), "a miscount") },
		func() error { return rollup.Revise(a1, may, ratio(7, 10), "once more") }, // in force
	}
	for i, each := range deliver {
		require.NoError(t, each(), i)
	}
	parts, err := rollup.Sum()
	require.NoError(t, err)
	assert.Equal(t, union.Part[union.Ratio]{Unit: a1, Sum: ratio(7, 10), Expected: 1, Present: 1, OnTime: 1, Revised: 1}, parts[a1-1])
	revisions := rollup.Revisions(a1)
	assert.Equal(t, []union.Revision{{On: june, Reason: "a miscount"}, {On: june, Reason: "another"}}, revisions)
	revisions[0].Reason = "changed"
	assert.Equal(t, "a miscount", rollup.Revisions(a1)[0].Reason)
	require.ErrorIs(t, rollup.Report(a1, june, ratio(6, 10)), union.ErrRepeated)
	// Back to what was said before, for a reason of its own.
	require.NoError(t, rollup.Revise(a1, june, ratio(8, 10), "the first correction was right"))
	parts, err = rollup.Sum()
	require.NoError(t, err)
	assert.Equal(t, ratio(8, 10), parts[a1-1].Sum)
	assert.Len(t, rollup.Revisions(a1), 3)
}

// What was said last by its day is in force, whichever letter comes first.
func TestWhatWasConfirmedIsNotReplacedByWhatIsOlder(t *testing.T) {
	confirmed := []letter{
		{on: union.MustParseDate("2010-05-15"), tally: ratio(8, 10), reason: "a miscount"},
		{on: union.MustParseDate("2010-05-17"), tally: ratio(7, 10), reason: "another"},
		{on: union.MustParseDate("2010-05-20"), tally: ratio(8, 10), reason: "it was right"},
	}
	for _, order := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
		rollup := springRollup()
		a1 := mustFind(rollup.Tree(), "a1")
		require.NoError(t, rollup.Report(a1, union.MustParseDate("2010-05-04"), ratio(9, 10)))
		for _, i := range order {
			if err := post(rollup, a1, confirmed[i]); err != nil {
				require.ErrorIs(t, err, union.ErrOrder, order)
			}
		}
		parts, err := rollup.Sum()
		require.NoError(t, err)
		assert.Equal(t, ratio(8, 10), parts[a1-1].Sum, order)
	}
}

func TestALateReportStaysLate(t *testing.T) {
	rollup := springRollup()
	a1, june := mustFind(rollup.Tree(), "a1"), union.MustParseDate("2010-06-01")
	require.NoError(t, rollup.Report(a1, june, ratio(0, 10)))
	require.NoError(t, rollup.Report(a1, union.MustParseDate("2010-05-04"), ratio(0, 10))) // a back-dated copy
	require.NoError(t, rollup.Revise(a1, june, ratio(1, 10), "found later"))
	parts, err := rollup.Sum()
	require.NoError(t, err)
	top := parts[len(parts)-1]
	assert.Equal(t, union.Part[union.Ratio]{Unit: 6, Sum: ratio(1, 10), Expected: 3, Present: 1, Missing: 2, Late: 1, Revised: 1}, top)
	above := parts[mustFind(rollup.Tree(), "a")-1]
	assert.Equal(t, []int{1, 1}, []int{above.Late, above.Revised}, "at the level between too")
}

func TestWithoutALastDayNothingIsLate(t *testing.T) {
	tree := spring()
	rollup, err := union.NewRollup[union.Ratio](tree, tree.Leaves(), union.Date{})
	require.NoError(t, err)
	require.NoError(t, rollup.Report(1, union.MustParseDate("9999-12-31"), ratio(0, 0)))
	arrival, err := rollup.Arrival(1)
	require.NoError(t, err)
	assert.Equal(t, union.OnTime, arrival)
}

func TestARollupKnowsNothingOfAnotherID(t *testing.T) {
	rollup := springRollup()
	for _, id := range []union.UnitID{7, 1<<32 - 1} {
		_, err := rollup.Arrival(id)
		require.ErrorIs(t, err, union.ErrUnknown)
		assert.Empty(t, rollup.Revisions(id))
		assert.Empty(t, rollup.Missing(id))
	}
	_, err := rollup.Arrival(0)
	require.ErrorIs(t, err, union.ErrUnknown)
	assert.Empty(t, rollup.Revisions(0))
}

func TestTheZeroRollupHasNoUnits(t *testing.T) {
	var rollup union.Rollup[union.Ratio]
	require.ErrorIs(t, rollup.Report(1, union.MustParseDate("2010-05-04"), ratio(1, 1)), union.ErrUnknown)
	require.ErrorIs(t, rollup.Revise(1, union.MustParseDate("2010-05-04"), ratio(1, 1), "why"), union.ErrUnknown)
	_, err := rollup.Arrival(1)
	require.ErrorIs(t, err, union.ErrUnknown)
	assert.Empty(t, rollup.Missing(0))
	assert.Zero(t, rollup.Tree().Len())
	parts, err := rollup.Sum()
	require.NoError(t, err)
	assert.Empty(t, parts)
}

func TestWhatCannotBeMergedIsNamed(t *testing.T) {
	may := union.MustParseDate("2010-05-04")
	rollup := springRollup()
	tree := rollup.Tree()
	require.NoError(t, rollup.Report(mustFind(tree, "a1"), may, ratio(0, math.MaxInt64)))
	require.NoError(t, rollup.Report(mustFind(tree, "a2"), may, ratio(0, 1)))
	parts, err := rollup.Sum()
	require.ErrorIs(t, err, union.ErrOverflow)
	require.ErrorContains(t, err, `"a2": `)
	assert.Nil(t, parts)

	tables, err := union.NewRollup[union.Table](tree, tree.Leaves(), may)
	require.NoError(t, err)
	require.NoError(t, tables.Report(mustFind(tree, "a1"), may, fairTable(t)))
	other, err := union.NewLayout(union.Axis{Key: "grade", Title: "等次", Codes: codesOf("grade", "good")})
	require.NoError(t, err)
	require.NoError(t, tables.Report(mustFind(tree, "b1"), may, other.Table()))
	_, err = tables.Sum()
	require.ErrorIs(t, err, union.ErrRule)
	require.ErrorContains(t, err, `"b".table: `)
}

// sticky is a tally that can be written, and merged with nothing.
type sticky struct{ union.Ratio }

func (s *sticky) Merge(sticky) error { return union.NewFault(union.ErrOverflow, "sticky", "", "") }

func TestAReportThatCannotBeCopiedIsRefused(t *testing.T) {
	tree := spring()
	rollup, err := union.NewRollup[sticky](tree, tree.Leaves(), union.Date{})
	require.NoError(t, err)
	err = rollup.Report(1, union.MustParseDate("2010-05-04"), sticky{})
	require.EqualError(t, err, `"a1".sticky: too large to be held exactly`)
	assert.Len(t, rollup.Missing(0), 3)
}

func TestARollupSharesNothing(t *testing.T) {
	tree, may := spring(), union.MustParseDate("2010-05-04")
	due := tree.Leaves()
	rollup, err := union.NewRollup[union.Table](tree, due, may)
	require.NoError(t, err)
	due[0] = 6
	reported := fairTable(t)
	require.NoError(t, rollup.Report(1, may, reported))
	require.NoError(t, reported.Add(1, 1, 1)) // after it was handed in
	first, err := rollup.Sum()
	require.NoError(t, err)
	for _, id := range []int{1, 3, 6} { // the leaf and those above it
		assert.Equal(t, int64(10), first[id-1].Sum.Total())
		require.NoError(t, first[id-1].Sum.AddN(int64(id), 1, 1, 1))
	}
	for id, want := range map[int]int64{1: 11, 3: 13, 6: 16} {
		assert.Equal(t, want, first[id-1].Sum.Total())
	}
	second, err := rollup.Sum()
	require.NoError(t, err)
	assert.Equal(t, int64(10), second[5].Sum.Total())
}

// merging is a tally that counts how often it is merged.
type merging struct{ times *int }

func (m *merging) Merge(other merging) error {
	if other.times != nil {
		*other.times++
		m.times = other.times
	}
	return nil
}

func (m merging) AppendBinary(data []byte) ([]byte, error) { return data, nil }

func (m *merging) UnmarshalBinary([]byte) error { return nil }

func TestEachReportIsMergedOnceALevel(t *testing.T) {
	tree := nation(2850, 31)
	times := 0
	rollup, err := union.NewRollup[merging](tree, tree.Leaves(), union.Date{})
	require.NoError(t, err)
	for _, id := range tree.Leaves() {
		require.NoError(t, rollup.Report(id, union.MustParseDate("2010-05-04"), merging{&times}))
	}
	require.Equal(t, 2850, times, "a copy of each")
	times = 0
	parts, err := rollup.Sum()
	require.NoError(t, err)
	assert.Equal(t, 2850+2850+31, times, "into its own sum, its province's, and each of those into the nation's")
	assert.Equal(t, 2850, parts[len(parts)-1].Present)
}

// nation is a tree of one nation, its provinces and their counties.
func nation(counties, provinces int) union.Tree {
	founded := []union.Unit{{Key: "n", Title: "全国"}}
	for i := range provinces {
		founded = append(founded, union.Unit{Key: "p" + strconv.Itoa(i), Title: "省", Parent: "n"})
	}
	for i := range counties {
		founded = append(founded, union.Unit{Key: "c" + strconv.Itoa(i), Title: "县", Parent: "p" + strconv.Itoa(i%provinces)})
	}
	day := union.MustParseDate("2010-01-01")
	tree, err := mustHierarchy(union.Fact{On: day, Found: founded}).On(day)
	if err != nil {
		panic(err)
	}
	return tree
}

func BenchmarkRollupSum(b *testing.B) {
	tree := nation(2850, 31)
	rollup, err := union.NewRollup[union.Ratio](tree, tree.Leaves(), union.Date{})
	require.NoError(b, err)
	for _, id := range tree.Leaves() {
		require.NoError(b, rollup.Report(id, union.MustParseDate("2010-05-04"), ratio(1, 2)))
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := rollup.Sum(); err != nil {
			b.Fatal(err)
		}
	}
}

// A season is what the leaves of one hierarchy report on its last day.
type season struct {
	hierarchy union.Hierarchy
	day       union.Date
	units     replay
	reported  map[string]union.Ratio // by key; those not there are missing
}

func drawSeason(r *rapid.T) season {
	hierarchy, facts := drawHierarchy(r)
	s := season{hierarchy: hierarchy, day: drawDayOf(r, facts), reported: map[string]union.Ratio{}}
	s.units = replayed(facts, s.day)
	for _, key := range s.units.leaves() {
		if rapid.IntRange(0, 3).Draw(r, "reports") > 0 {
			whole := rapid.Int64Range(0, 99).Draw(r, "whole")
			s.reported[key] = ratio(rapid.Int64Range(0, whole).Draw(r, "part"), whole)
		}
	}
	return s
}

// rollup hands the reports in.
func (s season) rollup(on treeOn) (*union.Rollup[union.Ratio], error) {
	tree, err := on(s.hierarchy, s.day)
	if err != nil {
		return nil, err
	}
	rollup, err := union.NewRollup[union.Ratio](tree, tree.Leaves(), union.Date{})
	if err != nil {
		return nil, err
	}
	for key, tally := range s.reported {
		id, err := tree.Find(key)
		if err == nil {
			err = rollup.Report(id, s.day, tally)
		}
		if err != nil {
			return nil, err
		}
	}
	return rollup, nil
}

// within returns what the leaves within a unit reported, one by one.
func (s season) within(key string) []union.Ratio {
	var list []union.Ratio
	for _, leaf := range s.units.leaves() {
		if tally, ok := s.reported[leaf]; ok && s.units.within(leaf, key) {
			list = append(list, tally)
		}
	}
	return list
}

// plain is the sum of them.
func (s season) plain(key string) union.Ratio {
	var sum union.Ratio
	for _, tally := range s.within(key) {
		sum.Part, sum.Whole = sum.Part+tally.Part, sum.Whole+tally.Whole
	}
	return sum
}

type summing = func(*union.Rollup[union.Ratio]) ([]union.Part[union.Ratio], error)

func sum(rollup *union.Rollup[union.Ratio]) ([]union.Part[union.Ratio], error) { return rollup.Sum() }

// makesTheWhole states that the sum of each unit is that of the leaves within it,
// added up one by one.
func makesTheWhole(sum summing) laws.Law {
	return func(r *rapid.T) error {
		s := drawSeason(r)
		rollup, err := s.rollup(union.Hierarchy.On)
		if err != nil {
			return err
		}
		parts, err := sum(rollup)
		if err != nil || len(parts) != len(s.units) {
			return fmt.Errorf("%d parts of %d units: %w", len(parts), len(s.units), err)
		}
		for i, part := range parts {
			unit, _ := rollup.Tree().Unit(part.Unit)
			if want := s.plain(unit.Key); int(part.Unit) != i+1 || part.Sum != want {
				return fmt.Errorf("%s: %v, want %v", unit.Key, part.Sum, want)
			}
		}
		return nil
	}
}

// upwards is a rollup by hand, which hands each sum on as pass has it.
func upwards(rollup *union.Rollup[union.Ratio], pass func(tree union.Tree, id union.UnitID, sum union.Ratio) union.Ratio) ([]union.Part[union.Ratio], error) {
	parts, err := rollup.Sum()
	tree := rollup.Tree()
	for i := range parts {
		if id := parts[i].Unit; !tree.IsLeaf(id) {
			parts[i].Sum = union.Ratio{}
		}
	}
	for _, part := range parts {
		if parent := tree.Parent(part.Unit); parent != 0 {
			above, passed := &parts[parent-1].Sum, pass(tree, part.Unit, part.Sum)
			above.Part, above.Whole = above.Part+passed.Part, above.Whole+passed.Whole
		}
	}
	return parts, err
}

func TestPartsMakeTheWhole(t *testing.T) {
	laws.Holds(t, makesTheWhole(sum))
	laws.Rejects(t, makesTheWhole(func(rollup *union.Rollup[union.Ratio]) ([]union.Part[union.Ratio], error) {
		return upwards(rollup, func(_ union.Tree, _ union.UnitID, sum union.Ratio) union.Ratio {
			return ratio((sum.Part+5)/10*10, (sum.Whole+5)/10*10) // rounded at each level
		})
	}))
}

// dependsOnNoShape states that any two trees over the same leaves have the same
// total.
func dependsOnNoShape(sum summing) laws.Law {
	return func(r *rapid.T) error {
		s := drawSeason(r)
		flat := []union.Unit{{Key: "top", Title: "全国"}}
		for _, key := range s.units.leaves() {
			parent := rapid.SampledFrom(flat).Draw(r, "parent").Key
			if rapid.Bool().Draw(r, "a level more") {
				level := union.Unit{Key: "over-" + key, Title: "级", Parent: parent}
				flat, parent = append(flat, level), level.Key
			}
			s.units[key] = union.Unit{Key: key, Title: key, Parent: parent}
		}
		want := union.Ratio{}
		for key, unit := range s.units {
			if tally, ok := s.reported[key]; ok {
				want.Part, want.Whole = want.Part+tally.Part, want.Whole+tally.Whole
				flat = append(flat, unit)
			}
		}
		other := season{day: s.day, reported: s.reported}
		var err error
		if other.hierarchy, err = union.NewHierarchy(union.Fact{On: s.day, Found: flat}); err != nil {
			return err
		}
		for _, each := range []season{s, other} {
			rollup, err := each.rollup(union.Hierarchy.On)
			if err != nil {
				return err
			}
			parts, err := sum(rollup)
			if err != nil || parts[len(parts)-1].Sum != want {
				return fmt.Errorf("%v, want %v: %w", parts[len(parts)-1].Sum, want, err)
			}
		}
		return nil
	}
}

func TestATotalDependsOnNoShapeOfTheTree(t *testing.T) {
	laws.Holds(t, dependsOnNoShape(sum))
	laws.Rejects(t, dependsOnNoShape(func(rollup *union.Rollup[union.Ratio]) ([]union.Part[union.Ratio], error) {
		return upwards(rollup, func(tree union.Tree, id union.UnitID, sum union.Ratio) union.Ratio {
			if tree.Parent(tree.Parent(id)) != 0 && tree.IsLeaf(id) && len(tree.Children(tree.Parent(id))) > 1 {
				sum.Whole-- // a leaf that stands deep loses something
			}
			return sum
		})
	}))
}

// countsEachLeafOnce states that a unit counts as many reports as there are
// leaves within it.
func countsEachLeafOnce(sum summing) laws.Law {
	return func(r *rapid.T) error {
		s := drawSeason(r)
		for _, key := range s.units.leaves() {
			s.reported[key] = ratio(1, 1)
		}
		rollup, err := s.rollup(union.Hierarchy.On)
		if err != nil {
			return err
		}
		parts, err := sum(rollup)
		if err != nil {
			return err
		}
		for _, part := range parts {
			unit, _ := rollup.Tree().Unit(part.Unit)
			n := len(s.within(unit.Key))
			if part.Sum != ratio(int64(n), int64(n)) {
				return fmt.Errorf("%s counts %v of %d", unit.Key, part.Sum, n)
			}
		}
		return nil
	}
}

func TestEachLeafIsCountedOnce(t *testing.T) {
	laws.Holds(t, countsEachLeafOnce(sum))
	laws.Rejects(t, countsEachLeafOnce(func(rollup *union.Rollup[union.Ratio]) ([]union.Part[union.Ratio], error) {
		return upwards(rollup, func(tree union.Tree, id union.UnitID, sum union.Ratio) union.Ratio {
			if tree.IsLeaf(id) && id%2 == 0 { // it has two parents, and both are within the top
				return ratio(2*sum.Part, 2*sum.Whole)
			}
			return sum
		})
	}))
}

// ratesThroughCounts states that the rate of a unit is that of all the parts over
// all the wholes within it.
func ratesThroughCounts(rate func(union.Tree, []union.Part[union.Ratio], union.UnitID) (union.Number, error)) laws.Law {
	return func(r *rapid.T) error {
		s := drawSeason(r)
		rollup, err := s.rollup(union.Hierarchy.On)
		if err != nil {
			return err
		}
		parts, err := rollup.Sum()
		if err != nil {
			return err
		}
		for _, part := range parts {
			unit, _ := rollup.Tree().Unit(part.Unit)
			want := s.plain(unit.Key)
			got, err := rate(rollup.Tree(), parts, part.Unit)
			if want.Whole == 0 {
				if !errors.Is(err, union.ErrUndefined) {
					return fmt.Errorf("%s: %v over nothing: %w", unit.Key, got, err)
				}
				continue
			}
			if err != nil || got.Mul(union.Whole(want.Whole)).Cmp(union.Whole(want.Part)) != 0 {
				return fmt.Errorf("%s: %v, want %v: %w", unit.Key, got, want, err)
			}
		}
		return nil
	}
}

func TestARateRollsUpThroughPartAndWhole(t *testing.T) {
	rate := func(_ union.Tree, parts []union.Part[union.Ratio], id union.UnitID) (union.Number, error) {
		return parts[id-1].Sum.Number()
	}
	laws.Holds(t, ratesThroughCounts(rate))
	laws.Rejects(t, ratesThroughCounts(func(tree union.Tree, parts []union.Part[union.Ratio], id union.UnitID) (union.Number, error) {
		if tree.IsLeaf(id) || parts[id-1].Sum.Whole == 0 {
			return rate(tree, parts, id)
		}
		mean, n := union.Number{}, int64(0)
		for _, child := range tree.Children(id) {
			if each, err := parts[child-1].Sum.Number(); err == nil {
				mean, n = mean.Add(each), n+1
			}
		}
		return mean.Quo(union.Whole(n)) // the mean of rates
	}))
}

// knowsWhatIsMissing states that at each unit those present and those missing are
// those expected, that the missing are told by name, and that a report of nothing
// is a report.
func knowsWhatIsMissing(sum summing) laws.Law {
	return func(r *rapid.T) error {
		s := drawSeason(r)
		for key := range s.reported {
			if len(key)%2 == 0 {
				s.reported[key] = ratio(0, 0)
			}
		}
		rollup, err := s.rollup(union.Hierarchy.On)
		if err != nil {
			return err
		}
		parts, err := sum(rollup)
		if err != nil {
			return err
		}
		for _, part := range parts {
			unit, _ := rollup.Tree().Unit(part.Unit)
			lacking := s.units.keys(func(key string) bool {
				_, there := s.reported[key]
				return len(s.units.below(key)) == 0 && s.units.within(key, unit.Key) && !there
			})
			present := len(s.within(unit.Key))
			if part.Present != present || part.Missing != len(lacking) || part.Expected != present+len(lacking) || part.OnTime+part.Late != present {
				return fmt.Errorf("%s: %+v, want %d present and %v missing", unit.Key, part, present, lacking)
			}
			if told := keysOf(rollup.Tree(), rollup.Missing(part.Unit)); !slices.Equal(told, lacking) {
				return fmt.Errorf("%s lacks %v, want %v", unit.Key, told, lacking)
			}
		}
		return nil
	}
}

func TestMissingIsNotZero(t *testing.T) {
	laws.Holds(t, knowsWhatIsMissing(sum))
	laws.Rejects(t, knowsWhatIsMissing(func(rollup *union.Rollup[union.Ratio]) ([]union.Part[union.Ratio], error) {
		for _, id := range rollup.Missing(0) {
			if err := rollup.Report(id, union.MustParseDate("2010-01-01"), union.Ratio{}); err != nil {
				return nil, err
			}
		}
		return rollup.Sum()
	}))
	laws.Rejects(t, knowsWhatIsMissing(func(rollup *union.Rollup[union.Ratio]) ([]union.Part[union.Ratio], error) {
		parts, err := rollup.Sum()
		for i := range parts {
			if parts[i].Sum == (union.Ratio{}) { // a report of nothing taken for none
				parts[i].Present, parts[i].OnTime, parts[i].Missing = 0, 0, parts[i].Expected
			}
		}
		return parts, err
	}))
}

// leavesThePastAlone states that what is appended to a hierarchy changes no total
// of an earlier day.
func leavesThePastAlone(on treeOn) laws.Law {
	return func(r *rapid.T) error {
		_, facts := drawHierarchy(r)
		known := rapid.IntRange(1, len(facts)).Draw(r, "known")
		before, err := union.NewHierarchy(facts[:known]...)
		if err != nil {
			return err
		}
		later, err := before.Append(facts[known:]...)
		if err != nil {
			return err
		}
		s := season{hierarchy: before, day: facts[known-1].On, reported: map[string]union.Ratio{}}
		if known < len(facts) && !facts[known].On.After(s.day) {
			return nil // the next fact is of the same day
		}
		s.units = replayed(facts[:known], s.day)
		for _, key := range s.units.leaves() {
			s.reported[key] = ratio(rapid.Int64Range(1, 9).Draw(r, "part"), 9)
		}
		var totals []map[string]union.Ratio
		for _, each := range []union.Hierarchy{before, later} {
			s.hierarchy = each
			rollup, err := s.rollup(on)
			if err != nil {
				return err
			}
			parts, err := rollup.Sum()
			if err != nil {
				return err
			}
			byKey := map[string]union.Ratio{}
			for _, part := range parts {
				unit, _ := rollup.Tree().Unit(part.Unit)
				byKey[unit.Key] = part.Sum
			}
			totals = append(totals, byKey)
		}
		if !reflect.DeepEqual(totals[0], totals[1]) {
			return fmt.Errorf("%v on %v, and later %v", totals[0], s.day, totals[1])
		}
		return nil
	}
}

func TestALaterMoveChangesNoEarlierTotal(t *testing.T) {
	laws.Holds(t, leavesThePastAlone(union.Hierarchy.On))
	laws.Rejects(t, leavesThePastAlone(latest))
}

// roundsOnceAtTheEdge states that the figure of a unit is rounded from the exact
// sum of what is within it.
func roundsOnceAtTheEdge(figure func(union.Tree, []union.Part[union.Ratio], union.UnitID) (union.Figure, error)) laws.Law {
	return func(r *rapid.T) error {
		s := drawSeason(r)
		rollup, err := s.rollup(union.Hierarchy.On)
		if err != nil {
			return err
		}
		parts, err := rollup.Sum()
		if err != nil {
			return err
		}
		for _, part := range parts {
			unit, _ := rollup.Tree().Unit(part.Unit)
			made, err := figure(rollup.Tree(), parts, part.Unit)
			if err != nil {
				return err
			}
			want := strconv.FormatInt((s.plain(unit.Key).Whole+5)/10, 10) // tens, half up
			if got, _ := made.Value(); got != want {
				return fmt.Errorf("%s: %s tens, want %s", unit.Key, got, want)
			}
		}
		return nil
	}
}

func TestFiguresAreRoundedOnceAtTheEdge(t *testing.T) {
	inTens := func(n int64) (union.Figure, error) {
		tens, err := union.NewNumber(n, 10)
		if err != nil {
			return union.Figure{}, err
		}
		return union.FigureSpec{Key: "whole", Title: "人数", Rounding: union.Rounding{Mode: union.HalfUp}}.Number(tens)
	}
	laws.Holds(t, roundsOnceAtTheEdge(func(_ union.Tree, parts []union.Part[union.Ratio], id union.UnitID) (union.Figure, error) {
		return inTens(parts[id-1].Sum.Whole)
	}))
	laws.Rejects(t, roundsOnceAtTheEdge(func(tree union.Tree, parts []union.Part[union.Ratio], id union.UnitID) (union.Figure, error) {
		if tree.IsLeaf(id) {
			return inTens(parts[id-1].Sum.Whole)
		}
		tens := int64(0) // read back from the figures of the units below, and added up
		for _, child := range tree.Children(id) {
			made, err := inTens(parts[child-1].Sum.Whole)
			if err != nil {
				return union.Figure{}, err
			}
			text, _ := made.Value()
			n, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				return union.Figure{}, err
			}
			tens += n
		}
		return inTens(10 * tens)
	}))
}

func TestAFigureIsNoTally(t *testing.T) {
	kind := reflect.TypeFor[*union.Figure]()
	for _, name := range []string{"Add", "Merge", "Sub", "Mul", "AppendBinary", "UnmarshalBinary"} {
		_, has := kind.MethodByName(name)
		assert.False(t, has, "a figure could be rolled up by %s", name)
	}
	for i := range kind.NumMethod() { // nothing takes a figure either
		method := kind.Method(i)
		for j := 1; j < method.Type.NumIn(); j++ {
			assert.NotContains(t, method.Type.In(j).String(), "union.Figure", method.Name)
		}
	}
}

// addsNothingRounded states that counts which say that they were cut are never
// added up, while exact ones are.
func addsNothingRounded(add func(a, b union.Count) (union.Count, error)) laws.Law {
	return func(r *rapid.T) error {
		n, m := rapid.Int64Range(1, 99999).Draw(r, "n"), rapid.Int64Range(1, 99999).Draw(r, "m")
		digits := rapid.IntRange(1, 5).Draw(r, "digits")
		a, err := union.Headline(n, digits, union.Persons)
		if err != nil {
			return err
		}
		b, err := union.Headline(m, digits, union.Persons)
		if err != nil {
			return err
		}
		sum, err := add(a, b)
		if a.Known() == union.Exactly && b.Known() == union.Exactly {
			if err != nil || !sum.Contains(n+m) {
				return fmt.Errorf("%v and %v: %v: %w", a, b, sum, err)
			}
			return nil
		}
		if !errors.Is(err, union.ErrUnknown) {
			return fmt.Errorf("%v and %v add up to %v", a, b, sum)
		}
		return nil
	}
}

func TestRoundedCountsAreNeverRolledUp(t *testing.T) {
	laws.Holds(t, addsNothingRounded(union.Count.Add))
	laws.Rejects(t, addsNothingRounded(func(a, b union.Count) (union.Count, error) {
		low, _, _ := a.Bounds()
		other, _, _ := b.Bounds()
		return union.NewCount(low+other, 1, a.Measure(), union.Exactly)
	}))
}

// A letter is a report or, with a reason, a revision on its way.
type letter struct {
	key    string
	on     union.Date
	tally  union.Ratio
	reason string
}

type postman = func(*union.Rollup[union.Ratio], union.UnitID, letter) error

// post hands a letter in as what it is.
func post(rollup *union.Rollup[union.Ratio], id union.UnitID, each letter) error {
	if each.reason == "" {
		return rollup.Report(id, each.on, each.tally)
	}
	return rollup.Revise(id, each.on, each.tally, each.reason)
}

// drawLetters draws the letters of each leaf, in the order of its own.
func drawLetters(r *rapid.T, s season) [][]letter {
	var all [][]letter
	for _, key := range s.units.leaves() {
		var own []letter
		on := s.day
		for n := range rapid.IntRange(0, 3).Draw(r, "letters") {
			each := letter{key: key, on: on, tally: ratio(rapid.Int64Range(0, 2).Draw(r, "part"), 9)}
			if n > 0 {
				each.reason = "the " + strconv.Itoa(n) + ". correction"
			}
			own = append(own, each)
			on, _ = on.AddDays(rapid.IntRange(0, 2).Draw(r, "later"))
		}
		if own != nil {
			all = append(all, own)
		}
	}
	return all
}

// deliver hands letters in and returns the bytes of all that is known then.
func (s season) deliver(letters []letter, hand postman) (string, error) {
	tree, err := s.hierarchy.On(s.day)
	if err != nil {
		return "", err
	}
	rollup, err := union.NewRollup[union.Ratio](tree, tree.Leaves(), s.day)
	if err != nil {
		return "", err
	}
	for _, each := range letters {
		id, err := tree.Find(each.key)
		if err == nil {
			err = hand(rollup, id, each)
		}
		if err != nil {
			return "", err
		}
	}
	parts, err := rollup.Sum()
	text := ""
	for _, part := range parts {
		data, err := part.Sum.AppendBinary(nil)
		if err != nil {
			return "", err
		}
		part.Sum = union.Ratio{}
		text += fmt.Sprintf("%x %+v %v %v\n", data, part, rollup.Missing(part.Unit), rollup.Revisions(part.Unit))
	}
	return text, err
}

// mindsNoMail states that reports and revisions of several units in any order,
// some delivered again, come to the same bytes as each once and unit by unit.
func mindsNoMail(hand postman) laws.Law {
	return func(r *rapid.T) error {
		s := drawSeason(r)
		letters := drawLetters(r, s)
		want, err := s.deliver(slices.Concat(letters...), post)
		if err != nil {
			return err
		}
		var shuffled []letter
		for len(letters) > 0 {
			i := rapid.IntRange(0, len(letters)-1).Draw(r, "next")
			shuffled = append(shuffled, letters[i][0])
			if letters[i] = letters[i][1:]; len(letters[i]) == 0 {
				letters = slices.Delete(letters, i, i+1)
			}
			if rapid.IntRange(0, 2).Draw(r, "again") == 0 {
				shuffled = append(shuffled, rapid.SampledFrom(shuffled).Draw(r, "copy"))
			}
		}
		got, err := s.deliver(shuffled, hand)
		if err != nil || got != want {
			return fmt.Errorf("%v:\n%swant\n%s: %w", shuffled, got, want, err)
		}
		return nil
	}
}

func TestNoOrderOfTheMailAndNoCopyChangesARollup(t *testing.T) {
	laws.Holds(t, mindsNoMail(post))
	laws.Rejects(t, mindsNoMail(func(rollup *union.Rollup[union.Ratio], id union.UnitID, each letter) error {
		if arrival, _ := rollup.Arrival(id); arrival == union.Missing {
			return post(rollup, id, each)
		}
		last := rollup.Revisions(id) // whatever comes last is taken: a fresh reason each time
		return rollup.Revise(id, union.MustParseDate("2011-01-01"), each.tally, each.reason+strconv.Itoa(len(last)))
	}))
}
