package employment

import "github.com/unioncampaign/union"

// A split is a list of a report, its terms, and the count that they sum to.
type split struct {
	where   string
	key     string // of the figures of its terms, which the key of the term follows
	title   string // what is counted of each term and of the whole
	list    listing
	counts  map[string]union.Count
	whole   union.Count
	measure union.Measure
	closed  bool // the parts of a term sum to it
}

// The splits of a report, in its order.
const (
	byRegion = iota
	byKind
	bySector
	byCategory
	bySchooling
	byAge
	byTrade
	byOpeningsRegion
	byOpeningsKind
	splitsOfReport
)

func (p *plan) splits(r Report) [splitsOfReport]split {
	const firms, posts, persons = "招聘单位数", "岗位数", "求职人数"
	return [...]split{
		byRegion:         {where: "regions", key: "employment.employers.region.", title: firms, list: p.regions, counts: r.Regions, whole: r.Employers, measure: union.Firms},
		byKind:           {where: "kinds", key: "employment.employers.kind.", title: firms, list: p.kinds, counts: r.Kinds, whole: r.Employers, measure: union.Firms},
		bySector:         {where: "sectors", key: "employment.openings.sector.", title: posts, list: p.sectors, counts: r.Sectors, whole: r.Openings, measure: union.Posts},
		byCategory:       {where: "categories", key: "employment.seekers.category.", title: persons, list: p.categories, counts: r.Categories, whole: r.Seekers, measure: union.Persons},
		bySchooling:      {where: "schooling", key: "employment.seekers.schooling.", title: persons, list: p.schooling, counts: r.Schooling, whole: r.Seekers, measure: union.Persons},
		byAge:            {where: "ages", key: "employment.seekers.age.", title: persons, list: p.ages, counts: r.Ages, whole: r.Seekers, measure: union.Persons},
		byTrade:          {where: "trades", key: "employment.openings.trade.", title: posts, list: p.trades, counts: r.Trades, whole: r.Openings, measure: union.Posts},
		byOpeningsRegion: {where: "openings_regions", key: "employment.openings.region.", title: posts, list: p.regions, counts: r.OpeningsRegions, whole: r.Openings, measure: union.Posts},
		byOpeningsKind:   {where: "openings_kinds", key: "employment.openings.kind.", title: posts, list: p.kinds, counts: r.OpeningsKinds, whole: r.Openings, measure: union.Posts},
	}
}

// inner returns the inputs that the parts of a code give to it; code 0 is the
// whole, whose parts are the top level and what names no term.
func (s split) inner(of union.Code) (inputs []union.Input) {
	if len(s.counts) == 0 {
		return nil
	}
	for i, term := range s.list.Terms() {
		if s.list.parent[i+1] == of {
			inputs = append(inputs, said(term.Title, s.counts[term.Key]))
		}
	}
	if unknown, ok := s.counts[Unknown]; ok && of == 0 {
		inputs = append(inputs, said(unstated, unknown))
	}
	return inputs
}

// addTerms adds a figure for each term of the list, and for the unknown.
func (s split) addTerms(list *union.FigureList) {
	if len(s.counts) == 0 {
		return
	}
	for i, term := range s.list.Terms() {
		way, count := "", s.counts[term.Key]
		inputs := []union.Input{said(term.Title, count)}
		for _, input := range s.inner(union.Code(i + 1)) {
			way = "含其中各项"
			input.Name = "其中：" + input.Name
			inputs = append(inputs, input)
		}
		addCount(list, s.key+term.Key, term.Title+s.title, way, s.measure, count, inputs...)
	}
	if unknown, ok := s.counts[Unknown]; ok {
		addCount(list, s.key+Unknown, unstated+s.title, "", s.measure, unknown)
	}
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

// addNamed adds how many terms of the list occur, and their titles. Both are
// unknown if the report does not give the list, and there are no titles of none.
func (s split) addNamed(list *union.FigureList, key, title string, measure union.Measure, wanted func(union.Code) bool) {
	whole := said(s.title, s.whole)
	if len(s.counts) == 0 {
		list.Absent(key, title+"数", measure, union.NotKnown, whole)
		list.Absent(key+".titles", title, "", union.NotKnown, whole)
		return
	}
	titles, inputs := s.named(wanted)
	if len(inputs) == 0 {
		inputs = append(inputs, whole)
	}
	list.Count(key, title+"数", measure, int64(len(titles)), inputs...)
	list.Text(key+".titles", title, titles, inputs...)
}
