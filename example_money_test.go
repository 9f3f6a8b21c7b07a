package union_test

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/unioncampaign/union"
)

// A donation list is added up in fen, shown in 万元 for the summary, cut for the
// headline, and written out in capitals for the receipt.
func ExampleMoney() {
	var total union.Money
	for _, gift := range []string{"2104.36", "935.77"} { // 万元, as reported
		amount, err := union.ParseWan(gift)
		if err != nil {
			fmt.Println(err)
			return
		}
		if total, err = total.Add(amount); err != nil {
			fmt.Println(err)
			return
		}
	}
	fmt.Println(total, "元")
	shown, exact, _ := total.Wan(union.Rounding{Mode: union.HalfUp, Places: 1})
	fmt.Println(shown, "万元, exact:", exact)
	headline, _ := total.WanHeadline(0, "余")
	fmt.Println(headline)
	capitals, _ := total.Capitals(union.BankCapitals)
	fmt.Println("人民币" + capitals)
	// Output:
	// 30401300.00 元
	// 3040.1 万元, exact: false
	// 3040万余元
	// 人民币叁仟零肆拾万壹仟叁佰元整
}

func ExampleParseMoney() {
	for _, text := range []string{"24310.5", "-0.05", "1.234", "1,234", "99999999999999999"} {
		amount, err := union.ParseMoney(text)
		fmt.Println(amount, err)
	}
	// Output:
	// 24310.50 <nil>
	// -0.05 <nil>
	// 0.00 out of range: got "1.234", want at most 2 decimal places
	// 0.00 cannot be read: got "1,234", want an amount such as 1234.50
	// 0.00 too large to be held exactly: got 17 bytes, want an amount of at most 92233720368547758.07 yuan
}

func ExampleParseMoneyBytes() {
	line := []byte("G-0001,120.50,2010-05-04")
	amount, err := union.ParseMoneyBytes(line[7:13])
	fmt.Println(amount.Fen(), err)
	// Output: 12050 <nil>
}

func ExampleMoneyOf() {
	amount, err := union.MoneyOf(decimal.RequireFromString("1600.500"))
	fmt.Println(amount, err)
	_, err = union.MoneyOf(decimal.RequireFromString("0.005"))
	fmt.Println(err)
	_, err = union.MoneyOf(decimal.New(1, 1_000_000_000))
	fmt.Println(errors.Is(err, union.ErrOverflow))
	// Output:
	// 1600.50 <nil>
	// out of range: got a decimal finer than a fen, want whole fen
	// true
}

// One and a half times a standard of 455.55 yuan is no whole number of fen until
// a rule says how to round it.
func ExampleMoneyOfNumber() {
	limit := union.MustParseMoney("455.55").Number().Mul(union.MustParseNumber("1.5"))
	_, err := union.MoneyOfNumber(limit)
	fmt.Println(err)
	rounded, _ := union.Rounding{Mode: union.HalfUp, Places: 2}.Apply(limit)
	fmt.Println(union.MoneyOfNumber(rounded))
	// Output:
	// out of range: got 683.325 yuan, want whole fen
	// 683.33 <nil>
}

func ExampleMoney_Decimal() {
	fmt.Println(union.MustParseMoney("120.50").Decimal().StringFixed(2))
	// Output: 120.50
}

func ExampleMoney_Number() {
	perHead, _ := union.MustParseMoney("1000").Number().Quo(union.Whole(3))
	fmt.Println(perHead)
	// Output: 1000/3
}

func ExampleMoney_Add() {
	fmt.Println(union.MustParseMoney("0.10").Add(union.MustParseMoney("0.20")))
	_, err := union.Fen(9223372036854775807).Add(union.Fen(1))
	fmt.Println(errors.Is(err, union.ErrOverflow))
	// Output:
	// 0.30 <nil>
	// true
}

func ExampleMoney_Sub() {
	fmt.Println(union.MustParseMoney("100").Sub(union.MustParseMoney("100.01")))
	// Output: -0.01 <nil>
}

func ExampleMoney_Neg() {
	fmt.Println(union.MustParseMoney("12.30").Neg())
	// Output: -12.30 <nil>
}

// Twelve months of a monthly standard.
func ExampleMoney_Times() {
	fmt.Println(union.MustParseMoney("940").Times(12))
	// Output: 11280.00 <nil>
}

func ExampleSumMoney() {
	fmt.Println(union.SumMoney(
		union.MustParseMoney("131538.8"), union.MustParseMoney("25300"), union.MustParseMoney("5115.5"),
	))
	// Output: 161954.30 <nil>
}

func ExampleMoney_Cmp() {
	income, line := union.MustParseMoney("940.01"), union.MustParseMoney("940")
	fmt.Println(income.Cmp(line) > 0)
	// Output: true
}

func ExampleMoney_Sign() {
	fmt.Println(union.Fen(-5).Sign(), union.Fen(0).Sign(), union.Fen(5).Sign())
	// Output: -1 0 1
}

// A hundred yuan over three towns: the odd fen goes to the first, and the tie is
// told.
func ExampleMoney_Allocate() {
	shares, tied, err := union.MustParseMoney("100").Allocate(1, 1, 1)
	fmt.Println(shares, tied, err)
	// Output: [33.34 33.33 33.33] [0 1 2] <nil>
}

func ExampleMoney_MarshalJSON() {
	data, _ := json.Marshal(map[string]union.Money{"amount": union.MustParseMoney("12.3")})
	fmt.Println(string(data))
	// Output: {"amount":"12.30"}
}

func ExampleMoney_InWan() {
	figure, _ := union.FigureSpec{
		Key: "aid.donation.total", Title: "捐款总额", Measure: "万元",
		Rounding: union.Rounding{Mode: union.HalfUp, Places: 2},
	}.Number(union.MustParseMoney("24310.50").InWan())
	fmt.Println(figure)
	// Output: 2.43万元
}

func ExampleMoney_InYi() {
	fmt.Println(union.MustParseMoney("6023000000").InYi())
	// Output: 60.23
}

func ExampleMoney_Wan() {
	amount := union.MustParseMoney("70367311.29")
	fmt.Println(amount.Wan(union.Rounding{Mode: union.HalfUp, Places: 1}))
	fmt.Println(amount.Wan(union.Rounding{Mode: union.HalfUp, Places: 6}))
	// Output:
	// 7036.7 false <nil>
	// 7036.731129 true <nil>
}

func ExampleMoney_Yi() {
	fmt.Println(union.MustParseMoney("931901400").Yi(union.Rounding{Mode: union.HalfUp, Places: 1}))
	// Output: 9.3 false <nil>
}

func ExampleMoney_ExactWan() {
	fmt.Println(union.MustParseMoney("1467774").ExactWan())
	// Output: 146.7774
}

func ExampleMoney_ExactYi() {
	fmt.Println(union.MustParseMoney("120000000").ExactYi())
	// Output: 1.2
}

func ExampleParseWan() {
	fmt.Println(union.ParseWan("2104.36"))
	// Output: 21043600.00 <nil>
}

func ExampleParseYi() {
	fmt.Println(union.ParseYi("60.23"))
	// Output: 6023000000.00 <nil>
}

func ExampleMoney_WanHeadline() {
	for _, text := range []string{"3840208", "3840000"} {
		headline, _ := union.MustParseMoney(text).WanHeadline(0, "余")
		fmt.Println(headline)
	}
	// Output:
	// 384万余元
	// 384万元
}

func ExampleMoney_YiHeadline() {
	fmt.Println(union.MustParseMoney("1019999999.99").YiHeadline(1, "多"))
	// Output: 10.1亿多元 <nil>
}

func ExampleMoney_Capitals() {
	amount := union.MustParseMoney("61409.5")
	fmt.Println(amount.Capitals(union.BankCapitals))
	fmt.Println(amount.Capitals(union.AccountingCapitals))
	// Output:
	// 陆万壹仟肆佰零玖元伍角 <nil>
	// 陆万壹仟肆佰零玖元伍角整 <nil>
}

func ExampleParseCapitals() {
	for _, text := range []string{"人民币壹拾万零柒仟元伍角叁分", "壹拾万柒仟元零伍角叁分", "一万零伍佰元整", "壹仟玖元整"} {
		fmt.Println(union.ParseCapitals(text))
	}
	// Output:
	// 107000.53 <nil>
	// 107000.53 <nil>
	// 0.00 cannot be read: got "一" as character 1, want 壹
	// 0.00 cannot be read: got "玖" as character 3, want 零
}
