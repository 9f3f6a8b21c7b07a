package union

// A Log holds the dated events that happened to one subject, in the order of
// their days. It is bound to its [Procedure], which alone adds to it and says
// what it amounts to; nothing is ever taken out or changed. A copy made by
// assignment is a log of its own: what is added to one is not in the other.
//
// The zero Log is of no procedure, and nothing can be added to it; a
// [Procedure.Log] starts empty.
type Log struct {
	rule    RuleID
	subject string
	events  []Event
}

// Subject returns what the log is about, as the caller named it.
func (l Log) Subject() string { return l.subject }

// Rule returns the identity of the procedure, zero for the zero Log.
func (l Log) Rule() RuleID { return l.rule }

// Events returns the events in the order in which they were added, which is that
// of their days. They are the caller's and share nothing with the log.
func (l Log) Events() []Event {
	events := make([]Event, 0, len(l.events))
	for _, event := range l.events {
		events = append(events, event.clone())
	}
	return events
}

// by returns the events on and before day.
func (l Log) by(day Date) []Event {
	for i, event := range l.events {
		if event.On.After(day) {
			return l.events[:i]
		}
	}
	return l.events
}

// find returns the event with the ID.
func (l Log) find(id string) (Event, bool) {
	for _, event := range l.events {
		if event.ID == id {
			return event, true
		}
	}
	return Event{}, false
}

// last returns the day of the last event, zero if there is none.
func (l Log) last() Date {
	if len(l.events) == 0 {
		return Date{}
	}
	return l.events[len(l.events)-1].On
}
