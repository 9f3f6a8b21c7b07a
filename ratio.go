package union

import (
	"strconv"

	"github.com/unioncampaign/union/internal/exact"
	"github.com/unioncampaign/union/internal/wire"
)

// A Ratio is two counts: a part and its whole, or two things set against each
// other, as posts to seekers, when it may exceed 1. It rolls up by adding parts
// to parts and wholes to wholes, never as a mean of rates, and over nothing it is
// undefined. What the whole is, the [Figure] says. The zero Ratio is nothing
// over nothing, the identity of Merge.
type Ratio struct {
	Part  int64 `json:"part"`
	Whole int64 `json:"whole"`
}

// Merge adds other into r. It reports the first of
//   - [ErrRange], if a count of either is negative;
//   - [ErrOverflow], if a sum does not fit;
//
// and then leaves r unchanged.
func (r *Ratio) Merge(other Ratio) error {
	for _, each := range []Ratio{*r, other} {
		if err := each.check(); err != nil {
			return err
		}
	}
	part, partFits := exact.Add(r.Part, other.Part)
	whole, wholeFits := exact.Add(r.Whole, other.Whole)
	if !partFits || !wholeFits {
		return NewFault(ErrOverflow, "", r.String()+" and "+other.String(), "")
	}
	*r = Ratio{Part: part, Whole: whole}
	return nil
}

// Number returns part ÷ whole. It reports the first of
//   - [ErrRange], if a count is negative;
//   - [ErrUndefined], if the whole is 0.
func (r Ratio) Number() (Number, error) {
	if err := r.defined(); err != nil {
		return Number{}, err
	}
	return NewNumber(r.Part, r.Whole)
}

// Percent returns part ÷ whole × 100. It fails where [Ratio.Number] does.
func (r Ratio) Percent() (Number, error) {
	n, err := r.Number()
	if err != nil {
		return Number{}, err
	}
	return n.Mul(Whole(100)), nil
}

// Cmp compares the two ratios exactly, and returns -1, 0 or 1. It fails where
// [Ratio.Number] does of either.
func (r Ratio) Cmp(other Ratio) (int, error) {
	for _, each := range []Ratio{r, other} {
		if err := each.defined(); err != nil {
			return 0, err
		}
	}
	return exact.CompareProducts(uint64(r.Part), uint64(other.Whole), uint64(other.Part), uint64(r.Whole)), nil
}

// String returns both counts, as "180/200".
func (r Ratio) String() string {
	return strconv.FormatInt(r.Part, 10) + "/" + strconv.FormatInt(r.Whole, 10)
}

// ratioForm names the binary form of a Ratio: the part and the whole.
const ratioForm = "union.ratio/1"

// AppendBinary appends the canonical binary form. A negative count is
// [ErrRange].
func (r Ratio) AppendBinary(data []byte) ([]byte, error) {
	w := wire.Begin(data, ratioForm, wire.Digest{})
	w.Count(r.Part)
	w.Count(r.Whole)
	return written(&w)
}

// UnmarshalBinary reads what AppendBinary wrote, and fails where [ReadTally]
// does; r is then unchanged.
func (r *Ratio) UnmarshalBinary(data []byte) error {
	from := readFree(data, ratioForm)
	made := Ratio{Part: from.Count(), Whole: from.Count()}
	if err := from.Done(); err != nil {
		return asFault(err)
	}
	*r = made
	return nil
}

// check reports a negative count.
func (r Ratio) check() error {
	if r.Part < 0 || r.Whole < 0 {
		return NewFault(ErrRange, "", r.String(), "counts of 0 or more")
	}
	return nil
}

// defined reports a negative count, and a whole of nothing.
func (r Ratio) defined() error {
	if err := r.check(); err != nil {
		return err
	}
	if r.Whole == 0 {
		return NewFault(ErrUndefined, "", r.String(), "a whole other than 0")
	}
	return nil
}
