package aid

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A GiftKind says what a row of a donation list is. The zero GiftKind is none.
type GiftKind uint8

// The kinds.
const (
	Received       GiftKind = iota + 1 // a gift of one donor that has come in
	Whole                              // a unit's one row for all that came in from it
	Pledge                             // what a unit has promised (认捐) and may not have paid
	PledgePaid                         // what has come in from a unit on its promise
	PledgeReleased                     // what a unit need not pay of its promise
)

var giftKindTexts = [...]string{"", "received", "whole", "pledge", "paid", "released"}

// wantGiftKind names the kinds.
const wantGiftKind = "received, whole, pledge, paid or released"

func (k GiftKind) known() bool { return k >= Received && k <= PledgeReleased }

// String returns "received", "whole", "pledge", "paid", "released" or, for any
// other value, its number, as in "GiftKind(9)".
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
		return nil, union.NewFault(union.ErrUnknown, "", k.String(), wantGiftKind)
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
	return union.NewFault(union.ErrUnknown, "", quote.Key(string(text)), wantGiftKind)
}

// A Gift is one row of a donation list. What a unit gave in a batch and a form
// comes either gift by gift or in one row for the whole unit, never both.
//
// Donor is a token of the caller's, empty if the donor is anonymous; only a
// Received gift has one, and not what a unit itself gives. Donors is how many
// persons a unit's row stands for, zero if that is not stated. The amount of a
// unit's row may be zero: the row is kept, and the unit has not taken part. Any
// other gift has an amount above zero or, of goods that are only counted, a
// quantity.
type Gift struct {
	ID       string      `json:"id"`
	Unit     string      `json:"unit"` // the key of a unit of the roster
	Kind     GiftKind    `json:"kind"`
	Batch    string      `json:"batch,omitempty"` // the key of a batch, if the day has any
	Form     string      `json:"form,omitempty"`  // the key of a form, if the day lists any
	Giver    string      `json:"giver,omitempty"` // the key of a kind of donors, if the day lists any
	Donor    string      `json:"donor,omitempty"`
	Rank     string      `json:"rank,omitempty"` // the donor's, a key of the tariff
	Donors   int64       `json:"donors,omitempty"`
	Amount   union.Money `json:"amount"`
	Quantity int64       `json:"quantity,omitempty"` // of goods
	Earmarks []Earmark   `json:"earmarks,omitempty"`
	Basis    string      `json:"basis,omitempty"`  // the document that the value of goods rests on, a key of the form
	Reason   string      `json:"reason,omitempty"` // why a promise is released
	// Reference is how the bank's list names the transfer that the gift came in by.
	// Gifts of one transfer have one reference.
	Reference string     `json:"reference,omitempty"`
	Alias     string     `json:"alias,omitempty"`   // what a posted list calls a donor who is not to be named
	Private   bool       `json:"private,omitempty"` // the donor is not to be named in a posted list
	On        union.Date `json:"on"`
}

// An Earmark is how much of a gift is meant for a purpose of its own, such as a
// named fund. It is of the gift's amount and not added to it.
type Earmark struct {
	Key    string      `json:"key"` // of an earmark that the day lists
	Amount union.Money `json:"amount"`
}

// A CodedGift is a gift as [Donations] count it, its keys looked up and its day
// compared with the cut-off: a late gift is counted apart, and a late pledge not
// at all. A caller who knows the codes makes it directly; else
// [DonationDay.CodeGift] does. A code is the place in its list, from 1, and 0 if
// the day has no such list. The zero CodedGift is refused.
type CodedGift struct {
	Unit     union.Code
	Kind     GiftKind
	Late     bool // after the cut-off
	Batch    union.Code
	Form     union.Code
	Giver    union.Code // 0 for a pledge or a release too
	Own      bool       // the unit itself gives, and no persons
	Donor    string
	Donors   int64
	Amount   union.Money
	Quantity int64
	Earmarks []CodedEarmark
}

// A CodedEarmark is an [Earmark] with its place in the day's list, from 1.
type CodedEarmark struct {
	Earmark union.Code
	Amount  union.Money
}

// CodeGift reads a gift under the day's rule. It reports the first of these
// faults:
//   - [union.ErrMissing], of the zero DonationDay, and for no ID;
//   - [union.ErrMissing] and [union.ErrUnknown], for the unit, the batch, the form
//     and the kind of donor, if the day lists such, and [union.ErrRange] if it does
//     not, for the kind of donor of a pledge or a release, and for a unit that others
//     are within, which gives through them;
//   - [union.ErrUnknown], for a rank, which may be left out, and for an earmark;
//   - [union.ErrRange], for a day that is not one of those on which gifts count, or
//     of its batch;
//   - [union.ErrRange], for an amount or a quantity that the form does not have, and
//     [union.ErrMissing], [union.ErrUnknown] and [union.ErrRange], for the document
//     that a value rests on, which only goods at a value have when they come in;
//   - [union.ErrMissing] and [union.ErrRange], for the reason of a release, which
//     nothing else has;
//   - what [Donations.Add] finds wrong with the gift by itself.
func (d DonationDay) CodeGift(gift Gift) (CodedGift, error) {
	if d.id.IsZero() {
		return CodedGift{}, union.NewFault(union.ErrMissing, "rule", "", "")
	}
	if gift.ID == "" {
		return CodedGift{}, union.NewFault(union.ErrMissing, "id", "", "")
	}
	coded := CodedGift{
		Kind: gift.Kind, Late: d.late(gift.On),
		Donor: gift.Donor, Donors: gift.Donors, Amount: gift.Amount, Quantity: gift.Quantity,
	}
	if err := d.codeKeys(gift, &coded); err != nil {
		return CodedGift{}, err
	}
	if gift.Rank != "" {
		if _, err := d.Tariff(gift.Rank); err != nil {
			return CodedGift{}, err
		}
	}
	for i, earmark := range gift.Earmarks {
		code, err := placeIn(d.spec.Earmarks, termKey, union.Indexed("earmarks", i), earmark.Key)
		if err != nil {
			return CodedGift{}, err
		}
		coded.Earmarks = append(coded.Earmarks, CodedEarmark{code, earmark.Amount})
	}
	if err := d.checkDay(gift, coded.Batch); err != nil {
		return CodedGift{}, err
	}
	if err := d.form(coded.Form).checkWorth(gift); err != nil {
		return CodedGift{}, err
	}
	switch {
	case gift.Kind == PledgeReleased && gift.Reason == "":
		return CodedGift{}, union.NewFault(union.ErrMissing, "reason", "", "why the promise is released")
	case gift.Kind != PledgeReleased && gift.Reason != "":
		return CodedGift{}, union.NewFault(union.ErrRange, "reason", "a reason", "none but of a release")
	}
	return coded, coded.check()
}

// codeKeys looks up the keys of a gift that the day lists.
func (d DonationDay) codeKeys(gift Gift, coded *CodedGift) error {
	var err error
	if coded.Unit, err = find(d.units, "unit", gift.Unit); err != nil {
		return err
	}
	if d.groups[coded.Unit-1] {
		return union.NewFault(union.ErrRange, "unit", quote.Key(gift.Unit), "a unit that no others are within")
	}
	if coded.Batch, err = placeIn(d.spec.Batches, batchKey, "batch", gift.Batch); err != nil {
		return err
	}
	if coded.Form, err = placeIn(d.spec.Forms, formKey, "form", gift.Form); err != nil {
		return err
	}
	if gift.Kind == Pledge || gift.Kind == PledgeReleased {
		if gift.Giver != "" {
			return union.NewFault(union.ErrRange, "giver", quote.Key(gift.Giver), "none of what has not come in")
		}
		return nil
	}
	coded.Giver, err = placeIn(d.spec.Givers, giverKey, "giver", gift.Giver)
	coded.Own = coded.Giver != 0 && d.spec.Givers[coded.Giver-1].Own
	return err
}

func termKey(t union.Term) string { return t.Key }
func batchKey(b Batch) string     { return b.Key }
func formKey(f GiftForm) string   { return f.Key }
func giverKey(g GiverKind) string { return g.Key }

// placeIn returns the place of a key in a list, from 1, and 0 if there is no list.
func placeIn[T any](list []T, keyOf func(T) string, where, key string) (union.Code, error) {
	switch {
	case len(list) == 0 && key != "":
		return 0, union.NewFault(union.ErrRange, where, quote.Key(key), "none, since the day lists none")
	case len(list) == 0:
		return 0, nil
	case key == "":
		return 0, union.NewFault(union.ErrMissing, where, "", "")
	}
	at := slices.IndexFunc(list, func(each T) bool { return keyOf(each) == key })
	if at < 0 {
		return 0, union.NewFault(union.ErrUnknown, where, quote.Key(key), "a key that the day lists")
	}
	return union.Code(at + 1), nil
}

// checkDay refuses a day on which the gift does not count.
func (d DonationDay) checkDay(gift Gift, batch union.Code) error {
	days := d.spec.Days
	if !days.Contains(gift.On) {
		return union.NewFault(union.ErrRange, "on", gift.On.String(), "a day in "+days.String())
	}
	if batch == 0 {
		return nil
	}
	if days = d.spec.Batches[batch-1].Days; !days.IsZero() && !days.Contains(gift.On) {
		return union.NewFault(union.ErrRange, "on", gift.On.String(), "a day of the batch, in "+days.String())
	}
	return nil
}

// form returns the form of a code that the day has.
func (d DonationDay) form(code union.Code) GiftForm {
	if code == 0 {
		return plainMoney()
	}
	return d.spec.Forms[code-1]
}

// check reports what is wrong with a gift by itself, its token excepted.
func (g *CodedGift) check() error {
	nothing := g.Amount.IsZero() && g.Quantity == 0
	switch {
	case !g.Kind.known():
		return union.NewFault(union.ErrUnknown, "kind", g.Kind.String(), wantGiftKind)
	case g.Quantity < 0:
		return union.NewFault(union.ErrRange, "quantity", strconv.FormatInt(g.Quantity, 10), "0 or more")
	case g.Amount.Sign() < 0 || nothing && g.Kind != Whole:
		return union.NewFault(union.ErrRange, "amount", g.Amount.String(), "above 0.00")
	case g.Donor != "" && (g.Kind != Received || g.Own):
		return union.NewFault(union.ErrRange, "donor", "a donor", "none but of a gift by name")
	case g.Donors < 0 || g.Donors > 0 && (g.Kind != Whole || g.Own || nothing):
		return union.NewFault(union.ErrRange, "donors", strconv.FormatInt(g.Donors, 10), "a number only of those for whom a unit's row stands")
	}
	for i, earmark := range g.Earmarks {
		if earmark.Amount.Sign() <= 0 || earmark.Amount.Cmp(g.Amount) > 0 {
			return union.NewFault(union.ErrRange, union.Indexed("earmarks", i), earmark.Amount.String(), "above 0.00 and at most what is given")
		}
		if g.Kind == Pledge || g.Kind == PledgeReleased {
			return union.NewFault(union.ErrRange, union.Indexed("earmarks", i), "an earmark", "none of what has not come in")
		}
		for _, other := range g.Earmarks[:i] {
			if other.Earmark == earmark.Earmark {
				return union.NewFault(union.ErrRepeated, union.Indexed("earmarks", i), "", "each earmark once")
			}
		}
	}
	return nil
}
