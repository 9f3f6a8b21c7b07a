package aid_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/internal/laws"
)

func fixed(sum string) *aid.Amount {
	amount := yuan(sum)
	return &aid.Amount{Fixed: &amount}
}

func times(n string) *aid.Amount {
	multiple := union.MustParseNumber(n)
	return &aid.Amount{Line: &multiple}
}

func shareOf(fact, rate string) aid.Amount {
	return aid.Amount{Share: &aid.FactShare{Of: fact, Rate: union.MustParseNumber(rate)}}
}

// programmeSpec has living aid by category, as a multiple of the line, medical aid
// in tiers and by shares, and student aid of two kinds that exclude each other.
func programmeSpec() aid.ProgrammeSpec {
	year := &aid.YearDay{Month: 1, Day: 1}
	school := &aid.YearDay{Month: 9, Day: 1}
	is := func(trait string, terms ...string) aid.Condition { return aid.Condition{Of: trait, Is: terms} }
	return aid.ProgrammeSpec{
		Rule: rule("programme", "困难职工帮扶办法"),
		Traits: []aid.Trait{
			{Key: "category", Title: "困难类别", Terms: []union.Term{{Key: "extreme", Title: "特困"}, {Key: "difficulty", Title: "困难"}}},
			{Key: "stage", Title: "学段", Terms: []union.Term{{Key: "college", Title: "大学"}, {Key: "senior", Title: "高中"}}},
		},
		Facts: []aid.Fact{{Key: "paid", Title: "自付医疗费"}, {Key: "loss", Title: "灾害损失", Optional: true}, {Key: "age", Title: "年龄"}},
		Kinds: []aid.Kind{
			{Key: "living", Title: "生活救助", Measure: union.Households, Per: aid.PerHousehold, Year: year, Times: 3, Filed: true, Rates: []aid.Rate{
				{When: []aid.Condition{is("category", "extreme")}, Least: fixed("100"), Most: times("12"), Shares: []aid.CostShare{{Source: "city", Weight: 2}, {Source: "county", Weight: 1}}},
				{When: []aid.Condition{is("category", "difficulty")}, Most: times("10")},
			}},
			{Key: "medical", Title: "医疗救助", Measure: union.Persons, Per: aid.PerPerson, Year: year, AtMost: []string{"paid"}, Rates: []aid.Rate{
				{Most: &aid.Amount{Lowest: []aid.Amount{{Total: []aid.Amount{shareOf("paid", "0.5"), shareOf("loss", "0.1")}}, *fixed("20000")}}},
			}, Rounding: union.Rounding{Mode: union.HalfUp, Places: 0}},
			{Key: "student", Title: "助学", Measure: union.Persons, Per: aid.PerPerson, Year: school, Rates: []aid.Rate{
				{When: []aid.Condition{is("stage", "college")}, Days: union.MustParsePeriod("0001-01-01/2010-12-31"), Exactly: fixed("4000")},
				{When: []aid.Condition{is("stage", "college")}, Days: union.MustParsePeriod("2011-01-01/.."), Exactly: fixed("5000")},
				{When: []aid.Condition{is("stage", "senior")}, Exactly: fixed("2000")},
			}},
			{Key: "board", Title: "助学（教育局）", Measure: union.Persons, Per: aid.PerPerson, Year: school, Partial: true, Rates: []aid.Rate{
				{When: []aid.Condition{{Of: "age", In: union.MustParseInterval("[16,18]")}}, Exactly: fixed("1000")},
			}},
		},
		Limits: []aid.KindLimit{
			{Title: "不重复助学", Kinds: []string{"student", "board"}, Per: aid.PerPerson, Year: school, Times: 1},
			{Title: "每年不超过两类", Per: aid.PerHousehold, Year: year, Different: 2},
		},
		Wan: union.Rounding{Mode: union.HalfUp, Places: 2},
	}
}

var madeProgramme = must(aid.NewProgramme(programmeSpec()))

func programme() aid.Programme { return madeProgramme }

func TestAProgrammeThatIsWrongSaysWhere(t *testing.T) {
	tiers := func(of string, list ...string) *aid.Amount {
		made := &aid.Tiers{Of: of, Scale: union.MustParseInterval("(0,100]")}
		for _, in := range list {
			made.List = append(made.List, aid.Tier{In: union.MustParseInterval(in), Amount: *fixed("1")})
		}
		return &aid.Amount{Tiers: made}
	}
	deep := *fixed("1")
	for range 9 {
		deep = aid.Amount{Lowest: []aid.Amount{deep}}
	}
	steep := *fixed("1")
	for range 9 {
		in := union.MustParseInterval("(0,100]")
		steep = aid.Amount{Tiers: &aid.Tiers{Of: "paid", Scale: in, List: []aid.Tier{{In: in, Amount: steep}}}}
	}
	most := func(amount aid.Amount) func(*aid.ProgrammeSpec) {
		return func(s *aid.ProgrammeSpec) { s.Kinds[1].Rates[0].Most = &amount }
	}
	const at = "kinds[1].rates[0].most"
	for reason, each := range map[string]struct {
		change func(*aid.ProgrammeSpec)
		want   error
		where  string
	}{
		"no version":                {func(s *aid.ProgrammeSpec) { s.Version = "" }, union.ErrMissing, "version"},
		"no kinds":                  {func(s *aid.ProgrammeSpec) { s.Kinds, s.Limits = nil, nil }, union.ErrMissing, "kinds"},
		"a kind without key":        {func(s *aid.ProgrammeSpec) { s.Kinds[2].Key = "" }, union.ErrMissing, "kinds[2].key"},
		"a kind twice":              {func(s *aid.ProgrammeSpec) { s.Kinds[1].Key = "living" }, union.ErrRepeated, "kinds[1].key"},
		"a kind without title":      {func(s *aid.ProgrammeSpec) { s.Kinds[1].Title = "" }, union.ErrMissing, "kinds[1].title"},
		"a kind without measure":    {func(s *aid.ProgrammeSpec) { s.Kinds[1].Measure = "" }, union.ErrMissing, "kinds[1].measure"},
		"a kind for nobody":         {func(s *aid.ProgrammeSpec) { s.Kinds[1].Per = 0 }, union.ErrMissing, "kinds[1].per"},
		"a year from 29 February":   {func(s *aid.ProgrammeSpec) { s.Kinds[1].Year = &aid.YearDay{Month: 2, Day: 29} }, union.ErrRange, "kinds[1].year"},
		"times below zero":          {func(s *aid.ProgrammeSpec) { s.Kinds[1].Times = -1 }, union.ErrRange, "kinds[1].times"},
		"no rates":                  {func(s *aid.ProgrammeSpec) { s.Kinds[1].Rates = nil }, union.ErrMissing, "kinds[1].rates"},
		"too many rates":            {func(s *aid.ProgrammeSpec) { s.Kinds[1].Rates = make([]aid.Rate, 1001) }, union.ErrRange, "kinds[1].rates"},
		"a bound that is no fact":   {func(s *aid.ProgrammeSpec) { s.Kinds[1].AtMost[0] = "income" }, union.ErrUnknown, "kinds[1].at_most[0]"},
		"a rounding without mode":   {func(s *aid.ProgrammeSpec) { s.Kinds[1].Rounding = union.Rounding{Places: 1} }, union.ErrMissing, "kinds[1].rounding.mode"},
		"three places":              {func(s *aid.ProgrammeSpec) { s.Kinds[1].Rounding.Places = 3 }, union.ErrRange, "kinds[1].rounding.places"},
		"a rounding of 万元":          {func(s *aid.ProgrammeSpec) { s.Wan.Mode = 0 }, union.ErrMissing, "wan.mode"},
		"a trait without title":     {func(s *aid.ProgrammeSpec) { s.Traits[0].Title = "" }, union.ErrMissing, "traits[0].title"},
		"a trait of no terms":       {func(s *aid.ProgrammeSpec) { s.Traits[0].Terms = nil }, union.ErrMissing, "traits[0].terms"},
		"a fact named as a trait":   {func(s *aid.ProgrammeSpec) { s.Facts[0].Key = "stage" }, union.ErrRepeated, "facts[0].key"},
		"a fact without title":      {func(s *aid.ProgrammeSpec) { s.Facts[0].Title = "" }, union.ErrMissing, "facts[0].title"},
		"two sums":                  {func(s *aid.ProgrammeSpec) { s.Kinds[2].Rates[0].Most = fixed("1") }, union.ErrRepeated, "kinds[2].rates[0]"},
		"no sum":                    {func(s *aid.ProgrammeSpec) { s.Kinds[0].Rates[0].Most = nil }, union.ErrMissing, "kinds[0].rates[0]"},
		"an amount of nothing":      {most(aid.Amount{}), union.ErrMissing, at},
		"an amount of two":          {most(aid.Amount{Fixed: fixed("1").Fixed, Line: times("1").Line}), union.ErrRepeated, at},
		"an amount below zero":      {most(*fixed("-0.01")), union.ErrRange, at + ".fixed"},
		"no line":                   {most(*times("0")), union.ErrRange, at + ".line"},
		"the lowest of nothing":     {most(aid.Amount{Lowest: []aid.Amount{}}), union.ErrMissing, at + ".lowest"},
		"one within":                {most(aid.Amount{Highest: []aid.Amount{*fixed("1"), {}}}), union.ErrMissing, at + ".highest[1]"},
		"nine levels":               {most(deep), union.ErrRange, at + strings.Repeat(".lowest[0]", 8)},
		"nine levels of tiers":      {most(steep), union.ErrRange, at + strings.Repeat(".tiers.list[0].amount", 8)},
		"a share of no fact":        {most(shareOf("", "1")), union.ErrMissing, at + ".share.of"},
		"a share of a trait":        {most(shareOf("stage", "1")), union.ErrUnknown, at + ".share.of"},
		"a share of nothing":        {most(shareOf("paid", "0")), union.ErrRange, at + ".share.rate"},
		"a share from below zero":   {most(aid.Amount{Share: &aid.FactShare{Of: "paid", Rate: union.Whole(1), Above: union.Whole(-1)}}), union.ErrRange, at + ".share.above"},
		"a share turned round":      {most(aid.Amount{Share: &aid.FactShare{Of: "paid", Rate: union.Whole(1), Above: union.Whole(9), UpTo: union.Whole(9)}}), union.ErrOrder, at + ".share.up_to"},
		"tiers of no fact":          {most(*tiers("income", "(0,100]")), union.ErrUnknown, at + ".tiers.of"},
		"tiers with a hole":         {most(*tiers("paid", "(0,50)", "(50,100]")), union.ErrHole, at + ".tiers.list[1]"},
		"tiers with an overlap":     {most(*tiers("paid", "(0,50]", "[50,100]")), union.ErrOverlap, at + ".tiers.list[1]"},
		"no tiers":                  {most(*tiers("paid")), union.ErrMissing, at + ".tiers.list"},
		"a condition on nothing":    {func(s *aid.ProgrammeSpec) { s.Kinds[0].Rates[0].When[0].Of = "" }, union.ErrMissing, "kinds[0].rates[0].when[0].of"},
		"a condition of no terms":   {func(s *aid.ProgrammeSpec) { s.Kinds[0].Rates[0].When[0].Is = nil }, union.ErrMissing, "kinds[0].rates[0].when[0].is"},
		"a condition of no such":    {func(s *aid.ProgrammeSpec) { s.Kinds[0].Rates[0].When[0].Is[0] = "x" }, union.ErrUnknown, "kinds[0].rates[0].when[0].is[0]"},
		"bounds of a trait":         {func(s *aid.ProgrammeSpec) { s.Kinds[0].Rates[0].When[0].In = union.AtLeast(union.Whole(1)) }, union.ErrUnknown, "kinds[0].rates[0].when[0].in"},
		"terms of a fact":           {func(s *aid.ProgrammeSpec) { s.Kinds[3].Rates[0].When[0].Is = []string{"x"} }, union.ErrUnknown, "kinds[3].rates[0].when[0].is"},
		"a fact without bounds":     {func(s *aid.ProgrammeSpec) { s.Kinds[3].Rates[0].When[0].In = union.Interval{} }, union.ErrMissing, "kinds[3].rates[0].when[0].in"},
		"two conditions on one":     {func(s *aid.ProgrammeSpec) { r := &s.Kinds[0].Rates[0]; r.When = append(r.When, r.When[0]) }, union.ErrRepeated, "kinds[0].rates[0].when[1].of"},
		"a share of no source":      {func(s *aid.ProgrammeSpec) { s.Kinds[0].Rates[0].Shares[0].Source = "" }, union.ErrMissing, "kinds[0].rates[0].shares[0].source"},
		"a share of no weight":      {func(s *aid.ProgrammeSpec) { s.Kinds[0].Rates[0].Shares[1].Weight = 0 }, union.ErrRange, "kinds[0].rates[0].shares[1].weight"},
		"a limit without title":     {func(s *aid.ProgrammeSpec) { s.Limits[0].Title = "" }, union.ErrMissing, "limits[0].title"},
		"a limit of nothing":        {func(s *aid.ProgrammeSpec) { s.Limits[0].Times = 0 }, union.ErrMissing, "limits[0]"},
		"a limit below zero":        {func(s *aid.ProgrammeSpec) { s.Limits[1].Different = -1 }, union.ErrRange, "limits[1].different"},
		"a limit on no such kind":   {func(s *aid.ProgrammeSpec) { s.Limits[0].Kinds[0] = "x" }, union.ErrUnknown, "limits[0].kinds[0]"},
		"a hole in a trait":         {func(s *aid.ProgrammeSpec) { s.Kinds[0].Rates = s.Kinds[0].Rates[1:] }, union.ErrHole, "kinds[0].rates"},
		"a hole in a fact":          {func(s *aid.ProgrammeSpec) { s.Kinds[3].Partial = false }, union.ErrHole, "kinds[3].rates"},
		"two rates for some":        {func(s *aid.ProgrammeSpec) { s.Kinds[0].Rates[1].When[0].Is = []string{"extreme", "difficulty"} }, union.ErrOverlap, "kinds[0].rates[1]"},
		"two rates on a day":        {func(s *aid.ProgrammeSpec) { s.Kinds[2].Rates[1].Days = union.MustParsePeriod("2010-12-31/..") }, union.ErrOverlap, "kinds[2].rates[1]"},
		"two rates for all":         {func(s *aid.ProgrammeSpec) { s.Kinds[1].Rates = append(s.Kinds[1].Rates, aid.Rate{Exactly: fixed("1")}) }, union.ErrOverlap, "kinds[1].rates[1]"},
		"two rates for an age":      {func(s *aid.ProgrammeSpec) { k := &s.Kinds[3]; k.Rates = append(k.Rates, k.Rates[0]) }, union.ErrOverlap, "kinds[3].rates[1]"},
		"a title that is not UTF-8": {func(s *aid.ProgrammeSpec) { s.Title = "\xff" }, union.ErrText, ""},
	} {
		spec := programmeSpec()
		each.change(&spec)
		_, err := aid.NewProgramme(spec)
		require.ErrorIs(t, err, each.want, reason)
		assert.Equal(t, each.where, union.Faults(err)[0].Where, reason)
	}
}

func TestAProgrammeMayGiveNothingAndNestEightLevels(t *testing.T) {
	deep := *fixed("0")
	for range 7 {
		deep = aid.Amount{Highest: []aid.Amount{deep}}
	}
	spec := programmeSpec()
	spec.Kinds[1].Rates[0].Most = &deep
	spec.Kinds[1].Rounding.Places = 2 // to the fen
	_, err := aid.NewProgramme(spec)
	require.NoError(t, err)
}

func TestAProgrammeMayHaveAThousandRatesAndWeightsOfAMillion(t *testing.T) {
	spec := programmeSpec()
	kind := &spec.Kinds[2]
	kind.Partial, kind.Rates = true, nil
	for i := range 1000 {
		on := must(day("2010-01-01").AddDays(i))
		kind.Rates = append(kind.Rates, aid.Rate{Days: must(union.NewPeriod(on, on)), Exactly: fixed("1"), Shares: []aid.CostShare{{Source: "city", Weight: 1_000_000}}})
	}
	_, err := aid.NewProgramme(spec)
	require.NoError(t, err)
	kind.Rates[999].Shares[0].Weight++
	_, err = aid.NewProgramme(spec)
	assert.Equal(t, map[string]error{"kinds[2].rates[999].shares[0].weight": union.ErrRange}, placesOf(err))
}

func TestARateThatOverlapsSeveralIsNamedOnce(t *testing.T) {
	spec := programmeSpec()
	spec.Kinds[1].Rates = []aid.Rate{{Exactly: fixed("1")}, {Exactly: fixed("2")}, {Exactly: fixed("3")}}
	_, err := aid.NewProgramme(spec)
	require.EqualError(t, err, "kinds[1].rates[1]: falls in more than one band: got everyone, want what rates[0] does not take\n"+
		"kinds[1].rates[2]: falls in more than one band: got everyone, want what rates[0] does not take")
}

// Whoever is counted anywhere must be named: by the kind, and by each limit that
// counts it.
func TestAnApplicationNamesWhomItsLimitsCount(t *testing.T) {
	school := &aid.YearDay{Month: 9, Day: 1}
	for reason, each := range map[string]struct {
		limits []aid.KindLimit
		kind   string
		where  string // what is missing if neither is given
		needs  string
	}{
		"the kind alone counts, by the person":          {nil, "medical", "person", "person"},
		"the kind alone counts, by the household":       {nil, "living", "household", "household"},
		"a limit of all kinds counts the household":     {[]aid.KindLimit{{Title: "每户", Per: aid.PerHousehold, Year: school, Times: 1}}, "medical", "household", "both"},
		"a limit that names the kind counts":            {[]aid.KindLimit{{Title: "每户", Kinds: []string{"living", "medical"}, Per: aid.PerHousehold, Year: school, Times: 1}}, "medical", "household", "both"},
		"a limit that names other kinds does not":       {[]aid.KindLimit{{Title: "每户", Kinds: []string{"living"}, Per: aid.PerHousehold, Year: school, Times: 1}}, "medical", "person", "person"},
		"a limit by the person of what is by the house": {[]aid.KindLimit{{Title: "每人", Kinds: []string{"living"}, Per: aid.PerPerson, Year: school, Times: 1}}, "living", "household", "both"},
	} {
		spec := programmeSpec()
		spec.Limits = each.limits
		p := must(aid.NewProgramme(spec))
		refused := func(household, person string) string {
			a := asking(each.kind, "100")
			a.Household, a.Person = household, person
			_, err := p.Entitlement(a, countyLines())
			if err == nil {
				return ""
			}
			return union.Faults(err)[0].Where
		}
		assert.Equal(t, each.where, refused("", ""), reason)
		assert.Equal(t, map[bool]string{false: "", true: "household"}[each.needs != "person"], refused("", "P-1"), reason)
		assert.Equal(t, map[bool]string{false: "", true: "person"}[each.needs != "household"], refused("H-1", ""), reason)
	}
}

func TestAProgrammeOfTooManyCombinationsIsRefused(t *testing.T) {
	spec := programmeSpec()
	var terms []union.Term
	for i := range 110 {
		terms = append(terms, union.Term{Key: fmt.Sprint("t", i), Title: "项"})
	}
	spec.Traits = append(spec.Traits, aid.Trait{Key: "a", Title: "甲", Terms: terms}, aid.Trait{Key: "b", Title: "乙", Terms: terms})
	spec.Kinds[1].Rates[0].When = []aid.Condition{{Of: "a", Is: []string{"t1"}}, {Of: "b", Is: []string{"t1"}}}
	_, err := aid.NewProgramme(spec)
	require.ErrorIs(t, err, union.ErrRange)
	assert.Equal(t, "kinds[1].rates", union.Faults(err)[0].Where)
	spec.Kinds[1].Partial = true
	_, err = aid.NewProgramme(spec)
	require.NoError(t, err)
	spec.Traits = append(spec.Traits, aid.Trait{Key: "c", Title: "丙", Terms: terms})
	_, err = aid.NewProgramme(spec)
	require.ErrorIs(t, err, union.ErrRange)
	assert.Equal(t, "traits", union.Faults(err)[0].Where)
}

func TestAHoleAndAnOverlapNameWhoFallsIn(t *testing.T) {
	spec := programmeSpec()
	spec.Kinds[3].Partial = false
	spec.Kinds[2].Rates[1].Days = union.Period{}
	_, err := aid.NewProgramme(spec)
	require.Error(t, err)
	assert.Equal(t, "kinds[2].rates[1]: falls in more than one band: got stage \"college\", want what rates[0] does not take\n"+
		"kinds[3].rates: falls in no band: got age 0, want a rate for everyone, or partial", err.Error())
}

// Of two traits every combination is looked at, and ten thousand of them may be.
func TestAHoleIsFoundInWhicheverCombinationItIs(t *testing.T) {
	for _, category := range []string{"extreme", "difficulty"} {
		for _, stage := range []string{"college", "senior"} {
			spec := programmeSpec()
			other := map[string]string{"extreme": "difficulty", "difficulty": "extreme", "college": "senior", "senior": "college"}
			is := func(trait, term string) aid.Condition { return aid.Condition{Of: trait, Is: []string{term}} }
			spec.Kinds[1].Rates = []aid.Rate{
				{When: []aid.Condition{is("category", other[category])}, Exactly: fixed("1")},
				{When: []aid.Condition{is("category", category), is("stage", other[stage])}, Exactly: fixed("2")},
			}
			_, err := aid.NewProgramme(spec)
			require.EqualError(t, err, fmt.Sprintf("kinds[1].rates: falls in no band: got category %q, stage %q, want a rate for everyone, or partial", category, stage))
		}
	}
	spec := programmeSpec()
	var terms []union.Term
	var all []string
	for i := range 100 {
		terms, all = append(terms, union.Term{Key: fmt.Sprint("t", i), Title: "项"}), append(all, fmt.Sprint("t", i))
	}
	spec.Traits = append(spec.Traits, aid.Trait{Key: "a", Title: "甲", Terms: terms}, aid.Trait{Key: "b", Title: "乙", Terms: terms})
	spec.Kinds[1].Rates[0].When = []aid.Condition{{Of: "a", Is: all}, {Of: "b", Is: all}}
	_, err := aid.NewProgramme(spec)
	require.NoError(t, err)
}

// In two facts at once no hole is looked for.
func TestRatesByTwoFactsNeedNotCoverAll(t *testing.T) {
	spec := programmeSpec()
	spec.Kinds[3].Partial = false
	when := &spec.Kinds[3].Rates[0].When
	*when = append(*when, aid.Condition{Of: "loss", In: union.MustParseInterval("[0,100]")})
	_, err := aid.NewProgramme(spec)
	require.NoError(t, err)
	spec.Kinds[3].Rates = []aid.Rate{ // of which each asks for another
		{Days: union.MustParsePeriod("2010-01-01/2010-12-31"), When: (*when)[:1], Exactly: fixed("1")},
		{Days: union.MustParsePeriod("2011-01-01/.."), When: (*when)[1:], Exactly: fixed("2")},
	}
	_, err = aid.NewProgramme(spec)
	require.NoError(t, err)
	spec.Kinds[3].Rates[1].When = (*when)[:1]
	_, err = aid.NewProgramme(spec)
	require.EqualError(t, err, "kinds[3].rates: falls in no band: got age 0, want a rate for everyone, or partial")
}

func TestAProgrammeKeepsNothingOfItsSpecAndIsReadAsWritten(t *testing.T) {
	spec := programmeSpec()
	p := must(aid.NewProgramme(spec))
	spec.Kinds[0].Rates[0].When[0].Is[0], spec.Kinds[1].Rates[0].Most.Lowest[0].Total[0].Share.Of = "x", "x"
	spec.Kinds[0].Year.Month, spec.Limits[0].Kinds[0], spec.Traits[0].Terms[0].Key = 9, "x", "x"
	*spec.Kinds[2].Rates[0].Exactly.Fixed = yuan("1")
	assert.Equal(t, programmeSpec(), p.Spec())
	data, err := p.MarshalJSON()
	require.NoError(t, err)
	var read aid.Programme
	require.NoError(t, read.UnmarshalJSON(data))
	assert.Equal(t, p.ID(), read.ID())
	assert.Equal(t, "programme", read.Rule().Key)
	require.Error(t, read.UnmarshalJSON([]byte(strings.Replace(string(data), `"living"`, `""`, 1))))
	require.Error(t, read.UnmarshalJSON([]byte(`{"union":"aid.programme/2"}`)))
	assert.Equal(t, p.ID(), read.ID())
	_, err = aid.Programme{}.MarshalJSON()
	require.ErrorIs(t, err, union.ErrMissing)
}

func asking(kind, sum string) aid.Application {
	return aid.Application{
		ID: "A-1", Kind: kind, Household: "H-1", Person: "P-1", Area: "例县", On: day("2010-12-01"), Asked: yuan(sum),
		Traits: map[string]string{"category": "extreme", "stage": "college"},
		Facts:  map[string]union.Number{"paid": union.MustParseNumber("10001"), "age": union.Whole(17)},
	}
}

func known(grants ...aid.Grant) aid.Background {
	return aid.Background{Lines: countyLines(), Granted: grants, File: union.Judged("file H-1")}
}

func given(kind, on, sum string) aid.Grant {
	return aid.Grant{Kind: kind, Household: "H-1", Person: "P-1", On: day(on), Amount: yuan(sum)}
}

func TestAnApplicationThatCannotBeReadSaysWhere(t *testing.T) {
	for reason, each := range map[string]struct {
		change func(*aid.Application)
		want   error
		where  string
	}{
		"no id":                     {func(a *aid.Application) { a.ID = "" }, union.ErrMissing, "id"},
		"no kind":                   {func(a *aid.Application) { a.Kind = "" }, union.ErrMissing, "kind"},
		"another kind":              {func(a *aid.Application) { a.Kind = "x" }, union.ErrUnknown, "kind"},
		"no day":                    {func(a *aid.Application) { a.On = union.Date{} }, union.ErrMissing, "on"},
		"no household":              {func(a *aid.Application) { a.Household = "" }, union.ErrMissing, "household"},
		"a number as household":     {func(a *aid.Application) { a.Household = "11010519491231002X" }, union.ErrText, "household"},
		"a number as person":        {func(a *aid.Application) { a.Person = "11010519491231002X" }, union.ErrText, "person"},
		"no trait":                  {func(a *aid.Application) { delete(a.Traits, "category") }, union.ErrMissing, "traits.category"},
		"a trait that is not there": {func(a *aid.Application) { a.Traits["x"] = "y" }, union.ErrUnknown, "traits"},
		"a term that is not there":  {func(a *aid.Application) { a.Traits["stage"] = "y" }, union.ErrUnknown, "traits.stage"},
		"a fact that is not there":  {func(a *aid.Application) { a.Facts["x"] = union.Whole(1) }, union.ErrUnknown, "facts"},
		"a fact below zero":         {func(a *aid.Application) { a.Facts["loss"] = union.Whole(-1) }, union.ErrRange, "facts.loss"},
		"no area":                   {func(a *aid.Application) { a.Area = "" }, union.ErrMissing, "area"},
		"another area":              {func(a *aid.Application) { a.Area = "邻县" }, union.ErrUnknown, "area"},
		"nothing asked":             {func(a *aid.Application) { a.Asked = union.Money{} }, union.ErrRange, "asked"},
	} {
		a := asking("living", "100")
		each.change(&a)
		_, err := programme().Judge(a, known())
		require.ErrorIs(t, err, each.want, reason)
		assert.Equal(t, each.where, union.Faults(err)[0].Where, reason)
		if reason != "nothing asked" {
			_, err = programme().Working(a, countyLines())
			require.ErrorIs(t, err, each.want, reason)
			_, err = programme().Entitlement(a, countyLines())
			require.ErrorIs(t, err, each.want, reason)
		}
	}
	medical := asking("medical", "1")
	delete(medical.Facts, "paid")
	_, err := programme().Judge(medical, known())
	require.ErrorIs(t, err, union.ErrMissing)
	assert.Equal(t, "facts.paid", union.Faults(err)[0].Where)
	_, err = aid.Programme{}.Judge(asking("living", "100"), known())
	require.ErrorIs(t, err, union.ErrMissing)
	spec := programmeSpec()
	spec.Effective = union.MustParsePeriod("2011-01-01/..")
	_, err = must(aid.NewProgramme(spec)).Judge(asking("living", "100"), known())
	require.ErrorIs(t, err, union.ErrRange)
	for where, grant := range map[string]aid.Grant{
		"granted[0].kind": {Kind: "x", On: mayDay}, "granted[0].on": {Kind: "living"}, "granted[0].amount": {Kind: "living", On: mayDay, Amount: yuan("-1")},
	} {
		_, err := programme().Judge(asking("living", "100"), known(grant))
		require.Error(t, err, where)
		assert.Equal(t, where, union.Faults(err)[0].Where)
	}
}

func TestASumThatIsNoWholeFenIsRefusedUnlessItIsRounded(t *testing.T) {
	spec := programmeSpec()
	a := asking("medical", "1")
	a.Facts["paid"] = union.MustParseNumber("0.99")
	assert.Equal(t, "0.00", must(programme().Entitlement(a, aid.Lines{})).Most.String())
	a.Facts["paid"] = union.MustParseNumber("1")
	assert.Equal(t, "1.00", must(programme().Entitlement(a, aid.Lines{})).Most.String(), "half a yuan, half up")
	spec.Kinds[1].Rounding = union.Rounding{}
	exact := must(aid.NewProgramme(spec))
	a.Facts["paid"] = union.MustParseNumber("0.01")
	_, err := exact.Entitlement(a, aid.Lines{})
	require.Error(t, err)
	assert.Equal(t, "rates[0].most", union.Faults(err)[0].Where)
	a.Facts["paid"] = union.MustParseNumber("0.001")
	_, err = exact.Entitlement(a, aid.Lines{})
	require.Error(t, err)
	assert.Equal(t, "facts.paid", union.Faults(err)[0].Where)
}

func TestAVerdictOnAnApplicationTellsWhatMayBeApproved(t *testing.T) {
	unfiled := known()
	unfiled.File = union.Judged("file H-1", union.Reason{Standing: union.Unmet})
	for reason, each := range map[string]struct {
		application aid.Application
		known       aid.Background
		standing    union.Standing
		may         string
		failed      []string
	}{
		"as much as twelve months of the line":          {asking("living", "3120"), known(), union.Met, "3120.00", []string{}},
		"a fen more":                                    {asking("living", "3120.01"), known(), union.Unmet, "3120.00", []string{"asked.most", "granted"}},
		"less than the least":                           {asking("living", "99.99"), known(), union.Unmet, "3120.00", []string{"asked.least"}},
		"no file":                                       {asking("living", "100"), unfiled, union.Unmet, "", []string{"file"}},
		"a file of which nothing is known":              {asking("living", "100"), aid.Background{Lines: countyLines()}, union.Unknown, "3120.00", []string{"file"}},
		"granted before, by which less than least left": {asking("living", "100"), known(given("living", "2010-01-01", "3020.01")), union.Unmet, "", []string{"granted"}},
		"more granted before than the ceiling":          {asking("living", "100"), known(given("living", "2010-01-01", "9999")), union.Unmet, "", []string{"granted"}},
		"granted in another year or later":              {asking("living", "3120"), known(given("living", "2009-12-31", "3020.01"), given("living", "2010-12-02", "9")), union.Met, "3120.00", []string{}},
		"granted three times":                           {asking("living", "100"), known(given("living", "2010-01-01", "1"), given("living", "2010-02-01", "1"), given("living", "2010-12-01", "1")), union.Unmet, "", []string{"times"}},
		"a third kind in the year":                      {asking("living", "100"), known(given("medical", "2010-01-01", "1"), given("student", "2010-12-01", "1")), union.Unmet, "", []string{"limits[1].different"}},
		"two kinds in the year":                         {asking("living", "100"), known(given("medical", "2010-01-01", "1"), given("medical", "2010-02-01", "1")), union.Met, "3120.00", []string{}},
		"all of it granted":                             {asking("medical", "1"), known(given("medical", "2010-01-01", "5001")), union.Unmet, "", []string{"granted"}},
		"a grant of nothing is one all the same":        {asking("living", "100"), known(given("living", "2010-01-01", "0"), given("living", "2010-02-01", "0"), given("living", "2010-12-01", "0")), union.Unmet, "", []string{"times"}},
		"half of what was paid, rounded":                {asking("medical", "5001"), known(), union.Met, "5001.00", []string{}},
		"a yuan more than that":                         {asking("medical", "5002"), known(), union.Unmet, "5001.00", []string{"asked.most", "granted"}},
		"exactly the rate":                              {asking("student", "4000"), known(), union.Met, "4000.00", []string{}},
		"more than the rate":                            {asking("student", "4000.01"), known(), union.Unmet, "4000.00", []string{"asked.exactly"}},
		"less than the rate":                            {asking("student", "3999.99"), known(), union.Unmet, "4000.00", []string{"asked.exactly"}},
		"aided by the other office in the school year":  {asking("student", "4000"), known(given("board", "2010-09-01", "1000")), union.Unmet, "", []string{"limits[0].times"}},
		"aided in the last school year":                 {asking("student", "4000"), known(given("board", "2010-08-31", "1000")), union.Met, "4000.00", []string{}},
		"nobody's age":                                  {withAge(asking("board", "1000"), 19), known(), union.Unmet, "", []string{"rate"}},
		"the last age":                                  {withAge(asking("board", "1000"), 18), known(), union.Met, "1000.00", []string{}},
	} {
		verdict, err := programme().Judge(each.application, each.known)
		require.NoError(t, err, reason)
		assert.Equal(t, each.standing, verdict.Standing, reason)
		assert.Equal(t, each.may, verdict.Answer, reason)
		assert.Equal(t, each.failed, places(verdict.Failed()), reason)
	}
	later := asking("student", "5000")
	later.On = day("2011-01-01")
	assert.True(t, must(programme().Judge(later, known())).Holds(), "the rate of the next year")
}

func withAge(a aid.Application, age int64) aid.Application {
	a.Facts["age"] = union.Whole(age)
	return a
}

// A sum that is paid exactly is not paid at all where a fact is lower.
func TestAnExactSumAboveAFactIsNotPaid(t *testing.T) {
	spec := programmeSpec()
	spec.Kinds[2].AtMost = []string{"paid"}
	p := must(aid.NewProgramme(spec))
	a := asking("student", "4000")
	a.Facts["paid"] = union.MustParseNumber("3999.99")
	verdict := must(p.Judge(a, known()))
	assert.Equal(t, []string{"asked.paid"}, places(verdict.Failed()))
	assert.Empty(t, verdict.Answer)
}

func TestGrantsThatSumToTooMuchAreAFault(t *testing.T) {
	huge := given("living", "2010-01-01", "0")
	huge.Amount = union.Fen(1<<63 - 1)
	_, err := programme().Judge(asking("living", "100"), known(huge, given("living", "2010-02-01", "0.01")))
	require.ErrorIs(t, err, union.ErrOverflow)
}

// entitled is what a programme gives on what was paid and lost.
type entitled func(paid, loss int64) (union.Money, error)

// byHand states that the medical aid is half of what was paid and a tenth of what
// was lost, at most 20,000 together, to the yuan, worked out with big fractions.
func byHand(give entitled) laws.Law {
	return func(r *rapid.T) error {
		paid, loss := rapid.Int64Range(0, 5_000_000).Draw(r, "fen paid"), rapid.Int64Range(0, 20_000_000).Draw(r, "fen lost")
		got, err := give(paid, loss)
		if err != nil {
			return err
		}
		sum := new(big.Rat).Add(big.NewRat(paid, 200), big.NewRat(loss, 1000))
		if most := big.NewRat(20000, 1); sum.Cmp(most) > 0 {
			sum = most
		}
		whole, _ := new(big.Int).SetString(sum.FloatString(0), 10) // half away from zero
		if got != union.Fen(100*whole.Int64()) {
			return fmt.Errorf("%d fen paid, %d lost: %v, want %v", paid, loss, got, whole)
		}
		return nil
	}
}

func medicalOf(p aid.Programme) entitled {
	return func(paid, loss int64) (union.Money, error) {
		a := asking("medical", "1")
		a.Facts = map[string]union.Number{"paid": union.Fen(paid).Number(), "loss": union.Fen(loss).Number()}
		entitlement, err := p.Entitlement(a, aid.Lines{})
		return entitlement.Most, err
	}
}

func TestAnAmountIsWhatIsWorkedOutByHand(t *testing.T) {
	laws.Holds(t, byHand(medicalOf(programme())))
	for reason, change := range map[string]func(*aid.Kind){
		"truncated":             func(k *aid.Kind) { k.Rounding.Mode = union.Truncate },
		"the highest":           func(k *aid.Kind) { m := k.Rates[0].Most; m.Highest, m.Lowest = m.Lowest, nil },
		"the higher of the two": func(k *aid.Kind) { a := &k.Rates[0].Most.Lowest[0]; a.Highest, a.Total = a.Total, nil },
	} {
		t.Run(reason, func(t *testing.T) {
			spec := programmeSpec()
			change(&spec.Kinds[1])
			laws.Rejects(t, byHand(medicalOf(must(aid.NewProgramme(spec)))))
		})
	}
}

func TestSharesInSlicesAreTotalled(t *testing.T) {
	slice := func(rate, above, upTo string) aid.Amount {
		return aid.Amount{Share: &aid.FactShare{Of: "paid", Rate: union.MustParseNumber(rate), Above: union.MustParseNumber(above), UpTo: union.MustParseNumber(upTo)}}
	}
	spec := programmeSpec()
	spec.Kinds[1].Rates[0].Most = &aid.Amount{Total: []aid.Amount{slice("0.1", "1000", "5000"), slice("0.2", "5000", "10000"), slice("0.3", "10000", "0")}}
	p := must(aid.NewProgramme(spec))
	for paid, want := range map[string]string{"1000": "0.00", "1010": "1.00", "5000": "400.00", "10000": "1400.00", "20000": "4400.00"} {
		a := asking("medical", "1")
		a.Facts["paid"] = union.MustParseNumber(paid)
		assert.Equal(t, want, must(p.Entitlement(a, aid.Lines{})).Most.String(), paid)
	}
	a := asking("medical", "1")
	working := must(p.Working(a, aid.Lines{})).String()
	assert.Contains(t, working, "超过1000的部分，不超过5000的部分 × 0.1")
	assert.Contains(t, working, "超过10000的部分，× 0.3")
	assert.Contains(t, working, "合计")
}

// judgeApplication is what says yes or no, and how much.
type judgeApplication func(aid.Application, aid.Background) (union.Verdict, error)

// noMoreThanIsLeft states that a sum of living aid may be approved exactly if it is
// at least 100 and, with what was granted in the calendar year, at most twelve times
// the line of the day; and that the answer is the highest such sum.
func noMoreThanIsLeft(judge judgeApplication) laws.Law {
	return func(r *rapid.T) error {
		a := asking("living", "100")
		a.On = must(day("2010-08-01").AddDays(rapid.IntRange(0, 200).Draw(r, "days")))
		a.Asked = union.Fen(rapid.SampledFrom([]int64{9999, 10000, 100000, 187999, 188000, 188001, 212000, 212001, 288000, 312000, 312001}).Draw(r, "fen"))
		var grants []aid.Grant
		granted, times := int64(0), 0
		for i := range rapid.IntRange(0, 3).Draw(r, "grants") {
			grant := given("living", must(day("2010-06-01").AddDays(rapid.IntRange(0, 300).Draw(r, "day"))).String(), "0")
			grant.Amount = union.Fen(rapid.SampledFrom([]int64{100000, 1, 99999}).Draw(r, "granted"))
			grant.Household = []string{"H-1", "H-2"}[rapid.IntRange(0, 1).Draw(r, "household")]
			grant.Kind = []string{"living", "medical"}[rapid.IntRange(0, 1).Draw(r, "kind")]
			if grant.Household == "H-1" && grant.Kind == "living" && grant.On.Year() == a.On.Year() && !grant.On.After(a.On) {
				granted += grant.Amount.Fen()
				times++
			}
			grants = slices.Insert(grants, rapid.IntRange(0, i).Draw(r, "place"), grant)
		}
		verdict, err := judge(a, known(grants...))
		if err != nil {
			return err
		}
		ceiling := int64(12 * 24000)
		if !a.On.Before(day("2010-10-01")) {
			ceiling = 12 * 26000
		}
		asked := a.Asked.Fen()
		want := asked >= 10000 && granted+asked <= ceiling && times < 3
		answer := ""
		if left := ceiling - granted; left >= 10000 && times < 3 {
			answer = union.Fen(left).String()
		}
		if verdict.Holds() != want || verdict.Answer != answer {
			return fmt.Errorf("%v after %v: %v, want %v and %q", a, grants, verdict, want, answer)
		}
		return nil
	}
}

func TestAnApplicationGetsNoMoreThanIsLeft(t *testing.T) {
	laws.Holds(t, noMoreThanIsLeft(programme().Judge))
	for reason, twin := range map[string]judgeApplication{
		"what was granted is forgotten": func(a aid.Application, k aid.Background) (union.Verdict, error) {
			k.Granted = nil
			return programme().Judge(a, k)
		},
		"what others got counts": func(a aid.Application, k aid.Background) (union.Verdict, error) {
			for i := range k.Granted {
				k.Granted[i].Household = a.Household
			}
			return programme().Judge(a, k)
		},
		"other kinds count": func(a aid.Application, k aid.Background) (union.Verdict, error) {
			for i := range k.Granted {
				k.Granted[i].Kind = a.Kind
			}
			return programme().Judge(a, k)
		},
		"later grants and other years count": func(a aid.Application, k aid.Background) (union.Verdict, error) {
			for i := range k.Granted {
				k.Granted[i].On = a.On
			}
			return programme().Judge(a, k)
		},
	} {
		t.Run(reason, func(t *testing.T) { laws.Rejects(t, noMoreThanIsLeft(twin)) })
	}
	t.Run("the line of the first day", func(t *testing.T) {
		laws.Rejects(t, noMoreThanIsLeft(func(a aid.Application, k aid.Background) (union.Verdict, error) {
			spec := countyLines().Spec()
			spec.List[1].Amount = spec.List[0].Amount
			k.Lines = must(aid.NewLines(spec))
			return programme().Judge(a, k)
		}))
	})
}

// sharedOut states that the parts of a sum add up to it, and that each is within a
// fen of its share.
func sharedOut(share func(union.Money) ([]aid.CostPart, error)) laws.Law {
	return func(r *rapid.T) error {
		sum := union.Fen(rapid.Int64Range(0, 1_000_000).Draw(r, "fen"))
		parts, err := share(sum)
		if err != nil {
			return err
		}
		if len(parts) != 2 || parts[0].Amount.Fen()+parts[1].Amount.Fen() != sum.Fen() {
			return fmt.Errorf("%v is shared out as %v", sum, parts)
		}
		if off := 3*parts[0].Amount.Fen() - 2*sum.Fen(); off <= -3 || off >= 3 {
			return fmt.Errorf("two thirds of %v are %v", sum, parts[0])
		}
		return nil
	}
}

func TestASumIsSharedOutToTheFen(t *testing.T) {
	share := func(sum union.Money) ([]aid.CostPart, error) { return programme().CostParts("living", 0, sum) }
	laws.Holds(t, sharedOut(share))
	laws.Rejects(t, sharedOut(func(sum union.Money) ([]aid.CostPart, error) {
		each := union.Fen(sum.Fen() / 3) // what is left over goes nowhere
		return []aid.CostPart{{Source: "city", Amount: union.Fen(2 * each.Fen())}, {Source: "county", Amount: each}}, nil
	}))
	for where, call := range map[string]func() ([]aid.CostPart, error){
		"kind": func() ([]aid.CostPart, error) { return programme().CostParts("x", 0, yuan("1")) },
		"rate": func() ([]aid.CostPart, error) { return programme().CostParts("living", 2, yuan("1")) },
		"sum":  func() ([]aid.CostPart, error) { return programme().CostParts("living", 0, yuan("-1")) },
	} {
		_, err := call()
		require.Error(t, err, where)
		assert.Equal(t, where, union.Faults(err)[0].Where)
	}
	_, err := programme().CostParts("student", 3, yuan("1"))
	require.EqualError(t, err, "rate: out of range: got 3, want 0 to 2")
	parts, err := programme().CostParts("living", 1, yuan("1"))
	require.NoError(t, err)
	assert.Empty(t, parts)
}

func TestTheWorkingOfAnApplicationNamesItsInputs(t *testing.T) {
	a := asking("living", "100")
	assert.Equal(t, `生活救助 = 100.00至3120.00
  § 困难职工帮扶办法（2010），例县总工会〔2010〕3号
  · 困难类别: 特困
  最低 = 100
    § 定额
  最高 = 3120
    § 最低生活保障线 × 12
    · 最低生活保障线（月人均）: 260.00
`, must(programme().Working(a, countyLines())).String())
	nobody := must(programme().Working(withAge(asking("board", "1"), 20), aid.Lines{}))
	assert.Equal(t, "不予救助", nobody.Result)
	var sanming aid.Programme
	kept("programmes/tiers.json", &sanming)
	tier := func(sum string) union.Working {
		return must(sanming.Working(aid.Application{
			ID: "A-1", Kind: "medical", Person: "P-1", On: mayDay, Facts: map[string]union.Number{"net_self_paid": union.MustParseNumber(sum)},
		}, aid.Lines{}))
	}
	assert.Contains(t, tier("30000").String(), "分档：(20000,30000]")
	assert.Contains(t, tier("30000").String(), "该档 = 3000")
	assert.Contains(t, tier("10000").String(), "不在各档之内")
	assert.Contains(t, tier("10000.01").String(), "分档：(10000,20000]", "the first of them")
	rounded := must(programme().Working(asking("medical", "1"), aid.Lines{}))
	assert.Equal(t, "四舍五入，取整数", rounded.Rounding)
}
