package union_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
)

func ExampleParseCount() {
	for _, text := range []string{"2837人", "2800余人", "2.38万多家", "近3万人", "约500人次", "不详人", "近3万余人"} {
		count, err := union.ParseCount(text)
		low, high, ok := count.Bounds()
		fmt.Println(count, low, high, ok, err)
	}
	// Output:
	// 2837人 2837 2837 true <nil>
	// 2800余人 2800 2899 true <nil>
	// 23800余家 23800 23899 true <nil>
	// 近3万人 20001 29999 true <nil>
	// 约500人次 400 600 true <nil>
	// 不详人 0 0 false <nil>
	// 不详 0 0 false cannot be read: got "近3万余人", want a count such as 2800余人 or 近3万人
}

func ExampleNewCount() {
	// Over 2000, printed to the hundred.
	count, err := union.NewCount(2000, 100, union.Persons, union.Over)
	fmt.Println(count, err)
	_, err = union.NewCount(2050, 100, union.Persons, union.Over)
	fmt.Println(err)
	// Output:
	// 0.20万余人 <nil>
	// step: out of range: got 100, want the worth of a place to which 2050 is printed
}

func ExampleHeadline() {
	for _, n := range []int64{2837, 2800, 3840208} {
		count, _ := union.Headline(n, 3, union.Persons)
		fmt.Println(count)
	}
	// Output:
	// 2830余人
	// 2800人
	// 384万余人
}

func ExampleCount_Contains() {
	printed, _ := union.ParseCount("2800余人")
	fmt.Println(printed.Contains(2837), printed.Contains(2900))
	// Output: true false
}

func ExampleCount_Bounds() {
	printed, _ := union.ParseCount("500人以上")
	fmt.Println(printed.Bounds())
	// Output: 500 599 true
}

func ExampleCount_Known() {
	printed, _ := union.ParseCount("300家左右")
	fmt.Println(printed.Known(), union.Count{}.Known())
	// Output: about unstated
}

func ExampleCount_Add() {
	a, _ := union.ParseCount("12家")
	b, _ := union.ParseCount("30家")
	fmt.Println(a.Add(b))
	c, _ := union.ParseCount("30余家")
	_, err := a.Add(c)
	fmt.Println(err)
	d, _ := union.ParseCount("30人")
	_, err = a.Add(d)
	fmt.Println(err)
	// Output:
	// 42家 <nil>
	// not known: got 30余家, want an exact count
	// measures do not mix: got 30人, want a count of "家"
}

func TestCountsStandForWhatTheyLeaveOpen(t *testing.T) {
	for text, want := range map[string]struct {
		low, high int64
		measure   union.Measure
		known     union.Known
		written   string
	}{
		"0人":          {0, 0, union.Persons, union.Exactly, "0人"},
		"2800人":       {2800, 2800, union.Persons, union.Exactly, "2800人"},
		"1.1万人":       {11000, 11000, union.Persons, union.Exactly, "11000人"},
		"1.10万":       {11000, 11000, "", union.Exactly, "11000"},
		"3.2亿人次":      {320000000, 320000000, union.PersonTimes, union.Exactly, "320000000人次"},
		"2800余":       {2800, 2899, "", union.Over, "2800余"},
		"26000余人":     {26000, 26999, union.Persons, union.Over, "26000余人"},
		"2.38万多":      {23800, 23899, "", union.Over, "23800余"},
		"2.30万多":      {23000, 23099, "", union.Over, "2.30万余"},
		"36万余名":       {360000, 369999, "名", union.Over, "36万余名"},
		"30余万人":       {300000, 399999, union.Persons, union.Over, "30万余人"},
		"30多亿元":       {3000000000, 3999999999, union.Yuan, union.Over, "30亿余元"},
		"4万余人":        {40000, 49999, union.Persons, union.Over, "4万余人"},
		"400多家":       {400, 499, union.Firms, union.Over, "400余家"},
		"500人以上":      {500, 599, union.Persons, union.Over, "500余人"},
		"500以上":       {500, 599, "", union.Over, "500余"},
		"超过200家":      {200, 299, union.Firms, union.Over, "200余家"},
		"超过200家以上":    {200, 299, union.Firms, union.Over, "200余家"},
		"近3万人":        {20001, 29999, union.Persons, union.Near, "近3万人"},
		"近万人":         {1, 9999, union.Persons, union.Near, "近1万人"},
		"近70家":        {61, 69, union.Firms, union.Near, "近70家"},
		"约2万人次":       {10000, 30000, union.PersonTimes, union.About, "约2万人次"},
		"100人左右":      {0, 200, union.Persons, union.About, "约100人"},
		"约100人左右":     {0, 200, union.Persons, union.About, "约100人"},
		"约25户":        {24, 26, union.Households, union.About, "约25户"},
		"约0个单位":       {0, 1, union.Units, union.About, "约0个单位"},
		"125余张":       {125, 125, union.Sheets, union.Over, "125余张"},
		"66万余家":       {660000, 669999, union.Firms, union.Over, "66万余家"},
		"1.0000亿余件":   {100000000, 100009999, union.Items, union.Over, "1.0000亿余件"},
		"0.00000001亿": {1, 1, "", union.Exactly, "1"},
	} {
		count, err := union.ParseCount(text)
		require.NoError(t, err, text)
		low, high, ok := count.Bounds()
		require.True(t, ok, text)
		assert.Equal(t, []int64{want.low, want.high}, []int64{low, high}, text)
		assert.Equal(t, want.measure, count.Measure(), text)
		assert.Equal(t, want.known, count.Known(), text)
		assert.Equal(t, want.written, count.String(), text)
		for _, n := range []int64{low, high} {
			assert.True(t, count.Contains(n), text)
		}
		for _, n := range []int64{low - 1, high + 1, math.MinInt64, math.MaxInt64} {
			assert.False(t, count.Contains(n), text)
		}
		back, err := union.ParseCount(count.String())
		require.NoError(t, err, text)
		assert.Equal(t, count, back, text)
	}
}

func TestAnUnstatedCountIsNotZero(t *testing.T) {
	for _, text := range []string{"不详", "不详人次"} {
		count, err := union.ParseCount(text)
		require.NoError(t, err)
		assert.Equal(t, text, count.String())
		assert.Equal(t, union.Unstated, count.Known())
		_, _, ok := count.Bounds()
		assert.False(t, ok)
		assert.True(t, count.Contains(0) && count.Contains(math.MaxInt64), "any number may be meant")
		assert.False(t, count.Contains(-1))
	}
	zero, err := union.ParseCount("不详")
	require.NoError(t, err)
	assert.Equal(t, union.Count{}, zero)
	made, err := union.NewCount(0, 0, "", union.Unstated)
	require.NoError(t, err)
	assert.Equal(t, union.Count{}, made)
	_, err = zero.Add(zero)
	require.ErrorIs(t, err, union.ErrUnknown)
}

func TestCountRefusesWhatItCannotMean(t *testing.T) {
	for text, want := range map[string]error{
		"":                            union.ErrText,
		"人":                           union.ErrText,
		"万人":                          union.ErrText,
		"余万人":                         union.ErrText,
		"近人":                          union.ErrText,
		"近3万余":                        union.ErrText,
		"约3万余":                        union.ErrText,
		"3余左右":                        union.ErrText,
		"超过500人左右":                    union.ErrText,
		"12.5人":                       union.ErrText,
		"12.人":                        union.ErrText,
		"1.万人":                        union.ErrText,
		".5万人":                        union.ErrText,
		"2.38001万人":                   union.ErrText,
		"1.23456万余":                   union.ErrText,
		strings.Repeat("1", 65):       union.ErrText,
		"-5人":                         union.ErrText,
		"+5人":                         union.ErrText,
		"2,800人":                      union.ErrMeasure,
		"2800 人":                      union.ErrMeasure,
		"２800人":                       union.ErrText,
		"5人3":                         union.ErrMeasure,
		"28万万人":                       union.ErrMeasure,
		"5余余人":                        union.ErrMeasure,
		"5个(人)":                       union.ErrMeasure,
		"5\xff":                       union.ErrMeasure,
		"不详余":                         union.ErrMeasure,
		"5" + strings.Repeat("人", 11): union.ErrMeasure,
		"近5":                          union.ErrRange,
		"近0":                          union.ErrRange,
		"9223372036854775808":         union.ErrOverflow,
		"9223372036854775807余":        union.ErrOverflow,
		"922337203685477580万":         union.ErrOverflow,
		"9000000000000000000余":        union.ErrOverflow,
		"100000000000亿多":              union.ErrOverflow,
	} {
		count, err := union.ParseCount(text)
		require.ErrorIs(t, err, want, text)
		assert.Equal(t, union.Count{}, count, text)
	}
	for name, row := range map[string]struct {
		n, step int64
		measure union.Measure
		known   union.Known
		want    error
	}{
		"not known how":                  {1, 1, "", 0, union.ErrUnknown},
		"known in another way":           {1, 1, "", 6, union.ErrUnknown},
		"a measure of stars":             {1, 1, "***", union.Exactly, union.ErrMeasure},
		"a measure that says how":        {1, 1, "人以上", union.Exactly, union.ErrMeasure},
		"a measure that counts":          {1, 1, "亿元", union.Exactly, union.ErrMeasure},
		"negative":                       {-1, 1, "", union.Exactly, union.ErrRange},
		"an exact count of hundreds":     {2800, 100, "", union.Exactly, union.ErrRange},
		"an unstated one":                {1, 0, "", union.Unstated, union.ErrRange},
		"an unstated step":               {0, 1, "", union.Unstated, union.ErrRange},
		"no step":                        {2800, 0, "", union.Over, union.ErrRange},
		"a negative step":                {2800, -1, "", union.Over, union.ErrRange},
		"a step that is no place":        {2800, 50, "", union.Over, union.ErrRange},
		"a step above its place":         {2800, 1000, "", union.Over, union.ErrRange},
		"near nothing":                   {0, 10, "", union.Near, union.ErrRange},
		"near and nothing between":       {5, 1, "", union.Near, union.ErrRange},
		"a place that no text tells":     {20000000000, 100000000, "", union.Over, union.ErrRange},
		"beyond what an int64 holds":     {math.MaxInt64, 1, "", union.About, union.ErrOverflow},
		"over what an int64 barely does": {9e18, 1e18, "", union.Over, union.ErrOverflow},
	} {
		count, err := union.NewCount(row.n, row.step, row.measure, row.known)
		require.ErrorIs(t, err, row.want, name)
		assert.Equal(t, union.Count{}, count, name)
	}
}

func TestEveryCountThatCanBeMadeReadsBack(t *testing.T) {
	measures := []union.Measure{"", union.Persons, union.PersonTimes, union.Units, "近邻", "超过", union.Measure(strings.Repeat("人", 10))}
	rapid.Check(t, func(r *rapid.T) {
		step := int64(1)
		for range rapid.IntRange(0, 18).Draw(r, "place") {
			step *= 10
		}
		n := rapid.OneOf(rapid.Int64Range(0, 50_000), rapid.Int64Min(0)).Draw(r, "n")
		known := rapid.SampledFrom([]union.Known{union.Exactly, union.Over, union.Near, union.About, union.Unstated}).Draw(r, "known")
		count, err := union.NewCount(n-n%step, step, rapid.SampledFrom(measures).Draw(r, "measure"), known)
		if err != nil {
			return
		}
		require.LessOrEqual(r, len(count.String()), 64)
		back, err := union.ParseCount(count.String())
		require.NoError(r, err, count.String())
		require.Equal(r, count, back, count.String())
		if low, high, ok := count.Bounds(); ok {
			require.GreaterOrEqual(r, low, int64(0))
			require.LessOrEqual(r, low, high)
		}
	})
}

func TestHeadlinesCutAndSaySo(t *testing.T) {
	for _, row := range []struct {
		n      int64
		digits int
		want   string
	}{
		{2837, 2, "2800余人"}, {2800, 2, "2800人"}, {2837, 4, "2837人"}, {2837, 9, "2837人"}, {7, 1, "7人"}, {0, 3, "0人"},
		{2007, 2, "2000余人"}, {3840208, 3, "384万余人"}, {253987, 2, "25万余人"}, {10001, 1, "1万余人"},
	} {
		count, err := union.Headline(row.n, row.digits, union.Persons)
		require.NoError(t, err)
		assert.Equal(t, row.want, count.String())
		assert.True(t, count.Contains(row.n))
		back, err := union.ParseCount(row.want)
		require.NoError(t, err)
		assert.Equal(t, count, back)
	}
	for _, row := range []struct {
		n       int64
		digits  int
		measure union.Measure
		want    error
	}{
		{1, 0, "", union.ErrRange}, {-2837, 2, "", union.ErrRange}, {2837, 2, "**", union.ErrMeasure}, {math.MaxInt64, 1, "", union.ErrOverflow},
	} {
		_, err := union.Headline(row.n, row.digits, row.measure)
		require.ErrorIs(t, err, row.want)
	}
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.Int64Range(0, 1e15).Draw(r, "n")
		count, err := union.Headline(n, rapid.IntRange(1, 20).Draw(r, "digits"), union.Persons)
		require.NoError(r, err)
		require.True(r, count.Contains(n), "%s is said of %d", count, n)
	})
}

func TestOnlyExactCountsOfOneMeasureAdd(t *testing.T) {
	exactly := func(n int64, measure union.Measure) union.Count {
		count, err := union.NewCount(n, 1, measure, union.Exactly)
		require.NoError(t, err)
		return count
	}
	sum, err := exactly(3, union.Persons).Add(exactly(4, union.Persons))
	require.NoError(t, err)
	assert.Equal(t, exactly(7, union.Persons), sum)
	_, err = exactly(3, union.Persons).Add(exactly(4, union.PersonTimes))
	require.ErrorIs(t, err, union.ErrMeasure)
	over, err := union.NewCount(400, 100, union.Persons, union.Over)
	require.NoError(t, err)
	_, err = exactly(3, union.Persons).Add(over)
	require.ErrorIs(t, err, union.ErrUnknown)
	_, err = over.Add(exactly(3, union.Persons))
	require.ErrorIs(t, err, union.ErrUnknown)
	_, err = exactly(math.MaxInt64, "").Add(exactly(1, ""))
	require.ErrorIs(t, err, union.ErrOverflow)
}

func TestCountJSONIsItsText(t *testing.T) {
	count, err := union.ParseCount("2800余人")
	require.NoError(t, err)
	data, err := json.Marshal(count)
	require.NoError(t, err)
	assert.Equal(t, `"2800余人"`, string(data))
	var back union.Count
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, count, back)
	for _, text := range []string{`null`, `2800`, `"x"`, `[]`} {
		require.ErrorIs(t, back.UnmarshalJSON([]byte(text)), union.ErrText, text)
	}
	require.ErrorIs(t, back.UnmarshalText([]byte(strings.Repeat("9", 100))), union.ErrText)
	assert.Equal(t, count, back, "unchanged on error")
	require.NoError(t, back.UnmarshalText([]byte("近3万")))
	assert.Equal(t, union.Near, back.Known())
}

func FuzzParseCount(f *testing.F) {
	for _, seed := range []string{"2800余人", "2.38万多", "近3万余", "超过500家以上", "约0", "不详", "30余万人次", "9223372036854775807", "近万人", "1.0000亿余件"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		count, err := union.ParseCount(text)
		if err != nil {
			require.Equal(t, union.Count{}, count)
			return
		}
		back, err := union.ParseCount(count.String())
		require.NoError(t, err, "%q writes %q", text, count.String())
		require.Equal(t, count, back)
		low, high, ok := count.Bounds()
		require.Equal(t, ok, count.Known() != union.Unstated)
		require.True(t, low >= 0 && low <= high)
	})
}
