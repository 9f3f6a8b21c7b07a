package campaign

import (
	"errors"
	"fmt"

	"github.com/unioncampaign/union"
)

// A Session is one meeting for study: its day, its hours (学时, more than none),
// and its kind.
type Session struct {
	Key   string       `json:"key"` // unique within the course
	Day   union.Date   `json:"day"`
	Hours union.Number `json:"hours"`
	Kind  string       `json:"kind,omitempty"` // the key of a kind of the plan; empty: not stated
	Title string       `json:"title"`
}

// checkSessions reports, joined, the faults of sessions.
func checkSessions(sessions []Session, kinds union.Codes) error {
	var faults []error
	keys := keyring{}
	for i, session := range sessions {
		where := fmt.Sprintf("sessions[%d]", i)
		faults = append(faults, keys.check(where+".key", session.Key), checkTitle(where+".title", session.Title))
		if session.Day.IsZero() {
			faults = append(faults, union.NewFault(union.ErrMissing, where+".day", "", "the day it is held"))
		}
		if session.Hours.Sign() <= 0 {
			faults = append(faults, union.NewFault(union.ErrRange, where+".hours", session.Hours.String(), "more than 0"))
		}
		if _, err := kinds.Find(session.Kind); session.Kind != "" && err != nil {
			faults = append(faults,
				union.NewFault(union.ErrUnknown, where+".kind", quote(session.Kind), "a kind of study of the plan"))
		}
	}
	return errors.Join(faults...)
}
