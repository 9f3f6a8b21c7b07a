package aid_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
)

// dossierSpec has a few fields of the published form, whose bands of floor space are
// (0,20], (20,50], (50,70] and above 70: https://www.doczj.com/doc/2d13191600.html.
func dossierSpec() aid.DossierFormSpec {
	return aid.DossierFormSpec{
		Rule: union.Rule{Key: "dossier", Version: "2013", Title: "困难职工档案表", Source: "https://www.doczj.com/doc/2d13191600.html"},
		Fields: []aid.FormField{
			{Key: "category", Title: "困难类别", Required: true, Terms: []union.Term{
				{Key: "above", Title: "低保线以上"}, {Key: "drawing", Title: "享受低保"}, {Key: "not-drawing", Title: "未享受低保"},
			}},
			{Key: "number", Title: "身份证号", Required: true},
			{Key: "space", Title: "建筑面积", Bands: []union.Band{
				{Key: "20", In: union.MustParseInterval("(0,20]")}, {Key: "50", In: union.MustParseInterval("(20,50]")},
				{Key: "70", In: union.MustParseInterval("(50,70]")}, {Key: "more", In: union.MustParseInterval("(70,)")},
			}},
			{Key: "address", Title: "住址"},
		},
	}
}

func TestATermOfADossierThatIsNotUTF8IsNamed(t *testing.T) {
	spec := dossierSpec()
	spec.Fields[0].Terms[1].Title = "\xff"
	_, err := aid.NewDossierForm(spec)
	assert.Equal(t, map[string]error{"fields[0].terms": union.ErrText}, placesOf(err))
}

func TestTheFirstFieldOfADossierMayHaveBands(t *testing.T) {
	spec := dossierSpec()
	spec.Fields = spec.Fields[2:]
	assert.Equal(t, "50", must(must(aid.NewDossierForm(spec)).Band("space", "20.01")))
}

func ExampleNewDossierForm() {
	spec := dossierSpec()
	spec.Fields[2].Bands[1].In = union.MustParseInterval("(25,50]")
	_, err := aid.NewDossierForm(spec)
	fmt.Println(err)
	// Output: fields[2].bands.list[1]: falls in no band: got 25 between (0,20] and (25,50], want every number of (0,) in one band
}

func ExampleDossierForm_Check() {
	form, err := aid.NewDossierForm(dossierSpec())
	fmt.Println(err)
	for _, finding := range form.Check(map[string]string{"category": "extreme", "space": "0", "hobby": "chess"}) {
		fmt.Println(finding)
	}
	// Output:
	// <nil>
	// category: 困难类别: one of the form's list: got "extreme", want one of 3 terms
	// number: 身份证号: must be filled in
	// space: 建筑面积: one of the form's list: got "0", want a number in (0,20] to (70,)
	// "hobby": a field of the form: got a field that 2013 does not have
}

func ExampleDossierForm_Band() {
	form, err := aid.NewDossierForm(dossierSpec())
	fmt.Println(err)
	fmt.Println(form.Band("space", "20"))
	fmt.Println(form.Band("space", "20.01"))
	// Output:
	// <nil>
	// 20 <nil>
	// 50 <nil>
}

func TestADossierFormThatIsWrongSaysWhere(t *testing.T) {
	for reason, each := range map[string]struct {
		change func(*aid.DossierFormSpec)
		want   error
		where  string
	}{
		"no source":             {func(s *aid.DossierFormSpec) { s.Source = "" }, union.ErrMissing, "source"},
		"no fields":             {func(s *aid.DossierFormSpec) { s.Fields = nil }, union.ErrMissing, "fields"},
		"a field without key":   {func(s *aid.DossierFormSpec) { s.Fields[1].Key = "" }, union.ErrMissing, "fields[1].key"},
		"a field twice":         {func(s *aid.DossierFormSpec) { s.Fields[1].Key = "category" }, union.ErrRepeated, "fields[1].key"},
		"a field without title": {func(s *aid.DossierFormSpec) { s.Fields[1].Title = "" }, union.ErrMissing, "fields[1].title"},
		"a term twice":          {func(s *aid.DossierFormSpec) { s.Fields[0].Terms[1].Key = "above" }, union.ErrRepeated, "fields[0].terms[1].key"},
		"terms and bands":       {func(s *aid.DossierFormSpec) { s.Fields[0].Bands = s.Fields[2].Bands }, union.ErrRepeated, "fields[0]"},
		"bands with an end":     {func(s *aid.DossierFormSpec) { s.Fields[2].Bands = s.Fields[2].Bands[:3] }, union.ErrHole, "fields[2].bands.list[2]"},
	} {
		spec := dossierSpec()
		each.change(&spec)
		_, err := aid.NewDossierForm(spec)
		require.ErrorIs(t, err, each.want, reason)
		assert.Equal(t, each.where, union.Faults(err)[0].Where, reason)
	}
}

func TestADossierFormIsReadAsWrittenAndTellsNoNumber(t *testing.T) {
	spec := dossierSpec()
	spec.Fields[2].Bands[0].In = union.MustParseInterval("[0,20]")
	form := must(aid.NewDossierForm(spec))
	assert.Empty(t, form.Check(map[string]string{"category": "above", "number": "11010519491231002X", "space": "0"}))
	found := form.Check(map[string]string{"category": "11010519491231002X", "number": "1", "11010519491231002X": "1", "space": "x"})
	assert.Len(t, found, 3)
	assert.NotContains(t, fmt.Sprint(found), "19491231")
	data, err := form.MarshalJSON()
	require.NoError(t, err)
	var read aid.DossierForm
	require.NoError(t, read.UnmarshalJSON(data))
	assert.Equal(t, form.ID(), read.ID())
	assert.Equal(t, "dossier", read.Rule().Key)
	spec.Fields[0].Terms[0].Key, spec.Fields[2].Bands[0].Key = "x", "x"
	assert.Equal(t, "above", read.Spec().Fields[0].Terms[0].Key)
	require.Error(t, read.UnmarshalJSON([]byte(strings.Replace(string(data), `"number"`, `"category"`, 1))))
	require.Error(t, read.UnmarshalJSON([]byte(`1`)))
	_, err = aid.DossierForm{}.MarshalJSON()
	require.ErrorIs(t, err, union.ErrMissing)
	for _, each := range [][2]string{{"hobby", "1"}, {"address", "1"}, {"space", "x"}, {"space", "-1"}} {
		_, err := form.Band(each[0], each[1])
		require.Error(t, err, each)
	}
	assert.Empty(t, aid.DossierForm{}.Check(nil))
}
