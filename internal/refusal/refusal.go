// Package refusal says why bytes are refused, be they a document or the binary form
// of a tally: a reader of the house reports it, and package union turns it into its
// one error type.
package refusal

import "strings"

// A Kind says what is wrong. The zero Kind is not one.
type Kind uint8

// The kinds of refusal.
const (
	Text     Kind = iota + 1 // not what the place holds, cut off, or not canonical
	Repeated                 // a member is given twice
	Unknown                  // another document or form, a later version, or a member that there is not
	Range                    // too long, too deep, too many, or a number that its place cannot hold
	Rule                     // counted under another rule
)

var kindTexts = [...]string{"", "cannot be read", "given more than once", "not known", "out of range", "made under another rule"}

// String returns the kind in words, and "" for a value that is none.
func (k Kind) String() string {
	if int(k) < len(kindTexts) {
		return kindTexts[k]
	}
	return ""
}

// An Error says what is wrong and where. Where is a path such as
// "items[2].weight", empty for all of a document, or the form of a tally. Cause is
// what the reader of a part said, if it was that one which refused.
type Error struct {
	Kind             Kind
	Where, Got, Want string
	Cause            error
}

// Error returns the error as one line.
func (e *Error) Error() string {
	var line strings.Builder
	if e.Where != "" {
		line.WriteString(e.Where + ": ")
	}
	line.WriteString(e.Kind.String())
	if e.Cause != nil {
		line.WriteString(": " + e.Cause.Error())
		return line.String()
	}
	between := ": "
	if e.Got != "" {
		line.WriteString(between + "got " + e.Got)
		between = ", "
	}
	if e.Want != "" {
		line.WriteString(between + "want " + e.Want)
	}
	return line.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }
