package assessment_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/internal/laws"
)

func comparisonSpec() assessment.ComparisonSpec {
	return assessment.ComparisonSpec{
		Rule: rule("exemplars"),
		Indicators: []assessment.Indicator{
			{Key: "coverage", Title: "建会率", Measure: "个百分点", Rounding: halfUp(1)},
			{Key: "disputes", Title: "劳动争议", Measure: union.Items, Lower: true},
			{Key: "funds", Title: "帮扶资金", Measure: "万元"},
		},
		Base:     assessment.OfExemplar,
		Rounding: halfUp(2),
	}
}

func newComparison(t require.TestingT, spec assessment.ComparisonSpec) assessment.Comparison {
	comparison, err := assessment.NewComparison(spec)
	require.NoError(t, err)
	return comparison
}

func own() assessment.Exemplar {
	return assessment.Exemplar{Key: "own", Title: "县总工会", Values: numbers("coverage", "81.25", "disputes", "12")}
}

func exemplars() []assessment.Exemplar {
	return []assessment.Exemplar{
		{Key: "tax", Title: "县税务局", Values: numbers("coverage", "96", "disputes", "15", "funds", "30")},
		{Key: "school", Title: "县一中", Values: numbers("coverage", "81.25", "disputes", "0")},
	}
}

func TestAGapInPercentIsUndefinedOverABaseThatIsNotAboveZero(t *testing.T) {
	comparison := newComparison(t, comparisonSpec())
	for _, base := range []string{"0", "-4"} {
		gaps, err := comparison.Gaps(own(), assessment.Exemplar{Key: "tax", Title: "县税务局", Values: numbers("disputes", base)})
		require.NoError(t, err)
		assert.True(t, gaps[1].Known, base)
		assert.Nil(t, gaps[1].Percent, base)
	}
}

func TestGapsAreInTheIndicatorsOwnUnit(t *testing.T) {
	comparison := newComparison(t, comparisonSpec())
	gaps, err := comparison.Gaps(own(), exemplars()[0])
	require.NoError(t, err)
	assert.Equal(t, "-14.75", gaps[0].Difference.String())
	assert.Equal(t, -1, gaps[0].Ahead)
	assert.Equal(t, "-3", gaps[1].Difference.String())
	assert.Equal(t, 1, gaps[1].Ahead, "fewer disputes are better")
	assert.Equal(t, "-20", gaps[1].Percent.String(), "3 of the exemplar's 15")
	assert.Equal(t, assessment.Gap{Indicator: "funds"}, gaps[2], "unknown is not zero")

	figures, err := comparison.Figures(own(), exemplars()...)
	require.NoError(t, err)
	var lines []string
	for _, figure := range figures {
		assert.NotEmpty(t, figure.Working().Inputs, figure.Key())
		lines = append(lines, figure.Key()+" "+figure.String())
	}
	assert.Equal(t, []string{
		"assessment.exemplars 县税务局、县一中",
		"assessment.exemplar.tax.indicator.coverage -14.8个百分点",
		"assessment.exemplar.tax.indicator.coverage.percent -15.36%",
		"assessment.exemplar.tax.indicator.disputes -3件",
		"assessment.exemplar.tax.indicator.disputes.percent -20.00%",
		"assessment.exemplar.tax.indicator.funds [unknown]",
		"assessment.exemplar.tax.indicator.funds.percent [unknown]",
		"assessment.exemplar.school.indicator.coverage 0.0个百分点",
		"assessment.exemplar.school.indicator.coverage.percent 0.00%",
		"assessment.exemplar.school.indicator.disputes 12件",
		"assessment.exemplar.school.indicator.disputes.percent [undefined]",
		"assessment.exemplar.school.indicator.funds [unknown]",
		"assessment.exemplar.school.indicator.funds.percent [unknown]",
	}, lines)
	assert.Equal(t, "标杆数", figures[2].Base())
	assert.Equal(t, halfUp(2), figures[2].Rounding())
	assert.Equal(t, union.Working{
		Item:     "与县税务局的差距：建会率（百分比）",
		Rule:     "测试规则（1），made up for a test",
		Inputs:   []union.Input{{Name: "县总工会", Value: "81.25个百分点"}, {Name: "县税务局", Value: "96个百分点"}},
		Rounding: "四舍五入，保留2位小数",
		Result:   "-15.36%",
	}, figures[2].Working())
	assert.Equal(t, union.Input{Name: "县总工会", Value: "不详"}, figures[5].Working().Inputs[0])

	none, err := comparison.Figures(own())
	require.NoError(t, err)
	assert.Equal(t, "[not applicable]", none[0].String())
}

// Exchanging a unit with its exemplar turns the gap round.
func turnsRound(gap func(own, exemplar union.Number) (union.Number, error)) laws.Law {
	return func(r *rapid.T) error {
		a := union.Whole(rapid.Int64Range(-1000, 1000).Draw(r, "own"))
		b := union.Whole(rapid.Int64Range(-1000, 1000).Draw(r, "exemplar"))
		there, err := gap(a, b)
		if err != nil {
			return err
		}
		back, err := gap(b, a)
		if err != nil {
			return err
		}
		if !there.Equal(back.Neg()) {
			return fmt.Errorf("%s there, %s back", there, back)
		}
		return nil
	}
}

func TestExchangingAUnitWithItsExemplarTurnsTheGapRound(t *testing.T) { // S16
	comparison := newComparison(t, comparisonSpec())
	gap := func(own, exemplar union.Number) (assessment.Gap, error) {
		gaps, err := comparison.Gaps(
			assessment.Exemplar{Key: "a", Title: "甲", Values: map[string]union.Number{"funds": own}},
			assessment.Exemplar{Key: "b", Title: "乙", Values: map[string]union.Number{"funds": exemplar}})
		if err != nil {
			return assessment.Gap{}, err
		}
		return gaps[2], nil
	}
	laws.Holds(t, turnsRound(func(own, exemplar union.Number) (union.Number, error) {
		made, err := gap(own, exemplar)
		return made.Difference, err
	}))
	// A gap in percent is of another base the other way about.
	laws.Rejects(t, turnsRound(func(own, exemplar union.Number) (union.Number, error) {
		made, err := gap(own, exemplar)
		if made.Percent == nil {
			return union.Number{}, err
		}
		return *made.Percent, err
	}))
}

func TestAGapInPercentIsOfTheNamedBase(t *testing.T) {
	spec := comparisonSpec()
	spec.Base = assessment.OfOwn
	gaps, err := newComparison(t, spec).Gaps(own(), exemplars()[0])
	require.NoError(t, err)
	assert.Equal(t, "-25", gaps[1].Percent.String(), "3 of the unit's own 12")
}

func TestAComparisonReportsItsFaults(t *testing.T) {
	_, err := assessment.NewComparison(assessment.ComparisonSpec{})
	assert.Equal(t, []string{"key", "version", "title", "source", "indicators", "base", "rounding.mode"}, wheres(err))
	_, err = assessment.NewComparison(assessment.ComparisonSpec{
		Rule: rule("c"), Base: 9, Rounding: halfUp(1),
		Indicators: []assessment.Indicator{{Key: "a", Title: "a"}, {Key: "a"}, {Title: "b", Rounding: union.Rounding{Places: 1}}, {Key: "a.percent", Title: "c"}},
	})
	assert.Equal(t, []string{"indicators[1].key", "indicators[1].title", "indicators[2].key", "indicators[2].rounding.mode", "indicators[3].key", "base"}, wheres(err))
	require.ErrorIs(t, err, union.ErrRepeated)
	require.ErrorIs(t, err, union.ErrUnknown)

	comparison := newComparison(t, comparisonSpec())
	for name, each := range map[string]struct {
		own, exemplar assessment.Exemplar
		want          error
		where         string
	}{
		"a unit without a key":          {assessment.Exemplar{Title: "甲"}, exemplars()[0], union.ErrMissing, "exemplars[0].own.key"},
		"an exemplar with a bad key":    {own(), assessment.Exemplar{Key: "tax.indicator", Title: "乙"}, union.ErrText, "exemplars[0].exemplar.key"},
		"an exemplar without a title":   {own(), assessment.Exemplar{Key: "tax"}, union.ErrMissing, "exemplars[0].exemplar.title"},
		"a figure that is no indicator": {own(), assessment.Exemplar{Key: "tax", Title: "乙", Values: numbers("rain", "1")}, union.ErrUnknown, "exemplars[0].exemplar.values"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := comparison.Figures(each.own, each.exemplar)
			require.ErrorIs(t, err, each.want)
			assert.Equal(t, each.where, union.Faults(err)[0].Where)
		})
	}
	_, err = comparison.Figures(own(), exemplars()[0], exemplars()[0])
	require.ErrorIs(t, err, union.ErrRepeated)
}

func TestAComparisonReadsBack(t *testing.T) {
	readsBack(t, newComparison(t, comparisonSpec()), "assessment.comparison/1")
}
