package competition

import (
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
)

// Figures prints what was counted, in this order:
//
//   - competition.title, competition.theme and competition.tracks, as the edition
//     says;
//   - competition.base, the firms that could enter;
//   - competition.entrants, .entrants.workers and .entrants.non_public, who did;
//   - competition.kind.KEY, the teams of each kind that take part;
//   - competition.coverage.KEY for each named base;
//   - competition.participation, of the workers of the entrants, and
//     competition.participation.base, of those of all firms;
//   - competition.result.KEY, the sum of each indicator that the edition adds; not
//     known if no report gives it, and the working says how many do;
//   - competition.quotient.KEY, each quotient over the reports that give both sides,
//     in percent or, if it is no part of a whole, as a number;
//   - competition.targets.met, how many targets are met; not applicable if there are
//     none.
//
// A rate over nothing is undefined. A rate whose part exceeds its whole is not
// known, and the working tells both. The figure of non-public entrants is not
// applicable if the edition does not say which ownerships are. Of a merged
// turnout the working says that distinct firms are a sum of the units' counts.
// Teams are not known where some counts are reported ones, since those do not
// tell them. It fails as [Edition.CheckStated] does.
func (e Edition) Figures(p Progress) ([]union.Figure, error) {
	if err := e.checkProgress(p); err != nil {
		return nil, err
	}
	t := p.Turnout
	if t.rule.IsZero() {
		t = e.Turnout()
	}
	list := union.NewFigureList("competition.Edition.Figures", e.spec.Rule)
	e.listCourse(list)
	t.listCount(list, "competition.base", "应参赛企业", union.Firms, t.totals[firms])
	t.listCount(list, "competition.entrants", "参赛企业", union.Firms, t.totals[allEntered],
		union.InputOf("其中应参赛企业", t.totals[entered]))
	t.listCount(list, "competition.entrants.workers", "参赛职工", union.Persons, t.totals[allTaking],
		union.InputOf("其中应参赛企业职工", t.totals[takingPart]))
	if err := e.listNonPublic(list, t); err != nil {
		return nil, err
	}
	e.listTeams(list, t)
	if err := e.listRates(list, t); err != nil {
		return nil, err
	}
	if err := e.listResults(list, p.Results); err != nil {
		return nil, err
	}
	if err := e.listTargets(list, p); err != nil {
		return nil, err
	}
	return list.Figures()
}

// listCourse adds what the edition says of itself.
func (e Edition) listCourse(list *union.FigureList) {
	var tracks []string
	for _, track := range e.spec.Tracks {
		tracks = append(tracks, track.Title)
	}
	var theme []string
	if e.spec.Theme != "" {
		theme = []string{e.spec.Theme}
	}
	list.Text("competition.title", "竞赛名称", []string{e.spec.Title}, union.Input{Name: "主办单位", Value: strings.Join(e.spec.Organisers, "、")})
	list.Text("competition.theme", "竞赛主题", theme, union.Input{Name: "竞赛名称", Value: e.spec.Title})
	list.Text("competition.tracks", "竞赛项目", tracks, union.InputOf("竞赛项目数", int64(len(tracks))))
}

// listCount adds the figure of a count. Its working says what it is a count of:
// distinct firms, or a sum of units' counts.
func (t Turnout) listCount(list *union.FigureList, key, title string, measure union.Measure, n int64, inputs ...union.Input) {
	spec := list.Spec(key, title, append(t.made(), inputs...)...)
	spec.Measure = measure
	spec.Working.Rule += "：" + t.basis()
	list.Add(spec.Count(n), nil)
}

// made names what the turnout is a count of.
func (t Turnout) made() []union.Input {
	return []union.Input{
		union.InputOf("按记录统计的汇总", t.totals[recorded]),
		union.InputOf("上报数字", t.totals[reported]),
	}
}

// basis says whether firms are counted once each.
func (t Turnout) basis() string {
	if t.totals[reported] == 0 && t.totals[recorded] <= 1 {
		return "同一企业只计一次"
	}
	return "各单位数相加"
}

func (e Edition) listNonPublic(list *union.FigureList, t Turnout) error {
	const key, title = "competition.entrants.non_public", "参赛非公企业"
	if len(e.spec.NonPublic) == 0 {
		list.Absent(key, title, union.Firms, union.NotApplicable, t.made()...)
		return nil
	}
	ratio, err := e.ratio(t, baseNonPublic, entered, firms)
	if err != nil {
		return err
	}
	var titles []string
	for _, key := range e.spec.NonPublic {
		code, err := e.ownership.Find(key)
		if err != nil {
			return err
		}
		titles = append(titles, e.ownership.Title(code))
	}
	list.Count(key, title, union.Firms, ratio.Part,
		union.Input{Name: "非公企业的登记注册类型", Value: strings.Join(titles, "、")},
		union.InputOf("应参赛非公企业", ratio.Whole))
	return nil
}

func (e Edition) listTeams(list *union.FigureList, t Turnout) {
	for i, term := range e.kinds.Terms() {
		key, title, measure := "competition.kind."+term.Key, "参赛"+term.Title, union.Measure("个"+term.Title)
		if t.totals[reported] > 0 {
			list.Absent(key, title, measure, union.NotKnown, t.made()...)
			continue
		}
		t.listCount(list, key, title, measure, t.teams[i], union.InputOf("参赛企业", t.totals[allEntered]))
	}
}

// listRates adds coverage over every named base, and participation over all.
func (e Edition) listRates(list *union.FigureList, t Turnout) error {
	for _, base := range e.bases {
		ratio, err := e.ratio(t, base.Key, entered, firms)
		if err != nil {
			return err
		}
		e.listRate(list, "competition.coverage."+base.Key, base.Title+"参赛覆盖面", "参赛企业", base.Title, ratio)
	}
	for _, over := range []struct {
		key, base string
		whole     int
	}{
		{"competition.participation", "参赛企业职工", workersWithin},
		{"competition.participation.base", "全部企业职工", workers},
	} {
		ratio, err := e.ratio(t, baseAll, takingPart, over.whole)
		if err != nil {
			return err
		}
		e.listRate(list, over.key, "职工参赛率", "参赛职工", over.base, ratio)
	}
	return nil
}

// listRate adds the figure of a rate, if the part is no more than the whole.
func (e Edition) listRate(list *union.FigureList, key, title, part, base string, ratio union.Ratio) {
	if ratio.Part <= ratio.Whole {
		list.Percent(key, title, part, base, ratio, e.spec.Rates)
		return
	}
	spec := list.Spec(key, title, union.InputOf(part, ratio.Part), union.InputOf(base, ratio.Whole),
		union.Input{Name: "核对", Value: part + "多于" + base})
	spec.Base, spec.Rounding = base, e.spec.Rates
	list.Add(spec.Absent(union.NotKnown), nil)
}

func (e Edition) listTargets(list *union.FigureList, p Progress) error {
	const key, title = "competition.targets.met", "达到目标"
	verdict, err := e.JudgeTargets(p)
	if err != nil {
		return err
	}
	if len(verdict.Reasons) == 0 {
		list.Absent(key, title, "项", union.NotApplicable, union.InputOf("目标数", 0))
		return nil
	}
	met := int64(0)
	var inputs []union.Input
	for _, reason := range verdict.Reasons {
		if reason.Standing == union.Met {
			met++
		}
		inputs = append(inputs, union.Input{Name: reason.Rule, Value: outcome(reason)})
	}
	spec := list.Spec(key, title, inputs...)
	spec.Measure, spec.Base = "项", strconv.Itoa(len(verdict.Reasons))+"项目标"
	list.Add(spec.Count(met), nil)
	return nil
}

// outcome writes how a target stands for a working.
func outcome(reason union.Reason) string {
	switch reason.Standing {
	case union.Met:
		return reason.Got + "，要求" + reason.Want + "，达到"
	case union.Unmet:
		return reason.Got + "，要求" + reason.Want + "，未达到"
	default:
		return "要求" + reason.Want + "，无法判定"
	}
}
