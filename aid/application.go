package aid

import (
	"maps"
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// An Application asks for one grant of one kind of aid. ID, Household and Person
// are tokens of the caller's. Traits and Facts are what the kind's rates ask for;
// other traits and facts of the programme may be stated too.
type Application struct {
	ID        string                  `json:"id"`
	Kind      string                  `json:"kind"`
	Household string                  `json:"household,omitempty"`
	Person    string                  `json:"person,omitempty"` // for whom it is, such as the student or the patient
	Area      string                  `json:"area,omitempty"`   // whose line is in force
	On        union.Date              `json:"on"`
	Traits    map[string]string       `json:"traits,omitempty"` // the key of a term, by trait
	Facts     map[string]union.Number `json:"facts,omitempty"`  // by fact, in yuan where it is a sum
	Asked     union.Money             `json:"asked,omitzero"`   // the sum to be approved
}

// A Grant is aid that was given before, from whichever fund.
type Grant struct {
	Kind      string      `json:"kind"`
	Household string      `json:"household,omitempty"`
	Person    string      `json:"person,omitempty"`
	On        union.Date  `json:"on"`
	Amount    union.Money `json:"amount"`
}

// A Background is what is known beside an application: the lines in force, what
// was granted before, and whether the household's file is in force, as
// [FileRule.MayBeAided] says. The zero Background knows nothing.
type Background struct {
	Lines   Lines
	Granted []Grant
	File    union.Verdict
}

// An Entitlement is what a programme gives on an application, before it is asked
// what was granted earlier. Where a rate states a sum exactly, least and most are
// that sum. Rate is the place of the rate in its kind, from 0, and -1 if none
// applies, when both sums are nothing.
type Entitlement struct {
	Rate  int
	Least union.Money
	Most  union.Money
}

// A weighedApplication is an application read under a programme.
type weighedApplication struct {
	kind  int
	rate  int // -1: none
	size  sizing
	least union.Money
	most  union.Money
	holds map[string]union.Money // by fact of AtMost
}

// weigh reads an application, and reports the first fault in the order that
// [Programme.Entitlement] publishes.
func (p Programme) weigh(a Application, lines Lines) (weighedApplication, error) {
	if p.id.IsZero() {
		return weighedApplication{}, union.NewFault(union.ErrMissing, "rule", "", "")
	}
	if err := union.CheckToken(a.ID); err != nil {
		return weighedApplication{}, union.Within("id", err)
	}
	kind, err := p.kindOn(a.Kind, a.On)
	if err != nil {
		return weighedApplication{}, err
	}
	if err := p.checkHolders(a.Household, a.Person, kind); err != nil {
		return weighedApplication{}, err
	}
	return p.measure(a, kind, lines)
}

// kindOn returns the place of a kind on a day on which the programme is in force.
func (p Programme) kindOn(key string, on union.Date) (int, error) {
	code, err := find(p.kinds, "kind", key)
	if err != nil {
		return 0, err
	}
	if on.IsZero() {
		return 0, union.NewFault(union.ErrMissing, "on", "", "")
	}
	if !p.spec.Effective.IsZero() && !p.spec.Effective.Contains(on) {
		return 0, union.NewFault(union.ErrRange, "on", on.String(), "a day in "+p.spec.Effective.String())
	}
	return int(code) - 1, nil
}

// measure reads what the rates ask for, and works out the sums of the one that
// applies.
func (p Programme) measure(a Application, kind int, lines Lines) (weighedApplication, error) {
	w := weighedApplication{kind: kind}
	if err := p.checkTraits(a.Traits, p.asks[kind].traits); err != nil {
		return w, err
	}
	if err := p.checkFacts(a.Facts, p.asks[kind].facts); err != nil {
		return w, err
	}
	var err error
	if w.size, err = p.sizing(kind, a.Facts, a.Area, a.On, lines); err != nil {
		return w, err
	}
	return w, p.size(&w, a)
}

// sizing returns what a kind's amounts are worked out from.
func (p Programme) sizing(kind int, facts map[string]union.Number, area string, on union.Date, lines Lines) (sizing, error) {
	z := sizing{facts: facts}
	if !p.asks[kind].line {
		return z, nil
	}
	var err error
	z.line, err = lines.On(area, on)
	return z, err
}

// checkHolders reports a household or person that is needed and not given, or is no
// token.
func (p Programme) checkHolders(household, person string, kind int) error {
	of := p.spec.Kinds[kind]
	needs := map[Holder]bool{of.Per: true}
	for _, limit := range p.spec.Limits {
		if len(limit.Kinds) == 0 || slices.Contains(limit.Kinds, of.Key) {
			needs[limit.Per] = true
		}
	}
	for _, each := range [...]struct {
		where, token string
		holder       Holder
	}{{"household", household, PerHousehold}, {"person", person, PerPerson}} {
		if each.token == "" && !needs[each.holder] {
			continue
		}
		if err := union.CheckToken(each.token); err != nil {
			return union.Within(each.where, err)
		}
	}
	return nil
}

// checkTraits reports a trait that is asked for and not stated, and one that is not
// the programme's.
func (p Programme) checkTraits(stated map[string]string, asked []int) error {
	for _, at := range asked {
		if key := p.spec.Traits[at].Key; stated[key] == "" {
			return union.NewFault(union.ErrMissing, "traits."+key, "", "")
		}
	}
	for _, key := range slices.Sorted(maps.Keys(stated)) {
		at := slices.IndexFunc(p.spec.Traits, func(t Trait) bool { return t.Key == key })
		if at < 0 {
			return union.NewFault(union.ErrUnknown, "traits", quote.Key(key), "a trait of the programme")
		}
		if _, err := find(p.traits[at], "traits."+key, stated[key]); err != nil {
			return err
		}
	}
	return nil
}

// checkFacts reports a fact that is asked for and not stated, one that is not the
// programme's, and one below zero.
func (p Programme) checkFacts(stated map[string]union.Number, asked []int) error {
	for _, at := range asked {
		fact := p.spec.Facts[at]
		if _, given := stated[fact.Key]; !given && !fact.Optional {
			return union.NewFault(union.ErrMissing, "facts."+fact.Key, "", "")
		}
	}
	for _, key := range slices.Sorted(maps.Keys(stated)) {
		switch {
		case !slices.ContainsFunc(p.spec.Facts, func(f Fact) bool { return f.Key == key }):
			return union.NewFault(union.ErrUnknown, "facts", quote.Key(key), "a fact of the programme")
		case stated[key].Sign() < 0:
			return union.NewFault(union.ErrRange, "facts."+key, stated[key].String(), "0 or more")
		}
	}
	return nil
}

// size finds the rate that applies and works out its sums.
func (p Programme) size(w *weighedApplication, a Application) error {
	kind := p.spec.Kinds[w.kind]
	w.rate = slices.IndexFunc(kind.Rates, func(r Rate) bool { return r.applies(a.On, a.Traits, a.Facts) })
	w.holds = map[string]union.Money{}
	for _, fact := range kind.AtMost {
		held, err := kind.whole(a.Facts[fact])
		if err != nil {
			return union.Within("facts."+fact, err)
		}
		w.holds[fact] = held
	}
	if w.rate < 0 {
		return nil
	}
	var err error
	w.least, w.most, err = kind.sums(w.rate, w.size)
	return err
}

// sums works out the least and the most that a rate gives.
func (k Kind) sums(rate int, z sizing) (least, most union.Money, err error) {
	for _, each := range k.Rates[rate].amounts() {
		sum, err := k.whole(z.of(*each.amount))
		if err != nil {
			return least, most, union.Within(union.Indexed("rates", rate)+"."+each.name, err)
		}
		if each.name != "most" {
			least = sum
		}
		if each.name != "least" {
			most = sum
		}
	}
	return least, most, nil
}

// applies reports whether all conditions of a rate hold on a day.
func (r Rate) applies(on union.Date, traits map[string]string, facts map[string]union.Number) bool {
	if !r.Days.IsZero() && !r.Days.Contains(on) || !r.takesTerms(traits) {
		return false
	}
	return !slices.ContainsFunc(r.numbers(), func(c Condition) bool { return !c.In.Contains(facts[c.Of]) })
}

// whole returns a sum in yuan as money: rounded as the kind says or, if it does not
// round, exactly.
func (k Kind) whole(sum union.Number) (union.Money, error) {
	if k.Rounding != (union.Rounding{}) {
		var err error
		if sum, err = k.Rounding.Apply(sum); err != nil {
			return union.Money{}, err
		}
	}
	return union.MoneyOfNumber(sum)
}

// Entitlement returns what the programme gives on an application by its rates
// alone: neither what is asked nor what was granted before plays a part, nor does
// a fact that no sum may exceed. It reports the first of these faults:
//   - [union.ErrMissing], of the zero Programme;
//   - those of [union.CheckToken], for the ID;
//   - [union.ErrMissing] and [union.ErrUnknown], for the kind;
//   - [union.ErrMissing], for no day, and [union.ErrRange], for a day on which the
//     programme is not in force;
//   - those of [union.CheckToken], for a household and then for a person, which may
//     be left out if nothing is added up for them;
//   - [union.ErrMissing], for a trait that the kind's rates ask for, and
//     [union.ErrUnknown], for one that is not the programme's, and for a term;
//   - [union.ErrMissing], [union.ErrUnknown] and, below zero, [union.ErrRange], for
//     a fact;
//   - those of [Lines.On], for the area, if a rate is a multiple of the line;
//   - those of [union.MoneyOfNumber], for a sum that is no whole number of fen and
//     is not rounded.
func (p Programme) Entitlement(application Application, lines Lines) (Entitlement, error) {
	w, err := p.weigh(application, lines)
	if err != nil {
		return Entitlement{}, err
	}
	return Entitlement{Rate: w.rate, Least: w.least, Most: w.most}, nil
}

// Judge says whether the sum that an application asks for may be approved, and why.
// The answer is the highest sum that may be approved, as text, and empty if none
// may; it is lower than what the rate gives where a fact, such as what the patient
// paid, or what was granted before in the year leaves less. The reasons stand in
// this order:
//   - file: the household's file is in force, if the kind asks for that;
//   - rate: a rate applies;
//   - asked.exactly, or asked.least and asked.most: the sum is that of the rate;
//   - asked.<fact>: it does not exceed the fact;
//   - granted: with what was granted of the kind in its year it does not exceed what
//     the rate gives;
//   - times: the grants of the kind in its year;
//   - limits[i].times and limits[i].different, of each limit that counts the kind.
//
// Where nothing is known of the file, the verdict is [union.Unknown]. Judge reports
// the faults of [Programme.Entitlement], then [union.ErrRange] for a sum that is
// not above zero, and [union.ErrUnknown], [union.ErrMissing] and [union.ErrRange]
// for an earlier grant that cannot be one. Grants after the day do not count, and
// those of other households and persons need not be sorted out.
func (p Programme) Judge(application Application, known Background) (union.Verdict, error) {
	w, err := p.weigh(application, known.Lines)
	if err != nil {
		return union.Verdict{}, err
	}
	if application.Asked.Sign() <= 0 {
		return union.Verdict{}, union.NewFault(union.ErrRange, "asked", application.Asked.String(), "above 0.00")
	}
	if err := p.checkGrants(known.Granted); err != nil {
		return union.Verdict{}, err
	}
	j := judging{application: application, kind: p.spec.Kinds[w.kind], least: w.least, most: w.most}
	j.file(known.File)
	j.rate(w)
	if w.rate >= 0 {
		j.sums(w, p.spec.Facts)
		if err := j.granted(w, known.Granted); err != nil {
			return union.Verdict{}, err
		}
	}
	for i, limit := range p.spec.Limits {
		j.limit(union.Indexed("limits", i), limit, known.Granted)
	}
	verdict := union.Judged("application "+application.ID+" on "+application.On.String(), j.reasons...)
	verdict.Answer = j.answer()
	return verdict, nil
}

// checkGrants reports the first grant that cannot be one.
func (p Programme) checkGrants(grants []Grant) error {
	for i, grant := range grants {
		at := union.Indexed("granted", i)
		if _, err := find(p.kinds, at+".kind", grant.Kind); err != nil {
			return err
		}
		switch {
		case grant.On.IsZero():
			return union.NewFault(union.ErrMissing, at+".on", "", "")
		case grant.Amount.Sign() < 0:
			return union.NewFault(union.ErrRange, at+".amount", grant.Amount.String(), "0.00 or more")
		}
	}
	return nil
}

// A judging gathers the reasons of a verdict on an application.
type judging struct {
	application Application
	kind        Kind
	least, most union.Money // that may be approved
	reasons     []union.Reason
	barred      bool // whatever the sum
}

// add notes a reason for or against the sum that is asked.
func (j *judging) add(where, rule, got, want string, standing union.Standing) {
	j.reasons = append(j.reasons, union.Reason{Standing: standing, Finding: union.Finding{Where: where, Rule: rule, Got: got, Want: want}})
}

// bar notes a reason that has nothing to do with the sum.
func (j *judging) bar(where, rule, got, want string, standing union.Standing) {
	j.add(where, rule, got, want, standing)
	j.barred = j.barred || standing == union.Unmet
}

// metIf returns how a rule stands that holds or does not.
func metIf(holds bool) union.Standing {
	if holds {
		return union.Met
	}
	return union.Unmet
}

// atMost notes that the sum asked may not exceed another, which the answer does not
// exceed either.
func (j *judging) atMost(where, rule string, most union.Money) {
	asked := j.application.Asked
	j.add(where, rule, asked.String(), "at most "+most.String(), metIf(asked.Cmp(most) <= 0))
	j.lower(most)
}

// lower bounds the sum that may be approved by another.
func (j *judging) lower(most union.Money) {
	if most.Cmp(j.most) < 0 {
		j.most = most
	}
}

func (j *judging) file(file union.Verdict) {
	if !j.kind.Filed {
		return
	}
	standing, got := union.Unknown, "not known"
	if file.Question != "" {
		standing, got = file.Standing, file.Question+": "+file.Answer
	}
	j.bar("file", "the household has a file in force", got, "a file in force", standing)
}

func (j *judging) rate(w weighedApplication) {
	got := "none"
	if w.rate >= 0 {
		got = union.Indexed("rates", w.rate)
	}
	j.bar("rate", j.kind.Title, got, "a rate that applies", metIf(w.rate >= 0))
}

// sums notes how the sum asked stands to what the rate gives and to the facts that
// it may not exceed.
func (j *judging) sums(w weighedApplication, facts []Fact) {
	asked, rate := j.application.Asked, j.kind.Rates[w.rate]
	if rate.Exactly != nil {
		j.add("asked.exactly", j.kind.Title, asked.String(), w.most.String(), metIf(asked == w.most))
	}
	if rate.Least != nil {
		j.add("asked.least", j.kind.Title, asked.String(), "at least "+w.least.String(), metIf(asked.Cmp(w.least) >= 0))
	}
	if rate.Most != nil {
		j.atMost("asked.most", j.kind.Title, w.most)
	}
	for _, fact := range j.kind.AtMost {
		j.atMost("asked."+fact, titleOfFact(facts, fact), w.holds[fact])
	}
}

// granted notes how the sum stands to what was granted of the kind before, and how
// often that was.
func (j *judging) granted(w weighedApplication, grants []Grant) error {
	var total union.Money
	times := 0
	for i, grant := range grants {
		if grant.Kind != j.kind.Key || !j.counts(grant, j.kind.Per, j.kind.Year) {
			continue
		}
		var err error
		if total, err = total.Add(grant.Amount); err != nil {
			return union.Within(union.Indexed("granted", i)+".amount", err)
		}
		times++
	}
	if j.kind.Rates[w.rate].Most != nil {
		left, err := w.most.Sub(total)
		if err != nil {
			return union.Within("granted", err)
		}
		asked := j.application.Asked
		j.add("granted", j.kind.Title, asked.String()+" after "+total.String(), "at most "+w.most.String()+" together", metIf(asked.Cmp(left) <= 0))
		j.lower(left)
	}
	j.times("times", j.kind.Title, times, j.kind.Times)
	return nil
}

// times notes a number of grants, the one that is asked for counted, where it is
// bounded.
func (j *judging) times(where, rule string, before, most int) {
	if most > 0 {
		j.bar(where, rule, "grant "+strconv.Itoa(before+1), "at most "+strconv.Itoa(most), metIf(before < most))
	}
}

// counts reports whether a grant counts for the same holder in the same year.
func (j *judging) counts(grant Grant, per Holder, year *YearDay) bool {
	a := j.application
	same := grant.Household == a.Household
	if per == PerPerson {
		same = grant.Person == a.Person
	}
	return same && !grant.On.After(a.On) && year.yearOf(grant.On) == year.yearOf(a.On)
}

// limit notes how a limit over several kinds stands, if it counts the kind.
func (j *judging) limit(where string, limit KindLimit, grants []Grant) {
	of := func(kind string) bool { return len(limit.Kinds) == 0 || slices.Contains(limit.Kinds, kind) }
	if !of(j.kind.Key) {
		return
	}
	times := 0
	different := map[string]bool{}
	for _, grant := range grants {
		if of(grant.Kind) && j.counts(grant, limit.Per, limit.Year) {
			times++
			different[grant.Kind] = true
		}
	}
	j.times(where+".times", limit.Title, times, limit.Times)
	if limit.Different > 0 {
		different[j.kind.Key] = true
		j.bar(where+".different", limit.Title, strconv.Itoa(len(different))+" kinds", "at most "+strconv.Itoa(limit.Different),
			metIf(len(different) <= limit.Different))
	}
}

// answer returns the highest sum that may be approved, empty if none may.
func (j *judging) answer() string {
	if j.barred || j.most.Sign() <= 0 || j.most.Cmp(j.least) < 0 {
		return ""
	}
	return j.most.String()
}

// Working says how the sums that a programme gives on an application came about. It
// reports the faults of [Programme.Entitlement].
func (p Programme) Working(application Application, lines Lines) (union.Working, error) {
	w, err := p.weigh(application, lines)
	if err != nil {
		return union.Working{}, err
	}
	kind := p.spec.Kinds[w.kind]
	whole := union.Working{Item: kind.Title, Rule: p.spec.Title + "（" + p.spec.Version + "），" + p.spec.Source, Result: "不予救助"}
	for _, at := range p.asks[w.kind].traits {
		trait := p.spec.Traits[at]
		whole.Inputs = append(whole.Inputs, union.Input{Name: trait.Title, Value: titlesOf(trait.Terms, []string{application.Traits[trait.Key]})})
	}
	if w.rate < 0 {
		return whole, nil
	}
	whole.Result = w.most.String()
	for _, each := range kind.Rates[w.rate].amounts() {
		if each.name == "least" {
			whole.Result = w.least.String() + "至" + w.most.String()
		}
		name := map[string]string{"exactly": "标准", "least": "最低", "most": "最高"}[each.name]
		whole.Parts = append(whole.Parts, w.size.working(name, *each.amount, p.spec.Facts))
	}
	if kind.Rounding != (union.Rounding{}) {
		whole.Rounding = kind.Rounding.Title()
	}
	return whole, nil
}

// A CostPart is what one source bears of a sum.
type CostPart struct {
	Source string      `json:"source"`
	Amount union.Money `json:"amount"`
}

// CostParts shares a sum out among the sources that bear it by a rate of a kind,
// which its place says, from 0: to the fen, by largest remainders; a fen for which
// two sources stand alike goes to the first. A rate that states no shares has none.
// The errors:
//   - [union.ErrMissing] and [union.ErrUnknown], for the kind;
//   - [union.ErrRange], for a rate that the kind does not have, and for a sum below
//     zero.
func (p Programme) CostParts(kind string, rate int, sum union.Money) ([]CostPart, error) {
	code, err := find(p.kinds, "kind", kind)
	if err != nil {
		return nil, err
	}
	rates := p.spec.Kinds[code-1].Rates
	if rate < 0 || rate >= len(rates) {
		return nil, union.NewFault(union.ErrRange, "rate", strconv.Itoa(rate), "0 to "+strconv.Itoa(len(rates)-1))
	}
	if sum.Sign() < 0 {
		return nil, union.NewFault(union.ErrRange, "sum", sum.String(), "0.00 or more")
	}
	shares := rates[rate].Shares
	if len(shares) == 0 {
		return nil, nil
	}
	weights := make([]int64, len(shares))
	for i, share := range shares {
		weights[i] = share.Weight
	}
	amounts, _, err := sum.Allocate(weights...)
	if err != nil {
		return nil, err
	}
	parts := make([]CostPart, len(shares))
	for i, share := range shares {
		parts[i] = CostPart{Source: share.Source, Amount: amounts[i]}
	}
	return parts, nil
}
