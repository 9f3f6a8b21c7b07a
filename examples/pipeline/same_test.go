package main

import (
	"context"
	"encoding/base64"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/internal/simulate"
)

// shards is how many files the gifts are dealt to.
const shards = 16

// A nation is units with gifts, in memory and as the files of a pipeline.
type nation struct {
	job
	day   aid.DonationDay
	tree  tree
	above map[string][]string // a unit that gives, and those above it
	gifts []simulate.Gift
}

// newNation makes a nation of 3 provinces, 9 cities, 36 counties and 180 units, and of one
// unit that stands right below a province, and so many gifts, dealt to shards so that each has
// some of every unit. Some donors are not named.
func newNation(t *testing.T, gifts int) nation {
	t.Helper()
	folder := t.TempDir()
	rows := [][]string{{"key", "title", "parent", "level"}, {"n", "国", "", "nation"}, {"p1", "省", "n", "province"}, {"d1", "县", "p1", "unit"}}
	add := func(level, parent string, n int) []string {
		var keys []string
		for i := range n {
			key := fmt.Sprintf("%s-%d", parent, i)
			rows, keys = append(rows, []string{key, level + key, parent, level}), append(keys, key)
		}
		return keys
	}
	for _, province := range add("province", "n", 3) {
		for _, city := range add("city", province, 3) {
			for _, county := range add("county", city, 4) {
				add("unit", county, 5)
			}
		}
	}
	c := nation{above: map[string][]string{}, job: job{tree: write(t, folder, "units.csv", rows...), day: folder + "/day.json", input: folder + "/gifts-*.csv"}}
	text, err := os.ReadFile("sample/day.json")
	require.NoError(t, err)
	text = []byte(strings.Replace(string(text), `"cut_off": "2010-05-31"`, `"cut_off": "`+lastDay.String()+`"`, 1)) // some gifts are late
	require.NoError(t, os.WriteFile(c.job.day, text, 0o644))
	c.day, err = notice(text).read()
	require.NoError(t, err)
	c.tree, err = readTree(context.Background(), c.job.tree)
	require.NoError(t, err)
	files := make([][][]string, shards)
	for i := range files {
		files[i] = [][]string{{"unit", "donor", "amount", "on"}}
	}
	for gift := range simulate.Gifts(2010, c.tree.Tree, gifts) {
		if len(c.gifts)%7 == 0 {
			gift.Donor = ""
		}
		at := len(c.gifts) % shards
		files[at] = append(files[at], []string{gift.Unit, gift.Donor, gift.Amount.String(), gift.On.String()})
		c.gifts = append(c.gifts, gift)
		if c.above[gift.Unit] == nil {
			c.above[gift.Unit], err = c.tree.up(gift.Unit)
			require.NoError(t, err)
		}
	}
	for i, rows := range files {
		write(t, folder, fmt.Sprintf("gifts-%02d.csv", i), rows...)
	}
	return c
}

// A plain is the tallies of units, as a program keeps them that knows nothing of Beam.
type plain map[string]*counted

// lastDay is the cut-off of the notice.
var lastDay = union.MustParseDate("2010-05-28")

// add counts a gift for one unit.
func (p plain) add(t *testing.T, day aid.DonationDay, unit string, gift simulate.Gift) {
	of := p[unit]
	if of == nil {
		of = &counted{donations: day.Donations()}
		p[unit] = of
	}
	late := gift.On.After(lastDay)
	require.NoError(t, of.donations.Add(aid.CodedGift{Unit: 1, Kind: aid.Received, Late: late, Donor: gift.Donor, Amount: gift.Amount}))
	if gift.Donor != "" && !late {
		_, err := of.donors.Add(gift.Donor)
		require.NoError(t, err)
	}
}

// tallies are the tallies encoded, by form and unit.
func (p plain) tallies(t *testing.T) map[string]string {
	t.Helper()
	encoded := map[string]string{}
	for unit, of := range p {
		donations, err := of.donations.AppendBinary(nil)
		require.NoError(t, err)
		donors, err := of.donors.AppendBinary(nil)
		require.NoError(t, err)
		encoded["aid.donations "+unit], encoded["union.register "+unit] = string(donations), string(donors)
	}
	return encoded
}

// folded adds every gift to its unit and to each unit above it: nothing is merged.
func (c nation) folded(t *testing.T) map[string]string {
	sums := plain{}
	for _, gift := range c.gifts {
		c.add(t, sums, gift)
	}
	return sums.tallies(t)
}

// add adds a gift to its unit and to each above.
func (c nation) add(t *testing.T, to plain, gift simulate.Gift) {
	for _, unit := range c.above[gift.Unit] {
		to.add(t, c.day, unit, gift)
	}
}

// sharded counts each shard by itself and merges what it sends, encoded, into sums that
// are written and read again for each shard.
func (c nation) sharded(t *testing.T) map[string]string {
	sums := map[string]string{}
	for at := range shards {
		shard := plain{}
		for i := at; i < len(c.gifts); i += shards {
			c.add(t, shard, c.gifts[i])
		}
		for key, sent := range shard.tallies(t) {
			if strings.HasPrefix(key, "aid.donations ") {
				sums[key] = mergedBytes[aid.Donations](t, sums[key], sent)
			} else {
				sums[key] = mergedBytes[union.Register](t, sums[key], sent)
			}
		}
	}
	return sums
}

// mergedBytes merges two encoded tallies; "" is none.
func mergedBytes[T any, P union.Tally[T]](t *testing.T, texts ...string) string {
	t.Helper()
	var sum T
	for _, text := range texts {
		if text == "" {
			continue
		}
		var part T
		require.NoError(t, P(&part).UnmarshalBinary([]byte(text)))
		require.NoError(t, P(&sum).Merge(part))
	}
	data, err := P(&sum).AppendBinary(nil)
	require.NoError(t, err)
	return string(data)
}

// same asserts that two ways gave the same bytes for every unit, without printing them.
func same(t *testing.T, want, got map[string]string, way string) {
	t.Helper()
	assert.Len(t, got, len(want), way)
	for key, data := range want {
		if got[key] != data {
			t.Errorf("%s: %s has other bytes", way, key)
		}
	}
}

// With -records 1000000 it does so with a million gifts.
func TestTheSameGiftsGiveTheSameBytesByAPlainFoldByShardsAndByBeam(t *testing.T) {
	c := newNation(t, *records)
	want := c.folded(t)
	require.Len(t, want, 2*(1+4+9+36+181), "every unit has given")
	same(t, want, c.sharded(t), "shards")
	for _, runner := range bothRunners {
		raw := c.job
		raw.runner, raw.output = runner, t.TempDir()
		require.NoError(t, raw.run(context.Background()), runner)
		same(t, want, tallies(t, raw.output), "Beam "+runner+", raw gifts")

		// The units' tallies, counted by the one runner, are merged again.
		again := job{partials: raw.output + "/*.unit.partials.csv", tree: c.job.tree, output: t.TempDir(), runner: runner}
		require.NoError(t, again.run(context.Background()), runner)
		same(t, want, tallies(t, again.output), "Beam "+runner+", partials")
	}
}

// Every seed is a nation of its own and stands for itself, at the top. Each has one tally
// of each package, by turns, so that all of them come in some.
func TestTheYearsOfManySeedsGiveTheSameBytesThroughBeam(t *testing.T) {
	folder := t.TempDir()
	units := [][]string{{"key", "title", "parent", "level"}}
	house, size := simulate.NewHouse(), simulate.Small()
	want, forms := map[string]string{}, map[string]bool{}
	for seed := range uint64(*seeds) {
		tree, returns, err := house.Returns(seed, size)
		require.NoError(t, err)
		named := func(key string) string { return fmt.Sprintf("s%d-%s", seed, key) }
		for id := union.UnitID(tree.Len()); id > 0; id-- { // those above first
			unit, _ := tree.Unit(id)
			parent := ""
			if unit.Parent != "" {
				parent = named(unit.Parent)
			}
			units = append(units, []string{named(unit.Key), unit.Title, parent, "unit"})
		}
		partials := [][]string{partialColumns}
		for _, each := range returns {
			form := strings.ToLower(each.Tally)
			forms[form] = true
			counted := map[string]bool{}
			for _, leaf := range each.Leaves {
				partials = append(partials, []string{form, named(leaf.Unit), base64.StdEncoding.EncodeToString(leaf.Data)})
				id, err := tree.Find(leaf.Unit)
				require.NoError(t, err)
				for ; id != 0; id = tree.Parent(id) {
					unit, _ := tree.Unit(id)
					counted[unit.Key] = true
				}
			}
			for _, unit := range each.Units {
				if counted[unit.Unit] {
					want[form+" "+named(unit.Unit)] = string(unit.Data)
				}
			}
		}
		write(t, folder, fmt.Sprintf("seed-%d.csv", seed), partials...)
	}
	for _, kind := range kinds {
		assert.True(t, forms[kind.form()], "no seed has a tally %s", kind.form())
	}
	tree := write(t, t.TempDir(), "units.csv", units...)
	for _, runner := range bothRunners {
		j := job{partials: folder + "/seed-*.csv", tree: tree, output: t.TempDir(), runner: runner}
		require.NoError(t, j.run(context.Background()), runner)
		same(t, want, tallies(t, j.output), "Beam "+runner)
	}
}
