package union_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
)

func ExampleNewPercentPoints() {
	before, now := union.Ratio{Part: 2, Whole: 5}, union.Ratio{Part: 23, Whole: 50}
	fmt.Println(union.NewPercentPoints(before, now))
	// Output: 6个百分点 <nil>
}

func ExamplePointsBetween() {
	// Of percentages as they were printed.
	fmt.Println(union.PointsBetween(union.MustParseNumber("61.34"), union.MustParseNumber("61.83")))
	// Output: 0.49个百分点
}

func ExamplePercentPoints_Sign() {
	fmt.Println(union.PointsBetween(union.Whole(46), union.Whole(40)).Sign())
	// Output: -1
}

func ExamplePercentPoints_Add() {
	first := union.PointsBetween(union.Whole(40), union.Whole(46))
	second := union.PointsBetween(union.Whole(46), union.Whole(45))
	fmt.Println(first.Add(second))
	// Output: 5个百分点
}

func TestPercentagePointsAreTheDifferenceOfTwoPercentages(t *testing.T) {
	for _, row := range []struct{ before, now, want string }{
		// shares of 2011 and 2012 as printed: https://www.shebaoonline.com/gongshangbaoxian/2288625
		{"61.34", "61.83", "0.49"},
		{"31.12", "32.50", "1.38"},
		// printed as 2.21 beside them: http://farm.00-net.com/news/3n/2012-04-25/182463.html
		{"8.03", "10.21", "2.18"},
		{"50", "40", "-10"},
	} {
		points := union.PointsBetween(union.MustParseNumber(row.before), union.MustParseNumber(row.now))
		assert.Equal(t, row.want, points.Points().String())
	}
	points, err := union.NewPercentPoints(union.Ratio{Part: 1, Whole: 3}, union.Ratio{Part: 1, Whole: 2})
	require.NoError(t, err)
	assert.Equal(t, "50/3个百分点", points.String(), "exact until it is rounded")
	assert.Equal(t, union.PercentPoints{}, union.PointsBetween(union.Whole(5), union.Whole(5)))
}

func TestPercentagePointsNeedTwoRates(t *testing.T) {
	sound := union.Ratio{Part: 1, Whole: 2}
	_, err := union.NewPercentPoints(union.Ratio{}, sound)
	require.ErrorIs(t, err, union.ErrUndefined)
	assert.Equal(t, "before", union.Faults(err)[0].Where)
	_, err = union.NewPercentPoints(sound, union.Ratio{Part: -1, Whole: 2})
	require.ErrorIs(t, err, union.ErrRange)
	assert.Equal(t, "now", union.Faults(err)[0].Where)
}
