package union

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Name is the name of a person, or of a donor who may be a firm. Whatever
// writes it by itself writes it masked: the first character, and a star for
// each other, as 王**; a name of one character is all star. It is read whole,
// and Reveal is the one way out. Names are compared with == and kept in maps;
// two persons may have equal names. The zero Name is no name.
//
// Only a tool that reads memory, such as a debugger or a printer that ignores
// methods and follows pointers, sees through the mask.
type Name struct{ masked }

// The longest name, in characters and in bytes. The second bounds the work on a
// text that is no name.
const (
	maxName      = 64
	maxNameBytes = maxName * utf8.UTFMax
)

// NewName returns the name that text is. It changes nothing in text, so 王明 and
// a name with a space in it are two names.
//
// It fails with the first of:
//   - [ErrMissing], if text is empty;
//   - [ErrRange], if it is longer than 64 characters;
//   - [ErrText], if it is not UTF-8, has a character that is not printable, a
//     space at either end, or a star, which only a masked name has.
//
// A fault does not quote text.
func NewName(text string) (Name, error) {
	length := utf8.RuneCountInString(text[:min(len(text), maxNameBytes+1)])
	switch {
	case text == "":
		return Name{}, NewFault(ErrMissing, "", "", "a name")
	case length > maxName || len(text) > maxNameBytes:
		return Name{}, NewFault(ErrRange, "", fmt.Sprintf("%d bytes", len(text)), fmt.Sprintf("at most %d characters", maxName))
	case !utf8.ValidString(text):
		return Name{}, NewFault(ErrText, "", "bytes that are not UTF-8", "a name")
	case strings.TrimSpace(text) != text:
		return Name{}, NewFault(ErrText, "", "a space at an end", "a name")
	case strings.ContainsAny(text, "*＊"):
		return Name{}, NewFault(ErrText, "", "a masked name", "a whole name")
	case strings.ContainsFunc(text, unfit):
		return Name{}, NewFault(ErrText, "", "a character that is not printable", "a name")
	}
	_, first := utf8.DecodeRuneInString(text)
	if length == 1 {
		first = 0
	}
	shown := text[:first]
	return Name{hold(text, shown+strings.Repeat("*", length-utf8.RuneCountInString(shown)))}, nil
}

// unfit reports whether a character has no place in a name. U+FFFD stands where
// a decoder lost a byte.
func unfit(character rune) bool {
	return !unicode.IsPrint(character) || character == utf8.RuneError
}

// MustNewName is [NewName] for literals: it panics where NewName fails.
func MustNewName(text string) Name {
	name, err := NewName(text)
	if err != nil {
		panic(err)
	}
	return name
}

// UnmarshalText reads a whole name as [NewName] does, and the empty text as the
// zero Name; n is unchanged on error.
func (n *Name) UnmarshalText(text []byte) error { return n.read(string(text), nil) }

// UnmarshalJSON reads a JSON string as UnmarshalText reads its text. null and
// any other value are [ErrText]; n is unchanged on error.
func (n *Name) UnmarshalJSON(data []byte) error { return n.read(jsonText(data)) }

// Scan reads a name from a database's string or bytes as UnmarshalText does, and
// NULL as the zero Name. Any other value is [ErrText]; n is unchanged on error.
func (n *Name) Scan(src any) error { return n.read(scannedText(src)) }

func (n *Name) read(text string, err error) error {
	var name Name
	if err == nil && text != "" {
		name, err = NewName(text)
	}
	if err != nil {
		return err
	}
	*n = name
	return nil
}
