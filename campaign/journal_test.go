package campaign_test

import (
	"encoding/json"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
)

// whole is a plan with everything that a plan may have.
var whole = sync.OnceValue(func() campaign.Plan {
	var made campaign.Plan
	if err := json.Unmarshal(must(os.ReadFile("testdata/whole.json")), &made); err != nil {
		panic(err)
	}
	return made
})

// entry reads an entry, as a unit's own records would hold it.
func entry(text string) campaign.Entry {
	var made campaign.Entry
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&made); err != nil {
		panic(err)
	}
	return made
}

// noted returns a journal of entries, all of which must be accepted in this order.
func noted(p campaign.Plan, texts ...string) campaign.Journal {
	made := p.Journal()
	for _, text := range texts {
		if err := p.Add(&made, entry(text)); err != nil {
			panic(text + ": " + err.Error())
		}
	}
	return made
}

// The course of the first phase of the whole plan, from its approval to its end.
var firstPhase = []string{
	`{"id": "p1", "on": "2010-05-04", "event": {"of": "plan", "event": "submit", "by": "office"}}`,
	`{"id": "p2", "on": "2010-05-05", "event": {"of": "plan", "event": "approve", "by": "group-3", "role": "supervising"}}`,
	`{"id": "d1", "on": "2010-05-12", "deed": {"action": "rally", "evidence": ["minutes"]}}`,
	`{"id": "d2", "on": "2010-05-20", "deed": {"action": "study"}}`,
	`{"id": "d3", "on": "2010-06-10", "deed": {"action": "report"}}`,
	`{"id": "r1", "on": "2010-06-12", "reading": {"threshold": "satisfied", "phase": "launch", "rate": {"part": 75, "whole": 100}}}`,
	`{"id": "g1", "on": "2010-06-15", "event": {"of": "phase", "key": "launch", "event": "sum-up", "by": "office", "evidence": ["minutes"]}}`,
	`{"id": "g2", "on": "2010-06-20", "event": {"of": "phase", "key": "launch", "event": "accept", "by": "county-1", "role": "superior"}}`,
}

func TestAPhaseClosesWhenTheWorkIsDoneAndTheSuperiorAcceptsIt(t *testing.T) {
	p := whole()
	j := noted(p, firstPhase...)
	for on, want := range map[string]string{
		"2010-05-03": "incomplete", "2010-06-11": "incomplete", "2010-06-12": "complete", "2010-06-19": "complete", "2010-06-20": "closed", "2011-01-01": "closed",
	} {
		assert.Equal(t, want, must(p.Judge("launch", j, day(on))).Answer, on)
	}
	back := must(p.LookBack("launch", j, day("2010-06-20")))
	closed, is := back.Closed()
	assert.True(t, is)
	assert.Equal(t, day("2010-06-20"), closed)
	assert.Equal(t, "已转段", back.State().Title)
	read := values(back.Figures())
	assert.Equal(t, "2010-06-20", read["campaign.lookback.closed"])
	assert.Equal(t, "已转段", read["campaign.lookback.gate"])
	assert.Equal(t, "[not applicable]", read["campaign.lookback.wanting"])
	assert.Equal(t, "取消评先资格，写出整改方案", read["campaign.threshold.satisfied"])
	assert.NotContains(t, read, "campaign.threshold.reporting", "no gate asks for it")
}

func TestAVerdictSaysWhatWouldHaveToBeDoneToCloseToday(t *testing.T) {
	p := whole()
	j := noted(p, firstPhase[:3]...)
	verdict := must(p.Judge("mend", j, day("2010-05-13")))
	var wanting []string
	for _, finding := range verdict.Failed() {
		wanting = append(wanting, finding.String())
	}
	assert.Equal(t, []string{
		"launch: 第一阶段: got not yet, want closed before",
		"analysis: 党性分析: got pending, want done by 2010-07-31 after report",
		"ballot: 民主评议: got pending, want done",
		"sum-up: 上报小结、重报小结: got not yet, want the look-back handed in",
		"open: 验收合格: got not yet, want accepted by superior",
	}, wanting)
	verdict = must(p.Judge("launch", p.Journal(), day("2010-05-13")))
	assert.Equal(t, "plan: 创先争优活动实施方案（全文）: got not yet, want approved", verdict.Failed()[0].String())
	assert.Equal(t, "satisfied: 群众满意率: got not measured, want one of no-honours, pass", verdict.Failed()[4].String())
}

// Each row is one entry that comes too early, from the wrong hand or without what it
// needs, after the first entries of the first phase.
func TestAnEntryThatMayNotBeIsRefusedAndChangesNothing(t *testing.T) {
	issue := []string{
		`{"id": "i1", "on": "2010-05-10", "issue": {"title": "宣传力度不大", "phase": "launch", "source": "masses", "kind": "style", "owner": "宣教部", "co_owners": ["办公室"], "deadline": "at-once", "evidence": ["photo"]}}`,
		`{"id": "i2", "on": "2010-05-10", "issue": {"title": "其一", "phase": "launch", "source": "self", "within": "i1", "owner": "办公室"}}`,
		`{"id": "s1", "on": "2010-05-11", "event": {"of": "issue", "key": "i1", "event": "start"}}`,
		`{"id": "s2", "on": "2010-05-11", "event": {"of": "issue", "key": "i2", "event": "start"}}`,
		`{"id": "o1", "on": "2010-05-11", "opinion": {"title": "多宣传", "source": "masses"}}`,
		`{"id": "m1", "on": "2010-05-11", "grouping": {"issue": "i1", "opinions": ["o1"]}}`,
		`{"id": "t1", "on": "2010-05-11", "target": {"title": "建会率", "exemplar": "邻县总工会", "lacks": "低十个百分点", "measures": "逐户走访", "from": "80", "to": "90", "due": "2010-12-31", "owner": "组织部"}}`,
		`{"id": "v1", "on": "2010-05-11", "promise": {"holder": "branch-1", "title": "走访困难职工", "items": 3}}`,
	}
	for name, row := range map[string]struct {
		before int // of the first phase
		text   string
		want   error
		where  string
	}{
		"no ID":                             {0, `{"id": "", "on": "2010-05-12", "deed": {"action": "rally"}}`, union.ErrMissing, "id"},
		"an ID that is none":                {0, `{"id": "a b", "on": "2010-05-12", "deed": {"action": "rally"}}`, union.ErrText, "id"},
		"an ID that says who it is":         {0, `{"id": "11010519491231002X", "on": "2010-05-12", "deed": {"action": "rally"}}`, union.ErrText, "id"},
		"no day":                            {0, `{"id": "x", "deed": {"action": "rally"}}`, union.ErrMissing, "on"},
		"nothing":                           {0, `{"id": "x", "on": "2010-05-12"}`, union.ErrMissing, ""},
		"two things":                        {0, `{"id": "x", "on": "2010-05-12", "deed": {"action": "rally"}, "talk": {"person": "a", "by": "b"}}`, union.ErrRepeated, ""},
		"a deed of no action":               {0, `{"id": "x", "on": "2010-05-12", "deed": {"action": "feast"}}`, union.ErrUnknown, "deed.action"},
		"evidence of no kind":               {0, `{"id": "x", "on": "2010-05-12", "deed": {"action": "rally", "evidence": ["film"]}}`, union.ErrUnknown, "deed.evidence[0]"},
		"an ID used before":                 {3, `{"id": "d1", "on": "2010-05-12", "deed": {"action": "rally"}}`, union.ErrRepeated, "id"},
		"an ID used on another day":         {3, `{"id": "d1", "on": "2010-05-13", "deed": {"action": "rally", "evidence": ["minutes"]}}`, union.ErrRepeated, "id"},
		"a waiver without a reason":         {0, `{"id": "x", "on": "2010-05-12", "waiver": {"action": "rally", "by": "county-1", "role": "superior"}}`, union.ErrMissing, "waiver.reason"},
		"a waiver by nobody":                {0, `{"id": "x", "on": "2010-05-12", "waiver": {"action": "rally", "reason": "防汛", "role": "superior"}}`, union.ErrMissing, "waiver.by"},
		"a waiver without authority":        {0, `{"id": "x", "on": "2010-05-12", "waiver": {"action": "rally", "reason": "防汛", "by": "office", "role": "office"}}`, union.ErrActor, "waiver.role"},
		"a waiver of no action":             {0, `{"id": "x", "on": "2010-05-12", "waiver": {"action": "feast", "reason": "防汛", "by": "county-1", "role": "superior"}}`, union.ErrUnknown, "waiver.action"},
		"a reading of nothing":              {0, `{"id": "x", "on": "2010-05-12", "reading": {"threshold": "satisfied", "rate": {"part": 0, "whole": 0}}}`, union.ErrUndefined, "reading.rate"},
		"a reading beyond the scale":        {0, `{"id": "x", "on": "2010-05-12", "reading": {"threshold": "satisfied", "value": "100.1"}}`, union.ErrRange, "reading.threshold"},
		"a reading without a value":         {0, `{"id": "x", "on": "2010-05-12", "reading": {"threshold": "satisfied"}}`, union.ErrMissing, "reading.reading"},
		"a reading with two":                {0, `{"id": "x", "on": "2010-05-12", "reading": {"threshold": "satisfied", "value": "60", "rate": {"part": 6, "whole": 10}}}`, union.ErrRepeated, "reading.reading"},
		"a reading of no threshold":         {0, `{"id": "x", "on": "2010-05-12", "reading": {"threshold": "joy", "value": "60"}}`, union.ErrUnknown, "reading.threshold"},
		"a reading of no phase":             {0, `{"id": "x", "on": "2010-05-12", "reading": {"threshold": "satisfied", "phase": "end", "value": "60"}}`, union.ErrUnknown, "reading.phase"},
		"an event of nothing":               {0, `{"id": "x", "on": "2010-05-12", "event": {"event": "submit"}}`, union.ErrMissing, "event.of"},
		"an event of a stone":               {0, `{"id": "x", "on": "2010-05-12", "event": {"of": "stone", "event": "submit"}}`, union.ErrUnknown, "event.of"},
		"a key of the one plan":             {0, `{"id": "x", "on": "2010-05-12", "event": {"of": "plan", "key": "k", "event": "submit"}}`, union.ErrUnknown, "event.key"},
		"an event of no phase":              {0, `{"id": "x", "on": "2010-05-12", "event": {"of": "phase", "key": "end", "event": "sum-up"}}`, union.ErrUnknown, "event.key"},
		"an event of no issue":              {0, `{"id": "x", "on": "2010-05-12", "event": {"of": "issue", "key": "d1", "event": "start"}}`, union.ErrUnknown, "event.key"},
		"an event of no promise":            {0, `{"id": "x", "on": "2010-05-12", "event": {"of": "promise", "key": "i1", "event": "review"}}`, union.ErrUnknown, "event.key"},
		"an issue's event before it":        {0, `{"id": "x", "on": "2010-05-09", "event": {"of": "issue", "key": "i1", "event": "start"}}`, union.ErrOrder, "event.key"},
		"gaps where none are named":         {0, `{"id": "x", "on": "2010-05-12", "event": {"of": "phase", "key": "launch", "event": "sum-up", "gaps": ["rally"]}}`, union.ErrUnknown, "event.gaps"},
		"gaps of an issue":                  {0, `{"id": "x", "on": "2010-05-12", "event": {"of": "issue", "key": "i1", "event": "send-back", "gaps": ["rally"]}}`, union.ErrUnknown, "event.gaps"},
		"an owner of a phase":               {0, `{"id": "x", "on": "2010-05-12", "event": {"of": "phase", "key": "launch", "event": "sum-up", "owner": "a"}}`, union.ErrUnknown, "event.owner"},
		"a state skipped":                   {0, `{"id": "x", "on": "2010-05-12", "event": {"of": "plan", "event": "approve", "by": "group-3", "role": "supervising"}}`, union.ErrGraph, `state "draft", event "approve"`},
		"approved by who submitted":         {1, `{"id": "x", "on": "2010-05-12", "event": {"of": "plan", "event": "approve", "by": "office", "role": "supervising"}}`, union.ErrActor, `state "submitted", event "approve"`},
		"approved by another body":          {1, `{"id": "x", "on": "2010-05-12", "event": {"of": "plan", "event": "approve", "by": "county-1", "role": "superior"}}`, union.ErrActor, `state "submitted", event "approve"`},
		"a phase that skips its summary":    {6, `{"id": "x", "on": "2010-06-20", "event": {"of": "phase", "key": "launch", "event": "accept", "by": "county-1", "role": "superior"}}`, union.ErrGraph, `state "open", event "accept"`},
		"a summary without evidence":        {6, `{"id": "x", "on": "2010-06-20", "event": {"of": "phase", "key": "launch", "event": "sum-up", "by": "office"}}`, union.ErrMissing, `state "open", event "sum-up"`},
		"accepted by who filed":             {7, `{"id": "x", "on": "2010-06-20", "event": {"of": "phase", "key": "launch", "event": "accept", "by": "office", "role": "superior"}}`, union.ErrActor, `state "summed-up", event "accept"`},
		"accepted before the reading":       {7, `{"id": "x", "on": "2010-06-11", "event": {"of": "phase", "key": "launch", "event": "accept", "by": "county-1", "role": "superior"}}`, union.ErrGraph, `state "open", event "accept"`},
		"sent back without gaps":            {7, `{"id": "x", "on": "2010-06-16", "event": {"of": "phase", "key": "launch", "event": "send-back", "by": "group-3", "role": "supervising"}}`, union.ErrMissing, "gaps"},
		"sent back for another phase":       {7, `{"id": "x", "on": "2010-06-16", "event": {"of": "phase", "key": "launch", "event": "send-back", "by": "group-3", "role": "supervising", "gaps": ["rally", "ballot"]}}`, union.ErrUnknown, "gaps[1]"},
		"an issue of no title":              {0, `{"id": "x", "on": "2010-05-12", "issue": {"phase": "launch", "source": "self"}}`, union.ErrMissing, "issue.title"},
		"an issue of no phase":              {0, `{"id": "x", "on": "2010-05-12", "issue": {"title": "t", "phase": "end", "source": "self"}}`, union.ErrUnknown, "issue.phase"},
		"an issue of no source":             {0, `{"id": "x", "on": "2010-05-12", "issue": {"title": "t", "phase": "launch", "source": "rumour"}}`, union.ErrUnknown, "issue.source"},
		"an issue of no kind":               {0, `{"id": "x", "on": "2010-05-12", "issue": {"title": "t", "phase": "launch", "source": "self", "kind": "mood"}}`, union.ErrUnknown, "issue.kind"},
		"an issue of no deadline":           {0, `{"id": "x", "on": "2010-05-12", "issue": {"title": "t", "phase": "launch", "source": "self", "deadline": "someday"}}`, union.ErrUnknown, "issue.deadline"},
		"an issue due before it is found":   {0, `{"id": "x", "on": "2010-05-12", "issue": {"title": "t", "phase": "launch", "source": "self", "due": "2010-05-11"}}`, union.ErrOrder, "issue.due"},
		"an owner who helps himself":        {0, `{"id": "x", "on": "2010-05-12", "issue": {"title": "t", "phase": "launch", "source": "self", "owner": "a", "co_owners": ["a"]}}`, union.ErrRepeated, "issue.co_owners[0]"},
		"a part of a part":                  {0, `{"id": "x", "on": "2010-05-12", "issue": {"title": "t", "phase": "launch", "source": "self", "within": "i2"}}`, union.ErrUnknown, "issue.within"},
		"closed by its owner":               {0, `{"id": "x", "on": "2010-05-12", "event": {"of": "issue", "key": "i2", "event": "close", "by": "办公室", "evidence": ["photo"]}}`, union.ErrActor, "by"},
		"closed by who answers with him":    {0, `{"id": "x", "on": "2010-05-12", "event": {"of": "issue", "key": "i1", "event": "close", "by": "办公室", "evidence": ["photo"]}}`, union.ErrActor, "by"},
		"closed by nobody":                  {0, `{"id": "x", "on": "2010-05-12", "event": {"of": "issue", "key": "i2", "event": "close", "evidence": ["photo"]}}`, union.ErrMissing, "by"},
		"closed by who makes himself owner": {0, `{"id": "x", "on": "2010-05-12", "event": {"of": "issue", "key": "i2", "event": "close", "by": "督导组", "owner": "督导组", "evidence": ["photo"]}}`, union.ErrActor, "by"},
		"closed without evidence":           {0, `{"id": "x", "on": "2010-05-12", "event": {"of": "issue", "key": "i2", "event": "close", "by": "督导组"}}`, union.ErrMissing, "evidence"},
		"closed without its evidence":       {0, `{"id": "x", "on": "2010-05-12", "event": {"of": "issue", "key": "i1", "event": "close", "by": "督导组", "evidence": ["notice"]}}`, union.ErrMissing, "evidence"},
		"closed before its part":            {0, `{"id": "x", "on": "2010-05-12", "event": {"of": "issue", "key": "i1", "event": "close", "by": "督导组", "evidence": ["photo"]}}`, campaign.ErrNotDone, "i2"},
		"explained without a reason":        {0, `{"id": "x", "on": "2010-05-12", "event": {"of": "issue", "key": "i2", "event": "explain", "by": "办公室"}}`, union.ErrMissing, "reason"},
		"an opinion of no title":            {0, `{"id": "x", "on": "2010-05-12", "opinion": {"source": "masses"}}`, union.ErrMissing, "opinion.title"},
		"an opinion of fewer than none":     {0, `{"id": "x", "on": "2010-05-12", "opinion": {"title": "t", "source": "masses", "times": -1}}`, union.ErrRange, "opinion.times"},
		"nothing grouped":                   {0, `{"id": "x", "on": "2010-05-12", "grouping": {"issue": "i1"}}`, union.ErrMissing, "grouping.opinions"},
		"an opinion grouped twice":          {0, `{"id": "x", "on": "2010-05-12", "grouping": {"issue": "i2", "opinions": ["o1"]}}`, union.ErrRepeated, "grouping.opinions[0]"},
		"grouped under no issue":            {0, `{"id": "x", "on": "2010-05-12", "grouping": {"issue": "o1", "opinions": ["o1"]}}`, union.ErrUnknown, "grouping.issue"},
		"no opinion grouped":                {0, `{"id": "x", "on": "2010-05-12", "grouping": {"issue": "i1", "opinions": ["i2"]}}`, union.ErrUnknown, "grouping.opinions[0]"},
		"a promise of nothing":              {0, `{"id": "x", "on": "2010-05-12", "promise": {"holder": "branch-1", "title": "t", "items": 0}}`, union.ErrRange, "promise.items"},
		"a promise of nobody":               {0, `{"id": "x", "on": "2010-05-12", "promise": {"holder": "", "title": "t", "items": 1}}`, union.ErrMissing, "promise.holder"},
		"a promise that skips a step":       {0, `{"id": "x", "on": "2010-05-12", "event": {"of": "promise", "key": "v1", "event": "publish"}}`, union.ErrGraph, `state "made", event "publish"`},
		"a comment out of turn":             {0, `{"id": "x", "on": "2010-05-12", "comment": {"cadence": "daily", "holder": "branch-1"}}`, union.ErrUnknown, "comment.cadence"},
		"a target of no exemplar":           {0, `{"id": "x", "on": "2010-05-12", "target": {"title": "t", "lacks": "l", "measures": "m", "from": "1", "to": "2", "due": "2010-12-31", "owner": "o"}}`, union.ErrMissing, "target.exemplar"},
		"a target where one stands":         {0, `{"id": "x", "on": "2010-05-12", "target": {"title": "t", "exemplar": "e", "lacks": "l", "measures": "m", "from": "2", "to": "2", "due": "2010-12-31", "owner": "o"}}`, union.ErrRange, "target.to"},
		"a target due before it is set":     {0, `{"id": "x", "on": "2010-05-12", "target": {"title": "t", "exemplar": "e", "lacks": "l", "measures": "m", "from": "1", "to": "2", "due": "2010-05-11", "owner": "o"}}`, union.ErrOrder, "target.due"},
		"a target due never":                {0, `{"id": "x", "on": "2010-05-12", "target": {"title": "t", "exemplar": "e", "lacks": "l", "measures": "m", "from": "1", "to": "2", "owner": "o"}}`, union.ErrMissing, "target.due"},
		"a value of no target":              {0, `{"id": "x", "on": "2010-05-12", "attained": {"target": "t2", "value": "85"}}`, union.ErrUnknown, "attained.target"},
		"an analysis of nothing":            {0, `{"id": "x", "on": "2010-05-12", "analysis": {"person": "a", "filled": []}}`, union.ErrMissing, "analysis.filled"},
		"an analysis of another list":       {0, `{"id": "x", "on": "2010-05-12", "analysis": {"person": "a", "filled": [{"list": "sources", "term": "self"}]}}`, union.ErrUnknown, "analysis.filled[0].list"},
		"an analysis of another term":       {0, `{"id": "x", "on": "2010-05-12", "analysis": {"person": "a", "filled": [{"list": "five-checks", "term": "mood"}]}}`, union.ErrUnknown, "analysis.filled[0].term"},
		"fewer words than none":             {0, `{"id": "x", "on": "2010-05-12", "analysis": {"person": "a", "filled": [{"list": "five-checks", "term": "style", "words": -1}]}}`, union.ErrRange, "analysis.filled[0].words"},
		"a talk with oneself":               {0, `{"id": "x", "on": "2010-05-12", "talk": {"person": "a", "by": "a"}}`, union.ErrActor, "talk.by"},
		"a talk with nobody":                {0, `{"id": "x", "on": "2010-05-12", "talk": {"person": "", "by": "a"}}`, union.ErrMissing, "talk.person"},
		"a team of nobody":                  {0, `{"id": "x", "on": "2010-05-12", "team": {"title": "t", "speciality": "law", "members": []}}`, union.ErrMissing, "team.members"},
		"a team with a member twice":        {0, `{"id": "x", "on": "2010-05-12", "team": {"title": "t", "speciality": "law", "members": ["a", "a"]}}`, union.ErrRepeated, "team.members[1]"},
		"a team of no speciality":           {0, `{"id": "x", "on": "2010-05-12", "team": {"title": "t", "speciality": "song", "members": ["a"]}}`, union.ErrUnknown, "team.speciality"},
		"service of no hours":               {0, `{"id": "x", "on": "2010-05-12", "service": {"person": "a", "hours": "0", "points": "0"}}`, union.ErrRange, "service.hours"},
		"service of fewer points":           {0, `{"id": "x", "on": "2010-05-12", "service": {"person": "a", "hours": "1", "points": "-1"}}`, union.ErrRange, "service.points"},
		"service with no team":              {0, `{"id": "x", "on": "2010-05-12", "service": {"person": "a", "team": "i1", "hours": "1", "points": "0"}}`, union.ErrUnknown, "service.team"},
	} {
		t.Run(name, func(t *testing.T) {
			p := whole()
			j := noted(p, append(append([]string{}, firstPhase[:row.before]...), issue...)...)
			before := must(json.Marshal(j.Entries()))
			err := p.Add(&j, entry(row.text))
			require.ErrorIs(t, err, row.want)
			require.Len(t, union.Faults(err), 1)
			assert.Contains(t, union.Faults(err)[0].Where, row.where)
			assert.Equal(t, string(before), string(must(json.Marshal(j.Entries()))))
			assert.NotNil(t, must(p.LookBack("launch", j, day("2010-12-31"))))
		})
	}
}

func TestAJournalOfAnotherPlanIsRefused(t *testing.T) {
	p := whole()
	other := plan().Journal()
	require.ErrorIs(t, p.Add(&other, entry(firstPhase[2])), union.ErrRule)
	require.ErrorIs(t, p.Add(nil, entry(firstPhase[2])), union.ErrMissing)
	none := campaign.Plan{}.Journal()
	require.ErrorIs(t, campaign.Plan{}.Add(&none, entry(firstPhase[2])), union.ErrRule)
	_, err := p.Join(p.Journal(), other, noted(p, firstPhase[2]), noted(p, `{"id": "d1", "on": "2010-05-12", "deed": {"action": "study"}}`))
	require.ErrorIs(t, err, union.ErrRule)
	require.Len(t, union.Faults(err), 2, "those after it are looked at")
	assert.Equal(t, "journals[1].journal", union.Faults(err)[0].Where)
	assert.Equal(t, "journals[3].id", union.Faults(err)[1].Where)
	for name, ask := range map[string]func(campaign.Journal, union.Date) error{
		"ledger":     func(j campaign.Journal, on union.Date) error { _, err := p.Ledger(j, on); return err },
		"pledges":    func(j campaign.Journal, on union.Date) error { _, err := p.Pledges(j, on); return err },
		"aims":       func(j campaign.Journal, on union.Date) error { _, err := p.Aims(j, on); return err },
		"check":      func(j campaign.Journal, on union.Date) error { _, err := p.Check(j, on); return err },
		"milestones": func(j campaign.Journal, on union.Date) error { _, err := p.Milestones(j, on); return err },
		"duties": func(j campaign.Journal, on union.Date) error {
			_, err := p.Duties(must(campaign.NewRoster(members()[3:])), j, on)
			return err
		},
	} {
		require.ErrorIs(t, ask(other, day("2010-06-30")), union.ErrRule, name)
		require.ErrorIs(t, ask(p.Journal(), union.Date{}), union.ErrMissing, name)
		require.NoError(t, ask(p.Journal(), day("2010-06-30")), name)
	}
}

func TestTheSameEntryAgainChangesNothing(t *testing.T) {
	p := whole()
	j := noted(p, firstPhase...)
	for _, text := range firstPhase {
		require.NoError(t, p.Add(&j, entry(text)))
	}
	assert.Equal(t, len(firstPhase), j.Len())
	assert.Equal(t, p.ID(), j.Rule())
}

func TestEntriesAreCopies(t *testing.T) {
	p := whole()
	texts := append(append([]string{}, firstPhase...),
		`{"id": "i1", "on": "2010-06-21", "issue": {"title": "t", "phase": "mend", "source": "self", "owner": "a", "co_owners": ["b"]}}`)
	j := noted(p, texts...)
	before := string(must(json.Marshal(j.Entries())))
	for _, each := range j.Entries() {
		if each.Deed != nil {
			each.Deed.Action = "x"
		}
		if each.Event != nil {
			each.Event.Event = "x"
		}
		if each.Reading != nil {
			each.Reading.Rate.Part = 0
		}
		if each.Issue != nil {
			each.Issue.CoOwners[0] = "x"
		}
	}
	assert.Equal(t, before, string(must(json.Marshal(j.Entries()))))
	mine := entry(firstPhase[0])
	other := p.Journal()
	require.NoError(t, p.Add(&other, mine))
	mine.Event.Event = "x"
	assert.Equal(t, "submit", other.Entries()[0].Event.Event)
}

// What is noted late is noted where it happened.
func TestAnEventMayBeNotedLater(t *testing.T) {
	p := whole()
	j := p.Journal()
	require.NoError(t, p.Add(&j, entry(firstPhase[0])))
	for _, at := range []int{3, 2, 5, 4, 6, 1} { // the summary before the approval was written down
		require.NoError(t, p.Add(&j, entry(firstPhase[at])), firstPhase[at])
	}
	require.NoError(t, p.Add(&j, entry(firstPhase[7])))
	assert.Equal(t, "closed", must(p.Judge("launch", j, day("2010-06-20"))).Answer)
	// An event that would undo what came after it does not fit.
	err := p.Add(&j, entry(`{"id": "x", "on": "2010-06-16", "event": {"of": "phase", "key": "launch", "event": "send-back", "by": "group-3", "role": "supervising", "gaps": ["study"]}}`))
	require.ErrorIs(t, err, union.ErrGraph)
	assert.Equal(t, "closed", must(p.Judge("launch", j, day("2010-06-20"))).Answer)
}

func TestWhatWasSentBackMustBeMadeUp(t *testing.T) {
	p := whole()
	j := noted(p, append(append([]string{}, firstPhase[:7]...),
		`{"id": "b1", "on": "2010-06-16", "event": {"of": "phase", "key": "launch", "event": "send-back", "by": "group-3", "role": "supervising", "gaps": ["study", "satisfied"]}}`,
		`{"id": "b2", "on": "2010-06-22", "event": {"of": "phase", "key": "launch", "event": "sum-up", "by": "office", "evidence": ["minutes"]}}`)...)
	accept := entry(`{"id": "b9", "on": "2010-06-25", "event": {"of": "phase", "key": "launch", "event": "accept", "by": "county-1", "role": "superior"}}`)
	err := p.Add(&j, accept)
	require.ErrorIs(t, err, campaign.ErrNotDone)
	assert.Contains(t, err.Error(), `state "summed-up", event "accept".study: is not done yet: got not yet, want anew since 2010-06-16`)
	require.NoError(t, p.Add(&j, entry(`{"id": "b3", "on": "2010-06-18", "deed": {"action": "study"}}`)))
	require.ErrorIs(t, p.Add(&j, accept), campaign.ErrNotDone, "the satisfaction was not measured anew")
	require.NoError(t, p.Add(&j, entry(`{"id": "b4", "on": "2010-06-19", "reading": {"threshold": "satisfied", "phase": "launch", "value": "59.99"}}`)))
	require.ErrorIs(t, p.Add(&j, accept), campaign.ErrNotDone, "it bars the phase")
	require.NoError(t, p.Add(&j, entry(`{"id": "b5", "on": "2010-06-24", "reading": {"threshold": "satisfied", "phase": "launch", "value": "60"}}`)))
	require.NoError(t, p.Add(&j, accept))
	assert.Equal(t, "closed", must(p.Judge("launch", j, day("2010-06-25"))).Answer)
	assert.Equal(t, "补课中", must(p.LookBack("launch", j, day("2010-06-21"))).State().Title)
}

// A gap is told by the title of the action or of the threshold that it names, and is made
// up on the first day on which that was done anew.
func TestAGapIsMadeUpOnTheFirstDay(t *testing.T) {
	p := whole()
	j := noted(p, append(append([]string{}, firstPhase[:7]...),
		`{"id": "b1", "on": "2010-06-16", "event": {"of": "phase", "key": "launch", "event": "send-back", "by": "group-3", "role": "supervising", "gaps": ["study", "satisfied"]}}`,
		`{"id": "b2", "on": "2010-06-18", "deed": {"action": "study"}}`,
		`{"id": "b3", "on": "2010-06-20", "deed": {"action": "study"}}`)...)
	var gaps []string
	for _, reason := range must(p.Judge("launch", j, day("2010-06-21"))).Reasons {
		if reason.Want == "anew since 2010-06-16" {
			gaps = append(gaps, reason.String())
		}
	}
	assert.Equal(t, []string{
		"study: 集中学习: got 2010-06-18, want anew since 2010-06-16",
		"satisfied: 群众满意率: got not yet, want anew since 2010-06-16",
	}, gaps)
}

// The study that was held before the rally does not count, nor yet does that of 20 May.
func TestAPhaseThatIsAcceptedLaterOnIsJudgedByWhatHadComeByThen(t *testing.T) {
	p := whole()
	j := noted(p, firstPhase[0], firstPhase[1], firstPhase[2], firstPhase[3],
		`{"id": "d0", "on": "2010-05-10", "deed": {"action": "study"}}`,
		`{"id": "g1", "on": "2010-05-15", "event": {"of": "phase", "key": "launch", "event": "sum-up", "by": "office", "evidence": ["minutes"]}}`)
	err := p.Add(&j, entry(`{"id": "g2", "on": "2010-05-19", "event": {"of": "phase", "key": "launch", "event": "accept", "by": "county-1", "role": "superior"}}`))
	require.ErrorIs(t, err, campaign.ErrNotDone)
	assert.Contains(t, err.Error(), "study: is not done yet: got out of order, want done by 2010-06-30 after rally")
}

// It stays accepted on the day on which it was; what bars it now is told.
func TestAnAcceptedPhaseIsIncompleteOnceSomethingBarsIt(t *testing.T) {
	p := whole()
	for _, later := range []string{
		`{"id": "i1", "on": "2010-06-25", "issue": {"title": "窗口排队", "phase": "launch", "source": "masses", "owner": "办公室", "deadline": "at-once"}}`,
		`{"id": "r2", "on": "2010-06-25", "reading": {"threshold": "satisfied", "phase": "launch", "value": "59.99"}}`,
	} {
		j := noted(p, append(append([]string{}, firstPhase...), later)...)
		assert.Equal(t, "closed", must(p.Judge("launch", j, day("2010-06-24"))).Answer)
		verdict := must(p.Judge("launch", j, day("2010-06-25")))
		assert.Equal(t, "incomplete", verdict.Answer)
		assert.Len(t, verdict.Failed(), 1)
		closed, is := must(p.LookBack("launch", j, day("2010-06-25"))).Closed()
		assert.True(t, is)
		assert.Equal(t, day("2010-06-20"), closed)
	}
}

func TestAnIssueToBePutRightAtOnceBarsThePhase(t *testing.T) {
	p := whole()
	j := noted(p, append(append([]string{}, firstPhase[:7]...),
		`{"id": "i1", "on": "2010-06-01", "issue": {"title": "窗口排队", "phase": "launch", "source": "masses", "owner": "办公室", "deadline": "at-once"}}`,
		`{"id": "i2", "on": "2010-06-01", "issue": {"title": "经费不足", "phase": "launch", "source": "above", "owner": "办公室", "deadline": "long"}}`,
		`{"id": "i3", "on": "2010-06-01", "event": {"of": "issue", "key": "i1", "event": "start"}}`)...)
	require.ErrorIs(t, p.Add(&j, entry(firstPhase[7])), campaign.ErrNotDone)
	require.NoError(t, p.Add(&j, entry(`{"id": "i4", "on": "2010-06-02", "event": {"of": "issue", "key": "i1", "event": "explain", "by": "办公室", "reason": "窗口在装修"}}`)))
	require.NoError(t, p.Add(&j, entry(firstPhase[7])))
}

func TestWhatIsDoneBeforeItsTurnMustBeDoneAgain(t *testing.T) {
	p := whole()
	j := noted(p, `{"id": "d1", "on": "2010-05-10", "deed": {"action": "study"}}`)
	stands := func(on string, at int) campaign.Review {
		return must(p.LookBack("launch", j, day(on))).Reviews()[at]
	}
	assert.Equal(t, campaign.OutOfOrder, stands("2010-05-10", 1).Progress)
	require.NoError(t, p.Add(&j, entry(`{"id": "d2", "on": "2010-05-11", "deed": {"action": "rally", "evidence": ["minutes"]}}`)))
	assert.Equal(t, campaign.OutOfOrder, stands("2010-05-11", 1).Progress, "it was still done before")
	require.NoError(t, p.Add(&j, entry(`{"id": "d3", "on": "2010-05-11", "deed": {"action": "study"}}`)))
	assert.Equal(t, campaign.InTime, stands("2010-05-11", 1).Progress, "on the same day is after")
	assert.Equal(t, campaign.OutOfOrder, stands("2010-05-10", 1).Progress, "and a past day keeps its answer")
	assert.Equal(t, "1项", values(must(p.LookBack("launch", j, day("2010-05-10"))).Figures())["campaign.lookback.out_of_order"])
}

func TestAWaiverSettlesAnActionWithItsReason(t *testing.T) {
	p := whole()
	j := noted(p,
		`{"id": "w1", "on": "2010-05-10", "waiver": {"action": "rally", "reason": "防汛", "by": "county-1", "role": "superior"}}`,
		`{"id": "d1", "on": "2010-05-10", "deed": {"action": "study"}}`)
	back := must(p.LookBack("launch", j, day("2010-05-10")))
	assert.Equal(t, campaign.Waived, back.Reviews()[0].Progress)
	assert.Equal(t, "防汛", back.Reviews()[0].Waiver.Reason)
	assert.Equal(t, "waived on 2010-05-10: 防汛", back.Verdict().Reasons[1].Got)
	assert.Equal(t, campaign.InTime, back.Reviews()[1].Progress, "what comes after it may begin")
	assert.Equal(t, union.Ratio{Part: 1, Whole: 2}, back.Required(), "what is waived is no part of the rate")
	assert.Equal(t, campaign.Pending, must(p.LookBack("launch", j, day("2010-05-09"))).Reviews()[0].Progress)
	assert.Equal(t, "3项", values(back.Figures())["campaign.lookback.required"], "and is still demanded")
	waived := must(back.Figures())[5]
	assert.Equal(t, "campaign.lookback.waived", waived.Key())
	assert.Contains(t, waived.Working().Inputs, union.Input{Name: "召开动员大会", Value: "2010-05-10经批准免做：防汛"})
	// What was done before it was waived is done.
	j = noted(p,
		`{"id": "d1", "on": "2010-05-10", "deed": {"action": "rally", "evidence": ["minutes"]}}`,
		`{"id": "w1", "on": "2010-05-10", "waiver": {"action": "rally", "reason": "防汛", "by": "county-1", "role": "superior"}}`)
	assert.Equal(t, campaign.InTime, must(p.LookBack("launch", j, day("2010-05-10"))).Reviews()[0].Progress)
	// Nobody may waive under a plan that lets nobody.
	bare := plan()
	none := bare.Journal()
	err := bare.Add(&none, entry(`{"id": "w1", "on": "2010-05-10", "waiver": {"action": "rally", "reason": "防汛", "by": "county-1", "role": "superior"}}`))
	require.ErrorIs(t, err, union.ErrActor)
	assert.Equal(t, "a plan that lets somebody waive", union.Faults(err)[0].Want)
	err = p.Add(&j, entry(`{"id": "w9", "on": "2010-05-10", "waiver": {"action": "study", "reason": "防汛", "by": "office", "role": "office"}}`))
	require.ErrorIs(t, err, union.ErrActor)
	assert.Equal(t, "superior", union.Faults(err)[0].Want, "who may")
}

// On the day on which its look-back is filed a phase lacks its acceptance alone, and no
// later event passes for the filing.
func TestAFiledLookBackIsToldWithItsDay(t *testing.T) {
	p := whole()
	j := noted(p, firstPhase...)
	for on, want := range map[string]string{
		"2010-06-15": "open: 验收合格: got not yet", "2010-06-19": "open: 验收合格: got not yet",
	} {
		verdict := must(p.Judge("launch", j, day(on)))
		require.Len(t, verdict.Failed(), 1, on)
		assert.Contains(t, strings.Replace(verdict.Failed()[0].String(), "summed-up", "open", 1), want)
	}
	filed := must(p.Judge("launch", j, day("2010-06-20"))).Reasons
	assert.Equal(t, "2010-06-15", filed[len(filed)-2].Got)
	assert.Equal(t, "2010-06-20", filed[len(filed)-1].Got)
}

// The gate asks for two thresholds: the first was never measured, the second twice, and
// then of another phase.
func TestEachThresholdOfAGateIsToldWithItsLastReading(t *testing.T) {
	spec := whole().Spec()
	measured := spec.Thresholds[0]
	measured.Key, measured.Title = "content", "职工满意率"
	spec.Thresholds = append(spec.Thresholds, measured)
	p := must(campaign.NewPlan(spec))
	j := noted(p,
		`{"id": "r1", "on": "2010-06-12", "reading": {"threshold": "content", "phase": "launch", "value": "61"}}`,
		`{"id": "r2", "on": "2010-06-13", "reading": {"threshold": "content", "phase": "launch", "rate": {"part": 3, "whole": 4}}}`,
		`{"id": "r3", "on": "2010-06-14", "reading": {"threshold": "content", "phase": "mend", "value": "90"}}`,
		`{"id": "r4", "on": "2010-06-15", "reading": {"threshold": "reporting", "phase": "launch", "value": "96"}}`)
	figures := must(must(p.LookBack("launch", j, day("2010-06-20"))).Figures())
	read := values(figures, nil)
	assert.Equal(t, "[unknown]", read["campaign.threshold.satisfied"])
	assert.Equal(t, "取消评先资格，写出整改方案", read["campaign.threshold.content"])
	last := figures[len(figures)-1]
	assert.Equal(t, "campaign.threshold.content", last.Key())
	assert.Contains(t, last.Working().Inputs, union.Input{Name: "测得", Value: "3/4"})
}

// A journal that was assigned shares what it holds; what one of the two notes last, the
// other may still note.
func TestWhatACopyNotedMayBeNotedAgain(t *testing.T) {
	p := whole()
	j := noted(p, firstPhase[2])
	other := j
	require.NoError(t, p.Add(&other, entry(firstPhase[3])))
	assert.Equal(t, 1, j.Len())
	require.NoError(t, p.Add(&j, entry(firstPhase[3])))
	assert.Equal(t, text(other), text(j))
}
