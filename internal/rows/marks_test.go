package rows

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWhatMayEndAFieldIsMarked(t *testing.T) {
	for at := range blockSize {
		for char := range 256 {
			text := bytes.Repeat([]byte{'a'}, 2*blockSize)
			text[blockSize+at] = byte(char)
			switch marks := marksOf(text, blockSize); {
			case char == ',' || char == '\n' || char == '"':
				assert.Equal(t, uint64(1)<<at, marks, "%q at %d", char, at)
			case char >= '-':
				assert.Zero(t, marks, "%q at %d", char, at)
			}
			assert.Zero(t, marksOf(text, 0), "another block")
		}
	}
}

func TestAllIsMarkedAfterTheEndOfAText(t *testing.T) {
	for length := range blockSize {
		text := bytes.Repeat([]byte{'7'}, blockSize+length)
		assert.Equal(t, ^uint64(0)<<length, marksOf(text, blockSize), "%d bytes", length)
	}
	assert.Equal(t, ^uint64(0), marksOf(nil, 0))
	assert.Equal(t, ^uint64(0), marksOf([]byte("123"), 3*blockSize))
}

// What goes wrong here goes on for ever in a longer text.
func TestARowIsReadMarkByMark(t *testing.T) {
	long := strings.Repeat("x", blockSize+10)
	for text, want := range map[string][2]string{
		"a,b\n":                      {"a", "b"},
		"\"ab\",\"c\"\"d\"\n":        {"ab", `c"d`},
		long + "," + long[1:] + "\n": {long, long[1:]},
	} {
		reader := Read([]byte(text), 2)
		require.True(t, reader.Next(), text)
		assert.Equal(t, want, [2]string{string(reader.Field(0)), string(reader.Field(1))})
		assert.False(t, reader.Next())
		require.NoError(t, reader.Err())
	}
}
