package aid

import (
	"slices"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// donationDayDocument names the JSON of a DonationDay.
const donationDayDocument = "aid.donation_day/1"

// A DonationDaySpec describes a donation day for workers in difficulty
// (救助困难职工捐款日) as the notice on it does: on which days gifts count, up to
// which the list is counted, which units are asked, and what is suggested.
// Giving is voluntary: a tariff is a suggestion and nothing is refused for it.
type DonationDaySpec struct {
	union.Rule
	Days union.Period `json:"days"` // on which gifts count; an open end is allowed
	// CutOff is the last day whose gifts are in the figures; later ones are counted
	// apart. Zero: all are in the figures.
	CutOff union.Date `json:"cut_off,omitzero"`
	// Units are those that are asked, in the order of the list.
	Units  []union.Term `json:"units"`
	Tariff []TariffStep `json:"tariff,omitempty"`
	// Wan is how amounts are printed in 万元, Rate how rates are in percent, and
	// Capitals how the total is written in uppercase numerals.
	Wan      union.Rounding `json:"wan"`
	Rate     union.Rounding `json:"rate"`
	Capitals union.Capitals `json:"capitals"`
}

// A TariffStep is what is suggested to those of a rank.
type TariffStep struct {
	Key    string      `json:"key"`
	Title  string      `json:"title"`
	Amount union.Money `json:"amount"`
}

// A DonationDay is a checked DonationDaySpec. It never changes. The zero
// DonationDay asks no unit; every gift is a fault under it.
type DonationDay struct {
	spec  DonationDaySpec
	id    union.RuleID
	units union.Codes
}

// NewDonationDay returns the donation day that spec describes. It reports all
// the faults it finds, joined, each placed in spec:
//   - [union.ErrMissing], for a key, version, title, source, day, unit, title of a
//     unit or of a step, rounding or style of capitals that is not given;
//   - [union.ErrRange], for a cut-off that is none of the days, a suggested amount
//     that is not above zero, and places that no rounding has;
//   - [union.ErrText], for a step's key that is not of letters, digits, - and _;
//   - [union.ErrRepeated], for a key given twice;
//   - [union.ErrUnknown], for a mode or style that is none;
//   - what [union.NewCodes] reports of the units;
//   - those of [union.IdentifyRule], such as [union.ErrText] for text that is not
//     UTF-8.
func NewDonationDay(spec DonationDaySpec) (DonationDay, error) {
	d := DonationDay{spec: spec.clone()}
	var faults union.FaultList
	faults.Within("", d.spec.Check())
	d.spec.checkDays(&faults)
	d.spec.checkTariff(&faults)
	faults.Within("wan", d.spec.Wan.Check())
	faults.Within("rate", d.spec.Rate.Check())
	if _, err := d.spec.Capitals.MarshalText(); err != nil {
		faults.Within("capitals", err)
	}
	d.units = d.spec.roster(&faults)
	err := faults.Err()
	if err != nil {
		return DonationDay{}, err
	}
	if d.id, err = union.IdentifyRule(donationDayDocument, d.spec); err != nil {
		return DonationDay{}, err
	}
	return d, nil
}

// roster returns the units as Codes, which check them.
func (s DonationDaySpec) roster(faults *union.FaultList) union.Codes {
	units, err := listOf(s.Rule, "units", s.Units)
	for _, fault := range union.Faults(err) {
		place, ofTerms := strings.CutPrefix(fault.Where, "terms")
		if !ofTerms {
			continue // it is the day's own, and reported there
		}
		moved := *fault
		moved.Where = "units" + place
		faults.Within("", &moved)
	}
	return units
}

func (s DonationDaySpec) checkDays(faults *union.FaultList) {
	if s.Days.IsZero() {
		faults.Add(union.ErrMissing, "days", "", "")
	} else if !s.CutOff.IsZero() && !s.Days.Contains(s.CutOff) {
		faults.Add(union.ErrRange, "cut_off", s.CutOff.String(), "a day in "+s.Days.String())
	}
}

func (s DonationDaySpec) checkTariff(faults *union.FaultList) {
	seen := map[string]bool{}
	for i, step := range s.Tariff {
		at := union.Indexed("tariff", i)
		faults.Key(at+".key", step.Key, seen)
		faults.Given(at+".title", step.Title)
		if step.Amount.Sign() <= 0 {
			faults.Add(union.ErrRange, at+".amount", step.Amount.String(), "above 0.00")
		}
	}
}

func (s DonationDaySpec) clone() DonationDaySpec {
	s.Units, s.Tariff = slices.Clone(s.Units), slices.Clone(s.Tariff)
	return s
}

// late reports whether a day is after the cut-off.
func (d DonationDay) late(day union.Date) bool {
	return !d.spec.CutOff.IsZero() && day.After(d.spec.CutOff)
}

// ID returns the identity of the donation day.
func (d DonationDay) ID() union.RuleID { return d.id }

// Rule returns what the donation day says of itself.
func (d DonationDay) Rule() union.Rule { return d.spec.Rule }

// Spec returns a copy of what the donation day was made from.
func (d DonationDay) Spec() DonationDaySpec { return d.spec.clone() }

// Units returns the units that are asked; their codes are those of [CodedGift].
func (d DonationDay) Units() union.Codes { return d.units }

// Tariff returns what is suggested to those of a rank. A rank that the tariff
// does not have is [union.ErrUnknown].
func (d DonationDay) Tariff(rank string) (union.Money, error) {
	for _, step := range d.spec.Tariff {
		if step.Key == rank {
			return step.Amount, nil
		}
	}
	return union.Money{}, union.NewFault(union.ErrUnknown, "rank", quote.Key(rank), "a rank of the tariff")
}

// MarshalJSON writes the day as a document "aid.donation_day/1". The zero
// DonationDay cannot be written, since it has no rounding.
func (d DonationDay) MarshalJSON() ([]byte, error) {
	return union.WriteRule(donationDayDocument, d.spec)
}

// UnmarshalJSON reads a document "aid.donation_day/1" with the faults of
// [union.ReadRule], and checks it as [NewDonationDay] does. On error d is
// unchanged.
func (d *DonationDay) UnmarshalJSON(data []byte) error {
	var spec DonationDaySpec
	if err := union.ReadRule(data, donationDayDocument, &spec); err != nil {
		return err
	}
	made, err := NewDonationDay(spec)
	if err != nil {
		return err
	}
	*d = made
	return nil
}
