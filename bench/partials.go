package main

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/bits"

	"github.com/unioncampaign/union/internal/simulate"
)

// partialsRow merges what 2,850 counties of a simulated nation send in of every tally of
// the five packages, registers included, as it comes from the wire, to the nation's. The
// limit only adds up the bytes, eight at a time. Each of them gives what the simulator
// says that the nation has.
var partialsRow = row{name: "Every tally: decoding and merging the partials of 2,850 counties", once: true, load: func(int) contest {
	// Each grassroots unit of the simulated nation stands for a county. The seed is the
	// first of a nation with as many as may be.
	house := simulate.NewHouse()
	tree, returns, err := house.Returns(1741, simulate.Size{Units: counties, Records: 3 * counties})
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
		digest := sha256.New()
		for i, each := range returns {
			digest.Write(must(house.Kinds[i].Merge(each.Leaves)))
		}
		return whole(int64(binary.LittleEndian.Uint64(digest.Sum(nil))))
	}
	return c
}}
