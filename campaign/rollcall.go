package campaign

import (
	"fmt"

	"github.com/unioncampaign/union"
)

// A RollCall counts sessions as one member stood at them, or person-times as all
// did. Made up is part of excused and absent, and counted beside them. The zero
// RollCall expects nothing.
type RollCall struct {
	Present    int64 `json:"present"`
	Excused    int64 `json:"excused"`
	Absent     int64 `json:"absent"`
	Unrecorded int64 `json:"unrecorded"` // held, and nothing is known
	MadeUp     int64 `json:"made_up"`
}

// Recorded returns those of which something is known.
func (r RollCall) Recorded() int64 { return r.Present + r.Excused + r.Absent }

// Expected returns all: recorded and unrecorded.
func (r RollCall) Expected() int64 { return r.Recorded() + r.Unrecorded }

// Covered returns those attended or made up.
func (r RollCall) Covered() int64 { return r.Present + r.MadeUp }

// count counts one cell.
func (r *RollCall) count(at cell) {
	switch Mark(at & markOf) {
	case Present:
		r.Present++
	case Excused:
		r.Excused++
	case Absent:
		r.Absent++
	default:
		r.Unrecorded++
	}
	if at&madeUp != 0 {
		r.MadeUp++
	}
}

// RollCalls returns how each member stood at the sessions held, in the order of
// the roster. It fails with [union.ErrRule] for a tally that is not the course's.
func (c Course) RollCalls(a Attendance) ([]RollCall, error) {
	if err := c.ownsAttendance(&a); err != nil {
		return nil, err
	}
	each := make([]RollCall, c.roster.Len())
	for at, cell := range a.cells {
		each[at%a.members].count(cell)
	}
	return each, nil
}

// Persons returns the tokens of the members who were present at one session at
// least: what a parent merges to count distinct persons. It fails with
// [union.ErrRule] for a tally that is not the course's.
func (c Course) Persons(a Attendance) (union.Register, error) {
	var persons union.Register
	calls, err := c.RollCalls(a)
	if err != nil {
		return persons, err
	}
	for i, call := range calls {
		if call.Present == 0 {
			continue
		}
		if _, err := persons.Add(c.roster.members[i].Person); err != nil {
			return union.Register{}, err
		}
	}
	return persons, nil
}

// Throughout says whether every member studied throughout (全员、全程): present at
// every session held, or made it up. It gives one reason for each member, by
// token, in the order of the roster: unknown if all that is amiss is unrecorded,
// exempt if no session is held. It answers "throughout", or nothing.
//
// It fails with [union.ErrRule] for a tally that is not the course's.
func (c Course) Throughout(a Attendance) (union.Verdict, error) {
	calls, err := c.RollCalls(a)
	if err != nil {
		return union.Verdict{}, err
	}
	reasons := make([]union.Reason, len(calls))
	for i, call := range calls {
		reasons[i] = union.Reason{
			Finding: union.Finding{
				Where: "member " + c.roster.members[i].Person,
				Rule:  "present or made up at every session held",
				Got:   call.text(),
				Want:  fmt.Sprintf("%d", call.Expected()),
			},
			Standing: atLeast(call.Covered(), call.Unrecorded, call.Expected()),
		}
		if call.Expected() == 0 {
			reasons[i].Standing = union.Exempt
		}
	}
	verdict := union.Judged("everyone throughout on "+a.on.String(), reasons...)
	if verdict.Holds() {
		verdict.Answer = "throughout"
	}
	return verdict, nil
}

// atLeast says how a demand stands when got is sure and open may still be added.
func atLeast(got, open, want int64) union.Standing {
	switch {
	case got >= want:
		return union.Met
	case got+open >= want:
		return union.Unknown
	}
	return union.Unmet
}

// text tells what was attended or made up, and what is not recorded.
func (r RollCall) text() string {
	text := fmt.Sprintf("%d, of which %d made up", r.Covered(), r.MadeUp)
	if r.Unrecorded > 0 {
		text += fmt.Sprintf(", and %d unrecorded", r.Unrecorded)
	}
	return text
}

// AttendanceFigures returns the figures of study at the end of the tally's day,
// all under campaign.study: sessions held and their hours, person-times expected,
// present, excused, absent, made up and unrecorded, and the distinct persons
// present. Three rates: .attendance, those present of the person-times recorded;
// .coverage, those present or made up of the same; .throughout, the members
// present or made up at every session held, of all members. Over nothing they are
// undefined.
//
// It fails with [union.ErrRule] for a tally that is not the course's.
func (c Course) AttendanceFigures(a Attendance) ([]union.Figure, error) {
	calls, err := c.RollCalls(a)
	if err != nil {
		return nil, err
	}
	persons, err := c.Persons(a)
	if err != nil {
		return nil, err
	}
	var all RollCall
	var throughout union.Ratio
	for _, each := range calls {
		all.Present += each.Present
		all.Excused += each.Excused
		all.Absent += each.Absent
		all.Unrecorded += each.Unrecorded
		all.MadeUp += each.MadeUp
		if each.Expected() > 0 {
			throughout.Whole++
			if each.Covered() == each.Expected() {
				throughout.Part++
			}
		}
	}
	held := c.sessions[:c.held(a.on)]
	var hours union.Number
	hoursOf := []union.Input{endOf(a.on)}
	for _, session := range held {
		hours = hours.Add(session.Hours)
		hoursOf = append(hoursOf, union.Input{Name: session.Title, Value: session.Hours.String() + string(studyHours)})
	}
	day := endOf(a.on)
	members, sessions := union.InputOf("党员人数", int64(c.roster.Len())), union.InputOf("集中学习次数", int64(len(held)))
	sheet := union.NewFigureList("campaign.Course.AttendanceFigures", c.rule)
	sheet.Count("campaign.study.sessions", "集中学习次数", sessionsHeld, int64(len(held)), hoursOf...)
	sheet.Number("campaign.study.hours", "集中学习学时", studyHours, hours, union.Rounding{}, hoursOf...)
	for _, each := range []struct {
		key, title string
		n          int64
	}{
		{"expected", "应到人次", all.Expected()},
		{"person_times", "实到人次", all.Present},
		{"excused", "请假人次", all.Excused},
		{"absent", "缺勤人次", all.Absent},
		{"made_up", "补课人次", all.MadeUp},
		{"unrecorded", "未登记人次", all.Unrecorded},
	} {
		sheet.Count("campaign.study."+each.key, each.title, union.PersonTimes, each.n, day, members, sessions)
	}
	sheet.Count("campaign.study.persons", "参加学习人数", union.Persons, int64(persons.Len()),
		day, members, union.InputOf("实到人次", all.Present))
	const recorded = "已登记应到人次"
	sheet.Percent("campaign.study.attendance", "出勤率", "实到人次", recorded,
		union.Ratio{Part: all.Present, Whole: all.Recorded()}, c.rates)
	sheet.Percent("campaign.study.coverage", "补课后参学率", "实到和补课人次", recorded,
		union.Ratio{Part: all.Covered(), Whole: all.Recorded()}, c.rates)
	sheet.Percent("campaign.study.throughout", "全程参学率", "全程参学人数", "党员人数", throughout, c.rates)
	return sheet.Figures()
}
