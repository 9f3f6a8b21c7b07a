package simulate

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/employment"
)

func employmentKinds() []Kind {
	return []Kind{funnels(), floors(), seasons(), quarters(), claims()}
}

// theFair returns a fair of a key on two days.
func theFair(key, days string) employment.Fair {
	return must(employment.NewFair(employment.FairSpec{
		Rule: rule(key), Hosts: []string{"县总工会"}, Days: union.MustParsePeriod(days), Venue: "县体育场",
		Categories: codes("categories", "youth", "laid-off", "migrant"), Sectors: codes("sectors", "machinery", "catering"),
		Regions: codes("regions", "county", "neighbour"), Local: []string{"county"}, Stages: codes("stages", "registered", "intention", "signed"),
		Registered: "registered", Intention: "intention", Signed: "signed", Headline: 2,
		Rate: halfUp(1), Tightness: halfUp(2), Share: employment.ShareSpec{Balance: union.LargestRemainder, Rounding: halfUp(2)},
	}))
}

const fairDays = "2010-05-15/2010-05-16"

func funnels() Kind {
	fair := theFair("fair", fairDays)
	return fixed(tally[employment.Funnel, employment.Passage]{
		empty: fair.Funnel,
		draw: func(s *Source, _ place, _ []employment.Passage) (employment.Passage, error) {
			passage := employment.Passage{Stage: union.Code(s.From(1, 3)), Category: union.Code(s.Below(4)), Sector: union.Code(s.Below(3)), Region: union.Code(s.Below(3))}
			switch {
			case s.Chance(6):
				passage.Stage = 0
				return passage, union.ErrMissing
			case s.Chance(6):
				passage.Region = 3
				return passage, union.ErrRange
			}
			return passage, nil
		},
		add: (*employment.Funnel).Add,
		law: func(sum employment.Funnel, of []employment.Passage) error {
			table := sum.Table()
			broken := []error{equal("passages", table.Total(), int64(len(of)))}
			for axis, code := range map[string]func(employment.Passage) union.Code{
				"stage":    func(p employment.Passage) union.Code { return p.Stage },
				"category": func(p employment.Passage) union.Code { return p.Category },
				"sector":   func(p employment.Passage) union.Code { return p.Sector },
				"region":   func(p employment.Passage) union.Code { return p.Region },
			} {
				margin, err := fair.Layout().Margin(table, axis)
				broken = append(broken, err)
				for at, n := range margin {
					broken = append(broken, equal(fmt.Sprint(axis, " ", at), n, countOf(of, func(p employment.Passage) bool { return int(code(p)) == at })))
				}
			}
			return errors.Join(broken...)
		},
	})
}

// A stand is one record of a fair, of which one is set.
type stand struct {
	employer     *employment.Employer
	posting      *employment.Posting
	registration *employment.Registration
	intention    *employment.Intention
}

func (s stand) String() string {
	switch {
	case s.employer != nil:
		return fmt.Sprintf("%+v", *s.employer)
	case s.posting != nil:
		return fmt.Sprintf("%+v", *s.posting)
	case s.registration != nil:
		return fmt.Sprintf("%+v", *s.registration)
	}
	return fmt.Sprintf("%+v", *s.intention)
}

func employerOf(n int) employment.Employer {
	return employment.Employer{Key: "e" + strconv.Itoa(n), Title: "厂" + strconv.Itoa(n), Region: []string{"county", "neighbour", ""}[n%3]}
}

func registrationOf(n, day int) employment.Registration {
	return employment.Registration{
		Seeker: "s" + strconv.Itoa(n), Category: []string{"youth", "laid-off", "migrant", ""}[n%4], Carried: n%3 == 0,
		Day: must(union.MustParseDate("2010-05-15").AddDays(day)),
	}
}

// drawStand draws a record of a fair. Postings that several units know have openings
// for all; those of a unit alone have two.
func drawStand(s *Source, at place, held []stand) (stand, error) {
	employers, postings, registered, signed := map[string]bool{}, map[string]int64{}, map[string]bool{}, map[string]map[string]bool{}
	for _, each := range held {
		switch {
		case each.employer != nil:
			employers[each.employer.Key] = true
		case each.posting != nil:
			postings[each.posting.Key] = each.posting.Openings
		case each.registration != nil:
			registered[each.registration.Seeker] = true
		case each.intention.Stage == "signed":
			key := each.intention.Posting
			if signed[key] == nil {
				signed[key] = map[string]bool{}
			}
			signed[key][each.intention.Seeker] = true
		}
	}
	switch s.Below(6) {
	case 0:
		employer := employerOf(s.Below(4))
		if s.Chance(10) {
			employer.Region = "nowhere"
			return stand{employer: &employer}, union.ErrUnknown
		}
		return stand{employer: &employer}, nil
	case 1:
		n := s.Below(4)
		posting := employment.Posting{Key: "p" + strconv.Itoa(n), Employer: employerOf(n).Key, Sector: []string{"machinery", ""}[n%2], Title: "工", Openings: 100_000, Carried: n == 0}
		if s.Chance(50) {
			posting = employment.Posting{Key: at.unit, Employer: "e0", Sector: "catering", Title: "服务员", Openings: 2}
		}
		switch {
		case !employers[posting.Employer]:
			return stand{posting: &posting}, union.ErrUnknown
		case s.Chance(10):
			posting.Openings = 0
			return stand{posting: &posting}, union.ErrRange
		}
		return stand{posting: &posting}, nil
	case 2, 3:
		registration := registrationOf(s.Below(12), s.Below(2))
		switch {
		case s.Chance(5):
			registration.Day = union.MustParseDate("2010-05-17")
			return stand{registration: &registration}, union.ErrRange
		case s.Chance(5) && registered[registration.Seeker]:
			registration.Carried = !registration.Carried
			return stand{registration: &registration}, union.ErrRepeated
		}
		return stand{registration: &registration}, nil
	}
	intention := employment.Intention{
		Seeker: registrationOf(s.Below(12), 0).Seeker, Posting: pick(s, at.unit, "p"+strconv.Itoa(s.Below(4))),
		Stage: pick(s, "intention", "signed", "signed"), Day: union.MustParseDate("2010-05-16"),
	}
	openings, known := postings[intention.Posting]
	signers := signed[intention.Posting]
	switch {
	case !registered[intention.Seeker], !known:
		return stand{intention: &intention}, union.ErrUnknown
	case intention.Stage == "signed" && !signers[intention.Seeker] && int64(len(signers)) >= openings:
		return stand{intention: &intention}, union.ErrRange
	}
	return stand{intention: &intention}, nil
}

func floors() Kind {
	fair := theFair("fair", fairDays)
	return fixed(tally[employment.Floor, stand]{
		empty: fair.Floor,
		draw:  drawStand,
		add: func(floor *employment.Floor, each stand) error {
			switch {
			case each.employer != nil:
				return floor.AddEmployer(fair, *each.employer)
			case each.posting != nil:
				return floor.AddPosting(fair, *each.posting)
			case each.registration != nil:
				return floor.AddRegistration(fair, *each.registration)
			}
			return floor.AddIntention(fair, *each.intention)
		},
		law: func(sum employment.Floor, of []stand) error { return fairLaw(fair, sum, of) },
		rank: func(each stand) int {
			switch {
			case each.employer != nil:
				return 0
			case each.posting != nil:
				return 1
			case each.registration != nil:
				return 2
			}
			return 3
		},
		shard: func(each stand) string {
			switch {
			case each.registration != nil:
				return each.registration.Seeker
			case each.intention != nil:
				return each.intention.Seeker
			}
			return every
		},
	})
}

// fairLaw counts who came to a fair: employers, openings and persons once, person-times
// each time.
func fairLaw(fair employment.Fair, sum employment.Floor, of []stand) error {
	report, err := fair.Report(sum)
	if err != nil {
		return err
	}
	openings := map[string]int64{}
	for _, each := range of {
		if each.posting != nil {
			openings[each.posting.Key] = each.posting.Openings
		}
	}
	seekers := distinct(of, func(each stand) string {
		if each.registration == nil {
			return ""
		}
		return each.registration.Seeker
	})
	broken := []error{
		stated("employers", report.Employers, distinct(of, func(each stand) string {
			if each.employer == nil {
				return ""
			}
			return each.employer.Key
		})),
		stated("openings", report.Openings, total(openings)),
		wholeOf("openings by sector", report.Sectors, total(openings)),
		stated("seekers", report.Seekers, seekers),
		wholeOf("seekers by category", report.Categories, seekers),
		stated("registrations", report.Registrations, countOf(of, func(each stand) bool { return each.registration != nil })),
	}
	for _, stage := range []string{"intention", "signed"} {
		reached := func(each stand) bool { return each.intention != nil && each.intention.Stage == stage }
		broken = append(broken,
			stated(stage+", person-times", report.Stages[stage].PersonTimes, countOf(of, reached)),
			stated(stage+", persons", report.Stages[stage].Persons, distinct(of, func(each stand) string {
				if !reached(each) {
					return ""
				}
				return each.intention.Seeker
			})))
	}
	for posting, n := range openings { // no more are hired than there are openings
		signed := distinct(of, func(each stand) string {
			if each.intention == nil || each.intention.Stage != "signed" || each.intention.Posting != posting {
				return ""
			}
			return each.intention.Seeker
		})
		if signed > n {
			broken = append(broken, fmt.Errorf("%d have signed for the %d openings of %s", signed, n, posting))
		}
	}
	return errors.Join(broken...)
}

// A held is a fair that was held, by its number, with those who came.
type held struct{ fair, seekers int }

func seasons() Kind {
	series := must(employment.NewSeries(employment.SeriesSpec{
		Rule: rule("series"), Days: union.MustParsePeriod("2010-03-01/2010-06-30"), Rate: halfUp(1), Tightness: halfUp(2),
	}))
	const fairs = 4 // of which the last is too late
	var fair [fairs]employment.Fair
	for n := range fair {
		days := fairDays
		if n == fairs-1 {
			days = "2010-07-01/2010-07-02"
		}
		fair[n] = theFair("fair-"+strconv.Itoa(n), days)
	}
	floor := func(h held) employment.Floor {
		made := fair[h.fair].Floor()
		for n := range 6 {
			if h.seekers>>n&1 == 1 {
				registration := registrationOf(n, 0)
				registration.Day = fair[h.fair].Spec().Days.From()
				_ = must(0, made.AddRegistration(fair[h.fair], registration))
			}
		}
		return made
	}
	came := [fairs]int{0b000111, 0b011110, 0b101010, 0b000001}
	return fixed(tally[employment.Season, held]{
		empty: series.Season,
		draw: func(s *Source, _ place, before []held) (held, error) {
			h := held{fair: s.Below(fairs)}
			h.seekers = came[h.fair]
			switch {
			case h.fair == fairs-1:
				return h, union.ErrRange
			case s.Chance(15) && repeated(before, func(each held) bool { return each.fair == h.fair }) != nil:
				h.seekers ^= 1
				return h, union.ErrRepeated
			}
			return h, nil
		},
		add: func(season *employment.Season, h held) error { return season.AddFair(series, fair[h.fair], floor(h)) },
		law: func(sum employment.Season, of []held) error {
			read, err := figuresOf(series.Figures(sum))
			seen, persons, times := map[int]bool{}, map[int]bool{}, int64(0)
			for _, each := range of {
				for n := range 6 {
					if each.seekers>>n&1 == 1 {
						persons[n] = true
						if !seen[each.fair] {
							times++
						}
					}
				}
				seen[each.fair] = true
			}
			return errors.Join(err,
				read.whole("employment.series.fairs", int64(len(seen))),
				read.whole("employment.series.seekers", int64(len(persons))),
				read.whole("employment.series.seekers.person_times", times),
			)
		},
	})
}

// A registered is a record of an employment office, of which one is set.
type registered struct {
	vacancy     *employment.Vacancy
	application *employment.Application
}

func quarters() Kind {
	market := must(employment.NewMarket(employment.MarketSpec{
		Rule: rule("quarter"), Days: union.MustParsePeriod("2010-04-01/2010-06-30"), Basis: employment.Valid,
		Demand: employment.SideSpec{Title: "需求人数", Measure: union.Persons}, Supply: employment.SideSpec{Title: "求职人数", Measure: union.Persons},
		Dimensions: []employment.Dimension{
			{Key: "occupation", Title: "职业", Demand: true, Supply: true, Terms: codes("occupations", "clerk", "worker")},
			{Key: "kind", Title: "用人单位性质", Demand: true, Terms: codes("kinds", "state", "private")},
		},
		Tightness: halfUp(2),
	}))
	occupation := func(n int) string { return []string{"clerk", "worker", ""}[n%3] }
	days := []string{"2010-03-15", "2010-05-15"}
	return fixed(tally[employment.Quarter, registered]{
		empty: market.Quarter,
		draw: func(s *Source, _ place, _ []registered) (registered, error) {
			n := s.Below(12)
			day := union.MustParseDate(days[n%2])
			if s.Chance(50) {
				vacancy := employment.Vacancy{Key: "v" + strconv.Itoa(n), Openings: int64(n + 1), Day: day, Of: map[string]string{
					"occupation": occupation(n), "kind": []string{"state", "private"}[n%2],
				}}
				switch {
				case s.Chance(8):
					vacancy.Of["kind"] = "nobody's"
					return registered{vacancy: &vacancy}, union.ErrUnknown
				case s.Chance(8):
					vacancy.Openings = 0
					return registered{vacancy: &vacancy}, union.ErrRange
				}
				return registered{vacancy: &vacancy}, nil
			}
			application := employment.Application{Seeker: "s" + strconv.Itoa(n), Day: day, Of: map[string]string{"occupation": occupation(n)}}
			switch {
			case s.Chance(8):
				application.Seeker = ""
				return registered{application: &application}, union.ErrMissing
			case s.Chance(8):
				application.Day = union.MustParseDate("2010-07-01")
				return registered{application: &application}, union.ErrRange
			}
			return registered{application: &application}, nil
		},
		add: func(quarter *employment.Quarter, each registered) error {
			if each.vacancy != nil {
				return quarter.AddVacancy(market, *each.vacancy)
			}
			return quarter.AddApplication(market, *each.application)
		},
		law: func(sum employment.Quarter, of []registered) error {
			bulletin, err := market.Bulletin(sum)
			if err != nil {
				return err
			}
			openings := map[string]int64{}
			for _, each := range of {
				if each.vacancy != nil {
					openings[each.vacancy.Key] = each.vacancy.Openings
				}
			}
			seekers := distinct(of, func(each registered) string {
				if each.application == nil {
					return ""
				}
				return each.application.Seeker
			})
			return errors.Join(
				stated("demand", bulletin.Demand.Total, total(openings)),
				wholeOf("demand by occupation", bulletin.Demand.By["occupation"], total(openings)),
				wholeOf("demand by kind", bulletin.Demand.By["kind"], total(openings)),
				stated("supply", bulletin.Supply.Total, seekers),
				wholeOf("supply by occupation", bulletin.Supply.By["occupation"], seekers),
				stated("applications", bulletin.Supply.Times, countOf(of, func(each registered) bool { return each.application != nil })),
			)
		},
	})
}

func claims() Kind {
	hard := must(employment.NewHardToPlace(employment.HardToPlaceSpec{
		Rule: rule("hard"), Classes: []employment.Class{{Key: "aged", Title: "大龄失业人员"}, {Key: "household", Title: "零就业家庭", Household: true}},
	}))
	return fixed(tally[employment.Claims, employment.Claim]{
		empty: hard.Claims,
		draw: func(s *Source, _ place, _ []employment.Claim) (employment.Claim, error) {
			seeker := s.Below(14)
			claim := employment.Claim{
				Class: pick(s, "aged", "household"), Seeker: "s" + strconv.Itoa(seeker), Household: "h" + strconv.Itoa(seeker/3), Day: aDay(s, 0, daysOfYear-1),
			}
			switch {
			case s.Chance(6):
				claim.Class = "tired"
				return claim, union.ErrUnknown
			case s.Chance(6):
				claim.Class, claim.Household = "household", ""
				return claim, union.ErrMissing
			}
			return claim, nil
		},
		add: func(c *employment.Claims, claim employment.Claim) error {
			_, err := c.Add(hard, claim)
			return err
		},
		law: func(sum employment.Claims, of []employment.Claim) error {
			read, err := figuresOf(hard.Figures(sum))
			by := func(class string, key func(employment.Claim) string) int64 {
				return distinct(of, func(c employment.Claim) string {
					if class != "" && c.Class != class {
						return ""
					}
					return key(c)
				})
			}
			seeker := func(c employment.Claim) string { return c.Seeker }
			return errors.Join(err,
				read.whole("employment.hard.aged", by("aged", seeker)),
				read.whole("employment.hard.household", by("household", func(c employment.Claim) string { return c.Household })),
				read.whole("employment.hard.seekers", by("", seeker)),
			)
		},
	})
}
