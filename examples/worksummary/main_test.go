package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// ran returns what the program prints and its exit status.
func ran(arguments ...string) (out, errors string, status int) {
	var o, e bytes.Buffer
	status = run(arguments, &o, &e)
	return o.String(), e.String(), status
}

// folderOf writes files where the program can read them.
func folderOf(t *testing.T, files fstest.MapFS) string {
	t.Helper()
	dir := t.TempDir()
	for name, file := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, file.Data, 0o644))
	}
	return dir
}

func TestTheSampleCountysSummary(t *testing.T) {
	out, _, status := ran()
	require.Equal(t, 0, status)
	golden(t, "testdata/summary.golden", out)
	assert.NotContains(t, out, "*", "nothing is starred")
	assert.NotContains(t, out, "\x00")
	assert.NotContains(t, out, "<no value>")
}

func TestEachFigureIsExplainedUnderItsLine(t *testing.T) {
	plain, _, _ := ran()
	out, _, status := ran("-explain")
	require.Equal(t, 0, status)
	golden(t, "testdata/explained.golden", out)
	var kept []string
	for line := range strings.Lines(out) {
		if !strings.HasPrefix(line, "    │ ") {
			kept = append(kept, line)
		}
	}
	assert.Equal(t, plain, strings.Join(kept, ""), "without the workings it is the plain summary")
	// The working of a figure stands directly under the line that prints it.
	assert.Regexp(t, `(?m)^.*24310|^.*捐款职工2045人.*\n(    │ .*\n)*    │ aid\.donation\.donors ← aid\.DonationDay\.Figures\n`, out)
}

func TestEveryFigureIsOfOneOfTheSixPackagesAndHasItsWorking(t *testing.T) {
	out, _, status := ran("-json")
	require.Equal(t, 0, status)
	golden(t, "testdata/figures.golden", out)
	var figures []struct{ Key, Title, Value, Absent, Measure, Base, By string }
	require.NoError(t, json.Unmarshal([]byte(out), &figures))
	require.NotEmpty(t, figures)
	made := regexp.MustCompile(`^(campaign|competition|aid|employment|assessment)\.[A-Z]\w+\.[A-Z]\w+$`)
	for _, figure := range figures {
		assert.Regexp(t, made, figure.By, figure.Key)
		assert.True(t, strings.HasPrefix(figure.Key, strings.Split(figure.By, ".")[0]+"."), "%s is made by %s", figure.Key, figure.By)
		assert.NotEmpty(t, figure.Title, figure.Key)
		assert.NotEqual(t, figure.Value == "", figure.Absent == "", "%s has a value or a reason for having none", figure.Key)
	}
}

// On an earlier day less is known: nothing after it counts. The campaign begins on 26 April,
// its first phase ends on 31 May, and the last due day of its issues is 31 December 2010.
func TestTheSummaryAsItStoodOnAnotherDay(t *testing.T) {
	for on, want := range map[string]map[string]string{
		"2010-04-25": { // the day before
			"campaign.study.sessions": "0", "campaign.lookback.required": "10", "campaign.lookback.done": "0", "campaign.lookback.pending": "10",
			"campaign.lookback.late": "0", "campaign.lookback.issues": "0", "campaign.lookback.issues.titles": "", "campaign.lookback.gate": "进行中",
			"campaign.ledger.opinions": "0", "campaign.ledger.parts": "0", "campaign.ledger.rate": "", "campaign.ledger.list": "",
			"campaign.promise.organisations": "0", "campaign.milestone.mobilisation": "", "campaign.talks": "0", "aid.donation.total": "0.00",
		},
		"2010-05-12": {
			"campaign.study.sessions":  "2",                                                  // held on 6 and 10 May
			"aid.donation.total":       "0.00",                                               // the donation day is later
			"campaign.lookback.issues": "1", "campaign.lookback.issues.titles": "帮扶中心午间无人值守", // found on the day itself, and taken up on the next
			"campaign.ledger.list":   "帮扶中心午间无人值守（责任：帮扶中心；期限：2010年5月22日；待整改）",
			"campaign.lookback.gate": "进行中",
		},
		// Nine of ten are done, the register of attendance two days late; the look-back is to
		// come. Of three issues one was found, on 12 May, and put right on 20 May; all opinions
		// were heard, and two of them grouped.
		"2010-05-25": {
			"campaign.study.sessions": "5", "campaign.lookback.done": "9", "campaign.lookback.late": "1", "campaign.lookback.missing": "1",
			"campaign.lookback.missing.titles": "开展回头看", "campaign.lookback.overdue": "0", "campaign.lookback.optional.done": "1",
			"campaign.lookback.issues": "1", "campaign.ledger.opinions": "22", "campaign.ledger.opinions.grouped": "2", "campaign.ledger.closed": "1",
			"campaign.ledger.list": "帮扶中心午间无人值守（责任：帮扶中心；期限：2010年5月22日；已销号）", "campaign.ledger.rate": "100.00%",
			"campaign.promise.organisations.kept": "0", "campaign.talks": "1", "campaign.targets": "0", "campaign.lookback.gate": "进行中",
		},
		// Long after, on the last day of the year: one of two open issues is due on this very
		// day, the other has no due day; both targets were due and never told; nobody accepted
		// the phase; and one of the roster served once, for four hours.
		"2010-12-31": {
			"campaign.study.sessions": "6", "campaign.lookback.done": "10", "campaign.lookback.late": "1", "campaign.lookback.missing": "0",
			"campaign.lookback.issues": "3", "campaign.ledger.closed": "1", "campaign.ledger.open": "2", "campaign.ledger.overdue": "0",
			"campaign.ledger.rate": "33.33%", "campaign.lookback.gate": "已总结待验收", "campaign.promise.organisations.kept": "5",
			"campaign.targets.missed": "2", "campaign.service.person_times": "1", "campaign.service.hours": "4",
		},
	} {
		t.Run(on, func(t *testing.T) {
			out, errors, status := ran("-on", on, "-json")
			require.Equal(t, 0, status, errors)
			var figures []struct{ Key, Value string }
			require.NoError(t, json.Unmarshal([]byte(out), &figures))
			values := map[string]string{}
			for _, figure := range figures {
				values[figure.Key] = figure.Value
			}
			for key, value := range want {
				got, there := values[key]
				assert.True(t, there, key)
				assert.Equal(t, value, got, key)
			}
			out, errors, status = ran("-on", on)
			require.Equal(t, 0, status, errors)
			assert.NotContains(t, out, "<no value>")
			assert.Contains(t, out, "五、回头看")
		})
	}
}

// The sample's standard for households is that of 2010, and judges nobody after it.
func TestADayThatARuleDoesNotKnowIsRefused(t *testing.T) {
	out, errors, status := ran("-on", "2011-01-01")
	assert.Equal(t, 1, status)
	assert.Empty(t, out)
	assert.Contains(t, errors, "aid/households.csv:2: on: out of range: got 2011-01-01, want a day in 2010-01-01/2010-12-31")
}

func TestWrongUseIsToldOnStandardErrorAlone(t *testing.T) {
	for name, row := range map[string]struct {
		arguments []string
		want      string
	}{
		"an argument that is no flag": {[]string{"county"}, `"county" is no flag`},
		"a flag that is not known":    {[]string{"-verbose"}, "flag provided but not defined"},
		"a day that does not exist":   {[]string{"-on", "2010-02-29"}, "-on: day: out of range"},
		"a day that is no day":        {[]string{"-on", "May"}, "-on: cannot be read"},
	} {
		t.Run(name, func(t *testing.T) {
			out, errors, status := ran(row.arguments...)
			assert.Equal(t, 2, status)
			assert.Empty(t, out)
			assert.Contains(t, errors, row.want)
		})
	}
	t.Run("a folder without records", func(t *testing.T) {
		out, errors, status := ran("-data", t.TempDir())
		assert.Equal(t, 1, status)
		assert.Empty(t, out)
		assert.Contains(t, errors, "campaign/plan.json: open campaign/plan.json")
		assert.Contains(t, errors, "employment/fair.json")
	})
}

// line exchanges a line of a file, counted from 1 as the header.
func line(t *testing.T, files fstest.MapFS, name string, number int, text string) fstest.MapFS {
	t.Helper()
	all := strings.Split(string(files[name].Data), "\n")
	all[number-1] = text
	return with(files, name, []byte(strings.Join(all, "\n")))
}

func TestWrongInputIsToldWithFileLineAndField(t *testing.T) {
	files := county(t)
	for name, row := range map[string]struct {
		file   string
		number int
		text   string
		want   []string
	}{
		"an amount with three places": {"aid/gifts.csv", 2, "D000001,u01,whole,,,17,870.123,2010-05-20",
			[]string{"aid/gifts.csv:2: amount: out of range"}},
		"two fields of one record": {"aid/gifts.csv", 2, "D000001,u01,gift,,,17,870.123,2010-05-20",
			[]string{"aid/gifts.csv:2: kind: ", "aid/gifts.csv:2: amount: out of range"}},
		"a unit that is not on the roster": {"aid/gifts.csv", 2, "D000001,u99,whole,,,17,870,2010-05-20",
			[]string{`aid/gifts.csv:2: unit: not known: got "u99"`}},
		"a record with a field too many": {"aid/visits.csv", 2, "W01,national,2010-04-27,1000,,x",
			[]string{"aid/visits.csv:2: wrong number of fields"}},
		"an open quotation": {"aid/visits.csv", 2, `W01,"national,2010-04-27,1000,`,
			[]string{`aid/visits.csv:2: extraneous or missing " in quoted-field`}},
		"a column that is not known": {"aid/visits.csv", 1, "worker,level,day,amount,goods",
			[]string{`aid/visits.csv:1: column "day" is not known`, `aid/visits.csv:1: column "on" is missing`}},
		"a column named twice": {"aid/visits.csv", 1, "worker,level,level,amount,goods",
			[]string{`aid/visits.csv:1: column "level" is named twice`}},
		"a column that is missing": {"aid/visits.csv", 1, "worker,level,on,amount",
			[]string{`aid/visits.csv:1: column "goods" is missing`}},
		"a stranger at a session": {"campaign/attendance.csv", 2, "s1,M999,present,",
			[]string{"campaign/attendance.csv:2: person: not known"}},
		"another mark of the same member": {"campaign/attendance.csv", 3, "s1,M001,absent,",
			[]string{"campaign/attendance.csv:3: "}},
		"a day that does not exist": {"campaign/attendance.csv", 2, "s1,M001,excused,2010-02-30",
			[]string{"campaign/attendance.csv:2: made_up.day: out of range"}},
		"an answer that the form does not have": {"assessment/appraisal-sheets.csv", 2, "member,,great,good,good,good,good",
			[]string{"assessment/appraisal-sheets.csv:2: answers.belief: not known"}},
		"a household that nobody filed": {"aid/household-items.csv", 2, "H9999,income,wage,1,no",
			[]string{"aid/household-items.csv:2: household: not known"}},
		"a mark of no candidate": {"competition/marks.csv", 2, "91139999MA00000091,safety,1",
			[]string{"competition/marks.csv:2: firm: not known"}},
		"a code with a wrong check character": {"competition/firms.csv", 2, "91139999MA00000006,甲,state,large,yes,yes,10",
			[]string{"competition/firms.csv:2: code: "}},
		"openings below zero": {"employment/postings.csv", 2, "P01,E01,machinery,技工,-5,no",
			[]string{"employment/postings.csv:2: openings: cannot be read"}},
		"an intention of nobody": {"employment/intentions.csv", 2, "S99999,P01,intention,2010-05-08",
			[]string{`employment/intentions.csv:2: seeker: not known`}},
		"a step that skips others": {"assessment/goal-steps.csv", 2, "g1,evaluate,2010-04-28,office,leading group,,",
			[]string{"assessment/goal-steps.csv:2: "}},
		"a member twice": {"campaign/members.csv", 3, "M001,某某,leader",
			[]string{"campaign/members.csv:3: person: given more than once"}},
		"a session on no day": {"campaign/sessions.csv", 2, "s1,,3,together,甲",
			[]string{"campaign/sessions.csv:2: day: must be given"}},
		"a deed that is no action of the plan": {"campaign/deeds.csv", 3, "d2,dance,2010-04-28,",
			[]string{"campaign/deeds.csv:3: deed.action: not known"}},
		"two issues with one ID": {"campaign/issues.csv", 3, "i1,乙,phase1,self,,,2010-05-28,,,",
			[]string{"campaign/issues.csv:3: id: given more than once"}},
		"an event that skips a state": {"campaign/events.csv", 3, "e02,plan,,return,2010-04-26,县第三督导组,supervising,,,,",
			[]string{`campaign/events.csv:3: plan.state "draft", event "return": does not fit the graph of states`}},
		"an issue closed by its owner": {"campaign/events.csv", 5, "e04,issue,i3,close,2010-05-20,帮扶中心,,register;photo,,,",
			[]string{`campaign/events.csv:5: issue i3.state "working", event "close".by: may not be done by this actor`}},
		"a reading of no threshold": {"campaign/readings.csv", 2, "r1,joy,phase1,2010-05-30",
			[]string{"campaign/readings.csv:2: reading.threshold: not known"}},
		"an entry that is no JSON": {"campaign/journal.jsonl", 2, "opinion",
			[]string{"campaign/journal.jsonl:2: cannot be read"}},
		"an entry with a member that is not known": {"campaign/journal.jsonl", 2, `{"id": "o2", "on": "2010-05-11", "view": {}}`,
			[]string{"campaign/journal.jsonl:2: cannot be read"}},
		"income of no kind": {"aid/household-items.csv", 2, "H0001,income,treasure,1,no",
			[]string{"aid/household-items.csv:2: kind: not known"}},
		"a household of no cause": {"aid/households.csv", 2, "H0001,U13,某某,1968-06-11,weather,,,,2010-04-06",
			[]string{"aid/households.csv:2: cause: not known"}},
		"a lapse without its reason": {"aid/reviews.csv", 2, "R-C0003,C0003,2010-04-19,lapsed,帮扶中心,",
			[]string{"aid/reviews.csv:2: reason: must be given"}},
		"a candidate twice": {"competition/candidates.csv", 3, "91139999MA00000005,甲",
			[]string{"competition/candidates.csv:3: firm: given more than once"}},
		"a mark of no item": {"competition/marks.csv", 2, "91139999MA00000005,spirit,1",
			[]string{"competition/marks.csv:2: item: not known"}},
		"a mark above its maximum": {"competition/marks.csv", 2, "91139999MA00000005,organisation,99",
			[]string{"competition/marks.csv:2: given: out of range"}},
		"an incident of no kind": {"competition/incidents.csv", 2, "91139999MA00000018,quarrel,2008-09-12",
			[]string{"competition/incidents.csv:2: kind: not known"}},
		"a title of no year": {"competition/honours.csv", 2, "91139999MA00000005,county-winner,",
			[]string{"competition/honours.csv:2: year: must be given"}},
		"an exemplar twice": {"assessment/exemplars.csv", 3, "federation,乙",
			[]string{"assessment/exemplars.csv:3: unit: given more than once"}},
		"an exemplar without a title": {"assessment/exemplars.csv", 3, "power,",
			[]string{"assessment/exemplars.csv:3: title: must be given"}},
		"an indicator that nobody compares": {"assessment/indicators.csv", 2, "federation,songs,1",
			[]string{"assessment/indicators.csv:2: values: not known"}},
		"a goal that nothing scores": {"assessment/goals.csv", 2, "songs,唱歌,首,40,42,40,",
			[]string{"assessment/goals.csv:2: key: not known"}},
		"a goal below zero": {"assessment/goals.csv", 2, "unions,新建企业工会,家,40,42,-1,",
			[]string{"assessment/goals.csv:2: given: out of range"}},
		"votes for no answer": {"assessment/satisfaction-votes.csv", 2, "overall,splendid,134",
			[]string{"assessment/satisfaction-votes.csv:2: votes.overall: not known"}},
		"a rule that is no JSON": {"employment/fair.json", 3, `  "key": fair-2010,`,
			[]string{"employment/fair.json:3: "}},
		"a rule with a member that is not known": {"employment/fair.json", 3, `  "kye": "fair-2010",`,
			[]string{"employment/fair.json: kye: not known"}},
		"a rule that lacks something": {"employment/fair.json", 3, `  "key": "",`,
			[]string{"employment/fair.json: key: must be given"}},
	} {
		t.Run(name, func(t *testing.T) {
			figures, faults := printed(line(t, files, row.file, row.number, row.text))
			assert.Empty(t, figures, "there is no summary")
			for _, want := range row.want {
				require.ErrorContains(t, errors.Join(faults...), want)
			}
		})
	}
}

func TestAllFaultsOfAllFilesAreToldAtOnce(t *testing.T) {
	files := county(t)
	files = line(t, files, "aid/gifts.csv", 2, "D000001,u99,whole,,,17,870,2010-05-20")
	files = line(t, files, "aid/gifts.csv", 4, "D000003,u03,whole,,,17,x,2010-05-20")
	files = line(t, files, "campaign/notes.csv", 2, "M001,2010-05-10,many")
	files = line(t, files, "aid/visits.csv", 2, "W01,national,2010-04-27,1000")
	files = line(t, files, "aid/visits.csv", 3, "W01,national,2010-04-27,-1,1")
	files = line(t, files, "employment/registrations.csv", 2, "S00001,retired,senior,35-44,no,2010-05-08")
	files = line(t, files, "assessment/goals.csv", 2, "songs,唱歌,首,40,42,40,") // refused with the whole card
	out, errors, status := ran("-data", folderOf(t, files))
	assert.Equal(t, 1, status)
	assert.Empty(t, out)
	assert.Equal(t, []string{
		"assessment/goals.csv:2: key", "campaign/notes.csv:2: words", "aid/gifts.csv:2: unit", "aid/gifts.csv:4: amount",
		"aid/visits.csv:3: amount", "employment/registrations.csv:2: category",
	}, places(errors))
	assert.Contains(t, errors, "aid/visits.csv:2: wrong number of fields\n", "and the records after it are read")
}

func TestWithoutADayRulesAreLookedAtAndRecordsAreNot(t *testing.T) {
	files := county(t)
	plan := string(files["campaign/plan.json"].Data)
	for name, row := range map[string]struct{ old, altered, want string }{
		"a plan that cannot be read":    {`"key": "excel-2010"`, `"key": ""`, "campaign/plan.json: key: must be given"},
		"a phase that ends at an event": {`"window": "2010-04-26/2010-05-31"`, `"window": "2010-04-26/..", "event": "上级验收"`, "campaign/plan.json: phases.window: must be given"},
	} {
		t.Run(name, func(t *testing.T) {
			broken := line(t, files, "aid/gifts.csv", 2, "D000001,u99,whole,,,17,870,2010-05-20")
			broken = line(t, broken, "aid/visits.csv", 1, "worker,level,on,amount")
			broken = with(broken, "campaign/plan.json", []byte(strings.Replace(plan, row.old, row.altered, 1)))
			out, errors, status := ran("-data", folderOf(t, broken))
			assert.Equal(t, 1, status)
			assert.Empty(t, out)
			told := strings.Split(strings.TrimSpace(errors), "\n")
			require.Len(t, told, 2, errors)
			assert.Contains(t, told[0], row.want)
			assert.Equal(t, `aid/visits.csv:1: column "goods" is missing`, told[1])
		})
	}
}

// places returns file, line and field of each fault told, leaving out what
// follows from a record that could not be counted.
func places(errors string) []string {
	var found []string
	for line := range strings.Lines(errors) {
		parts := strings.SplitN(line, ": ", 3)
		if len(parts) == 3 && !strings.Contains(parts[0], "intentions") {
			found = append(found, parts[0]+": "+parts[1])
		}
	}
	return found
}

func TestNoErrorShowsAPersonsNumber(t *testing.T) {
	const number = "11010519491231002X" // the standard's own example
	files := tiny(t)
	for name, file := range files {
		if !strings.HasSuffix(name, ".csv") || strings.Count(string(file.Data), "\n") < 2 {
			continue
		}
		all := strings.Split(string(file.Data), "\n")
		for column := range strings.Split(all[1], ",") {
			cells := strings.Split(all[1], ",")
			cells[column] = number
			_, faults := printed(line(t, files, name, 2, strings.Join(cells, ",")))
			assert.NotContains(t, fmt.Sprint(faults), number[:14], "%s, column %d", name, column+1)
		}
	}
}

func Example() {
	// The figures of the sample county's donation day.
	out, _, _ := ran()
	for line := range strings.Lines(out) {
		if strings.Contains(line, "捐款日活动") {
			fmt.Println(strings.TrimSpace(line))
		}
	}
	// Output: 捐款日活动应参加单位52个，已有48个单位捐款（92.31%），捐款职工2045人，到账110619.10元（11.06万元，大写壹拾壹万零陆佰壹拾玖元壹角整）。认捐13000.00元，已兑现4000.00元，未到账9000.00元。
}
