package campaign

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// An Analysis is the form of self-analysis (党性分析): lists of the plan, such as the
// five checks and the three clarities, of which every term must be filled. It is
// complete only then.
type Analysis struct {
	Title string         `json:"title"`
	Parts []AnalysisPart `json:"parts"`
	Words int64          `json:"words,omitempty"` // least words in all
	Ranks []string       `json:"ranks,omitempty"` // who owes one; none: every member
	Due   union.Date     `json:"due,omitzero"`    // zero: at once
}

// An AnalysisPart is one list of the form.
type AnalysisPart struct {
	List  string `json:"list"`            // the key of one of the plan's lists
	Words int64  `json:"words,omitempty"` // least words for each term; 0: that it is filled suffices
}

// A SelfAnalysis is the record of what a member filled in, never of what it says.
// Several of one member add up.
type SelfAnalysis struct {
	Person string   `json:"person"`
	Filled []Filled `json:"filled"`
}

// Filled says that one term of the form was filled, in so many words.
type Filled struct {
	List  string `json:"list"`            // the key of a list of the form
	Term  string `json:"term"`            // the key of a term of that list
	Words int64  `json:"words,omitempty"` // 0 or more
}

// checkDuties checks the form of analysis and the duties to talk.
func (p *Plan) checkDuties(faults *union.FaultList) {
	isRank := func(key string) bool {
		return slices.ContainsFunc(p.spec.Ranks.Terms, func(t union.Term) bool { return t.Key == key })
	}
	if form := p.spec.Analysis; form != nil {
		faults.Given("analysis.title", form.Title)
		if len(form.Parts) == 0 {
			faults.Add(union.ErrMissing, "analysis.parts", "", "at least one")
		}
		if form.Words < 0 {
			faults.Add(union.ErrRange, "analysis.words", strconv.FormatInt(form.Words, 10), "0 or more")
		}
		once(faults, "analysis.ranks", form.Ranks, isRank, "a rank of the plan")
		for i, part := range form.Parts {
			where := union.Indexed("analysis.parts", i)
			if len(p.list(part.List).Terms) == 0 {
				faults.Add(union.ErrUnknown, where+".list", quote.Key(part.List), "a list of the plan")
			}
			if slices.ContainsFunc(form.Parts[:i], func(a AnalysisPart) bool { return a.List == part.List }) {
				faults.Add(union.ErrRepeated, where+".list", quote.Key(part.List), "each list once")
			}
			if part.Words < 0 {
				faults.Add(union.ErrRange, where+".words", strconv.FormatInt(part.Words, 10), "0 or more")
			}
		}
	}
	for i, duty := range p.spec.Talks {
		where := union.Indexed("talks", i)
		faults.Given(where+".title", duty.Title)
		once(faults, where+".ranks", duty.Ranks, isRank, "a rank of the plan")
		once(faults, where+".by", duty.By, isRank, "a rank of the plan")
		if duty.Times < 1 {
			faults.Add(union.ErrRange, where+".times", strconv.FormatInt(duty.Times, 10), "1 or more")
		}
	}
}

func (p *Plan) checkAnalysis(faults *union.FaultList, made SelfAnalysis) {
	faults.Within("analysis.person", union.CheckToken(made.Person))
	var form Analysis
	if p.spec.Analysis != nil {
		form = *p.spec.Analysis
	}
	if len(made.Filled) == 0 {
		faults.Add(union.ErrMissing, "analysis.filled", "", "at least one term")
	}
	for i, filled := range made.Filled {
		where := union.Indexed("analysis.filled", i)
		if !slices.ContainsFunc(form.Parts, func(a AnalysisPart) bool { return a.List == filled.List }) {
			faults.Add(union.ErrUnknown, where+".list", quote.Key(filled.List), "a list of the form")
		}
		find(faults, p.list(filled.List), where+".term", filled.Term, "a term of the list")
		if filled.Words < 0 {
			faults.Add(union.ErrRange, where+".words", strconv.FormatInt(filled.Words, 10), "0 or more")
		}
	}
}

func (a Analysis) clone() Analysis {
	a.Parts, a.Ranks = slices.Clone(a.Parts), slices.Clone(a.Ranks)
	return a
}

func (a SelfAnalysis) clone() SelfAnalysis {
	a.Filled = slices.Clone(a.Filled)
	return a
}
