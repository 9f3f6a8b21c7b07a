package aid

import (
	"crypto/sha256"
	"encoding/hex"
	"math"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/wire"
)

// collectionDocument names what a Collection is identified by.
const collectionDocument = "aid.collection/1"

// A Collection is a donation day held by all units of a tree, such as those of a
// nation with its provinces, counties and towns: how much came in from each, and
// nothing else of a gift. What a county's own list says besides, [Donations] count. It
// never changes. The zero Collection has no units.
type Collection struct {
	tree  union.Tree
	id    union.RuleID
	above []union.UnitID // by ID, what each unit stands under; of no unit, itself
}

// Over returns the day as all units of a tree hold it. The zero DonationDay and a
// tree without units are [union.ErrMissing].
func (d DonationDay) Over(tree union.Tree) (Collection, error) {
	switch {
	case d.id.IsZero():
		return Collection{}, union.NewFault(union.ErrMissing, "rule", "", "")
	case tree.Len() == 0:
		return Collection{}, union.NewFault(union.ErrMissing, "tree", "", "a tree with units")
	}
	// A rule is limited in length, and a nation is long: its units are in the rule as
	// their digest.
	digest := sha256.New()
	var text []byte
	for unit := range tree.Len() {
		each, _ := tree.Unit(union.UnitID(unit + 1))
		text = text[:0]
		for _, part := range [...]string{each.Key, each.Title, each.Parent} {
			text = append(strconv.AppendInt(text, int64(len(part)), 10), ' ')
			text = append(text, part...)
		}
		_, _ = digest.Write(text) // a digest takes everything
	}
	id, err := union.IdentifyRule(collectionDocument, struct {
		Day   string `json:"day"`
		Units string `json:"units"`
	}{d.id.String(), hex.EncodeToString(digest.Sum(nil))})
	if err != nil {
		return Collection{}, err
	}
	above := make([]union.UnitID, tree.Len()+1)
	for unit := range above {
		above[unit] = tree.Parent(union.UnitID(unit))
	}
	return Collection{tree: tree, id: id, above: above}, nil
}

// ID returns the identity of the collection: of the day, and of each unit with what
// it stands under.
func (c Collection) ID() union.RuleID { return c.id }

// Tree returns the units.
func (c Collection) Tree() union.Tree { return c.tree }

// Proceeds returns empty proceeds of the collection.
func (c Collection) Proceeds() Proceeds {
	if c.id.IsZero() {
		return Proceeds{}
	}
	return Proceeds{rule: c.id, sums: make([]int64, c.tree.Len())}
}

// Totals returns what came in from each unit and all below it, by the unit's ID; the
// first, of no unit, is what came in from all. Proceeds of another collection are
// [union.ErrRule].
func (c Collection) Totals(proceeds Proceeds) ([]union.Money, error) {
	if err := under(c.id, proceeds.rule, "proceeds"); err != nil {
		return nil, err
	}
	totals := make([]union.Money, c.tree.Len()+1)
	if proceeds.rule.IsZero() {
		return totals, nil
	}
	if len(proceeds.sums) != c.tree.Len() {
		return nil, otherShape("proceeds", "other units", c.id)
	}
	for i, sum := range proceeds.sums { // those below come first; no sum of all overflows
		total, above := totals[i+1].Fen()+sum, c.above[i+1]
		totals[i+1], totals[above] = union.Fen(total), union.Fen(totals[above].Fen()+total)
	}
	return totals, nil
}

// A UnitGift is what came in from a unit of a tree, by its ID there.
type UnitGift struct {
	Unit   union.UnitID
	Amount union.Money
}

// A UnitDecimal is a [UnitGift] whose amount is still a decimal of yuan.
type UnitDecimal struct {
	Unit   union.UnitID
	Amount decimal.Decimal
}

// Proceeds are the money that came in from each unit of a [Collection]: a sum for
// each and nothing more, so that gifts by the ten million are added nearly as fast as
// whole numbers are. Their size depends on the tree alone. They are no record of
// gifts: one that is added twice counts twice.
//
// The zero Proceeds are the identity of Merge and take the collection of what is
// merged into them; nothing can be added to them before. Assigning Proceeds shares
// their sums; merge them into the zero Proceeds for a copy.
type Proceeds struct {
	rule union.RuleID
	sums []int64 // fen, by ID of the unit less one
}

// Rule returns the identity of the collection that the proceeds are of.
func (p Proceeds) Rule() union.RuleID { return p.rule }

// limit is what a unit's sum may be, so that no sum over units overflows.
func (p *Proceeds) limit() int64 { return math.MaxInt64 / int64(max(len(p.sums), 1)) }

// Add adds gifts. It allocates nothing. On error the proceeds are unchanged, and
// nothing of the list is added. It reports the first gift, by its place in gifts, that
// has one of these faults:
//   - [union.ErrRule], for the zero Proceeds;
//   - [union.ErrRange], for a unit that the tree does not have, and for an amount
//     below zero; a row of nothing may be there;
//   - [union.ErrOverflow], if the unit's sum would be more than the greatest amount
//     divided by the number of units: so no total can overflow.
func (p *Proceeds) Add(gifts ...UnitGift) error {
	sums, limit := p.sums, p.limit()
	for i := range gifts {
		at, fen := uint64(gifts[i].Unit)-1, gifts[i].Amount.Fen()
		if at >= uint64(len(sums)) {
			return p.takeBack(gifts, i)
		}
		sum := sums[at]
		if uint64(fen) > uint64(limit-sum) { // below zero too
			return p.takeBack(gifts, i)
		}
		sums[at] = sum + fen
	}
	return nil
}

// takeBack takes away the gifts before the one that is refused, and says why it is.
func (p *Proceeds) takeBack(gifts []UnitGift, refused int) error {
	for _, gift := range gifts[:refused] {
		p.sums[gift.Unit-1] -= gift.Amount.Fen()
	}
	return p.refusal(gifts[refused], union.Indexed("gifts", refused))
}

// refusal says why a gift cannot be added.
func (p *Proceeds) refusal(gift UnitGift, at string) error {
	switch {
	case p.rule.IsZero():
		return union.NewFault(union.ErrRule, "proceeds", p.rule.String(), "a collection's")
	case gift.Unit == 0 || uint64(gift.Unit) > uint64(len(p.sums)):
		return union.NewFault(union.ErrRange, at+".unit", strconv.FormatUint(uint64(gift.Unit), 10), "1 to "+strconv.Itoa(len(p.sums)))
	case gift.Amount.Sign() < 0:
		return union.NewFault(union.ErrRange, at+".amount", gift.Amount.String(), "0.00 or more")
	}
	return union.NewFault(union.ErrOverflow, at+".amount", "", "a sum of the unit of at most "+union.Fen(p.limit()).String())
}

// decimalBlock is how many decimals are looked at ahead of their being added: their
// coefficients lie wherever the heap has them, and are fetched together.
const decimalBlock = 128

// AddDecimals adds gifts whose amounts are decimals of yuan, as [Proceeds.Add] would
// those of [union.MoneyOf]. It allocates nothing for those of two places. An amount
// that MoneyOf refuses is a fault of that gift, reported as its first.
func (p *Proceeds) AddDecimals(gifts ...UnitDecimal) error {
	var block [decimalBlock]UnitGift
	for from := 0; from < len(gifts); from += decimalBlock {
		decimals := gifts[from:min(from+decimalBlock, len(gifts))]
		n, refused := amountsOf(decimals, &block)
		err := p.Add(block[:n]...)
		if err == nil && refused == nil {
			continue
		}
		for i := range gifts[:from] {
			amount, _ := union.MoneyOf(gifts[i].Amount) // it was added
			p.sums[gifts[i].Unit-1] -= amount.Fen()
		}
		if err != nil {
			return p.refusedIn(block[:n], from)
		}
		for i := range block[:n] {
			p.sums[block[i].Unit-1] -= block[i].Amount.Fen()
		}
		return union.Within(union.Indexed("gifts", from+n)+".amount", refused)
	}
	return nil
}

// amountsOf fills block with the gifts of decimals, up to one that is no amount.
func amountsOf(decimals []UnitDecimal, block *[decimalBlock]UnitGift) (n int, refused error) {
	// What lies scattered over the heap is fetched at once if it is only read at first.
	for i := range decimals {
		block[i] = UnitGift{decimals[i].Unit, union.Fen(decimals[i].Amount.CoefficientInt64())}
	}
	for i := range decimals {
		each := decimals[i].Amount
		if each.Exponent() == -2 && each.NumDigits() <= 18 {
			continue // as nearly all are: what was read is its fen
		}
		amount, err := union.MoneyOf(each)
		if err != nil {
			return i, err
		}
		block[i].Amount = amount
	}
	return len(decimals), nil
}

// refusedIn adds the gifts of a block again, to say which is refused, by its place
// after those from which it begins.
func (p *Proceeds) refusedIn(block []UnitGift, from int) error {
	for i, gift := range block {
		if err := p.Add(gift); err != nil {
			for _, each := range block[:i] {
				p.sums[each.Unit-1] -= each.Amount.Fen()
			}
			return p.refusal(gift, union.Indexed("gifts", from+i))
		}
	}
	return nil
}

// Merge adds other proceeds of the same collection, and shares nothing with them. On
// error p is unchanged; its errors:
//   - [union.ErrRule], for proceeds of another collection;
//   - [union.ErrOverflow], if a unit's sum could not be held, as [Proceeds.Add] says.
func (p *Proceeds) Merge(other Proceeds) error {
	if other.rule.IsZero() {
		return nil
	}
	if p.rule.IsZero() {
		*p = Proceeds{rule: other.rule, sums: slices.Clone(other.sums)}
		return nil
	}
	if p.rule != other.rule {
		return union.NewFault(union.ErrRule, "proceeds", other.rule.String(), p.rule.String())
	}
	if len(p.sums) != len(other.sums) {
		return otherShape("proceeds", "other units", p.rule)
	}
	for i, sum := range other.sums { // all of them first: a refused merge changes none
		if sum > p.limit()-p.sums[i] {
			return union.NewFault(union.ErrOverflow, "proceeds", "", "")
		}
	}
	for i, sum := range other.sums {
		p.sums[i] += sum
	}
	return nil
}

// proceedsForm names the binary form of Proceeds: the sum of each unit in fen.
const proceedsForm = "aid.proceeds/1"

// AppendBinary appends the canonical binary form, as [union.WriteTally] does.
func (p Proceeds) AppendBinary(data []byte) ([]byte, error) {
	return union.WriteTally(data, proceedsForm, p.rule, func(w *wire.Writer) { w.Counts(p.sums) })
}

// UnmarshalBinary reads what AppendBinary wrote, as [union.ReadTally] does; into the
// zero Proceeds those of any collection, else those of the same one
// ([union.ErrRule]). Proceeds of no units, and a sum that [Proceeds.Add] would refuse,
// are [union.ErrText]. On error they are unchanged.
func (p *Proceeds) UnmarshalBinary(data []byte) error {
	var made Proceeds
	rule, err := union.ReadTally(data, proceedsForm, p.rule, func(r *wire.Reader) {
		made.sums = r.Counts()
		if len(made.sums) == 0 || slices.Max(made.sums) > made.limit() {
			r.Refuse("sums of no collection", "one for each unit of a tree")
		}
	})
	if err != nil {
		return err
	}
	if !p.rule.IsZero() && !rule.IsZero() && len(made.sums) != len(p.sums) {
		return otherShape("proceeds", "other units", p.rule)
	}
	made.rule = rule
	*p = made
	return nil
}
