package main

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/bits"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/campaign"
	"github.com/unioncampaign/union/competition"
	"github.com/unioncampaign/union/employment"
	"github.com/unioncampaign/union/internal/simulate"
)

// partialsRow merges what 2,850 counties of a simulated nation send in of every tally of
// the five packages, registers included, as it comes from the wire, to the nation's. The
// limit only adds up the bytes, eight at a time. Each of them gives what the simulator
// says that the nation has.
var partialsRow = row{name: "Every tally: decoding and merging the partials of 2,850 counties", once: true, load: func(int) contest {
	// Each grassroots unit of the simulated nation stands for a county. The seed is the
	// first of a nation with as many as may be.
	tree, returns, err := simulate.NewHouse().Returns(1741, simulate.Size{Units: counties, Records: 3 * counties})
	if err != nil {
		panic(err)
	}
	if n := len(tree.Leaves()); n != counties {
		panic(fmt.Sprintf("the simulated nation has %d units, want %d", n, counties))
	}
	var c contest
	digest := sha256.New()
	for _, each := range returns {
		for _, partial := range each.Leaves {
			c.pieces++
			c.bytes += len(partial.Data)
		}
		digest.Write(each.Units[len(each.Units)-1].Data)
	}
	want := int64(binary.LittleEndian.Uint64(digest.Sum(nil)))
	c.limit = func() func() int64 {
		var sum uint64
		for _, each := range returns {
			for _, partial := range each.Leaves {
				data := partial.Data
				for ; len(data) >= 8; data = data[8:] {
					sum += binary.LittleEndian.Uint64(data)
				}
				for _, b := range data {
					sum += uint64(b)
				}
			}
		}
		return func() int64 { return want + int64(bits.LeadingZeros64(sum|1<<63)) } // which is 0, and needs the sum
	}
	c.library = func() func() int64 {
		sums := make([]func() ([]byte, error), len(returns))
		for i, each := range returns {
			sums[i] = mergers[each.Tally](each.Leaves)
		}
		return func() int64 {
			digest := sha256.New()
			for _, sum := range sums {
				digest.Write(must(sum()))
			}
			return int64(binary.LittleEndian.Uint64(digest.Sum(nil)))
		}
	}
	return c
}}

// mergers merge the partials of each tally, by its name, and return how the sum is
// written.
var mergers = map[string]func([]simulate.Partial) func() ([]byte, error){
	"union.Ratio": merge[union.Ratio], "union.Table": merge[union.Table], "union.Register": merge[union.Register],
	"aid.Donations": merge[aid.Donations], "aid.Proceeds": merge[aid.Proceeds], "aid.Visits": merge[aid.Visits],
	"aid.Students": merge[aid.Students], "aid.Survey": merge[aid.Survey], "aid.AnnualReview": merge[aid.AnnualReview],
	"aid.Payments":      merge[aid.Payments],
	"employment.Funnel": merge[employment.Funnel], "employment.Floor": merge[employment.Floor], "employment.Season": merge[employment.Season],
	"employment.Quarter": merge[employment.Quarter], "employment.Claims": merge[employment.Claims],
	"competition.Population": merge[competition.Population], "competition.Entrants": merge[competition.Entrants],
	"competition.Turnout": merge[competition.Turnout], "competition.Results": merge[competition.Results],
	"campaign.Attendance": merge[campaign.Attendance], "campaign.Writings": merge[campaign.Writings], "campaign.Overview": merge[campaign.Overview],
	"assessment.Box": merge[assessment.Box],
}

// merge decodes partials of a tally and merges each with those before.
func merge[T any, P union.Tally[T]](partials []simulate.Partial) func() ([]byte, error) {
	var sum T
	for _, partial := range partials {
		var each T
		if err := P(&each).UnmarshalBinary(partial.Data); err != nil {
			panic(fmt.Errorf("%T of %s: %w", each, partial.Unit, err))
		}
		if err := P(&sum).Merge(each); err != nil {
			panic(fmt.Errorf("%T of %s: %w", each, partial.Unit, err))
		}
	}
	return func() ([]byte, error) { return P(&sum).AppendBinary(nil) }
}
