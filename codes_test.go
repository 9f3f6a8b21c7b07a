package union_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
)

// exampleCodes is a small list, in which manufacturing is part of the secondary
// sector.
func exampleCodes() union.Codes {
	codes, err := union.NewCodes(union.CodesSpec{
		Rule: union.Rule{Key: "sectors", Version: "2010", Title: "产业分类", Source: "made up"},
		Terms: []union.Term{
			{Key: "secondary", Title: "第二产业"},
			{Key: "C", Title: "制造业", Within: "secondary"},
			{Key: "tertiary", Title: "第三产业"},
		},
	})
	if err != nil {
		panic(err)
	}
	return codes
}

func ExampleNewCodes() {
	_, err := union.NewCodes(union.CodesSpec{
		Rule:  union.Rule{Key: "sectors", Version: "2010", Title: "产业分类", Source: "made up"},
		Terms: []union.Term{{Key: "C", Title: "制造业", Within: "secondary"}, {Key: "C", Title: "建筑业"}},
	})
	fmt.Println(err)
	// Output:
	// terms[1].key: given more than once: got "C", want a new key
	// terms[0].within: not known: got "secondary", want a key of the list
}

func ExampleCodes_Find() {
	codes := exampleCodes()
	fmt.Println(codes.Find("C"))
	_, err := codes.Find("Z")
	fmt.Println(err)
	// Output:
	// 2 <nil>
	// not known: got "Z", want a key of "sectors"
}

func ExampleCodes_Term() {
	fmt.Println(exampleCodes().Term(2))
	fmt.Println(exampleCodes().Term(0))
	// Output:
	// {C 制造业 secondary} true
	// {  } false
}

func ExampleCodes_Title() {
	fmt.Println(exampleCodes().Title(3))
	// Output: 第三产业
}

// ruleOf returns what a rule of a test says of itself.
func ruleOf(key string) union.Rule {
	return union.Rule{Key: key, Version: "1", Title: "试验", Source: "made up for the test"}
}

// codesOf returns a list of keys, each its own title.
func codesOf(key string, keys ...string) union.Codes {
	spec := union.CodesSpec{Rule: ruleOf(key)}
	for _, each := range keys {
		spec.Terms = append(spec.Terms, union.Term{Key: each, Title: strings.ToUpper(each)})
	}
	codes, err := union.NewCodes(spec)
	if err != nil {
		panic(err)
	}
	return codes
}

func sectorSpec() union.CodesSpec {
	return union.CodesSpec{
		Rule: ruleOf("sectors"),
		Terms: []union.Term{
			{Key: "secondary", Title: "第二产业"},
			{Key: "C", Title: "制造业", Within: "secondary"},
			{Key: "tertiary", Title: "第三产业"},
		},
	}
}

func TestAListKnowsItsTermsByKeyAndByCode(t *testing.T) {
	codes, err := union.NewCodes(sectorSpec())
	require.NoError(t, err)
	assert.Equal(t, 3, codes.Len())
	assert.Equal(t, ruleOf("sectors"), codes.Rule())
	code, err := codes.Find("C")
	require.NoError(t, err)
	assert.Equal(t, union.Code(2), code)
	term, ok := codes.Term(code)
	assert.True(t, ok)
	assert.Equal(t, union.Term{Key: "C", Title: "制造业", Within: "secondary"}, term)
	assert.Equal(t, "第三产业", codes.Title(3))
	assert.Empty(t, codes.Title(0))
	for _, unknown := range []union.Code{0, 4, 65535} {
		_, ok = codes.Term(unknown)
		assert.False(t, ok)
	}
}

func TestAKeyThatAListDoesNotHaveIsRefused(t *testing.T) {
	codes, err := union.NewCodes(sectorSpec())
	require.NoError(t, err)
	for key, want := range map[string]string{
		"":                       `not known: got "", want a key of "sectors"`,
		"c":                      `not known: got "c", want a key of "sectors"`,
		"11010119900307000":      `not known: got a text of 17 characters, want a key of "sectors"`,
		strings.Repeat("字", 100): `not known: got a text of 100 characters, want a key of "sectors"`,
	} {
		_, err := codes.Find(key)
		require.ErrorIs(t, err, union.ErrUnknown)
		require.EqualError(t, err, want)
	}
}

func TestAListReportsAllItsFaults(t *testing.T) {
	_, err := union.NewCodes(union.CodesSpec{
		Rule: union.Rule{Key: "k", Version: "1", Title: "t"},
		Terms: []union.Term{
			{Key: "a", Title: "A", Within: "b"},
			{Key: "b", Title: ""},
			{Key: "", Title: "C"},
			{Key: "a", Title: "D", Within: "none"},
			{Key: "e", Title: "E", Within: "e"},
		},
	})
	var got []string
	for _, fault := range union.Faults(err) {
		got = append(got, fault.Error())
	}
	assert.Equal(t, []string{
		"source: must be given",
		"terms[1].title: must be given",
		"terms[2].key: must be given",
		`terms[3].key: given more than once: got "a", want a new key`,
		`terms[0].within: out of order: got "b", want a term that stands before`,
		`terms[3].within: not known: got "none", want a key of the list`,
		`terms[4].within: out of order: got "e", want a term that stands before`,
	}, got)
	for _, sentinel := range []error{union.ErrMissing, union.ErrRepeated, union.ErrOrder, union.ErrUnknown} {
		require.ErrorIs(t, err, sentinel)
	}

	_, err = union.NewCodes(union.CodesSpec{Rule: ruleOf("k")})
	require.EqualError(t, err, "terms: must be given")
	_, err = union.NewCodes(union.CodesSpec{Rule: ruleOf("k"), Terms: make([]union.Term, 65536)})
	require.EqualError(t, err, "terms: out of range: got 65536 terms, want at most 65535")
	require.ErrorIs(t, err, union.ErrRange)
	_, err = union.NewCodes(union.CodesSpec{Rule: ruleOf("k"), Terms: []union.Term{{Key: "a", Title: "\xff"}}})
	require.ErrorIs(t, err, union.ErrText)
}

func TestAListSharesNothingWithItsSpec(t *testing.T) {
	spec := sectorSpec()
	codes, err := union.NewCodes(spec)
	require.NoError(t, err)
	spec.Terms[0].Title = "changed"
	codes.Terms()[1].Title = "changed"
	assert.Equal(t, sectorSpec().Terms, codes.Terms())
}

func TestTheSameListHasTheSameIdentity(t *testing.T) {
	one, err := union.NewCodes(sectorSpec())
	require.NoError(t, err)
	two, err := union.NewCodes(sectorSpec())
	require.NoError(t, err)
	assert.Equal(t, one.ID(), two.ID())
	assert.False(t, one.ID().IsZero())
	spec := sectorSpec()
	spec.Terms[2].Title = "服务业"
	other, err := union.NewCodes(spec)
	require.NoError(t, err)
	assert.NotEqual(t, one.ID(), other.ID())
}

const sectorJSON = `{"union":"union.codes/1","key":"sectors","version":"1","title":"试验","source":"made up for the test",` +
	`"terms":[{"key":"secondary","title":"第二产业"},{"key":"C","title":"制造业","within":"secondary"},{"key":"tertiary","title":"第三产业"}]}`

func TestAListIsADocument(t *testing.T) {
	codes, err := union.NewCodes(sectorSpec())
	require.NoError(t, err)
	data, err := json.Marshal(codes)
	require.NoError(t, err)
	assertBytes(t, sectorJSON, data)
	var read union.Codes
	require.NoError(t, json.Unmarshal(data, &read))
	assert.Equal(t, codes, read)

	before := read
	for text, sentinel := range map[string]error{
		strings.Replace(sectorJSON, "codes/1", "codes/2", 1):            union.ErrUnknown,
		strings.Replace(sectorJSON, `"within"`, `"inside"`, 1):          union.ErrUnknown,
		strings.Replace(sectorJSON, `"within":"secondary"`, `"x":1`, 1): union.ErrUnknown,
		strings.Replace(sectorJSON, `"key":"C"`, `"key":"tertiary"`, 1): union.ErrRepeated,
		strings.Replace(sectorJSON, `"key":"C"`, `"key":null`, 1):       union.ErrText,
		`{}`: union.ErrUnknown,
	} {
		require.ErrorIs(t, json.Unmarshal([]byte(text), &read), sentinel, text)
		assert.Equal(t, before, read, "a refused document changes nothing")
	}
}

func TestTheZeroListKnowsNothing(t *testing.T) {
	var none union.Codes
	assert.Zero(t, none.Len())
	assert.Empty(t, none.Terms())
	assert.True(t, none.ID().IsZero())
	assert.Empty(t, none.Title(1))
	_, err := none.Find("a")
	require.ErrorIs(t, err, union.ErrUnknown)
	_, err = none.MarshalJSON()
	require.ErrorIs(t, err, union.ErrMissing)
}

func FuzzCodes(f *testing.F) {
	f.Add(sectorJSON)
	f.Add(`{"union":"union.codes/1","terms":[]}`)
	f.Add(`{"union":"union.codes/1","key":"a","version":"1","title":"t","source":"s","effective":"2010-01-01/..","terms":[{"key":"a","title":"b"}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		var codes union.Codes
		if err := codes.UnmarshalJSON([]byte(text)); err != nil {
			require.NotEmpty(t, union.Faults(err))
			require.Zero(t, codes)
			return
		}
		data, err := codes.MarshalJSON()
		require.NoError(t, err)
		var again union.Codes
		require.NoError(t, again.UnmarshalJSON(data))
		require.Equal(t, codes, again)
		for i, term := range codes.Terms() {
			code, err := codes.Find(term.Key)
			require.NoError(t, err)
			require.Equal(t, union.Code(i+1), code)
		}
	})
}
