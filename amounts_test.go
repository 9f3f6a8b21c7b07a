package union_test

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
)

// A publishedAmount is one printed fact about amounts, with where it is printed.
// Which of its members are there decides what is asked of it.
type publishedAmount struct {
	Kind   string `json:"kind"`
	Title  string `json:"title"`
	Source string `json:"source"`

	Amount     string   `json:"amount"`
	Accepted   []string `json:"accepted"`
	Bank       string   `json:"bank"`
	Accounting string   `json:"accounting"`

	Text      string `json:"text"`
	Character string `json:"character"`
	Right     string `json:"right"`

	Unit      string     `json:"unit"`
	Lines     []string   `json:"lines"`
	Total     string     `json:"total"`
	Exact     *shownAs   `json:"exact"`
	Rounded   *shownAs   `json:"rounded"`
	Headlines []headline `json:"headlines"`
	Printed   string     `json:"printed"`
	Gap       string     `json:"gap"`
}

type shownAs struct {
	Unit   string     `json:"unit"`
	Mode   union.Mode `json:"mode"`
	Places int        `json:"places"`
	Text   string     `json:"text"`
}

type headline struct {
	Unit   string `json:"unit"`
	Places int    `json:"places"`
	Over   string `json:"over"`
	Text   string `json:"text"`
}

func TestPublishedAmountsComeOutAsPrinted(t *testing.T) {
	data, err := os.ReadFile("testdata/amounts.json")
	require.NoError(t, err)
	var published []publishedAmount
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	require.NoError(t, decoder.Decode(&published))
	kinds := map[string]func(*testing.T, publishedAmount){
		"uppercase":         checkUppercase,
		"refused uppercase": checkRefusedUppercase,
		"sum":               checkSum,
	}
	for _, each := range published {
		t.Run(each.Kind+": "+each.Title, func(t *testing.T) {
			require.NotEmpty(t, each.Source)
			require.Contains(t, kinds, each.Kind)
			kinds[each.Kind](t, each)
		})
	}
}

func checkUppercase(t *testing.T, each publishedAmount) {
	amount := union.MustParseMoney(each.Amount)
	for _, text := range each.Accepted {
		read, err := union.ParseCapitals(text)
		require.NoError(t, err, text)
		assert.Equal(t, amount, read, text)
	}
	bank, err := amount.Capitals(union.BankCapitals)
	require.NoError(t, err)
	accounting, err := amount.Capitals(union.AccountingCapitals)
	require.NoError(t, err)
	assert.True(t, slices.ContainsFunc(each.Accepted, func(text string) bool {
		return strings.TrimPrefix(text, "人民币") == bank
	}), "%s is not among those accepted", bank)
	if each.Bank != "" {
		assert.Equal(t, each.Bank, bank)
		assert.Equal(t, each.Accounting, accounting)
	}
}

func checkRefusedUppercase(t *testing.T, each publishedAmount) {
	_, err := union.ParseCapitals(each.Text)
	require.ErrorIs(t, err, union.ErrText)
	require.ErrorContains(t, err, `"`+each.Character+`"`)
	assert.ErrorContains(t, err, "want "+each.Right)
}

var readIn = map[string]func(string) (union.Money, error){
	"元": union.ParseMoney, "万元": union.ParseWan, "亿元": union.ParseYi,
}

var writtenIn = map[string]func(union.Money) string{
	"元": union.Money.String, "万元": union.Money.ExactWan, "亿元": union.Money.ExactYi,
}

var roundedIn = map[string]func(union.Money, union.Rounding) (string, bool, error){
	"万元": union.Money.Wan, "亿元": union.Money.Yi,
}

var headlineIn = map[string]func(union.Money, int, string) (string, error){
	"万元": union.Money.WanHeadline, "亿元": union.Money.YiHeadline,
}

func checkSum(t *testing.T, each publishedAmount) {
	amounts := make([]union.Money, len(each.Lines))
	for i, line := range each.Lines {
		amount, err := readIn[each.Unit](line)
		require.NoError(t, err, line)
		amounts[i] = amount
	}
	total, err := union.SumMoney(amounts...)
	require.NoError(t, err)
	if each.Total != "" {
		assert.Equal(t, each.Total, total.String())
	}
	if each.Exact != nil {
		assert.Equal(t, each.Exact.Text, writtenIn[each.Exact.Unit](total))
	}
	if each.Rounded != nil {
		text, exact, err := roundedIn[each.Rounded.Unit](total, union.Rounding{Mode: each.Rounded.Mode, Places: each.Rounded.Places})
		require.NoError(t, err)
		assert.Equal(t, each.Rounded.Text, text)
		assert.False(t, exact)
	}
	for _, printed := range each.Headlines {
		text, err := headlineIn[printed.Unit](total, printed.Places, printed.Over)
		require.NoError(t, err)
		assert.Equal(t, printed.Text, text)
	}
	if each.Printed != "" { // a printed sum that may not be that of its lines
		printed, err := readIn[each.Unit](each.Printed)
		require.NoError(t, err)
		gap, err := printed.Sub(total)
		require.NoError(t, err)
		assert.Equal(t, each.Gap, writtenIn[each.Unit](gap))
	}
}
