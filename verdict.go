package union

import "strconv"

// A Standing says how one rule of a judgement stands. The zero Standing is not
// one: a reason that does not say how it stands is a programming fault.
type Standing uint8

// The standings.
const (
	Met     Standing = iota + 1 // the rule holds
	Unmet                       // the rule does not hold
	Unknown                     // what would decide it is not known
	Exempt                      // the rule does not apply to this subject
)

var standingTexts = [...]string{"", "met", "unmet", "unknown", "exempt"}

// String returns "met", "unmet", "unknown", "exempt" or, for any other value, its
// number, as in "Standing(9)".
func (s Standing) String() string {
	if s.known() {
		return standingTexts[s]
	}
	return "Standing(" + strconv.Itoa(int(s)) + ")"
}

// MarshalText writes the standing as String does. A value that is none is
// [ErrUnknown].
func (s Standing) MarshalText() ([]byte, error) {
	if !s.known() {
		return nil, NewFault(ErrUnknown, "", s.String(), wantChoice(standingTexts[1:]))
	}
	return []byte(s.String()), nil
}

// UnmarshalText reads what MarshalText writes; any other text is [ErrUnknown]
// and leaves s unchanged.
func (s *Standing) UnmarshalText(text []byte) error {
	chosen, err := choose(text, standingTexts[1:])
	if err != nil {
		return err
	}
	*s = Standing(chosen + 1)
	return nil
}

func (s Standing) known() bool { return s >= Met && int(s) < len(standingTexts) }

// A Reason is one rule of a judgement and how it stands. What was got and
// wanted is told for rules that are met as well as for those that are not.
type Reason struct {
	Finding
	Standing Standing `json:"standing"`
}

// A Verdict is a judgement with every reason, in the order of the rules. It is
// a result: plain, and never an input. The zero Verdict judges nothing.
type Verdict struct {
	Question string   `json:"question"`         // what was judged, as "household H-0012 on 2010-05-01"
	Answer   string   `json:"answer,omitempty"` // the key of what was found: a category, a grade; empty if none
	Standing Standing `json:"standing"`         // Met only if the question is answered with yes
	Reasons  []Reason `json:"reasons"`
}

// Judged returns the verdict over reasons that must all hold: Unmet if any is
// unmet, else Unknown if any is unknown, else Met. Exempt reasons decide
// nothing, and no reason at all is Met.
func Judged(question string, reasons ...Reason) Verdict {
	standing := Met
	for _, reason := range reasons {
		switch {
		case reason.Standing == Unmet:
			standing = Unmet
		case reason.Standing != Met && reason.Standing != Exempt && standing == Met:
			standing = Unknown
		}
	}
	return Verdict{Question: question, Standing: standing, Reasons: reasons}
}

// Holds reports whether the verdict's standing is Met.
func (v Verdict) Holds() bool { return v.Standing == Met }

// Failed returns the findings of the reasons that are unmet or unknown, in order.
func (v Verdict) Failed() []Finding {
	var failed []Finding
	for _, reason := range v.Reasons {
		if reason.Standing != Met && reason.Standing != Exempt {
			failed = append(failed, reason.Finding)
		}
	}
	return failed
}
