package competition

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
)

// Judge says whether a candidate is eligible for an award of the edition on a
// day, with every reason, met or not, in this order, as far as the award asks for
// it: it or its firm entered by that day; it was handed in by the deadline; the
// conditions are met; its scorecard stands; the total suffices; each section
// reaches its least share of the maximum; the rounds before suffice; the standards
// of its industry hold; no incident strikes it; no objection is upheld; it had the
// title asked for; the title does not come again too soon; its nomination has come
// far enough. A veto dominates: no score makes it good. What the score or the
// candidate does not say leaves its reason unknown.
//
// What happened after the day is not known on it: later entries, incidents,
// objections and steps of the nomination, and honours of a later year, do not
// count.
//
// The first of these faults is reported:
//   - [union.ErrUnknown], for an award that the edition does not have;
//   - [union.ErrRule], for the entrants of another edition;
//   - [union.ErrMissing], for no day, and for a candidate without a credit code
//     or a title;
//   - [union.ErrMissing] and [union.ErrUnknown], for a part without a kind, and for
//     a kind that the award is not for;
//   - [union.ErrUnknown], for an industry and an attribute that the edition does
//     not list, and [union.ErrRepeated] and [union.ErrRange], for an attribute
//     given twice and for two that exclude one another;
//   - [union.ErrUnknown], for an answer and a round that the award does not ask
//     for, [union.ErrRange], for an answer that is none, and [union.ErrRepeated],
//     for a mark that a tariff makes;
//   - [union.ErrUnknown] and [union.ErrMissing], for an incident of a kind that
//     the edition does not list or without a day;
//   - [union.ErrUnknown] and [union.ErrMissing], for an honour of a kind that
//     the edition does not list or without a year;
//   - [union.ErrMissing] and [union.ErrOrder], for an objection without the day on
//     which it was raised or upheld, and one settled before it was raised;
//   - those of [union.Procedure.Add], for a step of the nomination.
func (e Edition) Judge(award string, c Candidate, score assessment.Score, entrants Entrants, on union.Date) (union.Verdict, error) {
	asked, at, err := e.prepare(award, c, entrants, on)
	if err != nil {
		return union.Verdict{}, err
	}
	return e.judge(asked, at, c, score, entrants, on)
}

// prepare returns the award, and the first fault of what it is to be judged by.
func (e Edition) prepare(award string, c Candidate, entrants Entrants, on union.Date) (Award, int, error) {
	asked, at, err := e.findAward(award)
	if err != nil {
		return Award{}, 0, err
	}
	if err := e.own("entrants", entrants.rule, &entrants.limits); err != nil {
		return Award{}, 0, err
	}
	if on.IsZero() {
		return Award{}, 0, union.NewFault(union.ErrMissing, "on", "", "a day")
	}
	return asked, at, e.checkCandidate(asked, c)
}

// judge is Judge after the checks.
func (e Edition) judge(award Award, at int, c Candidate, score assessment.Score, entrants Entrants, on union.Date) (union.Verdict, error) {
	total := e.total(award, c, score, on)
	reasons := []union.Reason{entry(c, entrants, on)}
	if !award.Deadline.IsZero() {
		reasons = append(reasons, deadline(award.Deadline, c.Submitted))
	}
	for _, condition := range award.Conditions {
		reasons = append(reasons, condition.reason(c.Answers))
	}
	reasons = append(reasons, scorecard(score), award.Threshold.reason(total))
	for _, section := range award.Sections {
		reasons = append(reasons, section.reason(score))
	}
	for _, round := range award.Rounds {
		reasons = append(reasons, round.reasons(c.Rounds, total)...)
	}
	for _, standard := range award.Standards {
		reasons = append(reasons, standard.reason(c.Industry, score.Items))
	}
	for _, veto := range award.Vetoes {
		reasons = append(reasons, e.vetoReason(veto, c, on))
	}
	if len(c.Objections) > 0 {
		reasons = append(reasons, objections(c.Objections, on))
	}
	if award.Prior != nil {
		reasons = append(reasons, e.prior(*award.Prior, c.Honours, on))
	}
	if award.CoolOff != nil {
		reasons = append(reasons, e.coolOff(award, c.Honours, on))
	}
	if award.Nomination != nil {
		step, err := award.Nomination.reason(e.courses[at], c, on)
		if err != nil {
			return union.Verdict{}, err
		}
		reasons = append(reasons, step)
	}
	return union.Judged(award.Title+"："+c.Title+" "+on.String(), reasons...), nil
}

// deadline says whether a candidate was handed in in time: late is abandoned.
func deadline(last, day union.Date) union.Reason {
	stands := union.Unknown
	if !day.IsZero() {
		stands = standing(!day.After(last))
	}
	return reason(stands, "deadline", "按期申报，逾期视为放弃", dateOrNothing(day), last.String())
}

func dateOrNothing(day union.Date) string {
	if day.IsZero() {
		return ""
	}
	return day.String()
}

func entry(c Candidate, entrants Entrants, on union.Date) union.Reason {
	day, ok := entrants.Entered(c.Firm, on)
	got := "未参赛"
	if ok {
		got = day.String()
	}
	return reason(standing(ok), "entered", "已报名参赛", got, "")
}

// scorecard tells how the candidate stands under the scheme's own gates and
// vetoes.
func scorecard(score assessment.Score) union.Reason {
	var failed []string
	for _, finding := range score.Verdict.Failed() {
		failed = append(failed, finding.Rule)
	}
	// A scheme without gates and vetoes may say nothing at all.
	stands := score.Verdict.Standing
	if stands == 0 && len(score.Verdict.Reasons) == 0 {
		stands = union.Met
	}
	return reason(stands, "scorecard", "评分表", strings.Join(failed, "；"), "")
}

func (t Threshold) reason(total union.Number) union.Reason {
	return reason(standing(t.In.Contains(total)), "threshold", t.Title, total.String(), t.In.String())
}

// total returns the candidate's total: zero if an incident makes it so.
func (e Edition) total(award Award, c Candidate, score assessment.Score, on union.Date) union.Number {
	for _, veto := range award.Vetoes {
		if veto.Effect.Zero != nil && len(e.struck(veto, c, on)) > 0 {
			return union.Number{}
		}
	}
	return score.Total
}

func (s Section) reason(score assessment.Score) union.Reason {
	least := s.Maximum.Mul(s.Least)
	points, known := score.Items[s.Item]
	if !known {
		return reason(union.Unknown, "sections."+s.Item, s.Title, "", "at least "+least.String())
	}
	return reason(standing(points.Cmp(least) >= 0), "sections."+s.Item, s.Title, points.String(), "at least "+least.String())
}

func (e Edition) vetoReason(veto Veto, c Candidate, on union.Date) union.Reason {
	var days []string
	for _, day := range e.struck(veto, c, on) {
		days = append(days, day.String())
	}
	return reason(standing(len(days) == 0), "vetoes."+veto.Incident, veto.Title, strings.Join(days, ", "), "")
}

// struck returns the days of the incidents by which a veto keeps the candidate
// from an award.
func (e Edition) struck(veto Veto, c Candidate, on union.Date) []union.Date {
	var days []union.Date
	for _, incident := range c.Incidents {
		if incident.Kind == veto.Incident && e.strikes(veto, incident.On, on) {
			days = append(days, incident.On)
		}
	}
	return days
}

// prior looks for the title in the years before the edition's, in as many of them
// running as are asked for. It tells the latest row of years that suffices, or the
// latest there is.
func (e Edition) prior(prior Prior, honours []Honour, on union.Date) union.Reason {
	held := map[int]bool{}
	for _, honour := range honours {
		asked := honour.Kind == prior.Honour || slices.Contains(prior.Or, honour.Kind)
		lost := !honour.Lost.IsZero() && !honour.Lost.After(on)
		if asked && !lost && honour.OfFirm == prior.OfFirm && honour.Year < e.spec.Year && honour.Year <= on.Year() {
			held[honour.Year] = true
		}
	}
	holds, got, first := false, "", 0
	for _, last := range slices.Sorted(maps.Keys(held)) {
		if !held[last-1] {
			first = last
		}
		suffices := last-first+1 >= prior.Running && (prior.Within == 0 || e.spec.Year-last <= prior.Within)
		if suffices || !holds {
			holds, got = suffices, years(first, last)
		}
	}
	want := "before " + strconv.Itoa(e.spec.Year)
	if prior.Within > 0 {
		want = "from " + strconv.Itoa(e.spec.Year-prior.Within) + " to " + strconv.Itoa(e.spec.Year-1)
	}
	if prior.Running > 1 {
		want = strconv.Itoa(prior.Running) + " years running, the last " + want
	}
	return reason(standing(holds), "prior", prior.Title, got, want)
}

// years writes the years from first to last.
func years(first, last int) string {
	if first == last {
		return strconv.Itoa(first)
	}
	return strconv.Itoa(first) + "–" + strconv.Itoa(last)
}

// coolOff looks for the award's own title in years too near to the edition's, on
// either side of it: a decision that is made late does not slip in before one
// that was made already.
func (e Edition) coolOff(award Award, honours []Honour, on union.Date) union.Reason {
	var held []int
	for _, honour := range honours {
		if honour.Kind == award.Honour && !honour.OfFirm && honour.Year <= on.Year() {
			held = append(held, honour.Year)
		}
	}
	nearest := 0
	if len(held) > 0 {
		nearest = slices.MinFunc(held, func(a, b int) int { // of two equally near, the earlier
			return cmp.Or(cmp.Compare(distance(a, e.spec.Year), distance(b, e.spec.Year)), cmp.Compare(a, b))
		})
	}
	want := "never before"
	holds := nearest == 0
	if years := award.CoolOff.Years; years > 0 {
		want = "none within " + strconv.Itoa(years) + " years of " + strconv.Itoa(e.spec.Year)
		holds = holds || distance(nearest, e.spec.Year) >= years
	}
	return reason(standing(holds), "cool_off", award.CoolOff.Title, year(nearest), want)
}

func distance(a, b int) int { return max(a, b) - min(a, b) }

// year writes a year, and nothing for none.
func year(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func reason(standing union.Standing, where, rule, got, want string) union.Reason {
	return union.Reason{
		Finding:  union.Finding{Where: where, Rule: rule, Got: got, Want: want},
		Standing: standing,
	}
}
