//go:build !race

package laws_test

import (
	"encoding/binary"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union/internal/laws"
)

// hoard takes what it reads as a promise of memory.
type hoard struct{}

func (*hoard) Merge(hoard) error { return nil }

func (hoard) AppendBinary(data []byte) ([]byte, error) { return data, nil }

func (*hoard) UnmarshalBinary(data []byte) error {
	kept = make([]byte, 1<<20)
	return fmt.Errorf("%d bytes of what nobody wrote", len(data))
}

// kept keeps what was allocated from being left out.
var kept []byte

func TestTheBoundIsEightTimesALongInput(t *testing.T) {
	long := make([]byte, 64<<10)
	takes := func(times int) laws.Ops[urn] {
		return twin(func(ops *laws.Ops[urn]) {
			ops.Read = func(*urn, []byte) error {
				kept = make([]byte, times*len(long))
				return nil
			}
		})
	}
	require.NoError(t, laws.Bounded(takes(8), long))
	require.Error(t, laws.Bounded(takes(9), long))
	assert.Len(t, kept, 9*len(long))
}

func TestOnlyAShortInputHasLeeway(t *testing.T) {
	takes := func(bytes int) laws.Ops[urn] {
		return twin(func(ops *laws.Ops[urn]) {
			ops.Read = func(*urn, []byte) error {
				kept = make([]byte, bytes)
				return nil
			}
		})
	}
	short, long := make([]byte, 1<<10), make([]byte, 64<<10)
	require.NoError(t, laws.Bounded(takes(12<<10), short), "eight times 1 KiB, and 4")
	require.Error(t, laws.Bounded(takes(13<<10), short))
	require.Error(t, laws.Bounded(takes(8*len(long)+8<<10), long), "an eighth of it more would be 64 KiB: none is given")
	require.Error(t, laws.TryReadings(short, laws.ReadingOf[hoard]()), "a reader that refuses, but only after it took memory")
}

func TestOneReaderOfManyThatTakesMemoryIsFound(t *testing.T) {
	readings := slices.Repeat([]laws.Reading{laws.ReadingOf[urn]()}, 30)
	require.NoError(t, laws.TryReadings(nil, readings...))
	for at := range readings {
		among := slices.Clone(readings)
		among[at] = laws.ReadingOf[hoard]()
		require.ErrorContains(t, laws.TryReadings(nil, among...), "reading 0 bytes", at)
	}
}

func TestInputsAreInflatedUpToALongOne(t *testing.T) {
	lengths := map[int]bool{}
	believed := false
	laws.Holds(t, laws.ReadsWithinBounds(drawUrn, twin(func(ops *laws.Ops[urn]) {
		read := ops.Read
		ops.Read = func(into *urn, data []byte) error {
			lengths[len(data)] = true
			for at := range min(len(data), 60) {
				if n, _ := binary.Uvarint(data[at:]); n > 50 && n == uint64(len(data)/18) {
					believed = true
				}
			}
			return read(into, data)
		}
	})))
	for length := range lengths {
		assert.True(t, length < 1<<10 || length == 1<<10 || length == 16<<10 || length == 64<<10, "%d bytes", length)
	}
	assert.Subset(t, lengths, map[int]bool{1 << 10: true, 16 << 10: true, 64 << 10: true})
	assert.True(t, believed, "a number of colours that the rest of the bytes could bear out")
}

func TestAReaderThatTrustsALengthIsRejected(t *testing.T) {
	laws.Rejects(t, laws.ReadsWithinBounds(drawUrn, twin(func(ops *laws.Ops[urn]) {
		read := ops.Read
		ops.Read = func(into *urn, data []byte) error {
			if n, size := binary.Uvarint(data[min(len(data), len("?laws.urn")+1+1+16):]); size > 0 && n < 1<<20 {
				into.balls = make(map[string]int64, n)
			}
			return read(into, data)
		}
	})))
}
