package aid

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
)

// visitPlanDocument names the JSON of a VisitPlan.
const visitPlanDocument = "aid.visit_plan/1"

// A VisitPlanSpec describes a round of condolence visits (走访慰问) to model
// workers: on which days, to holders of which levels of the title, and what its
// goods are counted in.
type VisitPlanSpec struct {
	union.Rule
	Days   union.Period  `json:"days"`
	Levels []union.Term  `json:"levels"` // of the title of model worker
	Goods  union.Measure `json:"goods"`  // what goods are counted in, such as 份
}

// A VisitPlan is a checked VisitPlanSpec. It never changes. The zero VisitPlan
// has no level; every visit is a fault under it.
type VisitPlan struct {
	spec   VisitPlanSpec
	id     union.RuleID
	levels union.Codes
}

// NewVisitPlan returns the plan that spec describes. It reports all the faults
// it finds, joined, each placed in spec:
//   - [union.ErrMissing], for a key, version, title, source, day, level or measure
//     of goods that is not given;
//   - [union.ErrText], for a level's key that is not of letters, digits, - and _,
//     and [union.ErrRepeated], for one given twice;
//   - [union.ErrUnknown], for a level within another: the list has no parts;
//   - those of [union.IdentifyRule], such as [union.ErrText] for text that is not
//     UTF-8.
func NewVisitPlan(spec VisitPlanSpec) (VisitPlan, error) {
	v := VisitPlan{spec: spec.clone()}
	var faults union.FaultList
	faults.Within("", v.spec.Check())
	if v.spec.Days.IsZero() {
		faults.Add(union.ErrMissing, "days", "", "")
	}
	checkTerms(&faults, "levels", v.spec.Levels)
	faults.Given("goods", string(v.spec.Goods))
	if err := faults.Err(); err != nil {
		return VisitPlan{}, err
	}
	var err error
	if v.levels, err = listOf(v.spec.Rule, "levels", v.spec.Levels); err != nil {
		return VisitPlan{}, err
	}
	if v.id, err = union.IdentifyRule(visitPlanDocument, v.spec); err != nil {
		return VisitPlan{}, err
	}
	return v, nil
}

func (s VisitPlanSpec) clone() VisitPlanSpec {
	s.Levels = slices.Clone(s.Levels)
	return s
}

// ID returns the identity of the plan.
func (v VisitPlan) ID() union.RuleID { return v.id }

// Rule returns what the plan says of itself.
func (v VisitPlan) Rule() union.Rule { return v.spec.Rule }

// Spec returns a copy of what the plan was made from.
func (v VisitPlan) Spec() VisitPlanSpec { return v.spec.clone() }

// MarshalJSON writes the plan as a document "aid.visit_plan/1". The zero
// VisitPlan has no levels to write and is [union.ErrText].
func (v VisitPlan) MarshalJSON() ([]byte, error) { return union.WriteRule(visitPlanDocument, v.spec) }

// UnmarshalJSON reads a document "aid.visit_plan/1" with the faults of
// [union.ReadRule], and checks it as [NewVisitPlan] does. On error v is
// unchanged.
func (v *VisitPlan) UnmarshalJSON(data []byte) error {
	var spec VisitPlanSpec
	if err := union.ReadRule(data, visitPlanDocument, &spec); err != nil {
		return err
	}
	made, err := NewVisitPlan(spec)
	if err != nil {
		return err
	}
	*v = made
	return nil
}

// A Visit is one visit to a model worker, with money, with goods, with both or
// with neither. Worker is a token of the caller's.
type Visit struct {
	Worker string      `json:"worker"`
	Level  string      `json:"level"` // the key of a level of the plan
	On     union.Date  `json:"on"`
	Amount union.Money `json:"amount"`
	Goods  int64       `json:"goods,omitempty"` // in the plan's measure
}

// A CodedVisit is a visit as [Visits] count it. The zero CodedVisit is refused.
// [VisitPlan.CodeVisit] makes it.
type CodedVisit struct {
	Worker string
	Level  union.Code
	Amount union.Money
	Goods  int64
}

// CodeVisit reads a visit under the plan. It reports the first of these faults:
//   - [union.ErrMissing], of the zero VisitPlan;
//   - those of [union.CheckToken], for the worker;
//   - [union.ErrMissing] and [union.ErrUnknown], for the level;
//   - [union.ErrRange], for a day that is none of the plan's;
//   - what [Visits.Add] finds wrong with the visit by itself.
func (v VisitPlan) CodeVisit(visit Visit) (CodedVisit, error) {
	if v.id.IsZero() {
		return CodedVisit{}, union.NewFault(union.ErrMissing, "rule", "", "")
	}
	if err := union.CheckToken(visit.Worker); err != nil {
		return CodedVisit{}, union.Within("worker", err)
	}
	level, err := find(v.levels, "level", visit.Level)
	if err != nil {
		return CodedVisit{}, err
	}
	if !v.spec.Days.Contains(visit.On) {
		return CodedVisit{}, union.NewFault(union.ErrRange, "on", visit.On.String(), "a day in "+v.spec.Days.String())
	}
	coded := CodedVisit{Worker: visit.Worker, Level: level, Amount: visit.Amount, Goods: visit.Goods}
	return coded, coded.check()
}

// check reports what is wrong with what a visit brought.
func (v CodedVisit) check() error {
	switch {
	case v.Amount.Sign() < 0:
		return union.NewFault(union.ErrRange, "amount", v.Amount.String(), "0.00 or more")
	case v.Goods < 0:
		return union.NewFault(union.ErrRange, "goods", strconv.FormatInt(v.Goods, 10), "0 or more")
	}
	return nil
}
