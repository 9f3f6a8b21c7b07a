package assessment

import (
	"github.com/unioncampaign/union"
)

// A Placing says how places are numbered where units tie, and what a place is
// worth. The zero Placing leaves ties open and gives no points.
type Placing struct {
	Ties  Ties   `json:"ties,omitzero"`
	Worth []Step `json:"worth,omitempty"` // the points of a place, made of its number; none: no points, or in a scheme the place itself
}

// Ties says which places units have that nothing separates. The zero value
// leaves that open: such units stand as in Skip until a run-off or a lot decides.
type Ties uint8

// The ways.
const (
	Skip   Ties = iota + 1 // they share the best of their places: 1, 2, 2, 4
	Dense                  // the next after them follows at once: 1, 2, 2, 3
	Shared                 // numbered as in Skip; the points of their places are added and divided among them
)

var tiesTexts = [...]string{"", "skip", "dense", "shared"}

// tiesTitles are the words of the field for the ways.
var tiesTitles = [...]string{"并列待定", "并列占位", "并列不占位", "并列平分"}

// String returns "skip", "dense", "shared", or "Ties(9)" for any other value.
func (t Ties) String() string { return wordOf("Ties", tiesTexts[:], uint8(t)) }

// MarshalText writes the way as String does. A value that is none is
// [union.ErrUnknown].
func (t Ties) MarshalText() ([]byte, error) {
	return textOf("Ties", tiesTexts[:], uint8(t))
}

func (t Ties) known() bool { return hasWord(tiesTexts[:], uint8(t)) }

// UnmarshalText reads what MarshalText writes; any other text is [union.ErrUnknown]
// and leaves t unchanged.
func (t *Ties) UnmarshalText(text []byte) error {
	value, err := valueOf(tiesTexts[:], text)
	if err == nil {
		*t = Ties(value)
	}
	return err
}

// check notes what is wrong with the placing. Its steps know no items.
func (p Placing) check(f *union.FaultList, where string) {
	if p.Ties != 0 && !p.Ties.known() {
		f.Add(union.ErrUnknown, where+".ties", p.Ties.String(), "skip, dense or shared")
	}
	for i, step := range p.Worth {
		step.check(f, union.Indexed(where+".worth", i), known{})
	}
}

// numbered returns the way in which the places themselves are numbered.
func (t Ties) numbered() Ties {
	if t == Shared {
		return Skip
	}
	return t
}

// worth returns the points of one place. If told is not nil, each step is told
// there.
func (p Placing) worth(place int64, told func(step Step, from, to union.Number)) (union.Number, error) {
	points := union.Whole(place)
	for i, step := range p.Worth {
		after, err := step.apply(points, nil, known{})
		if err != nil {
			return points, union.Within(union.Indexed("worth", i), err)
		}
		if told != nil {
			told(step, points, after)
		}
		points = after
	}
	return points, nil
}

// points returns what each of so many units gets who tie from a place on.
func (p Placing) points(place, tied int64) (union.Number, error) {
	if p.Ties != Shared {
		return p.worth(place, nil)
	}
	var sum union.Number
	for i := range tied {
		points, err := p.worth(place+i, nil)
		if err != nil {
			return sum, err
		}
		sum = sum.Add(points)
	}
	return sum.Quo(union.Whole(tied))
}

// next returns the number of the place after so many units who tie.
func (p Placing) next(place, tied int64) int64 {
	if p.Ties == Dense {
		return place + 1
	}
	return place + tied
}
