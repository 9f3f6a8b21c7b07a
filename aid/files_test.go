package aid_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
)

// kept reads a rule that the published cases keep.
func kept(name string, into json.Unmarshaler) {
	data, err := os.ReadFile(filepath.Join(householdCases, name))
	if err != nil {
		panic(err)
	}
	if err := into.UnmarshalJSON(data); err != nil {
		panic(fmt.Sprint(name, ": ", err))
	}
}

var fileRule = sync.OnceValue(func() aid.FileRule {
	var rule aid.FileRule
	kept("files/county.json", &rule)
	return rule
})

var hubei = sync.OnceValue(func() aid.Programme {
	var programme aid.Programme
	kept("programmes/hubei.json", &programme)
	return programme
})

// countyLines has the line of 2010 in the example's county and, from October on, a
// higher one.
func countyLines() aid.Lines {
	return must(aid.NewLines(aid.LinesSpec{
		Rule: rule("lines", "城市居民最低生活保障标准"),
		List: []aid.Line{
			{Area: "例县", Days: union.MustParsePeriod("2010-01-01/2010-09-30"), Amount: yuan("240")},
			{Area: "例县", Days: union.MustParsePeriod("2010-10-01/2011-12-31"), Amount: yuan("260")},
		},
	}))
}

// workdays are those of 2010 and 2011, but for the holidays of winter.
func workdays() union.Calendar {
	spec := union.CalendarSpec{
		Rule: rule("calendar", "工作日"), Covers: union.MustParsePeriod("2010-01-01/2011-12-31"), Rest: []string{"Saturday", "Sunday"},
		Holidays: []union.Holiday{{Title: "劳动节", Days: union.MustParsePeriod("2010-05-01/2010-05-03")}},
	}
	return must(union.NewCalendar(spec))
}

// evidence knows half a year above the line.
func evidence() aid.Evidence {
	known := aid.Evidence{Calendar: workdays(), Lines: countyLines(), Area: "例县"}
	for _, month := range []string{"07", "08", "09", "10", "11", "12"} {
		known.Means = append(known.Means, aid.Means{Month: day("2010-" + month + "-01"), Income: yuan("900"), Members: 3})
	}
	return known
}

// happened makes the event of an office on a day, with all evidence that any asks
// for.
func happened(id, event, role, on string) union.Event {
	return union.Event{ID: id, Event: event, Role: role, On: day(on), By: "office " + id, Evidence: []string{"application", "visit", "means"}}
}

// filing is the course of a file from the application until it is in force.
func filing() []union.Event {
	return []union.Event{
		happened("e1", "apply", "", "2010-04-01"), happened("e2", "check", "grassroots", "2010-04-12"),
		happened("e3", "post", "grassroots", "2010-04-23"), happened("e4", "approve", "county", "2010-05-04"),
		happened("e5", "file", "county", "2010-05-05"),
	}
}

// The numbers of persons who do not exist: of a county that has no code.
func number(serial int) union.IDNumber {
	for check := range 11 {
		text := fmt.Sprintf("99999919700305%03d%s", serial, []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "X"}[check])
		if made, err := union.ParseIDNumber(text); err == nil {
			return made
		}
	}
	panic("no check character fits")
}

// filed is the file of a household whose head has a number.
func filed(key, unit string, serials ...int) aid.File {
	file := aid.File{Household: household(), Events: filing()}
	file.Household.Key, file.Household.Unit = key, unit
	file.Household.Head.Born = union.Date{}
	file.Household.Members = nil
	for i, serial := range serials {
		member := aid.Member{Relation: "本人", Number: number(serial), Able: true, Working: true}
		if i == 0 {
			file.Household.Head.Number = member.Number
		} else {
			member.Relation = "家属"
		}
		file.Household.Members = append(file.Household.Members, member)
	}
	return file
}
