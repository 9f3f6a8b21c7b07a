package employment

import (
	"maps"
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
	"github.com/unioncampaign/union/internal/quote"
)

// A Change sets the two sides of a market beside those of an earlier period, on
// one base: the whole market, or the offices that report in both.
type Change struct {
	Demand Difference `json:"demand"`
	Supply Difference `json:"supply"`
	// Tightness is the ratio of the earlier period as its report printed it;
	// nil: it follows from the sides.
	Tightness *union.Number `json:"tightness,omitempty"`
	// Offices are those that both periods have, if the base is theirs; Apart are
	// those of one period only, which the base leaves out.
	Offices []string `json:"offices,omitempty"`
	Apart   []string `json:"apart,omitempty"`
}

// A Difference is one figure beside its earlier value, as far as it is stated:
// any two of the three tell the third. Now, where it is not stated, is the
// bulletin's own figure, and Before is then what that and By imply. They are
// numbers without a measure, that of their side, and By is below 0 for a decline.
type Difference struct {
	Before *union.Number `json:"before,omitempty"`
	Now    *union.Number `json:"now,omitempty"`
	By     *union.Number `json:"by,omitempty"`
}

// read returns the earlier and the later value, if they can be told. Own is the
// bulletin's own figure.
func (d Difference) read(own union.Count) (before, now union.Number, known bool) {
	switch {
	case d.Before != nil && d.Now != nil:
		return *d.Before, *d.Now, true
	case d.Before != nil && d.By != nil:
		return *d.Before, d.Before.Add(*d.By), true
	case d.Now != nil && d.By != nil:
		return d.Now.Sub(*d.By), *d.Now, true
	}
	n, known := exactly(own)
	now = union.Whole(n)
	switch {
	case !known:
		return before, now, false
	case d.Before != nil:
		return *d.Before, now, true
	case d.By != nil:
		return now.Sub(*d.By), now, true
	}
	return before, now, false
}

// Against returns the change from an earlier period to a later one over the
// offices that have a bulletin in both, keyed by office. It reports the first of
//   - [union.ErrMissing], for an office of both whose demand or supply is not
//     known exactly in either;
//   - [union.ErrOverflow], for a sum that does not fit.
func (m Market) Against(before, now map[string]Bulletin) (Change, error) {
	p, made := m.read(), Change{}
	var sums [4]int64
	for _, office := range slices.Sorted(maps.Keys(now)) {
		earlier, both := before[office]
		if !both {
			made.Apart = append(made.Apart, office)
			continue
		}
		made.Offices = append(made.Offices, office)
		for i, count := range []union.Count{
			p.whole(earlier, demandSide), p.whole(now[office], demandSide),
			p.whole(earlier, supplySide), p.whole(now[office], supplySide),
		} {
			n, known := exactly(count)
			if !known {
				return Change{}, union.NewFault(union.ErrMissing, "["+quote.Key(office)+"]", count.String(), "an exact count")
			}
			sum, fits := exact.Add(sums[i], n)
			if !fits {
				return Change{}, union.NewFault(union.ErrOverflow, "["+quote.Key(office)+"]", count.String(), "")
			}
			sums[i] = sum
		}
	}
	for office := range before {
		if _, both := now[office]; !both {
			made.Apart = append(made.Apart, office)
		}
	}
	slices.Sort(made.Apart)
	number := func(i int) *union.Number { n := union.Whole(sums[i]); return &n }
	made.Demand = Difference{Before: number(0), Now: number(1)}
	made.Supply = Difference{Before: number(2), Now: number(3)}
	return made, nil
}

// CheckLink compares what a bulletin implies of an earlier period, by its counts
// and their changes, with the bulletin of that period, and returns what does not
// agree. A change over some of the offices only, or from a value that it states
// itself, implies nothing of the whole.
func (m Market) CheckLink(now Bulletin, comparison string, earlier Bulletin) []union.Finding {
	p, c := m.read(), &checking{}
	change := now.Changes[comparison]
	if len(change.Offices) > 0 {
		return nil
	}
	for _, each := range []struct {
		side string
		by   Difference
	}{{demandSide, change.Demand}, {supplySide, change.Supply}} {
		implied, _, known := each.by.read(p.whole(now, each.side))
		was := p.whole(earlier, each.side)
		n, single := exactly(was)
		if known && single && !implied.Equal(union.Whole(n)) {
			c.find("changes["+quote.Key(comparison)+"]."+each.side, "the earlier value that a change implies is that of the earlier report",
				implied.String(), was.String())
		}
	}
	if printed := change.Tightness; printed != nil {
		ratio, err := p.tightness(earlier).Ratio()
		if err == nil {
			exactly, _ := ratio.Number()
			rounded, err := p.spec.Tightness.Apply(exactly)
			if err == nil && !rounded.Equal(*printed) {
				c.find("changes["+quote.Key(comparison)+"].tightness", "the earlier value that a change implies is that of the earlier report",
					printed.String(), rounded.String())
			}
		}
	}
	return c.found
}

// tightness returns the ratio of the two sides.
func (p *marketPlan) tightness(b Bulletin) Rate {
	return Rate{
		Key: "employment.market.tightness", Title: "岗位空缺与求职人数的比率",
		Of: p.spec.Demand.Title, Base: p.spec.Supply.Title,
		Part: p.whole(b, demandSide), Whole: p.whole(b, supplySide),
	}
}
