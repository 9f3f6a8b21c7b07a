package main

import (
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
)

// The phases that the summary is about, by their keys in the plan.
const (
	reviewed = "phase1" // whose work is summarised
	ahead    = "phase2" // whose work is arranged
)

// A plan is the campaign's plan; its section reads what was done under it.
type plan struct{ campaign.Plan }

// readPlan reads the plan, which must have both phases.
func readPlan(f *folder) plan {
	var read plan
	f.document("campaign/plan.json", &read.Plan)
	for _, key := range []string{reviewed, ahead} {
		if _, found := read.Phase(key); !found && !read.ID().IsZero() {
			f.fault(union.NewFault(union.ErrUnknown, "campaign/plan.json: phases", key, "both phases of the summary"))
		}
	}
	return read
}

// lastDay returns the last day of the phase under review, or the zero day if the
// plan could not be read. A phase that ends at an event has no last day, and the
// day must be given.
func (p plan) lastDay(f *folder) union.Date {
	phase, found := p.Phase(reviewed)
	day, ends := phase.Window.Until()
	if found && !ends {
		f.fault(union.NewFault(union.ErrMissing, "campaign/plan.json: phases.window", "an open end", "the last day of the phase, or -on"))
	}
	return day
}

// section reads the campaign: who leads it, who studied and wrote, what was done
// and what was found wanting.
func (p plan) section(f *folder, on union.Date) part {
	return f.part("campaign/plan.json", func() func() (part, error) { return p.read(f, on) })
}

func (p plan) read(f *folder, on union.Date) func() (part, error) {
	var group campaign.LeadingGroup
	f.document("campaign/group.json", &group)
	course, known := p.readCourse(f)
	if !known {
		return nil
	}
	attendance, writings := course.Attendance(on), course.Writings(on)
	f.rows("campaign/attendance.csv", []string{"session", "person", "mark", "made_up"}, func(r *row) {
		r.check(course.AddMark(&attendance, campaign.AttendanceMark{
			Session: r.text("session"), Person: r.text("person"), Mark: r.mark("mark"), MadeUp: r.day("made_up"),
		}))
	})
	f.rows("campaign/notes.csv", []string{"person", "day", "words"}, func(r *row) {
		r.check(course.AddNotes(&writings, campaign.Notes{
			Person: r.text("person"), Day: r.day("day"), Words: r.whole("words"),
		}))
	})
	f.rows("campaign/reflections.csv", []string{"person", "day", "title", "words"}, func(r *row) {
		r.check(course.AddReflection(&writings, campaign.Reflection{
			Person: r.text("person"), Day: r.day("day"), Title: r.text("title"), Words: r.whole("words"),
		}))
	})
	journal := p.readJournal(f)
	back, err := p.LookBack(reviewed, journal, on)
	f.refused("campaign/plan.json", err)
	var staff union.Register
	f.rows("campaign/staff.csv", []string{"person", "post"}, func(r *row) {
		_, err := staff.Add(r.text("person"))
		r.field("person", err)
	})
	return func() (part, error) {
		findings, err := course.Check(attendance, writings)
		if err != nil {
			return part{}, err
		}
		made := part{findings: findings}
		ledger, pledges, aims, duties, err := p.stands(&made, course.Roster(), journal, on)
		if err != nil {
			return part{}, err
		}
		for _, figures := range []func() ([]union.Figure, error){
			p.Figures,
			group.On(on).Figures,
			course.Roster().Figures,
			func() ([]union.Figure, error) { return p.Milestones(journal, on) },
			func() ([]union.Figure, error) { return course.AttendanceFigures(attendance) },
			func() ([]union.Figure, error) { return course.WritingFigures(writings) },
			back.Figures,
			ledger.Figures,
			pledges.Figures,
			aims.Figures,
			duties.Figures,
			func() ([]union.Figure, error) { return p.schedule(reviewed) },
			func() ([]union.Figure, error) { return p.schedule(ahead) },
			func() ([]union.Figure, error) { return p.serviceDays() },
			func() ([]union.Figure, error) { return p.deployment(staff) },
		} {
			if err := made.with(figures()); err != nil {
				return part{}, err
			}
		}
		return made, nil
	}
}

// readCourse reads the members and the sessions of study, and reports whether
// they make a course under the plan.
func (p plan) readCourse(f *folder) (campaign.Course, bool) {
	if p.ID().IsZero() || f.undated {
		return campaign.Course{}, false
	}
	var members []campaign.Member
	f.rows("campaign/members.csv", []string{"person", "name", "rank"}, func(r *row) {
		r.stands(union.Indexed("roster", len(members)))
		members = append(members, campaign.Member{Person: r.text("person"), Name: r.name("name"), Rank: r.text("rank")})
	})
	var sessions []campaign.Session
	f.rows("campaign/sessions.csv", []string{"key", "day", "hours", "kind", "title"}, func(r *row) {
		r.stands(union.Indexed("sessions", len(sessions)))
		sessions = append(sessions, campaign.Session{
			Key: r.text("key"), Day: r.day("day"), Hours: r.number("hours"), Kind: r.text("kind"), Title: r.text("title"),
		})
	})
	roster, err := campaign.NewRoster(members)
	f.refused("campaign/members.csv", err)
	if err != nil {
		return campaign.Course{}, false
	}
	course, err := p.Course(roster, sessions)
	f.refused("campaign/sessions.csv", err)
	return course, err == nil
}

// stands returns how what the journal holds stands, and notes what does not fit together
// in it, who is still owed a comment and what members owe.
func (p plan) stands(made *part, roster campaign.Roster, journal campaign.Journal, on union.Date) (
	ledger campaign.Ledger, pledges campaign.Pledges, aims campaign.Aims, duties campaign.Duties, err error,
) {
	findings, err := p.Check(journal, on)
	if err != nil {
		return ledger, pledges, aims, duties, err
	}
	if ledger, err = p.Ledger(journal, on); err != nil {
		return ledger, pledges, aims, duties, err
	}
	if pledges, err = p.Pledges(journal, on); err != nil {
		return ledger, pledges, aims, duties, err
	}
	if aims, err = p.Aims(journal, on); err != nil {
		return ledger, pledges, aims, duties, err
	}
	duties, err = p.Duties(roster, journal, on)
	made.findings = append(append(append(made.findings, findings...), pledges.Check()...), duties.Check()...)
	return ledger, pledges, aims, duties, err
}

// readJournal reads all that was noted down of the campaign: deeds and issues, what is
// one object a line, the readings of what the masses think, and then the events, which
// refer to the others.
func (p plan) readJournal(f *folder) campaign.Journal {
	journal := p.Journal()
	f.rows("campaign/deeds.csv", []string{"id", "action", "day", "evidence"}, func(r *row) {
		r.check(p.Add(&journal, campaign.Entry{
			ID: r.text("id"), On: r.day("day"), Deed: &campaign.Deed{Action: r.text("action"), Evidence: r.list("evidence")},
		}))
	})
	issues := []string{"id", "title", "phase", "source", "kind", "within", "found", "owner", "deadline", "remedy"}
	f.rows("campaign/issues.csv", issues, func(r *row) {
		r.check(p.Add(&journal, campaign.Entry{ID: r.text("id"), On: r.day("found"), Issue: &campaign.Issue{
			Title: r.text("title"), Phase: r.text("phase"), Source: r.text("source"), Kind: r.text("kind"), Within: r.text("within"),
			Owner: r.text("owner"), Deadline: r.text("deadline"), Remedy: r.text("remedy"),
		}}))
	})
	f.jsonLines("campaign/journal.jsonl", func(r *row, into func(any)) {
		var entry campaign.Entry
		into(&entry)
		r.check(p.Add(&journal, entry))
	})
	f.rows("campaign/readings.csv", []string{"id", "threshold", "phase", "day"}, func(r *row) {
		reading := campaign.Reading{Threshold: r.text("threshold"), Phase: r.text("phase"), Rate: f.satisfied}
		if f.satisfied == nil {
			return // of the ballot there is a fault
		}
		r.check(p.Add(&journal, campaign.Entry{ID: r.text("id"), On: r.day("day"), Reading: &reading}))
	})
	events := []string{"id", "of", "key", "event", "day", "by", "role", "evidence", "reason", "gaps", "owner"}
	f.rows("campaign/events.csv", events, func(r *row) {
		r.check(p.Add(&journal, campaign.Entry{ID: r.text("id"), On: r.day("day"), Event: &campaign.Event{
			Of: r.text("of"), Key: r.text("key"), Event: r.text("event"), By: r.text("by"), Role: r.text("role"),
			Evidence: r.list("evidence"), Reason: r.text("reason"), Gaps: r.list("gaps"), Owner: r.text("owner"),
		}}))
	})
	return journal
}

func (p plan) schedule(phase string) ([]union.Figure, error) {
	schedule, err := p.Schedule(phase)
	if err != nil {
		return nil, err
	}
	return schedule.Figures()
}

// serviceDays makes the figures of the service days of the phase ahead.
func (p plan) serviceDays() ([]union.Figure, error) {
	phase, _ := p.Phase(ahead)
	return p.ServiceFigures(phase.Window)
}

// deployment makes the figures of the staff by where they are sent.
func (p plan) deployment(staff union.Register) ([]union.Figure, error) {
	deployed, err := p.Deploy(int64(staff.Len()))
	if err != nil {
		return nil, err
	}
	return deployed.Figures()
}

// mark returns a field as how a member stood at a session.
func (r *row) mark(column string) campaign.Mark {
	var mark campaign.Mark
	r.field(column, mark.UnmarshalText([]byte(r.text(column))))
	return mark
}
