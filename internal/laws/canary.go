package laws

import (
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
)

// A Canary is a person and a firm that no output may show. The numbers are the
// examples that the standards print, so they belong to nobody.
type Canary struct {
	Name union.Name       `json:"name"`
	ID   union.IDNumber   `json:"id"`
	Firm union.CreditCode `json:"firm"`
}

// What the canary is known by.
const (
	CanaryName = "欧阳不可见"
	CanaryID   = "11010519491231002X"
	CanaryFirm = "91350100M000100Y43"
)

// NewCanary returns the canary. It fails the test if its numbers are not read.
func NewCanary(t *testing.T) Canary {
	t.Helper()
	id, err := union.ParseIDNumber(CanaryID)
	require.NoError(t, err)
	firm, err := union.ParseCreditCode(CanaryFirm)
	require.NoError(t, err)
	return Canary{Name: union.MustNewName(CanaryName), ID: id, Firm: firm}
}

// CanariesIn returns which shapes of the canary a text has: its parts and pieces of
// them, plain, escaped and as bytes, with spaces between or without.
func CanariesIn(text string) []string {
	spaceless := strings.ReplaceAll(text, " ", "")
	var shown []string
	for _, whole := range []string{CanaryName, CanaryID, CanaryFirm, CanaryName[3:], CanaryID[6:14], CanaryFirm[4:]} {
		inHex := hex.EncodeToString([]byte(whole))
		escaped := strings.Trim(fmt.Sprintf("%+q", whole), `"`)
		numbers := strings.Trim(fmt.Sprintf("%d", []byte(whole)), "[]")
		literal := strings.Trim(strings.TrimPrefix(fmt.Sprintf("%#v", []byte(whole)), "[]byte"), "{}")
		for _, shape := range []string{whole, inHex, strings.ToUpper(inHex), escaped, numbers, literal} {
			if strings.Contains(text, shape) || strings.Contains(spaceless, shape) {
				shown = append(shown, shape)
			}
		}
	}
	return shown
}
