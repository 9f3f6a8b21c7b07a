package aid_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
)

// placesOf returns where faults are, with what each breaks.
func placesOf(err error) map[string]error {
	places := map[string]error{}
	for _, fault := range union.Faults(err) {
		places[fault.Where] = fault.Unwrap()
	}
	return places
}

func TestBooksReportAllTheirFaults(t *testing.T) {
	_, err := aid.NewBooks(aid.BooksSpec{})
	assert.Equal(t, map[string]error{
		"key": union.ErrMissing, "version": union.ErrMissing, "title": union.ErrMissing, "source": union.ErrMissing,
		"sources": union.ErrMissing, "purposes": union.ErrMissing, "positions": union.ErrMissing, "funds": union.ErrMissing,
	}, placesOf(err))

	spec := booksSpec()
	spec.Sources[0].Key = "no key"
	spec.Purposes[0].Within = "university"
	spec.Purposes[1].Key = "living"
	spec.Purposes[2].Key = ""
	spec.Positions[0].Title = ""
	spec.Classes[0].Within = "relative"
	spec.Lines[1].Days = spec.Lines[0].Days
	spec.Wan = union.Rounding{Places: 2}
	_, err = aid.NewBooks(spec)
	for where, want := range map[string]error{
		"sources[0].key": union.ErrText, "purposes[0].within": union.ErrOrder, "purposes[1].key": union.ErrRepeated, "purposes[2].key": union.ErrMissing,
		"positions[0].title": union.ErrMissing, "classes[0].within": union.ErrUnknown, "lines[1].days": union.ErrOverlap, "wan.mode": union.ErrMissing,
	} {
		assert.Equal(t, want, placesOf(err)[where], where)
	}

	spec = booksSpec()
	spec.Funds[0].Source, spec.Funds[0].Purposes, spec.Funds[0].Residue = "none", []string{"living", "living", "travel"}, "none"
	spec.Funds[1].Key, spec.Funds[1].Residue = "central", "donated"
	spec.Funds[2].Title = ""
	spec.Funds[3].Residue = "appeal"
	year := aid.YearDay{Month: 2, Day: 29}
	minus := yuan("-1")
	spec.Ceilings[0].Year, spec.Ceilings[0].Purposes, spec.Ceilings[0].Per = &year, []string{"travel"}, 0
	spec.Ceilings[0].Limits = []aid.Limit{
		{}, {Classes: []string{"deep"}, Fixed: &minus}, {Classes: []string{"deep", "rich"}, Line: &aid.LineTimes{Area: "别县", Times: union.Whole(1)}},
		{Classes: []string{"relative"}, Line: &aid.LineTimes{}},
	}
	spec.Ceilings[1].Times = -1
	spec.Ceilings[2] = aid.Ceiling{Key: "schooling"}
	_, err = aid.NewBooks(spec)
	for where, want := range map[string]error{
		"funds[0].source": union.ErrUnknown, "funds[0].purposes[1]": union.ErrRepeated, "funds[0].purposes[2]": union.ErrUnknown, "funds[0].residue": union.ErrUnknown,
		"funds[1].key": union.ErrRepeated, "funds[1].until": union.ErrMissing, "funds[2].title": union.ErrMissing, "funds[3].residue": union.ErrOrder,
		"ceilings[0].purposes[0]": union.ErrUnknown, "ceilings[0].per": union.ErrMissing, "ceilings[0].year": union.ErrRange,
		"ceilings[0].limits[0]": union.ErrMissing, "ceilings[0].limits[1]": union.ErrOverlap, "ceilings[0].limits[1].fixed": union.ErrRange,
		"ceilings[0].limits[2].classes[0]": union.ErrOverlap, "ceilings[0].limits[2].classes[1]": union.ErrUnknown,
		"ceilings[0].limits[2].line.area": union.ErrUnknown, "ceilings[0].limits[3].line.area": union.ErrMissing,
		"ceilings[1].times": union.ErrRange, "ceilings[2].key": union.ErrRepeated, "ceilings[2].title": union.ErrMissing, "ceilings[2]": union.ErrMissing,
	} {
		assert.Equal(t, want, placesOf(err)[where], where)
	}
}

func TestACeilingMayBeOfNothingAndOfAMillionGrants(t *testing.T) {
	nothing := yuan("0")
	spec := booksSpec()
	spec.Ceilings[0].Limits = []aid.Limit{{Classes: []string{"deep"}, Fixed: &nothing}, {Line: &aid.LineTimes{Area: "例县"}}}
	spec.Ceilings[1].Times = 1_000_000
	_, err := aid.NewBooks(spec)
	require.NoError(t, err)
	spec.Ceilings[1].Times++
	_, err = aid.NewBooks(spec)
	assert.Equal(t, map[string]error{"ceilings[1].times": union.ErrRange}, placesOf(err))
}

func TestAMultipleOfALineMustComeOutInFen(t *testing.T) {
	spec := booksSpec()
	line := spec.Ceilings[0].Limits[1].Line
	line.Times = union.MustParseNumber("1/7")
	_, err := aid.NewBooks(spec)
	assert.Equal(t, union.ErrRange, placesOf(err)["ceilings[0].limits[1].line.times"])
	line.Rounding = union.Rounding{Mode: union.Up, Places: 0}
	limit, err := must(aid.NewBooks(spec)).Limit("living", "deep", day("2010-01-01"))
	require.NoError(t, err)
	assert.Equal(t, "35.00", limit.String(), "240 / 7, rounded up to the yuan")
	line.Rounding.Places = 99
	_, err = aid.NewBooks(spec)
	assert.Equal(t, union.ErrRange, placesOf(err)["ceilings[0].limits[1].line.rounding.places"])
	line.Rounding, line.Times = union.Rounding{}, union.Whole(-1)
	_, err = aid.NewBooks(spec)
	assert.Equal(t, union.ErrRange, placesOf(err)["ceilings[0].limits[1].line.times"])
	line.Times = union.MustParseNumber("1000000000000000000")
	_, err = aid.NewBooks(spec)
	assert.Equal(t, union.ErrOverflow, placesOf(err)["ceilings[0].limits[1].line.times"])
}

func TestBooksThatAreTooLargeAreRefused(t *testing.T) {
	spec := booksSpec()
	for len(spec.Positions) < 1<<11 {
		spec.Positions = append(spec.Positions, union.Term{Key: "p" + union.InputOf("", int64(len(spec.Positions))).Value, Title: "专户"})
	}
	fund := spec.Funds[1]
	for len(spec.Funds) < 1<<9 {
		fund.Key = "f" + union.InputOf("", int64(len(spec.Funds))).Value
		spec.Funds = append(spec.Funds, fund)
	}
	_, err := aid.NewBooks(spec)
	require.NoError(t, err)
	fund.Key = "one-more"
	spec.Funds = append(spec.Funds, fund)
	_, err = aid.NewBooks(spec)
	assert.Equal(t, union.ErrRange, placesOf(err)["positions"])
}

func TestLimitsAreAskedFor(t *testing.T) {
	for _, each := range []struct {
		ceiling, class, on string
		want               error
		limit              string
	}{
		{"living", "deep", "2010-06-30", nil, "2880.00"}, {"living", "", "2010-07-01", nil, "3120.00"}, {"living", "relative", "2010-07-01", nil, "2600.00"},
		{"schooling", "", "1999-01-01", nil, "2000.00"}, {"", "", "2010-07-01", union.ErrMissing, ""}, {"none", "", "2010-07-01", union.ErrUnknown, ""},
		{"living", "rich", "2010-07-01", union.ErrUnknown, ""}, {"living", "", "", union.ErrMissing, ""}, {"living", "", "2009-12-31", union.ErrRange, ""},
		{"training", "", "2010-07-01", union.ErrUndefined, ""},
	} {
		on, _ := union.ParseDate(each.on)
		limit, err := books().Limit(each.ceiling, each.class, on)
		require.ErrorIs(t, err, each.want)
		if each.want == nil {
			assert.Equal(t, each.limit, limit.String())
		}
	}
	_, err := aid.Books{}.Limit("living", "", day("2010-01-01"))
	require.ErrorIs(t, err, union.ErrUnknown)
}

func TestBooksAreReadAsTheyAreWritten(t *testing.T) {
	data, err := json.Marshal(books())
	require.NoError(t, err)
	var read aid.Books
	require.NoError(t, json.Unmarshal(data, &read))
	assert.Equal(t, books().ID(), read.ID())
	assert.Equal(t, books().Spec(), read.Spec())
	assert.Equal(t, "困难职工帮扶资金管理办法", read.Rule().Title)
	before := read.ID()
	for _, text := range []string{`{"union":"aid.books/2"}`, `{"union":"aid.books/1"}`, `null`, `{"union":"aid.books/1","ceilings":[{"per":"village"}]}`} {
		require.Error(t, json.Unmarshal([]byte(text), &read))
		assert.Equal(t, before, read.ID())
	}
	_, err = json.Marshal(aid.Books{})
	require.Error(t, err)
}

func TestBooksShareNothingWithTheirSpec(t *testing.T) {
	spec := booksSpec()
	made := must(aid.NewBooks(spec))
	for _, each := range []aid.BooksSpec{spec, made.Spec()} {
		each.Funds[0].Purposes[0], each.Ceilings[0].Limits[0].Classes[0] = "x", "x"
		each.Ceilings[0].Year.Month, each.Ceilings[1].Limits[0].Fixed = 12, nil
		*each.Ceilings[0].Limits[0].Line = aid.LineTimes{}
	}
	assert.Equal(t, booksSpec(), made.Spec())
	fixed := made.Spec().Ceilings[1].Limits[0].Fixed
	*fixed = yuan("1")
	assert.Equal(t, booksSpec(), made.Spec())
}

func TestWordsOfLedgersAreKnown(t *testing.T) {
	assert.Equal(t, "EntryKind(99)", aid.EntryKind(99).String())
	assert.Equal(t, "reverse", aid.EntryReverse.String())
	assert.Equal(t, "Holder(0)", aid.Holder(0).String())
	assert.Equal(t, "AccountWay(9)", aid.AccountWay(9).String())
	_, err := aid.EntryKind(0).MarshalText()
	require.ErrorIs(t, err, union.ErrUnknown)
	_, err = aid.Holder(0).MarshalText()
	require.ErrorIs(t, err, union.ErrUnknown)
	_, err = aid.AccountWay(0).MarshalText()
	require.ErrorIs(t, err, union.ErrUnknown)
}

func TestTheFiguresOfAStatementAreThoseOfItsLines(t *testing.T) {
	g := grant("g", "general", "", "300", "2010-05-04")
	g.For = aid.Use{Person: "P-1", Purpose: "university"}
	school := grant("school", "donated", "", "45.67", "2010-05-05")
	school.For = aid.Use{Person: "P-1", Purpose: "schooling"}
	l := ledgerOf(t, receipt("in", "donated", "12345.67", "2010-05-01"), receipt("in-2", "appeal", "100", "2010-05-01"), receipt("in-3", "general", "300", "2010-05-01"), g, school)
	s, err := l.Statement(union.MustParsePeriod("2010-05-01/2010-05-31"))
	require.NoError(t, err)
	figures, err := books().Figures(s)
	require.NoError(t, err)
	values := checkFigures(t, figures)
	for key, want := range map[string]string{
		"aid.funds.received": "12745.67元", "aid.funds.received.entries": "3笔", "aid.funds.received.wan": "1.274567万元", "aid.funds.granted.wan": "0.034567万元",
		"aid.fund.donated.closing": "12300.00元", "aid.source.donations.received": "12445.67元", "aid.source.own.granted": "300.00元",
		"aid.purpose.schooling.granted": "345.67元", "aid.purpose.schooling.granted.entries": "2笔", "aid.purpose.university.granted": "300.00元",
		"aid.position.bank.closing": "12400.00元", "aid.funds.pledged": "0.00元",
	} {
		assert.Equal(t, want, values[key], key)
	}
	before := "期间 2010-05-01/2010-05-31, 期初余额 0.00, 收入 12745.67, 利息 0.00, 转入 0.00, 救助支出 345.67, 退回 0.00, 转出 0.00"
	assert.Equal(t, before, inputsOf(t, figures, "aid.funds.closing"))
	assert.Equal(t, before, inputsOf(t, figures, "aid.funds.reserved"), "the closing is no input of what is reserved in it")
	_, err = aid.Books{}.Figures(s)
	require.ErrorIs(t, err, union.ErrMissing)
	for _, spoil := range []func(s *aid.Statement){
		func(s *aid.Statement) { s.Funds = nil }, func(s *aid.Statement) { s.Funds[0].Fund = "x" }, func(s *aid.Statement) { s.Purposes[0].Purpose = "x" },
		func(s *aid.Statement) { s.Positions[0].Position = "x" },
	} {
		other := must(l.Statement(s.Period))
		spoil(&other)
		_, err = books().Figures(other)
		require.ErrorIs(t, err, union.ErrUnknown)
	}
	most := union.Fen(9223372036854775807)
	for _, spoil := range []func(s *aid.Statement){
		func(s *aid.Statement) { s.Funds[2].Closing, s.Funds[3].Closing = most, most },
		func(s *aid.Statement) { s.Purposes[2].Granted.Amount, s.Purposes[3].Granted.Amount = most, most },
	} {
		other := must(l.Statement(s.Period))
		spoil(&other)
		_, err = books().Figures(other)
		require.ErrorIs(t, err, union.ErrOverflow)
	}
}

// The pairs are of funds and ceilings together: 2 and 2,046 with 513 purposes are more
// than 2²⁰.
func TestBooksOfTooManyPairsOfCeilingsAreRefused(t *testing.T) {
	spec := smallBooks()
	spec.Ceilings, spec.Purposes = make([]aid.Ceiling, 2046), make([]union.Term, 513)
	_, err := aid.NewBooks(spec)
	assert.Equal(t, union.ErrRange, placesOf(err)["purposes"])
}

// accountSpec is an account with a part that is one among others.
func accountSpec() aid.AccountFormSpec {
	return aid.AccountFormSpec{
		Rule: rule("account", "专户收支表"),
		Lines: []aid.AccountLineSpec{
			{Key: "opening", Title: "上年结余", Way: aid.AccountOpening}, {Key: "in", Title: "收入", Way: aid.AccountIn},
			{Key: "state", Title: "财政", Within: "in"}, {Key: "gifts", Title: "捐款", Within: "in"}, {Key: "firms", Title: "其中企业", Within: "gifts", Some: true},
			{Key: "out", Title: "支出", Way: aid.AccountOut}, {Key: "closing", Title: "结余", Way: aid.AccountClosing},
		},
		Measure: "元", Counted: "笔", Rounding: union.Rounding{Mode: union.HalfUp, Places: 2},
	}
}

func amountOf(line, amount string) aid.AccountLine {
	n := union.MustParseNumber(amount)
	return aid.AccountLine{Line: line, Amount: &n}
}

func countOf(line string, n int64) aid.AccountLine { return aid.AccountLine{Line: line, Count: &n} }

func TestAnAccountIsWorkedOutOfWhatItTells(t *testing.T) {
	form := must(aid.NewAccountForm(accountSpec()))
	lines := []aid.AccountLine{
		amountOf("opening", "5"), amountOf("state", "10"), amountOf("gifts", "20.5"), amountOf("firms", "15"), amountOf("out", "30"), amountOf("closing", "5.5"),
	}
	figures, err := form.Figures(lines)
	require.NoError(t, err)
	values := checkFigures(t, figures)
	assert.Equal(t, "30.5元", values["aid.account.in"])
	assert.Equal(t, "20.5元", values["aid.account.line.gifts.amount"])
	assert.Equal(t, "5.5元", values["aid.account.balance"])
	assert.Equal(t, "[unknown]", values["aid.account.in.count"])
	gaps, err := form.Check(lines)
	require.NoError(t, err)
	assert.Empty(t, gaps)
	figures, err = form.Figures(lines[1:])
	require.NoError(t, err)
	assert.Equal(t, "[unknown]", checkFigures(t, figures)["aid.account.balance"], "what was there before is not told")
	in, state := amountOf("in", "9"), amountOf("state", "10")
	in.Count, state.Count = countOf("in", 3).Count, countOf("state", 1).Count
	gaps, err = form.Check([]aid.AccountLine{in, state, countOf("gifts", 1)})
	require.NoError(t, err)
	require.Len(t, gaps, 2)
	assert.Equal(t, "lines.in.count: a line is the sum of its parts: got 3, want 2, a gap of 1", gaps[0].String())
	assert.Equal(t, "lines.in.amount: a line is no less than those of its parts that are told: got 9, want 10, a gap of -1", gaps[1].String())
}

func TestAnAccountThatIsJustRightHasNoGap(t *testing.T) {
	form := must(aid.NewAccountForm(accountSpec()))
	for want, lines := range map[string][]aid.AccountLine{
		"lines.in.amount: a line is no less than those of its parts that are told: got 10, want 10.1, a gap of -0.1": {amountOf("in", "10"), amountOf("state", "10.1")},
		"lines.gifts.amount: a line is no less than some of it: got 5, want 5.1, a gap of -0.1":                      {amountOf("gifts", "5"), amountOf("firms", "5.1")},
		"lines.closing.amount: closing is opening and what came in, less what went out: got 1.1, want 1, a gap of 0.1": {
			amountOf("opening", "1"), amountOf("in", "2"), amountOf("out", "2"), amountOf("closing", "1.1"),
		},
	} {
		gaps, err := form.Check(lines)
		require.NoError(t, err)
		require.Len(t, gaps, 1, want)
		assert.Equal(t, want, gaps[0].String())
	}
	for reason, lines := range map[string][]aid.AccountLine{
		"one part is told, and is all":                {amountOf("in", "10"), amountOf("state", "10")},
		"all of a line is some of it":                 {amountOf("gifts", "5"), amountOf("firms", "5")},
		"a line below zero, of which nothing is told": {amountOf("in", "-1")},
		"the closing is not told":                     {amountOf("opening", "1"), amountOf("in", "2"), amountOf("out", "2")},
	} {
		gaps, err := form.Check(lines)
		require.NoError(t, err)
		assert.Empty(t, gaps, reason)
	}
}

// Printed to the cent, 2.004 and 3.004 and less 1.004 make 4.004, and may be printed
// as 2.00, 3.00, 1.00 and 4.00; but each may be half a cent off, so that a closing
// two cents away may still be right, and one of three cents cannot.
func TestAGapInTheClosingIsOpenAsFarAsAllItsLinesAreRounded(t *testing.T) {
	form := must(aid.NewAccountForm(accountSpec()))
	gap := func(closing string) []aid.Gap {
		return must(form.Check([]aid.AccountLine{
			amountOf("opening", "2"), amountOf("in", "3"), amountOf("state", "1"), amountOf("gifts", "2"), amountOf("out", "1"), amountOf("closing", closing),
		}))
	}
	assert.Empty(t, gap("4"))
	for closing, open := range map[string]bool{"4.01": true, "3.99": true, "4.03": false, "3.97": false} {
		gaps := gap(closing)
		require.Len(t, gaps, 1, closing)
		assert.Equal(t, open, gaps[0].Rounded, closing)
	}
}

func TestAClosingIsComparedWithWhatIsKnownInWholeAlone(t *testing.T) {
	form := must(aid.NewAccountForm(accountSpec()))
	assert.Empty(t, must(form.Check([]aid.AccountLine{amountOf("opening", "2"), amountOf("in", "3"), amountOf("closing", "9")})), "what went out is not told")
	spec := accountSpec()
	spec.Lines = []aid.AccountLineSpec{spec.Lines[6], spec.Lines[0], spec.Lines[1], spec.Lines[5]}
	first := must(aid.NewAccountForm(spec))
	assert.Len(t, must(first.Check([]aid.AccountLine{amountOf("opening", "2"), amountOf("in", "3"), amountOf("out", "1"), amountOf("closing", "9")})), 1, "the closing stands first")
}

func TestTheTotalOfAnAccountNamesItsOwnLines(t *testing.T) {
	form := must(aid.NewAccountForm(accountSpec()))
	out, none, four := amountOf("out", "1"), int64(0), int64(4)
	out.Count = &four
	figures := must(form.Figures([]aid.AccountLine{
		amountOf("opening", "2"), amountOf("state", "1"), amountOf("gifts", "2"), out, {Line: "in", Count: &none},
	}))
	assert.Equal(t, "0笔", checkFigures(t, figures)["aid.account.in.count"], "none is told, and is no gap in the telling")
	for key, want := range map[string]string{
		"aid.account.in":  "收入合计 = 3元\n  § 专户收支表（2010），例县总工会〔2010〕3号\n  · 账目: 专户收支表\n  · 收入: 3\n",
		"aid.account.out": "支出合计 = 1元\n  § 专户收支表（2010），例县总工会〔2010〕3号\n  · 账目: 专户收支表\n  · 支出: 1\n",
	} {
		at := slices.IndexFunc(figures, func(f union.Figure) bool { return f.Key() == key })
		assert.Equal(t, want, figures[at].Working().String())
	}
}

func TestAnAccountAndItsFormAreChecked(t *testing.T) {
	_, err := aid.NewAccountForm(aid.AccountFormSpec{})
	assert.Equal(t, map[string]error{
		"key": union.ErrMissing, "version": union.ErrMissing, "title": union.ErrMissing, "source": union.ErrMissing, "measure": union.ErrMissing,
		"counted": union.ErrMissing, "rounding.mode": union.ErrMissing, "lines": union.ErrMissing,
	}, placesOf(err))
	spec := accountSpec()
	spec.Lines[0].Way = 0
	spec.Lines[1].Way = aid.AccountClosing
	spec.Lines[2].Way = aid.AccountIn
	spec.Lines[3].Within = "out"
	spec.Lines[4].Within = "none"
	spec.Lines[5].Key = "a b"
	_, err = aid.NewAccountForm(spec)
	for where, want := range map[string]error{
		"lines[0].way": union.ErrMissing, "lines[2].way": union.ErrRange, "lines[6].way": union.ErrRange, "lines[4].within": union.ErrUnknown, "lines[5].key": union.ErrText,
	} {
		assert.Equal(t, want, placesOf(err)[where], where)
	}
	form := must(aid.NewAccountForm(accountSpec()))
	for where, lines := range map[string][]aid.AccountLine{
		"lines[0].line": {amountOf("none", "1")}, "lines[1].line": {amountOf("in", "1"), amountOf("in", "1")}, "lines[0].count": {countOf("in", -1)},
	} {
		_, err := form.Figures(lines)
		require.Error(t, err)
		assert.Equal(t, where, union.Faults(err)[0].Where)
		_, err = form.Check(lines)
		require.Error(t, err)
	}
	_, err = aid.AccountForm{}.Figures(nil)
	require.ErrorIs(t, err, union.ErrMissing)
	data, err := json.Marshal(form)
	require.NoError(t, err)
	var read aid.AccountForm
	require.NoError(t, json.Unmarshal(data, &read))
	assert.Equal(t, form.ID(), read.ID())
	assert.Equal(t, accountSpec(), read.Spec())
	assert.Equal(t, "专户收支表", read.Rule().Title)
	require.Error(t, json.Unmarshal([]byte(`{"union":"aid.account_form/1"}`), &read))
	require.Error(t, json.Unmarshal([]byte(`{"union":"aid.account_form/9"}`), &read))
}
