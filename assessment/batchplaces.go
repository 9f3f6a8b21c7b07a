package assessment

import (
	"cmp"
	"math/bits"
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
)

// BatchPlaces is where the units of a batch stand: a plain result. The zero
// BatchPlaces has no units.
type BatchPlaces struct {
	order  []uint32 // the units, from the first place on, one group after another
	ranks  []int32  // by unit
	starts []int32  // where each group starts in the order, and last where it ends
	open   bool
}

// Order returns the units from the first place on, one group after another in
// the order of their codes.
func (b BatchPlaces) Order() []uint32 { return slices.Clone(b.order) }

// Rank returns the place of a unit within its group, counted from 1; 0 for a unit
// that is not ranked or that the batch does not have.
func (b BatchPlaces) Rank(unit int) int {
	if unit < 0 || unit >= len(b.ranks) {
		return 0
	}
	return int(b.ranks[unit])
}

// Open reports whether the ranking leaves any tie open: units that share a rank
// are undecided.
func (b BatchPlaces) Open() bool { return b.open }

// RankBatch puts the units of a batch in order as [Ranking.Rank] does scores.
// Units whose tie stands are in the order of their numbers. A key among units, an
// order of groups that are not ranked, and points of places are for Rank, and are
// [union.ErrRange]. It reports [union.ErrMissing] for an item that the scheme
// does not have or that does not apply to a unit, and for a grouping that was
// not set; and what rounding a key reports.
func (r Ranking) RankBatch(scores BatchScores) (BatchPlaces, error) {
	if len(r.spec.Unranked) > 0 || len(r.spec.Placing.Worth) > 0 {
		return BatchPlaces{}, union.NewFault(union.ErrRange, "ranking", "unranked groups or points", "a ranking of places alone")
	}
	of := everyone(scores.units)
	if r.spec.Within != "" {
		var ok bool
		if of, ok = scores.in[r.spec.Within]; !ok {
			return BatchPlaces{}, union.NewFault(union.ErrMissing, "in."+r.spec.Within, "", "the groups of the units")
		}
	}
	if r.spec.Holding {
		of = of.only(scores.Holds)
	}
	keys := make([]column, len(r.spec.Keys))
	for i, key := range r.spec.Keys {
		var err error
		if keys[i], err = scores.key(key); err != nil {
			return BatchPlaces{}, union.Within(union.Indexed("keys", i), err)
		}
	}
	places := BatchPlaces{ranks: make([]int32, scores.units)}
	if !r.pack(&places, keys, of) {
		r.sort(&places, keys, of)
	}
	return places, nil
}

// key returns the column that a key compares.
func (b BatchScores) key(key Key) (column, error) {
	at, ok := b.scheme.items.index[key.Item]
	switch {
	case key.Among:
		return column{}, union.NewFault(union.ErrRange, "among", key.Item, "a key by an item alone")
	case !ok, slices.Contains(b.columns[at].absent, true):
		return column{}, union.NewFault(union.ErrMissing, "item", strconv.Quote(key.Item), "an item that applies to every unit")
	}
	zeroed := at == b.scheme.total && slices.Contains(b.zeroed, true)
	if !zeroed && key.As == nil {
		return b.columns[at], nil
	}
	marks := make([]mark, b.units)
	for unit := range marks {
		figure, _ := b.Item(key.Item, unit)
		rounded, err := key.rounded(figure)
		if err != nil {
			return column{}, err
		}
		marks[unit] = mark{figure: rounded, applies: true}
	}
	return columnOf(marks), nil
}

// compare compares two units by a column.
func (c *column) compare(a, b uint32) int {
	if c.exact != nil {
		return c.exact[a].Cmp(c.exact[b])
	}
	return cmp.Compare(c.num[a], c.num[b])
}

// sort orders units by any keys.
func (r Ranking) sort(places *BatchPlaces, keys []column, of grouping) {
	for unit, group := range of.member {
		if group >= 0 {
			places.order = append(places.order, uint32(unit))
		}
	}
	compare := func(a, b uint32) int {
		for i := range keys {
			order := keys[i].compare(b, a)
			if r.spec.Keys[i].Ascending {
				order = -order
			}
			if order != 0 {
				return order
			}
		}
		return 0
	}
	slices.SortStableFunc(places.order, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(of.member[a], of.member[b]), compare(a, b))
	})
	r.number(places, of, func(i int) bool { return compare(places.order[i-1], places.order[i]) == 0 })
}

// number gives the ranks of units in order, and says where each group starts;
// tied tells whether the unit at a place ties with the one before.
func (r Ranking) number(places *BatchPlaces, of grouping, tied func(i int) bool) {
	places.starts = make([]int32, of.groups+1)
	for _, group := range of.member {
		if group >= 0 {
			places.starts[group+1]++
		}
	}
	for i := range of.groups {
		places.starts[i+1] += places.starts[i]
	}
	for group := range of.groups {
		rank, next := int32(0), int32(1)
		for i := places.starts[group]; i < places.starts[group+1]; i++ {
			tie := i > places.starts[group] && tied(int(i))
			places.open = places.open || tie && r.spec.Placing.Ties == 0
			if !tie {
				rank = next
			}
			places.ranks[places.order[i]] = rank
			next++
			if r.spec.Placing.Ties == Dense {
				next = rank + 1
			}
		}
	}
}

// pack orders units by one key of whole numbers: group, key and unit are packed
// in one word each, and the words are sorted by their digits. It reports whether
// they fit.
func (r Ranking) pack(places *BatchPlaces, keys []column, of grouping) bool {
	if len(keys) != 1 || keys[0].exact != nil || len(places.ranks) == 0 {
		return false
	}
	low, high := keys[0].num[0], keys[0].num[0]
	for _, n := range keys[0].num {
		low, high = min(low, n), max(high, n)
	}
	index := bits.Len(uint(len(places.ranks)))
	value := bits.Len64(uint64(high) - uint64(low))
	group := bits.Len(uint(of.groups - 1))
	if index+value+group > 64 {
		return false
	}
	words := make([]uint64, 0, len(places.ranks))
	for unit, n := range keys[0].num {
		if of.member[unit] < 0 {
			continue
		}
		away := uint64(high) - uint64(n)
		if r.spec.Keys[0].Ascending {
			away = uint64(n) - uint64(low)
		}
		words = append(words, uint64(of.member[unit])<<(value+index)|away<<index|uint64(unit))
	}
	words = radix(words, index, index+value+group)
	places.order = make([]uint32, len(words))
	for i, word := range words {
		places.order[i] = uint32(word & (1<<index - 1))
	}
	r.number(places, of, func(i int) bool { return words[i-1]>>index == words[i]>>index })
	return true
}

// radix sorts words by their bits from one to another, and leaves words alone
// that are equal there.
func radix(words []uint64, from, to int) []uint64 {
	const digit = 11
	other := make([]uint64, len(words))
	for ; from < to; from += digit {
		var starts [1 << digit]uint32
		width := min(digit, to-from)
		mask := uint64(1)<<width - 1
		for _, word := range words {
			starts[word>>from&mask]++
		}
		next := uint32(0)
		for i := range mask + 1 {
			starts[i], next = next, next+starts[i]
		}
		for _, word := range words {
			at := word >> from & mask
			other[starts[at]] = word
			starts[at]++
		}
		words, other = other, words
	}
	return words
}

// TakeBatch takes units of a batch as [Quota.Take] takes units: of each group by
// the quota of its own size, or of all. It returns which units are taken, and
// those at a line that are left undecided. Several groups under a quota of all
// are [union.ErrRange]; and it fails where [Quota.Size] does.
func (q Quota) TakeBatch(places BatchPlaces, approved bool) (taken []bool, undecided []uint32, err error) {
	groups := len(places.starts) - 1
	if groups > 1 && !q.spec.Within {
		return nil, nil, union.NewFault(union.ErrRange, "places", strconv.Itoa(groups)+" groups", "one group, or a quota within each")
	}
	taken = make([]bool, len(places.ranks))
	for group := range groups {
		order := places.order[places.starts[group]:places.starts[group+1]]
		size, err := q.Size(int64(len(order)), approved)
		if err != nil {
			return nil, nil, err
		}
		size = min(size, int64(len(order)))
		// Those who share the place at which the quota ends stand from start to end.
		start, end := int(size), int(size)
		if size > 0 && end < len(order) && places.ranks[order[end]] == places.ranks[order[end-1]] {
			for start > 0 && places.ranks[order[start-1]] == places.ranks[order[size]] {
				start--
			}
			for end < len(order) && places.ranks[order[end]] == places.ranks[order[size]] {
				end++
			}
		}
		last := start
		switch q.spec.AtLine {
		case TakeAll:
			last = end
		case TakeNone:
		default:
			undecided = append(undecided, order[start:end]...)
		}
		for _, unit := range order[:last] {
			taken[unit] = true
		}
	}
	return taken, undecided, nil
}
