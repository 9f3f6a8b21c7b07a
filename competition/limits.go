package competition

import (
	"math"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/wire"
)

// limits are what a tally must know of its edition to refuse a coded record: how
// many terms each list has, and the days on which a firm could enter. They are
// fixed by the rule that the tally names, and come with it.
type limits struct {
	ownership union.Code
	size      union.Code
	levels    union.Code
	kinds     int
	window    union.Period
}

func (e *Edition) limits() limits {
	return limits{
		ownership: union.Code(e.ownership.Len()),
		size:      union.Code(e.size.Len()),
		levels:    union.Code(e.levels.Len()),
		kinds:     e.kinds.Len(),
		window:    e.spec.Window,
	}
}

// answers is how many values a Whether has, that of no answer among them.
const answers = int(No) + 1

// pairs is how many pairs of answers there are.
const pairs = answers * answers

// cells returns how many cells a turnout has: one for each ownership, size and
// pair of answers, and for each of them not known.
func (l *limits) cells() int64 {
	return (int64(l.ownership) + 1) * (int64(l.size) + 1) * int64(pairs)
}

// cell returns which cell counts a combination, and refuses one that the edition
// does not have.
func (l *limits) cell(ownership, size union.Code, unionised, aboveScale Whether) (int, error) {
	if ownership > l.ownership || size > l.size || unionised > No || aboveScale > No {
		return 0, l.refuse(ownership, size, unionised, aboveScale)
	}
	terms := int(ownership)*(int(l.size)+1) + int(size)
	return (terms*answers+int(unionised))*answers + int(aboveScale), nil
}

// refuse says which of four is the first that the edition does not have.
func (l *limits) refuse(ownership, size union.Code, unionised, aboveScale Whether) error {
	switch {
	case ownership > l.ownership:
		return union.NewFault(union.ErrRange, "ownership", strconv.Itoa(int(ownership)), "at most "+strconv.Itoa(int(l.ownership)))
	case size > l.size:
		return union.NewFault(union.ErrRange, "size", strconv.Itoa(int(size)), "at most "+strconv.Itoa(int(l.size)))
	case unionised > No:
		return union.NewFault(union.ErrRange, "unionised", unionised.String(), "yes, no or nothing")
	}
	return union.NewFault(union.ErrRange, "above_scale", aboveScale.String(), "yes, no or nothing")
}

// workforce refuses a number of workers that no firm has.
func workforce(n int64) error {
	switch {
	case n > 0:
		return nil
	case n == 0:
		return union.NewFault(union.ErrMissing, "workers", "", "1 or more")
	}
	return union.NewFault(union.ErrRange, "workers", strconv.FormatInt(n, 10), "1 or more")
}

// sameEdition refuses a tally of another edition, and one that claims the edition
// and has other limits than it: that one was made up.
func sameEdition(what string, theirs, ours union.RuleID, their, our *limits) error {
	switch {
	case theirs != ours:
		return union.NewFault(union.ErrRule, what, theirs.String(), ours.String())
	case *their != *our:
		return union.NewFault(union.ErrRule, what, "other lists or days", ours.String())
	}
	return nil
}

// write appends what [readLimits] reads: how many ownerships, sizes, levels and
// kinds there are, and the window.
func (l *limits) write(w *wire.Writer) {
	w.Uint(uint64(l.ownership))
	w.Uint(uint64(l.size))
	w.Uint(uint64(l.levels))
	w.Len(l.kinds)
	w.Text(l.window.String())
}

// readLimits reads limits that an edition can have. Which edition it is cannot be
// asked there.
func readLimits(r *wire.Reader) limits {
	made := limits{ownership: readCode(r, math.MaxUint16), size: readCode(r, math.MaxUint16), levels: readCode(r, math.MaxUint16)}
	made.kinds = int(readCode(r, math.MaxUint16))
	_ = made.window.UnmarshalText([]byte(r.Text(len("2010-05-01/2010-07-31")))) // no period is not closed
	if _, closed := made.window.Days(); !closed || made.cells() > mostCells {
		r.Refuse("lists or days that no edition has", "an edition's")
	}
	return made
}

// readCode reads a code of a list that has so many terms.
func readCode(r *wire.Reader, terms union.Code) union.Code { return union.Code(r.Most(int64(terms))) }
