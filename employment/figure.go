package employment

import (
	"errors"
	"strings"

	"github.com/unioncampaign/union"
)

// wholeOfShares is the base of the shares of the top level.
const wholeOfShares = "登记求职人数"

// The measures of the figures that count kinds of things.
const (
	regionsMeasure union.Measure = "个地区"
	sectorsMeasure union.Measure = "个行业"
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
// its working. By key, in this order:
//
//   - employment.fair.day, .hosts, .venue: when, by whom and where;
//   - employment.employers, .local, .outside, and .region.<key> and .kind.<key>;
//   - employment.regions and .titles, the regions that employers come from, the
//     same under .local and .outside;
//   - employment.openings, .new, .carried, and .<sector>;
//   - employment.sectors and .titles, the sectors with openings;
//   - employment.seekers (persons), .headline (a text such as 2800余人), .new,
//     .carried, .person_times, .<category or group>, .share.<category or group>,
//     .schooling.<key>, .age.<key>;
//   - employment.intentions (person-times), .intentions.persons, and
//     employment.signed (persons);
//   - employment.stage.<key> (persons) and .person_times of every other stage;
//   - employment.rate.intention, .rate.signed, .rate.fill,
//     employment.tightness and .inverse.
//
// A list's figures end with that of [Unknown], if the report has it. A count
// known only as 2800余 is a text, and a rate made of it takes the least that it
// may stand for and says so in its working. What is unknown stays unknown, and a
// rate over nothing is undefined. A part that is certainly more than its whole
// has no rate: it is not applicable, and [Fair.CheckReport] finds it.
//
// It fails, with all the faults joined, with [union.ErrMeasure] for a count in
// another measure than its place holds, and with [union.ErrUnknown] for a key
// that the fair does not list.
func (f Fair) ReportFigures(r Report) ([]union.Figure, error) {
	return f.figures(r, "employment.Fair.ReportFigures")
}

func (f Fair) figures(r Report, by string) ([]union.Figure, error) {
	p := f.read()
	if err := p.refuse(r); err != nil {
		return nil, err
	}
	page := &page{plan: p, report: r, by: by, rule: p.spec.Title + " (" + p.spec.Key + "/" + p.spec.Version + ")"}
	page.held()
	page.employers()
	page.openings()
	page.seekers()
	page.shares(f)
	page.stages()
	for _, rate := range f.Rates(r) {
		page.rate(rate)
	}
	if page.err != nil {
		return nil, page.err
	}
	return page.list, nil
}

// refuse reports the counts and keys of r that no figure can be made of.
func (p *plan) refuse(r Report) error {
	all, strangers := p.places(r)
	var faults []error
	for _, each := range all {
		if each.mixed() {
			faults = append(faults, union.NewFault(union.ErrMeasure, each.where, each.count.String(), string(each.measure)))
		}
	}
	for _, where := range strangers {
		faults = append(faults, union.NewFault(union.ErrUnknown, where, "", "a term of the fair's list"))
	}
	return errors.Join(faults...)
}

// A page is the figures of a report in the making, and the first fault.
type page struct {
	plan   *plan
	report Report
	by     string
	rule   string
	list   []union.Figure
	err    error
}

// spec starts a figure with its working.
func (p *page) spec(key, title, result, rule string, inputs ...union.Input) union.FigureSpec {
	return union.FigureSpec{Key: key, Title: title, By: p.by, Working: union.Working{
		Item: title, Rule: joined(p.rule, rule), Inputs: inputs, Result: result,
	}}
}

func joined(texts ...string) string {
	var given []string
	for _, each := range texts {
		if each != "" {
			given = append(given, each)
		}
	}
	return strings.Join(given, ": ")
}

// said returns an input as a count says it.
func said(name string, count union.Count) union.Input {
	if _, known := floorOf(count); !known {
		return union.Input{Name: name, Value: union.NotKnown.String()}
	}
	return union.Input{Name: name, Value: count.String()}
}

// count adds the figure of a count: of an inexact one its text, and of an
// unknown one none.
func (p *page) count(key, title, rule string, measure union.Measure, count union.Count, inputs ...union.Input) {
	if len(inputs) == 0 {
		inputs = []union.Input{said(title, count)}
	}
	_, known := floorOf(count)
	spec := p.spec(key, title, said("", count).Value, rule, inputs...)
	n, exact := exactly(count)
	switch {
	case exact:
		spec.Measure = measure
		p.list = append(p.list, spec.Count(n))
	case known:
		p.list = append(p.list, spec.Text(count.String()))
	default:
		spec.Measure = measure
		p.list = append(p.list, spec.Absent(union.NotKnown))
	}
}

// texts adds the figure of one text or several; of none it is unknown.
func (p *page) texts(key, title, input string, texts ...string) {
	all := strings.Join(texts, "、")
	p.list = append(p.list, p.spec(key, title, all, "", union.Input{Name: input, Value: all}).Text(texts...))
}

// held adds when, by whom and where the fair is held.
func (p *page) held() {
	spec := p.plan.spec
	const key, title = "employment.fair.day", "招聘会日期"
	days := spec.Days.String()
	day := p.spec(key, title, days, "", union.Input{Name: "举办日期", Value: days})
	if until, ok := spec.Days.Until(); ok && until == spec.Days.From() {
		day.Working.Result = until.String()
		p.list = append(p.list, day.Date(until))
	} else {
		p.list = append(p.list, day.Text(days))
	}
	p.texts("employment.fair.hosts", "主办单位", "主办单位", spec.Hosts...)
	p.texts("employment.fair.venue", "招聘会地点", "举办地点", spec.Venue)
}

// spread adds a figure for each term of a list, and for the unknown.
func (p *page) spread(key, title string, s split) {
	if len(s.counts) == 0 {
		return
	}
	for i, term := range s.list.Terms() {
		rule := ""
		inputs := []union.Input{said(term.Title, s.counts[term.Key])}
		for j, inner := range s.list.Terms() {
			if int(s.list.parent[j+1]) == i+1 {
				rule = "含其中各项"
				inputs = append(inputs, said("其中: "+inner.Title, s.counts[inner.Key]))
			}
		}
		p.count(key+term.Key, title+": "+term.Title, rule, s.measure, s.counts[term.Key], inputs...)
	}
	if unknown, ok := s.counts[Unknown]; ok {
		p.count(key+Unknown, title+": 未注明", "", s.measure, unknown)
	}
}

// listed returns the inputs that a list gives to its whole: its top level.
func (s split) listed() (inputs []union.Input) {
	if len(s.counts) == 0 {
		return nil
	}
	for i, term := range s.list.Terms() {
		if s.list.parent[i+1] == 0 {
			inputs = append(inputs, said(term.Title, s.counts[term.Key]))
		}
	}
	if unknown, ok := s.counts[Unknown]; ok {
		inputs = append(inputs, said("未注明", unknown))
	}
	return inputs
}

// named returns, in the list's order, the titles of the terms for which a record
// may stand directly: more is counted of them than of what is within them.
func (s split) named(wanted func(union.Code) bool) (titles []string, inputs []union.Input) {
	inner := s.list.cells()
	for i, term := range s.list.Terms() {
		n, _ := floorOf(s.counts[term.Key])
		parent := s.list.parent[i+1]
		inner[parent] = added(inner[parent], n)
	}
	for i, term := range s.list.Terms() {
		n, _ := floorOf(s.counts[term.Key])
		if n > inner[i+1] && wanted(union.Code(i+1)) {
			titles = append(titles, term.Title)
			inputs = append(inputs, said(term.Title, s.counts[term.Key]))
		}
	}
	return titles, inputs
}

// kindsOf adds how many terms of a list occur, and their titles. It is unknown
// if the report does not give the list, and there are no titles of none.
func (p *page) kindsOf(key, title string, measure union.Measure, s split, wanted func(union.Code) bool) {
	titles, inputs := s.named(wanted)
	all := strings.Join(titles, "、")
	if len(inputs) == 0 {
		inputs = []union.Input{said(title, s.whole)}
	}
	number := p.spec(key, title+"数", text(int64(len(titles))), "有记录的每项计一次", inputs...)
	number.Measure = measure
	list := p.spec(key+".titles", title, all, "按目录次序", inputs...)
	if len(s.counts) == 0 {
		number.Working.Result, list.Working.Result = union.NotKnown.String(), union.NotKnown.String()
		p.list = append(p.list, number.Absent(union.NotKnown), list.Absent(union.NotKnown))
		return
	}
	p.list = append(p.list, number.Count(int64(len(titles))))
	if len(titles) == 0 {
		list.Working.Result = union.NotApplicable.String()
		p.list = append(p.list, list.Absent(union.NotApplicable))
		return
	}
	p.list = append(p.list, list.Text(titles...))
}

func (p *page) employers() {
	r := p.report
	splits := p.plan.splits(r)
	regions, kinds := splits[0], splits[1]
	p.count("employment.employers", "招聘单位数", "同一单位只计一家", union.Firms, r.Employers, regions.listed()...)
	whole := said("招聘单位数", r.Employers)
	p.count("employment.employers.local", "县内招聘单位数", "", union.Firms, r.Local, whole, said("县外招聘单位数", r.Outside))
	p.count("employment.employers.outside", "县外招聘单位数", "", union.Firms, r.Outside, whole, said("县内招聘单位数", r.Local))
	p.spread("employment.employers.region.", "招聘单位数", regions)
	p.spread("employment.employers.kind.", "招聘单位数", kinds)
	local := func(code union.Code) bool { return p.plan.local[code] }
	p.kindsOf("employment.regions", "招聘单位来源地区", regionsMeasure, regions, func(union.Code) bool { return true })
	p.kindsOf("employment.regions.local", "县内来源地区", regionsMeasure, regions, local)
	p.kindsOf("employment.regions.outside", "县外来源地区", regionsMeasure, regions, func(code union.Code) bool { return !local(code) })
}

func (p *page) openings() {
	r := p.report
	sectors := p.plan.splits(r)[2]
	p.count("employment.openings", "提供就业岗位数", "同一岗位只计一次", union.Posts, r.Openings, sectors.listed()...)
	p.entries("employment.openings", "岗位数", union.Posts, r.Openings, r.OpeningsNew, r.OpeningsCarried)
	p.spread("employment.openings.", "岗位数", sectors)
	p.kindsOf("employment.sectors", "岗位所属行业", sectorsMeasure, sectors, func(union.Code) bool { return true })
}

// entries adds what is new and what is carried over of a whole.
func (p *page) entries(key, title string, measure union.Measure, whole, fresh, carried union.Count) {
	total := said(title, whole)
	p.count(key+".new", "新登记"+title, "", measure, fresh, total, said("结转"+title, carried))
	p.count(key+".carried", "结转"+title, "", measure, carried, total, said("新登记"+title, fresh))
}

func (p *page) seekers() {
	r := p.report
	splits := p.plan.splits(r)
	categories, schooling, ages := splits[3], splits[4], splits[5]
	times := said("求职登记人次", r.Registrations)
	p.count("employment.seekers", "登记求职人数", "同一求职者只计一人", union.Persons, r.Seekers, append(categories.listed(), times)...)
	p.headline()
	p.entries("employment.seekers", "求职人数", union.Persons, r.Seekers, r.SeekersNew, r.SeekersCarried)
	p.count("employment.seekers.person_times", "求职登记人次", "每次登记计一人次", union.PersonTimes, r.Registrations, times, said("登记求职人数", r.Seekers))
	p.spread("employment.seekers.", "求职人数", categories)
	for _, group := range p.plan.spec.Groups {
		count, inputs := p.group(group)
		p.count("employment.seekers."+group.Key, "求职人数: "+group.Title, "各项之和", union.Persons, count, inputs...)
	}
	p.spread("employment.seekers.schooling.", "求职人数", schooling)
	p.spread("employment.seekers.age.", "求职人数", ages)
}

// headline adds the seekers as a headline prints them: cut, and marked with 余.
func (p *page) headline() {
	const title = "登记求职人数(概数)"
	count := p.report.Seekers
	if n, ok := exactly(count); ok {
		cut, err := union.Headline(n, p.plan.spec.Headline, union.Persons)
		if err != nil {
			p.fail(err)
			return
		}
		count = cut
	}
	spec := p.spec("employment.seekers.headline", title, said("", count).Value,
		"保留前"+text(int64(p.plan.spec.Headline))+"位, 舍去部分称余", said("登记求职人数", p.report.Seekers))
	if _, known := floorOf(count); !known {
		p.list = append(p.list, spec.Absent(union.NotKnown))
		return
	}
	p.list = append(p.list, spec.Text(count.String()))
}

// fail keeps the first fault.
func (p *page) fail(err error) {
	if p.err == nil {
		p.err = err
	}
}

// group adds up the categories of a group. It is unknown unless each of them is
// known exactly: a sum of headlines would say more than they do.
func (p *page) group(group Group) (sum union.Count, inputs []union.Input) {
	var c counting
	sum = c.of(0, union.Persons)
	p.fail(c.err)
	unknown := false
	for _, key := range group.Of {
		code, err := p.plan.categories.Find(key)
		p.fail(err)
		count := p.report.Categories[key]
		inputs = append(inputs, said(p.plan.categories.Title(code), count))
		if _, exact := exactly(count); !exact || unknown {
			unknown = true
			continue
		}
		sum, err = sum.Add(count)
		p.fail(union.Within("groups["+quote(group.Key)+"]", err))
	}
	if unknown {
		return union.Count{}, inputs
	}
	return sum, inputs
}

// stages adds who had an intention, who signed, and who reached any other stage.
func (p *page) stages() {
	spec, seekers := p.plan.spec, said("登记求职人数", p.report.Seekers)
	const once, times = "同一求职者只计一人", "同一求职者每次计一人次"
	intention, signed := p.report.Stages[spec.Intention], p.report.Stages[spec.Signed]
	p.count("employment.intentions", "达成就业意向人次", times, union.PersonTimes, intention.PersonTimes,
		said("达成就业意向人次", intention.PersonTimes), said("提供就业岗位数", p.report.Openings))
	p.count("employment.intentions.persons", "达成就业意向人数", once, union.Persons, intention.Persons,
		said("达成就业意向人次", intention.PersonTimes), seekers)
	p.count("employment.signed", "签订就业协议人数", once, union.Persons, signed.Persons,
		said("签订就业协议人次", signed.PersonTimes), seekers)
	for _, term := range p.plan.stages.Terms() {
		if term.Key == spec.Registered || term.Key == spec.Intention || term.Key == spec.Signed {
			continue
		}
		reach, key := p.report.Stages[term.Key], "employment.stage."+term.Key
		p.count(key, term.Title+"人数", once, union.Persons, reach.Persons, said(term.Title+"人次", reach.PersonTimes), seekers)
		p.count(key+".person_times", term.Title+"人次", times, union.PersonTimes, reach.PersonTimes, said(term.Title+"人数", reach.Persons))
	}
}

// shares adds the share of each category: of the top level in all seekers,
// balanced, and of what is within another in that other.
func (p *page) shares(f Fair) {
	if len(p.report.Categories) == 0 {
		return
	}
	top, err := f.Shares(p.report)
	absent := union.NotKnown
	switch {
	case errors.Is(err, union.ErrUndefined):
		absent = union.Undefined
	case err != nil && !errors.Is(err, union.ErrMissing):
		p.fail(err)
		return
	}
	texts := top.Texts()
	next := func(key, title string, count union.Count) {
		spec := p.share(key, title, wholeOfShares, count, p.report.Seekers)
		spec.Working.Rule = joined(spec.Working.Rule, "比重平衡方式 "+p.plan.spec.Share.Balance.String())
		if err != nil {
			spec.Working.Result = absent.String()
			p.list = append(p.list, spec.Absent(absent))
			return
		}
		spec.Working.Result = texts[0] + "%"
		p.list = append(p.list, spec.Text(texts[0]+"%"))
		texts = texts[1:]
	}
	for i, term := range p.plan.categories.Terms() {
		count := p.report.Categories[term.Key]
		if parent, within := p.plan.categories.Term(p.plan.categories.parent[i+1]); within {
			p.part(term.Key, term.Title, parent.Title, count, p.report.Categories[parent.Key])
			continue
		}
		next(term.Key, term.Title, count)
	}
	if n, _ := floorOf(p.report.Categories[Unknown]); n > 0 {
		next(Unknown, "未注明", p.report.Categories[Unknown])
	}
	for _, group := range p.plan.spec.Groups {
		count, _ := p.group(group)
		p.part(group.Key, group.Title, wholeOfShares, count, p.report.Seekers)
	}
}

// share starts the figure of a share in percent.
func (p *page) share(key, title, base string, part, whole union.Count) union.FigureSpec {
	spec := p.spec("employment.seekers.share."+key, "求职人数比重: "+title, "", "", said(title, part), said(base, whole))
	spec.Base, spec.Rounding = base, p.plan.spec.Share.Rounding
	spec.Working.Rounding = spec.Rounding.String()
	return spec
}

// part adds the share of a part in its parent, or of a group in all seekers.
func (p *page) part(key, title, base string, part, whole union.Count) {
	spec := p.share(key, title, base, part, whole)
	p.divide(spec, Rate{Key: spec.Key, Title: title, Of: title, Base: base, Part: part, Whole: whole, Percent: true})
}

// rate adds the figure of a rate.
func (p *page) rate(rate Rate) {
	spec := p.spec(rate.Key, rate.Title, "", rate.Of+" ÷ "+rate.Base, said(rate.Of, rate.Part), said(rate.Base, rate.Whole))
	spec.Base, spec.Rounding = rate.Base, p.plan.spec.Rate
	if !rate.Percent {
		spec.Rounding = p.plan.spec.Tightness
	}
	spec.Working.Rounding = spec.Rounding.String()
	p.divide(spec, rate)
}

// divide adds the figure of a rate, or why it has none.
func (p *page) divide(spec union.FigureSpec, rate Rate) {
	ratio, err := rate.Ratio()
	if err != nil {
		why := union.NotKnown
		switch {
		case errors.Is(err, union.ErrUndefined):
			why = union.Undefined
		case errors.Is(err, union.ErrRange):
			why = union.NotApplicable
		}
		spec.Working.Result = why.String()
		p.list = append(p.list, spec.Absent(why))
		return
	}
	printed := func() (union.Figure, error) {
		if rate.Percent {
			return spec.Percent(ratio)
		}
		n, err := ratio.Number()
		if err != nil {
			return union.Figure{}, err
		}
		return spec.Number(n)
	}
	figure, err := printed()
	p.fail(err)
	spec.Working.Result, _ = figure.Value() // the working tells the printed result
	p.bound(&spec, rate)
	figure, err = printed()
	p.fail(err)
	p.list = append(p.list, figure)
}

// bound says in the working between what a rate lies, if its counts leave that
// open.
func (p *page) bound(spec *union.FigureSpec, rate Rate) {
	_, part := exactly(rate.Part)
	_, whole := exactly(rate.Whole)
	if part && whole {
		return
	}
	least, greatest, err := rate.Bounds()
	p.fail(err)
	spec.Working.Parts = append(spec.Working.Parts, union.Working{
		Item: "概数所含的范围", Inputs: []union.Input{said(rate.Of, rate.Part), said(rate.Base, rate.Whole)},
		Rounding: spec.Working.Rounding,
		Result:   p.print(*spec, rate, least) + " – " + p.print(*spec, rate, greatest),
	})
}

// print returns n as the figure of the rate would print it.
func (p *page) print(spec union.FigureSpec, rate Rate, n union.Number) string {
	sign := ""
	if rate.Percent {
		n, sign = n.Mul(union.Whole(100)), "%"
	}
	printed, err := spec.Rounding.Format(n)
	p.fail(err)
	return printed + sign
}
