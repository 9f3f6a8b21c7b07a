package assessment

import "github.com/unioncampaign/union"

// A Decision is what an organisation makes of a recommendation: a vote, a score
// or a rank recommends, and never writes the final grade itself (不能简单地以票取人).
// It is recorded with who decided, when, and why, whether or not it follows what
// was recommended.
type Decision struct {
	Subject string     `json:"subject"` // the caller's token of whom it is about
	Grade   string     `json:"grade"`   // what is decided
	By      string     `json:"by"`      // the body that decides
	On      union.Date `json:"on"`
	Reason  string     `json:"reason"`
}

// Decide records a decision on what a verdict recommends. The verdict returned
// answers with the grade decided; its reasons are those of the recommendation,
// as they stood, and then the decision with its reason beside what was
// recommended. The recommendation itself is not changed.
//
// It reports the first fault, [union.ErrMissing] for a decision without a
// subject, a grade, a body, a day or a reason, and for a recommendation that
// judges nothing.
func (d Decision) Decide(recommended union.Verdict) (union.Verdict, error) {
	for _, field := range []struct{ name, value string }{
		{"subject", d.Subject}, {"grade", d.Grade}, {"by", d.By}, {"on", d.day()}, {"reason", d.Reason}, {"recommended", recommended.Question},
	} {
		if field.value == "" {
			return union.Verdict{}, union.NewFault(union.ErrMissing, field.name, "", "")
		}
	}
	followed := union.Met
	if recommended.Answer != d.Grade {
		followed = union.Exempt
	}
	reasons := append([]union.Reason(nil), recommended.Reasons...)
	return union.Verdict{
		Question: "decision on " + d.Subject + " by " + d.By + " on " + d.On.String(),
		Answer:   d.Grade,
		Standing: union.Met,
		Reasons: append(reasons, union.Reason{
			Finding:  union.Finding{Where: recommended.Question, Rule: d.Reason, Got: d.Grade, Want: recommendation(recommended)},
			Standing: followed,
		}),
	}, nil
}

// day returns the day of the decision as text, empty if there is none.
func (d Decision) day() string {
	if d.On.IsZero() {
		return ""
	}
	return d.On.String()
}

// recommendation says what a verdict recommends.
func recommendation(verdict union.Verdict) string {
	if verdict.Answer == "" {
		return "nothing recommended"
	}
	return verdict.Answer + " recommended"
}
