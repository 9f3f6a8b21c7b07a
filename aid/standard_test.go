package aid_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
)

func interval(text string) union.Interval { return union.MustParseInterval(text) }

func TestAStandardThatIsWrongSaysWhere(t *testing.T) {
	for reason, each := range map[string]struct {
		change func(*aid.StandardSpec)
		want   error
		where  string
		got    string
	}{
		"no key":                   {func(s *aid.StandardSpec) { s.Key = "" }, union.ErrMissing, "key", ""},
		"no days":                  {func(s *aid.StandardSpec) { s.Effective = union.Period{} }, union.ErrMissing, "effective", ""},
		"no area":                  {func(s *aid.StandardSpec) { s.Area = "" }, union.ErrMissing, "area", ""},
		"no line":                  {func(s *aid.StandardSpec) { s.Line = union.Money{} }, union.ErrRange, "line", "0.00"},
		"a wage below zero":        {func(s *aid.StandardSpec) { s.Imputed = yuan("-1") }, union.ErrRange, "imputed", "-1.00"},
		"lesser causes below zero": {func(s *aid.StandardSpec) { s.Lesser = -1 }, union.ErrRange, "lesser", "-1"},
		"no categories":            {func(s *aid.StandardSpec) { s.Categories = nil }, union.ErrMissing, "categories", ""},
		"no causes":                {func(s *aid.StandardSpec) { s.Causes = nil }, union.ErrMissing, "causes", ""},
		"no kinds of income":       {func(s *aid.StandardSpec) { s.Income = nil }, union.ErrMissing, "income", ""},
		"too many categories": {func(s *aid.StandardSpec) {
			for i := range 98 {
				s.Categories = append(s.Categories, aid.Category{Key: fmt.Sprint("c", i), Title: "类", Causes: []string{"laid-off"}})
			}
		}, union.ErrRange, "categories", "101 categories"},
		"a category without key":        {func(s *aid.StandardSpec) { s.Categories[0].Key = "" }, union.ErrMissing, "categories[0].key", ""},
		"a category without title":      {func(s *aid.StandardSpec) { s.Categories[0].Title = "" }, union.ErrMissing, "categories[0].title", ""},
		"a key with a dot":              {func(s *aid.StandardSpec) { s.Categories[0].Key = "a.b" }, union.ErrText, "categories[0].key", ""},
		"a key that is long":            {func(s *aid.StandardSpec) { s.Categories[0].Key = strings.Repeat("a", 65) }, union.ErrText, "categories[0].key", ""},
		"two categories with one key":   {func(s *aid.StandardSpec) { s.Categories[1].Key = "extreme" }, union.ErrRepeated, "categories[1].key", `"extreme"`},
		"two exclusions with one key":   {func(s *aid.StandardSpec) { s.Exclusions[1].Key = "car" }, union.ErrRepeated, "exclusions[1].key", `"car"`},
		"two kinds with one key":        {func(s *aid.StandardSpec) { s.Outlay[1].Key = "illness" }, union.ErrRepeated, "outlay[1].key", `"illness"`},
		"a term with parts":             {func(s *aid.StandardSpec) { s.Causes[1].Within = "illness" }, union.ErrUnknown, "causes[1].within", `"illness"`},
		"a category that tests nothing": {func(s *aid.StandardSpec) { s.Categories[0].Net = union.Interval{} }, union.ErrMissing, "categories[0]", ""},
		"a cause that is not listed":    {func(s *aid.StandardSpec) { s.Categories[1].Causes[0] = "flood" }, union.ErrUnknown, "categories[1].causes[0]", `"flood"`},
		"a cause that is empty":         {func(s *aid.StandardSpec) { s.Categories[1].Causes[0] = "" }, union.ErrMissing, "categories[1].causes[0]", ""},
		"a cause given twice":           {func(s *aid.StandardSpec) { s.Categories[1].Causes[0] = "schooling" }, union.ErrRepeated, "categories[1].causes[1]", `"schooling"`},
		"an income that nobody has":     {func(s *aid.StandardSpec) { s.Categories[2].Income = interval("(,0)") }, union.ErrRange, "categories[2].income", "(,0)"},
		"the line itself in a hole": {func(s *aid.StandardSpec) { s.Categories[0].Net = interval("(,1)") },
			union.ErrHole, "categories[1].net", `1 times the line with cause "illness"`},
		"a hole between two categories": {func(s *aid.StandardSpec) { s.Categories[1].Net = interval("[1.2,1.5]") },
			union.ErrHole, "categories[1].net", `1.1 times the line with cause "illness"`},
		"a lower end in a hole": {func(s *aid.StandardSpec) {
			s.Categories[0].Net, s.Categories[1].Net = interval("(,1)"), interval("(1.2,1.5]")
		}, union.ErrHole, "categories[1].net", `1 times the line with cause "illness"`},
		"a hole above another that has one": {func(s *aid.StandardSpec) {
			s.Categories[1].Net = interval("[1.2,1.3]")
			s.Categories = append(s.Categories, aid.Category{Key: "d", Title: "丁", Net: interval("[1.5,2)"), Causes: []string{"illness"}})
		}, union.ErrHole, "categories[3].net", `1.1 times the line with cause "illness"`},
		"an income above nothing": {func(s *aid.StandardSpec) { s.Categories[2].Income = interval("(0,3)") },
			union.ErrHole, "categories[2].income", `0 times the line with cause "accident"`},
		"nothing below a lower end": {func(s *aid.StandardSpec) {
			s.Categories = s.Categories[:1]
			s.Categories[0].Net = interval("[1,2)")
		}, union.ErrHole, "categories[0].net", "0 times the line"},
		"a hole that another sum does not fill": {func(s *aid.StandardSpec) {
			s.Categories[0].Net, s.Categories[0].Income = union.Interval{}, interval("(,1]")
		}, union.ErrHole, "categories[1].net", `1 times the line with cause "illness"`},
		"the line itself in two categories": {func(s *aid.StandardSpec) {
			s.Categories[1].Net, s.Categories[1].Causes = interval("[1,2)"), nil
		}, union.ErrOverlap, "categories[1].net", "1 times the line"},
		"a category within another": {func(s *aid.StandardSpec) {
			s.Categories[1].Net, s.Categories[1].Causes = interval("(,0.5)"), nil
		}, union.ErrOverlap, "categories[1].net", "-0.5 times the line"},
		"two categories of one cause": {func(s *aid.StandardSpec) {
			s.Categories[0] = aid.Category{Key: "a", Title: "甲", Income: interval("(,2)"), Causes: []string{"accident"}}
			s.Categories[1] = aid.Category{Key: "b", Title: "乙", Income: interval("(,1)"), Causes: []string{"illness"}}
		}, union.ErrOverlap, "categories[2].income", "1 times the line"},
	} {
		t.Run(reason, func(t *testing.T) {
			spec := standardSpec()
			each.change(&spec)
			_, err := aid.NewStandard(spec)
			require.ErrorIs(t, err, each.want)
			for _, fault := range union.Faults(err) {
				if fault.Where == each.where && (each.got == "" || fault.Got == each.got) {
					return
				}
			}
			assert.Fail(t, "no such fault", "%v", err)
		})
	}
}

func TestAStandardMayHaveAHundredCategories(t *testing.T) {
	spec := standardSpec()
	for i := range 97 {
		spec.Categories = append(spec.Categories, aid.Category{Key: fmt.Sprint("c", i), Title: "类", Causes: []string{"laid-off"}})
	}
	_, err := aid.NewStandard(spec)
	require.NoError(t, err)
}

func TestNoIncomeIsBelowZeroSoNoneIsMissedThere(t *testing.T) {
	spec := standardSpec()
	spec.Categories[2].Income = interval("[0,3)")
	_, err := aid.NewStandard(spec)
	require.NoError(t, err)
	spec.Categories[0].Net = interval("[0,1]") // what is left after outlay may be below zero
	_, err = aid.NewStandard(spec)
	require.ErrorIs(t, err, union.ErrHole)
}

func TestAStandardReportsAllItsFaultsAtOnce(t *testing.T) {
	_, err := aid.NewStandard(aid.StandardSpec{})
	// Key, version, title, source, effective, area, line, causes, income, categories.
	assert.Len(t, union.Faults(err), 10)
}

func TestAStandardWithAnUnboundedCategoryIsMade(t *testing.T) {
	spec := standardSpec()
	spec.Categories = append(spec.Categories, aid.Category{Key: "all", Title: "其他", Net: interval("(1.5,)"), Causes: []string{"illness"}})
	s, err := aid.NewStandard(spec)
	require.NoError(t, err)
	verdict, err := s.Judge(household(), day("2010-05-01"))
	require.NoError(t, err)
	assert.Equal(t, "all", verdict.Answer)
}

func TestAStandardKeepsNothingOfItsSpec(t *testing.T) {
	spec := standardSpec()
	s, err := aid.NewStandard(spec)
	require.NoError(t, err)
	want := s.Spec()
	spec.Categories[1].Causes[0] = "changed"
	spec.Causes[0].Key, spec.Exclusions[0].Key, spec.Income[0].Key, spec.Outlay[0].Key = "x", "x", "x", "x"
	given := s.Spec()
	assert.Equal(t, want, given)
	given.Categories[1].Causes[0] = "changed"
	given.Causes[0].Key = "changed"
	assert.Equal(t, want, s.Spec())
}

// document is what every rule of the package is as JSON.
type document interface {
	json.Marshaler
	ID() union.RuleID
	Rule() union.Rule
}

// readsBack checks that a rule reads back from its own JSON, that a document of
// another kind or with an unknown member is refused and changes nothing, and that
// what is written is what is read.
func readsBack[T any, P interface {
	*T
	json.Unmarshaler
}](t *testing.T, made T, kind string) {
	t.Helper()
	data, err := json.Marshal(made)
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(string(data), `{"union":"`+kind+`/1",`), string(data[:min(len(data), 60)]))
	var read T
	require.NoError(t, json.Unmarshal(data, P(&read)))
	assert.Equal(t, made, read)
	again, err := json.Marshal(read)
	require.NoError(t, err)
	assert.Equal(t, string(data), string(again))
	for reason, text := range map[string]string{
		"a newer number":    strings.Replace(string(data), kind+"/1", kind+"/2", 1),
		"an unknown member": strings.Replace(string(data), `"version"`, `"extra":1,"version"`, 1),
		"a repeated member": strings.Replace(string(data), `"version"`, `"key":"x","version"`, 1),
		"no title":          strings.Replace(string(data), `"title":"`, `"title":"","source":"`, 1),
		"an empty title":    emptied(data),
		"null":              "null",
	} {
		before := read
		require.Error(t, P(&read).UnmarshalJSON([]byte(text)), reason)
		assert.Equal(t, before, read, reason)
	}
	assert.NotZero(t, any(made).(document).ID())
	assert.NotEmpty(t, any(made).(document).Rule().Title)
}

// emptied returns a document without its rule's title.
func emptied(data []byte) string {
	before, after, _ := strings.Cut(string(data), `"title":"`)
	_, rest, _ := strings.Cut(after, `"`)
	return before + `"title":"` + `"` + rest
}

func TestRulesReadBackFromTheirJSON(t *testing.T) {
	t.Run("standard", func(t *testing.T) { readsBack(t, standard(), "aid.standard") })
	t.Run("certificate", func(t *testing.T) { readsBack(t, certificateRule(), "aid.certificate") })
	t.Run("donation day", func(t *testing.T) { readsBack(t, donationDay(), "aid.donation_day") })
	t.Run("golden autumn", func(t *testing.T) { readsBack(t, goldenAutumn(), "aid.golden_autumn") })
	t.Run("visit plan", func(t *testing.T) { readsBack(t, visitPlan(), "aid.visit_plan") })
	t.Run("standard with a loss", func(t *testing.T) { readsBack(t, must(aid.NewStandard(lossSpec())), "aid.standard") })
	t.Run("standard with a run", func(t *testing.T) { readsBack(t, must(aid.NewStandard(runSpec())), "aid.standard") })
	t.Run("lines", func(t *testing.T) { readsBack(t, countyLines(), "aid.lines") })
	t.Run("files", func(t *testing.T) { readsBack(t, fileRule(), "aid.file") })
	t.Run("programme", func(t *testing.T) { readsBack(t, programme(), "aid.programme") })
	t.Run("dossier", func(t *testing.T) { readsBack(t, must(aid.NewDossierForm(dossierSpec())), "aid.dossier") })
}

func TestRulesThatDifferHaveOtherIdentities(t *testing.T) {
	spec := standardSpec()
	spec.Line = yuan("240.01")
	assert.NotEqual(t, standard().ID(), must(aid.NewStandard(spec)).ID())
}

func FuzzStandard(f *testing.F) { fuzzRule[aid.Standard](f, standard()) }

func FuzzCertificateRule(f *testing.F) { fuzzRule[aid.CertificateRule](f, certificateRule()) }

func FuzzDonationDay(f *testing.F) { fuzzRule[aid.DonationDay](f, donationDay()) }

func FuzzGoldenAutumn(f *testing.F) { fuzzRule[aid.GoldenAutumn](f, goldenAutumn()) }

func FuzzVisitPlan(f *testing.F) { fuzzRule[aid.VisitPlan](f, visitPlan()) }

func FuzzLines(f *testing.F) { fuzzRule[aid.Lines](f, countyLines()) }

func FuzzFileRule(f *testing.F) { fuzzRule[aid.FileRule](f, fileRule()) }

func FuzzProgramme(f *testing.F) { fuzzRule[aid.Programme](f, programme()) }

func FuzzBooks(f *testing.F) { fuzzRule[aid.Books](f, books()) }

func FuzzTableForm(f *testing.F) { fuzzRule[aid.TableForm](f, table()) }

func FuzzAccountForm(f *testing.F) {
	fuzzRule[aid.AccountForm](f, must(aid.NewAccountForm(accountSpec())))
}

func FuzzDossierForm(f *testing.F) {
	fuzzRule[aid.DossierForm](f, must(aid.NewDossierForm(dossierSpec())))
}

// fuzzRule states of any document that it is read without panic, and if it is
// read, that what is written of it reads back as the same rule.
func fuzzRule[T document, P interface {
	*T
	json.Unmarshaler
}](f *testing.F, seed T) {
	data, err := seed.MarshalJSON()
	require.NoError(f, err)
	f.Add(data)
	f.Add([]byte(`{"union":"aid.standard/1"}`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var read, again T
		if P(&read).UnmarshalJSON(data) != nil {
			require.Zero(t, read.ID())
			return
		}
		written, err := read.MarshalJSON()
		require.NoError(t, err)
		require.NoError(t, P(&again).UnmarshalJSON(written))
		require.Equal(t, read.ID(), again.ID())
	})
}

// No document can hold such a text, so no rule can say it.
func TestARuleWhoseTextIsNotUTF8IsRefused(t *testing.T) {
	const broken = "\xff"
	standard, certificate, donation, autumn, visits := standardSpec(), certificateSpec(), donationSpec(), goldenAutumnSpec(), visitSpec()
	standard.Area, certificate.Classes[0].Benefits[0], donation.Tariff[0].Title = broken, broken, broken
	donation.Title, autumn.Title, visits.Goods = broken, broken, broken
	for name, made := range map[string]func() (document, error){
		"standard":      func() (document, error) { made, err := aid.NewStandard(standard); return made, err },
		"certificate":   func() (document, error) { made, err := aid.NewCertificateRule(certificate); return made, err },
		"donation day":  func() (document, error) { made, err := aid.NewDonationDay(donation); return made, err },
		"golden autumn": func() (document, error) { made, err := aid.NewGoldenAutumn(autumn); return made, err },
		"visits":        func() (document, error) { made, err := aid.NewVisitPlan(visits); return made, err },
	} {
		rule, err := made()
		require.ErrorIs(t, err, union.ErrText, name)
		assert.Zero(t, rule.ID(), name)
		assert.True(t, utf8.ValidString(err.Error()), name)
	}
}
