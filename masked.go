package union

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"unicode/utf8"
	"unique"
)

// masked holds a text that is shown only in part: what [Name], [IDNumber] and
// [CreditCode] share. Every way in which a program writes a value by itself
// writes the mask: fmt with any verb, log/slog, encoding/json, other encodings
// of text, and database/sql. Reveal is the one way out.
//
// The text is held by a handle and not as a string because fmt and slog print
// an unexported field of a struct without asking its methods: of a handle they
// print an address. It must be the handle of a string: fmt follows a pointer to
// a struct when a verb does not fit. Handles of equal texts are equal, so == is
// right.
type masked struct{ held unique.Handle[string] }

// maskEnd stands between the mask and the whole in what is held. Neither has it.
const maskEnd = "\n"

func hold(whole, mask string) masked {
	return masked{held: unique.Make(mask + maskEnd + whole)}
}

// parts returns the mask and the whole, which are empty in the zero value: the
// zero handle itself has no value and panics when asked.
func (m masked) parts() (mask, whole string) {
	if m.IsZero() {
		return "", ""
	}
	mask, whole, _ = strings.Cut(m.held.Value(), maskEnd)
	return mask, whole
}

// Reveal returns the whole text, and "" of the zero value. It is the one way to
// read it: what calls Reveal takes care of where the text goes.
func (m masked) Reveal() string {
	_, whole := m.parts()
	return whole
}

// IsZero reports whether there is no text.
func (m masked) IsZero() bool { return m == masked{} }

// String returns the masked text, and "" of the zero value.
func (m masked) String() string {
	mask, _ := m.parts()
	return mask
}

// Format writes the masked text, whatever the verb and the flags.
func (m masked) Format(state fmt.State, verb rune) {
	_, _ = fmt.Fprintf(state, fmt.FormatString(state, verb), m.String())
}

// LogValue returns the masked text for log/slog.
func (m masked) LogValue() slog.Value { return slog.StringValue(m.String()) }

// MarshalText returns the masked text, which cannot be read back. It never
// fails.
func (m masked) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// MarshalJSON writes the masked text as a JSON string, which cannot be read
// back.
func (m masked) MarshalJSON() ([]byte, error) { return json.Marshal(m.String()) }

// Value gives a database the masked text, and NULL of the zero value. A program
// that is to keep the whole text hands over what Reveal returns. It never fails.
func (m masked) Value() (driver.Value, error) {
	if m.IsZero() {
		return nil, nil
	}
	return m.String(), nil
}

// jsonText returns the text of a JSON string. Anything else is ErrText and is
// not quoted.
func jsonText(data []byte) (string, error) {
	var text string
	if _, ok := unquoted(data); !ok {
		return "", NewFault(ErrText, "", jsonKind(data), "a JSON string")
	}
	if json.Unmarshal(data, &text) != nil {
		return "", NewFault(ErrText, "", "broken JSON", "a JSON string")
	}
	return text, nil
}

// scannedText returns the text in a database's value; NULL is "".
func scannedText(src any) (string, error) {
	switch text := src.(type) {
	case nil:
		return "", nil
	case string:
		return text, nil
	case []byte:
		return string(text), nil
	}
	return "", unscannable(src)
}

// stars returns text, of one-byte characters, with all but the first and last
// few starred.
func stars(text string, first, last int) string {
	mask := []byte(text)
	for i := first; i < len(mask)-last; i++ {
		mask[i] = '*'
	}
	return string(mask)
}

// characterCount says how long a text is, in place of quoting it.
func characterCount(text string) string {
	return fmt.Sprintf("%d characters", utf8.RuneCountInString(text))
}
