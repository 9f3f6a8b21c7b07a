package aid

import (
	"strconv"

	"github.com/unioncampaign/union"
)

// Means are what a household of so many members had and had to spend in one month.
// No sum is below zero, and there is at least one member.
type Means struct {
	Month   union.Date  `json:"month"` // any day of the month
	Income  union.Money `json:"income"`
	Outlay  union.Money `json:"outlay,omitzero"` // rigid outlay
	Members int64       `json:"members"`
}

// A MeansRun asks that for so many months running, the last being that before the
// day in question, what the household had per head lay within bounds, in multiples
// of the line of each month: "(1,)" is above it. The zero interval asks nothing.
type MeansRun struct {
	Months int            `json:"months"`
	Income union.Interval `json:"income,omitzero"`
	Net    union.Interval `json:"net,omitzero"` // income less rigid outlay
}

// IsZero reports whether the run asks nothing.
func (r MeansRun) IsZero() bool {
	return r.Months == 0 && r.Income.Equal(union.Interval{}) && r.Net.Equal(union.Interval{})
}

func (r MeansRun) check(faults *union.FaultList, where string) {
	if r.Months < 1 || r.Months > mostMonths {
		faults.Add(union.ErrRange, where+".months", strconv.Itoa(r.Months), "1 to "+strconv.Itoa(mostMonths))
	}
	if r.Income.Equal(union.Interval{}) && r.Net.Equal(union.Interval{}) {
		faults.Add(union.ErrMissing, where, "", "income or net")
	}
}

// check reports what is wrong with the means of one month.
func (m Means) check(where string) error {
	switch {
	case m.Month.IsZero():
		return union.NewFault(union.ErrMissing, where+".month", "", "")
	case m.Income.Sign() < 0:
		return union.NewFault(union.ErrRange, where+".income", m.Income.String(), "0.00 or more")
	case m.Outlay.Sign() < 0:
		return union.NewFault(union.ErrRange, where+".outlay", m.Outlay.String(), "0.00 or more")
	case m.Members < 1:
		return union.NewFault(union.ErrRange, where+".members", strconv.FormatInt(m.Members, 10), "1 or more")
	}
	return nil
}

// A monthKey names a month.
type monthKey struct{ year, month int }

func monthOf(day union.Date) monthKey { return monthKey{day.Year(), int(day.Month())} }

// byMonth sorts means by their months, and reports the first that is wrong or whose
// month was there before.
func byMonth(where string, means []Means) (map[monthKey]Means, error) {
	months := make(map[monthKey]Means, len(means))
	for i, each := range means {
		at := union.Indexed(where, i)
		if err := each.check(at); err != nil {
			return nil, err
		}
		month := monthOf(each.Month)
		if _, given := months[month]; given {
			return nil, union.NewFault(union.ErrRepeated, at+".month", each.Month.String(), "another month")
		}
		months[month] = each
	}
	return months, nil
}

// reasons says of each month of a run how it stands, the earliest first. A month
// of which nothing is told is unknown, and so is one without a line.
func (r MeansRun) reasons(means map[monthKey]Means, on union.Date, lineOn func(union.Date) (union.Money, error)) []union.Reason {
	reasons := make([]union.Reason, 0, r.Months)
	for back := r.Months; back >= 1; back-- {
		reason := union.Reason{Standing: union.Unknown}
		reason.Rule, reason.Want = "means of the month, a head", r.wanted()
		first, err := firstOfMonth(on, back)
		if err != nil {
			reason.Where, reason.Got = "means", "a month before the calendar"
			return append(reasons, reason)
		}
		reason.Where = "means." + first.String()[:len("2010-05")]
		line, lineErr := lineOn(first)
		each, told := means[monthOf(first)]
		switch {
		case !told:
			reason.Got = "not told"
		case lineErr != nil:
			reason.Got = "no line"
		default:
			income, net := each.multiples(line)
			reason.Standing = metIf(r.Income.Contains(income) && r.Net.Contains(net))
			reason.Got = income.String() + " and " + net.String() + " times the line of " + line.String()
		}
		reasons = append(reasons, reason)
	}
	return reasons
}

// wanted says the bounds in words.
func (r MeansRun) wanted() string {
	switch {
	case r.Net.Equal(union.Interval{}):
		return "income in " + r.Income.String()
	case r.Income.Equal(union.Interval{}):
		return "income less outlay in " + r.Net.String()
	}
	return "income in " + r.Income.String() + ", less outlay in " + r.Net.String()
}

// firstOfMonth returns the first day of the month so many months before that of a
// day.
func firstOfMonth(on union.Date, back int) (union.Date, error) {
	first, err := on.AddDays(1 - on.Day())
	if err != nil {
		return first, err
	}
	return first.AddMonths(-back)
}

// multiples returns the income a head and what is left of it after rigid outlay, in
// multiples of a line, which is above zero.
func (m Means) multiples(line union.Money) (income, net union.Number) {
	share := union.Whole(m.Members).Mul(line.Number())
	income, _ = m.Income.Number().Quo(share)
	net, _ = m.Income.Number().Sub(m.Outlay.Number()).Quo(share)
	return income, net
}
