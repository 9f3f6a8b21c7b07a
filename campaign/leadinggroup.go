package campaign

import (
	"encoding/json"
	"slices"

	"github.com/unioncampaign/union"
)

// groupDocument is the kind and number of a leading group's JSON.
const groupDocument = "campaign.group/1"

// A Seat is one person in a leading group. The token tells two persons of one name
// apart.
type Seat struct {
	Person string     `json:"person"`
	Name   union.Name `json:"name"`
	Post   string     `json:"post"` // what the person is outside the group, such as secretary of the party group
	Role   Role       `json:"role"`
}

// An Office is the group's office: who heads it and where it is. Its head may be
// one of the group, and then needs no name here.
type Office struct {
	Person string     `json:"person"`
	Name   union.Name `json:"name,omitzero"` // of a head who is not in the group
	Place  string     `json:"place"`
}

// A GroupSpec is what the notice that sets up a leading group says, as its JSON
// document "campaign.group/1" holds it. [NewLeadingGroup] checks it.
//
// A leading group is published: its document holds names in full. Written by
// itself, a GroupSpec masks them, as every [union.Name] does.
type GroupSpec struct {
	union.Rule
	Seats  []Seat `json:"seats"`
	Office Office `json:"office"`
}

// A LeadingGroup (领导小组) is the checked group that leads a campaign. It never
// changes. The zero LeadingGroup has nobody in it.
type LeadingGroup struct {
	spec GroupSpec
	id   union.RuleID
}

// NewLeadingGroup returns the group that spec describes, and keeps nothing of
// spec.
//
// It reports, joined, all of
//   - [union.ErrMissing], for what the rule lacks, a group without a head, a seat
//     without token, name, post or role, an office without head or place, and an
//     office's head from outside the group without a name;
//   - [union.ErrUnknown], for a role that is none;
//   - [union.ErrRepeated], for a second head, a person in two seats, and a name
//     of the office's head that is not that of the same person's seat;
//   - what [union.Register.Add] says of a token that is none.
//
// No fault holds a name or a token.
func NewLeadingGroup(spec GroupSpec) (LeadingGroup, error) {
	made := LeadingGroup{spec: spec.clone()}
	var faults union.FaultList
	faults.Within("", made.spec.Check())
	made.checkSeats(&faults)
	made.checkOffice(&faults)
	if err := faults.Err(); err != nil {
		return LeadingGroup{}, err
	}
	var err error
	if made.id, err = union.IdentifyRule(groupDocument, made.spec.published()); err != nil {
		return LeadingGroup{}, err
	}
	return made, nil
}

func (g LeadingGroup) checkSeats(faults *union.FaultList) {
	var seated union.Register
	heads := 0
	for i, seat := range g.spec.Seats {
		where := union.Indexed("seats", i)
		added, err := seated.Add(seat.Person)
		faults.Within(where+".person", err)
		if err == nil && !added {
			faults.Add(union.ErrRepeated, where+".person", "", "each person once")
		}
		if seat.Name.IsZero() {
			faults.Add(union.ErrMissing, where+".name", "", "")
		}
		faults.Given(where+".post", seat.Post)
		switch {
		case seat.Role == 0:
			faults.Add(union.ErrMissing, where+".role", "", wantRole)
		case seat.Role > Ordinary:
			faults.Add(union.ErrUnknown, where+".role", seat.Role.String(), wantRole)
		case seat.Role == Head:
			if heads++; heads > 1 {
				faults.Add(union.ErrRepeated, where+".role", "head", "exactly one head")
			}
		}
	}
	if heads == 0 {
		faults.Add(union.ErrMissing, "seats", "", "exactly one head")
	}
}

func (g LeadingGroup) checkOffice(faults *union.FaultList) {
	office := g.spec.Office
	faults.Given("office.place", office.Place)
	at := slices.IndexFunc(g.spec.Seats, func(s Seat) bool { return s.Person == office.Person })
	switch {
	case office.Person == "":
		faults.Add(union.ErrMissing, "office.person", "", "who heads the office")
	case at < 0 && office.Name.IsZero():
		faults.Add(union.ErrMissing, "office.name", "", "a name, or a person of the group")
	case at >= 0 && !office.Name.IsZero() && office.Name != g.spec.Seats[at].Name:
		faults.Add(union.ErrRepeated, "office.name", "", "the name of the person's seat")
	}
}

// ID returns the group's identity: a digest of its document, names and all.
func (g LeadingGroup) ID() union.RuleID { return g.id }

// Rule returns what the group's notice says of itself.
func (g LeadingGroup) Rule() union.Rule { return g.spec.Rule }

// Spec returns a copy of all that the group's notice says.
func (g LeadingGroup) Spec() GroupSpec { return g.spec.clone() }

// In returns those of the group in a role, in order.
func (g LeadingGroup) In(role Role) []Seat {
	return slices.DeleteFunc(slices.Clone(g.spec.Seats), func(s Seat) bool { return s.Role != role })
}

// OfficeHead returns the name of the office's head.
func (g LeadingGroup) OfficeHead() union.Name {
	for _, seat := range g.spec.Seats {
		if seat.Person == g.spec.Office.Person {
			return seat.Name
		}
	}
	return g.spec.Office.Name
}

// Reveal returns the group as its document "campaign.group/1", with names in full:
// a leading group is published, by whoever asks for this. The zero LeadingGroup has
// none, which is an error.
func (g LeadingGroup) Reveal() ([]byte, error) {
	return union.WriteRule(groupDocument, g.spec.published())
}

// MarshalJSON writes the document as [LeadingGroup.Reveal] does, but with names
// masked, so that it cannot be read back. The zero LeadingGroup has none, which is
// an error.
func (g LeadingGroup) MarshalJSON() ([]byte, error) {
	return union.WriteRule(groupDocument, g.spec)
}

// UnmarshalJSON reads a group as [NewLeadingGroup] checks it, from a document
// that [union.ReadRule] accepts. It fails where either does, and then g is
// unchanged.
func (g *LeadingGroup) UnmarshalJSON(data []byte) error {
	var spec GroupSpec
	if err := union.ReadRule(data, groupDocument, &spec); err != nil {
		return err
	}
	made, err := NewLeadingGroup(spec)
	if err != nil {
		return err
	}
	*g = made
	return nil
}

// Figures returns the figures of the group, all under campaign.group: head,
// deputies and members, each as post and name, the count of members, and the
// office's head and place. They reveal names, since a leading group is published.
// No deputies, or no members, are not applicable.
//
// The error is nil: nothing here is rounded.
func (g LeadingGroup) Figures() ([]union.Figure, error) {
	sheet := union.NewFigureList("campaign.LeadingGroup.Figures", g.spec.Rule)
	seats := union.InputOf("领导小组席位", int64(len(g.spec.Seats)))
	members := g.In(Ordinary)
	sheet.Text("campaign.group.head", "领导小组组长", revealed(g.In(Head)), seats)
	sheet.Text("campaign.group.deputies", "领导小组副组长", revealed(g.In(Deputy)), seats)
	sheet.Text("campaign.group.members", "领导小组成员", revealed(members), seats)
	sheet.Count("campaign.group.members.count", "领导小组成员人数", union.Persons, int64(len(members)), seats)
	sheet.Text("campaign.group.office.head", "领导小组办公室主任", given(g.OfficeHead().Reveal()), seats)
	sheet.Text("campaign.group.office.place", "领导小组办公室地点", given(g.spec.Office.Place), seats)
	return sheet.Figures()
}

// revealed writes each seat as post and name.
func revealed(seats []Seat) []string {
	var texts []string
	for _, seat := range seats {
		texts = append(texts, seat.Post+" "+seat.Name.Reveal())
	}
	return texts
}

// openName is a name that writes itself in full.
type openName struct{ union.Name }

// MarshalJSON writes the name in full.
func (n openName) MarshalJSON() ([]byte, error) { return json.Marshal(n.Reveal()) }

// published returns the spec as it is written: the same members in the same
// order, but with names that write themselves in full.
func (s GroupSpec) published() any {
	type seat struct {
		Person string   `json:"person"`
		Name   openName `json:"name"`
		Post   string   `json:"post"`
		Role   Role     `json:"role"`
	}
	document := struct {
		union.Rule
		Seats  []seat `json:"seats"`
		Office struct {
			Person string   `json:"person"`
			Name   openName `json:"name,omitzero"`
			Place  string   `json:"place"`
		} `json:"office"`
	}{Rule: s.Rule}
	for _, each := range s.Seats {
		document.Seats = append(document.Seats, seat{each.Person, openName{each.Name}, each.Post, each.Role})
	}
	document.Office.Person, document.Office.Name = s.Office.Person, openName{s.Office.Name}
	document.Office.Place = s.Office.Place
	return document
}

func (s GroupSpec) clone() GroupSpec {
	s.Seats = slices.Clone(s.Seats)
	return s
}
