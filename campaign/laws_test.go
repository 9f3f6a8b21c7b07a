package campaign_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
	"github.com/unioncampaign/union/internal/laws"
)

// ---- reviews of a phase

// A judge is what is held to the laws of review, and what its broken twins are.
type judge func(phase string, deeds []deed, on union.Date) (union.Verdict, error)

// judgeOf returns how a plan judges deeds alone.
func judgeOf(p campaign.Plan) judge {
	return func(phase string, deeds []deed, on union.Date) (union.Verdict, error) {
		return p.Judge(phase, journal(p, deeds, nil), on)
	}
}

func drawDay(r *rapid.T, name string) union.Date {
	return must(day("2010-05-01").AddDays(rapid.IntRange(0, 70).Draw(r, name)))
}

func drawDeeds(r *rapid.T) []deed {
	actions := rapid.SampledFrom([]string{"group", "rally", "study-plan", "visit", "lookback", "oath"})
	kinds := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"notice", "minutes", "photo"}), 0, 3, rapid.ID)
	return rapid.SliceOfN(rapid.Custom(func(r *rapid.T) deed {
		return deed{Action: actions.Draw(r, "action"), Day: drawDay(r, "day"), Evidence: kinds.Draw(r, "evidence")}
	}), 0, 14).Draw(r, "deeds")
}

// doneBy is slow and obvious: an action is done if by the day something was done
// for it and everything it needs was handed in.
func doneBy(action campaign.Action, deeds []deed, on union.Date) bool {
	anything := false
	needed := map[string]bool{}
	for _, kind := range action.Evidence {
		needed[kind] = true
	}
	for _, deed := range deeds {
		if deed.Action == action.Key && deed.Day.Compare(on) <= 0 {
			anything = true
			for _, kind := range deed.Evidence {
				delete(needed, kind)
			}
		}
	}
	return anything && len(needed) == 0
}

// closesOnlyWhenDone states that the verdict on a phase is yes exactly if every
// required action is done, whatever its optional ones do.
func closesOnlyWhenDone(judge judge) laws.Law {
	phase, _ := plan().Phase("phase1")
	return func(r *rapid.T) error {
		deeds, on := drawDeeds(r), drawDay(r, "on")
		if rapid.Bool().Draw(r, "all done") {
			for _, action := range phase.Actions {
				deeds = append(deeds, deed{Action: action.Key, Day: day("2010-05-02"), Evidence: action.Evidence})
			}
		}
		verdict, err := judge("phase1", deeds, on)
		if err != nil {
			return err
		}
		want := true
		for _, action := range phase.Actions {
			if !action.Optional && !doneBy(action, deeds, on) {
				want = false
			}
		}
		if verdict.Holds() != want {
			return fmt.Errorf("on %s with %v: got %v, want %v", on, deeds, verdict.Holds(), want)
		}
		return nil
	}
}

// repeats states that a review of a past day is the same whatever happens after
// it, in whatever order the records come.
func repeats(judge judge) laws.Law {
	return func(r *rapid.T) error {
		deeds, on := drawDeeds(r), drawDay(r, "on")
		var known []deed
		for _, deed := range deeds {
			if deed.Day.Compare(on) <= 0 {
				known = append(known, deed)
			}
		}
		then, err := judge("phase1", known, on)
		if err != nil {
			return err
		}
		now, err := judge("phase1", rapid.Permutation(deeds).Draw(r, "order"), on)
		if err != nil {
			return err
		}
		if a, b := must(json.Marshal(then)), must(json.Marshal(now)); string(a) != string(b) {
			return fmt.Errorf("on %s: then %s, now %s", on, a, b)
		}
		return nil
	}
}

// staysDone states that what is done stays done on every later day.
func staysDone(judge judge) laws.Law {
	return func(r *rapid.T) error {
		deeds, on, later := drawDeeds(r), drawDay(r, "on"), drawDay(r, "later")
		if later.Before(on) {
			on, later = later, on
		}
		before, err := judge("phase1", deeds, on)
		if err != nil {
			return err
		}
		after, err := judge("phase1", deeds, later)
		if err != nil {
			return err
		}
		for i, reason := range before.Reasons {
			if reason.Standing == union.Met && !reflect.DeepEqual(reason, after.Reasons[i]) {
				return fmt.Errorf("%s: on %s %v, on %s %v", reason.Where, on, reason, later, after.Reasons[i])
			}
		}
		return nil
	}
}

// staysOverdue states that an action of which nothing has come by a day is overdue
// on every later day if it is on that day, and never before its due day has passed.
func staysOverdue(judge judge) laws.Law {
	return func(r *rapid.T) error {
		on, later := drawDay(r, "on"), drawDay(r, "later")
		if later.Before(on) {
			on, later = later, on
		}
		before, err := judge("phase1", nil, on)
		if err != nil {
			return err
		}
		after, err := judge("phase1", nil, later)
		if err != nil {
			return err
		}
		for i, reason := range before.Reasons {
			due := day("2010-06-30")
			switch reason.Where {
			case "group":
				due = day("2010-05-10")
			case "rally":
				due = day("2010-05-12")
			}
			overdue := reason.Got == campaign.Overdue.String()
			if overdue != on.After(due) || overdue && after.Reasons[i].Got != reason.Got {
				return fmt.Errorf("%s, due on %s: on %s %s, on %s %s", reason.Where, due, on, reason.Got, later, after.Reasons[i].Got)
			}
		}
		return nil
	}
}

func TestWhatIsOverdueStaysOverdue(t *testing.T) {
	made := plan()
	laws.Holds(t, staysOverdue(judgeOf(made)))
	laws.Rejects(t, staysOverdue(func(phase string, deeds []deed, _ union.Date) (union.Verdict, error) {
		return judgeOf(made)(phase, deeds, day("2010-06-20")) // a clock inside
	}))
	laws.Rejects(t, staysOverdue(func(phase string, deeds []deed, on union.Date) (union.Verdict, error) {
		return judgeOf(made)(phase, deeds, must(on.AddDays(1))) // the due day itself too late
	}))
}

func TestAPhaseClosesOnlyWhenEveryRequiredActionIsDone(t *testing.T) {
	made := plan()
	laws.Holds(t, closesOnlyWhenDone(judgeOf(made)))
	laws.Rejects(t, closesOnlyWhenDone(func(phase string, deeds []deed, on union.Date) (union.Verdict, error) {
		deeds = slices.Clone(deeds)
		for i := range deeds { // the gate forgets evidence
			deeds[i].Evidence = []string{"notice", "minutes", "photo"}
		}
		return judgeOf(made)(phase, deeds, on)
	}))
	laws.Rejects(t, closesOnlyWhenDone(func(phase string, deeds []deed, on union.Date) (union.Verdict, error) {
		verdict, err := judgeOf(made)(phase, deeds, on)
		if until := day("2010-06-30"); on.After(until) { // the gate opens because its date came
			verdict.Standing = union.Met
		}
		return verdict, err
	}))
}

func TestAPastReviewRepeats(t *testing.T) {
	made := plan()
	laws.Holds(t, repeats(judgeOf(made)))
	laws.Rejects(t, repeats(func(phase string, deeds []deed, _ union.Date) (union.Verdict, error) {
		return judgeOf(made)(phase, deeds, day("2010-07-31")) // today's day instead of that asked for
	}))
}

func TestWhatIsDoneStaysDone(t *testing.T) {
	made := plan()
	laws.Holds(t, staysDone(judgeOf(made)))
	laws.Rejects(t, staysDone(func(phase string, deeds []deed, on union.Date) (union.Verdict, error) {
		verdict, err := judgeOf(made)(phase, deeds, on)
		for i, reason := range verdict.Reasons { // lateness by the day of review, not of the deed
			if on.After(day("2010-06-30")) && reason.Standing == union.Met {
				verdict.Reasons[i].Got = "late"
			}
		}
		return verdict, err
	}))
}

// lookBackAddsUp states that the required actions are those done and those
// missing, that the late are among the done, and that issues by source add up.
func lookBackAddsUp(figures func([]deed, union.Date) (map[string]int64, error)) laws.Law {
	return func(r *rapid.T) error {
		read, err := figures(drawDeeds(r), drawDay(r, "on"))
		if err != nil {
			return err
		}
		if read["required"] != read["done"]+read["missing"]+read["waived"] || read["late"] > read["done"] {
			return fmt.Errorf("required %d, done %d, missing %d, late %d", read["required"], read["done"], read["missing"], read["late"])
		}
		if read["issues"] != read["issues.source.self"]+read["issues.source.masses"]+read["issues.source.above"]+read["issues.source.mutual"] {
			return fmt.Errorf("issues by source do not add up: %v", read)
		}
		return nil
	}
}

func TestALookBackAddsUp(t *testing.T) {
	made := plan()
	counts := func(deeds []deed, on union.Date) (map[string]int64, error) {
		back, err := made.LookBack("phase1", journal(made, deeds, issues()), on)
		if err != nil {
			return nil, err
		}
		figures, err := back.Figures()
		read := map[string]int64{}
		for _, figure := range figures {
			if n, counted := figure.Whole(); counted {
				read[figure.Key()[len("campaign.lookback."):]] = n
			}
		}
		return read, err
	}
	laws.Holds(t, lookBackAddsUp(counts))
	laws.Rejects(t, lookBackAddsUp(func(deeds []deed, on union.Date) (map[string]int64, error) {
		read, err := counts(deeds, on)
		read["missing"] += read["late"] // late taken for missing
		return read, err
	}))
}

// ---- attendance

// truth is what really happened: the marks of the fixture's course as a function
// of the place, so that tallies drawn from it never contradict each other.
func truth(session, member int) campaign.AttendanceMark {
	mark := campaign.AttendanceMark{
		Session: fmt.Sprintf("s%d", session+1), Person: fmt.Sprintf("p%d", member+1),
		Mark: campaign.Mark((session+member)%3 + 1),
	}
	if mark.Mark != campaign.Present && member%2 == 0 {
		mark.MadeUp = day("2010-06-20")
	}
	return mark
}

func drawAttendance(c campaign.Course) func(*rapid.T) campaign.Attendance {
	return func(r *rapid.T) campaign.Attendance {
		tally := c.Attendance(day("2010-06-30"))
		for session := range 3 {
			for member := range 4 {
				mark := truth(session, member)
				switch rapid.IntRange(0, 2).Draw(r, "known") {
				case 0:
					continue
				case 1:
					mark.MadeUp = union.Date{}
				}
				if err := c.AddMark(&tally, mark); err != nil {
					panic(err)
				}
			}
		}
		return tally
	}
}

func TestAttendanceIsATally(t *testing.T) {
	laws.Tally[campaign.Attendance](t, drawAttendance(course()))
}

func drawMarks(r *rapid.T) []campaign.AttendanceMark {
	drawn := map[string]campaign.AttendanceMark{}
	for range rapid.IntRange(0, 20).Draw(r, "records") {
		mark := campaign.AttendanceMark{
			Session: fmt.Sprintf("s%d", rapid.IntRange(1, 3).Draw(r, "session")),
			Person:  fmt.Sprintf("p%d", rapid.IntRange(1, 4).Draw(r, "person")),
			Mark:    campaign.Mark(rapid.IntRange(1, 3).Draw(r, "mark")),
		}
		if mark.Mark != campaign.Present && rapid.Bool().Draw(r, "made up") {
			mark.MadeUp = day("2010-06-20")
		}
		drawn[mark.Session+mark.Person] = mark
	}
	var records []campaign.AttendanceMark
	for session := 1; session <= 3; session++ {
		for person := 1; person <= 4; person++ {
			if mark, known := drawn[fmt.Sprintf("s%dp%d", session, person)]; known {
				records = append(records, mark)
			}
		}
	}
	return records
}

// rollCall counts records at the end of a day.
type rollCall func(records []campaign.AttendanceMark, on union.Date) ([]campaign.RollCall, error)

func rollCallOf(c campaign.Course) rollCall {
	return func(records []campaign.AttendanceMark, on union.Date) ([]campaign.RollCall, error) {
		tally := c.Attendance(on)
		for _, record := range records {
			if err := c.AddMark(&tally, record); err != nil {
				return nil, err
			}
		}
		return c.RollCalls(tally)
	}
}

// fillsTheRoster states that present, excused, absent and unrecorded make up the
// sessions held, and that no more is made up than was missed.
func fillsTheRoster(count rollCall) laws.Law {
	return func(r *rapid.T) error {
		on := drawDay(r, "on")
		held := int64(0)
		for _, session := range sessions() {
			if session.Day.Compare(on) <= 0 {
				held++
			}
		}
		calls, err := count(drawMarks(r), on)
		if err != nil {
			return err
		}
		for i, each := range calls {
			if each.Present+each.Excused+each.Absent+each.Unrecorded != held || each.Expected() != held {
				return fmt.Errorf("member %d: %+v of %d held", i, each, held)
			}
			if each.MadeUp > each.Excused+each.Absent {
				return fmt.Errorf("member %d: made up what was not missed: %+v", i, each)
			}
		}
		return nil
	}
}

func TestPresentExcusedAbsentAndUnrecordedFillTheRoster(t *testing.T) {
	c := course()
	laws.Holds(t, fillsTheRoster(rollCallOf(c)))
	laws.Rejects(t, fillsTheRoster(func(records []campaign.AttendanceMark, on union.Date) ([]campaign.RollCall, error) {
		calls, err := rollCallOf(c)(records, on)
		for i := range calls { // made up counted as present as well
			calls[i].Present += calls[i].MadeUp
		}
		return calls, err
	}))
	laws.Rejects(t, fillsTheRoster(func(records []campaign.AttendanceMark, _ union.Date) ([]campaign.RollCall, error) {
		return rollCallOf(c)(records, day("2010-12-31")) // sessions to come counted as missed
	}))
}

// rates of a set of records, in percent: attendance and coverage.
type rates func([]campaign.AttendanceMark) (attended, covered union.Number, err error)

// ratesOf reads the rates that a course prints.
func ratesOf(c campaign.Course) rates {
	return func(records []campaign.AttendanceMark) (attended, covered union.Number, err error) {
		tally := c.Attendance(day("2010-06-30"))
		for _, record := range records {
			if err := c.AddMark(&tally, record); err != nil {
				return attended, covered, err
			}
		}
		read := values(c.AttendanceFigures(tally))
		percent := func(key string) union.Number {
			return union.MustParseNumber(strings.TrimSuffix(read["campaign.study."+key], "%"))
		}
		return percent("attendance"), percent("coverage"), nil
	}
}

// movesTheRightWay states that a make-up never lowers coverage nor moves
// attendance, and that an absence never raises either.
func movesTheRightWay(rate rates) laws.Law {
	return func(r *rapid.T) error {
		records := drawMarks(r)
		if len(records) == 0 {
			return nil
		}
		attended, covered, err := rate(records)
		if err != nil {
			return err
		}
		at := rapid.IntRange(0, len(records)-1).Draw(r, "record")
		changed := slices.Clone(records)
		change := rapid.Bool().Draw(r, "make up")
		if change = change && changed[at].Mark != campaign.Present; change {
			changed[at].MadeUp = day("2010-06-20")
		} else {
			changed[at].Mark, changed[at].MadeUp = campaign.Absent, union.Date{}
		}
		attendedThen, coveredThen, err := rate(changed)
		if err != nil {
			return err
		}
		moved, shifted := coveredThen.Cmp(covered), attendedThen.Cmp(attended)
		if change && (moved < 0 || shifted != 0) || !change && (moved > 0 || shifted > 0) {
			return fmt.Errorf("made up %v: attendance %s to %s, coverage %s to %s", change, attended, attendedThen, covered, coveredThen)
		}
		return nil
	}
}

func TestAMakeUpNeverLowersAndAnAbsenceNeverRaises(t *testing.T) {
	laws.Holds(t, movesTheRightWay(ratesOf(course())))
	laws.Rejects(t, movesTheRightWay(func(records []campaign.AttendanceMark) (union.Number, union.Number, error) {
		attended, covered, err := ratesOf(course())(records)
		return attended, union.Whole(100).Sub(covered), err // inverted
	}))
	laws.Rejects(t, movesTheRightWay(func(records []campaign.AttendanceMark) (union.Number, union.Number, error) {
		_, covered, err := ratesOf(course())(records)
		return covered, covered, err // make-ups taken for attendance
	}))
}

// personsAreFewer states that person-times are no fewer than distinct persons, and
// these no fewer than at the fullest session and no more than are on the roster.
func personsAreFewer(count func([]campaign.AttendanceMark) (times, persons int)) laws.Law {
	return func(r *rapid.T) error {
		records := drawMarks(r)
		times, persons := count(records)
		fullest := 0
		for _, session := range sessions() {
			present := 0
			for _, record := range records {
				if record.Session == session.Key && record.Mark == campaign.Present {
					present++
				}
			}
			fullest = max(fullest, present)
		}
		if times < persons || persons < fullest || persons > len(members()) {
			return fmt.Errorf("%d person-times, %d persons, %d at the fullest session", times, persons, fullest)
		}
		return nil
	}
}

func TestPersonTimesAreNoFewerThanPersons(t *testing.T) {
	c := course()
	count := func(records []campaign.AttendanceMark) (int, int) {
		tally := c.Attendance(day("2010-06-30"))
		for _, record := range records {
			if err := c.AddMark(&tally, record); err != nil {
				panic(err)
			}
		}
		times := int64(0)
		for _, each := range must(c.RollCalls(tally)) {
			times += each.Present
		}
		return int(times), must(c.Persons(tally)).Len()
	}
	laws.Holds(t, personsAreFewer(count))
	laws.Rejects(t, personsAreFewer(func(records []campaign.AttendanceMark) (int, int) {
		times, persons := count(records)
		return times, persons + len(records)/6 // some counted twice
	}))
	laws.Rejects(t, personsAreFewer(func(records []campaign.AttendanceMark) (int, int) {
		_, persons := count(records)
		return persons, min(persons, 1)
	}))
	laws.Rejects(t, personsAreFewer(func(records []campaign.AttendanceMark) (int, int) {
		times, _ := count(records)
		return times, times // nobody told apart
	}))
}

// changesNothingWhenRefused states that a refused record leaves the tally as it
// was.
func changesNothingWhenRefused(add func(*campaign.Attendance, campaign.Presence) error) laws.Law {
	c := course()
	return func(r *rapid.T) error {
		tally := drawAttendance(c)(r)
		before := campaign.Attendance{}
		if err := before.Merge(tally); err != nil {
			return err
		}
		p := campaign.Presence{
			Session: rapid.Uint32Range(0, 4).Draw(r, "session"), Member: rapid.Uint32Range(0, 5).Draw(r, "member"),
			Mark: campaign.Mark(rapid.IntRange(0, 4).Draw(r, "mark")),
		}
		if rapid.Bool().Draw(r, "made up") {
			p.MadeUp = day("2010-06-20")
		}
		if err := add(&tally, p); err != nil && !reflect.DeepEqual(before, tally) {
			return fmt.Errorf("refused with %w, and yet %v became %v", err, before, tally)
		}
		return nil
	}
}

func TestARefusedMarkChangesNothing(t *testing.T) {
	laws.Holds(t, changesNothingWhenRefused((*campaign.Attendance).Add))
	laws.Rejects(t, changesNothingWhenRefused(func(tally *campaign.Attendance, p campaign.Presence) error {
		_ = tally.Add(campaign.Presence{Session: p.Session, Member: p.Member, Mark: campaign.Absent}) // counted before it is checked
		return errors.Join(tally.Add(p), errors.New("refused"))
	}))
}

// allOrNone states that presences counted together are those counted one by one, and that
// if one is refused none is counted and the first refused is named.
func allOrNone(addAll func(*campaign.Attendance, ...campaign.Presence) error) laws.Law {
	c := course()
	return func(r *rapid.T) error {
		presences := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) campaign.Presence {
			p := campaign.Presence{
				Session: rapid.Uint32Range(0, 3).Draw(r, "session"), Member: rapid.Uint32Range(0, 4).Draw(r, "member"),
				Mark: campaign.Mark(rapid.SampledFrom([]int{1, 1, 2, 3, 0, 4, 255}).Draw(r, "mark")),
			}
			if rapid.IntRange(0, 3).Draw(r, "made up") == 0 {
				p.MadeUp = day("2010-06-20")
			}
			return p
		}), 0, 8).Draw(r, "presences")
		all, single := c.Attendance(day("2010-06-30")), c.Attendance(day("2010-06-30"))
		err := addAll(&all, presences...)
		for i, p := range presences {
			first := single.Add(p)
			if first == nil {
				continue
			}
			if err == nil || union.Faults(err)[0].Where != strings.TrimSuffix(fmt.Sprintf("presences[%d].%s", i, union.Faults(first)[0].Where), ".") {
				return fmt.Errorf("%d is refused with %w, all with %w", i, first, err)
			}
			if !reflect.DeepEqual(all, c.Attendance(day("2010-06-30"))) {
				return fmt.Errorf("refused, and yet %v", all)
			}
			return nil
		}
		if err != nil || !reflect.DeepEqual(all, single) {
			return fmt.Errorf("together %v (%w), one by one %v", all, err, single)
		}
		return nil
	}
}

func TestPresencesAreCountedAllOrNone(t *testing.T) {
	laws.Holds(t, allOrNone((*campaign.Attendance).AddAll))
	laws.Rejects(t, allOrNone(func(a *campaign.Attendance, presences ...campaign.Presence) error {
		for i, p := range presences { // those before the refused one stay
			if err := a.Add(p); err != nil {
				return union.Within(union.Indexed("presences", i), err)
			}
		}
		return nil
	}))
	laws.Rejects(t, allOrNone(func(a *campaign.Attendance, presences ...campaign.Presence) error {
		return a.AddAll(presences[:len(presences)/2]...)
	}))
}

// waysAgree states that marks added by key are those added by the places of session
// and member, given the order of the sessions that the places count in.
func waysAgree(c campaign.Course, held []campaign.Session) laws.Law {
	return func(r *rapid.T) error {
		keyed, coded := c.Attendance(day("2010-06-30")), c.Attendance(day("2010-06-30"))
		for _, record := range drawMarks(r) {
			if err := c.AddMark(&keyed, record); err != nil {
				return err
			}
			session := slices.IndexFunc(held, func(s campaign.Session) bool { return s.Key == record.Session })
			member := slices.IndexFunc(members(), func(m campaign.Member) bool { return m.Person == record.Person })
			if err := coded.Add(campaign.Presence{
				Session: uint32(session), Member: uint32(member), Mark: record.Mark, MadeUp: record.MadeUp,
			}); err != nil {
				return err
			}
		}
		if !reflect.DeepEqual(keyed, coded) {
			return fmt.Errorf("keyed %v, coded %v", keyed, coded)
		}
		return nil
	}
}

func TestTheCodedAndTheKeyedWayAgree(t *testing.T) {
	c := course()
	laws.Holds(t, waysAgree(c, c.Sessions()))
	laws.Rejects(t, waysAgree(c, sessions())) // places counted as the records list them
}

// ---- writings

func TestWritingsAreATally(t *testing.T) {
	c := course()
	laws.Tally[campaign.Writings](t, func(r *rapid.T) campaign.Writings {
		tally := c.Writings(day("2010-06-30"))
		for range rapid.IntRange(0, 6).Draw(r, "records") {
			person := fmt.Sprintf("p%d", rapid.IntRange(1, 4).Draw(r, "person"))
			words := rapid.Int64Range(0, 5000).Draw(r, "words")
			if err := errors.Join(
				c.AddNotes(&tally, campaign.Notes{Person: person, Day: day("2010-06-01"), Words: words}),
				c.AddReflection(&tally, campaign.Reflection{Person: person, Day: day("2010-06-01"), Title: "体会", Words: words}),
			); err != nil {
				panic(err)
			}
		}
		return tally
	})
}

// writesMore states that a word more never un-meets a demand.
func writesMore(judge func(words int64) (union.Verdict, error)) laws.Law {
	return func(r *rapid.T) error {
		fewer := rapid.Int64Range(0, 8000).Draw(r, "words")
		before, err := judge(fewer)
		if err != nil {
			return err
		}
		after, err := judge(fewer + rapid.Int64Range(0, 2000).Draw(r, "more"))
		if err != nil {
			return err
		}
		if len(before.Failed()) < len(after.Failed()) {
			return fmt.Errorf("with %d words %v, with more %v", fewer, before.Failed(), after.Failed())
		}
		return nil
	}
}

func TestWritingMoreNeverOwesMore(t *testing.T) {
	c := course()
	judge := func(words int64) (union.Verdict, error) {
		tally := c.Writings(day("2010-06-30"))
		if err := c.AddNotes(&tally, campaign.Notes{Person: "p3", Day: day("2010-06-01"), Words: words}); err != nil {
			return union.Verdict{}, err
		}
		return c.Judge("p3", c.Attendance(day("2010-06-30")), tally)
	}
	laws.Holds(t, writesMore(judge))
	laws.Rejects(t, writesMore(func(words int64) (union.Verdict, error) { return judge(9000 - words) }))
}

// ---- service days and deployment

// oneSaturdayAMonth states that a first-Saturday rule has exactly one day in every
// month, a Saturday, in the first seven days.
func oneSaturdayAMonth(days func(union.Period) ([]union.Date, error)) error {
	from, until := day("1901-01-01"), day("2300-12-31") // 400 years
	all, err := days(must(union.NewPeriod(from, until)))
	if err != nil {
		return err
	}
	if len(all) != 400*12 {
		return fmt.Errorf("%d days in 400 years", len(all))
	}
	for i, each := range all {
		if each.Year() != 1901+i/12 || each.Month() != time.Month(i%12+1) {
			return fmt.Errorf("%s is not of month %d of the 400 years", each, i+1)
		}
		if each.Weekday() != time.Saturday || each.Day() > 7 {
			return fmt.Errorf("%s is a %s", each, each.Weekday())
		}
	}
	return nil
}

func TestEveryMonthOfFourHundredYearsHasOneFirstSaturday(t *testing.T) {
	spec := plan().Spec()
	spec.ServiceDay.Moved = nil
	saturdays := must(campaign.NewPlan(spec))
	if err := oneSaturdayAMonth(saturdays.ServiceDays); err != nil {
		t.Error(err)
	}
	spec.ServiceDay.Weekday = "sunday" // the week that begins on another day
	if oneSaturdayAMonth(must(campaign.NewPlan(spec)).ServiceDays) == nil {
		t.Error("the law holds for a broken twin")
	}
}

// dividesAll states that a deployment sends everybody somewhere, nobody twice, and
// that parts of one weight differ by one at most.
func dividesAll(deploy func(int64) (campaign.Deployment, error)) laws.Law {
	return func(r *rapid.T) error {
		staff := rapid.Int64Range(0, 10_000).Draw(r, "staff")
		made, err := deploy(staff)
		if err != nil {
			return err
		}
		sum := int64(0)
		for _, count := range made.Counts {
			sum += count
		}
		if sum != staff || slices.Max(made.Counts)-slices.Min(made.Counts) > 1 {
			return fmt.Errorf("%d became %v", staff, made.Counts)
		}
		return nil
	}
}

func TestADeploymentDividesAll(t *testing.T) {
	made := plan()
	laws.Holds(t, dividesAll(made.Deploy))
	laws.Rejects(t, dividesAll(func(staff int64) (campaign.Deployment, error) {
		deployed, err := made.Deploy(staff)
		for i := range deployed.Counts { // each third rounded by itself
			deployed.Counts[i] = (staff + 1) / 3
		}
		return deployed, err
	}))
}

// ---- small worlds

// Two members, two sessions, every mark at every place, exhausted: 4^4 worlds
// against a count by hand.
func TestEverySmallWorldOfAttendanceIsCountedRight(t *testing.T) {
	people, held := members()[:2], sessions()[:2]
	c := must(plan().Course(must(campaign.NewRoster(people)), held))
	for world := range 256 {
		tally := c.Attendance(day("2010-06-30"))
		var want [4]int64
		left := world
		for session := range 2 {
			for member := range 2 {
				mark := campaign.Mark(left % 4)
				left /= 4
				want[mark]++
				if mark == 0 {
					continue
				}
				if err := tally.Add(campaign.Presence{Session: uint32(session), Member: uint32(member), Mark: mark}); err != nil {
					t.Fatal(err)
				}
			}
		}
		var got [4]int64
		for _, each := range must(c.RollCalls(tally)) {
			got[0] += each.Unrecorded
			got[campaign.Present] += each.Present
			got[campaign.Excused] += each.Excused
			got[campaign.Absent] += each.Absent
		}
		if got != want {
			t.Fatalf("world %d: got %v, want %v", world, got, want)
		}
	}
}
