package assessment_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/internal/laws"
)

func panelItem(key string, panel assessment.Panel, then ...assessment.Step) assessment.Item {
	return assessment.Item{Key: key, From: assessment.Source{Panel: &panel}, Then: then}
}

func panelScheme(panel assessment.Panel) assessment.SchemeSpec {
	return assessment.SchemeSpec{Rule: rule("panel"), Total: "total", Items: []assessment.Item{panelItem("total", panel)}}
}

func marksOf(texts ...string) []assessment.Mark {
	var marks []assessment.Mark
	for _, text := range texts {
		var mark assessment.Mark
		if err := mark.UnmarshalText([]byte(text)); err != nil {
			panic(err)
		}
		marks = append(marks, mark)
	}
	return marks
}

// panelTotal judges one unit by a panel.
func panelTotal(panel assessment.Panel, marks map[string][]assessment.Mark) (union.Number, error) {
	scheme, err := assessment.NewScheme(panelScheme(panel))
	if err != nil {
		return union.Number{}, err
	}
	score, err := judgeOne(scheme, assessment.Record{Unit: "u", Panel: marks})
	return score.Total, err
}

func TestAPanelLeavesOutWhatItsRuleSays(t *testing.T) {
	low := number("1")
	worth := []assessment.Step{{Curve: []assessment.Point{{X: number("1"), Y: number("10")}, {X: number("11"), Y: number("0")}}}}
	for name, each := range map[string]struct {
		panel assessment.Panel
		marks string
		want  string // a figure or a fault
	}{
		"the mean of all":                             {assessment.Panel{Mean: true}, "7 8 9", "8"},
		"the sum of all":                              {assessment.Panel{}, "7 8 9", "24"},
		"one high and one low":                        {assessment.Panel{Mean: true, Trim: []assessment.Trim{{High: 1, Low: 1}}}, "1 7 8 9 100", "8"},
		"single marks at ties":                        {assessment.Panel{Trim: []assessment.Trim{{High: 1}}}, "8 8 8", "16"},
		"a small panel is not trimmed":                {assessment.Panel{Mean: true, Trim: []assessment.Trim{{From: 6, High: 1, Low: 1}}}, "1 2 3 4 10", "4"},
		"a larger one is":                             {assessment.Panel{Mean: true, Trim: []assessment.Trim{{From: 6, High: 1, Low: 1}}}, "1 2 3 4 5 10", "3.5"},
		"a still larger one more":                     {assessment.Panel{Mean: true, Trim: []assessment.Trim{{From: 3, High: 1}, {From: 6, High: 2, Low: 2}}}, "1 2 3 5 9 10", "4"},
		"the closest two":                             {assessment.Panel{Mean: true, Trim: []assessment.Trim{{Closest: 2}}}, "70 80 84", "82"},
		"equally close, the higher":                   {assessment.Panel{Mean: true, Trim: []assessment.Trim{{Closest: 2, Close: assessment.CloseHigher}}}, "70 80 90", "85"},
		"equally close, the lower":                    {assessment.Panel{Mean: true, Trim: []assessment.Trim{{Closest: 2, Close: assessment.CloseLower}}}, "70 80 90", "75"},
		"equally close, all of them":                  {assessment.Panel{Mean: true, Trim: []assessment.Trim{{Closest: 2, Close: assessment.CloseAll}}}, "70 80 90 95 100 60", "97.5 is the mean of 90, 95, 100"},
		"equally close, and nothing said":             {assessment.Panel{Mean: true, Trim: []assessment.Trim{{Closest: 2}}}, "70 80 90", "must be given"},
		"equal marks are equally close and the same":  {assessment.Panel{Mean: true, Trim: []assessment.Trim{{Closest: 2}}}, "80 80 80", "80"},
		"blank, void and withdrawn marks leave first": {assessment.Panel{Mean: true, Trim: []assessment.Trim{{From: 4, High: 1, Low: 1}}}, "blank 7 8 void 9 not-applicable", "8"},
		"a mark above the greatest is a fault":        {assessment.Panel{Marks: assessment.Given{Max: number("10")}}, "7 11", "out of range"},
		"or is set aside":                             {assessment.Panel{Marks: assessment.Given{Max: number("10")}, SetAside: true}, "7 11 -1 8", "15"},
		"marks off the grid are set aside":            {assessment.Panel{Marks: assessment.Given{Grid: number("0.5")}, SetAside: true}, "7 7.25 7.5", "14.5"},
		"nothing is left":                             {assessment.Panel{Marks: assessment.Given{Max: number("10")}, SetAside: true}, "11 blank", "must be given"},
		"too few are left":                            {assessment.Panel{Least: 3}, "7 8 blank", "must be given"},
		"a panel smaller than its trim":               {assessment.Panel{Trim: []assessment.Trim{{High: 1, Low: 1}}}, "7 8", "out of range"},
		"a panel of the closest alone":                {assessment.Panel{Mean: true, Trim: []assessment.Trim{{From: 2, Closest: 2}}}, "70 80", "75"},
		"a panel smaller than the closest":            {assessment.Panel{Trim: []assessment.Trim{{Closest: 3}}}, "7 8", "out of range"},
		"places are worth points":                     {assessment.Panel{Marks: assessment.Given{Min: low, Grid: low}, Each: worth, Mean: true}, "1 2 3", "9"},
		"a place that is none":                        {assessment.Panel{Marks: assessment.Given{Min: low, Grid: low}, Each: worth}, "1.5", "out of range"},
	} {
		t.Run(name, func(t *testing.T) {
			texts := strings.Fields(each.marks)
			for i, text := range texts {
				texts[i] = strings.ReplaceAll(text, "-applicable", " applicable")
			}
			got, err := panelTotal(each.panel, map[string][]assessment.Mark{"total": marksOf(texts...)})
			if err != nil {
				assert.Equal(t, each.want, strings.Split(union.Faults(err)[0].Rule, ":")[0])
				return
			}
			want, _, _ := strings.Cut(each.want, " ")
			if name == "equally close, all of them" {
				want = "95" // 90, 95 and 100 lie in one of the two closest pairs
			}
			assert.Equal(t, want, got.String())
		})
	}
}

func TestAPanelIsTrimmedByElementOrByTotals(t *testing.T) {
	marks := map[string][]assessment.Mark{"a": marksOf("1", "5", "9"), "b": marksOf("9", "5", "2")}
	trim := []assessment.Trim{{High: 1, Low: 1}}
	byTotals, err := panelTotal(assessment.Panel{Of: []assessment.Term{term("a", "1"), term("b", "2")}, Trim: trim}, marks)
	require.NoError(t, err)
	assert.Equal(t, "15", byTotals.String(), "of the totals 19, 15 and 13 the middle one is left")
	scheme := newScheme(t, assessment.SchemeSpec{Rule: rule("p"), Total: "total", Items: []assessment.Item{
		panelItem("a", assessment.Panel{Trim: trim}), panelItem("b", assessment.Panel{Trim: trim}),
		sum("total", assessment.Sum{Of: []assessment.Term{term("a", "1"), term("b", "2")}}),
	}})
	score, err := judgeOne(scheme, assessment.Record{Unit: "u", Panel: marks})
	require.NoError(t, err)
	assert.Equal(t, "15", score.Total.String())

	marks["b"][1] = assessment.Mark{State: assessment.MarkVoid}
	_, err = panelTotal(assessment.Panel{Of: []assessment.Term{term("a", "1"), term("b", "1")}, Trim: trim}, marks)
	require.ErrorIs(t, err, union.ErrRange, "a judge of whom one element is void does not count, and two are left")
	marks["b"] = marks["b"][:2]
	_, err = panelTotal(assessment.Panel{Of: []assessment.Term{term("a", "1"), term("b", "1")}}, marks)
	require.ErrorIs(t, err, union.ErrRange, "two judges for one element, three for the other")
	delete(marks, "b")
	_, err = panelTotal(assessment.Panel{Of: []assessment.Term{term("a", "1"), term("b", "1")}}, marks)
	require.ErrorIs(t, err, union.ErrMissing)
}

func TestAPanelTooSmallIsToldHowManyItNeeds(t *testing.T) {
	for want, trim := range map[string]assessment.Trim{"6 or more": {High: 2, Low: 3}, "4 or more": {Closest: 4}} {
		_, err := panelTotal(assessment.Panel{Trim: []assessment.Trim{trim}}, map[string][]assessment.Mark{"total": marksOf("7", "8", "9")})
		require.ErrorIs(t, err, union.ErrRange)
		assert.Equal(t, "3 figures", union.Faults(err)[0].Got)
		assert.Equal(t, want, union.Faults(err)[0].Want)
	}
}

func TestAPanelLeavesOutAtMostAsManyAsThereAreCodes(t *testing.T) {
	for _, trim := range []assessment.Trim{{High: 250, Low: 250}, {From: 2, Closest: 2}} {
		_, err := assessment.NewScheme(panelScheme(assessment.Panel{Trim: []assessment.Trim{trim}}))
		require.NoError(t, err)
	}
	for _, trim := range []assessment.Trim{{High: 251}, {Low: 251}} {
		_, err := assessment.NewScheme(panelScheme(assessment.Panel{Trim: []assessment.Trim{trim}}))
		require.ErrorIs(t, err, union.ErrRange)
	}
	_, err := assessment.NewScheme(panelScheme(assessment.Panel{Trim: []assessment.Trim{{From: 3, High: 1}, {From: 5, High: 1}, {From: 5, High: 2}}}))
	require.ErrorIs(t, err, union.ErrOrder)
	assert.Equal(t, "above 5", union.Faults(err)[0].Want)
}

// Each judge is told by number: what the mark was, what it came to, and why it did
// not count.
func TestTheWorkingOfAPanelTellsEachMark(t *testing.T) {
	scheme := newScheme(t, panelScheme(assessment.Panel{Mean: true, Trim: []assessment.Trim{{High: 1, Low: 1}}, Each: []assessment.Step{{Times: &assessment.Times{By: number("10")}}}}))
	records := []assessment.Record{{Unit: "u", Panel: map[string][]assessment.Mark{"total": marksOf("7", "void", "9", "8")}}}
	working, err := scheme.Working(records, "u")
	require.NoError(t, err)
	assert.Equal(t, "评委打分，去掉1个最高、1个最低，取平均", working.Parts[0].Rule)
	assert.Equal(t, []union.Input{
		{Name: "评委1", Value: "7，得70，去掉"}, {Name: "评委2", Value: "无效"}, {Name: "评委3", Value: "9，得90，去掉"}, {Name: "评委4", Value: "8，得80"},
	}, working.Parts[0].Inputs)
	assert.Equal(t, "80", working.Parts[0].Result)
}

func TestAPanelReportsItsFaults(t *testing.T) {
	spec := panelScheme(assessment.Panel{
		Of:    []assessment.Term{{Item: "a"}, term("a", "1"), term("", "1")},
		Marks: assessment.Given{Max: number("-1"), Grid: number("-1")},
		Least: -1,
		Each:  []assessment.Step{{}},
		Trim: []assessment.Trim{
			{From: 2, High: 1, Low: 1}, {From: 2, High: -1}, {From: 5, Closest: 2, Low: 1}, {From: 6, Close: assessment.CloseAll},
			{From: 7, Closest: 8}, {From: 8, Closest: 2, Close: 9},
		},
	})
	_, err := assessment.NewScheme(spec)
	at := "items[0].from.panel."
	assert.Equal(t, []string{
		at + "marks.max", at + "marks.grid", at + "of[0].weight", at + "of[1].item", at + "of[2].item", at + "least", at + "each[0]",
		at + "trim[0].from", at + "trim[1].from", at + "trim[1]", at + "trim[2]", at + "trim[3].close", at + "trim[4].from", at + "trim[5].close",
	}, wheres(err))
}

// trimmedPanel is a panel as an oracle sees it: whole marks, a trim, and what
// comes out.
type trimmedPanel struct {
	marks     []int64
	high, low int
}

func drawPanel(r *rapid.T) trimmedPanel {
	return trimmedPanel{
		marks: rapid.SliceOfN(rapid.Int64Range(-3, 3), 1, 8).Draw(r, "marks"),
		high:  rapid.IntRange(0, 3).Draw(r, "high"), low: rapid.IntRange(0, 3).Draw(r, "low"),
	}
}

func (p trimmedPanel) judge(mean bool) (union.Number, error) {
	var marks []assessment.Mark
	for _, n := range p.marks {
		marks = append(marks, assessment.MarkOf(union.Whole(n)))
	}
	return panelTotal(assessment.Panel{Marks: assessment.Given{Min: number("-9"), Max: number("9")}, Trim: []assessment.Trim{{High: p.high, Low: p.low}}, Mean: mean},
		map[string][]assessment.Mark{"total": marks})
}

// The mean of what a trim leaves is that of the sorted marks between; a panel not
// larger than its trim is refused.
func meansWhatIsLeft(judge func(trimmedPanel) (union.Number, error)) laws.Law {
	return func(r *rapid.T) error {
		p := drawPanel(r)
		got, err := judge(p)
		if len(p.marks) <= p.high+p.low {
			if !errors.Is(err, union.ErrRange) {
				return fmt.Errorf("a panel of %d less %d and %d gives %s, %w", len(p.marks), p.high, p.low, got, err)
			}
			return nil
		}
		if err != nil {
			return err
		}
		sorted, sum := slices.Sorted(slices.Values(p.marks)), int64(0)
		for _, n := range sorted[p.low : len(sorted)-p.high] {
			sum += n
		}
		if want := big.NewRat(sum, int64(len(sorted)-p.high-p.low)); want.RatString() != fraction(got) {
			return fmt.Errorf("got %s, want %s", got, want)
		}
		return nil
	}
}

// fraction writes a number as a fraction in lowest terms, a whole one alone.
func fraction(n union.Number) string {
	num, den, _ := n.Fraction()
	return big.NewRat(num, den).RatString()
}

func TestATrimmedMeanIsThatOfTheMarksBetween(t *testing.T) { // S12
	laws.Holds(t, meansWhatIsLeft(func(p trimmedPanel) (union.Number, error) { return p.judge(true) }))
	laws.Rejects(t, meansWhatIsLeft(func(p trimmedPanel) (union.Number, error) { // the lowest is not dropped
		p.low = 0
		return p.judge(true)
	}))
	laws.Rejects(t, meansWhatIsLeft(func(p trimmedPanel) (union.Number, error) { // an empty rest is zero
		got, err := p.judge(true)
		if errors.Is(err, union.ErrRange) {
			return union.Number{}, nil
		}
		return got, err
	}))
}

// The order of the judges decides nothing, and trimming equal marks changes
// nothing.
func isOfNoOrder(judge func(trimmedPanel) (union.Number, error)) laws.Law {
	return func(r *rapid.T) error {
		p := drawPanel(r)
		if len(p.marks) <= p.high+p.low {
			p.high, p.low = 0, 0
		}
		before, err := judge(p)
		if err != nil {
			return err
		}
		p.marks = rapid.Permutation(p.marks).Draw(r, "judges")
		after, err := judge(p)
		if err != nil || !after.Equal(before) {
			return fmt.Errorf("judges in another order give %s, not %s: %w", after, before, err)
		}
		for i := range p.marks {
			p.marks[i] = p.marks[0]
		}
		if same, err := judge(p); err != nil || !same.Equal(union.Whole(p.marks[0])) {
			return fmt.Errorf("equal marks of %d give %s: %w", p.marks[0], same, err)
		}
		return nil
	}
}

func TestTheOrderOfJudgesDecidesNothing(t *testing.T) {
	laws.Holds(t, isOfNoOrder(func(p trimmedPanel) (union.Number, error) { return p.judge(true) }))
	laws.Rejects(t, isOfNoOrder(func(p trimmedPanel) (union.Number, error) { // the first and last are dropped, unsorted
		if len(p.marks) > p.high+p.low {
			p.marks = p.marks[p.low : len(p.marks)-p.high]
		}
		p.high, p.low = 0, 0
		return p.judge(true)
	}))
}

func TestAMarkIsAFigureOrAState(t *testing.T) {
	for text, want := range map[string]assessment.Mark{
		"8.50": assessment.MarkOf(number("8.5")), "blank": {}, "void": {State: assessment.MarkVoid}, "not applicable": {State: assessment.MarkExcused},
	} {
		var read assessment.Mark
		require.NoError(t, json.Unmarshal([]byte(`"`+text+`"`), &read))
		assert.Equal(t, want, read)
		written, err := json.Marshal(read)
		require.NoError(t, err)
		assert.Equal(t, strings.TrimSuffix(text, "0"), strings.Trim(string(written), `"`))
	}
	for _, text := range []string{`8.5`, `null`, `"marked"`, `"eight"`, `""`, `{}`, `"` + strings.Repeat("9", 1_000_000) + `"`} {
		read := assessment.MarkOf(number("1"))
		require.ErrorIs(t, read.UnmarshalJSON([]byte(text)), union.ErrText, "%.20s", text)
		assert.Equal(t, assessment.MarkOf(number("1")), read)
	}
	assert.Empty(t, assessment.MarkState(9).String())
	assert.Equal(t, "8.5", assessment.MarkOf(number("8.5")).String())
}
