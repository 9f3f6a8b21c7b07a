package campaign

import "github.com/unioncampaign/union"

// A Session is one meeting for study: its day, its hours (学时, more than none),
// and its kind.
type Session struct {
	Key   string       `json:"key"` // unique within the course
	Day   union.Date   `json:"day"`
	Hours union.Number `json:"hours"`
	Kind  string       `json:"kind,omitempty"` // the key of a kind of the plan; empty: not stated
	Title string       `json:"title"`
}

// checkSessions notes the faults of sessions.
func (p Plan) checkSessions(faults *union.FaultList, sessions []Session) {
	keys := map[string]bool{}
	for i, session := range sessions {
		where := union.Indexed("sessions", i)
		faults.Key(where+".key", session.Key, keys)
		faults.Given(where+".title", session.Title)
		if session.Day.IsZero() {
			faults.Add(union.ErrMissing, where+".day", "", "the day it is held")
		}
		if session.Hours.Sign() <= 0 {
			faults.Add(union.ErrRange, where+".hours", session.Hours.String(), "more than 0")
		}
		if session.Kind != "" {
			find(faults, p.spec.Kinds, where+".kind", session.Kind, "a kind of study of the plan")
		}
	}
}
