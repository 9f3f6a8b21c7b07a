package examples_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/campaign"
	"github.com/unioncampaign/union/competition"
	"github.com/unioncampaign/union/employment"
)

// county reads a rule of the sample county.
func county(name string, rule any) {
	data, err := os.ReadFile("worksummary/county/" + name)
	must(err)
	must(json.Unmarshal(data, rule))
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// The Examples below are the snippets of the READMEs, which a test compares with
// them.

func Example() {
	amount := union.MustParseMoney("24310.50")
	words, err := amount.Capitals(union.AccountingCapitals)
	fmt.Println(words, err)
	parts, _, err := amount.Allocate(1, 1, 1) // three equal parts, to the fen
	fmt.Println(parts, err)
	rate, err := union.Ratio{Part: 1966, Whole: 1967}.Percent()
	must(err)
	fmt.Println(union.Rounding{Mode: union.HalfUp, Places: 1}.Format(rate))
	// Output:
	// 贰万肆仟叁佰壹拾元零伍角整 <nil>
	// [8103.50 8103.50 8103.50] <nil>
	// 99.9 <nil>
}

func Example_campaign() {
	var plan campaign.Plan
	county("campaign/plan.json", &plan)
	journal := plan.Journal()
	must(plan.Add(&journal, campaign.Entry{
		ID: "d1", On: union.MustParseDate("2010-04-27"), Deed: &campaign.Deed{Action: "group", Evidence: []string{"notice"}},
	}))
	back, err := plan.LookBack("phase1", journal, union.MustParseDate("2010-04-29"))
	must(err)
	fmt.Println("done:", back.Required())
	for _, review := range back.Missing()[:2] {
		fmt.Println(review.Action.Title, review.Progress)
	}
	// Output:
	// done: 1/10
	// 参加全县动员会 overdue
	// 制定实施方案 pending
}

func Example_competition() {
	var edition competition.Edition
	county("competition/edition.json", &edition)
	turnout := edition.Turnout()
	state, err := edition.Ownership().Find("state")
	must(err)
	must(turnout.Add(competition.Reported{Ownership: state, Firms: 200, Entered: 180}))
	coverage, findings, err := edition.Coverage(turnout, "ownership.state")
	fmt.Println(coverage, findings, err)
	// Output: 180/200 [] <nil>
}

func Example_aid() {
	var standard aid.Standard
	county("aid/standard.json", &standard)
	verdict, err := standard.Judge(aid.Household{
		Key: "H-0012", Members: make([]aid.Member, 3), Cause: "illness",
		Head:   aid.Head{Born: union.MustParseDate("1968-03-01")},
		Income: []aid.Item{{Kind: "wage", Amount: union.MustParseMoney("16200.36")}},
	}, union.MustParseDate("2010-05-31"))
	must(err)
	fmt.Println(verdict.Holds(), verdict.Failed()[0])
	// Output: false categories.extreme.net: 特困职工: income less rigid outlay per head and month: got 450.01, want below 300
}

func Example_employment() {
	var fair employment.Fair
	county("employment/fair.json", &fair)
	report := employment.Report{Openings: count("1800个"), Seekers: count("2800余人")}
	for _, rate := range fair.Rates(report) {
		if least, most, err := rate.Bounds(); err == nil {
			fmt.Println(rate.Title, least, most)
		}
	}
	// Output:
	// 求人倍率 1800/2899 9/14
	// 求职人数与岗位数之比 14/9 2899/1800
}

func Example_assessment() {
	var form assessment.Form
	county("assessment/satisfaction.json", &form)
	box := form.Box()
	must(box.AddCounts(assessment.Counts{Valid: 141, Votes: map[string]map[string]int64{
		"overall": {"content": 134, "rather": 4, "basically": 3},
	}}))
	outcome, err := form.Count(box)
	must(err)
	figures, err := form.Figures(outcome)
	must(err)
	for _, figure := range figures {
		if strings.HasPrefix(figure.Key(), "assessment.ballot.campaign.criterion.overall.answer.") {
			fmt.Println(figure.Title(), figure)
		}
	}
	// Output:
	// 开展创先争优活动的基本评价：满意 95.04%
	// 开展创先争优活动的基本评价：比较满意 2.84%
	// 开展创先争优活动的基本评价：基本满意 2.12%
	// 开展创先争优活动的基本评价：不满意 [not applicable]
}

func count(text string) union.Count {
	read, err := union.ParseCount(text)
	must(err)
	return read
}

func Example_shards() {
	var day aid.DonationDay
	county("aid/donation-day.json", &day)
	collection, err := day.Over(counties())
	must(err)
	gifts := gifts(collection.Tree(), 100_000)

	shards := make([]aid.Proceeds, runtime.NumCPU())
	var working sync.WaitGroup
	for i := range shards {
		shards[i] = collection.Proceeds()
		own := gifts[i*len(gifts)/len(shards) : (i+1)*len(gifts)/len(shards)]
		working.Go(func() { must(shards[i].Add(own...)) })
	}
	working.Wait()
	nation, err := union.Merge(shards...)
	must(err)

	alone := collection.Proceeds()
	must(alone.Add(gifts...))
	whole, err := alone.AppendBinary(nil)
	must(err)
	merged, err := nation.AppendBinary(nil)
	must(err)
	fmt.Println(bytes.Equal(whole, merged))
	// Output: true
}

// counties returns a tree of some counties under a nation.
func counties() union.Tree {
	units := []union.Unit{{Key: "nation", Title: "全国"}}
	for i := range 60 {
		units = append(units, union.Unit{Key: fmt.Sprintf("county-%d", i), Title: "县", Parent: "nation"})
	}
	day := union.MustParseDate("2010-05-04")
	hierarchy, err := union.NewHierarchy(union.Fact{On: day, Found: units})
	must(err)
	tree, err := hierarchy.On(day)
	must(err)
	return tree
}

// gifts returns so many gifts of the units at the foot of a tree.
func gifts(tree union.Tree, n int) []aid.UnitGift {
	leaves := tree.Leaves()
	given := make([]aid.UnitGift, n)
	for i := range given {
		given[i] = aid.UnitGift{Unit: leaves[i%len(leaves)], Amount: union.Fen(int64(i%1000 + 1))}
	}
	return given
}

// snippets returns the Go code of a README, a block each.
func snippets(t *testing.T, name string) []string {
	t.Helper()
	text, err := os.ReadFile("../" + name)
	require.NoError(t, err)
	var blocks []string
	for _, match := range regexp.MustCompile("(?s)```go\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		blocks = append(blocks, match[1])
	}
	return blocks
}

// bodies returns the body of each Example of this file without its output, as
// it stands in a README: not indented.
func bodies(t *testing.T) map[string]bool {
	t.Helper()
	text, err := os.ReadFile("readme_test.go")
	require.NoError(t, err)
	_, err = parser.ParseFile(token.NewFileSet(), "readme_test.go", text, 0)
	require.NoError(t, err)
	found := map[string]bool{}
	for _, match := range regexp.MustCompile(`(?s)\nfunc Example\w*\(\) \{\n(.*?)\t// Output:`).FindAllStringSubmatch(string(text), -1) {
		var body strings.Builder
		for line := range strings.Lines(match[1]) {
			body.WriteString(strings.TrimPrefix(line, "\t"))
		}
		found[body.String()] = true
	}
	return found
}

func TestTheSnippetsOfTheReadmesRun(t *testing.T) {
	run := bodies(t)
	require.Len(t, run, 7)
	for _, name := range []string{"README.md", "README.zh-CN.md"} {
		shown := snippets(t, name)
		assert.Len(t, shown, len(run), "%s shows every snippet", name)
		for _, snippet := range shown {
			assert.True(t, run[snippet], "%s: no Example is\n%s", name, snippet)
		}
	}
}

func TestTheReadmesExcerptIsWhatTheProgramPrints(t *testing.T) {
	printed, err := os.ReadFile("worksummary/testdata/summary.golden")
	require.NoError(t, err)
	for _, name := range []string{"README.md", "README.zh-CN.md"} {
		text, err := os.ReadFile("../" + name)
		require.NoError(t, err)
		excerpt := regexp.MustCompile("(?s)```text\n(.*?)```").FindStringSubmatch(string(text))
		require.NotNil(t, excerpt, "%s has no excerpt", name)
		for line := range strings.Lines(excerpt[1]) {
			if line = strings.TrimSpace(line); line != "" && line != "…" {
				assert.Contains(t, string(printed), strings.TrimSuffix(line, "…"), name)
			}
		}
	}
}
