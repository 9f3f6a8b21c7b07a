package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/competition"
)

// A report is what the program prints.
type report struct {
	edition  competition.Edition
	award    competition.Award
	on       union.Date
	figures  []union.Figure
	targets  union.Verdict
	list     competition.Recommendation
	findings []union.Finding
}

// words for how a target or a reason stands.
var words = map[union.Standing]string{union.Met: "是", union.Unmet: "否", union.Unknown: "待定", union.Exempt: "不适用"}

// print writes the report: coverage, the list with every reason, and the notice.
func (r report) print(out io.Writer) error {
	var text strings.Builder
	fmt.Fprintf(&text, "%s\n主办单位：%s\n\n一、参赛情况\n", r.edition.Rule().Title, strings.Join(r.edition.Spec().Organisers, "、"))
	for _, figure := range r.figures {
		if _, ok := figure.Value(); ok {
			fmt.Fprintf(&text, "  %s：%s\n", figure.Title(), figure)
		}
	}
	for _, reason := range r.targets.Reasons {
		fmt.Fprintf(&text, "  目标“%s”：%s（%s）\n", reason.Rule, words[reason.Standing], reason.Got)
	}
	fmt.Fprintf(&text, "\n二、%s推荐名单（截至%s）\n", r.award.Title, r.on.Chinese())
	for _, place := range r.list.Places {
		r.printPlace(&text, place)
	}
	for _, share := range r.list.Shares {
		fmt.Fprintf(&text, "  名单结构“%s”：%s（%s）\n", share.Rule, words[share.Standing], share.Got)
	}
	for _, key := range r.list.Conflict {
		fmt.Fprintf(&text, "  名单结构不能同时满足：%s\n", key)
	}
	if len(r.findings) > 0 {
		text.WriteString("\n三、核对发现\n")
		for _, finding := range r.findings {
			fmt.Fprintf(&text, "  %s\n", finding)
		}
	}
	r.printNotice(&text)
	_, err := io.WriteString(out, text.String())
	return err
}

// printPlace writes where a candidate stands, and each reason that keeps it from
// the title.
func (r report) printPlace(text *strings.Builder, place competition.Place) {
	total, err := r.edition.Spec().Scores.Format(place.Total)
	if err != nil {
		total = place.Total.String()
	}
	standing := "不符合条件"
	switch {
	case place.Verdict.Holds():
		standing = "推荐"
	case place.Verdict.Standing == union.Unknown:
		standing = "待定"
	case place.Reserve > 0:
		standing = fmt.Sprintf("递补%d", place.Reserve)
	case place.Eligible:
		standing = "未列入"
	}
	rank := "  —"
	if place.Rank > 0 {
		rank = fmt.Sprintf("%3d", place.Rank)
	}
	fmt.Fprintf(text, "%s  %s  %s分  %s\n", rank, place.Title, total, standing)
	for _, failed := range place.Verdict.Failed() {
		fmt.Fprintf(text, "       · %s", failed.Rule)
		if failed.Got != "" {
			fmt.Fprintf(text, "（%s）", failed.Got)
		}
		text.WriteString("\n")
	}
}

// printNotice writes the public notice, unless somebody is undecided.
func (r report) printNotice(text *strings.Builder) {
	var titles []string
	for _, place := range r.list.Places {
		if place.Verdict.Standing == union.Unknown {
			text.WriteString("\n名单未定，暂不公示。\n")
			return
		}
		if place.Verdict.Holds() {
			titles = append(titles, place.Title)
		}
	}
	if len(titles) == 0 {
		text.WriteString("\n无推荐单位，不予公示。\n")
		return
	}
	fmt.Fprintf(text, "\n公    示\n\n    根据%s评选办法，经审核，拟推荐下列单位为%s：\n\n", r.edition.Rule().Title, r.award.Title)
	for _, title := range titles {
		fmt.Fprintf(text, "    %s\n", title)
	}
	fmt.Fprintf(text, "\n    如有异议，请在公示期内向主办单位反映。\n\n        %s\n        %s\n",
		strings.Join(r.edition.Spec().Organisers, "\n        "), r.on.Chinese())
}
