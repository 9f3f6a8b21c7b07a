package union

// A Growth is by how much a figure has grown, as a rate of what it was before:
// from 200 to 230 it is 15 percent. It is no difference of percentages, which is
// [PercentPoints]; the two cannot be mixed. Growths do not add. The zero Growth
// is that of a figure that stayed as it was.
type Growth struct {
	rate Number
}

// NewGrowth returns the growth from before to now: (now - before) ÷ before. It
// reports the first of
//   - [ErrRange], if before is below 0, since the rate would then point the
//     wrong way;
//   - [ErrUndefined], if before is 0: from nothing there is no rate.
func NewGrowth(before, now Number) (Growth, error) {
	if before.Sign() < 0 {
		return Growth{}, NewFault(ErrRange, "before", before.String(), "0 or more")
	}
	rate, err := now.Sub(before).Quo(before)
	if err != nil {
		return Growth{}, NewFault(ErrUndefined, "before", "0", "above 0")
	}
	return Growth{rate: rate}, nil
}

// Rate returns the growth as a rate: 0.15 for 15 percent, below 0 for a decline.
func (g Growth) Rate() Number { return g.rate }

// Percent returns the rate × 100.
func (g Growth) Percent() Number { return g.rate.Mul(Whole(100)) }

// Sign returns 1 for a rise (增长), -1 for a decline (下降) and 0 for neither. What
// is printed is this word and the rate without its sign.
func (g Growth) Sign() int { return g.rate.Sign() }

// Times returns now as a multiple of before, which is the rate and 1: a growth
// of 200 percent is to 3 times (增长到三倍), by 2 times (增长两倍).
func (g Growth) Times() Number { return g.rate.Add(Whole(1)) }

// String returns the exact growth in percent, as "15%" or "-1/3%".
func (g Growth) String() string { return g.Percent().String() + "%" }
