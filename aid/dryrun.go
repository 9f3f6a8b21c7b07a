package aid

import (
	"strings"

	"github.com/unioncampaign/union"
)

// A DryRun is what a changed standard would do to households: which come in, which
// fall out, and which get another category, in the order in which they were given.
// Nothing is changed by it.
type DryRun struct {
	Enter []Crossing
	Leave []Crossing
	Move  []Crossing // from one category to one of another key
	// Stay is how many keep their category, Out how many are in none before or
	// after.
	Stay, Out int64
	// Unjudged are households that a standard cannot judge: by a cause, a kind of
	// item or an exclusion that it does not list, or because not all is known that
	// decides. They are counted nowhere else.
	Unjudged []union.Finding
}

// A Crossing is a household whose judgement a changed standard changes: the keys of
// its categories, empty for none, and the verdict under the changed standard.
type Crossing struct {
	Household string
	Unit      string
	Before    string
	After     string
	Verdict   union.Verdict
}

// DryRun judges households under the standard on one day and under a changed one
// on another, on which that is in force. It reports the first of these faults:
//   - [union.ErrMissing], of the zero Standard, and [union.ErrRange], on a day on
//     which it is not in force;
//   - the same of the changed standard and its day.
//
// A household that cannot be judged is listed and does not end the run.
func (s Standard) DryRun(on union.Date, changed Standard, then union.Date, households []Household) (DryRun, error) {
	if err := s.inForce(on); err != nil {
		return DryRun{}, err
	}
	if err := changed.inForce(then); err != nil {
		return DryRun{}, union.Within("changed", err)
	}
	var run DryRun
	for i, household := range households {
		at := union.Indexed("households", i)
		before, err := s.Judge(household, on)
		if err != nil {
			run.unjudged(at, err)
			continue
		}
		after, err := changed.Judge(household, then)
		if err != nil {
			run.unjudged(at+".changed", err)
			continue
		}
		if before.Standing == union.Unknown || after.Standing == union.Unknown {
			run.Unjudged = append(run.Unjudged, union.Finding{Where: at, Rule: "all that decides is known", Got: "not all is"})
			continue
		}
		run.add(Crossing{
			Household: household.Key, Unit: household.Unit,
			Before: before.Answer, After: after.Answer, Verdict: after,
		})
	}
	return run, nil
}

// unjudged lists the faults of a household.
func (r *DryRun) unjudged(where string, err error) {
	for _, fault := range union.Faults(err) {
		finding := fault.Finding
		finding.Where = strings.TrimSuffix(where+"."+finding.Where, ".")
		r.Unjudged = append(r.Unjudged, finding)
	}
}

func (r *DryRun) add(c Crossing) {
	switch {
	case c.Before == "" && c.After == "":
		r.Out++
	case c.Before == "":
		r.Enter = append(r.Enter, c)
	case c.After == "":
		r.Leave = append(r.Leave, c)
	case c.Before != c.After:
		r.Move = append(r.Move, c)
	default:
		r.Stay++
	}
}
