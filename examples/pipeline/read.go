package main

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
)

func init() {
	for _, fn := range []reflect.Type{reflect.TypeFor[matchFn](), reflect.TypeFor[countFn](), reflect.TypeFor[partialFn](), reflect.TypeFor[partial]()} {
		beam.RegisterType(fn)
	}
}

// files returns the paths that match a pattern. A file is what one worker reads.
func files(s beam.Scope, pattern string) beam.PCollection {
	return beam.Reshuffle(s, beam.ParDo(s, &matchFn{}, beam.Create(s, pattern)))
}

type matchFn struct{}

func (*matchFn) ProcessElement(ctx context.Context, pattern string, emit func(string)) error {
	folder, err := filesystem.New(ctx, pattern)
	if err != nil {
		return err
	}
	defer folder.Close()
	paths, err := folder.List(ctx, pattern)
	if err != nil {
		return err
	}
	if len(paths) == 0 {
		return fmt.Errorf("%s: no such file", pattern)
	}
	for _, path := range paths {
		emit(path)
	}
	return nil
}

// open opens a file of any of the file systems.
func open(ctx context.Context, path string) (io.ReadCloser, error) {
	folder, err := filesystem.New(ctx, path)
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	return folder.OpenRead(ctx, path)
}

// A countFn counts a shard of gifts: what leaves it is a tally for each unit that the
// shard has gifts of, and never a row. Each row counts, so a row must stand in one
// shard, once.
type countFn struct {
	Day  notice
	Tree string

	day  aid.DonationDay
	unit string // the one that the day asks
	tree tree
}

// A counted is what a shard has of one unit.
type counted struct {
	up        []string // the unit, and all that it stands under
	donations aid.Donations
	donors    union.Register
}

func (f *countFn) Setup(ctx context.Context) error {
	var err error
	if f.day, err = f.Day.read(); err != nil {
		return err
	}
	f.unit = f.day.Spec().Units[0].Key
	f.tree, err = readTree(ctx, f.Tree)
	return err
}

func (f *countFn) ProcessElement(ctx context.Context, path string, donations func(string, aid.Donations), donors func(string, union.Register)) error {
	shard, err := open(ctx, path)
	if err != nil {
		return err
	}
	defer shard.Close()
	units := map[string]*counted{}
	err = readRows(shard, path, []string{"unit", "donor", "amount", "on"}, func(fields []string) error {
		of := units[fields[0]]
		if of == nil {
			up, err := f.tree.up(fields[0])
			if err != nil {
				return union.Within("unit", err)
			}
			of = &counted{up: up, donations: f.day.Donations()}
			units[up[0]] = of
		}
		return f.count(of, fields)
	})
	if err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(units)) {
		of := units[key]
		for _, unit := range of.up {
			donations(unit, of.donations)
			donors(unit, of.donors)
		}
	}
	return nil
}

// count counts a row.
func (f *countFn) count(of *counted, fields []string) error {
	amount, err := union.ParseMoney(fields[2])
	if err != nil {
		return union.Within("amount", err)
	}
	on, err := union.ParseDate(fields[3])
	if err != nil {
		return union.Within("on", err)
	}
	gift, err := f.day.CodeGift(aid.Gift{ID: "row", Unit: f.unit, Kind: aid.Received, Donor: fields[1], Amount: amount, On: on})
	if err != nil {
		return err
	}
	if err := of.donations.Add(gift); err != nil {
		return err
	}
	if gift.Donor == "" || gift.Late {
		return nil
	}
	_, err = of.donors.Add(gift.Donor)
	return err
}

// A partial is a tally that somebody counted, in its binary form.
type partial struct {
	Form  string
	Units []string // for which it counts: its own, and all that stand above
	Data  []byte
	Where string // file and line
}

// A partialFn reads a file of partials. Lines of one unit are shards of what it counts,
// and are merged.
type partialFn struct {
	Tree string

	tree tree
}

func (f *partialFn) Setup(ctx context.Context) error {
	var err error
	f.tree, err = readTree(ctx, f.Tree)
	return err
}

func (f *partialFn) ProcessElement(ctx context.Context, path string, emit func(partial)) error {
	file, err := open(ctx, path)
	if err != nil {
		return err
	}
	defer file.Close()
	var parts []partial
	err = readRows(file, path, partialColumns, func(fields []string) error {
		if _, ok := kindOf(fields[0]); !ok {
			return union.NewFault(union.ErrUnknown, "tally", fields[0], "a tally that the pipeline carries")
		}
		up, err := f.tree.up(fields[1])
		if err != nil {
			return union.Within("unit", err)
		}
		data, err := base64.StdEncoding.DecodeString(fields[2])
		if err != nil {
			return union.NewFault(union.ErrText, "data", "no base64", "base64")
		}
		parts = append(parts, partial{Form: fields[0], Units: up, Data: data, Where: path + ": " + fields[0] + " of " + fields[1]})
		return nil
	})
	for _, part := range parts {
		emit(part)
	}
	return err
}
