package union_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
)

func ExampleNewFault() {
	err := union.NewFault(union.ErrRepeated, "funds[1].key", `"general"`, "a new key")
	fmt.Println(err)
	fmt.Println(errors.Is(err, union.ErrRepeated))
	// Output:
	// funds[1].key: given more than once: got "general", want a new key
	// true
}

func ExampleWithin() {
	err := union.NewFault(union.ErrMissing, "weight", "", "")
	fmt.Println(union.Within("items[2]", err))
	// Output: items[2].weight: must be given
}

func ExampleFaults() {
	_, err := union.NewCodes(union.CodesSpec{Rule: union.Rule{Key: "sectors", Version: "2010"}})
	for _, fault := range union.Faults(err) {
		fmt.Println(fault.Where)
	}
	// Output:
	// title
	// source
	// terms
}

func TestAFaultIsItsSentinel(t *testing.T) {
	for _, sentinel := range []error{
		union.ErrMissing, union.ErrText, union.ErrRange, union.ErrUnknown, union.ErrRepeated, union.ErrOrder, union.ErrHole,
		union.ErrOverlap, union.ErrRule, union.ErrOverflow, union.ErrUndefined, union.ErrMeasure, union.ErrGraph, union.ErrActor,
	} {
		fault := union.NewFault(sentinel, "where", "", "")
		require.ErrorIs(t, fault, sentinel)
		require.NotErrorIs(t, fault, errors.New(sentinel.Error()))
		require.EqualError(t, fault, "where: "+sentinel.Error())
	}
	require.ErrorIs(t, union.NewFault(nil, "", "", ""), union.ErrText)
}

func TestEveryFaultWithinAPlaceIsMoved(t *testing.T) {
	one, two := union.NewFault(union.ErrRange, "[0]", "1", "2"), union.NewFault(union.ErrMissing, "", "", "")
	other := errors.New("other")
	moved := union.Within("items", errors.Join(one, other, errors.Join(two)))
	require.EqualError(t, moved, "items[0]: out of range: got 1, want 2\nitems: other\nitems: must be given")
	require.ErrorIs(t, moved, union.ErrRange)
	require.ErrorIs(t, moved, union.ErrMissing)
	require.ErrorIs(t, moved, other)
	assert.Equal(t, "[0]", one.Where, "the fault itself stays as it was")
	require.NoError(t, union.Within("items", nil))
	assert.Equal(t, error(one), union.Within("", one))
}

func TestFaultsAreFoundHoweverTheyAreWrapped(t *testing.T) {
	one, two := union.NewFault(union.ErrRange, "a", "", ""), union.NewFault(union.ErrMissing, "b", "", "")
	err := fmt.Errorf("read: %w", errors.Join(one, errors.New("other"), fmt.Errorf("then: %w", two)))
	require.Equal(t, []*union.Fault{one, two}, union.Faults(err))
	assert.Empty(t, union.Faults(nil))
	assert.Empty(t, union.Faults(errors.New("other")))
}
