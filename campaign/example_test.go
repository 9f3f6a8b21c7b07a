package campaign_test

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
)

func show(figures []union.Figure, err error) {
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, figure := range figures {
		fmt.Println(figure.Title(), figure)
	}
}

// A county union's campaign from its plan to what is in hand: who studied, whether
// the first phase may close, and what the second asks for.
func Example() {
	made, err := campaign.NewPlan(campaign.PlanSpec{
		Rule:      union.Rule{Key: "excel-2010", Version: "1", Title: "创先争优活动方案", Source: "样县总工会，2010年4月"},
		Organiser: "样县总工会",
		Rates:     union.Rounding{Mode: union.HalfUp, Places: 1},
		Phases: []campaign.Phase{
			{
				Key: "phase1", Title: "第一阶段", Window: union.MustParsePeriod("2010-05-04/2010-06-30"),
				Actions: []campaign.Action{
					{Key: "rally", Title: "召开动员大会", Due: union.MustParseDate("2010-05-12")},
					{Key: "summary", Title: "撰写阶段小结"},
				},
			},
			{
				Key: "phase2", Title: "第二阶段", Window: union.MustParsePeriod("2010-07-01/.."), Event: "总结大会",
				Actions: []campaign.Action{{Key: "analysis", Title: "党性分析", Due: union.MustParseDate("2010-08-15")}},
			},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	roster, _ := campaign.NewRoster([]campaign.Member{{Person: "p1"}, {Person: "p2"}})
	course, _ := made.Course(roster, []campaign.Session{
		{Key: "s1", Day: union.MustParseDate("2010-05-15"), Hours: union.Whole(4), Title: "集中学习"},
	})
	attendance := course.Attendance(union.MustParseDate("2010-06-30"))
	err = errors.Join(
		course.AddMark(&attendance, campaign.AttendanceMark{Session: "s1", Person: "p1", Mark: campaign.Present}),
		course.AddMark(&attendance, campaign.AttendanceMark{
			Session: "s1", Person: "p2", Mark: campaign.Excused, MadeUp: union.MustParseDate("2010-05-20"),
		}))
	fmt.Println(err)
	throughout, _ := course.Throughout(attendance)
	fmt.Println("everyone throughout:", throughout.Standing)

	journal := made.Journal()
	err = made.Add(&journal, campaign.Entry{
		ID: "d1", On: union.MustParseDate("2010-05-11"), Deed: &campaign.Deed{Action: "rally"},
	})
	fmt.Println(err)
	verdict, _ := made.Judge("phase1", journal, union.MustParseDate("2010-06-30"))
	fmt.Println("phase one:", verdict.Answer)
	for _, finding := range verdict.Failed() {
		fmt.Println(finding)
	}
	schedule, _ := made.Schedule("phase2")
	for _, row := range schedule.Rows {
		fmt.Println(row.Due, row.Action.Title)
	}
	// Output:
	// <nil>
	// everyone throughout: met
	// <nil>
	// phase one: incomplete
	// summary: 撰写阶段小结: got pending, want done by 2010-06-30
	// 2010-08-15 党性分析
}

func ExampleNewPlan() {
	_, err := campaign.NewPlan(campaign.PlanSpec{
		Rule:      union.Rule{Key: "excel-2010", Version: "1", Title: "创先争优活动方案", Source: "样县总工会"},
		Organiser: "样县总工会",
		Rates:     union.Rounding{Mode: union.HalfUp},
		Phases: []campaign.Phase{{
			Key: "phase1", Title: "第一阶段", Window: union.MustParsePeriod("2010-05-04/2010-06-30"),
			Actions: []campaign.Action{
				{Key: "rally", Title: "召开动员大会", Due: union.MustParseDate("2010-07-01")},
				{Key: "rally", Title: "制定学习计划"},
			},
		}},
	})
	fmt.Println(err)
	// Output:
	// phases[0].actions[0].due: out of range: got 2010-07-01, want within 2010-05-04/2010-06-30
	// phases[0].actions[1].key: given more than once: got "rally", want a new key
}

func ExamplePlan_UnmarshalJSON() {
	var made campaign.Plan
	fmt.Println(json.Unmarshal(planText(), &made))
	fmt.Println(made.Rule().Title)
	// Output:
	// <nil>
	// 创先争优活动实施方案
}

// The phase's own last day is the due day of an action that has none.
func ExamplePhase_DueDay() {
	phase, _ := plan().Phase("phase1")
	fmt.Println(phase.DueDay(phase.Actions[0]))
	fmt.Println(phase.DueDay(phase.Actions[2]))
	// Output:
	// 2010-05-10 true
	// 2010-06-30 true
}

// The rally was held on the 12th, but its minutes came on the 14th.
func ExamplePlan_Judge() {
	made := plan()
	journal := made.Journal()
	for _, entry := range []campaign.Entry{
		{ID: "d1", On: union.MustParseDate("2010-05-12"), Deed: &campaign.Deed{Action: "rally", Evidence: []string{"photo"}}},
		{ID: "d2", On: union.MustParseDate("2010-05-14"), Deed: &campaign.Deed{Action: "rally", Evidence: []string{"minutes"}}},
	} {
		if err := made.Add(&journal, entry); err != nil {
			fmt.Println(err)
		}
	}
	for _, on := range []string{"2010-05-11", "2010-05-13", "2010-05-14"} {
		verdict, err := made.Judge("phase1", journal, union.MustParseDate(on))
		fmt.Println(on, verdict.Reasons[1].Standing, verdict.Reasons[1].Got, err)
	}
	// Output:
	// 2010-05-11 unmet pending <nil>
	// 2010-05-13 unmet evidence lacking: minutes <nil>
	// 2010-05-14 met late on 2010-05-14 <nil>
}

func ExamplePlan_LookBack() {
	back, err := plan().LookBack("phase1", journal(plan(), deeds(), issues()), union.MustParseDate("2010-06-30"))
	fmt.Println(back.Required(), err)
	for _, review := range back.Missing() {
		fmt.Println(review.Action.Title, review.Progress)
	}
	for _, issue := range back.Issues() {
		fmt.Println(issue.Issue.Title, issue.Issue.Source)
	}
	// Output:
	// 3/4 <nil>
	// 开展回头看 pending
	// 竞赛宣传力度不大 masses
	// 企业文化活动形式单一 self
}

func ExampleLookBack_Figures() {
	back, _ := plan().LookBack("phase1", journal(plan(), deeds(), issues()), union.MustParseDate("2010-06-30"))
	figures, err := back.Figures()
	fmt.Println(err)
	fmt.Print(figures[2].Working())
	// Output:
	// <nil>
	// 缺项项数 = 1项
	//   § 创先争优活动实施方案（1），样县总工会党组，2010年4月
	//   · 阶段: 第一阶段
	//   · 截至: 2010-06-30
	//   · 规定动作: 4
	//   · 开展回头看: 未到期，尚未完成
}

func ExamplePlan_Milestones() {
	show(plan().Milestones(journal(plan(), deeds(), nil), union.MustParseDate("2010-06-30")))
	// Output:
	// 动员大会日期 2010-05-12
}

func ExamplePlan_Figures() {
	show(plan().Figures())
	// Output:
	// 发起单位 样县总工会
	// 活动名称 创先争优活动实施方案
	// 批次 [not applicable]
	// 五查五看 查思想、查宗旨、查廉政、查作风、查纪律
}

func ExamplePlan_Schedule() {
	schedule, err := plan().Schedule("phase2")
	fmt.Println(err)
	show(schedule.Figures())
	// Output:
	// <nil>
	// 阶段名称 第二阶段
	// 开始日期 2010-07-01
	// 结束日期 召开总结大会
	// 环节 党性教育
	// 动作项数 4项
	// 规定动作项数 3项
	// 自选动作项数 1项
	// 工作安排 党性教育：重温入党誓词（截至2010年7月1日）、党性教育：撰写党性分析报告（截至2010年8月15日）、成立志愿服务队（截至2010年8月15日）、民主评议党员
}

// The October day falls in a holiday, and the plan moves it.
func ExamplePlan_ServiceDays() {
	days, err := plan().ServiceDays(union.MustParsePeriod("2010-09-01/2010-11-30"))
	fmt.Println(days, err)
	// Output:
	// [2010-09-04 2010-10-16 2010-11-06] <nil>
}

func ExamplePlan_ServiceFigures() {
	show(plan().ServiceFigures(union.MustParsePeriod("2010-09-01/2010-11-30")))
	// Output:
	// 义务劳动日 2010年9月4日、2010年10月16日、2010年11月6日
	// 首个义务劳动日 2010-09-04
	// 义务劳动日天数 3天
}

// Eleven do not divide by three: two are left over, to the earlier parts.
func ExamplePlan_Deploy() {
	deployment, err := plan().Deploy(11)
	fmt.Println(deployment.Counts, deployment.Tied, err)
	show(deployment.Figures())
	// Output:
	// [4 4 3] [0 1 2] <nil>
	// 到基层挂职锻炼人数 4人
	// 到基层调研人数 4人
	// 处理日常工作人数 3人
}

func ExampleNewRoster() {
	_, err := campaign.NewRoster([]campaign.Member{{Person: "p1"}, {Person: "p1"}})
	fmt.Println(err)
	// Output:
	// roster[1].person: given more than once: want each member once
}

func ExampleRoster_Figures() {
	roster, _ := campaign.NewRoster(members())
	show(roster.Figures())
	// Output:
	// 党员人数 4人
}

// A stranger is refused, and the fault does not tell who it was.
func ExampleCourse_Presence() {
	presence, err := course().Presence(campaign.AttendanceMark{Session: "s2", Person: "p3", Mark: campaign.Absent})
	fmt.Println(presence.Session, presence.Member, presence.Mark, err)
	_, err = course().Presence(campaign.AttendanceMark{Session: "s2", Person: "stranger", Mark: campaign.Present})
	fmt.Println(err)
	// Output:
	// 1 2 absent <nil>
	// person: not known: want a member of the roster
}

// Two offices hold one sheet each, and both hold one line of it.
func ExampleAttendance_Merge() {
	c := course()
	left, right := c.Attendance(union.MustParseDate("2010-05-20")), c.Attendance(union.MustParseDate("2010-05-20"))
	_ = left.Add(campaign.Presence{Session: 0, Member: 0, Mark: campaign.Present})
	_ = left.Add(campaign.Presence{Session: 0, Member: 1, Mark: campaign.Absent})
	_ = right.Add(campaign.Presence{Session: 0, Member: 1, Mark: campaign.Absent})
	fmt.Println(left.Merge(right))
	fmt.Println(c.RollCalls(left))
	_ = right.Add(campaign.Presence{Session: 0, Member: 0, Mark: campaign.Excused})
	fmt.Println(left.Merge(right))
	// Output:
	// <nil>
	// [{1 0 0 0 0} {0 0 1 0 0} {0 0 0 1 0} {0 0 0 1 0}] <nil>
	// session 0, member 0: given more than once: got excused, want present, as recorded before
}

func ExampleCourse_Throughout() {
	c := course()
	verdict, err := c.Throughout(attendance(c, "2010-06-30"))
	fmt.Println(verdict.Standing, err)
	for _, finding := range verdict.Failed() {
		fmt.Println(finding)
	}
	// Output:
	// unmet <nil>
	// member p4: present or made up at every session held: got 1, of which 0 made up, and 1 unrecorded, want 3
}

func ExampleCourse_Persons() {
	c := course()
	persons, err := c.Persons(attendance(c, "2010-05-15"))
	fmt.Println(persons.All(), err)
	// Output:
	// [p1 p3] <nil>
}

func ExampleCourse_AttendanceFigures() {
	c := course()
	show(c.AttendanceFigures(attendance(c, "2010-06-30")))
	// Output:
	// 集中学习次数 3次
	// 集中学习学时 9.5学时
	// 应到人次 12人次
	// 实到人次 8人次
	// 请假人次 2人次
	// 缺勤人次 1人次
	// 补课人次 2人次
	// 未登记人次 1人次
	// 参加学习人数 4人
	// 出勤率 72.73%
	// 补课后参学率 90.91%
	// 全程参学率 75.00%
}

// Sums that count as written on a later day wait for that day.
func ExampleCourse_AddNotes() {
	c := course()
	tally := c.Writings(union.MustParseDate("2010-06-01"))
	fmt.Println(c.AddNotes(&tally, campaign.Notes{Person: "p1", Day: union.MustParseDate("2010-05-31"), Words: 7000}))
	fmt.Println(c.AddNotes(&tally, campaign.Notes{Person: "p1", Day: union.MustParseDate("2010-06-20"), Words: 3000}))
	figures, _ := c.WritingFigures(tally)
	fmt.Println(figures[0])
	// Output:
	// <nil>
	// <nil>
	// 7000字
}

func ExampleCourse_WritingFigures() {
	c := course()
	show(c.WritingFigures(writings(c, "2010-06-30")))
	// Output:
	// 学习笔记字数 25999字
	// 记学习笔记人数 3人
	// 学习笔记达标率 50.00%
	// 心得体会篇数 4篇
	// 撰写心得体会人数 3人
	// 心得体会达标率 50.00%
	// 调研次数 0次
	// 开展调研人数 0人
	// 调研达标率 [not applicable]
}

// A reflection shorter than the quota demands is counted, but not towards it.
func ExampleCourse_AddReflection() {
	c := course()
	tally := c.Writings(union.MustParseDate("2010-06-30"))
	fmt.Println(c.AddReflection(&tally, campaign.Reflection{
		Person: "p3", Day: union.MustParseDate("2010-06-25"), Title: "服务职工", Words: 999,
	}))
	verdict, _ := c.Judge("p3", c.Attendance(union.MustParseDate("2010-06-30")), tally)
	fmt.Println(verdict.Reasons[2].Finding)
	// Output:
	// <nil>
	// member p3: reflections: got 1, of which 0 long enough, want at least 1 of 1000 words or more
}

// An unrecorded session may have been attended, so nobody is blamed for it.
func ExampleCourse_Judge() {
	c := course()
	verdict, err := c.Judge("p4", attendance(c, "2010-06-30"), writings(c, "2010-06-30"))
	fmt.Println(verdict.Standing, err)
	for _, reason := range verdict.Reasons {
		fmt.Println(reason.Standing, reason.Rule, reason.Got)
	}
	// Output:
	// unmet <nil>
	// unknown hours of study 2.5
	// unmet words of notes 0
	// unmet reflections 0, of which 0 long enough
}

func ExampleCourse_Check() {
	c := course()
	owed, err := c.Check(attendance(c, "2010-06-30"), writings(c, "2010-06-30"))
	fmt.Println(len(owed), err)
	fmt.Println(owed[0])
	// Output:
	// 5 <nil>
	// member p2: words of notes: got 9999, want at least 10000
}

func ExampleNewLeadingGroup() {
	spec := group().Spec()
	spec.Seats[1].Role = campaign.Head
	_, err := campaign.NewLeadingGroup(spec)
	fmt.Println(err)
	// Output:
	// seats[1].role: given more than once: got head, want exactly one head
}

// Printed by itself a group masks its names; its figures are published.
func ExampleLeadingGroup_Figures() {
	fmt.Println(group().In(campaign.Deputy)[0].Name)
	show(group().Figures())
	// Output:
	// 李*
	// 领导小组组长 党组书记 张一
	// 领导小组副组长 副主席 李二
	// 领导小组成员 办公室主任 王三、副主任 赵四、组织部部长 孙五
	// 领导小组成员人数 3人
	// 领导小组办公室主任 王三
	// 领导小组办公室地点 县总工会办公室
	// 督导组组长 [not applicable]
	// 督导组成员 [not applicable]
}
