package campaign_test

import (
	"fmt"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
)

// The journal of a unit, and what is asked of it.

func ExamplePlan_Add() {
	p := whole()
	journal := p.Journal()
	fmt.Println(p.Add(&journal, campaign.Entry{
		ID: "i1", On: union.MustParseDate("2010-05-15"),
		Issue: &campaign.Issue{Title: "宣传力度不大", Phase: "launch", Source: "masses", Owner: "宣教部"},
	}))
	start := campaign.Event{Of: "issue", Key: "i1", Event: "start", By: "宣教部"}
	closing := campaign.Event{Of: "issue", Key: "i1", Event: "close", By: "宣教部", Evidence: []string{"photo"}}
	fmt.Println(p.Add(&journal, campaign.Entry{ID: "e1", On: union.MustParseDate("2010-05-20"), Event: &start}))
	fmt.Println(p.Add(&journal, campaign.Entry{ID: "e2", On: union.MustParseDate("2010-05-28"), Event: &closing}))
	closing.By = "督导组"
	fmt.Println(p.Add(&journal, campaign.Entry{ID: "e2", On: union.MustParseDate("2010-05-28"), Event: &closing}))
	// Output:
	// <nil>
	// <nil>
	// issue i1.state "working", event "close".by: may not be done by this actor: got who answers for it, want another
	// <nil>
}

func ExampleJournal_Entries() {
	for _, each := range noted(whole(), firstPhase[3], firstPhase[2]).Entries() {
		fmt.Println(each.ID, each.On, each.Deed.Action)
	}
	// Output:
	// d1 2010-05-12 rally
	// d2 2010-05-20 study
}

// Two offices noted the same rally, and one of them the study as well.
func ExamplePlan_Join() {
	p := whole()
	office, branch := noted(p, firstPhase[2]), noted(p, firstPhase[2], firstPhase[3])
	joined, err := p.Join(branch, office)
	fmt.Println(joined.Len(), err)
	// Output:
	// 2 <nil>
}

func ExamplePlan_Check() {
	p := whole()
	office := noted(p, issueCourse[4], `{"id": "x1", "on": "2010-05-16", "event": {"of": "issue", "key": "i1", "event": "start"}}`)
	branch := noted(p, issueCourse[4], `{"id": "x2", "on": "2010-05-17", "event": {"of": "issue", "key": "i1", "event": "start"}}`)
	joined, _ := p.Join(office, branch)
	found, err := p.Check(joined, union.MustParseDate("2010-06-30"))
	fmt.Println(found, err)
	// Output:
	// [issue i1, entry "x2": state "working", event "start": does not fit the graph of states: want close or explain] <nil>
}

func ExampleLookBack_Closed() {
	p := whole()
	journal := noted(p, firstPhase...)
	for _, on := range []string{"2010-06-19", "2010-06-20"} {
		back, _ := p.LookBack("launch", journal, union.MustParseDate(on))
		fmt.Println(back.State().Title)
		fmt.Println(back.Closed())
	}
	// Output:
	// 已总结待验收
	//  false
	// 已转段
	// 2010-06-20 true
}

func ExampleLookBack_Issues() {
	for _, issue := range reviewed().Issues() {
		fmt.Println(issue.ID, issue.Found, issue.Issue.Title)
	}
	// Output:
	// i1 2010-06-20 竞赛宣传力度不大
	// i2 2010-06-28 企业文化活动形式单一
}

// Waived is settled, but it is not done.
func ExampleProgress_Settled() {
	fmt.Println(campaign.Waived.Settled(), campaign.Waived.Done(), campaign.OutOfOrder.Settled())
	// Output:
	// true false false
}

func ExamplePlan_Effect() {
	for _, part := range []int64{599, 600, 800} {
		effect, err := whole().Effect(campaign.Reading{Threshold: "satisfied", Rate: &union.Ratio{Part: part, Whole: 1000}})
		fmt.Println(effect.Title, effect.Bars, err)
	}
	// Output:
	// 补课 true <nil>
	// 取消评先资格，写出整改方案 false <nil>
	// 通过 false <nil>
}

func putRight() campaign.Ledger {
	p := whole()
	ledger, err := p.Ledger(noted(p, issueCourse...), union.MustParseDate("2010-06-30"))
	if err != nil {
		fmt.Println(err)
	}
	return ledger
}

func ExamplePlan_Ledger() {
	p := whole()
	ledger, err := p.Ledger(noted(p, issueCourse...), union.MustParseDate("2010-05-25"))
	fmt.Println(len(ledger.Issues()), err)
	// Output:
	// 4 <nil>
}

func ExampleLedger_Issues() {
	for _, each := range putRight().Issues() {
		fmt.Println(each.Issue.Title, each.State.Title, each.Since, each.Opinions)
	}
	// Output:
	// 宣传力度不大 待整改 2010-05-15 2
	// 企业宣传不够 整改中 2010-05-30 0
	// 车间宣传不够 整改中 2010-06-02 0
	// 文化设施少 已说明 2010-06-21 3
}

// An issue that has parts is not counted beside them.
func ExampleLedger_Leaves() {
	for _, each := range putRight().Leaves() {
		fmt.Println(each.Issue.Title)
	}
	// Output:
	// 企业宣传不够
	// 车间宣传不够
	// 文化设施少
}

func ExampleLedger_Overdue() {
	for _, each := range putRight().Overdue() {
		fmt.Println(each.Issue.Title, each.Due, each.Issue.Owner)
	}
	// Output:
	// 企业宣传不够 2010-05-25 宣教部
}

// What cannot be solved now is no longer open, and is not closed.
func ExampleIssueStanding_Open() {
	for _, each := range putRight().Leaves() {
		fmt.Println(each.Open(), each.Closed, each.Explained)
	}
	// Output:
	// true false false
	// true false false
	// false false true
}

func ExampleLedger_Figures() {
	show(putRight().Figures())
	// Output:
	// 征求意见条数 6条
	// 已梳理归类的意见条数 5条
	// 尚未归类的意见条数 1条
	// 梳理问题个数 2个
	// 问题细项数 3项
	// 已整改销号项数 0项
	// 暂不能解决并已说明项数 1项
	// 尚未整改到位项数 2项
	// 其中逾期项数 1项
	// 曾返工重来项数 1项
	// 整改完成率 0.00%
	// 问题台账 企业宣传不够（责任：宣教部；期限：2010年5月25日；整改中；已逾期）、车间宣传不够（责任：工会办、宣教部；期限：2010年8月31日；整改中）、文化设施少（责任：办公室；期限：2010年6月30日；已说明）
	// 自己找 1项
	// 群众提 2项
	// 上级点 0项
	// 相互帮 0项
	// 未注明 0项
	// 查思想 0项
	// 查宗旨 0项
	// 查廉政 0项
	// 查作风 1项
	// 查纪律 0项
	// 未注明 2项
	// 即知即改 1项
	// 活动结束前 1项
	// 长期坚持 0项
	// 未注明 1项
}

func promised() campaign.Pledges {
	p := whole()
	pledges, err := p.Pledges(noted(p, promiseCourse...), union.MustParseDate("2010-09-30"))
	if err != nil {
		fmt.Println(err)
	}
	return pledges
}

func ExamplePlan_Pledges() {
	for _, each := range promised().All() {
		fmt.Println(each.Promise.Title, each.State.Title, each.Kept)
	}
	// Output:
	// 走访困难职工 已践诺 true
	// 建职工书屋 已提诺 false
	// 每月下基层 未兑现 false
	// 结对帮扶 已提诺 false
}

func ExamplePledges_Check() {
	for _, finding := range promised().Check() {
		fmt.Println(finding)
	}
	// Output:
	// quarter by 2010-09-30, branch-1: 一季一讲评: got none, want a comment in 2010-07-01/2010-09-30
	// quarter by 2010-09-30, p2: 一季一讲评: got none, want a comment in 2010-07-01/2010-09-30
	// half by 2010-06-30, p1: 半年一点评: got none, want a comment in 2010-01-01/2010-06-30
}

func ExamplePledges_Figures() {
	show(promised().Figures())
	// Output:
	// 作出承诺的组织 1个
	// 组织承诺事项 4项
	// 组织已兑现事项 3项
	// 组织承诺兑现率 75.00%
	// 作出承诺的个人 2人
	// 个人承诺事项 3项
	// 个人已兑现事项 0项
	// 个人承诺兑现率 0.00%
	// 接受点评的组织 1个
	// 接受点评的个人 2人次
	// 尚欠点评次数 3次
	// 已提诺 2件
	// 已审诺 0件
	// 已定诺 0件
	// 已公示 0件
	// 已践诺 1件
	// 已评诺 0件
	// 未兑现 1件
}

func aimed() campaign.Aims {
	p := whole()
	aims, err := p.Aims(noted(p, targetCourse...), union.MustParseDate("2010-10-01"))
	if err != nil {
		fmt.Println(err)
	}
	return aims
}

func ExamplePlan_Aims() {
	fmt.Println(len(aimed().All()))
	// Output:
	// 2
}

func ExampleAims_All() {
	for _, aim := range aimed().All() {
		fmt.Println(aim.Target.Title, aim.Value, aim.Told, aim.Stands)
	}
	// Output:
	// 企业建会率 90 2010-09-01 met
	// 信访积案 4 2010-09-01 unmet
}

func ExampleAims_Verdict() {
	for _, finding := range aimed().Verdict().Failed() {
		fmt.Println(finding)
	}
	// Output:
	// t2: 信访积案: got 4 on 2010-09-01, want 3 by 2010-09-30
}

func ExampleAims_Figures() {
	show(aimed().Figures())
	// Output:
	// 赶超目标项数 2项
	// 已达到项数 1项
	// 到期未达到项数 1项
	// 未到期项数 0项
	// 赶超目标 企业建会率（对照邻县总工会，差距：低十个百分点；由80到90家，2010年12月31日前）、信访积案（对照县法院，差距：办结慢；由12到3件，2010年9月30日前）
}

func owed() campaign.Duties {
	p := whole()
	duties, err := p.Duties(branch(), noted(p, dutyCourse...), union.MustParseDate("2010-08-31"))
	if err != nil {
		fmt.Println(err)
	}
	return duties
}

func ExamplePlan_Duties() {
	verdict, err := owed().Judge("p2")
	fmt.Println(verdict.Standing, err)
	// Output:
	// unknown <nil>
}

func ExampleDuties_Judge() {
	verdict, _ := owed().Judge("p3")
	for _, reason := range verdict.Reasons {
		fmt.Println(reason.Standing, reason.Finding)
	}
	// Output:
	// unmet member p3: 五查五看: got 0 of 5, without thought, purpose, integrity, style, discipline, want every part
	// unmet member p3: 三个清楚: got 0 of 3, without problems, causes, direction, want every part
	// unmet member p3: 党性分析报告: got 0 words, want at least 1500
	// unknown member p3: 书记与党员谈心: got 0, want at least 1
	// unknown member p3: hours of service in 2010: got 0, want at least 50
	// unknown member p3: points of service in 2010: got 0, want at least 60
}

func ExampleDuties_Check() {
	fmt.Println(owed().Check()[0])
	// Output:
	// member p1: 五查五看: got 0 of 5, without thought, purpose, integrity, style, discipline, want every part
}

func ExampleDuties_Figures() {
	show(owed().Figures())
	// Output:
	// 应撰写党性分析的人数 3人
	// 党性分析完整的人数 1人
	// 党性分析完成率 33.33%
	// 谈心次数 2人次
	// 尚未谈到的人数 1人
	// 志愿服务队 1支
	// 法律服务 1支
	// 家电维修 0支
	// 参加义务劳动的人数 2人
	// 参加义务劳动人次 2人次
	// 其中在义务劳动日的人次 1人次
	// 本年义务劳动时数 79.5小时
	// 义务劳动达标率 0.00%
}

func counties() union.Part[campaign.Overview] {
	p := whole()
	on := union.MustParseDate("2010-06-20")
	sum := must(p.Overview("launch", on))
	for _, journal := range []campaign.Journal{noted(p, firstPhase...), noted(p, firstPhase[:4]...)} {
		if err := sum.Add(must(p.LookBack("launch", journal, on))); err != nil {
			fmt.Println(err)
		}
	}
	return union.Part[campaign.Overview]{Sum: sum, Expected: 3, OnTime: 1, Late: 1, Missing: 1}
}

func ExamplePlan_Overview() {
	overview, err := whole().Overview("launch", union.MustParseDate("2010-06-20"))
	fmt.Println(overview.Units(), err)
	// Output:
	// 0 <nil>
}

func ExampleOverview_Add() {
	fmt.Println(counties().Sum.Units())
	// Output:
	// 2
}

func ExampleOverview_Merge() {
	sum := counties().Sum
	err := sum.Merge(counties().Sum)
	fmt.Println(sum.Units(), err)
	// Output:
	// 4 <nil>
}

func ExamplePlan_OverviewFigures() {
	show(whole().OverviewFigures(counties()))
	// Output:
	// 应报单位 3个
	// 按时报送单位 1个
	// 迟报单位 1个
	// 未报单位 1个
	// 已汇总单位 2个
	// 规定动作齐备的单位 1个
	// 已转段的单位 1个
	// 按期完成 5项
	// 逾期完成 0项
	// 经批准免做 0项
	// 佐证材料不全 0项
	// 次序颠倒，须重做 0项
	// 未到期，尚未完成 1项
	// 逾期未完成 0项
	// 规定动作完成率 83.33%
	// 问题细项 0项
	// 已整改销号 0项
	// 暂不能解决并已说明 0项
	// 逾期未整改 0项
	// 召开动员大会 2个
	// 集中学习 2个
	// 撰写阶段小结 1个
}

func ExamplePlan_Rotate() {
	turns, err := whole().Rotate([]string{"a", "b", "c", "d"}, union.MustParsePeriod("2010-07-01/2011-06-30"))
	for _, turn := range turns {
		fmt.Println(turn.Window, turn.Places)
	}
	fmt.Println(err)
	// Output:
	// 2010-07-01/2010-09-30 [[a b] [c] [d]]
	// 2010-10-01/2010-12-31 [[d a] [b] [c]]
	// 2011-01-01/2011-03-31 [[c d] [a] [b]]
	// 2011-04-01/2011-06-30 [[b c] [d] [a]]
	// <nil>
}

func ExampleLeadingGroup_On() {
	group, _ := campaign.NewLeadingGroup(succeeded())
	for _, on := range []string{"2010-06-30", "2010-07-01"} {
		fmt.Println(on, group.On(union.MustParseDate(on)).In(campaign.Head)[0].Name.Reveal())
	}
	// Output:
	// 2010-06-30 张一
	// 2010-07-01 李二
}

func ExampleLeadingGroup_Supervisors() {
	group, _ := campaign.NewLeadingGroup(succeeded())
	fmt.Println(group.Supervisors(campaign.Head)[0].Post)
	// Output:
	// 县委督导员
}

func ExampleCourse_AddSurvey() {
	c := course()
	tally := c.Writings(union.MustParseDate("2010-06-30"))
	fmt.Println(c.AddSurvey(&tally, campaign.Survey{Person: "p1", Day: union.MustParseDate("2010-06-03"), Title: "企业用工"}))
	fmt.Println(c.AddSurvey(&tally, campaign.Survey{Person: "p9", Day: union.MustParseDate("2010-06-03"), Title: "企业用工"}))
	// Output:
	// <nil>
	// person: not known: want a member of the roster
}

func ExampleNewSummary() {
	spec := form()
	spec.Items[2].Count.Sum = []string{"at-once", "rate"}
	_, err := campaign.NewSummary(spec)
	fmt.Println(err)
	// Output:
	// items[2].count.sum[1]: not known: got "rate", want an item of the same sort
}

// Of 2.38万多 issues 2.07万多 are done: 86.99% may be right, and 88% cannot be.
func ExampleSummary_Check() {
	summary, _ := campaign.NewSummary(form())
	for _, printed := range []string{"86.99", "88"} {
		found, err := summary.Check([]campaign.Stated{counted("all", "2.38万多件"), counted("done", "2.07万多件"), rated("rate", printed)})
		fmt.Println(found, err)
	}
	// Output:
	// [] <nil>
	// [rate: a printed figure follows from its inputs: got 88, want 86.61 to 87.39] <nil>
}

// What is not stated is unknown, and not zero.
func ExampleSummary_Figures() {
	summary, _ := campaign.NewSummary(form())
	show(summary.Figures([]campaign.Stated{counted("at-once", "31件"), counted("long", "51件"), {Item: "members", NotApplicable: true}}))
	// Output:
	// at-once 31件
	// long 51件
	// all 82件
	// done [unknown]
	// 完成率 [unknown]
	// 满意 [unknown]
	// 基本满意 [unknown]
	// 满意率 [unknown]
	// members [not applicable]
}
