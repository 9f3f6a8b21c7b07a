package campaign

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// ErrNotDone refuses to close what still lacks something.
var ErrNotDone = errors.New("is not done yet")

// A Journal holds all that one unit noted down of its campaign: what was done, found,
// promised, accepted. [Plan.Journal] makes an empty one, [Plan.Add] alone adds to it,
// and nothing is ever taken out or changed. Its order is that of days and, of one
// day, of IDs, whatever the order in which entries came.
//
// The zero Journal is of no plan, and nothing can be added to it. Assigning a Journal
// shares what it holds: [Plan.Join] of it alone is a copy of its own.
type Journal struct {
	rule    union.RuleID
	entries []*Entry // never changed once there
	days    map[string]union.Date
}

// Journal returns an empty journal of the plan. The zero Plan has the zero Journal.
func (p Plan) Journal() Journal { return Journal{rule: p.id} }

// Rule returns the identity of the plan, zero for the zero Journal.
func (j Journal) Rule() union.RuleID { return j.rule }

// Len returns how many entries there are.
func (j Journal) Len() int { return len(j.entries) }

// Entries returns a copy of the entries, in the order of days and, of one day, of
// IDs.
func (j Journal) Entries() []Entry {
	entries := make([]Entry, 0, len(j.entries))
	for _, entry := range j.entries {
		entries = append(entries, entry.clone())
	}
	return entries
}

// Add notes an entry in a journal of the plan. The same entry again changes nothing.
// What happened earlier may be noted later, an event of a course too if the course
// can take it there.
//
// It reports the first of, and then changes nothing:
//   - [union.ErrMissing], for no journal;
//   - [union.ErrRule], for one that is not the plan's;
//   - the first fault that the entry has by itself: no ID or day, nothing or two
//     things in it, what the plan does not list ([union.ErrUnknown]), a waiver by
//     who may not waive and a talk with oneself ([union.ErrActor]), a number out of
//     range ([union.ErrRange]), what is given twice ([union.ErrRepeated]), a due day
//     before that of the entry ([union.ErrOrder]), what must be given and is not;
//   - [union.ErrRepeated], for an ID that the journal has with other content;
//   - [union.ErrUnknown], for an issue, an opinion, a promise, a target or a team
//     that the journal does not have, and [union.ErrOrder] for one of a later day;
//   - [union.ErrRepeated], for an opinion that is grouped already;
//   - of an event, what [union.Procedure.Add] reports, which names the state and
//     the event; and then: [union.ErrActor], for an issue closed by who answers for
//     it; [union.ErrMissing], for one closed without evidence, without anybody who
//     answers for it or without telling by whom, one explained without a reason, and
//     a phase sent back without its gaps named; [union.ErrUnknown], for a gap that is
//     neither an action of the phase nor a threshold that its gate asks for;
//     [ErrNotDone], for a phase or an issue closed that lacks something.
func (p Plan) Add(j *Journal, entry Entry) error {
	if j == nil {
		return union.NewFault(union.ErrMissing, "journal", "", "")
	}
	if err := p.ownsJournal(*j); err != nil {
		return err
	}
	entry = entry.clone()
	if err := p.checkEntry(&entry); err != nil {
		return union.Faults(err)[0]
	}
	if had := j.find(entry.ID); had != nil {
		if had.same(&entry) {
			return nil
		}
		return otherContent(entry.ID)
	}
	if err := j.checkReferences(&entry); err != nil {
		return err
	}
	j.insert(&entry)
	if entry.Event != nil {
		return p.fits(j, &entry)
	}
	return nil
}

// fits takes an event out again, and refuses it, if it does not fit, or makes
// another of its subject not fit.
func (p *Plan) fits(j *Journal, entry *Entry) error {
	last := j.entries[len(j.entries)-1].On
	subject := entry.Event.subject()
	misfits := p.look(*j, last).misfitsOf(*entry.Event)
	if len(misfits) == 0 {
		return nil
	}
	j.remove(entry)
	before := p.look(*j, last).misfitsOf(*entry.Event)
	for _, each := range misfits {
		if !slices.ContainsFunc(before, func(had misfit) bool { return had.id == each.id }) {
			return union.Within(subject, each.err)
		}
	}
	j.insert(entry)
	return nil
}

// Join returns the journal of all that the journals hold: the same in whatever order
// they are given, and however their entries are shared out among them. Events that
// fit in each and not in all together are told by [Plan.Check].
//
// It reports, joined:
//   - [union.ErrRule], for a journal that is not the plan's;
//   - [union.ErrRepeated], for an ID with different content in two of them.
func (p Plan) Join(journals ...Journal) (Journal, error) {
	made := p.Journal()
	var faults union.FaultList
	for i, journal := range journals {
		where := union.Indexed("journals", i)
		if err := p.ownsJournal(journal); err != nil {
			faults.Within(where, err)
			continue
		}
		for _, entry := range journal.entries {
			switch had := made.find(entry.ID); {
			case had == nil:
				made.insert(entry)
			case !had.same(entry):
				faults.Within(where, otherContent(entry.ID))
			}
		}
	}
	if err := faults.Err(); err != nil {
		return Journal{}, err
	}
	return made, nil
}

func otherContent(id string) error {
	return union.NewFault(union.ErrRepeated, "id", quote.Key(id)+" with other content", "a new ID")
}

// ownsJournal refuses a journal of another plan.
func (p *Plan) ownsJournal(j Journal) error {
	if p.id.IsZero() || j.rule != p.id {
		return union.NewFault(union.ErrRule, "journal", j.rule.String(), p.id.String())
	}
	return nil
}

// place returns where an entry of a day and an ID stands or would stand.
func (j Journal) place(on union.Date, id string) int {
	at, _ := slices.BinarySearchFunc(j.entries, on, func(each *Entry, on union.Date) int {
		if c := each.On.Compare(on); c != 0 {
			return c
		}
		return strings.Compare(each.ID, id)
	})
	return at
}

// find returns the entry with the ID, or nil.
func (j Journal) find(id string) *Entry {
	on, known := j.days[id]
	if !known {
		return nil
	}
	at := j.place(on, id)
	if at == len(j.entries) || j.entries[at].ID != id {
		return nil // noted in a copy of this journal
	}
	return j.entries[at]
}

// insert puts an entry in its place.
func (j *Journal) insert(entry *Entry) {
	if j.days == nil {
		j.days = map[string]union.Date{}
	}
	j.days[entry.ID] = entry.On
	j.entries = slices.Insert(j.entries, j.place(entry.On, entry.ID), entry)
}

// remove takes out an entry that was just put in.
func (j *Journal) remove(entry *Entry) {
	delete(j.days, entry.ID)
	at := j.place(entry.On, entry.ID)
	j.entries = slices.Delete(j.entries, at, at+1)
}

// same reports whether two entries say the same.
func (e *Entry) same(other *Entry) bool {
	ours, err := json.Marshal(e)
	if err != nil {
		return false
	}
	theirs, err := json.Marshal(other)
	return err == nil && string(ours) == string(theirs)
}

// checkReferences refuses an entry that names another which is not there.
func (j Journal) checkReferences(entry *Entry) error {
	is := func(where, id, want string, right func(*Entry) bool) error {
		named := j.find(id)
		switch {
		case named == nil || !right(named):
			return union.NewFault(union.ErrUnknown, where, quote.Key(id), want)
		case named.On.After(entry.On):
			return union.NewFault(union.ErrOrder, where, quote.Key(id)+" of "+named.On.String(), "one by "+entry.On.String())
		}
		return nil
	}
	isIssue := func(e *Entry) bool { return e.Issue != nil }
	switch {
	case entry.Event != nil && entry.Event.Of == ofIssue:
		return is("event.key", entry.Event.Key, "an issue of the journal", isIssue)
	case entry.Event != nil && entry.Event.Of == ofPromise:
		return is("event.key", entry.Event.Key, "a promise of the journal", func(e *Entry) bool { return e.Promise != nil })
	case entry.Issue != nil && entry.Issue.Within != "":
		return is("issue.within", entry.Issue.Within, "an issue that is a part of none", func(e *Entry) bool { return isIssue(e) && e.Issue.Within == "" })
	case entry.Attained != nil:
		return is("attained.target", entry.Attained.Target, "a target of the journal", func(e *Entry) bool { return e.Target != nil })
	case entry.Service != nil && entry.Service.Team != "":
		return is("service.team", entry.Service.Team, "a team of the journal", func(e *Entry) bool { return e.Team != nil })
	case entry.Grouping != nil:
		if err := is("grouping.issue", entry.Grouping.Issue, "an issue of the journal", isIssue); err != nil {
			return err
		}
		for i, id := range entry.Grouping.Opinions {
			where := union.Indexed("grouping.opinions", i)
			if err := is(where, id, "an opinion of the journal", func(e *Entry) bool { return e.Opinion != nil }); err != nil {
				return err
			}
			if slices.Contains(entry.Grouping.Opinions[:i], id) || j.grouped(id) {
				return union.NewFault(union.ErrRepeated, where, quote.Key(id), "an opinion that is not grouped yet")
			}
		}
	}
	return nil
}

// grouped reports whether an opinion is put under an issue already.
func (j Journal) grouped(opinion string) bool {
	return slices.ContainsFunc(j.entries, func(e *Entry) bool {
		return e.Grouping != nil && slices.Contains(e.Grouping.Opinions, opinion)
	})
}
