package union_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/laws"
)

// slowYuan writes a whole number of yuan below 10^12 as a clerk is taught to:
// every digit with its unit, then zeros struck out until nothing changes. It
// shares nothing with the library.
func slowYuan(yuan int64) string {
	if yuan == 0 {
		return ""
	}
	digits := strconv.FormatInt(yuan, 10)
	units := []string{"", "拾", "佰", "仟", "万", "拾", "佰", "仟", "亿", "拾", "佰", "仟"}
	var text strings.Builder
	for i, digit := range digits {
		text.WriteString([]string{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"}[digit-'0'])
		text.WriteString(units[len(digits)-1-i])
	}
	written := text.String() + "元"
	for _, strike := range [][2]string{
		{"零仟", "零"}, {"零佰", "零"}, {"零拾", "零"}, {"零零", "零"}, {"零零", "零"},
		{"零亿", "亿"}, {"零万", "万"}, {"亿万", "亿零"}, {"零零", "零"}, {"零元", "元"},
	} {
		written = strings.ReplaceAll(written, strike[0], strike[1])
	}
	return written
}

// slowCapitals returns what the library is to write in each style, and the other
// ways that the rules leave open for an amount under 10,000 yuan, given its yuan
// as slowYuan writes them.
func slowCapitals(yuan string, fen int64) (bank, accounting string, others []string) {
	names := []string{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"}
	jiao, odd := fen/10%10, fen%10
	zeroYuan := yuan != "" && fen/100%10 == 0
	switch {
	case jiao == 0 && odd == 0 && yuan == "":
		return "零元整", "零元整", nil
	case jiao == 0 && odd == 0:
		return yuan + "整", yuan + "整", nil
	case jiao == 0 && yuan == "":
		return names[odd] + "分", names[odd] + "分", []string{"零元零" + names[odd] + "分"}
	case jiao == 0:
		return yuan + "零" + names[odd] + "分", yuan + "零" + names[odd] + "分", nil
	}
	tail := names[jiao] + "角"
	if odd > 0 {
		tail += names[odd] + "分"
	}
	starts := []string{yuan}
	switch {
	case zeroYuan:
		starts = []string{yuan + "零", yuan}
	case yuan == "":
		starts = []string{"", "零元"}
	}
	bank, accounting = starts[0]+tail, starts[0]+tail
	if odd == 0 {
		accounting += "整"
	}
	for _, start := range starts {
		others = append(others, start+tail)
		if odd == 0 {
			others = append(others, start+tail+"整")
		}
	}
	return bank, accounting, others
}

// Every text that the rules have for an amount is read as that amount, so no
// text can have two readings.
func TestM9EveryAmountOfSixDigitsInFenIsWrittenAndReadByTheRule(t *testing.T) {
	for yuan := range int64(10_000) {
		text := slowYuan(yuan)
		for cents := range int64(100) {
			fen := yuan*100 + cents
			amount := union.Fen(fen)
			bank, accounting, others := slowCapitals(text, fen)
			written, err := amount.Capitals(union.BankCapitals)
			if err != nil || written != bank {
				t.Fatalf("%s is written %s, want %s (%v)", amount, written, bank, err)
			}
			written, err = amount.Capitals(union.AccountingCapitals)
			if err != nil || written != accounting {
				t.Fatalf("%s is written %s, want %s (%v)", amount, written, accounting, err)
			}
			for _, way := range append(others, bank) {
				if read, err := union.ParseCapitals(way); err != nil || read != amount {
					t.Fatalf("%s is read as %s, want %s (%v)", way, read, amount, err)
				}
			}
		}
	}
}

func TestLargeAmountsAreWrittenByTheRule(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		yuan := rapid.OneOf(
			rapid.Int64Range(0, 999_999_999_999),
			rapid.Custom(func(r *rapid.T) int64 { // mostly zeros
				text := rapid.StringMatching(`[1-9][0]*[1-9]?[0]*[1-9]?[0]*`).Draw(r, "digits")
				n, err := strconv.ParseInt(text[:min(len(text), 12)], 10, 64)
				require.NoError(r, err)
				return n
			}),
		).Draw(r, "yuan")
		cents := rapid.OneOf(rapid.Just(int64(0)), rapid.Int64Range(0, 99)).Draw(r, "cents")
		amount := union.Fen(yuan*100 + cents)
		text := slowYuan(yuan)
		bank, _, ways := slowCapitals(text, amount.Fen())
		written, err := amount.Capitals(union.BankCapitals)
		require.NoError(r, err)
		// The slow rule drops 零 before any 仟 that stands below 万 or 亿 with a
		// digit in its last place, and so does the library.
		require.Equal(r, bank, written)
		for _, way := range ways {
			read, err := union.ParseCapitals(way)
			require.NoError(r, err)
			require.Equal(r, amount, read)
		}
	})
}

// capitalsReadBack states that reading an amount in capitals gives the amount.
func capitalsReadBack(write func(union.Money, union.Capitals) (string, error)) laws.Law {
	return func(r *rapid.T) error {
		amount := drawMoney(r)
		style := rapid.SampledFrom([]union.Capitals{union.BankCapitals, union.AccountingCapitals}).Draw(r, "style")
		text, err := write(amount, style)
		if err != nil {
			return err
		}
		back, err := union.ParseCapitals(text)
		if err != nil {
			return err
		}
		if back != amount {
			return fmt.Errorf("%s is read as %s, want %s", text, back, amount)
		}
		prefixed, err := union.ParseCapitals("人民币" + text)
		if err != nil || prefixed != amount {
			return fmt.Errorf("人民币%s is read as %s, want %s (%w)", text, prefixed, amount, err)
		}
		return nil
	}
}

func TestM9CapitalsAreReadBack(t *testing.T) {
	laws.Holds(t, capitalsReadBack(union.Money.Capitals))
	laws.Rejects(t, capitalsReadBack(func(m union.Money, style union.Capitals) (string, error) {
		text, err := m.Capitals(style)
		return strings.ReplaceAll(text, "零", ""), err // missing 零
	}))
	laws.Rejects(t, capitalsReadBack(func(m union.Money, style union.Capitals) (string, error) {
		text, err := m.Capitals(style)
		return strings.TrimPrefix(text, "负"), err
	}))
}

// capitalsHaveOneReading states that a text which is read has, but for what the
// rules leave to the writer, the very characters of the amount it is read as: so
// no other amount can be read from it. The texts are written ones with one
// character left out, doubled, added or put in the place of another.
func capitalsHaveOneReading(read func(string) (union.Money, error)) laws.Law {
	return func(r *rapid.T) error {
		amounts := rapid.OneOf(rapid.Custom(drawMoney), rapid.Map(rapid.Int64Range(0, 9_999_999), union.Fen))
		written, err := amounts.Draw(r, "amount").Capitals(union.AccountingCapitals)
		if err != nil {
			return err
		}
		text := []rune(written)
		at := rapid.IntRange(0, len(text)-1).Draw(r, "at")
		other := rapid.SampledFrom([]rune("零壹伍玖拾佰仟万亿元角分整负")).Draw(r, "other")
		switch rapid.IntRange(0, 3).Draw(r, "how") {
		case 0:
			text = slices.Delete(text, at, at+1)
		case 1:
			text = slices.Insert(text, at, text[at])
		case 2:
			text = slices.Insert(text, at, other)
		default:
			text[at] = other
		}
		if amount, err := read(string(text)); err == nil {
			again, err := amount.Capitals(union.AccountingCapitals)
			if err != nil || weight(again) != weight(string(text)) {
				return fmt.Errorf("%s is read as %s, which is %s (%w)", string(text), amount, again, err)
			}
		}
		return nil
	}
}

func TestM9CapitalsHaveAtMostOneReading(t *testing.T) {
	laws.Holds(t, capitalsHaveOneReading(union.ParseCapitals))
	laws.Rejects(t, capitalsHaveOneReading(func(text string) (union.Money, error) {
		amount, err := union.Money{}, union.ErrText
		for end := range text { // reads as far as it makes sense
			if read, wrong := union.ParseCapitals(text[:end]); wrong == nil {
				amount, err = read, nil
			}
		}
		return amount, err
	}))
	laws.Rejects(t, capitalsHaveOneReading(func(text string) (union.Money, error) {
		amount, err := union.ParseCapitals(text)
		for at, character := range text { // passes over a character that makes no sense
			if err != nil {
				amount, err = union.ParseCapitals(text[:at] + text[at+utf8.RuneLen(character):])
			}
		}
		return amount, err
	}))
}

func TestVeryLargeAmountsHaveNamesToo(t *testing.T) {
	for text, want := range map[string]string{
		"100000000":             "壹亿元整",
		"100000500":             "壹亿零伍佰元整",
		"100005000":             "壹亿零伍仟元整",
		"1000050000":            "壹拾亿零伍万元整",
		"1050000000":            "壹拾亿伍仟万元整",
		"10010001":              "壹仟零壹万零壹元整",
		"1000000000000":         "壹万亿元整",
		"1000000000001":         "壹万亿零壹元整",
		"1000100000000":         "壹万零壹亿元整",
		"10000000000000000":     "壹亿亿元整",
		"10000000100000000":     "壹亿零壹亿元整",
		"10001000000000000":     "壹亿零壹万亿元整",
		"92233720368547758.07":  "玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿陆仟捌佰伍拾肆万柒仟柒佰伍拾捌元零柒分",
		"-92233720368547758.08": "负玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿陆仟捌佰伍拾肆万柒仟柒佰伍拾捌元零捌分",
		"-0.10":                 "负壹角",
	} {
		written, err := union.MustParseMoney(text).Capitals(union.BankCapitals)
		require.NoError(t, err)
		assert.Equal(t, want, written)
		read, err := union.ParseCapitals(want)
		require.NoError(t, err)
		assert.Equal(t, union.MustParseMoney(text), read)
	}
}

func TestOtherWaysOfWritingCapitalsAreRead(t *testing.T) {
	for text, want := range map[string]string{
		"人民币伍元整":       "5",
		"人民幣伍圓正":       "5",
		"伍圆整":          "5",
		"貳萬參仟陸佰元整":     "23600",
		"叄億元整":         "300000000",
		"負壹角":          "-0.10",
		"人民币负壹角整":      "-0.10",
		"零元伍角":         "0.50",
		"零元零伍分":        "0.05",
		"壹拾万零柒仟元零伍角叁分": "107000.53",
		"壹拾万柒仟元伍角叁分":   "107000.53",
		"壹亿伍仟元整":       "100005000",
		"壹拾亿零伍仟万元整":    "1050000000",
		"壹仟万伍仟元整":      "10005000",
		"壹仟万零伍仟元零伍角":   "10005000.50",
		"壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分":        "1234567.89",
		"玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元整": "999999999999",
	} {
		read, err := union.ParseCapitals(text)
		require.NoError(t, err, text)
		assert.Equal(t, union.MustParseMoney(want), read, text)
	}
}

func TestCapitalsThatBreakTheRulesAreRefusedWhereTheyDo(t *testing.T) {
	for _, row := range []struct {
		reason string
		text   string
		got    string
		want   string
	}{
		{"nothing", "", "the end of the text", "an amount in uppercase numerals"},
		{"a prefix alone", "人民币", "the end of the text", "an amount in uppercase numerals"},
		{"a sign alone", "负", "the end of the text", "an amount in uppercase numerals"},
		{"一", "一万零伍佰元整", `"一" as character 1`, "壹"},
		{"二", "伍佰二拾元整", `"二" as character 3`, "贰"},
		{"两", "两佰元整", `"两" as character 1`, "贰"},
		{"三", "人民币三元整", `"三" as character 4`, "叁"},
		{"四", "四元整", `"四" as character 1`, "肆"},
		{"五", "五元整", `"五" as character 1`, "伍"},
		{"六", "六元整", `"六" as character 1`, "陆"},
		{"七", "七元整", `"七" as character 1`, "柒"},
		{"八", "八元整", `"八" as character 1`, "捌"},
		{"九", "九元整", `"九" as character 1`, "玖"},
		{"十", "壹十元整", `"十" as character 2`, "拾"},
		{"百", "壹百元整", `"百" as character 2`, "佰"},
		{"千", "壹千元整", `"千" as character 2`, "仟"},
		{"念", "念元整", `"念" as character 1`, "贰拾"},
		{"廿", "廿元整", `"廿" as character 1`, "贰拾"},
		{"毛", "壹元伍毛", `"毛" as character 4`, "角"},
		{"另", "壹仟另壹元整", `"另" as character 3`, "零"},
		{"〇", "壹仟〇壹元整", `"〇" as character 3`, "零"},
		{"块", "壹块", `"块" as character 2`, "元"},
		{"塊", "壹塊", `"塊" as character 2`, "元"},
		{"figures", "5元整", `"5" as character 1`, "an uppercase numeral"},
		{"a space", "伍元 整", `" " as character 3`, "an uppercase numeral"},
		{"bytes that are not UTF-8", "\xff", `"�" as character 1`, "an uppercase numeral"},
		{"a gap after the prefix", "人民币 伍元整", `" " as character 4`, "an uppercase numeral"},
		{"拾 without 壹", "拾元整", `"拾" as character 1`, "壹"},
		{"拾 without 壹 further on", "贰佰拾元整", `"拾" as character 3`, "壹"},
		{"a missing 零 in the middle", "壹仟玖元整", `"玖" as character 3`, "零"},
		{"a missing 零 after 万", "壹万伍佰元整", `"伍" as character 3`, "零"},
		{"a missing 零 before 分", "叁佰贰拾伍元肆分", `"肆" as character 7`, "零"},
		{"a missing 零 after 零元", "零元伍分", `"伍" as character 3`, "零"},
		{"two 零", "壹仟零零玖元整", `"零" as character 4`, "玖"},
		{"零 that stands for nothing", "壹佰零拾元整", `"零" as character 3`, "壹"},
		{"零 before 角 after a digit", "壹元零伍角", `"零" as character 3`, "伍"},
		{"零 at the end of the yuan", "壹佰零元整", `"零" as character 3`, "元"},
		{"零角", "壹元零角伍分", `"角" as character 4`, "伍"},
		{"no 元", "壹佰整", `"整" as character 3`, "元"},
		{"no 整 after 元", "伍元", "the end of the text", "整"},
		{"整 after 分", "壹元伍角叁分整", `"整" as character 7`, "nothing more"},
		{"整 twice", "伍元整整", `"整" as character 4`, "nothing more"},
		{"整 before the end", "伍元整伍角", `"整" as character 3`, "伍"},
		{"units out of order", "壹拾伍佰元整", `"壹" as character 1`, "伍"},
		{"a unit twice", "壹佰佰元整", `"壹" as character 1`, "贰"},
		{"a sign before nothing", "负零元整", `"负" as character 1`, "零"},
		{"a sign inside", "壹负元整", `"负" as character 2`, "元"},
		{"零元 before a yuan", "零元壹元整", `"零" as character 1`, "壹"},
		{"零元 before nothing", "零元零元整", `"零" as character 3`, "整"},
		{"the prefix twice", "人民币人民币伍元整", `"人" as character 4`, "伍"},
		{"too long", strings.Repeat("壹", 86), "258 bytes", "at most 256 bytes"},
	} {
		amount, err := union.ParseCapitals(row.text)
		require.ErrorIs(t, err, union.ErrText, row.reason)
		assert.Zero(t, amount, row.reason)
		if assert.Len(t, union.Faults(err), 1, row.reason) {
			assert.Equal(t, row.got, union.Faults(err)[0].Got, row.reason)
			assert.Equal(t, row.want, union.Faults(err)[0].Want, row.reason)
		}
	}
}

func TestCapitalsBeyondTheRangeOverflow(t *testing.T) {
	for _, text := range []string{
		"玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿陆仟捌佰伍拾肆万柒仟柒佰伍拾捌元零捌分",
		"负玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿陆仟捌佰伍拾肆万柒仟柒佰伍拾捌元零玖分",
		"玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿陆仟捌佰伍拾肆万柒仟柒佰伍拾玖元整",
		"玖拾亿亿元整",
		"壹亿亿亿元整",
		strings.Repeat("亿", 80) + "壹亿亿亿",
	} {
		_, err := union.ParseCapitals(text)
		require.ErrorIs(t, err, union.ErrOverflow, text)
	}
}

func TestStylesOfCapitalsHaveTexts(t *testing.T) {
	for style, want := range map[union.Capitals]string{
		union.BankCapitals: "bank", union.AccountingCapitals: "accounting",
	} {
		text, err := style.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, want, string(text))
		var read union.Capitals
		require.NoError(t, read.UnmarshalText(text))
		assert.Equal(t, style, read)
	}
	assert.Equal(t, "Capitals(0)", union.Capitals(0).String())
	assert.Equal(t, "Capitals(9)", union.Capitals(9).String())
	_, err := union.Capitals(0).MarshalText()
	require.ErrorIs(t, err, union.ErrUnknown)
	_, err = union.Capitals(9).MarshalText()
	require.ErrorIs(t, err, union.ErrUnknown)
	_, err = union.Fen(1).Capitals(0)
	require.ErrorIs(t, err, union.ErrMissing)
	_, err = union.Fen(1).Capitals(9)
	require.ErrorIs(t, err, union.ErrUnknown)
	kept := union.AccountingCapitals
	for _, text := range []string{"", "Bank", "Capitals(0)"} {
		require.ErrorIs(t, kept.UnmarshalText([]byte(text)), union.ErrUnknown)
	}
	assert.Equal(t, union.AccountingCapitals, kept)
}

func FuzzParseCapitals(f *testing.F) {
	for _, seed := range []string{"零元整", "壹仟肆佰零玖元伍角", "人民币壹拾万零柒仟元伍角叁分", "負貳萬圓正", "壹亿亿元整", "一元", "\xff", "亿亿亿亿亿壹元整"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		amount, err := union.ParseCapitals(text)
		if err != nil {
			assert.Zero(t, amount)
			return
		}
		written, err := amount.Capitals(union.AccountingCapitals)
		require.NoError(t, err)
		back, err := union.ParseCapitals(written)
		require.NoError(t, err)
		assert.Equal(t, amount, back)
		// What may differ from what is written is the form of the characters, the
		// prefix, 零, and 整 after 角: nothing that counts.
		assert.Equal(t, weight(written), weight(text))
	})
}

// weight is what is left of an amount in capitals without all that may differ.
func weight(text string) string {
	text = strings.NewReplacer("圆", "元", "圓", "元", "正", "整", "貳", "贰", "參", "叁", "叄", "叁", "陸", "陆",
		"萬", "万", "億", "亿", "負", "负", "幣", "币").Replace(text)
	text = strings.TrimPrefix(text, "人民币")
	unsigned := strings.TrimPrefix(text, "负")
	sign := text[:len(text)-len(unsigned)]
	text = sign + strings.TrimPrefix(unsigned, "零元")
	return strings.NewReplacer("零", "", "整", "").Replace(text)
}
