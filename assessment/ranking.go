package assessment

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

const rankingDocument = "assessment.ranking/1"

// A RankingSpec says how scores are put in order: by its keys, one after
// another until two units are separated.
//
// Within a grouping each of its groups has its own order, and units of the
// groups in Unranked have none. Restart is the number of the key, counted from
// 1, from which those who still tie start again among themselves once a key has
// separated anybody from them; 0: they go on with the next key.
type RankingSpec struct {
	union.Rule
	Keys     []Key    `json:"keys"`
	Restart  int      `json:"restart,omitempty"`
	Within   string   `json:"within,omitempty"`
	Unranked []string `json:"unranked,omitempty"`
	Holding  bool     `json:"holding,omitempty"` // only units whose verdict holds are ranked: every gate passed, nothing barred
	Placing  Placing  `json:"placing,omitzero"`
}

// A Key compares scores by one item, the higher first unless Ascending. Among
// is for results between units: the net figures of the item's meetings, summed
// over the meetings of those who still tie.
type Key struct {
	Item      string          `json:"item"`                // the key of an item of the scheme, or of meetings
	Ascending bool            `json:"ascending,omitempty"` // the lower first
	Among     bool            `json:"among,omitempty"`
	As        *union.Rounding `json:"as,omitempty"` // compared as printed; none: exactly
}

// A Ranking is a checked ranking; its document is "assessment.ranking/1". The
// zero Ranking has no keys and separates nobody.
type Ranking struct {
	spec RankingSpec
	id   union.RuleID
}

// A Meeting is a result between two units: what the first won by, negative if it
// lost. Several meetings of the same two add up.
type Meeting struct {
	First  string       `json:"first"`
	Second string       `json:"second"`
	Item   string       `json:"item"` // of a key that is Among
	Net    union.Number `json:"net"`
}

// A Place is where a unit stands, counted from 1 within its group. Units that no
// key separates share a rank; they are Undecided if the ranking leaves ties open
// and no order drawn decides.
type Place struct {
	Unit      string        `json:"unit"`
	Group     string        `json:"group,omitempty"` // the value of the ranking's grouping
	Rank      int           `json:"rank"`
	Points    *union.Number `json:"points,omitempty"` // what the place is worth, if the ranking says
	Undecided bool          `json:"undecided,omitempty"`
	Drawn     bool          `json:"drawn,omitempty"` // only the order drawn separates it from those beside it
}

// NewRanking returns the ranking that spec describes. It reports, joined,
// [union.ErrMissing] for a part of the rule, the keys, or a key's item not
// given, for an unranked group without a grouping, and for shared points of
// which none are given; [union.ErrRepeated] for an item compared twice in the
// same way; [union.ErrRange] for a restart at no key, and a key among units that
// is rounded; and what [union.Rounding.Check] and the steps of the placing
// report.
func NewRanking(spec RankingSpec) (Ranking, error) {
	var f union.FaultList
	f.Within("", spec.Check())
	spec.checkKeys(&f)
	if spec.Restart < 0 || spec.Restart > len(spec.Keys) {
		f.Add(union.ErrRange, "restart", strconv.Itoa(spec.Restart), "0 to the number of keys")
	}
	if len(spec.Unranked) > 0 && spec.Within == "" {
		f.Add(union.ErrMissing, "within", "", "the grouping of the unranked")
	}
	spec.Placing.check(&f, "placing")
	if spec.Placing.Ties == Shared && len(spec.Placing.Worth) == 0 {
		f.Add(union.ErrMissing, "placing.worth", "", "points to share")
	}
	if err := f.Err(); err != nil {
		return Ranking{}, err
	}
	copied, id, err := settled(rankingDocument, spec)
	if err != nil {
		return Ranking{}, err
	}
	return Ranking{spec: copied, id: id}, nil
}

func (s RankingSpec) checkKeys(f *union.FaultList) {
	if len(s.Keys) == 0 {
		f.Add(union.ErrMissing, "keys", "", "one key or more")
	}
	for i, key := range s.Keys {
		where := union.Indexed("keys", i)
		f.Given(where+".item", key.Item)
		if key.As != nil {
			f.Within(where+".as", key.As.Check())
		}
		if key.As != nil && key.Among {
			f.Add(union.ErrRange, where+".as", key.As.String(), "exact results between units")
		}
		for _, other := range s.Keys[:i] {
			if other.Item == key.Item && other.Among == key.Among && (other.As == nil || key.As != nil && *other.As == *key.As) {
				f.Add(union.ErrRepeated, where+".item", quote.Key(key.Item), "a key that can still separate")
			}
		}
	}
}

// ID returns the ranking's identity.
func (r Ranking) ID() union.RuleID { return r.id }

// Rule returns what the ranking says of itself.
func (r Ranking) Rule() union.Rule { return r.spec.Rule }

// MarshalJSON writes the ranking as a document "assessment.ranking/1". The zero
// Ranking has none, which is [union.ErrMissing].
func (r Ranking) MarshalJSON() ([]byte, error) { return union.WriteRule(rankingDocument, r.spec) }

// UnmarshalJSON reads a document "assessment.ranking/1" and checks it as
// [NewRanking] does. On error the ranking is unchanged.
func (r *Ranking) UnmarshalJSON(data []byte) error {
	var spec RankingSpec
	if err := union.ReadRule(data, rankingDocument, &spec); err != nil {
		return err
	}
	made, err := NewRanking(spec)
	if err == nil {
		*r = made
	}
	return err
}

// ranked is a unit with what it is compared by; by is empty for a key among
// units.
type ranked struct {
	unit, group string
	by          []union.Number
}

// Rank puts scores in order and returns the places of one group after another,
// each from the first on. Met are the meetings for keys among units; drawn is
// the order that a run-off or a lot gave, best first, and decides only between
// units that no key separates, if the ranking leaves ties open and it names them
// all. Units whose tie stands are in the order of their tokens: nothing is drawn in
// silence.
//
// It reports the first fault, looking at the scores, the meetings and the order
// drawn: [union.ErrMissing] for an item that a score does not have, or a grouping
// of which it has no group or one without a name, [union.ErrRepeated] for a unit
// scored or drawn twice, or met by itself, [union.ErrUnknown] for a unit met or
// drawn that is not scored, or an item of no key among units, and what rounding a
// key and a step of the placing report.
func (r Ranking) Rank(scores []Score, met []Meeting, drawn []string) ([]Place, error) {
	c, err := r.contest(scores, met, drawn)
	if err != nil {
		return nil, err
	}
	places := make([]Place, 0, len(c.list))
	for start, end := 0, 0; start < len(c.list); start = end {
		for end = start; end < len(c.list) && c.list[end].group == c.list[start].group; end++ {
		}
		if places, err = r.places(places, c.resolve(c.list[start:end], 0)); err != nil {
			return nil, err
		}
	}
	return places, nil
}

// contest is what is compared: units by group, and results between them.
type contest struct {
	spec  RankingSpec
	list  []ranked
	net   map[string]map[string][]opponent // by item, then by unit
	drawn map[string]int
}

// opponent is a unit that another met, and what that one won by.
type opponent struct {
	unit string
	net  union.Number
}

func (r Ranking) contest(scores []Score, met []Meeting, drawn []string) (contest, error) {
	c := contest{spec: r.spec, net: map[string]map[string][]opponent{}, drawn: map[string]int{}}
	units := make(map[string]bool, len(scores))
	for i, score := range scores {
		where := union.Indexed("scores", i)
		if units[score.Unit] {
			return c, union.NewFault(union.ErrRepeated, where+".unit", quote.Key(score.Unit), "one score a unit")
		}
		units[score.Unit] = true
		if r.spec.Holding && !score.Verdict.Holds() {
			continue
		}
		group, err := grouped(score.In, r.spec.Within)
		if err != nil {
			return c, union.Within(where, err)
		}
		if slices.Contains(r.spec.Unranked, group) {
			continue
		}
		each, err := r.keys(score)
		if err != nil {
			return c, union.Within(where, err)
		}
		each.group = group
		c.list = append(c.list, each)
	}
	for i, meeting := range met {
		if err := c.meet(meeting, units); err != nil {
			return c, union.Within(union.Indexed("met", i), err)
		}
	}
	for i, unit := range drawn {
		where := union.Indexed("drawn", i)
		if !units[unit] {
			return c, union.NewFault(union.ErrUnknown, where, quote.Key(unit), "a unit that is scored")
		}
		if _, ok := c.drawn[unit]; ok {
			return c, union.NewFault(union.ErrRepeated, where, quote.Key(unit), "")
		}
		c.drawn[unit] = i
	}
	slices.SortFunc(c.list, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.group, b.group), cmp.Compare(a.unit, b.unit))
	})
	return c, nil
}

// meet notes the result of a meeting for both units.
func (c *contest) meet(m Meeting, units map[string]bool) error {
	switch {
	case !slices.ContainsFunc(c.spec.Keys, func(k Key) bool { return k.Among && k.Item == m.Item }):
		return union.NewFault(union.ErrUnknown, "item", quote.Key(m.Item), "the item of a key among units")
	case !units[m.First]:
		return union.NewFault(union.ErrUnknown, "first", quote.Key(m.First), "a unit that is scored")
	case !units[m.Second]:
		return union.NewFault(union.ErrUnknown, "second", quote.Key(m.Second), "a unit that is scored")
	case m.First == m.Second:
		return union.NewFault(union.ErrRepeated, "second", quote.Key(m.Second), "another unit")
	}
	if c.net[m.Item] == nil {
		c.net[m.Item] = map[string][]opponent{}
	}
	of := c.net[m.Item]
	of[m.First] = append(of[m.First], opponent{m.Second, m.Net})
	of[m.Second] = append(of[m.Second], opponent{m.First, m.Net.Neg()})
	return nil
}

// keys returns what a score is compared by, rounded where its key says so.
func (r Ranking) keys(score Score) (ranked, error) {
	each := ranked{unit: score.Unit, by: make([]union.Number, len(r.spec.Keys))}
	for i, key := range r.spec.Keys {
		if key.Among {
			continue
		}
		figure, ok := score.Items[key.Item]
		if !ok {
			return ranked{}, union.NewFault(union.ErrMissing, "items."+key.Item, "", "")
		}
		rounded, err := key.rounded(figure)
		if err != nil {
			return ranked{}, union.Within("items."+key.Item, err)
		}
		each.by[i] = rounded
	}
	return each, nil
}

// rounded returns a figure as the key compares it.
func (k Key) rounded(n union.Number) (union.Number, error) {
	if k.As == nil {
		return n, nil
	}
	return k.As.Apply(n)
}

// tie is units that share a place; drawn tells that the order drawn alone
// separates them from the next.
type tie struct {
	units []ranked
	drawn bool
}

// resolve puts units in order from a key on, those that stay together as one
// tie.
func (c contest) resolve(tied []ranked, key int) []tie {
	if len(tied) == 1 {
		return []tie{{units: tied}}
	}
	if key == len(c.spec.Keys) {
		return c.draw(tied)
	}
	var made []tie
	parts := c.parts(tied, key)
	for _, part := range parts {
		next := key + 1
		if len(parts) > 1 && c.spec.Restart > 0 {
			next = c.spec.Restart - 1
		}
		made = append(made, c.resolve(part, next)...)
	}
	return made
}

// parts returns the units that a key separates, the first part first; equal
// ones stay together, in the order of their tokens.
func (c contest) parts(tied []ranked, key int) [][]ranked {
	by := make(map[string]union.Number, len(tied))
	for _, each := range tied {
		by[each.unit] = each.by[key]
		if c.spec.Keys[key].Among {
			by[each.unit] = c.among(each.unit, tied, key)
		}
	}
	sorted := slices.Clone(tied)
	slices.SortStableFunc(sorted, func(a, b ranked) int {
		order := by[b.unit].Cmp(by[a.unit])
		if c.spec.Keys[key].Ascending {
			order = -order
		}
		return order
	})
	var parts [][]ranked
	for start, end := 0, 0; start < len(sorted); start = end {
		for end = start; end < len(sorted) && by[sorted[end].unit].Equal(by[sorted[start].unit]); end++ {
		}
		parts = append(parts, sorted[start:end])
	}
	return parts
}

// among returns the net figure of a unit over its meetings with those who tie.
func (c contest) among(unit string, tied []ranked, key int) union.Number {
	var sum union.Number
	for _, other := range c.net[c.spec.Keys[key].Item][unit] {
		if slices.ContainsFunc(tied, func(r ranked) bool { return r.unit == other.unit }) {
			sum = sum.Add(other.net)
		}
	}
	return sum
}

// draw separates units by the order drawn, if ties are open and it names all.
func (c contest) draw(tied []ranked) []tie {
	for _, each := range tied {
		if _, ok := c.drawn[each.unit]; !ok || c.spec.Placing.Ties != 0 {
			return []tie{{units: tied}}
		}
	}
	sorted := slices.Clone(tied)
	slices.SortFunc(sorted, func(a, b ranked) int { return cmp.Compare(c.drawn[a.unit], c.drawn[b.unit]) })
	var made []tie
	for i := range sorted {
		made = append(made, tie{units: sorted[i : i+1], drawn: true})
	}
	return made
}

// places numbers the ties of one group and appends them to places.
func (r Ranking) places(places []Place, ties []tie) ([]Place, error) {
	rank := int64(1)
	for _, each := range ties {
		var points *union.Number
		if len(r.spec.Placing.Worth) > 0 {
			worth, err := r.spec.Placing.points(rank, int64(len(each.units)))
			if err != nil {
				return nil, union.Within("placing", err)
			}
			points = &worth
		}
		for _, unit := range each.units {
			open := len(each.units) > 1 && r.spec.Placing.Ties == 0
			places = append(places, Place{Unit: unit.unit, Group: unit.group, Rank: int(rank), Points: points, Undecided: open, Drawn: each.drawn})
		}
		rank = r.spec.Placing.next(rank, int64(len(each.units)))
	}
	return places, nil
}
