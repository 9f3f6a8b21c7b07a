package assessment_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/internal/laws"
)

// A counter counts sheets, dealt to boxes that are then merged, and returns the
// outcome as text and the box as it stands in memory.
type counter func(boxes ...[]assessment.Sheet) (outcome, memory string)

func formCounter(t require.TestingT, spec assessment.FormSpec) counter {
	form := newForm(t, spec)
	return func(boxes ...[]assessment.Sheet) (string, string) {
		var whole assessment.Box
		for _, sheets := range boxes {
			require.NoError(t, whole.Merge(boxOf(t, form, sheets...)))
		}
		outcome, err := form.Count(whole)
		require.NoError(t, err)
		return fmt.Sprint(outcome.Votes, outcome.Bases, outcome.Void, outcome.Findings), fmt.Sprintf("%#v", whole)
	}
}

// The order in which sheets are counted does not matter.
func orderIsNothing(count counter) laws.Law {
	return func(r *rapid.T) error {
		sheets := drawSheets(r)
		shuffled := rapid.Permutation(sheets).Draw(r, "shuffled")
		_, first := count(sheets)
		if _, second := count(shuffled); first != second {
			return fmt.Errorf("counted %s, shuffled %s", first, second)
		}
		return nil
	}
}

// Counting in several boxes equals counting in one.
func boxesAreOne(count counter) laws.Law {
	return func(r *rapid.T) error {
		sheets := drawSheets(r)
		cut := rapid.IntRange(0, len(sheets)).Draw(r, "cut")
		whole, _ := count(sheets)
		if parts, _ := count(sheets[:cut], sheets[cut:]); whole != parts {
			return fmt.Errorf("in one box %s, in two %s", whole, parts)
		}
		return nil
	}
}

// Two sets of sheets with the same counts for each criterion leave the same
// bytes, so nothing tells which answers stood on one sheet.
func ballotsAreLost(count counter) laws.Law {
	return func(r *rapid.T) error {
		ones := rapid.SliceOfN(rapid.Uint8Range(1, 2), 0, 12).Draw(r, "answers to the first")
		sheets := make([]assessment.Sheet, len(ones))
		exchanged := make([]assessment.Sheet, len(ones))
		others := rapid.Permutation(slices.Clone(ones)).Draw(r, "answers to the second")
		for i, one := range ones {
			sheets[i] = assessment.Sheet{Answers: []uint8{one, one}}
			exchanged[i] = assessment.Sheet{Answers: []uint8{one, others[i]}}
		}
		_, first := count(sheets)
		if _, second := count(exchanged); first != second {
			return errors.New("the box tells which answers stood together")
		}
		return nil
	}
}

// twin counts by classForm's or smallForm's keys, with a fault put in.
func twin(fault string) counter {
	return func(boxes ...[]assessment.Sheet) (string, string) {
		counts := map[string]int{}
		var kept []assessment.Sheet
		var last assessment.Sheet
		for _, sheets := range boxes {
			part := map[string]int{}
			for _, sheet := range sheets {
				last = sheet
				kept = append(kept, sheet)
				for i, answer := range sheet.Answers {
					part[fmt.Sprint(sheet.Class, i, answer)]++
				}
			}
			for key, n := range part {
				if fault == "rounds each box" {
					n = n / 2 * 2
				}
				counts[key] += n
			}
		}
		switch fault {
		case "remembers the last":
			return fmt.Sprint(counts), fmt.Sprint(counts, last)
		case "keeps the sheets":
			slices.SortFunc(kept, func(a, b assessment.Sheet) int { return slices.Compare(a.Answers, b.Answers) })
			return fmt.Sprint(counts), fmt.Sprint(counts, kept)
		}
		return fmt.Sprint(counts), fmt.Sprint(counts)
	}
}

func TestTheOrderOfSheetsDoesNotMatter(t *testing.T) { // S1
	laws.Holds(t, orderIsNothing(formCounter(t, classForm())))
	laws.Rejects(t, orderIsNothing(twin("remembers the last")))
}

func TestMergedBoxesCountAsOne(t *testing.T) { // S2
	laws.Holds(t, boxesAreOne(formCounter(t, classForm())))
	laws.Rejects(t, boxesAreOne(twin("rounds each box")))
}

func TestSheetsWithEqualCountsLeaveEqualBytes(t *testing.T) { // S4
	laws.Holds(t, ballotsAreLost(formCounter(t, smallForm())))
	laws.Rejects(t, ballotsAreLost(twin("keeps the sheets")))
}

// The answers, blanks and void marks of each criterion are the valid sheets, and
// valid and void sheets are those recovered.
func everySheetOnce(add func(box *assessment.Box, sheet assessment.Sheet) error, form assessment.Form) laws.Law {
	return func(r *rapid.T) error {
		sheets := drawSheets(r)
		box := form.Box()
		for _, sheet := range sheets {
			if err := add(&box, sheet); err != nil {
				return err
			}
		}
		outcome, err := form.Count(box)
		if err != nil {
			return err
		}
		if found := unbalanced(outcome); len(found) > 0 {
			return fmt.Errorf("does not add up: %v", found)
		}
		if n := outcome.Bases["bases"][assessment.Recovered]; n != int64(len(sheets)) {
			return fmt.Errorf("%d sheets recovered, %d added", n, len(sheets))
		}
		return nil
	}
}

// unbalanced returns what does not add up. That nobody answers a criterion is
// another matter.
func unbalanced(outcome assessment.Outcome) []union.Finding {
	return slices.DeleteFunc(outcome.Findings, func(f union.Finding) bool { return f.Rule == "some paper answers" })
}

func TestEverySheetCountsOnce(t *testing.T) { // S3
	form := newForm(t, classForm())
	laws.Holds(t, everySheetOnce((*assessment.Box).Add, form))
	laws.Rejects(t, everySheetOnce(func(box *assessment.Box, sheet assessment.Sheet) error {
		if err := box.Add(sheet); err != nil || sheet.Spoil > 0 || sheet.Answers[0] != 0 {
			return err
		}
		// The broken twin counts a blank as an answer, too.
		class := []string{"", "party", "mass", "lead"}[sheet.Class]
		return box.AddCounts(assessment.Counts{Class: class, Votes: map[string]map[string]int64{"one": {"good": 1}}})
	}, form))
}

func TestBoxesMergeLawfully(t *testing.T) {
	form := newForm(t, classForm())
	laws.Tally[assessment.Box](t, func(r *rapid.T) assessment.Box {
		box := boxOf(r, form, drawSheets(r)...)
		if rapid.Bool().Draw(r, "stated") {
			base := rapid.SampledFrom([]assessment.Base{assessment.Entitled, assessment.Issued}).Draw(r, "base")
			class := rapid.SampledFrom([]string{"", "mass"}).Draw(r, "of")
			require.NoError(r, box.State(class, base, rapid.Int64Range(0, 99).Draw(r, "n")))
		}
		return box
	})
}

// full is the greatest count that a box takes.
const full = 1 << 62

// smallSheets are all the sheets of smallForm: each answer, or blank.
func smallSheets() []assessment.Sheet {
	var sheets []assessment.Sheet
	for one := range uint8(3) {
		for two := range uint8(3) {
			sheets = append(sheets, assessment.Sheet{Answers: []uint8{one, two}})
		}
	}
	return sheets
}

// Every box of up to three sheets, in every order and every cut into two boxes,
// against counts made in the plainest way.
func TestSmallWorldsAreCountedRight(t *testing.T) { // S1, S2, S3
	form := newForm(t, smallForm())
	names := []string{"blank", "good", "poor"}
	var worlds [][]assessment.Sheet
	worlds = append(worlds, nil)
	for _, a := range smallSheets() {
		worlds = append(worlds, []assessment.Sheet{a})
		for _, b := range smallSheets() {
			worlds = append(worlds, []assessment.Sheet{a, b})
			for _, c := range smallSheets() {
				worlds = append(worlds, []assessment.Sheet{a, b, c})
			}
		}
	}
	require.Len(t, worlds, 1+9+81+729)
	for _, world := range worlds {
		want := map[string]map[string]int64{
			"one": {"blank": 0, "void": 0, "good": 0, "poor": 0},
			"two": {"blank": 0, "void": 0, "good": 0, "poor": 0},
		}
		for _, sheet := range world {
			want["one"][names[sheet.Answers[0]]]++
			want["two"][names[sheet.Answers[1]]]++
		}
		for cut := range len(world) + 1 {
			box := boxOf(t, form, world[:cut]...)
			require.NoError(t, box.Merge(boxOf(t, form, world[cut:]...)))
			outcome, err := form.Count(box)
			require.NoError(t, err)
			require.Equal(t, want, outcome.Votes)
			require.Empty(t, unbalanced(outcome))
			require.Equal(t, int64(len(world)), outcome.Bases["bases"][assessment.Valid])
		}
	}
}

func TestABoxRefusesWhatItCannotCount(t *testing.T) {
	classes := newForm(t, classForm())
	filled := classes.Box()
	require.NoError(t, filled.AddCounts(assessment.Counts{
		Class: "party",
		Valid: full,
		Void:  map[string]int64{"torn": full, "forced": full},
	}))
	sheet := func(class uint8, answers ...uint8) assessment.Sheet {
		return assessment.Sheet{Class: class, Answers: answers}
	}
	for name, each := range map[string]struct {
		box   assessment.Box
		sheet assessment.Sheet
		want  error
		where string
	}{
		"a box of no form":                         {assessment.Box{}, sheet(1, 1, 1), union.ErrMissing, "form"},
		"no class where the form has some":         {classes.Box(), sheet(0, 1, 1), union.ErrRange, "class"},
		"a class beyond the last":                  {classes.Box(), sheet(4, 1, 1), union.ErrRange, "class"},
		"a class where the form has none":          {newForm(t, smallForm()).Box(), sheet(1, 1, 1), union.ErrRange, "class"},
		"a reason that the form has not":           {classes.Box(), assessment.Sheet{Class: 1, Spoil: 2}, union.ErrRange, "spoil"},
		"an answer too few":                        {classes.Box(), sheet(1, 1), union.ErrRange, "answers"},
		"an answer too many":                       {classes.Box(), sheet(1, 1, 1, 1), union.ErrRange, "answers"},
		"an answer beyond the last":                {classes.Box(), sheet(1, 1, 3), union.ErrRange, "answers[1]"},
		"valid sheets beyond the greatest count":   {filled, sheet(1, 1, 1), union.ErrOverflow, "box"},
		"void sheets beyond the greatest count":    {filled, sheet(1, 2, 2), union.ErrOverflow, "box"},
		"spoiled sheets beyond the greatest count": {filled, assessment.Sheet{Class: 1, Spoil: 1}, union.ErrOverflow, "box"},
	} {
		t.Run(name, func(t *testing.T) {
			before := fmt.Sprintf("%#v", each.box)
			err := each.box.Add(each.sheet)
			require.ErrorIs(t, err, each.want)
			assert.Equal(t, each.where, union.Faults(err)[0].Where)
			assert.Equal(t, before, fmt.Sprintf("%#v", each.box), "a refused sheet changes nothing") // G10
		})
	}
}

func TestABoxRefusesCountsThatItCannotRead(t *testing.T) {
	votes := func(criterion, answer string, n int64) map[string]map[string]int64 {
		return map[string]map[string]int64{criterion: {answer: n}}
	}
	for name, each := range map[string]struct {
		counts assessment.Counts
		want   error
		where  string
	}{
		"a class not of the form":         {assessment.Counts{Class: "guests"}, union.ErrUnknown, "class"},
		"no class":                        {assessment.Counts{}, union.ErrUnknown, "class"},
		"valid below zero":                {assessment.Counts{Class: "mass", Valid: -1}, union.ErrRange, "valid"},
		"valid beyond the greatest count": {assessment.Counts{Class: "mass", Valid: full}, union.ErrOverflow, "valid"},
		"a reason not of the form":        {assessment.Counts{Class: "mass", Void: map[string]int64{"wet": 1}}, union.ErrUnknown, "void"},
		"void below zero":                 {assessment.Counts{Class: "mass", Void: map[string]int64{"torn": -1}}, union.ErrRange, "void.torn"},
		"a criterion not of the form":     {assessment.Counts{Class: "mass", Votes: votes("three", "good", 1)}, union.ErrUnknown, "votes"},
		"an answer not of the form":       {assessment.Counts{Class: "mass", Votes: votes("one", "fair", 1)}, union.ErrUnknown, "votes.one"},
		"an answer without a key":         {assessment.Counts{Class: "mass", Votes: votes("one", "", 1)}, union.ErrUnknown, "votes.one"},
		"votes below zero":                {assessment.Counts{Class: "mass", Votes: votes("one", "good", -1)}, union.ErrRange, "votes.one.good"},
	} {
		t.Run(name, func(t *testing.T) {
			box := newForm(t, classForm()).Box()
			require.NoError(t, box.AddCounts(assessment.Counts{Class: "mass", Valid: 1}))
			before := fmt.Sprintf("%#v", box)
			err := box.AddCounts(each.counts)
			require.ErrorIs(t, err, each.want)
			assert.Equal(t, each.where, union.Faults(err)[0].Where)
			assert.Equal(t, before, fmt.Sprintf("%#v", box))
		})
	}
	var none assessment.Box
	require.ErrorIs(t, none.AddCounts(assessment.Counts{}), union.ErrMissing)
}

func TestTellersStateOnlyWhatDoesNotFollow(t *testing.T) {
	box := newForm(t, classForm()).Box()
	require.NoError(t, box.State("mass", assessment.Issued, full))
	var none assessment.Box
	require.ErrorIs(t, none.State("", assessment.Issued, 1), union.ErrMissing, "a box of no form")
	require.ErrorIs(t, box.State("guests", assessment.Issued, 1), union.ErrUnknown, "a class not of the form")
	require.ErrorIs(t, box.State("", 0, 1), union.ErrRange, "no base")
	require.ErrorIs(t, box.State("", assessment.Valid, 1), union.ErrRange, "a base that follows from the sheets")
	require.ErrorIs(t, box.State("", assessment.Issued, -1), union.ErrRange, "below zero")
	require.ErrorIs(t, box.State("mass", assessment.Issued, 1), union.ErrOverflow)
}

func TestBoxesOfTwoFormsDoNotMerge(t *testing.T) {
	small, classes := newForm(t, smallForm()), newForm(t, classForm())
	box := small.Box()
	require.ErrorIs(t, box.Merge(classes.Box()), union.ErrRule)
	assert.Equal(t, small.ID(), box.Rule())

	filled, one := classes.Box(), boxOf(t, classes, assessment.Sheet{Class: 1, Answers: []uint8{1, 1}})
	require.NoError(t, filled.AddCounts(assessment.Counts{Class: "party", Valid: full}))
	before := fmt.Sprintf("%#v", filled)
	require.ErrorIs(t, filled.Merge(one), union.ErrOverflow)
	assert.Equal(t, before, fmt.Sprintf("%#v", filled))

	stated, more := classes.Box(), classes.Box()
	require.NoError(t, stated.State("", assessment.Issued, full))
	require.NoError(t, more.State("", assessment.Issued, 1))
	require.ErrorIs(t, stated.Merge(more), union.ErrOverflow)
}

func TestCountingASheetAllocatesNothing(t *testing.T) {
	form, sheets := fiveCriteria(t)
	box := form.Box()
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		for _, sheet := range sheets {
			if err := box.Add(sheet); err != nil {
				t.Fatal(err)
			}
		}
	}))
}

// fiveCriteria returns a form of five criteria with four answers and some
// sheets for it.
func fiveCriteria(t testing.TB) (assessment.Form, []assessment.Sheet) {
	spec := smallForm()
	spec.Criteria = nil
	for _, key := range []string{"a", "b", "c", "d", "e"} {
		spec.Criteria = append(spec.Criteria, assessment.Criterion{Key: key, Title: key, Answers: answers("good", "fair", "some", "poor")})
	}
	var sheets []assessment.Sheet
	for i := range 1000 {
		var marks []uint8
		for j := range 5 {
			marks = append(marks, uint8((i*7+j*3)%5))
		}
		sheets = append(sheets, assessment.Sheet{Answers: marks})
	}
	return newForm(t, spec), sheets
}

func BenchmarkBoxAdd(b *testing.B) {
	form, sheets := fiveCriteria(b)
	b.Run("box", func(b *testing.B) {
		box := form.Box()
		for b.Loop() {
			for i := range sheets {
				if err := box.Add(sheets[i]); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("limit, a checked histogram", func(b *testing.B) {
		var counts [5][5]int64
		for b.Loop() {
			for i := range sheets {
				marks := sheets[i].Answers
				if len(marks) != 5 {
					b.Fatal("length")
				}
				for j, mark := range marks {
					if mark > 4 {
						b.Fatal("mark")
					}
					counts[j][mark]++
				}
			}
		}
	})
}

func TestASheetThatNothingVoidsIsTakenWholeOrNotAtAll(t *testing.T) {
	form := newForm(t, smallForm())
	for name, each := range map[string]struct {
		valid   int64
		answers []uint8
		want    error
		where   string
	}{
		"a void mark":                      {0, []uint8{255, 2}, nil, ""},
		"an answer beyond the last":        {0, []uint8{1, 3}, union.ErrRange, "answers[1]"},
		"after a void mark":                {0, []uint8{255, 3}, union.ErrRange, "answers[1]"},
		"answers too many":                 {0, []uint8{1, 1, 1}, union.ErrRange, "answers"},
		"a full box":                       {full, []uint8{1, 1}, union.ErrOverflow, "box"},
		"a full box, and not an answer":    {full, []uint8{1, 9}, union.ErrRange, "answers[1]"},
		"a box with room for one, exactly": {full - 1, []uint8{1, 1}, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			box := form.Box()
			require.NoError(t, box.AddCounts(assessment.Counts{Valid: each.valid}))
			before := must(box.AppendBinary(nil))
			err := box.Add(assessment.Sheet{Answers: each.answers})
			if each.want == nil {
				require.NoError(t, err)
				assert.NotEqual(t, before, must(box.AppendBinary(nil)))
				return
			}
			require.ErrorIs(t, err, each.want)
			assert.Equal(t, each.where, union.Faults(err)[0].Where)
			assert.Equal(t, before, must(box.AppendBinary(nil)))
		})
	}
}
