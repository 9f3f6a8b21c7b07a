package campaign

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/unioncampaign/union"
)

// longestKey is the most bytes that a key may have.
const longestKey = 64

// A keyring holds the keys seen so far, to find those left out, unreadable or
// given more than once.
type keyring map[string]bool

// ownKeys are the second parts of the figure keys that the package gives itself.
// A phase or a milestone that took one of them would give two figures one key.
var ownKeys = [...]string{
	"deployment", "group", "list", "lookback", "members", "notes", "reflections", "service", "study",
}

// newFigureKeys returns a keyring for keys that become the second part of a
// figure's key.
func newFigureKeys() keyring {
	keys := keyring{}
	for _, key := range ownKeys {
		keys[key] = true
	}
	return keys
}

// check reports a key that is missing, unreadable or was seen before.
func (k keyring) check(where, key string) error {
	if key == "" {
		return union.NewFault(union.ErrMissing, where, "", "a key")
	}
	if len(key) > longestKey || strings.ContainsFunc(key, notOfKey) {
		return union.NewFault(union.ErrText, where, "", "at most 64 lower-case letters, digits, - and _")
	}
	if k[key] {
		return union.NewFault(union.ErrRepeated, where, quote(key), "a new key")
	}
	k[key] = true
	return nil
}

func notOfKey(r rune) bool {
	return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '_'
}

// checkTitle reports a title that is missing.
func checkTitle(where, title string) error {
	if title == "" {
		return union.NewFault(union.ErrMissing, where, "", "a title")
	}
	return nil
}

// mostDigits is the most digits that a quoted key may have: a person's numbers
// have more.
const mostDigits = 10

// quote returns a key for a message. What is no key is not quoted, since what
// stands in a key's place by mistake may be a person's name or number.
func quote(key string) string {
	digits := strings.Count(strings.Map(digitsAlike, key), "0")
	if len(key) <= longestKey && digits <= mostDigits && !strings.ContainsFunc(key, notOfKey) {
		return strconv.Quote(key)
	}
	return "a text of " + strconv.Itoa(utf8.RuneCountInString(key)) + " characters"
}

// digitsAlike turns every digit into 0.
func digitsAlike(r rune) rune {
	if r >= '0' && r <= '9' {
		return '0'
	}
	return r
}
