package union_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
)

func TestAFaultListReportsAllThatItWasTold(t *testing.T) {
	var list union.FaultList
	require.NoError(t, list.Err(), "nothing is wrong yet")
	list.Given("title", "a title")
	list.Given("source", "")
	list.Within("rates", nil)
	list.Within("rates", union.Rounding{}.Check())
	list.Add(union.ErrRange, "quota", "0", "1 or more")
	faults := union.Faults(list.Err())
	require.Len(t, faults, 3)
	assert.Equal(t, "source: must be given", faults[0].Error())
	assert.Equal(t, "rates.mode", faults[1].Where)
	assert.Equal(t, "quota: out of range: got 0, want 1 or more", faults[2].Error())
}

func TestKeysAreCheckedAmongThoseSeen(t *testing.T) {
	for name, row := range map[string]struct {
		key      string
		sentinel error
	}{
		"a new key":                    {"large-firms_2", nil},
		"a Chinese key":                {"国有企业", nil},
		"a key of 64 bytes":            {strings.Repeat("k", 64), nil},
		"no key":                       {"", union.ErrMissing},
		"a key of 65 bytes":            {strings.Repeat("k", 65), union.ErrText},
		"a key with a dot":             {"large.firms", union.ErrText},
		"a key with a space":           {"large firms", union.ErrText},
		"a key that stands there":      {"first", union.ErrRepeated},
		"an identity number by chance": {"11010519491231002X", nil},
	} {
		t.Run(name, func(t *testing.T) {
			var list union.FaultList
			seen := map[string]bool{"first": true}
			list.Key("items[1].key", row.key, seen)
			assert.True(t, seen[row.key], "the key is noted")
			if row.sentinel == nil {
				require.NoError(t, list.Err())
				return
			}
			require.ErrorIs(t, list.Err(), row.sentinel)
			assert.Equal(t, "items[1].key", union.Faults(list.Err())[0].Where)
		})
	}
}

func ExampleFaultList() {
	var faults union.FaultList
	seen := map[string]bool{}
	for i, key := range []string{"safety", "health", "safety"} {
		faults.Key(union.Indexed("items", i)+".key", key, seen)
	}
	faults.Given("title", "")
	fmt.Println(faults.Err())
	fmt.Println(errors.Is(faults.Err(), union.ErrRepeated))
	// Output:
	// items[2].key: given more than once: got "safety", want a new key
	// title: must be given
	// true
}

func ExampleFaultList_Add() {
	var faults union.FaultList
	faults.Add(union.ErrRange, "quota", "0", "1 or more")
	fmt.Println(faults.Err())
	// Output: quota: out of range: got 0, want 1 or more
}

func ExampleFaultList_Within() {
	var faults union.FaultList
	_, err := union.ParseDate("2025-02-29")
	faults.Within("window.from", err)
	fmt.Println(errors.Is(faults.Err(), union.ErrRange))
	// Output: true
}

func ExampleFaultList_Given() {
	var faults union.FaultList
	faults.Given("source", "")
	fmt.Println(faults.Err())
	// Output: source: must be given
}

func ExampleFaultList_Key() {
	var faults union.FaultList
	faults.Key("key", "two words", map[string]bool{})
	fmt.Println(faults.Err())
	// Output: key: cannot be read: got "two words", want at most 64 bytes of letters, digits, - and _
}

func ExampleFaultList_Err() {
	var faults union.FaultList
	fmt.Println(faults.Err())
	// Output: <nil>
}

func ExampleIndexed() {
	fmt.Println(union.Indexed("items", 2) + ".weight")
	// Output: items[2].weight
}
