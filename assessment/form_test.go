package assessment_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
)

func TestAFormReportsEachFaultAtItsPlace(t *testing.T) {
	many := make([]string, 251)
	for i := range many {
		many[i] = fmt.Sprint("a", i)
	}
	for name, each := range map[string]struct {
		change func(*assessment.FormSpec)
		want   error
		where  string
	}{
		"no key of the rule":     {func(s *assessment.FormSpec) { s.Key = "" }, union.ErrMissing, "key"},
		"no criteria":            {func(s *assessment.FormSpec) { s.Criteria, s.Satisfied, s.Spreads = nil, nil, nil }, union.ErrMissing, "criteria"},
		"no answers":             {func(s *assessment.FormSpec) { s.Criteria[1].Answers = nil }, union.ErrMissing, "criteria[1].answers"},
		"too many answers":       {func(s *assessment.FormSpec) { s.Criteria[1].Answers = answers(many...) }, union.ErrRange, "criteria[1].answers"},
		"a criterion twice":      {func(s *assessment.FormSpec) { s.Criteria[1].Key = "one" }, union.ErrRepeated, "criteria[1].key"},
		"a criterion, no key":    {func(s *assessment.FormSpec) { s.Criteria[1].Key = "" }, union.ErrMissing, "criteria[1].key"},
		"a criterion, no title":  {func(s *assessment.FormSpec) { s.Criteria[1].Title = "" }, union.ErrMissing, "criteria[1].title"},
		"a key with a slash":     {func(s *assessment.FormSpec) { s.Criteria[1].Key = "a/b" }, union.ErrText, "criteria[1].key"},
		"a key with a point":     {func(s *assessment.FormSpec) { s.Classes[0].Key = "a.b" }, union.ErrText, "classes[0].key"},
		"the key with a point":   {func(s *assessment.FormSpec) { s.Key = "ballot.one" }, union.ErrText, "key"},
		"the key of blanks":      {func(s *assessment.FormSpec) { s.Criteria[0].Answers[1].Key = "blank" }, union.ErrText, "criteria[0].answers[1].key"},
		"the key of void marks":  {func(s *assessment.FormSpec) { s.Criteria[0].Answers[1].Key = "void" }, union.ErrText, "criteria[0].answers[1].key"},
		"the key of the bases":   {func(s *assessment.FormSpec) { s.Criteria[1].Key = "bases" }, union.ErrText, "criteria[1].key"},
		"an answer twice":        {func(s *assessment.FormSpec) { s.Criteria[0].Answers[1].Key = "good" }, union.ErrRepeated, "criteria[0].answers[1].key"},
		"a class twice":          {func(s *assessment.FormSpec) { s.Classes[1].Key = "party" }, union.ErrRepeated, "classes[1].key"},
		"a reason twice":         {func(s *assessment.FormSpec) { s.Spreads[0].Key = "torn" }, union.ErrRepeated, "spreads[0].key"},
		"a reason without title": {func(s *assessment.FormSpec) { s.Spoils[0].Title = "" }, union.ErrMissing, "spoils[0].title"},
		"a spread of nothing":    {func(s *assessment.FormSpec) { s.Spreads[0].Answers, s.Spreads[0].Max = nil, 0 }, union.ErrMissing, "spreads[0]"},
		"a spread of two things": {func(s *assessment.FormSpec) { s.Spreads[0].Varied = true }, union.ErrRepeated, "spreads[0]"},
		"a spread without bound": {func(s *assessment.FormSpec) { s.Spreads[0].Max = 0 }, union.ErrMissing, "spreads[0]"},
		"a spread below zero":    {func(s *assessment.FormSpec) { s.Spreads[0].Max = -1 }, union.ErrRange, "spreads[0].min"},
		"a spread never met":     {func(s *assessment.FormSpec) { s.Spreads[0].Min, s.Spreads[0].Max = 3, 0 }, union.ErrRange, "spreads[0].min"},
		"a spread of no points": {func(s *assessment.FormSpec) {
			s.Spreads[0].Answers, s.Spreads[0].Points = nil, intervalRef("[90,)")
		}, union.ErrUnknown, "spreads[0].points"},
		"a spread of answers and points": {func(s *assessment.FormSpec) { s.Spreads[0].Points = intervalRef("[90,)") }, union.ErrRepeated, "spreads[0]"},
		"a spread turned round":          {func(s *assessment.FormSpec) { s.Spreads[0].Min = 2 }, union.ErrOrder, "spreads[0].min"},
		"a spread of no answer":          {func(s *assessment.FormSpec) { s.Spreads[0].Answers = []string{"fair"} }, union.ErrUnknown, "spreads[0].answers[0]"},
		"no base":                        {func(s *assessment.FormSpec) { s.Base = 0 }, union.ErrMissing, "base"},
		"a base that is none":            {func(s *assessment.FormSpec) { s.Base = 99 }, union.ErrUnknown, "base"},
		"no balance":                     {func(s *assessment.FormSpec) { s.Balance = 0 }, union.ErrMissing, "balance"},
		"no rounding":                    {func(s *assessment.FormSpec) { s.Rounding = union.Rounding{} }, union.ErrMissing, "rounding.mode"},
		"satisfied, no answers":          {func(s *assessment.FormSpec) { s.Satisfied.Answers = nil }, union.ErrMissing, "satisfied.answers"},
		"satisfied, no base":             {func(s *assessment.FormSpec) { s.Satisfied.Base = 0 }, union.ErrMissing, "satisfied.base"},
		"satisfied, an unknown":          {func(s *assessment.FormSpec) { s.Satisfied.Answers[0] = "fair" }, union.ErrUnknown, "satisfied.answers[0]"},
		"overall of no criterion":        {func(s *assessment.FormSpec) { s.Satisfied.Overall = "three" }, union.ErrUnknown, "satisfied.overall"},
	} {
		t.Run(name, func(t *testing.T) {
			spec := classForm()
			each.change(&spec)
			_, err := assessment.NewForm(spec)
			require.ErrorIs(t, err, each.want)
			assert.Contains(t, wheres(err), each.where)
		})
	}
	_, err := assessment.NewForm(assessment.FormSpec{})
	assert.Len(t, union.Faults(err), 4+1+1+2, "all faults are told at once")
}

func TestAFormReadsBack(t *testing.T) {
	readsBack(t, newForm(t, classForm()), "assessment.form/1")
	names, err := filepath.Glob("testdata/rules/*.json")
	require.NoError(t, err)
	read := 0
	for _, name := range names {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		var form assessment.Form
		if form.UnmarshalJSON(data) == nil { // else it is another rule, or to be refused
			readsBack(t, form, "assessment.form/1")
			read++
		}
	}
	require.GreaterOrEqual(t, read, 10)
}

func TestAFormKeepsNothingOfItsSpec(t *testing.T) {
	spec := classForm()
	form := newForm(t, spec)
	spec.Criteria[0].Answers[0].Key = "changed"
	spec.Satisfied.Answers[0] = "changed"
	assert.Equal(t, "good", form.Spec().Criteria[0].Answers[0].Key)
	form.Spec().Criteria[0].Answers[0].Key = "changed"
	assert.Equal(t, "good", form.Spec().Criteria[0].Answers[0].Key)
	assert.Equal(t, "good", form.Spec().Satisfied.Answers[0])
}

func TestTheZeroFormRefusesAll(t *testing.T) {
	var form assessment.Form
	_, err := form.Sheet("", nil)
	require.ErrorIs(t, err, union.ErrMissing)
	_, err = form.SpoiledSheet("", "torn")
	require.ErrorIs(t, err, union.ErrMissing)
	_, err = form.Count(form.Box())
	require.ErrorIs(t, err, union.ErrRule)
	_, err = form.Figures(assessment.Outcome{})
	require.ErrorIs(t, err, union.ErrRule)
	_, err = form.Satisfied(assessment.Outcome{}, "")
	require.ErrorIs(t, err, union.ErrRule)
	assert.Equal(t, assessment.FormSpec{}, form.Spec())
}

func TestAPaperIsCodedFromText(t *testing.T) {
	form := newForm(t, classForm())
	sheet, err := form.Sheet("mass", map[string]string{"one": "poor", "two": "void"})
	require.NoError(t, err)
	assert.Equal(t, assessment.Sheet{Class: 2, Answers: []uint8{2, 255}}, sheet)
	sheet, err = form.Sheet("party", map[string]string{"one": ""})
	require.NoError(t, err)
	assert.Equal(t, assessment.Sheet{Class: 1, Answers: []uint8{0, 0}}, sheet)
	sheet, err = form.SpoiledSheet("lead", "torn")
	require.NoError(t, err)
	assert.Equal(t, assessment.Sheet{Class: 3, Spoil: 1}, sheet)
}

func TestAPaperThatCannotBeReadIsNotQuoted(t *testing.T) {
	form := newForm(t, classForm())
	for name, each := range map[string]struct {
		class   string
		answers map[string]string
		where   string
	}{
		"a class not of the form":     {"guests", nil, "class"},
		"no class":                    {"", nil, "class"},
		"a criterion not of the form": {"mass", map[string]string{"three": "good"}, "answers"},
		"a number for a criterion":    {"mass", map[string]string{"11010519491231002X": "good"}, "answers"},
		"an answer not of the form":   {"mass", map[string]string{"one": "王某某"}, "answers.one"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := form.Sheet(each.class, each.answers)
			require.ErrorIs(t, err, union.ErrUnknown)
			assert.Equal(t, each.where, union.Faults(err)[0].Where)
			assert.NotContains(t, err.Error(), "王某某")
			assert.NotContains(t, err.Error(), "11010519491231002X")
		})
	}
	_, err := form.SpoiledSheet("mass", "wet")
	require.ErrorIs(t, err, union.ErrUnknown)
	_, err = form.SpoiledSheet("guests", "torn")
	require.ErrorIs(t, err, union.ErrUnknown)
}

// The three rules over a whole sheet, on papers of three questions.
func TestASheetIsVoidedByTheFirstRuleItBreaks(t *testing.T) {
	spec := smallForm()
	spec.Criteria = nil
	for _, key := range []string{"one", "two", "three"} {
		spec.Criteria = append(spec.Criteria, assessment.Criterion{Key: key, Title: key, Answers: answers("a", "b", "c")})
	}
	// The last question lists its answers the other way about: equal answers are
	// those with equal keys.
	spec.Criteria[2].Answers = answers("c", "b", "a")
	spec.Satisfied = nil
	forced := assessment.Spread{Key: "forced", Title: "强制分布", Answers: []string{"a", "b"}, Min: 1, Max: 2}
	distinct := assessment.Spread{Key: "distinct", Title: "名次重复", Distinct: true}
	varied := assessment.Spread{Key: "varied", Title: "全部相同", Varied: true}
	for name, each := range map[string]struct {
		spread assessment.Spread
		marks  []uint8
		void   bool
	}{
		"one of the answers is the least":     {forced, []uint8{1, 3, 1}, false},
		"two are the most":                    {forced, []uint8{1, 2, 1}, false},
		"three are too many":                  {forced, []uint8{1, 2, 3}, true},
		"none is too few":                     {forced, []uint8{3, 0, 1}, true},
		"more than a least is no matter":      {assessment.Spread{Key: "least", Title: "下限", Answers: []string{"a"}, Min: 1}, []uint8{1, 1, 3}, false},
		"exactly as many":                     {assessment.Spread{Key: "exact", Title: "定额", Answers: []string{"a"}, Min: 2, Max: 2}, []uint8{1, 1, 1}, false},
		"exactly as many, and one more":       {assessment.Spread{Key: "exact", Title: "定额", Answers: []string{"a"}, Min: 2, Max: 2}, []uint8{1, 1, 3}, true},
		"a void mark is none of them":         {forced, []uint8{255, 3, 1}, true},
		"places all different":                {distinct, []uint8{1, 2, 1}, false},
		"a place given twice":                 {distinct, []uint8{1, 2, 2}, true},
		"the same place by another code":      {distinct, []uint8{1, 2, 3}, true},
		"blanks are not places":               {distinct, []uint8{0, 0, 255}, false},
		"a later place given twice":           {distinct, []uint8{2, 2, 1}, true},
		"a blank before a place":              {distinct, []uint8{0, 2, 0}, false},
		"a place given twice after a blank":   {distinct, []uint8{0, 2, 2}, true},
		"all the same but for a blank":        {varied, []uint8{1, 0, 3}, true},
		"all the same after a void mark":      {varied, []uint8{255, 1, 3}, true},
		"all the same":                        {varied, []uint8{1, 1, 3}, true},
		"not all the same":                    {varied, []uint8{1, 2, 3}, false},
		"a single answer is not all the same": {varied, []uint8{1, 0, 255}, false},
	} {
		t.Run(name, func(t *testing.T) {
			with := spec
			with.Spreads = []assessment.Spread{each.spread}
			form := newForm(t, with)
			outcome, err := form.Count(boxOf(t, form, assessment.Sheet{Answers: each.marks}))
			require.NoError(t, err)
			want := map[string]int64{each.spread.Key: 0}
			if each.void {
				want[each.spread.Key] = 1
			}
			assert.Equal(t, want, outcome.Void["bases"])
			assert.Empty(t, outcome.Findings)
		})
	}
	spec.Spreads = []assessment.Spread{varied, forced}
	form := newForm(t, spec)
	outcome, err := form.Count(boxOf(t, form, assessment.Sheet{Answers: []uint8{3, 3, 1}}))
	require.NoError(t, err)
	assert.Equal(t, map[string]int64{"varied": 1, "forced": 0}, outcome.Void["bases"], "it breaks both")
	outcome, err = form.Count(boxOf(t, form, assessment.Sheet{Answers: []uint8{3, 0, 0}}))
	require.NoError(t, err)
	assert.Equal(t, map[string]int64{"varied": 0, "forced": 1}, outcome.Void["bases"], "it breaks the second alone")
}

func TestWhatDoesNotAddUpIsFoundAndNotRepaired(t *testing.T) {
	form := newForm(t, classForm())
	box := form.Box()
	require.NoError(t, box.AddCounts(assessment.Counts{
		Class: "party", Valid: 10, Void: map[string]int64{"torn": 1},
		Votes: map[string]map[string]int64{"one": {"good": 8, "poor": 2}, "two": {"good": 8, "blank": 1}},
	}))
	require.NoError(t, box.State("party", assessment.Entitled, 8))
	require.NoError(t, box.State("party", assessment.Present, 9))
	require.NoError(t, box.State("party", assessment.Issued, 10))
	require.NoError(t, box.State("party", assessment.Recovered, 12))
	outcome, err := form.Count(box)
	require.NoError(t, err)
	var found []string
	for _, finding := range outcome.Findings {
		found = append(found, finding.String())
	}
	assert.Equal(t, []string{
		"bases: recovered at most issued: got 12, want 10",
		"bases: issued at most entitled: got 10, want 8",
		"bases: present at most entitled: got 9, want 8",
		"bases: valid and void papers are those recovered: got 11, want 12",
		"two: answers, blanks and void marks are the valid papers: got 9, want 10",
		"party/bases: recovered at most issued: got 12, want 10",
		"party/bases: issued at most entitled: got 10, want 8",
		"party/bases: present at most entitled: got 9, want 8",
		"party/bases: valid and void papers are those recovered: got 11, want 12",
		"party/two: answers, blanks and void marks are the valid papers: got 9, want 10",
	}, found)
	assert.Equal(t, int64(12), outcome.Bases["bases"][assessment.Recovered], "as stated")
	_, known := outcome.Bases["mass/bases"][assessment.Issued]
	assert.False(t, known, "what nobody stated is not zero")
}

func TestAFormHasAtMostAsManyAnswersAsThereAreCodes(t *testing.T) {
	for many, fits := range map[int]bool{250: true, 251: false} {
		var keys []string
		for i := range many {
			keys = append(keys, "a"+strconv.Itoa(i))
		}
		spec := smallForm()
		spec.Criteria[0].Answers = answers(append(keys[1:], "good")...)
		_, err := assessment.NewForm(spec)
		assert.Equal(t, fits, err == nil, many)
	}
}

// Tellers may state one base and not those before it.
func TestABaseIsKnownThatIsStatedAlone(t *testing.T) {
	form := newForm(t, classForm())
	for base := assessment.Entitled; base <= assessment.Recovered; base++ {
		box := form.Box()
		require.NoError(t, box.State("mass", base, 7))
		outcome := must(form.Count(box))
		for at := assessment.Entitled; at < assessment.Recovered; at++ {
			n, known := outcome.Bases["mass/bases"][at]
			assert.Equal(t, at == base, known)
			assert.Equal(t, at == base, n == 7)
		}
		assert.Equal(t, base == assessment.Recovered, outcome.Bases["mass/bases"][assessment.Recovered] == 7, "else those that are counted: none")
		for _, class := range []string{"party", "mass", "lead"} {
			assert.Contains(t, outcome.Bases[class+"/bases"], assessment.Recovered, "of each class, stated or counted")
		}
	}
}

func TestACountTooLargeIsRefused(t *testing.T) {
	form := newForm(t, classForm())
	box := form.Box()
	require.NoError(t, box.AddCounts(assessment.Counts{Class: "party", Valid: full}))
	require.NoError(t, box.AddCounts(assessment.Counts{Class: "mass", Valid: 1}))
	_, err := form.Count(box)
	require.ErrorIs(t, err, union.ErrOverflow)

	box = form.Box()
	require.NoError(t, box.State("party", assessment.Issued, full))
	require.NoError(t, box.State("mass", assessment.Issued, 1))
	_, err = form.Count(box)
	require.ErrorIs(t, err, union.ErrOverflow)

	box = form.Box()
	require.NoError(t, box.AddCounts(assessment.Counts{Class: "mass", Valid: full, Void: map[string]int64{"torn": full, "forced": full}}))
	_, err = form.Count(box)
	require.ErrorIs(t, err, union.ErrOverflow)

	_, err = form.Count(newForm(t, smallForm()).Box())
	require.ErrorIs(t, err, union.ErrRule)
	outcome, err := form.Count(assessment.Box{})
	require.NoError(t, err)
	assert.Zero(t, outcome.Bases["bases"][assessment.Valid])
}

func TestNamedValuesReadBackWhatTheyPrint(t *testing.T) {
	for base := assessment.Entitled; base <= assessment.Expressed; base++ {
		text, err := base.MarshalText()
		require.NoError(t, err)
		var read assessment.Base
		require.NoError(t, read.UnmarshalText(text))
		assert.Equal(t, base, read)
		assert.NotEmpty(t, base.Title())
	}
	for _, effect := range []assessment.Effect{assessment.Zero, assessment.Lower, assessment.Bar} {
		text, err := effect.MarshalText()
		require.NoError(t, err)
		var read assessment.Effect
		require.NoError(t, read.UnmarshalText(text))
		assert.Equal(t, effect, read)
	}
	for _, way := range []assessment.Renormalise{assessment.ByWeight, assessment.ByMaximum} {
		text, err := way.MarshalText()
		require.NoError(t, err)
		var read assessment.Renormalise
		require.NoError(t, read.UnmarshalText(text))
		assert.Equal(t, way, read)
	}
	for _, base := range []assessment.GapBase{assessment.OfExemplar, assessment.OfOwn} {
		text, err := base.MarshalText()
		require.NoError(t, err)
		var read assessment.GapBase
		require.NoError(t, read.UnmarshalText(text))
		assert.Equal(t, base, read)
		assert.NotEmpty(t, base.Title())
	}
	var base assessment.Base
	var effect assessment.Effect
	var way assessment.Renormalise
	var of assessment.GapBase
	for _, text := range []string{"", "Valid", "other"} {
		require.ErrorIs(t, base.UnmarshalText([]byte(text)), union.ErrUnknown)
		require.ErrorIs(t, effect.UnmarshalText([]byte(text)), union.ErrUnknown)
		require.ErrorIs(t, way.UnmarshalText([]byte(text)), union.ErrUnknown)
		require.ErrorIs(t, of.UnmarshalText([]byte(text)), union.ErrUnknown)
	}
	assert.Empty(t, assessment.Base(9).Title()+assessment.GapBase(9).Title())
	assert.Equal(t, "Base(9) Effect(0)", fmt.Sprint(assessment.Base(9), " ", assessment.Effect(0)))
}
