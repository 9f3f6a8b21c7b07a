package aid_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/internal/laws"
)

var yearsEnd = day("2010-12-31")

func annualReview() aid.AnnualReview { return must(certificateRule().AnnualReview(2010, yearsEnd)) }

// codeIssued codes a certificate issued on a day, with one review or none.
func codeIssued(key, issued, reviewed, outcome string) aid.CodedCertificate {
	c := certificate()
	c.Key, c.Issued = key, day(issued)
	var reviews []aid.Review
	if outcome != "" {
		r := review("r1", reviewed, outcome)
		r.Certificate = key
		reviews = append(reviews, r)
	}
	return must(certificateRule().CodeCertificate(c, reviews, 2010, yearsEnd))
}

func TestAnAnnualReviewCountsWhatIsDueAndWhatCameOfIt(t *testing.T) {
	annual := annualReview()
	for _, each := range []aid.CodedCertificate{
		codeIssued("C-1", "2009-12-10", "2010-11-20", aid.Renewed),
		codeIssued("C-2", "2010-11-01", "2010-12-15", aid.Renewed), // issued as the window begins, reviewed as it ends
		codeIssued("C-3", "2009-12-10", "2010-11-20", aid.Lapsed),
		codeIssued("C-4", "2009-12-10", "2010-11-01", aid.Withdrawn), // on the first day
		codeIssued("C-5", "2010-03-01", "", ""),                      // not reviewed, and held
		codeIssued("C-6", "2010-03-01", "2010-12-16", aid.Renewed),   // a day too late
		codeIssued("C-7", "2010-11-02", "", ""),                      // issued after the window began
		codeIssued("C-8", "2009-11-01", "", ""),                      // expired as it began
		codeIssued("C-9", "2010-03-01", "2010-10-31", aid.Withdrawn), // before it began
		codeIssued("C-10", "2010-03-01", "2010-06-01", aid.Lapsed),   // runs out, and is not reviewed again
		codeIssued("C-11", "2011-03-01", "", ""),                     // not issued yet
	} {
		require.NoError(t, annual.Add(each), each.Key)
	}
	figures, err := certificateRule().Figures(annual)
	require.NoError(t, err)
	assert.Equal(t, map[string]string{
		"aid.certificates.title":     "特困职工优待证管理办法",
		"aid.certificates.held":      "6本", // 1, 2, 5, 6, 7, 10
		"aid.certificates.due":       "6本", // 1 to 6
		"aid.certificates.reviewed":  "4本",
		"aid.certificates.renewed":   "2本",
		"aid.certificates.lapsed":    "1本",
		"aid.certificates.withdrawn": "1本",
		"aid.certificates.pending":   "2本",
	}, checkFigures(t, figures))
	findings, err := certificateRule().Check(annual)
	require.NoError(t, err)
	assert.Empty(t, findings)
	assert.Equal(t, certificateRule().ID(), annual.Rule())
}

func TestAWindowMayGoOverNewYear(t *testing.T) {
	spec := certificateSpec()
	spec.Window = aid.Window{From: aid.YearDay{Month: 12, Day: 15}, Until: aid.YearDay{Month: 1, Day: 15}}
	rule := must(aid.NewCertificateRule(spec))
	window, err := rule.Window(2010)
	require.NoError(t, err)
	assert.Equal(t, "2010-12-15/2011-01-15", window.String())
	_, err = rule.Window(9999)
	require.ErrorIs(t, err, union.ErrRange)
	_, err = certificateRule().Window(0)
	require.ErrorIs(t, err, union.ErrRange)
	_, err = certificateRule().CodeCertificate(certificate(), nil, 0, yearsEnd)
	require.ErrorIs(t, err, union.ErrRange)
	spec.Window.From = aid.YearDay{Month: 1, Day: 1}
	rule = must(aid.NewCertificateRule(spec))
	_, err = rule.CodeCertificate(certificate(), nil, 1, yearsEnd)
	require.ErrorIs(t, err, union.ErrRange, "no day comes before the first of the calendar")
}

func TestAWindowMayBeOneDay(t *testing.T) {
	spec := certificateSpec()
	spec.Window.Until = spec.Window.From
	window, err := must(aid.NewCertificateRule(spec)).Window(2010)
	require.NoError(t, err)
	assert.Equal(t, "2010-11-01/2010-11-01", window.String())
}

func TestWhatIsNotIssuedYetIsNeitherHeldNorDue(t *testing.T) {
	c := certificate()
	c.Issued = day("2010-05-02") // a day after it is asked, long before the window
	coded, err := certificateRule().CodeCertificate(c, nil, 2010, mayDay)
	require.NoError(t, err)
	assert.False(t, coded.Held)
	assert.False(t, coded.Due)
}

func TestBeforeTheWindowDueIsWhatWillBe(t *testing.T) {
	coded, err := certificateRule().CodeCertificate(certificate(), []aid.Review{review("r1", "2010-06-01", aid.Withdrawn)}, 2010, mayDay)
	require.NoError(t, err)
	assert.True(t, coded.Due, "nobody knows on 1 May what happens in June")
	assert.True(t, coded.Held)
	assert.Empty(t, coded.Outcome)
}

func TestAnAnnualReviewRefusesWhatItCannotCount(t *testing.T) {
	rule := certificateRule()
	good := codeIssued("C-1", "2009-12-10", "", "")
	with := func(change func(*aid.CodedCertificate)) aid.CodedCertificate {
		each := good
		change(&each)
		return each
	}
	for reason, each := range map[string]struct {
		add  aid.CodedCertificate
		want error
	}{
		"another year":            {with(func(c *aid.CodedCertificate) { c.Year = 2011 }), union.ErrRule},
		"another day":             {with(func(c *aid.CodedCertificate) { c.On = mayDay }), union.ErrRule},
		"another outcome":         {with(func(c *aid.CodedCertificate) { c.Outcome = "lost" }), union.ErrUnknown},
		"an outcome without need": {with(func(c *aid.CodedCertificate) { c.Outcome, c.Due = aid.Renewed, false }), union.ErrUnknown},
		"the same certificate":    {with(func(c *aid.CodedCertificate) { c.Key = "C-0" }), union.ErrRepeated},
		"no key":                  {with(func(c *aid.CodedCertificate) { c.Key = "" }), union.ErrMissing},
	} {
		annual := annualReview()
		require.NoError(t, annual.Add(codeIssued("C-0", "2009-12-10", "", "")))
		var before aid.AnnualReview
		require.NoError(t, before.Merge(annual))
		require.ErrorIs(t, annual.Add(each.add), each.want, reason)
		assert.Equal(t, before, annual, reason)
	}
	var zero aid.AnnualReview
	require.ErrorIs(t, zero.Add(good), union.ErrRule)
	require.ErrorIs(t, zero.Add(aid.CodedCertificate{}), union.ErrRule)
	_, err := rule.AnnualReview(0, yearsEnd)
	require.ErrorIs(t, err, union.ErrRange)
	_, err = rule.AnnualReview(2010, union.Date{})
	require.ErrorIs(t, err, union.ErrMissing)
	_, err = aid.CertificateRule{}.AnnualReview(2010, yearsEnd)
	require.ErrorIs(t, err, union.ErrMissing)
	annual := annualReview()
	for _, other := range []aid.AnnualReview{must(rule.AnnualReview(2011, yearsEnd)), must(rule.AnnualReview(2010, mayDay))} {
		require.ErrorIs(t, annual.Merge(other), union.ErrRule)
	}
	spec := certificateSpec()
	spec.Months = 24
	foreign := must(must(aid.NewCertificateRule(spec)).AnnualReview(2010, yearsEnd))
	require.ErrorIs(t, annual.Merge(foreign), union.ErrRule)
	_, err = rule.Figures(foreign)
	require.ErrorIs(t, err, union.ErrRule)
	_, err = rule.Check(foreign)
	require.ErrorIs(t, err, union.ErrRule)
}

func TestACertificateCountedTwiceIsFound(t *testing.T) {
	left, right := annualReview(), annualReview()
	require.NoError(t, left.Add(codeIssued("C-1", "2009-12-10", "", "")))
	require.NoError(t, right.Add(codeIssued("C-1", "2009-12-10", "", "")))
	require.NoError(t, left.Merge(right))
	findings, err := certificateRule().Check(left)
	require.NoError(t, err)
	require.Len(t, findings, 1)
	assert.Equal(t, "2 certificates", findings[0].Got)
}

func TestAReviewThatGrowsTooLargeIsRefused(t *testing.T) {
	annual := annualReview()
	require.NoError(t, annual.Add(codeIssued("C-1", "2009-12-10", "", "")))
	for range 62 {
		require.NoError(t, doubled(&annual))
	}
	var before aid.AnnualReview
	require.NoError(t, before.Merge(annual))
	require.ErrorIs(t, annual.Merge(before), union.ErrOverflow)
	assert.Equal(t, before, annual)

	full := annualReview()
	for range 63 { // 1 + 2 + 4 + … is one less than the next double
		require.NoError(t, doubled(&full))
		one := annualReview()
		require.NoError(t, one.Add(codeIssued("C-1", "2009-12-10", "", "")))
		require.NoError(t, full.Merge(one))
	}
	before = aid.AnnualReview{}
	require.NoError(t, before.Merge(full))
	require.ErrorIs(t, full.Add(codeIssued("C-2", "2009-12-10", "", "")), union.ErrOverflow)
	assert.Equal(t, before, full)
	assert.Equal(t, "9223372036854775807本", figureOf(t, must(certificateRule().Figures(full)), "aid.certificates.due").String())
}

// doubled merges a review with its own copy.
func doubled(annual *aid.AnnualReview) error {
	var copied aid.AnnualReview
	if err := copied.Merge(*annual); err != nil {
		return err
	}
	return annual.Merge(copied)
}

func TestAnnualReviewsMerge(t *testing.T) {
	laws.Tally[aid.AnnualReview](t, func(r *rapid.T) aid.AnnualReview {
		annual := annualReview()
		for i := range rapid.IntRange(0, 5).Draw(r, "certificates") {
			_ = annual.Add(codeIssued(fmt.Sprint("C-", i), "2009-12-10", "2010-11-20", drawOutcome(r)))
		}
		return annual
	})
}

func drawOutcome(r *rapid.T) string {
	return rapid.SampledFrom([]string{"", aid.Renewed, aid.Lapsed, aid.Withdrawn}).Draw(r, "outcome")
}
