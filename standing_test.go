package union

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Room for units is made once, and for no more than there come.
func TestRoomIsMadeForTheUnitsOfAllFacts(t *testing.T) {
	on := MustParseDate("2010-01-01")
	facts := []Fact{
		{On: on, Found: []Unit{{Key: "p", Title: "P"}, {Key: "a", Title: "A", Parent: "p"}, {Key: "b", Title: "B", Parent: "p"}}},
		{On: on, Merge: &Merger{Units: []string{"a", "b"}, Into: Unit{Key: "c", Title: "C", Parent: "p"}}},
		{On: on, Split: &Division{Unit: "c", Into: []Heir{{Unit: Unit{Key: "d", Title: "D", Parent: "p"}}, {Unit: Unit{Key: "e", Title: "E"}}}}},
	}
	stands := standingAfter(facts, Date{})
	require.NoError(t, stands.faults.Err())
	assert.Len(t, stands.all, 6)
	assert.Equal(t, 6, cap(stands.all))
	assert.Equal(t, 6, mostUnits(facts))
}
