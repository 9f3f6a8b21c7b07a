package campaign

import (
	"fmt"
	"slices"
	"strings"

	"github.com/unioncampaign/union"
)

// A LookBack (回头看) is how a phase stands at the end of a day: each of its
// actions, the issues found by then, and its gate. [Plan.LookBack] makes it. It is a
// result and never changes. The zero LookBack is of no phase; its counts are zero.
type LookBack struct {
	phase   Phase
	on      union.Date
	plan    *Plan
	reviews []Review
	issues  []IssueStanding
	before  []union.Reason // of the verdict, before those of the actions
	after   []union.Reason // and after them
	answer  string
	state   union.State
	closed  union.Date
	effects []measurement
}

// A measurement is what follows from the last reading of a threshold.
type measurement struct {
	threshold Threshold
	value     string // as it was read; empty: it was not
	effect    Effect
}

// LookBack reviews a phase at the end of the day on. What is dated after on is left
// out. Actions are judged as [Plan.Judge] says, optional ones too; issues come in
// the order in which they were found.
//
// It fails where Judge does.
func (p Plan) LookBack(phase string, j Journal, on union.Date) (LookBack, error) {
	if err := p.mayLook(j, on); err != nil {
		return LookBack{}, err
	}
	at := p.phaseAt(phase)
	if at < 0 {
		_, err := p.phase(phase)
		return LookBack{}, err
	}
	v := p.look(j, on)
	back := LookBack{phase: p.spec.Phases[at], on: on, plan: &p, reviews: v.reviews(at, on)}
	for _, entry := range v.issues {
		if entry.Issue.Phase == phase {
			back.issues = append(back.issues, v.standing(entry))
		}
	}
	back.readGate(v, at)
	return back, nil
}

// readGate reads how the phase stands at its gate.
func (l *LookBack) readGate(v *view, phase int) {
	var course *run
	if l.plan.spec.Gate != nil {
		course = v.gate(phase)
		l.state, l.closed = course.track.state(course.state), v.closedOn(phase)
	}
	l.before, l.after = v.demands(phase, course, l.on)
	l.answer = "complete"
	for _, review := range l.reviews {
		if !review.Action.Optional && !review.Progress.Settled() {
			l.answer = "incomplete"
		}
	}
	if !union.Judged("", l.before...).Holds() || !union.Judged("", l.after...).Holds() {
		l.answer = "incomplete"
	}
	for i, threshold := range l.plan.spec.Thresholds {
		if slices.Contains(threshold.Phases, l.phase.Key) {
			_, measured := v.measured(i, l.phase.Key, l.on)
			l.effects = append(l.effects, measured)
		}
	}
	if course == nil {
		return
	}
	filed, accepted := v.filed(course, l.on), v.accepted(course, l.on)
	if l.answer == "complete" && filed.Standing == union.Met && accepted.Standing == union.Met {
		l.answer = "closed"
	}
	l.after = append(l.after, filed, accepted)
}

// filed judges whether the look-back was handed in since the phase was last sent
// back.
func (v *view) filed(course *run, on union.Date) union.Reason {
	var day union.Date
	for _, each := range course.steps {
		switch event := each.event.Event; {
		case event == v.plan.spec.Gate.Files:
			day = each.on
		case slices.Contains(v.plan.spec.Gate.Returns, event):
			day = union.Date{}
		}
	}
	rule, _ := course.leading(func(t union.Transition) bool { return t.Event == v.plan.spec.Gate.Files })
	return by(union.Reason{Finding: union.Finding{Where: v.plan.spec.Gate.Files, Rule: rule, Want: "the look-back handed in"}}, day, on)
}

// leading returns the titles of the transitions wanted, and the roles that bring them
// about, each once.
func (r *run) leading(wanted func(union.Transition) bool) (titles, roles string) {
	var words, who []string
	for _, each := range r.track.procedure.Transitions() {
		if !wanted(each) {
			continue
		}
		if !slices.Contains(words, each.Title) {
			words = append(words, each.Title)
		}
		for _, role := range each.By {
			if !slices.Contains(who, role) {
				who = append(who, role)
			}
		}
	}
	return strings.Join(words, "、"), strings.Join(who, " or ")
}

// accepted judges whether a superior has accepted the phase, and says who may.
func (v *view) accepted(course *run, on union.Date) union.Reason {
	rule, roles := course.leading(func(t union.Transition) bool { return course.track.state(t.To).Final })
	return by(union.Reason{Finding: union.Finding{Where: course.state, Rule: rule, Want: "accepted by " + roles}}, course.closedOn(), on)
}

// Phase returns a copy of the phase that was reviewed.
func (l LookBack) Phase() Phase { return l.phase.clone() }

// On returns the day of the review.
func (l LookBack) On() union.Date { return l.on }

// Verdict returns the judgement of [Plan.Judge].
func (l LookBack) Verdict() union.Verdict {
	if l.plan == nil {
		return union.Judged("")
	}
	reasons := slices.Concat(l.before, reasonsOf(l.reviews), l.after)
	verdict := union.Judged(fmt.Sprintf("phase %s on %s", l.phase.Key, l.on), reasons...)
	verdict.Answer = l.answer
	return verdict
}

// State returns the state of the phase at its gate; the zero State if phases have
// none.
func (l LookBack) State() union.State { return l.state }

// Closed returns the day on which the phase closed, and whether it has.
func (l LookBack) Closed() (union.Date, bool) { return l.closed, !l.closed.IsZero() }

// Required returns how many of the required actions are done, in time or late, of
// those that are not waived.
func (l LookBack) Required() union.Ratio {
	var ratio union.Ratio
	for _, review := range l.reviews {
		if review.Action.Optional || review.Progress == Waived {
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

// only returns a copy of the reviews that are wanted.
func (l LookBack) only(wanted func(Review) bool) []Review {
	var reviews []Review
	for _, review := range l.reviews {
		if wanted(review) {
			reviews = append(reviews, review.clone())
		}
	}
	return reviews
}

// Missing returns the reviews of the required actions that are neither done nor
// waived: lacking evidence, out of order, pending or overdue.
func (l LookBack) Missing() []Review {
	return l.only(func(r Review) bool { return !r.Action.Optional && !r.Progress.Settled() })
}

// Standing returns the reviews of the required actions that stand in one way.
func (l LookBack) Standing(progress Progress) []Review {
	return l.only(func(r Review) bool { return !r.Action.Optional && r.Progress == progress })
}

// Chosen returns the reviews of the optional actions that are done.
func (l LookBack) Chosen() []Review {
	return l.only(func(r Review) bool { return r.Action.Optional && r.Progress.Done() })
}

// Issues returns a copy of how the issues of the phase stand that were found by the
// day, in the order in which they were.
func (l LookBack) Issues() []IssueStanding { return cloned(l.issues, IssueStanding.clone) }

// Figures returns the figures of the review, all under campaign.lookback: counts
// of required actions, of those done, missing, late, waived, out of order, pending
// and overdue, the rate done of those required and not waived, optional actions
// done, the issues that are a part of none, whole and by source, and how the phase
// stands at its gate: its state, the day on which it closed, and what is still wanting. Under
// campaign.threshold.<key> it returns what follows from each threshold that the gate
// asks for. Nothing missing is a known zero; a list of none is not applicable, and
// so is the gate of a plan that has none.
//
// The error is nil: the plan's rounding was checked.
func (l LookBack) Figures() ([]union.Figure, error) {
	var spec PlanSpec
	if l.plan != nil {
		spec = l.plan.spec
	}
	sheet := union.NewFigureList("campaign.LookBack.Figures", spec.Rule)
	about := []union.Input{{Name: "阶段", Value: l.phase.Title}, endOf(l.on)}
	required, missing, late, chosen := l.Required(), l.Missing(), l.Standing(Late), l.Chosen()
	waived := l.Standing(Waived)
	all := required.Whole + int64(len(waived))
	demanded := union.InputOf("规定动作", all)

	sheet.Count("campaign.lookback.required", "规定动作项数", actionsOf, all, about...)
	sheet.Count("campaign.lookback.done", "完成规定动作项数", actionsOf, required.Part,
		slices.Concat(about, []union.Input{demanded, union.InputOf("其中逾期完成", int64(len(late)))})...)
	sheet.Count("campaign.lookback.missing", "缺项项数", actionsOf, int64(len(missing)),
		slices.Concat(about, []union.Input{demanded}, told(spec, missing))...)
	sheet.Text("campaign.lookback.missing.titles", "缺项", titlesOf(missing), about...)
	sheet.Count("campaign.lookback.late", "逾期完成项数", actionsOf, int64(len(late)),
		slices.Concat(about, told(spec, late))...)
	for _, each := range []struct {
		progress Progress
		title    string
	}{
		{Waived, "经批准免做项数"}, {OutOfOrder, "次序颠倒项数"}, {Pending, "未到期尚未完成项数"}, {Overdue, "逾期未完成项数"},
	} {
		standing := l.Standing(each.progress)
		sheet.Count("campaign.lookback."+progressKeys[each.progress], each.title, actionsOf, int64(len(standing)),
			slices.Concat(about, told(spec, standing))...)
	}
	sheet.Percent("campaign.lookback.rate", "规定动作完成率", "完成规定动作项数", "规定动作项数", required, spec.Rates)
	sheet.Count("campaign.lookback.optional.done", "完成自选动作项数", actionsOf, int64(len(chosen)),
		slices.Concat(about, told(spec, chosen))...)
	l.addIssues(sheet, spec, about)
	l.addGate(sheet, spec, about)
	return sheet.Figures()
}

// addIssues adds the figures of issues, whole and by source. What is a part of another
// is none of them, here as in a ledger.
func (l LookBack) addIssues(sheet *union.FigureList, spec PlanSpec, about []union.Input) {
	var titles []string
	found := map[string]int64{}
	var all int64
	for _, issue := range l.issues {
		if issue.Issue.Within == "" {
			titles = append(titles, issue.Issue.Title)
			found[issue.Issue.Source]++
			all++
		}
	}
	var bySource []union.Input
	for _, source := range spec.Sources.Terms {
		bySource = append(bySource, union.InputOf(source.Title, found[source.Key]))
	}
	sheet.Count("campaign.lookback.issues", "查摆问题个数", issuesFound, all, slices.Concat(about, bySource)...)
	sheet.Text("campaign.lookback.issues.titles", "存在的问题", titles, about...)
	for _, source := range spec.Sources.Terms {
		sheet.Count("campaign.lookback.issues.source."+source.Key, source.Title+"的问题个数", issuesFound, found[source.Key],
			slices.Concat(about, []union.Input{union.InputOf("查摆问题", all)})...)
	}
}

// addGate adds the figures of the gate.
func (l LookBack) addGate(sheet *union.FigureList, spec PlanSpec, about []union.Input) {
	const state, day = "campaign.lookback.gate", "campaign.lookback.closed"
	var wanting []string
	for _, finding := range l.Verdict().Failed() {
		wanting = append(wanting, finding.Rule)
	}
	if spec.Gate == nil {
		sheet.Absent(state, "转段情况", "", union.NotApplicable, about...)
		sheet.Absent(day, "转段日期", "", union.NotApplicable, about...)
	} else {
		sheet.Text(state, "转段情况", []string{l.state.Title}, about...)
		sheet.Date(day, "转段日期", l.closed, about...)
	}
	sheet.Text("campaign.lookback.wanting", "转段尚缺", wanting, about...)
	for _, each := range l.effects {
		key, title := "campaign.threshold."+each.threshold.Key, each.threshold.Title
		if each.value == "" {
			sheet.Absent(key, title, "", union.NotKnown, about...)
			continue
		}
		sheet.Text(key, title, []string{each.effect.Title}, slices.Concat(about, []union.Input{{Name: "测得", Value: each.value}})...)
	}
}

// told tells each action with how it stands, in the words of the field.
func told(spec PlanSpec, reviews []Review) []union.Input {
	var inputs []union.Input
	for _, review := range reviews {
		stands := review.Progress.title()
		if !review.Day.IsZero() {
			stands = review.Day.String() + stands
		}
		switch review.Progress {
		case Lacking:
			stands += "：" + strings.Join(titles(spec.Evidence, review.Lacks), "、")
		case Waived:
			stands += "：" + review.Waiver.Reason
		default:
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
	r.Waiver = pointer(r.Waiver, func(w Waiver) Waiver { return w })
	return r
}
