package campaign

import (
	"slices"

	"github.com/unioncampaign/union"
)

// courseDocument names what a course is identified by.
const courseDocument = "campaign.course/1"

// A Course is the study of one roster over one list of sessions under one plan:
// the rule that attendance and writings are counted by. [Plan.Course] makes it. It
// never changes. The zero Course has no members and no sessions, and refuses
// every record.
type Course struct {
	id       union.RuleID
	rule     union.Rule // the plan's
	rates    union.Rounding
	roster   Roster
	sessions []Session // in the order of days
	at       map[string]int
	quotas   []Quota
	quota    []int // by member: a place in quotas, or -1
}

// Course returns the course of the members on roster over sessions. Sessions are
// put in the order of their days, those of one day in the order given.
//
// It reports, joined:
//   - [union.ErrMissing], for the zero Plan, the zero Roster, and a session
//     without key, title or day;
//   - [union.ErrText] and [union.ErrRepeated], for a session's key that is not
//     one or was used before;
//   - [union.ErrUnknown], for a kind of study or a member's rank that the plan
//     does not have;
//   - [union.ErrRange], for a session of no hours or fewer.
func (p Plan) Course(roster Roster, sessions []Session) (Course, error) {
	if p.id.IsZero() {
		return Course{}, union.NewFault(union.ErrMissing, "plan", "", "a plan made by NewPlan")
	}
	if roster.Len() == 0 {
		return Course{}, union.NewFault(union.ErrMissing, "roster", "", "at least one member")
	}
	var faults union.FaultList
	p.checkRanks(&faults, roster)
	p.checkSessions(&faults, sessions)
	if err := faults.Err(); err != nil {
		return Course{}, err
	}
	made := Course{
		rule: p.spec.Rule, rates: p.spec.Rates, roster: roster, quotas: p.Spec().Quotas,
		sessions: slices.Clone(sessions), at: make(map[string]int, len(sessions)),
	}
	slices.SortStableFunc(made.sessions, func(a, b Session) int { return a.Day.Compare(b.Day) })
	for i, session := range made.sessions {
		made.at[session.Key] = i
	}
	made.quota = make([]int, roster.Len())
	for i, member := range roster.members {
		made.quota[i] = p.quotaOf(member.Rank)
	}
	var err error
	made.id, err = made.identify(p.id)
	return made, err
}

// checkRanks notes the members whose rank the plan does not have.
func (p Plan) checkRanks(faults *union.FaultList, roster Roster) {
	for i, member := range roster.members {
		if member.Rank != "" {
			find(faults, p.spec.Ranks, union.Indexed("roster", i)+".rank", member.Rank, "a rank of the plan")
		}
	}
}

// identify returns the identity of the course: that of its plan with the tokens
// and ranks of its members, without their names, and its sessions.
func (c Course) identify(plan union.RuleID) (union.RuleID, error) {
	type member struct {
		Person string `json:"person"`
		Rank   string `json:"rank"`
	}
	described := struct {
		Plan     string    `json:"plan"`
		Members  []member  `json:"members"`
		Sessions []Session `json:"sessions,omitempty"`
	}{Plan: plan.String(), Sessions: c.sessions}
	for _, each := range c.roster.members {
		described.Members = append(described.Members, member{Person: each.Person, Rank: each.Rank})
	}
	return union.IdentifyRule(courseDocument, described)
}

// ID returns the course's identity: a digest of the plan, the members' tokens and
// ranks, and the sessions.
func (c Course) ID() union.RuleID { return c.id }

// Roster returns the roster of the course.
func (c Course) Roster() Roster { return c.roster }

// Sessions returns a copy of the sessions in the order of their days, which is
// the order that [Presence] counts in.
func (c Course) Sessions() []Session { return slices.Clone(c.sessions) }

// held returns how many sessions are held by the end of on; they are the first
// ones.
func (c Course) held(on union.Date) int {
	after := slices.IndexFunc(c.sessions, func(s Session) bool { return s.Day.After(on) })
	if after < 0 {
		return len(c.sessions)
	}
	return after
}

// demands returns what a member has to study, and false if nothing.
func (c Course) demands(member int) (Quota, bool) {
	at := c.quota[member]
	if at < 0 {
		return Quota{}, false
	}
	return c.quotas[at], true
}
