package competition_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/competition"
	"github.com/unioncampaign/union/internal/laws"
	"github.com/unioncampaign/union/internal/wire"
)

// Samples of every tally, whose bytes are kept.

func sampleEntrants(t *testing.T) competition.Entrants {
	t.Helper()
	with := entered(2, 2)
	without := entered(1, 1)
	without.Teams = nil
	return entrants(t, edition(t), entered(1, 2), with, without)
}

func samplePopulation(t *testing.T) competition.Population {
	t.Helper()
	return population(t, edition(t), firm(1), firm(2), firm(5))
}

func sampleTurnout(t *testing.T) competition.Turnout {
	t.Helper()
	made, _, err := edition(t).Count(samplePopulation(t), sampleEntrants(t))
	require.NoError(t, err)
	require.NoError(t, made.Add(competition.Reported{Ownership: 1, Size: 2, Firms: 300, Entered: 200, Workers: 9000, WorkersOfEntrants: 8000, TakingPart: 7000}))
	return made
}

func TestBinaryFormsAreKept(t *testing.T) {
	e := edition(t)
	laws.Golden(t, competition.Entrants{}, e.Entrants(), sampleEntrants(t))
	laws.Golden(t, competition.Population{}, e.Population(), samplePopulation(t))
	laws.Golden(t, competition.Turnout{}, e.Turnout(), sampleTurnout(t))
}

func FuzzBinaryForms(f *testing.F) {
	laws.FuzzReadings(f, laws.ReadingOf[competition.Entrants](), laws.ReadingOf[competition.Population](), laws.ReadingOf[competition.Turnout]())
}

func TestASplitFoldIsOneFold(t *testing.T) {
	e := edition(t)
	laws.Folds[competition.Population](t, e.Population, func(r *rapid.T) []competition.CodedFirm {
		var list []competition.CodedFirm
		for _, n := range rapid.SliceOfN(rapid.IntRange(0, 6), 0, 8).Draw(r, "firms") {
			list = append(list, firm(n))
		}
		return list
	}, (*competition.Population).Add)
	laws.Folds[competition.Turnout](t, e.Turnout, func(r *rapid.T) []competition.Reported {
		return rapid.SliceOfN(rapid.Custom(drawReported), 0, 6).Draw(r, "reports")
	}, (*competition.Turnout).Add)
}

// claimed writes a tally that claims to be of the test edition.
func claimed(t *testing.T, form string, body func(*wire.Writer)) []byte {
	t.Helper()
	data, err := union.WriteTally(nil, form, edition(t).ID(), body)
	require.NoError(t, err)
	return data
}

// lists are how many ownerships, sizes, levels and kinds a tally claims.
type lists struct {
	ownership, size, levels, kinds uint64
	window                         string
}

func (l lists) write(w *wire.Writer) {
	for _, n := range []uint64{l.ownership, l.size, l.levels, l.kinds} {
		w.Uint(n)
	}
	w.Text(l.window)
}

var fewer = lists{1, 1, 1, 1, "2010-01-01/2010-12-31"}

func TestATallyOfOtherListsUnderTheSameEditionIsRefused(t *testing.T) {
	e := edition(t)
	var r competition.Entrants
	require.NoError(t, r.UnmarshalBinary(claimed(t, "competition.entrants/1", func(w *wire.Writer) { fewer.write(w); w.Len(0) })))
	var p competition.Population
	require.NoError(t, p.UnmarshalBinary(claimed(t, "competition.population/1", func(w *wire.Writer) { fewer.write(w); w.Len(0) })))
	var turnout competition.Turnout
	require.NoError(t, turnout.UnmarshalBinary(turnoutBytes(t, fewer, make([][]int64, 2*2*3*3), make([]int64, 4), make([]int64, 1))))

	entered, firms, counted := sampleEntrants(t), samplePopulation(t), sampleTurnout(t)
	require.ErrorIs(t, entered.Merge(r), union.ErrRule)
	require.ErrorIs(t, entered.UnmarshalBinary(must(r.AppendBinary(nil))), union.ErrRule)
	require.ErrorIs(t, firms.Merge(p), union.ErrRule)
	require.ErrorIs(t, firms.UnmarshalBinary(must(p.AppendBinary(nil))), union.ErrRule)
	require.ErrorIs(t, counted.Merge(turnout), union.ErrRule)
	require.ErrorIs(t, counted.UnmarshalBinary(must(turnout.AppendBinary(nil))), union.ErrRule)
	assert.Equal(t, sampleEntrants(t), entered)
	assert.Equal(t, samplePopulation(t), firms)
	assert.Equal(t, sampleTurnout(t), counted)
	_, _, err := e.Count(p, entered)
	require.ErrorIs(t, err, union.ErrRule)
	_, _, err = e.Count(firms, r)
	require.ErrorIs(t, err, union.ErrRule)
	_, err = e.Figures(competition.Progress{Turnout: turnout})
	require.ErrorIs(t, err, union.ErrRule)
}

func TestTheZeroEditionHasTheZeroTurnout(t *testing.T) {
	assert.Equal(t, competition.Turnout{}, competition.Edition{}.Turnout())
}

// turnoutBytes writes a turnout; a cell that is nil counts nothing.
func turnoutBytes(t *testing.T, of lists, cells [][]int64, totals, teams []int64) []byte {
	t.Helper()
	return claimed(t, "competition.turnout/1", func(w *wire.Writer) {
		of.write(w)
		w.Len(len(cells))
		for _, cell := range cells {
			if cell == nil {
				cell = make([]int64, 5)
			}
			w.Fill(cell)
		}
		w.Fill(totals)
		w.Fill(teams)
	})
}

func TestWhatNoRecordsOrReportsGiveIsNotRead(t *testing.T) {
	cells := func(first ...int64) [][]int64 {
		all := make([][]int64, 2*2*3*3)
		if len(first) > 0 {
			all[0] = first
		}
		return all
	}
	none := make([]int64, 1)
	const greatest = 1<<63 - 1
	two := cells(greatest, 0, greatest, 0, 0)
	two[1] = []int64{1, 0, 1, 0, 0}
	for name, data := range map[string][]byte{
		"too few cells":               turnoutBytes(t, fewer, cells()[1:], []int64{0, 0, 0, 0}, none),
		"cells whose sum is too much": turnoutBytes(t, fewer, two, []int64{0, 0, 0, 1}, none),
		"fewer entrants than entered": turnoutBytes(t, fewer, cells(2, 2, 9, 9, 0), []int64{1, 0, 1, 0}, none),
		"an entrant without a worker": turnoutBytes(t, fewer, cells(), []int64{1, 0, 1, 0}, none),
		"entrants of no records":      turnoutBytes(t, fewer, cells(2, 1, 9, 9, 0), []int64{2, 5, 0, 1}, none),
		"teams of no records":         turnoutBytes(t, fewer, cells(), []int64{0, 0, 0, 1}, []int64{4}),
		"counts of nothing":           turnoutBytes(t, fewer, cells(1, 0, 1, 0, 0), []int64{0, 0, 0, 0}, none),
		"records with more entered":   turnoutBytes(t, fewer, cells(1, 2, 9, 9, 2), []int64{2, 2, 1, 0}, none),
		"records without workers":     turnoutBytes(t, fewer, cells(2, 1, 1, 1, 1), []int64{1, 1, 1, 0}, none),
		"records with more within":    turnoutBytes(t, fewer, cells(1, 1, 2, 3, 1), []int64{1, 1, 1, 0}, none),
		"a window without an end":     turnoutBytes(t, lists{1, 1, 1, 1, "2010-01-01/.."}, cells(), []int64{0, 0, 0, 0}, none),
		"a window that is none":       turnoutBytes(t, lists{1, 1, 1, 1, "2010"}, cells(), []int64{0, 0, 0, 0}, none),
		"lists that no edition has":   turnoutBytes(t, lists{60000, 60000, 1, 1, fewer.window}, nil, []int64{0, 0, 0, 0}, none),
		"teams that are cut off":      turnoutBytes(t, lists{1, 1, 1, 60000, fewer.window}, cells(), []int64{0, 0, 0, 0}, none),
	} {
		require.ErrorIs(t, new(competition.Turnout).UnmarshalBinary(data), union.ErrText, name)
	}
}

func TestFirmsThatAListCannotHoldAreNotRead(t *testing.T) {
	type each struct {
		code string
		rest []uint64 // ownership, size, unionised, above scale, workers
	}
	first, second := firm(1).Code.Reveal(), firm(2).Code.Reveal()
	written := func(list ...each) []byte {
		return claimed(t, "competition.population/1", func(w *wire.Writer) {
			fewer.write(w)
			w.Len(len(list))
			for _, one := range list {
				w.Text(one.code)
				for _, n := range one.rest {
					w.Uint(n)
				}
			}
		})
	}
	good := []uint64{1, 1, 1, 1, 9}
	var read competition.Population
	require.NoError(t, read.UnmarshalBinary(written(each{first, good}, each{second, good})))
	assert.Equal(t, 2, read.Len())
	for name, data := range map[string][]byte{
		"out of order": written(each{second, good}, each{first, good}),
		"twice":        written(each{first, good}, each{first, good}),
		"no code":      written(each{first[:17] + "-", good}),
		"no workers":   written(each{first, []uint64{1, 1, 1, 1, 0}}),
	} {
		require.ErrorIs(t, new(competition.Population).UnmarshalBinary(data), union.ErrText, name)
	}
	for name, data := range map[string][]byte{
		"another ownership": written(each{first, []uint64{2, 1, 1, 1, 9}}),
		"another answer":    written(each{first, []uint64{1, 1, 3, 1, 9}}),
	} {
		require.ErrorIs(t, new(competition.Population).UnmarshalBinary(data), union.ErrRange, name)
	}
}

func TestReportsThatAListCannotHoldAreNotRead(t *testing.T) {
	first, second := firm(1).Code.Reveal(), firm(2).Code.Reveal()
	type each struct {
		code    string
		level   uint64
		day     string
		workers int64
		teams   []int64
	}
	written := func(list ...each) []byte {
		return claimed(t, "competition.entrants/1", func(w *wire.Writer) {
			fewer.write(w)
			w.Len(len(list))
			for _, one := range list {
				w.Text(one.code)
				w.Uint(one.level)
				w.Text(one.day)
				w.Count(one.workers)
				w.Bool(one.teams != nil)
				w.Fill(one.teams)
			}
		})
	}
	const on = "2010-05-04"
	var read competition.Entrants
	require.NoError(t, read.UnmarshalBinary(written(each{first, 1, on, 9, nil}, each{second, 1, on, 9, []int64{3}})))
	for name, data := range map[string][]byte{
		"out of order":       written(each{second, 1, on, 9, nil}, each{first, 1, on, 9, nil}),
		"twice":              written(each{first, 1, on, 9, nil}, each{first, 1, on, 8, nil}),
		"no day":             written(each{first, 1, "2010-05-32", 9, nil}),
		"outside the window": written(each{first, 1, "2011-05-04", 9, nil}),
		"no level":           written(each{first, 0, on, 9, nil}),
		"no workers":         written(each{first, 1, on, 0, nil}),
		"teams of no kind":   written(each{first, 1, on, 9, []int64{0}}),
	} {
		require.ErrorIs(t, new(competition.Entrants).UnmarshalBinary(data), union.ErrText, name)
	}
}

// The longest lists of firms, and the largest tables, that fit in 64 KiB.
func TestTheWorstInputsTakeNoMoreThanEightTimesTheirLength(t *testing.T) {
	const most = 1 << 16
	var codes []string
	for n := range 2300 {
		codes = append(codes, codeText(700_000+n))
	}
	firms := claimed(t, "competition.population/1", func(w *wire.Writer) {
		fewer.write(w)
		w.Len(len(codes))
		for _, each := range codes {
			w.Text(each)
			for range 5 {
				w.Uint(1)
			}
		}
	})
	reports := claimed(t, "competition.entrants/1", func(w *wire.Writer) {
		fewer.write(w)
		w.Len(1900)
		for _, each := range codes[:1900] {
			w.Text(each)
			w.Uint(1)
			w.Text("2010-05-04")
			w.Count(1)
			w.Bool(false)
		}
	})
	const kinds = 64
	many := fewer
	many.kinds = kinds
	teams := claimed(t, "competition.entrants/1", func(w *wire.Writer) {
		many.write(w)
		w.Len(600)
		for _, each := range codes[:600] {
			w.Text(each)
			w.Uint(1)
			w.Text("2010-05-04")
			w.Count(1)
			w.Bool(true)
			w.Fill(slices.Repeat([]int64{1}, kinds))
		}
	})
	wide := lists{33, 34, 1, 1, fewer.window}
	cells := turnoutBytes(t, wide, make([][]int64, 34*35*9), []int64{0, 0, 0, 0}, []int64{0})
	require.NoError(t, new(competition.Population).UnmarshalBinary(firms))
	require.NoError(t, new(competition.Entrants).UnmarshalBinary(reports))
	require.NoError(t, new(competition.Entrants).UnmarshalBinary(teams))
	require.NoError(t, new(competition.Turnout).UnmarshalBinary(cells))
	for name, data := range map[string][]byte{
		"firms": firms, "reports": reports,
		"teams": teams, "cells": cells,
		"kinds": turnoutBytes(t, lists{1, 1, 1, 60000, fewer.window}, make([][]int64, 36), []int64{0, 0, 0, 0}, make([]int64, 60000)),
		"noise": bytes.Repeat([]byte{0xff}, most),
	} {
		if len(data) > most {
			t.Fatalf("%s: %d bytes are more than %d", name, len(data), most)
		}
		require.NoError(t, laws.Bounded(laws.OpsOf[competition.Entrants](), data), name)
		require.NoError(t, laws.Bounded(laws.OpsOf[competition.Population](), data), name)
		require.NoError(t, laws.Bounded(laws.OpsOf[competition.Turnout](), data), name)
	}
}
