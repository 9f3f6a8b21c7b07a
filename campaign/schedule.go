package campaign

import (
	"slices"
	"strings"

	"github.com/unioncampaign/union"
)

// A Schedule is what a phase has in hand: its actions in the order of their due
// days. It is a result. The zero Schedule is of no phase.
type Schedule struct {
	Phase Phase `json:"phase"`
	Rows  []Row `json:"rows"` // by due day, those without one last; of one day in the plan's order
	rule  union.Rule
}

// A Row is one action of a schedule.
type Row struct {
	Due    union.Date `json:"due,omitzero"` // zero: in time until the event that ends the phase
	Step   string     `json:"step"`         // the step's title; empty: the phase as a whole
	Action Action     `json:"action"`
}

// Schedule returns the schedule of the phase with the key. It fails with
// [union.ErrUnknown] for a phase that the plan does not have.
func (p Plan) Schedule(phase string) (Schedule, error) {
	of, err := p.phase(phase)
	if err != nil {
		return Schedule{}, err
	}
	made := Schedule{Phase: of, rule: p.spec.Rule}
	for _, action := range of.Actions {
		due, _ := of.DueDay(action)
		made.Rows = append(made.Rows, Row{Due: due, Step: of.stepTitle(action.Step), Action: action.clone()})
	}
	slices.SortStableFunc(made.Rows, func(a, b Row) int {
		if a.Due.IsZero() || b.Due.IsZero() {
			return b.Due.Compare(a.Due) // the zero day is before all, and belongs last
		}
		return a.Due.Compare(b.Due)
	})
	return made, nil
}

// stepTitle returns the title of the step with the key, or nothing.
func (p Phase) stepTitle(key string) string {
	for _, step := range p.Steps {
		if step.Key == key {
			return step.Title
		}
	}
	return ""
}

// Figures returns the figures of the schedule, all under campaign.phase.<phase
// key>: the phase's title, its first and last day (the event, if it ends at one),
// its steps, the counts of actions, and the rows as a text list. What is not there
// to tell is not applicable; only the first day, which every phase has, is unknown
// of the zero Schedule.
//
// The error is nil: nothing here is rounded.
func (s Schedule) Figures() ([]union.Figure, error) {
	sheet := union.NewFigureList("campaign.Schedule.Figures", s.rule)
	prefix := "campaign.phase." + s.Phase.Key
	phase := union.Input{Name: "阶段", Value: s.Phase.Title}
	window := spanOf(s.Phase.Window, s.Phase.Event)
	sheet.Text(prefix+".title", "阶段名称", given(s.Phase.Title), window)
	sheet.Date(prefix+".from", "开始日期", s.Phase.Window.From(), phase, window)
	if until, closed := s.Phase.Window.Until(); closed {
		sheet.Date(prefix+".until", "结束日期", until, phase, window)
	} else {
		sheet.Text(prefix+".until", "结束日期", given(s.Phase.Event), phase, window)
	}
	var steps, rows []string
	for _, step := range s.Phase.Steps {
		steps = append(steps, step.Title)
	}
	var required int64
	for _, row := range s.Rows {
		rows = append(rows, row.text())
		required += one(!row.Action.Optional)
	}
	all := int64(len(s.Rows))
	optional := all - required
	sheet.Text(prefix+".steps", "环节", steps, phase)
	sheet.Count(prefix+".actions", "动作项数", actionsOf, all,
		phase, union.InputOf("规定动作", required), union.InputOf("自选动作", optional))
	sheet.Count(prefix+".required", "规定动作项数", actionsOf, required, phase)
	sheet.Count(prefix+".optional", "自选动作项数", actionsOf, optional, phase)
	sheet.Text(prefix+".schedule", "工作安排", rows, phase, window)
	return sheet.Figures()
}

// text writes the row as the plan would print it: step, action and due day.
func (r Row) text() string {
	var line strings.Builder
	if r.Step != "" {
		line.WriteString(r.Step + "：")
	}
	line.WriteString(r.Action.Title)
	if !r.Due.IsZero() {
		line.WriteString("（截至" + r.Due.Chinese() + "）")
	}
	return line.String()
}
