package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
)

// The ballots that are counted: five criteria of four grades, each of which may
// be left blank.
const criteria, grades = 5, 4

func ballotForm() assessment.Form {
	spec := assessment.FormSpec{
		Rule: union.Rule{Key: "ballot", Version: "1", Title: "ballot", Source: "bench"},
		Base: assessment.Valid, Balance: union.Plain, Rounding: union.Rounding{Mode: union.HalfUp, Places: 2},
	}
	for range criteria {
		criterion := assessment.Criterion{Key: "c" + strconv.Itoa(len(spec.Criteria)), Title: "criterion"}
		for grade := range grades {
			criterion.Answers = append(criterion.Answers, assessment.Answer{Key: "g" + strconv.Itoa(grade), Title: "grade"})
		}
		spec.Criteria = append(spec.Criteria, criterion)
	}
	return must(assessment.NewForm(spec))
}

// ballots are papers as bytes, as typed sheets, and packed by the form.
type ballots struct {
	form   assessment.Form
	bytes  []byte
	sheets []assessment.Sheet
	packed []uint64
}

func someBallots(records int) ballots {
	made := ballots{form: ballotForm(), bytes: make([]byte, records*criteria)}
	source := random(3)
	for i := range made.bytes {
		made.bytes[i] = byte(source.below(grades + 1))
	}
	for i := range records {
		sheet := assessment.Sheet{Answers: made.bytes[i*criteria : (i+1)*criteria]}
		made.sheets = append(made.sheets, sheet)
		made.packed = must(made.form.Pack(made.packed, sheet))
	}
	return made
}

// digest returns a digest of how many gave each answer to each criterion.
func (b ballots) digest(count func(criterion, answer int) int64) int64 {
	return weigh(criteria*(grades+1), func(i int) int64 { return count(i/(grades+1), i%(grades+1)) })
}

// box returns the digest of what a box has counted.
func (b ballots) box(box assessment.Box) func() int64 {
	return func() int64 {
		votes, form := must(b.form.Count(box)).Votes, b.form.Spec()
		return b.digest(func(criterion, answer int) int64 {
			of := form.Criteria[criterion]
			if answer == 0 {
				return votes[of.Key][assessment.Blank]
			}
			return votes[of.Key][of.Answers[answer-1].Key]
		})
	}
}

// histogram is the limit of both rows: a loop over the papers' bytes that refuses
// a byte which is no answer, and adds one to a cell of an array.
func (b ballots) histogram() func() int64 {
	var counts [criteria][grades + 1]int64
	for paper := b.bytes; len(paper) >= criteria; paper = paper[criteria:] {
		for i, answer := range paper[:criteria] {
			if answer > grades {
				panic("no answer")
			}
			counts[i][answer]++
		}
	}
	return func() int64 {
		return b.digest(func(criterion, answer int) int64 { return counts[criterion][answer] })
	}
}

// plain counts the papers in a map, as a user would who has a key for each answer.
func (b ballots) plain() func() int64 {
	type key struct{ criterion, answer int }
	counts := map[key]int64{}
	for i, answer := range b.bytes {
		counts[key{i % criteria, int(answer)}]++
	}
	return func() int64 {
		return b.digest(func(criterion, answer int) int64 { return counts[key{criterion, answer}] })
	}
}

// inSQL counts the papers criterion by criterion, as a query says it shortest.
func (b ballots) inSQL() []rival {
	table := numbers{rows: len(b.bytes) / criteria, at: func(row, column int) int64 { return int64(b.bytes[row*criteria+column]) }}
	var each []string
	for i := range criteria {
		table.columns = append(table.columns, fmt.Sprintf("c%d", i))
		each = append(each, fmt.Sprintf("SELECT %[1]d, c%[1]d, count(*) FROM t GROUP BY c%[1]d", i))
	}
	return inSQL(table, strings.Join(each, " UNION ALL "), func(result [][]int64) int64 {
		var counts [criteria][grades + 1]int64
		for _, row := range result {
			counts[row[0]][row[1]] = row[2]
		}
		return b.digest(func(criterion, answer int) int64 { return counts[criterion][answer] })
	})
}

// ballotsRow counts typed sheets, all of them at once.
var ballotsRow = row{name: "Box: counting typed ballots of five criteria", goal: 2, load: func(records int) contest {
	b := someBallots(records)
	return contest{limit: b.histogram, plain: b.plain, rivals: b.inSQL(), library: func() func() int64 {
		box := b.form.Box()
		if err := box.AddAll(b.sheets); err != nil {
			panic(err)
		}
		return b.box(box)
	}}
}}

// packedRow counts a batch that the form has packed; packing is not timed, since
// papers are packed once, where they are read.
var packedRow = row{name: "Box: counting packed ballots of five criteria", goal: 0.5, load: func(records int) contest {
	b := someBallots(records)
	return contest{limit: b.histogram, plain: b.plain, library: func() func() int64 {
		box := b.form.Box()
		if err := box.AddPacked(b.packed); err != nil {
			panic(err)
		}
		return b.box(box)
	}}
}}
