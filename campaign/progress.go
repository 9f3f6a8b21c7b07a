package campaign

import (
	"slices"
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Progress says how an action stands at the end of a day. The zero Progress is
// not one.
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

var progressTexts = [...]string{"", "in time", "late", "waived", "evidence lacking", "out of order", "pending", "overdue"}

// String returns "in time", "late", "waived", "evidence lacking", "out of order",
// "pending", "overdue" or, for any other value, its number, as in
// "Progress(9)".
func (p Progress) String() string {
	if p.known() {
		return progressTexts[p]
	}
	return "Progress(" + strconv.Itoa(int(p)) + ")"
}

// progressTitles are the words of the field for the kinds of progress.
var progressTitles = [...]string{"未填", "按期完成", "逾期完成", "经批准免做", "佐证材料不全", "次序颠倒，须重做", "未到期，尚未完成", "逾期未完成"}

func (p Progress) title() string { return progressTitles[p] }

func (p Progress) known() bool { return p > 0 && int(p) < len(progressTexts) }

// MarshalText writes the progress as String does. A value that is none is
// [union.ErrUnknown].
func (p Progress) MarshalText() ([]byte, error) {
	if !p.known() {
		return nil, union.NewFault(union.ErrUnknown, "", p.String(), progressWanted())
	}
	return []byte(p.String()), nil
}

// UnmarshalText reads what MarshalText writes; any other text is [union.ErrUnknown]
// and leaves p unchanged.
func (p *Progress) UnmarshalText(text []byte) error {
	at := slices.Index(progressTexts[1:], string(text))
	if at < 0 {
		return union.NewFault(union.ErrUnknown, "", quote.Key(string(text)), progressWanted())
	}
	*p = Progress(at + 1)
	return nil
}

func progressWanted() string { return "one of: " + strings.Join(progressTexts[1:], ", ") }

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
