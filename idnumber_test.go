package union_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
)

func TestIdentityNumbersAreReadAndMasked(t *testing.T) {
	for text, want := range map[string]struct{ whole, mask, birth string }{
		// The two examples that GB 11643-1999 prints.
		"11010519491231002X": {"11010519491231002X", "110105**********2X", "1949-12-31"},
		"440524188001010014": {"440524188001010014", "440524**********14", "1880-01-01"},
		// A small x, and the older form of the first example.
		"11010519491231002x": {"11010519491231002X", "110105**********2X", "1949-12-31"},
		"110105491231002":    {"11010519491231002X", "110105**********2X", "1949-12-31"},
	} {
		number, err := union.ParseIDNumber(text)
		require.NoError(t, err, text)
		assert.Equal(t, want.whole, number.Reveal())
		assert.Equal(t, want.mask, number.String())
		assert.Equal(t, union.MustParseDate(want.birth), number.Birth())
	}
	assert.True(t, union.IDNumber{}.Birth().IsZero())
}

func TestAnOlderNumberIsItsEqualOf18Characters(t *testing.T) {
	long, err := union.ParseIDNumber("11010519491231002X")
	require.NoError(t, err)
	short, err := union.ParseIDNumber("110105491231002")
	require.NoError(t, err)
	assert.Equal(t, long, short)
}

func TestTextsThatAreNoIdentityNumberAreRefused(t *testing.T) {
	for _, row := range []struct {
		reason   string
		text     string
		sentinel error
	}{
		{"nothing", "", union.ErrText},
		{"17 characters", "11010519491231002", union.ErrText},
		{"19 characters", "11010519491231002XX", union.ErrText},
		{"16 characters", "1101054912310021", union.ErrText},
		{"ten million characters", strings.Repeat("1", 10_000_000), union.ErrText},
		{"X before the end", "1101051949123100X2", union.ErrText},
		{"X at the end of an older number", "11010549123100X", union.ErrText},
		{"a letter", "11010519491231A02X", union.ErrText},
		{"a star", "110105**********2X", union.ErrText},
		{"full-width digits", "１１０１０５", union.ErrText},
		{"a place that begins with 0", "01010519491231002X", union.ErrText},
		{"the byte after nine", "1101051949123100:X", union.ErrText},
		{"the byte before zero", "1101051949123100/X", union.ErrText},
		{"a letter as check character", "11010519491231002A", union.ErrText},
		{"another check character", "110105194912310020", union.ErrText},
		{"two digits exchanged", "11015019491231002X", union.ErrText},
		{"31 November", "11010519491131002X", union.ErrRange},
		{"29 February of a common year", "110105194902290028", union.ErrRange},
		{"month 13", "11010519491331002X", union.ErrRange},
		{"month 0", "11010519490031002X", union.ErrRange},
		{"day 0", "11010519491200002X", union.ErrRange},
		{"year 0", "11010500001231002X", union.ErrRange},
		{"31 November in an older number", "110105491131002", union.ErrRange},
		{"an older number of a person a hundred years old", "110105491231996", union.ErrRange},
		{"the last of those serials", "110105491231999", union.ErrRange},
	} {
		number, err := union.ParseIDNumber(row.text)
		require.ErrorIs(t, err, row.sentinel, row.reason)
		assert.True(t, number.IsZero(), row.reason)
	}
	_, err := union.ParseIDNumber("110105491231995")
	require.NoError(t, err, "the serial before those")
}

// slowIDCheck is the rule as ISO 7064 has it: the characters from the right,
// each times a power of two, sum to 1 modulo 11.
func slowIDCheck(whole string) bool {
	sum := 0
	for i, character := range whole {
		value := strings.IndexRune("0123456789X", character)
		for range len(whole) - 1 - i {
			value = value * 2 % 11
		}
		sum += value
	}
	return sum%11 == 1
}

func TestOneCheckCharacterAgreesWithEachNumber(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		body := fmt.Sprintf("%06d%04d%02d%02d%03d",
			rapid.IntRange(100000, 999999).Draw(r, "place"), rapid.IntRange(1800, 2100).Draw(r, "year"),
			rapid.IntRange(1, 12).Draw(r, "month"), rapid.IntRange(1, 28).Draw(r, "day"), rapid.IntRange(0, 999).Draw(r, "serial"))
		accepted := 0
		for _, check := range "0123456789X" {
			_, err := union.ParseIDNumber(body + string(check))
			require.Equal(r, slowIDCheck(body+string(check)), err == nil)
			if err == nil {
				accepted++
			}
		}
		require.Equal(r, 1, accepted)
	})
}

func FuzzParseIDNumber(f *testing.F) {
	for _, seed := range []string{"11010519491231002X", "440524188001010014", "110105491231002", "11010519491231002x", "", "1101051949123100２"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		number, err := union.ParseIDNumber(text)
		if err != nil {
			assert.True(t, number.IsZero())
			return
		}
		whole := number.Reveal()
		assert.True(t, slowIDCheck(whole), whole)
		assert.Len(t, whole, 18)
		birth := strings.ReplaceAll(number.Birth().String(), "-", "")
		assert.Equal(t, birth, whole[6:14])
		again, err := union.ParseIDNumber(whole)
		require.NoError(t, err)
		assert.Equal(t, number, again)
		if len(text) == 18 {
			assert.Equal(t, strings.ToUpper(text), whole)
		} else {
			assert.Equal(t, text, whole[:6]+whole[8:17])
		}
	})
}
