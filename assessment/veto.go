package assessment

import (
	"strconv"

	"github.com/unioncampaign/union"
)

// A Veto is what a fact does to a score, whatever the marks (一票否决).
type Veto struct {
	Fact   string `json:"fact"`             // the key that a record's Facts name
	Title  string `json:"title"`            // the official wording
	Effect Effect `json:"effect"`           // what it does
	Grades int    `json:"grades,omitempty"` // for Lower: by how many grades
}

// An Effect is what a veto does. The zero Effect is not one.
type Effect uint8

// The effects.
const (
	Zero  Effect = iota + 1 // the total becomes zero, and the award is barred
	Lower                   // the grade is lowered; the score stands, and so does the award
	Bar                     // score and grade stand, and the award is barred
)

var effectTexts = [...]string{"", "zero", "lower", "bar"}

// String returns "zero", "lower", "bar", or "Effect(9)" for any other value.
func (e Effect) String() string { return wordOf("Effect", effectTexts[:], uint8(e)) }

// MarshalText writes the effect as String does. A value that is none is
// [union.ErrUnknown].
func (e Effect) MarshalText() ([]byte, error) {
	return textOf("Effect", effectTexts[:], uint8(e))
}

func (e Effect) known() bool { return hasWord(effectTexts[:], uint8(e)) }

// UnmarshalText reads what MarshalText writes; any other text is [union.ErrUnknown]
// and leaves e unchanged.
func (e *Effect) UnmarshalText(text []byte) error {
	value, err := valueOf(effectTexts[:], text)
	if err == nil {
		*e = Effect(value)
	}
	return err
}

// consequence says in the words of the field what the fact does.
func (v Veto) consequence() string {
	switch v.Effect {
	case Zero:
		return "得分归零，取消评优资格"
	case Lower:
		return "降低" + strconv.Itoa(v.Grades) + "个等次"
	case Bar:
	}
	return "取消评优资格"
}

// check notes what is wrong with the veto, but for its fact.
func (v Veto) check(f *union.FaultList, where string, graded bool) {
	f.Given(where+".title", v.Title)
	switch {
	case v.Effect == 0:
		f.Add(union.ErrMissing, where+".effect", "", "")
	case !v.Effect.known():
		f.Add(union.ErrUnknown, where+".effect", v.Effect.String(), "zero, lower or bar")
	case v.Effect != Lower && v.Grades != 0:
		f.Add(union.ErrRange, where+".grades", strconv.Itoa(v.Grades), "none unless a grade is lowered")
	case v.Effect == Lower && v.Grades < 1:
		f.Add(union.ErrRange, where+".grades", strconv.Itoa(v.Grades), "1 or more")
	case v.Effect == Lower && !graded:
		f.Add(union.ErrMissing, where+".effect", v.Effect.String(), "a scheme with grades")
	}
}
