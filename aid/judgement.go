package aid

import (
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
)

// What became of a household, as the last part of the keys of figures: before
// the key of a category or an exclusion stands the first word of two. One that is
// refused has one ground: the first, in the order of the standard's exclusions,
// then age, income, cause.
const (
	ofCategory    = "category."
	ofExclusion   = "refused.exclusion."
	refusedAge    = "refused.age"
	refusedIncome = "refused.income"
	refusedCause  = "refused.cause"
	undecided     = "undecided"
)

// layOut makes the list of what may become of a household, and the table over it
// and the causes.
func (s *Standard) layOut() error {
	var terms []union.Term
	for _, category := range s.spec.Categories {
		terms = append(terms, union.Term{Key: ofCategory + category.Key, Title: category.Title})
	}
	for _, exclusion := range s.spec.Exclusions {
		terms = append(terms, union.Term{Key: ofExclusion + exclusion.Key, Title: exclusion.Title})
	}
	terms = append(terms,
		union.Term{Key: refusedAge, Title: "年龄不符合规定"},
		union.Term{Key: refusedIncome, Title: "收入超过规定标准"},
		union.Term{Key: refusedCause, Title: "致困原因不符合规定"},
		union.Term{Key: undecided, Title: "情况不明待核实"})
	var err error
	if s.outcomes, err = listOf(s.spec.Rule, "outcomes", terms); err != nil {
		return err
	}
	s.layout, err = union.NewLayout(
		union.Axis{Key: "outcome", Title: "认定结果", Codes: s.outcomes},
		union.Axis{Key: "cause", Title: "主要致困原因", Codes: s.causes})
	return err
}

// code returns the code of an outcome that the standard itself lists.
func (s Standard) code(outcome string) union.Code {
	code, _ := s.outcomes.Find(outcome)
	return code
}

// outcome returns what becomes of a household that was weighed.
func (s Standard) outcome(w weighing) union.Code {
	for i, found := range w.exclusions {
		if found {
			return union.Code(len(s.spec.Categories) + i + 1)
		}
	}
	if standing := s.ageStanding(w); standing == union.Unmet {
		return s.code(refusedAge)
	}
	fitting := refusedIncome
	for i, category := range s.spec.Categories {
		if !w.fits(category) {
			continue
		}
		if !category.admits(w.cause) {
			fitting = refusedCause
			continue
		}
		if s.ageStanding(w) == union.Unknown {
			return s.code(undecided)
		}
		return union.Code(i + 1)
	}
	return s.code(fitting)
}

// ageStanding says how the head's age stands to the ages of the standard.
func (s Standard) ageStanding(w weighing) union.Standing {
	switch {
	case s.spec.Ages.Equal(union.Interval{}):
		return union.Exempt
	case !w.aged:
		return union.Unknown
	case s.spec.Ages.Contains(union.Whole(w.age)):
		return union.Met
	}
	return union.Unmet
}

// Judge says whether a household is in difficulty on a day, and why. The answer
// is the key of its category, empty if it has none.
//
// The reasons stand in the order of the standard: each exclusion, the age, then
// of each category each bound, with the sum per head unrounded, and the causes.
// One category suffices, so once one fits, the bounds that others do not meet
// are [union.Exempt]; of a household that none fits, every bound is met or
// unmet. Unless an exclusion or the age bars it, a household whose head's age is
// asked for and not known is [union.Unknown].
//
// Judge reports the first of these faults:
//   - [union.ErrMissing], of the zero Standard;
//   - [union.ErrRange], on a day on which the standard is not in force;
//   - those of [union.CheckToken], for the household's key;
//   - [union.ErrOrder], if it was filed after the day;
//   - [union.ErrRange], if the head's day of birth is not that of the identity
//     number, and [union.ErrOrder], if it is after the day;
//   - [union.ErrMissing], for no members;
//   - [union.ErrMissing] and [union.ErrUnknown], for the main cause;
//   - [union.ErrRange], for more lesser causes than the standard allows, and
//     [union.ErrMissing], [union.ErrUnknown] and [union.ErrRepeated] for one;
//   - [union.ErrMissing], [union.ErrUnknown] and [union.ErrRepeated], for an
//     exclusion;
//   - [union.ErrMissing], [union.ErrUnknown], [union.ErrRange] and
//     [union.ErrOverflow], for an item of income, then of outlay, and for what
//     they sum to.
func (s Standard) Judge(household Household, on union.Date) (union.Verdict, error) {
	w, err := s.weigh(household, on)
	if err != nil {
		return union.Verdict{}, err
	}
	code := s.outcome(w)
	question := "household " + household.Key + " on " + on.String()
	reasons := append(s.exclusionReasons(w), s.ageReason(w))
	verdict := union.Judged(question, append(reasons, s.categoryReasons(w)...)...)
	if int(code) <= len(s.spec.Categories) {
		verdict.Answer = s.spec.Categories[code-1].Key
	}
	return verdict, nil
}

func (s Standard) exclusionReasons(w weighing) []union.Reason {
	reasons := make([]union.Reason, 0, len(s.spec.Exclusions)+1)
	for i, exclusion := range s.spec.Exclusions {
		reason := union.Reason{Standing: union.Met}
		reason.Where, reason.Rule = "exclusions."+exclusion.Key, exclusion.Title
		reason.Got, reason.Want = "not found", "not found"
		if w.exclusions[i] {
			reason.Standing, reason.Got = union.Unmet, "found"
		}
		reasons = append(reasons, reason)
	}
	return reasons
}

func (s Standard) ageReason(w weighing) union.Reason {
	reason := union.Reason{Standing: s.ageStanding(w)}
	reason.Where, reason.Rule, reason.Want = "head.born", "age of the head", s.spec.Ages.String()
	reason.Got = "not known"
	if w.aged {
		reason.Got = strconv.FormatInt(w.age, 10)
	}
	return reason
}

// categoryReasons returns the reasons of every category, of which one suffices.
func (s Standard) categoryReasons(w weighing) []union.Reason {
	found := false
	var reasons []union.Reason
	for _, category := range s.spec.Categories {
		found = found || w.fits(category) && category.admits(w.cause)
		for _, of := range [...]perHead{gross, net} {
			if category.testsOf(of) {
				reasons = append(reasons, s.sumReason(w, category, of))
			}
		}
		if len(category.Causes) > 0 {
			reasons = append(reasons, s.causeReason(w, category))
		}
	}
	for i := range reasons {
		if found && reasons[i].Standing == union.Unmet {
			reasons[i].Standing = union.Exempt
		}
	}
	return reasons
}

func (s Standard) sumReason(w weighing, category Category, of perHead) union.Reason {
	reason := union.Reason{Standing: union.Unmet}
	bounds := category.bounds(of)
	if bounds.Contains(w.multiple[of]) {
		reason.Standing = union.Met
	}
	reason.Where = "categories." + category.Key + "." + perHeadMembers[of]
	reason.Rule = category.Title + ": " + perHeadTexts[of]
	reason.Got, reason.Want = w.perHead[of].String(), inYuan(bounds, s.spec.Line.Number())
	return reason
}

func (s Standard) causeReason(w weighing, category Category) union.Reason {
	reason := union.Reason{Standing: union.Unmet}
	if category.admits(w.cause) {
		reason.Standing = union.Met
	}
	reason.Where = "categories." + category.Key + ".causes"
	reason.Rule = category.Title + ": main cause"
	reason.Got = s.causeTitle(w.cause)
	wanted := make([]string, len(category.Causes))
	for i, key := range category.Causes {
		wanted[i] = s.causeTitle(key)
	}
	reason.Want = strings.Join(wanted, ", ")
	return reason
}

// causeTitle returns the wording of a cause that was checked to be listed.
func (s Standard) causeTitle(key string) string {
	code, _ := s.causes.Find(key)
	return s.causes.Title(code)
}

// Working says how a household's two sums per head came about, from its items.
// It reports the faults of [Standard.Judge].
func (s Standard) Working(household Household, on union.Date) (union.Working, error) {
	w, err := s.weigh(household, on)
	if err != nil {
		return union.Working{}, err
	}
	members := union.InputOf("家庭人口", int64(len(household.Members)))
	income := union.Working{
		Item: "人均月收入", Rule: "全年收入 ÷ 12 ÷ 家庭人口", Result: w.perHead[gross].String(),
		Inputs: []union.Input{
			{Name: "全年收入", Value: w.income.String()},
			{Name: "其中：推算工资", Value: w.imputed.String()},
			members,
		},
	}
	afterOutlay := union.Working{
		Item: "扣除刚性支出后人均月收入", Rule: "（全年收入 − 刚性支出）÷ 12 ÷ 家庭人口", Result: w.perHead[net].String(),
		Inputs: []union.Input{
			{Name: "全年收入", Value: w.income.String()},
			{Name: "全年刚性支出", Value: w.outlay.String()},
			members,
		},
	}
	return union.Working{
		Item: "家庭" + household.Key, Rule: s.spec.Title + "（" + s.spec.Version + "），" + s.spec.Source,
		Inputs: []union.Input{{Name: "最低生活保障线（月人均）", Value: s.spec.Line.String()}},
		Result: s.outcomes.Title(s.outcome(w)), Parts: []union.Working{income, afterOutlay},
	}, nil
}
