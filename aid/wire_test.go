package aid_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/internal/laws"
	"github.com/unioncampaign/union/internal/wire"
)

// Samples of every tally, whose bytes are kept.

func sampleSurvey() aid.Survey {
	return surveyed(standard(), func(*aid.Household) {}, func(h *aid.Household) { h.Income[0].Amount = yuan("99999") })
}

func sampleStudents() aid.Students {
	return enrolled("extreme", student("s1", "undergraduate", 2010), student("s2", "undergraduate", 2008))
}

func sampleVisits() aid.Visits {
	visits := visitPlan().Visits()
	for _, each := range []aid.CodedVisit{
		{Worker: "w1", Level: 1, Amount: yuan("500")}, {Worker: "w1", Level: 1, Goods: 3}, {Worker: "w2", Level: 2},
		{Worker: "w3", Level: 2, Amount: yuan("800"), Goods: 1},
	} {
		if err := visits.Add(each); err != nil {
			panic(err)
		}
	}
	return visits
}

func sampleReview() aid.AnnualReview {
	review := annualReview()
	for i, outcome := range []string{"", aid.Renewed, aid.Lapsed, aid.Withdrawn} {
		reviewed := ""
		if outcome != "" {
			reviewed = "2010-11-20"
		}
		if err := review.Add(codeIssued(fmt.Sprint("C-", i), "2009-12-10", reviewed, outcome)); err != nil {
			panic(err)
		}
	}
	return review
}

func sampleDonations() aid.Donations {
	donations := donationDay().Donations()
	for _, each := range []aid.CodedGift{
		{Unit: 1, Kind: aid.Received, Amount: yuan("100"), Donor: "d1"},
		{Unit: 1, Kind: aid.Received, Amount: yuan("0.50")},
		{Unit: 1, Kind: aid.Pledge, Amount: yuan("30")},
		{Unit: 2, Kind: aid.Whole, Amount: yuan("1200"), Donors: 40},
		{Unit: 3, Kind: aid.Whole, Amount: yuan("9.90")},
		{Unit: 4, Kind: aid.Received, Amount: yuan("7"), Donor: "d1", Late: true},
	} {
		if err := donations.Add(each); err != nil {
			panic(err)
		}
	}
	return donations
}

func TestBinaryFormsAreKept(t *testing.T) {
	laws.Golden(t, aid.Survey{}, standard().Survey(), sampleSurvey())
	laws.Golden(t, aid.Students{}, goldenAutumn().Students(), sampleStudents())
	laws.Golden(t, aid.Visits{}, visitPlan().Visits(), sampleVisits())
	laws.Golden(t, aid.AnnualReview{}, annualReview(), sampleReview())
	laws.Golden(t, aid.Donations{}, donationDay().Donations(), sampleDonations())
}

func FuzzBinaryForms(f *testing.F) {
	laws.FuzzReadings(f, laws.ReadingOf[aid.Survey](), laws.ReadingOf[aid.Students](), laws.ReadingOf[aid.Visits](),
		laws.ReadingOf[aid.AnnualReview](), laws.ReadingOf[aid.Donations](), laws.ReadingOf[aid.Proceeds]())
}

// Records have keys of their own, since who comes twice on one list is refused
// there.
func TestASplitFoldIsOneFold(t *testing.T) {
	laws.Folds[aid.Survey](t, standard().Survey, func(r *rapid.T) []aid.CodedHousehold {
		return numbered(r, func(r *rapid.T, key string) aid.CodedHousehold {
			coded := must(standard().CodeHousehold(drawHousehold(r), mayDay))
			coded.Key = key
			return coded
		})
	}, (*aid.Survey).Add)
	laws.Folds[aid.Students](t, goldenAutumn().Students, func(r *rapid.T) []aid.CodedStudent {
		return numbered(r, drawStudent)
	}, (*aid.Students).Add)
	laws.Folds[aid.Visits](t, visitPlan().Visits, func(r *rapid.T) []aid.CodedVisit {
		return rapid.SliceOfN(rapid.Custom(drawVisit), 0, 8).Draw(r, "visits")
	}, (*aid.Visits).Add)
	laws.Folds[aid.AnnualReview](t, annualReview, func(r *rapid.T) []aid.CodedCertificate {
		return numbered(r, func(r *rapid.T, key string) aid.CodedCertificate {
			return codeIssued(key, "2009-12-10", "2010-11-20", drawOutcome(r))
		})
	}, (*aid.AnnualReview).Add)
	laws.Folds[aid.Donations](t, donationDay().Donations, func(r *rapid.T) []aid.CodedGift {
		units := map[union.Code]aid.GiftKind{} // a unit gives by named gifts or in one row
		return numbered(r, func(r *rapid.T, _ string) aid.CodedGift {
			gift := drawGift(r)
			if gift.Kind == aid.Whole && units[gift.Unit] != 0 || units[gift.Unit] == aid.Whole {
				gift.Kind = aid.Pledge
			}
			switch gift.Kind {
			case aid.Received:
				gift.Donor = rapid.SampledFrom([]string{"", "d1", "d2"}).Draw(r, "donor")
				units[gift.Unit] = gift.Kind
			case aid.Whole:
				gift.Donors = rapid.Int64Range(0, 9).Draw(r, "donors")
				units[gift.Unit] = gift.Kind
			}
			return gift
		})
	}, (*aid.Donations).Add)
}

func numbered[R any](r *rapid.T, draw func(r *rapid.T, key string) R) []R {
	records := make([]R, rapid.IntRange(0, 6).Draw(r, "records"))
	for i := range records {
		records[i] = draw(r, fmt.Sprint("k", i))
	}
	return records
}

// Tallies of another shape that claim the same rule are refused wherever they come
// in, and change nothing.
func TestATallyOfAnotherShapeUnderTheSameRuleIsRefused(t *testing.T) {
	refusal := func(t *testing.T, err error) {
		t.Helper()
		require.ErrorIs(t, err, union.ErrRule)
	}
	t.Run("students", func(t *testing.T) {
		var made aid.Students
		require.NoError(t, made.UnmarshalBinary(claimed(t, "aid.students/1", goldenAutumn().ID(), func(w *wire.Writer) {
			registers(w, 2*9)
			w.Nest(union.Register{})
		})))
		own := sampleStudents()
		refusal(t, own.Merge(made))
		refusal(t, own.UnmarshalBinary(must(made.AppendBinary(nil))))
		assert.Equal(t, sampleStudents(), own)
		_, err := goldenAutumn().Figures(made, union.Date{})
		refusal(t, err)
		_, err = goldenAutumn().Check(made)
		refusal(t, err)
	})
	t.Run("visits", func(t *testing.T) {
		var made aid.Visits
		require.NoError(t, made.UnmarshalBinary(claimed(t, "aid.visits/1", visitPlan().ID(), func(w *wire.Writer) {
			registers(w, 9)
			w.Fill(make([]int64, 6))
		})))
		own := sampleVisits()
		refusal(t, own.Merge(made))
		refusal(t, own.UnmarshalBinary(must(made.AppendBinary(nil))))
		assert.Equal(t, sampleVisits(), own)
		_, err := visitPlan().Figures(made)
		refusal(t, err)
	})
	t.Run("donations", func(t *testing.T) {
		var made aid.Donations
		require.NoError(t, made.UnmarshalBinary(claimed(t, "aid.donations/1", donationDay().ID(), func(w *wire.Writer) { units(w, 99) })))
		own := sampleDonations()
		refusal(t, own.Merge(made))
		refusal(t, own.UnmarshalBinary(must(made.AppendBinary(nil))))
		assert.Equal(t, sampleDonations(), own)
		_, err := donationDay().ByUnit(made)
		refusal(t, err)
		_, err = donationDay().Check(made)
		refusal(t, err)
	})
	t.Run("a review of another year", func(t *testing.T) {
		other := must(certificateRule().AnnualReview(2011, yearsEnd))
		own := sampleReview()
		refusal(t, own.UnmarshalBinary(must(other.AppendBinary(nil))))
		assert.Equal(t, sampleReview(), own)
	})
	t.Run("a survey of another table", func(t *testing.T) {
		var made aid.Survey
		foreign := union.Table{}
		require.NoError(t, foreign.UnmarshalBinary(claimed(t, "union.table/1", visitPlan().ID(), func(w *wire.Writer) {
			w.Len(1)
			w.Uint(2)
			w.Fill([]int64{0, 0})
		})))
		require.NoError(t, made.UnmarshalBinary(claimed(t, "aid.survey/1", standard().ID(), func(w *wire.Writer) {
			w.Nest(foreign)
			w.Nest(union.Register{})
		})))
		own := sampleSurvey()
		refusal(t, own.Merge(made))
		refusal(t, own.UnmarshalBinary(must(made.AppendBinary(nil))))
		assert.Equal(t, sampleSurvey(), own)
		_, err := standard().Figures(made)
		refusal(t, err)
		_, err = standard().Check(made)
		refusal(t, err)
	})
	t.Run("a survey of a household without outcome or cause", func(t *testing.T) {
		for _, at := range [][]union.Code{{0, 1}, {1, 0}} {
			table := tableOf(t, standard().Survey())
			require.NoError(t, table.Add(at...))
			one := union.Register{}
			_, err := one.Add("k1")
			require.NoError(t, err)
			var made aid.Survey
			require.NoError(t, made.UnmarshalBinary(claimed(t, "aid.survey/1", standard().ID(), func(w *wire.Writer) {
				w.Nest(table)
				w.Nest(one)
			})))
			_, err = standard().Figures(made)
			refusal(t, err)
			_, err = standard().Check(made)
			refusal(t, err)
		}
	})
}

// tableOf returns the table that is written first in a survey.
func tableOf(t *testing.T, survey aid.Survey) union.Table {
	t.Helper()
	var table union.Table
	_, err := union.ReadTally(must(survey.AppendBinary(nil)), "aid.survey/1", survey.Rule(), func(r *wire.Reader) {
		r.Nest(&table)
		r.Nest(new(union.Register))
	})
	require.NoError(t, err)
	return table
}

// claimed writes a tally that claims a rule.
func claimed(t *testing.T, form string, rule union.RuleID, body func(*wire.Writer)) []byte {
	t.Helper()
	data, err := union.WriteTally(nil, form, rule, body)
	require.NoError(t, err)
	return data
}

func registers(w *wire.Writer, n int) {
	w.Len(n)
	for range n {
		w.Nest(union.Register{})
	}
}

// What no records give is refused where it is read: no figure is made of it.
func TestWhatNoRecordsGiveIsNotRead(t *testing.T) {
	one := union.Register{}
	_, err := one.Add("k1")
	require.NoError(t, err)
	visits := func(levels int, worker union.Register, numbers ...int64) []byte {
		return claimed(t, "aid.visits/1", visitPlan().ID(), func(w *wire.Writer) {
			w.Len(levels)
			for range levels {
				w.Nest(worker)
			}
			w.Fill(numbers)
		})
	}
	review := func(year int, on string, held union.Register, numbers ...int64) []byte {
		return claimed(t, "aid.annualreview/1", certificateRule().ID(), func(w *wire.Writer) {
			w.Len(year)
			w.Text(on)
			w.Nest(held)
			w.Fill(numbers)
		})
	}
	none := union.Register{}
	for name, each := range map[string]struct {
		data []byte
		read func([]byte) error
	}{
		"visits of no levels":            {data: visits(0, none, 0, 0, 0, 0, 0, 0), read: new(aid.Visits).UnmarshalBinary},
		"a worker without a visit":       {data: visits(1, one, 0, 0, 0, 0, 0, 0), read: new(aid.Visits).UnmarshalBinary},
		"a visit without a worker":       {data: visits(1, none, 1, 0, 0, 0, 0, 0), read: new(aid.Visits).UnmarshalBinary},
		"more with money than visits":    {data: visits(1, one, 1, 2, 0, 0, 2, 0), read: new(aid.Visits).UnmarshalBinary},
		"more with either than visits":   {data: visits(1, one, 1, 1, 1, 0, 1, 1), read: new(aid.Visits).UnmarshalBinary},
		"more with both than with money": {data: visits(1, one, 2, 0, 1, 1, 0, 1), read: new(aid.Visits).UnmarshalBinary},
		"less than a fen a visit":        {data: visits(1, one, 2, 2, 0, 0, 1, 0), read: new(aid.Visits).UnmarshalBinary},
		"money that none brought":        {data: visits(1, one, 1, 0, 0, 0, 1, 0), read: new(aid.Visits).UnmarshalBinary},
		"less than a piece a visit":      {data: visits(1, one, 2, 0, 2, 0, 0, 1), read: new(aid.Visits).UnmarshalBinary},
		"goods that none brought":        {data: visits(1, one, 1, 0, 0, 0, 0, 1), read: new(aid.Visits).UnmarshalBinary},
		"a review of no year":            {data: review(0, "2010-12-31", none, 0, 0, 0, 0, 0, 0), read: new(aid.AnnualReview).UnmarshalBinary},
		"a review of no day":             {data: review(2010, "", none, 0, 0, 0, 0, 0, 0), read: new(aid.AnnualReview).UnmarshalBinary},
		"a review of 31 June":            {data: review(2010, "2010-06-31", none, 0, 0, 0, 0, 0, 0), read: new(aid.AnnualReview).UnmarshalBinary},
		"more held than there are":       {data: review(2010, "2010-12-31", one, 2, 0, 0, 0, 0, 1), read: new(aid.AnnualReview).UnmarshalBinary},
		"more due than there are":        {data: review(2010, "2010-12-31", one, 0, 2, 0, 0, 0, 1), read: new(aid.AnnualReview).UnmarshalBinary},
		"more renewed than due":          {data: review(2010, "2010-12-31", one, 0, 0, 1, 0, 0, 1), read: new(aid.AnnualReview).UnmarshalBinary},
		"more renewed and lapsed":        {data: review(2010, "2010-12-31", one, 0, 1, 1, 1, 0, 1), read: new(aid.AnnualReview).UnmarshalBinary},
		"more with an outcome than due":  {data: review(2010, "2010-12-31", one, 0, 1, 1, 0, 1, 1), read: new(aid.AnnualReview).UnmarshalBinary},
		"more certificates than counts":  {data: review(2010, "2010-12-31", one, 0, 0, 0, 0, 0, 0), read: new(aid.AnnualReview).UnmarshalBinary},
		"a count without a certificate":  {data: review(2010, "2010-12-31", none, 0, 0, 0, 0, 0, 1), read: new(aid.AnnualReview).UnmarshalBinary},
		"students of half a stage": {
			data: claimed(t, "aid.students/1", goldenAutumn().ID(), func(w *wire.Writer) {
				registers(w, 3)
				w.Nest(none)
			}), read: new(aid.Students).UnmarshalBinary,
		},
		"students of no stage": {
			data: claimed(t, "aid.students/1", goldenAutumn().ID(), func(w *wire.Writer) {
				registers(w, 0)
				w.Nest(none)
			}), read: new(aid.Students).UnmarshalBinary,
		},
		"a survey without a table": {
			data: claimed(t, "aid.survey/1", standard().ID(), func(w *wire.Writer) {
				w.Nest(union.Table{})
				w.Nest(none)
			}), read: new(aid.Survey).UnmarshalBinary,
		},
	} {
		assert.ErrorIs(t, each.read(each.data), union.ErrText, name)
	}
}

// The longest inputs that claim most: many empty lists, and many units.
func TestTheWorstInputsTakeNoMoreThanEightTimesTheirLength(t *testing.T) {
	const most = 1 << 16
	worst := func(form string, rule union.RuleID, body func(w *wire.Writer, n int)) []byte {
		n := 1
		for {
			data := claimed(t, form, rule, func(w *wire.Writer) { body(w, n) })
			if len(data) > most {
				return data[:most]
			}
			n += max(1, n/8)
		}
	}
	for _, data := range [][]byte{
		worst("aid.students/1", goldenAutumn().ID(), func(w *wire.Writer, n int) { registers(w, 2*n) }),
		worst("aid.visits/1", visitPlan().ID(), registers),
		worst("aid.donations/1", donationDay().ID(), units),
		worst("aid.payments/1", rates().ID(), writePayments),
		worst("aid.proceeds/1", collection().ID(), func(w *wire.Writer, n int) { w.Counts(make([]int64, n)) }),
		claims(t, "aid.payments/1", rates().ID(), most, func(w *wire.Writer, n int) { w.Len(n / 2) }),
		claims(t, "aid.proceeds/1", collection().ID(), most, func(w *wire.Writer, n int) { w.Len(n) }),
		bytes.Repeat([]byte{0xff}, most),
	} {
		require.NoError(t, laws.Bounded(laws.OpsOf[aid.Survey](), data))
		require.NoError(t, laws.Bounded(laws.OpsOf[aid.Students](), data))
		require.NoError(t, laws.Bounded(laws.OpsOf[aid.Visits](), data))
		require.NoError(t, laws.Bounded(laws.OpsOf[aid.AnnualReview](), data))
		require.NoError(t, laws.Bounded(laws.OpsOf[aid.Donations](), data))
		require.NoError(t, laws.Bounded(laws.OpsOf[aid.Payments](), data))
		require.NoError(t, laws.Bounded(laws.OpsOf[aid.Proceeds](), data))
	}
}

// writePayments writes payments of nothing at so many places.
func writePayments(w *wire.Writer, n int) {
	w.Len(n)
	w.Fill(make([]int64, n))
	w.Fill(make([]int64, n))
}

// claims are bytes of a length that claim as many items as a byte each would leave
// room for, and are none.
func claims(t *testing.T, form string, rule union.RuleID, length int, write func(w *wire.Writer, n int)) []byte {
	t.Helper()
	data := claimed(t, form, rule, func(w *wire.Writer) { write(w, length) })
	data = claimed(t, form, rule, func(w *wire.Writer) { write(w, length-len(data)) })
	return append(data, bytes.Repeat([]byte{0xff}, length-len(data))...)
}
