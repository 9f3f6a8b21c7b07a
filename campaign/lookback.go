package campaign

import (
	"errors"
	"slices"
	"strings"

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
	plan    PlanSpec // whose rule, rates, sources and evidence the figures tell
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
	back := LookBack{phase: of, on: on, plan: p.spec}
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
// The error is nil: the plan's rounding was checked.
func (l LookBack) Figures() ([]union.Figure, error) {
	sheet := union.NewFigureList("campaign.LookBack.Figures", l.plan.Rule)
	about := []union.Input{{Name: "阶段", Value: l.phase.Title}, endOf(l.on)}
	required, missing, late, chosen := l.Required(), l.Missing(), l.Late(), l.Chosen()
	demanded := union.InputOf("规定动作", required.Whole)

	sheet.Count("campaign.lookback.required", "规定动作项数", actionsOf, required.Whole, about...)
	sheet.Count("campaign.lookback.done", "完成规定动作项数", actionsOf, required.Part,
		slices.Concat(about, []union.Input{demanded, union.InputOf("其中逾期完成", int64(len(late)))})...)
	sheet.Count("campaign.lookback.missing", "缺项项数", actionsOf, int64(len(missing)),
		slices.Concat(about, []union.Input{demanded}, l.told(missing))...)
	sheet.Text("campaign.lookback.missing.titles", "缺项", titlesOf(missing), about...)
	sheet.Count("campaign.lookback.late", "逾期完成项数", actionsOf, int64(len(late)),
		slices.Concat(about, l.told(late))...)
	sheet.Percent("campaign.lookback.rate", "规定动作完成率", "完成规定动作项数", "规定动作项数", required, l.plan.Rates)
	sheet.Count("campaign.lookback.optional.done", "完成自选动作项数", actionsOf, int64(len(chosen)),
		slices.Concat(about, l.told(chosen))...)
	l.addIssues(sheet, about)
	return sheet.Figures()
}

// addIssues adds the figures of issues, whole and by source.
func (l LookBack) addIssues(sheet *union.FigureList, about []union.Input) {
	var titles []string
	found := map[string]int64{}
	for _, issue := range l.issues {
		titles = append(titles, issue.Title)
		found[issue.Source]++
	}
	var bySource []union.Input
	for _, source := range l.plan.Sources.Terms {
		bySource = append(bySource, union.InputOf(source.Title, found[source.Key]))
	}
	all := int64(len(l.issues))
	sheet.Count("campaign.lookback.issues", "查摆问题个数", issuesFound, all, slices.Concat(about, bySource)...)
	sheet.Text("campaign.lookback.issues.titles", "存在的问题", titles, about...)
	for _, source := range l.plan.Sources.Terms {
		sheet.Count("campaign.lookback.issues.source."+source.Key, source.Title+"的问题个数", issuesFound, found[source.Key],
			slices.Concat(about, []union.Input{union.InputOf("查摆问题", all)})...)
	}
}

// told tells each action with how it stands, in the words of the field.
func (l LookBack) told(reviews []Review) []union.Input {
	var inputs []union.Input
	for _, review := range reviews {
		stands := review.Progress.title()
		if !review.Day.IsZero() {
			stands = review.Day.String() + stands
		}
		if review.Progress == Lacking {
			stands += "：" + strings.Join(l.plan.Evidence.titles(review.Lacks), "、")
		}
		inputs = append(inputs, union.Input{Name: review.Action.Title, Value: stands})
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
