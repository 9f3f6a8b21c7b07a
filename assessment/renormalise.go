package assessment

// Renormalise says how a sum makes up for parts that do not apply. The zero
// value makes up for none: a part that does not apply is then an error.
type Renormalise uint8

// The ways to renormalise.
const (
	// ByWeight scales the other weights up to the whole weight.
	ByWeight Renormalise = iota + 1
	// ByMaximum scales the sum by the greatest sum of all parts over the
	// greatest sum of the parts that apply: full marks stay full marks.
	ByMaximum
	// LeftOut takes the sum of the parts that apply as it is: where parts are
	// extras that only some units can earn. It is no rule for a mean.
	LeftOut
)

var renormaliseTexts = [...]string{"", "by weight", "by maximum", "left out"}

// renormaliseTitles are the words of the field for the ways.
var renormaliseTitles = [...]string{"", "缺项按权重折算", "缺项按满分折算", "缺项不计"}

// String returns "by weight", "by maximum", "left out", or "Renormalise(9)" for
// any other value.
func (r Renormalise) String() string { return wordOf("Renormalise", renormaliseTexts[:], uint8(r)) }

// MarshalText writes the way as String does. A value that is none is
// [union.ErrUnknown].
func (r Renormalise) MarshalText() ([]byte, error) {
	return textOf("Renormalise", renormaliseTexts[:], uint8(r))
}

func (r Renormalise) known() bool { return hasWord(renormaliseTexts[:], uint8(r)) }

// UnmarshalText reads what MarshalText writes; any other text is [union.ErrUnknown]
// and leaves r unchanged.
func (r *Renormalise) UnmarshalText(text []byte) error {
	value, err := valueOf(renormaliseTexts[:], text)
	if err == nil {
		*r = Renormalise(value)
	}
	return err
}
