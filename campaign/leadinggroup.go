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
	Person string     `json:"person"` // the token
	Name   union.Name `json:"name"`
	Post   string     `json:"post"` // what the person is outside the group, such as secretary of the party group
	Role   Role       `json:"role"`
}

// An Office is the group's office: who heads it and where it is. Its head may be
// one of the group, and then needs no name here.
type Office struct {
	Person string     `json:"person"`        // the token of its head
	Name   union.Name `json:"name,omitzero"` // of a head who is not in the group
	Place  string     `json:"place"`
}

// A Change says who leaves and who joins on a day, by a later notice. Who leaves and
// joins in one change has another seat from then on.
type Change struct {
	On          union.Date `json:"on"`
	Source      string     `json:"source"`                // the notice
	Leaves      []string   `json:"leaves,omitempty"`      // tokens of persons, from whichever body they sit in
	Joins       []Seat     `json:"joins,omitempty"`       // who join the leading group
	Supervisors []Seat     `json:"supervisors,omitempty"` // who join the supervising group
	Office      *Office    `json:"office,omitempty"`      // from then on; none: as before
}

// A GroupSpec is what the notice that sets up a leading group says, as its JSON
// document "campaign.group/1" holds it: the group, its office, the group that
// supervises it, and who came and went since. [NewLeadingGroup] checks it.
//
// A leading group is published: its document holds names in full. Written by
// itself, a GroupSpec masks them, as every [union.Name] does.
type GroupSpec struct {
	union.Rule
	Seats       []Seat   `json:"seats"`
	Supervisors []Seat   `json:"supervisors,omitempty"` // the supervising group (督导组), sent from above; none: it is not told
	Office      Office   `json:"office"`
	Changes     []Change `json:"changes,omitempty"` // in the order of their days
}

// A LeadingGroup (领导小组) is the checked group that leads a campaign, as the notice
// set it up; [LeadingGroup.On] returns it as it is on a day. It never changes. The
// zero LeadingGroup has nobody in it.
type LeadingGroup struct {
	spec GroupSpec
	id   union.RuleID
}

// NewLeadingGroup returns the group that spec describes, and keeps nothing of
// spec.
//
// It reports, joined, all of the following, of the notice and of the group as each
// change leaves it, up to the first change with a fault:
//   - [union.ErrMissing], for what the rule lacks, a group without a head (the
//     leading one, and the supervising one if there is any), a seat without token,
//     name, post or role, an office without head or place, an office's head from
//     outside the group without a name, and a change without its day or source or in
//     which nothing changes;
//   - [union.ErrUnknown], for a role that is none, and for one who leaves and was not
//     there;
//   - [union.ErrRepeated], for a second head, a person in two seats, whichever body
//     they are in, and a name of the office's head that is not that of the same
//     person's seat;
//   - [union.ErrOrder], for a change before the one above it;
//   - what [union.Register.Add] says of a token that is none.
//
// No fault holds a name or a token.
func NewLeadingGroup(spec GroupSpec) (LeadingGroup, error) {
	made := LeadingGroup{spec: spec.clone()}
	var faults union.FaultList
	faults.Within("", made.spec.Check())
	stands := GroupSpec{Seats: made.spec.Seats, Supervisors: made.spec.Supervisors, Office: made.spec.Office}
	faults.Within("", stands.check())
	for i, change := range made.spec.Changes {
		where := union.Indexed("changes", i)
		faults.Given(where+".source", change.Source)
		switch {
		case change.On.IsZero():
			faults.Add(union.ErrMissing, where+".on", "", "the day")
		case i > 0 && change.On.Before(made.spec.Changes[i-1].On):
			faults.Add(union.ErrOrder, where+".on", change.On.String(), made.spec.Changes[i-1].On.String()+" or later")
		}
		if len(change.Leaves)+len(change.Joins)+len(change.Supervisors) == 0 && change.Office == nil {
			faults.Add(union.ErrMissing, where, "", "something that changes")
		}
		next, err := stands.after(change)
		faults.Within(where, err)
		if faults.Err() != nil {
			break // what follows would be told of a group that never was
		}
		stands = next
		faults.Within(where, stands.check())
	}
	if err := faults.Err(); err != nil {
		return LeadingGroup{}, err
	}
	var err error
	if made.id, err = union.IdentifyRule(groupDocument, made.spec.published()); err != nil {
		return LeadingGroup{}, err
	}
	return made, nil
}

// after returns who sits where after a change, and reports one who leaves and was not
// there.
func (s GroupSpec) after(change Change) (GroupSpec, error) {
	var faults union.FaultList
	s.Seats, s.Supervisors = slices.Clone(s.Seats), slices.Clone(s.Supervisors)
	for i, person := range change.Leaves {
		is := func(seat Seat) bool { return seat.Person == person }
		before := len(s.Seats) + len(s.Supervisors)
		s.Seats, s.Supervisors = slices.DeleteFunc(s.Seats, is), slices.DeleteFunc(s.Supervisors, is)
		if len(s.Seats)+len(s.Supervisors) == before {
			faults.Add(union.ErrUnknown, union.Indexed("leaves", i), "", "a person in a seat")
		}
	}
	s.Seats, s.Supervisors = append(s.Seats, change.Joins...), append(s.Supervisors, change.Supervisors...)
	if change.Office != nil {
		s.Office = *change.Office
	}
	return s, faults.Err()
}

// check reports the faults of who sits where.
func (s GroupSpec) check() error {
	var faults union.FaultList
	var seated union.Register
	checkSeats(&faults, "seats", s.Seats, &seated)
	if len(s.Supervisors) > 0 {
		checkSeats(&faults, "supervisors", s.Supervisors, &seated)
	}
	s.checkOffice(&faults)
	return faults.Err()
}

// checkSeats checks the seats of one body, of whose persons none is seated already.
func checkSeats(faults *union.FaultList, body string, seats []Seat, seated *union.Register) {
	heads := 0
	for i, seat := range seats {
		where := union.Indexed(body, i)
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
		faults.Add(union.ErrMissing, body, "", "exactly one head")
	}
}

func (s GroupSpec) checkOffice(faults *union.FaultList) {
	office := s.Office
	faults.Given("office.place", office.Place)
	at := slices.IndexFunc(s.Seats, func(each Seat) bool { return each.Person == office.Person })
	switch {
	case office.Person == "":
		faults.Add(union.ErrMissing, "office.person", "", "who heads the office")
	case at < 0 && office.Name.IsZero():
		faults.Add(union.ErrMissing, "office.name", "", "a name, or a person of the group")
	case at >= 0 && !office.Name.IsZero() && office.Name != s.Seats[at].Name:
		faults.Add(union.ErrRepeated, "office.name", "", "the name of the person's seat")
	}
}

// ID returns the group's identity: a digest of the document that it was made of,
// names and all, which [LeadingGroup.On] does not alter.
func (g LeadingGroup) ID() union.RuleID { return g.id }

// Rule returns what the group's notice says of itself.
func (g LeadingGroup) Rule() union.Rule { return g.spec.Rule }

// Spec returns a copy of all that the group's notice says.
func (g LeadingGroup) Spec() GroupSpec { return g.spec.clone() }

// On returns the group as it is at the end of a day, after the changes by then. It is
// the same group, by the same notice: only who sits where differs.
func (g LeadingGroup) On(day union.Date) LeadingGroup {
	for i, change := range g.spec.Changes {
		if change.On.After(day) {
			g.spec.Changes = g.spec.Changes[i:]
			return g
		}
		// Checked when the group was made.
		stands, _ := g.spec.after(change)
		g.spec.Seats, g.spec.Supervisors, g.spec.Office = stands.Seats, stands.Supervisors, stands.Office
	}
	g.spec.Changes = nil
	return g
}

// Supervisors returns those of the supervising group in a role, in order.
func (g LeadingGroup) Supervisors(role Role) []Seat {
	return slices.DeleteFunc(slices.Clone(g.spec.Supervisors), func(s Seat) bool { return s.Role != role })
}

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
// none, which is [union.ErrMissing].
func (g LeadingGroup) Reveal() ([]byte, error) {
	return union.WriteRule(groupDocument, g.spec.published())
}

// MarshalJSON writes the document as [LeadingGroup.Reveal] does, but with names
// masked, so that it cannot be read back. The zero LeadingGroup has none, which is
// [union.ErrMissing].
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
// deputies and members, each as post and name, the count of members, the office's
// head and place, and the supervising group's head and members, deputies among
// them. They reveal names, since a leading group is published. No deputies, or no
// members, are not applicable.
//
// The error is nil: nothing here is rounded.
func (g LeadingGroup) Figures() ([]union.Figure, error) {
	sheet := union.NewFigureList("campaign.LeadingGroup.Figures", g.spec.Rule)
	seats := union.InputOf("领导小组席位", int64(len(g.spec.Seats)))
	supervising := union.InputOf("督导组席位", int64(len(g.spec.Supervisors)))
	members := g.In(Ordinary)
	sheet.Text("campaign.group.head", "领导小组组长", revealed(g.In(Head)), seats)
	sheet.Text("campaign.group.deputies", "领导小组副组长", revealed(g.In(Deputy)), seats)
	sheet.Text("campaign.group.members", "领导小组成员", revealed(members), seats)
	sheet.Count("campaign.group.members.count", "领导小组成员人数", union.Persons, int64(len(members)), seats)
	sheet.Text("campaign.group.office.head", "领导小组办公室主任", given(g.OfficeHead().Reveal()), seats)
	sheet.Text("campaign.group.office.place", "领导小组办公室地点", given(g.spec.Office.Place), seats)
	sheet.Text("campaign.group.supervisors.head", "督导组组长", revealed(g.Supervisors(Head)), supervising)
	sheet.Text("campaign.group.supervisors.members", "督导组成员", revealed(slices.Concat(g.Supervisors(Deputy), g.Supervisors(Ordinary))), supervising)
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

// openSeat and openOffice are a seat and an office that write names in full.
type openSeat struct {
	Person string   `json:"person"`
	Name   openName `json:"name"`
	Post   string   `json:"post"`
	Role   Role     `json:"role"`
}

type openOffice struct {
	Person string   `json:"person"`
	Name   openName `json:"name,omitzero"`
	Place  string   `json:"place"`
}

func openSeats(seats []Seat) []openSeat {
	var open []openSeat
	for _, each := range seats {
		open = append(open, openSeat{each.Person, openName{each.Name}, each.Post, each.Role})
	}
	return open
}

// published returns the spec as it is written: the same members in the same
// order, but with names that write themselves in full.
func (s GroupSpec) published() any {
	type change struct {
		On          union.Date  `json:"on"`
		Source      string      `json:"source"`
		Leaves      []string    `json:"leaves,omitempty"`
		Joins       []openSeat  `json:"joins,omitempty"`
		Supervisors []openSeat  `json:"supervisors,omitempty"`
		Office      *openOffice `json:"office,omitempty"`
	}
	open := func(office Office) openOffice { return openOffice{office.Person, openName{office.Name}, office.Place} }
	document := struct {
		union.Rule
		Seats       []openSeat `json:"seats"`
		Supervisors []openSeat `json:"supervisors,omitempty"`
		Office      openOffice `json:"office"`
		Changes     []change   `json:"changes,omitempty"`
	}{Rule: s.Rule, Seats: openSeats(s.Seats), Supervisors: openSeats(s.Supervisors), Office: open(s.Office)}
	for _, each := range s.Changes {
		written := change{On: each.On, Source: each.Source, Leaves: each.Leaves, Joins: openSeats(each.Joins), Supervisors: openSeats(each.Supervisors)}
		if each.Office != nil {
			office := open(*each.Office)
			written.Office = &office
		}
		document.Changes = append(document.Changes, written)
	}
	return document
}

func (s GroupSpec) clone() GroupSpec {
	s.Seats, s.Supervisors = slices.Clone(s.Seats), slices.Clone(s.Supervisors)
	s.Changes = cloned(s.Changes, func(c Change) Change {
		c.Leaves, c.Joins, c.Supervisors = slices.Clone(c.Leaves), slices.Clone(c.Joins), slices.Clone(c.Supervisors)
		c.Office = pointer(c.Office, func(o Office) Office { return o })
		return c
	})
	return s
}
