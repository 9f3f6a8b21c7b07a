package employment

import (
	"math"

	"github.com/unioncampaign/union"
)

// A Rate sets one count of a report against another, and names which is which:
// openings per seeker is not seekers per opening.
type Rate struct {
	Key   string      // as the figure's, such as "employment.rate.intention"
	Title string      // the official wording
	Of    string      // what Part counts
	Base  string      // what Whole counts
	Part  union.Count // what is set against the whole
	Whole union.Count
	// Percent says that the part is a part of the whole, and that the rate is
	// printed in percent. Other rates may exceed 1.
	Percent bool
}

// Ratio returns the exact ratio of the two counts. Of a count known only as
// 2800余 it takes the least that it stands for; see [Rate.Bounds].
//
// It reports the first of these faults:
//   - [union.ErrMissing], if a count is unknown;
//   - [union.ErrUndefined], over nothing;
//   - [union.ErrRange], if a part is certainly more than its whole.
func (r Rate) Ratio() (union.Ratio, error) {
	part, partKnown := floorOf(r.Part)
	whole, wholeKnown := floorOf(r.Whole)
	_, most, _ := r.Whole.Bounds()
	switch {
	case !partKnown:
		return union.Ratio{}, union.NewFault(union.ErrMissing, r.Key, "", r.Of)
	case !wholeKnown:
		return union.Ratio{}, union.NewFault(union.ErrMissing, r.Key, "", r.Base)
	case whole == 0:
		return union.Ratio{}, union.NewFault(union.ErrUndefined, r.Key, r.Whole.String(), r.Base)
	case r.Percent && part > most:
		return union.Ratio{}, union.NewFault(union.ErrRange, r.Key, r.Part.String(), "at most "+r.Whole.String())
	}
	return union.Ratio{Part: part, Whole: whole}, nil
}

// Bounds returns the least and the greatest that the rate can be, in view of how
// exactly its counts are known: both are the ratio if the counts are exact. It
// has the faults of [Rate.Ratio].
func (r Rate) Bounds() (least, greatest union.Number, err error) {
	if _, err = r.Ratio(); err != nil {
		return least, greatest, err
	}
	partLow, partHigh, _ := r.Part.Bounds()
	wholeLow, wholeHigh, _ := r.Whole.Bounds()
	if least, err = union.NewNumber(partLow, wholeHigh); err != nil {
		return union.Number{}, union.Number{}, err
	}
	greatest, err = union.NewNumber(partHigh, wholeLow)
	return least, greatest, err
}

// Rates returns the five rates of a report, in this order: intention, signed and
// fill, which are parts of a whole, then tightness, openings per seeker, and its
// inverse. They count persons, since person-times are no part of persons.
func (f Fair) Rates(r Report) []Rate {
	spec := f.read().spec
	const seekers, openings, intending, signing = "登记求职人数", "提供就业岗位数", "达成就业意向人数", "签订就业协议人数"
	intention, signed := r.Stages[spec.Intention].Persons, r.Stages[spec.Signed].Persons
	return []Rate{
		{Key: "employment.rate.intention", Title: "意向率", Of: intending, Base: seekers, Part: intention, Whole: r.Seekers, Percent: true},
		{Key: "employment.rate.signed", Title: "签约率", Of: signing, Base: seekers, Part: signed, Whole: r.Seekers, Percent: true},
		{Key: "employment.rate.fill", Title: "岗位满足率", Of: signing, Base: openings, Part: signed, Whole: r.Openings, Percent: true},
		{Key: "employment.tightness", Title: "求人倍率", Of: openings, Base: seekers, Part: r.Openings, Whole: r.Seekers},
		{Key: "employment.tightness.inverse", Title: "求职人数与岗位数之比", Of: seekers, Base: openings, Part: r.Seekers, Whole: r.Openings},
	}
}

// OpeningsRate returns the openings rate of labour statistics: openings ÷
// (employment + openings), so that an opening is part of its own base. A
// negative count is [union.ErrRange], a base that does not fit
// [union.ErrOverflow], and no base at all [union.ErrUndefined].
func OpeningsRate(openings, employment int64) (union.Ratio, error) {
	switch {
	case openings < 0:
		return union.Ratio{}, union.NewFault(union.ErrRange, "openings", text(openings), "0 or more")
	case employment < 0:
		return union.Ratio{}, union.NewFault(union.ErrRange, "employment", text(employment), "0 or more")
	case openings > math.MaxInt64-employment:
		return union.Ratio{}, union.NewFault(union.ErrOverflow, "employment", "", "")
	case openings+employment == 0:
		return union.Ratio{}, union.NewFault(union.ErrUndefined, "employment", "0", "")
	}
	return union.Ratio{Part: openings, Whole: employment + openings}, nil
}
