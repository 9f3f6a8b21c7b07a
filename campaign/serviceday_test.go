package campaign_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
)

// The first Saturdays of 2010 are those of a printed calendar: 3 July, 7 August,
// 4 September, 2 October (moved to the 16th), 6 November, 4 December.
func TestServiceDaysAreTheFirstSaturdays(t *testing.T) {
	days, err := plan().ServiceDays(union.MustParsePeriod("2010-07-01/2010-12-31"))
	require.NoError(t, err)
	assert.Equal(t, []union.Date{
		day("2010-07-03"), day("2010-08-07"), day("2010-09-04"), day("2010-10-16"), day("2010-11-06"), day("2010-12-04"),
	}, days)
}

func TestAPeriodHoldsBothItsEndsAndWhatIsMovedIntoIt(t *testing.T) {
	for _, row := range []struct {
		within string
		want   int
	}{
		{"2010-07-03/2010-08-07", 2},
		{"2010-07-04/2010-08-06", 0},
		{"2010-10-01/2010-10-15", 0}, // moved out
		{"2010-10-16/2010-10-16", 1}, // moved in
		{"2010-12-04/2011-01-01", 2}, // over the year's end: 1 January 2011 is a Saturday
	} {
		days, err := plan().ServiceDays(union.MustParsePeriod(row.within))
		require.NoError(t, err)
		assert.Len(t, days, row.want, row.within)
	}
}

func TestServiceFiguresTellTheDaysAndTheMoves(t *testing.T) {
	figures, err := plan().ServiceFigures(union.MustParsePeriod("2010-09-01/2010-10-31"))
	require.NoError(t, err)
	assert.Equal(t, map[string]string{
		"campaign.service.days":  "2010年9月4日、2010年10月16日",
		"campaign.service.first": "2010-09-04",
		"campaign.service.count": "2天",
	}, values(figures, nil))
	assert.Contains(t, figures[0].Working().Inputs, union.Input{Name: "规则", Value: "每月第1个星期六"})
	assert.Contains(t, figures[0].Working().Inputs, union.Input{Name: "2010年10月2日改期", Value: "2010年10月16日，国庆放假"})

	read := values(plan().ServiceFigures(union.MustParsePeriod("2010-07-04/2010-07-05")))
	assert.Equal(t, "0天", read["campaign.service.count"])
	assert.Equal(t, "[not applicable]", read["campaign.service.days"])
	assert.Equal(t, "[not applicable]", read["campaign.service.first"], "there is none, which is known")
}

func TestServiceDaysWithoutARuleOrAnEndAreRefused(t *testing.T) {
	for _, within := range []union.Period{{}, union.MustParsePeriod("2010-07-01/..")} {
		_, err := plan().ServiceDays(within)
		require.ErrorIs(t, err, union.ErrMissing)
		_, err = plan().ServiceFigures(within)
		require.ErrorIs(t, err, union.ErrMissing)
	}
	spec := plan().Spec()
	spec.ServiceDay = nil
	none := must(campaign.NewPlan(spec))
	_, err := none.ServiceDays(union.MustParsePeriod("2010-07-01/2010-12-31"))
	require.ErrorIs(t, err, union.ErrUnknown)
	assert.Equal(t, map[string]string{
		"campaign.service.days":  "[not applicable]",
		"campaign.service.first": "[not applicable]",
		"campaign.service.count": "[not applicable]",
	}, values(none.ServiceFigures(union.MustParsePeriod("2010-07-01/2010-12-31"))))
}

func TestEveryWeekdayCanBeTheServiceDay(t *testing.T) {
	for weekday, key := range []string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"} {
		spec := plan().Spec()
		spec.ServiceDay = &campaign.ServiceDay{Weekday: key, Nth: 4}
		days, err := must(campaign.NewPlan(spec)).ServiceDays(union.MustParsePeriod("2012-01-01/2012-12-31"))
		require.NoError(t, err)
		require.Len(t, days, 12)
		for _, each := range days {
			assert.Equal(t, time.Weekday(weekday), each.Weekday())
			assert.GreaterOrEqual(t, each.Day(), 22)
			assert.LessOrEqual(t, each.Day(), 28)
		}
	}
}
