package campaign

import "github.com/unioncampaign/union"

// A Progress says how an action stands at the end of a day. The zero Progress is
// not one and prints as "not stated".
type Progress uint8

// The kinds of progress. The first three are settled, the other four are not.
const (
	InTime     Progress = iota + 1 // done by its due day, with all its evidence
	Late                           // done with all its evidence, after its due day
	Waived                         // need not be done, with a reason and on somebody's authority
	Lacking                        // done, but some of its evidence has not come
	OutOfOrder                     // done with all its evidence, but before what must be done first
	Pending                        // not done, and its due day has not passed
	Overdue                        // not done, and its due day has passed
)

var progressTexts = [...]string{"not stated", "in time", "late", "waived", "evidence lacking", "out of order", "pending", "overdue"}

// String returns "in time", "late", "waived", "evidence lacking", "out of order",
// "pending", "overdue" or, for any other value, "not stated".
func (p Progress) String() string {
	if int(p) < len(progressTexts) {
		return progressTexts[p]
	}
	return progressTexts[0]
}

// progressTitles are the words of the field for the kinds of progress.
var progressTitles = [...]string{"未填", "按期完成", "逾期完成", "经批准免做", "佐证材料不全", "次序颠倒，须重做", "未到期，尚未完成", "逾期未完成"}

func (p Progress) title() string { return progressTitles[p] }

// MarshalText writes the progress as String does.
func (p Progress) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// Done reports whether the progress is InTime or Late: late is not missing.
func (p Progress) Done() bool { return p == InTime || p == Late }

// Settled reports whether nothing more is owed: the progress is done, or Waived.
func (p Progress) Settled() bool { return p.Done() || p == Waived }

// progressList is the list of progress that an overview counts by.
func progressList() union.CodesSpec {
	list := union.CodesSpec{Rule: union.Rule{Key: "progress", Version: "1", Title: "完成情况", Source: "campaign.Progress"}}
	for p := InTime; p <= Overdue; p++ {
		list.Terms = append(list.Terms, union.Term{Key: progressKeys[p], Title: p.title()})
	}
	return list
}

// progressKeys are the keys of the kinds of progress in the keys of figures.
var progressKeys = [...]string{"", "in_time", "late", "waived", "lacking", "out_of_order", "pending", "overdue"}
