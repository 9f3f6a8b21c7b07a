package aid

import (
	"reflect"

	"github.com/unioncampaign/union"
)

// CountGifts returns the donations of a whole list. A gift that stands in it twice,
// with one ID and one content, is counted once. It reports all faults of the list,
// joined, each placed in gifts: those of [DonationDay.CodeGift] and [Donations.Add],
// and [union.ErrRepeated] for an ID that was given before with another content. If
// there are any, no donations are returned.
func (d DonationDay) CountGifts(gifts []Gift) (Donations, error) {
	donations := d.Donations()
	var faults union.FaultList
	seen := make(map[string]int, len(gifts))
	for i := range gifts {
		at := union.Indexed("gifts", i)
		before, again := seen[gifts[i].ID]
		switch {
		case again && reflect.DeepEqual(gifts[before], gifts[i]):
			continue
		case again && gifts[i].ID != "":
			faults.Add(union.ErrRepeated, at+".id", "another content than "+union.Indexed("gifts", before), "an ID of its own")
			continue
		}
		seen[gifts[i].ID] = i
		coded, err := d.CodeGift(gifts[i])
		if err == nil {
			err = donations.Add(coded)
		}
		faults.Within(at, err)
	}
	if err := faults.Err(); err != nil {
		return Donations{}, err
	}
	return donations, nil
}
