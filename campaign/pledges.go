package campaign

import (
	"fmt"
	"slices"

	"github.com/unioncampaign/union"
)

// Pledges are how the promises of a campaign stand at the end of a day, with the
// comments on them. [Plan.Pledges] makes them. They are a result and never change.
// The zero Pledges are none.
type Pledges struct {
	on       union.Date
	spec     PlanSpec
	standing []Pledge
	comments []*Entry
	first    union.Date // of the campaign
}

// A Pledge is how one promise stands. It is a result.
type Pledge struct {
	ID      string      `json:"id"`
	Made    union.Date  `json:"made"`
	Promise Promise     `json:"promise"`
	State   union.State `json:"state"`
	Since   union.Date  `json:"since"` // the day on which it came into that state
	Kept    bool        `json:"kept"`
	Broken  bool        `json:"broken"`
}

// Pledges returns how the promises of a journal stand at the end of the day on, in
// the order in which they were made.
//
// It reports the first of
//   - [union.ErrRule], for a journal that is not the plan's;
//   - [union.ErrMissing], for a zero on;
//   - [union.ErrUnknown], if the plan has no promises.
func (p Plan) Pledges(j Journal, on union.Date) (Pledges, error) {
	if err := p.mayLook(j, on); err != nil {
		return Pledges{}, err
	}
	rule := p.spec.Promises
	if rule == nil {
		return Pledges{}, union.NewFault(union.ErrUnknown, "promises", "", "a plan with promises")
	}
	v := p.look(j, on)
	made := Pledges{on: on, spec: p.spec, first: p.spec.Phases[0].Window.From()}
	for _, entry := range v.entries {
		switch {
		case entry.Comment != nil:
			made.comments = append(made.comments, entry)
		case entry.Promise != nil:
			course := v.promise(entry)
			pledge := Pledge{ID: entry.ID, Made: entry.On, Since: entry.On, Promise: *entry.Promise, State: course.track.state(course.state)}
			if len(course.steps) > 0 {
				pledge.Since = course.steps[len(course.steps)-1].on
			}
			pledge.Kept, pledge.Broken = slices.Contains(rule.Kept, course.state), slices.Contains(rule.Broken, course.state)
			made.standing = append(made.standing, pledge)
		}
	}
	return made, nil
}

// On returns the day at whose end the promises stand.
func (p Pledges) On() union.Date { return p.on }

// All returns a copy of how each promise stands, in the order in which they were
// made.
func (p Pledges) All() []Pledge { return slices.Clone(p.standing) }

// A holder is who promises: an organisation or a person.
type holder struct {
	token  string
	person bool
}

// Check returns who is still owed a comment, as a finding for each holder and each
// span of a cadence that ended by the day and not before the holder's first promise:
// quarters, half years and years are those of the calendar. Where is the cadence, the
// last day of the span, and the holder's token.
func (p Pledges) Check() []union.Finding {
	var found []union.Finding
	since := map[holder]union.Date{}
	var holders []holder
	for _, each := range p.standing {
		who := holder{each.Promise.Holder, each.Promise.Person}
		if _, known := since[who]; !known {
			since[who] = each.Made
			holders = append(holders, who)
		}
	}
	if p.spec.Promises == nil {
		return nil
	}
	for _, cadence := range p.spec.Promises.Cadence {
		for _, span := range cadence.spans(p.first, p.on) {
			last, _ := span.Until()
			for _, who := range holders {
				if !since[who].After(last) && !p.commented(cadence.Key, who, span) {
					found = append(found, union.Finding{
						Where: fmt.Sprintf("%s by %s, %s", cadence.Key, last, who.token), Rule: cadence.Title, Got: "none",
						Want: "a comment in " + span.String(),
					})
				}
			}
		}
	}
	return found
}

func (p Pledges) commented(cadence string, who holder, span union.Period) bool {
	return slices.ContainsFunc(p.comments, func(e *Entry) bool {
		return e.Comment.Cadence == cadence && holder{e.Comment.Holder, e.Comment.Person} == who && span.Contains(e.On)
	})
}

// spans returns the spans of the cadence, aligned with the calendar year, that end
// from a day on and by another.
func (c Cadence) spans(from, by union.Date) []union.Period {
	var spans []union.Period
	first, err := union.NewDate(from.Year(), 1, 1)
	for err == nil {
		next, end := first.AddMonths(c.Months)
		if end != nil {
			return spans
		}
		last, end := next.AddDays(-1)
		if end != nil || last.After(by) {
			return spans
		}
		if !last.Before(from) {
			span, _ := union.NewPeriod(first, last) // in order
			spans = append(spans, span)
		}
		first = next
	}
	return spans
}

// Figures returns the figures of the promises, all under campaign.promise, those of
// organisations and of persons apart: how many promised, how many items, how many of
// these were kept, and at what rate; the organisations commented on, and persons
// commented on in person-times; how many promises there are in each state of the
// procedure; and how many comments are owed.
//
// The error is nil: the plan's rounding was checked.
func (p Pledges) Figures() ([]union.Figure, error) {
	sheet := union.NewFigureList("campaign.Pledges.Figures", p.spec.Rule)
	day := endOf(p.on)
	for _, each := range []struct {
		key, title string
		person     bool
		measure    union.Measure
	}{
		{"organisations", "组织", false, organisations},
		{"persons", "个人", true, union.Persons},
	} {
		holders := map[string]bool{}
		var items, kept int64
		for _, pledge := range p.standing {
			if pledge.Promise.Person != each.person {
				continue
			}
			holders[pledge.Promise.Holder] = true
			items += pledge.Promise.Items
			if pledge.Kept {
				kept += pledge.Promise.Items
			}
		}
		prefix := "campaign.promise." + each.key
		sheet.Count(prefix, "作出承诺的"+each.title, each.measure, int64(len(holders)), day)
		sheet.Count(prefix+".items", each.title+"承诺事项", actionsOf, items, day)
		sheet.Count(prefix+".kept", each.title+"已兑现事项", actionsOf, kept, day, union.InputOf("承诺事项", items))
		sheet.Percent(prefix+".rate", each.title+"承诺兑现率", "已兑现事项", "承诺事项", union.Ratio{Part: kept, Whole: items}, p.spec.Rates, day)
	}
	commented := map[string]bool{}
	var times int64
	for _, entry := range p.comments {
		if entry.Comment.Person {
			times++
		} else {
			commented[entry.Comment.Holder] = true
		}
	}
	sheet.Count("campaign.promise.comments.organisations", "接受点评的组织", organisations, int64(len(commented)), day)
	sheet.Count("campaign.promise.comments.persons", "接受点评的个人", union.PersonTimes, times, day)
	sheet.Count("campaign.promise.comments.owed", "尚欠点评次数", sessionsHeld, int64(len(p.Check())), day)
	if p.spec.Promises != nil {
		for _, state := range p.spec.Promises.Procedure.States {
			n := int64(0)
			for _, pledge := range p.standing {
				n += one(pledge.State.Key == state.Key)
			}
			sheet.Count("campaign.promise.state."+state.Key, state.Title, promisesMade, n, day, union.InputOf("承诺", int64(len(p.standing))))
		}
	}
	return sheet.Figures()
}
