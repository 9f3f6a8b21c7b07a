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
// a file that lists none has none. Cause is the one main cause, and Lesser are those
// beside it. Exclusions are those that a check found. Statuses are what else the
// household is known to have or to be, such as drawing the minimum living allowance
// (享受低保). Months are what it had month by month, where a category asks for that.
// Filed is the day on which the file was made, zero if that is not stated.
type Household struct {
	Key        string      `json:"key"`
	Unit       string      `json:"unit,omitempty"`
	Head       Head        `json:"head,omitzero"`
	Members    []Member    `json:"members"`
	Income     []Item      `json:"income,omitempty"`
	Outlay     []Item      `json:"outlay,omitempty"`
	Cause      string      `json:"cause"`
	Lesser     []string    `json:"lesser,omitempty"`
	Statuses   []string    `json:"statuses,omitempty"`
	Exclusions []Exclusion `json:"exclusions,omitempty"`
	Months     []Means     `json:"months,omitempty"`
	Filed      union.Date  `json:"filed,omitzero"`
}

func (h Household) clone() Household {
	h.Members, h.Income, h.Outlay = slices.Clone(h.Members), slices.Clone(h.Income), slices.Clone(h.Outlay)
	h.Lesser, h.Statuses, h.Exclusions = slices.Clone(h.Lesser), slices.Clone(h.Statuses), slices.Clone(h.Exclusions)
	h.Months = slices.Clone(h.Months)
	return h
}

// An Exclusion is what bars a household, as a check found it, and what shows it:
// the record of a visit, a register's answer. Neither says who told.
type Exclusion struct {
	Key      string `json:"key"`      // of the standard's exclusions
	Evidence string `json:"evidence"` // in the checker's words
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

// A Member is one who lives in a household and shares its income. The number may
// be left out; where it is given, a [Registry] sees who stands in two files.
type Member struct {
	Relation string         `json:"relation"` // to the head, as the form words it
	Number   union.IDNumber `json:"number,omitzero"`
	Able     bool           `json:"able,omitempty"` // of working age and able to work
	Working  bool           `json:"working,omitempty"`
}

// A weighing is a household read under a standard, before anything is judged.
type weighing struct {
	cause      string
	statuses   []string
	exclusions []string // by the standard's list: the evidence, empty if not found
	age        int64
	aged       bool // the age is known
	income     union.Money
	imputed    union.Money // of it
	outlay     union.Money
	losses     []union.Money    // by category: of the year
	running    [][]union.Reason // by category: of each month of its run
	perHead    [2]union.Number  // by perHead
	multiple   [2]union.Number  // of the line
}

// inForce reports the zero Standard, and one that is not in force on a day.
func (s Standard) inForce(on union.Date) error {
	if s.id.IsZero() {
		return union.NewFault(union.ErrMissing, "standard", "", "")
	}
	if !s.spec.Effective.Contains(on) {
		return union.NewFault(union.ErrRange, "on", on.String(), "a day in "+s.spec.Effective.String())
	}
	return nil
}

// weigh reads a household, and reports the first fault in the order that
// [Standard.Judge] publishes.
func (s Standard) weigh(h Household, on union.Date) (weighing, error) {
	var w weighing
	if err := s.inForce(on); err != nil {
		return w, err
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
	if err := s.weighStatuses(&w, h.Statuses); err != nil {
		return w, err
	}
	if err := s.weighExclusions(&w, h.Exclusions); err != nil {
		return w, err
	}
	if err := s.weighSums(&w, h); err != nil {
		return w, err
	}
	if err := s.weighLosses(&w, h); err != nil {
		return w, err
	}
	return w, s.weighMonths(&w, h.Months, on)
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

func (s Standard) weighStatuses(w *weighing, stated []string) error {
	for i, key := range stated {
		at := union.Indexed("statuses", i)
		switch known := slices.ContainsFunc(s.spec.Statuses, func(t union.Term) bool { return t.Key == key }); {
		case key == "":
			return union.NewFault(union.ErrMissing, at, "", "")
		case !known:
			return union.NewFault(union.ErrUnknown, at, quote.Key(key), "a status of the standard")
		case slices.Contains(stated[:i], key):
			return union.NewFault(union.ErrRepeated, at, quote.Key(key), "another status")
		}
	}
	w.statuses = stated
	return nil
}

func (s Standard) weighExclusions(w *weighing, found []Exclusion) error {
	w.exclusions = make([]string, len(s.spec.Exclusions))
	for i, each := range found {
		at := union.Indexed("exclusions", i)
		known := slices.IndexFunc(s.spec.Exclusions, func(t union.Term) bool { return t.Key == each.Key })
		switch {
		case each.Key == "":
			return union.NewFault(union.ErrMissing, at+".key", "", "")
		case known < 0:
			return union.NewFault(union.ErrUnknown, at+".key", quote.Key(each.Key), "an exclusion of the standard")
		case w.exclusions[known] != "":
			return union.NewFault(union.ErrRepeated, at+".key", quote.Key(each.Key), "another exclusion")
		case each.Evidence == "":
			return union.NewFault(union.ErrMissing, at+".evidence", "", "what shows it")
		}
		w.exclusions[known] = each.Evidence
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

// weighLosses works out, for each category that tests it, what the household lost
// in the year by the outlay that the category names, whether or not it is
// deducted from the income.
func (s Standard) weighLosses(w *weighing, h Household) error {
	w.losses = make([]union.Money, len(s.spec.Categories))
	for i, category := range s.spec.Categories {
		for j, item := range h.Outlay {
			if !slices.Contains(category.Loss.Of, item.Kind) {
				continue
			}
			amount, err := item.year()
			if err == nil {
				w.losses[i], err = w.losses[i].Add(amount)
			}
			if err != nil {
				return union.Within(union.Indexed("outlay", j)+".amount", err)
			}
		}
	}
	return nil
}

// fits reports whether the sums per head lie within the bounds of a category.
func (w weighing) fits(c Category) bool {
	return c.Income.Contains(w.multiple[gross]) && c.Net.Contains(w.multiple[net])
}

// weighMonths works out how each month of the categories' runs stands.
func (s Standard) weighMonths(w *weighing, months []Means, on union.Date) error {
	means, err := byMonth("months", months)
	if err != nil {
		return err
	}
	w.running = make([][]union.Reason, len(s.spec.Categories))
	for i, category := range s.spec.Categories {
		if !category.Running.IsZero() {
			w.running[i] = category.Running.reasons(means, on, func(union.Date) (union.Money, error) { return s.spec.Line, nil })
		}
	}
	return nil
}

// admitted says whether the ith category takes the household, whose sums fit it, by
// its cause, its loss, its statuses and its months, which may not all be known.
func (s Standard) admitted(w weighing, i int) union.Standing {
	c := s.spec.Categories[i]
	if !c.admits(w.cause) || !c.Loss.holds(w.losses[i], w.income) || !c.allows(w.statuses) {
		return union.Unmet
	}
	return union.Judged("", w.running[i]...).Standing
}
