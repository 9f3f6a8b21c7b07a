package union_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
)

func ExampleNewBands() {
	grades := union.BandsSpec{
		Scale: union.MustParseInterval("[0,100]"),
		List: []union.Band{
			{Key: "good", In: union.MustParseInterval("[70,100]")},
			{Key: "fair", In: union.MustParseInterval("[60,69]")},
			{Key: "poor", In: union.MustParseInterval("[0,60)")},
		},
	}
	_, err := union.NewBands(grades)
	fmt.Println(err)
	grades.Grid = union.Whole(1) // marks are whole points
	_, err = union.NewBands(grades)
	fmt.Println(err)
	// Output:
	// list[0]: falls in no band: got 69.5 between [60,69] and [70,100], want every number of [0,100] in one band
	// <nil>
}

func ExampleNewBands_half() {
	// "At least half agree" and "at least half disagree" contradict each other
	// where it is exactly half.
	_, err := union.NewBands(union.BandsSpec{
		Scale: union.MustParseInterval("[0,1]"),
		List: []union.Band{
			{Key: "carried", In: union.MustParseInterval("[1/2,1]")},
			{Key: "lost", In: union.MustParseInterval("[0,1/2]")},
		},
	})
	fmt.Println(err)
	// Output: list[0]: falls in more than one band: got 0.5 in [0,0.5] and [0.5,1], want every number of [0,1] in one band
}

func ExampleBands_Find() {
	bands := fourGrades("0")
	for _, text := range []string{"89.99", "90", "101"} {
		band, err := bands.Find(union.MustParseNumber(text))
		fmt.Println(band.Key, err)
	}
	// Output:
	// good <nil>
	// excellent <nil>
	//  out of range: got 101, want a number in [0,100]
}

func ExampleBands_Index() {
	i, err := fourGrades("0.5").Index(union.MustParseNumber("60.5"))
	fmt.Println(i, err)
	_, err = fourGrades("0.5").Index(union.MustParseNumber("60.25"))
	fmt.Println(err)
	// Output:
	// 2 <nil>
	// out of range: got 60.25, want a multiple of 0.5
}

// fourGrades are the bands of a scale of 100 points on a grid.
func fourGrades(grid string) union.Bands {
	bands, err := union.NewBands(union.BandsSpec{
		Scale: union.MustParseInterval("[0,100]"),
		Grid:  union.MustParseNumber(grid),
		List:  listOf("[90,100]", "[75,90)", "[60,75)", "[0,60)"),
	})
	if err != nil {
		panic(err)
	}
	return bands
}

// listOf returns bands with the keys that a school gives grades.
func listOf(intervals ...string) []union.Band {
	var list []union.Band
	for i, text := range intervals {
		key := []string{"excellent", "good", "fair", "poor"}[i%4]
		list = append(list, union.Band{In: union.MustParseInterval(text), Key: key})
	}
	return list
}

func TestBandsNameTheValueThatFallsInNoneOrInTwo(t *testing.T) {
	for name, row := range map[string]struct {
		scale, grid string
		list        []string
		want        error
		where, got  string
	}{
		"69.5 between whole points":     {"[0,100]", "0", []string{"[70,100]", "[60,69]", "[0,60)"}, union.ErrHole, "list[0]", "69.5 between [60,69] and [70,100]"},
		"60-69, 70-79 on half points":   {"[60,79]", "0.5", []string{"[60,69]", "[70,79]"}, union.ErrHole, "list[1]", "69.5 between [60,69] and [70,79]"},
		"exactly half in neither":       {"[0,1]", "0", []string{"(1/2,1]", "[0,1/2)"}, union.ErrHole, "list[0]", "0.5 between [0,0.5) and (0.5,1]"},
		"exactly half in both":          {"[0,1]", "0", []string{"[1/2,1]", "[0,1/2]"}, union.ErrOverlap, "list[0]", "0.5 in [0,0.5] and [0.5,1]"},
		"the top left out":              {"[0,100]", "0", []string{"[0,100)"}, union.ErrHole, "list[0]", "100 above [0,100)"},
		"the bottom left out":           {"[0,100]", "0", []string{"(0,100]"}, union.ErrHole, "list[0]", "0 below (0,100]"},
		"no end above":                  {"[0,)", "0", []string{"[0,90]"}, union.ErrHole, "list[0]", "91 above [0,90]"},
		"no end below":                  {"(,)", "0", []string{"(10,)"}, union.ErrHole, "list[0]", "10 below (10,)"},
		"no end below and a closed one": {"(,)", "0", []string{"[10,)"}, union.ErrHole, "list[0]", "9 below [10,)"},
		"no end above on a grid":        {"[0,)", "5", []string{"[0,90]"}, union.ErrHole, "list[0]", "95 above [0,90]"},
		"no end below on a grid":        {"(,0]", "5", []string{"(-12,0]"}, union.ErrHole, "list[0]", "-15 below (-12,0]"},
		"one within another":            {"[0,9]", "0", []string{"[0,9]", "[3,4)"}, union.ErrOverlap, "list[1]", "3 in [0,9] and [3,4)"},
		"open ends that overlap":        {"[0,9]", "0", []string{"[0,5)", "(3,9]"}, union.ErrOverlap, "list[1]", "4 in [0,5) and (3,9]"},
		"overlap on a grid":             {"[0,9]", "1", []string{"[0,5)", "(3,9]"}, union.ErrOverlap, "list[1]", "4 in [0,5) and (3,9]"},
		"the same twice":                {"[0,9]", "0", []string{"[0,9]", "[0,9]"}, union.ErrOverlap, "list[1]", "0 in [0,9] and [0,9]"},
		"everything twice":              {"(,)", "0", []string{"(,)", "(,)"}, union.ErrOverlap, "list[1]", "0 in (,) and (,)"},
		"no end below twice":            {"(,)", "0", []string{"(,5)", "(,)"}, union.ErrOverlap, "list[1]", "4 in (,5) and (,)"},
		"above the scale":               {"[0,100]", "0", []string{"[0,90)", "[90,)"}, union.ErrRange, "list[1].in", "[90,)"},
		"below the scale":               {"[0,100]", "0", []string{"(,100]"}, union.ErrRange, "list[0].in", "(,100]"},
		"no multiple in a band":         {"[0,2]", "1", []string{"[0,1]", "(1.2,1.8)", "[2,2]"}, union.ErrRange, "list[1].in", "(1.2,1.8)"},
		"no multiple in the only band":  {"[0,2]", "1", []string{"(1.2,1.8)"}, union.ErrHole, "list", "0"},
		"no multiple in the scale":      {"(0,1)", "1", []string{"(0,1)"}, union.ErrRange, "scale", "(0,1)"},
		"a grid below zero":             {"[0,2]", "-1", []string{"[0,2]"}, union.ErrRange, "grid", "-1"},
		"no bands":                      {"[0,2]", "1", nil, union.ErrMissing, "list", ""},
	} {
		t.Run(name, func(t *testing.T) {
			bands, err := union.NewBands(union.BandsSpec{
				Scale: union.MustParseInterval(row.scale), Grid: union.MustParseNumber(row.grid), List: listOf(row.list...),
			})
			require.ErrorIs(t, err, row.want)
			for _, fault := range union.Faults(err) {
				if fault.Unwrap() == row.want { //nolint:errorlint // the sentinel itself
					assert.Equal(t, row.where, fault.Where)
					assert.Equal(t, row.got, fault.Got)
				}
			}
			assert.Empty(t, bands.Spec().List)
		})
	}
}

func TestBandsReportAllTheirFaultsAtOnce(t *testing.T) {
	_, err := union.NewBands(union.BandsSpec{
		Scale: union.MustParseInterval("[0,100]"),
		List: []union.Band{
			{Key: "high", In: union.MustParseInterval("[90,110]")},
			{Key: "", In: union.MustParseInterval("[50,80)")},
			{Key: "low", In: union.MustParseInterval("[10,60]")},
		},
	})
	var places []string
	for _, fault := range union.Faults(err) {
		places = append(places, fault.Where+": "+fault.Rule)
	}
	assert.Equal(t, []string{
		"list[0].in: out of range", "list[1].key: must be given",
		"list[2]: falls in no band", "list[1]: falls in more than one band", "list[0]: falls in no band",
	}, places)
}

// tiny is every interval with ends among 0, 1 and 2.
func tiny() []union.Interval {
	var all []union.Interval
	for low := 0; low <= 2; low++ {
		for high := low; high <= 2; high++ {
			for _, brackets := range []string{"[]", "[)", "(]", "()"} {
				text := fmt.Sprintf("%c%d,%d%c", brackets[0], low, high, brackets[1])
				if interval, err := union.ParseInterval(text); err == nil {
					all = append(all, interval)
				}
			}
		}
	}
	return all
}

// partitioned looks at every kind of point that bands with ends among 0, 1 and 2
// can tell apart.
func partitioned(scale union.Interval, points []string, list []union.Band) bool {
	for _, band := range list {
		holds := false
		for _, text := range points {
			point := union.MustParseNumber(text)
			holds = holds || band.In.Contains(point)
			if band.In.Contains(point) && !scale.Contains(point) {
				return false
			}
		}
		if !holds {
			return false
		}
	}
	for _, text := range points {
		point, in := union.MustParseNumber(text), 0
		for _, band := range list {
			if band.In.Contains(point) {
				in++
			}
		}
		if scale.Contains(point) && in != 1 {
			return false
		}
	}
	return true
}

func TestBandsArePartitionsInEveryTinyWorld(t *testing.T) {
	intervals := tiny()
	require.Len(t, intervals, 15)
	for _, world := range []struct {
		scale, grid string
		points      []string
	}{
		{"[0,2]", "0", []string{"-1", "0", "0.5", "1", "1.5", "2", "3"}},
		{"(0,2)", "0", []string{"-1", "0", "0.5", "1", "1.5", "2", "3"}},
		{"[0,2]", "1", []string{"-1", "0", "1", "2", "3"}},
		{"[0,2)", "0.5", []string{"-0.5", "0", "0.5", "1", "1.5", "2", "2.5"}},
	} {
		spec := union.BandsSpec{Scale: union.MustParseInterval(world.scale), Grid: union.MustParseNumber(world.grid)}
		var try func(list []union.Band)
		try = func(list []union.Band) {
			if len(list) > 0 {
				spec.List = list
				bands, err := union.NewBands(spec)
				require.Equal(t, partitioned(spec.Scale, world.points, list), err == nil, "%s: %v: %v", world.scale, list, err)
				checkNamed(t, spec, err)
				if err == nil {
					checkFound(t, bands, world.points)
				}
			}
			if len(list) < 3 {
				for _, interval := range intervals {
					try(append(list[:len(list):len(list)], union.Band{In: interval, Key: "k"}))
				}
			}
		}
		try(nil)
	}
}

// checkNamed requires that a value said to fall in no band, or in two, does.
func checkNamed(t *testing.T, spec union.BandsSpec, err error) {
	for _, fault := range union.Faults(err) {
		hole, overlap := fault.Rule == union.ErrHole.Error(), fault.Rule == union.ErrOverlap.Error()
		if !hole && !overlap {
			continue
		}
		value, _, _ := strings.Cut(fault.Got, " ")
		named, in := union.MustParseNumber(value), 0
		for _, band := range spec.List {
			if band.In.Contains(named) {
				in++
			}
		}
		require.Equal(t, overlap, in > 1, "%v: %v", spec.List, fault)
		require.Equal(t, hole, in == 0, "%v: %v", spec.List, fault)
		require.True(t, overlap || spec.Scale.Contains(named), "%v: %v", spec.List, fault)
	}
}

// checkFound requires that each number of the scale is found where it lies.
func checkFound(t *testing.T, bands union.Bands, points []string) {
	for _, text := range points {
		point := union.MustParseNumber(text)
		i, err := bands.Index(point)
		if !bands.Spec().Scale.Contains(point) {
			require.ErrorIs(t, err, union.ErrRange)
			continue
		}
		require.NoError(t, err)
		band, err := bands.Find(point)
		require.NoError(t, err)
		require.True(t, band.In.Contains(point))
		require.Equal(t, bands.Spec().List[i], band)
	}
}

func TestABandOffTheScaleIsNotFoundThereOnAGrid(t *testing.T) {
	// On whole points [0,9.5] reaches no further than [0,9] does, so that it is
	// within the scale; 9.5 itself is off the grid.
	bands, err := union.NewBands(union.BandsSpec{
		Scale: union.MustParseInterval("[0,9]"), Grid: union.Whole(1), List: listOf("[0,9.5]"),
	})
	require.NoError(t, err)
	_, err = bands.Find(union.MustParseNumber("9.5"))
	require.ErrorIs(t, err, union.ErrRange)
}

func TestBandsShareNothingWithTheirSpec(t *testing.T) {
	spec := union.BandsSpec{List: listOf("[60,)", "(,60)")}
	bands, err := union.NewBands(spec)
	require.NoError(t, err, "the zero scale is all numbers")
	spec.List[0].Key = "changed"
	copied := bands.Spec()
	copied.List[0].Key = "changed"
	band, err := bands.Find(union.Whole(75))
	require.NoError(t, err)
	assert.Equal(t, "excellent", band.Key)
}

func TestZeroBandsHoldNothing(t *testing.T) {
	var bands union.Bands
	_, err := bands.Find(union.Whole(0))
	require.ErrorIs(t, err, union.ErrRange)
	assert.Zero(t, bands.Spec().Grid.Sign())
}

func TestBandsAreDataInJSON(t *testing.T) {
	text := `{"scale":"[0,100]","grid":"1","list":[{"in":"[60,100]","key":"pass"},{"in":"[0,59]","key":"fail"}]}`
	var spec union.BandsSpec
	require.NoError(t, json.Unmarshal([]byte(text), &spec))
	bands, err := union.NewBands(spec)
	require.NoError(t, err)
	again, err := json.Marshal(bands.Spec())
	require.NoError(t, err)
	assert.JSONEq(t, text, string(again))
}

func TestFindingABandAllocatesNothing(t *testing.T) {
	bands, mark := fourGrades("0.5"), union.MustParseNumber("61.5")
	at := 0
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		i, err := bands.Index(mark)
		if err == nil {
			at += i
		}
	}))
	assert.NotZero(t, at)
}
