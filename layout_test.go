package union_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
)

func ExampleNewLayout() {
	sectors := exampleCodes()
	_, err := union.NewLayout(union.Axis{Key: "sector", Codes: sectors}, union.Axis{Key: "sector", Codes: sectors})
	fmt.Println(err)
	// Output: axes[1].key: given more than once: got "sector", want a new key
}

func ExampleLayout_Table() {
	layout := fairLayout()
	table := layout.Table()
	fmt.Println(table.Total(), table.Rule() == layout.ID())
	// Output: 0 true
}

func ExampleLayout_Cell() {
	layout := fairLayout()
	table := layout.Table()
	_ = table.AddN(12, 1, 2, 1)
	fmt.Println(layout.Cell(table, 1, 2, 1))
	fmt.Println(layout.Cell(table, 1, 3, 1))
	// Output:
	// 12 <nil>
	// 0 <nil>
}

func ExampleLayout_Margin() {
	layout := fairLayout()
	table := layout.Table()
	_ = table.AddN(12, 1, 2, 1) // graduates in the secondary sector
	_ = table.AddN(5, 2, 2, 1)  // migrants there
	_ = table.AddN(3, 2, 0, 1)  // migrants whose sector is not stated
	fmt.Println(layout.Margin(table, "sector"))
	// Output: [3 0 17 0] <nil>
}

func ExampleLayout_Sum() {
	layout := fairLayout()
	table := layout.Table()
	_ = table.AddN(12, 1, 2, 1)
	_ = table.AddN(5, 2, 2, 1)
	_ = table.AddN(3, 2, 0, 1)
	fmt.Println(layout.Sum(table, map[string]union.Code{"category": 2}))
	// Output: 8 <nil>
}

// fairLayout is over categories (2 and unknown), sectors (3) and stages (1).
func fairLayout() union.Layout {
	layout, err := union.NewLayout(
		union.Axis{Key: "category", Title: "人员类别", Codes: codesOf("category", "graduate", "migrant")},
		union.Axis{Key: "sector", Title: "产业", Codes: codesOf("sector", "primary", "secondary", "tertiary")},
		union.Axis{Key: "stage", Title: "环节", Codes: codesOf("stage", "registered")},
	)
	if err != nil {
		panic(err)
	}
	return layout
}

// fairTable counts, in this layout, 2 graduates in industry, 3 migrants in
// services, 1 migrant of no stated sector, and 4 of whom nothing is stated.
func fairTable(t *testing.T) union.Table {
	table := fairLayout().Table()
	require.NoError(t, table.AddN(2, 1, 2, 1))
	require.NoError(t, table.AddN(3, 2, 3, 1))
	require.NoError(t, table.Add(2, 0, 1))
	require.NoError(t, table.AddN(4, 0, 0, 0))
	return table
}

func TestMarginsAddUpWithTheUnknownApart(t *testing.T) {
	layout, table := fairLayout(), fairTable(t)
	for axis, want := range map[string][]int64{
		"category": {4, 2, 4}, "sector": {5, 0, 2, 3}, "stage": {4, 6},
	} {
		margin, err := layout.Margin(table, axis)
		require.NoError(t, err)
		assert.Equal(t, want, margin, axis)
	}
	for _, test := range []struct {
		at   map[string]union.Code
		want int64
	}{
		{nil, 10},
		{map[string]union.Code{"category": 2}, 4},
		{map[string]union.Code{"category": 2, "sector": 0}, 1},
		{map[string]union.Code{"sector": 3, "stage": 1}, 3},
		{map[string]union.Code{"category": 0, "sector": 0, "stage": 0}, 4},
		{map[string]union.Code{"stage": 1}, 6},
	} {
		sum, err := layout.Sum(table, test.at)
		require.NoError(t, err)
		assert.Equal(t, test.want, sum, test.at)
	}
	for _, test := range []struct {
		at   []union.Code
		want int64
	}{{[]union.Code{1, 2, 1}, 2}, {[]union.Code{2, 3, 1}, 3}, {[]union.Code{2, 0, 1}, 1}, {[]union.Code{0, 0, 0}, 4}, {[]union.Code{1, 1, 1}, 0}} {
		n, err := layout.Cell(table, test.at...)
		require.NoError(t, err)
		assert.Equal(t, test.want, n, test.at)
	}
}

func TestALayoutReadsOnlyItsOwnTables(t *testing.T) {
	layout := fairLayout()
	other, err := union.NewLayout(union.Axis{Key: "sector", Codes: codesOf("sector", "primary")})
	require.NoError(t, err)
	table := other.Table()
	_, err = layout.Cell(table, 1, 1, 1)
	require.ErrorIs(t, err, union.ErrRule)
	_, err = layout.Margin(table, "sector")
	require.ErrorIs(t, err, union.ErrRule)
	_, err = layout.Sum(table, nil)
	require.ErrorIs(t, err, union.ErrRule)
}

func TestAPlaceThatALayoutDoesNotHaveIsRefused(t *testing.T) {
	layout, table := fairLayout(), fairTable(t)
	_, err := layout.Cell(table, 1, 1)
	require.EqualError(t, err, "at: out of range: got 2 codes, want 3")
	_, err = layout.Cell(table, 1, 4, 1)
	require.EqualError(t, err, "at[1]: out of range: got 4, want 0 to 3")
	_, err = layout.Margin(table, "place")
	require.EqualError(t, err, `axis: not known: got "place", want an axis of the layout`)
	_, err = layout.Sum(table, map[string]union.Code{"place": 1, "area": 1, "sector": 9})
	require.EqualError(t, err, `axis: not known: got "area", want an axis of the layout`)
	require.ErrorIs(t, err, union.ErrUnknown)
	_, err = layout.Sum(table, map[string]union.Code{"sector": 4})
	require.EqualError(t, err, "at[1]: out of range: got 4, want 0 to 3")
	require.ErrorIs(t, err, union.ErrRange)
}

func TestTheZeroTableCountsNothingUnderEveryLayout(t *testing.T) {
	layout := fairLayout()
	n, err := layout.Cell(union.Table{}, 1, 1, 1)
	require.NoError(t, err)
	assert.Zero(t, n)
	margin, err := layout.Margin(union.Table{}, "sector")
	require.NoError(t, err)
	assert.Equal(t, []int64{0, 0, 0, 0}, margin)
	sum, err := layout.Sum(union.Table{}, map[string]union.Code{"stage": 1})
	require.NoError(t, err)
	assert.Zero(t, sum)

	var none union.Layout
	assert.Equal(t, union.Table{}, none.Table())
	assert.True(t, none.ID().IsZero())
	assert.Empty(t, none.Axes())
	_, err = none.Margin(union.Table{}, "sector")
	require.ErrorIs(t, err, union.ErrUnknown)
	sum, err = none.Sum(union.Table{}, nil)
	require.NoError(t, err)
	assert.Zero(t, sum)
	_, err = none.Cell(fairTable(t))
	require.ErrorIs(t, err, union.ErrRule)
}

func TestALayoutReportsAllItsFaults(t *testing.T) {
	small := codesOf("small", "a")
	_, err := union.NewLayout(union.Axis{Key: "a", Codes: small}, union.Axis{Codes: small}, union.Axis{Key: "a"})
	var got []string
	for _, fault := range union.Faults(err) {
		got = append(got, fault.Error())
	}
	assert.Equal(t, []string{
		"axes[1].key: must be given",
		`axes[2].key: given more than once: got "a", want a new key`,
		"axes[2].codes: must be given",
	}, got)
	require.ErrorIs(t, err, union.ErrMissing)
	require.ErrorIs(t, err, union.ErrRepeated)
	_, err = union.NewLayout()
	require.EqualError(t, err, "axes: must be given")
	many := make([]union.Axis, 9)
	for i := range many {
		many[i] = union.Axis{Key: string(rune('a' + i)), Codes: small}
	}
	_, err = union.NewLayout(many...)
	require.EqualError(t, err, "axes: out of range: got 9 axes, want at most 8")
	_, err = union.NewLayout(many[:8]...)
	require.NoError(t, err)
	_, err = union.NewLayout(union.Axis{Key: "\xff", Codes: small})
	require.ErrorIs(t, err, union.ErrText)
}

func TestALayoutIsBoundedInCells(t *testing.T) {
	keys := make([]string, 4095)
	for i := range keys {
		keys[i] = "k" + string(rune(0x4E00+i))
	}
	large := codesOf("large", keys...) // 4096 with unknown
	_, err := union.NewLayout(union.Axis{Key: "a", Codes: large}, union.Axis{Key: "b", Codes: large})
	require.NoError(t, err, "2^24 cells exactly")
	_, err = union.NewLayout(
		union.Axis{Key: "a", Codes: large}, union.Axis{Key: "b", Codes: large}, union.Axis{Key: "c", Codes: codesOf("c", "x")},
	)
	require.ErrorIs(t, err, union.ErrRange)
}

func TestALayoutIsIdentifiedByKeysAndLists(t *testing.T) {
	small, large := codesOf("small", "a"), codesOf("large", "a", "b")
	id := func(axes ...union.Axis) union.RuleID {
		layout, err := union.NewLayout(axes...)
		require.NoError(t, err)
		return layout.ID()
	}
	one := id(union.Axis{Key: "x", Codes: small}, union.Axis{Key: "y", Codes: large})
	assert.Equal(t, one, id(union.Axis{Key: "x", Title: "某", Codes: small}, union.Axis{Key: "y", Codes: large}))
	assert.NotEqual(t, one, id(union.Axis{Key: "y", Codes: large}, union.Axis{Key: "x", Codes: small}))
	assert.NotEqual(t, one, id(union.Axis{Key: "z", Codes: small}, union.Axis{Key: "y", Codes: large}))
	assert.NotEqual(t, one, id(union.Axis{Key: "x", Codes: large}, union.Axis{Key: "y", Codes: large}))
}

func TestALayoutSharesNothingWithItsAxes(t *testing.T) {
	axes := []union.Axis{{Key: "x", Codes: codesOf("small", "a")}}
	layout, err := union.NewLayout(axes...)
	require.NoError(t, err)
	axes[0].Key = "changed"
	layout.Axes()[0].Key = "changed"
	assert.Equal(t, "x", layout.Axes()[0].Key)
}
