package assessment

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
)

// A Trim says which figures of a list are left out before it is summed or
// averaged: the High highest and the Low lowest, or all but the Closest that lie
// nearest together. Of figures that are equal at the line single ones are left
// out, not all of that value.
//
// Of several trims the last counts whose From the list reaches; below the first
// nothing is left out.
type Trim struct {
	From    int     `json:"from,omitempty"` // the least number of figures for which it counts
	High    int     `json:"high,omitempty"`
	Low     int     `json:"low,omitempty"`
	Closest int     `json:"closest,omitempty"` // how many are kept
	Close   Closest `json:"close,omitzero"`    // which, if several choices lie equally near together
}

// Closest says which figures are kept if several choices lie equally near
// together. The zero value decides nothing: such a list is then an error.
type Closest uint8

// The choices.
const (
	CloseHigher Closest = iota + 1 // the highest of those choices
	CloseLower                     // the lowest of them
	CloseAll                       // every figure that is in one of them
)

var closestTexts = [...]string{"", "higher", "lower", "all"}

// String returns "higher", "lower", "all", or "Closest(9)" for any other value.
func (c Closest) String() string { return wordOf("Closest", closestTexts[:], uint8(c)) }

// MarshalText writes the choice as String does. A value that is none is
// [union.ErrUnknown].
func (c Closest) MarshalText() ([]byte, error) {
	return textOf("Closest", closestTexts[:], uint8(c))
}

func (c Closest) known() bool { return hasWord(closestTexts[:], uint8(c)) }

// UnmarshalText reads what MarshalText writes; any other text is [union.ErrUnknown]
// and leaves c unchanged.
func (c *Closest) UnmarshalText(text []byte) error {
	value, err := valueOf(closestTexts[:], text)
	if err == nil {
		*c = Closest(value)
	}
	return err
}

// checkTrims notes counts below zero, a trim that leaves nothing of the least
// list it counts for, trims out of order, and what is asked twice.
func checkTrims(f *union.FaultList, where string, trims []Trim) {
	for i, trim := range trims {
		at := union.Indexed(where, i)
		if i > 0 && trim.From <= trims[i-1].From {
			f.Add(union.ErrOrder, at+".from", strconv.Itoa(trim.From), "above "+strconv.Itoa(trims[i-1].From))
		}
		trim.check(f, at)
	}
}

func (t Trim) check(f *union.FaultList, at string) {
	cut := t.High + t.Low
	switch {
	case t.From < 0 || t.High < 0 || t.Low < 0 || t.Closest < 0 || t.High > most || t.Low > most:
		f.Add(union.ErrRange, at, t.String(), "counts of 0 to "+strconv.Itoa(most))
	case t.Closest > 0 && cut > 0:
		f.Add(union.ErrRepeated, at, t.String(), "the closest, or the highest and lowest left out")
	case t.From > 0 && (t.From <= cut || t.From < t.Closest):
		f.Add(union.ErrRange, at+".from", strconv.Itoa(t.From), "more figures than are left out")
	case t.Close != 0 && !t.Close.known():
		f.Add(union.ErrUnknown, at+".close", t.Close.String(), "higher, lower or all")
	case t.Close != 0 && t.Closest == 0:
		f.Add(union.ErrRange, at+".close", t.Close.String(), "a choice among the closest")
	}
}

// String says in the words of the field what is left out.
func (t Trim) String() string {
	if t.Closest > 0 {
		return "取最接近的" + strconv.Itoa(t.Closest) + "个"
	}
	return "去掉" + strconv.Itoa(t.High) + "个最高、" + strconv.Itoa(t.Low) + "个最低"
}

// keepsAll reports whether nothing is left out.
func (t Trim) keepsAll() bool { return max(t.High, t.Low, t.Closest) == 0 }

// trimFor returns the trim that counts for a list of n figures.
func trimFor(trims []Trim, n int) Trim {
	var counts Trim
	for _, trim := range trims {
		if n >= trim.From {
			counts = trim
		}
	}
	return counts
}

// trimmed returns which figures of a list the trims keep, by position. Nothing
// to keep is ErrRange, and closest figures that nothing decides ErrMissing.
func trimmed(trims []Trim, list []union.Number) (keep []bool, err error) {
	trim := trimFor(trims, len(list))
	if len(list) <= trim.High+trim.Low || len(list) < trim.Closest {
		least := max(trim.High+trim.Low+1, trim.Closest)
		return nil, union.NewFault(union.ErrRange, "", strconv.Itoa(len(list))+" figures", strconv.Itoa(least)+" or more")
	}
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return list[a].Cmp(list[b]) })
	keep = make([]bool, len(list))
	if trim.Closest == 0 {
		for _, at := range order[trim.Low : len(order)-trim.High] {
			keep[at] = true
		}
		return keep, nil
	}
	return keep, trim.closest(list, order, keep)
}

// closest marks the figures kept; order is that of the list from the lowest up.
func (t Trim) closest(list []union.Number, order []int, keep []bool) error {
	width := func(start int) union.Number {
		return list[order[start+t.Closest-1]].Sub(list[order[start]])
	}
	first, last := 0, 0
	for start := 1; start+t.Closest <= len(order); start++ {
		switch width(start).Cmp(width(first)) {
		case -1:
			first, last = start, start
		case 0:
			last = start
		}
	}
	// Choices of the same figures are the same choice.
	same := list[order[first]].Equal(list[order[last]])
	if first != last && !same && t.Close == 0 {
		return union.NewFault(union.ErrMissing, "", "several choices equally close", "a rule that says which")
	}
	for start := first; start <= last; start++ {
		chosen := t.Close == CloseAll && !same && width(start).Equal(width(first)) ||
			t.Close == CloseHigher && start == last || (t.Close != CloseHigher && start == first)
		for i := start; chosen && i < start+t.Closest; i++ {
			keep[order[i]] = true
		}
	}
	return nil
}
