package campaign

import (
	"errors"
	"slices"

	"github.com/unioncampaign/union"
)

// A LookBack (回头看) is how a phase stands at the end of a day: each of its
// actions, and the issues found by then. [Plan.LookBack] makes it. It is a result
// and never changes. The zero LookBack is of no phase; its counts are zero.
type LookBack struct {
	phase   Phase
	on      union.Date
	reviews []Review
	issues  []Issue
	sources []union.Term
	rates   union.Rounding
	rule    string
}

// LookBack reviews a phase at the end of the day on. Deeds and issues of other
// phases may be among those given and are left out, as is what is dated after on.
// Actions are judged as [Plan.Judge] says, optional ones too; issues keep their
// order.
//
// It reports, joined:
//   - [union.ErrUnknown], for a phase, an action, a kind of evidence or a source
//     of an issue that the plan does not have;
//   - [union.ErrMissing], for a deed or an issue without its day, an issue
//     without key or title, or a zero on;
//   - [union.ErrText] and [union.ErrRepeated], for the key of an issue that is
//     not one or was used before.
func (p Plan) LookBack(phase string, deeds []Deed, issues []Issue, on union.Date) (LookBack, error) {
	of, unknown := p.phase(phase)
	if err := errors.Join(unknown, p.checkDeeds(deeds, on), p.checkIssues(issues)); err != nil {
		return LookBack{}, err
	}
	back := LookBack{
		phase: of, on: on, sources: p.sources.Terms(), rates: p.spec.Rates, rule: p.spec.Title,
	}
	done := deedsByAction(deeds, on)
	for _, action := range of.Actions {
		back.reviews = append(back.reviews, of.review(action, done[action.Key], on))
	}
	for _, issue := range issues {
		if issue.Phase == phase && !issue.Found.After(on) {
			back.issues = append(back.issues, issue)
		}
	}
	return back, nil
}

// Phase returns a copy of the phase that was reviewed.
func (l LookBack) Phase() Phase { return l.phase.clone() }

// On returns the day of the review.
func (l LookBack) On() union.Date { return l.on }

// Verdict returns the judgement of [Plan.Judge].
func (l LookBack) Verdict() union.Verdict { return judged(l.phase, l.reviews, l.on) }

// Required returns how many of the required actions are done, in time or late.
func (l LookBack) Required() union.Ratio {
	var ratio union.Ratio
	for _, review := range l.reviews {
		if review.Action.Optional {
			continue
		}
		ratio.Whole++
		if review.Progress.Done() {
			ratio.Part++
		}
	}
	return ratio
}

// Reviews returns a copy of the review of every action, in the plan's order.
func (l LookBack) Reviews() []Review { return cloned(l.reviews, Review.clone) }

// Missing returns the reviews of the required actions that are not done: lacking
// evidence, pending or overdue.
func (l LookBack) Missing() []Review {
	return slices.DeleteFunc(l.Reviews(), func(r Review) bool { return r.Action.Optional || r.Progress.Done() })
}

// Late returns the reviews of the required actions that were done late.
func (l LookBack) Late() []Review {
	return slices.DeleteFunc(l.Reviews(), func(r Review) bool { return r.Action.Optional || r.Progress != Late })
}

// Chosen returns the reviews of the optional actions that are done.
func (l LookBack) Chosen() []Review {
	return slices.DeleteFunc(l.Reviews(), func(r Review) bool { return !r.Action.Optional || !r.Progress.Done() })
}

// Issues returns a copy of the issues of the phase found by the day, in the order
// given.
func (l LookBack) Issues() []Issue { return slices.Clone(l.issues) }

// Figures returns the figures of the review, all under campaign.lookback: counts
// of required actions, of those done, missing and late, the rate done of those
// required, optional actions done, and the issues, whole and by source. Nothing
// missing is a known zero; a list of none is not applicable.
//
// It fails only for a look-back whose rounding is none, with [union.ErrMissing].
func (l LookBack) Figures() ([]union.Figure, error) {
	sheet := page{by: "campaign.LookBack.Figures", rule: l.rule}
	phase, day := input("阶段", l.phase.Title), input("截至", l.on.String())
	required, missing, late := l.Required(), l.Missing(), l.Late()
	demanded := counted("规定动作", required.Whole)

	sheet.count("campaign.lookback.required", "规定动作项数", actionsOf, required.Whole, phase, day)
	sheet.count("campaign.lookback.done", "完成规定动作项数", actionsOf, required.Part,
		phase, day, demanded, counted("其中逾期完成", int64(len(late))))
	sheet.count("campaign.lookback.missing", "缺项项数", actionsOf, int64(len(missing)),
		append([]union.Input{phase, day, demanded}, progressInputs(missing)...)...)
	sheet.text("campaign.lookback.missing.titles", "缺项", titlesOf(missing), phase, day)
	sheet.count("campaign.lookback.late", "逾期完成项数", actionsOf, int64(len(late)),
		append([]union.Input{phase, day}, progressInputs(late)...)...)
	sheet.percent("campaign.lookback.rate", "规定动作完成率", "完成规定动作项数", "规定动作项数", l.rates, required)
	sheet.count("campaign.lookback.optional.done", "完成自选动作项数", actionsOf, int64(len(l.Chosen())),
		append([]union.Input{phase, day}, progressInputs(l.Chosen())...)...)
	l.addIssues(&sheet, phase, day)
	return sheet.figures()
}

// addIssues adds the figures of issues, whole and by source.
func (l LookBack) addIssues(sheet *page, phase, day union.Input) {
	var titles []string
	found := map[string]int64{}
	for _, issue := range l.issues {
		titles = append(titles, issue.Title)
		found[issue.Source]++
	}
	var bySource []union.Input
	for _, source := range l.sources {
		bySource = append(bySource, counted(source.Title, found[source.Key]))
	}
	sheet.count("campaign.lookback.issues", "查摆问题个数", "个", int64(len(l.issues)),
		append([]union.Input{phase, day}, bySource...)...)
	sheet.text("campaign.lookback.issues.titles", "存在的问题", titles, phase, day)
	for _, source := range l.sources {
		sheet.count("campaign.lookback.issues."+source.Key, source.Title+"的问题个数", "个", found[source.Key],
			phase, day, counted("查摆问题", int64(len(l.issues))))
	}
}

// progressInputs tells each action with how it stands.
func progressInputs(reviews []Review) []union.Input {
	var inputs []union.Input
	for _, review := range reviews {
		inputs = append(inputs, input(review.Action.Title, review.reason().Got))
	}
	return inputs
}

func titlesOf(reviews []Review) []string {
	var titles []string
	for _, review := range reviews {
		titles = append(titles, review.Action.Title)
	}
	return titles
}

func (r Review) clone() Review {
	r.Action = r.Action.clone()
	r.Lacks = slices.Clone(r.Lacks)
	return r
}
