package union_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/laws"
)

func ExampleTable_AddPlaces() {
	layout := fairLayout()
	graduate, _ := layout.Place(1, 2, 1) // a graduate in the secondary sector
	migrant, _ := layout.Place(2, 0, 1)  // a migrant worker whose sector is not stated
	table := layout.Table()
	fmt.Println(table.AddPlaces(graduate, migrant, graduate))
	fmt.Println(layout.Cell(table, 1, 2, 1))
	fmt.Println(table.AddPlaces(graduate, 99), table.Total())
	// Output:
	// <nil>
	// 2 <nil>
	// places[1]: out of range: got 99, want 0 to 23 3
}

func ExampleLayout_Place() {
	fmt.Println(fairLayout().Place(1, 2, 1))
	fmt.Println(fairLayout().Place(1, 4, 1))
	// Output:
	// 13 <nil>
	// 0 at[1]: out of range: got 4, want 0 to 3
}

// countsAsOneByOne states that counting a list of places is counting each by its
// codes.
func countsAsOneByOne(addPlaces func(*union.Table, ...union.Place) error) laws.Law {
	return func(r *rapid.T) error {
		layout := fairLayout()
		listed, single := layout.Table(), layout.Table()
		var places []union.Place
		for range rapid.IntRange(0, 8).Draw(r, "things") {
			at := []union.Code{
				union.Code(rapid.IntRange(0, 2).Draw(r, "category")),
				union.Code(rapid.IntRange(0, 3).Draw(r, "sector")),
				union.Code(rapid.IntRange(0, 1).Draw(r, "stage")),
			}
			place, err := layout.Place(at...)
			if err != nil {
				return err
			}
			if err := single.Add(at...); err != nil {
				return err
			}
			places = append(places, place)
		}
		if err := addPlaces(&listed, places...); err != nil {
			return err
		}
		if !assert.ObjectsAreEqual(single, listed) {
			return fmt.Errorf("%v: got %v, want %v", places, listed, single)
		}
		return nil
	}
}

func TestPlacesAreCountedAsTheirCodesAre(t *testing.T) {
	laws.Holds(t, countsAsOneByOne((*union.Table).AddPlaces))
	laws.Rejects(t, countsAsOneByOne(func(table *union.Table, places ...union.Place) error {
		seen := map[union.Place]bool{}
		for _, place := range places { // a place is no person: it may come again
			if !seen[place] {
				if err := table.AddPlaces(place); err != nil {
					return err
				}
			}
			seen[place] = true
		}
		return nil
	}))
}

func TestEveryPlaceOfALayoutIsOneOfItsOwn(t *testing.T) {
	layout := fairLayout()
	seen := map[union.Place]bool{}
	for category := range union.Code(3) {
		for sector := range union.Code(4) {
			for stage := range union.Code(2) {
				place, err := layout.Place(category, sector, stage)
				require.NoError(t, err)
				assert.False(t, seen[place], "%d %d %d", category, sector, stage)
				seen[place] = true
				table := layout.Table()
				require.NoError(t, table.AddPlaces(place))
				counted, err := layout.Cell(table, category, sector, stage)
				require.NoError(t, err)
				assert.Equal(t, int64(1), counted)
			}
		}
	}
	assert.Len(t, seen, 24)
}

func TestNothingOfARefusedListOfPlacesIsCounted(t *testing.T) {
	layout := fairLayout()
	table := layout.Table()
	require.NoError(t, table.AddN(fullCell-1, 1, 1, 1))
	full, err := layout.Place(1, 1, 1)
	require.NoError(t, err)
	for name, each := range map[string]struct {
		places []union.Place
		want   error
		where  string
	}{
		"a place beyond the last":      {[]union.Place{0, 23, 24}, union.ErrRange, "places[2]"},
		"the greatest number":          {[]union.Place{1<<32 - 1}, union.ErrRange, "places[0]"},
		"one more than the cell holds": {[]union.Place{3, full, full}, union.ErrOverflow, "places[2]"},
	} {
		var before union.Table
		require.NoError(t, before.Merge(table))
		err := table.AddPlaces(each.places...)
		require.ErrorIs(t, err, each.want, name)
		assert.Equal(t, each.where, union.Faults(err)[0].Where, name)
		assert.Equal(t, before, table, name)
	}
	require.NoError(t, table.AddPlaces(full), "the last that the cell holds")
	var zero union.Table
	require.ErrorIs(t, zero.AddPlaces(0), union.ErrMissing)
	require.NoError(t, zero.AddPlaces())
	_, err = union.Layout{}.Place()
	require.ErrorIs(t, err, union.ErrMissing)
	_, err = layout.Place(1, 1)
	require.ErrorIs(t, err, union.ErrRange)
}

func TestCountingPlacesAllocatesNothing(t *testing.T) {
	table := fairLayout().Table()
	places := []union.Place{0, 1, 2, 23}
	assert.Zero(t, testing.AllocsPerRun(100, func() { _ = table.AddPlaces(places...) }))
}
