package competition

import (
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Target is a rate that the edition wants reached. Which rate it is is said by
// exactly one of Coverage and Participation. In holds the shares that meet it:
// "[0.9,)" is met by 90% itself. The key is unique within its edition.
type Target struct {
	Key           string           `json:"key"`
	Title         string           `json:"title"`
	Coverage      *CoverageOf      `json:"coverage,omitempty"`
	Participation *ParticipationOf `json:"participation,omitempty"`
	In            union.Interval   `json:"in"`
}

// CoverageOf asks for the share of the firms of a base that entered.
type CoverageOf struct {
	Base string `json:"base"` // the key of a Base
}

// ParticipationOf asks for the share of the workers of a base that took part.
type ParticipationOf struct {
	Base    string  `json:"base"`    // the key of a Base
	Workers Workers `json:"workers"` // whose workers are the whole
}

func (t Target) clone() Target {
	if t.Coverage != nil {
		coverage := *t.Coverage
		t.Coverage = &coverage
	}
	if t.Participation != nil {
		participation := *t.Participation
		t.Participation = &participation
	}
	return t
}

// Workers says whose workers a participation rate is a share of. The zero
// Workers is neither and is refused. Its text is "entrants" or "firms".
type Workers uint8

// The two wholes of participation.
const (
	OfEntrants Workers = iota + 1 // the workers of the firms that entered
	OfFirms                       // the workers of all firms of the base
)

var workersTexts = [...]string{"", "entrants", "firms"}

// String returns "entrants", "firms", an empty text for the zero Workers, and
// "Workers(n)" for any other value.
func (w Workers) String() string {
	if int(w) < len(workersTexts) {
		return workersTexts[w]
	}
	return "Workers(" + strconv.Itoa(int(w)) + ")"
}

// MarshalText writes the text that UnmarshalText reads. A value that is neither
// is [union.ErrRange].
func (w Workers) MarshalText() ([]byte, error) {
	if w != OfEntrants && w != OfFirms {
		return nil, union.NewFault(union.ErrRange, "", w.String(), `"entrants" or "firms"`)
	}
	return []byte(w.String()), nil
}

// UnmarshalText reads "entrants" or "firms". Other text is [union.ErrUnknown]
// and leaves w unchanged.
func (w *Workers) UnmarshalText(text []byte) error {
	for _, whole := range []Workers{OfEntrants, OfFirms} {
		if string(text) == whole.String() {
			*w = whole
			return nil
		}
	}
	return union.NewFault(union.ErrUnknown, "", quote.Key(string(text)), `"entrants" or "firms"`)
}

// checkTarget reports, joined, what is wrong with the target.
func (e Edition) checkTarget(t Target) error {
	var faults union.FaultList
	if (t.Coverage == nil) == (t.Participation == nil) {
		faults.Add(union.ErrMissing, "coverage", "", "exactly one of coverage and participation")
	}
	if t.Coverage != nil {
		_, err := e.findBase(t.Coverage.Base)
		faults.Within("coverage", err)
	}
	if t.Participation != nil {
		_, err := e.findBase(t.Participation.Base)
		faults.Within("participation", err)
		if w := t.Participation.Workers; w != OfEntrants && w != OfFirms {
			faults.Add(union.ErrMissing, "participation.workers", w.String(), `"entrants" or "firms"`)
		}
	}
	if t.In.Equal(union.Interval{}) {
		faults.Add(union.ErrMissing, "in", "", "the shares that meet the target")
	}
	return faults.Err()
}
