package aid

import (
	"maps"
	"slices"
	"strconv"
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
	// Units are those that are asked, in the order of the list. One that others are
	// within is a group of theirs, such as the counties of a city: it is asked for
	// nothing itself.
	Units  []union.Term `json:"units"`
	Tariff []TariffStep `json:"tariff,omitempty"`
	// Batches are the lists that come in one after another, in their order. None:
	// there is one list.
	Batches []Batch `json:"batches,omitempty"`
	// Forms are what is given, such as money, goods at a value, goods by the piece
	// and dues, each counted apart. None: money alone.
	Forms []GiftForm `json:"forms,omitempty"`
	// Givers are kinds of donors, such as units and persons. None: they are not told
	// apart.
	Givers []GiverKind `json:"givers,omitempty"`
	// Earmarks are what parts of gifts may be meant for, such as a named fund; they
	// are of the total and never added to it.
	Earmarks []union.Term `json:"earmarks,omitempty"`
	// PaymentsApart says that a promise is paid by gifts of the kind PledgePaid alone.
	// Otherwise whatever a unit gives counts against its promise.
	PaymentsApart bool `json:"payments_apart,omitempty"`
	// Headline is how the total is said in running text. None: it is not.
	Headline *HeadlineForm `json:"headline,omitempty"`
	// Wan is how amounts are printed in 万元, Rate how rates are in percent, and
	// Capitals how the total is written in uppercase numerals.
	Wan      union.Rounding `json:"wan"`
	Rate     union.Rounding `json:"rate"`
	Capitals union.Capitals `json:"capitals"`
}

// A Batch is one of the lists that a donation day is counted by, such as "first
// batch, as of 4 p.m. on 28 May". Its days, if given, are those of its gifts.
type Batch struct {
	Key   string       `json:"key"`
	Title string       `json:"title"`
	Days  union.Period `json:"days,omitzero"`
}

// A GiverKind is a kind of donors. If it is Own, the units themselves give, out of
// what is theirs, and no persons: such gifts stand beside those of a unit's people,
// and count in no number of donors.
type GiverKind struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	Own   bool   `json:"own,omitempty"`
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
	spec   DonationDaySpec
	id     union.RuleID
	units  union.Codes
	within []int  // by place in the roster: of the unit that it is within, or -1
	groups []bool // likewise: whether others are within the unit
}

// NewDonationDay returns the donation day that spec describes. It reports all
// the faults it finds, joined, each placed in spec:
//   - [union.ErrMissing], for a key, version, title, source, day, unit, title of an
//     item of a list, basis, measure, rounding or style of capitals that is not
//     given, and for a form or a headline of none of its choices;
//   - [union.ErrRange], for a cut-off or a batch's day that is none of the days, a
//     suggested amount that is not above zero, places that no rounding or headline
//     has, and a form in the total that is not in yuan;
//   - [union.ErrText], for a key of a list other than the roster that is not of
//     letters, digits, - and _, and for that of a unit which others are within;
//   - [union.ErrRepeated], for a key given twice, and for a form or a headline of
//     two of its choices;
//   - [union.ErrUnknown], for a mode, a style, a unit of money or a word for what is
//     cut off that is none, and for earmarks within others;
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
	if _, err := (union.Money{}).Capitals(d.spec.Capitals); err != nil {
		faults.Within("capitals", err)
	}
	d.spec.checkLists(&faults)
	d.units = d.spec.roster(&faults)
	d.within, d.groups = d.spec.groups(&faults)
	err := faults.Err()
	if err != nil {
		return DonationDay{}, err
	}
	if d.id, err = union.IdentifyRule(donationDayDocument, d.spec); err != nil {
		return DonationDay{}, err
	}
	return d, nil
}

// checkLists checks the lists that may be left out.
func (s DonationDaySpec) checkLists(faults *union.FaultList) {
	seen := map[string]bool{}
	for i, batch := range s.Batches {
		at := union.Indexed("batches", i)
		faults.Key(at+".key", batch.Key, seen)
		faults.Given(at+".title", batch.Title)
		if !batch.Days.IsZero() && !within(batch.Days, s.Days) {
			faults.Add(union.ErrRange, at+".days", batch.Days.String(), "days in "+s.Days.String())
		}
	}
	seen = map[string]bool{}
	for i, form := range s.Forms {
		form.check(faults, union.Indexed("forms", i), seen)
	}
	seen = map[string]bool{}
	for i, giver := range s.Givers {
		at := union.Indexed("givers", i)
		faults.Key(at+".key", giver.Key, seen)
		faults.Given(at+".title", giver.Title)
	}
	if len(s.Earmarks) > 0 {
		checkTerms(faults, "earmarks", s.Earmarks)
	}
	if s.Headline != nil {
		s.Headline.check(faults, "headline")
	}
}

// within reports whether all days of one period are of another.
func within(inner, outer union.Period) bool {
	until, ends := inner.Until()
	_, outerEnds := outer.Until()
	return outer.Contains(inner.From()) && (ends && outer.Contains(until) || !ends && !outerEnds)
}

// groups returns, by place in the roster, which unit each is within, and which
// units others are within. The keys of those become part of the keys of figures.
func (s DonationDaySpec) groups(faults *union.FaultList) (within []int, groups []bool) {
	place := map[string]int{}
	for i, unit := range s.Units {
		place[unit.Key] = i
	}
	place[""] = -1
	within, groups = make([]int, len(s.Units)), make([]bool, len(s.Units))
	for i, unit := range s.Units {
		outer, known := place[unit.Within]
		if !known || outer < 0 {
			within[i] = -1
			continue
		}
		within[i] = outer
		if !groups[outer] {
			groups[outer] = true
			faults.Key(union.Indexed("units", outer)+".key", s.Units[outer].Key, map[string]bool{})
		}
	}
	return within, groups
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
	s.Units, s.Tariff, s.Batches = slices.Clone(s.Units), slices.Clone(s.Tariff), slices.Clone(s.Batches)
	s.Givers, s.Earmarks, s.Forms = slices.Clone(s.Givers), slices.Clone(s.Earmarks), slices.Clone(s.Forms)
	for i := range s.Forms {
		s.Forms[i] = s.Forms[i].clone()
	}
	if s.Headline != nil {
		headline := s.Headline.clone()
		s.Headline = &headline
	}
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

// Suggest returns what is suggested to a unit that has so many persons of each
// rank. A rank that the tariff does not have is [union.ErrUnknown], a number below
// zero [union.ErrRange], a sum that cannot be held [union.ErrOverflow].
func (d DonationDay) Suggest(persons map[string]int64) (union.Money, error) {
	var sum union.Money
	for _, rank := range slices.Sorted(maps.Keys(persons)) {
		n := persons[rank]
		each, err := d.Tariff(rank)
		if err != nil {
			return union.Money{}, err
		}
		if n < 0 {
			return union.Money{}, union.NewFault(union.ErrRange, "persons."+rank, strconv.FormatInt(n, 10), "0 or more")
		}
		all, err := each.Times(n)
		if err == nil {
			sum, err = sum.Add(all)
		}
		if err != nil {
			return union.Money{}, union.Within("persons."+rank, err)
		}
	}
	return sum, nil
}

// MarshalJSON writes the day as a document "aid.donation_day/1". The zero
// DonationDay has no rounding to write and is [union.ErrUnknown].
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
