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

const donationCases = "testdata/cases/donations"

// donationJudges judge published donation lists and tables. What a rule of each kind
// is applied to, the structs of its judge show.
func donationJudges() map[string]casetest.Judge {
	return map[string]casetest.Judge{
		"aid.donation_day/1": judgeDonationDay,
		"aid.table_form/1":   judgeTable,
	}
}

func TestPublishedDonations(t *testing.T) {
	laws.PublishedCases(t, os.DirFS(donationCases), donationJudges(), map[string][][2]string{
		"aid.donation_day/1": {
			{`"half up"`, `"ceiling"`}, {`"in_total":true`, `"in_total":false`}, {`"payments_apart":true`, `"payments_apart":false`},
			{`"余"`, `"多"`}, {`"within":"counties"`, `"within":"city"`},
		},
		"aid.table_form/1": {{`"half up"`, `"truncate"`}, {`"places":2`, `"places":3`}},
	})
}

// judgeDonationDay gives the figures of a list of gifts, why others are absent, whom
// to chase, and what the list says against the rule.
func judgeDonationDay(rule, input []byte) (any, error) {
	var day aid.DonationDay
	var given struct {
		Gifts []aid.Gift `json:"gifts"`
	}
	if err := errors.Join(day.UnmarshalJSON(rule), laws.ReadInput(input, &given)); err != nil {
		return nil, err
	}
	donations, err := day.CountGifts(given.Gifts)
	if err != nil {
		return nil, err
	}
	figures, err := day.Figures(donations)
	if err != nil {
		return nil, err
	}
	values, absent := map[string]string{}, map[string]string{}
	for _, figure := range figures {
		if value, ok := figure.Value(); ok {
			values[figure.Key()] = value
		} else {
			absent[figure.Key()] = figure.Why().String()
		}
	}
	findings, err := day.Check(donations)
	if err != nil {
		return nil, err
	}
	chase, err := day.Chase(donations)
	return map[string]any{"figures": values, "absent": absent, "chase": chase, "findings": findings}, err
}

// A gapSeen is a gap with its size.
type gapSeen struct {
	Where   string       `json:"where"`
	Got     union.Number `json:"got"`
	Want    union.Number `json:"want"`
	Size    union.Number `json:"size"`
	Rounded bool         `json:"rounded"`
}

// judgeTable gives the gaps of a printed table.
func judgeTable(rule, input []byte) (any, error) {
	var form aid.TableForm
	var given struct {
		Rows []aid.TableRow `json:"rows"`
	}
	if err := errors.Join(form.UnmarshalJSON(rule), laws.ReadInput(input, &given)); err != nil {
		return nil, err
	}
	gaps, err := form.Check(given.Rows)
	seen := []gapSeen{}
	for _, gap := range gaps {
		seen = append(seen, gapSeen{gap.Where, gap.Got, gap.Want, gap.Size(), gap.Rounded})
	}
	return map[string]any{"gaps": seen}, err
}
