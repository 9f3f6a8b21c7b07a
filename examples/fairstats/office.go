package main

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/employment"
)

// An office is what it counted of one fair, under its two rules.
type office struct {
	fair    employment.Fair
	market  employment.Market
	floor   employment.Floor
	quarter employment.Quarter
	// employers are where each came from and of what kind it is, which a vacancy is too.
	employers map[string]employment.Employer
	faults    []error
}

// read reads the rules and counts every record once.
func read(files fs.FS) (*office, []error) {
	o := &office{employers: map[string]employment.Employer{}}
	o.document(files, "fair.json", &o.fair)
	o.document(files, "market.json", &o.market)
	if len(o.faults) > 0 {
		return nil, o.faults
	}
	o.floor, o.quarter = o.fair.Floor(), o.market.Quarter()
	o.records(files, "employers.csv", []string{"key", "title", "region", "kind"}, o.employer)
	o.records(files, "postings.csv", []string{"key", "employer", "sector", "edition", "trade", "title", "openings", "since"}, o.posting)
	o.records(files, "registrations.csv", []string{"seeker", "category", "schooling", "age", "trade", "since", "day"}, o.registration)
	o.records(files, "intentions.csv", []string{"seeker", "posting", "stage", "day"}, o.intention)
	return o, o.faults
}

func (o *office) document(files fs.FS, name string, into any) {
	data, err := fs.ReadFile(files, name)
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	for _, fault := range faultsOf(err) {
		o.faults = append(o.faults, fmt.Errorf("%s: %w", name, fault))
	}
}

// faultsOf returns the faults joined in an error, or the error if it has none.
func faultsOf(err error) (all []error) {
	for _, fault := range union.Faults(err) {
		all = append(all, fault)
	}
	if err != nil && len(all) == 0 {
		all = append(all, err)
	}
	return all
}

// A line is the fields of a record by their columns.
type line map[string]string

// records hands each line of a file to count, and notes where it was refused.
func (o *office) records(files fs.FS, name string, columns []string, count func(line) error) {
	file, err := files.Open(name)
	if err != nil {
		o.faults = append(o.faults, err)
		return
	}
	defer file.Close()
	reader := csv.NewReader(file)
	head, err := reader.Read()
	if err != nil || !slices.Equal(head, columns) {
		o.faults = append(o.faults, fmt.Errorf("%s:1: want the columns %s", name, strings.Join(columns, ",")))
		return
	}
	for {
		fields, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			o.faults = append(o.faults, fmt.Errorf("%s: %w", name, err))
			return
		}
		at, _ := reader.FieldPos(0)
		record := line{}
		for i, column := range columns {
			record[column] = fields[i]
		}
		for _, fault := range faultsOf(count(record)) {
			o.faults = append(o.faults, fmt.Errorf("%s:%d: %w", name, at, fault))
		}
	}
}

func (o *office) employer(record line) error {
	made := employment.Employer{Key: record["key"], Title: record["title"], Region: record["region"], Kind: record["kind"]}
	o.employers[made.Key] = made
	return o.floor.AddEmployer(o.fair, made)
}

// carried reports whether a record was there before the fair.
func (o *office) carried(since union.Date) bool { return since.Before(o.fair.Spec().Days.From()) }

func (o *office) posting(record line) error {
	since, err := union.ParseDate(record["since"])
	openings, also := strconv.ParseInt(record["openings"], 10, 64)
	if err := errors.Join(union.Within("since", err), also); err != nil {
		return err
	}
	if err := o.floor.AddPosting(o.fair, employment.Posting{
		Key: record["key"], Employer: record["employer"], Sector: record["sector"], Edition: record["edition"],
		Trade: record["trade"], Title: record["title"], Openings: openings, Carried: o.carried(since),
	}); err != nil {
		return err
	}
	employer := o.employers[record["employer"]]
	return o.quarter.AddVacancy(o.market, employment.Vacancy{
		Key: record["key"], Openings: openings, Day: since,
		Of: map[string]string{"sector": record["sector"], "trade": record["trade"], "region": employer.Region, "kind": employer.Kind},
	})
}

func (o *office) registration(record line) error {
	since, err := union.ParseDate(record["since"])
	day, also := union.ParseDate(record["day"])
	if err := errors.Join(union.Within("since", err), union.Within("day", also)); err != nil {
		return err
	}
	if err := o.floor.AddRegistration(o.fair, employment.Registration{
		Seeker: record["seeker"], Category: record["category"], Schooling: record["schooling"], Age: record["age"],
		Carried: o.carried(since), Day: day,
	}); err != nil {
		return err
	}
	return o.quarter.AddApplication(o.market, employment.Application{
		Seeker: record["seeker"], Day: since,
		Of: map[string]string{
			"category": record["category"], "schooling": record["schooling"], "age": record["age"], "trade": record["trade"],
		},
	})
}

func (o *office) intention(record line) error {
	day, err := union.ParseDate(record["day"])
	if err != nil {
		return union.Within("day", err)
	}
	return o.floor.AddIntention(o.fair, employment.Intention{
		Seeker: record["seeker"], Posting: record["posting"], Stage: record["stage"], Day: day,
	})
}

// A publication is every figure of the fair and of its market, and what was found.
type publication struct {
	market   employment.Market
	report   []union.Figure
	figures  map[string]union.Figure
	findings []union.Finding
}

// publish makes the figures and runs the checks.
func (o *office) publish() (publication, error) {
	report, err := o.fair.Figures(o.floor)
	if err != nil {
		return publication{}, err
	}
	bulletin, err := o.market.Bulletin(o.quarter)
	if err != nil {
		return publication{}, err
	}
	tables, err := o.market.Figures(bulletin)
	if err != nil {
		return publication{}, err
	}
	findings, err := o.fair.Check(o.floor)
	if err != nil {
		return publication{}, err
	}
	made := publication{
		market: o.market, report: report, figures: map[string]union.Figure{},
		findings: append(findings, o.market.Check(bulletin)...),
	}
	for _, figure := range slices.Concat(report, tables) {
		made.figures[figure.Key()] = figure
	}
	return made, nil
}
