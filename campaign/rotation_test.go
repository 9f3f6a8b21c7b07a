package campaign_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
	"github.com/unioncampaign/union/internal/laws"
)

func staffOf(n int) []string {
	var staff []string
	for i := range n {
		staff = append(staff, fmt.Sprintf("s%02d", i))
	}
	return staff
}

func TestAStaffOfNineGoesRoundInThirds(t *testing.T) {
	turns, err := whole().Rotate(staffOf(9), union.MustParsePeriod("2010-07-01/2011-03-31"))
	require.NoError(t, err)
	require.Len(t, turns, 3)
	assert.Equal(t, "2010-07-01/2010-09-30", turns[0].Window.String())
	assert.Equal(t, "2011-01-01/2011-03-31", turns[2].Window.String())
	assert.Equal(t, [][]string{{"s00", "s01", "s02"}, {"s03", "s04", "s05"}, {"s06", "s07", "s08"}}, turns[0].Places)
	assert.Equal(t, [][]string{{"s03", "s04", "s05"}, {"s06", "s07", "s08"}, {"s00", "s01", "s02"}}, turns[1].Places)
}

func TestAWindowThatEndsWithinATurnCutsIt(t *testing.T) {
	turns := must(whole().Rotate(staffOf(4), union.MustParsePeriod("2010-07-01/2010-11-15")))
	require.Len(t, turns, 2)
	assert.Equal(t, "2010-10-01/2010-11-15", turns[1].Window.String())
}

func TestARotationThatCannotBeIsRefused(t *testing.T) {
	within := union.MustParsePeriod("2010-07-01/2010-12-31")
	for name, row := range map[string]struct {
		plan   campaign.Plan
		staff  []string
		within union.Period
		want   error
	}{
		"no rotation": {plan(), staffOf(3), within, union.ErrUnknown},
		"an open end": {whole(), staffOf(3), union.MustParsePeriod("2010-07-01/.."), union.ErrMissing},
		"nobody":      {whole(), nil, within, union.ErrMissing},
		"one twice":   {whole(), []string{"a", "a"}, within, union.ErrRepeated},
		"no plan":     {campaign.Plan{}, staffOf(3), within, union.ErrUnknown},
	} {
		_, err := row.plan.Rotate(row.staff, row.within)
		require.ErrorIs(t, err, row.want, name)
	}
}

// goesRound states that in every span each is in one place and the places have as many as
// the deployment gives them, and that by the time that all are back where they began
// everybody came to every part as often as everybody else.
func goesRound(rotate func(staff []string, spans int) []campaign.Turn) laws.Law {
	return func(r *rapid.T) error {
		n := rapid.IntRange(1, 20).Draw(r, "staff")
		staff := staffOf(n)
		counts := must(whole().Deploy(int64(n))).Counts
		turns := rotate(staff, n)
		if len(turns) != n {
			return fmt.Errorf("%d spans, want %d", len(turns), n)
		}
		times := map[string][3]int64{}
		for _, turn := range turns {
			seen := map[string]bool{}
			for part, sent := range turn.Places {
				if int64(len(sent)) != counts[part] {
					return fmt.Errorf("%v, want %v", turn.Places, counts)
				}
				for _, person := range sent {
					if seen[person] || !slices.Contains(staff, person) {
						return fmt.Errorf("%s twice, or a stranger: %v", person, turn.Places)
					}
					seen[person] = true
					each := times[person]
					each[part]++
					times[person] = each
				}
			}
		}
		// After as many spans as there are persons, all are back where they began.
		for person, each := range times {
			for part, n := range each {
				if n != counts[part] {
					return fmt.Errorf("%s was %d times in part %d of %v", person, n, part, counts)
				}
			}
		}
		return nil
	}
}

func TestARotationIsFair(t *testing.T) {
	p := whole()
	rotate := func(staff []string, spans int) []campaign.Turn {
		last := must(must(day("2010-01-01").AddMonths(3 * spans)).AddDays(-1))
		return must(p.Rotate(staff, must(union.NewPeriod(day("2010-01-01"), last))))
	}
	laws.Holds(t, goesRound(rotate))
	laws.Rejects(t, goesRound(func(staff []string, spans int) []campaign.Turn {
		turns := rotate(staff, spans)
		for i := range turns { // on by the first part, whatever the staff
			var all []string
			for at := range staff {
				all = append(all, staff[(at+i*len(turns[0].Places[0]))%len(staff)])
			}
			at := 0
			for part, sent := range turns[i].Places {
				turns[i].Places[part] = all[at : at+len(sent)]
				at += len(sent)
			}
		}
		return turns
	}))
	laws.Rejects(t, goesRound(func(staff []string, spans int) []campaign.Turn {
		turns := rotate(staff, spans)
		for i := range turns { // nobody moves
			turns[i].Places = turns[0].Places
		}
		return turns
	}))
}
