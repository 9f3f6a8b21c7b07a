package union

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// unitsOf returns units with such keys.
func unitsOf(keys ...string) []treeUnit {
	units := make([]treeUnit, len(keys))
	for i, key := range keys {
		units[i].unit.Key = key
	}
	return units
}

func TestKeysThatLookAlikeAreToldApart(t *testing.T) {
	keys := []string{
		"1", "01", "001", "10", "11", "0", "00", "310000", "0310000", "31000", "999999999999999", "099999999999999", "000000000000000",
		"1000000000000000", "0000000000000000", strings.Repeat("9", 64), "31-000", "31000a", "a", "-", "１",
	}
	index := indexTree(unitsOf(keys...))
	for i, key := range keys {
		assert.Equal(t, UnitID(i+1), index.find(key), key)
	}
	for _, key := range []string{"", "2", "000", "31000-", ":", "/", "99999999999999", "9999999999999999", strings.Repeat("9", 63)} {
		assert.Zero(t, index.find(key), key)
	}
	assert.Zero(t, indexTree(nil).find("1"))
}

func TestCodesInARowAreFoundInAFewSteps(t *testing.T) {
	for name, from := range map[string]int{"counties": 100_000, "units": 100_000_000, "towns in steps of a thousand": 0} {
		t.Run(name, func(t *testing.T) {
			const n = 20_000
			keys := make([]string, n)
			for i := range keys {
				keys[i] = strconv.Itoa(from + i)
				if from == 0 {
					keys[i] = strconv.Itoa(310_000_000_000 + 1000*i)
				}
			}
			index := indexTree(unitsOf(keys...))
			for i, key := range keys {
				assert.Equal(t, UnitID(i+1), index.find(key))
			}
			assert.Less(t, len(index.other), n/100, "few lie too far")
			assert.LessOrEqual(t, n, len(index.slots)/4*3)
		})
	}
}

// Keys that were chosen to have like hashes are found all the same, and no search
// goes over all of them.
func TestCodesWithLikeHashesAreToldApart(t *testing.T) {
	var keys []string
	for n := 0; len(keys) < 200; n++ {
		key := strconv.Itoa(1_000_000 + n)
		code, _ := codeOf(key)
		if code*0x9e3779b97f4a7c15>>55 == 3 { // of 512 slots
			keys = append(keys, key)
		}
	}
	index := indexTree(unitsOf(keys...))
	assert.Len(t, index.slots, 512)
	assert.Len(t, index.other, 200-mostCodeSteps)
	for i, key := range keys {
		assert.Equal(t, UnitID(i+1), index.find(key), key)
	}
	assert.Zero(t, index.find("1"))
}
