package campaign

import (
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
	"github.com/unioncampaign/union/internal/wire"
)

// An Overview is the tally of how one phase stands in many units at the end of a day:
// each action by its progress, and the issues. [Plan.Overview] makes an empty one,
// [Overview.Add] counts the look-back of a unit, and a [union.Rollup] sums the
// overviews of units up every level, with late reports and missing reports apart. Its
// size is that of the plan.
//
// It is not idempotent: a look-back counted twice counts twice. The zero Overview is of
// no phase: it refuses look-backs, and takes the phase and the day of what is merged
// into it.
type Overview struct {
	rule    union.RuleID
	phase   string
	on      union.Date
	stands  union.Table // action by progress
	numbers overviewNumbers
}

// overviewNumbers count units and issues.
type overviewNumbers struct{ units, complete, closed, found, mended, explained, overdue int64 }

func (n *overviewNumbers) all() []*int64 {
	return []*int64{&n.units, &n.complete, &n.closed, &n.found, &n.mended, &n.explained, &n.overdue}
}

// couldBe reports whether look-backs could have such numbers, none of which is below zero.
func (n overviewNumbers) couldBe() bool {
	return n.closed <= n.complete && n.complete <= n.units && n.mended <= n.found &&
		n.overdue <= n.found-n.mended-n.explained && (n.found == 0 || n.units > 0)
}

// The axes of an overview.
const (
	axisAction   = "action"
	axisProgress = "progress"
)

// overviewLayout makes the layout of overviews: the actions of all phases, since an
// overview of one has nothing in the others. A plan without actions has none.
func (p *Plan) overviewLayout() (union.Layout, error) {
	actions := union.CodesSpec{Rule: p.spec.Rule}
	for _, phase := range p.spec.Phases {
		for _, action := range phase.Actions {
			actions.Terms = append(actions.Terms, union.Term{Key: action.Key, Title: action.Title})
		}
	}
	if len(actions.Terms) == 0 {
		return union.Layout{}, nil
	}
	listed, err := union.NewCodes(actions)
	if err != nil {
		return union.Layout{}, union.Within("phases", err)
	}
	progress, err := union.NewCodes(progressList())
	if err != nil {
		return union.Layout{}, err
	}
	return union.NewLayout(
		union.Axis{Key: axisAction, Title: "动作", Codes: listed},
		union.Axis{Key: axisProgress, Title: "完成情况", Codes: progress},
	)
}

// Overview returns an empty tally of a phase at the end of the day on. That of the
// zero Plan is the zero Overview.
//
// It fails with [union.ErrUnknown] for a phase that the plan does not have, and with
// [union.ErrMissing] for a zero on.
func (p Plan) Overview(phase string, on union.Date) (Overview, error) {
	if p.id.IsZero() {
		return Overview{}, nil
	}
	if _, err := p.phase(phase); err != nil {
		return Overview{}, err
	}
	if on.IsZero() {
		return Overview{}, union.NewFault(union.ErrMissing, "on", "", "the day of the review")
	}
	return Overview{rule: p.id, phase: phase, on: on, stands: p.layout.Table()}, nil
}

// Rule returns the identity of the plan.
func (o Overview) Rule() union.RuleID { return o.rule }

// Phase returns the key of the phase.
func (o Overview) Phase() string { return o.phase }

// On returns the day at whose end the phase stands.
func (o Overview) On() union.Date { return o.on }

// Units returns how many look-backs were counted.
func (o Overview) Units() int64 { return o.numbers.units }

// Add counts the look-back of one unit.
//
// It reports the first of, and then changes nothing:
//   - [union.ErrRule], for an overview of no phase, and for a look-back under another
//     plan, of another phase or day;
//   - [union.ErrOverflow], for more than 2^32 look-backs, and if a number no longer fits.
func (o *Overview) Add(back LookBack) error {
	if o.rule.IsZero() || back.plan == nil || back.plan.id != o.rule || back.phase.Key != o.phase || back.on != o.on {
		return union.NewFault(union.ErrRule, "", "a look-back of another plan, phase or day", o.rule.String())
	}
	if o.numbers.units >= mostUnits {
		return union.NewFault(union.ErrOverflow, "units", "", "")
	}
	numbers, fits := o.numbers.plus(back.numbers())
	if !fits {
		return union.NewFault(union.ErrOverflow, "issues", "", "")
	}
	first := back.plan.firsts[back.plan.phaseAt(back.phase.Key)]
	for i, review := range back.reviews {
		// Far from what a cell may hold, since no cell counts more than the units.
		if err := o.stands.Add(union.Code(first+i+1), union.Code(review.Progress)); err != nil {
			return err
		}
	}
	o.numbers = numbers
	return nil
}

// mostUnits is how many units an overview counts at most: every action of each can
// still be counted in one cell of the table.
const mostUnits = 1 << 32

// numbers counts one look-back.
func (l LookBack) numbers() overviewNumbers {
	n := overviewNumbers{units: 1, complete: one(l.answer != "incomplete"), closed: one(!l.closed.IsZero())}
	for _, issue := range leaves(l.issues) {
		n.found++
		n.mended += one(issue.Closed)
		n.explained += one(issue.Explained)
		n.overdue += one(issue.Overdue)
	}
	return n
}

// plus returns the sum, and whether it fits.
func (n overviewNumbers) plus(other overviewNumbers) (overviewNumbers, bool) {
	ours, theirs := n.all(), other.all()
	for i := range ours {
		sum, fits := exact.Add(*ours[i], *theirs[i])
		if !fits {
			return n, false
		}
		*ours[i] = sum
	}
	return n, true
}

// Merge adds other to the tally, and shares nothing with it.
//
// It reports the first of, and then changes nothing:
//   - [union.ErrRule], if other is of another plan, phase or day;
//   - [union.ErrOverflow], for more than 2^32 look-backs, and if a number does not fit.
func (o *Overview) Merge(other Overview) error {
	if other.rule.IsZero() {
		return nil
	}
	if !o.rule.IsZero() {
		if err := o.goesWith(other); err != nil {
			return err
		}
	}
	numbers, fits := o.numbers.plus(other.numbers)
	if !fits || numbers.units > mostUnits {
		return union.NewFault(union.ErrOverflow, "", "", "")
	}
	if err := o.stands.Merge(other.stands); err != nil {
		return err
	}
	o.rule, o.phase, o.on, o.numbers = other.rule, other.phase, other.on, numbers
	return nil
}

// goesWith refuses a tally of another plan, phase or day.
func (o *Overview) goesWith(other Overview) error {
	switch {
	case o.rule != other.rule:
		return union.NewFault(union.ErrRule, "", other.rule.String(), o.rule.String())
	case o.phase != other.phase:
		return union.NewFault(union.ErrRule, "phase", quoted(other.phase), quoted(o.phase))
	case o.on != other.on:
		return union.NewFault(union.ErrRule, "on", other.on.String(), o.on.String())
	}
	return nil
}

// overviewForm names the binary form of an Overview: the phase, the day, the numbers
// of units and issues, and the table of actions by progress.
const overviewForm = "campaign.overview/1"

// longestPhase is the most bytes of a phase's key.
const longestPhase = 64

// AppendBinary appends the canonical binary form, as [union.WriteTally] does.
func (o Overview) AppendBinary(data []byte) ([]byte, error) {
	return union.WriteTally(data, overviewForm, o.rule, func(w *wire.Writer) {
		w.Text(o.phase)
		w.Text(o.on.String())
		for _, n := range o.numbers.all() {
			w.Count(*n)
		}
		w.Nest(o.stands)
	})
}

// UnmarshalBinary reads what AppendBinary wrote, as [union.ReadTally] does; into the
// zero Overview that of any plan, else one of the tally's own plan, phase and day
// ([union.ErrRule]). What no look-backs add up to is [union.ErrText]. On error the
// tally is unchanged.
func (o *Overview) UnmarshalBinary(data []byte) error {
	var made Overview
	rule, err := union.ReadTally(data, overviewForm, o.rule, made.read)
	if err != nil {
		return err
	}
	made.rule = rule
	if !o.rule.IsZero() && !rule.IsZero() {
		if err := o.goesWith(made); err != nil {
			return err
		}
		if made.stands.Rule() != o.stands.Rule() {
			return otherShape("overview", o.rule)
		}
	}
	*o = made
	return nil
}

// read reads the body. Its plan is not there to be asked: [Overview.Merge] and
// [Plan.OverviewFigures] see whether it is of theirs.
func (o *Overview) read(r *wire.Reader) {
	o.phase = r.Text(longestPhase)
	o.on = readDay(r)
	for _, n := range o.numbers.all() {
		*n = r.Count()
	}
	r.Nest(&o.stands)
	if o.phase == "" || o.on.IsZero() || !o.numbers.couldBe() || o.numbers.units > mostUnits {
		r.Refuse("numbers that no look-backs have", "those of units and issues")
	}
}

// The titles of figures that an overview has, with a value or without.
const (
	unitsTitle    = "已汇总单位"
	completeTitle = "规定动作齐备的单位"
	closedTitle   = "已转段的单位"
	rateTitle     = "规定动作完成率"
)

// partsCounted are the keys and titles of what an overview counts of issues.
var partsCounted = [...]struct{ key, title string }{
	{"parts", "问题细项"}, {"parts.closed", "已整改销号"}, {"parts.explained", "暂不能解决并已说明"}, {"parts.overdue", "逾期未整改"},
}

// addUnreported adds what nobody has reported.
func addUnreported(sheet *union.FigureList, due union.Input) {
	absent := func(key, title string, measure union.Measure) {
		sheet.Absent("campaign.overview."+key, title, measure, union.NotKnown, due)
	}
	absent("units", unitsTitle, unitsOf)
	absent("complete", completeTitle, unitsOf)
	absent("closed", closedTitle, unitsOf)
	for progress := InTime; progress <= Overdue; progress++ {
		absent("progress."+progressKeys[progress], progress.title(), actionsOf)
	}
	absent("rate", rateTitle, "")
	for _, each := range partsCounted {
		absent(each.key, each.title, actionsOf)
	}
}

// OverviewFigures returns the figures of a phase in all the units of a part of a
// rollup, all under campaign.overview: how many units are expected to report, did so
// in time and late, and are missing; of those that reported, how many have done all and
// how many have closed the phase; how many required actions of theirs stand in each
// way; the rate done of those required and not waived; under .parts, as in a ledger, the
// parts of issues and the issues without parts; and under .action.<key> how many units
// have settled each required action. Where nobody has reported, .units and all that
// follows it is unknown, never zero; of which phase the actions would be is not known
// either, so that these are left out.
//
// It fails with [union.ErrRule] for an overview that is not of the plan, and with
// [union.ErrOverflow] if the required actions of all units do not fit.
func (p Plan) OverviewFigures(part union.Part[Overview]) ([]union.Figure, error) {
	o := part.Sum
	sheet := union.NewFigureList("campaign.Plan.OverviewFigures", p.spec.Rule)
	due := union.InputOf("应报单位", int64(part.Expected))
	for _, each := range []struct {
		key, title string
		n          int
	}{
		{"expected", "应报单位", part.Expected}, {"on_time", "按时报送单位", part.OnTime},
		{"late", "迟报单位", part.Late}, {"missing", "未报单位", part.Missing},
	} {
		sheet.Count("campaign.overview."+each.key, each.title, unitsOf, int64(each.n), due)
	}
	if o.rule.IsZero() {
		addUnreported(sheet, due)
		return sheet.Figures()
	}
	if o.rule != p.id || o.stands.Rule() != p.layout.ID() {
		return nil, union.NewFault(union.ErrRule, "", o.rule.String(), p.id.String())
	}
	phase, err := p.phase(o.phase)
	if err != nil {
		return nil, err
	}
	units := union.InputOf(unitsTitle, o.numbers.units)
	day := endOf(o.on)
	sheet.Count("campaign.overview.units", unitsTitle, unitsOf, o.numbers.units, day, due)
	sheet.Count("campaign.overview.complete", completeTitle, unitsOf, o.numbers.complete, day, units)
	sheet.Count("campaign.overview.closed", closedTitle, unitsOf, o.numbers.closed, day, units)
	stood, settled, err := p.stood(o, phase)
	if err != nil {
		return nil, err
	}
	var required int64
	for progress := InTime; progress <= Overdue; progress++ {
		sum, fits := exact.Add(required, stood[progress])
		if !fits {
			return nil, union.NewFault(union.ErrOverflow, "actions", "", "")
		}
		required = sum
	}
	for progress := InTime; progress <= Overdue; progress++ {
		sheet.Count("campaign.overview.progress."+progressKeys[progress], progress.title(), actionsOf, stood[progress], day, units,
			union.InputOf("规定动作", required))
	}
	sheet.Percent("campaign.overview.rate", rateTitle, "完成规定动作项数", "规定动作项数",
		union.Ratio{Part: stood[InTime] + stood[Late], Whole: required - stood[Waived]}, p.spec.Rates, day, units)
	for i, n := range []int64{o.numbers.found, o.numbers.mended, o.numbers.explained, o.numbers.overdue} {
		sheet.Count("campaign.overview."+partsCounted[i].key, partsCounted[i].title, actionsOf, n, day, units)
	}
	for i, action := range phase.Actions {
		if !action.Optional {
			sheet.Count("campaign.overview.action."+action.Key, action.Title, unitsOf, settled[i], day, units)
		}
	}
	return sheet.Figures()
}

// stood returns how many required actions stand in each way, and in how many units
// each action is settled. No sum overflows: a table's total does not.
func (p Plan) stood(o Overview, phase Phase) (stood [Overdue + 1]int64, settled []int64, err error) {
	settled = make([]int64, len(phase.Actions))
	first := p.firsts[p.phaseAt(phase.Key)]
	for i, action := range phase.Actions {
		for progress := InTime; progress <= Overdue; progress++ {
			n, err := p.layout.Cell(o.stands, union.Code(first+i+1), union.Code(progress))
			if err != nil {
				return stood, nil, err
			}
			if progress.Settled() {
				settled[i] += n
			}
			if !action.Optional {
				stood[progress] += n
			}
		}
	}
	return stood, settled, nil
}
