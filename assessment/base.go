package assessment

import "github.com/unioncampaign/union"

// A Base is what a share of votes is a share of. The zero Base is not one.
type Base uint8

// The bases. The first four are stated by the tellers (see [Box.State]); the
// others follow from the sheets, the last three for each criterion.
const (
	Entitled  Base = iota + 1 // those entitled to vote, 应到
	Present                   // those who came, 实到
	Issued                    // papers issued, 发出
	Recovered                 // papers recovered, valid or void, 收回
	Valid                     // valid papers, 有效
	Expressed                 // votes for any answer of one criterion: no blanks, and no answers that are not votes
	Filled                    // valid papers on which one criterion is not left blank
	Cast                      // papers filled in, and those wholly void: what is cast, legal or not
)

var baseTexts = [...]string{"", "entitled", "present", "issued", "recovered", "valid", "votes", "filled", "cast"}

// baseTitles are the official words for the bases, for printed figures.
var baseTitles = [...]string{"", "应到人数", "实到人数", "发出票数", "收回票数", "有效票数", "表态票数", "填写票数", "投票总数"}

// stated is how many bases the tellers state.
const stated = int(Recovered)

// perCriterion reports whether the base is another for each criterion.
func (b Base) perCriterion() bool { return b >= Expressed }

// String returns "entitled", "present", "issued", "recovered", "valid", "votes",
// "filled", "cast", or "Base(9)" for any other value.
func (b Base) String() string { return wordOf("Base", baseTexts[:], uint8(b)) }

// Title returns the official word for the base, or an empty text.
func (b Base) Title() string { return titleAt(baseTitles[:], uint8(b)) }

// MarshalText writes the base as String does. A value that is none is
// [union.ErrUnknown].
func (b Base) MarshalText() ([]byte, error) {
	return textOf("Base", baseTexts[:], uint8(b))
}

func (b Base) known() bool { return hasWord(baseTexts[:], uint8(b)) }

// UnmarshalText reads what MarshalText writes; any other text is [union.ErrUnknown]
// and leaves b unchanged.
func (b *Base) UnmarshalText(text []byte) error {
	value, err := valueOf(baseTexts[:], text)
	if err == nil {
		*b = Base(value)
	}
	return err
}

// allBases are the bases that a rule may name.
const allBases = "entitled, present, issued, recovered, valid, votes, filled or cast"

// check notes a base that is not one.
func (b Base) check(f *union.FaultList, where string) {
	switch {
	case b == 0:
		f.Add(union.ErrMissing, where, "", allBases)
	case !b.known():
		f.Add(union.ErrUnknown, where, b.String(), allBases)
	}
}
