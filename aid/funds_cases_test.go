package aid_test

import (
	"errors"
	"os"
	"testing"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/casetest"
	"github.com/unioncampaign/union/internal/laws"
)

// fundJudges judge the books of funds and published accounts. A case is a file in
// testdata/cases/funds; what a rule of each kind is applied to, the structs of its
// judge show.
func fundJudges() map[string]casetest.Judge {
	return map[string]casetest.Judge{"aid.books/1": judgeBooks, "aid.account_form/1": judgeAccount}
}

func TestCasesOfFunds(t *testing.T) {
	laws.PublishedCases(t, os.DirFS("testdata/cases/funds"), fundJudges(), map[string][][2]string{
		"aid.books/1": {
			{`"times":"12"`, `"times":"11"`}, {`"amount":"940.00"`, `"amount":"941.00"`}, {`"20000.00"`, `"19999.99"`},
			{`"purposes":["living","medical","schooling","training","placement","legal"]`, `"purposes":[]`},
			{`"year":{"month":1,"day":1}`, `"year":{"month":12,"day":31}`},
		},
		"aid.account_form/1": {
			{`"way":"out"`, `"way":"in"`}, {`"way":"opening"`, `"way":"apart"`}, {`"places":2`, `"places":4`}, {`"some":true`, `"some":false`},
		},
	})
}

// tellingOf returns the values of figures and, of those that have none, why.
func tellingOf(figures []union.Figure) (values, absent map[string]string) {
	values, absent = map[string]string{}, map[string]string{}
	for _, figure := range figures {
		if value, ok := figure.Value(); ok {
			values[figure.Key()] = value
		} else {
			absent[figure.Key()] = figure.Why().String()
		}
	}
	return values, absent
}

// judgeBooks takes the acts in their order, and tells which entries are refused, the
// figures of the period, the limits asked for, and what a strict check finds.
func judgeBooks(rule, input []byte) (any, error) {
	type act aid.Act // without the header of a line of its own
	var books aid.Books
	var given struct {
		Acts   []act        `json:"acts"`
		Period union.Period `json:"period"`
		Limits []struct {
			Ceiling string     `json:"ceiling"`
			Class   string     `json:"class"`
			On      union.Date `json:"on"`
		} `json:"limits"`
	}
	if err := errors.Join(books.UnmarshalJSON(rule), laws.ReadInput(input, &given)); err != nil {
		return nil, err
	}
	ledger, refused := books.Ledger(), map[string][]union.Finding{}
	for _, each := range given.Acts {
		if each.Entry == nil {
			if err := ledger.Take(aid.Act(each)); err != nil {
				return nil, err
			}
			continue
		}
		for _, fault := range union.Faults(ledger.Post(*each.Entry)) {
			refused[each.Entry.ID] = append(refused[each.Entry.ID], fault.Finding)
		}
	}
	out := map[string]any{"refused": refused, "findings": ledger.Check(true)}
	limits := []union.Money{}
	for _, asked := range given.Limits {
		limit, err := books.Limit(asked.Ceiling, asked.Class, asked.On)
		if err != nil {
			return nil, err
		}
		limits = append(limits, limit)
	}
	out["limits"] = limits
	if given.Period.IsZero() {
		return out, nil
	}
	statement, err := ledger.Statement(given.Period)
	if err != nil {
		return nil, err
	}
	figures, err := books.Figures(statement)
	out["figures"], out["absent"] = tellingOf(figures)
	return out, err
}

// judgeAccount tells the figures of a published account, and its gaps.
func judgeAccount(rule, input []byte) (any, error) {
	var form aid.AccountForm
	var given struct {
		Lines []aid.AccountLine `json:"lines"`
	}
	if err := errors.Join(form.UnmarshalJSON(rule), laws.ReadInput(input, &given)); err != nil {
		return nil, err
	}
	figures, err := form.Figures(given.Lines)
	if err != nil {
		return nil, err
	}
	gaps, err := form.Check(given.Lines)
	values, absent := tellingOf(figures)
	return map[string]any{"figures": values, "absent": absent, "gaps": gaps}, err
}
