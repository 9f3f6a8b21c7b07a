package campaign

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
	"github.com/unioncampaign/union/internal/wire"
)

// Writings is the tally of what the members of a course wrote by the end of a
// day: words of notes, reflections and surveys, by member. [Course.Writings] makes
// an empty one. It is not idempotent: a record counted twice counts twice. Its size
// is that of the roster.
//
// The zero Writings is of no course: it takes the course and the day of what is
// merged into it, and [Course.AddNotes], [Course.AddReflection] and
// [Course.AddSurvey] refuse it.
type Writings struct {
	rule    union.RuleID
	on      union.Date
	members []written // in the order of the roster
}

// written is what one member wrote. accepted are the reflections long enough for
// the member's quota.
type written struct{ notes, words, reflections, accepted, surveys int64 }

// couldBe reports whether the sums could have come about: words come with notes,
// and no more reflections are accepted than there are.
func (w written) couldBe() bool {
	return (w.words == 0 || w.notes > 0) && w.accepted <= w.reflections
}

// Writings returns an empty tally of the course at the end of the day on. The zero
// Course has the zero Writings.
func (c Course) Writings(on union.Date) Writings {
	if c.id.IsZero() {
		return Writings{}
	}
	return Writings{rule: c.id, on: on, members: make([]written, c.roster.Len())}
}

// Rule returns the identity of the course, zero for the zero Writings.
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
//   - [union.ErrOverflow], if the member's words or records no longer fit.
func (c Course) AddNotes(w *Writings, notes Notes) error {
	member, err := c.author(w, notes.Person, notes.Day, notes.Words)
	if err != nil {
		return err
	}
	sum, fits := w.members[member].plus(written{notes: 1, words: notes.Words})
	if !fits {
		return union.NewFault(union.ErrOverflow, "words", strconv.FormatInt(notes.Words, 10), "")
	}
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
//   - [union.ErrMissing], for an empty title;
//   - [union.ErrOverflow], if the member's reflections no longer fit.
func (c Course) AddReflection(w *Writings, reflection Reflection) error {
	member, err := c.author(w, reflection.Person, reflection.Day, reflection.Words)
	if err != nil {
		return err
	}
	if reflection.Title == "" {
		return union.NewFault(union.ErrMissing, "title", "", "")
	}
	added := written{reflections: 1}
	if quota, _ := c.demands(member); reflection.Words >= quota.ReflectionWords {
		added.accepted = 1
	}
	sum, fits := w.members[member].plus(added)
	if !fits {
		return union.NewFault(union.ErrOverflow, "reflections", "", "")
	}
	w.put(member, reflection.Day, sum)
	return nil
}

// AddSurvey counts a survey in a tally of the course. A survey dated after the tally's
// day is left out.
//
// It reports the first of, and then changes nothing:
//   - [union.ErrMissing], for no tally;
//   - [union.ErrRule], for one that is not the course's;
//   - [union.ErrUnknown], for a person who is not on the roster;
//   - [union.ErrMissing], for a zero day, and for an empty title;
//   - [union.ErrOverflow], if the member's surveys no longer fit.
func (c Course) AddSurvey(w *Writings, survey Survey) error {
	member, err := c.author(w, survey.Person, survey.Day, 0)
	if err != nil {
		return err
	}
	if survey.Title == "" {
		return union.NewFault(union.ErrMissing, "title", "", "")
	}
	sum, fits := w.members[member].plus(written{surveys: 1})
	if !fits {
		return union.NewFault(union.ErrOverflow, "surveys", "", "")
	}
	w.put(member, survey.Day, sum)
	return nil
}

// author checks what the kinds of writing share and returns the place of the
// member who wrote.
func (c Course) author(w *Writings, person string, day union.Date, words int64) (int, error) {
	if w == nil {
		return 0, union.NewFault(union.ErrMissing, "writings", "", "")
	}
	if err := c.ownsWritings(w); err != nil {
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

// ownsWritings refuses a tally that was not made by the course. One that claims
// the course and has other members was made up.
func (c Course) ownsWritings(w *Writings) error {
	if err := c.owns(w.rule); err != nil {
		return err
	}
	if len(w.members) != c.roster.Len() {
		return otherShape("writings", c.id)
	}
	return nil
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
	if err := w.goesWith(&other); err != nil {
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

// goesWith refuses a tally of another course, another day, or other members.
func (w *Writings) goesWith(other *Writings) error {
	if err := sameCourse(w.rule, w.on, other.rule, other.on); err != nil {
		return err
	}
	if len(w.members) != len(other.members) {
		return otherShape("writings", w.rule)
	}
	return nil
}

// plus returns the sum, and whether it fits.
func (w written) plus(other written) (written, bool) {
	var fits [5]bool
	w.notes, fits[0] = exact.Add(w.notes, other.notes)
	w.words, fits[1] = exact.Add(w.words, other.words)
	w.reflections, fits[2] = exact.Add(w.reflections, other.reflections)
	w.accepted, fits[3] = exact.Add(w.accepted, other.accepted)
	w.surveys, fits[4] = exact.Add(w.surveys, other.surveys)
	return w, fits == [5]bool{true, true, true, true, true}
}

// writingsForm names the binary form of Writings: the day, and the sums of each
// member: notes, words, reflections, those accepted, surveys.
const writingsForm = "campaign.writings/1"

// AppendBinary appends the canonical binary form, as [union.WriteTally] does.
func (w Writings) AppendBinary(data []byte) ([]byte, error) {
	return union.WriteTally(data, writingsForm, w.rule, func(to *wire.Writer) {
		to.Text(w.on.String())
		to.Len(len(w.members))
		for _, each := range w.members {
			to.Fill([]int64{each.notes, each.words, each.reflections, each.accepted, each.surveys})
		}
	})
}

// UnmarshalBinary reads what AppendBinary wrote, as [union.ReadTally] does; into
// the zero Writings those of any course, else those of the tally's own course and
// day ([union.ErrRule]). What no course could have counted is [union.ErrText]. On
// error the tally is unchanged.
func (w *Writings) UnmarshalBinary(data []byte) error {
	var made Writings
	rule, err := union.ReadTally(data, writingsForm, w.rule, made.read)
	if err != nil {
		return err
	}
	made.rule = rule
	if !w.rule.IsZero() && !rule.IsZero() {
		if err := w.goesWith(&made); err != nil {
			return err
		}
	}
	*w = made
	return nil
}

// read reads the body. Its course is not there to be asked: [Writings.Merge] and
// the course itself see whether it is of theirs.
func (w *Writings) read(r *wire.Reader) {
	w.on = readDay(r)
	var sums [5]int64
	members := r.Len(len(sums) + 1)
	if members == 0 {
		r.Refuse("no members", "at least one")
		return
	}
	w.members = make([]written, members)
	for i := range w.members {
		r.Fill(sums[:])
		each := written{notes: sums[0], words: sums[1], reflections: sums[2], accepted: sums[3], surveys: sums[4]}
		if !each.couldBe() || w.on.IsZero() && each != (written{}) {
			r.Refuse("sums that no records have", "those of notes and reflections")
		}
		if r.Failed() {
			return
		}
		w.members[i] = each
	}
}

// WritingFigures returns the figures of what was written by the end of the
// tally's day: campaign.notes.words and .members, the words of notes and those who
// took any; campaign.reflections and .members, the papers and those who wrote
// any; campaign.surveys and .members, the surveys and those who made any; and .met of
// all three, the members who met their quota of those who have one, not applicable if
// nobody has.
//
// It fails with [union.ErrRule] for a tally that is not the course's, and with
// [union.ErrOverflow] if the words of all members together do not fit.
func (c Course) WritingFigures(w Writings) ([]union.Figure, error) {
	if err := c.ownsWritings(&w); err != nil {
		return nil, err
	}
	var all written
	var noted, reflected, surveyed int64
	var notesMet, reflectionsMet, surveysMet union.Ratio
	for i, each := range w.members {
		sum, fits := all.plus(each)
		if !fits {
			return nil, union.NewFault(union.ErrOverflow, "members", "", "")
		}
		all = sum
		noted += one(each.notes > 0)
		reflected += one(each.reflections > 0)
		surveyed += one(each.surveys > 0)
		quota, _ := c.demands(i)
		if quota.NotesWords > 0 {
			notesMet.Whole++
			notesMet.Part += one(each.words >= quota.NotesWords)
		}
		if quota.Reflections > 0 {
			reflectionsMet.Whole++
			reflectionsMet.Part += one(each.accepted >= quota.Reflections)
		}
		if quota.Surveys > 0 {
			surveysMet.Whole++
			surveysMet.Part += one(each.surveys >= quota.Surveys)
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
	sheet.Count("campaign.surveys", "调研次数", sessionsHeld, all.surveys, day)
	sheet.Count("campaign.surveys.members", "开展调研人数", union.Persons, surveyed, day, members)
	c.met(sheet, "campaign.surveys.met", "调研达标率", "调研达标人数", "有调研要求的党员人数", surveysMet)
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
