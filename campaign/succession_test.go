package campaign_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
)

// A group whose head is followed by the deputy, and whose office passes to a new person;
// it is supervised by two from above.
func succeeded() campaign.GroupSpec {
	spec := group().Spec()
	spec.Supervisors = []campaign.Seat{
		{Person: "x1", Name: union.MustNewName("周六"), Post: "县委督导员", Role: campaign.Head},
		{Person: "x2", Name: union.MustNewName("吴七"), Post: "县委组织部干部", Role: campaign.Ordinary},
	}
	spec.Changes = []campaign.Change{
		{
			On: day("2010-07-01"), Source: "样县总工会党组，2010年7月", Leaves: []string{"p1", "p2"},
			Joins: []campaign.Seat{{Person: "p2", Name: union.MustNewName("李二"), Post: "党组书记", Role: campaign.Head}},
		},
		{
			On: day("2010-09-01"), Source: "样县总工会党组，2010年9月", Leaves: []string{"p3"},
			Office: &campaign.Office{Person: "p9", Name: union.MustNewName("郑八"), Place: "县总工会三楼"},
		},
	}
	return spec
}

func TestAGroupIsAnotherAfterASuccession(t *testing.T) {
	made := must(campaign.NewLeadingGroup(succeeded()))
	for on, want := range map[string][3]string{
		"2010-05-04": {"张一", "王三", "县总工会办公室"},
		"2010-06-30": {"张一", "王三", "县总工会办公室"},
		"2010-07-01": {"李二", "王三", "县总工会办公室"},
		"2010-08-31": {"李二", "王三", "县总工会办公室"},
		"2010-09-01": {"李二", "郑八", "县总工会三楼"},
	} {
		stands := made.On(day(on))
		require.Len(t, stands.In(campaign.Head), 1, on)
		assert.Equal(t, want, [3]string{
			stands.In(campaign.Head)[0].Name.Reveal(), stands.OfficeHead().Reveal(), stands.Spec().Office.Place,
		}, on)
	}
	assert.Empty(t, made.On(day("2010-07-01")).In(campaign.Deputy))
	assert.Len(t, made.In(campaign.Deputy), 1, "the notice itself stays as it was")
	assert.Equal(t, "周六", made.Supervisors(campaign.Head)[0].Name.Reveal())
	read := values(made.On(day("2010-09-01")).Figures())
	assert.Equal(t, "党组书记 李二", read["campaign.group.head"])
	assert.Equal(t, "2人", read["campaign.group.members.count"])
	assert.Equal(t, "县委督导员 周六", read["campaign.group.supervisors.head"])
	assert.Equal(t, "县委组织部干部 吴七", read["campaign.group.supervisors.members"])
	assert.Equal(t, campaign.LeadingGroup{}, campaign.LeadingGroup{}.On(day("2010-09-01")))
}

func TestAGroupWithSuccessionsReadsBack(t *testing.T) {
	made := must(campaign.NewLeadingGroup(succeeded()))
	var again campaign.LeadingGroup
	require.NoError(t, json.Unmarshal(must(made.Reveal()), &again))
	assert.Equal(t, made, again)
	assert.NotContains(t, string(must(json.Marshal(made))), "李二")
}

func TestEverySuccessionLeavesASoundGroup(t *testing.T) {
	for name, row := range map[string]struct {
		spoil func(*campaign.GroupSpec)
		want  error
		where string
	}{
		"no day":               {func(s *campaign.GroupSpec) { s.Changes[0].On = union.Date{} }, union.ErrMissing, "changes[0].on"},
		"no source":            {func(s *campaign.GroupSpec) { s.Changes[1].Source = "" }, union.ErrMissing, "changes[1].source"},
		"before the one above": {func(s *campaign.GroupSpec) { s.Changes[1].On = day("2010-06-30") }, union.ErrOrder, "changes[1].on"},
		"nothing changes": {func(s *campaign.GroupSpec) {
			s.Changes[1] = campaign.Change{On: day("2010-09-01"), Source: "样县总工会"}
		}, union.ErrMissing, "changes[1]"},
		"a stranger leaves":        {func(s *campaign.GroupSpec) { s.Changes[1].Leaves[0] = "p8" }, union.ErrUnknown, "changes[1].leaves[0]"},
		"nobody follows":           {func(s *campaign.GroupSpec) { s.Changes[0].Joins = nil }, union.ErrMissing, "changes[0].seats"},
		"two heads":                {func(s *campaign.GroupSpec) { s.Changes[0].Leaves = []string{"p2"} }, union.ErrRepeated, "changes[0].seats[4].role"},
		"one who stayed joins":     {func(s *campaign.GroupSpec) { s.Changes[0].Joins[0].Person = "p3" }, union.ErrRepeated, "changes[0].seats"},
		"one who supervises":       {func(s *campaign.GroupSpec) { s.Supervisors[1].Person = "p3" }, union.ErrRepeated, "supervisors[1].person"},
		"supervisors headless":     {func(s *campaign.GroupSpec) { s.Supervisors[0].Role = campaign.Deputy }, union.ErrMissing, "supervisors"},
		"an office without name":   {func(s *campaign.GroupSpec) { s.Changes[1].Office.Name = union.Name{} }, union.ErrMissing, "changes[1].office.name"},
		"the office's head leaves": {func(s *campaign.GroupSpec) { s.Changes[1].Office = nil }, union.ErrMissing, "changes[1].office.name"},
	} {
		t.Run(name, func(t *testing.T) {
			spec := succeeded()
			row.spoil(&spec)
			_, err := campaign.NewLeadingGroup(spec)
			require.ErrorIs(t, err, row.want)
			require.Len(t, union.Faults(err), 1, "%v", err)
			assert.Contains(t, union.Faults(err)[0].Where, row.where)
		})
	}
}

func TestAGroupSharesNothingWithItsSpec(t *testing.T) {
	spec := succeeded()
	made := must(campaign.NewLeadingGroup(spec))
	before := string(must(made.Reveal()))
	spec.Changes[0].Leaves[0], spec.Changes[0].Joins[0].Post = "x", "x"
	spec.Changes[1].Office.Place, spec.Supervisors[0].Post = "x", "x"
	out := made.Spec()
	out.Changes[0].Leaves[0], out.Changes[1].Office.Place, out.Supervisors[0].Post = "x", "x", "x"
	assert.Equal(t, before, string(must(made.Reveal())))
}

// One goes and another comes, in either body: something changes.
func TestOneMayReplaceAnother(t *testing.T) {
	seat := func(person, name string) []campaign.Seat {
		return []campaign.Seat{{Person: person, Name: union.MustNewName(name), Post: "干部", Role: campaign.Ordinary}}
	}
	for name, change := range map[string]campaign.Change{
		"in the group":          {Leaves: []string{"p4"}, Joins: seat("p8", "冯九")},
		"among the supervisors": {Leaves: []string{"x2"}, Supervisors: seat("x8", "陈十")},
		"from one to the other": {Joins: seat("p8", "冯九"), Supervisors: seat("x8", "陈十")},
	} {
		spec := succeeded()
		change.On, change.Source = day("2010-06-01"), "样县总工会党组，2010年6月"
		spec.Changes = []campaign.Change{change}
		_, err := campaign.NewLeadingGroup(spec)
		require.NoError(t, err, name)
	}
}

// After a change that cannot be, nobody knows who sits where: of later ones nothing is
// told.
func TestNothingIsToldOfAGroupThatNeverWas(t *testing.T) {
	spec := succeeded()
	spec.Changes[0].Leaves = append(spec.Changes[0].Leaves, "p9") // nobody of the group
	spec.Changes[1].Leaves = []string{"p8"}
	_, err := campaign.NewLeadingGroup(spec)
	require.Len(t, union.Faults(err), 1)
	assert.Equal(t, "changes[0].leaves[2]", union.Faults(err)[0].Where)
}
