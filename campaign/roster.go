package campaign

import (
	"slices"

	"github.com/unioncampaign/union"
)

// A Member is one person on a roster. The token is the caller's own, never an
// identity number. The name is for the caller: no figure here prints it.
type Member struct {
	Person string     `json:"person"`         // the token
	Name   union.Name `json:"name,omitzero"`  // zero: not told
	Rank   string     `json:"rank,omitempty"` // the key of a rank of the plan; empty: none
}

// A Roster is the checked list of those who take part, each once. It never
// changes. The zero Roster lists nobody and its size is unknown.
type Roster struct {
	members []Member
	at      map[string]int
}

// NewRoster returns the roster of members, in their order. It reports, joined:
//   - [union.ErrMissing], for no member, or one without a token;
//   - [union.ErrRepeated], for a token given before;
//   - what [union.Register.Add] says of a token that is none.
//
// No fault quotes a token.
func NewRoster(members []Member) (Roster, error) {
	if len(members) == 0 {
		return Roster{}, union.NewFault(union.ErrMissing, "roster", "", "at least one member")
	}
	made := Roster{members: slices.Clone(members), at: make(map[string]int, len(members))}
	var faults union.FaultList
	var seen union.Register
	for i, member := range members {
		where := union.Indexed("roster", i) + ".person"
		added, err := seen.Add(member.Person)
		switch {
		case err != nil:
			faults.Within(where, err)
		case !added:
			faults.Add(union.ErrRepeated, where, "", "each member once")
		}
		made.at[member.Person] = i
	}
	if err := faults.Err(); err != nil {
		return Roster{}, err
	}
	return made, nil
}

// Len returns how many members there are, 0 of the zero Roster.
func (r Roster) Len() int { return len(r.members) }

// Members returns a copy of the members, in order.
func (r Roster) Members() []Member { return slices.Clone(r.members) }

// Find returns the place of the member with the token, counted from 0. It fails
// with [union.ErrUnknown], without quoting the token.
func (r Roster) Find(person string) (int, error) {
	at, known := r.at[person]
	if !known {
		return 0, union.NewFault(union.ErrUnknown, "person", "", "a member of the roster")
	}
	return at, nil
}

// Figures returns the count of members, campaign.members; it is unknown of the
// zero Roster. The error is nil: nothing here is rounded.
func (r Roster) Figures() ([]union.Figure, error) {
	const key, title = "campaign.members", "党员人数"
	sheet := union.NewFigureList("campaign.Roster.Figures", union.Rule{})
	if len(r.members) == 0 {
		sheet.Absent(key, title, union.Persons, union.NotKnown)
	} else {
		sheet.Count(key, title, union.Persons, int64(len(r.members)), union.InputOf("花名册人数", int64(len(r.members))))
	}
	return sheet.Figures()
}
