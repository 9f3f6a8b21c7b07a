package campaign_test

import (
	"encoding/binary"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
	"github.com/unioncampaign/union/internal/laws"
	"github.com/unioncampaign/union/internal/wire"
)

// overviewOf counts look-backs of the first phase of the whole plan.
func overviewOf(on string, journals ...campaign.Journal) campaign.Overview {
	p := whole()
	made := must(p.Overview("launch", day(on)))
	for _, j := range journals {
		if err := made.Add(must(p.LookBack("launch", j, day(on)))); err != nil {
			panic(err)
		}
	}
	return made
}

func TestAnOverviewCountsEachActionInEveryUnit(t *testing.T) {
	p := whole()
	tree := must(must(union.NewHierarchy(union.Fact{On: day("2010-01-01"), Found: []union.Unit{
		{Key: "county", Title: "县"}, {Key: "u1", Title: "一", Parent: "county"}, {Key: "u2", Title: "二", Parent: "county"},
		{Key: "u3", Title: "三", Parent: "county"}, {Key: "u4", Title: "四", Parent: "county"},
	}})).On(day("2010-06-30")))
	rollup := must(union.NewRollup[campaign.Overview](tree, tree.Leaves(), day("2010-06-25")))
	for key, report := range map[string]struct {
		on      string
		journal campaign.Journal
	}{
		"u1": {"2010-06-21", noted(p, append(append([]string{}, firstPhase...), issueCourse[:12]...)...)},
		"u2": {"2010-06-25", noted(p, firstPhase[:4]...)},
		"u3": {"2010-06-26", noted(p, `{"id": "w1", "on": "2010-05-10", "waiver": {"action": "rally", "reason": "防汛", "by": "county-1", "role": "superior"}}`)},
	} {
		id, _ := tree.Find(key)
		require.NoError(t, rollup.Report(id, day(report.on), overviewOf("2010-06-20", report.journal)))
	}
	parts := must(rollup.Sum())
	county, _ := tree.Find("county")
	read := values(p.OverviewFigures(parts[county-1]))
	for key, want := range map[string]string{
		"expected": "4个", "on_time": "2个", "late": "1个", "missing": "1个", "units": "3个",
		"complete": "1个", "closed": "1个",
		// Nine required actions: the first unit has done all three, the second two, the third
		// has one waived.
		"progress.in_time": "5项", "progress.late": "0项", "progress.waived": "1项", "progress.pending": "3项", "progress.overdue": "0项",
		"progress.lacking": "0项", "progress.out_of_order": "0项",
		"rate": "62.50%", "parts": "3项", "parts.closed": "1项", "parts.explained": "0项", "parts.overdue": "0项",
		"action.rally": "3个", "action.study": "2个", "action.report": "1个",
	} {
		assert.Equal(t, want, read["campaign.overview."+key], key)
	}
	assert.NotContains(t, read, "campaign.overview.action.visit", "it is left to choice")
	fourth, _ := tree.Find("u4")
	read = values(p.OverviewFigures(parts[fourth-1]))
	assert.Equal(t, "1个", read["campaign.overview.missing"])
	assert.Equal(t, "[unknown]", read["campaign.overview.units"], "missing is not zero")
	for key := range values(p.OverviewFigures(parts[county-1])) {
		if !strings.HasPrefix(key, "campaign.overview.action.") {
			assert.Contains(t, read, key, "what is not known is told as that")
		}
	}
	assert.Equal(t, "[unknown]", read["campaign.overview.rate"])
	assert.Equal(t, "[unknown]", read["campaign.overview.parts.overdue"])
}

func TestAnOverviewOfSomethingElseIsRefused(t *testing.T) {
	p := whole()
	_, err := p.Overview("end", day("2010-06-20"))
	require.ErrorIs(t, err, union.ErrUnknown)
	_, err = p.Overview("launch", union.Date{})
	require.ErrorIs(t, err, union.ErrMissing)
	assert.Equal(t, campaign.Overview{}, must(campaign.Plan{}.Overview("launch", day("2010-06-20"))))
	made := overviewOf("2010-06-20", noted(p, firstPhase...))
	before := string(must(made.AppendBinary(nil)))
	assert.Equal(t, "launch", made.Phase())
	assert.Equal(t, day("2010-06-20"), made.On())
	assert.Equal(t, p.ID(), made.Rule())
	assert.Equal(t, int64(1), made.Units())
	for name, back := range map[string]campaign.LookBack{
		"nothing":       {},
		"another plan":  lookBack("phase1", nil, nil, "2010-06-20"),
		"another phase": must(p.LookBack("mend", p.Journal(), day("2010-06-20"))),
		"another day":   must(p.LookBack("launch", p.Journal(), day("2010-06-21"))),
	} {
		require.ErrorIs(t, made.Add(back), union.ErrRule, name)
	}
	var none campaign.Overview
	require.ErrorIs(t, none.Add(must(p.LookBack("launch", p.Journal(), day("2010-06-20")))), union.ErrRule)
	for name, other := range map[string]campaign.Overview{
		"another plan":  must(plan().Overview("phase1", day("2010-06-20"))),
		"another phase": must(p.Overview("mend", day("2010-06-20"))),
		"another day":   overviewOf("2010-06-21"),
	} {
		require.ErrorIs(t, made.Merge(other), union.ErrRule, name)
		require.ErrorIs(t, made.UnmarshalBinary(must(other.AppendBinary(nil))), union.ErrRule, name)
	}
	assert.Equal(t, before, string(must(made.AppendBinary(nil))))
	_, err = plan().OverviewFigures(union.Part[campaign.Overview]{Sum: made})
	require.ErrorIs(t, err, union.ErrRule)
	spec := p.Spec()
	spec.Organiser = "another" // and the same actions
	_, err = must(campaign.NewPlan(spec)).OverviewFigures(union.Part[campaign.Overview]{Sum: made})
	require.ErrorIs(t, err, union.ErrRule)
}

func TestNumbersThatNoLookBacksHaveAreNotRead(t *testing.T) {
	p := whole()
	table := must(p.Overview("launch", day("2010-06-20")))
	whole := must(table.AppendBinary(nil))
	nested := whole[len(whole)-len(nestedTable(t, p)):]
	for name, n := range map[string][7]int64{
		"more complete than units":    {1, 2, 0, 0, 0, 0, 0},
		"more closed than complete":   {1, 0, 1, 0, 0, 0, 0},
		"more mended than found":      {1, 0, 0, 1, 2, 0, 0},
		"more explained than left":    {1, 0, 0, 2, 1, 2, 0},
		"more overdue than open":      {1, 0, 0, 2, 1, 1, 1},
		"issues of no unit":           {0, 0, 0, 1, 0, 0, 0},
		"more units than are counted": {1<<32 + 1, 0, 0, 0, 0, 0, 0},
	} {
		data := must(union.WriteTally(nil, "campaign.overview/1", p.ID(), func(w *wire.Writer) {
			w.Text("launch")
			w.Text("2010-06-20")
			for _, each := range n {
				w.Count(each)
			}
		}))
		require.ErrorIs(t, new(campaign.Overview).UnmarshalBinary(append(data, nested...)), union.ErrText, name)
	}
}

func TestAnOverviewOfNoPhaseOrNoDayIsNotRead(t *testing.T) {
	p := whole()
	for _, of := range [][2]string{{"", "2010-06-20"}, {"launch", ""}, {"", ""}} {
		data := must(union.WriteTally(nil, "campaign.overview/1", p.ID(), func(w *wire.Writer) {
			w.Text(of[0])
			w.Text(of[1])
			for range 7 {
				w.Count(0)
			}
		}))
		require.ErrorIs(t, new(campaign.Overview).UnmarshalBinary(append(data, nestedTable(t, p)...)), union.ErrText, of)
	}
}

// An overview that claims a plan, and counts the actions of another.
func TestAnOverviewWithTheTableOfAnotherPlanHasNoFigures(t *testing.T) {
	p := whole()
	data := must(union.WriteTally(nil, "campaign.overview/1", p.ID(), func(w *wire.Writer) {
		w.Text("launch")
		w.Text("2010-06-20")
		for range 7 {
			w.Count(0)
		}
	}))
	data = append(data, nestedTable(t, plan())...)
	var claims campaign.Overview
	require.NoError(t, claims.UnmarshalBinary(data))
	_, err := p.OverviewFigures(union.Part[campaign.Overview]{Sum: claims})
	require.ErrorIs(t, err, union.ErrRule)
	own := must(p.Overview("launch", day("2010-06-20")))
	require.ErrorIs(t, own.Merge(claims), union.ErrRule)
	require.ErrorIs(t, own.UnmarshalBinary(data), union.ErrRule)
}

// nestedTable returns how the table of an empty overview stands in its bytes.
func nestedTable(t *testing.T, p campaign.Plan) []byte {
	t.Helper()
	first := p.Spec().Phases[0].Key
	head := must(union.WriteTally(nil, "campaign.overview/1", p.ID(), func(w *wire.Writer) {
		w.Text(first)
		w.Text("2010-06-20")
		for range 7 {
			w.Count(0)
		}
	}))
	return must(must(p.Overview(first, day("2010-06-20"))).AppendBinary(nil))[len(head):]
}

// drawnLookBacks are look-backs of the first phase at every stage of it and of its issues.
var drawnLookBacks = sync.OnceValue(func() []campaign.LookBack {
	p := whole()
	var all []campaign.LookBack
	for of := range firstPhase {
		j := noted(p, append(append([]string{}, firstPhase[:of]...), issueCourse[:2*of]...)...)
		all = append(all, must(p.LookBack("launch", j, day("2010-06-20"))))
	}
	return append(all, must(p.LookBack("launch", noted(p, firstPhase...), day("2010-06-20"))))
})

func drawOverview(r *rapid.T) campaign.Overview {
	made := must(whole().Overview("launch", day("2010-06-20")))
	for range rapid.IntRange(0, 3).Draw(r, "units") {
		if err := made.Add(rapid.SampledFrom(drawnLookBacks()).Draw(r, "look-back")); err != nil {
			panic(err)
		}
	}
	return made
}

func TestAnOverviewIsATally(t *testing.T) {
	laws.Tally[campaign.Overview](t, drawOverview)
	laws.Golden(t, campaign.Overview{}, overviewOf("2010-06-20"), overviewOf("2010-06-20", noted(whole(), append(append([]string{}, firstPhase...), issueCourse...)...)))
}

// addsUp states that the required actions of all units are those that stand in each way,
// that units complete are no fewer than those closed, and that issues closed, explained
// and open are all of them.
func addsUp(count func(campaign.Overview) map[string]int64) laws.Law {
	return func(r *rapid.T) error {
		made := drawOverview(r)
		n := count(made)
		if sum := n["progress.in_time"] + n["progress.late"] + n["progress.waived"] + n["progress.lacking"] +
			n["progress.out_of_order"] + n["progress.pending"] + n["progress.overdue"]; sum != 3*n["units"] {
			return fmt.Errorf("%d actions in %d units of three", sum, n["units"])
		}
		if n["closed"] > n["complete"] || n["complete"] > n["units"] || n["action.report"] > n["units"] {
			return fmt.Errorf("%v", n)
		}
		return nil
	}
}

func TestAnOverviewAddsUp(t *testing.T) {
	p := whole()
	count := func(o campaign.Overview) map[string]int64 {
		read := map[string]int64{}
		for _, figure := range must(p.OverviewFigures(union.Part[campaign.Overview]{Sum: o})) {
			if n, is := figure.Whole(); is {
				read[figure.Key()[len("campaign.overview."):]] = n
			}
		}
		return read
	}
	laws.Holds(t, addsUp(count))
	laws.Rejects(t, addsUp(func(o campaign.Overview) map[string]int64 {
		n := count(o)
		n["progress.pending"] = 0 // what is not done left out
		return n
	}))
}

// Two units on 1 July: the rally was due on 12 May and the rest by 30 June. The first did
// the rally in time and the study late, and reports never; the second did nothing but have
// the rally waived. Of its issues the first has two explained and one open.
func TestAnOverviewCountsTheLateAmongTheDone(t *testing.T) {
	p := whole()
	found := func(id, more string) string {
		return `{"id": "` + id + `", "on": "2010-05-20", "issue": {"title": "t", "phase": "launch", "source": "self", "owner": "a"` + more + `}}`
	}
	explained := func(id string) []string {
		return []string{
			`{"id": "s` + id + `", "on": "2010-05-21", "event": {"of": "issue", "key": "` + id + `", "event": "start"}}`,
			`{"id": "x` + id + `", "on": "2010-05-22", "event": {"of": "issue", "key": "` + id + `", "event": "explain", "reason": "没有经费"}}`,
		}
	}
	first := append([]string{
		firstPhase[2], `{"id": "d2", "on": "2010-07-01", "deed": {"action": "study"}}`,
		found("i1", ""), found("i2", ""), found("i3", `, "due": "2010-06-30"`),
	}, append(explained("i1"), explained("i2")...)...)
	second := []string{`{"id": "w1", "on": "2010-05-10", "waiver": {"action": "rally", "reason": "防汛", "by": "county-1", "role": "superior"}}`}
	read := values(p.OverviewFigures(union.Part[campaign.Overview]{
		Expected: 2, OnTime: 2, Sum: overviewOf("2010-07-01", noted(p, first...), noted(p, second...)),
	}))
	for key, want := range map[string]string{
		"progress.in_time": "1项", "progress.late": "1项", "progress.waived": "1项", "progress.overdue": "3项", "progress.pending": "0项",
		"rate":  "40.00%", // two of five: six, of which one is waived
		"parts": "3项", "parts.explained": "2项", "parts.overdue": "1项", "parts.closed": "0项",
	} {
		assert.Equal(t, want, read["campaign.overview."+key], key)
	}
}

// countedUnits is an overview of so many units that have done nothing.
func countedUnits(t *testing.T, n int64) campaign.Overview {
	t.Helper()
	data := must(union.WriteTally(nil, "campaign.overview/1", whole().ID(), func(w *wire.Writer) {
		w.Text("launch")
		w.Text("2010-06-20")
		w.Count(n)
		for range 6 {
			w.Count(0)
		}
	}))
	var made campaign.Overview
	require.NoError(t, made.UnmarshalBinary(append(data, nestedTable(t, whole())...)))
	return made
}

func TestAnOverviewCountsFourThousandMillionUnitsAndNoMore(t *testing.T) {
	const most = 1 << 32
	p := whole()
	one := must(p.LookBack("launch", p.Journal(), day("2010-06-20")))
	full, almost := countedUnits(t, most), countedUnits(t, most-1)
	require.ErrorIs(t, full.Add(one), union.ErrOverflow)
	require.ErrorIs(t, full.Merge(countedUnits(t, 1)), union.ErrOverflow)
	require.NoError(t, full.Merge(countedUnits(t, 0)))
	assert.Equal(t, int64(most), full.Units())
	require.NoError(t, almost.Merge(countedUnits(t, 1)))
	assert.Equal(t, int64(most), almost.Units())
	almost = countedUnits(t, most-1)
	require.NoError(t, almost.Add(one))
	require.ErrorIs(t, almost.Add(one), union.ErrOverflow)
}

// An overview may be of more actions than any plan has: each of its cells takes one byte.
func TestTheWorstOverviewsTakeNoMoreThanEightTimesTheirLength(t *testing.T) {
	const most = 1 << 16
	for _, actions := range []int{7600, 7700, 1000} {
		cells := make([]int64, 8*actions)
		for i := range cells {
			cells[i] = 1
		}
		table := must(union.WriteTally(nil, "union.table/1", plan().ID(), func(w *wire.Writer) {
			w.Len(2)
			w.Uint(uint64(actions))
			w.Uint(8)
			w.Fill(cells)
		}))
		data := must(union.WriteTally(nil, "campaign.overview/1", whole().ID(), func(w *wire.Writer) {
			w.Text("launch")
			w.Text("2010-06-20")
			w.Count(1)
			for range 6 {
				w.Count(0)
			}
		}))
		data = append(binary.AppendUvarint(data, uint64(len(table))), table...)
		if len(data) <= most { // else it is cut off
			require.NoError(t, new(campaign.Overview).UnmarshalBinary(data), actions)
		}
		for _, worst := range [][]byte{data, append(data, make([]byte, most)...)[:most], data[:min(len(data), most)-1]} {
			require.NoError(t, laws.Bounded(laws.OpsOf[campaign.Overview](), worst), actions)
		}
	}
}
