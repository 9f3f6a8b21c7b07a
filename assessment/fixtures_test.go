package assessment_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
)

// rule returns what a rule made up for a test says of itself.
func rule(key string) union.Rule {
	return union.Rule{Key: key, Version: "1", Title: "测试规则", Source: "made up for a test"}
}

func number(text string) union.Number { return union.MustParseNumber(text) }

func numberRef(text string) *union.Number {
	n := number(text)
	return &n
}

func numbers(pairs ...string) map[string]union.Number {
	made := map[string]union.Number{}
	for i := 0; i < len(pairs); i += 2 {
		made[pairs[i]] = number(pairs[i+1])
	}
	return made
}

func halfUp(places int) union.Rounding { return union.Rounding{Mode: union.HalfUp, Places: places} }

// answers returns answers whose titles are their keys.
func answers(keys ...string) []assessment.Answer {
	var made []assessment.Answer
	for _, key := range keys {
		made = append(made, assessment.Answer{Key: key, Title: key})
	}
	return made
}

// smallForm is a form of two criteria with two answers each and no classes.
func smallForm() assessment.FormSpec {
	return assessment.FormSpec{
		Rule: rule("ballot"),
		Criteria: []assessment.Criterion{
			{Key: "one", Title: "第一项", Answers: answers("good", "poor")},
			{Key: "two", Title: "第二项", Answers: answers("good", "poor")},
		},
		Base:      assessment.Valid,
		Balance:   union.Plain,
		Rounding:  halfUp(2),
		Satisfied: &assessment.Satisfied{Answers: []string{"good"}, Base: assessment.Valid},
	}
}

// classForm is smallForm for three classes of voters, with reasons for which a
// paper is void.
func classForm() assessment.FormSpec {
	spec := smallForm()
	spec.Classes = []assessment.Class{{Key: "party", Title: "党员"}, {Key: "mass", Title: "群众代表"}, {Key: "lead", Title: "领导"}}
	spec.Spoils = []assessment.Spoil{{Key: "torn", Title: "破损"}}
	spec.Spreads = []assessment.Spread{{Key: "forced", Title: "差评不足或过多", Answers: []string{"poor"}, Max: 1}}
	return spec
}

func newForm(t require.TestingT, spec assessment.FormSpec) assessment.Form {
	form, err := assessment.NewForm(spec)
	require.NoError(t, err)
	return form
}

// boxOf counts sheets.
func boxOf(t require.TestingT, form assessment.Form, sheets ...assessment.Sheet) assessment.Box {
	box := form.Box()
	for _, sheet := range sheets {
		require.NoError(t, box.Add(sheet))
	}
	return box
}

// drawSheet draws a sheet that classForm can read.
func drawSheet(r *rapid.T) assessment.Sheet {
	mark := rapid.SampledFrom([]uint8{0, 1, 2, 255})
	return assessment.Sheet{
		Class:   rapid.Uint8Range(1, 3).Draw(r, "class"),
		Answers: []uint8{mark.Draw(r, "one"), mark.Draw(r, "two")},
		Spoil:   rapid.SampledFrom([]uint8{0, 0, 0, 1}).Draw(r, "spoil"),
	}
}

func drawSheets(r *rapid.T) []assessment.Sheet {
	return rapid.SliceOfN(rapid.Custom(drawSheet), 0, 20).Draw(r, "sheets")
}

func figuresByKey(figures []union.Figure) map[string]union.Figure {
	made := map[string]union.Figure{}
	for _, figure := range figures {
		made[figure.Key()] = figure
	}
	return made
}

// newScheme makes a scheme of items and a total.
func newScheme(t testing.TB, spec assessment.SchemeSpec) assessment.Scheme {
	t.Helper()
	scheme, err := assessment.NewScheme(spec)
	require.NoError(t, err)
	return scheme
}

func given(key string, limits assessment.Given) assessment.Item {
	return assessment.Item{Key: key, From: assessment.Source{Given: &limits}}
}

func sum(key string, of assessment.Sum, then ...assessment.Step) assessment.Item {
	return assessment.Item{Key: key, From: assessment.Source{Sum: &of}, Then: then}
}

func term(item, weight string) assessment.Term {
	return assessment.Term{Item: item, Weight: number(weight)}
}

func test(item, in string) assessment.Test {
	return assessment.Test{Item: item, In: union.MustParseInterval(in)}
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}
