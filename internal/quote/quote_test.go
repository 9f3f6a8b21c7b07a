package quote_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/unioncampaign/union/internal/quote"
)

func TestWhatMayBeAPersonsNumberIsNotShown(t *testing.T) {
	for name, row := range map[string]struct{ text, want string }{
		"a key":                               {"large-firms", `"large-firms"`},
		"a Chinese key":                       {"国有企业", `"国有企业"`},
		"nothing":                             {"", `""`},
		"a day":                               {"2010-05-04", `"2010-05-04"`},
		"ten digits":                          {"1234567890", `"1234567890"`},
		"eleven digits, as a telephone has":   {"13800138000", "a text of 11 characters"},
		"eleven nines":                        {"99999999999", "a text of 11 characters"},
		"eleven wide noughts":                 {"０００００００００００", "a text of 11 characters"},
		"eleven wide nines":                   {"９９９９９９９９９９９", "a text of 11 characters"},
		"an identity number":                  {"11010519491231002X", "a text of 18 characters"},
		"an identity number with spaces":      {"110105 19491231 002X", "a text of 20 characters"},
		"an identity number in wide digits":   {"１１０１０５１９４９１２３１００２Ｘ", "a text of 18 characters"},
		"a text of 64 bytes":                  {strings.Repeat("a", 64), `"` + strings.Repeat("a", 64) + `"`},
		"a text that is too long for a key":   {strings.Repeat("a", 65), "a text of 65 characters"},
		"control characters are made visible": {"a\nb", `"a\nb"`},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, row.want, quote.Key(row.text)) })
	}
}
