package competition

import (
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Whether answers a question about a firm: has it a union, is it above scale?
// The zero Whether means that the answer is not known, which is not a no. Its
// text is "yes", "no" or empty.
type Whether uint8

// The answers.
const (
	Yes Whether = iota + 1
	No
)

var whetherTexts = [...]string{"", "yes", "no"}

// String returns "yes", "no", an empty text where the answer is not known, and
// "Whether(n)" for a value that is no answer.
func (w Whether) String() string {
	if int(w) < len(whetherTexts) {
		return whetherTexts[w]
	}
	return "Whether(" + strconv.Itoa(int(w)) + ")"
}

// MarshalText writes the answer as String does. A value that is no answer is
// [union.ErrUnknown].
func (w Whether) MarshalText() ([]byte, error) {
	if w > No {
		return nil, union.NewFault(union.ErrUnknown, "", w.String(), `"yes", "no" or nothing`)
	}
	return []byte(w.String()), nil
}

// UnmarshalText reads what MarshalText writes; any other text is [union.ErrUnknown]
// and leaves w unchanged.
func (w *Whether) UnmarshalText(text []byte) error {
	for answer, known := range whetherTexts {
		if string(text) == known {
			*w = Whether(answer)
			return nil
		}
	}
	return union.NewFault(union.ErrUnknown, "", quote.Key(string(text)), `"yes", "no" or nothing`)
}
