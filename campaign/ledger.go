package campaign

import (
	"slices"
	"strings"

	"github.com/unioncampaign/union"
)

// An IssueStanding is how an issue stands at the end of a day. It is a result. Closed
// is put right; explained cannot be solved now, and is not done; neither is open.
type IssueStanding struct {
	ID        string      `json:"id"`
	Found     union.Date  `json:"found"`
	Issue     Issue       `json:"issue"` // with who answers for it now
	State     union.State `json:"state"`
	Since     union.Date  `json:"since"` // the day on which it came into that state
	Closed    bool        `json:"closed"`
	Explained bool        `json:"explained"`
	Due       union.Date  `json:"due,omitzero"` // zero: it has no due day
	Overdue   bool        `json:"overdue"`      // open, and its due day has passed
	Reopened  int         `json:"reopened"`     // how often it was opened again
	Opinions  int64       `json:"opinions"`     // grouped under it
}

// Open reports whether something is still owed on the issue.
func (s IssueStanding) Open() bool { return !s.Closed && !s.Explained }

// standing says how an issue stands at the end of the day of the view.
func (v *view) standing(entry *Entry) IssueStanding {
	made := IssueStanding{ID: entry.ID, Found: entry.On, Issue: entry.Issue.clone(), Since: entry.On}
	made.Opinions = v.opinions()[entry.ID]
	rule := v.plan.spec.Rectification
	if rule == nil {
		made.Due = entry.Issue.Due
		made.Overdue = !made.Due.IsZero() && v.on.After(made.Due)
		return made
	}
	course := v.issue(entry)
	made.State = course.track.state(course.state)
	for _, each := range course.steps {
		made.Since = each.on
		made.Issue.handOver(each.event)
		if slices.Contains(rule.ends(), each.from) && !slices.Contains(rule.ends(), each.to) {
			made.Reopened++
		}
	}
	made.Closed = slices.Contains(rule.Closed, course.state)
	made.Explained = slices.Contains(rule.Explained, course.state)
	made.Due = rule.due(*entry.Issue, entry.On)
	made.Overdue = made.Open() && !made.Due.IsZero() && v.on.After(made.Due)
	return made
}

// opinions returns how many opinions are grouped under each issue, each where it was
// put first.
func (v *view) opinions() map[string]int64 {
	if v.under != nil {
		return v.under
	}
	v.under = map[string]int64{}
	heard := map[string]int64{}
	for _, entry := range v.entries {
		if entry.Opinion != nil {
			heard[entry.ID] = entry.Opinion.times()
		}
	}
	for _, entry := range v.entries {
		if entry.Grouping == nil {
			continue
		}
		for _, id := range entry.Grouping.Opinions {
			v.under[entry.Grouping.Issue] += heard[id]
			delete(heard, id)
		}
	}
	return v.under
}

func (s IssueStanding) clone() IssueStanding {
	s.Issue = s.Issue.clone()
	return s
}

// A Ledger (台账) is how all the issues of a campaign stand at the end of a day, with
// the opinions that they were grouped from. [Plan.Ledger] makes it. It is a result
// and never changes. The zero Ledger is empty.
type Ledger struct {
	on     union.Date
	spec   PlanSpec
	issues []IssueStanding
	heard  int64 // opinions, as they were heard
	put    int64 // of them, those grouped
}

// Ledger returns how the issues of a journal stand at the end of the day on, those of
// every phase.
//
// It reports the first of
//   - [union.ErrRule], for a journal that is not the plan's;
//   - [union.ErrMissing], for a zero on.
func (p Plan) Ledger(j Journal, on union.Date) (Ledger, error) {
	if err := p.mayLook(j, on); err != nil {
		return Ledger{}, err
	}
	v := p.look(j, on)
	made := Ledger{on: on, spec: p.spec}
	for _, entry := range v.entries {
		if entry.Opinion != nil {
			made.heard += entry.Opinion.times()
		}
	}
	for _, entry := range v.issues {
		standing := v.standing(entry)
		made.put += standing.Opinions
		made.issues = append(made.issues, standing)
	}
	return made, nil
}

// On returns the day at whose end the issues stand.
func (l Ledger) On() union.Date { return l.on }

// Issues returns a copy of how each issue stands, in the order in which they were
// found.
func (l Ledger) Issues() []IssueStanding { return cloned(l.issues, IssueStanding.clone) }

// Leaves returns a copy of how those issues stand that are counted: the parts of an
// issue that has any, else the issue itself, so that nothing counts twice.
func (l Ledger) Leaves() []IssueStanding { return cloned(leaves(l.issues), IssueStanding.clone) }

// leaves returns those issues of which no other is a part.
func leaves(issues []IssueStanding) []IssueStanding {
	if len(issues) == 0 {
		return nil
	}
	whole := map[string]bool{}
	for _, each := range issues {
		whole[each.Issue.Within] = true
	}
	var counted []IssueStanding
	for _, each := range issues {
		if !whole[each.ID] {
			counted = append(counted, each)
		}
	}
	return counted
}

// Overdue returns a copy of how those stand that are open after their due day.
func (l Ledger) Overdue() []IssueStanding {
	return slices.DeleteFunc(l.Leaves(), func(s IssueStanding) bool { return !s.Overdue })
}

// Figures returns the figures of the ledger, all under campaign.ledger: the opinions
// heard, those grouped and those not yet; the issues and their parts, which alone
// count from there on; of these those closed, explained, open, overdue and opened
// again, the rate closed, and a list of them with who answers for each, by when, and how
// it stands; and how many there are by source, kind and deadline class, those of which
// it was not told under .unknown. Every breakdown sums to the parts.
//
// The error is nil: the plan's rounding was checked.
func (l Ledger) Figures() ([]union.Figure, error) {
	sheet := union.NewFigureList("campaign.Ledger.Figures", l.spec.Rule)
	day := endOf(l.on)
	leaves := l.Leaves()
	top := int64(0)
	for _, each := range l.issues {
		top += one(each.Issue.Within == "")
	}
	var closed, explained, open, overdue, reopened int64
	for _, each := range leaves {
		closed += one(each.Closed)
		explained += one(each.Explained)
		open += one(each.Open())
		overdue += one(each.Overdue)
		reopened += one(each.Reopened > 0)
	}
	all := int64(len(leaves))
	parts := union.InputOf("问题细项", all)
	sheet.Count("campaign.ledger.opinions", "征求意见条数", opinionsHeard, l.heard, day)
	sheet.Count("campaign.ledger.opinions.grouped", "已梳理归类的意见条数", opinionsHeard, l.put, day, union.InputOf("征求意见", l.heard))
	sheet.Count("campaign.ledger.opinions.ungrouped", "尚未归类的意见条数", opinionsHeard, l.heard-l.put, day, union.InputOf("征求意见", l.heard))
	sheet.Count("campaign.ledger.issues", "梳理问题个数", issuesFound, top, day)
	sheet.Count("campaign.ledger.parts", "问题细项数", actionsOf, all, day, union.InputOf("问题", top))
	for _, each := range []struct {
		key, title string
		n          int64
	}{
		{"closed", "已整改销号项数", closed},
		{"explained", "暂不能解决并已说明项数", explained},
		{"open", "尚未整改到位项数", open},
		{"overdue", "其中逾期项数", overdue},
		{"reopened", "曾返工重来项数", reopened},
	} {
		sheet.Count("campaign.ledger."+each.key, each.title, actionsOf, each.n, day, parts)
	}
	sheet.Percent("campaign.ledger.rate", "整改完成率", "已整改销号项数", "问题细项数", union.Ratio{Part: closed, Whole: all}, l.spec.Rates, day)
	var told []string
	for _, each := range leaves {
		told = append(told, each.told())
	}
	sheet.Text("campaign.ledger.list", "问题台账", told, day, parts)
	l.breakDown(sheet, "source", l.spec.Sources.Terms, leaves, func(i Issue) string { return i.Source })
	if rule := l.spec.Rectification; rule != nil {
		plan := Plan{spec: l.spec}
		l.breakDown(sheet, "kind", plan.issueKinds().Terms, leaves, func(i Issue) string { return i.Kind })
		var classes []union.Term
		for _, class := range rule.Deadlines {
			classes = append(classes, union.Term{Key: class.Key, Title: class.Title})
		}
		l.breakDown(sheet, "deadline", classes, leaves, func(i Issue) string { return i.Deadline })
	}
	return sheet.Figures()
}

// told tells an issue, who answers for it, by when, and how it stands.
func (s IssueStanding) told() string {
	var about []string
	if s.Issue.Owner != "" {
		about = append(about, "责任："+strings.Join(append([]string{s.Issue.Owner}, s.Issue.CoOwners...), "、"))
	}
	if !s.Due.IsZero() {
		about = append(about, "期限："+s.Due.Chinese())
	}
	if s.State.Title != "" {
		about = append(about, s.State.Title)
	}
	if s.Overdue {
		about = append(about, "已逾期")
	}
	if len(about) == 0 {
		return s.Issue.Title
	}
	return s.Issue.Title + "（" + strings.Join(about, "；") + "）"
}

// breakDown adds how many there are of each term, and of none, if there are terms.
func (l Ledger) breakDown(sheet *union.FigureList, by string, terms []union.Term, leaves []IssueStanding, of func(Issue) string) {
	if len(terms) == 0 {
		return
	}
	n := map[string]int64{}
	for _, each := range leaves {
		n[of(each.Issue)]++
	}
	parts := union.InputOf("问题细项", int64(len(leaves)))
	for _, term := range terms {
		sheet.Count("campaign.ledger."+by+"."+term.Key, term.Title, actionsOf, n[term.Key], endOf(l.on), parts)
	}
	sheet.Count("campaign.ledger."+by+".unknown", "未注明", actionsOf, n[""], endOf(l.on), parts)
}
