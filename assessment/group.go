package assessment

import (
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Group is a figure over the units that are judged together: the best, a mean,
// a sum, how many they are, or the unit's own place among them. Only units to
// which the item applies are in it.
//
// It reaches over everyone, or Within those that share the unit's value of a
// grouping (its class, its room), or over those that name the unit Under one:
// with "parent" its subordinates.
type Group struct {
	Item    string    `json:"item"`
	Of      Statistic `json:"of"`
	Within  string    `json:"within,omitempty"`  // a grouping of the records; empty: everyone
	Under   string    `json:"under,omitempty"`   // a grouping by which other units name this one
	Each    string    `json:"each,omitempty"`    // a grouping: the mean of each of its groups counts as one figure
	Trim    []Trim    `json:"trim,omitempty"`    // of the units' figures; with Each, of each of its groups
	Lowest  bool      `json:"lowest,omitempty"`  // for Placed: the lowest figure has the first place
	Placing *Placing  `json:"placing,omitempty"` // for Placed, which must have one that says what becomes of ties
}

// A Statistic is what a group is asked for. The zero Statistic is not one.
type Statistic uint8

// The statistics.
const (
	Best   Statistic = iota + 1 // the greatest figure
	Least                       // the least figure
	Mean                        // their mean
	Total                       // their sum
	Size                        // how many units have the figure
	Placed                      // the unit's own place by it, the highest first, or what the place is worth
)

var statisticTexts = [...]string{"", "best", "least", "mean", "total", "size", "place"}

// statisticTitles are the words of the field for the statistics.
var statisticTitles = [...]string{"", "最高值", "最低值", "平均值", "合计", "个数", "名次"}

// String returns "best", "least", "mean", "total", "size", "place", or
// "Statistic(9)" for any other value.
func (s Statistic) String() string { return wordOf("Statistic", statisticTexts[:], uint8(s)) }

// MarshalText writes the statistic as String does. A value that is none is
// [union.ErrUnknown].
func (s Statistic) MarshalText() ([]byte, error) {
	return textOf("Statistic", statisticTexts[:], uint8(s))
}

func (s Statistic) known() bool { return hasWord(statisticTexts[:], uint8(s)) }

// UnmarshalText reads what MarshalText writes; any other text is [union.ErrUnknown]
// and leaves s unchanged.
func (s *Statistic) UnmarshalText(text []byte) error {
	value, err := valueOf(statisticTexts[:], text)
	if err == nil {
		*s = Statistic(value)
	}
	return err
}

// check notes what is wrong with the group; items are those before it.
func (g Group) check(f *union.FaultList, where string, items known) {
	items.use(f, where+".item", g.Item)
	switch {
	case g.Of == 0:
		f.Add(union.ErrMissing, where+".of", "", "best, least, mean, total, size or place")
	case !g.Of.known():
		f.Add(union.ErrUnknown, where+".of", g.Of.String(), "best, least, mean, total, size or place")
	}
	if g.Within != "" && g.Under != "" {
		f.Add(union.ErrRepeated, where, "within and under", "one of them")
	}
	checkTrims(f, where+".trim", g.Trim)
	if g.Of != Placed {
		if g.Placing != nil || g.Lowest {
			f.Add(union.ErrRange, where+".placing", g.Of.String(), "none but for a place")
		}
		return
	}
	if g.Under != "" || g.Each != "" || len(g.Trim) > 0 {
		f.Add(union.ErrRange, where, "a place", "no trim, no means and no subordinates")
	}
	if g.Placing == nil || g.Placing.Ties == 0 {
		f.Add(union.ErrMissing, where+".placing", "", "what becomes of ties: skip, dense or shared")
	}
	if g.Placing != nil {
		g.Placing.check(f, where+".placing")
	}
}

func (g Group) extent(items known) extent {
	nothing, first := union.Number{}, union.Whole(1)
	switch g.Of {
	case Best, Least, Mean:
		if at, ok := items.index[g.Item]; ok {
			return items.extents[at]
		}
	case Size:
		return extent{low: &nothing}
	case Placed:
		e := extent{low: &first}
		if g.Placing == nil {
			return e
		}
		for _, step := range g.Placing.Worth {
			e = step.extent(e)
		}
		return e
	case Total:
	}
	return extent{}
}

// title says in the words of the field what the group is asked for.
func (g Group) title() string {
	text := "全体"
	switch {
	case g.Within != "":
		text = "同组"
	case g.Under != "":
		text = "下属单位"
	}
	if trim := trimFor(g.Trim, most); !trim.keepsAll() {
		text += trim.String() + "后"
	}
	if g.Each != "" {
		text += "先按" + g.Each + "平均，再取"
	}
	text += statisticTitles[g.Of]
	if g.Placing != nil {
		text += "，" + tiesTitles[g.Placing.Ties]
	}
	return text
}

// A grouping tells of which group each unit is a member, -1 for none, and whose
// figure it asks for: its own group's, or that of its subordinates.
type grouping struct {
	member []int32
	asks   []int32
	groups int
}

// everyone returns the grouping of one group.
func everyone(units int) grouping {
	same := make([]int32, units)
	return grouping{member: same, asks: same, groups: 1}
}

// only returns the grouping without the units that do not hold.
func (g grouping) only(holds func(unit int) bool) grouping {
	g.member = slices.Clone(g.member)
	for unit := range g.member {
		if !holds(unit) {
			g.member[unit] = -1
		}
	}
	return g
}

// groupings returns what groups the units are in, by the names that g uses.
func (g Group) groupings(in func(name string, under bool) (grouping, error)) (of, each grouping, err error) {
	switch {
	case g.Under != "":
		of, err = in(g.Under, true)
	default:
		of, err = in(g.Within, false)
	}
	if err == nil && g.Each != "" {
		each, err = in(g.Each, false)
	}
	return of, each, err
}

// groupedBy returns the grouping of records by a name. A unit has no superior,
// or one that is judged with it.
func groupedBy(records []Record, name string, under bool) (grouping, error) {
	if name == "" {
		return everyone(len(records)), nil
	}
	made := grouping{member: make([]int32, len(records)), asks: make([]int32, len(records))}
	codes := map[string]int32{}
	if under {
		made.groups = len(records)
		for at, record := range records {
			codes[record.Unit], made.asks[at] = int32(at), int32(at)
		}
	}
	for at, record := range records {
		value := record.In[name]
		code, ok := codes[value]
		switch {
		case under && value == "":
			code = -1
		case under && !ok:
			return made, union.Within(union.Indexed("group", at), union.NewFault(union.ErrUnknown, "in."+name, quote.Key(value), "a unit of the group"))
		case value == "":
			return made, union.Within(union.Indexed("group", at), union.NewFault(union.ErrMissing, "in."+name, "", "a group"))
		case !ok:
			code = int32(len(codes))
			codes[value] = code
		}
		made.member[at] = code
		if !under {
			made.asks[at] = code
		}
	}
	if !under {
		made.groups = len(codes)
	}
	return made, nil
}

// members returns the units of each group to which the figure applies, those of
// group i from starts[i] on.
func (g grouping) members(applies func(at int) bool) (order, starts []int32) {
	starts = make([]int32, g.groups+1)
	for at, code := range g.member {
		if code >= 0 && applies(at) {
			starts[code+1]++
		}
	}
	for i := range g.groups {
		starts[i+1] += starts[i]
	}
	order = make([]int32, starts[g.groups])
	next := slices.Clone(starts)
	for at, code := range g.member {
		if code >= 0 && applies(at) {
			order[next[code]] = int32(at)
			next[code]++
		}
	}
	return order, starts
}

// column returns the group's figure for each unit, as the item of a key.
func (g Group) column(units int, figure func(at int) mark, in func(name string, under bool) (grouping, error), key string) ([]mark, error) {
	of, each, err := g.groupings(in)
	if err != nil {
		return nil, err
	}
	order, starts := of.members(func(at int) bool { return figure(at).applies })
	column := make([]mark, units)
	if g.Of == Placed {
		return column, g.place(column, figure, order, starts, key)
	}
	made, known := make([]mark, of.groups), make([]bool, of.groups)
	for at, group := range of.asks {
		if !known[group] {
			known[group] = true
			if made[group], err = g.figure(order[starts[group]:starts[group+1]], figure, each.member); err != nil {
				return nil, union.Within(placeOf(at, key), err)
			}
		}
		column[at] = made[group]
	}
	return column, nil
}

// grouped returns the value of a grouping, which must be told.
func grouped(in map[string]string, grouping string) (string, error) {
	if grouping == "" {
		return "", nil
	}
	value := in[grouping]
	if value == "" {
		return "", union.NewFault(union.ErrMissing, "in."+grouping, "", "a group")
	}
	return value, nil
}

// together reports whether another record is in the group of a unit.
func (g Group) together(unit, other Record) bool {
	if g.Under != "" {
		return other.In[g.Under] == unit.Unit
	}
	return g.Within == "" || other.In[g.Within] == unit.In[g.Within]
}

// figure returns the figure of one group. A group of nobody has only a size.
func (g Group) figure(members []int32, figure func(at int) mark, each []int32) (mark, error) {
	list, err := g.figures(members, figure, each)
	switch {
	case err != nil:
		return mark{}, err
	case g.Of == Size:
		return mark{figure: union.Whole(int64(len(list))), applies: true}, nil
	case len(list) == 0:
		return mark{}, nil
	}
	var made union.Number
	switch g.Of {
	case Best:
		made = slices.MaxFunc(list, union.Number.Cmp)
	case Least:
		made = slices.MinFunc(list, union.Number.Cmp)
	default:
		made, err = aggregate(list, all(len(list)), g.Of == Mean)
	}
	return mark{figure: made, applies: true}, err
}

// all returns that everything is kept.
func all(n int) []bool {
	keep := make([]bool, n)
	for i := range keep {
		keep[i] = true
	}
	return keep
}

// figures returns the figures that count: those that the trims keep, or the
// means of each group.
func (g Group) figures(members []int32, figure func(at int) mark, each []int32) ([]union.Number, error) {
	if len(members) == 0 {
		return nil, nil
	}
	var parts [][]union.Number
	seen := map[int32]int{}
	for _, at := range members {
		code := int32(0)
		if g.Each != "" {
			code = each[at]
		}
		part, ok := seen[code]
		if !ok {
			part = len(parts)
			seen[code], parts = part, append(parts, nil)
		}
		parts[part] = append(parts[part], figure(int(at)).figure)
	}
	var list []union.Number
	for _, part := range parts {
		keep, err := trimmed(g.Trim, part)
		if err != nil {
			return nil, union.Within("trim", err)
		}
		if g.Each != "" {
			mean, err := aggregate(part, keep, true)
			if err != nil {
				return nil, err
			}
			list = append(list, mean)
			continue
		}
		for i, one := range part {
			if keep[i] {
				list = append(list, one)
			}
		}
	}
	return list, nil
}

// place sets the places of each group's members.
func (g Group) place(column []mark, figure func(at int) mark, order, starts []int32, key string) error {
	for group := range len(starts) - 1 {
		members := order[starts[group]:starts[group+1]]
		slices.SortStableFunc(members, func(a, b int32) int {
			c := figure(int(b)).figure.Cmp(figure(int(a)).figure)
			if g.Lowest {
				return -c
			}
			return c
		})
		place := int64(1)
		for start, end := 0, 0; start < len(members); start = end {
			first := figure(int(members[start])).figure
			for end = start; end < len(members) && figure(int(members[end])).figure.Equal(first); end++ {
			}
			tied := int64(end - start)
			points, err := g.Placing.points(place, tied)
			if err != nil {
				return union.Within(placeOf(int(members[start]), key), err)
			}
			for _, at := range members[start:end] {
				column[at] = mark{figure: points, applies: true}
			}
			place = g.Placing.next(place, tied)
		}
	}
	return nil
}
