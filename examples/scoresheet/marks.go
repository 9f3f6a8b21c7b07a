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
	"github.com/unioncampaign/union/assessment"
)

// readMarks reads the records, and if there are any the meetings and the order
// drawn.
func (s *sheet) readMarks(files fs.FS) error {
	err := eachRow(files, "marks.csv", true, func(header, row []string) error {
		record, err := s.record(header, row)
		s.records = append(s.records, record)
		return err
	})
	if err != nil {
		return err
	}
	err = eachRow(files, "drawn.csv", false, func(header, row []string) error {
		s.drawn = append(s.drawn, row[0])
		return nil
	})
	if err != nil {
		return err
	}
	return eachRow(files, "meetings.csv", false, func(header, row []string) error {
		if len(row) != 4 {
			return union.NewFault(union.ErrText, "", strconv.Itoa(len(row))+" cells", "first, second, item, net")
		}
		net, err := union.ParseNumber(row[3])
		s.met = append(s.met, assessment.Meeting{First: row[0], Second: row[1], Item: row[2], Net: net})
		return err
	})
}

// eachRow calls read with every row of a table and its header. What is wrong is
// told with the file and the line.
func eachRow(files fs.FS, name string, wanted bool, read func(header, row []string) error) error {
	file, err := files.Open(name)
	if errors.Is(err, fs.ErrNotExist) && !wanted {
		return nil
	}
	if err != nil {
		return err
	}
	defer file.Close()
	table := csv.NewReader(file)
	header, err := table.Read()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	header[0] = strings.TrimPrefix(header[0], "\ufeff")
	for {
		row, err := table.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		line, _ := table.FieldPos(0)
		if err := read(header, row); err != nil {
			return union.Within(name+":"+strconv.Itoa(line), err)
		}
	}
}

// ballots are the papers of a record counted by hand, by form.
type ballots map[string]*assessment.Counts

// of returns the counts of a form.
func (b ballots) of(form string) *assessment.Counts {
	if b[form] == nil {
		b[form] = &assessment.Counts{Votes: map[string]map[string]int64{}}
	}
	return b[form]
}

// record makes the record of a row.
func (s sheet) record(header, row []string) (assessment.Record, error) {
	record := assessment.Record{
		In: map[string]string{}, Given: map[string]union.Number{}, NotApplicable: map[string]string{}, Panel: map[string][]assessment.Mark{},
		Votes: map[string]assessment.Outcome{},
	}
	counted := ballots{}
	for i, name := range header {
		kind, rest, _ := strings.Cut(name, " ")
		if err := readCell(&record, counted, kind, rest, strings.TrimSpace(row[i])); err != nil {
			return record, union.Within(name, err)
		}
	}
	for _, spec := range s.scheme.Spec().Forms {
		counts, ok := counted[spec.Key]
		if !ok {
			continue
		}
		outcome, err := outcomeOf(spec, *counts)
		if err != nil {
			return record, union.Within("votes "+spec.Key, err)
		}
		record.Votes[spec.Key] = outcome
		delete(counted, spec.Key)
	}
	for form := range counted {
		return record, union.NewFault(union.ErrUnknown, "votes", strconv.Quote(form), "a form of the scheme")
	}
	return record, nil
}

// readCell reads one cell.
func readCell(record *assessment.Record, counted ballots, kind, rest, cell string) (err error) {
	why, absent := strings.CutPrefix(cell, "/")
	switch kind {
	case "unit":
		record.Unit = cell
	case "in":
		if cell != "" {
			record.In[rest] = cell
		}
	case "given":
		if absent {
			record.NotApplicable[rest] = why
		} else if cell != "" {
			record.Given[rest], err = union.ParseNumber(cell)
		}
	case "panel":
		mark := assessment.Mark{}
		if cell != "" {
			err = mark.UnmarshalText([]byte(cell))
		}
		record.Panel[rest] = append(record.Panel[rest], mark)
	case "valid":
		counted.of(rest).Valid, err = whole(cell)
	case "votes":
		parts := strings.Fields(rest)
		if len(parts) != 3 {
			return union.NewFault(union.ErrText, "", strconv.Quote(rest), "a form, a criterion and an answer")
		}
		votes := counted.of(parts[0]).Votes
		if votes[parts[1]] == nil {
			votes[parts[1]] = map[string]int64{}
		}
		votes[parts[1]][parts[2]], err = whole(cell)
	case "fact":
		if cell != "" {
			record.Facts = append(record.Facts, rest)
		}
	default:
		return union.NewFault(union.ErrUnknown, "", strconv.Quote(kind), "unit, in, given, panel, valid, votes or fact")
	}
	return err
}

// whole reads a count.
func whole(cell string) (int64, error) {
	number, err := union.ParseNumber(cell)
	if err != nil {
		return 0, err
	}
	n, ok := number.Int64()
	if !ok {
		return 0, union.NewFault(union.ErrText, "", cell, "a whole number")
	}
	return n, nil
}

// outcomeOf counts the papers of one ballot.
func outcomeOf(spec assessment.FormSpec, counts assessment.Counts) (assessment.Outcome, error) {
	form, err := assessment.NewForm(spec)
	if err != nil {
		return assessment.Outcome{}, err
	}
	box := form.Box()
	if err := box.AddCounts(counts); err != nil {
		return assessment.Outcome{}, err
	}
	return form.Count(box)
}
