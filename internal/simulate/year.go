package simulate

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/campaign"
)

// A House is the tallies that are simulated.
type House struct {
	Kinds []Kind
	day   aid.DonationDay
	books aid.Books
	plan  campaign.Plan
	files aid.FileRule
	// post is [aid.Ledger.Post] but in a broken twin.
	post func(*aid.Ledger, aid.Entry) error
	// purse is what is done with gifts and their money.
	purse purser
	// on is [union.Hierarchy.On] but in a broken twin.
	on func(h union.Hierarchy, day union.Date) (union.Tree, error)
	// carry is [union.Hierarchy.Carry] but in a broken twin.
	carry func(h union.Hierarchy, amounts map[string]int64, from, until union.Date) (map[string]int64, error)
	// know is [union.Hierarchy.Append] but in a broken twin.
	know func(h union.Hierarchy, facts ...union.Fact) (union.Hierarchy, error)
}

// NewHouse returns every tally of the house, under rules that are made up. It is made
// once for many seeds.
func NewHouse() House {
	day := donationDayRule()
	return House{
		Kinds: slices.Concat(vocabularyKinds(), aidKinds(day), employmentKinds(), competitionKinds(), campaignKinds(), assessmentKinds()),
		day:   day, books: theBooks(), plan: thePlan(), files: fileRule(), post: (*aid.Ledger).Post, purse: thePurser(),
		on: union.Hierarchy.On, carry: union.Hierarchy.Carry, know: union.Hierarchy.Append,
	}
}

// A year is a nation in the course of being simulated.
type year struct {
	*Source
	house  House
	nation *Nation
	counts []counting
	names  []string
	events []event
	tree   union.Tree // of the day
	day    int
	n      int // how many records there were
	every  int // so many records are taken between two checks
}

// An event is one thing that happens in the year.
type event struct {
	day    int
	what   happening
	count  int     // the tally that it is of
	letter *letter // that comes in
}

// A happening is a kind of event. Those of one day happen in this order.
type happening uint8

const (
	change happening = iota // facts of the nation
	record
	post
	delivery
)

// Run simulates the year of a seed and returns the first thing that does not hold,
// with the seed. The same seed, size and house give the same year.
func (h House) Run(seed uint64, size Size) error {
	_, err := h.simulate(seed, size, true)
	return err
}

// simulate lets the year of a seed happen, and looks whether it must.
func (h House) simulate(seed uint64, size Size, look bool) (*year, error) {
	y := h.begin(seed, size)
	for len(y.events) > 0 {
		next := y.events[0]
		y.events = y.events[1:]
		if err := y.happen(next, look); err != nil {
			return y, fmt.Errorf("seed %d: %s, %s: %w", seed, dayOf(next.day), y.told(next), err)
		}
	}
	for i, each := range y.counts {
		if !look {
			break
		}
		if err := each.holds(y.Source, y.tree); err != nil {
			return y, fmt.Errorf("seed %d: %s at the end of the year: %w", seed, y.names[i], err)
		}
		if err := each.replay(y.Source, y.tree); err != nil {
			return y, fmt.Errorf("seed %d: %s told again: %w", seed, y.names[i], err)
		}
		if err := each.settle(y.Source); err != nil {
			return y, fmt.Errorf("seed %d: the reports of %s: %w", seed, y.names[i], err)
		}
	}
	if look {
		if err := h.keep(y.Source, size.Records); err != nil {
			return y, fmt.Errorf("seed %d: %w", seed, err)
		}
	}
	return y, nil
}

// keep keeps what offices have beside their tallies: ledgers, gifts with their money,
// files or a journal.
func (h House) keep(s *Source, records int) error {
	switch s.Below(4) {
	case 0:
		return of("ledgers", keep(s, h.books, 4*records, h.post))
	case 1:
		return of("gifts", keepPurses(s, h.day, h.books, h.purse, 3*records))
	case 2:
		return of("files", keepApart(s, registries(h.files), records))
	}
	return of("journals", keepApart(s, journals(h.plan), records))
}

// of says of what a fault is, and leaves its words as they are.
func of(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}

// begin draws a nation, what is counted in it, and what will happen.
func (h House) begin(seed uint64, size Size) *year {
	y := &year{Source: NewSource(seed), house: h, every: 1}
	y.nation = NewNation(y.Source, size, h.day)
	for i, kind := range chosen(y.Source, h.Kinds, size.Tallies) {
		y.counts, y.names = append(y.counts, kind.begin(y.nation)), append(y.names, kind.Name)
		for range y.From(size.Records/2, size.Records+size.Records/2) {
			y.events = append(y.events, event{day: y.Below(daysOfYear), what: record, count: i})
		}
		last := y.From(daysOfYear/3, daysOfYear-1) // and three months before
		y.events = append(y.events, event{day: last, what: post, count: i}, event{day: last - 91, what: post, count: i})
	}
	if size.Checks > 0 {
		y.every = max(1, len(y.events)/size.Checks)
	}
	for i, fact := range y.nation.facts {
		if day := fact.On.DaysSince(firstDay()); i > 0 && fact.On != y.nation.facts[i-1].On {
			y.events = append(y.events, event{day: day, what: change})
		}
	}
	y.sort()
	y.tree = must(y.nation.Hierarchy.On(y.nation.facts[0].On))
	return y
}

func (y *year) sort() {
	slices.SortStableFunc(y.events, func(a, b event) int {
		return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.what, b.what))
	})
}

// chosen returns so many kinds of each package.
func chosen(s *Source, kinds []Kind, n int) []Kind {
	if n == 0 {
		return kinds
	}
	kinds = slices.Clone(kinds)
	shuffle(s, kinds)
	taken := map[string]int{}
	return slices.DeleteFunc(kinds, func(k Kind) bool {
		taken[k.Package()]++
		return taken[k.Package()] > n
	})
}

// told says what an event is.
func (y *year) told(e event) string {
	switch e.what {
	case change:
		return "units change"
	case record:
		return "record " + fmt.Sprint(y.n) + " of " + y.names[e.count]
	case post:
		return "the reports of " + y.names[e.count] + " are due"
	default:
		return "a letter of " + y.names[e.count]
	}
}

// happen lets an event happen, and holds what must hold after it.
func (y *year) happen(e event, look bool) error {
	y.day = e.day
	switch e.what {
	case change:
		return y.change(look)
	case record:
		y.n++
		leaves := y.tree.Leaves()
		at := place{unit: unitOfID(y.tree, leaves[y.Below(len(leaves))]), n: y.n}
		if err := y.counts[e.count].record(y.Source, at); err != nil {
			return err
		}
		if look && y.n%y.every == 0 {
			return y.counts[e.count].holds(y.Source, y.tree)
		}
		return nil
	case post:
		if !look { // letters change nothing that a unit has counted
			return nil
		}
		letters, err := y.counts[e.count].post(y.Source, y.tree, e.day)
		for i := range letters {
			y.events = append(y.events, event{day: letters[i].day, what: delivery, count: e.count, letter: &letters[i]})
		}
		y.sort()
		return err
	default:
		return y.counts[e.count].deliver(y.Source, *e.letter)
	}
}

// change lets happen what happens to units on the day. What is known of earlier days
// stays as it was, and whatever units counted is with those that stand in their places.
func (y *year) change(look bool) error {
	today := dayOf(y.day)
	carried := make([]map[string]int64, len(y.counts))
	for i, each := range y.counts {
		carried[i] = each.recorded()
	}
	var known []union.Fact
	for _, fact := range y.nation.facts {
		switch {
		case fact.On.Before(today):
			known = append(known, fact)
		case fact.On == today:
			if err := y.succeed(fact); err != nil {
				return err
			}
		}
	}
	tree, err := y.house.on(y.nation.Hierarchy, today)
	y.tree = tree
	if err != nil || !look {
		return err
	}
	closed := closedOn(y.nation.facts, today)
	if err := y.house.closes(y.nation.Hierarchy, closed, today); err != nil {
		return err
	}
	then := must(today.AddDays(-y.From(1, daysOfYear)))
	if then.Before(known[0].On) {
		then = known[0].On
	}
	now, err := y.house.on(y.nation.Hierarchy, then)
	if err != nil {
		return err
	}
	if err := sameTree(must(must(union.NewHierarchy(known...)).On(then)), now); err != nil {
		return err
	}
	for i, each := range y.counts {
		if err := y.house.carries(y.nation.Hierarchy, carried[i], closed, today); err != nil {
			return fmt.Errorf("%s: %w", y.names[i], err)
		}
		if err := each.holds(y.Source, tree); err != nil {
			return fmt.Errorf("%s: %w", y.names[i], err)
		}
	}
	return nil
}

// succeed hands what units counted on to their successors: a merger's to the one unit,
// a split one's to the heir that goes on under its key, and else to the first. Those of
// a unit that is closed have none.
func (y *year) succeed(fact union.Fact) error {
	from, into := []string(nil), ""
	switch {
	case fact.Merge != nil:
		from, into = fact.Merge.Units, fact.Merge.Into.Key
	case fact.Split != nil:
		from, into = []string{fact.Split.Unit}, fact.Split.Into[0].Key
	case fact.Close != nil:
		for _, each := range y.counts {
			each.retire(fact.Close)
		}
		return nil
	default:
		return nil
	}
	for i, each := range y.counts {
		if err := each.succeed(from, into); err != nil {
			return fmt.Errorf("%s: %w", y.names[i], err)
		}
	}
	return nil
}

func total(amounts map[string]int64) int64 {
	var sum int64
	for _, n := range amounts {
		sum += n
	}
	return sum
}
