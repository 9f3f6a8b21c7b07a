package competition

import "github.com/unioncampaign/union"

// An Objection is what somebody holds against a candidate while it is on public
// notice (公示异议). One that is not settled yet leaves the candidate undecided; one
// that is upheld takes it off the list, and the next in rank moves up when the
// list is made again.
type Objection struct {
	Raised  union.Date `json:"raised"`
	Settled union.Date `json:"settled,omitzero"` // zero: not yet
	Upheld  bool       `json:"upheld,omitempty"`
	Reason  string     `json:"reason,omitempty"` // what it says, without a person's name
}

// checkObjection reports the first fault of an objection.
func (o Objection) check() error {
	switch {
	case o.Raised.IsZero():
		return union.NewFault(union.ErrMissing, "raised", "", "a day")
	case !o.Settled.IsZero() && o.Settled.Before(o.Raised):
		return union.NewFault(union.ErrOrder, "settled", o.Settled.String(), o.Raised.String()+" or later")
	case o.Upheld && o.Settled.IsZero():
		return union.NewFault(union.ErrMissing, "settled", "", "the day on which it was upheld")
	}
	return nil
}

// objections says how the objections known on a day stand.
func objections(list []Objection, on union.Date) union.Reason {
	made := reason(union.Met, "objections", "公示无异议或异议不成立", "", "")
	for _, each := range list {
		switch {
		case each.Raised.After(on):
		case each.Settled.IsZero() || each.Settled.After(on):
			if made.Standing == union.Met {
				made.Standing, made.Got = union.Unknown, "异议待查"
			}
		case each.Upheld:
			made.Standing, made.Got = union.Unmet, "异议成立"
		}
	}
	return made
}
