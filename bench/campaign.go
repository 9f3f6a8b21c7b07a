package main

import (
	"fmt"
	"strconv"
	"time"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
)

// The phase that is reviewed: so many actions, due one after the other.
const (
	phaseActions  = 60
	countyUnits   = 30
	phaseCounties = 2850
)

var phaseDays = union.MustParsePeriod("2010-05-01/2010-08-31")

func reviewedPlan() campaign.Plan {
	phase := campaign.Phase{Key: "phase", Title: "phase", Window: phaseDays}
	for i := range phaseActions {
		phase.Actions = append(phase.Actions, campaign.Action{
			Key: "a" + strconv.Itoa(i), Title: "action", Due: must(phaseDays.From().AddDays(2 * i)),
		})
	}
	return must(campaign.NewPlan(campaign.PlanSpec{
		Rule: union.Rule{Key: "plan", Version: "1", Title: "plan", Source: "bench"}, Organiser: "bench",
		Rates: union.Rounding{Mode: union.HalfUp, Places: 2}, Phases: []campaign.Phase{phase},
	}))
}

// A doneDay is the day on which an action was done, counted from the first of the phase;
// below zero: it was not.
type doneDay int16

// reviewRow looks back on a phase of 60 actions in units of 2,850 counties, 30 each, on
// one day, and counts how every action stands: in time, late, pending or overdue. Each
// county's journal stands for its 30 units. The limit is a loop over the days on which
// actions were done, which compares them with the due days.
var reviewRow = row{name: "campaign.Plan: looking back on an action", load: func(records int) contest {
	plan, source := reviewedPlan(), random(8)
	units := max(1, records/phaseActions)
	kept := min(units, phaseCounties)
	journals, days := make([]campaign.Journal, kept), make([][phaseActions]doneDay, kept)
	for i := range journals {
		journals[i] = plan.Journal()
		for action := range phaseActions {
			days[i][action] = doneDay(source.below(140)) - 20
			if days[i][action] < 0 {
				continue
			}
			must(0, plan.Add(&journals[i], campaign.Entry{
				ID: "d" + strconv.Itoa(action), On: must(phaseDays.From().AddDays(int(days[i][action]))),
				Deed: &campaign.Deed{Action: "a" + strconv.Itoa(action)},
			}))
		}
	}
	const reviewedOn = 70
	on := must(phaseDays.From().AddDays(reviewedOn))
	// What is compared: how many actions stand in each way, and in how many units each
	// action is done.
	digest := func(stands [campaign.Overdue + 1]int64, done func(action int) int64) int64 {
		return weigh(len(stands), func(i int) int64 { return stands[i] })*1_000_003 + weigh(phaseActions, done)
	}
	return contest{
		pieces: units * phaseActions,
		most:   time.Duration(units*phaseActions) * 2 * time.Microsecond,
		limit: func() func() int64 {
			var counts [phaseActions][campaign.Overdue + 1]int64
			for i := range units {
				for action, done := range days[i%kept] {
					due := doneDay(2 * action)
					switch {
					case done >= 0 && done <= reviewedOn && done <= due:
						counts[action][campaign.InTime]++
					case done >= 0 && done <= reviewedOn:
						counts[action][campaign.Late]++
					case reviewedOn > due:
						counts[action][campaign.Overdue]++
					default:
						counts[action][campaign.Pending]++
					}
				}
			}
			return func() int64 {
				var stands [campaign.Overdue + 1]int64
				for _, each := range counts {
					for progress, n := range each {
						stands[progress] += n
					}
				}
				return digest(stands, func(action int) int64 { return counts[action][campaign.InTime] + counts[action][campaign.Late] })
			}
		},
		library: func() func() int64 {
			overview := must(plan.Overview("phase", on))
			for i := range units {
				must(0, overview.Add(must(plan.LookBack("phase", journals[i%kept], on))))
			}
			return func() int64 {
				read := map[string]int64{}
				for _, figure := range must(plan.OverviewFigures(union.Part[campaign.Overview]{Sum: overview})) {
					n, _ := figure.Whole()
					read[figure.Key()] = n
				}
				var stands [campaign.Overdue + 1]int64
				for progress, key := range map[campaign.Progress]string{
					campaign.InTime: "in_time", campaign.Late: "late", campaign.Pending: "pending", campaign.Overdue: "overdue",
				} {
					stands[progress] = read["campaign.overview.progress."+key]
				}
				return digest(stands, func(action int) int64 { return read["campaign.overview.action.a"+strconv.Itoa(action)] })
			}
		},
	}
}}

// attendanceRow counts who attended: one record for each member at each session, by
// their places. The limit is a loop over the same records that writes the mark into an
// array, unchecked. The plain way is a map with session and member as its key.
var attendanceRow = row{name: "campaign.Attendance: counting person-sessions", goal: 2, load: func(records int) contest {
	members := min(records, 1000)
	held := records / members
	plan := must(campaign.NewPlan(campaign.PlanSpec{
		Rule: union.Rule{Key: "plan", Version: "1", Title: "plan", Source: "bench"}, Organiser: "bench",
		Rates:  union.Rounding{Mode: union.HalfUp, Places: 2},
		Phases: []campaign.Phase{{Key: "phase", Title: "phase", Window: phaseDays}},
	}))
	roster, sessions := make([]campaign.Member, members), make([]campaign.Session, held)
	for i := range roster {
		roster[i].Person = "m" + strconv.Itoa(i)
	}
	for i := range sessions {
		sessions[i] = campaign.Session{Key: "s" + strconv.Itoa(i), Title: "session", Day: phaseDays.From(), Hours: union.Whole(2)}
	}
	course := must(plan.Course(must(campaign.NewRoster(roster)), sessions))
	source := random(9)
	presences := make([]campaign.Presence, members*held)
	for i := range presences { // shuffled by a step that meets every place once
		at := int(int64(i) * 7919 % int64(len(presences)))
		if len(presences)%7919 == 0 {
			at = i
		}
		presences[i] = campaign.Presence{
			Session: uint32(at / members), Member: uint32(at % members), Mark: campaign.Mark(source.below(3) + 1),
		}
	}
	digest := func(count func(member int) (present, excused, absent int64)) func() int64 {
		return func() int64 {
			return weigh(members, func(i int) int64 {
				present, excused, absent := count(i)
				return present*1_000_003 + excused*1009 + absent
			})
		}
	}
	tally := func(mark func(session, member int) campaign.Mark) func(int) (int64, int64, int64) {
		return func(member int) (present, excused, absent int64) {
			for session := range held {
				switch mark(session, member) {
				case campaign.Present:
					present++
				case campaign.Excused:
					excused++
				case campaign.Absent:
					absent++
				}
			}
			return present, excused, absent
		}
	}
	type place struct{ session, member uint32 }
	table := numbers{[]string{"member", "mark"}, len(presences), func(row, column int) int64 {
		return []int64{int64(presences[row].Member), int64(presences[row].Mark)}[column]
	}}
	// It knows nothing of sessions, so that it counts who came twice to one twice: there is nobody here.
	query := fmt.Sprintf(`SELECT member, CAST(sum(CASE mark WHEN %d THEN 1 ELSE 0 END) AS BIGINT), CAST(sum(CASE mark WHEN %d THEN 1 ELSE 0 END) AS BIGINT),
		CAST(sum(CASE mark WHEN %d THEN 1 ELSE 0 END) AS BIGINT) FROM t GROUP BY member`, campaign.Present, campaign.Excused, campaign.Absent)
	return contest{
		pieces: len(presences),
		rivals: inSQL(table, query, func(result [][]int64) int64 {
			counts := make([][]int64, members)
			for _, row := range result {
				counts[row[0]] = row[1:]
			}
			return digest(func(member int) (int64, int64, int64) { return counts[member][0], counts[member][1], counts[member][2] })()
		}),
		limit: func() func() int64 {
			cells := make([]campaign.Mark, members*held)
			for i := range presences {
				p := &presences[i]
				cells[int(p.Session)*members+int(p.Member)] = p.Mark
			}
			return digest(tally(func(session, member int) campaign.Mark { return cells[session*members+member] }))
		},
		library: func() func() int64 {
			attendance := course.Attendance(phaseDays.From())
			must(0, attendance.AddAll(presences...))
			return func() int64 {
				calls := must(course.RollCalls(attendance))
				return digest(func(member int) (int64, int64, int64) {
					return calls[member].Present, calls[member].Excused, calls[member].Absent
				})()
			}
		},
		plain: func() func() int64 {
			marks := map[place]campaign.Mark{}
			for _, each := range presences {
				marks[place{each.Session, each.Member}] = each.Mark
			}
			return digest(tally(func(session, member int) campaign.Mark { return marks[place{uint32(session), uint32(member)}] }))
		},
	}
}}
