package competition

import (
	"slices"

	"github.com/unioncampaign/union"
)

// A Standard bounds an item of the scorecard by industry, such as a rate of
// accidents: that of the candidate's industry, and for an industry that is not
// listed that of everybody else (未列入的行业执行国家或地方行业标准). Where nobody
// else has one, the reason is unknown.
type Standard struct {
	Item       string          `json:"item"` // a key of an item of the scheme, once in its award
	Title      string          `json:"title"`
	Industries []IndustryBound `json:"industries,omitempty"`
	Otherwise  union.Interval  `json:"otherwise,omitzero"`
}

// An IndustryBound holds the figures that suffice in one industry.
type IndustryBound struct {
	Industry string         `json:"industry"` // a key of the edition's Industries
	In       union.Interval `json:"in"`
}

func (e Edition) checkStandard(s Standard, seen map[string]bool) error {
	var faults union.FaultList
	faults.Key("item", s.Item, seen)
	faults.Given("title", s.Title)
	if len(s.Industries) == 0 && s.Otherwise.Equal(union.Interval{}) {
		faults.Add(union.ErrMissing, "industries", "", "a bound for an industry, or otherwise")
	}
	industries := map[string]bool{}
	for i, each := range s.Industries {
		where := union.Indexed("industries", i)
		known(&faults, e.industries, where+".industry", each.Industry)
		if each.Industry != "" && industries[each.Industry] {
			faults.Add(union.ErrRepeated, where+".industry", each.Industry, "one bound an industry")
		}
		industries[each.Industry] = true
		if each.In.Equal(union.Interval{}) {
			faults.Add(union.ErrMissing, where+".in", "", "the figures that suffice")
		}
	}
	return faults.Err()
}

// reason says how the candidate's figure stands by the standard of its industry.
func (s Standard) reason(industry string, figures map[string]union.Number) union.Reason {
	in := s.Otherwise
	if at := slices.IndexFunc(s.Industries, func(b IndustryBound) bool { return b.Industry == industry }); at >= 0 {
		in = s.Industries[at].In
	}
	where := "standards." + s.Item
	figure, given := figures[s.Item]
	switch {
	case in.Equal(union.Interval{}):
		return reason(union.Unknown, where, s.Title, industry, "a standard of the industry")
	case !given:
		return reason(union.Unknown, where, s.Title, "", in.String())
	}
	return reason(standing(in.Contains(figure)), where, s.Title, figure.String(), in.String())
}
