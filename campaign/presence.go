package campaign

import (
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// An AttendanceMark is the record of one member at one session, by their keys,
// and of the day on which the member made it up, if that was needed and done. A
// make-up may come in a later record with the same mark.
type AttendanceMark struct {
	Session string     `json:"session"`
	Person  string     `json:"person"`
	Mark    Mark       `json:"mark"`
	MadeUp  union.Date `json:"made_up,omitzero"` // zero: not made up
}

// A Presence is an [AttendanceMark] with the session and the member by their
// places in the course, counted from 0. [Course.Presence] makes it.
type Presence struct {
	Session uint32     // in the order of Course.Sessions
	Member  uint32     // in the order of the roster
	Mark    Mark       // how the member stood
	MadeUp  union.Date // zero: not made up
}

// Presence returns a record with its keys resolved.
//
// It reports the first of, and quotes no person's token:
//   - [union.ErrUnknown], for a session that the course does not have;
//   - [union.ErrUnknown], for a person who is not on the roster: a stranger;
//   - [union.ErrMissing], for a zero mark, and [union.ErrUnknown] for one that is
//     none;
//   - [ErrPresent], for study made up by a member who was present;
//   - [union.ErrOrder], for study made up before the session's day.
func (c Course) Presence(m AttendanceMark) (Presence, error) {
	session, known := c.at[m.Session]
	if !known {
		return Presence{}, union.NewFault(union.ErrUnknown, "session", quote.Key(m.Session), "a session of the course")
	}
	member, err := c.roster.Find(m.Person)
	if err != nil {
		return Presence{}, err
	}
	p := Presence{Session: uint32(session), Member: uint32(member), Mark: m.Mark, MadeUp: m.MadeUp}
	if err := p.checkMark(); err != nil {
		return Presence{}, err
	}
	if day := c.sessions[session].Day; !m.MadeUp.IsZero() && m.MadeUp.Before(day) {
		return Presence{}, union.NewFault(union.ErrOrder, "made_up", m.MadeUp.String(), "on or after "+day.String())
	}
	return p, nil
}

// checkMark reports a mark that is none, or one that leaves nothing to make up.
func (p Presence) checkMark() error {
	switch {
	case p.Mark == 0:
		return union.NewFault(union.ErrMissing, "mark", "", wantMark)
	case p.Mark > Absent:
		return union.NewFault(union.ErrUnknown, "mark", p.Mark.String(), wantMark)
	case p.Mark == Present && !p.MadeUp.IsZero():
		return union.NewFault(ErrPresent, "made_up", p.MadeUp.String(), "no make-up")
	}
	return nil
}
