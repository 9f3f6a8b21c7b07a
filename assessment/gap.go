package assessment

import "github.com/unioncampaign/union"

// A Gap is how far a unit stands from an exemplar by one indicator. The zero Gap
// is not known.
type Gap struct {
	Indicator  string        `json:"indicator"`
	Known      bool          `json:"known"`             // both figures are known
	Difference union.Number  `json:"difference"`        // own less the exemplar's, in the indicator's own unit
	Percent    *union.Number `json:"percent,omitempty"` // of the base that the comparison names; nil: unknown, or over nothing
	Ahead      int           `json:"ahead"`             // 1: own is better; 0: level or unknown; -1: own is behind
}

// A GapBase names what a gap in percent is a percentage of. The zero GapBase is
// not one.
type GapBase uint8

// The bases of a gap.
const (
	OfExemplar GapBase = iota + 1 // the exemplar's figure
	OfOwn                         // the unit's own figure
)

var gapBaseTexts = [...]string{"", "exemplar", "own"}

var gapBaseTitles = [...]string{"", "标杆数", "本单位数"}

// String returns "exemplar", "own", or "GapBase(9)" for any other value.
func (b GapBase) String() string { return wordOf("GapBase", gapBaseTexts[:], uint8(b)) }

// Title returns the Chinese word for the base, or an empty text.
func (b GapBase) Title() string { return titleAt(gapBaseTitles[:], uint8(b)) }

// MarshalText writes the base as String does. A value that is none is
// [union.ErrUnknown].
func (b GapBase) MarshalText() ([]byte, error) {
	return textOf("GapBase", gapBaseTexts[:], uint8(b))
}

func (b GapBase) known() bool { return hasWord(gapBaseTexts[:], uint8(b)) }

// UnmarshalText reads what MarshalText writes; any other text is [union.ErrUnknown]
// and leaves b unchanged.
func (b *GapBase) UnmarshalText(text []byte) error {
	value, err := valueOf(gapBaseTexts[:], text)
	if err == nil {
		*b = GapBase(value)
	}
	return err
}
