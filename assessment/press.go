package assessment

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
)

// press is one publication in the making: which places are kept back, and why.
type press struct {
	policy   Policy
	outcome  Outcome
	printed  []Outcome
	criteria []string // in order of their keys
	classes  []string // in order of their keys
	held     map[string]string
}

func newPress(policy Policy, outcome Outcome, printed []Outcome) *press {
	p := &press{policy: policy, outcome: outcome, held: map[string]string{}}
	for _, before := range printed {
		if before.Form == outcome.Form {
			p.printed = append(p.printed, before)
		}
	}
	for _, at := range slices.Sorted(maps.Keys(outcome.Votes)) {
		class, criterion := parted(at)
		if !slices.Contains(p.criteria, criterion) {
			p.criteria = append(p.criteria, criterion)
		}
		if class != "" && !slices.Contains(p.classes, class) {
			p.classes = append(p.classes, class)
		}
		if policy.id.IsZero() {
			p.hold(at, "no policy")
		}
	}
	// What an earlier policy kept back stays so.
	for _, at := range outcome.Withheld {
		p.hold(at, "withheld before")
	}
	return p
}

// hold keeps a place back; the first reason stands.
func (p *press) hold(at, why string) {
	if _, ok := p.held[at]; !ok {
		p.held[at] = why
	}
}

// open reports whether a place has votes that are not kept back.
func (p *press) open(at string) bool {
	_, held := p.held[at]
	_, known := p.outcome.Votes[at]
	return known && !held
}

// holdClass keeps back all that is known of a class; an empty class is all
// voters.
func (p *press) holdClass(class, why string) {
	for _, criterion := range p.criteria {
		p.hold(place(class, criterion), why)
	}
	p.hold(place(class, basesPlace), why)
}

// papers returns how many papers a class has: the most that any of its criteria
// or its bases tell.
func (p *press) papers(class string) int64 {
	most := p.outcome.Bases[place(class, basesPlace)][Valid]
	for _, criterion := range p.criteria {
		sum, _ := size(p.outcome.Votes[place(class, criterion)])
		most = max(most, sum)
	}
	return most
}

// holdSmall keeps back groups below their least size, and then, as long as the
// classes kept back are together below it, the smallest class that is left.
func (p *press) holdSmall() {
	if p.policy.spec.LeaveOut {
		p.leaveOut()
	}
	if p.papers("") < p.policy.least("") {
		p.holdClass("", "least group")
	}
	var hidden int64
	floor := p.policy.least("")
	var left []string
	for _, class := range p.classes {
		if p.papers(class) >= p.policy.least(class) {
			left = append(left, class)
			continue
		}
		p.holdClass(class, "least group")
		hidden += p.papers(class)
		floor = max(floor, p.policy.least(class))
	}
	slices.SortStableFunc(left, func(a, b string) int { return cmp.Compare(p.papers(a), p.papers(b)) })
	for _, class := range left {
		if len(left) == len(p.classes) || hidden >= floor {
			return
		}
		p.holdClass(class, "complement")
		hidden += p.papers(class)
	}
}

// leaveOut keeps back the classes below their least size, and makes the counts of
// all voters those of the others, so that nothing of theirs is in any count.
func (p *press) leaveOut() {
	var left []string
	for _, class := range p.classes {
		if p.papers(class) >= p.policy.least(class) {
			left = append(left, class)
			continue
		}
		p.holdClass(class, "least group")
	}
	if len(left) < len(p.classes) {
		p.outcome = p.outcome.of(left)
		p.classes = left
	}
}

// of returns an outcome in which all voters are those of the classes alone. What
// is not told of each of them is not known of all; findings about all voters are
// not about these.
func (o Outcome) of(classes []string) Outcome {
	votes, bases, void := maps.Clone(o.Votes), maps.Clone(o.Bases), maps.Clone(o.Void)
	for at := range o.Votes {
		if class, criterion := parted(at); class == "" {
			votes[at] = map[string]int64{}
			for _, class := range classes {
				votes[at] = plusTimes(votes[at], o.Votes[place(class, criterion)], 1)
			}
		}
	}
	bases[basesPlace], void[basesPlace] = map[Base]int64{}, map[string]int64{}
	for base := range o.Bases[basesPlace] {
		sum, all := int64(0), true
		for _, class := range classes {
			n, told := o.Bases[place(class, basesPlace)][base]
			sum, all = sum+n, all && told
		}
		if all {
			bases[basesPlace][base] = sum
		}
	}
	for _, class := range classes {
		void[basesPlace] = plusTimes(void[basesPlace], o.Void[place(class, basesPlace)], 1)
	}
	o.Votes, o.Bases, o.Void = votes, bases, void
	o.Findings = slices.DeleteFunc(slices.Clone(o.Findings), func(f union.Finding) bool {
		class, _ := parted(f.Where)
		return class == ""
	})
	return o
}

// holdUnanimous keeps back what every paper of a group agrees on.
func (p *press) holdUnanimous() {
	for _, at := range slices.Sorted(maps.Keys(p.outcome.Votes)) {
		if _, criterion := parted(at); unanimous(p.outcome.Votes[at]) && !p.policy.agreeing(criterion) {
			p.hold(at, "unanimous")
		}
	}
}

// holdDifferences keeps back what differs too little from what was printed.
func (p *press) holdDifferences() {
	for _, at := range slices.Sorted(maps.Keys(p.outcome.Votes)) {
		class, criterion := parted(at)
		for _, before := range p.printed {
			for _, place := range p.comparable(class, criterion, before) {
				if p.revealing(criterion, p.outcome.Votes[at], before.Votes[place]) {
					p.hold(at, "remainder")
				}
			}
		}
	}
}

// comparable returns the printed places whose voters hold those of a class, or
// lie among them.
func (p *press) comparable(class, criterion string, before Outcome) []string {
	var places []string
	for _, at := range slices.Sorted(maps.Keys(before.Votes)) {
		other, key := parted(at)
		if key == criterion && (other == class || other == "" || class == "") {
			places = append(places, at)
		}
	}
	return places
}

// revealing reports whether two counts of one criterion, set side by side, tell
// of a group too small to be published, or of one that agrees.
func (p *press) revealing(criterion string, now, before map[string]int64) bool {
	sizeNow, _ := size(now)
	sizeBefore, _ := size(before)
	if sizeNow < sizeBefore {
		now, before = before, now
	}
	difference := max(sizeNow, sizeBefore) - min(sizeNow, sizeBefore)
	switch {
	case difference == 0:
		return !maps.Equal(now, before)
	case difference < p.policy.remainder():
		return true
	}
	left := taken(maps.Clone(now), before)
	return whole(left) && unanimous(left) && !p.policy.agreeing(criterion)
}

// taken returns left less the votes given.
func taken(left, votes map[string]int64) map[string]int64 {
	for answer, n := range votes {
		left[answer], _ = exact.Sub(left[answer], n)
	}
	return left
}

// whole reports whether no count is below zero: counts of papers that do not
// hold the others tell nothing when these are taken from them.
func whole(votes map[string]int64) bool {
	for _, n := range votes {
		if n < 0 {
			return false
		}
	}
	return true
}

// holdComplements keeps back classes, for each criterion, until nothing can be
// worked out that may not be published.
func (p *press) holdComplements() {
	for _, criterion := range p.criteria {
		for p.holdNext(criterion) {
			continue
		}
	}
}

// holdNext keeps back one more class of a criterion if what can be worked out
// would tell too much, and reports whether it did. If no class is left to keep
// back, it is the count of all voters.
func (p *press) holdNext(criterion string) bool {
	if p.summable(criterion) {
		if class, ok := p.smallestOpen(criterion); ok {
			p.hold(place(class, criterion), "complement")
			return true
		}
	}
	for _, all := range p.wholes(criterion) {
		search := search{press: p, criterion: criterion, left: mostChoices}
		if !search.tells(all, p.classes, false) && !p.chained(criterion) {
			continue
		}
		if class, ok := p.smallestOpen(criterion); ok {
			p.hold(place(class, criterion), "complement")
			return true
		}
		if p.open(criterion) {
			p.hold(criterion, "complement")
			return true
		}
	}
	return false
}

// summable reports whether the count of all voters is kept back and yet follows
// from the classes, each of which is known.
func (p *press) summable(criterion string) bool {
	if len(p.classes) == 0 || p.open(criterion) {
		return false
	}
	for _, class := range p.classes {
		if len(p.versions(class, criterion)) == 0 {
			return false
		}
	}
	return true
}

// wholes returns the counts of all voters that are known: this one, if it is to
// be published, and those printed.
func (p *press) wholes(criterion string) []map[string]int64 {
	var wholes []map[string]int64
	if p.open(criterion) {
		wholes = append(wholes, p.outcome.Votes[criterion])
	}
	for _, before := range p.printed {
		if votes, ok := before.Votes[criterion]; ok {
			wholes = append(wholes, votes)
		}
	}
	return wholes
}

// versions returns the counts of a class that are known: this one, if it is to
// be published, and those printed.
func (p *press) versions(class, criterion string) []map[string]int64 {
	at := place(class, criterion)
	var versions []map[string]int64
	if p.open(at) {
		versions = append(versions, p.outcome.Votes[at])
	}
	for _, before := range p.printed {
		if votes, ok := before.Votes[at]; ok {
			versions = append(versions, votes)
		}
	}
	return versions
}

// mostChoices bounds how many choices of counts are looked at. Beyond it a
// publication is taken to tell too much.
const mostChoices = 20_000

// search looks for what can be told of a criterion by taking known counts of
// the classes from a known count of all voters.
type search struct {
	press     *press
	criterion string
	left      int
}

// tells reports whether some choice of one known count of each class leaves a
// group that may not be published. A count that leaves less than nothing is of
// other papers, and takes nothing away.
func (s *search) tells(rest map[string]int64, classes []string, took bool) bool {
	if s.left--; s.left < 0 {
		return true
	}
	if len(classes) == 0 {
		return took && s.press.small(s.criterion, rest)
	}
	fits := false
	for _, votes := range s.press.versions(classes[0], s.criterion) {
		less := taken(maps.Clone(rest), votes)
		if !whole(less) {
			continue
		}
		fits = true
		if s.tells(less, classes[1:], true) {
			return true
		}
	}
	return !fits && s.tells(rest, classes[1:], took)
}

// small reports whether votes are of a group too small to be published, or of
// one that agrees. Of nobody nothing is told.
func (p *press) small(criterion string, votes map[string]int64) bool {
	return p.smallFor("", criterion, votes)
}

// smallFor is small for voters of one class; empty: of several.
func (p *press) smallFor(class, criterion string, votes map[string]int64) bool {
	sum, _ := size(votes)
	return sum > 0 && (sum < p.policy.least(class) || unanimous(votes) && !p.policy.agreeing(criterion))
}

// smallestOpen returns the class with the fewest papers that is still open.
func (p *press) smallestOpen(criterion string) (string, bool) {
	smallest, found := "", false
	for _, class := range p.classes {
		if p.open(place(class, criterion)) && (!found || p.papers(class) < p.papers(smallest)) {
			smallest, found = class, true
		}
	}
	return smallest, found
}

// published returns the outcome without what is kept back. The bases of a group
// are published with the first of its criteria; findings only where their place
// is.
func (p *press) published() Outcome {
	out := Outcome{
		Form:   p.outcome.Form,
		Policy: p.policy.id,
		Votes:  map[string]map[string]int64{},
		Bases:  map[string]map[Base]int64{},
		Void:   map[string]map[string]int64{},
	}
	shown := map[string]bool{}
	for at, votes := range p.outcome.Votes {
		if p.open(at) {
			class, _ := parted(at)
			shown[class] = true
			out.Votes[at] = maps.Clone(votes)
		}
	}
	for at := range p.outcome.Bases {
		class, _ := parted(at)
		if !shown[class] {
			p.hold(at, "no criterion is published")
			continue
		}
		out.Bases[at] = maps.Clone(p.outcome.Bases[at])
		out.Void[at] = maps.Clone(p.outcome.Void[at])
	}
	for _, finding := range p.outcome.Findings {
		if _, held := p.held[finding.Where]; !held && !p.policy.id.IsZero() {
			out.Findings = append(out.Findings, finding)
		}
	}
	out.Withheld = slices.Sorted(maps.Keys(p.held))
	return out
}

// verdict tells for every place whether it is published, and why not.
func (p *press) verdict() union.Verdict {
	var reasons []union.Reason
	for _, at := range slices.Sorted(maps.Keys(p.outcome.Votes)) {
		class, _ := parted(at)
		sum, _ := size(p.outcome.Votes[at])
		reason := union.Reason{
			Finding: union.Finding{
				Where: at,
				Rule:  "least group",
				Got:   strconv.FormatInt(sum, 10),
				Want:  strconv.FormatInt(p.policy.least(class), 10) + " or more",
			},
			Standing: union.Met,
		}
		if why, held := p.held[at]; held {
			reason.Standing = union.Unmet
			if reason.Rule != why {
				reason.Rule, reason.Want = why, ""
			}
		}
		reasons = append(reasons, reason)
	}
	verdict := union.Judged("publication under "+p.policy.spec.Key, reasons...)
	if len(reasons) == 0 {
		verdict.Standing = union.Unmet
	}
	return verdict
}
