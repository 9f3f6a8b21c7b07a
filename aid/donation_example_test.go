package aid_test

import (
	"fmt"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
)

func ExampleDonationDay_Suggest() {
	fmt.Println(donationDay().Suggest(map[string]int64{"head": 3, "staff": 40}))
	// Output: 2300.00 <nil>
}

func ExampleDonationDay_CountGifts() {
	gifts := donationList()
	again := gifts[0] // the same gift, handed in twice
	other := gifts[1]
	other.Amount = union.MustParseMoney("60")
	donations, err := donationDay().CountGifts(append(gifts, again))
	list, _ := donationDay().ListUnits(donations)
	fmt.Println(list[0].Amount, err)
	_, err = donationDay().CountGifts(append(gifts, other))
	fmt.Println(err)
	// Output:
	// 350.50 <nil>
	// gifts[8].id: given more than once: got another content than gifts[1], want an ID of its own
}

func ExampleDonationDay_ListUnits() {
	donations, err := donationDay().CountGifts(donationList())
	fmt.Println(err)
	list, err := donationDay().ListUnits(donations)
	for _, line := range list {
		fmt.Println(line.Key, line.Amount)
	}
	fmt.Println(err)
	// Output:
	// <nil>
	// office 350.50
	// school 6000.00
	// mill 400.00
	// hospital 0.00
	// bus 0.00
	// <nil>
}

func ExampleDonationDay_ListTransfers() {
	gifts := donationList()[:4]
	gifts[0].Reference, gifts[1].Reference = "T-001", "T-001" // one transfer
	list, err := donationDay().ListTransfers(gifts)
	for _, line := range list {
		fmt.Println(line.Key, line.Amount)
	}
	fmt.Println(err)
	// Output:
	// T-001 100.00
	// T-001 50.50
	// g3 200.00
	// g4 6000.00
	// <nil>
}

// The bank's list lacks a transfer, has one that no donor is known for, and another
// amount of a third.
func ExampleCompareLists() {
	ours := []aid.Listed{
		{Key: "T-001", Amount: union.MustParseMoney("100")}, {Key: "T-001", Amount: union.MustParseMoney("50.50")},
		{Key: "T-002", Amount: union.MustParseMoney("200")}, {Key: "T-003", Amount: union.MustParseMoney("6000")},
	}
	bank := []aid.Listed{
		{Key: "T-001", Amount: union.MustParseMoney("150.50")}, {Key: "T-003", Amount: union.MustParseMoney("600")},
		{Key: "T-004", Amount: union.MustParseMoney("30")},
	}
	gaps, err := aid.CompareLists(ours, bank)
	for _, gap := range gaps {
		fmt.Println(gap)
	}
	fmt.Println(err)
	// Output:
	// lines.T-002: what one list has the other has: got 0, want 200, a gap of -200
	// lines.T-003: both lists have one amount: got 600, want 6000, a gap of -5400
	// lines.T-004: what one list has the other has: got 30, want 0, a gap of 30
	// total: both lists have one total: got 780.5, want 6350.5, a gap of -5570
	// <nil>
}

func ExampleGap_Size() {
	fmt.Println(aid.Gap{Got: union.MustParseNumber("37.84"), Want: union.MustParseNumber("37.83")}.Size())
	// Output: 0.01
}

func ExampleGap_Finding() {
	gap := aid.Gap{Where: "total", Rule: "both lists have one total", Got: union.Whole(1), Want: union.Whole(2)}
	fmt.Println(gap.Finding())
	// Output: total: both lists have one total: got 1, want 2
}

func ExampleNewTableForm() {
	spec := tableSpec()
	spec.Columns[2].Of[1] = "tax"
	_, err := aid.NewTableForm(spec)
	fmt.Println(err)
	// Output: columns[2].of[1]: not known: got "tax", want a column of the form
}

// Each figure was rounded from yuan by itself, so that two sums are off by 0.01; the
// third is off by more than that can explain.
func ExampleTableForm_Check() {
	gaps, err := table().Check([]aid.TableRow{
		{Key: "total", Title: "合计", Cells: cells("58.46", "12.23", "70.70", "9")},
		{Key: "east", Title: "东县", Within: "total", Cells: cells("31.05", "6.78", "37.84", "5")},
		{Key: "west", Title: "西县", Within: "total", Cells: cells("27.40", "5.45", "32.88", "4")},
	})
	for _, gap := range gaps {
		fmt.Println(gap)
	}
	fmt.Println(err)
	// Output:
	// rows.total.sum: a total is that of its columns: got 70.7, want 70.69, a gap of 0.01 that rounding leaves open
	// rows.total.money: a total is that of its rows: got 58.46, want 58.45, a gap of 0.01 that rounding leaves open
	// rows.total.sum: a total is that of its rows: got 70.7, want 70.72, a gap of -0.02
	// rows.east.sum: a total is that of its columns: got 37.84, want 37.83, a gap of 0.01 that rounding leaves open
	// rows.west.sum: a total is that of its columns: got 32.88, want 32.85, a gap of 0.03
	// <nil>
}

func ExampleTableForm_Print() {
	rows, err := table().Print([]aid.TableRow{{Key: "east", Title: "东县", Cells: cells("310545.20", "67840", "378385.20", "5")}})
	fmt.Println(rows[0].Cells, err)
	// Output: [31.05 6.78 37.84 5] <nil>
}

func ExampleTableForm_Texts() {
	fmt.Println(table().Texts(aid.TableRow{Cells: cells("27.4", "5", "32.4", "5")}))
	// Output: [27.40 5.00 32.40 5] <nil>
}

func ExampleHeadlineForm_Text() {
	cut := aid.HeadlineForm{Unit: "万元", Cut: &aid.HeadlineCut{Places: 0, Over: "余"}}
	fmt.Println(cut.Text(union.MustParseMoney("30401300")))
	near := aid.HeadlineForm{Unit: "亿元", Near: &union.Rounding{Mode: union.HalfUp, Places: 1}}
	fmt.Println(near.Text(union.MustParseMoney("931901400")))
	// Output:
	// 3040万余元 <nil>
	// 9.3亿元 <nil>
}

func ExampleDonationDay_Receipt() {
	donor := aid.Donor{Token: "d1", Name: union.MustNewName("王建国")}
	receipt, err := donationDay().Receipt(donationList()[0], donor, union.MustNewName("李经手"))
	fmt.Println(receipt.Number, receipt.Name, receipt.Unit, receipt.Capitals, receipt.Day, err)
	fmt.Println(receipt.Name.Reveal()) // for the printer alone
	// Output:
	// g1 王** 县委办公室 壹佰元整 贰零壹零年伍月零肆日 <nil>
	// 王建国
}

func ExampleDonationDay_Post() {
	gifts := donationList()[:4]
	gifts[1].Private, gifts[1].Alias = true, "爱心人士"
	list, err := donationDay().Post(gifts, []aid.Donor{{Token: "d1", Name: union.MustNewName("王建国")}})
	for _, line := range list {
		fmt.Println(line.Unit, line.Donor, line.Worth)
	}
	fmt.Println(err)
	// Output:
	// 县委办公室 王** 100.00元
	// 县委办公室 爱心人士 50.50元
	// 县委办公室  200.00元
	// 第一中学  6000.00元
	// <nil>
}
