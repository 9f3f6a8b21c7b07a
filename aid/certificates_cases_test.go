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

func TestCasesOfCertificates(t *testing.T) {
	laws.PublishedCases(t, os.DirFS("testdata/cases/certificates"), map[string]casetest.Judge{"aid.certificate/1": judgeCertificates},
		map[string][][2]string{"aid.certificate/1": {
			{`"until":{"month":12,"day":15}`, `"until":{"month":12,"day":16}`}, {`"until":{"month":1,"day":15}`, `"until":{"month":1,"day":14}`},
			{`"from":{"month":11,"day":1}`, `"from":{"month":11,"day":2}`}, {`"months":12`, `"months":13`}, {`"months":0`, `"months":12`},
			{`"renewal":12`, `"renewal":0`},
		}})
}

// judgeCertificates gives the class of each certificate that is valid on the day, the
// rules that the others failed, what the year's review of each came to, and the
// figures of the review.
func judgeCertificates(rule, input []byte) (any, error) {
	var certificates aid.CertificateRule
	var given struct {
		Year         int               `json:"year"`
		On           union.Date        `json:"on"`
		Certificates []aid.Certificate `json:"certificates"`
		Reviews      []aid.Review      `json:"reviews"`
	}
	if err := errors.Join(certificates.UnmarshalJSON(rule), laws.ReadInput(input, &given)); err != nil {
		return nil, err
	}
	annual, err := certificates.AnnualReview(given.Year, given.On)
	if err != nil {
		return nil, err
	}
	var valid, outcomes []string
	var failed [][]string
	for _, each := range given.Certificates {
		var reviews []aid.Review
		for _, review := range given.Reviews {
			if review.Certificate == each.Key {
				reviews = append(reviews, review)
			}
		}
		verdict, err := certificates.Judge(each, reviews, given.On)
		if err != nil {
			return nil, err
		}
		coded, err := certificates.CodeCertificate(each, reviews, given.Year, given.On)
		if err != nil {
			return nil, err
		}
		if err := annual.Add(coded); err != nil {
			return nil, err
		}
		valid, failed, outcomes = append(valid, verdict.Answer), append(failed, places(verdict.Failed())), append(outcomes, coded.Outcome)
	}
	figures, err := certificates.Figures(annual)
	values, absent := tellingOf(figures)
	return map[string]any{"valid": valid, "failed": failed, "outcomes": outcomes, "figures": values, "absent": absent}, err
}
