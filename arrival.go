package union

// An Arrival says whether a unit's report is there: missing is not a report of
// nothing, and late is not missing.
type Arrival uint8

// The arrivals. The zero Arrival is that of a unit of which no report is due.
const (
	NotDue  Arrival = iota
	Missing         // due, and not there
	OnTime          // there, and no later than the last day
	Late            // there, and after the last day
)

var arrivalTexts = [...]string{"not due", "missing", "on time", "late"}

// String returns "not due", "missing", "on time" or "late", and an empty text
// for any other value.
func (a Arrival) String() string {
	if int(a) < len(arrivalTexts) {
		return arrivalTexts[a]
	}
	return ""
}
