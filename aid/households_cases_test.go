package aid_test

import (
	"encoding/json"
	"errors"
	"maps"
	"os"
	"testing"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/casetest"
	"github.com/unioncampaign/union/internal/laws"
)

// householdJudges judge published standards of who is in difficulty, and published
// rates of aid. What a rule of each kind is applied to, the structs of its judge
// show.
func householdJudges() map[string]casetest.Judge {
	return map[string]casetest.Judge{
		"aid.standard/1":  judgeHouseholds,
		"aid.programme/1": judgeProgramme,
		"aid.file/1":      judgeFile,
	}
}

const householdCases = "testdata/cases/households"

func TestHouseholdCases(t *testing.T) {
	laws.PublishedCases(t, os.DirFS(householdCases), householdJudges(), map[string][][2]string{
		"aid.standard/1": {
			{`"(,1]"`, `"(,1)"`}, {`"(,1)"`, `"(,1]"`}, {`[16,60]`, `[16,62]`}, {`"counted":false`, `"counted":true`},
			{`(0.8,)`, `[0.8,)`}, {`(0.5,)`, `[0.5,)`}, {`1850.00`, `0.00`}, {`"statuses":["low-income-allowance"]`, `"income":"(,0.1)"`},
		},
		"aid.programme/1": {
			{`"12"`, `"10"`}, {`"lowest"`, `"highest"`}, {`"highest"`, `"lowest"`}, {`(10000,20000]`, `(10000,20000)`}, {`"times":1`, `"times":2`},
			{`"different":1`, `"different":2`}, {`{"month":9,"day":1}`, `{"month":8,"day":1}`}, {`"half up","places":1`, `"half up","places":2`}, {`"person"`, `"household"`},
		},
		"aid.file/1": {
			{`"working_days":5`, `"working_days":6`}, {`"working_days":5`, `"working_days":4`}, {`"(1,)"`, `"[1,)"`}, {`{"months":6,`, `{"months":7,`},
			{`{"months":12}`, `{"months":2}`}, {`"not_by":["check"]`, `"not_by":["post"]`}, {`"evidence":["visit"]`, `"evidence":[]`},
			{`"in_force":["provisional",`, `"in_force":[`},
		},
	})
}

// places returns where the findings are, empty if there are none.
func places(findings []union.Finding) []string {
	list := []string{}
	for _, finding := range findings {
		list = append(list, finding.Where)
	}
	return list
}

// judgeHouseholds gives the category of each household, the rules that it failed,
// its sum per head less outlay, and the bounds of the categories in yuan.
func judgeHouseholds(rule, input []byte) (any, error) {
	var standard aid.Standard
	var given struct {
		On         union.Date      `json:"on"`
		Households []aid.Household `json:"households"`
	}
	if err := errors.Join(standard.UnmarshalJSON(rule), laws.ReadInput(input, &given)); err != nil {
		return nil, err
	}
	survey := standard.Survey()
	var categories []string
	var failed [][]string
	perHead := map[string]string{}
	for _, household := range given.Households {
		verdict, err := standard.Judge(household, given.On)
		if err != nil {
			return nil, err
		}
		coded, err := standard.CodeHousehold(household, given.On)
		if err != nil {
			return nil, err
		}
		if category, found := standard.Category(coded); found != verdict.Holds() || category.Key != verdict.Answer {
			return nil, errors.New("the code of " + household.Key + " is not its verdict")
		}
		working, err := standard.Working(household, given.On)
		if err != nil {
			return nil, err
		}
		categories = append(categories, verdict.Answer)
		failed = append(failed, places(verdict.Failed()))
		perHead[household.Key] = working.Parts[1].Result
		if err := survey.Add(coded); err != nil {
			return nil, err
		}
	}
	bounds := map[string]map[string]union.Interval{}
	for _, category := range standard.Spec().Categories {
		income, net, err := standard.Bounds(category.Key)
		if err != nil {
			return nil, err
		}
		bounds[category.Key] = map[string]union.Interval{"income": income, "net": net}
	}
	return map[string]any{"categories": categories, "failed": failed, "per_head": perHead, "bounds": bounds}, nil
}

// programmeInput is what a programme is applied to: applications beside what is
// known, payments by rate, and paid lists of which the sums are printed.
type programmeInput struct {
	Lines        json.RawMessage   `json:"lines"`
	Filed        bool              `json:"filed"` // the files are in force
	Granted      []aid.Grant       `json:"granted"`
	Applications []aid.Application `json:"applications"`
	Payments     []aid.Payment     `json:"payments"`
	Paid         []struct {
		aid.Payment
		Printed union.Money `json:"printed"`
	} `json:"paid"`
}

// judgeProgramme gives what the rates give on each application and, where a sum is
// asked, whether it may be approved, how much may, and what failed; who bears it;
// the figures of all payments; and how printed sums may have come about.
func judgeProgramme(rule, input []byte) (any, error) {
	var programme aid.Programme
	var given programmeInput
	if err := errors.Join(programme.UnmarshalJSON(rule), laws.ReadInput(input, &given)); err != nil {
		return nil, err
	}
	known := aid.Background{Granted: given.Granted}
	if given.Filed {
		known.File = union.Judged("files")
	}
	if given.Lines != nil {
		if err := known.Lines.UnmarshalJSON(given.Lines); err != nil {
			return nil, err
		}
	}
	judged, err := judgeApplications(programme, given.Applications, known)
	if err != nil {
		return nil, err
	}
	payments := programme.Payments()
	for _, payment := range given.Payments {
		coded, err := programme.CodePayment(payment, known.Lines)
		if err != nil {
			return nil, err
		}
		if err := payments.Add(coded); err != nil {
			return nil, err
		}
	}
	var explained []map[string]any
	for _, paid := range given.Paid {
		coded, err := programme.CodePaid(paid.Payment, paid.Printed)
		if err != nil {
			return nil, err
		}
		if err := payments.Add(coded); err != nil {
			return nil, err
		}
		explanation, err := programme.Explain(paid.Payment, paid.Printed, known.Lines)
		if err != nil {
			return nil, err
		}
		explained = append(explained, shownExplanation(programme, paid.Kind, explanation))
	}
	figures, err := programme.Figures(payments)
	if err != nil {
		return nil, err
	}
	printed := map[string]string{}
	for _, figure := range figures {
		if value, ok := figure.Value(); ok {
			printed[figure.Key()] = value
		}
	}
	maps.Copy(judged, map[string]any{"figures": printed, "explained": explained})
	return judged, nil
}

func judgeApplications(programme aid.Programme, applications []aid.Application, known aid.Background) (map[string]any, error) {
	least, most, rates, cost := []union.Money{}, []union.Money{}, []int{}, []map[string]union.Money{}
	holds, may, failed := []bool{}, []string{}, [][]string{}
	for _, application := range applications {
		entitlement, err := programme.Entitlement(application, known.Lines)
		if err != nil {
			return nil, err
		}
		least, most, rates = append(least, entitlement.Least), append(most, entitlement.Most), append(rates, entitlement.Rate)
		parts := map[string]union.Money{}
		if entitlement.Most.Sign() > 0 {
			borne, err := programme.CostParts(application.Kind, entitlement.Rate, entitlement.Most)
			if err != nil {
				return nil, err
			}
			for _, part := range borne {
				parts[part.Source] = part.Amount
			}
		}
		cost = append(cost, parts)
		if application.Asked.IsZero() {
			continue
		}
		verdict, err := programme.Judge(application, known)
		if err != nil {
			return nil, err
		}
		holds, may, failed = append(holds, verdict.Holds()), append(may, verdict.Answer), append(failed, places(verdict.Failed()))
	}
	return map[string]any{
		"least": least, "most": most, "rates": rates, "cost": cost, "holds": holds, "may": may, "failed": failed,
	}, nil
}

// shownExplanation names the rates of a split by the terms that they ask for.
func shownExplanation(programme aid.Programme, kind string, explanation aid.Explanation) map[string]any {
	split := map[string]int64{}
	for _, each := range programme.Spec().Kinds {
		if each.Key != kind {
			continue
		}
		for _, part := range explanation.Split {
			split[each.Rates[part.Rate].When[0].Is[0]] = part.Count
		}
	}
	return map[string]any{"ways": explanation.Ways, "split": split, "findings": explanation.Findings}
}

// judgeFile lets events happen to a file one after another: where each was refused,
// the state after it, and whether the household may be aided then.
func judgeFile(rule, input []byte) (any, error) {
	var files aid.FileRule
	var given struct {
		Calendar json.RawMessage `json:"calendar"`
		Lines    json.RawMessage `json:"lines"`
		Area     string          `json:"area"`
		Means    []aid.Means     `json:"means"`
		Events   []union.Event   `json:"events"`
	}
	if err := errors.Join(files.UnmarshalJSON(rule), laws.ReadInput(input, &given)); err != nil {
		return nil, err
	}
	evidence := aid.Evidence{Means: given.Means, Area: given.Area}
	if given.Calendar != nil {
		if err := errors.Join(evidence.Calendar.UnmarshalJSON(given.Calendar), evidence.Lines.UnmarshalJSON(given.Lines)); err != nil {
			return nil, err
		}
	}
	log, err := files.Log(aid.File{Household: aid.Household{Key: "h1"}})
	if err != nil {
		return nil, err
	}
	var refused, states []string
	var aided []bool
	for _, event := range given.Events {
		verdict, err := files.Judge(log, event, evidence)
		if err != nil {
			return nil, err
		}
		first := ""
		if failed := verdict.Failed(); len(failed) > 0 {
			first = failed[0].Where
		}
		if err := files.Add(&log, event, evidence); (err != nil) != (first != "") {
			return nil, errors.New("adding is not judging")
		}
		may, err := files.MayBeAided(log, event.On)
		if err != nil {
			return nil, err
		}
		refused, states, aided = append(refused, first), append(states, may.Answer), append(aided, may.Holds())
	}
	return map[string]any{"refused": refused, "states": states, "aided": aided}, nil
}
