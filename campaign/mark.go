package campaign

import (
	"errors"
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

// String returns "present", "excused", "absent", an empty text for the zero Mark,
// and "Mark(9)" for one that is none.
func (m Mark) String() string {
	if int(m) < len(markTexts) {
		return markTexts[m]
	}
	return "Mark(" + strconv.Itoa(int(m)) + ")"
}

// MarshalText writes the mark as String does. One that is none is
// [union.ErrUnknown].
func (m Mark) MarshalText() ([]byte, error) {
	if int(m) >= len(markTexts) {
		return nil, union.NewFault(union.ErrUnknown, "mark", m.String(), wantMark)
	}
	return []byte(markTexts[m]), nil
}

// UnmarshalText reads what MarshalText writes; any other text is
// [union.ErrUnknown], and m is unchanged.
func (m *Mark) UnmarshalText(text []byte) error {
	for i, each := range markTexts {
		if string(text) == each {
			*m = Mark(i)
			return nil
		}
	}
	return union.NewFault(union.ErrUnknown, "mark", quote.Key(string(text)), wantMark)
}

const wantMark = "present, excused or absent"
