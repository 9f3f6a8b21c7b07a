package union_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/laws"
)

func ExampleDate_Capitals() {
	fmt.Println(union.MustParseDate("2010-01-15").Capitals())
	fmt.Println(union.MustParseDate("2010-10-20").Capitals())
	// Output:
	// 贰零壹零年零壹月壹拾伍日
	// 贰零壹零年零壹拾月零贰拾日
}

func ExampleParseCapitalDate() {
	fmt.Println(union.ParseCapitalDate("贰零壹零年零壹月壹拾伍日"))
	_, err := union.ParseCapitalDate("贰零壹零年壹月壹拾伍日") // could become 壹拾壹月
	fmt.Println(err)
	// Output:
	// 2010-01-15 <nil>
	// cannot be read: got another text, want a day such as 贰零壹零年零壹月壹拾伍日
}

// The rule's own examples: 1月15日 and 10月20日; the others follow from its words.
func TestDaysInCapitalsAreAsTheRuleHasThem(t *testing.T) {
	for day, want := range map[string]string{
		"2010-01-15": "贰零壹零年零壹月壹拾伍日",
		"2010-10-20": "贰零壹零年零壹拾月零贰拾日",
		"1999-02-01": "壹玖玖玖年零贰月零壹日",
		"2024-03-09": "贰零贰肆年叁月零玖日",
		"2010-11-10": "贰零壹零年壹拾壹月零壹拾日",
		"2010-12-30": "贰零壹零年壹拾贰月零叁拾日",
		"2010-09-31": "",
		"2010-12-31": "贰零壹零年壹拾贰月叁拾壹日",
	} {
		date, err := union.ParseDate(day)
		if want == "" {
			require.Error(t, err)
			continue
		}
		require.NoError(t, err)
		assert.Equal(t, want, date.Capitals(), day)
	}
	assert.Empty(t, union.Date{}.Capitals())
}

func TestDaysInCapitalsThatAreReadOrNot(t *testing.T) {
	for text, want := range map[string]string{
		"贰零壹零年零叁月壹拾伍日":   "2010-03-15", // 零 before 叁 may be there
		"貳零壹零年叁月壹拾伍日":    "2010-03-15",
		"贰零壹零年零壹拾贰月壹拾伍日": "", // 零 where it may not be
		"贰零壹零年叁月零壹拾伍日":   "",
		"贰零壹零年叁月伍日":      "", // 伍 could become 壹拾伍
		"贰零壹零年叁月贰拾日":     "",
		"贰零壹零年壹拾月壹拾伍日":   "",
		"贰零壹零年叁月拾伍日":     "",
		"贰零壹零年叁月零拾伍日":    "",
		"贰零壹零年叁月壹拾伍":     "",
		"贰零壹零年叁月壹拾伍日。":   "",
		"二〇一〇年三月十五日":     "",
		"贰零壹年叁月壹拾伍日":     "",
		"零贰零壹零年叁月壹拾伍日":   "",
		"贰零壹零年零贰月零叁拾日":   "",
		"贰零壹零年叁叁月壹拾伍日":   "",
		"年月日":            "",
		"":               "",
		"贰零壹零年零零月壹拾伍日":   "",
		"贰零壹零年叁月零零日":     "",
	} {
		date, err := union.ParseCapitalDate(text)
		if want == "" {
			require.ErrorIs(t, err, union.ErrText, text)
			continue
		}
		require.NoError(t, err, text)
		assert.Equal(t, want, date.String(), text)
	}
	_, err := union.ParseCapitalDate(string(make([]byte, 1000)))
	require.ErrorIs(t, err, union.ErrText)
}

// readBack states that a day is read back from its capitals.
func readBack(capitals func(union.Date) string) laws.Law {
	return func(r *rapid.T) error {
		date, err := union.MustParseDate("1949-10-01").AddDays(rapid.IntRange(0, 60000).Draw(r, "days"))
		if err != nil {
			return err
		}
		read, err := union.ParseCapitalDate(capitals(date))
		if err == nil && read != date {
			err = fmt.Errorf("%v is read as %v", date, read)
		}
		return err
	}
}

func TestDaysInCapitalsAreReadBack(t *testing.T) {
	laws.Holds(t, readBack(union.Date.Capitals))
	laws.Rejects(t, readBack(func(d union.Date) string { // without 零 before 壹拾, 贰拾 and 叁拾
		text := []rune(d.Capitals())
		if d.Day()%10 == 0 {
			text = append(text[:len(text)-4], text[len(text)-3:]...)
		}
		return string(text)
	}))
}

func FuzzParseCapitalDate(f *testing.F) {
	f.Add("贰零壹零年零壹月壹拾伍日")
	f.Add("贰零壹零年零叁月零玖日")
	f.Fuzz(func(t *testing.T, text string) {
		if date, err := union.ParseCapitalDate(text); err == nil {
			again, err := union.ParseCapitalDate(date.Capitals())
			require.NoError(t, err)
			require.Equal(t, date, again)
		}
	})
}
