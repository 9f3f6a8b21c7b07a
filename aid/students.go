package aid

import (
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/wire"
)

// Students tally those whom a survey for student aid found, by stage and by
// whether they are about to enter: distinct tokens, so that a student whom two
// unions report is counted once. Their size grows with the students.
//
// A survey makes empty ones by [GoldenAutumn.Students]. The zero Students are
// the identity of Merge and take the rule of what is merged into them; nothing
// can be added to them before. A student whom two lists hold in different stages
// is counted once in the total, and [GoldenAutumn.Check] tells.
type Students struct {
	rule        union.RuleID
	groups      []union.Register // by stage, first year then later years; see group
	notAdmitted union.Register
}

// group returns where students of a stage are held.
func group(stage union.Code, first bool) int {
	at := 2 * (int(stage) - 1)
	if !first {
		at++
	}
	return at
}

// Students returns empty students of the survey. Those of the zero GoldenAutumn
// are the zero Students.
func (g GoldenAutumn) Students() Students {
	if g.id.IsZero() {
		return Students{}
	}
	return Students{rule: g.id, groups: make([]union.Register, 2*g.stages.Len())}
}

// Rule returns the identity of the survey that the students are counted under.
func (s Students) Rule() union.RuleID { return s.rule }

// Add counts a student. It reports the first of these faults, and then changes
// nothing:
//   - [union.ErrRule], for the zero Students;
//   - [union.ErrRange], for a stage that the survey does not have;
//   - [union.ErrRepeated], for a student who was added before;
//   - those of [union.CheckToken], for the student.
func (s *Students) Add(student CodedStudent) error {
	if s.rule.IsZero() {
		return union.NewFault(union.ErrRule, "students", s.rule.String(), "a survey's")
	}
	at := group(student.Stage, student.First)
	if student.Stage == 0 || at >= len(s.groups) {
		return union.NewFault(union.ErrRange, "stage", strconv.Itoa(int(student.Stage)), "1 to "+strconv.Itoa(len(s.groups)/2))
	}
	repeated := s.notAdmitted.Has(student.Key)
	for _, group := range s.groups {
		repeated = repeated || group.Has(student.Key)
	}
	if repeated {
		return union.NewFault(union.ErrRepeated, "key", "", "one report a student")
	}
	register := &s.groups[at]
	if !student.Admitted {
		register = &s.notAdmitted
	}
	_, err := register.Add(student.Key)
	return union.Within("key", err)
}

// Merge adds the students whom others hold, and shares nothing with them.
// Students of another survey are [union.ErrRule], and then s is unchanged.
func (s *Students) Merge(other Students) error {
	if other.rule.IsZero() {
		return nil
	}
	if s.rule.IsZero() {
		*s = Students{rule: other.rule, groups: make([]union.Register, len(other.groups))}
	}
	if s.rule != other.rule {
		return union.NewFault(union.ErrRule, "students", other.rule.String(), s.rule.String())
	}
	if len(s.groups) != len(other.groups) {
		return otherShape("students", "other stages", s.rule)
	}
	for i := range other.groups {
		if err := s.groups[i].Merge(other.groups[i]); err != nil {
			return err
		}
	}
	return s.notAdmitted.Merge(other.notAdmitted)
}

// studentsForm names the binary form of Students: the groups by stage, and those
// not admitted.
const studentsForm = "aid.students/1"

// AppendBinary appends the canonical binary form, as [union.WriteTally] does.
func (s Students) AppendBinary(data []byte) ([]byte, error) {
	return union.WriteTally(data, studentsForm, s.rule, func(w *wire.Writer) {
		writeRegisters(w, s.groups)
		w.Nest(s.notAdmitted)
	})
}

// UnmarshalBinary reads what AppendBinary wrote, as [union.ReadTally] does; into
// the zero Students those of any survey, else those of the same survey
// ([union.ErrRule]). On error they are unchanged.
func (s *Students) UnmarshalBinary(data []byte) error {
	var made Students
	rule, err := union.ReadTally(data, studentsForm, s.rule, func(r *wire.Reader) {
		made.groups = readRegisters(r)
		r.Nest(&made.notAdmitted)
		if n := len(made.groups); n == 0 || n%2 != 0 {
			r.Refuse(strconv.Itoa(n)+" groups", "two for each stage")
		}
	})
	if err != nil {
		return err
	}
	if !s.rule.IsZero() && !rule.IsZero() && len(made.groups) != len(s.groups) {
		return otherShape("students", "other stages", s.rule)
	}
	made.rule = rule
	*s = made
	return nil
}

// counted returns the distinct students of the groups that pick picks.
func (s Students) counted(pick func(at int) bool) (int64, error) {
	var all union.Register
	for at := range s.groups {
		if !pick(at) {
			continue
		}
		if err := all.Merge(s.groups[at]); err != nil {
			return 0, err
		}
	}
	return int64(all.Len()), nil
}

// owns refuses students of another survey, or of other stages than it has.
func (g GoldenAutumn) owns(students Students) error {
	if err := under(g.id, students.rule, "students"); err != nil {
		return err
	}
	if !students.rule.IsZero() && len(students.groups) != 2*g.stages.Len() {
		return otherShape("students", "other stages", g.id)
	}
	return nil
}

// Check reports how many students are held in more than one place: in two
// stages, in a first and a later year, or admitted by one list and not by
// another. Students of another survey are [union.ErrRule].
func (g GoldenAutumn) Check(students Students) ([]union.Finding, error) {
	if err := g.owns(students); err != nil {
		return nil, err
	}
	var held int64
	all := union.Register{}
	for _, group := range append([]union.Register{students.notAdmitted}, students.groups...) {
		held += int64(group.Len())
		if err := all.Merge(group); err != nil {
			return nil, err
		}
	}
	if held == int64(all.Len()) {
		return nil, nil
	}
	return []union.Finding{{
		Where: "students", Rule: "one student has one stage and one family",
		Got: strconv.FormatInt(held, 10) + " reports", Want: strconv.Itoa(all.Len()),
	}}, nil
}

// Figures returns the figures of students, and the day on which they were
// reported to the next level, zero if that has not been done. Students of
// another survey are [union.ErrRule]. Its keys, in this order:
//   - aid.students: distinct students of households in the survey's categories;
//   - aid.students.stage.<stage>: of them by stage;
//   - aid.students.first_year and .later_years: of them by year;
//   - aid.students.not_admitted: those of other households, who are in no other
//     figure;
//   - aid.students.reported: the day, unknown if it is zero.
func (g GoldenAutumn) Figures(students Students, reported union.Date) ([]union.Figure, error) {
	if err := g.owns(students); err != nil {
		return nil, err
	}
	sheet := union.NewFigureList("aid.GoldenAutumn.Figures", g.spec.Rule)
	year := union.InputOf("高考年份", int64(g.spec.Year))
	total, err := students.counted(func(int) bool { return true })
	if err != nil {
		return nil, err
	}
	notAdmitted := int64(students.notAdmitted.Len())
	sheet.Count("aid.students", "困难职工家庭学生人数", union.Persons, total, year,
		union.InputOf("符合条件学生", total), union.InputOf("不符合条件学生", notAdmitted))
	for i, stage := range g.spec.Stages {
		n, err := students.counted(func(at int) bool { return at/2 == i })
		if err != nil {
			return nil, err
		}
		sheet.Count("aid.students.stage."+stage.Key, stage.Title+"学生人数", union.Persons, n, year, union.InputOf("学生（同一人计一次）", n))
	}
	for later, each := range [...]union.Term{{Key: "first_year", Title: "新入学学生人数"}, {Key: "later_years", Title: "在校学生人数"}} {
		n, err := students.counted(func(at int) bool { return at%2 == later })
		if err != nil {
			return nil, err
		}
		sheet.Count("aid.students."+each.Key, each.Title, union.Persons, n, year, union.InputOf("学生（同一人计一次）", n))
	}
	sheet.Count("aid.students.not_admitted", "不属困难职工家庭学生人数", union.Persons, notAdmitted, year,
		union.InputOf("家庭未被认定的学生", notAdmitted))
	sheet.Date("aid.students.reported", "上报日期", reported, year, union.InputOf("上报学生", total))
	return sheet.Figures()
}
