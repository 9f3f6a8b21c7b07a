package union

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
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

// Every byte in every place of a key of digits is told from a digit, whichever way the
// key is read.
func TestAnyByteInAKeyIsToldFromADigit(t *testing.T) {
	slow := func(key string) (code uint64, exact bool) {
		if strings.ContainsFunc(key, func(r rune) bool { return r < '0' || r > '9' }) {
			return hashOf(key), false
		}
		code, err := strconv.ParseUint("1"+key, 16, 64)
		require.NoError(t, err)
		return code, true
	}
	for length := 1; length <= 15; length++ {
		for at := range length {
			for char := range 256 {
				key := []byte("907856341290785")[:length]
				key[at] = byte(char)
				want, digits := slow(string(key))
				code, exact := codeOf(string(key))
				require.Equal(t, digits, exact, "%q", key)
				require.Equal(t, want, code, "%q", key)
			}
		}
	}
}

// indexed returns units with such keys, which are all different.
func indexed(t *testing.T, keys ...string) *treeUnits {
	t.Helper()
	units, ok := unitsOf(keys...)
	require.True(t, ok)
	for i, key := range keys {
		require.Equal(t, UnitID(i+1), findIn(units, key), key)
	}
	return units
}

func TestKeysThatLookAlikeAreToldApart(t *testing.T) {
	units := indexed(t,
		"1", "01", "001", "10", "11", "0", "00", "310000", "0310000", "31000", "999999999999999", "099999999999999", "000000000000000",
		"1000000000000000", "0000000000000000", strings.Repeat("9", 64), "31-000", "31000a", "a", "-", "１",
	)
	for _, key := range []string{"", "2", "000", "31000-", ":", "/", "99999999999999", "9999999999999999", strings.Repeat("9", 63)} {
		assert.Zero(t, findIn(units, key), key)
	}
	assert.Zero(t, findIn(indexed(t), "1"))
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
			assert.LessOrEqual(t, n, len(units.index.slots)/3*2+len(units.index.series.rows))
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
			assert.Zero(t, findIn(units, key), key)
		}
	}
}

// A series whose prefix points where too many others do already has no row: its units
// are in the table.
func TestSeriesThatPointToOnePlaceAreToldApart(t *testing.T) {
	const most = 100
	table := codeSeriesTable{series: make([]codeSeries, 2*most+mostCodeSteps)}
	for i := range table.series {
		table.series[i].row = uint32(i)
	}
	var keys []string
	for prefix, n := 1000, 0; n < most; prefix++ {
		if code, _ := codeOf(strconv.Itoa(prefix)); table.from(code)[0].row == 3 {
			for last := range leastInRow {
				keys = append(keys, fmt.Sprintf("%d%03d", prefix, 100+2*last))
			}
			n++
		}
	}
	units := indexed(t, keys...)
	assert.Len(t, units.index.series.rows, mostCodeSteps*(2*leastInRow-1))
	assert.Len(t, units.index.slots, (most-mostCodeSteps)*leastInRow*3/2+mostCodeSteps)
	for _, key := range keys[:2*leastInRow] {
		assert.Zero(t, findIn(units, key[:len(key)-1]+"1"), "beside %s", key)
	}
	assert.Zero(t, findIn(units, keys[0][:4]+"099"), "before a row")
	assert.Zero(t, findIn(units, keys[0][:4]+"115"), "after a row")
}

func TestASeriesIsWorthItsRoom(t *testing.T) {
	rows := func(keys ...string) int { return len(indexed(t, keys...).index.series.rows) }
	assert.Equal(t, 8, rows("5000", "5001", "5002", "5003", "5004", "5005", "5006", "5007"))
	assert.Zero(t, rows("5000", "5001", "5002", "5003", "5004", "5005", "5006"), "seven")
	assert.Equal(t, 24, rows("5000", "5001", "5002", "5003", "5004", "5005", "5006", "5023"), "a unit for three places")
	assert.Zero(t, rows("5000", "5001", "5002", "5003", "5004", "5005", "5006", "5024"))
	assert.Zero(t, rows("5000", "5001", "5002", "5003", "6004", "6005", "6006", "6007"), "of two prefixes")
	assert.Equal(t, 1000, rows(thousand("7")...), "from 000 to 999")
	assert.Equal(t, 190, rows(slices.Concat(digits(1), digits(2))...), "keys of one digit and two are a series")
}

// thousand returns all keys of a prefix and three digits.
func thousand(prefix string) (keys []string) {
	for _, last := range digits(3) {
		keys = append(keys, prefix+last)
	}
	return keys
}

// digits returns all keys of so many digits.
func digits(n int) (keys []string) {
	for i := range int(math.Pow10(n)) {
		keys = append(keys, fmt.Sprintf("%0*d", n, i))
	}
	return keys
}

func TestKeysAreFoundAsInAMap(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		part := rapid.SampledFrom([]string{"", "0", "1", "31", "310", "a"})
		key := rapid.Custom(func(r *rapid.T) string {
			return part.Draw(r, "a") + part.Draw(r, "b") + rapid.StringMatching("[0-3]{1,3}|[0-9]{1,15}").Draw(r, "last")
		})
		keys := rapid.SliceOfNDistinct(key, 0, 200, rapid.ID).Draw(r, "keys")
		units, ok := unitsOf(keys...)
		require.True(r, ok)
		want := map[string]UnitID{}
		for i, key := range keys {
			want[key] = UnitID(i + 1)
		}
		for _, key := range append(rapid.SliceOf(key).Draw(r, "asked"), keys...) {
			require.Equal(r, want[key], findIn(units, key), key)
			require.Equal(r, want[key], findIn(units, []byte(key)), key)
		}
		if len(keys) > 0 {
			_, ok := unitsOf(append(keys, rapid.SampledFrom(keys).Draw(r, "again"))...)
			require.False(r, ok)
		}
	})
}

func TestAKeyOfTwoUnitsIsNoticed(t *testing.T) {
	crowded := alike(200, 199, "")
	for name, keys := range map[string][]string{
		"digits":                       {"1", "2", "1"},
		"digits in a row":              {"3101", "3102", "3103", "3104", "3105", "3106", "3107", "3108", "3103"},
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
	assert.Zero(t, findIn(units, "c"), "a's place, with c's hash")
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
			if id, err := tree.FindBytes(key); err != nil || id != UnitID(i+1) {
				panic("another unit of bytes")
			}
		}
	}))
}
