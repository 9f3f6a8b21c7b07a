//go:build !race

package laws_test

import (
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union/internal/laws"
)

func TestTheBoundIsEightTimesALongInput(t *testing.T) {
	long := make([]byte, 64<<10)
	var kept []byte
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
