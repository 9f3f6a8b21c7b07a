package competition_test

import (
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/competition"
)

// code returns the nth of a row of valid credit codes that no firm has: place
// 000000, and a check character worked out as GB 32100-2015 says, weights 3^i
// modulo 31.
func code(n int) union.CreditCode { return must(union.ParseCreditCode(codeText(n))) }

func codeText(n int) string {
	const characters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	text := "91000000" + strings.Repeat("0", 9-len(strconv.Itoa(n))) + strconv.Itoa(n)
	sum, weight := 0, 1
	for _, c := range text {
		sum += strings.IndexRune(characters, c) * weight
		weight = weight * 3 % 31
	}
	return text + string(characters[(31-sum%31)%31])
}

func read(t testing.TB, name string, into json.Unmarshaler) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	require.NoError(t, into.UnmarshalJSON(data))
}

func edition(t testing.TB) competition.Edition {
	t.Helper()
	var e competition.Edition
	read(t, "edition.json", &e)
	return e
}

func scheme(t testing.TB) assessment.Scheme {
	t.Helper()
	var s assessment.Scheme
	read(t, "scheme.json", &s)
	return s
}

// altered returns the test edition with its spec changed.
func altered(t testing.TB, change func(*competition.EditionSpec)) competition.Edition {
	t.Helper()
	spec := edition(t).Spec()
	change(&spec)
	made, err := competition.NewEdition(spec)
	require.NoError(t, err)
	return made
}

var day = union.MustParseDate

func number(text string) union.Number { return union.MustParseNumber(text) }

// firm returns a coded firm: a state-owned large unionised one above scale with
// 100 workers, whose code is the nth.
func firm(n int) competition.CodedFirm {
	return competition.CodedFirm{
		Code: code(n), Ownership: 1, Size: 1,
		Unionised: competition.Yes, AboveScale: competition.Yes, Workers: 100,
	}
}

// entered returns the nth firm's entry as a level reports it: 80 workers and two
// teams.
func entered(n int, level union.Code) competition.CodedEntry {
	return competition.CodedEntry{
		Firm: code(n), Level: level, Entered: day("2010-03-01"), Workers: 80, Teams: []int64{0, 2, 0, 0},
	}
}

func population(t testing.TB, e competition.Edition, list ...competition.CodedFirm) competition.Population {
	t.Helper()
	p := e.Population()
	for _, each := range list {
		require.NoError(t, p.Add(each))
	}
	return p
}

func entrants(t testing.TB, e competition.Edition, list ...competition.CodedEntry) competition.Entrants {
	t.Helper()
	r := e.Entrants()
	for _, each := range list {
		require.NoError(t, r.Add(each))
	}
	return r
}

// candidate returns the nth firm as a candidate that the test edition finds
// eligible: 96 points, entered, winner of the county the year before.
func candidate(n int) competition.Candidate {
	return competition.Candidate{
		Firm: code(n), Title: "示例" + strconv.Itoa(n) + "有限公司",
		Marks:   map[string]union.Number{"organisation": number("38"), "safety": number("58")},
		Honours: []competition.Honour{{Kind: "county-winner", Year: 2009}},
	}
}

// figure returns the figure of a key.
func figure(t testing.TB, list []union.Figure, key string) union.Figure {
	t.Helper()
	for _, each := range list {
		if each.Key() == key {
			return each
		}
	}
	require.Fail(t, "no figure", key)
	return union.Figure{}
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}
