package simulate

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
)

func rule(key string) union.Rule {
	return union.Rule{Key: key, Version: "1", Title: "模拟规则" + key, Source: "made up by the simulator"}
}

// terms are terms whose titles are their keys.
func terms(keys ...string) []union.Term {
	var made []union.Term
	for _, key := range keys {
		key, within, _ := strings.Cut(key, "<")
		made = append(made, union.Term{Key: key, Title: key, Within: within})
	}
	return made
}

// codes is a list; "b<a" is a term within another.
func codes(key string, keys ...string) union.CodesSpec {
	return union.CodesSpec{Rule: rule(key), Terms: terms(keys...)}
}

func halfUp(places int) union.Rounding { return union.Rounding{Mode: union.HalfUp, Places: places} }

// someToken returns one of a few tokens, so that several units know the same.
func someToken(s *Source, letter string, of int) string { return letter + strconv.Itoa(s.Below(of)) }

// aDay returns a day of the year from one to another, counted from 0.
func aDay(s *Source, from, until int) union.Date { return dayOf(s.From(from, until)) }

func vocabularyKinds() []Kind { return []Kind{fixed(ratios()), tables(), fixed(registers())} }

func ratios() tally[union.Ratio, union.Ratio] {
	return tally[union.Ratio, union.Ratio]{
		empty: func() union.Ratio { return union.Ratio{} },
		draw: func(s *Source, _ place, _ []union.Ratio) (union.Ratio, error) {
			whole := int64(s.Below(1000))
			made := union.Ratio{Part: int64(s.Below(int(whole) + 1)), Whole: whole}
			if s.Chance(15) {
				made.Whole = -made.Whole - 1
				return made, union.ErrRange
			}
			return made, nil
		},
		add: (*union.Ratio).Merge,
		law: func(sum union.Ratio, of []union.Ratio) error {
			return errors.Join(
				equal("part", sum.Part, sumOf(of, func(r union.Ratio) int64 { return r.Part })),
				equal("whole", sum.Whole, sumOf(of, func(r union.Ratio) int64 { return r.Whole })),
			)
		},
	}
}

// A counted is so many things at one place of a table.
type counted struct {
	at [2]union.Code
	n  int64
}

func tables() Kind {
	layout := must(union.NewLayout(
		union.Axis{Key: "industry", Codes: must(union.NewCodes(codes("industry", "farming", "building", "trade")))},
		union.Axis{Key: "sex", Codes: must(union.NewCodes(codes("sex", "men", "women")))},
	))
	return fixed(tally[union.Table, counted]{
		empty: layout.Table,
		draw: func(s *Source, _ place, _ []counted) (counted, error) {
			made := counted{at: [2]union.Code{union.Code(s.Below(4)), union.Code(s.Below(3))}, n: int64(s.Below(50))}
			switch {
			case s.Chance(8):
				made.at[1] = 3
				return made, union.ErrRange
			case s.Chance(8):
				made.n = -1
				return made, union.ErrRange
			}
			return made, nil
		},
		add: func(t *union.Table, c counted) error { return t.AddN(c.n, c.at[:]...) },
		law: func(sum union.Table, of []counted) error {
			var broken []error
			for a := range union.Code(4) {
				for b := range union.Code(3) {
					cell, err := layout.Cell(sum, a, b)
					broken = append(broken, err, equal(fmt.Sprint("cell ", a, b), cell, sumOf(of, func(c counted) int64 {
						if c.at == [2]union.Code{a, b} {
							return c.n
						}
						return 0
					})))
				}
			}
			for _, axis := range []string{"industry", "sex"} { // parts are the whole
				margin, err := layout.Margin(sum, axis)
				broken = append(broken, err, equal("total of "+axis, sum.Total(), sumOf(margin, func(n int64) int64 { return n })))
			}
			return errors.Join(broken...)
		},
	})
}

func registers() tally[union.Register, string] {
	return tally[union.Register, string]{
		empty: func() union.Register { return union.Register{} },
		draw: func(s *Source, _ place, _ []string) (string, error) {
			switch {
			case s.Chance(5):
				return "", union.ErrMissing
			case s.Chance(5):
				return "张 三", union.ErrText
			case s.Chance(5):
				return strings.Repeat("x", 65), union.ErrRange
			}
			return someToken(s, "member-", 20), nil
		},
		add: func(r *union.Register, token string) error {
			_, err := r.Add(token)
			return err
		},
		law: func(sum union.Register, of []string) error {
			broken := []error{equal("members", int64(sum.Len()), distinct(of, func(token string) string { return token }))}
			for _, token := range of {
				if !sum.Has(token) {
					broken = append(broken, errors.New(token+" is lost"))
				}
			}
			return errors.Join(broken...)
		},
	}
}
