package aid_test

import (
	"fmt"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
)

// yearBooks keep one fund for living aid and one for the rest, and pay no household
// more living aid in a year than twelve times the line.
func yearBooks() aid.Books {
	twelve := &aid.LineTimes{Area: "例县", Times: union.Whole(12)}
	return must(aid.NewBooks(aid.BooksSpec{
		Rule:      rule("year-books", "困难职工帮扶资金管理办法"),
		Sources:   []union.Term{{Key: "centre", Title: "中央财政"}, {Key: "donations", Title: "社会捐款"}},
		Purposes:  []union.Term{{Key: "living", Title: "生活救助"}, {Key: "medical", Title: "医疗救助"}},
		Positions: []union.Term{{Key: "bank", Title: "帮扶专户"}},
		Funds: []aid.Fund{
			{Key: "central", Title: "中央帮扶资金", Source: "centre", Purposes: []string{"living"}},
			{Key: "donated", Title: "捐款", Source: "donations"},
		},
		Ceilings: []aid.Ceiling{{
			Key: "living", Title: "生活救助每户每年", Purposes: []string{"living"}, Per: aid.PerHousehold,
			Year: &aid.YearDay{Month: 1, Day: 1}, Limits: []aid.Limit{{Line: twelve}},
		}},
		Lines: countyLines().Spec().List,
	}))
}

// printVerdict prints a verdict with every reason.
func printVerdict(verdict union.Verdict, err error) {
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s: %s %q\n", verdict.Question, verdict.Standing, verdict.Answer)
	for _, reason := range verdict.Reasons {
		fmt.Println("  ", reason.Standing, reason.Finding)
	}
}

// One household's year, from its application to its exit: it is judged, its file
// goes through check, notice and approval; it gets a certificate and two grants, a
// third is refused and one is reversed; from July on it earns more than the line,
// comes out of difficulty in January and is watched for a year.
func Example_fromApplicationToExit() {
	poor := household()
	poor.Income = []aid.Item{{Kind: "wage", Amount: union.MustParseMoney("1500"), Monthly: true}, {Kind: "gift", Amount: union.MustParseMoney("500")}}
	poor.Outlay = []aid.Item{{Kind: "illness", Amount: union.MustParseMoney("9600")}}
	printVerdict(standard().Judge(poor, union.MustParseDate("2010-03-01")))

	// The file.
	files, evidence := fileRule(), evidence()
	log, err := files.Log(aid.File{Household: poor})
	if err != nil {
		fmt.Println(err)
		return
	}
	happens := func(event union.Event) {
		verdict, err := files.Judge(log, event, evidence)
		if err == nil && verdict.Holds() {
			err = files.Add(&log, event, evidence)
		}
		printVerdict(verdict, err)
	}
	happens(happened("e1", "apply", "", "2010-03-01"))
	happens(happened("e2", "check", "grassroots", "2010-03-08"))
	happens(happened("e3", "post", "grassroots", "2010-03-12"))
	happens(happened("e4", "approve", "county", "2010-03-19"))
	happens(happened("e4", "approve", "county", "2010-03-22"))
	happens(happened("e5", "file", "county", "2010-03-23"))

	// The certificate.
	card := aid.Certificate{Key: "C-0001", Household: poor.Key, Class: "a", Issued: union.MustParseDate("2010-03-25")}
	printVerdict(certificateRule().Judge(card, nil, union.MustParseDate("2010-04-01")))

	// The money: what an application is granted is posted, and asked again there.
	ledger := yearBooks().Ledger()
	for fund, sum := range map[string]string{"central": "50000", "donated": "30000"} {
		err := ledger.Post(aid.Entry{
			ID: "r-" + fund, Kind: aid.EntryReceive, To: aid.Side{Fund: fund, Position: "bank"}, Amount: union.MustParseMoney(sum),
			Effective: union.MustParseDate("2010-01-10"), Recorded: union.MustParseDate("2010-01-10"),
		})
		if err != nil {
			fmt.Println(err)
		}
	}
	known := aid.Background{Lines: countyLines()}
	asks := func(id, kind, on, asked, fund string, paid string) {
		day, sum := union.MustParseDate(on), union.MustParseMoney(asked)
		known.File, err = files.MayBeAided(log, day)
		if err != nil {
			fmt.Println(err)
			return
		}
		printVerdict(programme().Judge(aid.Application{
			ID: id, Kind: kind, Household: poor.Key, Person: "P-0001", Area: "例县", On: day, Asked: sum,
			Traits: map[string]string{"category": "extreme"},
			Facts:  map[string]union.Number{"paid": union.MustParseNumber(paid)},
		}, known))
		err := ledger.Post(aid.Entry{
			ID: id, Kind: aid.EntryGrant, From: aid.Side{Fund: fund, Position: "bank"}, Amount: sum,
			Effective: day, Recorded: day, For: aid.Use{Household: poor.Key, Person: "P-0001", Purpose: kind},
		})
		fmt.Println("   posted:", err)
		if err == nil {
			known.Granted = append(known.Granted, aid.Grant{Kind: kind, Household: poor.Key, Person: "P-0001", On: day, Amount: sum})
		}
	}
	asks("A-1", "living", "2010-04-10", "2000", "central", "0")
	asks("A-2", "medical", "2010-06-20", "4800", "donated", "9600")
	asks("A-3", "living", "2010-09-01", "1000", "central", "0")
	fmt.Println("reversed:", ledger.Post(aid.Entry{
		ID: "A-2-back", Kind: aid.EntryReverse, To: aid.Side{Fund: "donated", Position: "bank"}, Amount: union.MustParseMoney("4800"),
		Effective: union.MustParseDate("2010-09-10"), Recorded: union.MustParseDate("2010-09-10"),
		Of: "A-2", By: "office 7", Reason: "银行退票",
	}))
	for _, fund := range []string{"central", "donated"} {
		balance, err := ledger.Balance(aid.Side{Fund: fund})
		fmt.Println(fund, balance, err)
	}

	// The exit.
	happens(happened("e6", "review", "county", "2010-11-10"))
	happens(happened("e7", "recover", "county", "2011-01-10"))
	withdrawn := []aid.Review{{ID: "r1", Certificate: "C-0001", On: union.MustParseDate("2011-01-10"), Outcome: aid.Withdrawn, Reason: "已脱困"}}
	printVerdict(certificateRule().Judge(card, withdrawn, union.MustParseDate("2011-01-11")))
	happens(happened("e8", "confirm", "county", "2012-01-09"))
	happens(happened("e8", "confirm", "county", "2012-01-10"))
	printVerdict(files.MayBeAided(log, union.MustParseDate("2012-01-10")))
	// Output:
	// household H-0001 on 2010-03-01: met "extreme"
	//    met exclusions.car: 拥有机动车: got not found, want not found
	//    met exclusions.second-home: 两套以上住房: got not found, want not found
	//    met head.born: age of the head: got 44, want [16,60)
	//    met categories.extreme.net: 特困职工: income less rigid outlay per head and month: got 700/3, want at most 240
	//    exempt categories.difficulty.net: 困难职工: income less rigid outlay per head and month: got 700/3, want above 240 and at most 360
	//    met categories.difficulty.causes: 困难职工: main cause: got 重特大疾病, want 重特大疾病, 子女上学
	//    met categories.accident.income: 意外致困职工: income per head and month: got 500, want below 720
	//    exempt categories.accident.causes: 意外致困职工: main cause: got 重特大疾病, want 意外事故
	// file H-0001: "apply" on 2010-03-01: met "applied"
	//    met course: apply: got may happen
	// file H-0001: "check" on 2010-03-08: met "checked"
	//    met course: check: got may happen
	// file H-0001: "post" on 2010-03-12: met "posted"
	//    met course: post: got may happen
	// file H-0001: "approve" on 2010-03-19: unmet ""
	//    met course: approve: got may happen
	//    unmet notice.post: working days of the notice: got posted on 2010-03-12, want 5 working days between
	// file H-0001: "approve" on 2010-03-22: met "approved"
	//    met course: approve: got may happen
	//    met notice.post: working days of the notice: got posted on 2010-03-12, want 5 working days between
	// file H-0001: "file" on 2010-03-23: met "filed"
	//    met course: file: got may happen
	// certificate C-0001 on 2010-04-01: met "a"
	//    met issued: issued by the day: got 2010-03-25, want 2010-04-01 or earlier
	//    met expiry: expires after the day: got 2011-03-25, want after 2010-04-01
	//    met withdrawn: not withdrawn by the day: got never, want not by 2010-04-01
	// application A-1 on 2010-04-10: met "2880.00"
	//    met file: the household has a file in force: got file H-0001 on 2010-04-10: filed, want a file in force
	//    met rate: 生活救助: got rates[0], want a rate that applies
	//    met asked.least: 生活救助: got 2000.00, want at least 100.00
	//    met asked.most: 生活救助: got 2000.00, want at most 2880.00
	//    met granted: 生活救助: got 2000.00 after 0.00, want at most 2880.00 together
	//    met times: 生活救助: got grant 1, want at most 3
	//    met limits[1].different: 每年不超过两类: got 1 kinds, want at most 2
	//    posted: <nil>
	// application A-2 on 2010-06-20: met "4800.00"
	//    met rate: 医疗救助: got rates[0], want a rate that applies
	//    met asked.most: 医疗救助: got 4800.00, want at most 4800.00
	//    met asked.paid: 自付医疗费: got 4800.00, want at most 9600.00
	//    met granted: 医疗救助: got 4800.00 after 0.00, want at most 4800.00 together
	//    met limits[1].different: 每年不超过两类: got 2 kinds, want at most 2
	//    posted: <nil>
	// application A-3 on 2010-09-01: unmet "880.00"
	//    met file: the household has a file in force: got file H-0001 on 2010-09-01: filed, want a file in force
	//    met rate: 生活救助: got rates[0], want a rate that applies
	//    met asked.least: 生活救助: got 1000.00, want at least 100.00
	//    met asked.most: 生活救助: got 1000.00, want at most 2880.00
	//    unmet granted: 生活救助: got 1000.00 after 2000.00, want at most 2880.00 together
	//    met times: 生活救助: got grant 2, want at most 3
	//    met limits[1].different: 每年不超过两类: got 2 kinds, want at most 2
	//    posted: amount: more than the ceiling: got 1000.00 beside 2000.00, want at most 2880.00, as "living" says
	// reversed: <nil>
	// central 48000.00 <nil>
	// donated 30000.00 <nil>
	// file H-0001: "review" on 2010-11-10: met "filed"
	//    met course: review: got may happen
	// file H-0001: "recover" on 2011-01-10: met "watched"
	//    met course: recover: got may happen
	//    met means.2010-07: means of the month, a head: got 1.25 and 1.25 times the line of 240.00, want income less outlay in (1,)
	//    met means.2010-08: means of the month, a head: got 1.25 and 1.25 times the line of 240.00, want income less outlay in (1,)
	//    met means.2010-09: means of the month, a head: got 1.25 and 1.25 times the line of 240.00, want income less outlay in (1,)
	//    met means.2010-10: means of the month, a head: got 15/13 and 15/13 times the line of 260.00, want income less outlay in (1,)
	//    met means.2010-11: means of the month, a head: got 15/13 and 15/13 times the line of 260.00, want income less outlay in (1,)
	//    met means.2010-12: means of the month, a head: got 15/13 and 15/13 times the line of 260.00, want income less outlay in (1,)
	// certificate C-0001 on 2011-01-11: unmet ""
	//    met issued: issued by the day: got 2010-03-25, want 2011-01-11 or earlier
	//    met expiry: expires after the day: got 2011-03-25, want after 2011-01-11
	//    unmet withdrawn: not withdrawn by the day: got 2011-01-10: 已脱困, want not by 2011-01-11
	// file H-0001: "confirm" on 2012-01-09: unmet ""
	//    met course: confirm: got may happen
	//    unmet stay: months in state watched: got since 2011-01-10, want 12 months
	// file H-0001: "confirm" on 2012-01-10: met "recovered"
	//    met course: confirm: got may happen
	//    met stay: months in state watched: got since 2011-01-10, want 12 months
	// file H-0001 on 2012-01-10: unmet "recovered"
	//    unmet state: a file in force: got 脱困, want 临时救助档案 or 正式档案 or 脱困观察期 or 解困
}
