package employment

import (
	"github.com/unioncampaign/union"
)

// The titles that several figures and workings share.
const (
	seekersTitle   = "登记求职人数"
	openingsTitle  = "提供就业岗位数"
	intendingTitle = "达成就业意向人数"
	signingTitle   = "签订就业协议人数"
	unstated       = "未注明" // what names no term
)

// The measures of the figures that count kinds of things.
const (
	regionsMeasure union.Measure = "个地区"
	sectorsMeasure union.Measure = "个行业"
	tradesMeasure  union.Measure = "个工种"
)

// Figures returns the figures of the fair as the floor counts it: those of
// [Fair.ReportFigures] of its report. It fails with [union.ErrRule] if f did not
// make the floor.
func (f Fair) Figures(floor Floor) ([]union.Figure, error) {
	report, err := f.Report(floor)
	if err != nil {
		return nil, err
	}
	return f.figures(report, "employment.Fair.Figures")
}

// ReportFigures returns the figures of a report, counted or printed, each with
// its working. By key, in this order, where <key> is that of a term or a group:
//
//   - employment.fair.title, .from, .until, .hosts, .venue: what, when, by whom
//     and where; of a fair of one day from and until are equal;
//   - employment.employers, .local, .outside, .region.<key> and .kind.<key>;
//   - employment.regions and .titles, the regions that employers come from, the
//     same under .local and .outside;
//   - employment.openings, .new, .carried, and .sector.<key>;
//   - employment.sectors and .titles, the sectors with openings; if the fair asks
//     for trades, employment.openings.trade.<key>, employment.trades and .titles;
//     employment.openings.region.<key> and .kind.<key>, those of the employer;
//   - employment.seekers (persons), .headline (a text such as 2800余人), .new,
//     .carried, .person_times, .category.<key>, .share.category.<key>; for each
//     group .group.<key> and .share.group.<key>; .schooling.<key>, .age.<key>;
//   - employment.intentions (person-times), .intentions.persons, and
//     employment.signed (persons);
//   - employment.stage.persons.<key> and employment.stage.person_times.<key> of
//     every other stage;
//   - employment.rate.intention, .rate.signed, .rate.fill,
//     employment.tightness and .inverse, and employment.rate.follow_up.<key> of
//     each follow-up.
//
// A list's figures end with that of [Unknown], if the report has it. A count
// known only as 2800余 is a text, and a rate made of it takes the least that it
// may stand for and says so in its working. What is unknown stays unknown, and a
// rate over nothing is undefined. A part that is certainly more than its whole
// has no rate: it is not applicable, and [Fair.CheckReport] finds it.
//
// It fails, with all the faults joined, with [union.ErrMeasure] for a count in
// another measure than its place holds, and with [union.ErrUnknown] for a key
// that the fair does not list; and otherwise with [union.ErrOverflow] for
// categories whose sum does not fit.
func (f Fair) ReportFigures(r Report) ([]union.Figure, error) {
	return f.figures(r, "employment.Fair.ReportFigures")
}

func (f Fair) figures(r Report, by string) ([]union.Figure, error) {
	p := f.read()
	if err := refused(p.places(r)); err != nil {
		return nil, err
	}
	list := union.NewFigureList(by, p.spec.Rule)
	p.addHeld(list)
	p.addEmployers(list, r)
	p.addOpenings(list, r)
	p.addSeekers(list, r)
	p.addStages(list, r)
	for _, rate := range f.Rates(r) {
		spec := list.Spec(rate.Key, rate.Title, said(rate.Of, rate.Part), said(rate.Base, rate.Whole))
		spec.Working.Rule += "：" + rate.Of + " ÷ " + rate.Base
		spec.Base, spec.Rounding = rate.Base, p.spec.Rate
		if !rate.Percent {
			spec.Rounding = p.spec.Tightness
		}
		addRate(list, spec, rate)
	}
	return list.Figures()
}

// refused reports the counts and keys that no figure can be made of.
func refused(all []place, strangers []string) error {
	var faults union.FaultList
	for _, each := range all {
		if each.mixed() {
			faults.Add(union.ErrMeasure, each.where, each.count.String(), string(each.measure))
		}
	}
	for _, where := range strangers {
		faults.Add(union.ErrUnknown, where, "", "a term of the list")
	}
	return faults.Err()
}

// said returns an input as a count says it, 不详 if it is unknown.
func said(name string, count union.Count) union.Input {
	return union.Input{Name: name, Value: count.String()}
}

// addCount adds the figure of a count that was counted in a way, if there is
// more to say of that than the inputs do: of an inexact count its text, and of
// an unknown one none.
func addCount(list *union.FigureList, key, title, way string, measure union.Measure, count union.Count, inputs ...union.Input) {
	if len(inputs) == 0 {
		inputs = append(inputs, said(title, count))
	}
	spec := list.Spec(key, title, inputs...)
	if way != "" {
		spec.Working.Rule += "：" + way
	}
	n, single := exactly(count)
	if _, known := floorOf(count); known && !single {
		list.Add(spec.Text(count.String()), nil)
		return
	}
	spec.Measure = measure
	if !single {
		list.Add(spec.Absent(union.NotKnown), nil)
		return
	}
	list.Add(spec.Count(n), nil)
}

// addHeld adds what the fair is called, and when, by whom and where it is held.
func (p *plan) addHeld(list *union.FigureList) {
	spec := p.spec
	days := union.Input{Name: "举办日期", Value: spec.Days.String()}
	until, _ := spec.Days.Until()
	named := func(key, title string, texts ...string) {
		inputs := make([]union.Input, len(texts))
		for i, each := range texts {
			inputs[i] = union.Input{Name: title, Value: each}
		}
		list.Text(key, title, texts, inputs...)
	}
	named("employment.fair.title", "招聘会名称", spec.Title)
	list.Date("employment.fair.from", "招聘会开始日期", spec.Days.From(), days)
	list.Date("employment.fair.until", "招聘会结束日期", until, days)
	named("employment.fair.hosts", "主办单位", spec.Hosts...)
	named("employment.fair.venue", "招聘会地点", spec.Venue)
}

func (p *plan) addEmployers(list *union.FigureList, r Report) {
	splits := p.splits(r)
	regions := splits[byRegion]
	const title, local, outside = "招聘单位数", "县内招聘单位数", "县外招聘单位数"
	whole := said(title, r.Employers)
	addCount(list, "employment.employers", title, "同一单位只计一家", union.Firms, r.Employers, regions.inner(0)...)
	addCount(list, "employment.employers.local", local, "", union.Firms, r.Local, whole, said(outside, r.Outside))
	addCount(list, "employment.employers.outside", outside, "", union.Firms, r.Outside, whole, said(local, r.Local))
	regions.addTerms(list)
	splits[byKind].addTerms(list)
	isLocal := func(code union.Code) bool { return p.local[code] }
	regions.addNamed(list, "employment.regions", "招聘单位来源地区", regionsMeasure, everyTerm)
	regions.addNamed(list, "employment.regions.local", "县内来源地区", regionsMeasure, isLocal)
	regions.addNamed(list, "employment.regions.outside", "县外来源地区", regionsMeasure, func(code union.Code) bool { return !isLocal(code) })
}

// everyTerm wants each term of a list.
func everyTerm(union.Code) bool { return true }

func (p *plan) addOpenings(list *union.FigureList, r Report) {
	splits := p.splits(r)
	sectors := splits[bySector]
	addCount(list, "employment.openings", openingsTitle, "同一岗位只计一次", union.Posts, r.Openings, sectors.inner(0)...)
	sectors.addEntries(list, "employment.openings", r.OpeningsNew, r.OpeningsCarried)
	sectors.addTerms(list)
	sectors.addNamed(list, "employment.sectors", "岗位所属行业", sectorsMeasure, everyTerm)
	splits[byTrade].addTerms(list)
	if p.trades.Len() > 0 {
		splits[byTrade].addNamed(list, "employment.trades", "岗位所属工种", tradesMeasure, everyTerm)
	}
	splits[byOpeningsRegion].addTerms(list)
	splits[byOpeningsKind].addTerms(list)
}

// addEntries adds what is new and what is carried over of the whole of a split.
func (s split) addEntries(list *union.FigureList, key string, fresh, carried union.Count) {
	total := said(s.title, s.whole)
	addCount(list, key+".new", "新登记"+s.title, "", s.measure, fresh, total, said("结转"+s.title, carried))
	addCount(list, key+".carried", "结转"+s.title, "", s.measure, carried, total, said("新登记"+s.title, fresh))
}

func (p *plan) addSeekers(list *union.FigureList, r Report) {
	splits := p.splits(r)
	categories := splits[byCategory]
	times := said("求职登记人次", r.Registrations)
	addCount(list, "employment.seekers", seekersTitle, "同一求职者只计一人", union.Persons, r.Seekers, append(categories.inner(0), times)...)
	p.addHeadline(list, r.Seekers)
	categories.addEntries(list, "employment.seekers", r.SeekersNew, r.SeekersCarried)
	addCount(list, "employment.seekers.person_times", "求职登记人次", "每次登记计一人次", union.PersonTimes, r.Registrations, times, said(seekersTitle, r.Seekers))
	categories.addTerms(list)
	sharing := p.sharing(r)
	sharing.add(list, "category.")
	for _, group := range p.spec.Groups {
		sharing.addGroup(list, "employment.seekers.group.", "求职人数", group)
	}
	splits[bySchooling].addTerms(list)
	splits[byAge].addTerms(list)
}

// addHeadline adds the seekers as a headline prints them: cut, and marked with 余.
func (p *plan) addHeadline(list *union.FigureList, seekers union.Count) {
	spec := list.Spec("employment.seekers.headline", "登记求职人数（概数）", said(seekersTitle, seekers))
	spec.Working.Rule += "：保留前" + text(int64(p.spec.Headline)) + "位，舍去部分称余"
	headline := seekers
	if n, ok := exactly(seekers); ok {
		cut, err := union.Headline(n, p.spec.Headline, union.Persons)
		if err != nil {
			list.Add(union.Figure{}, err)
			return
		}
		headline = cut
	}
	if _, known := floorOf(headline); !known {
		list.Add(spec.Absent(union.NotKnown), nil)
		return
	}
	list.Add(spec.Text(headline.String()), nil)
}

// addStages adds who had an intention, who signed, and who reached any other
// stage.
func (p *plan) addStages(list *union.FigureList, r Report) {
	spec, seekers := p.spec, said(seekersTitle, r.Seekers)
	const once, each = "同一求职者只计一人", "同一求职者每次计一人次"
	const intendingTimes, signingTimes = "达成就业意向人次", "签订就业协议人次"
	intention, signed := r.Stages[spec.Intention], r.Stages[spec.Signed]
	addCount(list, "employment.intentions", intendingTimes, each, union.PersonTimes, intention.PersonTimes,
		said(intendingTimes, intention.PersonTimes), said(openingsTitle, r.Openings))
	addCount(list, "employment.intentions.persons", intendingTitle, once, union.Persons, intention.Persons,
		said(intendingTimes, intention.PersonTimes), seekers)
	addCount(list, "employment.signed", signingTitle, once, union.Persons, signed.Persons,
		said(signingTimes, signed.PersonTimes), seekers)
	for _, term := range p.stages.Terms() {
		if term.Key == spec.Registered || term.Key == spec.Intention || term.Key == spec.Signed {
			continue
		}
		reach, persons, times := r.Stages[term.Key], term.Title+"人数", term.Title+"人次"
		addCount(list, "employment.stage.persons."+term.Key, persons, once, union.Persons, reach.Persons,
			said(times, reach.PersonTimes), seekers)
		addCount(list, "employment.stage.person_times."+term.Key, times, each, union.PersonTimes, reach.PersonTimes,
			said(persons, reach.Persons))
	}
}
