package simulate

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
)

func campaignKinds() []Kind {
	plan := thePlan()
	var members []campaign.Member
	for n := range courseMembers {
		members = append(members, campaign.Member{Person: "m" + strconv.Itoa(n), Rank: []string{"leader", "staff"}[n%2]})
	}
	var sessions []campaign.Session
	for n := range courseSessions {
		sessions = append(sessions, campaign.Session{Key: "s" + strconv.Itoa(n), Day: dayOf(sessionDay(n)), Hours: union.Whole(2), Title: "集中学习"})
	}
	course := must(plan.Course(must(campaign.NewRoster(members)), sessions))
	return []Kind{attendances(course), writings(course), overviews(plan)}
}

// thePlan returns a plan of one phase, whose actions are due at the end of April, May
// and June.
func thePlan() campaign.Plan {
	phase := campaign.Phase{Key: "launch", Title: "第一阶段", Window: union.MustParsePeriod("2010-04-01/2010-06-30")}
	for n, due := range actionDues() {
		phase.Actions = append(phase.Actions, campaign.Action{Key: "a" + strconv.Itoa(n), Title: "规定动作", Due: dayOf(due)})
	}
	return must(campaign.NewPlan(campaign.PlanSpec{
		Rule: rule("plan"), Organiser: "总工会", Rates: halfUp(2), Ranks: codes("ranks", "leader", "staff"), Sources: codes("sources", "self", "masses"),
		Phases: []campaign.Phase{phase},
		Quotas: []campaign.Quota{{Ranks: []string{"leader"}, Reflections: 1, ReflectionWords: 1000}},
	}))
}

func actionDues() []int { return []int{119, 150, 180} }

// reviewDay is the day on which phases are looked back on: the second action is due.
const reviewDay = 160

// The course: so many members, and sessions a week apart, one of which lies after the
// day of the tally.
const courseMembers, courseSessions, courseDay = 6, 4, 120

func sessionDay(n int) int { return 100 + 7*n }

// A truth is how a member stood at a session. Offices that both know, know the same.
func truth(session, member int) campaign.AttendanceMark {
	mark := campaign.AttendanceMark{Session: "s" + strconv.Itoa(session), Person: "m" + strconv.Itoa(member), Mark: campaign.Present}
	switch (session + member) % 4 {
	case 1:
		mark.Mark = campaign.Excused
	case 2:
		mark.Mark = campaign.Absent
	}
	return mark
}

func attendances(course campaign.Course) Kind {
	return fixed(tally[campaign.Attendance, campaign.AttendanceMark]{
		empty: func() campaign.Attendance { return course.Attendance(dayOf(courseDay)) },
		draw: func(s *Source, _ place, held []campaign.AttendanceMark) (campaign.AttendanceMark, error) {
			session, member := s.Below(courseSessions), s.Below(courseMembers)
			mark := truth(session, member)
			known := repeated(held, func(each campaign.AttendanceMark) bool {
				return each.Session == mark.Session && each.Person == mark.Person
			}) != nil
			switch {
			case s.Chance(6):
				mark.Person = "stranger"
				return mark, union.ErrUnknown
			case s.Chance(20) && known && sessionDay(session) <= courseDay:
				mark.Mark = mark.Mark%3 + 1
				return mark, union.ErrRepeated
			case mark.Mark == campaign.Present && s.Chance(10):
				mark.MadeUp = dayOf(sessionDay(session) + 1)
				return mark, campaign.ErrPresent
			case mark.Mark != campaign.Present && s.Chance(40):
				mark.MadeUp = dayOf(sessionDay(session) + s.Below(30)) // and not counted if it is still to come
			}
			return mark, nil
		},
		add: func(a *campaign.Attendance, mark campaign.AttendanceMark) error { return course.AddMark(a, mark) },
		law: func(sum campaign.Attendance, of []campaign.AttendanceMark) error {
			lines, err := course.RollCalls(sum)
			persons, failed := course.Persons(sum)
			broken := []error{err, failed}
			came := map[string]bool{}
			for member, line := range lines {
				var want campaign.RollCall
				for session := range courseSessions {
					if sessionDay(session) > courseDay {
						continue
					}
					mark, seen, madeUp := truth(session, member), false, false
					for _, each := range of {
						if each.Session == mark.Session && each.Person == mark.Person {
							seen = true
							madeUp = madeUp || !each.MadeUp.IsZero() && !each.MadeUp.After(dayOf(courseDay))
						}
					}
					switch {
					case !seen:
						want.Unrecorded++
					case mark.Mark == campaign.Present:
						want.Present++
						came[mark.Person] = true
					case mark.Mark == campaign.Excused:
						want.Excused++
					default:
						want.Absent++
					}
					if madeUp {
						want.MadeUp++
					}
				}
				if line != want {
					broken = append(broken, fmt.Errorf("member %d stood %+v, and the records have %+v", member, line, want))
				}
			}
			return errors.Join(append(broken, equal("persons", int64(persons.Len()), int64(len(came))))...)
		},
	})
}

// A written is words of notes, or a paper.
type written struct {
	person string
	words  int64
	on     union.Date
	paper  bool
}

func writings(course campaign.Course) Kind {
	return fixed(tally[campaign.Writings, written]{
		empty: func() campaign.Writings { return course.Writings(dayOf(courseDay)) },
		draw: func(s *Source, _ place, _ []written) (written, error) {
			each := written{person: "m" + strconv.Itoa(s.Below(courseMembers)), words: int64(s.Below(3000)), on: aDay(s, 90, courseDay+10), paper: s.Chance(50)}
			switch {
			case s.Chance(6):
				each.person = "stranger"
				return each, union.ErrUnknown
			case s.Chance(6):
				each.words = -1
				return each, union.ErrRange
			}
			return each, nil
		},
		add: func(w *campaign.Writings, each written) error {
			if each.paper {
				return course.AddReflection(w, campaign.Reflection{Person: each.person, Day: each.on, Title: "体会", Words: each.words})
			}
			return course.AddNotes(w, campaign.Notes{Person: each.person, Day: each.on, Words: each.words})
		},
		law: func(sum campaign.Writings, of []written) error {
			read, err := figuresOf(course.WritingFigures(sum))
			there := func(each written, paper bool) bool { return each.paper == paper && !each.on.After(dayOf(courseDay)) }
			writers := func(paper bool) int64 {
				return distinct(of, func(each written) string {
					if there(each, paper) && (paper || each.words > 0) {
						return each.person
					}
					return ""
				})
			}
			return errors.Join(err,
				read.whole("campaign.notes.words", sumOf(of, func(each written) int64 {
					if there(each, false) {
						return each.words
					}
					return 0
				})),
				read.whole("campaign.reflections", countOf(of, func(each written) bool { return there(each, true) })),
				read.whole("campaign.reflections.members", writers(true)),
			)
		},
	})
}

// A looked is a look-back of one unit, with the days on which it did what it had to,
// below zero where it did not.
type looked struct {
	back   campaign.LookBack
	done   [3]int
	issues int64
}

func overviews(plan campaign.Plan) Kind {
	return fixed(tally[campaign.Overview, looked]{
		empty: func() campaign.Overview { return must(plan.Overview("launch", dayOf(reviewDay))) },
		draw: func(s *Source, _ place, _ []looked) (looked, error) {
			each, journal := looked{done: [3]int{-1, -1, -1}}, plan.Journal()
			note := func(entry campaign.Entry) { _ = must(0, plan.Add(&journal, entry)) }
			for n := range each.done {
				if s.Chance(70) {
					each.done[n] = s.From(95, 175)
					note(campaign.Entry{ID: "d" + strconv.Itoa(n), On: dayOf(each.done[n]), Deed: &campaign.Deed{Action: "a" + strconv.Itoa(n)}})
				}
			}
			for n := range s.Below(3) {
				found := s.From(100, 175)
				if found <= reviewDay {
					each.issues++
				}
				note(campaign.Entry{ID: "i" + strconv.Itoa(n), On: dayOf(found), Issue: &campaign.Issue{Title: "问题", Phase: "launch", Source: pick(s, "self", "masses")}})
				note(campaign.Entry{ID: "o" + strconv.Itoa(n), On: dayOf(found), Opinion: &campaign.Opinion{Title: "意见", Source: "masses", Times: int64(s.From(1, 9))}})
			}
			if s.Chance(10) {
				each.back = must(plan.LookBack("launch", journal, dayOf(reviewDay+1)))
				return each, union.ErrRule
			}
			each.back = must(plan.LookBack("launch", journal, dayOf(reviewDay)))
			return each, nil
		},
		add: func(o *campaign.Overview, each looked) error { return o.Add(each.back) },
		law: func(sum campaign.Overview, of []looked) error {
			if len(of) == 0 {
				return equal("units", sum.Units(), 0)
			}
			read, err := figuresOf(plan.OverviewFigures(union.Part[campaign.Overview]{Sum: sum, Expected: len(of), Present: len(of), OnTime: len(of)}))
			standing := map[string]int64{}
			for _, each := range of {
				for n, due := range actionDues() {
					done := each.done[n]
					switch {
					case done >= 0 && done <= min(due, reviewDay):
						standing["in_time"]++
					case done >= 0 && done <= reviewDay:
						standing["late"]++
					case due < reviewDay:
						standing["overdue"]++
					default:
						standing["pending"]++
					}
				}
			}
			broken := []error{err, equal("units", sum.Units(), int64(len(of))), read.whole("campaign.overview.parts", sumOf(of, func(each looked) int64 { return each.issues }))}
			for _, progress := range []string{"in_time", "late", "overdue", "pending"} {
				broken = append(broken, read.whole("campaign.overview.progress."+progress, standing[progress]))
			}
			return errors.Join(broken...)
		},
	})
}
