package competition

import (
	"strconv"

	"github.com/unioncampaign/union"
)

// A Quota says how many may be recommended for an award. It is either a number, or
// open: decided after the applications are in, and then given with them.
//
// Of the total, Contest places are kept for those whose title comes of a contest
// (竞赛名额), and the rest is regular (常规名额). A unit has its share of the total
// where [Allot] or the caller gives it one.
type Quota struct {
	Total        int        `json:"total,omitempty"`         // at least 1; 0 only if open
	Open         bool       `json:"open,omitempty"`          // decided after the applications
	Contest      int        `json:"contest,omitempty"`       // at most the total
	EachUnit     int        `json:"each_unit,omitempty"`     // the most of one unit; 0: no bound
	Reserves     int        `json:"reserves,omitempty"`      // how many stand by, by rank (递补)
	ReservesEach bool       `json:"reserves_each,omitempty"` // so many of each unit stand by, in place of their own unit
	Shortlist    *Shortlist `json:"shortlist,omitempty"`
}

// A Shortlist says how many a unit may put forward: so many times its places, with
// 1.5 and 20 places 30 (差额推荐). Who has one of the attributes Outside is not
// counted there, but takes a place of the unit if chosen.
type Shortlist struct {
	Title   string       `json:"title"`
	Times   union.Number `json:"times"`             // at least 1
	Mode    union.Mode   `json:"mode"`              // how a part of a place is rounded
	Outside []string     `json:"outside,omitempty"` // keys of the edition's Attributes
}

// checkQuota reports, joined, what is wrong with a quota.
func (e Edition) checkQuota(q Quota) error {
	var faults union.FaultList
	switch {
	case q.Open && q.Total != 0:
		faults.Add(union.ErrRange, "total", strconv.Itoa(q.Total), "none, since it is decided after the applications")
	case !q.Open && q.Total < 1:
		faults.Add(union.ErrRange, "total", strconv.Itoa(q.Total), "1 or more")
	}
	if q.Contest < 0 || q.Contest > max(q.Total, 0) && !q.Open {
		faults.Add(union.ErrRange, "contest", strconv.Itoa(q.Contest), "from 0 to "+strconv.Itoa(q.Total))
	}
	if q.EachUnit < 0 {
		faults.Add(union.ErrRange, "each_unit", strconv.Itoa(q.EachUnit), "0 or more")
	}
	if q.Reserves < 0 {
		faults.Add(union.ErrRange, "reserves", strconv.Itoa(q.Reserves), "0 or more")
	}
	if q.Shortlist != nil {
		faults.Within("shortlist", e.checkShortlist(*q.Shortlist))
	}
	return faults.Err()
}

func (e Edition) checkShortlist(s Shortlist) error {
	var faults union.FaultList
	faults.Given("title", s.Title)
	if s.Times.Cmp(union.Whole(1)) < 0 {
		faults.Add(union.ErrRange, "times", s.Times.String(), "1 or more")
	}
	faults.Within("", union.Rounding{Mode: s.Mode}.Check())
	for i, key := range s.Outside {
		_, err := e.findAttribute(key, union.Indexed("outside", i))
		faults.Within("", err)
	}
	return faults.Err()
}

// Most returns how many a unit with so many places may put forward. It fails with the
// faults of [union.Rounding.Check] where the mode is none, and with
// [union.ErrOverflow] for more than an int64 holds.
func (s Shortlist) Most(places int) (int, error) {
	rounded, err := union.Rounding{Mode: s.Mode}.Apply(s.Times.Mul(union.Whole(int64(places))))
	if err != nil {
		return 0, err
	}
	most, ok := rounded.Int64()
	if !ok {
		return 0, union.NewFault(union.ErrOverflow, "places", strconv.Itoa(places), "")
	}
	return int(most), nil
}

// Regular returns how many of so many places are regular: those not kept for
// contests. Of an open quota the places are those decided.
func (q Quota) Regular(places int) int { return max(places-q.Contest, 0) }
