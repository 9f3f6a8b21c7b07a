package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
)

// A list is all that is known of a donation day.
type list struct {
	day    aid.DonationDay
	gifts  []aid.Gift
	donors []aid.Donor
	bank   []aid.Listed // nil: there is no list of the bank's
	lines  []int        // of the gifts in their file
}

// The files of a list.
const (
	dayFile    = "day.json"
	giftFile   = "gifts.csv"
	donorFile  = "donors.csv"
	bankFile   = "bank.csv"
	headerLine = 1
)

// read reads a folder. It returns every fault that it finds.
func read(folder fs.FS) (list, []error) {
	var l list
	var faults []error
	data, err := fs.ReadFile(folder, dayFile)
	if err == nil {
		err = l.day.UnmarshalJSON(data)
	}
	faults = append(faults, placed(dayFile, err)...)
	faults = append(faults, readRows(folder, giftFile, func(r *row) {
		l.gifts, l.lines = append(l.gifts, r.gift()), append(l.lines, r.line)
	})...)
	faults = append(faults, readRows(folder, donorFile, func(r *row) {
		donor := aid.Donor{Token: r.text("token")}
		r.fault("name", donor.Name.UnmarshalText([]byte(r.text("name"))))
		r.fault("id_number", donor.IDNumber.UnmarshalText([]byte(r.text("id_number"))))
		l.donors = append(l.donors, donor)
	})...)
	if _, err := fs.Stat(folder, bankFile); err == nil {
		l.bank = []aid.Listed{}
		faults = append(faults, readRows(folder, bankFile, func(r *row) {
			l.bank = append(l.bank, aid.Listed{Key: r.text("reference"), Amount: r.amount("amount")})
		})...)
	}
	return l, faults
}

// placed returns the faults joined in err, each behind a place.
func placed(where string, err error) []error {
	if err == nil {
		return nil
	}
	found := union.Faults(err)
	if len(found) == 0 {
		return []error{fmt.Errorf("%s: %w", where, err)}
	}
	var faults []error
	for _, fault := range found {
		faults = append(faults, fmt.Errorf("%s: %w", where, fault))
	}
	return faults
}

// A row is a line of a CSV file, whose fields are known by their columns.
type row struct {
	line   int
	fields map[string]string
	faults []error
	file   string
}

// readRows reads each row of a file.
func readRows(folder fs.FS, name string, each func(*row)) []error {
	file, err := folder.Open(name)
	if err != nil {
		return []error{err}
	}
	defer file.Close()
	reader := csv.NewReader(file)
	header, err := reader.Read()
	if err != nil {
		return []error{fmt.Errorf("%s:%d: %w", name, headerLine, err)}
	}
	var faults []error
	for {
		fields, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return faults
		}
		if err != nil {
			return append(faults, fmt.Errorf("%s: %w", name, err))
		}
		line, _ := reader.FieldPos(0)
		r := row{line: line, fields: map[string]string{}, file: name}
		for i, field := range fields {
			r.fields[header[i]] = field
		}
		each(&r)
		faults = append(faults, r.faults...)
	}
}

// fault notes what is wrong with a field, unless err is nil.
func (r *row) fault(column string, err error) {
	r.faults = append(r.faults, placed(fmt.Sprintf("%s:%d: %s", r.file, r.line, column), err)...)
}

// text returns a field; one of a column that the file does not have is empty.
func (r *row) text(column string) string { return r.fields[column] }

func (r *row) amount(column string) union.Money {
	if r.text(column) == "" {
		return union.Money{}
	}
	amount, err := union.ParseMoney(r.text(column))
	r.fault(column, err)
	return amount
}

func (r *row) whole(column string) int64 {
	if r.text(column) == "" {
		return 0
	}
	n, err := strconv.ParseInt(r.text(column), 10, 64)
	if err != nil {
		r.fault(column, union.NewFault(union.ErrText, "", "no whole number", "a whole number"))
	}
	return n
}

// gift returns the row as a gift.
func (r *row) gift() aid.Gift {
	gift := aid.Gift{
		ID: r.text("id"), Unit: r.text("unit"), Batch: r.text("batch"), Form: r.text("form"), Giver: r.text("giver"),
		Donor: r.text("donor"), Rank: r.text("rank"), Donors: r.whole("donors"), Amount: r.amount("amount"), Quantity: r.whole("quantity"),
		Basis: r.text("basis"), Reason: r.text("reason"), Reference: r.text("reference"), Alias: r.text("alias"),
		Private: r.text("private") == "yes",
	}
	r.fault("kind", gift.Kind.UnmarshalText([]byte(r.text("kind"))))
	r.fault("on", gift.On.UnmarshalText([]byte(r.text("on"))))
	// Earmarks are written as key:amount, one after another.
	for _, text := range strings.Fields(r.text("earmarks")) {
		key, amount, _ := strings.Cut(text, ":")
		earmark := aid.Earmark{Key: key}
		r.fault("earmarks", earmark.Amount.UnmarshalText([]byte(amount)))
		gift.Earmarks = append(gift.Earmarks, earmark)
	}
	return gift
}
