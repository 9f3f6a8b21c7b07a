package campaign

import (
	"slices"
	"strconv"
	"time"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A ServiceDay (义务劳动日) is the rule of a monthly day of voluntary labour: the
// nth of a weekday in each month, and the days that were moved; by what specialities
// teams are made up; and what a member has to do in a calendar year.
type ServiceDay struct {
	Weekday      string          `json:"weekday"` // "monday" to "sunday"
	Nth          int             `json:"nth"`     // 1 to 4: every month has four of each weekday
	Moved        []Moved         `json:"moved,omitempty"`
	Specialities union.CodesSpec `json:"specialities,omitzero"`
	Hours        union.Number    `json:"hours,omitzero"`  // least hours a year; 0: none are asked for
	Points       union.Number    `json:"points,omitzero"` // least points a year
}

// Moved says that one service day is held on another day, and why.
type Moved struct {
	From   union.Date `json:"from"` // a day of the rule
	To     union.Date `json:"to"`
	Reason string     `json:"reason"`
}

var weekdays = [...]struct{ key, title string }{
	time.Sunday:    {"sunday", "星期日"},
	time.Monday:    {"monday", "星期一"},
	time.Tuesday:   {"tuesday", "星期二"},
	time.Wednesday: {"wednesday", "星期三"},
	time.Thursday:  {"thursday", "星期四"},
	time.Friday:    {"friday", "星期五"},
	time.Saturday:  {"saturday", "星期六"},
}

// weekday returns the weekday that the rule names, and false if it names none.
func (s ServiceDay) weekday() (time.Weekday, bool) {
	for day, name := range weekdays {
		if name.key == s.Weekday {
			return time.Weekday(day), true
		}
	}
	return 0, false
}

// most is the highest nth that every month has of each weekday.
const most = 4

func (p *Plan) checkServiceDay(faults *union.FaultList) {
	if p.spec.ServiceDay != nil {
		faults.Within("service_day", p.spec.ServiceDay.check())
	}
}

func (s ServiceDay) check() error {
	var faults union.FaultList
	if !isNone(s.Specialities) {
		_, err := union.NewCodes(s.Specialities)
		faults.Within("specialities", err)
	}
	for _, least := range []struct {
		where string
		n     union.Number
	}{{"hours", s.Hours}, {"points", s.Points}} {
		if least.n.Sign() < 0 {
			faults.Add(union.ErrRange, least.where, least.n.String(), "0 or more")
		}
	}
	if _, known := s.weekday(); !known {
		faults.Add(union.ErrUnknown, "weekday", quote.Key(s.Weekday), "monday to sunday")
	}
	if s.Nth < 1 || s.Nth > most {
		faults.Add(union.ErrRange, "nth", strconv.Itoa(s.Nth), "1 to "+strconv.Itoa(most))
	}
	if err := faults.Err(); err != nil {
		return err // without the rule no move can be judged
	}
	for i, moved := range s.Moved {
		where := union.Indexed("moved", i)
		if !s.falls(moved.From) {
			faults.Add(union.ErrUnknown, where+".from", moved.From.String(), "a service day")
		}
		if slices.ContainsFunc(s.Moved[:i], func(m Moved) bool { return m.From == moved.From }) {
			faults.Add(union.ErrRepeated, where+".from", moved.From.String(), "a day moved once")
		}
		if moved.To.IsZero() {
			faults.Add(union.ErrMissing, where+".to", "", "the day it is held on")
		} else if s.taken(moved, i) {
			faults.Add(union.ErrRepeated, where+".to", moved.To.String(), "a day that is no service day yet")
		}
		faults.Given(where+".reason", moved.Reason)
	}
	return faults.Err()
}

// falls reports whether day is a service day before any is moved.
func (s ServiceDay) falls(day union.Date) bool {
	return !day.IsZero() && s.in(day.Year(), day.Month()) == day
}

// taken reports whether the day that the ith move leads to is a service day
// already: by an earlier move, or by the rule and not moved away.
func (s ServiceDay) taken(moved Moved, i int) bool {
	if slices.ContainsFunc(s.Moved[:i], func(m Moved) bool { return m.To == moved.To }) {
		return true
	}
	left := slices.ContainsFunc(s.Moved, func(m Moved) bool { return m.From == moved.To && m.From != moved.From })
	return s.falls(moved.To) && !left
}

// in returns the service day of a month, before any is moved. A rule that was
// checked names a day that every month has.
func (s ServiceDay) in(year int, month time.Month) union.Date {
	weekday, _ := s.weekday()
	day, _ := union.NthWeekday(year, month, weekday, s.Nth)
	return day
}

// isOn reports whether a day is a service day, once those moved are.
func (s ServiceDay) isOn(day union.Date) bool {
	if slices.ContainsFunc(s.Moved, func(m Moved) bool { return m.To == day }) {
		return true
	}
	return s.falls(day) && !slices.ContainsFunc(s.Moved, func(m Moved) bool { return m.From == day })
}

// days returns the service days in a closed period, moved ones where they were
// moved to, in order.
func (s ServiceDay) days(from, until union.Date) []union.Date {
	var days []union.Date
	keep := func(day union.Date) {
		if !day.Before(from) && !day.After(until) {
			days = append(days, day)
		}
	}
	for year := from.Year(); year <= until.Year(); year++ {
		for month := time.January; month <= time.December; month++ {
			day := s.in(year, month)
			if !slices.ContainsFunc(s.Moved, func(m Moved) bool { return m.From == day }) {
				keep(day)
			}
		}
	}
	for _, moved := range s.Moved {
		keep(moved.To)
	}
	slices.SortFunc(days, union.Date.Compare)
	return days
}

// ServiceDays returns the service days that fall within a period, in order: one a
// month by the plan's rule, each moved day where it was moved to.
//
// It reports the first of
//   - [union.ErrUnknown], if the plan has no service day;
//   - [union.ErrMissing], if the period is zero or has no last day.
func (p Plan) ServiceDays(within union.Period) ([]union.Date, error) {
	if p.spec.ServiceDay == nil {
		return nil, union.NewFault(union.ErrUnknown, "service_day", "", "a plan with a service day")
	}
	until, closed := within.Until()
	if !closed {
		return nil, union.NewFault(union.ErrMissing, "within", within.String(), "a period with a last day")
	}
	return p.spec.ServiceDay.days(within.From(), until), nil
}

// ServiceFigures returns the figures of the service days within a period: the
// days as a text list, the first of them, and how many there are. They are not
// applicable if the plan has no service day; of a period without one, nor are
// the list and the first day.
//
// It fails with [union.ErrMissing] if the period is zero or has no last day.
func (p Plan) ServiceFigures(within union.Period) ([]union.Figure, error) {
	const list, first, count = "campaign.service.days", "campaign.service.first", "campaign.service.count"
	const listTitle, firstTitle, countTitle = "义务劳动日", "首个义务劳动日", "义务劳动日天数"
	sheet := union.NewFigureList("campaign.Plan.ServiceFigures", p.spec.Rule)
	if p.spec.ServiceDay == nil {
		plan := union.Input{Name: "方案", Value: p.spec.Title}
		sheet.Absent(list, listTitle, "", union.NotApplicable, plan)
		sheet.Absent(first, firstTitle, "", union.NotApplicable, plan)
		sheet.Absent(count, countTitle, union.Days, union.NotApplicable, plan)
		return sheet.Figures()
	}
	days, err := p.ServiceDays(within)
	if err != nil {
		return nil, err
	}
	inputs := append([]union.Input{spanOf(within, "")}, p.spec.ServiceDay.inputs()...)
	var texts []string
	for _, day := range days {
		texts = append(texts, day.Chinese())
	}
	sheet.Text(list, listTitle, texts, inputs...)
	if len(days) > 0 {
		sheet.Date(first, firstTitle, days[0], inputs...)
	} else {
		sheet.Absent(first, firstTitle, "", union.NotApplicable, inputs...)
	}
	sheet.Count(count, countTitle, union.Days, int64(len(days)), inputs...)
	return sheet.Figures()
}

// inputs tells the rule and every day moved.
func (s ServiceDay) inputs() []union.Input {
	weekday, _ := s.weekday()
	told := []union.Input{{Name: "规则", Value: "每月第" + strconv.Itoa(s.Nth) + "个" + weekdays[weekday].title}}
	for _, moved := range s.Moved {
		told = append(told, union.Input{
			Name: moved.From.Chinese() + "改期", Value: moved.To.Chinese() + "，" + moved.Reason,
		})
	}
	return told
}

func (s ServiceDay) clone() ServiceDay {
	s.Moved, s.Specialities = slices.Clone(s.Moved), cloneList(s.Specialities)
	return s
}
