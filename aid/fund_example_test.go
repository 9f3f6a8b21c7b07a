package aid_test

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
)

// One household's year, as far as money goes: two grants, a third that is refused,
// and the reversal of the second, after which there is room again.
func Example_householdMoney() {
	ledger := books().Ledger()
	post := func(what string, e aid.Entry) {
		if err := ledger.Post(e); err != nil {
			fmt.Println(e.Effective, what, "-", err)
			return
		}
		sum, times, _ := ledger.Counted("living", aid.Use{Household: "H-0001"}, e.Effective)
		left, _ := ledger.Available("central")
		fmt.Println(e.Effective, what, "- granted", sum, "in", times, "- left in the fund", left)
	}
	living := func(id, amount, on string) aid.Entry {
		return aid.Entry{
			ID: id, Kind: aid.EntryGrant, From: aid.Side{Fund: "central", Position: "bank"}, Amount: yuan(amount), Effective: day(on), Recorded: day(on),
			For: aid.Use{Household: "H-0001", Purpose: "living", Class: "deep"}, By: "县总办公会〔2010〕3号",
		}
	}
	post("appropriation", aid.Entry{
		ID: "a1", Kind: aid.EntryReceive, To: aid.Side{Fund: "central", Position: "bank"}, Amount: yuan("50000"),
		Effective: day("2010-02-01"), Recorded: day("2010-02-01"),
	})
	post("first grant", living("g1", "1500", "2010-03-15"))
	second := living("g2", "1000", "2010-05-04")
	post("second grant", second)
	post("third grant", living("g3", "800", "2010-08-10"))
	post("reversal", aid.Entry{
		ID: "r1", Kind: aid.EntryReverse, From: second.To, To: second.From, Amount: second.Amount, Effective: day("2010-08-20"),
		Recorded: day("2010-08-20"), Of: "g2", By: "县总办公会〔2010〕9号", Reason: "账号有误，银行退回",
	})
	post("third grant", living("g3", "800", "2010-08-21"))
	// Output:
	// 2010-02-01 appropriation - granted 0.00 in 0 - left in the fund 50000.00
	// 2010-03-15 first grant - granted 1500.00 in 1 - left in the fund 48500.00
	// 2010-05-04 second grant - granted 2500.00 in 2 - left in the fund 47500.00
	// 2010-08-10 third grant - amount: more than the ceiling: got 800.00 beside 2500.00, want at most 3120.00, as "living" says
	// 2010-08-20 reversal - granted 1500.00 in 1 - left in the fund 48500.00
	// 2010-08-21 third grant - granted 2300.00 in 2 - left in the fund 47700.00
}

// exampleLedger has money in the central fund and one grant.
func exampleLedger() *aid.Ledger {
	ledger := books().Ledger()
	for _, e := range []aid.Entry{receipt("in", "central", "10000", "2010-02-01"), grant("g1", "central", "H-0001", "1500", "2010-03-15")} {
		if err := ledger.Post(e); err != nil {
			panic(err)
		}
	}
	return ledger
}

func ExampleNewBooks() {
	spec := booksSpec()
	spec.Funds[0].Residue = "donated fund"
	_, err := aid.NewBooks(spec)
	fmt.Println(err)
	// Output: funds[0].residue: not known: got "donated fund", want a fund of the books
}

func ExampleBooks_Limit() {
	for _, on := range []string{"2010-06-30", "2010-07-01"} { // when the line rises
		fmt.Println(on, must(books().Limit("living", "deep", day(on))))
	}
	// Output:
	// 2010-06-30 2880.00
	// 2010-07-01 3120.00
}

func ExampleBooks_Ledger() {
	ledger := books().Ledger()
	fmt.Println(ledger.Len(), must(ledger.Balance(aid.Side{})))
	// Output: 0 0.00
}

func ExampleBooks_Replay() {
	again := must(books().Replay(exampleLedger().Journal()))
	fmt.Println(again.Len(), again.Digest() == exampleLedger().Digest())
	// Output: 2 true
}

func ExampleBooks_Reconcile() {
	county, city := exampleLedger(), exampleLedger()
	for _, finding := range books().Reconcile(map[string]*aid.Ledger{"county": county, "city": city}) {
		fmt.Println(finding)
	}
	// Output: ceilings.living.household."H-0001".2010: no more is granted than the ceiling, whoever grants it: "city", "county": got 3000.00, want at most 2880.00
}

func ExampleBooks_Figures() {
	statement := must(exampleLedger().Statement(union.MustParsePeriod("2010-01-01/2010-12-31")))
	for _, figure := range must(books().Figures(statement)) {
		if slices.Contains([]string{"aid.funds.received", "aid.funds.granted", "aid.funds.closing.wan"}, figure.Key()) {
			fmt.Println(figure.Title(), figure)
		}
	}
	// Output:
	// 资金合计：收入 10000.00元
	// 资金合计：救助支出 1500.00元
	// 资金合计：期末余额（万元） 0.85万元
}

func ExampleLedger_Post() {
	ledger := exampleLedger()
	again := grant("g1", "central", "H-0001", "1500", "2010-03-15")
	fmt.Println(ledger.Post(again), ledger.Len())
	again.Amount = yuan("1600")
	fmt.Println(ledger.Post(again))
	other := grant("g2", "central", "H-0002", "300", "2010-03-15")
	other.For.Purpose = "training"
	fmt.Println(ledger.Post(other))
	// Output:
	// <nil> 2
	// id: given more than once: got "g1" with other content, want a new ID
	// for.purpose: outside the fund's purposes: got "training", want a purpose of the fund "central"
}

func ExampleLedger_Recognise() {
	ledger := exampleLedger()
	err := ledger.Recognise(aid.Prior{
		Ledger: "city", AsOf: day("2010-04-01"), For: aid.Use{Household: "H-0001", Purpose: "living"}, Year: 2010, Amount: yuan("1000"), Times: 1,
	})
	fmt.Println(err)
	fmt.Println(ledger.Post(grant("g2", "central", "H-0001", "500", "2010-04-02")))
	// Output:
	// <nil>
	// amount: more than the ceiling: got 500.00 beside 2500.00, want at most 2880.00, as "living" says
}

func ExampleLedger_Close() {
	ledger := exampleLedger()
	fmt.Println(ledger.Close(day("2010-03-31")))
	fmt.Println(ledger.Post(receipt("late", "central", "1", "2010-03-31")))
	// Output:
	// <nil>
	// effective: effective in a closed period: got 2010-03-31, want a day after 2010-03-31
}

func ExampleLedger_Seal() {
	ledger := exampleLedger()
	fmt.Println(ledger.Close(day("2010-03-31")))
	before := ledger.Digest()
	fmt.Println(ledger.Seal())
	_, shown := ledger.Entry("g1")
	fmt.Println(shown, ledger.Digest() == before, must(ledger.Available("central")))
	// Output:
	// <nil>
	// 2
	// false true 8500.00
}

func ExampleLedger_Check() {
	ledger := exampleLedger()
	early := grant("g2", "central", "H-0002", "100", "2010-01-15")
	early.Recorded = day("2010-03-20")
	fmt.Println(ledger.Post(early), ledger.Check(false))
	fmt.Println(ledger.Check(true)[0])
	// Output:
	// <nil> []
	// entries."g2": a fund has at every time what leaves it: got funds.central at -100.00 on 2010-01-15, want 0.00 or more
}

func ExampleLedger_Statement() {
	statement := must(exampleLedger().Statement(union.MustParsePeriod("2010-03-01/2010-03-31")))
	central := statement.Funds[0]
	fmt.Println(central.Opening, "-", central.Granted.Amount, "=", central.Closing)
	// Output: 10000.00 - 1500.00 = 8500.00
}

func ExampleLedger_Residue() {
	for _, e := range must(exampleLedger().Residue("rest", "central", day("2011-01-05"), "县总〔2011〕1号", "到期结余")) {
		fmt.Println(e.ID, e.Kind, e.Amount, "to", e.To.Fund)
	}
	// Output: rest-bank transfer 8500.00 to general
}

func ExampleLedger_Balance() {
	ledger := exampleLedger()
	fmt.Println(must(ledger.Balance(aid.Side{Fund: "central", Position: "bank"})), must(ledger.Balance(aid.Side{Position: "cash"})))
	// Output: 8500.00 0.00
}

func ExampleLedger_Available() {
	ledger := exampleLedger()
	fmt.Println(ledger.Post(aid.Entry{
		ID: "hold", Kind: aid.EntryReserve, From: aid.Side{Fund: "central"}, Amount: yuan("500"), Effective: day("2010-04-01"), Recorded: day("2010-04-01"),
		For: aid.Use{Household: "H-0002", Purpose: "medical"},
	}))
	fmt.Println(must(ledger.Balance(aid.Side{Fund: "central"})), must(ledger.Available("central")), ledger.Open("hold"))
	// Output:
	// <nil>
	// 8500.00 8000.00 500.00
}

func ExampleLedger_Open() {
	ledger := books().Ledger()
	pledge := aid.Entry{
		ID: "p", Kind: aid.EntryPledge, To: aid.Side{Fund: "donated"}, Amount: yuan("5000"), Effective: day("2010-05-04"), Recorded: day("2010-05-04"),
	}
	part := receipt("p-1", "donated", "4000", "2010-05-20")
	part.Of = "p"
	fmt.Println(ledger.Post(pledge), ledger.Post(part), ledger.Open("p"))
	// Output: <nil> <nil> 1000.00
}

func ExampleLedger_Pledged() {
	ledger := books().Ledger()
	fmt.Println(ledger.Post(aid.Entry{
		ID: "p", Kind: aid.EntryPledge, To: aid.Side{Fund: "donated"}, Amount: yuan("5000"), Effective: day("2010-05-04"), Recorded: day("2010-05-04"),
	}))
	fmt.Println(must(ledger.Pledged("donated")), must(ledger.Available("donated")))
	// Output:
	// <nil>
	// 5000.00 0.00
}

func ExampleLedger_Counted() {
	sum, times, err := exampleLedger().Counted("living", aid.Use{Household: "H-0001"}, day("2010-12-31"))
	fmt.Println(sum, times, err)
	// Output: 1500.00 1 <nil>
}

func ExampleLedger_Entry() {
	entry, ok := exampleLedger().Entry("g1")
	fmt.Println(entry.Kind, entry.Amount, ok)
	// Output: grant 1500.00 true
}

func ExampleLedger_Journal() {
	for act := range exampleLedger().Journal() {
		fmt.Println(string(must(json.Marshal(act))))
		break
	}
	// Output: {"union":"aid.act/1","entry":{"id":"in","kind":"receive","to":{"fund":"central","position":"bank"},"amount":"10000.00","effective":"2010-02-01","recorded":"2010-02-01"}}
}

func ExampleLedger_Take() {
	ledger := books().Ledger()
	in := receipt("in", "central", "10000", "2010-02-01")
	through := day("2010-02-28")
	fmt.Println(ledger.Take(aid.Act{Entry: &in}), ledger.Take(aid.Act{Close: &through}), ledger.Closed())
	fmt.Println(ledger.Take(aid.Act{Entry: &in, Close: &through}))
	// Output:
	// <nil> <nil> 2010-02-28
	// must be given: got 2 acts, want exactly one of entry, prior and close
}

func ExampleLedger_Digest() {
	a, b := exampleLedger(), exampleLedger()
	fmt.Println(a.Digest() == b.Digest())
	fmt.Println(b.Post(receipt("more", "donated", "1", "2010-05-04")), a.Digest() == b.Digest())
	// Output:
	// true
	// <nil> false
}

func ExampleLedger_Len() {
	fmt.Println(exampleLedger().Len())
	// Output: 2
}

func ExampleLedger_Closed() {
	fmt.Println(exampleLedger().Closed().IsZero())
	// Output: true
}

func ExampleLedger_Books() {
	ledger := exampleLedger()
	fmt.Println(ledger.Books().Rule().Title)
	// Output: 困难职工帮扶资金管理办法
}

func ExampleNewAccountForm() {
	spec := accountSpec()
	spec.Lines[0].Way = 0
	_, err := aid.NewAccountForm(spec)
	fmt.Println(err)
	// Output: lines[0].way: must be given: want opening, in, out, closing or apart
}

func ExampleAccountForm_Figures() {
	form := must(aid.NewAccountForm(accountSpec()))
	for _, figure := range must(form.Figures([]aid.AccountLine{amountOf("opening", "5"), amountOf("state", "10"), amountOf("gifts", "20.5"), amountOf("out", "30")})) {
		if figure.Key() == "aid.account.balance" {
			fmt.Print(figure.Working())
		}
	}
	// Output:
	// 余额 = 5.5元
	//   § 专户收支表（2010），例县总工会〔2010〕3号
	//   · 期初余额: 5
	//   · 收入合计: 30.5
	//   · 支出合计: 30
}

func ExampleAccountForm_Check() {
	form := must(aid.NewAccountForm(accountSpec()))
	for _, gap := range must(form.Check([]aid.AccountLine{amountOf("opening", "5"), amountOf("in", "30"), amountOf("out", "30"), amountOf("closing", "6")})) {
		fmt.Println(gap)
	}
	// Output: lines.closing.amount: closing is opening and what came in, less what went out: got 6, want 5, a gap of 1
}
