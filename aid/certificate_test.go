package aid_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/internal/laws"
)

func TestACertificateRuleThatIsWrongSaysWhere(t *testing.T) {
	for reason, each := range map[string]struct {
		change func(*aid.CertificateRuleSpec)
		want   error
		where  string
	}{
		"no source":                 {func(s *aid.CertificateRuleSpec) { s.Source = "" }, union.ErrMissing, "source"},
		"no classes":                {func(s *aid.CertificateRuleSpec) { s.Classes = nil }, union.ErrMissing, "classes"},
		"a class without title":     {func(s *aid.CertificateRuleSpec) { s.Classes[1].Title = "" }, union.ErrMissing, "classes[1].title"},
		"a class with a dot":        {func(s *aid.CertificateRuleSpec) { s.Classes[1].Key = "b.1" }, union.ErrText, "classes[1].key"},
		"two classes with one key":  {func(s *aid.CertificateRuleSpec) { s.Classes[1].Key = "a" }, union.ErrRepeated, "classes[1].key"},
		"an empty benefit":          {func(s *aid.CertificateRuleSpec) { s.Classes[0].Benefits[0] = "" }, union.ErrMissing, "classes[0].benefits[0]"},
		"months below zero":         {func(s *aid.CertificateRuleSpec) { s.Months = -1 }, union.ErrRange, "months"},
		"too many months":           {func(s *aid.CertificateRuleSpec) { s.Months = 1201 }, union.ErrRange, "months"},
		"a renewal below zero":      {func(s *aid.CertificateRuleSpec) { s.Renewal = -1 }, union.ErrRange, "renewal"},
		"a renewal of what is open": {func(s *aid.CertificateRuleSpec) { s.Months = 0 }, union.ErrRange, "renewal"},
		"a window from 29 February": {func(s *aid.CertificateRuleSpec) { s.Window.From = aid.YearDay{Month: 2, Day: 29} }, union.ErrRange, "window.from"},
		"a window until no day":     {func(s *aid.CertificateRuleSpec) { s.Window.Until = aid.YearDay{} }, union.ErrRange, "window.until"},
	} {
		spec := certificateSpec()
		each.change(&spec)
		_, err := aid.NewCertificateRule(spec)
		require.ErrorIs(t, err, each.want, reason)
		assert.Equal(t, each.where, union.Faults(err)[0].Where, reason)
	}
}

func TestATermMayBeAHundredYears(t *testing.T) {
	spec := certificateSpec()
	spec.Months, spec.Renewal = 1200, 1200
	_, err := aid.NewCertificateRule(spec)
	require.NoError(t, err)
}

// Renewed and then withdrawn on one day: the other way round nothing is left to
// renew.
func TestReviewsOfOneDayHappenedInTheOrderGiven(t *testing.T) {
	renewed, withdrawn := review("r1", "2010-11-20", aid.Renewed), review("r2", "2010-11-20", aid.Withdrawn)
	verdict, err := certificateRule().Judge(certificate(), []aid.Review{renewed, withdrawn}, day("2010-11-20"))
	require.NoError(t, err)
	assert.False(t, verdict.Holds())
	_, err = certificateRule().Judge(certificate(), []aid.Review{withdrawn, renewed}, day("2010-11-20"))
	require.ErrorIs(t, err, union.ErrGraph)
}

func TestACertificateRuleKeepsNothingOfItsSpec(t *testing.T) {
	spec := certificateSpec()
	rule := must(aid.NewCertificateRule(spec))
	spec.Classes[0].Benefits[0] = "changed"
	given := rule.Spec()
	given.Classes[0].Benefits[0] = "changed"
	assert.Equal(t, certificateSpec(), rule.Spec())
}

func TestACertificateIsValidOnADayOrNot(t *testing.T) {
	for reason, each := range map[string]struct {
		reviews []aid.Review
		on      string
		valid   bool
	}{
		"the day before it is issued":       {nil, "2009-12-09", false},
		"the day on which it is issued":     {nil, "2009-12-10", true},
		"the last day":                      {nil, "2010-12-09", true},
		"the day of expiry":                 {nil, "2010-12-10", false},
		"a year longer after a renewal":     {[]aid.Review{review("r1", "2010-11-20", aid.Renewed)}, "2011-12-09", true},
		"and not a day more":                {[]aid.Review{review("r1", "2010-11-20", aid.Renewed)}, "2011-12-10", false},
		"the same renewal handed in twice":  {[]aid.Review{review("r1", "2010-11-20", aid.Renewed), review("r1", "2010-11-20", aid.Renewed)}, "2011-12-10", false},
		"the day before it is withdrawn":    {[]aid.Review{review("r1", "2010-06-01", aid.Withdrawn)}, "2010-05-31", true},
		"the day on which it is withdrawn":  {[]aid.Review{review("r1", "2010-06-01", aid.Withdrawn)}, "2010-06-01", false},
		"a lapse leaves it its last day":    {[]aid.Review{review("r1", "2010-11-20", aid.Lapsed)}, "2010-12-09", true},
		"and no more":                       {[]aid.Review{review("r1", "2010-11-20", aid.Lapsed)}, "2010-12-10", false},
		"a renewal that comes later":        {[]aid.Review{review("r1", "2010-11-20", aid.Renewed)}, "2010-11-19", true},
		"reviews in the order of the files": {[]aid.Review{review("r2", "2011-11-20", aid.Withdrawn), review("r1", "2010-11-20", aid.Renewed)}, "2011-11-19", true},
	} {
		verdict, err := certificateRule().Judge(certificate(), each.reviews, day(each.on))
		require.NoError(t, err, reason)
		assert.Equal(t, each.valid, verdict.Holds(), reason)
		assert.Equal(t, each.valid, verdict.Answer == "a", reason)
		assert.Len(t, verdict.Reasons, 3, reason)
	}
}

func TestACertificateWithoutATermEndsWhenItLapses(t *testing.T) {
	spec := certificateSpec()
	spec.Months, spec.Renewal = 0, 0
	rule := must(aid.NewCertificateRule(spec))
	reviews := []aid.Review{review("r1", "2030-11-20", aid.Renewed), review("r2", "2031-11-20", aid.Lapsed)}
	for on, valid := range map[string]bool{"2031-11-19": true, "2031-11-20": false, "9999-12-31": false} {
		verdict, err := rule.Judge(certificate(), reviews, day(on))
		require.NoError(t, err)
		assert.Equal(t, valid, verdict.Holds(), on)
	}
	verdict, err := rule.Judge(certificate(), nil, day("9999-12-31"))
	require.NoError(t, err)
	assert.True(t, verdict.Holds())
	assert.Equal(t, "never", verdict.Reasons[1].Got)
}

func TestAVerdictOnACertificateTellsWhy(t *testing.T) {
	verdict, err := certificateRule().Judge(certificate(), []aid.Review{review("r1", "2010-06-01", aid.Withdrawn)}, day("2010-06-02"))
	require.NoError(t, err)
	require.Len(t, verdict.Failed(), 1)
	assert.Equal(t, "withdrawn: not withdrawn by the day: got 2010-06-01: 家庭收入已超过标准, want not by 2010-06-02", verdict.Failed()[0].String())
}

// What was decided is said where it decided, and nowhere else, even if it happened on
// the day of another rule.
func TestAReviewIsTheReasonOfWhatItDecidedAlone(t *testing.T) {
	endless := certificateSpec()
	endless.Months, endless.Renewal = 0, 0
	withdrawn := func(on string) []aid.Review { return []aid.Review{review("r1", on, aid.Withdrawn)} }
	for reason, each := range map[string]struct {
		rule    aid.CertificateRule
		reviews []aid.Review
		got     [3]string // of issue, expiry and withdrawal
	}{
		"withdrawn on the day of issue":  {certificateRule(), withdrawn("2009-12-10"), [3]string{"2009-12-10", "2010-12-10", "2009-12-10: 家庭收入已超过标准"}},
		"withdrawn on the day of expiry": {certificateRule(), withdrawn("2010-12-10"), [3]string{"2009-12-10", "2010-12-10", "2010-12-10: 家庭收入已超过标准"}},
		"lapsed before its last day":     {certificateRule(), []aid.Review{review("r1", "2010-11-20", aid.Lapsed)}, [3]string{"2009-12-10", "2010-12-10", "never"}},
		"lapsed without a term": {
			must(aid.NewCertificateRule(endless)), []aid.Review{review("r1", "2010-11-20", aid.Renewed), review("r2", "2011-11-20", aid.Lapsed)},
			[3]string{"2009-12-10", "2011-11-20: 家庭收入已超过标准", "never"},
		},
		"lapsed without a term on the day of issue": {
			must(aid.NewCertificateRule(endless)), []aid.Review{review("r1", "2009-12-10", aid.Lapsed)},
			[3]string{"2009-12-10", "2009-12-10: 家庭收入已超过标准", "never"},
		},
	} {
		verdict := must(each.rule.Judge(certificate(), each.reviews, day("2012-01-01")))
		var got [3]string
		for i := range verdict.Reasons {
			got[i] = verdict.Reasons[i].Got
		}
		assert.Equal(t, each.got, got, reason)
	}
}

func TestACertificateThatCannotBeReadSaysWhere(t *testing.T) {
	edit := func(change func(*aid.Review)) []aid.Review {
		r := review("r1", "2010-11-20", aid.Withdrawn)
		change(&r)
		return []aid.Review{r}
	}
	for reason, each := range map[string]struct {
		change  func(*aid.Certificate)
		reviews []aid.Review
		want    error
		where   string
	}{
		"no key":             {func(c *aid.Certificate) { c.Key = "" }, nil, union.ErrMissing, "key"},
		"no household":       {func(c *aid.Certificate) { c.Household = "" }, nil, union.ErrMissing, "household"},
		"no class":           {func(c *aid.Certificate) { c.Class = "" }, nil, union.ErrMissing, "class"},
		"another class":      {func(c *aid.Certificate) { c.Class = "c" }, nil, union.ErrUnknown, "class"},
		"no day of issue":    {func(c *aid.Certificate) { c.Issued = union.Date{} }, nil, union.ErrMissing, "issued"},
		"an expiry too late": {func(c *aid.Certificate) { c.Issued = day("9999-06-01") }, nil, union.ErrRange, "issued"},
		"a renewal too late": {func(c *aid.Certificate) { c.Issued = day("9998-06-01") },
			[]aid.Review{review("r1", "9999-01-01", aid.Renewed), review("r2", "9999-02-01", aid.Renewed)}, union.ErrRange, "issued"},
		"another certificate": {nil, edit(func(r *aid.Review) { r.Certificate = "C-2" }), union.ErrUnknown, "reviews[0].certificate"},
		"before the issue":    {nil, edit(func(r *aid.Review) { r.On = day("2009-12-09") }), union.ErrOrder, "reviews[0].on"},
		"no reason":           {nil, edit(func(r *aid.Review) { r.Reason = "" }), union.ErrMissing, "reviews[0].reason"},
		"no day of review":    {nil, edit(func(r *aid.Review) { r.On = union.Date{} }), union.ErrMissing, ""},
		"no ID":               {nil, edit(func(r *aid.Review) { r.ID = "" }), union.ErrMissing, ""},
		"another outcome":     {nil, edit(func(r *aid.Review) { r.Outcome = "lost" }), union.ErrUnknown, ""},
		"after a withdrawal": {nil, []aid.Review{review("r1", "2010-06-01", aid.Withdrawn), review("r2", "2010-06-02", aid.Renewed)},
			union.ErrGraph, ""},
		"one ID with two contents": {nil, []aid.Review{review("r1", "2010-06-01", aid.Renewed), review("r1", "2010-06-02", aid.Renewed)},
			union.ErrRepeated, ""},
		"renewed on the day of expiry": {nil, []aid.Review{review("r1", "2010-12-10", aid.Renewed)}, union.ErrOrder, "reviews"},
	} {
		c := certificate()
		if each.change != nil {
			each.change(&c)
		}
		_, err := certificateRule().Judge(c, each.reviews, day("2010-05-01"))
		require.ErrorIs(t, err, each.want, reason)
		require.Len(t, union.Faults(err), 1, reason)
		if each.where != "" {
			assert.Equal(t, each.where, union.Faults(err)[0].Where, reason)
		}
		_, coding := certificateRule().CodeCertificate(c, each.reviews, 2010, day("2010-05-01"))
		assert.Equal(t, err, coding, reason)
	}
	_, err := certificateRule().Judge(certificate(), nil, union.Date{})
	require.ErrorIs(t, err, union.ErrMissing)
	_, err = aid.CertificateRule{}.Judge(certificate(), nil, mayDay)
	require.ErrorIs(t, err, union.ErrMissing)
}

// validOn is what says whether a certificate is valid on a day.
type validOn func(certificate aid.Certificate, reviews []aid.Review, on union.Date) bool

func judged(c aid.Certificate, reviews []aid.Review, on union.Date) bool {
	verdict, err := certificateRule().Judge(c, reviews, on)
	return err == nil && verdict.Holds()
}

// issuedAndNotOver states that a certificate is valid from the day of issue to
// the day before the one a year later, unless it was withdrawn by the day.
func issuedAndNotOver(valid validOn) laws.Law {
	return func(r *rapid.T) error {
		c := certificate()
		issued := time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 300).Draw(r, "issued"))
		expiry := issued.AddDate(1, 0, 0)
		on := issued.AddDate(rapid.IntRange(0, 1).Draw(r, "years"), 0, rapid.IntRange(-1, 1).Draw(r, "days"))
		withdrawn := on.AddDate(0, 0, rapid.SampledFrom([]int{-1, 0, 1, 400}).Draw(r, "withdrawn"))
		if withdrawn.Before(issued) {
			withdrawn = issued
		}
		c.Issued = day(issued.Format(time.DateOnly))
		reviews := []aid.Review{review("r1", withdrawn.Format(time.DateOnly), aid.Withdrawn)}
		want := !on.Before(issued) && on.Before(expiry) && withdrawn.After(on)
		if got := valid(c, reviews, day(on.Format(time.DateOnly))); got != want {
			return fmt.Errorf("issued %v, withdrawn %v, on %v: got %v", issued, withdrawn, on, got)
		}
		return nil
	}
}

func TestValidityIsIssueAndNoExpiryAndNoWithdrawal(t *testing.T) {
	laws.Holds(t, issuedAndNotOver(judged))
	for reason, twin := range map[string]validOn{
		"the day of expiry still counts": func(c aid.Certificate, reviews []aid.Review, on union.Date) bool {
			return judged(c, reviews, on) || judged(c, reviews, must(on.AddDays(-1)))
		},
		"a withdrawal counts from the next day": func(c aid.Certificate, reviews []aid.Review, on union.Date) bool {
			reviews[0].On = must(reviews[0].On.AddDays(1))
			return judged(c, reviews, on)
		},
		"withdrawals do not count": func(c aid.Certificate, _ []aid.Review, on union.Date) bool { return judged(c, nil, on) },
	} {
		t.Run(reason, func(t *testing.T) { laws.Rejects(t, issuedAndNotOver(twin)) })
	}
}

// Every certificate of one to three months, with at most one review on any day
// of its life, on every day around it, beside a calendar stepped day by day.
func TestEveryCertificateOfAShortLifeIsValidOnTheRightDays(t *testing.T) {
	spec := certificateSpec()
	issued := day("2010-01-31") // February is shorter
	for months, last := range map[int]string{1: "2010-02-27", 2: "2010-03-30", 3: "2010-04-29"} {
		for _, outcome := range []string{"", aid.Renewed, aid.Lapsed, aid.Withdrawn} {
			spec.Months, spec.Renewal = months, 1
			rule := must(aid.NewCertificateRule(spec))
			renewedLast := map[int]string{1: "2010-03-30", 2: "2010-04-29", 3: "2010-05-30"}[months]
			for reviewed := issued; !reviewed.After(day(last)); reviewed = must(reviewed.AddDays(3)) {
				var reviews []aid.Review
				if outcome != "" {
					reviews = append(reviews, review("r1", reviewed.String(), outcome))
				}
				c := certificate()
				c.Issued = issued
				for on := day("2010-01-30"); on.Before(day("2010-06-02")); on = must(on.AddDays(1)) {
					until := day(last)
					if outcome == aid.Renewed && !reviewed.After(on) {
						until = day(renewedLast)
					}
					want := !on.Before(issued) && !on.After(until)
					if outcome == aid.Withdrawn && !on.Before(reviewed) {
						want = false
					}
					verdict, err := rule.Judge(c, reviews, on)
					require.NoError(t, err)
					require.Equal(t, want, verdict.Holds(), "%d months, %s on %v, asked on %v", months, outcome, reviewed, on)
				}
			}
		}
	}
}

// pastRepeats states that the same past day gives the same verdict, whatever was
// reviewed since.
func pastRepeats(judge func(aid.Certificate, []aid.Review, union.Date) (union.Verdict, error)) laws.Law {
	return func(r *rapid.T) error {
		on := must(day("2010-06-01").AddDays(rapid.IntRange(0, 100).Draw(r, "on")))
		later := must(on.AddDays(1))
		outcome := rapid.SampledFrom([]string{aid.Renewed, aid.Lapsed, aid.Withdrawn}).Draw(r, "outcome")
		before, err := judge(certificate(), nil, on)
		if err != nil {
			return err
		}
		after, err := judge(certificate(), []aid.Review{review("r1", later.String(), outcome)}, on)
		if err != nil {
			return err
		}
		if !assert.ObjectsAreEqual(before, after) {
			return fmt.Errorf("%v was judged on %v, now %v", before, on, after)
		}
		return nil
	}
}

func TestAPastVerdictOnACertificateRepeats(t *testing.T) {
	laws.Holds(t, pastRepeats(certificateRule().Judge))
	laws.Rejects(t, pastRepeats(func(c aid.Certificate, reviews []aid.Review, on union.Date) (union.Verdict, error) {
		for i := range reviews {
			reviews[i].On = on // every review that is known counts
		}
		return certificateRule().Judge(c, reviews, on)
	}))
}

func TestTheCourseOfACertificateIsAProcedure(t *testing.T) {
	course := certificateRule().Course()
	assert.Len(t, course.States(), 3)
	assert.Equal(t, "certificate.course", course.Rule().Key)
	log := course.Log("C-0001")
	require.NoError(t, course.Add(&log, union.Event{ID: "e1", Event: aid.Withdrawn, On: mayDay}))
	require.ErrorIs(t, course.Add(&log, union.Event{ID: "e2", Event: aid.Renewed, On: mayDay}), union.ErrGraph)
}

// What is counted as held is what is judged valid, on the first and the last day too.
func TestACertificateIsHeldFromItsIssueUntilItsExpiry(t *testing.T) {
	for on, held := range map[string]bool{"2009-12-09": false, "2009-12-10": true, "2010-12-09": true, "2010-12-10": false} {
		coded := must(certificateRule().CodeCertificate(certificate(), nil, 2010, day(on)))
		assert.Equal(t, held, coded.Held, on)
		assert.Equal(t, held, must(certificateRule().Judge(certificate(), nil, day(on))).Holds(), on)
	}
	withdrawn := []aid.Review{review("r1", "2010-06-01", aid.Withdrawn)}
	for on, held := range map[string]bool{"2010-05-31": true, "2010-06-01": false, "2010-06-02": false} {
		assert.Equal(t, held, must(certificateRule().CodeCertificate(certificate(), withdrawn, 2010, day(on))).Held, on)
		assert.Equal(t, held, must(certificateRule().Judge(certificate(), withdrawn, day(on))).Holds(), on)
	}
}
