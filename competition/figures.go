package competition

import (
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
)

// Figures prints the turnout, in this order:
//
//   - competition.theme and competition.tracks, as the edition says;
//   - competition.base, the firms that could enter;
//   - competition.entrants, .entrants.workers and .nonpublic, who did;
//   - competition.kind.KEY, the teams of each kind that take part;
//   - competition.coverage.KEY for each named base;
//   - competition.participation, of the workers of the entrants, and
//     competition.participation.base, of those of all firms;
//   - competition.targets.met, how many targets are met.
//
// A rate over nothing is undefined. A rate whose part exceeds its whole is not
// known, and the working holds the finding. The figure of non-public entrants is
// not applicable if the edition does not say which ownerships are. Of a merged
// turnout the working says that distinct firms are a sum of the units' counts.
// Teams are not known where all counts are reported ones. It fails as
// [Edition.Coverage] does.
func (e Edition) Figures(t Turnout) ([]union.Figure, error) {
	if err := e.own("turnout", t.rule); err != nil {
		return nil, err
	}
	if t.rule.IsZero() {
		t = e.Turnout()
	}
	figures := []union.Figure{e.theme(), e.tracks()}
	base, err := e.ratio(t, baseAll, entered, firms)
	if err != nil {
		return nil, err
	}
	figures = append(figures,
		e.counted(t, "competition.base", "应参赛企业", union.Firms, base.Whole),
		e.counted(t, "competition.entrants", "参赛企业", union.Firms, t.entrants),
		e.counted(t, "competition.entrants.workers", "参赛职工", union.Persons, t.taking),
	)
	nonPublic, err := e.nonPublic(t)
	if err != nil {
		return nil, err
	}
	figures = append(figures, nonPublic)
	figures = append(figures, e.teams(t)...)
	rates, err := e.rates(t)
	if err != nil {
		return nil, err
	}
	figures = append(figures, rates...)
	met, err := e.targetsMet(t)
	if err != nil {
		return nil, err
	}
	return append(figures, met), nil
}

// figure begins a figure of the edition's turnout.
func (e Edition) figure(key, title, result string, inputs ...union.Input) union.FigureSpec {
	return union.FigureSpec{
		Key: key, Title: title, By: "competition.Edition.Figures",
		Working: union.Working{Item: title, Rule: e.spec.Title, Inputs: inputs, Result: result},
	}
}

func (e Edition) theme() union.Figure {
	spec := e.figure("competition.theme", "竞赛主题", e.spec.Theme, union.Input{Name: "theme", Value: e.spec.Theme})
	if e.spec.Theme == "" {
		return spec.Absent(union.NotApplicable)
	}
	return spec.Text(e.spec.Theme)
}

func (e Edition) tracks() union.Figure {
	var titles []string
	for _, track := range e.spec.Tracks {
		titles = append(titles, track.Title)
	}
	listed := strings.Join(titles, "、")
	spec := e.figure("competition.tracks", "竞赛项目", listed, union.Input{Name: "tracks", Value: listed})
	if len(titles) == 0 {
		return spec.Absent(union.NotApplicable)
	}
	return spec.Text(titles...)
}

// counted returns the figure of a count, and says in its working what it is a
// count of: distinct firms, or a sum of units' counts.
func (e Edition) counted(t Turnout, key, title string, measure union.Measure, n int64) union.Figure {
	spec := e.figure(key, title, strconv.FormatInt(n, 10)+string(measure), t.made()...)
	spec.Measure = measure
	spec.Working.Rule += "：" + t.basis()
	return spec.Count(n)
}

// made names what the turnout is a count of.
func (t Turnout) made() []union.Input {
	return []union.Input{
		{Name: "counts of records", Value: strconv.FormatInt(t.counted, 10)},
		{Name: "reported counts", Value: strconv.FormatInt(t.reported, 10)},
		{Name: "firms of the population", Value: strconv.FormatInt(t.sums[firms], 10)},
		{Name: "distinct firms that entered", Value: strconv.FormatInt(t.entrants, 10)},
		{Name: "workers taking part", Value: strconv.FormatInt(t.taking, 10)},
	}
}

// basis says whether firms are counted once each.
func (t Turnout) basis() string {
	if t.reported == 0 && t.counted <= 1 {
		return "同一企业只计一次"
	}
	return "各单位数相加"
}

func (e Edition) nonPublic(t Turnout) (union.Figure, error) {
	spec := e.figure("competition.nonpublic", "参赛非公企业", "", t.made()...)
	spec.Measure = union.Firms
	if len(e.spec.NonPublic) == 0 {
		return spec.Absent(union.NotApplicable), nil
	}
	ratio, err := e.ratio(t, baseNonPublic, entered, firms)
	if err != nil {
		return union.Figure{}, err
	}
	spec.Working.Inputs = []union.Input{
		{Name: "ownerships", Value: strings.Join(e.spec.NonPublic, ", ")},
		{Name: "entrants of these ownerships", Value: strconv.FormatInt(ratio.Part, 10)},
	}
	spec.Working.Result = strconv.FormatInt(ratio.Part, 10) + string(union.Firms)
	return spec.Count(ratio.Part), nil
}

func (e Edition) teams(t Turnout) []union.Figure {
	var figures []union.Figure
	for kind, term := range e.kinds.Terms() {
		n := int64(0)
		if kind < len(t.teams) {
			n = t.teams[kind]
		}
		key := "competition.kind." + term.Key
		title := "参赛" + term.Title
		measure := union.Measure("个" + term.Title)
		if t.counted == 0 && t.reported > 0 {
			spec := e.figure(key, title, "", t.made()...)
			spec.Measure = measure
			figures = append(figures, spec.Absent(union.NotKnown))
			continue
		}
		figures = append(figures, e.counted(t, key, title, measure, n))
	}
	return figures
}

// rates returns coverage over every named base, and participation over all.
func (e Edition) rates(t Turnout) ([]union.Figure, error) {
	var figures []union.Figure
	for _, base := range e.bases {
		ratio, found, err := e.Coverage(t, base.Key)
		if err != nil {
			return nil, err
		}
		figure, err := e.rateFigure("competition.coverage."+base.Key, base.Title+"参赛覆盖面", base.Title, ratio, found)
		if err != nil {
			return nil, err
		}
		figures = append(figures, figure)
	}
	for _, whole := range []struct {
		key, base string
		of        Workers
	}{
		{"competition.participation", "参赛企业职工", OfEntrants},
		{"competition.participation.base", "全部企业职工", OfFirms},
	} {
		ratio, found, err := e.Participation(t, baseAll, whole.of)
		if err != nil {
			return nil, err
		}
		figure, err := e.rateFigure(whole.key, "职工参赛率", whole.base, ratio, found)
		if err != nil {
			return nil, err
		}
		figures = append(figures, figure)
	}
	return figures, nil
}

func (e Edition) rateFigure(key, title, base string, ratio union.Ratio, found []union.Finding) (union.Figure, error) {
	spec := e.figure(key, title, "",
		union.Input{Name: "part", Value: strconv.FormatInt(ratio.Part, 10)},
		union.Input{Name: "whole: " + base, Value: strconv.FormatInt(ratio.Whole, 10)})
	spec.Base, spec.Rounding = base, e.spec.Rates
	spec.Working.Rounding = e.spec.Rates.String()
	if len(found) > 0 {
		spec.Working.Inputs = []union.Input{{Name: "finding", Value: found[0].String()}}
		spec.Working.Result = union.NotKnown.String()
		return spec.Absent(union.NotKnown), nil
	}
	printed, err := spec.Percent(ratio)
	if err != nil {
		return union.Figure{}, err
	}
	spec.Working.Result = printed.String()
	return spec.Percent(ratio)
}

func (e Edition) targetsMet(t Turnout) (union.Figure, error) {
	verdict, err := e.JudgeTargets(t)
	if err != nil {
		return union.Figure{}, err
	}
	met := int64(0)
	var inputs []union.Input
	for _, reason := range verdict.Reasons {
		if reason.Standing == union.Met {
			met++
		}
		inputs = append(inputs, union.Input{
			Name:  reason.Rule,
			Value: reason.Got + " " + reason.Want + " " + reason.Standing.String(),
		})
	}
	spec := e.figure("competition.targets.met", "达到目标", strconv.FormatInt(met, 10), inputs...)
	spec.Measure = "项"
	spec.Base = whole(len(verdict.Reasons)) + "项目标"
	if len(verdict.Reasons) == 0 {
		spec.Base = ""
		spec.Working.Inputs = []union.Input{{Name: "targets", Value: "0"}}
		return spec.Absent(union.NotApplicable), nil
	}
	return spec.Count(met), nil
}
