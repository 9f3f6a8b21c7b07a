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

func TestPublishedGrowthIsReproduced(t *testing.T) {
	for _, row := range []struct {
		source  string
		now     int64
		change  int64 // now less before
		places  int
		printed string
	}{
		{"https://appm.hangzhou.com.cn/article.php?id=268397&from=singlemessage&isappinstalled=0", 14847, -14799, 2, "-49.92"},
		// The page prints 增幅 and 降幅 without a sign: all four here are rises.
		{"https://hrss.wuxi.gov.cn/ztzl/rlzygqzkfx/wxsrlzyscgqzkfx2024dyjd/index.shtml", 168629, 34482, 1, "25.7"},
		{"https://hrss.wuxi.gov.cn/ztzl/rlzygqzkfx/wxsrlzyscgqzkfx2024dyjd/index.shtml", 129557, 18622, 1, "16.8"},
		{"https://hrss.wuxi.gov.cn/ztzl/rlzygqzkfx/wxsrlzyscgqzkfx2024dyjd/index.shtml", 168629, 25694, 0, "18"},
		{"https://hrss.wuxi.gov.cn/ztzl/rlzygqzkfx/wxsrlzyscgqzkfx2024dyjd/index.shtml", 129557, 18812, 0, "17"},
	} {
		growth, err := union.NewGrowth(union.Whole(row.now-row.change), union.Whole(row.now))
		require.NoError(t, err)
		text, err := union.Rounding{Mode: union.HalfUp, Places: row.places}.Format(growth.Percent())
		require.NoError(t, err)
		assert.Equal(t, row.printed, text, row.source)
	}
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
