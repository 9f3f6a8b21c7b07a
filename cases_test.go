package union_test

import (
	"os"
	"testing"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/casetest"
	"github.com/unioncampaign/union/internal/laws"
)

// publishedJudges judge published results that numbers and amounts alone decide.
// A case is a file in testdata/cases; what a rule of each kind says, and what it
// is applied to, the structs of its judge show.
func publishedJudges() map[string]casetest.Judge {
	return map[string]casetest.Judge{
		"union.shares/1":    judgeShares,
		"union.rates/1":     judgeRates,
		"union.parts/1":     judgeParts,
		"union.apportion/1": judgeApportion,
		"union.growth/1":    judgeGrowth,
		"union.compound/1":  judgeCompound,
		"union.points/1":    judgePoints,
		"union.capitals/1":  judgeCapitals,
		"union.sum/1":       judgeSum,
	}
}

func TestPublishedCases(t *testing.T) {
	laws.PublishedCases(t, os.DirFS("testdata/cases"), publishedJudges(), map[string][][2]string{
		"union.shares/1":   {{`"last takes rest"`, `"plain"`}, {`"truncate"`, `"half up"`}, {`"half up"`, `"truncate"`}, {`"last takes rest"`, `"largest remainder"`}},
		"union.rates/1":    {{`"half up"`, `"truncate"`}, {`"truncate"`, `"half up"`}, {`"per":"1"`, `"per":"100"`}},
		"union.parts/1":    {{`"floor"`, `"half up"`}, {`"half up"`, `"floor"`}},
		"union.growth/1":   {{`"half up"`, `"truncate"`}},
		"union.compound/1": {{`"[12,)"`, `"(0,)"`}},
		"union.points/1":   {{`"half up"`, `"truncate"`}},
		"union.capitals/1": {{`"accounting"`, `"bank"`}, {`"bank"`, `"accounting"`}},
		"union.sum/1":      {{`"half up"`, `"truncate"`}, {`"余"`, `"多"`}},
	})
}

// readCase reads a rule of the kind named, and its input.
func readCase(document string, rule, input []byte, spec, given any) error {
	if err := union.ReadRule(rule, document, spec); err != nil {
		return err
	}
	return laws.ReadInput(input, given)
}

// A row is a part of something that has a title and is counted.
type row struct {
	Title   string        `json:"title"`
	N       int64         `json:"n"`
	Printed *union.Number `json:"printed"` // its share
}

// counts returns the counts of rows in order.
func counts(rows []row) []int64 {
	counts := make([]int64, len(rows))
	for i, each := range rows {
		counts[i] = each.N
	}
	return counts
}

// byTitle returns values by the titles of rows.
func byTitle[T any](rows []row, values []T) map[string]T {
	named := map[string]T{}
	for i, value := range values {
		named[rows[i].Title] = value
	}
	return named
}

// judgeShares gives the shares of parts in their total, balanced as the rule
// says, and what is wrong with those that are printed.
func judgeShares(rule, input []byte) (any, error) {
	var spec struct {
		Balance  union.Balance  `json:"balance"`
		Rounding union.Rounding `json:"rounding"`
	}
	var given struct {
		Parts []row `json:"parts"`
	}
	if err := readCase("union.shares/1", rule, input, &spec, &given); err != nil {
		return nil, err
	}
	shares, err := union.NewShares(spec.Balance, spec.Rounding, counts(given.Parts)...)
	if err != nil {
		return nil, err
	}
	printed, sum, total := []union.Number{}, union.Number{}, int64(0)
	for i, percent := range shares.Percents {
		sum, total = sum.Add(percent), total+given.Parts[i].N
		if given.Parts[i].Printed != nil {
			percent = *given.Parts[i].Printed
		}
		printed = append(printed, percent)
	}
	return map[string]any{
		"percents": byTitle(given.Parts, shares.Texts()),
		"total":    total,
		"sum":      sum,
		"tied":     shares.Tied,
		"findings": append(shares.Findings, shares.Check(printed...)...),
	}, nil
}

// judgeApportion divides a total by weights.
func judgeApportion(rule, input []byte) (any, error) {
	var given struct {
		Total   int64 `json:"total"`
		Weights []row `json:"weights"`
	}
	if err := readCase("union.apportion/1", rule, input, &struct{}{}, &given); err != nil {
		return nil, err
	}
	split, err := union.Apportion(given.Total, counts(given.Weights)...)
	if err != nil {
		return nil, err
	}
	tied := []string{}
	for _, i := range split.Tied {
		tied = append(tied, given.Weights[i].Title)
	}
	return map[string]any{"parts": byTitle(given.Weights, split.Parts), "tied": tied}, nil
}

// judgeRates gives what parts are of a whole, per hundred or per whatever the
// rule says, each by itself: parts may overlap, and be more than the whole.
func judgeRates(rule, input []byte) (any, error) {
	var spec struct {
		Per      union.Number   `json:"per"`
		Rounding union.Rounding `json:"rounding"`
	}
	var given struct {
		Whole union.Number `json:"whole"`
		Parts []struct {
			Title   string        `json:"title"`
			N       union.Number  `json:"n"`
			Printed *union.Number `json:"printed"`
		} `json:"parts"`
	}
	if err := readCase("union.rates/1", rule, input, &spec, &given); err != nil {
		return nil, err
	}
	shown := figures{rounding: spec.Rounding, texts: map[string]string{}}
	for _, part := range given.Parts {
		rate, err := part.N.Quo(given.Whole)
		if err != nil {
			return nil, union.Within("whole", err)
		}
		if err := shown.add(part.Title, rate.Mul(spec.Per), part.Printed); err != nil {
			return nil, err
		}
	}
	return map[string]any{"rates": shown.texts, "findings": shown.findings}, nil
}

// figures are rounded by one rounding, and compared with what is printed of each.
type figures struct {
	rounding union.Rounding
	texts    map[string]string
	findings []union.Finding
}

func (f *figures) add(title string, exactly union.Number, printed *union.Number) error {
	text, err := f.rounding.Format(exactly)
	if err != nil {
		return union.Within("rounding", err)
	}
	f.texts[title] = text
	if printed != nil {
		found, err := f.rounding.CheckPrinted(title, *printed, exactly)
		f.findings = append(f.findings, found...)
		return err
	}
	return nil
}

// judgeParts gives the parts of a whole that the rule's shares make of it, each
// rounded as the rule says of it.
func judgeParts(rule, input []byte) (any, error) {
	var spec struct {
		Parts []struct {
			Title    string         `json:"title"`
			Share    union.Number   `json:"share"`
			Rounding union.Rounding `json:"rounding"`
		} `json:"parts"`
	}
	var given struct {
		Whole union.Number `json:"whole"`
	}
	if err := readCase("union.parts/1", rule, input, &spec, &given); err != nil {
		return nil, err
	}
	parts := map[string]string{}
	for i, part := range spec.Parts {
		text, err := part.Rounding.Format(given.Whole.Mul(part.Share))
		if err != nil {
			return nil, union.Within(union.Indexed("parts", i), err)
		}
		parts[part.Title] = text
	}
	return map[string]any{"parts": parts}, nil
}

// directions are the words for the sign of a growth.
var directions = map[int]string{1: "增长", 0: "持平", -1: "下降"}

// judgeGrowth gives the rate at which figures grew, of what they were before or
// by how much they changed. A rate is printed without a sign, beside a word.
func judgeGrowth(rule, input []byte) (any, error) {
	var spec struct {
		Rounding union.Rounding `json:"rounding"`
	}
	var given struct {
		Rows []struct {
			Title   string        `json:"title"`
			Now     union.Number  `json:"now"`
			Before  *union.Number `json:"before"`
			Change  union.Number  `json:"change"` // asked where before is not given
			Printed *union.Number `json:"printed"`
		} `json:"rows"`
	}
	if err := readCase("union.growth/1", rule, input, &spec, &given); err != nil {
		return nil, err
	}
	shown, rows := figures{rounding: spec.Rounding, texts: map[string]string{}}, map[string]any{}
	for _, each := range given.Rows {
		before := each.Now.Sub(each.Change)
		if each.Before != nil {
			before = *each.Before
		}
		growth, err := union.NewGrowth(before, each.Now)
		if err != nil {
			return nil, union.Within(each.Title, err)
		}
		if err := shown.add(each.Title, magnitude(growth.Percent()), each.Printed); err != nil {
			return nil, err
		}
		rows[each.Title] = map[string]any{
			"before": before, "direction": directions[growth.Sign()], "percent": shown.texts[each.Title],
		}
	}
	return map[string]any{"rows": rows, "findings": shown.findings}, nil
}

// judgeCompound gives what a figure comes to that grows by one rate for some
// years, and whether that reaches a target.
func judgeCompound(rule, input []byte) (any, error) {
	var spec struct {
		Percent union.Number   `json:"percent"`
		Years   int            `json:"years"`
		Target  union.Interval `json:"target"`
	}
	var given struct {
		Base union.Number `json:"base"`
	}
	if err := readCase("union.compound/1", rule, input, &spec, &given); err != nil {
		return nil, err
	}
	growth, err := union.NewGrowth(union.Whole(100), union.Whole(100).Add(spec.Percent))
	if err != nil {
		return nil, err
	}
	after := given.Base
	for range spec.Years {
		after = after.Mul(growth.Times())
	}
	return map[string]any{"after": after, "reached": spec.Target.Contains(after)}, nil
}

// judgePoints gives by how many percentage points percentages changed.
func judgePoints(rule, input []byte) (any, error) {
	var spec struct {
		Rounding union.Rounding `json:"rounding"`
	}
	var given struct {
		Rows []struct {
			Title   string        `json:"title"`
			Before  union.Number  `json:"before"`
			Now     union.Number  `json:"now"`
			Printed *union.Number `json:"printed"`
		} `json:"rows"`
	}
	if err := readCase("union.points/1", rule, input, &spec, &given); err != nil {
		return nil, err
	}
	shown := figures{rounding: spec.Rounding, texts: map[string]string{}}
	for _, each := range given.Rows {
		if err := shown.add(each.Title, union.PointsBetween(each.Before, each.Now).Points(), each.Printed); err != nil {
			return nil, err
		}
	}
	return map[string]any{"points": shown.texts, "findings": shown.findings}, nil
}

// judgeCapitals writes an amount in capitals, and reads those that are given.
func judgeCapitals(rule, input []byte) (any, error) {
	var spec struct {
		Style union.Capitals `json:"style"`
	}
	var given struct {
		Amount *union.Money `json:"amount"`
		Texts  []string     `json:"texts"`
	}
	if err := readCase("union.capitals/1", rule, input, &spec, &given); err != nil {
		return nil, err
	}
	out := map[string]any{}
	if given.Amount != nil {
		text, err := given.Amount.Capitals(spec.Style)
		if err != nil {
			return nil, union.Within("amount", err)
		}
		out["text"] = text
	}
	amounts := []union.Money{}
	for i, text := range given.Texts {
		amount, err := union.ParseCapitals(text)
		if err != nil {
			return nil, union.Within(union.Indexed("texts", i), err)
		}
		amounts = append(amounts, amount)
	}
	out["amounts"] = amounts
	return out, nil
}

// A moneyUnit is how amounts are read and written in one unit.
type moneyUnit struct {
	read     func(string) (union.Money, error)
	exact    func(union.Money) string
	number   func(union.Money) union.Number
	rounded  func(union.Money, union.Rounding) (string, bool, error)
	headline func(union.Money, int, string) (string, error)
}

func (u *moneyUnit) UnmarshalText(text []byte) error {
	switch string(text) {
	case "元":
		*u = moneyUnit{read: union.ParseMoney, exact: union.Money.String, number: union.Money.Number}
	case "万元":
		*u = moneyUnit{union.ParseWan, union.Money.ExactWan, union.Money.InWan, union.Money.Wan, union.Money.WanHeadline}
	case "亿元":
		*u = moneyUnit{union.ParseYi, union.Money.ExactYi, union.Money.InYi, union.Money.Yi, union.Money.YiHeadline}
	default:
		return union.NewFault(union.ErrUnknown, "", string(text), "元, 万元 or 亿元")
	}
	return nil
}

// judgeSum gives the total of amounts in 元, in another unit exactly or rounded,
// as a headline, and set against the total that is printed, where each figure was
// rounded by itself.
func judgeSum(rule, input []byte) (any, error) {
	var spec struct {
		Unit    moneyUnit  `json:"unit"` // of the lines and of the printed total
		ExactIn *moneyUnit `json:"exact_in"`
		Rounded *struct {
			Unit     moneyUnit      `json:"unit"`
			Rounding union.Rounding `json:"rounding"`
		} `json:"rounded"`
		Headline *struct {
			Unit   moneyUnit `json:"unit"`
			Places int       `json:"places"`
			Over   string    `json:"over"`
		} `json:"headline"`
		Printed union.Rounding `json:"printed"`
	}
	var given struct {
		Lines   []string `json:"lines"`
		Printed string   `json:"printed"`
	}
	err := readCase("union.sum/1", rule, input, &spec, &given)
	if err != nil {
		return nil, err
	}
	amounts, lines := []union.Money{}, []union.Number{}
	for i, line := range given.Lines {
		amount, err := spec.Unit.read(line)
		if err != nil {
			return nil, union.Within(union.Indexed("lines", i), err)
		}
		amounts, lines = append(amounts, amount), append(lines, spec.Unit.number(amount))
	}
	total, err := union.SumMoney(amounts...)
	if err != nil {
		return nil, err
	}
	out := map[string]any{"total": total}
	if spec.ExactIn != nil {
		out["exact"] = spec.ExactIn.exact(total)
	}
	if spec.Rounded != nil {
		if out["rounded"], out["is_exact"], err = spec.Rounded.Unit.rounded(total, spec.Rounded.Rounding); err != nil {
			return nil, err
		}
	}
	if spec.Headline != nil {
		if out["headline"], err = spec.Headline.Unit.headline(total, spec.Headline.Places, spec.Headline.Over); err != nil {
			return nil, err
		}
	}
	if given.Printed != "" {
		printed, err := spec.Unit.read(given.Printed)
		if err != nil {
			return nil, union.Within("printed", err)
		}
		out["gap"] = spec.Unit.number(printed).Sub(spec.Unit.number(total))
		if out["findings"], err = spec.Printed.CheckSum("printed", spec.Unit.number(printed), lines...); err != nil {
			return nil, err
		}
	}
	return out, nil
}
