package aid

import (
	"strconv"
	"time"

	"github.com/unioncampaign/union"
)

// A YearDay is a day that every year has, so that 29 February is not one.
type YearDay struct {
	Month int `json:"month"`
	Day   int `json:"day"`
}

// in returns the day in a year.
func (d YearDay) in(year int) (union.Date, error) {
	return union.NewDate(year, time.Month(d.Month), d.Day)
}

// yearOf returns the year that begins on such a day and has the day given, by the
// number of the year in which it began; 0 of nil, which stands for no years.
func (d *YearDay) yearOf(day union.Date) int {
	if d == nil {
		return 0
	}
	year := day.Year()
	if *d == (YearDay{Month: 1, Day: 1}) { // as nearly all are: no day needs to be made
		return year
	}
	if first, err := d.in(year); err == nil && day.Before(first) {
		year--
	}
	return year
}

// commonYear has no 29 February.
const commonYear = 2001

// A Window is the part of each year in which certificates are reviewed, both
// ends included. A window whose last day stands before its first ends in the
// year after that in which it begins.
type Window struct {
	From  YearDay `json:"from"`
	Until YearDay `json:"until"`
}

// in returns the window that begins in a year.
func (w Window) in(year int) (union.Period, error) {
	from, err := w.From.in(year)
	if err != nil {
		return union.Period{}, union.Within("year", err)
	}
	until, err := w.Until.in(year)
	if err == nil && until.Before(from) {
		until, err = w.Until.in(year + 1)
	}
	if err != nil {
		return union.Period{}, union.Within("year", err)
	}
	return union.NewPeriod(from, until)
}

func (w Window) check(faults *union.FaultList) {
	for _, end := range []struct {
		where string
		day   YearDay
	}{{"window.from", w.From}, {"window.until", w.Until}} {
		if _, err := end.day.in(commonYear); err != nil {
			faults.Add(union.ErrRange, end.where, strconv.Itoa(end.day.Month)+"-"+strconv.Itoa(end.day.Day),
				"a day that every year has")
		}
	}
}
