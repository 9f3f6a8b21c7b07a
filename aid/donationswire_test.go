package aid_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/internal/wire"
)

// units writes donations of a day that lists so many units and nothing else.
func units(w *wire.Writer, n int) {
	writeLists(w, n, 0, 0, 0, 0)
	for range n {
		w.Fill(make([]int64, numbersOfGiving))
		w.Nest(union.Register{})
	}
}

func writeLists(w *wire.Writer, lists ...int) {
	for _, n := range lists {
		w.Len(n)
	}
}

// The numbers of what a unit gave, in the order of the binary form.
const (
	received = iota
	receivedPieces
	paid
	paidPieces
	pledgedFen
	pledgedPieces
	released
	releasedPieces
	late
	latePieces
	giftCount
	anonymous
	rowCount
	unstated
	rowDonors
	payments
	ownGifts
	lateCount
	numbersOfGiving
)

// numbers are those of a cell, all but the ones given being nothing.
type numbers map[int]int64

func (n numbers) write(w *wire.Writer) {
	list := make([]int64, numbersOfGiving)
	for i, value := range n {
		list[i] = value
	}
	w.Fill(list)
}

func oneDonor() union.Register {
	var register union.Register
	if _, err := register.Add("k1"); err != nil {
		panic(err)
	}
	return register
}

// What no gifts give is refused where it is read: no figure is made of it.
func TestDonationsThatNoGiftsGiveAreNotRead(t *testing.T) {
	for name, each := range map[string]numbers{
		"more anonymous gifts than gifts":  {received: 1, giftCount: 1, anonymous: 2},
		"a gift of less than a fen":        {received: 1, giftCount: 2, anonymous: 2},
		"a row of less than a fen":         {received: 1, giftCount: 1, anonymous: 1, rowCount: 1, unstated: 1},
		"money that nobody gave":           {received: 1},
		"pieces that nobody gave":          {receivedPieces: 1},
		"more unstated rows than rows":     {received: 9, rowCount: 1, unstated: 2},
		"donors of no row":                 {received: 1, giftCount: 1, anonymous: 1, rowDonors: 3},
		"donors of rows that state none":   {received: 5, rowCount: 1, unstated: 1, rowDonors: 5},
		"donors of a row without money":    {rowCount: 1, rowDonors: 5},
		"a row of what a gift has taken":   {received: 1, giftCount: 1, anonymous: 1, rowCount: 1, rowDonors: 5},
		"money in a row of nobody":         {received: 5, rowCount: 1},
		"a late gift of nothing":           {lateCount: 1},
		"late money that nobody gave":      {late: 1},
		"more paid than received":          {received: 1, paid: 2, payments: 1},
		"more pieces paid than received":   {receivedPieces: 1, paidPieces: 2, payments: 1},
		"money paid by no payment":         {received: 1, paid: 1},
		"a payment of nothing":             {received: 1, giftCount: 1, anonymous: 1, payments: 1},
		"a gift of one's own of nothing":   {ownGifts: 1},
		"a gift of what a payment is made": {received: 1, paid: 1, payments: 1, giftCount: 1, anonymous: 1},
	} {
		err := new(aid.Donations).UnmarshalBinary(claimed(t, "aid.donations/1", donationDay().ID(), func(w *wire.Writer) {
			writeLists(w, 1, 0, 0, 0, 0)
			each.write(w)
			w.Nest(union.Register{})
		}))
		require.ErrorIs(t, err, union.ErrText, name)
	}
	for name, write := range map[string]func(*wire.Writer){
		"no units": func(w *wire.Writer) { units(w, 0) },
		"a donor without a gift": func(w *wire.Writer) {
			writeLists(w, 1, 0, 0, 0, 0)
			numbers{received: 1, rowCount: 1, unstated: 1}.write(w)
			w.Nest(oneDonor())
		},
		"a named gift without a donor": func(w *wire.Writer) {
			writeLists(w, 1, 0, 0, 0, 0)
			numbers{received: 1, giftCount: 1}.write(w)
			w.Nest(union.Register{})
		},
		"more of an earmark than was received": func(w *wire.Writer) {
			writeLists(w, 1, 0, 0, 0, 1)
			numbers{received: 1, giftCount: 1, anonymous: 1}.write(w)
			w.Fill([]int64{2})
			w.Nest(union.Register{})
		},
		"more from kinds of donors than from units": func(w *wire.Writer) {
			writeLists(w, 1, 0, 0, 1, 0)
			numbers{received: 1, giftCount: 1, anonymous: 1}.write(w)
			w.Nest(union.Register{})
			w.Fill([]int64{2, 0, 1})
		},
		"other pieces from kinds of donors": func(w *wire.Writer) {
			writeLists(w, 1, 0, 0, 1, 0)
			numbers{receivedPieces: 3, giftCount: 1, anonymous: 1}.write(w)
			w.Nest(union.Register{})
			w.Fill([]int64{0, 2, 1})
		},
		"fewer gifts from kinds of donors": func(w *wire.Writer) {
			writeLists(w, 1, 0, 0, 1, 0)
			numbers{received: 2, giftCount: 2, anonymous: 2}.write(w)
			w.Nest(union.Register{})
			w.Fill([]int64{2, 0, 1})
		},
		"gifts of kinds of donors of nothing": func(w *wire.Writer) {
			writeLists(w, 1, 0, 0, 1, 0)
			numbers{}.write(w)
			w.Nest(union.Register{})
			w.Fill([]int64{0, 0, 1})
		},
		"sums of batches beyond what is held": func(w *wire.Writer) {
			writeLists(w, 1, 0, 2, 0, 0)
			for range 2 {
				numbers{received: mostFen, rowCount: 1, rowDonors: 1}.write(w)
			}
			w.Nest(union.Register{})
		},
		"sums of units beyond what is held": func(w *wire.Writer) {
			writeLists(w, 2, 0, 0, 1, 0)
			for range 2 {
				numbers{received: mostFen, rowCount: 1, rowDonors: 1}.write(w)
				w.Nest(union.Register{})
			}
			w.Fill([]int64{mostFen, 0, 2})
		},
		"sums of kinds of donors beyond what is held": func(w *wire.Writer) {
			writeLists(w, 1, 0, 0, 2, 0)
			numbers{received: mostFen, rowCount: 1, rowDonors: 1}.write(w)
			w.Nest(union.Register{})
			w.Fill([]int64{mostFen, 0, 2})
			w.Fill([]int64{mostFen, 0, 2})
		},
		"more lists than there can be": func(w *wire.Writer) {
			writeLists(w, 9, 9, 9, 9, 9)
			w.Fill(make([]int64, 2000))
		},
	} {
		err := new(aid.Donations).UnmarshalBinary(claimed(t, "aid.donations/1", donationDay().ID(), write))
		require.ErrorIs(t, err, union.ErrText, name)
	}
}
