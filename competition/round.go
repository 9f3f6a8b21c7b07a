package competition

import "github.com/unioncampaign/union"

// A Round is a score before the final one: the firm's own (自查), or a spot check
// of the city (抽查). In holds the totals that suffice; Off, where it is given, what
// the final total less this one may be.
type Round struct {
	Key   string         `json:"key"` // unique within its award
	Title string         `json:"title"`
	In    union.Interval `json:"in,omitzero"`
	Off   union.Interval `json:"off,omitzero"`
}

// reasons returns how the round's total stands, and how far the final one is off,
// as far as the round asks for it.
func (r Round) reasons(given map[string]union.Number, final union.Number) []union.Reason {
	total, known := given[r.Key]
	var reasons []union.Reason
	for _, asked := range []struct {
		where string
		in    union.Interval
		of    union.Number
	}{{"rounds." + r.Key, r.In, total}, {"rounds." + r.Key + ".off", r.Off, final.Sub(total)}} {
		switch {
		case asked.in.Equal(union.Interval{}): // it does not
		case !known:
			reasons = append(reasons, reason(union.Unknown, asked.where, r.Title, "", asked.in.String()))
		default:
			reasons = append(reasons, reason(standing(asked.in.Contains(asked.of)), asked.where, r.Title, asked.of.String(), asked.in.String()))
		}
	}
	return reasons
}

func checkRound(r Round, seen map[string]bool) error {
	var faults union.FaultList
	faults.Key("key", r.Key, seen)
	faults.Given("title", r.Title)
	if r.In.Equal(union.Interval{}) && r.Off.Equal(union.Interval{}) {
		faults.Add(union.ErrMissing, "in", "", "the totals that suffice, or how far the final one may be off")
	}
	return faults.Err()
}
