package assessment

import (
	"encoding/json"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Mark is what one judge of a panel gave: a figure, or why there is none. A
// mark that is blank, void or not applicable is a state and never a figure: it
// leaves the panel before anything is trimmed, and the working tells it. The
// zero Mark is blank.
//
// As text it is the figure, "blank", "void" or "not applicable".
type Mark struct {
	Figure union.Number // only of a mark that is given
	State  MarkState
}

// A MarkState says whether a mark has a figure. The zero state is blank.
type MarkState uint8

// The states of a mark.
const (
	MarkBlank   MarkState = iota // left blank
	MarkGiven                    // it has a figure
	MarkVoid                     // set aside as void
	MarkExcused                  // does not apply: the judge withdrew (回避)
)

var markTexts = [...]string{"blank", "marked", "void", "not applicable"}

// markTitles are the words of the field for the states.
var markTitles = [...]string{"未打分", "有效", "无效", "回避"}

// MarkOf returns a mark of a figure.
func MarkOf(figure union.Number) Mark { return Mark{Figure: figure, State: MarkGiven} }

// String returns "blank", "marked", "void", "not applicable", or an empty text.
func (s MarkState) String() string { return titleAt(markTexts[:], uint8(s)) }

// String returns the figure exactly, or the state of a mark that has none.
func (m Mark) String() string {
	if m.State == MarkGiven {
		return m.Figure.String()
	}
	return m.State.String()
}

// MarshalText writes the mark as String does. A figure too long to be read back
// is what [union.Number.MarshalText] says.
func (m Mark) MarshalText() ([]byte, error) {
	if m.State == MarkGiven {
		return m.Figure.MarshalText()
	}
	return []byte(m.State.String()), nil
}

// UnmarshalText reads what MarshalText writes; any other text is
// [union.ErrText]. The mark is unchanged on error.
func (m *Mark) UnmarshalText(text []byte) error {
	for _, state := range []MarkState{MarkBlank, MarkVoid, MarkExcused} {
		if string(text) == state.String() {
			*m = Mark{State: state}
			return nil
		}
	}
	var figure union.Number
	if err := figure.UnmarshalText(text); err != nil {
		return err
	}
	*m = MarkOf(figure)
	return nil
}

// UnmarshalJSON reads the mark from a JSON string as UnmarshalText does; a bare
// number and null are [union.ErrText]. The mark is unchanged on error.
func (m *Mark) UnmarshalJSON(data []byte) error {
	var text *string
	if err := json.Unmarshal(data, &text); err != nil || text == nil {
		return union.NewFault(union.ErrText, "", quote.Key(string(data)), "a JSON string")
	}
	return m.UnmarshalText([]byte(*text))
}
