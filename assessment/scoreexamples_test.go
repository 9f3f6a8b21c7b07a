package assessment_test

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
)

// post is how a post is filled: the mean of the judges without the highest and
// the lowest, and the written paper, half each.
func post() assessment.Scheme {
	return must(assessment.NewScheme(assessment.SchemeSpec{
		Rule: union.Rule{Key: "post", Version: "2010", Title: "竞聘上岗", Source: "example"},
		Items: []assessment.Item{
			{Key: "interview", Title: "面试", From: assessment.Source{Panel: &assessment.Panel{Trim: []assessment.Trim{{From: 5, High: 1, Low: 1}}, Mean: true}}},
			{Key: "written", Title: "笔试", From: assessment.Source{Given: &assessment.Given{Max: union.Whole(100)}}},
			{Key: "total", Title: "总分", From: assessment.Source{Sum: &assessment.Sum{Mean: true, Of: []assessment.Term{
				{Item: "interview", Weight: union.MustParseNumber("0.5")}, {Item: "written", Weight: union.MustParseNumber("0.5")},
			}}}},
		},
		Total: "total",
		Print: union.Rounding{Mode: union.HalfUp, Places: 2},
	}))
}

// fifth is a fifth of those assessed, cut to whole persons.
func fifth() assessment.Quota {
	return must(assessment.NewQuota(assessment.QuotaSpec{
		Rule:     union.Rule{Key: "fifth", Version: "2010", Title: "优秀不超过20%", Source: "example"},
		Size:     []assessment.Step{{Times: &assessment.Times{By: union.MustParseNumber("0.2")}}, {Round: &union.Rounding{Mode: union.Floor}}},
		Approved: []assessment.Step{{Times: &assessment.Times{By: union.MustParseNumber("0.25")}}, {Round: &union.Rounding{Mode: union.Floor}}},
	}))
}

func candidates() []assessment.Record {
	record := func(unit, written string, marks ...int64) assessment.Record {
		made := assessment.Record{Unit: unit, Given: map[string]union.Number{"written": union.MustParseNumber(written)}, Panel: map[string][]assessment.Mark{}}
		for _, n := range marks {
			made.Panel["interview"] = append(made.Panel["interview"], assessment.MarkOf(union.Whole(n)))
		}
		return made
	}
	return []assessment.Record{record("a", "71.5", 80, 85, 90, 82, 100), record("b", "83", 80, 80, 81, 82, 60)}
}

func ExampleMarkOf() {
	fmt.Println(assessment.MarkOf(union.MustParseNumber("8.50")), assessment.Mark{})
	// Output: 8.5 blank
}

func ExampleMark_UnmarshalText() {
	var mark assessment.Mark
	err := mark.UnmarshalText([]byte("void"))
	fmt.Println(mark.State == assessment.MarkVoid, err)
	// Output: true <nil>
}

func ExampleScheme_Format() {
	fmt.Println(post().Format(union.MustParseNumber("78.6")))
	// Output: 78.60 <nil>
}

func ExampleScheme_Diagnose() {
	scheme := post()
	scores, _ := scheme.Judge(candidates())
	parts, _ := scheme.Diagnose(scores, "total")
	for _, part := range parts {
		fmt.Println(part.Item, part.Nominal, part.Effective, part.Leniency)
	}
	// Output:
	// interview 0.5 32/101 2.875
	// written 0.5 69/101 -2.875
}

func ExampleScheme_DryRun() {
	changed := post().Spec()
	changed.Items[2].From.Sum.Of[0].Weight = union.MustParseNumber("0.6")
	changed.Items[2].From.Sum.Of[1].Weight = union.MustParseNumber("0.4")
	changes, _ := post().DryRun(must(assessment.NewScheme(changed)), candidates())
	for _, change := range changes {
		fmt.Println(change.Unit, change.Gains.Sign() > 0)
	}
	// Output:
	// a true
	// b false
}

func ExampleScheme_Check() {
	findings, _ := post().Check(candidates(), map[string]map[string]union.Number{"a": {"total": union.MustParseNumber("70.6")}})
	fmt.Println(findings)
	// Output: [a.total: a printed figure follows from its inputs: got 70.6, want 78.58]
}

func ExampleNewQuota() {
	_, err := assessment.NewQuota(assessment.QuotaSpec{
		Rule: union.Rule{Key: "fifth", Version: "2010", Title: "优秀不超过20%", Source: "example"},
		Size: []assessment.Step{{Times: &assessment.Times{By: union.MustParseNumber("0.2")}}},
	})
	fmt.Println(err)
	// Output: size: must be given: want a rounding to whole numbers
}

func ExampleQuota_Size() {
	fmt.Println(fifth().Size(28, false))
	fmt.Println(fifth().Size(28, true))
	// Output:
	// 5 <nil>
	// 7 <nil>
}

func ExampleQuota_Judge() {
	verdict, _ := fifth().Judge(6, 28, false)
	fmt.Println(verdict.Answer, verdict.Holds())
	// Output: approval false
}

func ExampleQuota_Take() {
	places := []assessment.Place{{Unit: "a", Rank: 1}, {Unit: "b", Rank: 2}, {Unit: "c", Rank: 2}, {Unit: "d", Rank: 4}}
	selection, _ := fifth().Take(places, 10, false)
	fmt.Println(selection.Taken, selection.Undecided, selection.Left)
	// Output: [a] [b c] 1
}

func ExampleQuota_Share() {
	split, _ := fifth().Share([]int64{12, 9, 7}, false)
	fmt.Println(split.Parts)
	// Output: [2 2 1]
}

func ExampleQuota_UnmarshalJSON() {
	var quota assessment.Quota
	err := quota.UnmarshalJSON([]byte(`{"union":"assessment.quota/1","key":"class","version":"1","title":"班级评优","source":"example",
		"size":[{"times":{"by":"0.08"}},{"round":{"mode":"half up"}},{"clamp":"[3,)"}]}`))
	fmt.Println(err)
	fmt.Println(quota.Size(44, false))
	// Output:
	// <nil>
	// 4 <nil>
}

// The same two candidates in columns: hundredths for the paper, a column of marks
// for each judge.
func ExampleScheme_Batch() {
	scheme := post()
	batch := scheme.Batch(2)
	_ = batch.Given("written", 2, []int64{7150, 8300})
	_ = batch.Panel("interview", 0, []int64{80, 80}, []int64{85, 80}, []int64{90, 81}, []int64{82, 82}, []int64{100, 60})
	scores, err := scheme.JudgeBatch(batch)
	if err != nil {
		fmt.Println(err)
		return
	}
	for unit := range scores.Units() {
		total, _ := scores.Item("total", unit)
		fmt.Println(total)
	}
	// Output:
	// 943/12
	// 245/3
}

// columns scores the two candidates in columns.
func columns() assessment.BatchScores {
	scheme := post()
	batch := scheme.Batch(2)
	_ = batch.Given("written", 2, []int64{7150, 8300})
	_ = batch.Panel("interview", 0, []int64{80, 80}, []int64{85, 80}, []int64{90, 81}, []int64{82, 82}, []int64{100, 60})
	return must(scheme.JudgeBatch(batch))
}

func ExampleScheme_JudgeBatch() {
	fmt.Println(columns().Units())
	// Output: 2
}

func ExampleBatch_Given() {
	batch := post().Batch(2)
	fmt.Println(batch.Given("written", 2, []int64{7150}))
	// Output: given.written: out of range: got 1 figures, want 2
}

func ExampleBatch_GivenDecimals() {
	batch := post().Batch(2)
	fmt.Println(batch.GivenDecimals("written", []decimal.Decimal{decimal.RequireFromString("71.5"), decimal.RequireFromString("83")}))
	// Output: <nil>
}

func ExampleBatch_Panel() {
	batch := post().Batch(2)
	fmt.Println(batch.Panel("interview", 1, []int64{800, 805}, []int64{850, 900}))
	// Output: <nil>
}

func ExampleBatch_PanelDecimals() {
	batch := post().Batch(1)
	fmt.Println(batch.PanelDecimals("interview", []decimal.Decimal{decimal.RequireFromString("80.5")}))
	// Output: <nil>
}

func ExampleBatch_In() {
	batch := post().Batch(2)
	fmt.Println(batch.In("county", []uint32{0, 2}))
	// Output: in.county[1]: out of range: got 2, want a code below 2
}

func ExampleBatch_Under() {
	batch := post().Batch(2)
	fmt.Println(batch.Under("parent", []uint32{2, 0})) // the second reports to the first, who reports to nobody
	// Output: <nil>
}

func ExampleBatch_NotApplicable() {
	batch := post().Batch(2)
	fmt.Println(batch.NotApplicable("written", []bool{false, true}))
	// Output: <nil>
}

func ExampleBatch_Fact() {
	batch := post().Batch(2)
	fmt.Println(batch.Fact("fraud", []bool{false, true}))
	// Output: facts: not known: got "fraud", want the fact of a veto
}

func ExampleBatchScores_Units() {
	fmt.Println(columns().Units())
	// Output: 2
}

func ExampleBatchScores_Item() {
	interview, ok := columns().Item("interview", 0)
	fmt.Println(interview, ok)
	// Output: 257/3 true
}

func ExampleBatchScores_Grade() {
	fmt.Printf("%q\n", columns().Grade(0)) // the scheme has no grades
	// Output: ""
}

func ExampleBatchScores_Holds() {
	fmt.Println(columns().Holds(0))
	// Output: true
}

func byTotal() assessment.Ranking {
	return must(assessment.NewRanking(assessment.RankingSpec{
		Rule: union.Rule{Key: "order", Version: "1", Title: "总分排名", Source: "example"}, Keys: []assessment.Key{{Item: "total"}},
	}))
}

func ExampleRanking_RankBatch() {
	places, err := byTotal().RankBatch(columns())
	fmt.Println(places.Order(), places.Rank(0), err)
	// Output: [1 0] 2 <nil>
}

func ExampleBatchPlaces_Order() {
	places, _ := byTotal().RankBatch(columns())
	fmt.Println(places.Order())
	// Output: [1 0]
}

func ExampleBatchPlaces_Rank() {
	places, _ := byTotal().RankBatch(columns())
	fmt.Println(places.Rank(1))
	// Output: 1
}

func ExampleBatchPlaces_Open() {
	places, _ := byTotal().RankBatch(columns())
	fmt.Println(places.Open())
	// Output: false
}

func ExampleQuota_TakeBatch() {
	places, _ := byTotal().RankBatch(columns())
	taken, undecided, err := fifth().TakeBatch(places, false) // a fifth of two is nobody
	fmt.Println(taken, undecided, err)
	// Output: [false false] [] <nil>
}
