package campaign_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
	"github.com/unioncampaign/union/internal/laws"
	"github.com/unioncampaign/union/internal/wire"
)

// Samples of both tallies, whose bytes are kept.

func sampleAttendance() campaign.Attendance {
	c := course()
	tally := c.Attendance(day("2010-06-30"))
	for session := range 3 {
		for member := range 3 { // of the fourth nothing is recorded
			if err := c.AddMark(&tally, truth(session, member)); err != nil {
				panic(err)
			}
		}
	}
	return tally
}

func sampleWritings() campaign.Writings {
	c := course()
	tally := c.Writings(day("2010-06-30"))
	if err := errors.Join(
		c.AddNotes(&tally, campaign.Notes{Person: "p1", Day: day("2010-06-01"), Words: 12000}),
		c.AddReflection(&tally, campaign.Reflection{Person: "p1", Day: day("2010-06-01"), Title: "体会", Words: 5000}),
		c.AddReflection(&tally, campaign.Reflection{Person: "p2", Day: day("2010-06-01"), Title: "体会", Words: 1}),
	); err != nil {
		panic(err)
	}
	return tally
}

func TestBinaryFormsAreKept(t *testing.T) {
	laws.Golden(t, campaign.Attendance{}, course().Attendance(day("2010-06-30")), sampleAttendance())
	laws.Golden(t, campaign.Writings{}, course().Writings(day("2010-06-30")), sampleWritings())
}

func FuzzBinaryForms(f *testing.F) {
	laws.FuzzReadings(f, laws.ReadingOf[campaign.Attendance](), laws.ReadingOf[campaign.Writings]())
}

func TestASplitFoldIsOneFold(t *testing.T) {
	c := course()
	laws.Folds[campaign.Attendance](t, func() campaign.Attendance { return c.Attendance(day("2010-06-30")) }, drawMarks,
		func(into *campaign.Attendance, mark campaign.AttendanceMark) error { return c.AddMark(into, mark) })
	laws.Folds[campaign.Writings](t, func() campaign.Writings { return c.Writings(day("2010-06-30")) }, func(r *rapid.T) []campaign.Reflection {
		return rapid.SliceOfN(rapid.Custom(func(r *rapid.T) campaign.Reflection {
			return campaign.Reflection{
				Person: rapid.SampledFrom([]string{"p1", "p2", "p3"}).Draw(r, "person"), Day: drawDay(r, "day"),
				Title: rapid.SampledFrom([]string{"体会", ""}).Draw(r, "title"), Words: rapid.Int64Range(0, 9000).Draw(r, "words"),
			}
		}), 0, 8).Draw(r, "writings")
	}, func(into *campaign.Writings, writing campaign.Reflection) error {
		if writing.Title == "" { // notes have none
			return c.AddNotes(into, campaign.Notes{Person: writing.Person, Day: writing.Day, Words: writing.Words})
		}
		return c.AddReflection(into, writing)
	})
}

// claimed writes a tally that claims to be of the course.
func claimed(t *testing.T, form string, body func(*wire.Writer)) []byte {
	t.Helper()
	data, err := union.WriteTally(nil, form, course().ID(), body)
	require.NoError(t, err)
	return data
}

func attendanceBytes(t *testing.T, on string, sessions, held, members int, cells ...uint64) []byte {
	t.Helper()
	return claimed(t, "campaign.attendance/1", func(w *wire.Writer) {
		w.Text(on)
		w.Len(sessions)
		w.Len(held)
		w.Len(members)
		w.Len(len(cells))
		for _, each := range cells {
			w.Uint(each)
		}
	})
}

func writingsBytes(t *testing.T, on string, members ...[]int64) []byte {
	t.Helper()
	return claimed(t, "campaign.writings/1", func(w *wire.Writer) {
		w.Text(on)
		w.Len(len(members))
		for _, sums := range members {
			w.Fill(sums)
		}
	})
}

func TestATallyOfAnotherShapeUnderTheSameCourseIsRefused(t *testing.T) {
	c := course()
	t.Run("attendance", func(t *testing.T) {
		for name, data := range map[string][]byte{
			"other sessions": attendanceBytes(t, "2010-06-30", 9, 3, 4, make([]uint64, 12)...),
			"other days":     attendanceBytes(t, "2010-06-30", 3, 2, 4, make([]uint64, 8)...),
			"other members":  attendanceBytes(t, "2010-06-30", 3, 3, 5, make([]uint64, 15)...),
		} {
			var made campaign.Attendance
			require.NoError(t, made.UnmarshalBinary(data), name)
			own := sampleAttendance()
			require.ErrorIs(t, own.Merge(made), union.ErrRule, name)
			require.ErrorIs(t, own.UnmarshalBinary(data), union.ErrRule, name)
			assert.Equal(t, sampleAttendance(), own, name)
			_, err := c.RollCalls(made)
			require.ErrorIs(t, err, union.ErrRule, name)
		}
	})
	t.Run("writings", func(t *testing.T) {
		data := writingsBytes(t, "2010-06-30", make([]int64, 5))
		var made campaign.Writings
		require.NoError(t, made.UnmarshalBinary(data))
		own := sampleWritings()
		require.ErrorIs(t, own.Merge(made), union.ErrRule)
		require.ErrorIs(t, own.UnmarshalBinary(data), union.ErrRule)
		assert.Equal(t, sampleWritings(), own)
		require.ErrorIs(t, c.AddNotes(&made, campaign.Notes{Person: "p1", Day: day("2010-06-01"), Words: 1}), union.ErrRule)
		_, err := c.WritingFigures(made)
		require.ErrorIs(t, err, union.ErrRule)
	})
	t.Run("another day", func(t *testing.T) {
		attendance, writings := sampleAttendance(), sampleWritings()
		require.ErrorIs(t, attendance.UnmarshalBinary(must(c.Attendance(day("2010-07-01")).AppendBinary(nil))), union.ErrRule)
		require.ErrorIs(t, writings.UnmarshalBinary(must(c.Writings(day("2010-07-01")).AppendBinary(nil))), union.ErrRule)
		assert.Equal(t, sampleAttendance(), attendance)
		assert.Equal(t, sampleWritings(), writings)
	})
}

func TestTheZeroCourseHasZeroTallies(t *testing.T) {
	assert.Equal(t, campaign.Attendance{}, campaign.Course{}.Attendance(day("2010-06-30")))
	assert.Equal(t, campaign.Writings{}, campaign.Course{}.Writings(day("2010-06-30")))
}

func TestWhatNoRecordsGiveIsNotRead(t *testing.T) {
	for name, data := range map[string][]byte{
		"a day that is none":       attendanceBytes(t, "2010-06-31", 1, 0, 1),
		"no members":               attendanceBytes(t, "2010-06-30", 1, 1, 0),
		"too few cells":            attendanceBytes(t, "2010-06-30", 1, 1, 2, 1),
		"too many cells":           attendanceBytes(t, "2010-06-30", 1, 1, 1, 1, 1),
		"sessions held on no day":  attendanceBytes(t, "", 1, 1, 1, 1),
		"one present that made up": attendanceBytes(t, "2010-06-30", 1, 1, 1, 5),
		"one unknown that made up": attendanceBytes(t, "2010-06-30", 1, 1, 1, 4),
	} {
		require.ErrorIs(t, new(campaign.Attendance).UnmarshalBinary(data), union.ErrText, name)
	}
	for name, data := range map[string][]byte{
		"more held than there are": attendanceBytes(t, "2010-06-30", 1, 2, 1, 1, 1),
		"a mark that is none":      attendanceBytes(t, "2010-06-30", 1, 1, 1, 8),
	} {
		require.ErrorIs(t, new(campaign.Attendance).UnmarshalBinary(data), union.ErrRange, name)
	}
	for name, data := range map[string][]byte{
		"no members":                   writingsBytes(t, "2010-06-30"),
		"a day that is none":           writingsBytes(t, "2010-06-31", make([]int64, 5)),
		"words without notes":          writingsBytes(t, "2010-06-30", []int64{0, 1, 0, 0, 0}),
		"more accepted than there are": writingsBytes(t, "2010-06-30", []int64{0, 0, 1, 2, 0}),
		"notes by no day":              writingsBytes(t, "", []int64{1, 0, 0, 0, 0}),
	} {
		require.ErrorIs(t, new(campaign.Writings).UnmarshalBinary(data), union.ErrText, name)
	}
}

func TestWordsAndReflectionsThatNoLongerFitAreRefused(t *testing.T) {
	c := course()
	members := make([][]int64, 4)
	for i := range members {
		members[i] = []int64{1<<63 - 1, 1<<63 - 1, 1<<63 - 1, 0, 1<<63 - 1}
	}
	var full campaign.Writings
	require.NoError(t, full.UnmarshalBinary(writingsBytes(t, "2010-06-30", members...)))
	before := full
	require.ErrorIs(t, c.AddNotes(&full, campaign.Notes{Person: "p1", Day: day("2010-06-01")}), union.ErrOverflow)
	require.ErrorIs(t, c.AddReflection(&full, campaign.Reflection{Person: "p1", Day: day("2010-06-01"), Title: "体会"}), union.ErrOverflow)
	require.ErrorIs(t, c.AddSurvey(&full, campaign.Survey{Person: "p1", Day: day("2010-06-01"), Title: "企业调研"}), union.ErrOverflow)
	assert.Equal(t, before, full)
}

func TestTheWorstInputsTakeNoMoreThanEightTimesTheirLength(t *testing.T) {
	const most = 1 << 16
	many := make([][]int64, 10900)
	for i := range many {
		many[i] = make([]int64, 5)
	}
	for _, data := range [][]byte{
		attendanceBytes(t, "2010-06-30", 1, 1, 65400, make([]uint64, 65400)...),
		writingsBytes(t, "2010-06-30", many...),
		bytes.Repeat([]byte{0xff}, most),
	} {
		if len(data) > most {
			t.Fatalf("%d bytes are more than %d", len(data), most)
		}
		require.NoError(t, laws.Bounded(laws.OpsOf[campaign.Attendance](), data))
		require.NoError(t, laws.Bounded(laws.OpsOf[campaign.Writings](), data))
	}
}

// On no day nothing is held, and such tallies are sent like others.
func TestTalliesOfNoDayAreReadBack(t *testing.T) {
	c := course()
	before := c.Attendance(union.Date{})
	var again campaign.Attendance
	require.NoError(t, again.UnmarshalBinary(must(before.AppendBinary(nil))))
	assert.Equal(t, must(before.AppendBinary(nil)), must(again.AppendBinary(nil)))
	assert.Equal(t, "0次", values(c.AttendanceFigures(again))["campaign.study.sessions"])
	papers := c.Writings(union.Date{})
	var read campaign.Writings
	require.NoError(t, read.UnmarshalBinary(must(papers.AppendBinary(nil))))
	assert.Equal(t, papers, read)
}
