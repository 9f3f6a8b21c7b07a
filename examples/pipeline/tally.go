package main

import (
	"encoding"
	"fmt"
	"reflect"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/campaign"
	"github.com/unioncampaign/union/competition"
	"github.com/unioncampaign/union/employment"
)

// kinds are the tallies that the pipeline carries, a line each: the name of its binary
// form, and what the readable files say of it.
var kinds = []kind{
	carry("aid.annualreview", told[aid.AnnualReview]{}),
	carry("aid.donations", told[aid.Donations]{
		{"received", received}, {"donors", donors},
	}),
	carry("aid.payments", told[aid.Payments]{}),
	carry("aid.proceeds", told[aid.Proceeds]{}),
	carry("aid.students", told[aid.Students]{}),
	carry("aid.survey", told[aid.Survey]{}),
	carry("aid.visits", told[aid.Visits]{}),
	carry("assessment.box", told[assessment.Box]{}),
	carry("campaign.attendance", told[campaign.Attendance]{}),
	carry("campaign.overview", told[campaign.Overview]{}),
	carry("campaign.writings", told[campaign.Writings]{}),
	carry("competition.entrants", told[competition.Entrants]{}),
	carry("competition.population", told[competition.Population]{}),
	carry("competition.results", told[competition.Results]{}),
	carry("competition.turnout", told[competition.Turnout]{}),
	carry("employment.claims", told[employment.Claims]{}),
	carry("employment.floor", told[employment.Floor]{}),
	carry("employment.funnel", told[employment.Funnel]{}),
	carry("employment.quarter", told[employment.Quarter]{}),
	carry("employment.season", told[employment.Season]{}),
	carry("union.ratio", told[union.Ratio]{}),
	carry("union.register", told[union.Register]{{"distinct", distinct}}),
	carry("union.table", told[union.Table]{}),
}

// A kind is a type of tallies, as the pipeline uses it without knowing the type.
type kind interface {
	form() string     // the name of the binary form
	titles() []string // of what is told of a tally
	// decode returns the tallies of this kind among partials, by unit.
	decode(s beam.Scope, partials beam.PCollection) beam.PCollection
	// merge returns the merge of the tallies of each unit.
	merge(s beam.Scope, tallies beam.PCollection) beam.PCollection
	// tell returns what is written of each tally, by form.
	tell(s beam.Scope, day notice, tallies beam.PCollection) beam.PCollection
}

// kindOf finds a kind by its form.
func kindOf(form string) (kind, bool) {
	for _, each := range kinds {
		if each.form() == form {
			return each, true
		}
	}
	return nil, false
}

// A fact is something that is told of a tally, under a title. The day is the zero one
// where there is none.
type fact[T any] struct {
	title string
	of    func(day aid.DonationDay, tally T) (string, error)
}

// A told is what is told of a tally.
type told[T any] []fact[T]

// A carried is the kind of tallies T.
type carried[T any, P union.Tally[T]] struct {
	name  string
	facts told[T]
}

// carry makes tallies T known to Beam, with their own binary form for coder, and so to
// every worker, since it is called before a pipeline is built. Without that coder Beam
// would write the exported fields of a tally, of which there are none, and no error.
func carry[T any, P union.Tally[T]](name string, facts told[T]) kind {
	beam.RegisterCoder(reflect.TypeFor[T](), encodeTally, decodeTally)
	return carryBare[T, P](name, facts)
}

// carryBare makes the functions for tallies T known to Beam, but no coder. Beam calls
// them by reflection: its generic package register would spare that, and takes
// minutes and ten gigabytes to compile for so many types.
func carryBare[T any, P union.Tally[T]](name string, facts told[T]) kind {
	for _, fn := range []reflect.Type{reflect.TypeFor[mergeFn[T, P]](), reflect.TypeFor[decodeFn[T, P]](), reflect.TypeFor[tellFn[T, P]]()} {
		beam.RegisterType(fn)
	}
	return carried[T, P]{name, facts}
}

// encodeTally and decodeTally are the coder of all tallies. They are no generic
// functions: Beam finds a worker's functions by name, and all instances of a generic
// function have one name.
func encodeTally(tally beam.T) ([]byte, error) {
	held := reflect.New(reflect.TypeOf(tally))
	held.Elem().Set(reflect.ValueOf(tally))
	return held.Interface().(encoding.BinaryAppender).AppendBinary(nil)
}

func decodeTally(t reflect.Type, data []byte) (beam.T, error) {
	held := reflect.New(t)
	err := held.Interface().(encoding.BinaryUnmarshaler).UnmarshalBinary(data)
	return held.Elem().Interface(), err
}

func (c carried[T, P]) form() string { return c.name }

func (c carried[T, P]) titles() []string {
	var titles []string
	for _, each := range c.facts {
		titles = append(titles, each.title)
	}
	return titles
}

func (c carried[T, P]) decode(s beam.Scope, partials beam.PCollection) beam.PCollection {
	return beam.ParDo(s.Scope(c.name), &decodeFn[T, P]{Form: c.name}, partials)
}

func (c carried[T, P]) merge(s beam.Scope, tallies beam.PCollection) beam.PCollection {
	return beam.CombinePerKey(s.Scope(c.name), &mergeFn[T, P]{}, tallies)
}

func (c carried[T, P]) tell(s beam.Scope, day notice, tallies beam.PCollection) beam.PCollection {
	return beam.ParDo(s.Scope(c.name), &tellFn[T, P]{Form: c.name, Day: day}, tallies)
}

// A mergeFn merges tallies. What comes in is a tally already, so adding it and merging
// accumulators are one thing: where a runner merges none, as local ones may, Merge runs
// all the same.
type mergeFn[T any, P union.Tally[T]] struct{}

func (*mergeFn[T, P]) CreateAccumulator() T {
	var none T
	return none
}

// AddInput merges into an accumulator, which is nobody else's: the input may be.
func (*mergeFn[T, P]) AddInput(sum, part T) (T, error) {
	err := P(&sum).Merge(part)
	return sum, err
}

func (*mergeFn[T, P]) MergeAccumulators(sum, other T) (T, error) {
	err := P(&sum).Merge(other)
	return sum, err
}

// A decodeFn reads the partials of one form.
type decodeFn[T any, P union.Tally[T]] struct{ Form string }

func (f *decodeFn[T, P]) ProcessElement(part partial, emit func(string, T)) error {
	if part.Form != f.Form {
		return nil
	}
	var tally T
	if err := P(&tally).UnmarshalBinary(part.Data); err != nil {
		return fmt.Errorf("%s: data: %w", part.Where, err)
	}
	for _, unit := range part.Units {
		emit(unit, tally)
	}
	return nil
}

// A tellFn makes the line of a unit's tally.
type tellFn[T any, P union.Tally[T]] struct {
	Form string
	Day  notice

	day   aid.DonationDay
	facts told[T]
}

func (f *tellFn[T, P]) Setup() error {
	if known, ok := kindOf(f.Form); ok {
		f.facts = known.(carried[T, P]).facts
	}
	var err error
	f.day, err = f.Day.read()
	return err
}

func (f *tellFn[T, P]) ProcessElement(unit string, tally T, emit func(string, line)) error {
	data, err := P(&tally).AppendBinary(nil)
	made := line{Unit: unit, Data: data}
	for _, each := range f.facts {
		if err == nil {
			var text string
			text, err = each.of(f.day, tally)
			made.Facts = append(made.Facts, text)
		}
	}
	if err != nil {
		return fmt.Errorf("%s of %s: %w", f.Form, unit, err)
	}
	emit(f.Form, made)
	return nil
}

// received tells what came in by the cut-off.
func received(day aid.DonationDay, donations aid.Donations) (string, error) {
	return ofUnit(day, donations, func(of aid.UnitDonations) string { return of.Received.String() })
}

// donors tells how many gave, each named one once.
func donors(day aid.DonationDay, donations aid.Donations) (string, error) {
	return ofUnit(day, donations, func(of aid.UnitDonations) string { return fmt.Sprint(of.Donors) })
}

// ofUnit tells something that only the rule of the donations can: nothing without it.
func ofUnit(day aid.DonationDay, donations aid.Donations, tell func(aid.UnitDonations) string) (string, error) {
	if day.ID().IsZero() {
		return "", nil
	}
	units, err := day.ByUnit(donations)
	if err != nil {
		return "", err
	}
	return tell(units[0]), nil // a notice asks one
}

// distinct tells how many tokens a register holds.
func distinct(_ aid.DonationDay, register union.Register) (string, error) {
	return fmt.Sprint(register.Len()), nil
}
