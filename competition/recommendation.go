package competition

import (
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/internal/quote"
)

// Applications are what an award is decided on: the candidates, and how many
// places there are where the edition leaves that open.
type Applications struct {
	Award      string         `json:"award"` // its key
	Candidates []Candidate    `json:"candidates"`
	Places     int            `json:"places,omitempty"` // decided after the applications, for an award whose quota is open
	Units      map[string]int `json:"units,omitempty"`  // the places of each unit, as [Allotment.Leaves] gives them; nil: not divided
}

// A Recommendation says who is recommended for an award and, of everyone who is
// not, why. It is a result: plain, and never an input of a judgement.
type Recommendation struct {
	Edition  union.RuleID
	Award    string // its key
	On       union.Date
	Quota    int               // the places there are
	Places   []Place           // those eligible by rank, then the others, each by credit code
	Items    []assessment.Item // of the scorecard, in the scheme's order
	Findings []union.Finding   // where the edition and the scheme disagree, and where a unit puts forward too many
	Conflict []string          // a smallest set of structures that no list can meet together, by key; then nobody is recommended
	Shares   []union.Reason    // how the list recommended stands by each structure; none if nobody could be
	Ratios   []union.Ratio     // the shares themselves, in the same order
}

// A Place is where a candidate stands. The verdict holds the reasons of its
// eligibility and, last, that of the quota: it is met for those recommended,
// unknown for those between whom no rule decides, unmet for those whom the places
// or the structure of the list leave out, and exempt for those not eligible.
type Place struct {
	Firm     union.CreditCode
	Part     string // of the firm; empty: the firm itself
	Title    string
	Unit     string           // who put it forward
	Contest  bool             // it stands for a place that is kept for contests
	Score    assessment.Score // by the scheme
	Total    union.Number     // exact, after the vetoes of the scheme and of the award
	Eligible bool
	Rank     int // from 1 among those eligible; equals share a rank, and after two seconds comes a fourth; 0: not eligible
	Reserve  int // from 1 among those who stand by, by rank, of all or of its unit; 0: does not
	Verdict  union.Verdict
}

// Recommend scores the candidates by the scheme, judges each as [Edition.Judge]
// does, ranks those that are eligible by their totals and the tie-breaks, and
// recommends as many as there are places: of all lists that keep to the places of
// units and to the structure of the award, the one whose totals add up to most.
// Without these that is the first so many by rank.
//
// Where several such lists are equally good, nobody is taken on whom they differ:
// the tie is left undecided, since no rule of the edition settles it. Where no list
// keeps to the structure nobody is taken, and a smallest set of structures that
// cannot be met together is named. Regular places and those kept for contests are
// filled apart, and the structure is that of the regular ones. The order of the
// candidates does not matter.
//
// The first of these faults is reported:
//   - those of [Edition.Judge], with the place of the candidate;
//   - [union.ErrRepeated], for a candidate that stands twice;
//   - [union.ErrRule], for a scheme that is not the award's;
//   - [union.ErrRange], for places where the quota is not open, fewer than 1 where it
//     is or than it keeps for contests, and for a unit with fewer than none or with
//     units that have more than the places together;
//   - [union.ErrUnknown], for a candidate of a unit that has no places;
//   - those of [assessment.Scheme.Judge] and [assessment.Ranking.Rank];
//   - [union.ErrOverflow], for totals too fine or too great to add up.
func (e Edition) Recommend(scheme assessment.Scheme, all Applications, entrants Entrants, on union.Date) (Recommendation, error) {
	asked, at, err := e.findAward(all.Award)
	if err != nil {
		return Recommendation{}, err
	}
	if err := e.checkCandidates(asked, all.Candidates, entrants, on); err != nil {
		return Recommendation{}, err
	}
	if key := scheme.Rule().Key; asked.Scheme != "" && key != asked.Scheme {
		return Recommendation{}, union.NewFault(union.ErrRule, "scheme", quote.Key(key), strconv.Quote(asked.Scheme))
	}
	places, err := asked.places(all)
	if err != nil {
		return Recommendation{}, err
	}
	spec := scheme.Spec()
	records := make([]assessment.Record, len(all.Candidates))
	for i, c := range all.Candidates {
		// Two firms may share a title, two units of a scheme may not.
		records[i] = e.record(asked, strconv.Itoa(i+1)+" "+c.Title, c, spec, on)
	}
	scores, err := scheme.Judge(records)
	if err != nil {
		return Recommendation{}, err
	}
	r := Recommendation{
		Edition: e.id, Award: all.Award, On: on, Quota: places,
		Items: spec.Items, Findings: append(asked.compare(scheme), asked.overlong(all)...),
	}
	list := selection{award: asked, places: places, units: all.Units}
	for i, c := range all.Candidates {
		verdict, err := e.judge(asked, at, c, scores[i], entrants, on)
		if err != nil {
			return Recommendation{}, union.Within(union.Indexed("candidates", i), err)
		}
		list.add(c, Place{
			Firm: c.Firm, Part: c.Part, Title: c.Title, Unit: c.Unit, Contest: c.Contest,
			Score: scores[i], Total: e.total(asked, c, scores[i], on),
			Eligible: verdict.Holds(), Verdict: verdict,
		})
	}
	ties, err := e.tieBreaks(asked)
	if err := list.rank(ties, err == nil); err != nil {
		return Recommendation{}, err
	}
	list.take(&r)
	return r, nil
}

// places returns how many there are.
func (a Award) places(all Applications) (int, error) {
	places := a.Quota.Total
	switch {
	case !a.Quota.Open && all.Places != 0:
		return 0, union.NewFault(union.ErrRange, "places", strconv.Itoa(all.Places), "none, since the edition says how many")
	case a.Quota.Open:
		places = all.Places
		if least := max(1, a.Quota.Contest); places < least {
			return 0, union.NewFault(union.ErrRange, "places", strconv.Itoa(places), strconv.Itoa(least)+" or more")
		}
	}
	sum := 0
	for _, unit := range sortedKeys(all.Units) {
		n := all.Units[unit]
		if n < 0 {
			return 0, union.NewFault(union.ErrRange, "units."+unit, strconv.Itoa(n), "0 or more")
		}
		if sum += n; sum > places || sum < 0 {
			return 0, union.NewFault(union.ErrRange, "units", "more than all places", "at most "+strconv.Itoa(places))
		}
	}
	for i, c := range all.Candidates {
		if _, ok := all.Units[c.Unit]; !ok && all.Units != nil {
			return 0, union.NewFault(union.ErrUnknown, union.Indexed("candidates", i)+".unit", quote.Key(c.Unit), "a unit with places")
		}
	}
	return places, nil
}

// overlong finds units that put forward more than their shortlist lets them.
func (a Award) overlong(all Applications) []union.Finding {
	short := a.Quota.Shortlist
	if short == nil || all.Units == nil {
		return nil
	}
	forward := map[string]int{}
	for _, c := range all.Candidates {
		if !c.Contest && !holdsAny(c.Attributes, short.Outside) {
			forward[c.Unit]++
		}
	}
	var found []union.Finding
	for _, unit := range sortedKeys(forward) {
		most, err := short.Most(all.Units[unit])
		if err == nil && forward[unit] > most {
			found = append(found, union.Finding{
				Where: "units." + unit, Rule: short.Title,
				Got: strconv.Itoa(forward[unit]), Want: "at most " + strconv.Itoa(most),
			})
		}
	}
	return found
}

func (e Edition) checkCandidates(award Award, candidates []Candidate, entrants Entrants, on union.Date) error {
	// Without a candidate, too, the day and the entrants must fit.
	if err := e.own("entrants", entrants.rule, &entrants.limits); err != nil {
		return err
	}
	if on.IsZero() {
		return union.NewFault(union.ErrMissing, "on", "", "a day")
	}
	type entrant struct {
		firm union.CreditCode
		part string
	}
	seen := map[entrant]bool{}
	for i, c := range candidates {
		where := union.Indexed("candidates", i)
		if err := e.checkCandidate(award, c); err != nil {
			return union.Within(where, err)
		}
		if seen[entrant{c.Firm, c.Part}] {
			return union.NewFault(union.ErrRepeated, where+".firm", c.Firm.String(), "a candidate once for award "+award.Key)
		}
		seen[entrant{c.Firm, c.Part}] = true
	}
	return nil
}

// compare finds sections that the scheme does not have, or whose maximum it says
// otherwise.
func (a Award) compare(scheme assessment.Scheme) []union.Finding {
	var found []union.Finding
	keys := map[string]bool{}
	for _, item := range scheme.Spec().Items {
		keys[item.Key] = true
	}
	for i, section := range a.Sections {
		finding := union.Finding{Where: union.Indexed("sections", i), Rule: "a section is an item of the scheme with its maximum"}
		maximum, bounded := scheme.Maximum(section.Item)
		switch {
		case !keys[section.Item]:
			finding.Got, finding.Want = quote.Key(section.Item), "an item of the scheme"
		case bounded && !maximum.Equal(section.Maximum):
			finding.Got, finding.Want = section.Maximum.String(), maximum.String()
		default:
			continue
		}
		found = append(found, finding)
	}
	return found
}

// Recommended returns the places of those recommended, in order.
func (r Recommendation) Recommended() []Place {
	var taken []Place
	for _, place := range r.Places {
		if place.Verdict.Holds() {
			taken = append(taken, place)
		}
	}
	return taken
}
