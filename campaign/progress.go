package campaign

// A Progress says how an action stands at the end of a day. The zero Progress is
// not one and prints as "not stated".
type Progress uint8

// The kinds of progress. The first two are done, the other three are not.
const (
	InTime  Progress = iota + 1 // done by its due day, with all its evidence
	Late                        // done with all its evidence, after its due day
	Lacking                     // done, but some of its evidence has not come
	Pending                     // not done, and its due day has not passed
	Overdue                     // not done, and its due day has passed
)

var progressTexts = [...]string{"not stated", "in time", "late", "evidence lacking", "pending", "overdue"}

// String returns "in time", "late", "evidence lacking", "pending", "overdue" or,
// for any other value, "not stated".
func (p Progress) String() string {
	if int(p) < len(progressTexts) {
		return progressTexts[p]
	}
	return progressTexts[0]
}

// progressTitles are the words of the field for the kinds of progress.
var progressTitles = [...]string{"未填", "按期完成", "逾期完成", "佐证材料不全", "未到期，尚未完成", "逾期未完成"}

func (p Progress) title() string { return progressTitles[p] }

// MarshalText writes the progress as String does.
func (p Progress) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// Done reports whether the progress is InTime or Late: late is not missing.
func (p Progress) Done() bool { return p == InTime || p == Late }
