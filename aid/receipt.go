package aid

import (
	"strconv"

	"github.com/unioncampaign/union"
)

// A Donor is who stands behind the token of a gift, as the register of donors has
// it. Whatever writes a donor by itself writes name and number masked.
type Donor struct {
	Token    string         `json:"token"`
	Name     union.Name     `json:"name"`
	IDNumber union.IDNumber `json:"id_number,omitzero"`
}

// A Receipt is what a donor is given for what has come in (捐款收据): who gave what,
// through which unit, on which day, and who took it. Name reveals the donor only by
// its own method; a receipt of an anonymous gift or of a unit's row has none and is
// made out to the unit.
type Receipt struct {
	Number   string         `json:"number"` // of the receipt: the gift's ID
	For      string         `json:"for"`    // the donation day's title
	Name     union.Name     `json:"name"`
	IDNumber union.IDNumber `json:"id_number,omitzero"`
	Unit     string         `json:"unit"` // its title
	Form     string         `json:"form,omitempty"`
	Amount   union.Money    `json:"amount"`
	Capitals string         `json:"capitals,omitempty"` // the amount in uppercase numerals; none of goods by the piece
	Quantity int64          `json:"quantity,omitempty"`
	Measure  union.Measure  `json:"measure"`         // of the amount, or of goods by the piece
	Basis    string         `json:"basis,omitempty"` // the title of the document that a value rests on
	On       union.Date     `json:"on"`
	Day      string         `json:"day"` // the same in uppercase numerals
	Handler  union.Name     `json:"handler"`
}

// Receipt returns the receipt of a gift that came in, made out to its donor, by
// whoever took it. Its errors are the first of:
//   - those of [DonationDay.CodeGift];
//   - [union.ErrRange], for what has not come in: a promise, a release, a row of
//     nothing; and for a donor whose token is not the gift's;
//   - [union.ErrMissing], for a gift by name without the donor's name, and without
//     the name of who took it.
func (d DonationDay) Receipt(gift Gift, donor Donor, handler union.Name) (Receipt, error) {
	coded, err := d.CodeGift(gift)
	if err != nil {
		return Receipt{}, err
	}
	switch {
	case gift.Kind == Pledge, gift.Kind == PledgeReleased, gift.Amount.IsZero() && gift.Quantity == 0:
		return Receipt{}, union.NewFault(union.ErrRange, "kind", gift.Kind.String()+" of "+gift.Amount.String(), "a gift that has come in")
	case donor.Token != gift.Donor:
		return Receipt{}, union.NewFault(union.ErrRange, "donor", "another token", "the gift's")
	case gift.Donor != "" && donor.Name.IsZero():
		return Receipt{}, union.NewFault(union.ErrMissing, "donor.name", "", "")
	case handler.IsZero():
		return Receipt{}, union.NewFault(union.ErrMissing, "handler", "", "")
	}
	form := d.form(coded.Form)
	receipt := Receipt{
		Number: gift.ID, For: d.spec.Title, Name: donor.Name, IDNumber: donor.IDNumber,
		Unit: d.units.Title(coded.Unit), Form: form.Title, Amount: gift.Amount, Quantity: gift.Quantity,
		Measure: form.measure(), On: gift.On, Day: gift.On.Capitals(), Handler: handler,
	}
	if form.Valued != nil {
		for _, basis := range form.Valued.Bases {
			if basis.Key == gift.Basis {
				receipt.Basis = basis.Title
			}
		}
	}
	if form.measure() == union.Yuan {
		if receipt.Capitals, err = gift.Amount.Capitals(d.spec.Capitals); err != nil {
			return Receipt{}, union.Within("amount", err)
		}
	}
	return receipt, nil
}

// A PostedGift is a line of a list that is posted up (张榜公示): who gave what, the
// donor masked, or called by another name if the donor is not to be named.
type PostedGift struct {
	Unit   string     `json:"unit"` // its title
	Donor  string     `json:"donor,omitempty"`
	Form   string     `json:"form,omitempty"`
	Worth  string     `json:"worth"`            // with its measure
	Donors int64      `json:"donors,omitempty"` // for whom a unit's row stands
	On     union.Date `json:"on"`
}

// Post returns the list of gifts to be posted up, in their order: what came in by
// the cut-off and rows of nothing, but no promises and releases. Donors are told by
// their masked names, those who wish not to be named by the alias that the gift
// gives, and by nothing else; no line has an identity number. The first fault is the
// error, placed in gifts: those of [DonationDay.CodeGift], and [union.ErrUnknown] for
// a donor whose token is not among donors.
func (d DonationDay) Post(gifts []Gift, donors []Donor) ([]PostedGift, error) {
	names := make(map[string]union.Name, len(donors))
	for _, donor := range donors {
		names[donor.Token] = donor.Name
	}
	var list []PostedGift
	for i, gift := range gifts {
		coded, err := d.CodeGift(gift)
		if err != nil {
			return nil, union.Within(union.Indexed("gifts", i), err)
		}
		if coded.Late || gift.Kind == Pledge || gift.Kind == PledgeReleased {
			continue
		}
		line := PostedGift{
			Unit: d.units.Title(coded.Unit), Donor: gift.Alias, Form: d.form(coded.Form).Title,
			Worth: d.form(coded.Form).worth(gift), Donors: gift.Donors, On: gift.On,
		}
		if gift.Donor != "" && !gift.Private {
			name, known := names[gift.Donor]
			if !known {
				return nil, union.NewFault(union.ErrUnknown, union.Indexed("gifts", i)+".donor", "a token", "one of the donors")
			}
			line.Donor = name.String()
		}
		list = append(list, line)
	}
	return list, nil
}

// worth returns what a gift is worth, as it is read aloud.
func (f GiftForm) worth(gift Gift) string {
	if f.Counted != nil {
		return strconv.FormatInt(gift.Quantity, 10) + string(f.measure())
	}
	return gift.Amount.String() + string(f.measure())
}
