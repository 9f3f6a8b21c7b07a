package assessment

import (
	"maps"
	"math"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
	"github.com/unioncampaign/union/internal/quote"
)

// A Batch is what is known of many units, in columns by item: the same as as
// many records, with nothing to look up by a key and nothing to allocate for a
// unit. Units are numbered from 0. Figures are whole numbers of a decimal place;
// every judge of a panel marked every unit.
//
// The columns are not copied: they must not change as long as the batch or its
// scores are in use. A Batch is made by [Scheme.Batch]; the zero Batch has no
// scheme, and refuses every column.
type Batch struct {
	scheme Scheme
	units  int
	given  map[string]column
	panels map[string][]column // by judge
	in     map[string]grouping
	under  map[string]grouping
	absent map[string][]bool
	facts  map[string][]bool
}

// A column is the figures of all units: whole numbers over one denominator, or
// Numbers where those do not suffice.
type column struct {
	num    []int64
	den    int64
	most   int64 // no figure's whole number is further from 0; math.MaxInt64: perhaps by one
	exact  []union.Number
	absent []bool // to which units it does not apply; nil: to none
}

// Batch returns an empty batch of so many units, of none if units is below 0.
func (s Scheme) Batch(units int) *Batch {
	return &Batch{
		scheme: s, units: max(0, units),
		given: map[string]column{}, panels: map[string][]column{}, in: map[string]grouping{},
		under: map[string]grouping{}, absent: map[string][]bool{}, facts: map[string][]bool{},
	}
}

// Given sets the figures of a Given item, in units of so many decimal places: 2
// for hundredths. It reports [union.ErrUnknown] for an item that is not given,
// [union.ErrRepeated] for one set before, and [union.ErrRange] for a column of
// another length, or other than 0 to 18 places.
func (b *Batch) Given(item string, places int, figures []int64) error {
	at, ok := b.scheme.items.index[item]
	if !ok || b.scheme.spec.Items[at].From.Given == nil {
		return union.NewFault(union.ErrUnknown, "given", quote.Key(item), "an item that is given")
	}
	if _, ok := b.given[item]; ok {
		return union.NewFault(union.ErrRepeated, "given."+item, "", "once")
	}
	made, err := b.column(places, figures)
	if err != nil {
		return union.Within("given."+item, err)
	}
	b.given[item] = made
	return nil
}

// GivenDecimals is [Batch.Given] for decimals, which it reads exactly. Decimals
// that do not fit one column of int64 are [union.ErrRange].
func (b *Batch) GivenDecimals(item string, figures []decimal.Decimal) error {
	values, places, err := fromDecimals(figures)
	if err != nil {
		return union.Within("given."+item, err)
	}
	return b.Given(item, places, values[0])
}

// Panel sets the marks of a panel or of an element of one, a column for each
// judge. It reports [union.ErrUnknown] for an item that is neither, and else what
// Given does.
func (b *Batch) Panel(item string, places int, judges ...[]int64) error {
	if !b.scheme.panels[item] {
		return union.NewFault(union.ErrUnknown, "panel", quote.Key(item), "a panel of the scheme")
	}
	if _, ok := b.panels[item]; ok {
		return union.NewFault(union.ErrRepeated, "panel."+item, "", "once")
	}
	made := make([]column, len(judges))
	for i, marks := range judges {
		var err error
		if made[i], err = b.column(places, marks); err != nil {
			return union.Within(union.Indexed("panel."+item, i), err)
		}
	}
	b.panels[item] = made
	return nil
}

// PanelDecimals is [Batch.Panel] for decimals, which it reads exactly.
func (b *Batch) PanelDecimals(item string, judges ...[]decimal.Decimal) error {
	values, places, err := fromDecimals(judges...)
	if err != nil {
		return union.Within("panel."+item, err)
	}
	return b.Panel(item, places, values...)
}

// In sets the groups of a grouping by the caller's codes, from 0 on and below the
// number of units. It reports [union.ErrMissing] for the zero Batch,
// [union.ErrRepeated] for a grouping set before or without a name, and
// [union.ErrRange] for another number of codes than of units, or a code too high.
func (b *Batch) In(name string, groups []uint32) error {
	made, err := b.groups(name, groups, false)
	if err == nil {
		b.in[name] = made
	}
	return err
}

// Under sets each unit's superior by its number; a unit without one is told as
// the number of units. It reports what In does.
func (b *Batch) Under(name string, superiors []uint32) error {
	made, err := b.groups(name, superiors, true)
	if err == nil {
		b.under[name] = made
	}
	return err
}

// NotApplicable says to which units an item does not apply. It reports
// [union.ErrUnknown] for an item that the scheme does not have, [union.ErrRepeated]
// for one set before, and [union.ErrRange] for a column of another length.
func (b *Batch) NotApplicable(item string, absent []bool) error {
	if _, ok := b.scheme.items.index[item]; !ok {
		return union.NewFault(union.ErrUnknown, "not_applicable", quote.Key(item), "an item of the scheme")
	}
	if _, ok := b.absent[item]; ok {
		return union.NewFault(union.ErrRepeated, "not_applicable."+item, "", "once")
	}
	if err := b.fits(len(absent)); err != nil {
		return union.Within("not_applicable."+item, err)
	}
	b.absent[item] = absent
	return nil
}

// Fact says for which units the fact of a veto occurred. It reports
// [union.ErrUnknown] for a fact that no veto of the scheme names, [union.ErrRepeated]
// for one set before, and [union.ErrRange] for a column of another length.
func (b *Batch) Fact(fact string, occurred []bool) error {
	if !slices.ContainsFunc(b.scheme.spec.Vetoes, func(v Veto) bool { return v.Fact == fact }) {
		return union.NewFault(union.ErrUnknown, "facts", quote.Key(fact), "the fact of a veto")
	}
	if _, ok := b.facts[fact]; ok {
		return union.NewFault(union.ErrRepeated, "facts."+fact, "", "once")
	}
	if err := b.fits(len(occurred)); err != nil {
		return union.Within("facts."+fact, err)
	}
	b.facts[fact] = occurred
	return nil
}

// fits reports a column of another length than the batch.
func (b *Batch) fits(length int) error {
	if length != b.units {
		return union.NewFault(union.ErrRange, "", strconv.Itoa(length)+" figures", strconv.Itoa(b.units))
	}
	return nil
}

// column checks a column of whole numbers.
func (b *Batch) column(places int, figures []int64) (column, error) {
	den, ok := exact.Pow10(places)
	if !ok || places < 0 {
		return column{}, union.NewFault(union.ErrRange, "places", strconv.Itoa(places), "0 to 18")
	}
	if err := b.fits(len(figures)); err != nil {
		return column{}, err
	}
	made := column{num: figures, den: den}
	made.bound()
	return made, nil
}

// bound sets how far the column's whole numbers are from 0.
func (c *column) bound() {
	var low, high int64
	for _, n := range c.num {
		low, high = min(low, n), max(high, n)
	}
	c.most = max(high, -max(low, -math.MaxInt64))
}

// reach returns how far from 0 the column's whole numbers are when they are
// multiplied, if it is sure that they fit.
func (c *column) reach(factor int64) (int64, bool) {
	reach, ok := exact.Mul(c.most, max(factor, -factor))
	// The least factor, which is no other's opposite, makes the reach the least.
	return reach, ok && uint64(reach) < math.MaxInt64
}

// groups makes a grouping of codes.
func (b *Batch) groups(name string, codes []uint32, under bool) (grouping, error) {
	before := b.in
	if under {
		before = b.under
	}
	if before == nil {
		return grouping{}, union.NewFault(union.ErrMissing, "batch", "the zero batch", "one made by a scheme")
	}
	if _, ok := before[name]; ok || name == "" {
		return grouping{}, union.NewFault(union.ErrRepeated, "in", quote.Key(name), "a new name")
	}
	if err := b.fits(len(codes)); err != nil {
		return grouping{}, union.Within("in."+name, err)
	}
	made := grouping{member: make([]int32, b.units)}
	top := uint32(0)
	for at, code := range codes {
		if code > uint32(b.units) || !under && code == uint32(b.units) {
			return grouping{}, union.NewFault(union.ErrRange, union.Indexed("in."+name, at), strconv.FormatUint(uint64(code), 10), "a code below "+strconv.Itoa(b.units))
		}
		made.member[at] = int32(code)
		top = max(top, code+1)
	}
	if !under {
		made.asks, made.groups = made.member, int(top)
		return made, nil
	}
	made.groups, made.asks = b.units, make([]int32, b.units)
	for at, code := range made.member {
		made.asks[at] = int32(at)
		if int(code) == b.units {
			made.member[at] = -1
		}
	}
	return made, nil
}

// block is how many units are read at a time, so few that what is read of them
// stays at hand.
const block = 128

// fromDecimals returns columns of decimals as whole numbers of one decimal place.
// A coefficient lies somewhere in memory: those of a block are fetched first, one
// after another without waiting, and then proved to fit.
func fromDecimals(columns ...[]decimal.Decimal) (values [][]int64, places int, err error) {
	values = make([][]int64, len(columns))
	units := 0
	for i, column := range columns {
		values[i] = make([]int64, len(column))
		units = max(units, len(column))
		if len(column) > 0 {
			places = max(places, -int(column[0].Exponent()))
		}
	}
	alike := places <= 18
	for start := 0; start < units && alike; start += block {
		for i, column := range columns {
			part := column[min(start, len(column)):min(start+block, len(column))]
			into := values[i][min(start, len(column)):]
			for at := range part {
				into[at] = part[at].CoefficientInt64()
			}
		}
		for _, column := range columns {
			part := column[min(start, len(column)):min(start+block, len(column))]
			for at := range part {
				alike = alike && int(part[at].Exponent()) == -places && part[at].NumDigits() <= 18
			}
		}
	}
	if alike {
		return values, places, nil
	}
	return unlikeDecimals(columns, values)
}

// unlikeDecimals does the same where the decimals have several places, and names
// one that does not fit.
func unlikeDecimals(columns [][]decimal.Decimal, values [][]int64) ([][]int64, int, error) {
	places := 0
	for i, column := range columns {
		for at := range column {
			exponent := int(column[at].Exponent())
			if exponent < -18 || exponent > 18 || column[at].NumDigits() > 18 {
				return nil, 0, union.NewFault(union.ErrRange, union.Indexed(union.Indexed("", i), at), "exponent "+strconv.Itoa(exponent), "at most 18 digits and places")
			}
			places = max(places, -exponent)
		}
	}
	for i, column := range columns {
		for at := range column {
			values[i][at] = column[at].CoefficientInt64()
			if err := shift(values[i][at:at+1], places+int(column[at].Exponent())); err != nil {
				return nil, 0, union.Within(union.Indexed(union.Indexed("", i), at), err)
			}
		}
	}
	return values, places, nil
}

// shift turns whole numbers into those of so many more decimal places.
func shift(values []int64, places int) error {
	if places == 0 {
		return nil
	}
	by, ok := exact.Pow10(places)
	for i, n := range values {
		shifted, fits := exact.Mul(n, by)
		if n != 0 && (!ok || !fits) {
			return union.NewFault(union.ErrRange, "", "too many digits", "figures that fit one column")
		}
		values[i] = shifted
	}
	return nil
}

// at returns the figure of a unit.
func (c *column) at(unit int) mark {
	if c.absent != nil && c.absent[unit] {
		return mark{}
	}
	if c.exact != nil {
		return mark{figure: c.exact[unit], applies: true}
	}
	figure, err := union.NewNumber(c.num[unit], c.den)
	return mark{figure: figure, applies: err == nil}
}

// BatchScores is what a scheme makes of a batch, unit by unit: a plain result.
// The zero BatchScores has no units.
type BatchScores struct {
	scheme  Scheme
	units   int
	columns []column // by item; the total is that before vetoes
	in      map[string]grouping
	grades  []int32 // the rung of the grade; -1: none
	barred  []bool
	zeroed  []bool
}

// JudgeBatch scores a batch as [Scheme.Judge] scores records, with the same
// figures. Nobody is scored if anybody cannot be. It reports the first fault,
// looking at the items in the scheme's order and for each at the units, as Judge
// does; and [union.ErrRule] for a batch of another scheme.
func (s Scheme) JudgeBatch(b *Batch) (BatchScores, error) {
	if b == nil || s.id.IsZero() || b.scheme.id != s.id {
		return BatchScores{}, union.NewFault(union.ErrRule, "batch", "", "a batch of this scheme")
	}
	run := batchRun{scheme: s, batch: b, row: make([]mark, len(s.spec.Items))}
	for at := range s.spec.Items {
		made, err := run.item(at)
		if err != nil {
			return BatchScores{}, err
		}
		run.columns = append(run.columns, made)
	}
	scores := BatchScores{scheme: s, units: b.units, columns: run.columns, in: maps.Clone(b.in)}
	return scores, run.finish(&scores)
}

// batchRun is a batch as it is judged.
type batchRun struct {
	scheme  Scheme
	batch   *Batch
	columns []column
	row     []mark // of one unit at a time
}

// item returns the column of an item: in whole numbers as far as its source and
// steps allow, then in Numbers.
func (r *batchRun) item(at int) (column, error) {
	item := r.scheme.spec.Items[at]
	made, ok := r.fastSource(item)
	if !ok {
		var err error
		if made, err = r.slowSource(item); err != nil {
			return column{}, err
		}
	}
	if absent := r.batch.absent[item.Key]; absent != nil {
		made = made.without(absent)
	}
	for i, step := range item.Then {
		if fast, ok := step.applyColumn(made); ok {
			made = fast
			continue
		}
		return r.slowSteps(item, made, i)
	}
	return made, nil
}

// without returns the column without the units to which it does not apply.
func (c column) without(absent []bool) column {
	both := slices.Clone(absent)
	for i, already := range c.absent {
		both[i] = both[i] || already
	}
	c.absent = both
	return c
}

// fill sets the figures that an item uses in the row of a unit.
func (r *batchRun) fill(item Item, unit int) {
	item.each(func(key string) {
		if at, ok := r.scheme.items.index[key]; ok {
			r.row[at] = r.columns[at].at(unit)
		}
	})
}

// slowSource makes a source's column unit by unit.
func (r *batchRun) slowSource(item Item) (column, error) {
	if of := item.From.Group; of != nil {
		figures := &r.columns[r.scheme.items.index[of.Item]]
		marks, err := of.column(r.batch.units, figures.at, r.batch.grouping, item.Key)
		if err != nil {
			return column{}, err
		}
		return columnOf(marks), nil
	}
	marks := make([]mark, r.batch.units)
	record := Record{Given: map[string]union.Number{}, Panel: map[string][]Mark{}}
	absent := r.batch.absent[item.Key]
	for unit := range marks {
		if absent != nil && absent[unit] {
			continue
		}
		if err := r.record(&record, item, unit); err != nil {
			return column{}, union.Within("items."+item.Key, err)
		}
		r.fill(item, unit)
		made, err := r.scheme.source(item, record, r.row)
		if err != nil {
			return column{}, union.Within(placeOf(unit, item.Key), err)
		}
		marks[unit] = made
	}
	return columnOf(marks), nil
}

// record sets what the record of a unit holds for an item.
func (r *batchRun) record(record *Record, item Item, unit int) error {
	if item.From.Given != nil {
		given, ok := r.batch.given[item.Key]
		if !ok {
			return union.NewFault(union.ErrMissing, "given", "", "a column of figures")
		}
		record.Given[item.Key] = given.at(unit).figure
	}
	if item.From.Panel == nil {
		return nil
	}
	for _, term := range item.From.Panel.elements(item.Key) {
		judges, ok := r.batch.panels[term.Item]
		if !ok {
			return union.NewFault(union.ErrMissing, "panel."+term.Item, "", "a column for each judge")
		}
		marks := record.Panel[term.Item][:0]
		for i := range judges {
			marks = append(marks, MarkOf(judges[i].at(unit).figure))
		}
		record.Panel[term.Item] = marks
	}
	return nil
}

// grouping returns the groups of a name.
func (b *Batch) grouping(name string, under bool) (grouping, error) {
	if name == "" {
		return everyone(b.units), nil
	}
	from := b.in
	if under {
		from = b.under
	}
	made, ok := from[name]
	if !ok {
		return grouping{}, union.NewFault(union.ErrMissing, "in."+name, "", "the groups of the units")
	}
	return made, nil
}

// slowSteps takes a column through the steps of an item from one on, unit by
// unit.
func (r *batchRun) slowSteps(item Item, from column, start int) (column, error) {
	marks := make([]mark, r.batch.units)
	for unit := range marks {
		made := from.at(unit)
		if !made.applies {
			continue
		}
		r.fill(item, unit)
		for i, step := range item.Then[start:] {
			after, err := step.apply(made.figure, r.row, r.scheme.items)
			if err != nil {
				return column{}, union.Within(placeOf(unit, item.Key)+"."+union.Indexed("then", start+i), err)
			}
			made.figure = after
		}
		marks[unit] = made
	}
	return columnOf(marks), nil
}

// columnOf returns marks as a column, in whole numbers if they have a common
// denominator that is small.
func columnOf(marks []mark) column {
	made := column{den: 1}
	for at, each := range marks {
		if !each.applies {
			if made.absent == nil {
				made.absent = make([]bool, len(marks))
			}
			made.absent[at] = true
			continue
		}
		_, den, ok := each.figure.Fraction()
		if made.den, ok = commonMultiple(made.den, den, ok); !ok {
			return exactColumn(marks)
		}
	}
	made.num = make([]int64, len(marks))
	for at, each := range marks {
		num, den, _ := each.figure.Fraction()
		scaled, ok := exact.Mul(num, made.den/den)
		if !ok {
			return exactColumn(marks)
		}
		made.num[at] = scaled
	}
	made.bound()
	return made
}

// exactColumn returns marks as a column of Numbers.
func exactColumn(marks []mark) column {
	made := column{exact: make([]union.Number, len(marks))}
	for at, each := range marks {
		made.exact[at] = each.figure
		if !each.applies {
			if made.absent == nil {
				made.absent = make([]bool, len(marks))
			}
			made.absent[at] = true
		}
	}
	return made
}

// commonMultiple returns the least common multiple of two denominators, if they
// are known and it fits.
func commonMultiple(a, b int64, known bool) (int64, bool) {
	if !known {
		return 0, false
	}
	return exact.Mul(a, b/int64(exact.GCD(uint64(a), uint64(b))))
}

// finish judges gates, vetoes and grades, which only a scheme that has them pays
// for.
func (r *batchRun) finish(scores *BatchScores) error {
	s := r.scheme
	total := &r.columns[s.total]
	if unit := slices.Index(total.absent, true); unit >= 0 {
		return union.NewFault(union.ErrUndefined, placeOf(unit, s.spec.Total), "nothing of it applies", "")
	}
	if len(s.spec.Gates) == 0 && len(r.batch.facts) == 0 && s.spec.Grades == nil {
		return nil
	}
	scores.barred, scores.grades = make([]bool, scores.units), make([]int32, scores.units)
	scores.zeroed = make([]bool, scores.units)
	used := Item{}
	if s.spec.Grades != nil {
		used.From.Ladder = s.spec.Grades
	}
	for unit := range scores.units {
		if err := r.finishUnit(scores, used, unit); err != nil {
			return union.Within(union.Indexed("group", unit), err)
		}
	}
	return nil
}

func (r *batchRun) finishUnit(scores *BatchScores, used Item, unit int) error {
	s := r.scheme
	open, lowered := true, 0
	for _, gate := range s.spec.Gates {
		tested := r.columns[s.items.index[gate.Item]].at(unit)
		open = open && (!tested.applies || gate.In.Contains(tested.figure))
	}
	for _, veto := range s.spec.Vetoes {
		if occurred := r.batch.facts[veto.Fact]; occurred != nil && occurred[unit] {
			scores.barred[unit] = scores.barred[unit] || veto.Effect != Lower
			scores.zeroed[unit] = scores.zeroed[unit] || veto.Effect == Zero
			lowered += veto.Grades
		}
	}
	scores.barred[unit] = scores.barred[unit] || !open
	scores.grades[unit] = -1
	if !open || s.spec.Grades == nil {
		return nil
	}
	r.fill(used, unit)
	if scores.zeroed[unit] {
		r.row[s.total].figure = union.Number{}
	}
	rung, err := s.spec.Grades.find(r.row, s.items)
	if err != nil {
		return union.Within("grades", err)
	}
	scores.grades[unit] = int32(s.lowered(rung, lowered))
	return nil
}

// Units returns how many units were scored.
func (b BatchScores) Units() int { return b.units }

// Item returns the figure of an item for a unit, and whether it has one. The
// total is that after vetoes.
func (b BatchScores) Item(item string, unit int) (union.Number, bool) {
	at, ok := b.scheme.items.index[item]
	if !ok || unit < 0 || unit >= b.units {
		return union.Number{}, false
	}
	if at == b.scheme.total && b.zeroed != nil && b.zeroed[unit] {
		return union.Number{}, true
	}
	made := b.columns[at].at(unit)
	return made.figure, made.applies
}

// Grade returns the key of a unit's grade; empty if it has none.
func (b BatchScores) Grade(unit int) string {
	if b.scheme.spec.Grades == nil || unit < 0 || unit >= len(b.grades) || b.grades[unit] < 0 {
		return ""
	}
	return b.scheme.spec.Grades.Rungs[b.grades[unit]].Grade
}

// Holds reports whether every gate holds for a unit and no fact bars the award.
func (b BatchScores) Holds(unit int) bool {
	return unit >= 0 && unit < b.units && (b.barred == nil || !b.barred[unit])
}
