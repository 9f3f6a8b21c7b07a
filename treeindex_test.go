package union

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// unitsOf returns units with such keys, none below another, and whether all keys are
// different.
func unitsOf(keys ...string) (*treeUnits, bool) {
	making := newTreeMaker(len(keys), 0)
	for _, key := range keys {
		making.text.WriteString(key + "title")
		making.add(len(key), len("title"), 0)
	}
	return making.made()
}

func TestAKeyOfDigitsIsANumberOfItsOwn(t *testing.T) {
	for key, want := range map[string]uint64{"0": 0x10, "9": 0x19, "00": 0x100, "310000": 0x1310000, "999999999999999": 0x1999999999999999} {
		code, exact := codeOf(key)
		assert.True(t, exact, key)
		assert.Equal(t, want, code, key)
	}
	for _, key := range []string{"", "1000000000000000", ":", "/", "1:", "a", "3100００"} {
		code, exact := codeOf(key)
		assert.False(t, exact, key)
		assert.Equal(t, hashOf(key), code, key)
		assert.NotZero(t, code>>63, key)
	}
	// Test vectors of FNV-1a by its authors, of which that of "fo" lacks the highest bit.
	for key, want := range map[string]uint64{"": 0xcbf29ce484222325, "a": 0xaf63dc4c8601ec8c, "foobar": 0x85944171f73967e8, "fo": 0x08985907b541d342 | 1<<63} {
		assert.Equal(t, want, hashOf(key), key)
	}
}

// indexed returns units with such keys, which are all different.
func indexed(t *testing.T, keys ...string) *treeUnits {
	t.Helper()
	units, ok := unitsOf(keys...)
	require.True(t, ok)
	for i, key := range keys {
		require.Equal(t, UnitID(i+1), units.find(key), key)
	}
	return units
}

func TestKeysThatLookAlikeAreToldApart(t *testing.T) {
	units := indexed(t,
		"1", "01", "001", "10", "11", "0", "00", "310000", "0310000", "31000", "999999999999999", "099999999999999", "000000000000000",
		"1000000000000000", "0000000000000000", strings.Repeat("9", 64), "31-000", "31000a", "a", "-", "１",
	)
	for _, key := range []string{"", "2", "000", "31000-", ":", "/", "99999999999999", "9999999999999999", strings.Repeat("9", 63)} {
		assert.Zero(t, units.find(key), key)
	}
	assert.Zero(t, indexed(t).find("1"))
}

func TestKeysInARowAreFoundInAFewSteps(t *testing.T) {
	for name, key := range map[string]func(i int) string{
		"counties":                     func(i int) string { return strconv.Itoa(100_000 + i) },
		"units":                        func(i int) string { return strconv.Itoa(100_000_000 + i) },
		"towns in steps of a thousand": func(i int) string { return strconv.Itoa(310_000_000_000 + 1000*i) },
		"texts":                        func(i int) string { return "unit-" + strconv.Itoa(i) },
		"credit codes":                 func(i int) string { return "91350100M000" + strconv.Itoa(100_000+i) },
	} {
		t.Run(name, func(t *testing.T) {
			const n = 20_000
			keys := make([]string, n)
			for i := range keys {
				keys[i] = key(i)
			}
			units := indexed(t, keys...)
			assert.Less(t, len(units.index.other), n/100, "few lie too far")
			assert.LessOrEqual(t, n, len(units.index.slots)/3*2)
		})
	}
}

// alike returns so many keys whose numbers point to one place of n slots and those
// beyond, and that begin so.
func alike(n, keys int, beginning string) []string {
	index := treeIndex{slots: make([]codeSlot, n+n/2+mostCodeSteps)}
	for i := range index.slots {
		index.slots[i].id = UnitID(i)
	}
	var found []string
	for i := 0; len(found) < keys && i < 1<<20; i++ {
		key := beginning + strconv.Itoa(i)
		if code, _ := codeOf(key); index.from(code)[0].id == 3 {
			found = append(found, key)
		}
	}
	return found
}

// Keys that were chosen to have like numbers are found all the same, and no search
// goes over all of them.
func TestKeysWithLikeNumbersAreToldApart(t *testing.T) {
	for _, beginning := range []string{"", "unit"} {
		keys := alike(200, 200, beginning)
		units := indexed(t, keys...)
		assert.Len(t, units.index.other, 200-mostCodeSteps)
		assert.True(t, slices.IsSortedFunc(units.index.other, func(a, b UnitID) int { return strings.Compare(units.key(a), units.key(b)) }))
		for _, key := range []string{"1", "unit", "unit1", "~"} {
			assert.Zero(t, units.find(key), key)
		}
	}
}

func TestAKeyOfTwoUnitsIsNoticed(t *testing.T) {
	crowded := alike(200, 199, "")
	for name, keys := range map[string][]string{
		"digits":                       {"1", "2", "1"},
		"a text":                       {"a", "b", "a"},
		"one that found its place":     append(slices.Clone(crowded), crowded[0]),
		"the last that found a place":  append(slices.Clone(crowded), crowded[mostCodeSteps-1]),
		"the first that found no more": append(slices.Clone(crowded), crowded[mostCodeSteps]),
		"the last that found no more":  append(slices.Clone(crowded), crowded[198]),
	} {
		_, ok := unitsOf(keys...)
		assert.False(t, ok, name)
	}
}

func TestAHashedKeyIsComparedAsText(t *testing.T) {
	units := indexed(t, "a", "b")
	for i := range units.index.slots {
		units.index.slots[i] = codeSlot{high: uint32(hashOf("c") >> 32), low: uint32(hashOf("c")), id: 1}
	}
	assert.Zero(t, units.find("c"), "a's place, with c's hash")
}

func TestFindingAllocatesNothing(t *testing.T) {
	const units = 500
	keys := make([][]byte, units)
	list := make([]Unit, units)
	for i := range keys {
		key := "u-" + strconv.Itoa(i)
		if i%2 == 0 {
			key = strconv.Itoa(100_000 + i)
		}
		keys[i], list[i] = []byte(key), Unit{Key: key, Title: "unit"}
	}
	day := MustParseDate("2010-05-04")
	hierarchy, err := NewHierarchy(Fact{On: day, Found: list})
	require.NoError(t, err)
	tree, err := hierarchy.On(day)
	require.NoError(t, err)
	assert.Zero(t, testing.AllocsPerRun(10, func() {
		for i, key := range keys {
			if id, err := tree.Find(string(key)); err != nil || id != UnitID(i+1) {
				panic("another unit")
			}
		}
	}))
}
