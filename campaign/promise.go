package campaign

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// Promises (承诺) say how a promise is made, reviewed, fixed, published, kept and
// judged (提诺、审诺、定诺、公示、践诺、评诺), and how often its keeping is commented on.
type Promises struct {
	Procedure union.ProcedureSpec `json:"procedure"`
	Kept      []string            `json:"kept"`              // the states of a promise that is kept (兑现)
	Broken    []string            `json:"broken,omitempty"`  // the states of one that was not
	Cadence   []Cadence           `json:"cadence,omitempty"` // how often it is commented on
}

// A Cadence is a comment that comes round: a word every quarter, a comment every
// half year, an appraisal every year (一季一讲评、半年一点评、一年一评议).
type Cadence struct {
	Key    string `json:"key"`
	Title  string `json:"title"`
	Months int    `json:"months"` // of the calendar: 1, 2, 3, 4, 6 or 12
}

// A Promise is what an organisation or a person promises, in so many items.
type Promise struct {
	Holder string `json:"holder"`           // the token of who promises, an organisation or a person
	Person bool   `json:"person,omitempty"` // a person promises, not an organisation
	Title  string `json:"title"`
	Items  int64  `json:"items"` // at least 1
}

// A Comment (点评) on what an organisation or a person has promised, made as a
// cadence asks for it.
type Comment struct {
	Cadence string `json:"cadence"`          // the key of a cadence of the plan
	Holder  string `json:"holder"`           // the token of whom it is on
	Person  bool   `json:"person,omitempty"` // it is on a person, not an organisation
}

const monthsOfYear = 12

// check reports the faults of promises but those of their procedure.
func (p Promises) check(course track) error {
	var faults union.FaultList
	if len(p.Kept) == 0 {
		faults.Add(union.ErrMissing, "kept", "", "at least one state")
	}
	if !course.isNone() {
		known := func(key string) bool { return course.state(key).Key != "" }
		once(&faults, "kept", p.Kept, known, "a state of the procedure")
		once(&faults, "broken", p.Broken, func(key string) bool {
			return known(key) && !slices.Contains(p.Kept, key)
		}, "a state of the procedure that is not kept")
	}
	keys := map[string]bool{}
	for i, each := range p.Cadence {
		where := union.Indexed("cadence", i)
		faults.Key(where+".key", each.Key, keys)
		faults.Given(where+".title", each.Title)
		if each.Months < 1 || monthsOfYear%each.Months != 0 {
			faults.Add(union.ErrRange, where+".months", strconv.Itoa(each.Months), "1, 2, 3, 4, 6 or 12")
		}
	}
	return faults.Err()
}

// check reports the faults of a promise.
func (p Promise) check(faults *union.FaultList) {
	faults.Given("promise.title", p.Title)
	faults.Within("promise.holder", union.CheckToken(p.Holder))
	if p.Items < 1 {
		faults.Add(union.ErrRange, "promise.items", strconv.FormatInt(p.Items, 10), "1 or more")
	}
}

// check reports the faults of a comment.
func (c Comment) check(faults *union.FaultList, promises *Promises) {
	faults.Within("comment.holder", union.CheckToken(c.Holder))
	if promises == nil || !slices.ContainsFunc(promises.Cadence, func(each Cadence) bool { return each.Key == c.Cadence }) {
		faults.Add(union.ErrUnknown, "comment.cadence", quote.Key(c.Cadence), "a cadence of the plan")
	}
}

func (p Promises) clone() Promises {
	p.Procedure = cloneProcedure(p.Procedure)
	p.Kept, p.Broken, p.Cadence = slices.Clone(p.Kept), slices.Clone(p.Broken), slices.Clone(p.Cadence)
	return p
}
