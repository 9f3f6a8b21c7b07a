package assessment

import (
	"maps"
	"slices"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// Check compares figures as a notice prints them, by the keys of [Form.Figures]
// and without a measure or a percent sign, with those that follow from an
// outcome. It returns, in the order of the keys, a finding for each that is
// another, and then one for each criterion whose printed shares are all there
// and do not sum to 100. It repairs nothing.
//
// It fails where [Form.Figures] does, and with [union.ErrUnknown] for a key that
// is no figure of the form.
func (f Form) Check(outcome Outcome, printed map[string]union.Number) ([]union.Finding, error) {
	figures, err := f.Figures(outcome)
	if err != nil {
		return nil, err
	}
	follow := map[string]union.Figure{}
	for _, figure := range figures {
		follow[figure.Key()] = figure
	}
	var found []union.Finding
	for _, key := range slices.Sorted(maps.Keys(printed)) {
		figure, ok := follow[key]
		if !ok {
			return nil, union.NewFault(union.ErrUnknown, "printed", quote.Key(key), "a figure of the form")
		}
		if n, same := numberOf(figure), printed[key]; n == nil || !n.Equal(same) {
			found = append(found, union.Finding{
				Where: key, Rule: "a printed figure follows from its inputs", Got: same.String(), Want: figure.String(),
			})
		}
	}
	return append(found, f.checkRows(printed)...), nil
}

// numberOf returns the number that a figure prints, or nil if it prints none.
func numberOf(figure union.Figure) *union.Number {
	value, _ := figure.Value()
	n, err := union.ParseNumber(strings.TrimSuffix(value, "%"))
	if err != nil {
		return nil
	}
	return &n
}

// checkRows finds printed shares of a criterion that do not sum to 100.
func (f Form) checkRows(printed map[string]union.Number) []union.Finding {
	var found []union.Finding
	for _, class := range append([]Class{{}}, f.spec.Classes...) {
		for _, criterion := range f.spec.Criteria {
			row := printer{form: f, class: class}.prefix() + "criterion." + criterion.Key
			sum, whole := union.Number{}, true
			for _, answer := range criterion.Answers {
				share, ok := printed[row+".answer."+answer.Key]
				whole = whole && (ok || !f.spec.shared(answer))
				sum = sum.Add(share)
			}
			if whole && !sum.Equal(union.Whole(100)) {
				found = append(found, union.Finding{Where: row, Rule: "printed shares sum to 100", Got: sum.String(), Want: "100"})
			}
		}
	}
	return found
}
