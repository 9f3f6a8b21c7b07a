package rows_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union/internal/laws"
	"github.com/unioncampaign/union/internal/rows"
)

// line is a row with the line on which it begins.
type line struct {
	at     int
	fields []string
}

// readAll reads all rows of as many fields, as far as they can be read.
func readAll(text string, fields int) ([]line, error) {
	var all []line
	reader := rows.Read([]byte(text), fields)
	for reader.Next() {
		each := line{at: reader.Line()}
		for i := range fields {
			each.fields = append(each.fields, string(reader.Field(i)))
		}
		all = append(all, each)
	}
	return all, reader.Err()
}

func TestRowsAreReadAsTheyAreWritten(t *testing.T) {
	long := strings.Repeat("长", 100)
	for name, each := range map[string]struct {
		text string
		want []line
	}{
		"no text":                       {"", nil},
		"no rows":                       {"\n\r\n\n", nil},
		"a row without a line end":      {"a,b", []line{{1, []string{"a", "b"}}}},
		"both line ends":                {"a,b\r\nc,d\n", []line{{1, []string{"a", "b"}}, {2, []string{"c", "d"}}}},
		"empty fields":                  {",\n\"\",\n", []line{{1, []string{"", ""}}, {2, []string{"", ""}}}},
		"empty lines between":           {"a,b\n\n\r\nc,d", []line{{1, []string{"a", "b"}}, {4, []string{"c", "d"}}}},
		"a comma within quotes":         {"\"a,b\",c\n", []line{{1, []string{"a,b", "c"}}}},
		"quotes within quotes":          {"\"\"\"a\"\"\",\"b\"\"\"\n", []line{{1, []string{"\"a\"", "b\""}}}},
		"line ends within quotes":       {"\"a\r\nb\",\"\n\"\nc,d\n", []line{{1, []string{"a\nb", "\n"}}, {4, []string{"c", "d"}}}},
		"a quoted field before the end": {"a,\"b\"\r\nc,\"d\"", []line{{1, []string{"a", "b"}}, {2, []string{"c", "d"}}}},
		"spaces belong to the field":    {" a , b \n", []line{{1, []string{" a ", " b "}}}},
		"a carriage return within":      {"a\rb,c\r\n", []line{{1, []string{"a\rb", "c"}}}},
		"a byte order mark":             {"\ufeffa,b\n", []line{{1, []string{"a", "b"}}}},
		"text longer than a block":      {long + "," + long + "\n\"" + long + "\"," + long, []line{{1, []string{long, long}}, {2, []string{long, long}}}},
		"bytes that are no text":        {"\xff\xad,\x80-\n", []line{{1, []string{"\xff\xad", "\x80-"}}}},
		"characters below a comma":      {"!#$%&'()*+,- \t\x00\n", []line{{1, []string{"!#$%&'()*+", "- \t\x00"}}}},
	} {
		got, err := readAll(each.text, 2)
		require.NoError(t, err, name)
		assert.Equal(t, each.want, got, name)
	}
	got, err := readAll("a\n\"\"\n", 1)
	require.NoError(t, err)
	assert.Equal(t, []line{{1, []string{"a"}}, {2, []string{""}}}, got)
}

func TestWhatIsNoRowIsRefusedWithItsLineAndField(t *testing.T) {
	for name, each := range map[string]struct {
		text string
		rows int
		want string
	}{
		"too few fields":             {"a,b\nc\n", 1, "line 2, field 1: got the end of the row, want 2 fields"},
		"too few at the end":         {"a,b\nc", 1, "line 2, field 1: got the end of the row, want 2 fields"},
		"too many fields":            {"a,b\nc,d,e\n", 1, "line 2, field 3: got a field more, want 2 fields"},
		"too many, quoted":           {"c,d,\"e\"\n", 0, "line 1, field 3: got a field more, want 2 fields"},
		"too many, empty":            {"c,d,", 0, "line 1, field 3: got a field more, want 2 fields"},
		"a quote within a field":     {"a,b\n\na,c\"d\n", 1, "line 3, field 2: got a quote in a field that does not begin with one, want none"},
		"a quote after a space":      {"a, \"b\"\n", 0, "line 1, field 2: got a quote in a field that does not begin with one, want none"},
		"text after a closing quote": {"\"a\"b,c\n", 0, "line 1, field 1: got text after a closing quote, want a comma or a line end"},
		"a return after a quote":     {"\"a\"\rb,c\n", 0, "line 1, field 1: got text after a closing quote, want a comma or a line end"},
		"a field that does not end":  {"a,b\nc,\"d\ne\n", 1, "line 2, field 2: got a quoted field that does not end, want a closing quote"},
		"one that ends doubled":      {"a,\"b\"\"", 0, "line 1, field 2: got a quoted field that does not end, want a closing quote"},
	} {
		got, err := readAll(each.text, 2)
		assert.Len(t, got, each.rows, name)
		require.EqualError(t, err, each.want, name)
	}
}

func TestAfterAnErrorThereIsNoRow(t *testing.T) {
	reader := rows.Read([]byte("a\nb,c\nd,e\n"), 2)
	assert.False(t, reader.Next())
	assert.False(t, reader.Next())
	require.EqualError(t, reader.Err(), "line 1, field 1: got the end of the row, want 2 fields")
	var zero rows.Reader
	assert.False(t, zero.Next())
	require.NoError(t, zero.Err())
	none := rows.Read([]byte("\n"), -1)
	assert.False(t, none.Next())
}

// theirs reads what encoding/csv does of a text without a byte order mark.
func theirs(text string, fields int) ([]line, error) {
	reader := csv.NewReader(strings.NewReader(text))
	reader.FieldsPerRecord = fields
	var all []line
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		at, _ := reader.FieldPos(0)
		all = append(all, line{at, record})
	}
}

// readsAsTheStandardDoes states that a text is read as encoding/csv reads it, and
// refused where that refuses it, at the same row.
func readsAsTheStandardDoes(read func(text string, fields int) ([]line, error)) laws.Law {
	return func(r *rapid.T) error {
		piece := rapid.SampledFrom([]string{",", "\n", "\r\n", "\"", "\"\"", "a", "12.50", "-", " ", "工会", "\r", strings.Repeat("x", 70), "b,c\n"})
		text := strings.Join(rapid.SliceOfN(piece, 0, 40).Draw(r, "text"), "")
		return compare(text, rapid.IntRange(1, 3).Draw(r, "fields"), read)
	}
}

func compare(text string, fields int, read func(text string, fields int) ([]line, error)) error {
	got, err := read(text, fields)
	want, wrong := theirs(text, fields)
	if (err == nil) != (wrong == nil) {
		return errors.Join(errors.New("only one of the two refuses it"), err, wrong)
	}
	if !assert.ObjectsAreEqual(want, got) {
		return errors.New("the rows differ")
	}
	return nil
}

func TestTextIsReadAsTheStandardLibraryReadsIt(t *testing.T) {
	laws.Holds(t, readsAsTheStandardDoes(readAll))
	laws.Rejects(t, readsAsTheStandardDoes(func(text string, fields int) ([]line, error) {
		return readAll(strings.ReplaceAll(text, "\"", ""), fields) // a quote is a character like any other
	}))
	laws.Rejects(t, readsAsTheStandardDoes(func(text string, fields int) ([]line, error) {
		all, err := readAll(text, fields)
		for i := range all {
			all[i].at = i + 1 // counts rows for lines
		}
		return all, err
	}))
}

func TestARowAllocatesNothing(t *testing.T) {
	read := func(times int) float64 {
		text := []byte(strings.Repeat("610001,\"1,234.50\",2010-05-04\n610002,7.00,\"a\"\"b\"\n", times))
		return testing.AllocsPerRun(20, func() {
			reader := rows.Read(text, 3)
			for reader.Next() {
				if len(reader.Field(1)) == 0 {
					t.Fatal("an empty field")
				}
			}
			if reader.Err() != nil {
				t.Fatal(reader.Err())
			}
		})
	}
	assert.InDelta(t, read(1), read(1000), 0, "what a thousand times the rows take is what the reader itself does")
}

func FuzzRows(f *testing.F) {
	for _, text := range []string{"", "a,b\n", "\"a\"\"b\",c\r\n", "a\n\n\"b\nc\",d", "\"", "a\"b", "\ufeffa,b", strings.Repeat("y", 130) + ",\n"} {
		f.Add([]byte(text), 2)
	}
	f.Fuzz(func(t *testing.T, text []byte, fields int) {
		fields = 1 + int(uint(fields)%4)
		text = bytes.TrimPrefix(text, []byte("\ufeff"))
		if bytes.HasPrefix(text, []byte("\ufeff")) {
			return // one mark is passed over and a second is text; encoding/csv knows none
		}
		if err := compare(string(text), fields, readAll); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	})
}
