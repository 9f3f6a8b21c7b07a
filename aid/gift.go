package aid

import (
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A GiftKind says what a row of a donation list is. The zero GiftKind is none.
type GiftKind uint8

// The kinds.
const (
	Received GiftKind = iota + 1 // money that one donor gave and that has come in
	Whole                        // a unit's one row for all that came in from it
	Pledge                       // what a unit has promised (认捐) and may not have paid
)

var giftKindTexts = [...]string{"", "received", "whole", "pledge"}

func (k GiftKind) known() bool { return k >= Received && k <= Pledge }

// String returns "received", "whole", "pledge" or, for any other value, its
// number, as in "GiftKind(9)".
func (k GiftKind) String() string {
	if k.known() {
		return giftKindTexts[k]
	}
	return "GiftKind(" + strconv.Itoa(int(k)) + ")"
}

// MarshalText writes the kind as String does. A value that is no kind is
// [union.ErrUnknown].
func (k GiftKind) MarshalText() ([]byte, error) {
	if !k.known() {
		return nil, union.NewFault(union.ErrUnknown, "", k.String(), "received, whole or pledge")
	}
	return []byte(k.String()), nil
}

// UnmarshalText reads what MarshalText writes; any other text is
// [union.ErrUnknown] and leaves k unchanged.
func (k *GiftKind) UnmarshalText(text []byte) error {
	for kind := Received; kind.known(); kind++ {
		if string(text) == giftKindTexts[kind] {
			*k = kind
			return nil
		}
	}
	return union.NewFault(union.ErrUnknown, "", quote.Key(string(text)), "received, whole or pledge")
}

// A Gift is one row of a donation list. What a unit gave comes either gift by
// gift or in one row for the whole unit, never both.
//
// Donor is a token of the caller's, empty if the donor is anonymous; a unit's
// row and a pledge have none. Donors is how many persons a unit's row stands
// for, zero if that is not stated. The amount of a unit's row may be zero: the
// row is kept, and the unit has not taken part. Any other amount is above zero.
type Gift struct {
	ID     string      `json:"id"`
	Unit   string      `json:"unit"` // the key of a unit of the roster
	Kind   GiftKind    `json:"kind"`
	Donor  string      `json:"donor,omitempty"`
	Rank   string      `json:"rank,omitempty"` // the donor's, a key of the tariff
	Donors int64       `json:"donors,omitempty"`
	Amount union.Money `json:"amount"`
	On     union.Date  `json:"on"`
}

// A CodedGift is a gift as [Donations] count it, its unit looked up and its day
// compared with the cut-off: a late gift is counted apart, and a late pledge not
// at all. A caller who knows the units' codes makes it directly; else
// [DonationDay.CodeGift] does.
type CodedGift struct {
	Unit   union.Code // the place in the roster, from 1
	Kind   GiftKind
	Late   bool // after the cut-off
	Donor  string
	Donors int64
	Amount union.Money
}

// CodeGift reads a gift under the day's rule. It reports the first of these
// faults:
//   - [union.ErrMissing], of the zero DonationDay, and for no ID;
//   - [union.ErrMissing] and [union.ErrUnknown], for the unit, then for a rank,
//     which may be left out;
//   - [union.ErrRange], for a day that is not one of those on which gifts count;
//   - what [Donations.Add] finds wrong with the gift by itself.
func (d DonationDay) CodeGift(gift Gift) (CodedGift, error) {
	if d.id.IsZero() {
		return CodedGift{}, union.NewFault(union.ErrMissing, "rule", "", "")
	}
	if gift.ID == "" {
		return CodedGift{}, union.NewFault(union.ErrMissing, "id", "", "")
	}
	unit, err := find(d.units, "unit", gift.Unit)
	if err != nil {
		return CodedGift{}, err
	}
	if gift.Rank != "" {
		if _, err := d.Tariff(gift.Rank); err != nil {
			return CodedGift{}, err
		}
	}
	if !d.spec.Days.Contains(gift.On) {
		return CodedGift{}, union.NewFault(union.ErrRange, "on", gift.On.String(), "a day in "+d.spec.Days.String())
	}
	coded := CodedGift{
		Unit: unit, Kind: gift.Kind, Late: d.late(gift.On),
		Donor: gift.Donor, Donors: gift.Donors, Amount: gift.Amount,
	}
	return coded, coded.check()
}

// check reports what is wrong with a gift by itself, its token excepted.
func (g *CodedGift) check() error {
	switch fen := g.Amount.Fen(); {
	case !g.Kind.known():
		return union.NewFault(union.ErrUnknown, "kind", g.Kind.String(), "received, whole or pledge")
	case fen < 0 || fen == 0 && g.Kind != Whole:
		return union.NewFault(union.ErrRange, "amount", g.Amount.String(), "above 0.00")
	case g.Donor != "" && g.Kind != Received:
		return union.NewFault(union.ErrRange, "donor", "a donor", "none in the row of a unit")
	case g.Donors < 0 || g.Donors > 0 && (g.Kind != Whole || fen == 0):
		return union.NewFault(union.ErrRange, "donors", strconv.FormatInt(g.Donors, 10), "a number only of those for whom a unit's row stands")
	}
	return nil
}
