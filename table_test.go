package union_test

import (
	"encoding/binary"
	"fmt"
	"math"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/laws"
)

func ExampleTable_Add() {
	table := fairLayout().Table()
	fmt.Println(table.Add(1, 2, 1)) // a graduate, the secondary sector, registered
	fmt.Println(table.Add(1, 0, 1)) // another, whose sector is not stated
	fmt.Println(table.Add(1, 9, 1))
	fmt.Println(table.Total())
	// Output:
	// <nil>
	// <nil>
	// at[1]: out of range: got 9, want 0 to 3
	// 2
}

func ExampleTable_AddN() {
	table := fairLayout().Table()
	fmt.Println(table.AddN(12, 1, 2, 1), table.Total())
	// Output: <nil> 12
}

func ExampleTable_Merge() {
	layout := fairLayout()
	east, west := layout.Table(), layout.Table()
	_ = east.AddN(12, 1, 2, 1)
	_ = west.AddN(5, 2, 2, 1)
	var county union.Table
	fmt.Println(county.Merge(east), county.Merge(west))
	fmt.Println(layout.Margin(county, "category"))
	// Output:
	// <nil> <nil>
	// [0 12 5] <nil>
}

func ExampleTable_Total() {
	table := fairLayout().Table()
	_ = table.Add(0, 0, 0) // nothing is known of it, and it is counted
	fmt.Println(table.Total())
	// Output: 1
}

func ExampleTable_UnknownAt() {
	table := fairLayout().Table()
	_ = table.AddN(12, 1, 2, 1)
	_ = table.AddN(3, 1, 0, 1) // whose sector is not stated
	fmt.Println(table.UnknownAt(0), table.UnknownAt(1), table.UnknownAt(9))
	// Output: 0 3 0
}

// unknownIsTheMarginsFirst says that what is unknown on an axis is what its margin
// begins with.
func unknownIsTheMarginsFirst(unknownAt func(union.Table, int) int64) laws.Law {
	layout := fairLayout()
	return func(t *rapid.T) error {
		table := drawTable(t)
		for i, axis := range layout.Axes() {
			margin, err := layout.Margin(table, axis.Key)
			if err != nil {
				return err
			}
			if got := unknownAt(table, i); got != margin[0] {
				return fmt.Errorf("axis %d: got %d, want %d", i, got, margin[0])
			}
		}
		if got := unknownAt(table, -1) + unknownAt(table, 3) + unknownAt(union.Table{}, 0); got != 0 {
			return fmt.Errorf("on no axis: %d", got)
		}
		return nil
	}
}

func TestWhatIsUnknownOnAnAxisIsTheMarginsFirst(t *testing.T) {
	laws.Holds(t, unknownIsTheMarginsFirst(union.Table.UnknownAt))
	laws.Rejects(t, unknownIsTheMarginsFirst(func(table union.Table, axis int) int64 {
		return table.UnknownAt(2 - axis) // the axes from the other end
	}))
}

// fullCell is the most that a cell of fairLayout holds: the greatest int64
// divided by 24 cells.
const fullCell int64 = 384307168202282325

// drawTable draws a table of fairLayout.
func drawTable(t *rapid.T) union.Table {
	table := fairLayout().Table()
	for range rapid.IntRange(0, 6).Draw(t, "places") {
		at := []union.Code{
			union.Code(rapid.IntRange(0, 2).Draw(t, "category")),
			union.Code(rapid.IntRange(0, 3).Draw(t, "sector")),
			union.Code(rapid.IntRange(0, 1).Draw(t, "stage")),
		}
		if err := table.AddN(rapid.Int64Range(0, 1000).Draw(t, "n"), at...); err != nil {
			t.Fatal(err)
		}
	}
	return table
}

func TestATableIsATally(t *testing.T) {
	laws.Tally[union.Table](t, drawTable)
	places := func(r *rapid.T) [][]union.Code {
		return rapid.SliceOfN(rapid.Custom(func(r *rapid.T) []union.Code {
			return []union.Code{
				union.Code(rapid.IntRange(0, 2).Draw(r, "category")),
				union.Code(rapid.IntRange(0, 3).Draw(r, "sector")),
				union.Code(rapid.IntRange(0, 1).Draw(r, "stage")),
			}
		}), 0, 20).Draw(r, "places")
	}
	laws.Folds[union.Table](t, fairLayout().Table, places, func(into *union.Table, at []union.Code) error { return into.Add(at...) })
}

func TestAMergeThatBreaksALawIsFoundOut(t *testing.T) {
	keepsLast := func(into *union.Table, other union.Table) error {
		if other.Total() != 0 {
			*into = other
		}
		return nil
	}
	shares := func(into *union.Table, other union.Table) error {
		if into.Total() == 0 {
			*into = other // shares the cells of other
			return nil
		}
		return into.Merge(other)
	}
	laws.Rejects(t, laws.Commutes(drawTable, keepsLast))
	laws.Rejects(t, laws.KeepsApart(drawTable, shares))
}

// countsSplit states that counting in two shares and merging them is counting
// at once.
func countsSplit(merge func(into *union.Table, other union.Table) error) laws.Law {
	return func(t *rapid.T) error {
		whole, parts := fairLayout().Table(), []union.Table{fairLayout().Table(), fairLayout().Table()}
		for range rapid.IntRange(0, 20).Draw(t, "records") {
			at := []union.Code{union.Code(rapid.IntRange(0, 2).Draw(t, "category")), union.Code(rapid.IntRange(0, 3).Draw(t, "sector")), 1}
			if err := whole.Add(at...); err != nil {
				return err
			}
			if err := parts[rapid.IntRange(0, 1).Draw(t, "part")].Add(at...); err != nil {
				return err
			}
		}
		var sum union.Table
		for _, part := range parts {
			if err := merge(&sum, part); err != nil {
				return err
			}
		}
		if !reflect.DeepEqual(whole, sum) {
			return fmt.Errorf("at once %v, in parts %v", whole, sum)
		}
		return nil
	}
}

func TestCountingInPartsIsCountingAtOnce(t *testing.T) { // G4
	laws.Holds(t, countsSplit(func(into *union.Table, other union.Table) error { return into.Merge(other) }))
	laws.Rejects(t, countsSplit(func(into *union.Table, other union.Table) error { *into = other; return nil }))
}

// changesNothing states that what an operation refuses leaves the table as it
// was.
func changesNothing(add func(table *union.Table, n int64, at []union.Code) error, merge func(table *union.Table, other union.Table) error) laws.Law {
	foreign, err := union.NewLayout(union.Axis{Key: "sector", Codes: codesOf("sector", "primary")})
	if err != nil {
		panic(err)
	}
	return func(t *rapid.T) error {
		table, before, full := drawTable(t), union.Table{}, fairLayout().Table()
		if err := table.Add(1, 1, 1); err != nil {
			return err
		}
		if err := before.Merge(table); err != nil {
			return err
		}
		at := rapid.SliceOfN(rapid.Uint16Range(0, 4), 0, 4).Draw(t, "at")
		codes := make([]union.Code, len(at))
		for i := range at {
			codes[i] = union.Code(at[i])
		}
		n := rapid.OneOf(rapid.Int64Range(-3, 3), rapid.Just(int64(math.MaxInt64))).Draw(t, "n")
		refused := add(&table, n, codes) != nil
		if refused && !reflect.DeepEqual(before, table) {
			return fmt.Errorf("Add of %d at %v was refused and left %v of %v", n, codes, table, before)
		}
		if !refused {
			return nil
		}
		if err := full.Add(0, 0, 0); err != nil { // goes in before the fault is met
			return err
		}
		if err := full.AddN(fullCell, 1, 1, 1); err != nil {
			return err
		}
		for _, other := range []union.Table{foreign.Table(), full} {
			if err := merge(&table, other); err == nil || !reflect.DeepEqual(before, table) {
				return fmt.Errorf("Merge was not refused (%w) or left %v of %v", err, table, before)
			}
		}
		return nil
	}
}

func TestWhatATableRefusesChangesNothing(t *testing.T) { // G10
	add := func(table *union.Table, n int64, at []union.Code) error {
		if n == 1 {
			return table.Add(at...)
		}
		return table.AddN(n, at...)
	}
	merge := func(table *union.Table, other union.Table) error { return table.Merge(other) }
	laws.Holds(t, changesNothing(add, merge))
	laws.Rejects(t, changesNothing(func(table *union.Table, n int64, at []union.Code) error {
		_ = table.Add(0, 0, 0) // counts before it checks
		return add(table, n, at)
	}, merge))
	laws.Rejects(t, changesNothing(add, func(table *union.Table, other union.Table) error {
		if err := table.Merge(other); err != nil {
			_ = table.Add(0, 0, 0) // a cell was added before the fault was met
			return err
		}
		return nil
	}))
}

func TestATableReportsItsFirstFault(t *testing.T) {
	full := fairLayout().Table()
	require.NoError(t, full.AddN(fullCell, 1, 1, 1))
	foreign, err := union.NewLayout(union.Axis{Key: "sector", Codes: codesOf("sector", "primary")})
	require.NoError(t, err)
	other := foreign.Table()
	one := fairLayout().Table()
	require.NoError(t, one.Add(1, 1, 1))
	for name, test := range map[string]struct {
		do       func(table *union.Table) error
		sentinel error
		text     string
	}{
		"a table without a layout":           {func(*union.Table) error { return new(union.Table).Add(9) }, union.ErrMissing, "table: must be given: want a layout"},
		"none, many at once":                 {func(*union.Table) error { return new(union.Table).AddN(-1) }, union.ErrMissing, "table: must be given: want a layout"},
		"too few codes":                      {func(t *union.Table) error { return t.Add(9, 9) }, union.ErrRange, "at: out of range: got 2 codes, want 3"},
		"too many codes":                     {func(t *union.Table) error { return t.AddN(-1, 9, 9, 9, 9) }, union.ErrRange, "at: out of range: got 4 codes, want 3"},
		"no such code":                       {func(t *union.Table) error { return t.Add(2, 4, 9) }, union.ErrRange, "at[1]: out of range: got 4, want 0 to 3"},
		"no such code, many at once":         {func(t *union.Table) error { return t.AddN(-1, 3, 4, 9) }, union.ErrRange, "at[0]: out of range: got 3, want 0 to 2"},
		"fewer than none":                    {func(t *union.Table) error { return t.AddN(-1, 0, 0, 0) }, union.ErrRange, "n: out of range: got -1, want 0 or more"},
		"one more than can be held":          {func(t *union.Table) error { return t.Add(1, 1, 1) }, union.ErrOverflow, "table: too large to be held exactly"},
		"some more than can be held":         {func(t *union.Table) error { return t.AddN(math.MaxInt64, 0, 0, 0) }, union.ErrOverflow, "table: too large to be held exactly"},
		"merging more than can be":           {func(t *union.Table) error { return t.Merge(one) }, union.ErrOverflow, "table: too large to be held exactly"},
		"merging what is laid out otherwise": {func(t *union.Table) error { return t.Merge(other) }, union.ErrRule, "table: made under another rule: got " + foreign.ID().String() + ", want " + fairLayout().ID().String()},
	} {
		t.Run(name, func(t *testing.T) {
			err := test.do(&full)
			require.ErrorIs(t, err, test.sentinel)
			require.EqualError(t, err, test.text)
			assert.Equal(t, fullCell, full.Total())
		})
	}
	require.NoError(t, full.AddN(0, 1, 1, 1), "nothing can always be added")
	require.Error(t, full.AddN(fullCell+1, 0, 0, 0))
	for cell := range 24 {
		at := []union.Code{union.Code(cell / 8), union.Code(cell / 2 % 4), union.Code(cell % 2)}
		if cell != 1*8+1*2+1 {
			require.NoError(t, full.AddN(fullCell, at...))
		}
	}
	assert.Equal(t, 24*fullCell, full.Total(), "every cell can be full and the total still be held")
}

func TestATableCanBeMergedWithItself(t *testing.T) {
	table := fairTable(t)
	require.NoError(t, table.Merge(table))
	assert.Equal(t, int64(20), table.Total())
	margin, err := fairLayout().Margin(table, "sector")
	require.NoError(t, err)
	assert.Equal(t, []int64{10, 0, 4, 6}, margin)
}

func TestTheZeroTableTakesTheLayoutOfWhatIsMergedIntoIt(t *testing.T) {
	var table union.Table
	assert.Zero(t, table.Total())
	assert.True(t, table.Rule().IsZero())
	require.NoError(t, table.Merge(union.Table{}))
	assert.Equal(t, union.Table{}, table)
	require.NoError(t, table.Merge(fairTable(t)))
	assert.Equal(t, fairLayout().ID(), table.Rule())
	assert.Equal(t, fairTable(t), table)
}

func TestCountingAllocatesNothing(t *testing.T) {
	table := fairLayout().Table()
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		if table.Add(1, 2, 1) != nil || table.AddN(3, 2, 3, 0) != nil {
			t.Fail()
		}
	}))
}

// coded are 4,096 records of four codes for the benchmarks, which count them all
// in one operation.
func coded() (union.Layout, [][4]union.Code) {
	axis := func(key string, terms int) union.Axis {
		keys := make([]string, terms)
		for i := range keys {
			keys[i] = fmt.Sprint(key, i)
		}
		return union.Axis{Key: key, Codes: codesOf(key, keys...)}
	}
	layout, err := union.NewLayout(axis("ownership", 6), axis("size", 4), axis("sector", 20), axis("unionised", 2))
	if err != nil {
		panic(err)
	}
	records := make([][4]union.Code, 4096)
	state := uint32(1)
	for i := range records {
		for j, dim := range []uint32{7, 5, 21, 3} {
			state = state*1664525 + 1013904223
			records[i][j] = union.Code(state >> 16 % dim)
		}
	}
	return layout, records
}

func BenchmarkTableAdd(b *testing.B) {
	layout, records := coded()
	table := layout.Table()
	b.ReportAllocs()
	for b.Loop() {
		for _, at := range records {
			if err := table.Add(at[0], at[1], at[2], at[3]); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkTableAddLimit is what the same counting costs by hand, in an array of
// known size and without any check.
func BenchmarkTableAddLimit(b *testing.B) {
	_, records := coded()
	var cells [7][5][21][3]int64
	for b.Loop() {
		for _, at := range records {
			cells[at[0]][at[1]][at[2]][at[3]]++
		}
	}
}

// tableBytes returns the form of a table of fairLayout that claims other lengths
// of its axes, all cells but the first being empty.
func tableBytes(first uint64, dims ...byte) []byte {
	sound, err := fairLayout().Table().AppendBinary(nil)
	if err != nil {
		panic(err)
	}
	const header = len("?union.table") + 2 + 16
	data := append(sound[:header:header], byte(len(dims)))
	data = append(data, dims...)
	cells := 1
	for _, dim := range dims {
		cells *= int(dim)
	}
	counts := binary.AppendUvarint(nil, first)
	for left := cells; left > 0; left -= 16 {
		block := min(left, 16)
		if left == cells {
			data = append(data, byte(len(counts)+block-1))
			data = append(data, counts...)
			block--
		} else {
			data = append(data, byte(block))
		}
		data = append(data, make([]byte, block)...)
	}
	return data
}

func TestBytesOfATableThatNoLayoutHasAreRefused(t *testing.T) {
	require.NoError(t, new(union.Table).UnmarshalBinary(tableBytes(7, 3, 4, 2)))
	require.NoError(t, new(union.Table).UnmarshalBinary(tableBytes(uint64(fullCell), 3, 4, 2)))
	for reason, data := range map[string][]byte{
		"no axis":                    tableBytes(0),
		"nine axes":                  tableBytes(0, 2, 2, 2, 2, 2, 2, 2, 2, 2),
		"an axis of nothing":         tableBytes(0, 3, 0),
		"an axis of unknown alone":   tableBytes(0, 3, 1),
		"a cell that holds too much": tableBytes(uint64(fullCell)+1, 3, 4, 2),
		"more cells than there are":  append(tableBytes(0, 3, 4, 2)[:30], 3, 100, 100, 100, 0),
		"more cells than any has":    append(tableBytes(0, 3, 4, 2)[:30], 4, 127, 127, 127, 127, 0),
		"more codes than any has":    append(tableBytes(0, 3, 4, 2)[:30], 1, 0x81, 0x80, 0x04, 0),
	} {
		table := fairLayout().Table()
		require.NoError(t, table.Add(1, 1, 1))
		before, err := union.Merge(table)
		require.NoError(t, err)
		err = table.UnmarshalBinary(data)
		require.Error(t, err, reason)
		assert.Len(t, union.Faults(err), 1, reason)
		assert.Equal(t, before, table, reason)
	}
}

func TestATableThatOnlyClaimsToBeOfALayoutIsNot(t *testing.T) {
	var claims union.Table
	require.NoError(t, claims.UnmarshalBinary(tableBytes(7, 2, 2)))
	assert.Equal(t, fairLayout().ID(), claims.Rule())
	assert.Equal(t, int64(7), claims.Total())
	_, err := fairLayout().Cell(claims, 1, 1, 1)
	require.ErrorIs(t, err, union.ErrRule)
	_, err = fairLayout().Margin(claims, "category")
	require.ErrorIs(t, err, union.ErrRule)
	_, err = fairLayout().Sum(claims, nil)
	require.ErrorIs(t, err, union.ErrRule)
	table := fairLayout().Table()
	require.ErrorIs(t, table.Merge(claims), union.ErrRule)
	require.ErrorIs(t, claims.Merge(table), union.ErrRule)
	require.ErrorIs(t, table.UnmarshalBinary(tableBytes(7, 2, 2)), union.ErrRule)
	assert.Equal(t, fairLayout().Table(), table)
}

func TestACellHoldsItsShareOfTheGreatestInteger(t *testing.T) {
	layout, err := union.NewLayout(union.Axis{Key: "a", Title: "A", Codes: codesOf("one", "a")})
	require.NoError(t, err)
	const most = math.MaxInt64 / 2 // there is a cell for the unknown
	var sum union.Table
	for _, n := range []int64{most - 1, 0, 1} {
		part := layout.Table()
		require.NoError(t, part.AddN(n, 1))
		require.NoError(t, sum.Merge(part))
	}
	assert.Equal(t, int64(most), sum.Total())
	part := layout.Table()
	require.EqualError(t, part.AddN(-1, 1), "n: out of range: got -1, want 0 or more")
	require.NoError(t, part.AddN(1, 1))
	require.EqualError(t, sum.Merge(part), "table: too large to be held exactly")
}
