package assessment_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/internal/laws"
	"github.com/unioncampaign/union/internal/wire"
)

func ExampleBox_Equal() {
	form, err := assessment.NewForm(smallForm())
	if err != nil {
		panic(err)
	}
	box := form.Box()
	_ = box.Add(assessment.Sheet{Answers: []uint8{1, 2}})
	_ = box.Add(assessment.Sheet{Answers: []uint8{2, 1}})
	other := form.Box() // other sheets, the same votes
	_ = other.Add(assessment.Sheet{Answers: []uint8{1, 1}})
	_ = other.Add(assessment.Sheet{Answers: []uint8{2, 2}})
	fmt.Println(box.Equal(other), box.Equal(form.Box()))
	// Output: true false
}

// sampleBox has sheets of each class, counted by hand too, and numbers stated.
func sampleBox(t *testing.T, form assessment.Form) assessment.Box {
	t.Helper()
	box := form.Box()
	for _, class := range []uint8{1, 2} {
		require.NoError(t, box.Add(assessment.Sheet{Class: class, Answers: []uint8{1, 2}}))
		require.NoError(t, box.Add(assessment.Sheet{Class: class, Answers: []uint8{0, 1}}))
	}
	require.NoError(t, box.AddCounts(assessment.Counts{Class: "mass", Valid: 300, Votes: map[string]map[string]int64{"one": {"good": 299}}}))
	require.NoError(t, box.State("", assessment.Entitled, 310))
	require.NoError(t, box.State("mass", assessment.Issued, 0))
	return box
}

func TestBinaryFormsAreKept(t *testing.T) {
	form := newForm(t, classForm())
	laws.Golden(t, assessment.Box{}, form.Box(), sampleBox(t, form))
}

func FuzzBinaryForms(f *testing.F) { laws.FuzzReadings(f, laws.ReadingOf[assessment.Box]()) }

func TestASplitFoldIsOneFold(t *testing.T) {
	laws.Folds[assessment.Box](t, newForm(t, classForm()).Box, func(r *rapid.T) []assessment.Sheet { return drawSheets(r) }, (*assessment.Box).Add)
}

func TestABoxThatWasReadTakesSheetsOnceItIsMerged(t *testing.T) {
	form := newForm(t, classForm())
	var read assessment.Box
	require.NoError(t, read.UnmarshalBinary(must(sampleBox(t, form).AppendBinary(nil))))
	sheet := assessment.Sheet{Class: 1, Answers: []uint8{1, 1}}
	require.ErrorIs(t, read.Add(sheet), union.ErrMissing)
	require.ErrorIs(t, read.AddCounts(assessment.Counts{Class: "mass"}), union.ErrMissing)
	require.ErrorIs(t, read.State("", assessment.Issued, 1), union.ErrMissing)
	assert.True(t, read.Equal(sampleBox(t, form)), "what is refused changes nothing")
	assert.Equal(t, must(form.Count(sampleBox(t, form))), must(form.Count(read)))

	want := sampleBox(t, form)
	require.NoError(t, want.Add(sheet))
	onto := form.Box()
	require.NoError(t, onto.Merge(read))
	require.NoError(t, read.Merge(form.Box()))
	for _, each := range []assessment.Box{onto, read} {
		require.NoError(t, each.Add(sheet))
		assert.True(t, each.Equal(want))
	}

	own := sampleBox(t, form)
	require.NoError(t, own.UnmarshalBinary(must(form.Box().AppendBinary(nil))), "what is read takes the place of what was there")
	require.NoError(t, own.Add(sheet), "and its form is still known")
	var zero assessment.Box
	require.NoError(t, own.UnmarshalBinary(must(zero.AppendBinary(nil))))
	assert.Equal(t, zero, own)
}

// claimed writes a box that claims to be of a form.
func claimed(t *testing.T, form assessment.Form, cells, bases []int64, told ...bool) []byte {
	t.Helper()
	data, err := union.WriteTally(nil, "assessment.box/1", form.ID(), func(w *wire.Writer) {
		w.Counts(cells)
		w.Len(len(told))
		w.Fill(bases)
		for _, each := range told {
			w.Bool(each)
		}
	})
	require.NoError(t, err)
	return data
}

func TestABoxOfAnotherShapeUnderTheSameFormIsRefused(t *testing.T) {
	form := newForm(t, classForm())
	for name, data := range map[string][]byte{
		"fewer counts":  claimed(t, form, make([]int64, 3), make([]int64, 16), make([]bool, 16)...),
		"fewer classes": claimed(t, form, make([]int64, 3), make([]int64, 4), make([]bool, 4)...),
	} {
		var made assessment.Box
		require.NoError(t, made.UnmarshalBinary(data), name)
		own := sampleBox(t, form)
		require.ErrorIs(t, own.Merge(made), union.ErrRule, name)
		require.ErrorIs(t, own.UnmarshalBinary(data), union.ErrRule, name)
		assert.Equal(t, sampleBox(t, form), own, name)
		_, err := form.Count(made)
		require.ErrorIs(t, err, union.ErrRule, name)
	}
}

func TestWhatNoBoxHoldsIsNotRead(t *testing.T) {
	form := newForm(t, classForm())
	no := make([]bool, 4)
	for name, data := range map[string][]byte{
		"no counts":                    claimed(t, form, nil, make([]int64, 4), no...),
		"nothing that is stated":       claimed(t, form, []int64{1}, nil),
		"bases of half a class":        claimed(t, form, []int64{1}, make([]int64, 2), no[:2]...),
		"counts of half a class":       claimed(t, form, make([]int64, 3), make([]int64, 12), make([]bool, 12)...),
		"a number that nobody states":  claimed(t, form, []int64{1}, []int64{0, 1, 0, 0}, no...),
		"a count beyond the greatest":  claimed(t, form, []int64{full + 1}, make([]int64, 4), no...),
		"a number beyond the greatest": claimed(t, form, []int64{1}, []int64{full + 1, 0, 0, 0}, true, false, false, false),
	} {
		require.ErrorIs(t, new(assessment.Box).UnmarshalBinary(data), union.ErrText, name)
	}
	require.NoError(t, new(assessment.Box).UnmarshalBinary(claimed(t, form, []int64{full}, make([]int64, 4), no...)))
}

func TestTheWorstInputsTakeNoMoreThanEightTimesTheirLength(t *testing.T) {
	form, ops := newForm(t, classForm()), laws.OpsOf[assessment.Box]()
	const most = 1 << 16
	for _, data := range [][]byte{
		claimed(t, form, make([]int64, 61000), make([]int64, 4), make([]bool, 4)...),
		claimed(t, form, make([]int64, 6700), make([]int64, 26804), make([]bool, 26804)...), // a count for each class
		bytes.Repeat([]byte{0xff}, most),
	} {
		if len(data) > most {
			t.Fatalf("%d bytes are more than %d", len(data), most)
		}
		require.NoError(t, laws.Bounded(ops, data))
	}
}
