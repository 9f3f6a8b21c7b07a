package assessment

import (
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// hasWord reports whether a value is one of those with a word. The first word is
// that of zero, which is empty.
func hasWord(words []string, value uint8) bool { return value > 0 && int(value) < len(words) }

// wordOf returns the word of a value, or its number, as in "Ties(9)".
func wordOf(kind string, words []string, value uint8) string {
	if hasWord(words, value) {
		return words[value]
	}
	return kind + "(" + strconv.Itoa(int(value)) + ")"
}

// textOf returns the word of a value, and refuses one that has none.
func textOf(kind string, words []string, value uint8) ([]byte, error) {
	if !hasWord(words, value) {
		return nil, union.NewFault(union.ErrUnknown, "", wordOf(kind, words, value), wanted(words))
	}
	return []byte(words[value]), nil
}

// valueOf returns the value of a word, and refuses any other text.
func valueOf(words []string, text []byte) (uint8, error) {
	for value := range words {
		if hasWord(words, uint8(value)) && words[value] == string(text) {
			return uint8(value), nil
		}
	}
	return 0, union.NewFault(union.ErrUnknown, "", quote.Key(string(text)), wanted(words))
}

// wanted names the words that could have been given.
func wanted(words []string) string { return "one of: " + strings.Join(words[1:], ", ") }

// titleAt returns the title of a value, or an empty text if it has none.
func titleAt(titles []string, value uint8) string {
	if int(value) < len(titles) {
		return titles[value]
	}
	return ""
}
