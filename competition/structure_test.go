package competition_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/competition"
)

func structure(key, has, share string, within ...string) competition.Structure {
	return competition.Structure{Key: key, Title: key, Has: []string{has}, Within: within, Share: union.MustParseInterval(share)}
}

// structured is the test edition with four places, of which the list is to have a
// structure.
func structured(t testing.TB, list ...competition.Structure) competition.Edition {
	t.Helper()
	return altered(t, func(s *competition.EditionSpec) {
		s.Attributes = []competition.Attribute{
			{Key: "worker", Title: "一线职工", Class: "occupation"}, {Key: "head", Title: "企业负责人", Class: "occupation"},
			{Key: "science", Title: "科教人员", Class: "occupation"}, {Key: "woman", Title: "女职工"}, {Key: "office", Title: "机关"},
		}
		s.Awards[0].Quota.Total, s.Awards[0].Structure = 4, list
	})
}

func TestAFloorRoundsUpAndACeilingDown(t *testing.T) {
	for share, want := range map[string][2]int{
		"[0.35,)": {21, 60}, "(0.35,)": {22, 60}, "(,0.13]": {0, 7}, "(,0.2]": {0, 12}, "(,0.2)": {0, 11}, "[0.1,0.15]": {6, 9}, "[0,1]": {0, 60},
	} {
		least, most, err := structure("s", "worker", share).Places(60)
		require.NoError(t, err)
		assert.Equal(t, want, [2]int{least, most}, share)
	}
	_, _, err := structure("s", "worker", "[0.3,0.4]").Places(2)
	require.ErrorIs(t, err, union.ErrRange)
	_, _, err = structure("s", "worker", "[0.3,)").Places(-1)
	require.ErrorIs(t, err, union.ErrRange)
	least, most, err := structure("s", "worker", "(,0.5]").Places(0)
	require.NoError(t, err)
	assert.Equal(t, [2]int{0, 0}, [2]int{least, most})
}

func TestTheGapIsToTheFloorOrElseToTheCeiling(t *testing.T) {
	for share, want := range map[string]string{"[0.35,)": "5个百分点", "(,0.5]": "10个百分点", "[0.45,0.5]": "-5个百分点"} {
		gap, err := structure("s", "worker", share).Gap(union.Ratio{Part: 4, Whole: 10})
		require.NoError(t, err)
		assert.Equal(t, want, gap.String(), share)
	}
	_, err := structure("s", "worker", "[0.3,)").Gap(union.Ratio{})
	require.ErrorIs(t, err, union.ErrUndefined)
	_, err = competition.Structure{}.Gap(union.Ratio{Part: 1, Whole: 2})
	require.ErrorIs(t, err, union.ErrUndefined)
}

// held returns the nth candidate with a total and attributes.
func held(n, total int, attributes ...string) competition.Candidate {
	c := points(n, total)
	c.Attributes = attributes
	return c
}

func TestAListKeepsToItsStructure(t *testing.T) {
	e := structured(t, structure("workers", "worker", "[0.5,)"), structure("heads", "head", "(,0.25]"))
	r := recommend(t, e, held(1, 100, "head"), held(2, 99, "head"), held(3, 98, "science"), held(4, 97, "worker"), held(5, 96, "worker"), held(6, 95, "woman"))
	assert.Equal(t, []string{"示例1有限公司", "示例3有限公司", "示例4有限公司", "示例5有限公司"}, titles(r.Recommended()))
	assert.Empty(t, r.Conflict)
	texts := []string{}
	for _, share := range r.Shares {
		texts = append(texts, share.Standing.String()+" "+share.String())
	}
	assert.Equal(t, []string{"met structure.workers: workers: got 2/4, want [0.5,)", "met structure.heads: heads: got 1/4, want (,0.25]"}, texts)
	left := r.Places[1]
	assert.Equal(t, "第2名，因名额分配或名单结构未列入", left.Verdict.Reasons[len(left.Verdict.Reasons)-1].Got)
}

func TestStructuresThatCannotBeMetTogetherAreNamed(t *testing.T) {
	e := structured(t, structure("women", "woman", "[0.25,)"), structure("workers", "worker", "[0.5,)"), structure("heads", "head", "(,0.25]"), structure("scientists", "science", "(,0.25]"))
	r := recommend(t, e, held(1, 100, "head"), held(2, 99, "head"), held(3, 98, "head"), held(4, 97, "worker"), held(5, 96, "worker", "woman"))
	assert.Equal(t, []string{"heads"}, r.Conflict, "four places cannot be filled with one head")
	r = recommend(t, e, held(1, 100, "head"), held(2, 99, "head"), held(3, 98, "head"), held(4, 97, "worker"))
	assert.Equal(t, []string{"women"}, r.Conflict, "no woman stands")
	assert.Empty(t, r.Recommended())
	assert.Empty(t, r.Shares)
	assert.Equal(t, union.Unknown, r.Places[0].Verdict.Standing)
	figures, err := e.RecommendationFigures(r)
	require.NoError(t, err)
	assert.Equal(t, "women", figure(t, figures, "competition.award.city.conflict").String())
	assert.Equal(t, union.NotKnown, figure(t, figures, "competition.award.city.recommended").Why())
	for _, key := range []string{"women", "workers", "heads", "scientists"} {
		each := figure(t, figures, "competition.award.city.structure."+key)
		assert.Equal(t, union.NotKnown, each.Why(), key)
		assert.Contains(t, each.Working().Rule, "2010年度“安康杯”竞赛：市级“安康杯”竞赛先进单位")
	}
}

func TestAShareMayBeOneOfThoseWithin(t *testing.T) {
	e := structured(t, structure("office-heads", "head", "(,0.5]", "office"))
	r := recommend(t, e, held(1, 100, "head", "office"), held(2, 99, "head", "office"), held(3, 98, "head"), held(4, 97, "office"), held(5, 96, "head"), held(6, 95))
	assert.Equal(t, []string{"示例1有限公司", "示例3有限公司", "示例4有限公司", "示例5有限公司"}, titles(r.Recommended()))
	assert.Equal(t, "1/2", r.Shares[0].Got)
	none := recommend(t, e, held(3, 98, "head"))
	assert.Equal(t, union.Unknown, none.Shares[0].Standing, "nobody of an office is on the list")
}

func TestContestPlacesAreFilledApart(t *testing.T) {
	e := altered(t, func(s *competition.EditionSpec) {
		s.Attributes = []competition.Attribute{{Key: "worker", Title: "一线职工"}}
		s.Awards[0].Quota = competition.Quota{Total: 3, Contest: 1, Reserves: 1}
		s.Awards[0].Structure = []competition.Structure{structure("workers", "worker", "[0.5,)")}
	})
	contest := func(c competition.Candidate) competition.Candidate { c.Contest = true; return c }
	r := recommend(t, e, contest(held(1, 95)), contest(held(2, 96)), held(3, 100), held(4, 99), held(5, 98, "worker"), held(6, 97), held(7, 96))
	assert.Equal(t, []string{"示例3有限公司", "示例5有限公司", "示例2有限公司"}, titles(r.Recommended()))
	wants, reserves := map[string]string{}, map[string]int{}
	for _, place := range r.Places {
		wants[place.Title] = place.Verdict.Reasons[len(place.Verdict.Reasons)-1].Want
		if place.Reserve > 0 {
			reserves[place.Title] = place.Reserve
		}
	}
	assert.Equal(t, "竞赛1家", wants["示例1有限公司"])
	assert.Equal(t, "2家", wants["示例3有限公司"])
	assert.Equal(t, map[string]int{"示例4有限公司": 1}, reserves, "the next in rank stands by")
}

func TestThoseWhoStandByShareARank(t *testing.T) {
	e := altered(t, func(s *competition.EditionSpec) { s.Awards[0].Quota = competition.Quota{Total: 1, Reserves: 1} })
	r := recommend(t, e, points(1, 99), points(2, 98), points(3, 98), points(4, 97))
	reserves := map[string]int{}
	for _, place := range r.Places {
		reserves[place.Title] = place.Reserve
	}
	assert.Equal(t, map[string]int{"示例1有限公司": 0, "示例2有限公司": 1, "示例3有限公司": 2, "示例4有限公司": 0}, reserves)
}

// 宁德 2021: each unit names one who stands by, beside those it recommends.
func TestThoseWhoStandByMayBeOfEachUnit(t *testing.T) {
	e := altered(t, func(s *competition.EditionSpec) {
		s.Awards[0].Quota = competition.Quota{Total: 2, Reserves: 1, ReservesEach: true}
	})
	var list []competition.Candidate
	for n, unit := range []string{"east", "east", "east", "west", "west", "west", "west"} {
		c := points(n, 100-n/2)
		c.Unit = unit
		list = append(list, c)
	}
	// Totals 100, 100, 99 in the east and 99, 98, 98, 97 in the west.
	r, err := e.Recommend(scheme(t), competition.Applications{Award: "city", Candidates: list, Units: map[string]int{"east": 1, "west": 1}}, everybody(t, e, 10), day("2010-12-31"))
	require.NoError(t, err)
	reserves := map[string]int{}
	for _, place := range r.Places {
		if place.Reserve > 0 {
			reserves[place.Title] = place.Reserve
		}
	}
	assert.Equal(t, map[string]int{"示例2有限公司": 1, "示例4有限公司": 1, "示例5有限公司": 2}, reserves, "the two first of the east are undecided")
}

func TestTieBreaksSettleEqualTotals(t *testing.T) {
	e := altered(t, func(s *competition.EditionSpec) {
		s.Awards[0].Quota.Total = 2
		s.Awards[0].TieBreaks = []assessment.Key{{Item: "safety"}}
	})
	with := func(n int, organisation, safety string) competition.Candidate {
		c := candidate(n)
		c.Marks = map[string]union.Number{"organisation": number(organisation), "safety": number(safety)}
		return c
	}
	r := recommend(t, e, with(1, "40", "56"), with(2, "39", "57"), with(3, "38", "58"), with(4, "38.5", "57.5"))
	assert.Equal(t, []string{"示例3有限公司", "示例4有限公司"}, titles(r.Recommended()))
	ranks := []int{}
	for _, place := range r.Places {
		ranks = append(ranks, place.Rank)
	}
	assert.Equal(t, []int{1, 2, 3, 4}, ranks)
	more := recommend(t, e, with(1, "40", "60"), with(2, "39.9", "60"), with(3, "40", "59.99"))
	assert.Equal(t, []string{"示例1有限公司", "示例3有限公司"}, titles(more.Recommended()), "the total comes first")
}

func TestAnOpenQuotaIsDecidedWithTheApplications(t *testing.T) {
	e := altered(t, func(s *competition.EditionSpec) { s.Awards[0].Quota = competition.Quota{Open: true, EachUnit: 1} })
	of := func(places int, units map[string]int, list ...competition.Candidate) (competition.Recommendation, error) {
		return e.Recommend(scheme(t), competition.Applications{Award: "city", Candidates: list, Places: places, Units: units}, everybody(t, e, 10), day("2010-12-31"))
	}
	unit := func(c competition.Candidate, unit string) competition.Candidate { c.Unit = unit; return c }
	r, err := of(3, nil, unit(points(1, 100), "east"), unit(points(2, 99), "east"), unit(points(3, 98), "west"), points(4, 97), points(5, 96))
	require.NoError(t, err)
	assert.Equal(t, []string{"示例1有限公司", "示例3有限公司", "示例4有限公司"}, titles(r.Recommended()), "one of each unit")
	_, err = of(0, nil)
	require.ErrorIs(t, err, union.ErrRange)
	_, err = of(3, map[string]int{"east": -1})
	require.ErrorIs(t, err, union.ErrRange)
	_, err = of(3, map[string]int{"east": 2, "west": 2})
	require.ErrorIs(t, err, union.ErrRange)
	_, err = of(3, map[string]int{"east": 2}, unit(points(1, 99), "west"))
	require.ErrorIs(t, err, union.ErrUnknown)
	fixed := edition(t)
	_, err = fixed.Recommend(scheme(t), competition.Applications{Award: "city", Places: 2}, everybody(t, fixed, 1), day("2010-12-31"))
	require.ErrorIs(t, err, union.ErrRange)
}

func TestAUnitThatPutsForwardTooManyIsFound(t *testing.T) {
	e := altered(t, func(s *competition.EditionSpec) {
		s.Attributes = []competition.Attribute{{Key: "head", Title: "企业负责人"}}
		s.Awards[0].Quota = competition.Quota{Total: 4, Shortlist: &competition.Shortlist{
			Title: "按1：1.5差额推荐", Times: number("1.5"), Mode: union.HalfUp, Outside: []string{"head"},
		}}
	})
	var list []competition.Candidate
	for n := range 7 {
		c := points(n, max(95, 100-n))
		c.Unit = []string{"east", "west"}[n/5]
		if n == 0 {
			c.Attributes = []string{"head"}
		}
		list = append(list, c)
	}
	r, err := e.Recommend(scheme(t), competition.Applications{Award: "city", Candidates: list, Units: map[string]int{"east": 2, "west": 2}}, everybody(t, e, 10), day("2010-12-31"))
	require.NoError(t, err)
	assert.Equal(t, []union.Finding{{Where: "units.east", Rule: "按1：1.5差额推荐", Got: "4", Want: "at most 3"}}, r.Findings, "the head is outside of the shortlist")
	assert.Equal(t, []string{"示例0有限公司", "示例1有限公司", "示例5有限公司", "示例6有限公司"}, titles(r.Recommended()), "and takes a place of the unit")
	r, err = e.Recommend(scheme(t), competition.Applications{Award: "city", Candidates: list, Units: map[string]int{"east": 3, "west": 1}}, everybody(t, e, 10), day("2010-12-31"))
	require.NoError(t, err)
	assert.Empty(t, r.Findings, "4 of at most 5, and 2 of at most 2")
	short := competition.Shortlist{Times: number("1.2"), Mode: union.Up}
	most, err := short.Most(20)
	require.NoError(t, err)
	assert.Equal(t, 24, most)
	_, err = competition.Shortlist{Times: number("1.5")}.Most(20)
	require.ErrorIs(t, err, union.ErrMissing)
	_, err = competition.Shortlist{Times: number("1e0"[:1] + "0000000000000000000"), Mode: union.Up}.Most(20)
	require.ErrorIs(t, err, union.ErrOverflow)
}

func TestTotalsTooFineToAddUpAreRefused(t *testing.T) {
	spec := scheme(t).Spec()
	third := union.MustParseNumber("1/1000000007")
	spec.Items[2].From.Sum.Of[0].Weight = third
	fine, err := assessment.NewScheme(spec)
	require.NoError(t, err)
	e := altered(t, func(s *competition.EditionSpec) {
		s.Awards[0].Sections, s.Awards[0].Threshold.In = nil, union.AtLeast(union.Number{})
	})
	list := []competition.Candidate{candidate(1)}
	_, err = e.Recommend(fine, competition.Applications{Award: "city", Candidates: list}, everybody(t, e, 3), day("2010-12-31"))
	require.NoError(t, err)
	for n := 2; n < 6; n++ {
		c := candidate(n)
		c.Marks["organisation"] = number("1/" + strconv.Itoa(999999929-n))
		list = append(list, c)
	}
	_, err = e.Recommend(fine, competition.Applications{Award: "city", Candidates: list}, everybody(t, e, 6), day("2010-12-31"))
	require.ErrorIs(t, err, union.ErrOverflow)
}

func TestTheListIsTheSameInWhateverOrderCandidatesStand(t *testing.T) {
	e := structured(t, structure("workers", "worker", "[0.5,)"))
	list := []competition.Candidate{held(1, 100, "head"), held(2, 99), held(3, 98, "worker"), held(4, 97, "worker"), held(5, 97)}
	want := titles(recommend(t, e, list...).Recommended())
	for range list {
		list = append(list[1:], list[0])
		assert.Equal(t, want, titles(recommend(t, e, list...).Recommended()))
	}
}

func TestTheBoundsOfAStructureAreThemselvesAllowed(t *testing.T) {
	var all []competition.Attribute
	var keys []string
	for i := range 9 {
		keys = append(keys, "k"+strconv.Itoa(i))
		all = append(all, competition.Attribute{Key: keys[i], Title: keys[i], Class: "kind"})
	}
	made := func(list ...competition.Structure) error {
		spec := edition(t).Spec()
		spec.Attributes, spec.Awards[0].Structure = all, list
		_, err := competition.NewEdition(spec)
		return err
	}
	eight := competition.Structure{Key: "s", Title: "s", Has: keys[:8], Share: union.MustParseInterval("[0.5,)")}
	require.NoError(t, made(eight), "eight attributes")
	eight.Within = keys[8:]
	require.ErrorIs(t, made(eight), union.ErrRange, "nine of them")
	for _, share := range []string{"[0,)", "[1,)", "(,0]", "(,1]", "[0,1]", "(0,)", "(,1)"} {
		require.NoError(t, made(structure("s", "k0", share)), share)
	}
	for _, share := range []string{"[-0.01,)", "[1.01,)", "(,-0.01]", "(,1.01]", "[0.5,1.01]"} {
		require.ErrorIs(t, made(structure("s", "k0", share)), union.ErrRange, share)
	}
	for _, share := range []string{"[0.5,)", "(,0.5]", "[1/3,)", "[0.000001,)", "[1/1000000,)"} {
		require.NoError(t, made(structure("s", "k0", share, "k1")), share)
	}
	// Nobody may be within, and so many parts are too many to be counted exactly.
	for _, share := range []string{"(0.5,)", "(,0.5)", "[0.1,0.5)", "(0.1,0.5]", "[0.0000001,)", "(,0.0000001]", "[1/1000003,)", "[0.0000001,1/3]"} {
		require.ErrorIs(t, made(structure("s", "k0", share, "k1")), union.ErrRange, share)
	}
	require.NoError(t, made(structure("a", "k0", "[0.4,)"), structure("b", "k1", "[0.6,)")), "floors that are the whole")
	require.ErrorIs(t, made(structure("c", "k2", "(,0.1]"), structure("a", "k0", "[0.41,)"), structure("b", "k1", "[0.6,)")), union.ErrRange)
	require.ErrorIs(t, made(structure("x", "k3", "[0,)"), structure("a", "k0", "[0.5,)"), structure("b", "k0", "(,0.4]")), union.ErrRange, "a floor above a ceiling")
	require.ErrorIs(t, made(structure("a", "k0", "[0.3,)"), structure("b", "k0", "[0.6,)"), structure("c", "k1", "[0.5,)")), union.ErrRange, "the higher of two floors counts")
}

// Classes exclude one another, so their floors add up: but not that of two together, nor one
// of those within another. A share of the whole list may be as fine as it likes.
func TestStructuresThatMayBeMetTogetherAreNotRefused(t *testing.T) {
	floor := func(key, share string, has ...string) competition.Structure {
		return competition.Structure{Key: key, Title: key, Has: has, Share: union.MustParseInterval(share)}
	}
	within := floor("within", "[0.6,)", "a")
	within.Within = []string{"b"}
	for name, row := range map[string]struct {
		list   []competition.Structure
		faults []string
	}{
		"two classes together":              {[]competition.Structure{floor("either", "[0.6,)", "a", "b"), floor("second", "[0.5,)", "b")}, nil},
		"a class within another":            {[]competition.Structure{within, floor("second", "[0.5,)", "b")}, nil},
		"a share that is very fine":         {[]competition.Structure{floor("fine", "[1/3000001,)", "a")}, nil},
		"floors that are the whole":         {[]competition.Structure{floor("first", "[0.5,)", "a"), floor("second", "[0.5,)", "b")}, nil},
		"more than it, and one floor again": {[]competition.Structure{floor("first", "[0.6,)", "a"), floor("second", "[0.5,)", "b"), floor("third", "[0.5,)", "b")}, []string{"awards[0].structure[1].share"}},
	} {
		spec := edition(t).Spec()
		spec.Attributes = []competition.Attribute{{Key: "a", Title: "a", Class: "c"}, {Key: "b", Title: "b", Class: "c"}}
		spec.Awards[0].Structure = row.list
		_, err := competition.NewEdition(spec)
		var where []string
		for _, fault := range union.Faults(err) {
			where = append(where, fault.Where)
		}
		assert.Equal(t, row.faults, where, name)
	}
}

func TestABoundBeyondEveryListIsNone(t *testing.T) {
	const beyond = "10000000000000000000000000000000000000000"
	_, _, err := structure("s", "worker", "["+beyond+",)").Places(10)
	require.ErrorIs(t, err, union.ErrRange)
	_, _, err = structure("s", "worker", "(,-"+beyond+"]").Places(10)
	require.ErrorIs(t, err, union.ErrRange)
	least, most, err := structure("s", "worker", "[-"+beyond+","+beyond+"]").Places(10)
	require.NoError(t, err)
	assert.Equal(t, [2]int{0, 10}, [2]int{least, most})
}

func TestWhyNobodyWasTakenIsTold(t *testing.T) {
	last := func(p competition.Place) string { return p.Verdict.Reasons[len(p.Verdict.Reasons)-1].Got }
	conflict := recommend(t, structured(t, structure("women", "woman", "[0.25,)")), held(1, 100), held(2, 99))
	assert.Equal(t, []string{"第1名，名单结构要求不能同时满足", "第2名，名单结构要求不能同时满足"}, []string{last(conflict.Places[0]), last(conflict.Places[1])})

	// Of four places half are for workers and half for women. The two of both kinds who
	// stand last may take the places of one of each kind, whose totals are together as
	// much.
	open := structured(t, structure("heads", "head", "(,0.25]"), structure("workers", "worker", "(,0.25]"), structure("women", "woman", "[0.5,)"))
	tied := recommend(t, open, held(1, 100, "head", "woman"), held(2, 99, "worker", "woman"), held(3, 98), held(4, 97, "head"), held(5, 97))
	assert.Equal(t, []string{"示例1有限公司", "示例2有限公司", "示例3有限公司", "示例5有限公司"}, titles(tied.Recommended()))
	assert.Equal(t, "第4名，因名额分配或名单结构未列入", last(tied.Places[3]))
	four := recommend(t, edition(t), points(1, 99), points(2, 98))
	assert.Equal(t, "第2名", last(four.Places[1]), "whom the places do not reach")
	even := recommend(t, edition(t), points(1, 99), points(2, 99))
	assert.Equal(t, "第1名，并列2家", last(even.Places[0]))
	pairs := altered(t, func(s *competition.EditionSpec) {
		s.Attributes = []competition.Attribute{{Key: "a", Title: "a"}, {Key: "b", Title: "b"}}
		s.Awards[0].Quota.Total = 2
		s.Awards[0].Structure = []competition.Structure{structure("a", "a", "[0.5,0.5]"), structure("b", "b", "[0.5,0.5]")}
	})
	// 100 of both and 95 of neither are as much as 98 of the one and 97 of the other.
	differ := recommend(t, pairs, held(1, 100, "a", "b"), held(2, 98, "a"), held(3, 97, "b"), held(4, 95))
	for _, place := range differ.Places {
		assert.Equal(t, "第"+strconv.Itoa(place.Rank)+"名，入选组合不唯一", last(place))
		assert.Equal(t, union.Unknown, place.Verdict.Standing)
	}
}

func TestTheLeastOfTwoBoundsOfAUnitHolds(t *testing.T) {
	chosen := func(each int, units map[string]int) int {
		e := altered(t, func(s *competition.EditionSpec) { s.Awards[0].Quota = competition.Quota{Total: 5, EachUnit: each} })
		var list []competition.Candidate
		for n := range 5 {
			c := points(n, 96+n%4)
			c.Unit = "east"
			list = append(list, c)
		}
		r, err := e.Recommend(scheme(t), competition.Applications{Award: "city", Candidates: list, Units: units}, everybody(t, e, 10), day("2010-12-31"))
		require.NoError(t, err)
		sure := 0
		for _, place := range r.Places {
			if place.Verdict.Standing != union.Unmet {
				sure++
			}
		}
		return sure
	}
	assert.Equal(t, 5, chosen(0, nil), "no bound at all")
	assert.Equal(t, 3, chosen(3, nil))
	assert.Equal(t, 3, chosen(3, map[string]int{"east": 5}))
	assert.Equal(t, 3, chosen(4, map[string]int{"east": 3}))
}

func TestTotalsOfUnlikeFinenessAddUp(t *testing.T) {
	e := altered(t, func(s *competition.EditionSpec) { s.Awards[0].Quota.Total = 2 })
	of := func(n int, safety string) competition.Candidate {
		c := candidate(n)
		c.Marks["organisation"], c.Marks["safety"] = union.Whole(38), number(safety)
		return c
	}
	r := recommend(t, e, of(1, "57.5"), of(2, "173/3"), of(3, "57.123456789"), of(4, "57.623456789"))
	assert.Equal(t, []string{"示例2有限公司", "示例4有限公司"}, titles(r.Recommended()), "57⅔ and 57.62… are more than 57½")
	assert.Equal(t, []string{"示例2有限公司", "示例4有限公司", "示例1有限公司", "示例3有限公司"}, titles(r.Places))
}
