package campaign

import (
	"slices"
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

// String returns "head", "deputy", "member" or, for any other value, its
// number, as in "Role(9)".
func (r Role) String() string {
	if r.known() {
		return roleTexts[r]
	}
	return "Role(" + strconv.Itoa(int(r)) + ")"
}

// MarshalText writes the role as String does. A value that is none is
// [union.ErrUnknown].
func (r Role) MarshalText() ([]byte, error) {
	if !r.known() {
		return nil, union.NewFault(union.ErrUnknown, "", r.String(), wantRole)
	}
	return []byte(roleTexts[r]), nil
}

// UnmarshalText reads what MarshalText writes; any other text is [union.ErrUnknown]
// and leaves r unchanged.
func (r *Role) UnmarshalText(text []byte) error {
	at := slices.Index(roleTexts[1:], string(text))
	if at < 0 {
		return union.NewFault(union.ErrUnknown, "", quote.Key(string(text)), wantRole)
	}
	*r = Role(at + 1)
	return nil
}

func (r Role) known() bool { return r > 0 && int(r) < len(roleTexts) }
