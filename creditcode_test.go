package union_test

import (
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
)

func TestCreditCodesAreReadAndMasked(t *testing.T) {
	for text, mask := range map[string]string{
		"91350100M000100Y43": "91************0Y43", // the example that GB 32100-2015 prints
		"91110000600037341L": "91************341L", // four firms' published codes
		"9144030071526726XG": "91************26XG",
		"91330100799655058B": "91************058B",
		"914403001922038216": "91************8216",
	} {
		code, err := union.ParseCreditCode(text)
		require.NoError(t, err, text)
		assert.Equal(t, text, code.Reveal())
		assert.Equal(t, mask, code.String())
	}
}

func TestTextsThatAreNoCreditCodeAreRefused(t *testing.T) {
	for reason, text := range map[string]string{
		"nothing":                       "",
		"17 characters":                 "91350100M000100Y4",
		"19 characters":                 "91350100M000100Y433",
		"ten million characters":        strings.Repeat("9", 10_000_000),
		"a small letter":                "91350100m000100Y43",
		"a letter that is not used":     "91350100I000100Y43",
		"a letter among the place":      "9135A100M000100Y43",
		"a letter at its first digit":   "91A50100M000100Y43",
		"a letter at its last digit":    "9135010AM000100Y43",
		"a star":                        "91************0Y43",
		"another check character":       "91350100M000100Y44",
		"a check character not allowed": "91350100M000100Y4Z",
		"two characters exchanged":      "91350100M001000Y43",
		"18 bytes of other characters":  "九一三五零一",
	} {
		code, err := union.ParseCreditCode(text)
		require.ErrorIs(t, err, union.ErrText, reason)
		assert.True(t, code.IsZero(), reason)
	}
}

const slowCreditCharacters = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// slowCreditCheck is the rule with whole powers of three: the weighted
// characters and the check character sum to 0 modulo 31.
func slowCreditCheck(code string) bool {
	sum := new(big.Int)
	for i, character := range code {
		weight := new(big.Int).Exp(big.NewInt(3), big.NewInt(int64(i)), nil)
		if i == 17 {
			weight = big.NewInt(1)
		}
		sum.Add(sum, weight.Mul(weight, big.NewInt(int64(strings.IndexRune(slowCreditCharacters, character)))))
	}
	return sum.Mod(sum, big.NewInt(31)).Sign() == 0
}

func TestOneCheckCharacterAgreesWithEachCode(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		body := rapid.StringMatching(`[1-9A-GY][1-9][0-9]{6}[0-9A-HJ-NP-RT-UW-Y]{9}`).Draw(r, "code")
		accepted := 0
		for _, check := range slowCreditCharacters {
			_, err := union.ParseCreditCode(body + string(check))
			require.Equal(r, slowCreditCheck(body+string(check)), err == nil)
			if err == nil {
				accepted++
			}
		}
		require.Equal(r, 1, accepted)
	})
}

func FuzzParseCreditCode(f *testing.F) {
	for _, seed := range []string{"91350100M000100Y43", "914403001922038216", "", "91350100m000100Y43", "九一三五零一"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		code, err := union.ParseCreditCode(text)
		if err != nil {
			assert.True(t, code.IsZero())
			return
		}
		assert.Equal(t, text, code.Reveal())
		assert.Empty(t, strings.Trim(text, slowCreditCharacters))
		assert.True(t, slowCreditCheck(text), text)
	})
}
