package employment_test

import (
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/employment"
	"github.com/unioncampaign/union/internal/laws"
)

func TestAQuarterIsATally(t *testing.T) {
	laws.Tally[employment.Quarter](t, drawQuarter)
	laws.Folds[employment.Quarter](t, sampleMarket().Quarter, drawEntries, addEntry)
}

// cells returns every count of a side's lists, by dimension and term, and its
// whole.
func cells(side employment.Side) map[string]int64 {
	counts := map[string]int64{}
	for dimension, terms := range side.By {
		for term, count := range terms {
			counts[dimension+" "+term] = whole(count)
		}
	}
	return counts
}

// An onBasis makes the bulletin of a quarter on a basis.
type onBasis func(employment.Quarter, employment.Basis) (employment.Bulletin, error)

// carriedAndNewEverywhere says of both sides, in the margin and in every cell,
// that the total is what was carried over and what is new.
func carriedAndNewEverywhere(bulletin onBasis) laws.Law {
	return func(r *rapid.T) error {
		quarter := drawQuarter(r)
		var lists [3][2]map[string]int64
		for i, basis := range []employment.Basis{employment.Valid, employment.CarriedOver, employment.Fresh} {
			made, err := bulletin(quarter, basis)
			if err != nil {
				return err
			}
			lists[i] = [2]map[string]int64{cells(made.Demand), cells(made.Supply)}
			for _, side := range []employment.Side{made.Demand, made.Supply} {
				if whole(side.Total) != whole(side.Carried)+whole(side.New) {
					return fmt.Errorf("margin: %v is not %v and %v", side.Total, side.Carried, side.New)
				}
			}
			if basis == employment.CarriedOver {
				demand, supply := lists[i][0], lists[i][1]
				if err := errors.Join(
					equal("demand carried over", demand["kind state"]+demand["kind private"]+demand["kind unknown"], whole(made.Demand.Carried)),
					equal("supply carried over", supply["category youth"]+supply["category laid-off"]+supply["category unknown"], whole(made.Supply.Carried)),
				); err != nil {
					return err
				}
			}
		}
		for side := range 2 {
			for key, total := range lists[0][side] {
				if carried, fresh := lists[1][side][key], lists[2][side][key]; total != carried+fresh {
					return fmt.Errorf("%s: %d is not %d carried and %d new", key, total, carried, fresh)
				}
			}
		}
		return nil
	}
}

func TestEveryCellIsCarriedOverAndNew(t *testing.T) {
	market := sampleMarket()
	laws.Holds(t, carriedAndNewEverywhere(market.BulletinOn))
	laws.Rejects(t, carriedAndNewEverywhere(func(quarter employment.Quarter, basis employment.Basis) (employment.Bulletin, error) {
		if basis == employment.Fresh {
			basis = employment.Valid // what is new is all that is open
		}
		return market.BulletinOn(quarter, basis)
	}))
}

// A count of entries makes a bulletin of them.
type bulletinOf func([]entry) (employment.Bulletin, error)

func countEntries(entries []entry) (employment.Bulletin, error) {
	quarter := sampleMarket().Quarter()
	for _, each := range entries {
		if err := addEntry(&quarter, each); err != nil {
			return employment.Bulletin{}, err
		}
	}
	return sampleMarket().Bulletin(quarter)
}

// oneTotal says that industries, occupations and employer kinds each sum to the
// demand, and occupations and categories to the supply, unknowns included.
func oneTotal(bulletin bulletinOf) laws.Law {
	return func(r *rapid.T) error {
		entries := drawEntries(r)
		var openings, persons int64
		seen := map[string]bool{}
		for _, each := range entries {
			switch key := fmt.Sprint(each); {
			case seen[key]:
			case each.vacancy:
				openings += each.asVacancy().Openings
				seen[key] = true
			default:
				persons++
				seen[key] = true
			}
		}
		made, err := bulletin(entries)
		if err != nil {
			return err
		}
		sum := func(side employment.Side, dimension string, terms ...string) (total int64) {
			for _, term := range append(terms, "unknown") {
				total += whole(side.By[dimension][term])
			}
			return total
		}
		return errors.Join(
			equal("demand", whole(made.Demand.Total), openings),
			equal("industries", sum(made.Demand, "industry", "C", "E", "H"), openings),
			equal("occupations asked for", sum(made.Demand, "occupation", "clerk", "worker", "other", "none"), openings),
			equal("kinds", sum(made.Demand, "kind", "state", "private"), openings),
			equal("supply", whole(made.Supply.Total), persons),
			equal("occupations sought", sum(made.Supply, "occupation", "clerk", "worker", "other", "none"), persons),
			equal("categories", sum(made.Supply, "category", "youth", "laid-off"), persons),
		)
	}
}

func TestEveryListOfASideHasOneTotal(t *testing.T) {
	laws.Holds(t, oneTotal(countEntries))
	laws.Rejects(t, oneTotal(func(entries []entry) (employment.Bulletin, error) {
		var kept []entry
		for _, each := range entries {
			if !each.vacancy || each.asVacancy().Of["kind"] != "" {
				kept = append(kept, each) // what names no kind is dropped
			}
		}
		return countEntries(kept)
	}))
}

// sectorsAreTheirIndustries says that each sector is the sum of its industries, by
// adding up the records.
func sectorsAreTheirIndustries(bulletin bulletinOf) laws.Law {
	return func(r *rapid.T) error {
		entries := drawEntries(r)
		made, err := bulletin(entries)
		if err != nil {
			return err
		}
		want, seen := map[string]int64{}, map[int]bool{}
		sector := map[string]string{"C": "secondary", "E": "secondary", "H": "tertiary", "": "unknown"}
		for _, each := range entries {
			if each.vacancy && !seen[each.n] {
				seen[each.n] = true
				want[sector[each.asVacancy().Of["industry"]]] += each.asVacancy().Openings
			}
		}
		industries := made.Demand.By["industry"]
		return errors.Join(
			equal("secondary", whole(industries["secondary"]), want["secondary"]),
			equal("tertiary", whole(industries["tertiary"]), want["tertiary"]),
			equal("its industries", whole(industries["C"])+whole(industries["E"]), want["secondary"]),
			equal("the check", sampleMarket().Check(made) == nil || !findsSum(sampleMarket().Check(made)), true),
		)
	}
}

func findsSum(findings []union.Finding) bool {
	for _, each := range findings {
		if each.Rule == "what is within a term sums to it" {
			return true
		}
	}
	return false
}

func TestASectorIsTheSumOfItsIndustries(t *testing.T) {
	laws.Holds(t, sectorsAreTheirIndustries(countEntries))
	laws.Rejects(t, sectorsAreTheirIndustries(func(entries []entry) (employment.Bulletin, error) {
		made, err := countEntries(entries)
		industries := made.Demand.By["industry"]
		if err == nil { // a wrong mapping: building counts as a service
			industries["secondary"], industries["tertiary"] = industries["C"], must(industries["tertiary"].Add(industries["E"]))
		}
		return made, err
	}))
}

// spreadsExactly says that a spread keeps the total and gives each weight exactly
// its part, and that whole persons lie within one of it.
func spreadsExactly(spread func(int64, ...int64) ([]union.Number, error)) laws.Law {
	return func(r *rapid.T) error {
		open := rapid.Int64Range(0, 1000).Draw(r, "open")
		weights := rapid.SliceOfN(rapid.Int64Range(0, 50), 1, 6).Draw(r, "weights")
		var sum int64
		for _, weight := range weights {
			sum += weight
		}
		parts, err := spread(open, weights...)
		if sum == 0 {
			if errors.Is(err, union.ErrUndefined) {
				return nil
			}
			return fmt.Errorf("over nothing: %v, %w", parts, errors.Join(err, errors.New("not undefined")))
		}
		if err != nil {
			return err
		}
		var total union.Number
		split := must(union.Apportion(open, weights...))
		for i, part := range parts {
			total = total.Add(part)
			if !part.Mul(union.Whole(sum)).Equal(union.Whole(open * weights[i])) {
				return fmt.Errorf("part %d is %s of %d by %d in %d", i, part, open, weights[i], sum)
			}
			apart := part.Sub(union.Whole(split.Parts[i]))
			if apart.Cmp(union.Whole(1)) >= 0 || apart.Cmp(union.Whole(-1)) <= 0 {
				return fmt.Errorf("part %d is %s, in whole persons %d", i, part, split.Parts[i])
			}
		}
		if !total.Equal(union.Whole(open)) {
			return fmt.Errorf("the parts sum to %s, not %d", total, open)
		}
		return nil
	}
}

func TestASpreadKeepsTheTotal(t *testing.T) {
	laws.Holds(t, spreadsExactly(employment.Spread))
	laws.Rejects(t, spreadsExactly(func(open int64, weights ...int64) ([]union.Number, error) {
		parts, err := employment.Spread(open, weights...)
		for i := range parts { // what is over is lost
			parts[i] = must(union.Rounding{Mode: union.Floor}.Apply(parts[i]))
		}
		return parts, err
	}))
}

// mismatchIsAnIndex says that the index lies between 0 and 1, is unchanged when a
// side is multiplied, is 0 where the proportions agree and 1 where no group has
// both, and is what the published formula with lambda gives.
func mismatchIsAnIndex(mismatch func(u, v []union.Number) (union.Number, error)) laws.Law {
	return func(r *rapid.T) error {
		n := rapid.IntRange(1, 5).Draw(r, "groups")
		numbers := func(name string) (made []union.Number, sum int64) {
			for range n {
				drawn := rapid.Int64Range(0, 9).Draw(r, name)
				made, sum = append(made, union.Whole(drawn)), sum+drawn
			}
			return made, sum
		}
		u, seekers := numbers("u")
		v, posts := numbers("v")
		index, err := mismatch(u, v)
		if seekers == 0 || posts == 0 {
			if !errors.Is(err, union.ErrUndefined) {
				return fmt.Errorf("over nothing: %s, %w", index, errors.Join(err, errors.New("not undefined")))
			}
			return nil
		}
		if err != nil {
			return err
		}
		lambda := must(union.NewNumber(seekers, posts))
		var apart union.Number
		var scaled []union.Number
		for i := range u {
			difference := u[i].Sub(lambda.Mul(v[i]))
			if difference.Sign() < 0 {
				difference = difference.Neg()
			}
			apart = apart.Add(difference)
			scaled = append(scaled, u[i].Mul(union.Whole(7)))
		}
		want := must(apart.Quo(union.Whole(2 * seekers)))
		if !index.Equal(want) || index.Sign() < 0 || index.Cmp(union.Whole(1)) > 0 {
			return fmt.Errorf("got %s, want %s", index, want)
		}
		if again := must(mismatch(scaled, v)); !again.Equal(index) {
			return fmt.Errorf("seven times the seekers: %s, not %s", again, index)
		}
		if none := must(mismatch(u, scaled)); !none.Equal(union.Number{}) {
			return fmt.Errorf("in one proportion: %s", none)
		}
		return nil
	}
}

func TestTheMismatchIndexIsTheFormulas(t *testing.T) {
	laws.Holds(t, mismatchIsAnIndex(employment.Mismatch))
	laws.Rejects(t, mismatchIsAnIndex(func(u, v []union.Number) (union.Number, error) {
		if _, err := employment.Mismatch(u, v); err != nil {
			return union.Number{}, err
		}
		var apart, sum union.Number
		for i := range u { // the proportion of the sides is left out
			difference := u[i].Sub(v[i])
			if difference.Sign() < 0 {
				difference = difference.Neg()
			}
			apart, sum = apart.Add(difference), sum.Add(u[i])
		}
		return must(apart.Quo(sum.Mul(union.Whole(2)))), nil
	}))
}

// matchedBase says that growth over the offices of both periods is that of adding
// up those alone.
func matchedBase(against func(before, now map[string]employment.Bulletin) (employment.Change, error)) laws.Law {
	return func(r *rapid.T) error {
		offices := []string{"a", "b", "c", "d"}
		period := func(name string) (made map[string]employment.Bulletin) {
			made = map[string]employment.Bulletin{}
			for _, office := range offices {
				if rapid.Bool().Draw(r, name) {
					n := rapid.Int64Range(0, 20).Draw(r, name)
					count := must(union.NewCount(n, 1, union.Persons, union.Exactly))
					made[office] = employment.Bulletin{Demand: employment.Side{Total: count}, Supply: employment.Side{Total: count}}
				}
			}
			return made
		}
		before, now := period("before"), period("now")
		var was, is int64
		both := 0
		for _, office := range offices {
			earlier, inBefore := before[office]
			later, inNow := now[office]
			if inBefore && inNow {
				was, is, both = was+whole(earlier.Demand.Total), is+whole(later.Demand.Total), both+1
			}
		}
		change, err := against(before, now)
		if err != nil {
			return err
		}
		return errors.Join(
			equal("before", *change.Demand.Before, union.Whole(was)),
			equal("now", *change.Supply.Now, union.Whole(is)),
			equal("offices", len(change.Offices), both),
			equal("all of them", len(change.Offices)*2+len(change.Apart), len(before)+len(now)),
		)
	}
}

func TestGrowthIsOverTheOfficesOfBothPeriods(t *testing.T) {
	market := sampleMarket()
	laws.Holds(t, matchedBase(market.Against))
	laws.Rejects(t, matchedBase(func(before, now map[string]employment.Bulletin) (employment.Change, error) {
		change, err := market.Against(before, now)
		var all int64
		for _, each := range before { // the earlier total of all
			all += whole(each.Demand.Total)
		}
		n := union.Whole(all)
		change.Demand.Before = &n
		return change, err
	}))
}
