package laws_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union/internal/laws"
	"github.com/unioncampaign/union/internal/wire"
)

// told is a test that fails without failing the one it runs in, and remembers
// what it was told.
type told struct {
	testing.TB
	lines []string
}

func (t *told) Helper() {}

func (t *told) Errorf(format string, args ...any) {
	t.lines = append(t.lines, fmt.Sprintf(format, args...))
}

// errEnded is what a failing test ends with.
var errEnded = errors.New("ended")

func (t *told) Fatal(args ...any) {
	t.lines = append(t.lines, fmt.Sprint(args...))
	panic(errEnded)
}

func (t *told) Fatalf(format string, args ...any) {
	t.Errorf(format, args...)
	panic(errEnded)
}

// toldBy returns what a test that fails tells.
func toldBy(test func(testing.TB)) []string {
	t := &told{}
	func() {
		defer func() {
			if cause := recover(); cause != nil && cause != any(errEnded) {
				panic(cause)
			}
		}()
		test(t)
	}()
	return t.lines
}

const urnFile = "testdata/wire/laws.urn.golden"

// writingGolden lets golden files be written until the test ends, in a folder of
// its own.
func writingGolden(t *testing.T) {
	t.Helper()
	t.Chdir(t.TempDir())
	require.NoError(t, flag.Set("write-wire", "true"))
	t.Cleanup(func() { assert.NoError(t, flag.Set("write-wire", "false")) })
}

func TestAGoldenFileIsWrittenWhenAskedFor(t *testing.T) {
	red := urn{rule: wire.Digest{1, 2, 3}, balls: map[string]int64{"red": 2}}
	missing := toldBy(func(t testing.TB) { laws.Golden(t, urn{rule: wire.Digest{9}}, red, red) })
	assert.Equal(t, []string{urnFile + " has 2 lines for 3 values: go test -write-wire writes it"}, missing)

	writingGolden(t)
	laws.Golden(t, red)
	require.NoError(t, flag.Set("write-wire", "false"))
	laws.Golden(t, red)
	kept, err := os.ReadFile(urnFile)
	require.NoError(t, err)
	assert.Equal(t, "086c6177732e75726e011001020300000000000000000000000000010372656402\n", string(kept))
}

func TestAGoldenFileThatCannotBeWrittenIsTold(t *testing.T) {
	writingGolden(t)
	require.NoError(t, os.WriteFile("testdata", nil, 0o600))
	assert.Len(t, toldBy(func(t testing.TB) { laws.Golden(t, urn{}) }), 1, "no folder")
	require.NoError(t, os.Remove("testdata"))
	require.NoError(t, os.MkdirAll(urnFile, 0o755))
	assert.Len(t, toldBy(func(t testing.TB) { laws.Golden(t, urn{}) }), 1, "a folder where the file should be")
	require.NoError(t, flag.Set("write-wire", "false"))
	assert.Len(t, toldBy(func(t testing.TB) { laws.Golden(t, urn{}) }), 1, "a folder where the file is")
}

func TestAGoldenFileThatDiffersIsToldByItsLine(t *testing.T) {
	writingGolden(t)
	red := func(n int64) urn { return urn{rule: wire.Digest{1}, balls: map[string]int64{"red": n}} }
	laws.Golden(t, red(1), red(2))
	require.NoError(t, flag.Set("write-wire", "false"))
	lines := toldBy(func(t testing.TB) { laws.Golden(t, red(1), red(3)) })
	require.Len(t, lines, 2)
	assert.Contains(t, lines[0], urnFile+", line 2: written as")
	assert.Contains(t, lines[1], urnFile+", line 2: the value, and what is kept of it differ")

	require.NoError(t, os.WriteFile(urnFile, []byte("00\n"), 0o600))
	lines = toldBy(func(t testing.TB) { laws.Golden(t, red(1)) })
	require.Len(t, lines, 3)
	assert.Contains(t, lines[1], urnFile+", line 1: laws.urn/1: not known")
	require.NoError(t, os.WriteFile(urnFile, []byte("no digits\n"), 0o600))
	lines = toldBy(func(t testing.TB) { laws.Golden(t, red(1)) })
	require.Len(t, lines, 1)
	assert.Contains(t, lines[0], filepath.Base(urnFile))
}

func TestACanaryIsFoundInEveryShape(t *testing.T) {
	for name, text := range map[string]string{
		"plain":                  "firm " + laws.CanaryFirm,
		"with spaces between":    "1101 0519 4912 3100 2X",
		"a part of it":           "born 19491231",
		"in hexadecimal digits":  fmt.Sprintf("%x", laws.CanaryName),
		"in capital digits":      fmt.Sprintf("%X", laws.CanaryName),
		"with spaces, as digits": fmt.Sprintf("% x", laws.CanaryName),
		"escaped":                fmt.Sprintf("%+q", laws.CanaryName),
		"as numbers":             fmt.Sprintf("%d", []byte(laws.CanaryID)),
		"as Go writes bytes":     fmt.Sprintf("%#v", []byte(laws.CanaryID)),
	} {
		assert.NotEmpty(t, laws.CanariesIn(text), name)
	}
	assert.Empty(t, laws.CanariesIn("欧阳* 1101**********002X"))
}
