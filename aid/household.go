package aid

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Household is the file of one family that applies to be counted as in
// difficulty (困难职工档案): one file a household, in the name of one worker, its
// head. Key is a token of the caller's, as a [union.Register] takes it; Unit is
// the union that keeps the file.
//
// Members are all who live together and share the income, the head among them.
// Income and Outlay are those of the twelve months before the household applied;
// a file that lists none has none. Exactly one cause is the main one. Exclusions
// are those that a check found.
type Household struct {
	Key        string     `json:"key"`
	Unit       string     `json:"unit,omitempty"`
	Head       Head       `json:"head,omitzero"`
	Members    []Member   `json:"members"`
	Income     []Item     `json:"income,omitempty"`
	Outlay     []Item     `json:"outlay,omitempty"`
	Cause      string     `json:"cause"`
	Lesser     []string   `json:"lesser,omitempty"`
	Exclusions []string   `json:"exclusions,omitempty"`
	Filed      union.Date `json:"filed,omitzero"`
}

// A Head is the worker in whose name a file is kept. All of it may be left out;
// where the number is given, it tells the day of birth.
type Head struct {
	Name   union.Name     `json:"name,omitzero"`
	Number union.IDNumber `json:"number,omitzero"`
	Born   union.Date     `json:"born,omitzero"`
}

// born returns the head's day of birth, zero if it is not known.
func (h Head) born() (union.Date, error) {
	if h.Number.IsZero() {
		return h.Born, nil
	}
	birth := h.Number.Birth()
	if !h.Born.IsZero() && h.Born != birth {
		return birth, union.NewFault(union.ErrRange, "head.born", "", "the day that the identity number tells")
	}
	return birth, nil
}

// age returns the whole years from a day of birth to a day not before it.
func age(born, on union.Date) int64 {
	years := on.Year() - born.Year()
	if on.Month() < born.Month() || on.Month() == born.Month() && on.Day() < born.Day() {
		years--
	}
	return int64(years)
}

// A Member is one who lives in a household and shares its income.
type Member struct {
	Relation string `json:"relation"`       // to the head, as the form words it
	Able     bool   `json:"able,omitempty"` // of working age and able to work
	Working  bool   `json:"working,omitempty"`
}

// A weighing is a household read under a standard, before anything is judged.
type weighing struct {
	cause      string
	exclusions []bool // by the standard's list
	age        int64
	aged       bool // the age is known
	income     union.Money
	imputed    union.Money // of it
	outlay     union.Money
	perHead    [2]union.Number // by perHead
	multiple   [2]union.Number // of the line
}

// weigh reads a household, and reports the first fault in the order that
// [Standard.Judge] publishes.
func (s Standard) weigh(h Household, on union.Date) (weighing, error) {
	var w weighing
	if s.id.IsZero() {
		return w, union.NewFault(union.ErrMissing, "standard", "", "")
	}
	if !s.spec.Effective.Contains(on) {
		return w, union.NewFault(union.ErrRange, "on", on.String(), "a day in "+s.spec.Effective.String())
	}
	if err := union.CheckToken(h.Key); err != nil {
		return w, union.Within("key", err)
	}
	if h.Filed.After(on) {
		return w, union.NewFault(union.ErrOrder, "filed", h.Filed.String(), on.String()+" or earlier")
	}
	if err := s.weighHead(&w, h.Head, on); err != nil {
		return w, err
	}
	if len(h.Members) == 0 {
		return w, union.NewFault(union.ErrMissing, "members", "", "at least the head")
	}
	if err := s.weighCauses(&w, h); err != nil {
		return w, err
	}
	if err := s.weighExclusions(&w, h.Exclusions); err != nil {
		return w, err
	}
	return w, s.weighSums(&w, h)
}

func (s Standard) weighHead(w *weighing, head Head, on union.Date) error {
	born, err := head.born()
	if err != nil {
		return err
	}
	if born.IsZero() {
		return nil
	}
	if born.After(on) {
		return union.NewFault(union.ErrOrder, "head.born", "", on.String()+" or earlier")
	}
	w.age, w.aged = age(born, on), true
	return nil
}

func (s Standard) weighCauses(w *weighing, h Household) error {
	if _, err := find(s.causes, "cause", h.Cause); err != nil {
		return err
	}
	w.cause = h.Cause
	if len(h.Lesser) > s.spec.Lesser {
		return union.NewFault(union.ErrRange, "lesser", strconv.Itoa(len(h.Lesser))+" causes",
			"at most "+strconv.Itoa(s.spec.Lesser))
	}
	for i, lesser := range h.Lesser {
		at := union.Indexed("lesser", i)
		if _, err := find(s.causes, at, lesser); err != nil {
			return err
		}
		if lesser == h.Cause || slices.Contains(h.Lesser[:i], lesser) {
			return union.NewFault(union.ErrRepeated, at, quote.Key(lesser), "another cause")
		}
	}
	return nil
}

func (s Standard) weighExclusions(w *weighing, found []string) error {
	w.exclusions = make([]bool, len(s.spec.Exclusions))
	for i, key := range found {
		at := union.Indexed("exclusions", i)
		known := slices.IndexFunc(s.spec.Exclusions, func(t union.Term) bool { return t.Key == key })
		switch {
		case key == "":
			return union.NewFault(union.ErrMissing, at, "", "")
		case known < 0:
			return union.NewFault(union.ErrUnknown, at, quote.Key(key), "an exclusion of the standard")
		case w.exclusions[known]:
			return union.NewFault(union.ErrRepeated, at, quote.Key(key), "another exclusion")
		}
		w.exclusions[known] = true
	}
	return nil
}

// weighSums works out the two sums per head and month, unrounded:
//
//	income = (items that count + imputed wages) ÷ 12 ÷ members
//	net    = (items that count + imputed wages − outlay that counts) ÷ 12 ÷ members
func (s Standard) weighSums(w *weighing, h Household) error {
	items, err := totalOf("income", h.Income, s.spec.Income)
	if err != nil {
		return err
	}
	if w.outlay, err = totalOf("outlay", h.Outlay, s.spec.Outlay); err != nil {
		return err
	}
	var idle int64
	for _, member := range h.Members {
		if member.Able && !member.Working {
			idle++
		}
	}
	if w.imputed, err = s.spec.Imputed.Times(idle * monthsOfYear); err != nil {
		return union.Within("members", err)
	}
	if w.income, err = items.Add(w.imputed); err != nil {
		return union.Within("income", err)
	}
	shares := union.Whole(monthsOfYear * int64(len(h.Members)))
	for of, sum := range [...]union.Number{w.income.Number(), w.income.Number().Sub(w.outlay.Number())} {
		w.perHead[of], _ = sum.Quo(shares) // there are members
		w.multiple[of], _ = w.perHead[of].Quo(s.spec.Line.Number())
	}
	return nil
}

// fits reports whether the sums lie within all the bounds of a category.
func (w weighing) fits(c Category) bool {
	return c.Income.Contains(w.multiple[gross]) && c.Net.Contains(w.multiple[net])
}
