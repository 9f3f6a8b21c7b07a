package employment_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/employment"
)

func TestAFairReportsEachFaultWithItsPlace(t *testing.T) {
	for name, row := range map[string]struct {
		change func(*employment.FairSpec)
		where  string
		want   error
	}{
		"no key":               {func(s *employment.FairSpec) { s.Key = "" }, "key", union.ErrMissing},
		"no host":              {func(s *employment.FairSpec) { s.Hosts = nil }, "hosts", union.ErrMissing},
		"a host without name":  {func(s *employment.FairSpec) { s.Hosts[1] = "" }, "hosts[1]", union.ErrMissing},
		"no day":               {func(s *employment.FairSpec) { s.Days = union.Period{} }, "days", union.ErrMissing},
		"an open end":          {func(s *employment.FairSpec) { s.Days = union.MustParsePeriod("2010-05-15/..") }, "days", union.ErrMissing},
		"no venue":             {func(s *employment.FairSpec) { s.Venue = "" }, "venue", union.ErrMissing},
		"no category":          {func(s *employment.FairSpec) { s.Categories.Terms = nil }, "categories.terms", union.ErrMissing},
		"a list of ages empty": {func(s *employment.FairSpec) { s.Ages.Terms = nil }, "ages.terms", union.ErrMissing},
		"a sector twice":       {func(s *employment.FairSpec) { s.Sectors.Terms[1].Key = "machinery" }, "sectors.terms[1].key", union.ErrRepeated},
		"a term within none":   {func(s *employment.FairSpec) { s.Regions.Terms[1].Within = "moon" }, "regions.terms[1].within", union.ErrUnknown},
		"a dotted key":         {func(s *employment.FairSpec) { s.Categories.Terms[2].Key = "laid.off" }, "categories.terms[2].key", union.ErrText},
		"a long key":           {func(s *employment.FairSpec) { s.Sectors.Terms[2].Key = strings.Repeat("x", 65) }, "sectors.terms[2].key", union.ErrText},
		"an unknown kind":      {func(s *employment.FairSpec) { s.Kinds.Terms[0].Key = "unknown" }, "kinds.terms[0].key", union.ErrRepeated},
		"a strange region":     {func(s *employment.FairSpec) { s.Local = []string{"moon"} }, "local[0]", union.ErrUnknown},
		"a region local twice": {func(s *employment.FairSpec) { s.Local = []string{"east", "east"} }, "local[1]", union.ErrRepeated},
		"no signing stage":     {func(s *employment.FairSpec) { s.Signed = "" }, "signed", union.ErrMissing},
		"a strange stage":      {func(s *employment.FairSpec) { s.Intention = "dreamt" }, "intention", union.ErrUnknown},
		"a stage twice":        {func(s *employment.FairSpec) { s.Intention = "registered" }, "intention", union.ErrRepeated},
		"no headline digit":    {func(s *employment.FairSpec) { s.Headline = 0 }, "headline", union.ErrRange},
		"19 headline digits":   {func(s *employment.FairSpec) { s.Headline = 19 }, "headline", union.ErrRange},
		"no rounding of rates": {func(s *employment.FairSpec) { s.Rate = union.Rounding{} }, "rate", union.ErrMissing},
		"tightness to 30":      {func(s *employment.FairSpec) { s.Tightness.Places = 30 }, "tightness", union.ErrRange},
		"no balance":           {func(s *employment.FairSpec) { s.Share.Balance = 0 }, "share", union.ErrMissing},
		"no such balance":      {func(s *employment.FairSpec) { s.Share.Balance = 9 }, "share", union.ErrUnknown},
		"shares to 17 places":  {func(s *employment.FairSpec) { s.Share.Rounding.Places = 17 }, "share", union.ErrRange},
		"a group without key":  {func(s *employment.FairSpec) { s.Groups[0].Key = "" }, "groups[0].key", union.ErrMissing},
		"a dotted group":       {func(s *employment.FairSpec) { s.Groups[0].Key = "job.less" }, "groups[0].key", union.ErrText},
		"a group as another":   {func(s *employment.FairSpec) { s.Groups = append(s.Groups, s.Groups[0]) }, "groups[1].key", union.ErrRepeated},
		"a group without name": {func(s *employment.FairSpec) { s.Groups[0].Title = "" }, "groups[0].title", union.ErrMissing},
		"a group of nothing":   {func(s *employment.FairSpec) { s.Groups[0].Of = nil }, "groups[0].of", union.ErrMissing},
		"a group of strangers": {func(s *employment.FairSpec) { s.Groups[0].Of[1] = "moon" }, "groups[0].of[1]", union.ErrUnknown},
		"a group with parts":   {func(s *employment.FairSpec) { s.Groups[0].Of = []string{"graduate", "youth"} }, "groups[0].of[1]", union.ErrRepeated},
		"a group with a whole": {func(s *employment.FairSpec) { s.Groups[0].Of = []string{"youth", "graduate"} }, "groups[0].of[1]", union.ErrRepeated},
		"a category not UTF-8": {func(s *employment.FairSpec) { s.Venue = "\xff" }, "", union.ErrText},
	} {
		t.Run(name, func(t *testing.T) {
			spec := sampleSpec()
			row.change(&spec)
			made, err := employment.NewFair(spec)
			require.ErrorIs(t, err, row.want)
			assert.Equal(t, employment.Fair{}, made)
			places := []string{}
			for _, fault := range union.Faults(err) {
				places = append(places, fault.Where)
			}
			assert.Condition(t, func() bool {
				for _, place := range places {
					if strings.HasPrefix(place, row.where) {
						return true
					}
				}
				return false
			}, "%v has no %s", places, row.where)
		})
	}
}

func TestAHeadlineKeepsOneToEighteenDigits(t *testing.T) {
	for _, digits := range []int{1, 18} {
		spec := sampleSpec()
		spec.Headline = digits
		_, err := employment.NewFair(spec)
		require.NoError(t, err)
	}
}

func TestAFairReportsAllItsFaultsAtOnce(t *testing.T) {
	spec := sampleSpec()
	spec.Title, spec.Venue, spec.Headline, spec.Rate = "", "", 0, union.Rounding{}
	spec.Share.Balance, spec.Share.Rounding.Places = 0, 17
	spec.Stages.Terms[0].Title, spec.Groups[0].Title, spec.Local = "", "", []string{"moon", "sun"}
	_, err := employment.NewFair(spec)
	places := []string{}
	for _, fault := range union.Faults(err) {
		places = append(places, fault.Where)
	}
	assert.Equal(t, []string{
		"title", "venue", "headline", "rate.mode", "share.balance", "share.rounding.places",
		"stages.terms[0].title", "groups[0].title", "local[0]", "local[1]",
	}, places, "and no stage is sought in a list that has a fault")
}

func TestAGroupReportsEachOfItsFaults(t *testing.T) {
	spec := sampleSpec()
	spec.Groups[0].Of = []string{"moon", "youth", "graduate", "sun"}
	_, err := employment.NewFair(spec)
	places := []string{}
	for _, fault := range union.Faults(err) {
		places = append(places, fault.Where)
	}
	assert.Equal(t, []string{"groups[0].of[0]", "groups[0].of[2]", "groups[0].of[3]"}, places)
}

func TestAFaultyListIsReportedOnceAndNotForEachThatNamesItsTerms(t *testing.T) {
	spec := sampleSpec()
	spec.Categories.Terms, spec.Regions.Terms = nil, nil
	_, err := employment.NewFair(spec)
	places := []string{}
	for _, fault := range union.Faults(err) {
		places = append(places, fault.Where)
	}
	assert.Equal(t, []string{"categories.terms", "regions.terms"}, places)
}

func TestNoKeyOfAFairMeetsAWordOfTheFigures(t *testing.T) {
	spec := sampleSpec()
	for i, key := range []string{"category", "share", "new", "headline"} {
		spec.Categories.Terms[i].Key = key
		spec.Stages.Terms[i].Key = key
		spec.Regions.Terms[i].Key = key
	}
	spec.Categories.Terms[1].Within, spec.Stages.Terms[2].Within, spec.Stages.Terms[3].Within = "category", "", ""
	spec.Regions.Terms[1].Within, spec.Regions.Terms[2].Within = "", ""
	spec.Sectors.Terms[0].Key, spec.Sectors.Terms[1].Key, spec.Sectors.Terms[2].Key = "new", "carried", "sector"
	spec.Groups[0] = employment.Group{Key: "share", Title: "合计", Of: []string{"new"}} // as a category
	spec.Local, spec.Registered, spec.Intention, spec.Signed = nil, "category", "share", "new"
	fair := must(employment.NewFair(spec))
	seen := map[string]bool{}
	for _, figure := range must(fair.Figures(fair.Floor())) {
		assert.False(t, seen[figure.Key()], figure.Key())
		seen[figure.Key()] = true
	}
	assert.True(t, seen["employment.openings.sector.new"])
	assert.True(t, seen["employment.seekers.group.share"])
	assert.True(t, seen["employment.seekers.category.share"])
	assert.True(t, seen["employment.stage.persons.headline"])
}

func TestAListTooLongForItsTableIsRefused(t *testing.T) {
	spec := sampleSpec()
	for i := range 3000 {
		key := "k" + strings.Repeat("x", i%7) + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676))
		spec.Sectors.Terms = append(spec.Sectors.Terms, union.Term{Key: key, Title: key})
		spec.Regions.Terms = append(spec.Regions.Terms, union.Term{Key: key, Title: key})
	}
	_, err := employment.NewFair(spec)
	require.ErrorIs(t, err, union.ErrRange)
}

func TestAListOfSchoolingTooLongForThePersonsIsRefused(t *testing.T) {
	spec := sampleSpec()
	for i := range 5000 {
		key := "k" + string(rune(0x4e00+i))
		spec.Schooling.Terms = append(spec.Schooling.Terms, union.Term{Key: key, Title: key})
		spec.Ages.Terms = append(spec.Ages.Terms, union.Term{Key: key, Title: key})
	}
	_, err := employment.NewFair(spec)
	require.ErrorIs(t, err, union.ErrRange)
}

func TestAFairSharesNoSliceWithItsSpec(t *testing.T) {
	spec := sampleSpec()
	fair := must(employment.NewFair(spec))
	before := must(fair.MarshalJSON())
	change := func(s employment.FairSpec) {
		s.Hosts[0], s.Local[0], s.Groups[0].Of[0] = "x", "x", "x"
		s.Categories.Terms[0].Title, s.Stages.Terms[0].Title, s.Ages.Terms[0].Title = "x", "x", "x"
		s.Kinds.Title, s.Schooling.Terms[0].Key, s.Sectors.Terms[0].Key, s.Regions.Terms[0].Key = "x", "x", "x", "x"
	}
	change(spec)
	change(fair.Spec())
	assert.Equal(t, string(before), string(must(fair.MarshalJSON())))
}

func TestAFairReadsWhatItWrites(t *testing.T) {
	fair := sampleFair()
	data, err := json.Marshal(fair)
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(string(data), `{"union":"employment.fair/1","key":"fair-2010"`), string(data))
	var read employment.Fair
	require.NoError(t, json.Unmarshal(data, &read))
	assert.Equal(t, fair.ID(), read.ID())
	assert.Equal(t, fair.Spec(), read.Spec())
	assert.Equal(t, "人才劳务招聘会", read.Rule().Title)
}

func TestAFairRefusesADocumentThatIsNotOne(t *testing.T) {
	good := string(must(sampleFair().MarshalJSON()))
	for name, row := range map[string]struct {
		old, new string
		want     error
	}{
		"another number":    {"employment.fair/1", "employment.fair/2", union.ErrUnknown},
		"an unknown member": {`"venue":`, `"place":`, union.ErrUnknown},
		"a member twice":    {`"venue":`, `"venue":"x","venue":`, union.ErrRepeated},
		"null":              {`"venue":"县体育场"`, `"venue":null`, union.ErrText},
		"an unknown mode":   {`"half up"`, `"half down"`, union.ErrUnknown},
		"a fault of a fair": {`"venue":"县体育场"`, `"venue":""`, union.ErrMissing},
	} {
		t.Run(name, func(t *testing.T) {
			require.Contains(t, good, row.old)
			fair := sampleFair()
			err := json.Unmarshal([]byte(strings.Replace(good, row.old, row.new, 1)), &fair)
			require.ErrorIs(t, err, row.want)
			assert.Equal(t, sampleFair().ID(), fair.ID(), "the fair is as it was")
		})
	}
}

func TestTwoFairsThatDifferInAnythingHaveDifferentIDs(t *testing.T) {
	spec := sampleSpec()
	spec.Tightness.Places = 3
	assert.NotEqual(t, sampleFair().ID(), must(employment.NewFair(spec)).ID())
	assert.False(t, sampleFair().ID().IsZero())
}

func TestZeroValuesAreRefusedOrEmptyAndNeverPanic(t *testing.T) {
	var fair employment.Fair
	var floor employment.Floor
	assert.True(t, fair.ID().IsZero())
	assert.Empty(t, fair.Layout().Axes())
	assert.Empty(t, fair.PersonsLayout().Axes())
	assert.Empty(t, fair.Spec().Hosts)
	for name, err := range map[string]error{
		"employer":     floor.AddEmployer(fair, employment.Employer{}),
		"posting":      floor.AddPosting(fair, employment.Posting{}),
		"registration": floor.AddRegistration(fair, employment.Registration{}),
		"intention":    floor.AddIntention(fair, employment.Intention{}),
		"real fair":    floor.AddEmployer(sampleFair(), employment.Employer{Key: "works"}),
	} {
		require.ErrorIs(t, err, union.ErrRule, name)
	}
	for name, call := range map[string]func() error{
		"report":  func() error { _, err := fair.Report(floor); return err },
		"figures": func() error { _, err := fair.Figures(floor); return err },
		"check":   func() error { _, err := fair.Check(floor); return err },
		"persons": func() error { _, err := fair.Persons(floor); return err },
		"reached": func() error { _, err := fair.Reached(floor, ""); return err },
		"another": func() error { _, err := fair.Report(sampleFloor(sampleFair())); return err },
	} {
		require.ErrorIs(t, call(), union.ErrRule, name)
	}
	require.NoError(t, floor.Merge(employment.Floor{}))
	assert.True(t, floor.Rule().IsZero())
	assert.Equal(t, 0, floor.Seekers().Len())
	assert.Equal(t, int64(0), floor.Funnel().Table().Total())
	funnel := fair.Funnel()
	require.Error(t, funnel.Add(employment.Passage{Stage: 1}))
	_, err := fair.Passage("signed", "", "", "")
	require.ErrorIs(t, err, union.ErrUnknown)
	_, err = fair.Shares(employment.Report{})
	require.Error(t, err)
	assert.Empty(t, fair.CheckReport(employment.Report{}))
	assert.Empty(t, fair.Compare(employment.Report{}, employment.Report{}))
	for _, rate := range fair.Rates(employment.Report{}) {
		_, err := rate.Ratio()
		require.ErrorIs(t, err, union.ErrMissing)
	}
	_, err = employment.Rate{}.Ratio()
	require.ErrorIs(t, err, union.ErrMissing)
	_, err = fair.ReportFigures(employment.Report{})
	require.NoError(t, err)
	var none employment.Fair
	require.Error(t, none.UnmarshalJSON(nil))
}

func FuzzFair(f *testing.F) {
	f.Add(must(sampleFair().MarshalJSON()))
	f.Add([]byte(`{"union":"employment.fair/1"}`))
	f.Add([]byte(`{"union":"employment.fair/2"}`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var fair employment.Fair
		err := fair.UnmarshalJSON(data)
		if err != nil {
			assert.NotEmpty(t, union.Faults(err), "every refusal says where: %v", err)
			assert.True(t, fair.ID().IsZero())
			return
		}
		written, err := fair.MarshalJSON()
		require.NoError(t, err)
		var again employment.Fair
		require.NoError(t, again.UnmarshalJSON(written))
		rewritten, err := again.MarshalJSON()
		require.NoError(t, err)
		assert.Equal(t, string(written), string(rewritten))
		assert.Equal(t, fair.ID(), again.ID())
		if _, err := fair.Figures(fair.Floor()); err != nil {
			assert.True(t, errors.Is(err, union.ErrRange) || errors.Is(err, union.ErrOverflow), err.Error())
		}
	})
}

// A report is read by encoding/json through its counts.
func FuzzReport(f *testing.F) {
	f.Add([]byte(`{"employers":"12家","openings":"1800个","seekers":"2800余人","categories":{"youth":"约500人","unknown":"1人"}}`))
	f.Add([]byte(`{"stages":{"intention":{"persons":"380人","person_times":"近1万人次"}},"sectors":{"moon":"1个"}}`))
	f.Add([]byte(`{"seekers":"9223372036854775807人","registrations":"0人次","categories":{"youth":"9223372036854775807人","migrant":"9223372036854775807人"}}`))
	fair := sampleFair()
	f.Fuzz(func(t *testing.T, data []byte) {
		var report employment.Report
		if json.Unmarshal(data, &report) != nil {
			return
		}
		findings := fair.CheckReport(report)
		figures, err := fair.ReportFigures(report)
		if err != nil {
			assert.NotEmpty(t, union.Faults(err))
			return
		}
		for _, figure := range figures {
			_, ok := figure.Value()
			assert.Equal(t, !ok, figure.Why() != 0, figure.Key())
			assert.NotEmpty(t, figure.Working().Inputs, figure.Key())
		}
		assert.Equal(t, findings, fair.CheckReport(report))
		assert.Empty(t, fair.Compare(report, report), "a report agrees with itself")
	})
}

// followedSpec is the sample's fair with trades, and with those asked for, and
// those found at work, on the thirtieth day after it.
func followedSpec() employment.FairSpec {
	spec := sampleSpec()
	trades := list("trades", union.Term{Key: "machinist", Title: "机加工"}, union.Term{Key: "server", Title: "服务"})
	spec.Trades = &trades
	spec.Stages.Terms = append(spec.Stages.Terms,
		union.Term{Key: "asked", Title: "回访", Within: "signed"}, union.Term{Key: "retained", Title: "留存", Within: "asked"})
	spec.FollowUps = []employment.FollowUp{
		{Stage: "asked", Base: "signed", Days: 30}, {Stage: "retained", Base: "asked", Days: 30},
	}
	return spec
}

func TestAFollowUpIsOfTheDaysAfterTheFair(t *testing.T) {
	fair := must(employment.NewFair(followedSpec()))
	floor := fair.Floor()
	require.NoError(t, fill(fair, &floor, sampleEmployers(), samplePostings(), sampleRegistrations(), sampleIntentions()))
	early := employment.Intention{Seeker: "s1", Posting: "fitter", Stage: "retained", Day: union.MustParseDate("2010-06-14")}
	err := floor.AddIntention(fair, early)
	require.ErrorIs(t, err, union.ErrRange)
	assert.Equal(t, "day: out of range: got 2010-06-14, want not before 2010-06-15", err.Error())
	said := must(shown(fair.Figures(floor)))
	assert.Equal(t, "0.0%", said["employment.rate.follow_up.asked"], "nobody was asked yet")
	assert.Equal(t, "[undefined]", said["employment.rate.follow_up.retained"], "who is not asked has not left")
	for _, stage := range []string{"asked", "retained"} {
		due := early
		due.Stage, due.Day = stage, union.MustParseDate("2010-06-15")
		require.NoError(t, floor.AddIntention(fair, due))
	}
	said = must(shown(fair.Figures(floor)))
	assert.Equal(t, "100.0%", said["employment.rate.follow_up.asked"])
	assert.Equal(t, "100.0%", said["employment.rate.follow_up.retained"])
	assert.Empty(t, must(fair.Check(floor)))
}

func TestAFollowUpOnRegistrationIsOfAllSeekers(t *testing.T) {
	spec := followedSpec()
	spec.FollowUps = []employment.FollowUp{{Stage: "signed", Base: "registered"}}
	fair := must(employment.NewFair(spec))
	said := must(shown(fair.ReportFigures(employment.Report{
		Seekers: printed("5人"), Stages: map[string]employment.Reach{"signed": {Persons: printed("1人")}},
	})))
	assert.Equal(t, "20.0%", said["employment.rate.follow_up.signed"])
}

func TestFollowUpsAndDatedListsAreChecked(t *testing.T) {
	for name, each := range map[string]struct {
		change func(*employment.FairSpec)
		where  string
		want   error
	}{
		"an unknown stage":   {func(s *employment.FairSpec) { s.FollowUps[0].Stage = "moon" }, "follow_ups[0].stage", union.ErrUnknown},
		"registration":       {func(s *employment.FairSpec) { s.FollowUps[0].Stage = "registered" }, "follow_ups[0].stage", union.ErrUnknown},
		"twice":              {func(s *employment.FairSpec) { s.FollowUps[1].Stage = "asked" }, "follow_ups[1].stage", union.ErrRepeated},
		"an unknown base":    {func(s *employment.FairSpec) { s.FollowUps[0].Base = "" }, "follow_ups[0].base", union.ErrUnknown},
		"on itself":          {func(s *employment.FairSpec) { s.FollowUps[0].Base = "asked" }, "follow_ups[0].base", union.ErrUnknown},
		"before the fair":    {func(s *employment.FairSpec) { s.FollowUps[0].Days = -1 }, "follow_ups[0].days", union.ErrRange},
		"beyond all days":    {func(s *employment.FairSpec) { s.FollowUps[0].Days = 1 << 30 }, "follow_ups[0].days", union.ErrRange},
		"a list not yet due": {func(s *employment.FairSpec) { s.Categories.Effective = union.MustParsePeriod("2011-01-01/2012-12-31") }, "categories.effective", union.ErrRange},
		"a list gone by":     {func(s *employment.FairSpec) { s.Trades.Effective = union.MustParsePeriod("2001-01-01/2010-05-14") }, "trades.effective", union.ErrRange},
	} {
		spec := followedSpec()
		each.change(&spec)
		_, err := employment.NewFair(spec)
		require.ErrorIs(t, err, each.want, name)
		assert.Equal(t, each.where, union.Faults(err)[0].Where, name)
	}
	spec := followedSpec()
	spec.Categories.Effective = union.MustParsePeriod("2010-05-15/2010-05-15")
	_, err := employment.NewFair(spec)
	require.NoError(t, err, "in force on the first day")
	spec.FollowUps[0].Days, spec.FollowUps[1].Days = -1, -1
	_, err = employment.NewFair(spec)
	require.Len(t, union.Faults(err), 2, "of both follow-ups")
	spec.Stages = employment.FairSpec{}.Stages
	_, err = employment.NewFair(spec)
	require.Error(t, err)
}

func TestAPostingIsOfATradeAndOfTheFairsEdition(t *testing.T) {
	fair := must(employment.NewFair(followedSpec()))
	floor := fair.Floor()
	require.NoError(t, fill(fair, &floor, sampleEmployers(), nil, nil, nil))
	for _, each := range []employment.Posting{
		{Key: "a", Employer: "works", Sector: "machinery", Edition: "2010", Trade: "machinist", Openings: 2},
		{Key: "b", Employer: "inn", Trade: "server", Openings: 3},
		{Key: "c", Employer: "plant", Openings: 1},
	} {
		require.NoError(t, floor.AddPosting(fair, each))
	}
	err := floor.AddPosting(fair, employment.Posting{Key: "d", Employer: "works", Sector: "machinery", Edition: "2002", Openings: 1})
	require.ErrorIs(t, err, union.ErrUnknown)
	assert.Equal(t, `edition: not known: got "2002", want "2010"`, err.Error())
	err = floor.AddPosting(fair, employment.Posting{Key: "d", Employer: "works", Trade: "moon", Openings: 1})
	require.ErrorIs(t, err, union.ErrUnknown)
	assert.Equal(t, "trade", union.Faults(err)[0].Where)
	err = floor.AddPosting(fair, employment.Posting{Key: "a", Employer: "works", Sector: "machinery", Trade: "server", Openings: 2})
	require.ErrorIs(t, err, union.ErrRepeated)
	said := must(shown(fair.Figures(floor)))
	for key, want := range map[string]string{
		"employment.openings.trade.machinist": "2个", "employment.openings.trade.server": "3个", "employment.openings.trade.unknown": "1个",
		"employment.trades": "2个工种", "employment.trades.titles": "机加工、服务",
		"employment.openings.kind.state": "2个", "employment.openings.kind.private": "4个",
	} {
		assert.Equal(t, want, said[key], key)
	}
}
