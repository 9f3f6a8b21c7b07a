package aid_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
)

// published calls run with each published file of a kind: the facts are those of
// the page that it names as its source.
func published[T any](t *testing.T, pattern string, run func(*testing.T, T)) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("testdata", pattern))
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			require.NoError(t, err)
			var facts T
			require.NoError(t, json.Unmarshal(data, &facts))
			run(t, facts)
		})
	}
}

func TestPublishedStandardsGiveThePublishedCategories(t *testing.T) {
	type facts struct {
		Standard   aid.Standard
		On         union.Date
		Households []struct {
			Household aid.Household
			Category  string
		}
	}
	published(t, "eligibility-*.json", func(t *testing.T, f facts) {
		survey := f.Standard.Survey()
		for _, each := range f.Households {
			verdict, err := f.Standard.Judge(each.Household, f.On)
			require.NoError(t, err)
			assert.Equal(t, each.Category, verdict.Answer, each.Household.Key)
			assert.Equal(t, each.Category != "", verdict.Holds(), each.Household.Key)
			coded, err := f.Standard.CodeHousehold(each.Household, f.On)
			require.NoError(t, err)
			category, _ := f.Standard.Category(coded)
			assert.Equal(t, each.Category, category.Key, each.Household.Key)
			require.NoError(t, survey.Add(coded))
		}
		figures, err := f.Standard.Figures(survey)
		require.NoError(t, err)
		applied, _ := figureOf(t, figures, "aid.households.applied").Whole()
		assert.EqualValues(t, len(f.Households), applied)
	})
}

func TestPublishedDonationListsGiveThePublishedTotals(t *testing.T) {
	type facts struct {
		Day     aid.DonationDay
		Gifts   []aid.Gift
		Figures map[string]*string // null: the figure has no value
	}
	published(t, "donations-*.json", func(t *testing.T, f facts) {
		donations := f.Day.Donations()
		for _, gift := range f.Gifts {
			coded, err := f.Day.CodeGift(gift)
			require.NoError(t, err)
			require.NoError(t, donations.Add(coded))
		}
		figures, err := f.Day.Figures(donations)
		require.NoError(t, err)
		for key, want := range f.Figures {
			value, ok := figureOf(t, figures, key).Value()
			if want == nil {
				assert.False(t, ok, "%s: %s", key, value)
				continue
			}
			assert.Equal(t, *want, value, key)
		}
		findings, err := f.Day.Check(donations)
		require.NoError(t, err)
		assert.Empty(t, findings)
	})
}

// figureOf returns the figure with the key.
func figureOf(t *testing.T, figures []union.Figure, key string) union.Figure {
	t.Helper()
	for _, figure := range figures {
		if figure.Key() == key {
			return figure
		}
	}
	require.Fail(t, "no such figure", key)
	return union.Figure{}
}

// checkFigures checks what every list of figures owes its reader, and returns
// the values by key.
func checkFigures(t *testing.T, figures []union.Figure) map[string]string {
	t.Helper()
	values := map[string]string{}
	for _, figure := range figures {
		assert.NotContains(t, values, figure.Key(), "two figures have one key")
		assert.NotEmpty(t, figure.Title(), figure.Key())
		assert.NotEmpty(t, figure.Working().Inputs, figure.Key())
		assert.NotEmpty(t, figure.Working().Rule, figure.Key())
		assert.NotEmpty(t, figure.Working().Result, figure.Key())
		assert.Regexp(t, `^aid\.[A-Z]\w+\.Figures$`, figure.By())
		values[figure.Key()] = figure.String()
	}
	return values
}
