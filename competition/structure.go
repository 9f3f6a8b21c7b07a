package competition

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
)

// A Structure asks of a list what share of it has some attribute: "[0.35,)" is a
// floor of 35%, "(,0.13]" a ceiling of 13%. The share is one of the whole list, or,
// where Within is given, of those on the list who have one of these attributes:
// heads of counties as a share of the staff of offices.
//
// The list is that of the regular places; what a contest gives is outside of it.
type Structure struct {
	Key    string         `json:"key"` // unique within its award
	Title  string         `json:"title"`
	Has    []string       `json:"has"`              // any of these attributes
	Within []string       `json:"within,omitempty"` // of those with any of these; none: of the whole list
	Share  union.Interval `json:"share"`
}

// Places returns how many of a list of so many the share lets be at least and at
// most: a floor rounds up and a ceiling down, so that the share holds exactly. A
// list of fewer than none, and one whose bounds no whole number lies between, is
// [union.ErrRange].
func (s Structure) Places(list int) (least, most int, err error) {
	if list < 0 {
		return 0, 0, union.NewFault(union.ErrRange, "list", strconv.Itoa(list), "0 or more")
	}
	bounds := row{0, int64(list)}
	if lower, closed, ok := s.Share.Lower(); ok {
		bounds.least = max(bounds.least, wholeBound(lower.Mul(union.Whole(int64(list))), union.Ceiling, closed, 1))
	}
	if upper, closed, ok := s.Share.Upper(); ok {
		bounds.most = min(bounds.most, wholeBound(upper.Mul(union.Whole(int64(list))), union.Floor, closed, -1))
	}
	if bounds.least > bounds.most {
		return 0, 0, union.NewFault(union.ErrRange, "share", s.Share.String(), "a whole number of "+strconv.Itoa(list))
	}
	return int(bounds.least), int(bounds.most), nil
}

// wholeBound rounds a bound to the next whole number that it lets in; one that is
// open does not let in itself.
func wholeBound(n union.Number, mode union.Mode, closed bool, next int64) int64 {
	rounded, _ := union.Rounding{Mode: mode}.Apply(n)
	whole, ok := rounded.Int64()
	switch {
	case !ok && n.Sign() > 0:
		return math.MaxInt32
	case !ok:
		return -math.MaxInt32
	case !closed && rounded.Equal(n):
		return whole + next
	}
	return whole
}

// Gap returns by how many percentage points a share of a list is above the floor, or
// below the ceiling where there is no floor; below 0 it misses it. It fails where
// [union.Ratio.Percent] does, as for a share of nothing, and with
// [union.ErrUndefined] where the structure has neither floor nor ceiling.
func (s Structure) Gap(share union.Ratio) (union.PercentPoints, error) {
	percent, err := share.Percent()
	if err != nil {
		return union.PercentPoints{}, err
	}
	return s.gap(percent)
}

// gap is Gap of a share in percent.
func (s Structure) gap(percent union.Number) (union.PercentPoints, error) {
	if lower, _, ok := s.Share.Lower(); ok {
		return union.PointsBetween(lower.Mul(union.Whole(100)), percent), nil
	}
	if upper, _, ok := s.Share.Upper(); ok {
		return union.PointsBetween(percent, upper.Mul(union.Whole(100))), nil
	}
	return union.PercentPoints{}, union.NewFault(union.ErrUndefined, "share", s.Share.String(), "a floor or a ceiling")
}

// checkStructures reports, joined, what is wrong with the structures of an award.
func (e Edition) checkStructures(list []Structure) error {
	var faults union.FaultList
	seen, used := map[string]bool{}, map[string]bool{}
	for i, each := range list {
		where := union.Indexed("structure", i)
		faults.Key(where+".key", each.Key, seen)
		faults.Given(where+".title", each.Title)
		if len(each.Has) == 0 {
			faults.Add(union.ErrMissing, where+".has", "", "one attribute or more")
		}
		for _, held := range []struct {
			where string
			keys  []string
		}{{where + ".has", each.Has}, {where + ".within", each.Within}} {
			for j, key := range held.keys {
				_, err := e.findAttribute(key, union.Indexed(held.where, j))
				faults.Within("", err)
				used[key] = true
			}
		}
		faults.Within(where, each.checkShare())
	}
	if len(used) > mostAttributes {
		faults.Add(union.ErrRange, "structure", strconv.Itoa(len(used))+" attributes",
			"at most "+strconv.Itoa(mostAttributes)+", for which the choice of a list is exact")
	}
	if faults.Err() == nil {
		e.checkTogether(&faults, list)
	}
	return faults.Err()
}

func (s Structure) checkShare() error {
	var faults union.FaultList
	lower, lowerClosed, floor := s.Share.Lower()
	upper, upperClosed, ceiling := s.Share.Upper()
	one := union.Whole(1)
	switch {
	case !floor && !ceiling:
		faults.Add(union.ErrMissing, "share", s.Share.String(), "a floor or a ceiling")
	case floor && (lower.Sign() < 0 || lower.Cmp(one) > 0), ceiling && (upper.Sign() < 0 || upper.Cmp(one) > 0):
		faults.Add(union.ErrRange, "share", s.Share.String(), "shares from 0 to 1")
	case len(s.Within) > 0 && (floor && !lowerClosed || ceiling && !upperClosed):
		faults.Add(union.ErrRange, "share", s.Share.String(), "bounds that are met, since nobody may be within")
	case len(s.Within) > 0:
		_, _, lowerFits := fraction(lower)
		_, _, upperFits := fraction(upper)
		if !lowerFits || !upperFits {
			faults.Add(union.ErrRange, "share", s.Share.String(), "shares in at most "+strconv.Itoa(finest)+"ths")
		}
	}
	return faults.Err()
}

// checkTogether finds structures of the whole list that contradict one another
// whoever stands: bounds of the same attributes without a share in common, and
// floors of attributes that exclude one another which are more than the whole.
func (e Edition) checkTogether(faults *union.FaultList, list []Structure) {
	for i, each := range list {
		for j, other := range list[:i] {
			if !slices.Equal(sorted(each.Has), sorted(other.Has)) || !slices.Equal(sorted(each.Within), sorted(other.Within)) {
				continue
			}
			if _, ok := each.Share.Common(other.Share); !ok {
				faults.Add(union.ErrRange, union.Indexed("structure", i)+".share", each.Share.String(),
					"a share that "+union.Indexed("structure", j)+".share holds too: "+other.Share.String())
			}
		}
	}
	floors := map[string]map[string]union.Number{} // by class and attribute
	for i, each := range list {
		lower, _, ok := each.Share.Lower()
		if !ok || len(each.Has) != 1 || len(each.Within) > 0 {
			continue
		}
		attribute, _ := e.findAttribute(each.Has[0], "")
		of := floors[attribute.Class]
		if attribute.Class == "" || of[attribute.Key].Cmp(lower) >= 0 {
			continue
		}
		if of == nil {
			of = map[string]union.Number{}
			floors[attribute.Class] = of
		}
		of[attribute.Key] = lower
		var sum union.Number
		for _, floor := range of {
			sum = sum.Add(floor)
		}
		if sum.Cmp(union.Whole(1)) > 0 {
			faults.Add(union.ErrRange, union.Indexed("structure", i)+".share",
				"floors of "+strings.Join(slices.Sorted(maps.Keys(of)), ", ")+", which exclude one another: "+sum.String(), "at most 1")
		}
	}
}

func sorted(list []string) []string { return slices.Sorted(slices.Values(list)) }

// rows returns the bounds of a structure for a list of so many, and what those with
// and without its attributes count.
func (s Structure) rows(list int) []structureRow {
	lower, lowerClosed, floor := s.Share.Lower()
	upper, upperClosed, ceiling := s.Share.Upper()
	if len(s.Within) == 0 {
		bounds := row{noLeast, noMost}
		whole := union.Whole(int64(list))
		if floor {
			bounds.least = wholeBound(lower.Mul(whole), union.Ceiling, lowerClosed, 1)
		}
		if ceiling {
			bounds.most = wholeBound(upper.Mul(whole), union.Floor, upperClosed, -1)
		}
		return []structureRow{{row: bounds, has: 1}}
	}
	var rows []structureRow
	if floor {
		part, of, _ := fraction(lower)
		rows = append(rows, structureRow{row: row{0, noMost}, has: of, within: -part})
	}
	if ceiling {
		part, of, _ := fraction(upper)
		rows = append(rows, structureRow{row: row{noLeast, 0}, has: of, within: -part})
	}
	return rows
}

// A structureRow is a row with what somebody within the structure's base counts,
// and what having its attributes adds.
type structureRow struct {
	row
	has, within int64
}

// counts returns what somebody with some attributes counts in the row.
func (r structureRow) counts(s Structure, held []string) int64 {
	if len(s.Within) > 0 && !holdsAny(held, s.Within) {
		return 0
	}
	if holdsAny(held, s.Has) {
		return r.has + r.within
	}
	return r.within
}

func holdsAny(held, asked []string) bool {
	return slices.ContainsFunc(asked, func(key string) bool { return slices.Contains(held, key) })
}

// fraction returns a number from 0 to 1 as two whole numbers, the second of which
// is at most a million; false if it is finer.
func fraction(n union.Number) (part, of int64, ok bool) {
	part, of, ok = n.Fraction()
	return part, of, ok && of <= finest
}

// finest keeps what a list counts within a structure far from any overflow.
const finest = 1_000_000
