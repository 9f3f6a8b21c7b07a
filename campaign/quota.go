package campaign

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Quota is what a member of some ranks has to study in the campaign. A demand
// of zero is none.
type Quota struct {
	Ranks           []string    `json:"ranks,omitempty"`            // keys of the plan's ranks; none: every rank without a quota of its own
	Sessions        int64       `json:"sessions,omitempty"`         // least sessions attended or made up
	Hours           []KindHours `json:"hours,omitempty"`            // least hours attended or made up
	NotesWords      int64       `json:"notes_words,omitempty"`      // least words of notes in all
	Reflections     int64       `json:"reflections,omitempty"`      // least number of reflections
	ReflectionWords int64       `json:"reflection_words,omitempty"` // least words of a reflection that counts
	Surveys         int64       `json:"surveys,omitempty"`          // least number of surveys made on the spot (调研)
}

// KindHours are the hours (学时) of one kind of study that a quota demands.
type KindHours struct {
	Kind  string       `json:"kind,omitempty"` // the key of a kind of the plan; empty: all kinds together
	Least union.Number `json:"least"`
}

// checkQuotas sees that every demand is one, and that no member is under two.
func (p *Plan) checkQuotas(faults *union.FaultList) {
	ruled := map[string]bool{} // by rank; "" stands for the quota of every other rank
	claim := func(where, rank string) {
		if ruled[rank] {
			faults.Add(union.ErrRepeated, where, quote.Key(rank), "one quota for a rank")
		}
		ruled[rank] = true
	}
	for i, quota := range p.spec.Quotas {
		where := union.Indexed("quotas", i)
		if len(quota.Ranks) == 0 {
			claim(where, "")
		}
		for j, rank := range quota.Ranks {
			at := union.Indexed(where+".ranks", j)
			find(faults, p.spec.Ranks, at, rank, "a rank of the plan")
			claim(at, rank)
		}
		faults.Within(where, quota.check(p.spec.Kinds))
	}
}

// check reports the faults of what a quota demands.
func (q Quota) check(kinds union.CodesSpec) error {
	var faults union.FaultList
	for _, least := range []struct {
		where string
		n     int64
	}{
		{"sessions", q.Sessions}, {"notes_words", q.NotesWords},
		{"reflections", q.Reflections}, {"reflection_words", q.ReflectionWords}, {"surveys", q.Surveys},
	} {
		if least.n < 0 {
			faults.Add(union.ErrRange, least.where, strconv.FormatInt(least.n, 10), "at least 0")
		}
	}
	seen := map[string]bool{}
	for i, hours := range q.Hours {
		where := union.Indexed("hours", i)
		if hours.Kind != "" {
			find(&faults, kinds, where+".kind", hours.Kind, "a kind of study of the plan")
		}
		if seen[hours.Kind] {
			faults.Add(union.ErrRepeated, where+".kind", quote.Key(hours.Kind), "each kind once")
		}
		seen[hours.Kind] = true
		if hours.Least.Sign() <= 0 {
			faults.Add(union.ErrRange, where+".least", hours.Least.String(), "more than 0")
		}
	}
	if q.Reflections == 0 && q.ReflectionWords > 0 {
		faults.Add(union.ErrMissing, "reflections", "", "how many, since their words are given")
	}
	if q.isNone() {
		faults.Add(union.ErrMissing, "", "", "at least one demand")
	}
	return faults.Err()
}

// isNone reports whether nothing is demanded.
func (q Quota) isNone() bool {
	return q.Sessions == 0 && len(q.Hours) == 0 && q.NotesWords == 0 && q.Reflections == 0 && q.ReflectionWords == 0 && q.Surveys == 0
}

// quotaOf returns the place of the quota that a rank is under: that which names
// it, else that which names no rank, else -1.
func (p Plan) quotaOf(rank string) int {
	named := slices.IndexFunc(p.spec.Quotas, func(q Quota) bool { return slices.Contains(q.Ranks, rank) })
	if named >= 0 {
		return named
	}
	return slices.IndexFunc(p.spec.Quotas, func(q Quota) bool { return len(q.Ranks) == 0 })
}

func (q Quota) clone() Quota {
	q.Ranks, q.Hours = slices.Clone(q.Ranks), slices.Clone(q.Hours)
	return q
}
