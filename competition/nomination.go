package competition

import (
	"slices"
	"strings"

	"github.com/unioncampaign/union"
)

// A Nomination is the course that a candidate of an award takes, as data: a graph
// of states, and those in which it may be recommended.
type Nomination struct {
	Course  union.ProcedureSpec `json:"course"`
	Title   string              `json:"title"`
	Reached []string            `json:"reached"` // keys of states
}

// NominationCourse returns the course of a nomination as it is commonly laid down:
// the workers' meeting agrees (职工会议讨论), the firm's union recommends, the
// departments give their opinions, the review passes it, it is on public notice for
// so many days, is reviewed again, stands on the notice of the higher level for as
// many, and is granted: two reviews and public notice at each level (两审三公示).
// An objection that is upheld rejects it, it may be withdrawn until it is granted,
// and one that is not handed in in time is abandoned. It is plain data: a rule that
// differs changes the copy.
func NominationCourse(rule union.Rule, noticeDays int) union.ProcedureSpec {
	spec := union.ProcedureSpec{
		Rule: rule,
		States: []union.State{
			{Key: "open", Title: "未申报"},
			{Key: "discussed", Title: "职工会议通过"},
			{Key: "recommended", Title: "已推荐"},
			{Key: "consulted", Title: "已征求部门意见"},
			{Key: "reviewed", Title: "初审通过"},
			{Key: "noticed", Title: "公示"},
			{Key: "reviewed again", Title: "复审通过"},
			{Key: "noticed above", Title: "上级公示"},
			{Key: "granted", Title: "命名表彰", Final: true},
			{Key: "rejected", Title: "不予通过", Final: true},
			{Key: "withdrawn", Title: "撤回", Final: true},
			{Key: "abandoned", Title: "逾期视为放弃", Final: true},
		},
		Transitions: []union.Transition{
			{Event: "discuss", Title: "职工会议讨论", From: "open", To: "discussed", By: []string{"workers' meeting"}, Evidence: []string{"minutes"}},
			{Event: "recommend", Title: "工会推荐", From: "discussed", To: "recommended", By: []string{"union"}, Evidence: []string{"form"}},
			{Event: "consult", Title: "征求部门意见", From: "recommended", To: "consulted", By: []string{"office"}, Evidence: []string{"opinions"}},
			{Event: "review", Title: "初审", From: "consulted", To: "reviewed", By: []string{"office"}, NotBy: []string{"recommend"}},
			{Event: "publish", Title: "公示", From: "reviewed", To: "noticed", By: []string{"office"}},
			{Event: "review again", Title: "复审", From: "noticed", To: "reviewed again", By: []string{"higher office"}, NotBy: []string{"review"}, After: noticeDays},
			{Event: "publish above", Title: "上级公示", From: "reviewed again", To: "noticed above", By: []string{"higher office"}},
			{Event: "grant", Title: "命名表彰", From: "noticed above", To: "granted", By: []string{"higher office"}, After: noticeDays},
			{Event: "miss", Title: "逾期未报", From: "open", To: "abandoned"},
			{Event: "miss", Title: "逾期未报", From: "discussed", To: "abandoned"},
		},
	}
	for _, from := range []string{"recommended", "consulted", "reviewed", "noticed", "reviewed again", "noticed above"} {
		spec.Transitions = append(spec.Transitions,
			union.Transition{Event: "reject", Title: "不予通过", From: from, To: "rejected"},
			union.Transition{Event: "withdraw", Title: "撤回", From: from, To: "withdrawn"})
	}
	return spec
}

// checkNomination returns the procedure, and reports, joined, what is wrong with
// the course.
func checkNomination(n Nomination) (union.Procedure, error) {
	var faults union.FaultList
	faults.Given("title", n.Title)
	procedure, err := union.NewProcedure(n.Course)
	faults.Within("course", err)
	if len(n.Reached) == 0 {
		faults.Add(union.ErrMissing, "reached", "", "one state or more")
	}
	states := map[string]bool{}
	for _, state := range procedure.States() {
		states[state.Key] = true
	}
	seen := map[string]bool{}
	for i, key := range n.Reached {
		where := union.Indexed("reached", i)
		switch {
		case key == "":
			faults.Add(union.ErrMissing, where, "", "")
		case seen[key]:
			faults.Add(union.ErrRepeated, where, key, "")
		case err == nil && !states[key]:
			faults.Add(union.ErrUnknown, where, key, "a state of the course")
		}
		seen[key] = true
	}
	return procedure, faults.Err()
}

// reason says in which state a candidate is on a day, and whether it may be
// recommended there. The events must be those of the course.
func (n Nomination) reason(procedure union.Procedure, c Candidate, on union.Date) (union.Reason, error) {
	log := procedure.Log(c.Firm.String() + " " + c.Part)
	for i, event := range c.Course {
		if err := procedure.Add(&log, event); err != nil {
			return union.Reason{}, union.Within(union.Indexed("course", i), err)
		}
	}
	state, _, err := procedure.On(log, on)
	if err != nil {
		return union.Reason{}, err
	}
	want, reached := "", slices.Contains(n.Reached, state.Key)
	for _, other := range procedure.States() {
		if slices.Contains(n.Reached, other.Key) {
			want = strings.TrimPrefix(want+"、"+other.Title, "、")
		}
	}
	return reason(standing(reached), "nomination", n.Title, state.Title, want), nil
}
