package campaign

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
)

// An Opinion (意见建议) is what was heard, as it was heard. Opinions are grouped into
// issues, and both are counted.
type Opinion struct {
	Title  string `json:"title"`
	Source string `json:"source"`          // the key of a source of the plan
	Kind   string `json:"kind,omitempty"`  // a term of the plan's list of kinds; empty: not told
	Times  int64  `json:"times,omitempty"` // how many said so; 0: one
}

// times returns how many said so.
func (o Opinion) times() int64 { return max(o.Times, 1) }

// A Grouping (梳理归类) puts opinions under an issue.
type Grouping struct {
	Issue    string   `json:"issue"`    // the ID of the entry of the issue
	Opinions []string `json:"opinions"` // the IDs of the entries of opinions
}

func (p *Plan) checkOpinion(faults *union.FaultList, opinion Opinion) {
	faults.Given("opinion.title", opinion.Title)
	find(faults, p.spec.Sources, "opinion.source", opinion.Source, "a source of the plan")
	p.knownKind(faults, "opinion.kind", opinion.Kind)
	if opinion.Times < 0 {
		faults.Add(union.ErrRange, "opinion.times", strconv.FormatInt(opinion.Times, 10), "0 or more")
	}
}

func checkGrouping(faults *union.FaultList, grouping Grouping) {
	faults.Given("grouping.issue", grouping.Issue)
	if len(grouping.Opinions) == 0 {
		faults.Add(union.ErrMissing, "grouping.opinions", "", "at least one")
	}
}

func (g Grouping) clone() Grouping {
	g.Opinions = slices.Clone(g.Opinions)
	return g
}
