package employment

import (
	"strings"

	"github.com/unioncampaign/union"
)

const (
	tightnessTitle = "岗位空缺与求职人数的比率"
	inverseTitle   = "求职人数与岗位空缺的比率"
)

// Figures returns the figures of a bulletin, each with its working. By key, in
// this order, where <side> is demand or supply, <d> the key of a dimension,
// <term> that of a term or [Unknown], <c> that of a comparison:
//
//   - employment.market.<side>, .<side>.new, .<side>.carried, and
//     employment.market.supply.person_times;
//   - employment.market.tightness, demand per seeker, and .tightness.inverse;
//   - for each dimension, after employment.market.by.<d>.: <side>.<term>;
//     <side>.share.<term> in percent; <side>.group.<g> and <side>.share.group.<g>;
//     tightness.<term> and tightness.inverse.<term>, with those who state no preference
//     spread as the dimension says; mismatch; gaps.short and gaps.surplus, titles;
//   - employment.market.count.<key> and employment.market.rate.<key>;
//   - employment.market.compared.<c>.: <side>.before, <side>.growth, which is
//     without a sign, <side>.direction (增长, 下降 or 持平); and tightness.change.
//
// What the market gives no rounding for is not made. What is unknown stays
// unknown, and a ratio over nobody is undefined; one over fewer than the market
// calls small says so in its working. A part that is certainly more than its whole
// has no rate: [Market.Check] finds it.
//
// It fails, with all the faults joined, with [union.ErrMeasure] for a count in
// another measure than its place holds, and with [union.ErrUnknown] for a key
// that the market does not list; and otherwise with [union.ErrOverflow] for a sum
// that does not fit.
func (m Market) Figures(b Bulletin) ([]union.Figure, error) {
	p := m.read()
	if err := refused(p.places(b)); err != nil {
		return nil, err
	}
	list := union.NewFigureList("employment.Market.Figures", p.spec.Rule)
	p.addSides(list, b)
	for _, each := range p.dimensions {
		p.addDimension(list, b, each)
	}
	p.addRates(list, b)
	for _, each := range p.spec.Comparisons {
		p.addComparison(list, b, each)
	}
	return list.Figures()
}

func (p *marketPlan) addSides(list *union.FigureList, b Bulletin) {
	for _, name := range []string{demandSide, supplySide} {
		side, spec, key := b.side(name), p.spec.side(name), "employment.market."+name
		fresh, carried := said("新登记"+spec.Title, side.New), said("结转"+spec.Title, side.Carried)
		addCount(list, key, spec.Title, "", spec.Measure, p.whole(b, name), fresh, carried)
		addCount(list, key+".new", "新登记"+spec.Title, "", spec.Measure, side.New)
		addCount(list, key+".carried", "结转"+spec.Title, "", spec.Measure, side.Carried)
	}
	addCount(list, "employment.market.supply.person_times", "求职登记人次", "每次登记计一人次", union.PersonTimes, b.Supply.Times)
	if p.spec.Tightness != (union.Rounding{}) {
		p.addRatio(list, p.tightness(b), p.tightness(b).inverse("employment.market.tightness.inverse", inverseTitle))
	}
}

// inverse returns the rate the other way round.
func (r Rate) inverse(key, title string) Rate {
	r.Key, r.Title = key, title
	r.Of, r.Base, r.Part, r.Whole = r.Base, r.Of, r.Whole, r.Part
	return r
}

// addRatio adds ratios that are no parts of a whole, as they are printed.
func (p *marketPlan) addRatio(list *union.FigureList, rates ...Rate) {
	for _, rate := range rates {
		spec := list.Spec(rate.Key, rate.Title, said(rate.Of, rate.Part), said(rate.Base, rate.Whole))
		spec.Working.Rule += "：" + rate.Of + " ÷ " + rate.Base
		if n, known := floorOf(rate.Whole); known {
			spec.Working.Rule += p.flag(union.Whole(n))
		}
		spec.Base, spec.Rounding = rate.Base, p.spec.Tightness
		addRate(list, spec, rate)
	}
}

// small reports whether a ratio over n is one over too few.
func (p *marketPlan) small(n union.Number) bool { return n.Cmp(union.Whole(p.spec.Small)) < 0 }

// flag is what the working of a ratio over n says if n is small.
func (p *marketPlan) flag(n union.Number) string {
	if !p.small(n) {
		return ""
	}
	return "；基数不足" + text(p.spec.Small) + "，仅供参考"
}

func (p *marketPlan) addDimension(list *union.FigureList, b Bulletin, d dimension) {
	for _, name := range []string{demandSide, supplySide} {
		if !d.has(name) {
			continue
		}
		split := p.split(b, name, d)
		split.addTerms(list)
		p.addShares(list, split, d)
	}
	if !d.Demand || !d.Supply {
		return
	}
	if p.spec.Tightness != (union.Rounding{}) {
		p.addTightness(list, b, d)
	}
	if p.spec.Mismatch != (union.Rounding{}) {
		p.addMismatch(list, b, d)
	}
	if p.spec.Gaps > 0 {
		p.addGaps(list, b, d)
	}
}

// addShares adds the shares of a list and the sums of its groups.
func (p *marketPlan) addShares(list *union.FigureList, of split, d dimension) {
	made := sharing{
		split: of, prefix: of.key + "share.", named: of.title + "比重", total: of.title, base: d.Base, group: "group.",
	}
	if p.spec.Share != nil {
		made.spec = *p.spec.Share
		made.add(list, "")
	}
	for _, group := range d.Groups {
		made.addGroup(list, of.key+"group.", of.title, group)
	}
}

// A pair is what stands against what in one term.
type pair struct{ demand, supply union.Number }

// spread returns the pair of each code, with those who state no preference
// spread as the dimension says. It fails with [union.ErrMissing] if a count is not
// known exactly, and with [union.ErrUndefined] if there is nothing to spread by.
func (p *marketPlan) spread(b Bulletin, d dimension) ([]pair, error) {
	pairs := make([]pair, d.list.Len()+1)
	var sums, open [2]union.Number
	for i, name := range []string{demandSide, supplySide} {
		of := p.split(b, name, d)
		for code, term := range d.list.Terms() {
			n, known := exactly(of.counts[term.Key])
			if !known {
				return nil, union.NewFault(union.ErrMissing, of.where+"["+term.Key+"]", of.counts[term.Key].String(), "an exact count")
			}
			switch at := union.Code(code + 1); {
			case at == d.open:
				open[i] = union.Whole(n)
			case d.list.parent[at] == 0:
				sums[i] = sums[i].Add(union.Whole(n))
			}
			if i == 0 {
				pairs[code+1].demand = union.Whole(n)
			} else {
				pairs[code+1].supply = union.Whole(n)
			}
		}
	}
	stated := append([]pair(nil), pairs...)
	var err error
	for code := range pairs {
		of := stated[code]
		if d.SpreadSupply && err == nil {
			pairs[code].supply, err = withPart(of.supply, open[1], of.demand, sums[0])
		}
		if d.SpreadDemand && err == nil {
			pairs[code].demand, err = withPart(of.demand, open[0], of.supply, sums[1])
		}
	}
	return pairs, err
}

// withPart returns n and its part of open, in the proportion of weight to sum. Of
// nobody nothing is spread.
func withPart(n, open, weight, sum union.Number) (union.Number, error) {
	if open.Sign() == 0 {
		return n, nil
	}
	share, err := weight.Quo(sum)
	if err != nil {
		return n, union.NewFault(union.ErrUndefined, "", "", "something in proportion to which to spread")
	}
	return n.Add(open.Mul(share)), nil
}

// addTightness adds the ratios of each term but that of no preference.
func (p *marketPlan) addTightness(list *union.FigureList, b Bulletin, d dimension) {
	demand, supply := p.split(b, demandSide, d), p.split(b, supplySide, d)
	pairs, err := p.spread(b, d)
	for i, term := range d.list.Terms() {
		code := union.Code(i + 1)
		if code == d.open {
			continue
		}
		rate := Rate{
			Key: "employment.market.by." + d.Key + ".tightness." + term.Key, Title: term.Title + tightnessTitle,
			Of: demand.title, Base: supply.title, Part: demand.counts[term.Key], Whole: supply.counts[term.Key],
		}
		inverse := rate.inverse("employment.market.by."+d.Key+".tightness.inverse."+term.Key, term.Title+inverseTitle)
		if !d.SpreadDemand && !d.SpreadSupply {
			p.addRatio(list, rate, inverse)
			continue
		}
		if err != nil {
			pairs = make([]pair, d.list.Len()+1) // whose ratios are not made
		}
		at := pairs[code]
		p.addSpread(list, rate, d, at.demand, at.supply, demand, supply, err)
		p.addSpread(list, inverse, d, at.supply, at.demand, demand, supply, err)
	}
}

// addSpread adds a ratio with those who state no preference spread.
func (p *marketPlan) addSpread(list *union.FigureList, rate Rate, d dimension, part, whole union.Number, demand, supply split, err error) {
	inputs := []union.Input{said(rate.Of, rate.Part), said(rate.Base, rate.Whole)}
	open := d.list.Title(d.open)
	if d.SpreadSupply {
		inputs = append(inputs, said(open+supply.title, supply.counts[d.Open]))
	}
	if d.SpreadDemand {
		inputs = append(inputs, said(open+demand.title, demand.counts[d.Open]))
	}
	spec := list.Spec(rate.Key, rate.Title, inputs...)
	spec.Base, spec.Rounding = rate.Base, p.spec.Tightness
	if err != nil {
		list.Add(spec.Absent(absence(err)), nil)
		return
	}
	var ways []string
	if d.SpreadSupply {
		ways = append(ways, open+supply.title+"按"+demand.title+"分摊")
	}
	if d.SpreadDemand {
		ways = append(ways, open+demand.title+"按"+supply.title+"分摊")
	}
	spec.Working.Rule += "：" + strings.Join(ways, "；")
	ratio, err := part.Quo(whole)
	if err != nil {
		list.Add(spec.Absent(union.Undefined), nil)
		return
	}
	spec.Working.Rule += p.flag(whole)
	list.Add(spec.Number(ratio))
}

// addMismatch adds the mismatch index over the terms of the top level, with those
// who state no preference spread as the dimension says, or left out.
func (p *marketPlan) addMismatch(list *union.FigureList, b Bulletin, d dimension) {
	pairs, err := p.spread(b, d)
	var u, v []union.Number
	var inputs []union.Input
	demand, supply := p.split(b, demandSide, d), p.split(b, supplySide, d)
	for i, term := range d.list.Terms() {
		code := union.Code(i + 1)
		if d.list.parent[code] != 0 || code == d.open {
			continue
		}
		inputs = append(inputs, said(term.Title+supply.title, supply.counts[term.Key]), said(term.Title+demand.title, demand.counts[term.Key]))
		if err == nil {
			u, v = append(u, pairs[code].supply), append(v, pairs[code].demand)
		}
	}
	spec := list.Spec("employment.market.by."+d.Key+".mismatch", d.Title+"错配指数", inputs...)
	spec.Rounding = p.spec.Mismatch
	spec.Working.Rule += "：各组" + supply.title + "占比与" + demand.title + "占比之差的绝对值之和的一半"
	var index union.Number
	if err == nil {
		index, err = Mismatch(u, v)
	}
	if err != nil {
		list.Add(spec.Absent(absence(err)), nil)
		return
	}
	list.Add(spec.Number(index))
}

// addGaps adds the titles of the largest gaps either way.
func (p *marketPlan) addGaps(list *union.FigureList, b Bulletin, d dimension) {
	short, surplus, err := p.gaps(b, d)
	for _, each := range []struct {
		key, title string
		gaps       []Gap
	}{{"gaps.short", "缺口最大的" + d.Title, short}, {"gaps.surplus", "富余最多的" + d.Title, surplus}} {
		key := "employment.market.by." + d.Key + "." + each.key
		if err != nil {
			list.Absent(key, each.title, "", union.NotKnown)
			continue
		}
		var titles []string
		var inputs []union.Input
		for _, gap := range each.gaps {
			titles = append(titles, gap.Title)
			inputs = append(inputs, union.InputOf(gap.Title, gap.Demand-gap.Supply))
		}
		list.Text(key, each.title, titles, inputs...)
	}
}

// addRates adds the named counts and the rates of them.
func (p *marketPlan) addRates(list *union.FigureList, b Bulletin) {
	for _, each := range p.spec.Counts {
		addCount(list, "employment.market.count."+each.Key, each.Title, "", each.Measure, b.Counts[each.Key])
	}
	for _, each := range p.spec.Rates {
		rate, fits := p.rate(b, each)
		if !fits {
			list.Add(union.Figure{}, union.NewFault(union.ErrOverflow, rate.Key, "", ""))
			continue
		}
		spec := list.Spec(rate.Key, rate.Title, said(rate.Of, rate.Part), said(rate.Base, rate.Whole))
		spec.Working.Rule += "：" + rate.Of + " ÷ " + rate.Base
		spec.Base, spec.Rounding = rate.Base, each.Rounding
		if ratio, err := rate.Ratio(); err == nil && each.Percent && !each.Part {
			list.Add(spec.Percent(ratio))
		} else {
			rate.Percent = each.Percent
			addRate(list, spec, rate)
		}
	}
}

// rate returns the rate that a spec describes, and whether its sums fit.
func (p *marketPlan) rate(b Bulletin, spec RateSpec) (rate Rate, fits bool) {
	rate = Rate{Key: "employment.market.rate." + spec.Key, Title: spec.Title, Percent: spec.Part}
	var of, base bool
	rate.Part, rate.Of, of = p.sum(b, spec.Of)
	rate.Whole, rate.Base, base = p.sum(b, spec.Base)
	return rate, of && base
}

// addComparison adds how the two sides and their ratio compare with an earlier
// period.
func (p *marketPlan) addComparison(list *union.FigureList, b Bulletin, c Comparison) {
	change, key := b.Changes[c.Key], "employment.market.compared."+c.Key+"."
	var before, now [2]union.Number
	var known [2]bool
	for i, side := range []string{demandSide, supplySide} {
		difference := change.Demand
		if side == supplySide {
			difference = change.Supply
		}
		before[i], now[i], known[i] = difference.read(p.whole(b, side))
		p.addGrowth(list, key+side, c.Title+p.spec.side(side).Title, change, before[i], now[i], known[i])
	}
	if p.spec.Tightness == (union.Rounding{}) {
		return
	}
	spec := list.Spec(key+"tightness.change", c.Title+tightnessTitle+"变化")
	spec.Rounding = p.spec.Tightness
	was, is, err := earlierAndLater(change, before, now, known)
	if err != nil {
		list.Add(spec.Absent(absence(err)), nil)
		return
	}
	spec.Working.Inputs = []union.Input{{Name: "上期比率", Value: was.String()}, {Name: "本期比率", Value: is.String()}}
	if p.spec.Change == OfPrinted {
		was, _ = p.spec.Tightness.Apply(was)
		is, _ = p.spec.Tightness.Apply(is)
		spec.Working.Rule += "：按公布的比率相减"
	}
	list.Add(spec.Number(is.Sub(was)))
}

// earlierAndLater returns the ratio of either period.
func earlierAndLater(change Change, before, now [2]union.Number, known [2]bool) (was, is union.Number, err error) {
	if !known[0] || !known[1] {
		return was, is, union.NewFault(union.ErrMissing, "", "", "both sides of both periods")
	}
	if is, err = now[0].Quo(now[1]); err != nil {
		return was, is, err
	}
	if change.Tightness != nil {
		return *change.Tightness, is, nil
	}
	was, err = before[0].Quo(before[1])
	return was, is, err
}

// addGrowth adds the earlier value of a side, by how much it has grown, without a
// sign, and in which direction.
func (p *marketPlan) addGrowth(list *union.FigureList, key, title string, change Change, before, now union.Number, known bool) {
	inputs := []union.Input{{Name: "上期", Value: before.String()}, {Name: "本期", Value: now.String()}}
	if !known {
		inputs = nil
	}
	if len(change.Offices) > 0 {
		inputs = append(inputs, union.Input{Name: "可比单位", Value: strings.Join(change.Offices, "、")})
	}
	if len(change.Apart) > 0 {
		inputs = append(inputs, union.Input{Name: "不可比单位", Value: strings.Join(change.Apart, "、")})
	}
	earlier := list.Spec(key+".before", title+"上期值", inputs...)
	rate := list.Spec(key+".growth", title+"增减幅度", inputs...)
	direction := list.Spec(key+".direction", title+"增减方向", inputs...)
	rate.Base, rate.Rounding = "上期值", p.spec.Growth
	if !known {
		for _, spec := range []union.FigureSpec{earlier, rate, direction} {
			list.Add(spec.Absent(union.NotKnown), nil)
		}
		return
	}
	list.Add(earlier.Number(before))
	words := map[int]string{1: "增长", -1: "下降", 0: "持平"}
	growth, err := union.NewGrowth(before, now)
	switch {
	case p.spec.Growth == (union.Rounding{}):
	case err != nil:
		list.Add(rate.Absent(union.Undefined), nil)
	default:
		percent := growth.Percent()
		if percent.Sign() < 0 {
			percent = percent.Neg()
		}
		list.Add(rate.Share(percent))
	}
	list.Add(direction.Text(words[now.Cmp(before)]), nil)
}
