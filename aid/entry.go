package aid

import (
	"strconv"
	"unicode/utf8"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// An EntryKind says what an entry of a ledger does. The zero EntryKind is none.
type EntryKind uint8

// The kinds, and the sides that each has. Outside is everything but the books.
const (
	EntryPledge   EntryKind = iota + 1 // a promise to a fund (认捐): to a fund; no money moves
	EntryReceive                       // money that came in: to a fund's money at a position; may be part of a pledge
	EntryInterest                      // interest of an account: likewise
	EntryGrant                         // aid that is paid out: from a fund's money at a position; may post a reservation
	EntryReturn                        // money that goes back to whoever gave it: likewise; needs authority
	EntryTransfer                      // from one fund's money at a position to another's; between funds it is a re-designation and needs authority
	EntryReserve                       // money set aside in a fund for a grant: from a fund
	EntryVoid                          // a reservation let go: to its fund; needs authority
	EntryRelease                       // what is left of a pledge, or a part of it, forgiven: from its fund; needs authority
	EntryReverse                       // the opposite of an earlier entry, its sides exchanged; needs authority
)

var entryKindTexts = [...]string{
	"", "pledge", "receive", "interest", "grant", "return", "transfer", "reserve", "void", "release", "reverse",
}

func (k EntryKind) known() bool { return k >= EntryPledge && k <= EntryReverse }

// String returns the kind's word, such as "grant", or, for any other value, its
// number, as in "EntryKind(99)".
func (k EntryKind) String() string {
	if k.known() {
		return entryKindTexts[k]
	}
	return "EntryKind(" + strconv.Itoa(int(k)) + ")"
}

const entryKindsWanted = "one of pledge, receive, interest, grant, return, transfer, reserve, void, release, reverse"

// MarshalText writes the kind as String does. A value that is no kind is
// [union.ErrUnknown].
func (k EntryKind) MarshalText() ([]byte, error) {
	if !k.known() {
		return nil, union.NewFault(union.ErrUnknown, "", k.String(), entryKindsWanted)
	}
	return []byte(k.String()), nil
}

// UnmarshalText reads what MarshalText writes; any other text is
// [union.ErrUnknown] and leaves k unchanged.
func (k *EntryKind) UnmarshalText(text []byte) error {
	for kind := EntryPledge; kind.known(); kind++ {
		if string(text) == entryKindTexts[kind] {
			*k = kind
			return nil
		}
	}
	return union.NewFault(union.ErrUnknown, "", quote.Key(string(text)), entryKindsWanted)
}

// A Side is one of the two sides of an entry: a fund's money at a position, or, in
// entries that move no money, a fund alone. The zero Side is outside the books.
type Side struct {
	Fund     string `json:"fund,omitempty"`
	Position string `json:"position,omitempty"`
}

// A Use says for whom and for what money is granted. Household and person are
// tokens of the caller's; a ceiling that counts them demands them.
type Use struct {
	Household string `json:"household,omitempty"`
	Person    string `json:"person,omitempty"`
	Purpose   string `json:"purpose,omitempty"`
	Class     string `json:"class,omitempty"` // by which limits are chosen; empty: none
}

// An Entry is one movement between two sides, or a promise of one. It is never
// changed: what is wrong is reversed by another.
type Entry struct {
	ID        string      `json:"id"` // the caller's: the same entry again is taken once
	Kind      EntryKind   `json:"kind"`
	From      Side        `json:"from,omitzero"`
	To        Side        `json:"to,omitzero"`
	Amount    union.Money `json:"amount"`           // above zero
	Effective union.Date  `json:"effective"`        // the day for which it counts
	Recorded  union.Date  `json:"recorded"`         // the day on which it was written down, not before Effective
	For       Use         `json:"for,omitzero"`     // of a grant and of a reservation
	Of        string      `json:"of,omitempty"`     // the ID of the pledge, reservation or entry that it answers
	By        string      `json:"by,omitempty"`     // the authority, such as the number of a decision
	Reason    string      `json:"reason,omitempty"` // why
}

// longestNote is how many bytes an authority or a reason may have.
const longestNote = 1024

// check reports what is wrong with an entry by itself: what cannot be read.
func (e *Entry) check() error {
	if err := union.CheckToken(e.ID); err != nil {
		return union.Within("id", err)
	}
	switch {
	case !e.Kind.known():
		return union.NewFault(union.ErrUnknown, "kind", e.Kind.String(), entryKindsWanted)
	case e.Amount.Sign() <= 0:
		return union.NewFault(union.ErrRange, "amount", e.Amount.String(), "above 0.00")
	case e.Effective.IsZero():
		return union.NewFault(union.ErrMissing, "effective", "", "")
	case e.Recorded.IsZero():
		return union.NewFault(union.ErrMissing, "recorded", "", "")
	case e.Recorded.Before(e.Effective):
		return union.NewFault(union.ErrOrder, "recorded", e.Recorded.String(), e.Effective.String()+" or later")
	}
	if err := checkNote("by", e.By); err != nil {
		return err
	}
	return checkNote("reason", e.Reason)
}

// checkNote reports a text that could not be written down as it is.
func checkNote(where, text string) error {
	switch {
	case text == "":
		return nil
	case len(text) > longestNote:
		return union.NewFault(union.ErrRange, where, strconv.Itoa(len(text))+" bytes", "at most "+strconv.Itoa(longestNote))
	case !utf8.ValidString(text):
		return union.NewFault(union.ErrText, where, "a text that is not UTF-8", "")
	}
	return nil
}

// authorised reports who or what is missing behind an entry that needs both.
func (e *Entry) authorised() error {
	switch {
	case e.By == "":
		return union.NewFault(union.ErrMissing, "by", "", "the authority for a "+e.Kind.String())
	case e.Reason == "":
		return union.NewFault(union.ErrMissing, "reason", "", "the reason for a "+e.Kind.String())
	}
	return nil
}

// A Prior is what another ledger, such as that of the city's federation, says that
// it has granted for one use in one year. It counts against ceilings and moves no
// money.
type Prior struct {
	Ledger string     `json:"ledger"` // a token of the caller's for the other ledger
	AsOf   union.Date `json:"as_of"`  // the day of its statement
	For    Use        `json:"for"`    // without a class, since what was granted counts whatever the class
	// Year is that of the ceilings that count it, by the year in which it began.
	Year   int         `json:"year"`
	Amount union.Money `json:"amount"` // in all; 0.00 takes back what was said before
	Times  int         `json:"times"`  // the number of grants
}

// check reports what is wrong with a statement by itself.
func (p *Prior) check() error {
	if err := union.CheckToken(p.Ledger); err != nil {
		return union.Within("ledger", err)
	}
	switch {
	case p.AsOf.IsZero():
		return union.NewFault(union.ErrMissing, "as_of", "", "")
	case p.Year < 1 || p.Year > 9999:
		return union.NewFault(union.ErrRange, "year", strconv.Itoa(p.Year), "1 to 9999")
	case p.Amount.Sign() < 0:
		return union.NewFault(union.ErrRange, "amount", p.Amount.String(), "0.00 or more")
	case p.Times < 0 || p.Times > mostTimes:
		return union.NewFault(union.ErrRange, "times", strconv.Itoa(p.Times), "0 to "+strconv.Itoa(mostTimes))
	case p.Amount.Sign() > 0 != (p.Times > 0):
		return union.NewFault(union.ErrRange, "times", strconv.Itoa(p.Times), "grants if and only if there is an amount")
	case p.For.Class != "":
		return union.NewFault(union.ErrRange, "for.class", "a class", "none: what was granted counts whatever the class")
	}
	return nil
}
