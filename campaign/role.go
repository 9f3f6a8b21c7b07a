package campaign

import (
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Role is what a person is in a leading group. The zero Role is not one.
type Role uint8

// The roles.
const (
	Head     Role = iota + 1 // 组长: exactly one
	Deputy                   // 副组长
	Ordinary                 // 成员
)

var roleTexts = [...]string{"", "head", "deputy", "member"}

const wantRole = "head, deputy or member"

// String returns "head", "deputy", "member", an empty text for the zero Role, and
// "Role(9)" for one that is none.
func (r Role) String() string {
	if int(r) < len(roleTexts) {
		return roleTexts[r]
	}
	return "Role(" + strconv.Itoa(int(r)) + ")"
}

// MarshalText writes the role as String does. One that is none is
// [union.ErrUnknown].
func (r Role) MarshalText() ([]byte, error) {
	if int(r) >= len(roleTexts) {
		return nil, union.NewFault(union.ErrUnknown, "role", r.String(), wantRole)
	}
	return []byte(roleTexts[r]), nil
}

// UnmarshalText reads what MarshalText writes; any other text is
// [union.ErrUnknown], and r is unchanged.
func (r *Role) UnmarshalText(text []byte) error {
	for i, each := range roleTexts {
		if string(text) == each {
			*r = Role(i)
			return nil
		}
	}
	return union.NewFault(union.ErrUnknown, "role", quote.Key(string(text)), wantRole)
}
