package aid

import (
	"slices"
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
	for i, evidence := range w.exclusions {
		if evidence != "" {
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
		standing := s.admitted(w, i)
		if standing == union.Unmet {
			fitting = refusedCause
			continue
		}
		if standing == union.Unknown || s.ageStanding(w) == union.Unknown {
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
// of each category each bound, with the sum per head unrounded, the loss, the
// causes, the statuses and the months of a run. One category suffices, so once one
// fits, what others do not meet is [union.Exempt]; of a household that none fits,
// every bound is met or unmet. Unless an exclusion or the age bars it, a
// household whose head's age is asked for and not known is [union.Unknown], and
// so is one of which the first category that may take it asks for a month that is
// not told.
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
//   - [union.ErrMissing], [union.ErrUnknown] and [union.ErrRepeated], for a
//     status, then for an exclusion, and [union.ErrMissing], for one without
//     evidence;
//   - [union.ErrMissing], [union.ErrUnknown], [union.ErrRange] and
//     [union.ErrOverflow], for an item of income, then of outlay, and for what
//     they sum to;
//   - [union.ErrMissing], [union.ErrRange] and [union.ErrRepeated], for a month.
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
		if evidence := w.exclusions[i]; evidence != "" {
			reason.Standing, reason.Got = union.Unmet, "found: "+evidence
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

// categoryReasons returns the reasons of every category, of which one suffices:
// that of the first that takes the household, or may.
func (s Standard) categoryReasons(w weighing) []union.Reason {
	taker := -1
	var reasons []union.Reason
	var of []int // by reason: its category
	for i, category := range s.spec.Categories {
		if taker < 0 && w.fits(category) && s.admitted(w, i) != union.Unmet {
			taker = i
		}
		reasons = append(reasons, s.reasonsOf(w, i)...)
		for len(of) < len(reasons) {
			of = append(of, i)
		}
	}
	for i, reason := range reasons {
		if taker >= 0 && of[i] != taker && reason.Standing != union.Met {
			reasons[i].Standing = union.Exempt
		}
	}
	return reasons
}

// reasonsOf returns the reasons of the ith category.
func (s Standard) reasonsOf(w weighing, i int) []union.Reason {
	var reasons []union.Reason
	category := s.spec.Categories[i]
	for _, of := range [...]perHead{gross, net} {
		if category.testsOf(of) {
			reasons = append(reasons, s.sumReason(w, category, of))
		}
	}
	if !category.Loss.IsZero() {
		reasons = append(reasons, s.lossReason(w, i))
	}
	if len(category.Causes) > 0 {
		reasons = append(reasons, s.causeReason(w, category))
	}
	if len(category.Statuses) > 0 {
		reasons = append(reasons, s.statusReason(w, category))
	}
	for _, month := range w.running[i] {
		month.Where = "categories." + category.Key + "." + month.Where
		month.Rule = category.Title + ": " + month.Rule
		reasons = append(reasons, month)
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

// lossReason says how the ith category's share of the year's income stands.
func (s Standard) lossReason(w weighing, i int) union.Reason {
	category := s.spec.Categories[i]
	reason := union.Reason{Standing: union.Unmet}
	if category.Loss.holds(w.losses[i], w.income) {
		reason.Standing = union.Met
	}
	reason.Where = "categories." + category.Key + ".loss"
	reason.Rule = category.Title + ": loss as a share of the year's income"
	reason.Got = w.losses[i].String() + " of " + w.income.String()
	reason.Want = category.Loss.Share.String()
	return reason
}

func (s Standard) statusReason(w weighing, category Category) union.Reason {
	reason := union.Reason{Standing: union.Unmet}
	if category.allows(w.statuses) {
		reason.Standing = union.Met
	}
	reason.Where = "categories." + category.Key + ".statuses"
	reason.Rule = category.Title + ": status"
	reason.Got, reason.Want = titlesOf(s.spec.Statuses, w.statuses), titlesOf(s.spec.Statuses, category.Statuses)
	if reason.Got == "" {
		reason.Got = "none"
	}
	return reason
}

// titlesOf returns the wordings of the keys named, in the order of the list.
func titlesOf(terms []union.Term, keys []string) string {
	var titles []string
	for _, term := range terms {
		if slices.Contains(keys, term.Key) {
			titles = append(titles, term.Title)
		}
	}
	return strings.Join(titles, ", ")
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
