package campaign_test

import (
	"encoding/json"
	"math"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
)

func half(places int) union.Rounding { return union.Rounding{Mode: union.HalfUp, Places: places} }

// form is the summary of a phase: two sorts of measures that sum to all, a rate of them,
// printed shares, and a count that does not concern them.
func form() campaign.SummarySpec {
	count := func(key string, measure union.Measure, sum ...string) campaign.SummaryItem {
		return campaign.SummaryItem{Key: key, Title: key, Count: &campaign.CountItem{Measure: measure, Sum: sum}}
	}
	return campaign.SummarySpec{
		Rule: union.Rule{Key: "summary", Version: "1", Title: "阶段小结", Source: "样县总工会"},
		Items: []campaign.SummaryItem{
			count("at-once", "件"), count("long", "件"), count("all", "件", "at-once", "long"), count("done", "件"),
			{Key: "rate", Title: "完成率", Rate: &campaign.RateItem{Part: "done", Base: "all", Rounding: half(2)}},
			{Key: "good", Title: "满意", Rate: &campaign.RateItem{Rounding: half(2)}},
			{Key: "fair", Title: "基本满意", Rate: &campaign.RateItem{Rounding: half(2)}},
			{Key: "satisfied", Title: "满意率", Rate: &campaign.RateItem{Sum: []string{"good", "fair"}, Rounding: half(2)}},
			count("members", "人"),
		},
	}
}

func counted(item, text string) campaign.Stated {
	count := must(union.ParseCount(text))
	return campaign.Stated{Item: item, Count: &count}
}

func rated(item, text string) campaign.Stated {
	printed := union.MustParseNumber(text)
	return campaign.Stated{Item: item, Printed: &printed}
}

func TestASummaryNeverPrintsUnknownAsZero(t *testing.T) {
	made := must(campaign.NewSummary(form()))
	read := values(made.Figures(nil))
	for key, value := range read {
		assert.Equal(t, "[unknown]", value, key)
	}
	assert.Len(t, read, 9)
	read = values(made.Figures([]campaign.Stated{
		counted("at-once", "31件"), counted("long", "0件"), counted("done", "不详件"), {Item: "members", NotApplicable: true},
		rated("good", "87.4"), {Item: "fair", NotApplicable: true},
	}))
	assert.Equal(t, map[string]string{
		"at-once": "31件", "long": "0件", "all": "31件", "done": "[unknown]", "rate": "[unknown]",
		"good": "87.4%", "fair": "[not applicable]", "satisfied": "[unknown]", "members": "[not applicable]",
	}, trimmed(read))
}

// trimmed takes the common beginning from keys.
func trimmed(read map[string]string) map[string]string {
	short := map[string]string{}
	for key, value := range read {
		short[key[len("campaign.summary."):]] = value
	}
	return short
}

func TestASummaryAddsUpAndWorksOutRates(t *testing.T) {
	made := must(campaign.NewSummary(form()))
	for name, row := range map[string]struct {
		stated []campaign.Stated
		want   map[string]string
		found  []string
	}{
		"parts and whole": {
			[]campaign.Stated{counted("at-once", "31件"), counted("long", "51件"), counted("all", "82件"), counted("done", "41件"), rated("rate", "50")},
			map[string]string{"all": "82件", "rate": "50.00%"}, nil,
		},
		"a whole that is not its parts": {
			[]campaign.Stated{counted("at-once", "31件"), counted("long", "51件"), counted("all", "83件")},
			map[string]string{"all": "83件"}, []string{`all: parts equal the whole: got 83件, want 82`},
		},
		"a part that does not apply is nothing of the whole": {
			[]campaign.Stated{counted("at-once", "31件"), {Item: "long", NotApplicable: true}, counted("all", "31件")},
			map[string]string{"all": "31件", "long": "[not applicable]"}, nil,
		},
		"a whole that does not apply": {
			[]campaign.Stated{counted("at-once", "31件"), counted("long", "51件"), {Item: "all", NotApplicable: true}},
			map[string]string{"all": "[not applicable]"}, nil,
		},
		"a whole that is not known": {
			[]campaign.Stated{counted("at-once", "31件"), counted("long", "51件"), counted("all", "不详件")},
			map[string]string{"all": "[unknown]"}, nil,
		},
		"done of how many is not told": {
			[]campaign.Stated{counted("done", "41件")},
			map[string]string{"done": "41件", "rate": "[unknown]"}, nil,
		},
		"what does not apply hides no other part": {
			[]campaign.Stated{{Item: "at-once", NotApplicable: true}, counted("long", "51件")},
			map[string]string{"all": "51件"}, nil,
		},
		"all of them are done": {
			[]campaign.Stated{counted("all", "82件"), counted("done", "82件")},
			map[string]string{"rate": "100.00%"}, nil,
		},
		"a printed rate at the lower end": {
			[]campaign.Stated{counted("all", "2.38万多件"), counted("done", "2.07万多件"), rated("rate", "86.61")},
			map[string]string{"rate": "86.61%"}, nil,
		},
		"a printed rate at the upper end": {
			[]campaign.Stated{counted("all", "2.38万多件"), counted("done", "2.07万多件"), rated("rate", "87.39")},
			map[string]string{"rate": "87.39%"}, nil,
		},
		"over a number leaves numbers open": {
			[]campaign.Stated{counted("at-once", "30余件"), counted("long", "51件"), counted("all", "88件")},
			map[string]string{"at-once": "30余件", "all": "88件"}, nil,
		},
		"and no more than those": {
			[]campaign.Stated{counted("at-once", "30余件"), counted("long", "51件"), counted("all", "91件")},
			map[string]string{"all": "91件"}, []string{`all: parts equal the whole: got 91件, want 81 to 90`},
		},
		"a whole that is not stated": {
			[]campaign.Stated{counted("at-once", "30余件"), counted("long", "51件"), counted("done", "40件")},
			map[string]string{"all": "81至90件", "rate": "44.44%至49.38%"}, nil,
		},
		"a printed rate of approximate counts": {
			[]campaign.Stated{counted("all", "2.38万多件"), counted("done", "2.07万多件"), rated("rate", "86.99")},
			map[string]string{"rate": "86.99%"}, nil,
		},
		"a printed rate that they cannot have": {
			[]campaign.Stated{counted("all", "2.38万多件"), counted("done", "2.07万多件"), rated("rate", "87.40")},
			map[string]string{"rate": "87.4%"}, []string{`rate: a printed figure follows from its inputs: got 87.4, want 86.61 to 87.39`},
		},
		"a printed rate that does not follow": {
			[]campaign.Stated{counted("all", "3件"), counted("done", "1件"), rated("rate", "33.34")},
			map[string]string{"rate": "33.33%"}, []string{`rate: a printed figure follows from its inputs: got 33.34, want 33.33`},
		},
		"more done than there are": {
			[]campaign.Stated{counted("all", "3件"), counted("done", "4件"), rated("rate", "100")},
			map[string]string{"rate": "100%"}, []string{`rate: a part is no more than its base: got 4, want at most 3`},
		},
		"about as many as there are": {
			[]campaign.Stated{counted("all", "100件"), counted("done", "约100件")},
			map[string]string{"rate": "0.00%至100.00%"}, nil,
		},
		"nothing to be done": {
			[]campaign.Stated{counted("all", "0件"), counted("done", "0件")},
			map[string]string{"rate": "[undefined]"}, nil,
		},
		"perhaps nothing to be done": {
			[]campaign.Stated{counted("all", "近10件"), counted("done", "0件")},
			map[string]string{"all": "近10件", "rate": "0.00%"}, nil,
		},
		"a sum of printed rates": {
			[]campaign.Stated{rated("good", "87.4"), rated("fair", "10.5")},
			map[string]string{"satisfied": "97.9%"}, nil,
		},
		"a printed sum that its parts do not allow": {
			[]campaign.Stated{rated("good", "87.40"), rated("fair", "10.50"), rated("satisfied", "98.00")},
			map[string]string{"satisfied": "98%"},
			[]string{`satisfied: a printed total is that of its printed parts, as far as their rounding leaves it open: got 98, want 97.9`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			read := trimmed(values(made.Figures(row.stated)))
			for key, want := range row.want {
				assert.Equal(t, want, read[key], key)
			}
			var found []string
			for _, finding := range must(made.Check(row.stated)) {
				found = append(found, finding.String())
			}
			assert.Equal(t, row.found, found)
		})
	}
}

func TestWhatIsStatedOfNothingIsRefused(t *testing.T) {
	made := must(campaign.NewSummary(form()))
	for name, row := range map[string]struct {
		stated []campaign.Stated
		want   error
		where  string
	}{
		"no item":               {[]campaign.Stated{counted("none", "1件")}, union.ErrUnknown, "stated[0].item"},
		"an item twice":         {[]campaign.Stated{counted("all", "1件"), counted("all", "1件")}, union.ErrRepeated, "stated[1].item"},
		"nothing stated":        {[]campaign.Stated{{Item: "all"}}, union.ErrMissing, "stated[0]"},
		"a count and a rate":    {[]campaign.Stated{{Item: "all", Count: counted("all", "1件").Count, Printed: rated("all", "1").Printed}}, union.ErrRepeated, "stated[0]"},
		"all three":             {[]campaign.Stated{{Item: "all", Count: counted("all", "1件").Count, Printed: rated("all", "1").Printed, NotApplicable: true}}, union.ErrRepeated, "stated[0]"},
		"two things stated":     {[]campaign.Stated{{Item: "all", Count: counted("all", "1件").Count, NotApplicable: true}}, union.ErrRepeated, "stated[0]"},
		"a count of a rate":     {[]campaign.Stated{counted("rate", "1件")}, union.ErrUnknown, "stated[0].count"},
		"a rate of a count":     {[]campaign.Stated{rated("all", "1")}, union.ErrUnknown, "stated[0].printed"},
		"persons for measures":  {[]campaign.Stated{counted("all", "1人")}, union.ErrMeasure, "stated[0].count"},
		"perhaps too many":      {[]campaign.Stated{counted("at-once", "9223372036853000000余件"), counted("long", "1000000件")}, union.ErrOverflow, "all"},
		"too many to be summed": {[]campaign.Stated{counted("at-once", strconv.FormatInt(math.MaxInt64, 10)+"件"), counted("long", "1件")}, union.ErrOverflow, "all"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := made.Figures(row.stated)
			require.ErrorIs(t, err, row.want)
			require.Len(t, union.Faults(err), 1)
			assert.Equal(t, row.where, union.Faults(err)[0].Where)
			_, err = made.Check(row.stated)
			require.ErrorIs(t, err, row.want)
		})
	}
}

func TestAllThatIsStatedWrongIsTold(t *testing.T) {
	_, err := must(campaign.NewSummary(form())).Check([]campaign.Stated{rated("none", "1"), {Item: "all"}, counted("rate", "1件")})
	var places []string
	for _, fault := range union.Faults(err) {
		places = append(places, fault.Where)
	}
	assert.Equal(t, []string{"stated[0].item", "stated[1]", "stated[2].count"}, places)
}

func TestARateTellsOfWhatItIs(t *testing.T) {
	made := must(campaign.NewSummary(form()))
	figures := must(made.Figures([]campaign.Stated{counted("all", "82件"), counted("done", "41件"), rated("good", "87.4")}))
	rate, good := figures[4], figures[5]
	assert.Equal(t, "campaign.summary.rate", rate.Key())
	assert.Equal(t, "all", rate.Base())
	assert.Equal(t, []union.Input{{Name: "done", Value: "41"}, {Name: "all", Value: "82"}}, rate.Working().Inputs)
	assert.Empty(t, good.Base(), "as it is printed")
	assert.Empty(t, good.Working().Inputs)
}

func TestNewSummaryNamesEveryFault(t *testing.T) {
	for name, row := range map[string]struct {
		spoil func(*campaign.SummarySpec)
		want  error
		where string
	}{
		"no key":               {func(s *campaign.SummarySpec) { s.Key = "" }, union.ErrMissing, "key"},
		"no items":             {func(s *campaign.SummarySpec) { s.Items = nil }, union.ErrMissing, "items"},
		"an item without key":  {func(s *campaign.SummarySpec) { s.Items[8].Key = "" }, union.ErrMissing, "items[8].key"},
		"an item twice":        {func(s *campaign.SummarySpec) { s.Items[8].Key = "good" }, union.ErrRepeated, "items[8].key"},
		"no title":             {func(s *campaign.SummarySpec) { s.Items[8].Title = "" }, union.ErrMissing, "items[8].title"},
		"nothing":              {func(s *campaign.SummarySpec) { s.Items[8].Count = nil }, union.ErrMissing, "items[8]"},
		"count and rate":       {func(s *campaign.SummarySpec) { s.Items[8].Rate = s.Items[5].Rate }, union.ErrRepeated, "items[8]"},
		"no measure":           {func(s *campaign.SummarySpec) { s.Items[8].Count.Measure = "" }, union.ErrMissing, "items[8].count.measure"},
		"a sum of no count":    {func(s *campaign.SummarySpec) { s.Items[2].Count.Sum[1] = "good" }, union.ErrUnknown, "items[2].count.sum[1]"},
		"a sum of itself":      {func(s *campaign.SummarySpec) { s.Items[2].Count.Sum[1] = "all" }, union.ErrOrder, "items[2].count.sum[1]"},
		"a summand twice":      {func(s *campaign.SummarySpec) { s.Items[2].Count.Sum[1] = "at-once" }, union.ErrRepeated, "items[2].count.sum[1]"},
		"persons and measures": {func(s *campaign.SummarySpec) { s.Items[3].Count.Measure = "人" }, union.ErrMeasure, "items[4].rate.base"},
		"summands of another":  {func(s *campaign.SummarySpec) { s.Items[1].Count.Measure = "人" }, union.ErrMeasure, "items[2].count.sum[1]"},
		"no rounding":          {func(s *campaign.SummarySpec) { s.Items[5].Rate.Rounding = union.Rounding{} }, union.ErrMissing, "items[5].rate.rounding.mode"},
		"a part without base":  {func(s *campaign.SummarySpec) { s.Items[4].Rate.Base = "" }, union.ErrMissing, "items[4].rate.base"},
		"a part of no count":   {func(s *campaign.SummarySpec) { s.Items[4].Rate.Part = "good" }, union.ErrUnknown, "items[4].rate.part"},
		"a rate that is a sum": {func(s *campaign.SummarySpec) { s.Items[7].Rate.Part, s.Items[7].Rate.Base = "done", "all" }, union.ErrRepeated, "items[7].rate.sum"},
	} {
		t.Run(name, func(t *testing.T) {
			spec := form()
			row.spoil(&spec)
			_, err := campaign.NewSummary(spec)
			require.ErrorIs(t, err, row.want)
			require.Len(t, union.Faults(err), 1, "%v", err)
			assert.Equal(t, row.where, union.Faults(err)[0].Where)
		})
	}
}

func TestASummaryReadsBack(t *testing.T) {
	made := must(campaign.NewSummary(form()))
	var again campaign.Summary
	require.NoError(t, json.Unmarshal(must(json.Marshal(made)), &again))
	assert.Equal(t, made, again)
	assert.Equal(t, "阶段小结", again.Rule().Title)
	out := again.Spec()
	out.Items[2].Count.Sum[0], out.Items[7].Rate.Sum[0] = "x", "x"
	assert.Equal(t, made.ID(), must(campaign.NewSummary(again.Spec())).ID())
	require.Error(t, again.UnmarshalJSON([]byte(`{"union": "campaign.summary/1"}`)))
	require.Error(t, again.UnmarshalJSON([]byte(`{"union": "campaign.summary/2"}`)))
	assert.Equal(t, made, again)
	_, err := campaign.Summary{}.MarshalJSON()
	require.Error(t, err)
	assert.Empty(t, must(campaign.Summary{}.Figures(nil)))
	assert.Empty(t, must(campaign.Summary{}.Check(nil)))
}
