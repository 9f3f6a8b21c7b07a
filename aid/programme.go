package aid

import (
	"slices"
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// programmeDocument names the JSON of a Programme.
const programmeDocument = "aid.programme/1"

// The bounds of a programme. Rates are compared with each other, and with every
// combination of traits that they ask for.
const (
	mostRates        = 1000
	mostCombinations = 10_000
	mostPlaces       = 1 << 20
)

// A ProgrammeSpec describes what aid there is (救助办法): the kinds, such as living,
// medical and student aid, what each pays to whom, and which of them one household
// or person may have together. Standards of this sort are issued by a province or
// a city and changed every few years.
type ProgrammeSpec struct {
	union.Rule
	Traits []Trait     `json:"traits,omitempty"` // what applicants are told apart by
	Facts  []Fact      `json:"facts,omitempty"`
	Kinds  []Kind      `json:"kinds"`
	Limits []KindLimit `json:"limits,omitempty"` // over several kinds
	// Wan is how sums are printed in 万元; zero: exactly.
	Wan union.Rounding `json:"wan,omitzero"`
}

// A Trait is a closed list by which applicants are told apart: the category of
// their household, the stage of schooling, the level of a title.
type Trait struct {
	Key   string       `json:"key"`
	Title string       `json:"title"`
	Terms []union.Term `json:"terms"`
}

// A Fact is a number that an application states: a sum in yuan, an age, a number of
// months. An optional one that is not stated is zero: there was no such loss.
type Fact struct {
	Key      string `json:"key"`
	Title    string `json:"title"`
	Optional bool   `json:"optional,omitempty"`
}

// A Kind is one kind of aid.
type Kind struct {
	Key     string        `json:"key"`
	Title   string        `json:"title"`
	Measure union.Measure `json:"measure"` // what is counted of those who get it, such as 户 or 人
	Per     Holder        `json:"per"`     // whose aid is added up
	// Year is the day on which each of its years begins; none: its sums count once
	// and for all.
	Year  *YearDay `json:"year,omitempty"`
	Times int      `json:"times,omitempty"` // the most grants in a year; 0: any number
	// Filed says that the household must have a file that is in force: first the
	// file, then the aid (先建档后帮扶).
	Filed bool   `json:"filed,omitempty"`
	Rates []Rate `json:"rates"`
	// Partial says that whom no rate names gets nothing; else a combination of
	// traits that no rate takes is a hole.
	Partial bool `json:"partial,omitempty"`
	// AtMost are facts that no sum exceeds, such as what was paid by the patient.
	AtMost []string `json:"at_most,omitempty"`
	// Rounding rounds a sum in yuan; zero: it must come out in whole fen.
	Rounding union.Rounding `json:"rounding,omitzero"`
}

// A Rate is what those get to whom all its conditions apply: exactly a sum, or at
// most one in a year and, where that is stated, at least one each time.
type Rate struct {
	When    []Condition  `json:"when,omitempty"`
	Days    union.Period `json:"days,omitzero"` // on which it is in force; zero: always
	Exactly *Amount      `json:"exactly,omitempty"`
	Least   *Amount      `json:"least,omitempty"`
	Most    *Amount      `json:"most,omitempty"`
	// Shares say who bears the sum, in what proportion (配套).
	Shares []CostShare `json:"shares,omitempty"`
}

// A Condition asks for one of some terms of a trait, or for a fact between bounds:
// Of is the key of the one or the other, and Is or In what is asked of it.
type Condition struct {
	Of string         `json:"of"`
	Is []string       `json:"is,omitempty"` // of a trait
	In union.Interval `json:"in,omitzero"`  // of a fact
}

// A CostShare is the part of a sum that one level or source bears.
type CostShare struct {
	Source string `json:"source"`
	Weight int64  `json:"weight"`
}

// A KindLimit bounds how many grants of several kinds one household or person may
// have in a year, or how many different kinds. With two kinds of student aid and a
// Times of 1 no student is aided twice; with all kinds and a Different of 1 a
// household gets one kind of aid a year. Zero bounds nothing.
type KindLimit struct {
	Title     string   `json:"title"`
	Kinds     []string `json:"kinds,omitempty"` // none: all
	Per       Holder   `json:"per"`
	Year      *YearDay `json:"year,omitempty"` // none: once and for all
	Times     int      `json:"times,omitempty"`
	Different int      `json:"different,omitempty"` // the most different kinds
}

// A Programme is a checked ProgrammeSpec. It never changes. The zero Programme has
// no kind of aid; every application is a fault under it.
type Programme struct {
	spec   ProgrammeSpec
	id     union.RuleID
	kinds  union.Codes
	traits []union.Codes
	asks   []asked // by kind
	cells  int     // of its payments
}

// asked is what a kind's rates ask of an application, in the programme's order.
type asked struct {
	traits []int
	facts  []int
	line   bool
}

// NewProgramme returns the programme that spec describes. It reports all the
// faults it finds, joined, each placed in spec:
//   - [union.ErrMissing], for a key, version, title, source, kind, measure, holder,
//     rate, term or source of a share that is not given, for an amount or a
//     condition that says nothing, for a rate that states neither exactly nor most,
//     and for a limit without times and different;
//   - [union.ErrRepeated], for a key given twice, for one that is a trait's and a
//     fact's, for two conditions of a rate on one of them, for a rate with exactly
//     beside another sum, and for an amount worked out in two ways;
//   - [union.ErrUnknown], for a trait, term, fact or kind that is not listed, for
//     terms of a fact and bounds of a trait, and for a term within another: the lists
//     have no parts;
//   - [union.ErrRange], for a number below zero, a multiple of the line or a share of
//     a fact that is not above zero, a day that not every year has, a sum rounded to
//     more than 2 places, a weight that is not 1 to 1,000,000, amounts more than 8
//     levels deep, more than 1,000 rates of a kind, and more combinations of traits
//     than 10,000 for a kind or, with the kinds and the unknown, 1,048,576 for all;
//   - [union.ErrOrder], for a share of a fact up to a sum that is not above the one
//     from which it is taken;
//   - what [union.Rounding.Check] reports of a rounding that is given;
//   - [union.ErrHole], naming a combination of traits that no rate of a kind takes
//     which is not partial, and a number in no tier;
//   - [union.ErrOverlap], naming what two rates of a kind take on one day, and a
//     number in two tiers;
//   - [union.ErrText], for a key that is not of letters, digits, - and _, and those
//     of [union.IdentifyRule].
func NewProgramme(spec ProgrammeSpec) (Programme, error) {
	p := Programme{spec: spec.clone()}
	var faults union.FaultList
	faults.Within("", p.spec.Check())
	p.spec.check(&faults)
	if err := faults.Err(); err != nil {
		return Programme{}, err // what follows looks keys up in the lists
	}
	for i, kind := range p.spec.Kinds {
		p.asks = append(p.asks, p.spec.asked(kind))
		p.spec.checkRates(&faults, union.Indexed("kinds", i), kind, p.asks[i])
	}
	if err := faults.Err(); err != nil {
		return Programme{}, err
	}
	if err := p.layOut(); err != nil {
		return Programme{}, err
	}
	var err error
	if p.id, err = union.IdentifyRule(programmeDocument, p.spec); err != nil {
		return Programme{}, err
	}
	return p, nil
}

// layOut makes the lists of the kinds and the traits.
func (p *Programme) layOut() error {
	var kinds []union.Term
	for _, kind := range p.spec.Kinds {
		kinds = append(kinds, union.Term{Key: kind.Key, Title: kind.Title})
	}
	var err error
	if p.kinds, err = listOf(p.spec.Rule, "kinds", kinds); err != nil {
		return err
	}
	p.cells = len(kinds)
	for _, trait := range p.spec.Traits {
		codes, err := listOf(p.spec.Rule, trait.Key, trait.Terms)
		if err != nil {
			return err
		}
		p.traits = append(p.traits, codes)
		if p.cells *= codes.Len() + 1; p.cells > mostPlaces {
			return union.NewFault(union.ErrRange, "traits", "more combinations", "at most "+strconv.Itoa(mostPlaces))
		}
	}
	return nil
}

// check reports what is wrong with the lists.
func (s ProgrammeSpec) check(faults *union.FaultList) {
	seen := map[string]bool{}
	for i, trait := range s.Traits {
		at := union.Indexed("traits", i)
		faults.Key(at+".key", trait.Key, seen)
		faults.Given(at+".title", trait.Title)
		checkTerms(faults, at+".terms", trait.Terms)
	}
	for i, fact := range s.Facts {
		at := union.Indexed("facts", i)
		faults.Key(at+".key", fact.Key, seen)
		faults.Given(at+".title", fact.Title)
	}
	if s.Wan != (union.Rounding{}) {
		faults.Within("wan", s.Wan.Check())
	}
	if len(s.Kinds) == 0 {
		faults.Add(union.ErrMissing, "kinds", "", "")
	}
	keys := map[string]bool{}
	for i, kind := range s.Kinds {
		at := union.Indexed("kinds", i)
		faults.Key(at+".key", kind.Key, keys)
		s.checkKind(faults, at, kind)
	}
	for i, limit := range s.Limits {
		s.checkLimit(faults, union.Indexed("limits", i), limit)
	}
}

func (s ProgrammeSpec) checkKind(faults *union.FaultList, where string, kind Kind) {
	faults.Given(where+".title", kind.Title)
	faults.Given(where+".measure", string(kind.Measure))
	checkSpan(faults, where, kind.Per, kind.Year)
	checkTimes(faults, where+".times", kind.Times)
	for i, fact := range kind.AtMost {
		checkFact(faults, union.Indexed(where+".at_most", i), fact, s.Facts)
	}
	if kind.Rounding != (union.Rounding{}) {
		faults.Within(where+".rounding", kind.Rounding.Check())
		if kind.Rounding.Places > fenPlaces {
			faults.Add(union.ErrRange, where+".rounding.places", strconv.Itoa(kind.Rounding.Places), "at most 2, as there is nothing below a fen")
		}
	}
	switch n := len(kind.Rates); {
	case n == 0:
		faults.Add(union.ErrMissing, where+".rates", "", "")
	case n > mostRates:
		faults.Add(union.ErrRange, where+".rates", strconv.Itoa(n)+" rates", "at most "+strconv.Itoa(mostRates))
	default:
		for i, rate := range kind.Rates {
			s.checkRate(faults, union.Indexed(where+".rates", i), rate)
		}
	}
}

// fenPlaces are the places of a sum in yuan.
const fenPlaces = 2

// checkSpan reports a holder or a year that is none.
func checkSpan(faults *union.FaultList, where string, per Holder, year *YearDay) {
	if !per.known() {
		faults.Add(union.ErrMissing, where+".per", "", "household or person")
	}
	if year == nil {
		return
	}
	if _, err := year.in(commonYear); err != nil {
		faults.Add(union.ErrRange, where+".year", strconv.Itoa(year.Month)+"-"+strconv.Itoa(year.Day), "a day that every year has")
	}
}

func checkTimes(faults *union.FaultList, where string, times int) {
	if times < 0 {
		faults.Add(union.ErrRange, where, strconv.Itoa(times), "0 or more")
	}
}

func (s ProgrammeSpec) checkRate(faults *union.FaultList, where string, rate Rate) {
	switch {
	case rate.Exactly != nil && (rate.Least != nil || rate.Most != nil):
		faults.Add(union.ErrRepeated, where, "exactly and another sum", "exactly alone, or most")
	case rate.Exactly == nil && rate.Most == nil:
		faults.Add(union.ErrMissing, where, "", "exactly or most")
	}
	for _, each := range rate.amounts() {
		each.amount.check(faults, where+"."+each.name, s.Facts, 1)
	}
	named := map[string]bool{}
	for i, condition := range rate.When {
		at := union.Indexed(where+".when", i)
		s.checkCondition(faults, at, condition)
		if named[condition.Of] {
			faults.Add(union.ErrRepeated, at+".of", quote.Key(condition.Of), "one condition on each")
		}
		named[condition.Of] = true
	}
	sources := map[string]bool{}
	for i, share := range rate.Shares {
		at := union.Indexed(where+".shares", i)
		faults.Key(at+".source", share.Source, sources)
		if share.Weight <= 0 || share.Weight > mostWeight {
			faults.Add(union.ErrRange, at+".weight", strconv.FormatInt(share.Weight, 10), "1 to "+strconv.Itoa(mostWeight))
		}
	}
}

// mostWeight bounds a share, so that no sum of weights overflows.
const mostWeight = 1_000_000

// A namedAmount is an amount of a rate with the member that holds it.
type namedAmount struct {
	name   string
	amount *Amount
}

// amounts returns those that a rate states.
func (r Rate) amounts() []namedAmount {
	var stated []namedAmount
	for _, each := range [...]namedAmount{{"exactly", r.Exactly}, {"least", r.Least}, {"most", r.Most}} {
		if each.amount != nil {
			stated = append(stated, each)
		}
	}
	return stated
}

func (s ProgrammeSpec) checkCondition(faults *union.FaultList, where string, condition Condition) {
	trait := slices.IndexFunc(s.Traits, func(t Trait) bool { return t.Key == condition.Of })
	if trait < 0 {
		checkFact(faults, where+".of", condition.Of, s.Facts)
		if len(condition.Is) > 0 {
			faults.Add(union.ErrUnknown, where+".is", quote.Key(condition.Is[0]), "no terms, as a fact is a number")
		}
		if condition.In.Equal(union.Interval{}) {
			faults.Add(union.ErrMissing, where+".in", "", "")
		}
		return
	}
	if len(condition.Is) == 0 {
		faults.Add(union.ErrMissing, where+".is", "", "")
	}
	checkNamed(faults, where+".is", condition.Is, "term", keysOf(s.Traits[trait].Terms))
	if !condition.In.Equal(union.Interval{}) {
		faults.Add(union.ErrUnknown, where+".in", condition.In.String(), "no bounds, as a trait is no number")
	}
}

func (s ProgrammeSpec) checkLimit(faults *union.FaultList, where string, limit KindLimit) {
	faults.Given(where+".title", limit.Title)
	checkSpan(faults, where, limit.Per, limit.Year)
	checkTimes(faults, where+".times", limit.Times)
	checkTimes(faults, where+".different", limit.Different)
	if limit.Times == 0 && limit.Different == 0 {
		faults.Add(union.ErrMissing, where, "", "times or different")
	}
	var kinds []string
	for _, kind := range s.Kinds {
		kinds = append(kinds, kind.Key)
	}
	checkNamed(faults, where+".kinds", limit.Kinds, "kind", kinds)
}

// asked returns what a kind's rates ask of an application.
func (s ProgrammeSpec) asked(kind Kind) asked {
	used := map[string]bool{}
	use := func(key string) { used[key] = true }
	var a asked
	for _, rate := range kind.Rates {
		for _, condition := range rate.When {
			use(condition.Of)
		}
		for _, each := range rate.amounts() {
			each.amount.facts(use)
			a.line = a.line || each.amount.asksLine()
		}
	}
	for _, fact := range kind.AtMost {
		use(fact)
	}
	for i, trait := range s.Traits {
		if used[trait.Key] {
			a.traits = append(a.traits, i)
		}
	}
	for i, fact := range s.Facts {
		if used[fact.Key] {
			a.facts = append(a.facts, i)
		}
	}
	return a
}

// condition returns what a rate asks of one trait or fact, and false if nothing.
func (r Rate) condition(of string) (Condition, bool) {
	at := slices.IndexFunc(r.When, func(c Condition) bool { return c.Of == of })
	if at < 0 {
		return Condition{}, false
	}
	return r.When[at], true
}

// checkRates reports, of a kind whose rates are each in order, what two of them
// take and what none does.
func (s ProgrammeSpec) checkRates(faults *union.FaultList, where string, kind Kind, asks asked) {
	for i, rate := range kind.Rates {
		for j, earlier := range kind.Rates[:i] {
			if both, some := s.common(rate, earlier, asks); some {
				faults.Add(union.ErrOverlap, union.Indexed(where+".rates", i), both, "what rates["+strconv.Itoa(j)+"] does not take")
				break
			}
		}
	}
	if kind.Partial {
		return
	}
	combinations := 1
	for _, trait := range asks.traits {
		if combinations *= len(s.Traits[trait].Terms); combinations > mostCombinations {
			faults.Add(union.ErrRange, where+".rates", "more combinations of traits", "at most "+strconv.Itoa(mostCombinations))
			return
		}
	}
	for n := range combinations {
		terms := map[string]string{}
		for _, at := range asks.traits {
			trait := s.Traits[at]
			terms[trait.Key] = trait.Terms[n%len(trait.Terms)].Key
			n /= len(trait.Terms)
		}
		if hole, found := s.hole(kind, asks, terms); found {
			faults.Add(union.ErrHole, where+".rates", hole, "a rate for everyone, or partial")
			return
		}
	}
}

// common says what two rates both take on one day, and false if nothing.
func (s ProgrammeSpec) common(a, b Rate, asks asked) (string, bool) {
	var both []string
	if !a.Days.IsZero() && !b.Days.IsZero() {
		day, some := firstCommon(a.Days, b.Days)
		if !some {
			return "", false
		}
		both = append(both, day.String())
	}
	for _, at := range asks.traits {
		trait := s.Traits[at]
		of, ofA := a.condition(trait.Key)
		other, ofB := b.condition(trait.Key)
		term := slices.IndexFunc(trait.Terms, func(t union.Term) bool {
			return (!ofA || slices.Contains(of.Is, t.Key)) && (!ofB || slices.Contains(other.Is, t.Key))
		})
		if term < 0 {
			return "", false
		}
		both = append(both, trait.Key+" "+quote.Key(trait.Terms[term].Key))
	}
	for _, at := range asks.facts {
		fact := s.Facts[at].Key
		of, _ := a.condition(fact) // the zero interval holds every number
		other, _ := b.condition(fact)
		in, some := of.In.Common(other.In)
		if !some {
			return "", false
		}
		if !in.Equal(union.Interval{}) {
			both = append(both, fact+" "+in.Some().String())
		}
	}
	if len(both) == 0 {
		return "everyone", true
	}
	return strings.Join(both, ", "), true
}

// hole says what no rate takes of those with some terms, on any day. Where the
// rates differ in one fact alone it is looked for there; where they differ in
// several, rates that ask for facts are taken to leave none.
func (s ProgrammeSpec) hole(kind Kind, asks asked, terms map[string]string) (string, bool) {
	var taken []union.Interval
	fact, some := "", false
	for _, rate := range kind.Rates {
		if !rate.takesTerms(terms) {
			continue
		}
		some = true
		numbers := rate.numbers()
		if len(numbers) != 1 || fact != "" && fact != numbers[0].Of {
			return "", false
		}
		fact = numbers[0].Of
		taken = append(taken, numbers[0].In)
	}
	var named []string
	for _, at := range asks.traits {
		key := s.Traits[at].Key
		named = append(named, key+" "+quote.Key(terms[key]))
	}
	if some {
		left := gross.possible().Without(taken...)
		if len(left) == 0 {
			return "", false
		}
		named = append(named, fact+" "+left[0].Some().String())
	}
	return strings.Join(named, ", "), true
}

// takesTerms reports whether a rate's conditions on traits all hold.
func (r Rate) takesTerms(terms map[string]string) bool {
	for _, condition := range r.When {
		if len(condition.Is) > 0 && !slices.Contains(condition.Is, terms[condition.Of]) {
			return false
		}
	}
	return true
}

// numbers returns a rate's conditions on facts.
func (r Rate) numbers() []Condition {
	var numbers []Condition
	for _, condition := range r.When {
		if len(condition.Is) == 0 {
			numbers = append(numbers, condition)
		}
	}
	return numbers
}

func (s ProgrammeSpec) clone() ProgrammeSpec {
	s.Traits, s.Facts, s.Kinds, s.Limits = slices.Clone(s.Traits), slices.Clone(s.Facts), slices.Clone(s.Kinds), slices.Clone(s.Limits)
	for i := range s.Traits {
		s.Traits[i].Terms = slices.Clone(s.Traits[i].Terms)
	}
	for i, kind := range s.Kinds {
		kind.Year, kind.AtMost, kind.Rates = copied(kind.Year), slices.Clone(kind.AtMost), slices.Clone(kind.Rates)
		for j, rate := range kind.Rates {
			kind.Rates[j] = rate.clone()
		}
		s.Kinds[i] = kind
	}
	for i, limit := range s.Limits {
		limit.Kinds, limit.Year = slices.Clone(limit.Kinds), copied(limit.Year)
		s.Limits[i] = limit
	}
	return s
}

func (r Rate) clone() Rate {
	r.When, r.Shares = slices.Clone(r.When), slices.Clone(r.Shares)
	for i := range r.When {
		r.When[i].Is = slices.Clone(r.When[i].Is)
	}
	for _, each := range [...]**Amount{&r.Exactly, &r.Least, &r.Most} {
		if *each != nil {
			amount := (*each).clone()
			*each = &amount
		}
	}
	return r
}

// ID returns the identity of the programme.
func (p Programme) ID() union.RuleID { return p.id }

// Rule returns what the programme says of itself.
func (p Programme) Rule() union.Rule { return p.spec.Rule }

// Spec returns a copy of what the programme was made from.
func (p Programme) Spec() ProgrammeSpec { return p.spec.clone() }

// MarshalJSON writes the programme as a document "aid.programme/1". The zero
// Programme has no kinds to write and is [union.ErrText].
func (p Programme) MarshalJSON() ([]byte, error) { return union.WriteRule(programmeDocument, p.spec) }

// UnmarshalJSON reads a document "aid.programme/1" with the faults of
// [union.ReadRule], and checks it as [NewProgramme] does. On error p is unchanged.
func (p *Programme) UnmarshalJSON(data []byte) error {
	var spec ProgrammeSpec
	if err := union.ReadRule(data, programmeDocument, &spec); err != nil {
		return err
	}
	made, err := NewProgramme(spec)
	if err != nil {
		return err
	}
	*p = made
	return nil
}
