package union_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
)

func figureList() *union.FigureList {
	return union.NewFigureList("aid.DonationDay.Figures",
		union.Rule{Key: "day", Version: "2010", Title: "捐款日", Source: "a notice"})
}

var halfUp2 = union.Rounding{Mode: union.HalfUp, Places: 2}

func TestEveryFigureOfAListHasItsWorking(t *testing.T) {
	list := figureList()
	list.Count("units", "单位", union.Units, 48, union.InputOf("expected", 52))
	list.Number("score", "得分", union.Points, union.MustParseNumber("2/3"), halfUp2)
	list.Percent("rate", "参加率", "参加", "应参加", union.Ratio{Part: 48, Whole: 52}, halfUp2)
	list.Percent("none", "参加率", "参加", "应参加", union.Ratio{}, halfUp2)
	list.Money("total", "总额", union.MustParseMoney("120.50"))
	list.Date("day", "日期", union.MustParseDate("2010-05-18"))
	list.Date("unknown", "日期", union.Date{})
	list.Text("chase", "督促", []string{"甲", "乙"})
	list.Text("nobody", "督促", nil)
	list.Absent("hidden", "票数", union.Sheets, union.Withheld)
	figures, err := list.Figures()
	require.NoError(t, err)
	want := []struct{ key, text, rounding string }{
		{"units", "48个单位", ""},
		{"score", "0.67分", "四舍五入，保留2位小数"},
		{"rate", "92.31%", "四舍五入，保留2位小数"},
		{"none", "[undefined]", ""},
		{"total", "120.50元", ""},
		{"day", "2010-05-18", ""},
		{"unknown", "[unknown]", ""},
		{"chase", "甲、乙", ""},
		{"nobody", "[not applicable]", ""},
		{"hidden", "[withheld]", ""},
	}
	require.Len(t, figures, len(want))
	for i, row := range want {
		figure := figures[i]
		assert.Equal(t, row.key, figure.Key())
		assert.Equal(t, row.text, figure.String(), row.key)
		assert.Equal(t, "aid.DonationDay.Figures", figure.By())
		working := figure.Working()
		assert.Equal(t, figure.Title(), working.Item)
		assert.Equal(t, row.text, working.Result, row.key)
		assert.Equal(t, row.rounding, working.Rounding, row.key)
		assert.Equal(t, "捐款日（2010），a notice", working.Rule)
	}
	assert.Equal(t, []union.Input{{Name: "expected", Value: "52"}}, figures[0].Working().Inputs)
	assert.Equal(t, []union.Input{{Name: "参加", Value: "48"}, {Name: "应参加", Value: "52"}}, figures[2].Working().Inputs)
	assert.Equal(t, "应参加", figures[2].Base())
}

func TestAListWithAFigureThatCannotBeMadeReportsAllThatCannot(t *testing.T) {
	list := figureList()
	list.Count("units", "单位", union.Units, 48)
	list.Number("score", "得分", union.Points, union.Whole(1), union.Rounding{Mode: 99})
	list.Percent("rate", "率", "part", "whole", union.Ratio{Part: -1, Whole: 2}, halfUp2)
	figures, err := list.Figures()
	assert.Nil(t, figures)
	faults := union.Faults(err)
	require.Len(t, faults, 2)
	assert.Contains(t, faults[0].Where, "score")
	assert.Contains(t, faults[1].Where, "rate")
}

func TestTheZeroFigureListMakesFigures(t *testing.T) {
	var list union.FigureList
	list.Count("n", "n", union.Items, 1)
	figures, err := list.Figures()
	require.NoError(t, err)
	assert.Equal(t, "1件", figures[0].String())
	assert.Empty(t, figures[0].Working().Rule)
}

func ExampleFigureList() {
	list := union.NewFigureList("aid.DonationDay.Figures", union.Rule{Title: "捐款日办法"})
	list.Money("aid.donation.total", "捐款总额", union.MustParseMoney("24310.50"), union.InputOf("各单位行数", 29))
	figures, err := list.Figures()
	fmt.Print(figures[0].Working())
	fmt.Println(err)
	// Output:
	// 捐款总额 = 24310.50元
	//   § 捐款日办法
	//   · 各单位行数: 29
	// <nil>
}

func ExampleNewFigureList() {
	list := union.NewFigureList("employment.Fair.Figures", union.Rule{Version: "1", Title: "招聘会", Source: "通知"})
	fmt.Println(list.Spec("key", "title").Working.Rule)
	// Output: 招聘会（1），通知
}

func ExampleFigureList_Spec() {
	list := union.NewFigureList("employment.Fair.Figures", union.Rule{})
	spec := list.Spec("employment.share", "比重")
	spec.Rounding = union.Rounding{Mode: union.HalfUp, Places: 1}
	list.Add(spec.Share(union.MustParseNumber("12.34")))
	figures, _ := list.Figures()
	fmt.Println(figures[0])
	// Output: 12.3%
}

func ExampleFigureList_Add() {
	var list union.FigureList
	list.Add(union.FigureSpec{Key: "score"}.Number(union.Whole(3)))
	figures, _ := list.Figures()
	fmt.Println(figures)
	// Output: [3]
}

func ExampleFigureList_Count() {
	var list union.FigureList
	list.Count("units", "单位", union.Units, 48)
	figures, _ := list.Figures()
	fmt.Println(figures[0])
	// Output: 48个单位
}

func ExampleFigureList_Number() {
	var list union.FigureList
	list.Number("score", "得分", union.Points, union.MustParseNumber("2/3"), union.Rounding{Mode: union.HalfUp, Places: 2})
	figures, _ := list.Figures()
	fmt.Println(figures[0])
	// Output: 0.67分
}

func ExampleFigureList_Percent() {
	var list union.FigureList
	list.Percent("rate", "参赛率", "参赛", "全部", union.Ratio{Part: 180, Whole: 200}, union.Rounding{Mode: union.HalfUp, Places: 1})
	list.Percent("none", "参赛率", "参赛", "全部", union.Ratio{}, union.Rounding{Mode: union.HalfUp, Places: 1})
	figures, _ := list.Figures()
	fmt.Println(figures[0], figures[1])
	// Output: 90.0% [undefined]
}

func ExampleFigureList_Money() {
	var list union.FigureList
	list.Money("total", "总额", union.MustParseMoney("120.5"))
	figures, _ := list.Figures()
	fmt.Println(figures[0])
	// Output: 120.50元
}

func ExampleFigureList_Date() {
	var list union.FigureList
	list.Date("day", "日期", union.MustParseDate("2010-05-18"))
	figures, _ := list.Figures()
	fmt.Println(figures[0])
	// Output: 2010-05-18
}

func ExampleFigureList_Text() {
	var list union.FigureList
	list.Text("sectors", "行业", []string{"机械", "化工"})
	list.Text("missing", "缺项", nil)
	figures, _ := list.Figures()
	fmt.Println(figures[0], figures[1])
	// Output: 机械、化工 [not applicable]
}

func ExampleFigureList_Absent() {
	var list union.FigureList
	list.Absent("votes", "票数", union.Sheets, union.Withheld)
	figures, _ := list.Figures()
	fmt.Println(figures[0])
	// Output: [withheld]
}

func ExampleFigureList_Figures() {
	var list union.FigureList
	list.Number("score", "得分", union.Points, union.Whole(1), union.Rounding{Mode: 99, Places: 2})
	_, err := list.Figures()
	fmt.Println(len(union.Faults(err)))
	// Output: 1
}

func ExampleInputOf() {
	fmt.Println(union.InputOf("参赛企业", 297))
	// Output: {参赛企业 297}
}

func ExampleFigureSpec_Share() {
	figure, err := union.FigureSpec{Key: "share", Rounding: union.Rounding{Mode: union.HalfUp, Places: 2}}.Share(union.MustParseNumber("2.12"))
	fmt.Println(figure, err)
	// Output: 2.12% <nil>
}

func ExampleRounding_Title() {
	fmt.Println(union.Rounding{Mode: union.HalfUp, Places: 2}.Title())
	fmt.Println(union.Rounding{Mode: union.Truncate}.Title())
	fmt.Println(union.Rounding{Mode: union.Up, Places: -2}.Title())
	// Output:
	// 四舍五入，保留2位小数
	// 舍去尾数，取整数
	// 进一法，以100为单位
}
