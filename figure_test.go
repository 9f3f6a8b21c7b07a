package union_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
)

// coverage is what a figure of the examples says but for its value.
func coverage() union.FigureSpec {
	return union.FigureSpec{
		Key: "competition.coverage", Title: "参赛率", By: "competition.Edition.Coverage", Base: "firms with a union",
		Rounding: union.Rounding{Mode: union.HalfUp, Places: 2},
		Working:  union.Working{Item: "coverage", Result: "95.04%", Inputs: []union.Input{{Name: "entered", Value: "134"}}},
	}
}

func ExampleFigureSpec_Percent() {
	figure, err := coverage().Percent(union.Ratio{Part: 134, Whole: 141})
	fmt.Println(figure.Title(), figure, err)
	figure, err = coverage().Percent(union.Ratio{})
	fmt.Println(figure.Title(), figure, err)
	// Output:
	// 参赛率 95.04% <nil>
	// 参赛率 [undefined] <nil>
}

func ExampleFigureSpec_Number() {
	spec := union.FigureSpec{Key: "employment.tightness", Title: "求人倍率", Rounding: union.Rounding{Mode: union.HalfUp, Places: 2}}
	figure, err := spec.Number(union.MustParseNumber("4/3"))
	fmt.Println(figure, err)
	spec.Rounding = union.Rounding{}
	figure, err = spec.Number(union.MustParseNumber("4/3"))
	fmt.Println(figure, err)
	// Output:
	// 1.33 <nil>
	// 4/3 <nil>
}

func ExampleFigureSpec_Count() {
	spec := union.FigureSpec{Key: "employment.placed", Title: "达成意向", Measure: union.Persons}
	fmt.Println(spec.Count(1204))
	// Output: 1204人
}

func ExampleFigureSpec_Money() {
	spec := union.FigureSpec{Key: "aid.donation.total", Title: "捐款总额", Measure: union.Yuan}
	fmt.Println(spec.Money(union.MustParseMoney("24310.50")))
	// Output: 24310.50元
}

func ExampleFigureSpec_Date() {
	spec := union.FigureSpec{Key: "campaign.began", Title: "启动日期"}
	fmt.Println(spec.Date(union.MustParseDate("2010-05-04")), spec.Date(union.Date{}))
	// Output: 2010-05-04 [unknown]
}

func ExampleFigureSpec_Text() {
	spec := union.FigureSpec{Key: "employment.sectors", Title: "主要行业"}
	fmt.Println(spec.Text("制造业", "建筑业"), spec.Text())
	// Output: 制造业、建筑业 [not applicable]
}

func ExampleFigureSpec_Absent() {
	spec := union.FigureSpec{Key: "assessment.approval", Title: "优秀票"}
	fmt.Println(spec.Absent(union.Withheld))
	// Output: [withheld]
}

func ExampleFigure_Why() {
	var none union.Figure
	fmt.Println(none.Why(), "-", coverage().Absent(union.NotApplicable).Why())
	// Output: unknown - not applicable
}

func ExampleFigure_Value() {
	value, ok := coverage().Count(134).Value()
	fmt.Println(value, ok)
	// Output: 134 true
}

func ExampleFigure_Texts() {
	fmt.Println(union.FigureSpec{}.Text("制造业", "建筑业").Texts())
	// Output: [制造业 建筑业]
}

func TestAFigureOfADayTellsTheDay(t *testing.T) {
	on, ok := coverage().Date(day("2010-05-04")).Day()
	assert.True(t, ok)
	assert.Equal(t, day("2010-05-04"), on)
	_, ok = coverage().Date(union.Date{}).Day()
	assert.False(t, ok)
}

func TestAFigureSaysAllOfItsSpec(t *testing.T) {
	spec := coverage()
	spec.Measure = union.Firms
	figure := spec.Count(134)
	assert.Equal(t, "competition.coverage", figure.Key())
	assert.Equal(t, "参赛率", figure.Title())
	assert.Equal(t, "competition.Edition.Coverage", figure.By())
	assert.Equal(t, union.Firms, figure.Measure())
	assert.Equal(t, "firms with a union", figure.Base())
	assert.Equal(t, union.Rounding{Mode: union.HalfUp, Places: 2}, figure.Rounding())
	assert.Equal(t, coverage().Working, figure.Working())
	assert.Equal(t, "134家", figure.String())
}

func TestAFigureHasTheValueItWasMadeOfAndNoOther(t *testing.T) {
	number, err := coverage().Number(union.MustParseNumber("2/3"))
	require.NoError(t, err)
	for name, test := range map[string]struct {
		figure union.Figure
		value  string
		has    bool
		why    union.Absence
	}{
		"a count":         {coverage().Count(-3), "-3", true, 0},
		"a number":        {number, "0.67", true, 0},
		"an amount":       {coverage().Money(union.MustParseMoney("0")), "0.00", true, 0},
		"a day":           {coverage().Date(day("2010-05-04")), "2010-05-04", true, 0},
		"no day":          {coverage().Date(union.Date{}), "", false, union.NotKnown},
		"a text":          {coverage().Text(""), "", true, 0},
		"no text":         {coverage().Text(), "", false, union.NotApplicable},
		"unknown":         {coverage().Absent(union.NotKnown), "", false, union.NotKnown},
		"undefined":       {coverage().Absent(union.Undefined), "", false, union.Undefined},
		"an odd absence":  {coverage().Absent(99), "", false, union.NotKnown},
		"no absence":      {coverage().Absent(0), "", false, union.NotKnown},
		"the zero figure": {union.Figure{}, "", false, union.NotKnown},
	} {
		t.Run(name, func(t *testing.T) {
			value, has := test.figure.Value()
			assert.Equal(t, test.value, value)
			assert.Equal(t, test.has, has)
			assert.Equal(t, test.why, test.figure.Why())
		})
	}
	amount, ok := coverage().Money(union.MustParseMoney("1.50")).Amount()
	assert.True(t, ok)
	assert.Equal(t, "1.50", amount.String())
	_, ok = number.Amount()
	assert.False(t, ok)
	whole, ok := coverage().Count(7).Whole()
	assert.True(t, ok)
	assert.Equal(t, int64(7), whole)
	_, ok = number.Whole()
	assert.False(t, ok)
	assert.Nil(t, number.Texts())
}

func TestAFigureSharesNothingWithItsTexts(t *testing.T) {
	texts := []string{"制造业"}
	figure := coverage().Text(texts...)
	texts[0] = "x"
	figure.Texts()[0] = "x"
	assert.Equal(t, []string{"制造业"}, figure.Texts())
}

func TestAFigureWhoseRoundingIsNoneIsRefusedWithItsKey(t *testing.T) {
	spec := coverage()
	spec.Rounding = union.Rounding{Places: 2}
	_, err := spec.Number(union.MustParseNumber("1"))
	require.Error(t, err)
	assert.Equal(t, "competition.coverage", union.Faults(err)[0].Where[:len("competition.coverage")])
	_, err = spec.Percent(union.Ratio{Part: 1, Whole: 2})
	require.Error(t, err)
	_, err = coverage().Percent(union.Ratio{Part: -1, Whole: 2})
	require.Error(t, err)
}

func TestAnAbsenceIsAWord(t *testing.T) {
	for absence, want := range map[union.Absence]string{
		0: "", union.NotKnown: "unknown", union.Undefined: "undefined", union.NotApplicable: "not applicable", union.Withheld: "withheld", 5: "", 255: "",
	} {
		assert.Equal(t, want, absence.String())
	}
}

func TestAFigureIsWrittenForMachines(t *testing.T) {
	rate, err := coverage().Percent(union.Ratio{Part: 134, Whole: 141})
	require.NoError(t, err)
	data, err := json.Marshal([]union.Figure{
		rate,
		union.FigureSpec{Key: "k", Title: "人数", By: "b", Measure: union.Persons}.Count(0),
		union.FigureSpec{Key: "k", Title: "票数", By: "b"}.Absent(union.Withheld),
	})
	require.NoError(t, err)
	assert.JSONEq(t, `[
		{"key":"competition.coverage","title":"参赛率","value":"95.04%","base":"firms with a union",
			"rounding":{"mode":"half up","places":2},"by":"competition.Edition.Coverage"},
		{"key":"k","title":"人数","value":"0","measure":"人","by":"b"},
		{"key":"k","title":"票数","absent":"withheld","by":"b"}
	]`, string(data))
}
