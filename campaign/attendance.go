package campaign

import (
	"math"
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/wire"
)

// An Attendance is the tally of who attended which session held by the end of a
// day. [Course.Attendance] makes an empty one. It holds one small cell for each
// member at each session held, whatever the number of records.
//
// A member's mark at a session is a fact: recorded again it changes nothing, and
// another mark is refused. So two offices that both hold a sheet may both report
// it. A mark once recorded may gain a make-up.
//
// The zero Attendance is of no course: it refuses records, and takes the course
// and the day of what is merged into it.
type Attendance struct {
	rule     union.RuleID
	on       union.Date
	sessions int
	held     int // of the sessions, the first ones
	members  int
	cells    []cell // session by session, those held only
}

// A cell is a mark and, above it, whether it was made up.
type cell uint8

const (
	markOf cell = 3
	madeUp cell = 4
)

// couldBe reports whether a cell could have come about: nobody makes up a session
// without having been away from it.
func (c cell) couldBe() bool {
	mark := Mark(c & markOf)
	return c <= markOf|madeUp && (c&madeUp == 0 || mark == Excused || mark == Absent)
}

// Attendance returns an empty tally of the course at the end of the day on. No
// session is held by the zero day. The zero Course has the zero Attendance.
func (c Course) Attendance(on union.Date) Attendance {
	if c.id.IsZero() {
		return Attendance{}
	}
	held := c.held(on)
	return Attendance{
		rule: c.id, on: on, sessions: len(c.sessions), held: held, members: c.roster.Len(),
		cells: make([]cell, held*c.roster.Len()),
	}
}

// Rule returns the identity of the course, zero for the zero Attendance.
func (a Attendance) Rule() union.RuleID { return a.rule }

// On returns the day at whose end the attendance stands.
func (a Attendance) On() union.Date { return a.on }

// Add counts a presence. What lies after the tally's day is left out: a session
// still to be held, a make-up still to come.
//
// It reports the first of, and then changes nothing:
//   - [union.ErrRule], if the tally is of no course;
//   - [union.ErrRange], for a session, then for a member, that the course does
//     not have;
//   - [union.ErrMissing], for a zero mark, and [union.ErrUnknown] for one that is
//     none;
//   - [ErrPresent], for study made up by a member who was present;
//   - [union.ErrRepeated], if another mark is recorded of that member at that
//     session.
func (a *Attendance) Add(p Presence) error {
	session, member := int64(p.Session), int64(p.Member)
	outside := session >= int64(a.held) || member >= int64(a.members)
	if outside || p.Mark == 0 || p.Mark > Absent || p.Mark == Present && !p.MadeUp.IsZero() {
		return a.refuse(p)
	}
	at := &a.cells[session*int64(a.members)+member]
	if had := *at & markOf; had != 0 && had != cell(p.Mark) {
		return union.NewFault(union.ErrRepeated, "mark", p.Mark.String(), Mark(had).String()+", as recorded before")
	}
	*at |= cell(p.Mark)
	if !p.MadeUp.IsZero() && !p.MadeUp.After(a.on) {
		*at |= madeUp
	}
	return nil
}

// AddAll counts presences as [Attendance.Add] does one after the other, or none of
// them. What Add reports of the first that is refused is placed by its index.
func (a *Attendance) AddAll(presences ...Presence) error {
	cells, members := a.cells, uint64(a.members)
	// Presences that find nothing recorded are undone by recording nothing again. How it
	// was before is kept from the first on that is not so plain.
	plain := len(presences)
	var before []cell
	for i := range presences {
		p := &presences[i]
		// A member and a cell that there are make a session held.
		member := uint64(p.Member)
		at := uint64(p.Session)*members + member
		if member < members && at < uint64(len(cells)) && p.Mark-1 < Absent && p.MadeUp.IsZero() && cells[at] == 0 {
			cells[at] = cell(p.Mark)
			continue
		}
		if plain == len(presences) {
			plain, before = i, slices.Clone(cells)
		}
		if err := a.Add(*p); err != nil {
			copy(cells, before)
			for _, p := range presences[:plain] {
				cells[int64(p.Session)*int64(a.members)+int64(p.Member)] = 0
			}
			return union.Within(union.Indexed("presences", i), err)
		}
	}
	return nil
}

// refuse says why a presence is not counted: nil, if only its session is still to
// be held.
func (a *Attendance) refuse(p Presence) error {
	switch {
	case a.rule.IsZero():
		return union.NewFault(union.ErrRule, "", a.rule.String(), "a tally made by Course.Attendance")
	case int64(p.Session) >= int64(a.sessions):
		return union.NewFault(union.ErrRange, "session", strconv.Itoa(int(p.Session)), "below "+strconv.Itoa(a.sessions))
	case int64(p.Member) >= int64(a.members):
		return union.NewFault(union.ErrRange, "member", strconv.Itoa(int(p.Member)), "below "+strconv.Itoa(a.members))
	}
	return p.checkMark()
}

// AddMark counts a record in a tally of the course: it is [Course.Presence] and
// then [Attendance.Add].
//
// It reports the first of, and then changes nothing: [union.ErrMissing], for no
// tally; [union.ErrRule], for one that is not the course's; what Presence reports;
// what Add reports.
func (c Course) AddMark(a *Attendance, m AttendanceMark) error {
	if a == nil {
		return union.NewFault(union.ErrMissing, "attendance", "", "")
	}
	if err := c.owns(a.rule); err != nil {
		return err
	}
	p, err := c.Presence(m)
	if err != nil {
		return err
	}
	return a.Add(p)
}

// owns refuses a tally that was not made by the course.
func (c Course) owns(rule union.RuleID) error {
	if rule != c.id {
		return union.NewFault(union.ErrRule, "", rule.String(), c.id.String())
	}
	return nil
}

// ownsAttendance refuses a tally that was not made by the course. One that claims
// the course and has other sessions or members was made up.
func (c Course) ownsAttendance(a *Attendance) error {
	if err := c.owns(a.rule); err != nil {
		return err
	}
	if a.sessions != len(c.sessions) || a.held != c.held(a.on) || a.members != c.roster.Len() {
		return otherShape("attendance", c.id)
	}
	return nil
}

// otherShape refuses a tally that claims a course and has other sessions or
// members than it.
func otherShape(what string, course union.RuleID) error {
	return union.NewFault(union.ErrRule, what, "other sessions or members", course.String())
}

// Merge adds other to the tally: what either has recorded is recorded. It shares
// nothing with other.
//
// It reports the first of, and then changes nothing:
//   - [union.ErrRule], if other is of another course or another day;
//   - [union.ErrRepeated], if the two have recorded different marks of one member
//     at one session.
func (a *Attendance) Merge(other Attendance) error {
	if other.rule.IsZero() {
		return nil
	}
	if a.rule.IsZero() {
		*a = other
		a.cells = slices.Clone(other.cells)
		return nil
	}
	if err := a.goesWith(&other); err != nil {
		return err
	}
	for at, theirs := range other.cells {
		ours := a.cells[at] & markOf
		if theirs &= markOf; ours != 0 && theirs != 0 && ours != theirs {
			return union.NewFault(union.ErrRepeated, "session "+strconv.Itoa(at/a.members)+", member "+strconv.Itoa(at%a.members),
				Mark(theirs).String(), Mark(ours).String()+", as recorded before")
		}
	}
	for at, theirs := range other.cells {
		a.cells[at] |= theirs
	}
	return nil
}

// goesWith refuses a tally of another course, another day, or other sessions or
// members.
func (a *Attendance) goesWith(other *Attendance) error {
	if err := sameCourse(a.rule, a.on, other.rule, other.on); err != nil {
		return err
	}
	if a.sessions != other.sessions || a.held != other.held || a.members != other.members {
		return otherShape("attendance", a.rule)
	}
	return nil
}

// sameCourse refuses to merge tallies of two courses or of two days.
func sameCourse(rule union.RuleID, on union.Date, otherRule union.RuleID, otherOn union.Date) error {
	if otherRule != rule {
		return union.NewFault(union.ErrRule, "", otherRule.String(), rule.String())
	}
	if otherOn != on {
		return union.NewFault(union.ErrRule, "on", otherOn.String(), on.String())
	}
	return nil
}

// attendanceForm names the binary form of an Attendance: the day, how many
// sessions there are, how many of them are held, how many members, and the cells,
// session by session.
const attendanceForm = "campaign.attendance/1"

// AppendBinary appends the canonical binary form, as [union.WriteTally] does.
func (a Attendance) AppendBinary(data []byte) ([]byte, error) {
	return union.WriteTally(data, attendanceForm, a.rule, func(w *wire.Writer) {
		w.Text(a.on.String())
		w.Len(a.sessions)
		w.Len(a.held)
		w.Len(a.members)
		w.Len(len(a.cells))
		for _, each := range a.cells {
			w.Uint(uint64(each))
		}
	})
}

// UnmarshalBinary reads what AppendBinary wrote, as [union.ReadTally] does; into
// the zero Attendance that of any course, else one of the tally's own course and
// day ([union.ErrRule]). What no course could have counted is [union.ErrText]. On
// error the tally is unchanged.
func (a *Attendance) UnmarshalBinary(data []byte) error {
	var made Attendance
	rule, err := union.ReadTally(data, attendanceForm, a.rule, made.read)
	if err != nil {
		return err
	}
	made.rule = rule
	if !a.rule.IsZero() && !rule.IsZero() {
		if err := a.goesWith(&made); err != nil {
			return err
		}
	}
	*a = made
	return nil
}

// read reads the body. Its course is not there to be asked: [Attendance.Merge] and
// the course itself see whether it is of theirs.
func (a *Attendance) read(r *wire.Reader) {
	a.on = readDay(r)
	a.sessions = int(r.Most(math.MaxInt32))
	a.held = int(r.Most(int64(a.sessions)))
	a.members = int(r.Most(math.MaxInt32))
	cells := r.Len(1)
	switch {
	case a.members == 0 || int64(cells) != int64(a.held)*int64(a.members):
		r.Refuse("other cells than one for each member at each session held", "these")
		return
	case a.held > 0 && a.on.IsZero():
		r.Refuse("sessions held by no day", "none")
		return
	}
	a.cells = make([]cell, cells)
	for i := range a.cells {
		a.cells[i] = cell(r.Most(int64(markOf | madeUp)))
		if !a.cells[i].couldBe() {
			r.Refuse("a session made up by a member who was not away", "a mark")
			return
		}
	}
}

// readDay reads a day, or nothing for the zero Date.
func readDay(r *wire.Reader) union.Date {
	var day union.Date
	if err := day.UnmarshalText([]byte(r.Text(len("2010-05-04")))); err != nil {
		r.Refuse("no day", "a day or nothing")
	}
	return day
}
