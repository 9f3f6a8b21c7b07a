package simulate

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
)

func aidKinds(day aid.DonationDay) []Kind {
	return []Kind{donations(day), proceeds(), visits(), students(), surveys(), reviews(), payments()}
}

// donorUnits are how many units the list of a donation day asks; one more is a group.
const donorUnits = 4

func donationDayRule() aid.DonationDay {
	return must(aid.NewDonationDay(aid.DonationDaySpec{
		Rule: rule("donation"), Days: union.MustParsePeriod("2010-05-01/2010-06-30"), CutOff: union.MustParseDate("2010-05-31"),
		Units:    terms("group", "office<group", "school<group", "mill"),
		Batches:  []aid.Batch{{Key: "first", Title: "第一批"}, {Key: "second", Title: "第二批"}},
		Earmarks: terms("fund"), Wan: halfUp(2), Rate: halfUp(2), Capitals: union.BankCapitals,
	}))
}

// aRow reports whether two gifts cannot stand on one list: a second row of a unit, or
// a row beside gifts.
func aRow(a, b aid.CodedGift) bool {
	listed := func(g aid.CodedGift) bool { return !g.Late && (g.Kind == aid.Received || g.Kind == aid.Whole) }
	return listed(a) && listed(b) && a.Unit == b.Unit && a.Batch == b.Batch && (a.Kind == aid.Whole || b.Kind == aid.Whole)
}

func donations(day aid.DonationDay) Kind {
	return fixed(tally[aid.Donations, aid.CodedGift]{
		empty: day.Donations,
		draw: func(s *Source, _ place, held []aid.CodedGift) (aid.CodedGift, error) {
			gift := aid.CodedGift{
				Unit: union.Code(s.From(2, donorUnits)), Kind: pick(s, aid.Received, aid.Received, aid.Received, aid.Whole, aid.Pledge, aid.PledgePaid),
				Late: s.Chance(10), Batch: union.Code(s.From(1, 2)), Amount: union.Fen(int64(s.From(1, 100_000))),
			}
			switch {
			case gift.Kind == aid.Received && s.Chance(70):
				gift.Donor = someToken(s, "donor-", 12)
			case gift.Kind == aid.Whole:
				gift.Donors = int64(s.Below(90))
			}
			if s.Chance(20) && gift.Kind != aid.Pledge {
				gift.Earmarks = []aid.CodedEarmark{{Earmark: 1, Amount: union.Fen(int64(s.From(1, int(gift.Amount.Fen()))))}}
			}
			switch {
			case s.Chance(4):
				gift.Unit = donorUnits + 1
				return gift, union.ErrRange
			case s.Chance(4):
				gift.Kind = 99
				return gift, union.ErrUnknown
			case s.Chance(4):
				gift.Amount, gift.Earmarks = union.Fen(-1), nil
				return gift, union.ErrRange
			}
			for _, each := range held {
				if aRow(gift, each) {
					return gift, union.ErrRepeated
				}
			}
			return gift, nil
		},
		add: (*aid.Donations).Add,
		law: func(sum aid.Donations, of []aid.CodedGift) error {
			lines, err := day.ByUnit(sum)
			broken := []error{err}
			for _, line := range lines {
				code := must(day.Units().Find(line.Unit.Key))
				var mine []aid.CodedGift
				for _, gift := range of {
					if gift.Unit == code && !gift.Late {
						mine = append(mine, gift)
					}
				}
				amount := func(kinds ...aid.GiftKind) int64 {
					return sumOf(mine, func(g aid.CodedGift) int64 {
						for _, kind := range kinds {
							if g.Kind == kind {
								return g.Amount.Fen()
							}
						}
						return 0
					})
				}
				anonymous := countOf(mine, func(g aid.CodedGift) bool { return g.Donor == "" && g.Kind == aid.Received })
				broken = append(broken,
					equal(line.Unit.Key+": fen received", line.Received.Fen(), amount(aid.Received, aid.Whole, aid.PledgePaid)),
					equal(line.Unit.Key+": fen pledged", line.Pledged.Fen(), amount(aid.Pledge)),
					equal(line.Unit.Key+": donors", line.Donors, anonymous+distinct(mine, func(g aid.CodedGift) string { return g.Donor })+
						sumOf(mine, func(g aid.CodedGift) int64 { return g.Donors })),
				)
			}
			return errors.Join(broken...)
		},
	})
}

// proceeds are gifts to the units of the nation, as they stood on the donation day.
func proceeds() Kind {
	return kindOf(func(n *Nation) tally[aid.Proceeds, aid.UnitGift] {
		tree := n.Collection.Tree()
		return tally[aid.Proceeds, aid.UnitGift]{
			empty: n.Collection.Proceeds,
			draw: func(s *Source, at place, _ []aid.UnitGift) (aid.UnitGift, error) {
				gift := aid.UnitGift{Amount: union.Fen(int64(s.Below(100_000)))}
				id, err := tree.Find(at.unit)
				if err != nil { // the unit did not exist, or does no more: somebody else's list
					id = union.UnitID(s.From(1, tree.Len()))
				}
				gift.Unit = id
				switch {
				case s.Chance(6):
					gift.Unit = union.UnitID(tree.Len() + 1)
					return gift, union.ErrRange
				case s.Chance(6):
					gift.Amount = union.Fen(-1)
					return gift, union.ErrRange
				}
				return gift, nil
			},
			add: func(p *aid.Proceeds, gift aid.UnitGift) error { return p.Add(gift) },
			law: func(sum aid.Proceeds, of []aid.UnitGift) error {
				totals, err := n.Collection.Totals(sum)
				if err != nil {
					return err
				}
				want := make([]int64, tree.Len()+1)
				for _, gift := range of {
					for id := gift.Unit; id != 0; id = tree.Parent(id) {
						want[id] += gift.Amount.Fen()
					}
					want[0] += gift.Amount.Fen()
				}
				var broken []error
				for id, money := range totals {
					broken = append(broken, equal("fen of unit "+strconv.Itoa(id), money.Fen(), want[id]))
				}
				return errors.Join(broken...)
			},
		}
	})
}

func visits() Kind {
	plan := must(aid.NewVisitPlan(aid.VisitPlanSpec{
		Rule: rule("visits"), Days: union.MustParsePeriod("2010-04-20/2010-04-30"), Levels: terms("national", "province"), Goods: "份",
	}))
	return fixed(tally[aid.Visits, aid.CodedVisit]{
		empty: plan.Visits,
		draw: func(s *Source, _ place, _ []aid.CodedVisit) (aid.CodedVisit, error) {
			visit := aid.CodedVisit{Worker: someToken(s, "worker-", 12), Level: union.Code(s.From(1, 2))}
			if s.Chance(70) {
				visit.Amount = union.Fen(int64(s.From(1, 100_000)))
			}
			if s.Chance(40) {
				visit.Goods = int64(s.From(1, 5))
			}
			switch {
			case s.Chance(6):
				visit.Level = 3
				return visit, union.ErrRange
			case s.Chance(6):
				visit.Worker = ""
				return visit, union.ErrMissing
			}
			return visit, nil
		},
		add: (*aid.Visits).Add,
		law: func(sum aid.Visits, of []aid.CodedVisit) error {
			read, err := figuresOf(plan.Figures(sum))
			broken := []error{
				err,
				read.whole("aid.visits", distinct(of, func(v aid.CodedVisit) string { return v.Worker })),
				read.whole("aid.visits.times", int64(len(of))),
				read.amount("aid.visits.money", union.Fen(sumOf(of, func(v aid.CodedVisit) int64 { return v.Amount.Fen() }))),
				read.whole("aid.visits.goods", sumOf(of, func(v aid.CodedVisit) int64 { return v.Goods })),
			}
			for i, level := range []string{"national", "province"} {
				broken = append(broken, read.whole("aid.visits.level."+level, distinct(of, func(v aid.CodedVisit) string {
					if int(v.Level) == i+1 {
						return v.Worker
					}
					return ""
				})))
			}
			return errors.Join(broken...)
		},
	})
}

// numbered returns a number that a key stands for, so that whoever knows the key says
// the same of it.
func numbered(s *Source, of int) (string, int) {
	n := s.Below(of)
	return "k" + strconv.Itoa(n), n
}

func students() Kind {
	survey := must(aid.NewGoldenAutumn(aid.GoldenAutumnSpec{Rule: rule("autumn"), Year: 2010, Stages: terms("college", "school"), Categories: []string{"extreme"}}))
	return fixed(tally[aid.Students, aid.CodedStudent]{
		empty: survey.Students,
		draw: func(s *Source, _ place, held []aid.CodedStudent) (aid.CodedStudent, error) {
			key, n := numbered(s, 30)
			student := aid.CodedStudent{Key: key, Stage: union.Code(1 + n%2), First: n%3 == 0, Admitted: n%5 != 0}
			if s.Chance(6) {
				student.Stage = 3
				return student, union.ErrRange
			}
			return student, repeated(held, func(each aid.CodedStudent) bool { return each.Key == key })
		},
		add: (*aid.Students).Add,
		law: func(sum aid.Students, of []aid.CodedStudent) error {
			read, err := figuresOf(survey.Figures(sum, union.Date{}))
			persons := func(which func(aid.CodedStudent) bool) int64 {
				return distinct(of, func(s aid.CodedStudent) string {
					if which(s) {
						return s.Key
					}
					return ""
				})
			}
			return errors.Join(err,
				read.whole("aid.students", persons(func(s aid.CodedStudent) bool { return s.Admitted })),
				read.whole("aid.students.not_admitted", persons(func(s aid.CodedStudent) bool { return !s.Admitted })),
				read.whole("aid.students.stage.college", persons(func(s aid.CodedStudent) bool { return s.Admitted && s.Stage == 1 })),
				read.whole("aid.students.stage.school", persons(func(s aid.CodedStudent) bool { return s.Admitted && s.Stage == 2 })),
				read.whole("aid.students.first_year", persons(func(s aid.CodedStudent) bool { return s.Admitted && s.First })),
			)
		},
	})
}

// repeated is the fault of a record that a unit has already.
func repeated[R any](held []R, same func(R) bool) error {
	for _, each := range held {
		if same(each) {
			return union.ErrRepeated
		}
	}
	return nil
}

func surveys() Kind {
	spec := aid.StandardSpec{
		Rule: rule("standard"), Area: "例县", Line: union.Fen(24000),
		Categories: []aid.Category{
			{Key: "extreme", Title: "特困职工", Net: union.MustParseInterval("(,1]")}, {Key: "difficulty", Title: "困难职工", Net: union.MustParseInterval("(1,1.5]")},
		},
		Causes: terms("illness", "schooling"), Income: []aid.ItemKind{{Key: "wage", Title: "工资", Counted: true}},
	}
	spec.Effective = union.MustParsePeriod("2010-01-01/2010-12-31")
	standard := must(aid.NewStandard(spec))
	// The households that there are, judged once.
	var coded []aid.CodedHousehold
	for n := range 30 {
		coded = append(coded, must(standard.CodeHousehold(aid.Household{
			Key: "k" + strconv.Itoa(n), Unit: "u", Members: []aid.Member{{Relation: "本人"}}, Cause: []string{"illness", "schooling"}[n%2],
			Income: []aid.Item{{Kind: "wage", Amount: union.Fen(int64(12 * 24000 * (n % 4) / 2))}}, Filed: firstDay(),
		}, dayOf(200))))
	}
	return fixed(tally[aid.Survey, aid.CodedHousehold]{
		empty: standard.Survey,
		draw: func(s *Source, _ place, held []aid.CodedHousehold) (aid.CodedHousehold, error) {
			household := pick(s, coded...)
			if s.Chance(6) && repeated(held, func(each aid.CodedHousehold) bool { return each.Key == household.Key }) == nil {
				household.Cause = 9
				return household, union.ErrRange
			}
			return household, repeated(held, func(each aid.CodedHousehold) bool { return each.Key == household.Key })
		},
		add: (*aid.Survey).Add,
		law: func(sum aid.Survey, of []aid.CodedHousehold) error {
			read, err := figuresOf(standard.Figures(sum))
			in := func(key string) int64 {
				return countOf(of, func(h aid.CodedHousehold) bool {
					category, ok := standard.Category(h)
					return ok && (key == "" || category.Key == key)
				})
			}
			found, failed := standard.Check(sum)
			broken := []error{
				err, failed,
				read.whole("aid.households.applied", int64(len(of))),
				read.whole("aid.households.refused", int64(len(of))-in("")),
				read.whole("aid.difficulty.total", in("")),
				read.whole("aid.difficulty.category.extreme", in("extreme")),
				read.whole("aid.difficulty.category.difficulty", in("difficulty")),
			}
			if twice := distinct(of, func(h aid.CodedHousehold) string { return h.Key }) != int64(len(of)); twice != (len(found) > 0) {
				broken = append(broken, fmt.Errorf("a household twice: %t, and found are %v", twice, found))
			}
			return errors.Join(broken...)
		},
	})
}

func reviews() Kind {
	certificates := must(aid.NewCertificateRule(aid.CertificateRuleSpec{
		Rule: rule("certificate"), Classes: []aid.CertificateClass{{Key: "a", Title: "甲类", Benefits: []string{"水电补贴"}}}, Months: 12, Renewal: 12,
		Window: aid.Window{From: aid.YearDay{Month: 11, Day: 1}, Until: aid.YearDay{Month: 12, Day: 15}},
	}))
	on := union.MustParseDate("2010-12-31")
	var coded []aid.CodedCertificate
	for n := range 30 {
		key, list := "k"+strconv.Itoa(n), []aid.Review(nil)
		if outcome := []string{"", aid.Renewed, aid.Lapsed, aid.Withdrawn}[n%4]; outcome != "" && n > 12 { // the others expire before
			list = append(list, aid.Review{ID: "r", Certificate: key, On: union.MustParseDate("2010-11-20"), Outcome: outcome, By: "office", Reason: "年审"})
		}
		coded = append(coded, must(certificates.CodeCertificate(aid.Certificate{
			Key: key, Household: "h", Class: "a", Issued: must(union.MustParseDate("2009-10-20").AddDays(3 * n)),
		}, list, 2010, on)))
	}
	return fixed(tally[aid.AnnualReview, aid.CodedCertificate]{
		empty: func() aid.AnnualReview { return must(certificates.AnnualReview(2010, on)) },
		draw: func(s *Source, _ place, held []aid.CodedCertificate) (aid.CodedCertificate, error) {
			certificate := pick(s, coded...)
			if s.Chance(6) {
				certificate.Year = 2009
				return certificate, union.ErrRule
			}
			return certificate, repeated(held, func(each aid.CodedCertificate) bool { return each.Key == certificate.Key })
		},
		add: (*aid.AnnualReview).Add,
		law: func(sum aid.AnnualReview, of []aid.CodedCertificate) error {
			read, err := figuresOf(certificates.Figures(sum))
			outcome := func(key string) int64 {
				return countOf(of, func(c aid.CodedCertificate) bool { return c.Due && c.Outcome == key })
			}
			found, failed := certificates.Check(sum)
			broken := []error{
				err, failed,
				read.whole("aid.certificates.held", countOf(of, func(c aid.CodedCertificate) bool { return c.Held })),
				read.whole("aid.certificates.due", countOf(of, func(c aid.CodedCertificate) bool { return c.Due })),
				read.whole("aid.certificates.renewed", outcome(aid.Renewed)),
				read.whole("aid.certificates.lapsed", outcome(aid.Lapsed)),
				read.whole("aid.certificates.withdrawn", outcome(aid.Withdrawn)),
				read.whole("aid.certificates.pending", outcome("")),
			}
			if twice := distinct(of, func(c aid.CodedCertificate) string { return c.Key }) != int64(len(of)); twice != (len(found) > 0) {
				broken = append(broken, fmt.Errorf("a certificate twice: %t, and found are %v", twice, found))
			}
			return errors.Join(broken...)
		},
	})
}

func payments() Kind {
	sum := union.Fen(10_000)
	rates := []aid.Rate{{Exactly: &aid.Amount{Fixed: &sum}}}
	programme := must(aid.NewProgramme(aid.ProgrammeSpec{
		Rule: rule("programme"),
		Kinds: []aid.Kind{
			{Key: "living", Title: "生活", Measure: union.Households, Per: aid.PerHousehold, Year: &aid.YearDay{Month: 1, Day: 1}, Rates: rates},
			{Key: "medical", Title: "医疗", Measure: union.Persons, Per: aid.PerPerson, Year: &aid.YearDay{Month: 1, Day: 1}, Rates: rates},
		},
	}))
	kinds := []string{"living", "medical"}
	return fixed(tally[aid.Payments, aid.CodedPayment]{
		empty: programme.Payments,
		draw: func(s *Source, _ place, _ []aid.CodedPayment) (aid.CodedPayment, error) {
			count := int64(s.From(1, 9))
			payment := must(programme.CodePaid(aid.Payment{Kind: pick(s, kinds...), Count: count, On: dayOf(100)}, union.Fen(count*int64(s.From(1, 100_000)))))
			switch {
			case s.Chance(6):
				payment.Place = 99
				return payment, union.ErrRange
			case s.Chance(6):
				payment.Count = 0
				return payment, union.ErrRange
			}
			return payment, nil
		},
		add: (*aid.Payments).Add,
		law: func(paid aid.Payments, of []aid.CodedPayment) error {
			read, err := figuresOf(programme.Figures(paid))
			broken := []error{err, read.amount("aid.programme.programme.sum", union.Fen(sumOf(of, func(p aid.CodedPayment) int64 { return p.Sum.Fen() })))}
			for _, kind := range kinds {
				place := must(programme.CodePaid(aid.Payment{Kind: kind, Count: 1, On: dayOf(100)}, sum)).Place
				mine := func(number func(aid.CodedPayment) int64) int64 {
					return sumOf(of, func(p aid.CodedPayment) int64 {
						if p.Place == place {
							return number(p)
						}
						return 0
					})
				}
				broken = append(broken,
					read.whole("aid.programme.programme.kind."+kind+".count", mine(func(p aid.CodedPayment) int64 { return p.Count })),
					read.amount("aid.programme.programme.kind."+kind+".sum", union.Fen(mine(func(p aid.CodedPayment) int64 { return p.Sum.Fen() }))))
			}
			return errors.Join(broken...)
		},
	})
}
