package campaign_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
)

// By hand: 7000+3000+9999+6000 words; of four members under a quota of notes p1
// and p3 met it; four papers by three, of whom p1 and p3 met theirs.
func TestWritingsAreCounted(t *testing.T) {
	c := course()
	assert.Equal(t, map[string]string{
		"campaign.notes.words":         "25999字",
		"campaign.notes.members":       "3人",
		"campaign.notes.met":           "50.00%",
		"campaign.reflections":         "4篇",
		"campaign.reflections.members": "3人",
		"campaign.surveys":             "0次", "campaign.surveys.members": "0人", "campaign.surveys.met": "[not applicable]",
		"campaign.reflections.met": "50.00%",
	}, values(c.WritingFigures(writings(c, "2010-06-30"))))
}

func TestWritingsStandAtTheEndOfTheirDay(t *testing.T) {
	c := course()
	read := values(c.WritingFigures(writings(c, "2010-06-01")))
	assert.Equal(t, "7000字", read["campaign.notes.words"])
	assert.Equal(t, "1篇", read["campaign.reflections"])
	assert.Equal(t, "0.00%", read["campaign.notes.met"])
	assert.Equal(t, day("2010-06-01"), writings(c, "2010-06-01").On())
	assert.Equal(t, c.ID(), writings(c, "2010-06-01").Rule())
}

func TestAddingWritingsReportsTheFirstFaultAndChangesNothing(t *testing.T) {
	c := course()
	tally := writings(c, "2010-06-30")
	for name, row := range map[string]struct {
		notes campaign.Notes
		want  error
		where string
	}{
		"a stranger":            {campaign.Notes{Person: "nobody", Words: -1}, union.ErrUnknown, "person"},
		"no day":                {campaign.Notes{Person: "p1", Words: -1}, union.ErrMissing, "day"},
		"fewer than no words":   {campaign.Notes{Person: "p1", Day: day("2010-06-01"), Words: -1}, union.ErrRange, "words"},
		"more words than fit":   {campaign.Notes{Person: "p1", Day: day("2010-06-01"), Words: math.MaxInt64}, union.ErrOverflow, "words"},
		"too many, only later":  {campaign.Notes{Person: "p1", Day: day("2010-07-01"), Words: math.MaxInt64}, union.ErrOverflow, "words"},
		"a stranger, and later": {campaign.Notes{Person: "nobody", Day: day("2010-07-01")}, union.ErrUnknown, "person"},
	} {
		err := c.AddNotes(&tally, row.notes)
		require.ErrorIs(t, err, row.want, name)
		assert.Equal(t, row.where, union.Faults(err)[0].Where, name)
		assert.Equal(t, writings(c, "2010-06-30"), tally, name)
	}
	for name, row := range map[string]struct {
		paper campaign.Reflection
		want  error
		where string
	}{
		"a stranger":          {campaign.Reflection{Person: "nobody"}, union.ErrUnknown, "person"},
		"no day":              {campaign.Reflection{Person: "p1"}, union.ErrMissing, "day"},
		"fewer than no words": {campaign.Reflection{Person: "p1", Day: day("2010-06-01"), Words: -1}, union.ErrRange, "words"},
		"no title":            {campaign.Reflection{Person: "p1", Day: day("2010-06-01")}, union.ErrMissing, "title"},
	} {
		err := c.AddReflection(&tally, row.paper)
		require.ErrorIs(t, err, row.want, name)
		assert.Equal(t, row.where, union.Faults(err)[0].Where, name)
		assert.Equal(t, writings(c, "2010-06-30"), tally, name)
	}
	var none campaign.Writings
	require.ErrorIs(t, c.AddNotes(&none, campaign.Notes{}), union.ErrRule)
	require.ErrorIs(t, c.AddReflection(&none, campaign.Reflection{}), union.ErrRule)
}

func TestMergeOfWritingsRefusesWhatDoesNotAgreeOrFit(t *testing.T) {
	c := course()
	full := c.Writings(day("2010-06-30"))
	require.NoError(t, c.AddNotes(&full, campaign.Notes{Person: "p2", Day: day("2010-06-01"), Words: math.MaxInt64}))
	tally := writings(c, "2010-06-30")
	require.ErrorIs(t, tally.Merge(full), union.ErrOverflow)
	require.ErrorIs(t, tally.Merge(c.Writings(day("2010-06-29"))), union.ErrRule)
	fewer := must(plan().Course(must(campaign.NewRoster(members()[:3])), sessions()))
	require.ErrorIs(t, tally.Merge(fewer.Writings(day("2010-06-30"))), union.ErrRule)
	assert.Equal(t, writings(c, "2010-06-30"), tally)

	require.NoError(t, c.AddNotes(&full, campaign.Notes{Person: "p1", Day: day("2010-06-01"), Words: 1}))
	_, err := c.WritingFigures(full)
	require.ErrorIs(t, err, union.ErrOverflow, "each member's words fit, all together do not")
}

func TestAddingNotesAllocatesNothing(t *testing.T) {
	c := course()
	tally := c.Writings(day("2010-06-30"))
	notes := campaign.Notes{Person: "p1", Day: day("2010-06-01"), Words: 1}
	assert.Zero(t, testing.AllocsPerRun(100, func() { _ = c.AddNotes(&tally, notes) }))
}
