package employment_test

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/employment"
	"github.com/unioncampaign/union/internal/laws"
)

// records are a drawn lot: who they are and what they say depends on their
// number alone, so that two lots never contradict each other.
type records struct {
	registrations []employment.Registration
	intentions    []employment.Intention
}

var (
	categoryKeys  = []string{"", "youth", "graduate", "laid-off", "migrant"}
	schoolingKeys = []string{"", "school", "college"}
	ageKeys       = []string{"", "young", "old"}
	postingKeys   = []string{"fitter", "operator", "waiter", "turner"}
	stageKeys     = []string{"intention", "agreed", "signed"}
)

func registrationOf(n int) employment.Registration {
	return employment.Registration{
		Seeker: fmt.Sprintf("s%d", n), Category: categoryKeys[n%5], Schooling: schoolingKeys[n%3], Age: ageKeys[n%3],
		Carried: n%4 == 0, Day: firstDay,
	}
}

// withinOpenings leaves the signing of a posting to as many seekers as it has
// openings, so that floors of two lots always merge.
func withinOpenings(i employment.Intention) employment.Intention {
	signers := map[string]string{"fitter": "s0 s4 s8", "operator": "s1 s5", "waiter": "s2", "turner": "s3 s7"}
	if i.Stage == "signed" && !slices.Contains(strings.Fields(signers[i.Posting]), i.Seeker) {
		i.Stage = "agreed"
	}
	return i
}

func drawRecords(r *rapid.T) records {
	var lot records
	for _, n := range rapid.SliceOfN(rapid.IntRange(0, 9), 0, 12).Draw(r, "seekers") {
		lot.registrations = append(lot.registrations, registrationOf(n))
	}
	if len(lot.registrations) == 0 {
		return lot
	}
	for range rapid.IntRange(0, 12).Draw(r, "steps") {
		seeker := rapid.SampledFrom(lot.registrations).Draw(r, "seeker")
		each := employment.Intention{
			Seeker: seeker.Seeker, Posting: rapid.SampledFrom(postingKeys).Draw(r, "posting"),
			Stage: rapid.SampledFrom(stageKeys).Draw(r, "stage"), Day: secondDay,
		}
		lot.intentions = append(lot.intentions, withinOpenings(each))
	}
	return lot
}

// floorOf counts a lot at the sample fair, with the sample's employers and
// postings.
func floorOf(fair employment.Fair, lot records) (employment.Floor, error) {
	floor := fair.Floor()
	err := fill(fair, &floor, sampleEmployers(), samplePostings(), lot.registrations, lot.intentions)
	return floor, err
}

func drawFloor(fair employment.Fair) func(*rapid.T) employment.Floor {
	return func(r *rapid.T) employment.Floor { return must(floorOf(fair, drawRecords(r))) }
}

func TestAFloorIsATally(t *testing.T) {
	fair := sampleFair()
	laws.Tally[employment.Floor](t, drawFloor(fair))
	laws.Folds[employment.Floor](t, fair.Floor, drawVisits, func(floor *employment.Floor, each visit) error { return each.count(floor) })
}

// A visit is what a seeker does at the fair, with the employers and postings that
// it needs: so visits can be counted on any floor.
type visit struct {
	registration employment.Registration
	intentions   []employment.Intention
}

func (v visit) count(floor *employment.Floor) error {
	return fill(sampleFair(), floor, sampleEmployers(), samplePostings(), []employment.Registration{v.registration}, v.intentions)
}

func drawVisits(r *rapid.T) []visit {
	visits := []visit{{registration: registrationOf(0)}} // so that both sides have the postings
	for _, n := range rapid.SliceOfN(rapid.IntRange(0, 9), 0, 8).Draw(r, "seekers") {
		each := visit{registration: registrationOf(n)}
		for range rapid.IntRange(0, 3).Draw(r, "steps") {
			each.intentions = append(each.intentions, withinOpenings(employment.Intention{
				Seeker: each.registration.Seeker, Posting: rapid.SampledFrom(postingKeys).Draw(r, "posting"),
				Stage: rapid.SampledFrom(stageKeys).Draw(r, "stage"), Day: secondDay,
			}))
		}
		visits = append(visits, each)
	}
	return visits
}

func TestAFunnelIsATally(t *testing.T) {
	fair := sampleFair()
	passages := rapid.SliceOfN(rapid.Custom(drawPassage), 0, 8)
	laws.Tally[employment.Funnel](t, func(r *rapid.T) employment.Funnel {
		funnel := fair.Funnel()
		for _, passage := range passages.Draw(r, "passages") {
			require.NoError(r, funnel.Add(passage))
		}
		return funnel
	})
	laws.Folds[employment.Funnel](t, fair.Funnel, func(r *rapid.T) []employment.Passage { return passages.Draw(r, "passages") },
		(*employment.Funnel).Add)
}

func drawPassage(r *rapid.T) employment.Passage {
	code := func(name string, least, most uint16) union.Code {
		return union.Code(rapid.Uint16Range(least, most).Draw(r, name))
	}
	return employment.Passage{
		Stage: code("stage", 1, 4), Category: code("category", 0, 4), Sector: code("sector", 0, 3), Region: code("region", 0, 4),
	}
}

// equal returns an error unless the two reports, or whatever else, are equal.
func equal(what string, got, want any) error {
	if reflect.DeepEqual(got, want) {
		return nil
	}
	return fmt.Errorf("%s: got %+v, want %+v", what, got, want)
}

// whole is a count as a number.
func whole(count union.Count) int64 {
	low, high, ok := count.Bounds()
	if !ok || low != high {
		panic("the count is not exact")
	}
	return low
}

// The counts of a lot, by the slow and obvious way: for each question, ask every
// record.
func obvious(lot records) (counts map[string]int64) {
	counts = map[string]int64{"registrations": int64(len(lot.registrations))}
	seen := map[string]bool{}
	for _, each := range lot.registrations {
		if seen[each.Seeker] {
			continue
		}
		seen[each.Seeker] = true
		counts["seekers"]++
		if each.Carried {
			counts["carried"]++
		} else {
			counts["new"]++
		}
		counts["category "+each.Category]++
		if each.Category == "graduate" {
			counts["category youth"]++
		}
	}
	for _, stage := range stageKeys {
		reached := map[string]bool{}
		for _, each := range lot.intentions {
			if each.Stage == stage {
				counts["times "+stage]++
				reached[each.Seeker] = true
			}
		}
		counts["persons "+stage] = int64(len(reached))
	}
	return counts
}

// counted are the same counts as a report says them.
func counted(r employment.Report) map[string]int64 {
	counts := map[string]int64{
		"registrations": whole(r.Registrations), "seekers": whole(r.Seekers),
		"carried": whole(r.SeekersCarried), "new": whole(r.SeekersNew),
		"category ": whole(r.Categories[employment.Unknown]),
	}
	for _, key := range categoryKeys[1:] {
		counts["category "+key] = whole(r.Categories[key])
	}
	for _, stage := range stageKeys {
		counts["times "+stage] = whole(r.Stages[stage].PersonTimes)
		counts["persons "+stage] = whole(r.Stages[stage].Persons)
	}
	return counts
}

// A counter makes the report of lots that were counted apart.
type counter func(lots ...records) (employment.Report, error)

func count(fair employment.Fair) counter {
	return func(lots ...records) (employment.Report, error) {
		var sum employment.Floor
		for _, lot := range lots {
			floor, err := floorOf(fair, lot)
			if err != nil {
				return employment.Report{}, err
			}
			if err := sum.Merge(floor); err != nil {
				return employment.Report{}, err
			}
		}
		return fair.Report(sum)
	}
}

// countsAsTheObvious says that a report agrees with the slow counts.
func countsAsTheObvious(report counter) laws.Law {
	return func(r *rapid.T) error {
		lot := drawRecords(r)
		made, err := report(lot)
		if err != nil {
			return err
		}
		got, want := counted(made), obvious(lot)
		for key, n := range got {
			if n != want[key] {
				return fmt.Errorf("%s: got %d, want %d", key, n, want[key])
			}
		}
		return nil
	}
}

func TestAReportAgreesWithTheSlowCount(t *testing.T) {
	laws.Holds(t, countsAsTheObvious(count(sampleFair())))
	laws.Rejects(t, countsAsTheObvious(func(lots ...records) (employment.Report, error) {
		report, err := count(sampleFair())(lots...)
		report.Seekers = must(union.NewCount(whole(report.Registrations), 1, union.Persons, union.Exactly))
		return report, err // person-times pass for persons
	}))
}

// splitFold says that counting in any order, cut anywhere along the
// seekers, gives the report of one count.
func splitFold(report counter) laws.Law {
	return func(r *rapid.T) error {
		lot := drawRecords(r)
		var left, right records
		cut := map[string]bool{}
		for _, each := range rapid.Permutation(lot.registrations).Draw(r, "order") {
			if _, known := cut[each.Seeker]; !known {
				cut[each.Seeker] = rapid.Bool().Draw(r, "side")
			}
			side := &left
			if cut[each.Seeker] {
				side = &right
			}
			side.registrations = append(side.registrations, each)
		}
		for _, each := range rapid.Permutation(lot.intentions).Draw(r, "order of steps") {
			side := &left
			if cut[each.Seeker] {
				side = &right
			}
			side.intentions = append(side.intentions, each)
		}
		once, err := report(lot)
		if err != nil {
			return err
		}
		apart, err := report(left, right)
		if err != nil {
			return err
		}
		return equal("counted apart", apart, once)
	}
}

func TestSplittingTheSeekersChangesNothing(t *testing.T) {
	fair := sampleFair()
	laws.Holds(t, splitFold(count(fair)))
	laws.Rejects(t, splitFold(func(lots ...records) (employment.Report, error) {
		var sum employment.Report
		for _, lot := range lots { // a broken merge: openings of a posting on two floors are added
			report, err := count(fair)(lot)
			if err != nil {
				return sum, err
			}
			openings := report.Openings
			if sum.Employers != (union.Count{}) {
				openings = must(openings.Add(sum.Openings))
			}
			sum, err = count(fair)(lots...)
			if err != nil {
				return sum, err
			}
			sum.Openings = openings
		}
		return sum, nil
	}))
}

// carriedAndNew says of persons by category and entry, in every cell and in
// the margin, that the total is what is carried over and what is new.
func carriedAndNew(persons func(records) (total, carried, fresh []int64)) laws.Law {
	return func(r *rapid.T) error {
		total, carried, fresh := persons(drawRecords(r))
		var all, sum int64
		for i := range total {
			if total[i] != carried[i]+fresh[i] {
				return fmt.Errorf("category %d: %d is not %d carried and %d new", i, total[i], carried[i], fresh[i])
			}
			all, sum = all+total[i], sum+carried[i]+fresh[i]
		}
		return equal("the margin", sum, all)
	}
}

func TestTotalIsCarriedOverAndNew(t *testing.T) {
	fair := sampleFair()
	persons := func(lot records) (total, carried, fresh []int64) {
		table := must(fair.Persons(must(floorOf(fair, lot))))
		layout := fair.PersonsLayout()
		for code := range union.Code(5) {
			at := map[string]union.Code{"category": code}
			total = append(total, must(layout.Sum(table, at)))
			at["entry"] = 1
			fresh = append(fresh, must(layout.Sum(table, at)))
			at["entry"] = 2
			carried = append(carried, must(layout.Sum(table, at)))
		}
		return total, carried, fresh
	}
	laws.Holds(t, carriedAndNew(persons))
	laws.Rejects(t, carriedAndNew(func(lot records) (total, carried, fresh []int64) {
		total, carried, fresh = persons(lot)
		for i := range total {
			total[i] += fresh[i] // what is new is counted twice
		}
		return total, carried, fresh
	}))
}

// partsSumToWholes says of who recruits and of what they offer that each list of
// the report sums to what was counted, with what names no term, and that firms
// are local, from outside or from nowhere known.
func partsSumToWholes(report func([]employment.Employer, []employment.Posting) (employment.Report, error)) laws.Law {
	return func(r *rapid.T) error {
		var employers []employment.Employer
		var postings []employment.Posting
		var openings, carried int64
		for i := range rapid.IntRange(0, 5).Draw(r, "employers") {
			employers = append(employers, employment.Employer{
				Key:    fmt.Sprint("e", i),
				Region: rapid.SampledFrom([]string{"", "county", "east", "west", "neighbour"}).Draw(r, "region"),
				Kind:   rapid.SampledFrom([]string{"", "state", "private"}).Draw(r, "kind"),
			})
			for j := range rapid.IntRange(0, 2).Draw(r, "postings") {
				postings = append(postings, employment.Posting{
					Key: fmt.Sprint("p", i, "-", j), Employer: fmt.Sprint("e", i),
					Sector:   rapid.SampledFrom([]string{"", "machinery", "chemistry", "catering"}).Draw(r, "sector"),
					Openings: rapid.Int64Range(1, 9).Draw(r, "openings"), Carried: rapid.Bool().Draw(r, "carried"),
				})
				last := postings[len(postings)-1]
				if openings += last.Openings; last.Carried {
					carried += last.Openings
				}
			}
		}
		made, err := report(employers, postings)
		if err != nil {
			return err
		}
		firms := int64(len(employers))
		unknown := whole(made.Regions["unknown"])
		return errors.Join(
			equal("firms by region", whole(made.Regions["county"])+whole(made.Regions["neighbour"])+unknown, firms),
			equal("firms near and far", whole(made.Local)+whole(made.Outside)+unknown, firms),
			equal("firms by kind", whole(made.Kinds["state"])+whole(made.Kinds["private"])+whole(made.Kinds["unknown"]), firms),
			equal("openings by sector", whole(made.Sectors["machinery"])+whole(made.Sectors["chemistry"])+
				whole(made.Sectors["catering"])+whole(made.Sectors["unknown"]), openings),
			equal("openings", whole(made.Openings), openings),
			equal("openings carried over", whole(made.OpeningsCarried), carried),
			equal("openings that are new", whole(made.OpeningsNew), openings-carried),
		)
	}
}

func TestEveryListSumsToItsWhole(t *testing.T) {
	fair := sampleFair()
	report := func(employers []employment.Employer, postings []employment.Posting) (employment.Report, error) {
		floor := fair.Floor()
		if err := fill(fair, &floor, employers, postings, nil, nil); err != nil {
			return employment.Report{}, err
		}
		return fair.Report(floor)
	}
	laws.Holds(t, partsSumToWholes(report))
	laws.Rejects(t, partsSumToWholes(func(employers []employment.Employer, postings []employment.Posting) (employment.Report, error) {
		return report(employers, slices.DeleteFunc(postings, func(p employment.Posting) bool {
			return p.Sector == "" // what names no sector is dropped
		}))
	}))
	laws.Rejects(t, partsSumToWholes(func(employers []employment.Employer, postings []employment.Posting) (employment.Report, error) {
		made, err := report(employers, postings)
		made.Outside = must(made.Outside.Add(made.Regions["unknown"])) // from nowhere known is from elsewhere
		return made, err
	}))
}

// undefinedOverNothing says that a ratio over no seeker is undefined, never
// zero or without end, and over some is exact.
func undefinedOverNothing(tightness func(openings, seekers int64) (union.Number, error)) laws.Law {
	return func(r *rapid.T) error {
		openings := rapid.Int64Range(0, 50).Draw(r, "openings")
		seekers := rapid.Int64Range(0, 3).Draw(r, "seekers")
		n, err := tightness(openings, seekers)
		if seekers == 0 {
			if !errors.Is(err, union.ErrUndefined) {
				return fmt.Errorf("over nothing: %s, %w", n, errors.Join(err, errors.New("not undefined")))
			}
			return nil
		}
		if err != nil {
			return err
		}
		if product := n.Mul(union.Whole(seekers)); !product.Equal(union.Whole(openings)) {
			return fmt.Errorf("%s times %d is %s, not %d", n, seekers, product, openings)
		}
		return nil
	}
}

func TestARatioOverNoSeekersIsUndefined(t *testing.T) {
	fair := sampleFair()
	tightness := func(openings, seekers int64) (union.Number, error) {
		rates := fair.Rates(employment.Report{
			Openings: must(union.NewCount(openings, 1, union.Posts, union.Exactly)),
			Seekers:  must(union.NewCount(seekers, 1, union.Persons, union.Exactly)),
		})
		ratio, err := rates[3].Ratio()
		if err != nil {
			return union.Number{}, err
		}
		return ratio.Number()
	}
	laws.Holds(t, undefinedOverNothing(tightness))
	laws.Rejects(t, undefinedOverNothing(func(openings, seekers int64) (union.Number, error) {
		if seekers == 0 {
			return union.Number{}, nil
		}
		return tightness(openings, seekers)
	}))
}

// sumsToHundred says that shares by largest remainder sum to 100 and are
// each within one last place of the exact share, and that nothing stays nothing.
func sumsToHundred(shares func(parts []int64) ([]union.Number, error)) laws.Law {
	return func(r *rapid.T) error {
		parts := rapid.SliceOfN(rapid.Int64Range(0, 40), 3, 3).Draw(r, "parts")
		total := parts[0] + parts[1] + parts[2]
		printed, err := shares(parts)
		if total == 0 {
			if !errors.Is(err, union.ErrUndefined) {
				return errors.New("shares of nothing are not undefined")
			}
			return nil
		}
		if err != nil {
			return err
		}
		var sum union.Number
		place := union.MustParseNumber("0.01")
		for i, share := range printed {
			sum = sum.Add(share)
			exact := must(union.NewNumber(parts[i]*100, total))
			off := share.Sub(exact)
			if off.Sign() < 0 {
				off = off.Neg()
			}
			if off.Cmp(place) >= 0 || parts[i] == 0 && share.Sign() != 0 {
				return fmt.Errorf("part %d of %v: %s", i, parts, share)
			}
		}
		if !sum.Equal(union.Whole(100)) {
			return fmt.Errorf("shares of %v sum to %s", parts, sum)
		}
		return nil
	}
}

// sharesUnder are the shares of three categories, and of none unknown, under a
// balance.
func sharesUnder(balance union.Balance) func([]int64) ([]union.Number, error) {
	spec := sampleSpec()
	spec.Share.Balance = balance
	fair := must(employment.NewFair(spec))
	return func(parts []int64) ([]union.Number, error) {
		categories := map[string]union.Count{}
		for i, key := range []string{"youth", "laid-off", "migrant"} {
			categories[key] = must(union.NewCount(parts[i], 1, union.Persons, union.Exactly))
		}
		shares, err := fair.Shares(employment.Report{Categories: categories})
		return shares.Percents, err
	}
}

func TestBalancedSharesSumToAHundred(t *testing.T) {
	laws.Holds(t, sumsToHundred(sharesUnder(union.LargestRemainder)))
	laws.Rejects(t, sumsToHundred(sharesUnder(union.Plain)))
}

// restIsWithinHalfAPlaceEach says of a balance with one residual part that
// the shares sum to 100, that all but one are what rounding makes them, and that
// the one is off by at most half a place for each part.
func restIsWithinHalfAPlaceEach(shares func([]int64) ([]union.Number, error)) laws.Law {
	plain := sharesUnder(union.Plain)
	return func(r *rapid.T) error {
		parts := rapid.SliceOfN(rapid.Int64Range(1, 40), 3, 3).Draw(r, "parts")
		printed, err := shares(parts)
		if err != nil {
			return err
		}
		rounded, err := plain(parts)
		if err != nil {
			return err
		}
		var sum union.Number
		moved := 0
		for i := range printed {
			sum = sum.Add(printed[i])
			if !printed[i].Equal(rounded[i]) {
				moved++
			}
		}
		exact := must(union.NewNumber(parts[2]*100, parts[0]+parts[1]+parts[2]))
		off := printed[2].Sub(exact)
		if off.Sign() < 0 {
			off = off.Neg()
		}
		bound := union.MustParseNumber("0.015") // three parts, half a place each
		if !sum.Equal(union.Whole(100)) || moved > 1 || off.Cmp(bound) > 0 {
			return fmt.Errorf("shares of %v: %v", parts, printed)
		}
		return nil
	}
}

func TestAResidualShareTakesTheRestAndNoMore(t *testing.T) {
	laws.Holds(t, restIsWithinHalfAPlaceEach(sharesUnder(union.LastTakesRest)))
	laws.Rejects(t, restIsWithinHalfAPlaceEach(sharesUnder(union.Plain)))
}

// neverOverfilled says that a signing is refused exactly where its posting has no
// opening left for another person, that the floor is then unchanged, and that two
// floors merge unless together they have too many.
func neverOverfilled(start func() employment.Floor) laws.Law {
	fair := sampleFair()
	return func(r *rapid.T) error {
		floors := [2]employment.Floor{start(), start()}
		var signed [2]map[string]map[string]bool
		for side := range floors {
			signed[side] = map[string]map[string]bool{}
			for range rapid.IntRange(0, 8).Draw(r, "signings") {
				each := employment.Intention{
					Seeker: rapid.SampledFrom([]string{"s1", "s2", "s3", "s4"}).Draw(r, "seeker"), Stage: "signed",
					Posting: rapid.SampledFrom(postingKeys).Draw(r, "posting"), Day: secondDay,
				}
				if signed[side][each.Posting] == nil {
					signed[side][each.Posting] = map[string]bool{}
				}
				who := signed[side][each.Posting]
				left := who[each.Seeker] || len(who) < openingsOf[each.Posting]
				before := must(floors[side].AppendBinary(nil))
				err := floors[side].AddIntention(fair, each)
				if left != (err == nil) || !left && !errors.Is(err, union.ErrRange) {
					return fmt.Errorf("%d signed: %w", len(who), errors.Join(err, errors.New("not as the openings say")))
				}
				if left {
					who[each.Seeker] = true
				} else if after := must(floors[side].AppendBinary(nil)); string(after) != string(before) {
					return errors.New("a refused signing was counted")
				}
			}
		}
		fits := true
		for posting, n := range openingsOf {
			both := maps.Clone(signed[0][posting])
			if both == nil {
				both = map[string]bool{}
			}
			maps.Copy(both, signed[1][posting])
			fits = fits && len(both) <= n
		}
		if err := floors[0].Merge(floors[1]); fits != (err == nil) {
			return fmt.Errorf("merged: %w", errors.Join(err, errors.New("not as the openings say")))
		}
		return nil
	}
}

var openingsOf = map[string]int{"fitter": 3, "operator": 2, "waiter": 1, "turner": 2}

func TestNoPostingIsSignedForBeyondItsOpenings(t *testing.T) {
	fair := sampleFair()
	registered := func(more int64) func() employment.Floor {
		return func() employment.Floor {
			floor, postings := fair.Floor(), samplePostings()
			for i := range postings {
				postings[i].Openings += more
			}
			if err := fill(fair, &floor, sampleEmployers(), postings, sampleRegistrations(), nil); err != nil {
				panic(err)
			}
			return floor
		}
	}
	laws.Holds(t, neverOverfilled(registered(0)))
	laws.Rejects(t, neverOverfilled(registered(1)))
}

// stepsAreNotSkipped says how many steps towards signing lack the one
// before, at the same posting: intentions are at least hires.
func stepsAreNotSkipped(check func(records) []union.Finding) laws.Law {
	before := map[string]string{"agreed": "intention", "signed": "agreed"}
	return func(r *rapid.T) error {
		lot := drawRecords(r)
		taken := map[[3]string]bool{}
		for _, each := range lot.intentions {
			taken[[3]string{each.Seeker, each.Posting, each.Stage}] = true
		}
		want := map[string]int{}
		for each := range taken {
			if earlier, ok := before[each[2]]; ok && !taken[[3]string{each[0], each[1], earlier}] {
				want[fmt.Sprintf("stages[%q]", each[2])]++
			}
		}
		got := map[string]int{}
		for _, finding := range check(lot) {
			var n int
			if _, err := fmt.Sscanf(finding.Got, "%d who had not", &n); err == nil {
				got[finding.Where] = n
			}
		}
		return equal("skipped steps", got, want)
	}
}

func TestAStageReachedWithoutTheOneBeforeIsFound(t *testing.T) {
	fair := sampleFair()
	laws.Holds(t, stepsAreNotSkipped(func(lot records) []union.Finding {
		return must(fair.Check(must(floorOf(fair, lot))))
	}))
	laws.Rejects(t, stepsAreNotSkipped(func(lot records) []union.Finding {
		for i := range lot.intentions {
			lot.intentions[i].Posting = "fitter" // the posting is forgotten
		}
		return must(fair.Check(must(floorOf(fair, lot))))
	}))
}

// personTimesOverPersons says of two fairs that the person-times are at
// least the persons, counted once over both in either order.
func personTimesOverPersons(persons func(a, b union.Register) int) laws.Law {
	fair := sampleFair()
	return func(r *rapid.T) error {
		lots := [2]records{drawRecords(r), drawRecords(r)}
		var registers [2]union.Register
		all, times := map[string]bool{}, 0
		for i, lot := range lots {
			registers[i] = must(floorOf(fair, lot)).Seekers()
			times += len(lot.registrations)
			for _, each := range lot.registrations {
				all[each.Seeker] = true
			}
		}
		one, other := persons(registers[0], registers[1]), persons(registers[1], registers[0])
		if one != other || one != len(all) || one > times {
			return fmt.Errorf("%d persons, or %d, of %d, in %d person-times", one, other, len(all), times)
		}
		return nil
	}
}

func TestPersonsOverTwoFairsAreCountedOnce(t *testing.T) {
	laws.Holds(t, personTimesOverPersons(func(a, b union.Register) int {
		var both union.Register
		require.NoError(t, both.Merge(a))
		require.NoError(t, both.Merge(b))
		return both.Len()
	}))
	laws.Rejects(t, personTimesOverPersons(func(a, b union.Register) int { return a.Len() + b.Len() }))
}

// refusedChangesNothing says that a floor is the same after a record that
// it refuses.
func refusedChangesNothing(add func(*employment.Floor, employment.Intention) error) laws.Law {
	fair := sampleFair()
	return func(r *rapid.T) error {
		lot := drawRecords(r)
		floor, before := must(floorOf(fair, lot)), must(floorOf(fair, lot))
		wrong := employment.Intention{
			Seeker:  rapid.SampledFrom([]string{"s0", "s1", "stranger"}).Draw(r, "seeker"),
			Posting: rapid.SampledFrom([]string{"fitter", "unheard-of"}).Draw(r, "posting"),
			Stage:   rapid.SampledFrom([]string{"signed", "registered", "", "dreamt"}).Draw(r, "stage"),
			Day:     rapid.SampledFrom([]union.Date{secondDay, {}}).Draw(r, "day"),
		}
		if add(&floor, wrong) == nil {
			return nil
		}
		return equal("the floor", floor, before)
	}
}

func TestARefusedRecordChangesNothing(t *testing.T) {
	fair := sampleFair()
	add := func(floor *employment.Floor, record employment.Intention) error {
		return floor.AddIntention(fair, record)
	}
	laws.Holds(t, refusedChangesNothing(add))
	laws.Rejects(t, refusedChangesNothing(func(floor *employment.Floor, record employment.Intention) error {
		if !record.Day.IsZero() { // the day is checked last, when all else is counted
			return add(floor, record)
		}
		record.Day = secondDay
		if err := add(floor, record); err != nil {
			return err
		}
		return errors.New("no day")
	}))
}

// codedAgrees says that the coded way and the keyed way count the same.
func codedAgrees(code func(fair employment.Fair, stage, category, sector, region string) (employment.Passage, error)) laws.Law {
	fair := sampleFair()
	postings, employers := map[string]employment.Posting{}, map[string]employment.Employer{}
	for _, each := range samplePostings() {
		postings[each.Key] = each
	}
	for _, each := range sampleEmployers() {
		employers[each.Key] = each
	}
	return func(r *rapid.T) error {
		lot := drawRecords(r)
		keyed := must(floorOf(fair, lot)).Funnel()
		coded := fair.Funnel()
		categories := map[string]string{}
		for _, each := range lot.registrations {
			categories[each.Seeker] = each.Category
			if err := coded.Add(must(code(fair, "registered", each.Category, "", ""))); err != nil {
				return err
			}
		}
		for _, each := range lot.intentions {
			posting := postings[each.Posting]
			region := employers[posting.Employer].Region
			if err := coded.Add(must(code(fair, each.Stage, categories[each.Seeker], posting.Sector, region))); err != nil {
				return err
			}
		}
		return equal("the coded funnel", coded, keyed)
	}
}

func TestCodedAndKeyedRecordsCountTheSame(t *testing.T) {
	laws.Holds(t, codedAgrees(employment.Fair.Passage))
	laws.Rejects(t, codedAgrees(func(fair employment.Fair, stage, category, _, region string) (employment.Passage, error) {
		return fair.Passage(stage, category, "", region)
	}))
}

// sameOnEveryRun says that figures and findings depend on nothing but the
// records: not on the order in which a map is walked.
func sameOnEveryRun(say func(employment.Fair, employment.Floor) any) laws.Law {
	fair := sampleFair()
	return func(r *rapid.T) error {
		lot := drawRecords(r)
		turned := records{registrations: lot.registrations, intentions: slices.Clone(lot.intentions)}
		slices.Reverse(turned.intentions)
		one, other := must(floorOf(fair, lot)), must(floorOf(fair, turned))
		return equal("said", say(fair, one), say(fair, other))
	}
}

func TestTheSameRecordsGiveTheSameFigures(t *testing.T) {
	laws.Holds(t, sameOnEveryRun(func(fair employment.Fair, floor employment.Floor) any {
		return []any{must(fair.Figures(floor)), must(fair.Check(floor))}
	}))
	laws.Rejects(t, sameOnEveryRun(func(fair employment.Fair, floor employment.Floor) any {
		report := must(fair.Report(floor))
		return slices.Collect(maps.Keys(report.Categories)) // in whatever order they come
	}))
}
