package competition

import (
	"cmp"
	"iter"
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/internal/exact"
)

// A selection makes the list of an award out of its candidates.
type selection struct {
	award   Award
	places  int
	units   map[string]int
	entries []listed
}

// listed is a candidate with what decides about it.
type listed struct {
	place  Place
	held   []string // its attributes
	weight int64    // of two the one with more stands first, and equals are tied
}

func (s *selection) add(c Candidate, place Place) {
	s.entries = append(s.entries, listed{place: place, held: c.Attributes})
}

// rank orders the entries and gives those eligible their ranks.
func (s *selection) rank(ties assessment.Ranking, broken bool) error {
	var scores []assessment.Score
	for _, each := range s.entries {
		if each.place.Eligible && broken {
			scores = append(scores, each.place.Score)
		}
	}
	after := map[string]int{} // by unit of the scheme, how many stand before it by the tie-breaks
	places, err := ties.Rank(scores, nil, nil)
	if err != nil {
		return err
	}
	for _, place := range places {
		after[place.Unit] = place.Rank
	}
	if err := s.weigh(after); err != nil {
		return err
	}
	slices.SortFunc(s.entries, func(a, b listed) int {
		return cmp.Or(compareBools(a.place.Eligible, b.place.Eligible), cmp.Compare(b.weight, a.weight),
			compareCodes(a.place.Firm, b.place.Firm), cmp.Compare(a.place.Part, b.place.Part))
	})
	for i := range s.entries {
		place := &s.entries[i].place
		switch {
		case !place.Eligible:
			return nil
		case i > 0 && s.entries[i].weight == s.entries[i-1].weight:
			place.Rank = s.entries[i-1].place.Rank
		default:
			place.Rank = i + 1
		}
	}
	return nil
}

// compareBools puts true first.
func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// mostWeight is what weights may add up to.
const mostWeight = 1 << 60

// weigh gives those eligible weights that add up as their totals do, and below that
// as their places in the tie-breaks: totals in the smallest part that any of them
// has, times more than all tie-breaks together.
func (s *selection) weigh(after map[string]int) error {
	unit := int64(1)
	for _, each := range s.entries {
		if !each.place.Eligible {
			continue
		}
		_, of, ok := each.place.Total.Fraction()
		if ok { // the least common multiple
			unit, ok = exact.Mul(unit/int64(exact.GCD(uint64(unit), uint64(of))), of)
		}
		if !ok {
			return union.NewFault(union.ErrOverflow, "totals", each.place.Total.String(), "totals that add up exactly")
		}
	}
	room := int64(len(after)*min(s.places, len(s.entries)) + 1)
	for i := range s.entries {
		each := &s.entries[i]
		if !each.place.Eligible {
			continue
		}
		weight := each.place.Total.Mul(union.Whole(unit)).Mul(union.Whole(room))
		if rank, ok := after[each.place.Score.Unit]; ok {
			weight = weight.Add(union.Whole(int64(len(after) - rank)))
		}
		n, ok := weight.Int64()
		if most := mostWeight / int64(len(s.entries)); !ok || n > most || n < -most {
			return union.NewFault(union.ErrOverflow, "totals", each.place.Total.String(), "totals that add up exactly")
		}
		each.weight = n
	}
	return nil
}

// take fills the places, and gives everybody the reason of the quota.
func (s *selection) take(r *Recommendation) {
	equal := map[int]int{} // how many share a rank
	for _, each := range s.entries {
		equal[each.place.Rank]++
	}
	var regular, contest []*listed
	for i := range s.entries {
		each := &s.entries[i]
		switch {
		case !each.place.Eligible:
			s.settle(each, union.Exempt, 0, equal)
		case each.place.Contest:
			contest = append(contest, each)
		default:
			regular = append(regular, each)
		}
	}
	kept := s.award.Quota.Contest
	r.Conflict = s.fill(regular, s.award.Quota.Regular(s.places), s.units, s.award.Structure, equal)
	s.fill(contest, kept, nil, nil, equal)
	s.reserve(regular)
	for _, each := range s.entries {
		r.Places = append(r.Places, each.place)
	}
	if len(r.Conflict) == 0 {
		r.Shares, r.Ratios = s.shares(regular)
	}
}

// fill fills some places from a list, or returns the keys of structures that
// cannot be met together.
func (s *selection) fill(list []*listed, places int, units map[string]int, structure []Structure, equal map[int]int) []string {
	p, of := s.pool(list, places, units, structure)
	if p.places == 0 {
		for _, each := range list {
			s.settle(each, union.Unmet, places, equal)
		}
		return nil
	}
	settled, ok := p.choose()
	if !ok {
		for _, each := range list {
			s.settle(each, union.Unknown, places, nil)
		}
		return s.conflict(list, places, units, structure)
	}
	seen := make([]int, len(settled))
	for i, each := range list {
		g, stands := of[i], union.Unknown
		switch {
		case seen[g] < settled[g].sure:
			stands = union.Met
		case seen[g] >= settled[g].out:
			stands = union.Unmet
		}
		seen[g]++
		s.settle(each, stands, places, equal)
	}
	return nil
}

// pool returns what a list is filled from, and of everybody in which group. The
// best come first in the list.
func (s *selection) pool(list []*listed, places int, units map[string]int, structure []Structure) (*pool, []int) {
	p := &pool{still: tooLong}
	unitAt, groupAt := map[string]int{}, map[string]int{}
	left := map[string]int{}
	for _, each := range list {
		unit := each.place.Unit
		if _, known := left[unit]; !known {
			left[unit] = s.most(unit, units)
			if left[unit] >= 0 {
				unitAt[unit] = len(p.caps)
				p.caps = append(p.caps, left[unit])
			}
		}
		if left[unit] != 0 && p.places < places {
			left[unit]--
			p.places++
		}
	}
	var rows []structureRow
	var of []Structure
	for _, each := range structure {
		for _, row := range each.rows(p.places) {
			rows, of = append(rows, row), append(of, each)
			p.rows = append(p.rows, row.row)
		}
	}
	groups := make([]int, len(list))
	for i, each := range list {
		made := group{unit: -1}
		if at, bounded := unitAt[each.place.Unit]; bounded {
			made.unit = at
		}
		key := strconv.Itoa(made.unit)
		for r, row := range rows {
			made.counts = append(made.counts, row.counts(of[r], each.held))
			key += " " + strconv.FormatInt(made.counts[r], 10)
		}
		g, known := groupAt[key]
		if !known {
			g = len(p.groups)
			groupAt[key] = g
			p.groups = append(p.groups, made)
		}
		p.groups[g].weights = append(p.groups[g].weights, each.weight)
		groups[i] = g
	}
	p.prepare()
	return p, groups
}

// most returns how many of a unit may be chosen; below 0: any number.
func (s *selection) most(unit string, units map[string]int) int {
	most := -1
	if units != nil {
		most = units[unit]
	}
	if each := s.award.Quota.EachUnit; each > 0 && unit != "" && (most < 0 || each < most) {
		most = each
	}
	return most
}

// conflict returns a smallest set of structures that no list meets together.
func (s *selection) conflict(list []*listed, places int, units map[string]int, structure []Structure) []string {
	for size := 1; size < len(structure); size++ {
		for chosen := range subsets(structure, size) {
			if p, _ := s.pool(list, places, units, chosen); !p.possible() {
				return keysOf(chosen)
			}
		}
	}
	return keysOf(structure)
}

func keysOf(list []Structure) []string {
	keys := make([]string, len(list))
	for i, each := range list {
		keys[i] = each.Key
	}
	return keys
}

// subsets yields the subsets of a size, in the order of their first members. What
// it yields is good until the next.
func subsets(of []Structure, size int) iter.Seq[[]Structure] {
	return func(yield func([]Structure) bool) {
		var more func(chosen []Structure, from int) bool
		more = func(chosen []Structure, from int) bool {
			if len(chosen) == size {
				return yield(chosen)
			}
			for i := from; i < len(of); i++ {
				if !more(append(chosen, of[i]), i+1) {
					return false
				}
			}
			return true
		}
		more(make([]Structure, 0, size), 0)
	}
}

// settle gives a place the reason of the quota.
func (s *selection) settle(each *listed, stands union.Standing, places int, equal map[int]int) {
	place := &each.place
	got := ""
	if place.Eligible {
		got = "第" + strconv.Itoa(place.Rank) + "名"
	}
	switch {
	case stands == union.Unknown && equal == nil:
		got += "，名单结构要求不能同时满足"
	case stands == union.Unknown && equal[place.Rank] > 1:
		got += "，并列" + strconv.Itoa(equal[place.Rank]) + "家"
	case stands == union.Unknown:
		got += "，入选组合不唯一"
	case stands == union.Unmet && place.Rank <= places:
		got += "，因名额分配或名单结构未列入"
	}
	want := strconv.Itoa(s.award.Quota.Regular(s.places)) + "家"
	if place.Contest {
		want = "竞赛" + strconv.Itoa(s.award.Quota.Contest) + "家"
	}
	quota := reason(stands, "quota", "推荐名额", got, want)
	place.Verdict = union.Judged(place.Verdict.Question, append(place.Verdict.Reasons, quota)...)
}

// reserve numbers those who stand by: by rank, of all units together or of each.
func (s *selection) reserve(list []*listed) {
	stand, last := map[string]int{}, map[string]int{} // by unit
	for _, each := range list {
		unit, reasons := "", each.place.Verdict.Reasons
		if s.award.Quota.ReservesEach {
			unit = each.place.Unit
		}
		if reasons[len(reasons)-1].Standing != union.Unmet ||
			stand[unit] >= s.award.Quota.Reserves && each.place.Rank != last[unit] {
			continue
		}
		stand[unit]++
		each.place.Reserve, last[unit] = stand[unit], each.place.Rank
	}
}

// shares says how those recommended stand by each structure.
func (s *selection) shares(list []*listed) (reasons []union.Reason, ratios []union.Ratio) {
	for _, structure := range s.award.Structure {
		var share union.Ratio
		for _, each := range list {
			if !each.place.Verdict.Holds() || len(structure.Within) > 0 && !holdsAny(each.held, structure.Within) {
				continue
			}
			share.Whole++
			if holdsAny(each.held, structure.Has) {
				share.Part++
			}
		}
		stands := union.Unknown
		if n, err := share.Number(); err == nil {
			stands = standing(structure.Share.Contains(n))
		}
		ratios = append(ratios, share)
		reasons = append(reasons, reason(stands, "structure."+structure.Key, structure.Title,
			strconv.FormatInt(share.Part, 10)+"/"+strconv.FormatInt(share.Whole, 10), structure.Share.String()))
	}
	return reasons, ratios
}
