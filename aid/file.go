package aid

import (
	"slices"
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A File is a household with what happened to its file, in the order of the days.
type File struct {
	Household Household     `json:"household"`
	Events    []union.Event `json:"events,omitempty"`
}

func (f File) clone() File {
	f.Household = f.Household.clone()
	f.Events = slices.Clone(f.Events)
	for i := range f.Events {
		f.Events[i].Evidence = slices.Clone(f.Events[i].Evidence)
	}
	return f
}

// Evidence is what the conditions of a file's events are judged by: which days are
// worked, what the household had month by month, and the lines of its area. The
// zero Evidence tells nothing.
type Evidence struct {
	Calendar union.Calendar
	Means    []Means
	Lines    Lines
	Area     string
}

// Log returns the log of a file, to which its events are added. It reports the
// first of these faults:
//   - [union.ErrMissing], of the zero FileRule;
//   - those of [union.CheckToken], for the household's key;
//   - those of [union.Procedure.Add], for an event.
//
// Conditions are not judged again: they were when the event was added, and what
// they were judged by is not in the file.
func (f FileRule) Log(file File) (union.Log, error) {
	if f.id.IsZero() {
		return union.Log{}, union.NewFault(union.ErrMissing, "rule", "", "")
	}
	if err := union.CheckToken(file.Household.Key); err != nil {
		return union.Log{}, union.Within("household.key", err)
	}
	log := f.course.Log(file.Household.Key)
	for i, event := range file.Events {
		if err := f.course.Add(&log, event); err != nil {
			return union.Log{}, union.Within(union.Indexed("events", i), err)
		}
	}
	return log, nil
}

// Judge says whether an event may happen to a file, and why. The answer is the key
// of the state that it leads to, empty if it may not. The first reason is the
// course: whether the procedure takes the event, by whom and with what evidence.
// Then follow the conditions of the event in the order of the rule:
//   - notice.<event>: the working days since it was posted;
//   - means.<year>-<month>: what the household had in each month of a run;
//   - stay: the months since the file came into its state.
//
// What the evidence does not tell is [union.Unknown]: a day that the calendar does
// not cover, a month without means or without a line. Where the course does not
// take the event, no condition is judged. Judge reports [union.ErrRule] for a log
// of another rule, and [union.ErrMissing], [union.ErrRange] and [union.ErrRepeated]
// for means of a month that cannot be.
func (f FileRule) Judge(log union.Log, event union.Event, evidence Evidence) (union.Verdict, error) {
	verdict, _, err := f.judge(log, event, evidence)
	return verdict, err
}

// judge returns the verdict, and why the course does not take the event.
func (f FileRule) judge(log union.Log, event union.Event, evidence Evidence) (union.Verdict, error, error) {
	if err := under(f.course.ID(), log.Rule(), "log"); err != nil || log.Rule().IsZero() {
		return union.Verdict{}, nil, union.NewFault(union.ErrRule, "log", log.Rule().String(), f.course.ID().String())
	}
	means, err := byMonth("means", evidence.Means)
	if err != nil {
		return union.Verdict{}, nil, err
	}
	course := union.Reason{Standing: union.Met}
	course.Where, course.Rule, course.Got = "course", event.Event, "may happen"
	question := "file " + log.Subject() + ": " + quote.Key(event.Event) + " on " + event.On.String()
	after := log // a log of its own
	refused := f.course.Add(&after, event)
	if refused != nil {
		course.Standing, course.Got = union.Unmet, refused.Error()
		return union.Judged(question, course), refused, nil
	}
	reasons := []union.Reason{course}
	for _, condition := range f.spec.Conditions {
		if condition.Event != event.Event || hasEvent(log, event.ID) {
			continue
		}
		switch {
		case condition.Notice != nil:
			reasons = append(reasons, noticeReason(log, *condition.Notice, event.On, evidence.Calendar))
		case condition.Means != nil:
			reasons = append(reasons, condition.Means.reasons(means, event.On, func(month union.Date) (union.Money, error) {
				return evidence.Lines.On(evidence.Area, month)
			})...)
		case condition.Stay != nil:
			reasons = append(reasons, f.stayReason(log, *condition.Stay, event.On))
		}
	}
	verdict := union.Judged(question, reasons...)
	if verdict.Holds() {
		verdict.Answer = f.trace(after.Events()).state.Key
	}
	return verdict, nil, nil
}

// hasEvent reports whether a log has an event, which then changes nothing when it is
// added again.
func hasEvent(log union.Log, id string) bool {
	return slices.ContainsFunc(log.Events(), func(e union.Event) bool { return e.ID == id })
}

// Add appends an event to a file's log if it may happen there. Adding the same event
// again changes nothing. On error the log is unchanged; it reports the first of
// these faults:
//   - those of [FileRule.Judge];
//   - those of [union.Procedure.Add];
//   - [union.ErrRange], for a condition that is not met, and [union.ErrUndefined],
//     for one that the evidence leaves open.
func (f FileRule) Add(log *union.Log, event union.Event, evidence Evidence) error {
	if log == nil {
		return union.NewFault(union.ErrRule, "log", "no log", f.course.ID().String())
	}
	verdict, refused, err := f.judge(*log, event, evidence)
	switch {
	case err != nil:
		return err
	case refused != nil:
		return refused
	}
	if failed := verdict.Failed(); len(failed) > 0 {
		sentinel := union.ErrRange
		if verdict.Standing == union.Unknown {
			sentinel = union.ErrUndefined
		}
		return union.NewFault(sentinel, failed[0].Where, failed[0].Got, failed[0].Want)
	}
	return f.course.Add(log, event)
}

// noticeReason says whether a notice has run by a day.
func noticeReason(log union.Log, notice NoticeRun, on union.Date, calendar union.Calendar) union.Reason {
	reason := union.Reason{Standing: union.Unmet}
	reason.Where, reason.Rule = "notice."+notice.Posted, "working days of the notice"
	reason.Got, reason.Want = "not posted", strconv.Itoa(notice.WorkingDays)+" working days between"
	posted := union.Date{}
	for _, event := range log.Events() {
		if event.Event == notice.Posted {
			posted = event.On
		}
	}
	if posted.IsZero() {
		return reason
	}
	reason.Got = "posted on " + posted.String()
	run, err := calendar.NoticeHasRun(posted, notice.WorkingDays, on)
	if err != nil {
		reason.Standing, reason.Got = union.Unknown, reason.Got+", no calendar for "+on.String()
		return reason
	}
	reason.Standing = metIf(run)
	return reason
}

// A trace is where the events of a log have led.
type trace struct {
	state   union.State
	entered union.Date // the day on which it came into the state, zero in the first
	last    union.Date // of the last event, zero if there is none
}

// trace follows events, which the course has taken.
func (f FileRule) trace(events []union.Event) trace {
	if len(f.spec.States) == 0 {
		return trace{}
	}
	at := trace{state: f.spec.States[0]}
	for _, event := range events {
		if to := f.next(at.state.Key, event.Event); to != at.state.Key {
			at.entered = event.On
			at.state = f.spec.States[slices.IndexFunc(f.spec.States, func(s union.State) bool { return s.Key == to })]
		}
		at.last = event.On
	}
	return at
}

// next returns the state to which an event leads from another.
func (f FileRule) next(from, event string) string {
	for _, each := range f.spec.Transitions {
		if each.From == from && each.Event == event {
			return each.To
		}
	}
	return from
}

// by returns the events on and before a day.
func by(events []union.Event, day union.Date) []union.Event {
	var happened []union.Event
	for _, event := range events {
		if !event.On.After(day) {
			happened = append(happened, event)
		}
	}
	return happened
}

// stayReason says whether the file has been in its state for long enough.
func (f FileRule) stayReason(log union.Log, stay Stay, on union.Date) union.Reason {
	at := f.trace(log.Events())
	reason := union.Reason{Standing: union.Unmet}
	reason.Where, reason.Rule = "stay", "months in state "+at.state.Key
	reason.Got, reason.Want = "no day on which it began", strconv.Itoa(stay.Months)+" months"
	if at.entered.IsZero() {
		return reason
	}
	reason.Got = "since " + at.entered.String()
	over, err := at.entered.AddMonths(stay.Months)
	reason.Standing = metIf(err == nil && !on.Before(over))
	return reason
}

// MayBeAided says whether a file is in force at the end of a day: aid comes after
// the file (先建档后帮扶). The answer is the key of its state. It reports
// [union.ErrRule] for a log of another rule, and [union.ErrMissing] for no day.
func (f FileRule) MayBeAided(log union.Log, on union.Date) (union.Verdict, error) {
	state, _, err := f.course.On(log, on)
	if err != nil {
		return union.Verdict{}, err
	}
	reason := union.Reason{Standing: metIf(slices.Contains(f.spec.InForce, state.Key))}
	reason.Where, reason.Rule, reason.Got = "state", "a file in force", state.Title
	var titles []string
	for _, each := range f.spec.States {
		if slices.Contains(f.spec.InForce, each.Key) {
			titles = append(titles, each.Title)
		}
	}
	reason.Want = strings.Join(titles, " or ")
	verdict := union.Judged("file "+log.Subject()+" on "+on.String(), reason)
	verdict.Answer = state.Key
	return verdict, nil
}

// KeptUntil returns the last day on which a file must be kept after it has ended,
// and false if it has not ended by a day or is kept for ever. The errors are those
// of [FileRule.Log], and [union.ErrRange] if the calendar does not have the day.
func (f FileRule) KeptUntil(file File, on union.Date) (union.Date, bool, error) {
	if _, err := f.Log(file); err != nil {
		return union.Date{}, false, err
	}
	at := f.trace(by(file.Events, on))
	if !at.state.Final || f.spec.Keep == 0 {
		return union.Date{}, false, nil
	}
	until, err := at.entered.AddMonths(f.spec.Keep * monthsOfYear)
	return until, err == nil, union.Within("keep", err)
}
