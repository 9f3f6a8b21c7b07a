package aid

import (
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/wire"
)

// A CodedHousehold is a household as a [Survey] counts it: its token, and the
// codes of what became of it and of its main cause. [Standard.CodeHousehold]
// makes it. The zero CodedHousehold is refused.
type CodedHousehold struct {
	Key     string
	Outcome union.Code // of what the standard lists; see Standard.Category
	Cause   union.Code
}

// CodeHousehold judges a household as [Standard.Judge] does, with its faults,
// but keeps no reasons.
func (s Standard) CodeHousehold(household Household, on union.Date) (CodedHousehold, error) {
	w, err := s.weigh(household, on)
	if err != nil {
		return CodedHousehold{}, err
	}
	cause, _ := s.causes.Find(w.cause) // weighed
	return CodedHousehold{Key: household.Key, Outcome: s.outcome(w), Cause: cause}, nil
}

// Category returns the category into which a household was judged, and false if
// it was refused or is undecided.
func (s Standard) Category(household CodedHousehold) (Category, bool) {
	if household.Outcome == 0 || int(household.Outcome) > len(s.spec.Categories) {
		return Category{}, false
	}
	return s.spec.Categories[household.Outcome-1].clone(), true
}

// A Survey tallies households by what became of them and by main cause. It holds
// their tokens, so that one household is counted once; it is not idempotent:
// who is added again is refused.
//
// A standard makes an empty one by [Standard.Survey]. The zero Survey is the
// identity of Merge and takes the rule of what is merged into it; nothing can be
// added to it before. Households that two merged surveys share are counted
// twice, and [Standard.Check] says so: one household has one file.
type Survey struct {
	rule       union.RuleID
	table      union.Table
	households union.Register
}

// Survey returns an empty survey under the standard. That of the zero Standard is
// the zero Survey.
func (s Standard) Survey() Survey { return Survey{rule: s.id, table: s.layout.Table()} }

// Rule returns the identity of the standard that the survey is counted under.
func (s Survey) Rule() union.RuleID { return s.rule }

// Add counts a household. It reports the first of these faults, and then changes
// nothing:
//   - [union.ErrRule], for the zero Survey;
//   - those of [union.CheckToken], for the key;
//   - [union.ErrRepeated], for a household that was added before;
//   - [union.ErrRange], for a code of outcome or cause that its standard does not
//     have;
//   - [union.ErrOverflow], if the count could not be held.
func (s *Survey) Add(household CodedHousehold) error {
	if s.rule.IsZero() {
		return union.NewFault(union.ErrRule, "survey", s.rule.String(), "a standard's survey")
	}
	if err := union.CheckToken(household.Key); err != nil {
		return union.Within("key", err)
	}
	if s.households.Has(household.Key) {
		return union.NewFault(union.ErrRepeated, "key", "", "one file a household")
	}
	for _, each := range [...]struct {
		where string
		code  union.Code
	}{{"outcome", household.Outcome}, {"cause", household.Cause}} {
		if each.code == 0 {
			return union.NewFault(union.ErrRange, each.where, "0", "a code of the standard")
		}
	}
	if err := s.table.Add(household.Outcome, household.Cause); err != nil {
		return err
	}
	_, err := s.households.Add(household.Key)
	return err
}

// Merge adds what another survey counts, and shares nothing with it. On error s
// is unchanged; its errors:
//   - [union.ErrRule], for a survey under another standard;
//   - [union.ErrOverflow], if a count could not be held.
func (s *Survey) Merge(other Survey) error {
	if other.rule.IsZero() {
		return nil
	}
	if !s.rule.IsZero() && s.rule != other.rule {
		return union.NewFault(union.ErrRule, "survey", other.rule.String(), s.rule.String())
	}
	if err := s.table.Merge(other.table); err != nil {
		return err
	}
	s.rule = other.rule
	return s.households.Merge(other.households)
}

// surveyForm names the binary form of a Survey: its table and its households.
const surveyForm = "aid.survey/1"

// AppendBinary appends the canonical binary form, as [union.WriteTally] does.
func (s Survey) AppendBinary(data []byte) ([]byte, error) {
	return union.WriteTally(data, surveyForm, s.rule, func(w *wire.Writer) {
		w.Nest(s.table)
		w.Nest(s.households)
	})
}

// UnmarshalBinary reads what AppendBinary wrote, as [union.ReadTally] does; into
// the zero Survey that of any standard, else one of its own table
// ([union.ErrRule]). More households than files is [union.ErrText], and so are
// files of no household. On error the survey is unchanged.
func (s *Survey) UnmarshalBinary(data []byte) error {
	made := Survey{table: s.table} // which reads none of another layout
	rule, err := union.ReadTally(data, surveyForm, s.rule, func(r *wire.Reader) {
		r.Nest(&made.table)
		r.Nest(&made.households)
		made.check(r)
	})
	if err != nil {
		return err
	}
	if rule.IsZero() {
		made = Survey{}
	}
	made.rule = rule
	*s = made
	return nil
}

// check refuses a survey that no households give: each is counted at least once.
// Whether each has an outcome and a cause, only the standard can tell: see
// [Standard.owns].
func (s *Survey) check(r *wire.Reader) {
	total, households := s.table.Total(), int64(s.households.Len())
	if s.table.Rule().IsZero() || households > total || households == 0 && total > 0 {
		r.Refuse("a table of other households", "each counted once or more")
	}
}

// owns refuses a survey of another standard, one whose table is not of the
// standard's layout, and one that counts a household without an outcome or a
// cause, as only bytes can claim.
func (s Standard) owns(survey Survey) error {
	if err := under(s.id, survey.rule, "survey"); err != nil {
		return err
	}
	for _, axis := range s.layout.Axes() {
		margin, err := s.layout.Margin(survey.table, axis.Key)
		if err != nil {
			return err
		}
		if margin[0] != 0 {
			return otherShape("survey", "a household without "+axis.Key, s.id)
		}
	}
	return nil
}

// Check reports what in a survey contradicts that one household has one file:
// how many files there are more than households. A survey of another standard
// is [union.ErrRule].
func (s Standard) Check(survey Survey) ([]union.Finding, error) {
	if err := s.owns(survey); err != nil {
		return nil, err
	}
	files, households := survey.table.Total(), int64(survey.households.Len())
	if files == households {
		return nil, nil
	}
	return []union.Finding{{
		Where: "survey", Rule: "one household has one file",
		Got:  strconv.FormatInt(files, 10) + " files",
		Want: "as many as there are households: " + strconv.FormatInt(households, 10),
	}}, nil
}

// Figures returns the figures of a survey. A survey of another standard is
// [union.ErrRule]. Its keys, in this order:
//   - aid.line: the standard's line per head and month;
//   - aid.households.applied: files; .refused: those refused;
//   - aid.households.refused.exclusion.<exclusion>, .refused.age, .refused.income
//     and .refused.cause: files by the first ground of refusal;
//   - aid.households.undecided: files of which nothing can be decided yet;
//   - aid.difficulty.total, and aid.difficulty.category.<category>;
//   - aid.causes.<cause>: of the households in difficulty, by main cause.
func (s Standard) Figures(survey Survey) ([]union.Figure, error) {
	if err := s.owns(survey); err != nil {
		return nil, err
	}
	byOutcome, err := s.layout.Margin(survey.table, "outcome")
	if err != nil {
		return nil, err
	}
	categories := len(s.spec.Categories)
	var inDifficulty int64
	for _, n := range byOutcome[1 : categories+1] {
		inDifficulty += n
	}
	applied, pending := survey.table.Total(), byOutcome[s.code(undecided)]
	turnedDown := applied - inDifficulty - pending // no file is counted without an outcome
	sheet := union.NewFigureList("aid.Standard.Figures", s.spec.Rule)
	sheet.Money("aid.line", "最低生活保障线（月人均）", s.spec.Line, union.Input{Name: "地区", Value: s.spec.Area})
	sheet.Count("aid.households.applied", "申报户数", union.Households, applied,
		union.InputOf("认定户数", inDifficulty), union.InputOf("不予认定户数", turnedDown), union.InputOf("待核实户数", pending))
	sheet.Count("aid.households.refused", "不予认定户数", union.Households, turnedDown,
		union.InputOf("申报户数", applied), union.InputOf("认定户数", inDifficulty), union.InputOf("待核实户数", pending))
	for code := categories + 1; code < int(s.code(undecided)); code++ {
		term, _ := s.outcomes.Term(union.Code(code))
		sheet.Count("aid.households."+term.Key, "因"+term.Title+"不予认定户数", union.Households, byOutcome[code],
			union.InputOf("以此为首要原因的户数", byOutcome[code]))
	}
	sheet.Count("aid.households.undecided", "待核实户数", union.Households, pending,
		union.InputOf("关键情况不详的户数", pending))
	sheet.Count("aid.difficulty.total", "困难职工家庭户数", union.Households, inDifficulty, s.byCategory(byOutcome)...)
	for i, category := range s.spec.Categories {
		sheet.Count("aid.difficulty."+ofCategory+category.Key, category.Title+"户数", union.Households, byOutcome[i+1],
			union.InputOf("认定为"+category.Title+"的户数", byOutcome[i+1]))
	}
	if err := s.causeFigures(sheet, survey); err != nil {
		return nil, err
	}
	return sheet.Figures()
}

func (s Standard) byCategory(byOutcome []int64) []union.Input {
	var inputs []union.Input
	for i, category := range s.spec.Categories {
		inputs = append(inputs, union.InputOf(category.Title, byOutcome[i+1]))
	}
	return inputs
}

// causeFigures counts the households in difficulty by main cause.
func (s Standard) causeFigures(sheet *union.FigureList, survey Survey) error {
	for i, cause := range s.spec.Causes {
		var n int64
		var inputs []union.Input
		for j, category := range s.spec.Categories {
			cell, err := s.layout.Cell(survey.table, union.Code(j+1), union.Code(i+1))
			if err != nil {
				return err
			}
			n += cell // no more than the table's total
			inputs = append(inputs, union.InputOf(category.Title, cell))
		}
		sheet.Count("aid.causes."+cause.Key, cause.Title+"致困户数", union.Households, n, inputs...)
	}
	return nil
}
