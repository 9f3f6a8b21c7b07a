package union

// PercentPoints are the difference of two percentages (百分点): from 40% to 46% it
// is 6 percentage points, while the [Growth] is 15 percent. The zero
// PercentPoints are no change.
type PercentPoints struct {
	points Number
}

// NewPercentPoints returns by how many percentage points the exact rate has
// changed from before to now. It fails where [Ratio.Percent] does of either,
// saying which: a negative count is [ErrRange], a rate over nothing
// [ErrUndefined].
func NewPercentPoints(before, now Ratio) (PercentPoints, error) {
	from, err := before.Percent()
	if err != nil {
		return PercentPoints{}, Within("before", err)
	}
	to, err := now.Percent()
	if err != nil {
		return PercentPoints{}, Within("now", err)
	}
	return PointsBetween(from, to), nil
}

// PointsBetween returns by how many percentage points a percentage has changed
// from before to now, where a rule compares percentages as they were printed:
// "46" for 46%.
func PointsBetween(before, now Number) PercentPoints {
	return PercentPoints{points: now.Sub(before)}
}

// Points returns the difference as a number of percentage points, below 0 for a
// decline.
func (p PercentPoints) Points() Number { return p.points }

// Sign returns 1 for a rise, -1 for a decline and 0 for neither.
func (p PercentPoints) Sign() int { return p.points.Sign() }

// Add returns the change that p and then other make together.
func (p PercentPoints) Add(other PercentPoints) PercentPoints {
	return PercentPoints{points: p.points.Add(other.points)}
}

// String returns the exact difference, as "6个百分点".
func (p PercentPoints) String() string { return p.points.String() + "个百分点" }
