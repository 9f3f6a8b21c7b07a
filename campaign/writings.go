package campaign

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
)

// Writings is the tally of what the members of a course wrote by the end of a
// day: words of notes and reflections, by member. [Course.Writings] makes an empty
// one. It is not idempotent: a record counted twice counts twice. Its size is that
// of the roster.
//
// The zero Writings is of no course: it takes the course and the day of what is
// merged into it, and [Course.AddNotes] and [Course.AddReflection] refuse it.
type Writings struct {
	rule    union.RuleID
	on      union.Date
	members []written // in the order of the roster
}

// written is what one member wrote. accepted are the reflections long enough for
// the member's quota.
type written struct{ notes, words, reflections, accepted int64 }

// Writings returns an empty tally of the course at the end of the day on.
func (c Course) Writings(on union.Date) Writings {
	return Writings{rule: c.id, on: on, members: make([]written, c.roster.Len())}
}

// Rule returns the identity of the course.
func (w Writings) Rule() union.RuleID { return w.rule }

// On returns the day at whose end the writings stand.
func (w Writings) On() union.Date { return w.on }

// AddNotes counts notes in a tally of the course. Notes dated after the tally's
// day are left out.
//
// It reports the first of, and then changes nothing:
//   - [union.ErrMissing], for no tally;
//   - [union.ErrRule], for one that is not the course's;
//   - [union.ErrUnknown], for a person who is not on the roster;
//   - [union.ErrMissing], for a zero day;
//   - [union.ErrRange], for words below zero;
//   - [union.ErrOverflow], if the member's words no longer fit.
func (c Course) AddNotes(w *Writings, notes Notes) error {
	member, err := c.author(w, notes.Person, notes.Day, notes.Words)
	if err != nil {
		return err
	}
	sum := w.members[member]
	words, fits := exact.Add(sum.words, notes.Words)
	if !fits {
		return union.NewFault(union.ErrOverflow, "words", strconv.FormatInt(notes.Words, 10), "")
	}
	sum.words = words
	sum.notes++
	w.put(member, notes.Day, sum)
	return nil
}

// AddReflection counts a reflection in a tally of the course. It counts towards
// the member's quota only if it has as many words as that demands. A reflection
// dated after the tally's day is left out.
//
// It reports the first of, and then changes nothing:
//   - [union.ErrMissing], for no tally;
//   - [union.ErrRule], for one that is not the course's;
//   - [union.ErrUnknown], for a person who is not on the roster;
//   - [union.ErrMissing], for a zero day;
//   - [union.ErrRange], for words below zero;
//   - [union.ErrMissing], for an empty title.
func (c Course) AddReflection(w *Writings, reflection Reflection) error {
	member, err := c.author(w, reflection.Person, reflection.Day, reflection.Words)
	if err != nil {
		return err
	}
	if reflection.Title == "" {
		return union.NewFault(union.ErrMissing, "title", "", "")
	}
	sum := w.members[member]
	sum.reflections++
	if quota, _ := c.demands(member); reflection.Words >= quota.ReflectionWords {
		sum.accepted++
	}
	w.put(member, reflection.Day, sum)
	return nil
}

// author checks what the two kinds of writing share and returns the place of the
// member who wrote.
func (c Course) author(w *Writings, person string, day union.Date, words int64) (int, error) {
	if w == nil {
		return 0, union.NewFault(union.ErrMissing, "writings", "", "")
	}
	if err := c.owns(w.rule); err != nil {
		return 0, err
	}
	member, err := c.roster.Find(person)
	switch {
	case err != nil:
		return 0, err
	case day.IsZero():
		return 0, union.NewFault(union.ErrMissing, "day", "", "the day it was written by")
	case words < 0:
		return 0, union.NewFault(union.ErrRange, "words", strconv.FormatInt(words, 10), "at least 0")
	}
	return member, nil
}

// put keeps a member's new sums, unless what was added lies after the tally's day.
func (w *Writings) put(member int, day union.Date, sum written) {
	if !day.After(w.on) {
		w.members[member] = sum
	}
}

// Merge adds other to the tally and shares nothing with it.
//
// It reports the first of, and then changes nothing:
//   - [union.ErrRule], if other is of another course or another day;
//   - [union.ErrOverflow], if a sum does not fit.
func (w *Writings) Merge(other Writings) error {
	if other.rule.IsZero() {
		return nil
	}
	if w.rule.IsZero() {
		*w = other
		w.members = slices.Clone(other.members)
		return nil
	}
	if err := sameCourse(w.rule, w.on, other.rule, other.on); err != nil {
		return err
	}
	sums := make([]written, len(w.members))
	for i, ours := range w.members {
		sum, fits := ours.plus(other.members[i])
		if !fits {
			return union.NewFault(union.ErrOverflow, "member "+strconv.Itoa(i), "", "")
		}
		sums[i] = sum
	}
	w.members = sums
	return nil
}

// plus returns the sum, and whether it fits.
func (w written) plus(other written) (written, bool) {
	var fits [4]bool
	w.notes, fits[0] = exact.Add(w.notes, other.notes)
	w.words, fits[1] = exact.Add(w.words, other.words)
	w.reflections, fits[2] = exact.Add(w.reflections, other.reflections)
	w.accepted, fits[3] = exact.Add(w.accepted, other.accepted)
	return w, fits == [4]bool{true, true, true, true}
}

// WritingFigures returns the figures of what was written by the end of the
// tally's day: campaign.notes.words and .members, the words of notes and those who
// took any; campaign.reflections and .members, the papers and those who wrote
// any; and .met of both, the members who met their quota of those who have one,
// not applicable if nobody has.
//
// It fails with [union.ErrRule] for a tally that is not the course's, and with
// [union.ErrOverflow] if the words of all members together do not fit.
func (c Course) WritingFigures(w Writings) ([]union.Figure, error) {
	if err := c.owns(w.rule); err != nil {
		return nil, err
	}
	var all written
	var noted, reflected int64
	var notesMet, reflectionsMet union.Ratio
	for i, each := range w.members {
		sum, fits := all.plus(each)
		if !fits {
			return nil, union.NewFault(union.ErrOverflow, "members", "", "")
		}
		all = sum
		noted += one(each.notes > 0)
		reflected += one(each.reflections > 0)
		quota, _ := c.demands(i)
		if quota.NotesWords > 0 {
			notesMet.Whole++
			notesMet.Part += one(each.words >= quota.NotesWords)
		}
		if quota.Reflections > 0 {
			reflectionsMet.Whole++
			reflectionsMet.Part += one(each.accepted >= quota.Reflections)
		}
	}
	sheet := union.NewFigureList("campaign.Course.WritingFigures", c.rule)
	day, members := endOf(w.on), union.InputOf("党员人数", int64(c.roster.Len()))
	sheet.Count("campaign.notes.words", "学习笔记字数", union.Words, all.words, day, union.InputOf("学习笔记登记次数", all.notes))
	sheet.Count("campaign.notes.members", "记学习笔记人数", union.Persons, noted, day, members)
	c.met(sheet, "campaign.notes.met", "学习笔记达标率", "笔记达标人数", "有笔记要求的党员人数", notesMet)
	sheet.Count("campaign.reflections", "心得体会篇数", papers, all.reflections, day, union.InputOf("其中达到字数要求", all.accepted))
	sheet.Count("campaign.reflections.members", "撰写心得体会人数", union.Persons, reflected, day, members)
	c.met(sheet, "campaign.reflections.met", "心得体会达标率", "心得体会达标人数", "有心得体会要求的党员人数", reflectionsMet)
	return sheet.Figures()
}

// met adds the rate of those who met a quota, not applicable if nobody has one.
func (c Course) met(sheet *union.FigureList, key, title, part, base string, ratio union.Ratio) {
	if ratio.Whole == 0 {
		sheet.Absent(key, title, "", union.NotApplicable, union.InputOf(base, 0))
		return
	}
	sheet.Percent(key, title, part, base, ratio, c.rates)
}

// one returns 1 for what holds, for a sum of those that do.
func one(holds bool) int64 {
	if holds {
		return 1
	}
	return 0
}
