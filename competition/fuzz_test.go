package competition_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/competition"
)

func FuzzComposition_UnmarshalJSON(f *testing.F) {
	f.Add(must(exampleComposition().MarshalJSON()), []byte(`{"total": 1234, "parts": {"frontline": 763}, "shares": {"frontline": "61.83"}}`))
	f.Add(must(exampleComposition().MarshalJSON()), []byte(`{"parts": {"frontline": 3, "nonpublic": 0}, "shares": {"frontline": "0", "nonpublic": "1e"}, "bases": {"x": 1}}`))
	f.Fuzz(func(t *testing.T, rule, given []byte) {
		var made competition.Composition
		var breakdown competition.Breakdown
		if made.UnmarshalJSON(rule) != nil || json.Unmarshal(given, &breakdown) != nil {
			return
		}
		composed, err := made.Compose(breakdown)
		if err == nil {
			assert.Len(t, composed.Verdict.Reasons, len(made.Spec().Structure))
		}
	})
}

// Contradictory structures, and shares that no list of so many has, end in an error
// or in a conflict that is named; a list that is made keeps to all of them.
func FuzzRecommend_Structure(f *testing.F) {
	f.Add("[0.5,)", "(,0.25]", uint16(0b11011), uint8(3), uint8(0))
	f.Add("(0.9,)", "[0.9,)", uint16(0xffff), uint8(2), uint8(1))
	f.Add("[1/3,2/3]", "(,0]", uint16(0x1234), uint8(5), uint8(2))
	f.Fuzz(func(t *testing.T, first, second string, held uint16, places, form uint8) {
		one, err := union.ParseInterval(first)
		if err != nil {
			return
		}
		two, err := union.ParseInterval(second)
		if err != nil {
			return
		}
		spec := edition(t).Spec()
		spec.Attributes = []competition.Attribute{{Key: "a", Title: "a"}, {Key: "b", Title: "b"}}
		if form%2 == 1 {
			spec.Attributes[0].Class, spec.Attributes[1].Class = "c", "c"
		}
		spec.Awards[0].Quota.Total = int(places)
		spec.Awards[0].Structure = []competition.Structure{
			{Key: "one", Title: "one", Has: []string{"a"}, Share: one}, {Key: "two", Title: "two", Has: []string{"b"}, Share: two},
		}
		if form%4 > 1 {
			spec.Awards[0].Structure[1].Within = []string{"a"}
		}
		e, err := competition.NewEdition(spec)
		if err != nil {
			return
		}
		var list []competition.Candidate
		for n := range 8 {
			c := points(n, 100-n%4)
			switch held >> (2 * n) & 3 {
			case 1:
				c.Attributes = []string{"a"}
			case 2:
				c.Attributes = []string{"b"}
			case 3:
				if form%2 == 0 {
					c.Attributes = []string{"a", "b"}
				}
			}
			list = append(list, c)
		}
		r, err := e.Recommend(scheme(t), competition.Applications{Award: "city", Candidates: list}, everybody(t, e, 8), day("2010-12-31"))
		require.NoError(t, err)
		if len(r.Conflict) > 0 {
			assert.Empty(t, r.Recommended())
			return
		}
		undecided := false
		for _, place := range r.Places {
			undecided = undecided || place.Verdict.Standing == union.Unknown
		}
		for _, share := range r.Shares {
			assert.True(t, undecided || share.Standing == union.Met || len(spec.Awards[0].Structure[1].Within) > 0 && share.Standing == union.Unknown, share.String())
		}
	})
}

// Whatever is entered in a roll, each grant is told once, and what it refuses
// changes nothing.
func FuzzRoll_Grant(f *testing.F) {
	f.Add("county-1-2007", "2007", "county", "r", "natural", uint16(40))
	editions := yearly(f, 2007, 2008)
	f.Fuzz(func(t *testing.T, id, version, award, removal, kind string, back uint16) {
		r := roll(t, editions, given("county", 1, 2007))
		before := len(r.On(day("2100-01-01")))
		on, err := day("2008-12-30").AddDays(-int(back))
		require.NoError(t, err)
		if r.Grant(competition.Grant{ID: id, Edition: "ankang-cup", Version: version, Award: award, Firm: code(2), On: on}) == nil {
			before++
		}
		assert.Len(t, r.On(day("2100-01-01")), before)
		err = r.Remove(competition.Removal{ID: removal, Grant: id, Kind: kind, On: on})
		removed := 0
		for _, held := range r.On(day("2100-01-01")) {
			if held.Removed != "" {
				removed++
			}
		}
		assert.Equal(t, err == nil, removed == 1)
	})
}

func FuzzTrend_Work(f *testing.F) {
	f.Add("14847", "-49.92", int8(2), true)
	f.Add("0", "0", int8(-3), true)
	f.Add("1/3", "100000000000", int8(18), false)
	f.Fuzz(func(t *testing.T, now, percent string, places int8, whole bool) {
		n, err := union.ParseNumber(now)
		if err != nil {
			return
		}
		rate, err := union.ParseNumber(percent)
		if err != nil {
			return
		}
		made, err := competition.Trend{Now: n, Percent: &rate, Whole: whole, Rounding: union.Rounding{Mode: union.HalfUp, Places: int(places)}}.Work()
		if err == nil {
			assert.NotEmpty(t, made.Before.String())
		}
	})
}
