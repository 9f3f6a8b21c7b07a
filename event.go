package union

import "slices"

// An Event is one dated thing that happened to a subject. The ID is the
// caller's and makes it harmless to add the event again. By says who did it, as
// a token or an office of the caller's and never as a name or number of a
// person; Role in what capacity. Evidence lists the kinds of evidence that came
// with it. The zero Event is refused: it has no ID, no key and no day.
type Event struct {
	ID       string   `json:"id"`
	Event    string   `json:"event"` // the key of a transition's event
	On       Date     `json:"on"`
	By       string   `json:"by,omitempty"`
	Role     string   `json:"role,omitempty"`
	Evidence []string `json:"evidence,omitempty"`
	Reason   string   `json:"reason,omitempty"`
}

// missing returns the member without which the event cannot be read, or "".
func (e Event) missing() string {
	switch {
	case e.ID == "":
		return "id"
	case e.Event == "":
		return "event"
	case e.On.IsZero():
		return "on"
	}
	return ""
}

// same reports whether e and other say the same. No evidence is no evidence,
// whether the slice is nil or empty.
func (e Event) same(other Event) bool {
	return e.ID == other.ID && e.Event == other.Event && e.On == other.On &&
		e.By == other.By && e.Role == other.Role && e.Reason == other.Reason &&
		slices.Equal(e.Evidence, other.Evidence)
}

// clone returns an event that shares nothing with e.
func (e Event) clone() Event {
	e.Evidence = append([]string(nil), e.Evidence...)
	return e
}
