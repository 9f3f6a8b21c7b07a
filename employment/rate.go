package employment

import (
	"errors"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
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
	low, high := r.extremes()
	if least, err = low.Number(); err != nil {
		return union.Number{}, union.Number{}, err
	}
	greatest, err = high.Number()
	return least, greatest, err
}

// extremes returns the ratios of the counts at their ends.
func (r Rate) extremes() (least, greatest union.Ratio) {
	partLow, partHigh, _ := r.Part.Bounds()
	wholeLow, wholeHigh, _ := r.Whole.Bounds()
	return union.Ratio{Part: partLow, Whole: wholeHigh}, union.Ratio{Part: partHigh, Whole: wholeLow}
}

// Rates returns the rates of a report, in this order: intention, signed and
// fill, which are parts of a whole; tightness, openings per seeker, and its
// inverse; and that of each follow-up, on the stage that it names. They count
// persons, since person-times are no part of persons.
func (f Fair) Rates(r Report) []Rate {
	p := f.read()
	spec := p.spec
	intention, signed := r.Stages[spec.Intention].Persons, r.Stages[spec.Signed].Persons
	return append([]Rate{
		{Key: "employment.rate.intention", Title: "意向率", Of: intendingTitle, Base: seekersTitle, Part: intention, Whole: r.Seekers, Percent: true},
		{Key: "employment.rate.signed", Title: "签约率", Of: signingTitle, Base: seekersTitle, Part: signed, Whole: r.Seekers, Percent: true},
		{Key: "employment.rate.fill", Title: "岗位满足率", Of: signingTitle, Base: openingsTitle, Part: signed, Whole: r.Openings, Percent: true},
		{Key: "employment.tightness", Title: "求人倍率", Of: openingsTitle, Base: seekersTitle, Part: r.Openings, Whole: r.Seekers},
		{Key: "employment.tightness.inverse", Title: "求职人数与岗位数之比", Of: seekersTitle, Base: openingsTitle, Part: r.Seekers, Whole: r.Openings},
	}, p.followUps(r)...)
}

// addRate adds the figure of a rate, or why it has none. If its counts leave the
// rate open, the parts of the working say between what it lies.
func addRate(list *union.FigureList, spec union.FigureSpec, rate Rate) {
	ratio, err := rate.Ratio()
	if err != nil {
		list.Add(spec.Absent(absence(err)), nil)
		return
	}
	if least, greatest := rate.extremes(); least != greatest {
		spec.Working.Parts = []union.Working{
			rate.bound("最小可能值", least, spec.Rounding), rate.bound("最大可能值", greatest, spec.Rounding),
		}
	}
	list.Add(rate.figure(spec, ratio))
}

// absence says for what fault a rate has no figure.
func absence(err error) union.Absence {
	switch {
	case errors.Is(err, union.ErrUndefined):
		return union.Undefined
	case errors.Is(err, union.ErrRange):
		return union.NotApplicable
	}
	return union.NotKnown
}

// figure returns the figure of a ratio as the rate is printed.
func (r Rate) figure(spec union.FigureSpec, ratio union.Ratio) (union.Figure, error) {
	if r.Percent {
		return spec.Percent(ratio)
	}
	n, err := ratio.Number()
	if err != nil {
		return union.Figure{}, err
	}
	return spec.Number(n)
}

// bound returns the working of one end of a rate. It fails only where the figure
// of the rate itself does.
func (r Rate) bound(title string, end union.Ratio, rounding union.Rounding) union.Working {
	figure, _ := r.figure(union.FigureSpec{
		Title: title, Rounding: rounding,
		Working: union.Working{Inputs: []union.Input{union.InputOf(r.Of, end.Part), union.InputOf(r.Base, end.Whole)}},
	}, end)
	return figure.Working()
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
	}
	base, ok := exact.Add(openings, employment)
	switch {
	case !ok:
		return union.Ratio{}, union.NewFault(union.ErrOverflow, "employment", "", "")
	case base == 0:
		return union.Ratio{}, union.NewFault(union.ErrUndefined, "employment", "0", "")
	}
	return union.Ratio{Part: openings, Whole: base}, nil
}
