package campaign_test

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
)

// The smaller parts of the story, each by itself.

func reviewed() campaign.LookBack {
	return lookBack("phase1", deeds(), issues(), "2010-06-30")
}

func ExampleAttendance_AddAll() {
	tally := course().Attendance(union.MustParseDate("2010-06-30"))
	err := tally.AddAll(
		campaign.Presence{Session: 0, Member: 0, Mark: campaign.Present},
		campaign.Presence{Session: 9, Member: 0, Mark: campaign.Present})
	calls, _ := course().RollCalls(tally)
	fmt.Println(err, calls[0].Present)
	// Output: presences[1].session: out of range: got 9, want below 3 0
}

func ExamplePlan_Phase() {
	phase, found := plan().Phase("phase2")
	fmt.Println(phase.Title, phase.Window, phase.Event, found)
	// Output:
	// 第二阶段 2010-07-01/.. 召开总结大会 true
}

func ExamplePlan_List() {
	checks, found := plan().List("five-checks")
	fmt.Println(checks.Rule().Title, checks.Len(), found)
	// Output:
	// 五查五看 5 true
}

func ExampleProgress_Done() {
	for _, progress := range []campaign.Progress{campaign.Late, campaign.Lacking, campaign.Overdue} {
		fmt.Println(progress, progress.Done())
	}
	// Output:
	// late true
	// evidence lacking false
	// overdue false
}

func ExampleLookBack_Phase() {
	fmt.Println(reviewed().Phase().Title)
	// Output: 第一阶段
}

func ExampleLookBack_Verdict() {
	fmt.Println(reviewed().Verdict().Answer)
	// Output: incomplete
}

func ExampleLookBack_Required() {
	fmt.Println(reviewed().Required())
	// Output: 3/4
}

func ExampleLookBack_Reviews() {
	for _, review := range reviewed().Reviews() {
		fmt.Println(review.Action.Title, review.Progress)
	}
	// Output:
	// 成立领导小组 in time
	// 召开动员大会 late
	// 制定学习计划 in time
	// 走访困难劳模 in time
	// 开展回头看 pending
}

func ExampleLookBack_Missing() {
	fmt.Println(reviewed().Missing()[0].Action.Title)
	// Output: 开展回头看
}

func ExampleLookBack_Standing() {
	late := reviewed().Standing(campaign.Late)[0]
	fmt.Println(late.Action.Title, late.Day, late.Due)
	// Output: 召开动员大会 2010-05-14 2010-05-12
}

func ExampleLookBack_Chosen() {
	fmt.Println(reviewed().Chosen()[0].Action.Title)
	// Output: 走访困难劳模
}

func ExampleSchedule_Figures() {
	schedule, _ := plan().Schedule("phase1")
	figures, _ := schedule.Figures()
	fmt.Println(figures[1], figures[2])
	// Output: 2010-05-04 2010-06-30
}

func ExampleDeployment_Figures() {
	deployment, _ := plan().Deploy(10)
	figures, _ := deployment.Figures()
	fmt.Print(figures[0].Working())
	// Output:
	// 到基层挂职锻炼人数 = 4人
	//   § 创先争优活动实施方案（1），样县总工会党组，2010年4月
	//   · 机关干部人数: 10
	//   · 权数: 1
	//   · 各部分权数: 1、1、1
	//   · 余数相同，按方案所列先后: 到基层挂职锻炼人数、到基层调研人数、处理日常工作人数
}

func ExampleRoster_Find() {
	roster, _ := campaign.NewRoster(members())
	fmt.Println(roster.Find("p3"))
	// Output: 2 <nil>
}

func ExamplePlan_Course() {
	roster, _ := campaign.NewRoster(members())
	_, err := plan().Course(roster, []campaign.Session{{Key: "s1", Title: "集中学习", Hours: union.Whole(3), Kind: "asleep"}})
	fmt.Println(err)
	// Output:
	// sessions[0].day: must be given: want the day it is held
	// sessions[0].kind: not known: got "asleep", want a kind of study of the plan
}

// Two of the three sessions are held by the day.
func ExampleCourse_Attendance() {
	c := course()
	calls, err := c.RollCalls(c.Attendance(union.MustParseDate("2010-05-31")))
	fmt.Println(calls[0].Unrecorded, err)
	// Output: 2 <nil>
}

// What was recorded once cannot be recorded otherwise.
func ExampleAttendance_Add() {
	tally := course().Attendance(union.MustParseDate("2010-05-31"))
	fmt.Println(tally.Add(campaign.Presence{Session: 1, Member: 2, Mark: campaign.Present}))
	fmt.Println(tally.Add(campaign.Presence{Session: 1, Member: 2, Mark: campaign.Present}))
	fmt.Println(tally.Add(campaign.Presence{Session: 1, Member: 2, Mark: campaign.Absent}))
	// Output:
	// <nil>
	// <nil>
	// mark: given more than once: got absent, want present, as recorded before
}

func ExampleCourse_AddMark() {
	c := course()
	tally := c.Attendance(union.MustParseDate("2010-05-31"))
	fmt.Println(c.AddMark(&tally, campaign.AttendanceMark{
		Session: "s1", Person: "p1", Mark: campaign.Present, MadeUp: union.MustParseDate("2010-05-20"),
	}))
	// Output: made_up: made up although present: got 2010-05-20, want no make-up
}

func ExampleCourse_RollCalls() {
	c := course()
	calls, err := c.RollCalls(attendance(c, "2010-06-30"))
	fmt.Printf("%+v %v\n", calls[3], err)
	// Output: {Present:1 Excused:0 Absent:1 Unrecorded:1 MadeUp:0} <nil>
}

func ExampleRollCall_Recorded() {
	fmt.Println(campaign.RollCall{Present: 5, Excused: 2, Absent: 1, Unrecorded: 1, MadeUp: 2}.Recorded())
	// Output: 8
}

func ExampleRollCall_Expected() {
	fmt.Println(campaign.RollCall{Present: 5, Excused: 2, Absent: 1, Unrecorded: 1, MadeUp: 2}.Expected())
	// Output: 9
}

func ExampleRollCall_Covered() {
	fmt.Println(campaign.RollCall{Present: 5, Excused: 2, Absent: 1, Unrecorded: 1, MadeUp: 2}.Covered())
	// Output: 7
}

func ExampleCourse_Writings() {
	c := course()
	figures, err := c.WritingFigures(c.Writings(union.MustParseDate("2010-06-30")))
	fmt.Println(figures[0], figures[2], err)
	// Output: 0字 0.00% <nil>
}

// Two offices each hold some of the notebooks.
func ExampleWritings_Merge() {
	c, on := course(), union.MustParseDate("2010-06-30")
	left, right := c.Writings(on), c.Writings(on)
	_ = c.AddNotes(&left, campaign.Notes{Person: "p1", Day: on, Words: 6000})
	_ = c.AddNotes(&right, campaign.Notes{Person: "p1", Day: on, Words: 4000})
	fmt.Println(left.Merge(right))
	figures, _ := c.WritingFigures(left)
	fmt.Println(figures[0])
	// Output:
	// <nil>
	// 10000字
}

func ExampleLeadingGroup_In() {
	for _, seat := range group().In(campaign.Ordinary) {
		fmt.Println(seat.Post, seat.Name)
	}
	// Output:
	// 办公室主任 王*
	// 副主任 赵*
	// 组织部部长 孙*
}

func ExampleLeadingGroup_Reveal() {
	masked, _ := json.Marshal(group())
	whole, _ := group().Reveal()
	fmt.Println(bytes.Contains(masked, []byte(`"name":"王*"`)))
	fmt.Println(bytes.Contains(whole, []byte(`"name":"王三"`)))
	// Output:
	// true
	// true
}

func ExampleLeadingGroup_OfficeHead() {
	fmt.Println(group().OfficeHead().Reveal())
	// Output: 王三
}
