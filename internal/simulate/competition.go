package simulate

import (
	"errors"
	"fmt"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/competition"
)

func competitionKinds() []Kind {
	edition := must(competition.NewEdition(competition.EditionSpec{
		Rule: rule("cup"), Organisers: []string{"总工会"}, Window: union.MustParsePeriod("2010-01-01/2010-12-31"), Year: 2010,
		Ownership: codes("ownership", "state", "private"), Size: codes("size", "large", "small"), Kinds: codes("kinds", "team", "section"),
		Levels: codes("levels", "city", "county"), NonPublic: []string{"private"},
		Indicators: []competition.Indicator{
			{Key: "made", Title: "提出建议", Measure: "件", Over: competition.OfYear}, {Key: "adopted", Title: "采纳建议", Measure: "件", Over: competition.OfYear},
		},
		Quotients: []competition.Quotient{{Key: "adopted", Title: "采纳率", Part: "adopted", Whole: "made", Base: "提出件数"}},
		Rates:     halfUp(2), Scores: halfUp(1),
	}))
	return []Kind{populations(edition), entrants(edition), turnouts(edition), results(edition)}
}

// FirmCode returns the nth of a row of valid credit codes that no firm has. The weights
// and the check character are those of GB 32100.
func FirmCode(n int) union.CreditCode {
	const characters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	text := fmt.Sprintf("91000000%09d", n)
	sum, weight := 0, 1
	for _, c := range text {
		sum += strings.IndexRune(characters, c) * weight
		weight = weight * 3 % 31
	}
	return must(union.ParseCreditCode(text + string(characters[(31-sum%31)%31])))
}

func firmOf(n int) competition.CodedFirm {
	return competition.CodedFirm{
		Code: FirmCode(n), Ownership: union.Code(n % 3), Size: union.Code(n % 2), Unionised: competition.Whether(n % 3), Workers: int64(100 + n),
	}
}

func populations(edition competition.Edition) Kind {
	return fixed(tally[competition.Population, competition.CodedFirm]{
		empty: edition.Population,
		draw: func(s *Source, _ place, before []competition.CodedFirm) (competition.CodedFirm, error) {
			firm := firmOf(s.Below(24))
			switch {
			case s.Chance(5):
				firm.Size = 3
				return firm, union.ErrRange
			case s.Chance(5):
				firm.Workers = 0
				return firm, union.ErrMissing
			case s.Chance(20) && repeated(before, func(each competition.CodedFirm) bool { return each.Code == firm.Code }) != nil:
				firm.Workers++
				return firm, union.ErrRepeated
			}
			return firm, nil
		},
		add: (*competition.Population).Add,
		law: func(sum competition.Population, of []competition.CodedFirm) error {
			firms := map[string]competition.CodedFirm{}
			for _, firm := range of {
				firms[firm.Code.Reveal()] = firm
			}
			turnout, found, err := edition.Count(sum, edition.Entrants())
			if err != nil {
				return err
			}
			ratio, more, err := edition.Coverage(turnout, "all")
			if len(found)+len(more) > 0 {
				err = errors.Join(err, fmt.Errorf("found %v, %v", found, more))
			}
			return errors.Join(err,
				equal("firms", int64(sum.Len()), int64(len(firms))),
				equal("firms that could enter", ratio.Whole, int64(len(firms))),
			)
		},
	})
}

func entrants(edition competition.Edition) Kind {
	// Every firm may enter.
	all := edition.Population()
	for n := range 24 {
		_ = must(0, all.Add(firmOf(n)))
	}
	// Of a firm that both levels report, what the city says counts.
	counted := func(of []competition.CodedEntry) map[string]competition.CodedEntry {
		firms := map[string]competition.CodedEntry{}
		for _, entry := range of {
			before, ok := firms[entry.Firm.Reveal()]
			if !ok || entry.Level < before.Level {
				firms[entry.Firm.Reveal()] = entry
			}
		}
		return firms
	}
	return fixed(tally[competition.Entrants, competition.CodedEntry]{
		empty: edition.Entrants,
		draw: func(s *Source, _ place, before []competition.CodedEntry) (competition.CodedEntry, error) {
			n := s.Below(24)
			entry := competition.CodedEntry{Firm: FirmCode(n), Level: union.Code(s.From(1, 2)), Entered: dayOf(n * 5)}
			entry.Workers = int64(50 + n + 7*int(entry.Level))
			if n%3 > 0 {
				entry.Teams = []int64{int64(n), int64(entry.Level)}
			}
			switch {
			case s.Chance(5):
				entry.Level = 3
				return entry, union.ErrRange
			case s.Chance(5):
				entry.Entered = dayOf(daysOfYear)
				return entry, union.ErrRange
			case s.Chance(20) && repeated(before, func(each competition.CodedEntry) bool { return each.Firm == entry.Firm && each.Level == entry.Level }) != nil:
				entry.Workers++
				return entry, union.ErrRepeated
			}
			return entry, nil
		},
		add: (*competition.Entrants).Add,
		law: func(sum competition.Entrants, of []competition.CodedEntry) error {
			turnout, _, err := edition.Count(all, sum)
			if err != nil {
				return err
			}
			ratio, _, err := edition.Coverage(turnout, "all")
			taking, _, failed := edition.Participation(turnout, "all", competition.OfFirms)
			firms, workers := counted(of), int64(0)
			for _, entry := range firms {
				workers += entry.Workers
			}
			return errors.Join(err, failed,
				equal("entrants", int64(sum.Len()), int64(len(firms))),
				equal("firms that entered", ratio.Part, int64(len(firms))),
				equal("workers who take part", taking.Part, workers),
			)
		},
	})
}

func turnouts(edition competition.Edition) Kind {
	return fixed(tally[competition.Turnout, competition.Reported]{
		empty: edition.Turnout,
		draw: func(s *Source, _ place, _ []competition.Reported) (competition.Reported, error) {
			firms := int64(s.From(1, 50))
			reported := competition.Reported{
				Ownership: union.Code(s.Below(3)), Size: union.Code(s.Below(3)), Unionised: competition.Whether(s.Below(3)), AboveScale: competition.Whether(s.Below(3)),
				Firms: firms, Entered: int64(s.Below(int(firms))), Workers: firms * 100,
			}
			reported.WorkersOfEntrants = reported.Entered * 100
			reported.TakingPart = reported.Entered * int64(s.From(1, 100))
			switch {
			case s.Chance(6):
				reported.Ownership = 3
				return reported, union.ErrRange
			case s.Chance(6):
				reported.TakingPart = -1
				return reported, union.ErrRange
			}
			return reported, nil
		},
		add: (*competition.Turnout).Add,
		law: func(sum competition.Turnout, of []competition.Reported) error {
			ratio, _, err := edition.Coverage(sum, "all")
			part, _, failed := edition.Participation(sum, "all", competition.OfEntrants)
			return errors.Join(err, failed,
				equal("firms", ratio.Whole, sumOf(of, func(r competition.Reported) int64 { return r.Firms })),
				equal("entrants", ratio.Part, sumOf(of, func(r competition.Reported) int64 { return r.Entered })),
				equal("workers of entrants", part.Whole, sumOf(of, func(r competition.Reported) int64 { return r.WorkersOfEntrants })),
				equal("workers who take part", part.Part, sumOf(of, func(r competition.Reported) int64 { return r.TakingPart })),
			)
		},
	})
}

func results(edition competition.Edition) Kind {
	return fixed(tally[competition.Results, competition.CodedResult]{
		empty: edition.Results,
		draw: func(s *Source, _ place, _ []competition.CodedResult) (competition.CodedResult, error) {
			made := s.Below(100)
			result := competition.CodedResult{int64(made), int64(s.Below(made + 1))}
			if s.Chance(25) {
				result[s.Below(2)] = -1 // not told
			}
			if s.Chance(10) {
				return result[:1], union.ErrRange
			}
			return result, nil
		},
		add: (*competition.Results).Add,
		law: func(sum competition.Results, of []competition.CodedResult) error {
			broken := []error(nil)
			for at, key := range []string{"made", "adopted"} {
				n, reports, all, err := edition.Sum(sum, key)
				told := func(r competition.CodedResult) bool { return r[at] >= 0 }
				want := sumOf(of, func(r competition.CodedResult) int64 { return max(0, r[at]) })
				broken = append(broken, err, equal("reports that tell "+key, reports, countOf(of, told)), equal("reports", all, int64(len(of))))
				if !n.Equal(union.Whole(want)) {
					broken = append(broken, fmt.Errorf("%s: %s, and the records have %d", key, n, want))
				}
			}
			both := func(r competition.CodedResult) bool { return r[0] >= 0 && r[1] >= 0 }
			part, whole, _, err := edition.Quotient(sum, "adopted")
			for at, n := range []union.Number{whole, part} {
				want := sumOf(of, func(r competition.CodedResult) int64 {
					if both(r) {
						return r[at]
					}
					return 0
				})
				if !n.Equal(union.Whole(want)) {
					err = errors.Join(err, fmt.Errorf("quotient: %s, and the records have %d", n, want))
				}
			}
			return errors.Join(append(broken, err)...)
		},
	})
}
