package competition

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/internal/quote"
)

// A Recommendation says who is recommended for an award and, of everyone who is
// not, why. It is a result: plain, and never an input of a judgement.
type Recommendation struct {
	Edition  union.RuleID
	Award    string // its key
	On       union.Date
	Quota    int
	Places   []Place           // those eligible by rank, then the others, each by credit code
	Items    []assessment.Item // of the scorecard, in the scheme's order
	Findings []union.Finding   // where the edition and the scheme disagree
}

// A Place is where a candidate stands. The verdict holds the reasons of its
// eligibility and, last, that of the quota: it is met for those recommended,
// unknown for those whom a tie at the last place leaves undecided, unmet for
// those whom the quota does not reach, and exempt for those not eligible.
type Place struct {
	Firm     union.CreditCode
	Title    string
	Score    assessment.Score // by the scheme
	Total    union.Number     // exact, after the vetoes of the scheme and of the award
	Eligible bool
	Rank     int // from 1 among those eligible; equal totals share a rank, and after two seconds comes a fourth; 0: not eligible
	Verdict  union.Verdict
}

// Recommend scores the candidates by the scheme, judges each as [Edition.Judge]
// does, ranks those that are eligible by their totals, and recommends as many
// from the top as the award's quota allows. Where equal totals would go beyond
// the quota none of them is taken: the tie is left undecided, since no rule of
// the edition settles it. The order of the candidates does not matter.
//
// The first of these faults is reported:
//   - those of [Edition.Judge], with the place of the candidate;
//   - [union.ErrRepeated], for a firm that stands twice;
//   - those of [assessment.Scheme.Judge].
func (e Edition) Recommend(award string, scheme assessment.Scheme, candidates []Candidate, entrants Entrants, on union.Date) (Recommendation, error) {
	asked, err := e.findAward(award)
	if err != nil {
		return Recommendation{}, err
	}
	if err := e.checkCandidates(award, candidates, entrants, on); err != nil {
		return Recommendation{}, err
	}
	spec := scheme.Spec()
	records := make([]assessment.Record, len(candidates))
	for i, c := range candidates {
		// Two firms may share a title, two units of a scheme may not.
		records[i] = e.record(strconv.Itoa(i+1)+" "+c.Title, c, spec, on)
	}
	scores, err := scheme.Judge(records)
	if err != nil {
		return Recommendation{}, err
	}
	r := Recommendation{
		Edition: e.id, Award: award, On: on, Quota: asked.Quota,
		Items: spec.Items, Findings: asked.compare(scheme),
	}
	for i, c := range candidates {
		verdict := e.judge(asked, c, scores[i], entrants, on)
		r.Places = append(r.Places, Place{
			Firm: c.Firm, Title: c.Title, Score: scores[i], Total: e.total(asked, c, scores[i], on),
			Eligible: verdict.Holds(), Verdict: verdict,
		})
	}
	r.rank()
	r.take()
	return r, nil
}

func (e Edition) checkCandidates(award string, candidates []Candidate, entrants Entrants, on union.Date) error {
	// Without a candidate, too, the day and the entrants must fit.
	if err := e.own("entrants", entrants.rule, &entrants.limits); err != nil {
		return err
	}
	if on.IsZero() {
		return union.NewFault(union.ErrMissing, "on", "", "a day")
	}
	seen := map[union.CreditCode]bool{}
	for i, c := range candidates {
		where := union.Indexed("candidates", i)
		if err := e.checkCandidate(c); err != nil {
			return union.Within(where, err)
		}
		if seen[c.Firm] {
			return union.NewFault(union.ErrRepeated, where+".firm", c.Firm.String(), "a firm once for award "+award)
		}
		seen[c.Firm] = true
	}
	return nil
}

// compare finds sections that the scheme does not have, or whose maximum it says
// otherwise.
func (a Award) compare(scheme assessment.Scheme) []union.Finding {
	var found []union.Finding
	keys := map[string]bool{}
	for _, item := range scheme.Spec().Items {
		keys[item.Key] = true
	}
	for i, section := range a.Sections {
		finding := union.Finding{Where: union.Indexed("sections", i), Rule: "a section is an item of the scheme with its maximum"}
		maximum, bounded := scheme.Maximum(section.Item)
		switch {
		case !keys[section.Item]:
			finding.Got, finding.Want = quote.Key(section.Item), "an item of the scheme"
		case bounded && !maximum.Equal(section.Maximum):
			finding.Got, finding.Want = section.Maximum.String(), maximum.String()
		default:
			continue
		}
		found = append(found, finding)
	}
	return found
}

// rank orders the places and gives those eligible their ranks.
func (r *Recommendation) rank() {
	slices.SortFunc(r.Places, func(a, b Place) int {
		switch {
		case a.Eligible != b.Eligible:
			if a.Eligible {
				return -1
			}
			return 1
		case a.Eligible:
			return cmp.Or(b.Total.Cmp(a.Total), compareCodes(a.Firm, b.Firm))
		}
		return compareCodes(a.Firm, b.Firm)
	})
	for i := range r.Places {
		place := &r.Places[i]
		switch {
		case !place.Eligible:
			return
		case i > 0 && place.Total.Equal(r.Places[i-1].Total):
			place.Rank = r.Places[i-1].Rank
		default:
			place.Rank = i + 1
		}
	}
}

// take gives every place the reason of the quota and its final standing.
func (r *Recommendation) take() {
	equal := map[int]int{} // how many share a rank
	for _, place := range r.Places {
		equal[place.Rank]++
	}
	for i := range r.Places {
		place := &r.Places[i]
		got := "第" + strconv.Itoa(place.Rank) + "名"
		var stands union.Standing
		switch last := place.Rank - 1 + equal[place.Rank]; {
		case !place.Eligible:
			stands, got = union.Exempt, ""
		case last <= r.Quota:
			stands = union.Met
		case place.Rank <= r.Quota:
			stands = union.Unknown
			got += "，并列" + strconv.Itoa(equal[place.Rank]) + "家"
		default:
			stands = union.Unmet
		}
		quota := reason(stands, "quota", "推荐名额", got, strconv.Itoa(r.Quota)+"家")
		place.Verdict = union.Judged(place.Verdict.Question, append(place.Verdict.Reasons, quota)...)
	}
}

// Recommended returns the places of those recommended, in order.
func (r Recommendation) Recommended() []Place {
	var taken []Place
	for _, place := range r.Places {
		if place.Verdict.Holds() {
			taken = append(taken, place)
		}
	}
	return taken
}
