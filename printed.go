package union

import "github.com/unioncampaign/union/internal/exact"

// CheckPrinted compares a figure as a sheet prints it with the exact number that
// it is printed of, and returns a finding at where unless it is that number
// rounded by r. It repairs nothing: a sheet that disagrees with its own inputs
// is known by that. Figures are compared by value, so that 27 and 27.0 are the
// same. It fails only where [Rounding.Check] does.
func (r Rounding) CheckPrinted(where string, printed, exactly Number) ([]Finding, error) {
	rounded, err := r.Apply(exactly)
	if err != nil {
		return nil, err
	}
	if rounded.Equal(printed) {
		return nil, nil
	}
	return []Finding{{
		Where: where, Rule: "a printed figure follows from its inputs",
		Got: printed.String(), Want: rounded.String(),
	}}, nil
}

// CheckSum compares a printed total with its printed parts, each of which was
// rounded by r on its own, and returns a finding at where if no numbers that
// could have been printed so add up: the parts 31.05 and 6.78 may have a total
// of 37.84, and cannot have one of 37.85. A figure that has more places than r
// was not rounded and is taken for exact. The finding is certain, but a total
// that is not found may still be another than its printed parts add up to. It
// fails only where [Rounding.Check] does.
func (r Rounding) CheckSum(where string, total Number, parts ...Number) ([]Finding, error) {
	if err := r.Check(); err != nil {
		return nil, err
	}
	sum, low, high := Number{}, limit{closed: true}, limit{closed: true}
	for _, part := range parts {
		sum = sum.Add(part)
		low, high = low.plus(r.limitOf(part, -1)), high.plus(r.limitOf(part, 1))
	}
	if low.reaches(r.limitOf(total, 1)) && r.limitOf(total, -1).reaches(high) {
		return nil, nil
	}
	return []Finding{{
		Where: where, Rule: "a printed total is that of its printed parts, as far as their rounding leaves it open",
		Got: total.String(), Want: sum.String(),
	}}, nil
}

// A limit is the least or the greatest number that may have been printed as some
// figure, or, if it is not closed, the one next to those that may.
type limit struct {
	at     Number
	closed bool
}

// plus returns the limit of the sum of two numbers.
func (l limit) plus(other limit) limit {
	return limit{at: l.at.Add(other.at), closed: l.closed && other.closed}
}

// reaches reports whether, l being a least and high a greatest, some number lies
// between them.
func (l limit) reaches(high limit) bool {
	c := l.at.Cmp(high.at)
	return c < 0 || c == 0 && l.closed && high.closed
}

// limitOf returns the least number that r prints as printed, with direction -1,
// or the greatest, with 1. Every mode reaches half a unit, a unit or nothing to
// either side: which, a number within tells. r is checked.
func (r Rounding) limitOf(printed Number, direction int64) limit {
	for _, quarters := range [...]int64{4, 2} {
		if r.prints(r.beside(printed, direction*(quarters-1)), printed) {
			at := r.beside(printed, direction*quarters)
			return limit{at: at, closed: r.prints(at, printed)}
		}
	}
	return limit{at: printed, closed: true}
}

// beside returns the number that lies so many quarters of a unit of the last
// place above printed.
func (r Rounding) beside(printed Number, quarters int64) Number {
	power, _ := exact.Pow10(max(r.Places, -r.Places))
	unit := Whole(power)
	if r.Places > 0 {
		unit = unit.inverse()
	}
	quarter, _ := NewNumber(quarters, 4)
	return printed.Add(unit.Mul(quarter))
}

// prints reports whether n is printed as printed. r is checked.
func (r Rounding) prints(n, printed Number) bool {
	rounded, _ := r.Apply(n)
	return rounded.Equal(printed)
}
