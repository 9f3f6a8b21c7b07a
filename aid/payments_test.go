package aid_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/internal/laws"
	"github.com/unioncampaign/union/internal/wire"
)

func drawPayment(r *rapid.T) aid.CodedPayment {
	count := rapid.Int64Range(1, 50).Draw(r, "count")
	return aid.CodedPayment{
		Place: rapid.IntRange(1, 3).Draw(r, "place"), Count: count,
		Sum: union.Fen(count + rapid.Int64Range(0, 100_000).Draw(r, "fen")),
	}
}

func TestPaymentsMerge(t *testing.T) {
	laws.Tally[aid.Payments](t, func(r *rapid.T) aid.Payments {
		payments := rates().Payments()
		for range rapid.IntRange(0, 5).Draw(r, "payments") {
			if err := payments.Add(drawPayment(r)); err != nil {
				r.Fatal(err)
			}
		}
		return payments
	})
	laws.Folds[aid.Payments](t, rates().Payments, func(r *rapid.T) []aid.CodedPayment {
		return rapid.SliceOfN(rapid.Custom(drawPayment), 0, 8).Draw(r, "payments")
	}, (*aid.Payments).Add)
}

func samplePayments() aid.Payments {
	payments := rates().Payments()
	for _, payment := range []aid.Payment{students("inside", 39), students("outside", 23)} {
		if err := payments.Add(must(rates().CodePayment(payment, aid.Lines{}))); err != nil {
			panic(err)
		}
	}
	return payments
}

func TestTheBinaryFormOfPaymentsIsKept(t *testing.T) {
	laws.Golden(t, aid.Payments{}, rates().Payments(), samplePayments())
}

func FuzzPayments(f *testing.F) { laws.FuzzReadings(f, laws.ReadingOf[aid.Payments]()) }

// The places of a kind are those of its traits, of which each may be untold: the third
// kind, the first of two categories and the second of two stages are 1 and
// (2 × 3 + 1) × 3 + 2.
func TestAPaymentLiesWhereItsKindAndTraitsSay(t *testing.T) {
	for want, traits := range map[int]map[string]string{
		24: {"category": "extreme", "stage": "senior"}, 19: nil, 20: {"stage": "college"}, 25: {"category": "difficulty"}, 27: {"category": "difficulty", "stage": "senior"},
	} {
		coded := must(programme().CodePaid(aid.Payment{Kind: "student", Traits: traits, Count: 1, On: mayDay}, yuan("1")))
		assert.Equal(t, want, coded.Place, traits)
	}
	_, err := programme().CodePaid(aid.Payment{Kind: "student", On: mayDay}, yuan("1"))
	require.EqualError(t, err, "count: out of range: got 0, want above 0")
	nobody := aid.Payment{Kind: "board", Facts: map[string]union.Number{"age": union.Whole(40)}, On: mayDay}
	_, err = programme().CodePayment(nobody, aid.Lines{})
	require.EqualError(t, err, "count: out of range: got 0, want above 0", "before it is seen that no rate applies")
	nobody.Count = 1
	_, err = programme().CodePayment(nobody, aid.Lines{})
	require.ErrorIs(t, err, union.ErrUndefined)
}

// Two traits of 1,023 terms have 1,024 × 1,024 places, which are as many as there may
// be.
func TestAProgrammeMayHaveAMillionPlaces(t *testing.T) {
	terms := make([]union.Term, 1023)
	for i := range terms {
		terms[i] = union.Term{Key: fmt.Sprint("t", i), Title: "项"}
	}
	spec := programmeSpec()
	spec.Kinds, spec.Limits = spec.Kinds[1:2], nil
	spec.Traits = []aid.Trait{{Key: "a", Title: "甲", Terms: terms}, {Key: "b", Title: "乙", Terms: terms}}
	payments := must(aid.NewProgramme(spec)).Payments()
	require.NoError(t, payments.Add(aid.CodedPayment{Place: 1 << 20, Count: 1, Sum: yuan("1")}))
	var read aid.Payments
	require.NoError(t, read.UnmarshalBinary(must(payments.AppendBinary(nil))))
	assert.True(t, slices.Equal(must(payments.AppendBinary(nil)), must(read.AppendBinary(nil))))
	spec.Traits[0].Terms = append(terms, union.Term{Key: "more", Title: "项"})
	_, err := aid.NewProgramme(spec)
	require.ErrorIs(t, err, union.ErrRange)
}

// Where one rate of several states bounds, whatever lies between is explained.
func TestOneRateWithBoundsLeavesTheSumBetween(t *testing.T) {
	spec := programmeSpec()
	terms := spec.Kinds[2].Rates
	spec.Kinds[2].Rates = []aid.Rate{{When: terms[0].When, Exactly: fixed("4000")}, {When: terms[2].When, Least: fixed("100"), Most: fixed("5000")}}
	p := must(aid.NewProgramme(spec))
	asked := aid.Payment{Kind: "student", Count: 2, On: mayDay}
	for sum, ways := range map[string]int{"200": 1, "199.99": 0, "4567.89": 1, "10000": 1, "10000.01": 0} {
		explained := must(p.Explain(asked, yuan(sum), aid.Lines{}))
		assert.Equal(t, ways, explained.Ways, sum)
		assert.Empty(t, explained.Split, sum)
	}
}

// Of four rates the counts of two are tried: 1,000 × 1,000 of them, and no more.
func TestNoMoreThanAMillionSplitsAreTried(t *testing.T) {
	spec := programmeSpec()
	stages := &spec.Traits[1].Terms
	*stages = append(*stages, union.Term{Key: "junior", Title: "初中"}, union.Term{Key: "primary", Title: "小学"})
	spec.Kinds[2].Rates = nil
	for i, term := range *stages {
		spec.Kinds[2].Rates = append(spec.Kinds[2].Rates, aid.Rate{When: []aid.Condition{{Of: "stage", Is: []string{term.Key}}}, Exactly: fixed(fmt.Sprint(4000 - 1000*i))})
	}
	p := must(aid.NewProgramme(spec))
	most := aid.Payment{Kind: "student", Count: 999, On: mayDay}
	explained := must(p.Explain(most, must(yuan("4000").Times(999)), aid.Lines{}))
	assert.Equal(t, 1, explained.Ways)
	assert.EqualValues(t, 999, explained.Split[0].Count)
	most.Count = 1000
	_, err := p.Explain(most, must(yuan("4000").Times(1000)), aid.Lines{})
	require.ErrorIs(t, err, union.ErrRange)
}

func TestPaymentsRefuseWhatTheyCannotCount(t *testing.T) {
	for reason, each := range map[string]struct {
		add  aid.CodedPayment
		want error
	}{
		"no place":        {aid.CodedPayment{Count: 1, Sum: yuan("1")}, union.ErrRange},
		"another place":   {aid.CodedPayment{Place: 4, Count: 1, Sum: yuan("1")}, union.ErrRange},
		"nobody":          {aid.CodedPayment{Place: 1, Sum: yuan("1")}, union.ErrRange},
		"too little":      {aid.CodedPayment{Place: 1, Count: 2, Sum: yuan("0.01")}, union.ErrRange},
		"too much":        {aid.CodedPayment{Place: 2, Count: 1, Sum: union.Fen(mostFen)}, union.ErrOverflow},
		"too many, as is": {aid.CodedPayment{Place: 2, Count: mostFen, Sum: union.Fen(mostFen)}, union.ErrOverflow},
	} {
		payments := samplePayments()
		require.ErrorIs(t, payments.Add(each.add), each.want, reason)
		assert.Equal(t, samplePayments(), payments, reason)
	}
	var zero aid.Payments
	require.ErrorIs(t, zero.Add(aid.CodedPayment{Place: 1, Count: 1, Sum: yuan("1")}), union.ErrRule)
	payments, rich := samplePayments(), rates().Payments()
	require.NoError(t, rich.Add(aid.CodedPayment{Place: 2, Count: 1, Sum: union.Fen(mostFen)}))
	require.ErrorIs(t, payments.Merge(rich), union.ErrOverflow)
	require.ErrorIs(t, payments.Merge(programme().Payments()), union.ErrRule)
	assert.Equal(t, samplePayments(), payments)
	_, err := rates().Figures(programme().Payments())
	require.ErrorIs(t, err, union.ErrRule)
	require.NoError(t, rich.Add(aid.CodedPayment{Place: 3, Count: 1, Sum: union.Fen(mostFen)}))
	_, err = rates().Figures(rich)
	require.ErrorIs(t, err, union.ErrOverflow)
	_, err = aid.Programme{}.Figures(aid.Payments{})
	require.ErrorIs(t, err, union.ErrRule)
	assert.Equal(t, aid.Payments{}, aid.Programme{}.Payments())
}

func TestWhatNoPaymentsGiveIsNotRead(t *testing.T) {
	made := func(numbers ...int64) []byte {
		return claimed(t, "aid.payments/1", rates().ID(), func(w *wire.Writer) {
			w.Len(len(numbers) / 2)
			w.Fill(numbers[:len(numbers)/2])
			w.Fill(numbers[len(numbers)/2:])
		})
	}
	for reason, data := range map[string][]byte{
		"no places":             made(),
		"a sum that nobody got": made(0, 0, 0, 0, 5, 0),
		"less than a fen each":  made(0, 6, 0, 0, 5, 0),
	} {
		payments := samplePayments()
		require.ErrorIs(t, payments.UnmarshalBinary(data), union.ErrText, reason)
		assert.Equal(t, samplePayments(), payments, reason)
	}
	short := made(1, 0, 5, 0) // of two places, under the rule of three
	var payments aid.Payments
	require.NoError(t, payments.UnmarshalBinary(short))
	_, err := rates().Figures(payments)
	require.ErrorIs(t, err, union.ErrRule)
	own := samplePayments()
	require.ErrorIs(t, own.UnmarshalBinary(short), union.ErrRule)
	require.ErrorIs(t, own.Merge(payments), union.ErrRule)
	assert.Equal(t, samplePayments(), own)
}

// addedRowByRow states that the figures of payments are what a list comes to that is added
// up row by row.
func addedRowByRow(code func(aid.Payment) (aid.CodedPayment, error)) laws.Law {
	return func(r *rapid.T) error {
		payments := rates().Payments()
		count, sum, outside := int64(0), int64(0), int64(0)
		for range rapid.IntRange(0, 6).Draw(r, "payments") {
			place := rapid.SampledFrom([]string{"inside", "outside"}).Draw(r, "place")
			n := rapid.Int64Range(1, 40).Draw(r, "count")
			coded, err := code(students(place, n))
			if err != nil {
				return err
			}
			if err := payments.Add(coded); err != nil {
				return err
			}
			count += n
			for range n {
				if place == "outside" {
					outside++
					sum += 50000
				} else {
					sum += 30000
				}
			}
		}
		figures, err := rates().Figures(payments)
		if err != nil {
			return err
		}
		got := map[string]string{}
		for _, figure := range figures {
			got[figure.Key()], _ = figure.Value()
		}
		const key = "aid.programme.students"
		for each, want := range map[string]string{
			key + ".count": fmt.Sprint(count), key + ".sum": union.Fen(sum).String(), key + ".kind.student.place.outside.count": fmt.Sprint(outside),
		} {
			if got[each] != want {
				return fmt.Errorf("%s is %s, want %s", each, got[each], want)
			}
		}
		return nil
	}
}

func TestPaymentsAreWhatTheRatesGive(t *testing.T) {
	laws.Holds(t, addedRowByRow(func(p aid.Payment) (aid.CodedPayment, error) { return rates().CodePayment(p, aid.Lines{}) }))
	laws.Rejects(t, addedRowByRow(func(p aid.Payment) (aid.CodedPayment, error) { // each at the first rate
		coded, err := rates().CodePayment(students("inside", p.Count), aid.Lines{})
		return coded, err
	}))
	laws.Rejects(t, addedRowByRow(func(p aid.Payment) (aid.CodedPayment, error) { // one of each list
		coded, err := rates().CodePayment(p, aid.Lines{})
		coded.Sum = union.Fen(coded.Sum.Fen() / coded.Count * max(1, coded.Count-1))
		return coded, err
	}))
}

func TestAPaymentThatCannotBeReadSaysWhere(t *testing.T) {
	for reason, each := range map[string]struct {
		change func(*aid.Payment)
		want   error
		where  string
	}{
		"no kind":      {func(p *aid.Payment) { p.Kind = "" }, union.ErrMissing, "kind"},
		"no day":       {func(p *aid.Payment) { p.On = union.Date{} }, union.ErrMissing, "on"},
		"no trait":     {func(p *aid.Payment) { p.Traits = nil }, union.ErrMissing, "traits.place"},
		"another term": {func(p *aid.Payment) { p.Traits = map[string]string{"place": "x"} }, union.ErrUnknown, "traits.place"},
		"another fact": {func(p *aid.Payment) { p.Facts = map[string]union.Number{"x": {}} }, union.ErrUnknown, "facts"},
		"nobody":       {func(p *aid.Payment) { p.Count = 0 }, union.ErrRange, "count"},
		"too many":     {func(p *aid.Payment) { p.Count = mostFen }, union.ErrOverflow, "count"},
	} {
		payment := students("inside", 3)
		each.change(&payment)
		_, err := rates().CodePayment(payment, aid.Lines{})
		require.ErrorIs(t, err, each.want, reason)
		assert.Equal(t, each.where, union.Faults(err)[0].Where, reason)
	}
	_, err := aid.Programme{}.CodePayment(students("inside", 3), aid.Lines{})
	require.ErrorIs(t, err, union.ErrMissing)
	_, err = programme().CodePayment(aid.Payment{Kind: "living", Area: "例县", On: mayDay, Traits: map[string]string{"category": "extreme"}, Count: 1}, countyLines())
	require.ErrorIs(t, err, union.ErrUndefined)
	_, err = programme().CodePayment(aid.Payment{Kind: "living", Area: "邻县", On: mayDay, Traits: map[string]string{"category": "extreme"}, Count: 1}, countyLines())
	require.ErrorIs(t, err, union.ErrUnknown)
	for where, payment := range map[string]aid.Payment{
		"kind": {Kind: "x", Count: 1}, "count": {Kind: "student"}, "traits.place": {Kind: "student", Count: 1, Traits: map[string]string{"place": "x"}},
	} {
		_, err := rates().CodePaid(payment, yuan("1"))
		require.Error(t, err, where)
		assert.Equal(t, where, union.Faults(err)[0].Where)
		_, err = aid.Programme{}.CodePaid(payment, yuan("1"))
		require.ErrorIs(t, err, union.ErrMissing)
	}
}

func TestKindsOfOtherMeasuresHaveNoCommonCount(t *testing.T) {
	payments := programme().Payments()
	for _, kind := range []string{"living", "medical"} {
		require.NoError(t, payments.Add(must(programme().CodePaid(aid.Payment{Kind: kind, Count: 2}, yuan("100")))))
	}
	figures, err := programme().Figures(payments)
	require.NoError(t, err)
	values := checkFigures(t, figures)
	assert.Equal(t, "[not applicable]", values["aid.programme.programme.count"])
	assert.Equal(t, "200.00元", values["aid.programme.programme.sum"])
	assert.Equal(t, "2户", values["aid.programme.programme.kind.living.count"])
	assert.Equal(t, "0户", values["aid.programme.programme.kind.living.category.extreme.count"], "the trait was not told")
}

// explains is what says how a printed sum came about.
type explains func(count int64, sum union.Money) (aid.Explanation, error)

// threeRates pays 3, 5 or 8 yuan, or, where the place is not told, any of them.
func threeRates() aid.Programme {
	spec := rates().Spec()
	spec.Traits[0].Terms = append(spec.Traits[0].Terms, union.Term{Key: "abroad", Title: "境外"})
	for i, sum := range []string{"3", "5", "8"} {
		rate := aid.Rate{When: []aid.Condition{{Of: "place", Is: []string{spec.Traits[0].Terms[i].Key}}}, Exactly: fixed(sum)}
		spec.Kinds[0].Rates = append(spec.Kinds[0].Rates[:i:i], rate)
	}
	return must(aid.NewProgramme(spec))
}

// everySplit states that an explanation knows whether there is no way, one or more
// to pay a sum to so many, by trying all.
func everySplit(explain explains) laws.Law {
	return func(r *rapid.T) error {
		count := rapid.Int64Range(1, 12).Draw(r, "count")
		sum := rapid.Int64Range(0, 8*count+1).Draw(r, "yuan")
		var ways [][]int64
		for a := range count + 1 {
			for b := range count - a + 1 {
				if 3*a+5*b+8*(count-a-b) == sum {
					ways = append(ways, []int64{a, b, count - a - b})
				}
			}
		}
		got, err := explain(count, union.Fen(100*sum))
		if err != nil {
			return err
		}
		if got.Ways != min(len(ways), 2) || (got.Ways == 0) != (len(got.Findings) == 1) {
			return fmt.Errorf("%d of %d in %d ways, want %d", sum, count, got.Ways, len(ways))
		}
		if len(ways) != 1 {
			return nil
		}
		var split []int64
		for _, each := range got.Split {
			split = append(split, each.Count)
		}
		if !slices.Equal(split, ways[0]) {
			return fmt.Errorf("%d of %d as %v, want %v", sum, count, split, ways[0])
		}
		return nil
	}
}

func TestAPrintedSumIsExplainedInEveryWay(t *testing.T) {
	three := threeRates()
	explain := func(count int64, sum union.Money) (aid.Explanation, error) {
		return three.Explain(aid.Payment{Kind: "student", On: mayDay, Count: count}, sum, aid.Lines{})
	}
	laws.Holds(t, everySplit(explain))
	laws.Rejects(t, everySplit(func(count int64, sum union.Money) (aid.Explanation, error) { // the bounds alone
		made, err := explain(count, sum)
		made.Ways = 1
		return made, err
	}))
	laws.Rejects(t, everySplit(func(count int64, sum union.Money) (aid.Explanation, error) {
		made, err := explain(count, sum)
		slices.Reverse(made.Split)
		return made, err
	}))
}

func TestAnExplanationSaysWhyThereIsNone(t *testing.T) {
	three := threeRates()
	one := func(place string, count int64, sum string) aid.Explanation {
		payment := students(place, count)
		if place == "" {
			payment.Traits = nil
		}
		return must(three.Explain(payment, yuan(sum), aid.Lines{}))
	}
	assert.Equal(t, []aid.RateCount{{Rate: 2, Each: yuan("8"), Count: 4}}, one("abroad", 4, "32").Split)
	assert.Equal(t, 0, one("abroad", 4, "31").Ways)
	assert.Equal(t, "kinds.student: so many times what the rates give: got 31.00, want 4 × 8.00 to 8.00", one("abroad", 4, "31").Findings[0].String())
	for reason, each := range map[string]struct {
		payment aid.Payment
		sum     string
		want    error
	}{
		"no kind":              {aid.Payment{On: mayDay, Count: 1}, "1", union.ErrMissing},
		"another term":         {aid.Payment{Kind: "student", On: mayDay, Count: 1, Traits: map[string]string{"place": "x"}}, "1", union.ErrUnknown},
		"another fact":         {aid.Payment{Kind: "student", On: mayDay, Count: 1, Facts: map[string]union.Number{"x": {}}}, "1", union.ErrUnknown},
		"nobody":               {aid.Payment{Kind: "student", On: mayDay}, "1", union.ErrRange},
		"too many to be held":  {aid.Payment{Kind: "student", On: mayDay, Count: 1 << 60}, "1", union.ErrOverflow},
		"too many to be tried": {aid.Payment{Kind: "student", On: mayDay, Count: 1_000_000}, "8000000", union.ErrRange},
	} {
		_, err := three.Explain(each.payment, yuan(each.sum), aid.Lines{})
		require.ErrorIs(t, err, each.want, reason)
	}
	most := aid.Payment{Kind: "student", On: mayDay, Count: 999_999}
	assert.Equal(t, 1, must(three.Explain(most, yuan("7999992"), aid.Lines{})).Ways, "as many as are tried, each with 8")
	_, err := aid.Programme{}.Explain(aid.Payment{}, yuan("1"), aid.Lines{})
	require.ErrorIs(t, err, union.ErrMissing)
	living := aid.Payment{Kind: "living", Area: "例县", On: mayDay, Count: 10}
	assert.Equal(t, 1, must(programme().Explain(living, yuan("28800"), countyLines())).Ways, "within the ceilings")
	assert.Equal(t, 0, must(programme().Explain(living, yuan("28800.01"), countyLines())).Ways)
	living.Area = "邻县"
	_, err = programme().Explain(living, yuan("1"), countyLines())
	require.ErrorIs(t, err, union.ErrUnknown)
	board := aid.Payment{Kind: "board", On: mayDay, Count: 1, Facts: map[string]union.Number{"age": union.Whole(20)}}
	assert.Equal(t, "kinds.board: so many times what the rates give: got 1000.00, want a rate that applies",
		must(programme().Explain(board, yuan("1000"), aid.Lines{})).Findings[0].String())
	spec := programmeSpec()
	spec.Kinds[1].Rounding = union.Rounding{}
	_, err = must(aid.NewProgramme(spec)).Explain(aid.Payment{Kind: "medical", On: mayDay, Count: 1, Facts: map[string]union.Number{"paid": union.MustParseNumber("0.01")}}, yuan("1"), aid.Lines{})
	require.Error(t, err)
	assert.Equal(t, "rates[0].most", union.Faults(err)[0].Where)
	require.NotErrorIs(t, err, union.ErrUnknown)
	twice := rates().Spec()
	*twice.Kinds[0].Rates[1].Exactly.Fixed = yuan("300")
	alike := must(aid.NewProgramme(twice))
	untold := students("", 2)
	untold.Traits = nil
	assert.Equal(t, 2, must(alike.Explain(untold, yuan("600"), aid.Lines{})).Ways, "both rates give 300")
	assert.Equal(t, 0, must(alike.Explain(untold, yuan("600.01"), aid.Lines{})).Ways)
	untold.Count = 1
	assert.Equal(t, 2, must(alike.Explain(untold, yuan("300"), aid.Lines{})).Ways, "one of either")
}
