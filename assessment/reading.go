package assessment

import (
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Reading is a figure of a ballot by the name that the form's tests call it:
// what "those present over those entitled" is read off the counts.
type Reading struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	Votes Votes  `json:"votes"`
}

func (s FormSpec) checkReadings(f *union.FaultList) {
	seen := map[string]bool{}
	for i, reading := range s.Readings {
		where := union.Indexed("readings", i)
		checkNamed(f, where, reading.Key, reading.Title, seen)
		reading.Votes.check(f, where+".votes", s)
	}
	s.checkTests(f, "validity", s.Validity, ofBallot)
	for i, test := range s.Validity {
		for _, other := range s.Validity[:i] {
			if test.Item == other.Item {
				f.Add(union.ErrRepeated, union.Indexed("validity", i)+".item", quote.Key(test.Item), "one interval")
			}
		}
	}
}

// checkTests notes tests of what is no reading of the form, or is one that needs
// to know more of what is judged.
func (s FormSpec) checkTests(f *union.FaultList, where string, tests []Test, of scope) {
	for i, test := range tests {
		at := union.Indexed(where, i) + ".item"
		reading, ok := s.reading(test.Item)
		switch {
		case test.Item == "":
			f.Add(union.ErrMissing, at, "", "a reading of the form")
		case !ok:
			f.Add(union.ErrUnknown, at, quote.Key(test.Item), "a reading of the form")
		case reading.Votes.needs() > of:
			f.Add(union.ErrRange, at, quote.Key(test.Item), [...]string{"a reading that names its criterion, or a base", "a reading that says what it counts"}[of])
		}
	}
}

// reading returns the reading of a key.
func (s FormSpec) reading(key string) (Reading, bool) {
	for _, reading := range s.Readings {
		if reading.Key == key {
			return reading, true
		}
	}
	return Reading{}, false
}

// tried returns how a test of what is judged stands, and the figure tested.
func (f Form) tried(test Test, outcome Outcome, of seen) (union.Reason, figureRead) {
	reading, _ := f.spec.reading(test.Item)
	reason := union.Reason{Finding: test.finding(), Standing: union.Unknown}
	if test.Why == "" {
		reason.Rule = reading.Title
	}
	made, err := reading.Votes.read(f, outcome, of)
	if err != nil {
		fault := union.Faults(err)[0]
		reason.Got = fault.Where + " " + fault.Got
		return reason, made
	}
	reason.Got, reason.Standing = made.String(), standing(test.In.Contains(made.figure))
	return reason, made
}

// Valid judges whether a vote counts at all: by each of the form's tests, in
// order, such as that enough came and that no more papers were recovered than
// issued. A figure that nobody told leaves it unknown. A form without such tests
// holds every vote to be valid. It fails with [union.ErrRule] for an outcome of
// another form.
func (f Form) Valid(outcome Outcome) (union.Verdict, error) {
	if err := f.owns(outcome); err != nil {
		return union.Verdict{}, err
	}
	return f.valid(outcome), nil
}

func (f Form) valid(outcome Outcome) union.Verdict {
	var reasons []union.Reason
	for _, test := range f.spec.Validity {
		reason, _ := f.tried(test, outcome, seen{})
		reasons = append(reasons, reason)
	}
	return union.Judged("validity of the vote under "+f.spec.Key, reasons...)
}
