package assessment

import (
	"cmp"
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

const rankingDocument = "assessment.ranking/1"

// A RankingSpec says how scores are put in order: by its keys, one after
// another until two units are separated.
type RankingSpec struct {
	union.Rule
	Keys []Key `json:"keys"`
}

// A Key compares scores by one item, the higher first unless Ascending.
type Key struct {
	Item      string          `json:"item"`
	Ascending bool            `json:"ascending,omitempty"`
	As        *union.Rounding `json:"as,omitempty"` // compared as printed; none: exactly
}

// A Ranking is a checked ranking; its document is "assessment.ranking/1". The
// zero Ranking has no keys and separates nobody.
type Ranking struct {
	spec RankingSpec
	id   union.RuleID
}

// A Place is where a unit stands, counted from 1. Units that no key separates
// share a rank and are Undecided; after two seconds comes a fourth.
type Place struct {
	Unit      string `json:"unit"`
	Rank      int    `json:"rank"`
	Undecided bool   `json:"undecided,omitempty"`
}

// NewRanking returns the ranking that spec describes. It reports, joined,
// [union.ErrMissing] for a part of the rule, the keys, or a key's item not
// given, [union.ErrRepeated] for an item compared twice in the same way, and
// what [union.Rounding.Check] reports.
func NewRanking(spec RankingSpec) (Ranking, error) {
	var f union.FaultList
	f.Within("", spec.Check())
	if len(spec.Keys) == 0 {
		f.Add(union.ErrMissing, "keys", "", "one key or more")
	}
	for i, key := range spec.Keys {
		where := union.Indexed("keys", i)
		f.Given(where+".item", key.Item)
		if key.As != nil {
			f.Within(where+".as", key.As.Check())
		}
		for _, other := range spec.Keys[:i] {
			if other.Item == key.Item && (other.As == nil || key.As != nil && *other.As == *key.As) {
				f.Add(union.ErrRepeated, where+".item", quote.Key(key.Item), "a key that can still separate")
			}
		}
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

// ID returns the ranking's identity.
func (r Ranking) ID() union.RuleID { return r.id }

// Rule returns what the ranking says of itself.
func (r Ranking) Rule() union.Rule { return r.spec.Rule }

// MarshalJSON writes the ranking as a document "assessment.ranking/1".
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

// ranked is a unit with what it is compared by.
type ranked struct {
	unit string
	by   []union.Number
}

// Rank puts scores in order and returns the places from the first on. Units
// that no key separates share a rank, stand in the order of their tokens, and
// are marked undecided: nothing is drawn in silence.
//
// It reports the first fault, score by score: [union.ErrMissing] for an item
// that a score does not have, [union.ErrRepeated] for a unit scored twice.
func (r Ranking) Rank(scores []Score) ([]Place, error) {
	list := make([]ranked, 0, len(scores))
	units := make(map[string]bool, len(scores))
	for i, score := range scores {
		where := union.Indexed("scores", i)
		if units[score.Unit] {
			return nil, union.NewFault(union.ErrRepeated, where+".unit", quote.Key(score.Unit), "one score a unit")
		}
		units[score.Unit] = true
		each, err := r.keys(score)
		if err != nil {
			return nil, union.Within(where, err)
		}
		list = append(list, each)
	}
	slices.SortFunc(list, func(a, b ranked) int {
		return cmp.Or(r.compare(a, b), cmp.Compare(a.unit, b.unit))
	})
	return r.places(list), nil
}

// keys returns what a score is compared by, rounded where its key says so.
func (r Ranking) keys(score Score) (ranked, error) {
	each := ranked{unit: score.Unit}
	for _, key := range r.spec.Keys {
		figure, ok := score.Items[key.Item]
		if !ok {
			return ranked{}, union.NewFault(union.ErrMissing, "items."+key.Item, "", "")
		}
		if key.As != nil {
			rounded, err := key.As.Apply(figure)
			if err != nil {
				return ranked{}, union.Within("items."+key.Item, err)
			}
			figure = rounded
		}
		each.by = append(each.by, figure)
	}
	return each, nil
}

// compare returns a negative number if a stands before b, and 0 if no key
// separates them.
func (r Ranking) compare(a, b ranked) int {
	for i, key := range r.spec.Keys {
		order := a.by[i].Cmp(b.by[i])
		if !key.Ascending {
			order = -order
		}
		if order != 0 {
			return order
		}
	}
	return 0
}

// places numbers a sorted list: those that tie share the rank of the first.
func (r Ranking) places(list []ranked) []Place {
	places := make([]Place, len(list))
	for i, each := range list {
		places[i] = Place{Unit: each.unit, Rank: i + 1}
		if i > 0 && r.compare(list[i-1], each) == 0 {
			places[i].Rank, places[i].Undecided = places[i-1].Rank, true
			places[i-1].Undecided = true
		}
	}
	return places
}
