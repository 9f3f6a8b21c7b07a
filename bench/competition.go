package main

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/competition"
	"github.com/unioncampaign/union/internal/simulate"
)

// The lists of the cup that is counted, and the counties that report it.
const cupOwnerships, cupSizes, cupCounties = 4, 4, 2850

// cupClasses is how many attributes the structure of a list is stated in, each in a
// class of its own kind of work, and cupPlaces and cupCandidates how many are chosen
// of how many.
const cupClasses, cupPlaces, cupCandidates, cupHistories = 8, 1000, 10_000, 100_000

func benchEdition() competition.Edition {
	numbered := func(i int) string { return "k" + strconv.Itoa(i) }
	spec := competition.EditionSpec{
		Rule:       union.Rule{Key: "cup", Version: "1", Title: "cup", Source: "bench"},
		Organisers: []string{"bench"}, Window: union.MustParsePeriod("2010-01-01/2010-12-31"), Year: 2010,
		Ownership: termsOf("ownership", cupOwnerships, numbered), Size: termsOf("size", cupSizes, numbered),
		Levels: termsOf("levels", 3, numbered), Honours: termsOf("honours", 2, numbered), Incidents: termsOf("incidents", 2, numbered),
		Rates: union.Rounding{Mode: union.HalfUp, Places: 2}, Scores: union.Rounding{Mode: union.HalfUp, Places: 1},
	}
	award := competition.Award{
		Key: "city", Title: "city", Honour: "k1",
		Threshold: competition.Threshold{Title: "total", In: union.AtLeast(union.Whole(90))},
		Vetoes: []competition.Veto{
			{Incident: "k0", Title: "injury", Effect: competition.Effect{Bar: &competition.Bar{Years: 3}}},
			{Incident: "k1", Title: "wages", Effect: competition.Effect{ThisEdition: &competition.ThisEdition{}}},
		},
		Prior:   &competition.Prior{Honour: "k0", Title: "prior", Within: 3},
		CoolOff: &competition.CoolOff{Title: "cool-off", Years: 5},
		Quota:   competition.Quota{Total: cupPlaces},
	}
	structured := competition.Award{
		Key: "list", Title: "list", Honour: "k1",
		Threshold: award.Threshold, Quota: award.Quota,
	}
	for i := range cupClasses {
		key := "class" + strconv.Itoa(i)
		spec.Attributes = append(spec.Attributes, competition.Attribute{Key: key, Title: key, Class: "work"})
		structured.Structure = append(structured.Structure, competition.Structure{
			Key: key, Title: key, Has: []string{key}, Share: union.MustParseInterval(cupShares[i]),
		})
	}
	spec.Awards = []competition.Award{award, structured}
	return must(competition.NewEdition(spec))
}

// cupShares are the floors and ceilings of the classes, and cupBounds what they let
// be of the places.
var cupShares = [cupClasses]string{"[0.3,)", "[0.2,)", "(,0.1]", "(,0.08]", "(,0.05]", "[0.1,0.2]", "(,0.02]", "[0.05,)"}

var cupBounds = [cupClasses][2]int{{300, 1000}, {200, 1000}, {0, 100}, {0, 80}, {0, 50}, {100, 200}, {0, 20}, {50, 1000}}

func benchScorecard() assessment.Scheme {
	return must(assessment.NewScheme(assessment.SchemeSpec{
		Rule:  union.Rule{Key: "card", Version: "1", Title: "card", Source: "bench"},
		Items: []assessment.Item{{Key: "total", From: assessment.Source{Given: &assessment.Given{}}}},
		Total: "total",
	}))
}

// coverageRow counts firms and who of them entered by county, ownership, size and
// what is known of them, and gives the coverage of each county over all firms. The
// counties come one after another, as their reports do. The limit adds the same five
// numbers to a cell of an array, unchecked, and adds up the cells of each county.
var coverageRow = row{name: "Turnout: coverage of 2,850 counties", goal: 2, from: 1_000_000, load: func(records int) contest {
	e, source := benchEdition(), random(7)
	rows, counties := make([]competition.Reported, records), make([]int32, records)
	for i := range rows {
		workers := int64(1 + source.below(500))
		entered := int64(source.below(2))
		rows[i] = competition.Reported{
			Ownership: union.Code(source.below(cupOwnerships + 1)), Size: union.Code(source.below(cupSizes + 1)),
			Unionised: competition.Whether(source.below(3)), AboveScale: competition.Whether(source.below(3)),
			Firms: 1, Entered: entered, Workers: workers, WorkersOfEntrants: workers * entered, TakingPart: workers * entered / 2,
		}
		counties[i] = int32(i * cupCounties / records)
	}
	const cells = (cupOwnerships + 1) * (cupSizes + 1) * 9
	return contest{
		rivals: inSQL(numbers{[]string{"county", "firms", "entered"}, records, func(row, column int) int64 {
			return []int64{int64(counties[row]), rows[row].Firms, rows[row].Entered}[column]
		}}, "SELECT county, CAST(sum(firms) AS BIGINT), CAST(sum(entered) AS BIGINT) FROM t GROUP BY county", func(result [][]int64) int64 {
			sums := make([]int64, cupCounties)
			for _, row := range result {
				sums[row[0]] = row[1]*1_000_000 + row[2]
			}
			return weigh(cupCounties, func(county int) int64 { return sums[county] })
		}),
		limit: func() func() int64 {
			counts := make([][5]int64, cupCounties*cells)
			for i := range rows {
				r := &rows[i]
				cell := &counts[int(counties[i])*cells+((int(r.Ownership)*(cupSizes+1)+int(r.Size))*3+int(r.Unionised))*3+int(r.AboveScale)]
				cell[0] += r.Firms
				cell[1] += r.Entered
				cell[2] += r.Workers
				cell[3] += r.WorkersOfEntrants
				cell[4] += r.TakingPart
			}
			rates := make([]union.Ratio, cupCounties)
			for county := range rates {
				for _, cell := range counts[county*cells : (county+1)*cells] {
					rates[county].Whole += cell[0]
					rates[county].Part += cell[1]
				}
			}
			return covered(rates)
		},
		library: func() func() int64 {
			turnouts := make([]competition.Turnout, cupCounties)
			for i := range turnouts {
				turnouts[i] = e.Turnout()
			}
			for i := range rows {
				if err := turnouts[counties[i]].Add(rows[i]); err != nil {
					panic(err)
				}
			}
			rates := make([]union.Ratio, cupCounties)
			for county := range rates {
				rate, _, err := e.Coverage(turnouts[county], "all")
				if err != nil {
					panic(err)
				}
				rates[county] = rate
			}
			return covered(rates)
		},
	}
}}

// covered is the digest of the counties' coverage.
func covered(rates []union.Ratio) func() int64 {
	return func() int64 {
		return weigh(len(rates), func(county int) int64 { return rates[county].Whole*1_000_000 + rates[county].Part })
	}
}

// A history is what a limit holds of a candidate: numbers alone.
type history struct {
	total   int64
	entered bool
	struck  []int32 // the days of injuries before the judgement
	owed    bool
	county  []int32 // the years of the county's titles
	city    []int32
}

// drawHistories draws candidates, and the same as numbers.
func drawHistories(n int) ([]competition.Candidate, []history, []competition.CodedEntry) {
	source := random(8)
	candidates, histories := make([]competition.Candidate, n), make([]history, n)
	var entries []competition.CodedEntry
	last := union.MustParseDate("2010-12-31")
	for i := range candidates {
		c, h := &candidates[i], &histories[i]
		c.Firm, c.Title = simulate.FirmCode(i), "firm "+strconv.Itoa(i)
		h.total = int64(80 + source.below(21))
		if h.entered = source.below(10) > 0; h.entered {
			entries = append(entries, competition.CodedEntry{Firm: c.Firm, Level: 1, Entered: union.MustParseDate("2010-03-01"), Workers: 9})
		}
		for range source.below(3) {
			back := int(source.below(2000))
			h.struck = append(h.struck, int32(back))
			c.Incidents = append(c.Incidents, competition.Incident{Kind: "k0", On: must(last.AddDays(-back))})
		}
		if h.owed = source.below(8) == 0; h.owed {
			c.Incidents = append(c.Incidents, competition.Incident{Kind: "k1", On: last})
		}
		for range source.below(6) {
			year := int32(2000 + source.below(10))
			h.county = append(h.county, year)
			c.Honours = append(c.Honours, competition.Honour{Kind: "k0", Year: int(year)})
		}
		for range source.below(3) {
			year := int32(1998 + source.below(12))
			h.city = append(h.city, year)
			c.Honours = append(c.Honours, competition.Honour{Kind: "k1", Year: int(year)})
		}
	}
	return candidates, histories, entries
}

// eligible is the plainest judgement: yes or no, without a reason. An injury bars for
// three years, which are 1,096 days back from the end of 2010.
func (h *history) eligible() bool {
	if !h.entered || h.total < 90 || h.owed {
		return false
	}
	for _, back := range h.struck {
		if back < 1096 {
			return false
		}
	}
	for _, year := range h.city {
		if year > 2005 {
			return false
		}
	}
	for _, year := range h.county {
		if year >= 2007 {
			return true
		}
	}
	return false
}

// eligibilityRow judges candidates with their histories. The library gives every
// reason of each, met or not, in words; the limit says yes or no.
var eligibilityRow = row{name: "Award: eligibility of 100,000 candidates with histories", once: true, load: func(int) contest {
	e := benchEdition()
	candidates, histories, entries := drawHistories(cupHistories)
	entrants, scores := e.Entrants(), make([]assessment.Score, len(candidates))
	for _, entry := range entries {
		if err := entrants.Add(entry); err != nil {
			panic(err)
		}
	}
	for i := range scores {
		scores[i] = assessment.Score{Total: union.Whole(histories[i].total)}
	}
	on := union.MustParseDate("2010-12-31")
	digest := func(holds []bool) func() int64 {
		return func() int64 {
			return weigh(len(holds), func(i int) int64 {
				if holds[i] {
					return 1
				}
				return 0
			})
		}
	}
	return contest{
		pieces: len(candidates),
		limit: func() func() int64 {
			holds := make([]bool, len(histories))
			for i := range histories {
				holds[i] = histories[i].eligible()
			}
			return digest(holds)
		},
		library: func() func() int64 {
			holds := make([]bool, len(candidates))
			for i, candidate := range candidates {
				holds[i] = must(e.Judge("city", candidate, scores[i], entrants, on)).Holds()
			}
			return digest(holds)
		},
	}
}}

// selectionRow chooses a list of 1,000 from 10,000 whose structure has floors and
// ceilings for eight attributes: the library scores, judges, ranks and chooses, gives
// every reason and finds that no other list is as good. The limit sorts numbers and,
// since nobody has two of the attributes, may choose by floors first and then by rank.
var selectionRow = row{name: "Award: a list of 1,000 from 10,000 with a structure of 8 attributes", once: true, load: func(int) contest {
	e, scheme, source := benchEdition(), benchScorecard(), random(9)
	entrants, list := e.Entrants(), make([]competition.Candidate, cupCandidates)
	totals, classes := make([]int64, cupCandidates), make([]int, cupCandidates)
	for i := range list {
		totals[i] = 90_000 + int64(i) // thousandths of a point, each another
	}
	for i := range totals {
		j := i + int(source.below(uint64(len(totals)-i)))
		totals[i], totals[j] = totals[j], totals[i]
	}
	index := map[union.CreditCode]int{}
	for i := range list {
		classes[i] = int(source.below(cupClasses + 1))
		list[i] = competition.Candidate{
			Firm: simulate.FirmCode(i), Title: "firm " + strconv.Itoa(i),
			Marks: map[string]union.Number{"total": must(union.NewNumber(totals[i], 1000))},
		}
		if classes[i] < cupClasses {
			list[i].Attributes = []string{"class" + strconv.Itoa(classes[i])}
		}
		index[list[i].Firm] = i
		if err := entrants.Add(competition.CodedEntry{Firm: list[i].Firm, Level: 1, Entered: union.MustParseDate("2010-03-01"), Workers: 9}); err != nil {
			panic(err)
		}
	}
	on := union.MustParseDate("2010-12-31")
	digest := func(chosen []bool) func() int64 {
		return func() int64 {
			return weigh(len(chosen), func(i int) int64 {
				if chosen[i] {
					return 1
				}
				return 0
			})
		}
	}
	return contest{
		pieces: cupCandidates,
		limit:  func() func() int64 { return digest(chosenByRank(totals, classes)) },
		library: func() func() int64 {
			r := must(e.Recommend(scheme, competition.Applications{Award: "list", Candidates: list}, entrants, on))
			chosen := make([]bool, len(list))
			for _, place := range r.Recommended() {
				chosen[index[place.Firm]] = true
			}
			return digest(chosen)
		},
	}
}}

// chosenByRank takes the best of each class up to its floor, and then the best of all
// up to the ceilings.
func chosenByRank(totals []int64, classes []int) []bool {
	order := make([]int, len(totals))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(totals[b], totals[a]) })
	chosen, taken, left := make([]bool, len(totals)), [cupClasses + 1]int{}, cupPlaces
	for bound := range 2 {
		for _, i := range order {
			class := classes[i]
			most := 0
			switch {
			case class < cupClasses:
				most = cupBounds[class][bound]
			case bound == 1:
				most = cupPlaces
			}
			if !chosen[i] && taken[class] < most && left > 0 {
				chosen[i] = true
				taken[class]++
				left--
			}
		}
	}
	return chosen
}
