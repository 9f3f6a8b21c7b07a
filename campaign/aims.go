package campaign

import (
	"fmt"
	"slices"

	"github.com/unioncampaign/union"
)

// Aims are how the targets of a campaign stand at the end of a day. [Plan.Aims] makes
// them. They are a result and never change. The zero Aims are none.
type Aims struct {
	on   union.Date
	rule union.Rule
	all  []Aim
}

// An Aim is how one target stands. It is a result.
type Aim struct {
	ID     string         `json:"id"`
	Set    union.Date     `json:"set"`
	Target Target         `json:"target"`
	Value  *union.Number  `json:"value,omitempty"` // as last told; nil: not told
	Told   union.Date     `json:"told,omitzero"`   // when
	Stands union.Standing `json:"stands"`          // met; unmet after its due day; else unknown
}

// Aims returns how the targets of a journal stand at the end of the day on, in the
// order in which they were set. A target is met if the value told last is as good; it
// is unmet once its due day has passed without that.
//
// It reports the first of
//   - [union.ErrRule], for a journal that is not the plan's;
//   - [union.ErrMissing], for a zero on.
func (p Plan) Aims(j Journal, on union.Date) (Aims, error) {
	if err := p.mayLook(j, on); err != nil {
		return Aims{}, err
	}
	made := Aims{on: on, rule: p.spec.Rule}
	v := p.look(j, on)
	for _, entry := range v.entries {
		if entry.Target == nil {
			continue
		}
		aim := Aim{ID: entry.ID, Set: entry.On, Target: *entry.Target, Stands: union.Unknown}
		for _, told := range v.entries {
			if told.Attained != nil && told.Attained.Target == entry.ID {
				value := told.Attained.Value
				aim.Value, aim.Told = &value, told.On
			}
		}
		switch {
		case aim.Value != nil && aim.Target.attained(*aim.Value):
			aim.Stands = union.Met
		case on.After(aim.Target.Due):
			aim.Stands = union.Unmet
		}
		made.all = append(made.all, aim)
	}
	return made, nil
}

// All returns a copy of how each target stands, in the order in which they were set.
func (a Aims) All() []Aim {
	return cloned(a.all, func(aim Aim) Aim {
		aim.Value = pointer(aim.Value, func(n union.Number) union.Number { return n })
		return aim
	})
}

// Verdict says whether all targets are met, with a reason for each.
func (a Aims) Verdict() union.Verdict {
	var reasons []union.Reason
	for _, aim := range a.all {
		got := "not told"
		if aim.Value != nil {
			got = aim.Value.String() + " on " + aim.Told.String()
		}
		reasons = append(reasons, union.Reason{
			Finding: union.Finding{
				Where: aim.ID, Rule: aim.Target.Title, Got: got,
				Want: fmt.Sprintf("%s by %s", aim.Target.To, aim.Target.Due),
			},
			Standing: aim.Stands,
		})
	}
	return union.Judged("targets on "+a.on.String(), reasons...)
}

// Figures returns the figures of the targets, all under campaign.targets: how many
// were set, met, missed and are open, and their titles, with exemplar and what one
// lacks, as a text list.
//
// The error is nil: nothing here is rounded.
func (a Aims) Figures() ([]union.Figure, error) {
	sheet := union.NewFigureList("campaign.Aims.Figures", a.rule)
	var n [union.Exempt + 1]int64
	var titles []string
	for _, aim := range a.all {
		n[aim.Stands]++
		titles = append(titles, fmt.Sprintf("%s（对照%s，差距：%s；由%s到%s%s，%s前）", aim.Target.Title, aim.Target.Exemplar,
			aim.Target.Lacks, aim.Target.From, aim.Target.To, aim.Target.Measure, aim.Target.Due.Chinese()))
	}
	day, set := endOf(a.on), union.InputOf("赶超目标", int64(len(a.all)))
	sheet.Count("campaign.targets", "赶超目标项数", actionsOf, int64(len(a.all)), day)
	sheet.Count("campaign.targets.met", "已达到项数", actionsOf, n[union.Met], day, set)
	sheet.Count("campaign.targets.missed", "到期未达到项数", actionsOf, n[union.Unmet], day, set)
	sheet.Count("campaign.targets.open", "未到期项数", actionsOf, n[union.Unknown], day, set)
	sheet.Text("campaign.targets.titles", "赶超目标", slices.Clip(titles), day)
	return sheet.Figures()
}
