package campaign_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
)

// Six opinions, the last heard from three; two issues, one of them in two parts.
var issueCourse = []string{
	`{"id": "o1", "on": "2010-05-10", "opinion": {"title": "多宣传竞赛", "source": "masses", "kind": "style"}}`,
	`{"id": "o2", "on": "2010-05-10", "opinion": {"title": "竞赛没听说", "source": "masses"}}`,
	`{"id": "o3", "on": "2010-05-11", "opinion": {"title": "帮扶中心开门晚", "source": "above"}}`,
	`{"id": "o4", "on": "2010-05-20", "opinion": {"title": "没有球场", "source": "mutual", "times": 3}}`,
	`{"id": "i1", "on": "2010-05-15", "issue": {"title": "宣传力度不大", "phase": "launch", "source": "masses", "kind": "style", "owner": "宣教部", "deadline": "campaign"}}`,
	`{"id": "i1a", "on": "2010-05-15", "issue": {"title": "企业宣传不够", "phase": "launch", "source": "masses", "within": "i1", "kind": "style", "owner": "宣教部", "deadline": "at-once"}}`,
	`{"id": "i1b", "on": "2010-05-15", "issue": {"title": "车间宣传不够", "phase": "launch", "source": "masses", "within": "i1", "owner": "宣教部", "deadline": "campaign"}}`,
	`{"id": "i2", "on": "2010-05-16", "issue": {"title": "文化设施少", "phase": "launch", "source": "self", "owner": "办公室", "due": "2010-06-30"}}`,
	`{"id": "m1", "on": "2010-05-16", "grouping": {"issue": "i1", "opinions": ["o1", "o2"]}}`,
	`{"id": "m2", "on": "2010-05-21", "grouping": {"issue": "i2", "opinions": ["o4"]}}`,
	`{"id": "e1", "on": "2010-05-17", "event": {"of": "issue", "key": "i1a", "event": "start", "by": "宣教部"}}`,
	`{"id": "e2", "on": "2010-05-24", "event": {"of": "issue", "key": "i1a", "event": "close", "by": "督导组", "evidence": ["photo"]}}`,
	`{"id": "e3", "on": "2010-05-30", "event": {"of": "issue", "key": "i1a", "event": "discontent", "reason": "职工仍说没听说"}}`,
	`{"id": "e4", "on": "2010-06-02", "event": {"of": "issue", "key": "i1b", "event": "start", "owner": "工会办", "co_owners": ["宣教部"]}}`,
	`{"id": "e5", "on": "2010-06-20", "event": {"of": "issue", "key": "i2", "event": "start"}}`,
	`{"id": "e6", "on": "2010-06-21", "event": {"of": "issue", "key": "i2", "event": "explain", "by": "办公室", "reason": "没有经费，列入明年计划"}}`,
}

func TestALedgerKeepsBothCountsAndEveryPartOnce(t *testing.T) {
	p := whole()
	j := noted(p, issueCourse...)
	for on, want := range map[string]map[string]string{
		"2010-05-16": {"opinions": "3条", "opinions.grouped": "2条", "opinions.ungrouped": "1条", "issues": "2个", "parts": "3项", "closed": "0项", "explained": "0项", "open": "3项", "overdue": "0项", "reopened": "0项", "rate": "0.00%"},
		"2010-05-24": {"opinions": "6条", "opinions.grouped": "5条", "opinions.ungrouped": "1条", "issues": "2个", "parts": "3项", "closed": "1项", "explained": "0项", "open": "2项", "overdue": "0项", "reopened": "0项", "rate": "33.33%"},
		// The part was due ten days after it was found, and is open again.
		"2010-05-30": {"opinions": "6条", "opinions.grouped": "5条", "opinions.ungrouped": "1条", "issues": "2个", "parts": "3项", "closed": "0项", "explained": "0项", "open": "3项", "overdue": "1项", "reopened": "1项", "rate": "0.00%"},
		// Explained is not done; the other part is overdue at the end of August.
		"2010-09-01": {"opinions": "6条", "opinions.grouped": "5条", "opinions.ungrouped": "1条", "issues": "2个", "parts": "3项", "closed": "0项", "explained": "1项", "open": "2项", "overdue": "2项", "reopened": "1项", "rate": "0.00%"},
	} {
		ledger, err := p.Ledger(j, day(on))
		require.NoError(t, err)
		read := values(ledger.Figures())
		for key, value := range want {
			assert.Equal(t, value, read["campaign.ledger."+key], "%s on %s", key, on)
		}
	}
	read := values(must(p.Ledger(j, day("2010-06-30"))).Figures())
	for key, want := range map[string]string{
		"source.self": "1项", "source.masses": "2项", "source.above": "0项", "source.mutual": "0项", "source.unknown": "0项",
		"kind.style": "1项", "kind.thought": "0项", "kind.unknown": "2项",
		"deadline.at-once": "1项", "deadline.campaign": "1项", "deadline.long": "0项", "deadline.unknown": "1项",
	} {
		assert.Equal(t, want, read["campaign.ledger."+key], key)
	}
}

func TestALedgerSaysHowEachIssueStands(t *testing.T) {
	p := whole()
	ledger := must(p.Ledger(noted(p, issueCourse...), day("2010-06-30")))
	assert.Equal(t, day("2010-06-30"), ledger.On())
	stands := map[string]campaign.IssueStanding{}
	for _, each := range ledger.Issues() {
		stands[each.ID] = each
	}
	assert.Equal(t, int64(2), stands["i1"].Opinions)
	assert.Equal(t, int64(3), stands["i2"].Opinions)
	assert.Equal(t, "已说明", stands["i2"].State.Title)
	assert.Equal(t, day("2010-06-21"), stands["i2"].Since)
	assert.False(t, stands["i2"].Open())
	assert.False(t, stands["i2"].Closed)
	assert.Equal(t, day("2010-06-30"), stands["i2"].Due, "a day of its own")
	assert.Equal(t, day("2010-05-25"), stands["i1a"].Due, "ten days after it was found")
	assert.Equal(t, 1, stands["i1a"].Reopened)
	assert.Equal(t, "工会办", stands["i1b"].Issue.Owner, "who answers for it now")
	assert.Equal(t, []string{"宣教部"}, stands["i1b"].Issue.CoOwners)
	var overdue, leaves []string
	for _, each := range ledger.Overdue() {
		overdue = append(overdue, each.ID)
	}
	for _, each := range ledger.Leaves() {
		leaves = append(leaves, each.ID)
	}
	assert.Equal(t, []string{"i1a"}, overdue)
	assert.Equal(t, []string{"i1a", "i1b", "i2"}, leaves)
	ledger.Issues()[0].Issue.Title = "x"
	assert.Equal(t, "宣传力度不大", ledger.Issues()[0].Issue.Title)
}

// An event that names who answers for an issue names all of them. One that names
// others alone leaves the owner that there is.
func TestAnEventHandsAnIssueOver(t *testing.T) {
	p := whole()
	for name, row := range map[string]struct {
		names string
		owner string
		with  []string
	}{
		"nobody":           {``, "宣教部", []string{"办公室"}},
		"another":          {`, "owner": "工会办"`, "工会办", nil},
		"more":             {`, "co_owners": ["工会办"]`, "宣教部", []string{"工会办"}},
		"another and more": {`, "owner": "工会办", "co_owners": ["宣教部"]`, "工会办", []string{"宣教部"}},
	} {
		j := noted(p,
			`{"id": "i1", "on": "2010-05-15", "issue": {"title": "t", "phase": "launch", "source": "self", "owner": "宣教部", "co_owners": ["办公室"]}}`,
			`{"id": "e1", "on": "2010-05-16", "event": {"of": "issue", "key": "i1", "event": "start"`+row.names+`}}`)
		stands := must(p.Ledger(j, day("2010-05-16"))).Issues()[0].Issue
		assert.Equal(t, row.owner, stands.Owner, name)
		assert.Equal(t, row.with, stands.CoOwners, name)
	}
}

// Who answered for an issue before does not close it either.
func TestWhoEverAnsweredForAnIssueDoesNotCloseIt(t *testing.T) {
	p := whole()
	j := noted(p, issueCourse...)
	closing := `{"id": "x", "on": "2010-07-01", "event": {"of": "issue", "key": "i1b", "event": "close", "by": "%", "evidence": ["photo"]}}`
	for _, who := range []string{"宣教部", "工会办"} {
		e := entry(closing)
		e.Event.By = who
		require.ErrorIs(t, p.Add(&j, e), union.ErrActor, who)
	}
	e := entry(closing)
	e.Event.By = "督导组"
	require.NoError(t, p.Add(&j, e))
}

func TestAnIssueNobodyAnswersForIsNotClosed(t *testing.T) {
	p := whole()
	j := noted(p,
		`{"id": "i1", "on": "2010-05-15", "issue": {"title": "t", "phase": "launch", "source": "self"}}`,
		`{"id": "e1", "on": "2010-05-16", "event": {"of": "issue", "key": "i1", "event": "start"}}`)
	err := p.Add(&j, entry(`{"id": "e2", "on": "2010-05-17", "event": {"of": "issue", "key": "i1", "event": "close", "by": "督导组", "evidence": ["photo"]}}`))
	require.ErrorIs(t, err, union.ErrMissing)
	assert.Contains(t, err.Error(), "owner")
}

func TestWithoutARectificationIssuesAreOnlyListed(t *testing.T) {
	p := plan()
	j := journal(p, nil, issues())
	require.NoError(t, p.Add(&j, campaign.Entry{ID: "i9", On: day("2010-06-01"), Issue: &campaign.Issue{
		Title: "t", Phase: "phase1", Source: "self", Due: day("2010-06-10"),
	}}))
	err := p.Add(&j, campaign.Entry{ID: "e1", On: day("2010-07-04"), Event: &campaign.Event{Of: "issue", Key: "i1", Event: "close"}})
	require.ErrorIs(t, err, union.ErrUnknown)
	for _, of := range []string{"plan", "phase", "promise"} {
		event := campaign.Event{Of: of, Event: "close"}
		if of == "phase" {
			event.Key = "phase1"
		}
		require.ErrorIs(t, p.Add(&j, campaign.Entry{ID: "e1", On: day("2010-07-04"), Event: &event}), union.ErrUnknown, of)
	}
	ledger := must(p.Ledger(j, day("2010-07-04")))
	assert.Equal(t, "5项", values(ledger.Figures())["campaign.ledger.open"])
	assert.Equal(t, "1项", values(ledger.Figures())["campaign.ledger.overdue"])
	assert.NotContains(t, values(ledger.Figures()), "campaign.ledger.kind.unknown")
	assert.Equal(t, "[undefined]", values(campaign.Ledger{}.Figures())["campaign.ledger.rate"])
}

// A whole is closed once its parts are. One that was found later did not stand in the way.
func TestAWholeIsClosedOnceItsPartsAre(t *testing.T) {
	p := whole()
	texts := append(append([]string{}, issueCourse[4:6]...),
		`{"id": "s1", "on": "2010-05-17", "event": {"of": "issue", "key": "i1", "event": "start"}}`,
		`{"id": "s2", "on": "2010-05-17", "event": {"of": "issue", "key": "i1a", "event": "start"}}`,
		`{"id": "x2", "on": "2010-05-24", "event": {"of": "issue", "key": "i1a", "event": "close", "by": "督导组", "evidence": ["photo"]}}`,
		`{"id": "i1b", "on": "2010-05-26", "issue": {"title": "车间宣传不够", "phase": "launch", "source": "masses", "within": "i1", "owner": "宣教部"}}`)
	j := noted(p, texts...)
	require.NoError(t, p.Add(&j, entry(`{"id": "x1", "on": "2010-05-25", "event": {"of": "issue", "key": "i1", "event": "close", "by": "督导组", "evidence": ["photo"]}}`)))
	j = noted(p, texts...)
	require.ErrorIs(t, p.Add(&j, entry(`{"id": "x1", "on": "2010-05-26", "event": {"of": "issue", "key": "i1", "event": "close", "by": "督导组", "evidence": ["photo"]}}`)), campaign.ErrNotDone)
}

func TestAnIssueInThreePartsIsOneIssue(t *testing.T) {
	p := whole()
	ledger := must(p.Ledger(noted(p, issueCourse[4], issueCourse[5], issueCourse[6],
		`{"id": "i1c", "on": "2010-05-15", "issue": {"title": "机关宣传不够", "phase": "launch", "source": "masses", "within": "i1", "owner": "宣教部"}}`), day("2010-05-15")))
	read := values(ledger.Figures())
	assert.Equal(t, "1个", read["campaign.ledger.issues"])
	assert.Equal(t, "3项", read["campaign.ledger.parts"])
}

// A look-back counts issues as the ledger does, and an overview parts.
func TestIssuesAndPartsAreCountedAlikeEverywhere(t *testing.T) {
	p := whole()
	j, on := noted(p, issueCourse[4:7]...), day("2010-05-15")
	ledger := values(must(p.Ledger(j, on)).Figures())
	back := must(p.LookBack("launch", j, on))
	looked := values(back.Figures())
	overview := must(p.Overview("launch", on))
	require.NoError(t, overview.Add(back))
	told := values(p.OverviewFigures(union.Part[campaign.Overview]{Sum: overview}))
	assert.Equal(t, "1个", ledger["campaign.ledger.issues"])
	assert.Equal(t, "2项", ledger["campaign.ledger.parts"])
	assert.Equal(t, ledger["campaign.ledger.issues"], looked["campaign.lookback.issues"])
	assert.Equal(t, "宣传力度不大", looked["campaign.lookback.issues.titles"])
	assert.Equal(t, "1个", looked["campaign.lookback.issues.source.masses"])
	assert.Equal(t, ledger["campaign.ledger.parts"], told["campaign.overview.parts"])
}

func TestWithoutARectificationAnIssueIsOverdueByItsOwnDayAlone(t *testing.T) {
	p := plan()
	j := noted(p,
		`{"id": "i1", "on": "2010-06-01", "issue": {"title": "甲", "phase": "phase1", "source": "self"}}`,
		`{"id": "i2", "on": "2010-06-01", "issue": {"title": "乙", "phase": "phase1", "source": "self", "due": "2010-06-20"}}`)
	assert.Empty(t, must(p.Ledger(j, day("2010-06-20"))).Overdue())
	overdue := must(p.Ledger(j, day("2010-06-21"))).Overdue()
	require.Len(t, overdue, 1)
	assert.Equal(t, "i2", overdue[0].ID)
}
