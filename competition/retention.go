package competition

import (
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
)

// A Retention is what keeps a title once it is held: to go on competing, and to be
// assessed well enough (继续参赛并经考核为优秀者保留称号). In holds the totals that
// suffice; zero: to compete is enough.
type Retention struct {
	Title string         `json:"title"`
	In    union.Interval `json:"in,omitzero"`
}

// JudgeRetention says whether a firm that holds the honour of an award keeps it
// under this edition: it entered by the day, its total suffices, and no veto
// strikes it. An award without a retention rule keeps its honour: the verdict has
// no reasons and is met. What follows if it does not is for whoever decides; see
// [Roll.Remove]. It fails as [Edition.Judge] does, but does not look at the steps of
// the nomination.
func (e Edition) JudgeRetention(award string, c Candidate, score assessment.Score, entrants Entrants, on union.Date) (union.Verdict, error) {
	asked, _, err := e.prepare(award, c, entrants, on)
	if err != nil {
		return union.Verdict{}, err
	}
	question := asked.Title + "：" + c.Title + " " + on.String()
	if asked.Retention == nil {
		return union.Judged(question), nil
	}
	rule := *asked.Retention
	kept := entry(c, entrants, on)
	kept.Rule = rule.Title + "：" + kept.Rule
	reasons := []union.Reason{kept}
	if !rule.In.Equal(union.Interval{}) {
		total := e.total(asked, c, score, on)
		reasons = append(reasons, reason(standing(rule.In.Contains(total)), "retention", rule.Title, total.String(), rule.In.String()))
	}
	for _, veto := range asked.Vetoes {
		reasons = append(reasons, e.vetoReason(veto, c, on))
	}
	return union.Judged(question, reasons...), nil
}
