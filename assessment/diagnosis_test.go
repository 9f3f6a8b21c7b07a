package assessment_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
)

// halves is a scheme of two parts that are meant to count alike.
func halves() assessment.SchemeSpec {
	return assessment.SchemeSpec{Rule: rule("halves"), Total: "total", Items: []assessment.Item{
		given("written", assessment.Given{Max: number("100")}), given("interview", assessment.Given{Max: number("100")}), given("other", assessment.Given{}),
		sum("total", assessment.Sum{Of: []assessment.Term{term("written", "0.5"), term("interview", "0.5")}, Mean: true, Renormalise: assessment.ByWeight}),
		sum("open", assessment.Sum{Of: []assessment.Term{term("other", "-3"), term("interview", "1")}}),
	}}
}

func halfRecords() []assessment.Record {
	return []assessment.Record{
		{Unit: "a", Given: numbers("written", "50", "interview", "81", "other", "0")},
		{Unit: "b", Given: numbers("written", "90", "interview", "85", "other", "0")},
		{Unit: "c", Given: numbers("written", "70", "interview", "89", "other", "0")},
		{Unit: "d", Given: numbers("interview", "0", "other", "0"), NotApplicable: map[string]string{"written": "made up"}},
	}
}

// By hand: the written part ranges over 40 points, the interview over 8, so of
// what separates people five sixths is written; the means are 70 and 85.
func TestADiagnosisSetsWhatDecidedBesideWhatWasMeant(t *testing.T) {
	scheme := newScheme(t, halves())
	scores, err := scheme.Judge(halfRecords())
	require.NoError(t, err)
	got, err := scheme.Diagnose(scores, "total")
	require.NoError(t, err)
	assert.Equal(t, []assessment.Diagnosis{
		{Item: "written", Units: 3, Nominal: number("0.5"), Effective: numberRef("5/6"), Mean: number("70"), Leniency: number("-7.5")},
		{Item: "interview", Units: 3, Nominal: number("0.5"), Effective: numberRef("1/6"), Mean: number("85"), Leniency: number("7.5")},
	}, got)

	open, err := scheme.Diagnose(scores[:1], "open")
	require.NoError(t, err)
	assert.Equal(t, "0.75", open[0].Nominal.String(), "a part without a maximum counts by its weight alone")
	assert.Nil(t, open[0].Effective, "of one unit nothing differs")

	spec := halves()
	spec.Items[1].From.Given.Max = number("300") // of 50 and 150 points
	uneven := newScheme(t, spec)
	weighed, err := uneven.Diagnose(must(uneven.Judge(halfRecords())), "total")
	require.NoError(t, err)
	assert.Equal(t, "0.25", weighed[0].Nominal.String(), "a weight counts times its maximum")

	for item, want := range map[string]error{"nothing": union.ErrUnknown, "written": union.ErrMissing} {
		_, err := scheme.Diagnose(scores, item)
		require.ErrorIs(t, err, want)
	}
	_, err = scheme.Diagnose(scores[3:], "total")
	require.ErrorIs(t, err, union.ErrMissing)
}

func TestADryRunTellsWhoGainsAndWhoLoses(t *testing.T) {
	old := halves()
	old.Grades = &assessment.Ladder{Rungs: []assessment.Rung{{If: []assessment.Test{test("total", "[80,)")}, Grade: "good"}, {If: []assessment.Test{test("total", "[0,80)")}, Grade: "plain"}}}
	old.Grades.Scale = union.MustParseInterval("[0,100]")
	old.Grades.Rungs[0].If[0].In = union.MustParseInterval("[80,100]")
	changed := newScheme(t, old).Spec()
	changed.Items[3].From.Sum.Of = []assessment.Term{term("written", "0.4"), term("interview", "0.6")}
	changed.Gates = []assessment.Test{test("interview", "[1,)")}
	got, err := newScheme(t, old).DryRun(newScheme(t, changed), halfRecords())
	require.NoError(t, err)
	type line struct {
		unit, gains string
		rises, bars int
	}
	var lines []line
	for _, change := range got {
		lines = append(lines, line{change.Unit, change.Gains.String(), change.Rises, change.Bars})
	}
	// 65.5 and 68.6; 87.5 and 87; 79.5 and 81.4; the fourth is barred alone.
	assert.Equal(t, []line{{"a", "3.1", 0, 0}, {"b", "-0.5", 0, 0}, {"c", "1.9", 1, 0}, {"d", "0", 0, 1}}, lines)
	back, err := newScheme(t, changed).DryRun(newScheme(t, old), halfRecords())
	require.NoError(t, err)
	assert.Equal(t, -1, back[2].Rises)
	assert.Equal(t, -1, back[3].Bars)
	none, err := newScheme(t, old).DryRun(newScheme(t, old), halfRecords())
	require.NoError(t, err)
	assert.Empty(t, none)

	_, err = assessment.Scheme{}.DryRun(newScheme(t, old), halfRecords())
	assert.Equal(t, []string{"old.group[0].scheme"}, wheres(err))
	_, err = newScheme(t, old).DryRun(assessment.Scheme{}, halfRecords())
	assert.Equal(t, []string{"changed.group[0].scheme"}, wheres(err))
}

func TestACheckFindsWhatASheetPrintsWrongly(t *testing.T) {
	spec := halves()
	spec.Print = union.Rounding{Mode: union.HalfUp, Places: 1}
	scheme := newScheme(t, spec)
	loose, err := scheme.Check(nil, nil)
	require.NoError(t, err)
	var places []string
	for _, finding := range loose {
		places = append(places, finding.Where)
	}
	assert.Equal(t, []string{"other", "open"}, places, "an element left out for everybody")

	found, err := scheme.Check(halfRecords(), map[string]map[string]union.Number{
		"a": numbers("total", "65.5", "written", "50"), "b": numbers("total", "78.5"), "c": nil, "d": numbers("written", "0"),
	})
	require.NoError(t, err)
	places = nil
	for _, finding := range found[2:] {
		places = append(places, finding.String())
	}
	assert.Equal(t, []string{
		"b.total: a printed figure follows from its inputs: got 78.5, want 87.5",
		"d.written: a printed figure follows from its inputs: got 0, want does not apply",
	}, places)

	spec.Print = union.Rounding{}
	exact, err := newScheme(t, spec).Check(halfRecords(), map[string]map[string]union.Number{"a": numbers("total", "65.5"), "b": numbers("total", "87")})
	require.NoError(t, err)
	assert.Len(t, exact, 3)
	for name, printed := range map[string]map[string]union.Number{"x": numbers("total", "1"), "a": numbers("nothing", "1")} {
		_, err = scheme.Check(halfRecords(), map[string]map[string]union.Number{name: printed})
		require.ErrorIs(t, err, union.ErrUnknown)
	}
	_, err = scheme.Check([]assessment.Record{{}}, map[string]map[string]union.Number{"x": nil})
	require.ErrorIs(t, err, union.ErrMissing)
}
