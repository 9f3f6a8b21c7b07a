package aid_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/internal/laws"
)

// ---- what units gave is what donors gave, and what came into the ledger that day

func giftsAreReceipts(count func([]aid.Gift) (aid.Donations, error)) laws.Law {
	units := []string{"office", "school", "mill"}
	return func(r *rapid.T) error {
		var gifts []aid.Gift
		named, sum := map[[2]string]bool{}, int64(0)
		anonymous := map[string]int64{}
		ledger := books().Ledger()
		for n := range rapid.IntRange(1, 12).Draw(r, "gifts") {
			gift := aid.Gift{
				ID: fmt.Sprint("g", n), Unit: rapid.SampledFrom(units).Draw(r, "unit"), Kind: aid.Received, On: day("2010-05-04"),
				Donor: rapid.SampledFrom([]string{"", "d1", "d2"}).Draw(r, "donor"), Amount: union.Fen(rapid.Int64Range(1, 100_000).Draw(r, "fen")),
			}
			gifts = append(gifts, gift)
			sum += gift.Amount.Fen()
			if gift.Donor == "" {
				anonymous[gift.Unit]++
			} else {
				named[[2]string{gift.Unit, gift.Donor}] = true
			}
			e := receipt(gift.ID, "donated", gift.Amount.String(), "2010-05-04")
			if err := ledger.Post(e); err != nil {
				return err
			}
		}
		donations, err := count(gifts)
		if err != nil {
			return err
		}
		list, err := donationDay().ByUnit(donations)
		if err != nil {
			return err
		}
		var given int64
		for _, unit := range list {
			given += unit.Received.Fen()
			want := anonymous[unit.Unit.Key]
			for each := range named {
				if each[0] == unit.Unit.Key {
					want++
				}
			}
			if unit.Donors != want {
				return fmt.Errorf("%s has %d donors, and not %d", unit.Unit.Key, unit.Donors, want)
			}
		}
		statement, err := ledger.Statement(union.MustParsePeriod("2010-05-04/2010-05-04"))
		received := statement.Total.Received
		if err != nil || given != sum || received.Amount.Fen() != sum || received.Entries != int64(len(gifts)) {
			return fmt.Errorf("donors gave %d, units %d, and %s came in: %w", sum, given, received.Amount, err)
		}
		return nil
	}
}

func TestWhatWasGivenIsWhatTheLedgerReceived(t *testing.T) {
	laws.Holds(t, giftsAreReceipts(donationDay().CountGifts))
	laws.Rejects(t, giftsAreReceipts(func(gifts []aid.Gift) (aid.Donations, error) { // gifts are counted for donors
		gifts = slices.Clone(gifts)
		for i := range gifts {
			gifts[i].Donor = ""
		}
		return donationDay().CountGifts(gifts)
	}))
	laws.Rejects(t, giftsAreReceipts(func(gifts []aid.Gift) (aid.Donations, error) { // the last one is left out
		return donationDay().CountGifts(gifts[:len(gifts)-1])
	}))
}
