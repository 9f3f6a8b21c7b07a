package assessment_test

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/internal/laws"
)

func groupItem(key string, of assessment.Group, then ...assessment.Step) assessment.Item {
	return assessment.Item{Key: key, From: assessment.Source{Group: &of}, Then: then}
}

// A member is a unit of a group as the oracle sees it.
type member struct {
	mark   int64
	class  string
	over   string
	absent bool
}

func drawMembers(r *rapid.T) []member {
	n := rapid.IntRange(1, 6).Draw(r, "units")
	var members []member
	for i := range n {
		m := member{
			mark: rapid.Int64Range(0, 4).Draw(r, "mark"), class: rapid.SampledFrom([]string{"a", "b"}).Draw(r, "class"), absent: rapid.IntRange(0, 3).Draw(r, "absent") == 0,
		}
		if i > 0 && rapid.Bool().Draw(r, "subordinate") {
			m.over = "u" + strconv.Itoa(rapid.IntRange(0, n-1).Draw(r, "over"))
		}
		members = append(members, m)
	}
	return members
}

func recordsOf(members []member) []assessment.Record {
	var records []assessment.Record
	for i, m := range members {
		record := assessment.Record{Unit: "u" + strconv.Itoa(i), In: map[string]string{"class": m.class}}
		if m.over != "" {
			record.In["over"] = m.over
		}
		if m.absent {
			record.NotApplicable = map[string]string{"mark": "made up"}
		} else {
			record.Given = map[string]union.Number{"mark": union.Whole(m.mark)}
		}
		records = append(records, record)
	}
	return records
}

// groupFigures returns the figure of each unit as a fraction; empty if it does
// not apply.
func groupFigures(group assessment.Group, members []member) ([]string, error) {
	group.Item = "mark"
	scheme, err := assessment.NewScheme(assessment.SchemeSpec{Rule: rule("group"), Total: "total", Items: []assessment.Item{
		given("mark", assessment.Given{}), groupItem("group", group),
		{Key: "total", From: assessment.Source{Ladder: &assessment.Ladder{Rungs: []assessment.Rung{{Give: number("1")}}}}},
	}})
	if err != nil {
		return nil, err
	}
	scores, err := scheme.Judge(recordsOf(members))
	if err != nil {
		return nil, err
	}
	var list []string
	for _, score := range scores {
		text := ""
		if figure, ok := score.Items["group"]; ok {
			text = fraction(figure)
		}
		list = append(list, text)
	}
	return list, nil
}

// slowly works a group's figure out for one unit, obviously.
func slowly(group assessment.Group, members []member, unit int) string {
	parts := map[string][]int64{}
	var marks []int64
	for i, m := range members {
		in := group.Within == "" || m.class == members[unit].class
		if group.Under != "" {
			in = m.over == "u"+strconv.Itoa(unit)
		}
		if !in || m.absent {
			continue
		}
		if group.Of == assessment.Placed && i == unit {
			marks = append(marks, m.mark)
			continue
		}
		marks = append(marks, m.mark)
		parts[m.class] = append(parts[m.class], m.mark)
	}
	sum := func(list []int64) (total int64) {
		for _, n := range list {
			total += n
		}
		return total
	}
	switch {
	case group.Of == assessment.Size:
		return strconv.Itoa(len(marks))
	case len(marks) == 0, group.Of == assessment.Placed && members[unit].absent:
		return ""
	case group.Each != "":
		means := new(big.Rat)
		for _, list := range parts {
			means.Add(means, big.NewRat(sum(list), int64(len(list))))
		}
		return means.Quo(means, big.NewRat(int64(len(parts)), 1)).RatString()
	}
	switch group.Of {
	case assessment.Best:
		return strconv.FormatInt(slices.Max(marks), 10)
	case assessment.Least:
		return strconv.FormatInt(slices.Min(marks), 10)
	case assessment.Total:
		return strconv.FormatInt(sum(marks), 10)
	case assessment.Mean:
		return big.NewRat(sum(marks), int64(len(marks))).RatString()
	}
	above, tied, levels := int64(0), int64(0), map[int64]bool{}
	for _, mark := range marks {
		if mark > members[unit].mark != group.Lowest && mark != members[unit].mark {
			above++
			levels[mark] = true
		} else if mark == members[unit].mark {
			tied++
		}
	}
	switch group.Placing.Ties {
	case assessment.Dense:
		return strconv.Itoa(len(levels) + 1)
	case assessment.Shared: // the mean of the places above+1 to above+tied
		return big.NewRat(2*above+1+tied, 2).RatString()
	}
	return strconv.FormatInt(above+1, 10)
}

func drawGroup(r *rapid.T) assessment.Group {
	group := assessment.Group{Of: rapid.SampledFrom([]assessment.Statistic{
		assessment.Best, assessment.Least, assessment.Mean, assessment.Total, assessment.Size, assessment.Placed,
	}).Draw(r, "of")}
	switch rapid.IntRange(0, 3).Draw(r, "reach") {
	case 1:
		group.Within = "class"
	case 2:
		if group.Of != assessment.Placed {
			group.Under = "over"
		}
	case 3:
		if group.Of == assessment.Mean {
			group.Each = "class"
		}
	}
	if group.Of == assessment.Placed {
		group.Placing = &assessment.Placing{Ties: rapid.SampledFrom([]assessment.Ties{assessment.Skip, assessment.Dense, assessment.Shared}).Draw(r, "ties")}
		group.Lowest = rapid.Bool().Draw(r, "lowest")
	}
	return group
}

func isWorkedOut(figures func(assessment.Group, []member) ([]string, error)) laws.Law {
	return func(r *rapid.T) error {
		group, members := drawGroup(r), drawMembers(r)
		got, err := figures(group, members)
		if err != nil {
			return err
		}
		for unit := range members {
			if want := slowly(group, members, unit); got[unit] != want {
				return fmt.Errorf("%+v of %+v gives u%d %q, want %q", group, members, unit, got[unit], want)
			}
		}
		return nil
	}
}

func TestAGroupsFigureIsWorkedOutSlowly(t *testing.T) {
	laws.Holds(t, isWorkedOut(groupFigures))
	laws.Rejects(t, isWorkedOut(func(g assessment.Group, members []member) ([]string, error) { // the group is everyone
		g.Within = ""
		return groupFigures(g, members)
	}))
	laws.Rejects(t, isWorkedOut(func(g assessment.Group, members []member) ([]string, error) { // the pool, not the mean of means
		g.Each = ""
		return groupFigures(g, members)
	}))
	laws.Rejects(t, isWorkedOut(func(g assessment.Group, members []member) ([]string, error) { // not applicable is zero
		members = slices.Clone(members)
		for i := range members {
			if members[i].absent {
				members[i] = member{class: members[i].class, over: members[i].over}
			}
		}
		return groupFigures(g, members)
	}))
}

func TestPointsOfSharedPlacesAreAddedAndDivided(t *testing.T) {
	worth := []assessment.Step{{Bands: &assessment.Bands{Scale: union.MustParseInterval("[1,)"), List: []assessment.Band{
		{In: union.MustParseInterval("[1,1]"), Give: number("9")}, {In: union.MustParseInterval("(1,2]"), Give: number("7")}, {In: union.MustParseInterval("(2,)"), Give: number("0")},
	}}}}
	members := []member{{mark: 5}, {mark: 4}, {mark: 4}, {mark: 1}}
	for ties, want := range map[assessment.Ties][]string{
		assessment.Skip: {"9", "7", "7", "0"}, assessment.Shared: {"9", "7/2", "7/2", "0"}, assessment.Dense: {"9", "7", "7", "0"},
	} {
		got, err := groupFigures(assessment.Group{Of: assessment.Placed, Placing: &assessment.Placing{Ties: ties, Worth: worth}}, members)
		require.NoError(t, err)
		assert.Equal(t, want, got, ties)
	}
	narrow := []assessment.Step{{Bands: &assessment.Bands{Scale: union.MustParseInterval("[1,2]"), List: []assessment.Band{{In: union.MustParseInterval("[1,2]"), Give: number("9")}}}}}
	for _, ties := range []assessment.Ties{assessment.Skip, assessment.Shared} {
		_, err := groupFigures(assessment.Group{Of: assessment.Placed, Placing: &assessment.Placing{Ties: ties, Worth: narrow}}, members)
		require.ErrorIs(t, err, union.ErrRange)
		assert.Contains(t, wheres(err)[0], ".items.group.worth[0]")
	}
}

func TestRoomsAreTrimmedBeforeTheirMeansAre(t *testing.T) {
	members := []member{{mark: 1, class: "a"}, {mark: 2, class: "a"}, {mark: 9, class: "a"}, {mark: 4, class: "b"}, {mark: 5, class: "b"}, {mark: 7, class: "b"}}
	trim := []assessment.Trim{{High: 1, Low: 1}}
	for name, each := range map[string]struct {
		group assessment.Group
		want  string
	}{
		"the room":          {assessment.Group{Of: assessment.Mean, Within: "class", Trim: trim}, "2"},
		"the pool":          {assessment.Group{Of: assessment.Mean, Trim: trim}, "9/2"}, // 2, 4, 5 and 7
		"the mean of rooms": {assessment.Group{Of: assessment.Mean, Each: "class", Trim: trim}, "7/2"},
		"the best room":     {assessment.Group{Of: assessment.Best, Each: "class", Trim: trim}, "5"},
		"how many rooms":    {assessment.Group{Of: assessment.Size, Each: "class"}, "2"},
	} {
		got, err := groupFigures(each.group, members)
		require.NoError(t, err)
		assert.Equal(t, each.want, got[0], name)
	}
	_, err := groupFigures(assessment.Group{Of: assessment.Mean, Within: "class", Trim: []assessment.Trim{{High: 2, Low: 1}}}, members)
	require.ErrorIs(t, err, union.ErrRange)
	assert.Equal(t, []string{"group[0].items.group.trim"}, wheres(err))
}

func TestAGroupingThatIsNotToldIsAFault(t *testing.T) {
	for name, each := range map[string]struct {
		group   assessment.Group
		members []member
		want    error
		where   string
	}{
		"no class":           {assessment.Group{Of: assessment.Mean, Within: "class"}, []member{{class: "a"}, {}}, union.ErrMissing, "group[1].in.class"},
		"no class of a mean": {assessment.Group{Of: assessment.Mean, Each: "class"}, []member{{class: "a"}, {}}, union.ErrMissing, "group[1].in.class"},
		"no such superior":   {assessment.Group{Of: assessment.Mean, Under: "over"}, []member{{}, {over: "x"}}, union.ErrUnknown, "group[1].in.over"},
	} {
		_, err := groupFigures(each.group, each.members)
		require.ErrorIs(t, err, each.want, name)
		assert.Equal(t, []string{each.where}, wheres(err), name)
	}
}

func TestAGroupReportsItsFaults(t *testing.T) {
	placed := &assessment.Placing{Ties: 9, Worth: []assessment.Step{{}}}
	_, err := assessment.NewScheme(assessment.SchemeSpec{Rule: rule("group"), Total: "total", Items: []assessment.Item{
		groupItem("none", assessment.Group{}),
		groupItem("odd", assessment.Group{Item: "total", Of: 99, Within: "a", Under: "b", Trim: []assessment.Trim{{High: -1}}, Placing: placed}),
		groupItem("place", assessment.Group{Item: "odd", Of: assessment.Placed, Under: "a"}),
		groupItem("total", assessment.Group{Item: "odd", Of: assessment.Placed, Placing: placed}),
	}})
	at := func(i int, rest string) string { return union.Indexed("items", i) + ".from.group" + rest }
	assert.Equal(t, []string{
		at(0, ".item"), at(0, ".of"), at(1, ".item"), at(1, ".of"), at(1, ""), at(1, ".trim[0]"), at(1, ".placing"),
		at(2, ""), at(2, ".placing"), at(3, ".placing.ties"), at(3, ".placing.worth[0]"),
	}, wheres(err))
}

func TestTheMaximumOfAGroupIsThatOfItsItem(t *testing.T) {
	items := []assessment.Item{
		given("mark", assessment.Given{Max: number("10")}),
		groupItem("mean", assessment.Group{Item: "mark", Of: assessment.Mean}),
		groupItem("size", assessment.Group{Item: "mark", Of: assessment.Size}),
		groupItem("sum", assessment.Group{Item: "mark", Of: assessment.Total}),
		groupItem("place", assessment.Group{Item: "mark", Of: assessment.Placed, Placing: &assessment.Placing{Ties: assessment.Skip, Worth: []assessment.Step{
			{Curve: []assessment.Point{{X: number("1"), Y: number("60")}, {X: number("31")}}},
		}}}),
		panelItem("panel", assessment.Panel{Of: []assessment.Term{term("x", "2"), term("y", "1")}, Marks: assessment.Given{Max: number("5")}, Mean: true, Each: []assessment.Step{times("2")}}),
		panelItem("points", assessment.Panel{Marks: assessment.Given{Max: number("5")}}),
		{Key: "rung", From: assessment.Source{Ladder: &assessment.Ladder{Rungs: []assessment.Rung{{If: []assessment.Test{test("mark", "[5,)")}, Item: "mean"}, {Give: number("20")}}}}},
		{Key: "open", From: assessment.Source{Ladder: &assessment.Ladder{Rungs: []assessment.Rung{{If: []assessment.Test{test("mark", "[5,)")}, Item: "sum"}, {Give: number("20")}}}}},
	}
	scheme := newScheme(t, assessment.SchemeSpec{Rule: rule("max"), Items: items, Total: "mark"})
	for item, want := range map[string]string{"mean": "10", "place": "60", "panel": "30", "rung": "20", "size": "", "sum": "", "points": "", "open": ""} {
		got, ok := scheme.Maximum(item)
		assert.Equal(t, want != "", ok, item)
		if ok {
			assert.Equal(t, want, got.String(), item)
		}
	}
}

func TestARungMayGiveTheFigureOfAnItem(t *testing.T) { // the better of two tries
	scheme := newScheme(t, assessment.SchemeSpec{Rule: rule("better"), Total: "best", Items: []assessment.Item{
		given("first", assessment.Given{}), given("second", assessment.Given{}),
		sum("ahead", assessment.Sum{Of: []assessment.Term{term("first", "1"), term("second", "-1")}}),
		{Key: "best", From: assessment.Source{Ladder: &assessment.Ladder{Rungs: []assessment.Rung{{If: []assessment.Test{test("ahead", "[0,)")}, Item: "first"}, {Item: "second"}}}}},
	}})
	for _, each := range [][3]string{{"3", "5", "5"}, {"5", "3", "5"}} {
		score, err := judgeOne(scheme, assessment.Record{Unit: "u", Given: numbers("first", each[0], "second", each[1])})
		require.NoError(t, err)
		assert.Equal(t, each[2], score.Total.String())
	}
	_, err := assessment.NewScheme(assessment.SchemeSpec{Rule: rule("x"), Total: "a", Items: []assessment.Item{
		{Key: "a", From: assessment.Source{Ladder: &assessment.Ladder{Rungs: []assessment.Rung{{Item: "b", Give: number("1")}}}}},
	}})
	assert.Equal(t, []string{"items[0].from.ladder.rungs[0].item", "items[0].from.ladder.rungs[0]"}, wheres(err))
	working, err := scheme.Working([]assessment.Record{{Unit: "u", Given: numbers("first", "3", "second", "5")}}, "u")
	require.NoError(t, err)
	assert.Equal(t, []union.Input{{Name: "ahead", Value: "-2，不低于0得first，不符合"}, {Name: "其余", Value: "得second"}}, working.Parts[3].Inputs)
}

func TestPartsThatAreLeftOutLeaveTheOthersTheirWeights(t *testing.T) {
	spec := assessment.SchemeSpec{Rule: rule("extra"), Total: "total", Items: []assessment.Item{
		given("base", assessment.Given{}), given("extra", assessment.Given{}),
		sum("total", assessment.Sum{Of: []assessment.Term{term("base", "1"), term("extra", "-0.5")}, Renormalise: assessment.LeftOut}),
	}}
	score, err := judgeOne(newScheme(t, spec), assessment.Record{Unit: "u", Given: numbers("base", "80"), NotApplicable: map[string]string{"extra": "none"}})
	require.NoError(t, err)
	assert.Equal(t, "80", score.Total.String())
	_, err = judgeOne(newScheme(t, spec), assessment.Record{Unit: "u", NotApplicable: map[string]string{"base": "none", "extra": "none"}})
	require.ErrorIs(t, err, union.ErrUndefined)
	spec.Items[2].From.Sum.Mean = true
	spec.Items[2].From.Sum.Of[0].Weight, spec.Items[2].From.Sum.Of[1].Weight = number("0.5"), number("0.5")
	_, err = assessment.NewScheme(spec)
	assert.Equal(t, []string{"items[2].from.sum.renormalise"}, wheres(err))
}

// What a group is asked for is told in the words of the field.
func TestTheWorkingTellsWhatAGroupIsAskedFor(t *testing.T) {
	for want, group := range map[string]assessment.Group{
		"全体平均值":             {Of: assessment.Mean},
		"同组最高值":             {Of: assessment.Best, Within: "class"},
		"下属单位合计":            {Of: assessment.Total, Under: "over"},
		"全体先按class平均，再取平均值": {Of: assessment.Mean, Each: "class"},
		"全体去掉1个最高、0个最低后平均值": {Of: assessment.Mean, Trim: []assessment.Trim{{High: 1}}},
		"全体去掉0个最高、1个最低后先按class平均，再取平均值": {Of: assessment.Mean, Each: "class", Trim: []assessment.Trim{{Low: 1}}},
	} {
		group.Item = "x"
		scheme := newScheme(t, assessment.SchemeSpec{Rule: rule("s"), Total: "x", Items: []assessment.Item{given("x", assessment.Given{}), groupItem("of", group)}})
		var records []assessment.Record
		for i := range 4 {
			records = append(records, assessment.Record{Unit: fmt.Sprint("u", i), In: map[string]string{"class": fmt.Sprint("c", i%2), "over": "u0"}, Given: numbers("x", "3")})
		}
		working, err := scheme.Working(records, "u0")
		require.NoError(t, err)
		assert.Equal(t, want, working.Parts[1].Rule)
	}
}

// A group that is not told is a fault, though that of the means is.
func TestNeitherGroupingOfAMeanOfMeansCanBeLeftOut(t *testing.T) {
	scheme := newScheme(t, assessment.SchemeSpec{Rule: rule("s"), Total: "of", Items: []assessment.Item{
		given("x", assessment.Given{}), groupItem("of", assessment.Group{Item: "x", Of: assessment.Mean, Within: "class", Each: "room"}),
	}})
	for _, in := range []map[string]string{{"room": "r"}, {"class": "c"}, {"room": "r", "class": ""}} {
		_, err := scheme.Judge([]assessment.Record{{Unit: "u", In: in, Given: numbers("x", "3")}})
		require.ErrorIs(t, err, union.ErrMissing)
	}
}

// Of a group of up to twelve each is listed, and of a place that up to twelve share
// each part; of a larger one the number alone.
func TestTheWorkingListsFewAndCountsMany(t *testing.T) {
	scheme := newScheme(t, assessment.SchemeSpec{Rule: rule("s"), Total: "one", Items: []assessment.Item{
		given("x", assessment.Given{}), given("one", assessment.Given{}),
		groupItem("place", assessment.Group{Item: "x", Of: assessment.Placed, Within: "class", Placing: &assessment.Placing{Ties: assessment.Shared, Worth: []assessment.Step{{Times: &assessment.Times{By: number("2")}}}}}),
	}})
	for _, alike := range []int{12, 13} {
		records := []assessment.Record{ // those who tie with others, and one of whom nothing is known
			{Unit: "other", In: map[string]string{"class": "b"}, Given: numbers("x", "3", "one", "1")},
			{Unit: "none", In: map[string]string{"class": "a"}, Given: numbers("one", "1"), NotApplicable: map[string]string{"x": "?"}},
		}
		for i := range alike {
			records = append(records, assessment.Record{Unit: fmt.Sprint("u", i), In: map[string]string{"class": "a"}, Given: numbers("x", "3", "one", "1")})
		}
		working, err := scheme.Working(records, "u0")
		require.NoError(t, err)
		told := working.Parts[2]
		listed := 0
		for _, input := range told.Inputs {
			if strings.HasPrefix(input.Name, "u") {
				listed++
			}
		}
		assert.Contains(t, told.Inputs, union.InputOf("组内单位数", int64(alike)))
		assert.Contains(t, told.Inputs, union.InputOf("名次相同单位数", int64(alike)))
		if alike == 12 {
			assert.Equal(t, 12, listed)
			assert.Len(t, told.Parts, 12)
			assert.Equal(t, "13", told.Result, "(2 + 4 + … + 24) ÷ 12")
		} else {
			assert.Zero(t, listed)
			assert.Empty(t, told.Parts)
		}
	}
}

// The first place is worth 10 points, the second 9 and the third 8. Two share the
// first two; who comes after them is the third, or the second if those who tie take
// one place.
func TestTheWorkingTellsAPlaceAndWhatItIsWorth(t *testing.T) {
	records := []assessment.Record{
		{Unit: "a", Given: numbers("x", "3", "one", "1")}, {Unit: "b", Given: numbers("x", "3", "one", "1")}, {Unit: "c", Given: numbers("x", "5", "one", "1")},
		{Unit: "d", Given: numbers("one", "1"), NotApplicable: map[string]string{"x": "新成立单位"}},
	}
	worth := []assessment.Step{
		{Times: &assessment.Times{By: number("-1")}},
		{Curve: []assessment.Point{{X: number("-11"), Y: number("0")}, {X: number("-1"), Y: number("10")}}},
	}
	for name, each := range map[string]struct {
		unit   string
		ties   assessment.Ties
		worth  []assessment.Step
		result string
		inputs string
		parts  []string
	}{
		"a place shared":               {"b", assessment.Shared, worth, "9.5", "1 2", []string{"第1名 = 10", "第2名 = 9"}},
		"a place after those shared":   {"c", assessment.Shared, worth, "8", "3 1", []string{"第3名 = 8"}},
		"a place that another has too": {"b", assessment.Skip, worth, "10", "1 2", []string{"第1名 = 10"}},
		"a place that follows at once": {"c", assessment.Dense, worth, "9", "2 1", []string{"第2名 = 9"}},
		"numbers shared":               {"a", assessment.Shared, nil, "1.5", "1 2", []string{"第1名 = 1", "第2名 = 2"}},
		"a place that is the figure":   {"c", assessment.Skip, nil, "3", "", nil},
		"none, for it does not apply":  {"d", assessment.Shared, worth, "不适用", "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			scheme := newScheme(t, assessment.SchemeSpec{Rule: rule("s"), Total: "one", Items: []assessment.Item{
				given("x", assessment.Given{}), given("one", assessment.Given{}),
				groupItem("place", assessment.Group{Item: "x", Of: assessment.Placed, Lowest: true, Placing: &assessment.Placing{Ties: each.ties, Worth: each.worth}}),
			}})
			working, err := scheme.Working(records, each.unit)
			require.NoError(t, err)
			told := working.Parts[2]
			assert.Equal(t, each.result, told.Result)
			var inputs []string
			for _, input := range told.Inputs {
				if input.Name == "名次" || input.Name == "名次相同单位数" {
					inputs = append(inputs, input.Value)
				}
			}
			assert.Equal(t, each.inputs, strings.Join(inputs, " "))
			var parts []string
			for _, part := range told.Parts {
				parts = append(parts, part.Item+" = "+part.Result)
				assert.Len(t, part.Parts, len(each.worth), "each step")
			}
			assert.Equal(t, each.parts, parts)
		})
	}
}
