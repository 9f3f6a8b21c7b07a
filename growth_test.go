package union_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
)

func ExampleNewGrowth() {
	fmt.Println(union.NewGrowth(union.Whole(200), union.Whole(230)))
	fmt.Println(union.NewGrowth(union.Whole(300), union.Whole(200)))
	_, err := union.NewGrowth(union.Whole(0), union.Whole(12))
	fmt.Println(err)
	// Output:
	// 15% <nil>
	// -100/3% <nil>
	// before: undefined over nothing: got 0, want above 0
}

func ExampleGrowth_Percent() {
	growth, _ := union.NewGrowth(union.Whole(200), union.Whole(230))
	fmt.Println(growth.Percent())
	// Output: 15
}

func ExampleGrowth_Sign() {
	// What is printed is a word and the rate without its sign.
	growth, _ := union.NewGrowth(union.Whole(29646), union.Whole(14847))
	text, _ := union.Rounding{Mode: union.HalfUp, Places: 2}.Format(growth.Percent().Neg())
	fmt.Println(growth.Sign(), text)
	// Output: -1 49.92
}

func ExampleGrowth_Times() {
	growth, _ := union.NewGrowth(union.Whole(100), union.Whole(300))
	fmt.Println(growth, growth.Times())
	// Output: 200% 3
}

func TestGrowthIsARateOfWhatWasBefore(t *testing.T) {
	growth, err := union.NewGrowth(union.MustParseNumber("0.4"), union.MustParseNumber("0.46"))
	require.NoError(t, err)
	assert.Equal(t, "0.15", growth.Rate().String())
	assert.Equal(t, "1.15", growth.Times().String())
	assert.Equal(t, 1, growth.Sign())
	none, err := union.NewGrowth(union.Whole(7), union.Whole(7))
	require.NoError(t, err)
	assert.Equal(t, union.Growth{}, none)
	assert.Equal(t, "0%", none.String())
	_, err = union.NewGrowth(union.Whole(0), union.Whole(0))
	require.ErrorIs(t, err, union.ErrUndefined)
	_, err = union.NewGrowth(union.Whole(-1), union.Whole(1))
	require.ErrorIs(t, err, union.ErrRange)
}
