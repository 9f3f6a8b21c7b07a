package campaign

import (
	"fmt"

	"github.com/unioncampaign/union"
)

// Judge says whether the member with the token has studied as the quota of the
// member's rank demands, at the end of the day of the two tallies. It gives one
// reason for each demand of the quota, in this order: sessions, hours by kind as
// listed, words of notes, reflections, surveys. A session that is unrecorded may
// have been attended, so a demand that hangs on it is unknown. A member under no
// quota is exempt.
//
// It reports the first of
//   - [union.ErrRule], for a tally that is not the course's, or tallies of two
//     days;
//   - [union.ErrUnknown], for a person who is not on the roster.
func (c Course) Judge(person string, a Attendance, w Writings) (union.Verdict, error) {
	if err := c.ownsBoth(a, w); err != nil {
		return union.Verdict{}, err
	}
	member, err := c.roster.Find(person)
	if err != nil {
		return union.Verdict{}, err
	}
	question := fmt.Sprintf("study of member %s on %s", person, a.on)
	return union.Judged(question, c.reasons(member, a, w)...), nil
}

// Check returns what members still owe under their quotas, as a finding for each
// demand that [Course.Judge] finds unmet or unknown, in the order of the roster.
// Where is the word member and the member's token.
//
// It fails with [union.ErrRule] for a tally that is not the course's, or tallies
// of two days.
func (c Course) Check(a Attendance, w Writings) ([]union.Finding, error) {
	if err := c.ownsBoth(a, w); err != nil {
		return nil, err
	}
	var owed []union.Finding
	for member := range c.roster.members {
		owed = append(owed, union.Judged("", c.reasons(member, a, w)...).Failed()...)
	}
	return owed, nil
}

func (c Course) ownsBoth(a Attendance, w Writings) error {
	if err := c.ownsAttendance(&a); err != nil {
		return err
	}
	if err := c.ownsWritings(&w); err != nil {
		return err
	}
	return sameCourse(a.rule, a.on, w.rule, w.on)
}

// reasons judges every demand on one member.
func (c Course) reasons(member int, a Attendance, w Writings) []union.Reason {
	person := "member " + c.roster.members[member].Person
	quota, ruled := c.demands(member)
	if !ruled {
		return []union.Reason{{
			Finding:  union.Finding{Where: person, Rule: "a quota for the member's rank", Got: "none"},
			Standing: union.Exempt,
		}}
	}
	var reasons []union.Reason
	give := func(standing union.Standing, rule, got, want string) {
		reasons = append(reasons, union.Reason{
			Finding:  union.Finding{Where: person, Rule: rule, Got: got, Want: want},
			Standing: standing,
		})
	}
	if quota.Sessions > 0 {
		call := a.rollCallOf(member)
		give(atLeast(call.Covered(), call.Unrecorded, quota.Sessions),
			"sessions attended or made up", call.text(), atLeastText(quota.Sessions))
	}
	for _, hours := range quota.Hours {
		got, open := c.hoursOf(member, a, hours.Kind)
		give(enough(got, open, hours.Least), rule("hours of study", hours.Kind), got.String(), "at least "+hours.Least.String())
	}
	wrote := w.members[member]
	if quota.NotesWords > 0 {
		give(atLeast(wrote.words, 0, quota.NotesWords), "words of notes", fmt.Sprint(wrote.words), atLeastText(quota.NotesWords))
	}
	if quota.Reflections > 0 {
		got := fmt.Sprintf("%d, of which %d long enough", wrote.reflections, wrote.accepted)
		want := atLeastText(quota.Reflections)
		if quota.ReflectionWords > 0 {
			want += fmt.Sprintf(" of %d words or more", quota.ReflectionWords)
		}
		give(atLeast(wrote.accepted, 0, quota.Reflections), "reflections", got, want)
	}
	if quota.Surveys > 0 {
		give(atLeast(wrote.surveys, 0, quota.Surveys), "surveys", fmt.Sprint(wrote.surveys), atLeastText(quota.Surveys))
	}
	return reasons
}

func atLeastText(n int64) string { return fmt.Sprintf("at least %d", n) }

// rule names the hours of one kind, or of all.
func rule(what, kind string) string {
	if kind == "" {
		return what
	}
	return what + " of kind " + kind
}

// rollCallOf returns how one member stood at the sessions held.
func (a Attendance) rollCallOf(member int) RollCall {
	var call RollCall
	for at := member; at < len(a.cells); at += a.members {
		call.count(a.cells[at])
	}
	return call
}

// hoursOf returns the hours of one kind, or of all, that a member attended or made
// up, and those of the sessions held that are unrecorded.
func (c Course) hoursOf(member int, a Attendance, kind string) (got, open union.Number) {
	for i, session := range c.sessions[:c.held(a.on)] {
		if kind != "" && session.Kind != kind {
			continue
		}
		switch at := a.cells[i*a.members+member]; {
		case at&markOf == 0:
			open = open.Add(session.Hours)
		case Mark(at&markOf) == Present, at&madeUp != 0:
			got = got.Add(session.Hours)
		}
	}
	return got, open
}

// enough is atLeast for hours.
func enough(got, open, want union.Number) union.Standing {
	switch {
	case got.Cmp(want) >= 0:
		return union.Met
	case got.Add(open).Cmp(want) >= 0:
		return union.Unknown
	}
	return union.Unmet
}
