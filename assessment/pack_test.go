package assessment_test

import (
	"encoding/binary"
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

// wideForm is classForm with so many answers that a sheet takes three words.
func wideForm() assessment.FormSpec {
	spec := classForm()
	var many []string
	for i := range 60 {
		many = append(many, fmt.Sprintf("a%d", i))
	}
	for i := range spec.Criteria {
		spec.Criteria[i].Answers = append(spec.Criteria[i].Answers, answers(many...)...)
	}
	return spec
}

// packed packs sheets, those of one class together, in the order in which they
// come, and counts the batches.
func packed(form assessment.Form, sheets []assessment.Sheet) (assessment.Box, error) {
	box := form.Box()
	batches := map[uint8][]uint64{}
	for _, sheet := range sheets {
		batch, err := form.Pack(batches[sheet.Class], sheet)
		if err != nil {
			return box, err
		}
		batches[sheet.Class] = batch
	}
	for _, batch := range batches {
		if err := box.AddPacked(batch); err != nil {
			return box, err
		}
	}
	return box, nil
}

// packedAsTyped is the law that sheets count the same packed as one by one.
func packedAsTyped(form assessment.Form, count func(assessment.Form, []assessment.Sheet) (assessment.Box, error)) laws.Law {
	return func(r *rapid.T) error {
		var sheets []assessment.Sheet
		for range rapid.IntRange(0, 300).Draw(r, "sheets") {
			sheets = append(sheets, drawSheet(r))
		}
		got, err := count(form, sheets)
		if err != nil {
			return err
		}
		if want := boxOf(r, form, sheets...); !got.Equal(want) {
			return fmt.Errorf("packed %v, typed %v", got, want)
		}
		return nil
	}
}

func TestPackedSheetsCountAsTypedOnes(t *testing.T) {
	free := classForm()
	free.Spreads = nil
	for name, spec := range map[string]assessment.FormSpec{"one word": classForm(), "several words": wideForm(), "no spread": free} {
		t.Run(name, func(t *testing.T) {
			form := newForm(t, spec)
			laws.Holds(t, packedAsTyped(form, packed))
			laws.Rejects(t, packedAsTyped(form, func(form assessment.Form, sheets []assessment.Sheet) (assessment.Box, error) {
				// The broken twin packs no sheet that is void.
				return packed(form, slices.DeleteFunc(slices.Clone(sheets), func(s assessment.Sheet) bool { return s.Spoil > 0 }))
			}))
		})
	}
}

// together counts sheets all at once.
func together(form assessment.Form, sheets []assessment.Sheet) (assessment.Box, error) {
	box := form.Box()
	err := box.AddAll(sheets)
	return box, err
}

// manyForm has more criteria than are taken from a word at a time.
func manyForm() assessment.FormSpec {
	spec := classForm()
	for i := range 9 {
		spec.Criteria = append(spec.Criteria, assessment.Criterion{Key: fmt.Sprint("c", i), Title: "c", Answers: answers("good", "poor")})
	}
	return spec
}

func TestSheetsCountTheSameTogether(t *testing.T) {
	free := classForm()
	free.Spreads = nil
	for name, spec := range map[string]assessment.FormSpec{"few answers": free, "a spread": classForm(), "many answers": wideForm()} {
		t.Run(name, func(t *testing.T) {
			form := newForm(t, spec)
			laws.Holds(t, packedAsTyped(form, together))
			laws.Rejects(t, packedAsTyped(form, func(form assessment.Form, sheets []assessment.Sheet) (assessment.Box, error) {
				// The broken twin leaves out what is over sixteen.
				return together(form, sheets[:len(sheets)-len(sheets)%16])
			}))
		})
	}
	form := newForm(t, manyForm())
	sheet := assessment.Sheet{Class: 2, Answers: []uint8{1, 0, 1, 2, 255, 0, 1, 1, 1, 1, 0}}
	got, err := together(form, []assessment.Sheet{sheet, sheet, sheet})
	require.NoError(t, err)
	assert.True(t, boxOf(t, form, sheet, sheet, sheet).Equal(got))
}

// Every code of up to eight answers finds its count.
func TestEveryAnswerIsCountedTogetherAsAlone(t *testing.T) {
	// Of 1 to 7 answers in turn, and of 1 to 9 from 8 on, which a word does not hold.
	for each := range 18 {
		criteria, most, first := 1+each/2, 7+each%2*2, each%2*7
		spec := smallForm()
		spec.Criteria = nil
		for i := range criteria {
			spec.Criteria = append(spec.Criteria, assessment.Criterion{Key: fmt.Sprint("c", i), Title: "c", Answers: answers("good", "a", "b", "c", "d", "e", "f", "g", "h")[:1+(first+i)%most]})
		}
		form := newForm(t, spec)
		var sheets []assessment.Sheet
		for i, criterion := range spec.Criteria {
			for code := range len(criterion.Answers) + 1 {
				sheet := assessment.Sheet{Answers: make([]uint8, criteria)}
				sheet.Answers[i] = uint8(code)
				sheets = append(sheets, sheet)
			}
		}
		got, err := together(form, sheets)
		require.NoError(t, err)
		assert.True(t, boxOf(t, form, sheets...).Equal(got), criteria)
	}
}

func TestSheetsTogetherAreTakenAllOrNone(t *testing.T) {
	free := classForm()
	free.Spreads = nil
	for name, spec := range map[string]assessment.FormSpec{"few answers": free, "a spread": classForm(), "many answers": wideForm()} {
		form := newForm(t, spec)
		good := assessment.Sheet{Class: 1, Answers: []uint8{1, 1}}
		box := boxOf(t, form, good)
		before := must(box.AppendBinary(nil))
		for _, bad := range []assessment.Sheet{
			{Class: 0, Answers: []uint8{1, 1}}, {Class: 4, Answers: []uint8{1, 1}}, {Class: 1, Answers: []uint8{1}},
			{Class: 1, Answers: []uint8{1, 200}}, {Class: 1, Answers: []uint8{200, 1}}, {Class: 1, Spoil: 2, Answers: []uint8{1, 1}},
			{Class: 1, Answers: []uint8{1, uint8(1 + len(spec.Criteria[1].Answers))}}, {Class: 1, Answers: []uint8{1, 1, 0}}, {Class: 1},
		} {
			err := box.AddAll([]assessment.Sheet{good, good, bad, good})
			require.ErrorIs(t, err, union.ErrRange, "%s: %v", name, bad)
			assert.Contains(t, union.Faults(err)[0].Where, "sheets[2].")
			require.ErrorIs(t, box.AddAll([]assessment.Sheet{bad}), union.ErrRange, "%s: %v", name, bad)
			single := box.Add(bad)
			assert.Equal(t, union.Within("sheets[2]", single), err, "as one alone is refused")
			assert.Equal(t, before, must(box.AppendBinary(nil)))
		}
		require.NoError(t, box.AddAll(nil))
		require.NoError(t, box.AddCounts(assessment.Counts{Class: "party", Valid: full - 1}))
		require.ErrorIs(t, box.AddAll([]assessment.Sheet{good}), union.ErrOverflow)
	}
	last := newForm(t, free).Box()
	require.NoError(t, last.AddCounts(assessment.Counts{Class: "party", Valid: full - 1}))
	require.NoError(t, last.AddAll([]assessment.Sheet{{Class: 1, Answers: []uint8{1, 1}}}), "room for one, exactly")
	var none assessment.Box
	require.ErrorIs(t, none.AddAll(nil), union.ErrMissing)
	for class := uint8(1); class < 4; class++ {
		plain := newForm(t, smallForm()).Box()
		require.ErrorIs(t, plain.AddAll([]assessment.Sheet{{Class: class, Answers: []uint8{1, 1}}}), union.ErrRange)
	}
}

func TestManySheetsAreCarriedOver(t *testing.T) {
	form, some := fiveCriteria(t)
	var sheets []assessment.Sheet
	for range 9 { // more than twice as many as are counted at a time
		sheets = append(sheets, some...)
	}
	want, got := form.Box(), form.Box()
	var batch []uint64
	for _, sheet := range sheets {
		require.NoError(t, want.Add(sheet))
		batch = must(form.Pack(batch, sheet))
	}
	for range 2 {
		batch = append(batch, batch[2:]...) // two in a word and an even number of sheets: the words alone
		batch[1] *= 2
	}
	require.NoError(t, got.AddPacked(batch))
	four := form.Box()
	for range 4 {
		require.NoError(t, four.Merge(want))
	}
	assert.True(t, four.Equal(got))
	assert.True(t, want.Equal(must(together(form, sheets))))
	wide := newForm(t, wideForm())
	var several []assessment.Sheet
	for i := range 5000 {
		several = append(several, assessment.Sheet{Class: 2, Answers: []uint8{uint8(i % 60), uint8(i % 7)}})
	}
	assert.True(t, boxOf(t, wide, several...).Equal(must(packed(wide, several))), "of three words each")
	alike := slices.Repeat(sheets[:1], 9000)
	assert.True(t, must(packed(form, alike)).Equal(must(together(form, alike))))
	assert.True(t, boxOf(t, form, alike...).Equal(must(together(form, alike))))
	assert.LessOrEqual(t, testing.AllocsPerRun(5, func() { _ = got.AddPacked(batch) }), 2.0, "none of a sheet")
	assert.LessOrEqual(t, testing.AllocsPerRun(5, func() { _ = got.AddAll(sheets) }), 3.0, "none of a sheet")
}

// A sheet of 64 bits takes one word: one for the valid, and for a criterion of 61
// answers one each, one for a blank and one for a void mark.
func TestASheetThatFillsAWordTakesOne(t *testing.T) {
	for answered, words := range map[int]int{61: 1, 62: 2} {
		var keys []string
		for i := range answered {
			keys = append(keys, fmt.Sprint("a", i))
		}
		spec := smallForm()
		spec.Satisfied = nil
		spec.Criteria = []assessment.Criterion{{Key: "one", Title: "one", Answers: answers(keys...)}}
		form := newForm(t, spec)
		sheets := []assessment.Sheet{{Answers: []uint8{0}}, {Answers: []uint8{255}}, {Answers: []uint8{uint8(answered)}}}
		batch := must(form.Pack(nil, sheets[0]))
		assert.Len(t, batch, 2+words)
		assert.True(t, must(packed(form, sheets)).Equal(boxOf(t, form, sheets...)))
	}
}

func TestABatchThatIsNoneIsRefused(t *testing.T) {
	form := newForm(t, classForm())
	batch := must(form.Pack(nil, assessment.Sheet{Class: 1, Answers: []uint8{1, 2}}))
	void := must(form.Pack(nil, assessment.Sheet{Class: 1, Spoil: 1}))
	other := newForm(t, smallForm())
	wrong := func(change func(batch []uint64)) []uint64 {
		changed := slices.Clone(batch)
		change(changed)
		return changed
	}
	for name, each := range map[string]struct {
		batch []uint64
		want  error
	}{
		"of another form":           {must(other.Pack(nil, assessment.Sheet{Answers: []uint8{1, 2}})), union.ErrRule},
		"of a class that is none":   {wrong(func(batch []uint64) { batch[0] += 9 }), union.ErrRule},
		"a lane without an answer":  {wrong(func(batch []uint64) { batch[2] &^= 1<<4 | 1<<3 }), union.ErrText},
		"two answers":               {wrong(func(batch []uint64) { batch[2] |= 1 << 3 }), union.ErrText},
		"a bit that is none":        {wrong(func(batch []uint64) { batch[2] |= 1 << 63 }), union.ErrText},
		"nothing":                   {wrong(func(batch []uint64) { batch[2] = 0 }), union.ErrText},
		"void, and yet with a vote": {wrong(func(batch []uint64) { batch[2] ^= 1 | void[2]&(1<<1|1<<2) }), union.ErrText},
		"valid, and yet too poor":   {wrong(func(batch []uint64) { batch[2] ^= 1<<4 | 1<<5 }), union.ErrText},
		"fewer sheets than it says": {wrong(func(batch []uint64) { batch[1] = 99 }), union.ErrText},
		"more sheets than it says":  {append(slices.Clone(batch), 1), union.ErrText},
		"one sheet's answer on another": {func() []uint64 {
			two := must(form.Pack(slices.Clone(batch), assessment.Sheet{Class: 1, Answers: []uint8{1, 2}}))
			two[2] ^= 1<<15 | 1<<5 // as many answers as there are sheets
			return two
		}(), union.ErrText},
		"no end of sheets": {wrong(func(batch []uint64) { batch[1] = 1<<64 - 1 }), union.ErrText},
		"a head alone":     {batch[:1], union.ErrText},
	} {
		t.Run(name, func(t *testing.T) {
			box := boxOf(t, form, assessment.Sheet{Class: 1, Answers: []uint8{1, 2}})
			before := must(box.AppendBinary(nil))
			require.ErrorIs(t, box.AddPacked(each.batch), each.want)
			assert.Equal(t, before, must(box.AppendBinary(nil)))
		})
	}

	var none assessment.Form
	_, err := none.Pack(nil, assessment.Sheet{})
	require.ErrorIs(t, err, union.ErrMissing)
	var empty assessment.Box
	require.ErrorIs(t, empty.AddPacked(nil), union.ErrMissing)
	_, err = form.Pack(nil, assessment.Sheet{Class: 1, Answers: []uint8{9, 1}})
	require.ErrorIs(t, err, union.ErrRange)
	kept, err := form.Pack(batch, assessment.Sheet{Class: 2, Answers: []uint8{1, 1}})
	require.ErrorIs(t, err, union.ErrRule, "a batch is of one class")
	assert.Equal(t, batch, kept)
	box := form.Box()
	require.NoError(t, box.AddPacked(nil))
	assert.True(t, box.Equal(form.Box()))
	require.NoError(t, box.AddCounts(assessment.Counts{Class: "party", Valid: full}))
	require.ErrorIs(t, box.AddPacked(batch), union.ErrOverflow)

	// Five sheets stand in a word; the first that is none is named.
	many := batch
	for range 11 {
		many = must(form.Pack(many, assessment.Sheet{Class: 1, Answers: []uint8{1, 2}}))
	}
	require.Len(t, many, 2+3)
	for at := range 12 {
		for name, change := range map[string]func(words []uint64){
			"no answer to the first":     func(words []uint64) { words[at/5] &^= 0xf << (at%5*11 + 3) },
			"two answers to the second":  func(words []uint64) { words[at/5] |= 0xc << (at%5*11 + 7) },
			"neither valid nor void":     func(words []uint64) { words[at/5] &^= 1 << (at % 5 * 11) },
			"void, and yet not blank":    func(words []uint64) { words[at/5] ^= 3 << (at % 5 * 11) },
			"more poor than a paper may": func(words []uint64) { words[at/5] ^= 6 << (at%5*11 + 3) },
		} {
			broken := slices.Clone(many)
			change(broken[2:])
			box := form.Box()
			err := box.AddPacked(broken)
			require.ErrorIs(t, err, union.ErrText, name)
			assert.Equal(t, union.Indexed("batch", at), union.Faults(err)[0].Where, name)
		}
	}
	beyond := slices.Clone(many)
	beyond[4] |= 1 << 22 // after the twelfth
	after := form.Box()
	err = after.AddPacked(beyond)
	require.ErrorIs(t, err, union.ErrText)
	assert.Equal(t, "batch[12]", union.Faults(err)[0].Where)
	unused := slices.Clone(many)
	unused[2] |= 1 << 63
	require.ErrorIs(t, after.AddPacked(unused), union.ErrText, "a bit that no sheet has")

	// A void sheet that is not blank is found after a valid one, too.
	spec := classForm()
	spec.Spreads = nil
	free := newForm(t, spec)
	mixed := must(free.Pack(must(free.Pack(nil, assessment.Sheet{Class: 1, Answers: []uint8{1, 2}})), assessment.Sheet{Class: 1, Answers: []uint8{1, 2}}))
	mixed[2] ^= 3 << 10 // two bits for how it counts and four for each criterion
	unspread := free.Box()
	err = unspread.AddPacked(mixed)
	require.ErrorIs(t, err, union.ErrText)
	assert.Equal(t, "batch[1]", union.Faults(err)[0].Where)

	wide := newForm(t, wideForm())
	for word, bit := range map[int]uint64{2: 1 << 63, 3: 1 << 63, 4: 1} { // outside all lanes, or a second answer in one
		three := must(wide.Pack(must(wide.Pack(nil, assessment.Sheet{Class: 1, Answers: []uint8{1, 1}})), assessment.Sheet{Class: 1, Answers: []uint8{2, 1}}))
		three[word+3] |= bit
		box := wide.Box()
		err := box.AddPacked(three)
		require.ErrorIs(t, err, union.ErrText)
		assert.Equal(t, "batch[1]", union.Faults(err)[0].Where)
		assert.True(t, box.Equal(wide.Box()))
	}

	large := wideForm()
	for i := range large.Criteria {
		large.Criteria[i].Answers = append(large.Criteria[i].Answers, answers("b1", "b2", "b3")...)
	}
	_, err = newForm(t, large).Pack(nil, assessment.Sheet{Class: 1, Answers: []uint8{1, 1}})
	require.ErrorIs(t, err, union.ErrRange, "more answers than a word has bits")
}

// Whatever is said to be packed is refused, or is just what the form packs.
func FuzzPacked(f *testing.F) {
	form, wide := newForm(f, classForm()), newForm(f, wideForm())
	for _, each := range []assessment.Form{form, wide} {
		batch := must(each.Pack(nil, assessment.Sheet{Class: 1, Answers: []uint8{1, 2}}))
		batch = must(each.Pack(batch, assessment.Sheet{Class: 1, Spoil: 1}))
		batch = must(each.Pack(batch, assessment.Sheet{Class: 1, Answers: []uint8{2, 2}}))
		data := []byte{}
		for _, word := range batch {
			data = binary.LittleEndian.AppendUint64(data, word)
		}
		f.Add(data, each.ID() == wide.ID())
	}
	f.Fuzz(func(t *testing.T, data []byte, several bool) {
		by := form
		if several {
			by = wide
		}
		var batch []uint64
		for ; len(data) >= 8; data = data[8:] {
			batch = append(batch, binary.LittleEndian.Uint64(data))
		}
		box := by.Box()
		if err := box.AddPacked(batch); err != nil {
			require.NotEmpty(t, union.Faults(err))
			require.True(t, box.Equal(by.Box()))
			return
		}
		outcome, err := by.Count(box)
		require.NoError(t, err)
		require.Empty(t, unbalanced(outcome))
	})
}

func BenchmarkBoxAddPacked(b *testing.B) {
	form, sheets := fiveCriteria(b)
	var batch []uint64
	for range 100 {
		for _, sheet := range sheets {
			batch = must(form.Pack(batch, sheet))
		}
	}
	box := form.Box()
	b.ResetTimer()
	for b.Loop() {
		if err := box.AddPacked(batch); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(batch[1]), "ns/sheet")
}

func BenchmarkBoxAddAll(b *testing.B) {
	form, sheets := fiveCriteria(b)
	box := form.Box()
	for b.Loop() {
		if err := box.AddAll(sheets); err != nil {
			b.Fatal(err)
		}
	}
}
