package employment_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/employment"
)

// A published case as its file has it.
type published struct {
	Rule  string              `json:"rule"`
	Input employment.Bulletin `json:"input"`
	Want  struct {
		Figures  map[string]string `json:"figures"`
		Findings []union.Finding   `json:"findings"`
	} `json:"want"`
}

func readPublished(t *testing.T, name string) (market employment.Market, made published) {
	t.Helper()
	folder := filepath.Join("testdata", "cases", "markets")
	data, err := os.ReadFile(filepath.Join(folder, name))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &made))
	rule, err := os.ReadFile(filepath.Join(folder, made.Rule))
	require.NoError(t, err)
	require.NoError(t, market.UnmarshalJSON(rule))
	return market, made
}

// A register of what seekers and employers told: the records that a published
// quarter counts, in no order, some of them twice, some from before the quarter.
type told struct {
	vacancies    []employment.Vacancy
	applications []employment.Application
	again        int64 // applications of seekers who had come before
}

// tell makes records that give the counts of one dimension of a published table.
// What is within a term is taken off it, since a record names the finest.
func tell(market employment.Market, dimension string, table employment.Bulletin) told {
	random := rand.New(rand.NewPCG(2013, 2))
	first := market.Spec().Days.From()
	until, _ := market.Spec().Days.Until()
	day := func() union.Date {
		if random.IntN(3) == 0 {
			return must(first.AddDays(-1 - random.IntN(60)))
		}
		return must(first.AddDays(random.IntN(until.DaysSince(first) + 1)))
	}
	within := map[string]string{}
	for _, each := range market.Spec().Dimensions {
		for _, term := range each.Terms.Terms {
			within[term.Key] = term.Within
		}
	}
	direct := func(counts map[string]union.Count) map[string]int64 {
		left := map[string]int64{}
		for term, count := range counts {
			left[term] += whole(count)
			if within[term] != "" {
				left[within[term]] -= whole(count)
			}
		}
		return left
	}
	var made told
	for term, n := range direct(table.Demand.By[dimension]) {
		for n > 0 {
			openings := min(n, 1+random.Int64N(40))
			made.vacancies = append(made.vacancies, employment.Vacancy{
				Key: fmt.Sprint("v", len(made.vacancies)), Openings: openings, Day: day(), Of: map[string]string{dimension: term},
			})
			n -= openings
		}
	}
	for term, n := range direct(table.Supply.By[dimension]) {
		for range n {
			each := employment.Application{Seeker: fmt.Sprint("s", len(made.applications)-int(made.again)), Day: day(), Of: map[string]string{dimension: term}}
			made.applications = append(made.applications, each)
			if random.IntN(10) == 0 {
				made.applications = append(made.applications, each)
				made.again++
			}
		}
	}
	random.Shuffle(len(made.vacancies), func(i, j int) {
		made.vacancies[i], made.vacancies[j] = made.vacancies[j], made.vacancies[i]
	})
	random.Shuffle(len(made.applications), func(i, j int) {
		made.applications[i], made.applications[j] = made.applications[j], made.applications[i]
	})
	return made
}

// Three published tables come out of registrations: every count, ratio and share
// that the pages print, and every check of their rules, also when the office
// counted at two desks and sent one of them as bytes.
func TestPublishedQuartersComeOutOfRegistrations(t *testing.T) {
	for _, each := range []struct{ name, dimension string }{
		{"wuxi-2013Q2-occupations.json", "occupation"},
		{"wuxi-2015Q1-seekers.json", "category"},
		{"wuxi-2021Q2-seekers.json", "category"},
	} {
		t.Run(each.name, func(t *testing.T) {
			market, page := readPublished(t, each.name)
			records := tell(market, each.dimension, page.Input)
			half, third := len(records.applications)/2, len(records.vacancies)/3
			sum, err := tally(market, records.vacancies[:third], records.applications[:half])
			require.NoError(t, err)
			other, err := tally(market, records.vacancies[third:], records.applications[half:])
			require.NoError(t, err)
			sent, err := other.AppendBinary(nil)
			require.NoError(t, err)
			var received employment.Quarter
			require.NoError(t, received.UnmarshalBinary(sent))
			require.NoError(t, sum.Merge(received))

			bulletin, err := market.Bulletin(sum)
			require.NoError(t, err)
			persons := whole(page.Input.Supply.Total)
			assert.Equal(t, persons, whole(bulletin.Supply.Total))
			assert.Equal(t, persons+records.again, whole(bulletin.Supply.Times), "a seeker who comes again is another person-time")
			assert.Equal(t, whole(bulletin.Supply.Total), whole(bulletin.Supply.Carried)+whole(bulletin.Supply.New))
			for term, count := range page.Input.Supply.By[each.dimension] {
				assert.Equal(t, count, bulletin.Supply.By[each.dimension][term], term)
			}

			figures, err := market.Figures(bulletin)
			require.NoError(t, err)
			made := map[string]string{}
			for _, figure := range figures {
				made[figure.Key()], _ = figure.Value()
			}
			for key, want := range page.Want.Figures {
				assert.Equal(t, want, made[key], key)
			}
			bulletin.Printed = page.Input.Printed
			var got []string
			for _, finding := range market.Check(bulletin) {
				got = append(got, finding.Where)
			}
			var want []string
			for _, finding := range page.Want.Findings {
				want = append(want, finding.Where)
			}
			assert.Equal(t, want, got, "the checks say of the counted quarter what they say of the page")
		})
	}
}
