package campaign_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
)

func TestALeadingGroupIsPublished(t *testing.T) {
	assert.Equal(t, map[string]string{
		"campaign.group.head":             "党组书记 张一",
		"campaign.group.deputies":         "副主席 李二",
		"campaign.group.members":          "办公室主任 王三、副主任 赵四、组织部部长 孙五",
		"campaign.group.members.count":    "3人",
		"campaign.group.office.head":      "王三",
		"campaign.group.supervisors.head": "[not applicable]", "campaign.group.supervisors.members": "[not applicable]",
		"campaign.group.office.place": "县总工会办公室",
	}, values(group().Figures()))
}

func TestALeadingGroupReadsBackWhatItWrites(t *testing.T) {
	made := group()
	written := must(made.Reveal())
	assert.Contains(t, string(written), "赵四")
	var again campaign.LeadingGroup
	require.NoError(t, json.Unmarshal(written, &again))
	assert.Equal(t, made, again)
	assert.Equal(t, string(written), string(must(again.Reveal())))
	assert.Equal(t, "excel-2010-group", made.Rule().Key)

	// Two names that look alike when masked are still two groups.
	spec := made.Spec()
	spec.Seats[3].Name = union.MustNewName("赵五")
	assert.NotEqual(t, made.ID(), must(campaign.NewLeadingGroup(spec)).ID())
	assert.Equal(t, "赵四", made.Spec().Seats[3].Name.Reveal(), "a copy was changed")
}

func TestALeadingGroupIsMaskedWherePrintedByItself(t *testing.T) {
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		assert.NotContains(t, fmt.Sprintf(verb, group()), "赵四", verb)
		assert.NotContains(t, fmt.Sprintf(verb, group().Spec()), "赵四", verb)
	}
	assert.NotContains(t, string(must(json.Marshal(group().Spec()))), "赵四")
	assert.NotContains(t, string(must(json.Marshal(group()))), "赵四")
	assert.Contains(t, string(must(json.Marshal(group()))), "赵*")
}

func TestTheOfficeMayBeHeadedFromOutsideTheGroup(t *testing.T) {
	spec := group().Spec()
	spec.Office = campaign.Office{Person: "p9", Name: union.MustNewName("周九"), Place: "二楼"}
	made := must(campaign.NewLeadingGroup(spec))
	assert.Equal(t, "周九", made.OfficeHead().Reveal())
	var again campaign.LeadingGroup
	require.NoError(t, json.Unmarshal(must(made.Reveal()), &again))
	assert.Equal(t, made, again)
	spec.Office = campaign.Office{Person: "p3", Name: union.MustNewName("王三"), Place: "二楼"}
	assert.Equal(t, "王三", must(campaign.NewLeadingGroup(spec)).OfficeHead().Reveal())
}

func TestNobodyInARoleIsNotApplicable(t *testing.T) {
	spec := group().Spec()
	spec.Seats = spec.Seats[:1]
	spec.Office.Person = "p1"
	read := values(must(campaign.NewLeadingGroup(spec)).Figures())
	assert.Equal(t, "[not applicable]", read["campaign.group.deputies"])
	assert.Equal(t, "[not applicable]", read["campaign.group.members"])
	assert.Equal(t, "0人", read["campaign.group.members.count"])
	read = values(campaign.LeadingGroup{}.Figures())
	assert.Equal(t, "[not applicable]", read["campaign.group.head"])
	assert.Equal(t, "[not applicable]", read["campaign.group.office.place"])
}

func TestNewLeadingGroupNamesEveryFault(t *testing.T) {
	for name, row := range map[string]struct {
		spoil func(*campaign.GroupSpec)
		want  error
		where string
	}{
		"no title":                {func(s *campaign.GroupSpec) { s.Title = "" }, union.ErrMissing, "title"},
		"no head":                 {func(s *campaign.GroupSpec) { s.Seats[0].Role = campaign.Deputy }, union.ErrMissing, "seats"},
		"two heads":               {func(s *campaign.GroupSpec) { s.Seats[1].Role = campaign.Head }, union.ErrRepeated, "seats[1].role"},
		"a person twice":          {func(s *campaign.GroupSpec) { s.Seats[4].Person = "p1" }, union.ErrRepeated, "seats[4].person"},
		"no token":                {func(s *campaign.GroupSpec) { s.Seats[4].Person = "" }, union.ErrMissing, "seats[4].person"},
		"no name":                 {func(s *campaign.GroupSpec) { s.Seats[4].Name = union.Name{} }, union.ErrMissing, "seats[4].name"},
		"no post":                 {func(s *campaign.GroupSpec) { s.Seats[4].Post = "" }, union.ErrMissing, "seats[4].post"},
		"no role":                 {func(s *campaign.GroupSpec) { s.Seats[4].Role = 0 }, union.ErrMissing, "seats[4].role"},
		"a role that is none":     {func(s *campaign.GroupSpec) { s.Seats[4].Role = 9 }, union.ErrUnknown, "seats[4].role"},
		"no place":                {func(s *campaign.GroupSpec) { s.Office.Place = "" }, union.ErrMissing, "office.place"},
		"no office head":          {func(s *campaign.GroupSpec) { s.Office.Person = "" }, union.ErrMissing, "office.person"},
		"an outsider unnamed":     {func(s *campaign.GroupSpec) { s.Office.Person = "p9" }, union.ErrMissing, "office.name"},
		"another name for a seat": {func(s *campaign.GroupSpec) { s.Office.Name = union.MustNewName("赵四") }, union.ErrRepeated, "office.name"},
		"another name for the head": {func(s *campaign.GroupSpec) {
			s.Office.Person, s.Office.Name = s.Seats[0].Person, union.MustNewName("赵四")
		}, union.ErrRepeated, "office.name"},
		"text not in UTF-8": {func(s *campaign.GroupSpec) { s.Office.Place = "\xff" }, union.ErrText, ""},
	} {
		t.Run(name, func(t *testing.T) {
			spec := group().Spec()
			row.spoil(&spec)
			_, err := campaign.NewLeadingGroup(spec)
			require.ErrorIs(t, err, row.want)
			require.Len(t, union.Faults(err), 1)
			if row.where != "" {
				assert.Equal(t, row.where, union.Faults(err)[0].Where)
			}
			for _, private := range []string{"赵四", "孙五", "王三", "p4"} {
				assert.NotContains(t, err.Error(), private)
			}
		})
	}
}

func TestALeadingGroupIsReadStrictly(t *testing.T) {
	for name, row := range map[string]struct {
		old, new string
		want     error
	}{
		"a newer document": {`"campaign.group/1"`, `"campaign.group/2"`, union.ErrUnknown},
		"an unknown role":  {`"deputy"`, `"deputies"`, union.ErrUnknown},
		"a masked name":    {`"张一"`, `"张*"`, union.ErrText},
		"no head":          {`"role": "head"`, `"role": "deputy"`, union.ErrMissing},
	} {
		t.Run(name, func(t *testing.T) {
			text := bytes.Replace(groupText(), []byte(row.old), []byte(row.new), 1)
			require.NotEqual(t, groupText(), text)
			made := group()
			before := made
			require.ErrorIs(t, made.UnmarshalJSON(text), row.want)
			assert.Equal(t, before, made)
		})
	}
}

func TestRolesAreReadAsTheyAreWritten(t *testing.T) {
	for _, role := range []campaign.Role{campaign.Head, campaign.Deputy, campaign.Ordinary} {
		var again campaign.Role
		require.NoError(t, again.UnmarshalText(must(role.MarshalText())))
		assert.Equal(t, role, again)
	}
	assert.Equal(t, "Role(4)", campaign.Role(4).String())
	for _, none := range []campaign.Role{0, 4} {
		_, err := none.MarshalText()
		require.ErrorIs(t, err, union.ErrUnknown)
	}
}
