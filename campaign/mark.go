package campaign

import (
	"errors"
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// ErrPresent refuses study made up by a member who was present: there is nothing
// to make up.
var ErrPresent = errors.New("made up although present")

// A Mark says how a member stood at a session. The zero Mark is not one: nothing
// is recorded, which is neither presence nor absence.
type Mark uint8

// The marks.
const (
	Present Mark = iota + 1
	Excused      // away with leave (请假)
	Absent       // away without leave (缺勤)
)

var markTexts = [...]string{"", "present", "excused", "absent"}

// String returns "present", "excused", "absent" or, for any other value,
// its number, as in "Mark(9)".
func (m Mark) String() string {
	if m.known() {
		return markTexts[m]
	}
	return "Mark(" + strconv.Itoa(int(m)) + ")"
}

// MarshalText writes the mark as String does. A value that is none is
// [union.ErrUnknown].
func (m Mark) MarshalText() ([]byte, error) {
	if !m.known() {
		return nil, union.NewFault(union.ErrUnknown, "", m.String(), wantMark)
	}
	return []byte(markTexts[m]), nil
}

// UnmarshalText reads what MarshalText writes; any other text is [union.ErrUnknown]
// and leaves m unchanged.
func (m *Mark) UnmarshalText(text []byte) error {
	at := slices.Index(markTexts[1:], string(text))
	if at < 0 {
		return union.NewFault(union.ErrUnknown, "", quote.Key(string(text)), wantMark)
	}
	*m = Mark(at + 1)
	return nil
}

func (m Mark) known() bool { return m > 0 && int(m) < len(markTexts) }

const wantMark = "present, excused or absent"
