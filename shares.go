package union

import (
	"strconv"

	"github.com/unioncampaign/union/internal/exact"
)

// A Balance says how printed shares are made to sum to 100. The zero Balance is
// not one: published tables use each of the four.
type Balance uint8

// The balances.
const (
	Plain            Balance = iota + 1 // each share is rounded on its own; they may sum to 99.99
	LastTakesRest                       // the last part that is not zero is 100 minus the others
	LargestTakesRest                    // the largest part, the first of equals, is 100 minus the others
	LargestRemainder                    // all are cut, and the units left over go to the largest remainders
)

var balanceTexts = [...]string{"", "plain", "last takes rest", "largest takes rest", "largest remainder"}

// String returns "plain", "last takes rest", "largest takes rest", "largest
// remainder" or, for any other value, its number, as in "Balance(9)".
func (b Balance) String() string {
	if b.known() {
		return balanceTexts[b]
	}
	return "Balance(" + strconv.Itoa(int(b)) + ")"
}

// balanceTitles are the words of the field for the balances.
var balanceTitles = [...]string{
	Plain:            "各项分别取舍",
	LastTakesRest:    "末项取100减其余各项之差",
	LargestTakesRest: "最大项取100减其余各项之差",
	LargestRemainder: "余下的份额依次归余数最大的各项",
}

// Title returns the balance in the words of the field, for a working that is
// read aloud, and an empty text for any other value.
func (b Balance) Title() string {
	if !b.known() {
		return ""
	}
	return balanceTitles[b]
}

// MarshalText writes the balance as String does. A value that is none is
// [ErrUnknown].
func (b Balance) MarshalText() ([]byte, error) {
	if !b.known() {
		return nil, NewFault(ErrUnknown, "", b.String(), wantChoice(balanceTexts[1:]))
	}
	return []byte(b.String()), nil
}

// UnmarshalText reads what MarshalText writes; any other text is [ErrUnknown]
// and leaves b unchanged.
func (b *Balance) UnmarshalText(text []byte) error {
	chosen, err := choose(text, balanceTexts[1:])
	if err != nil {
		return err
	}
	*b = Balance(chosen + 1)
	return nil
}

func (b Balance) known() bool { return b >= Plain && int(b) < len(balanceTexts) }

// mostSharePlaces keeps 100 in units of the last place within an int64.
const mostSharePlaces = 16

// Shares are the percentages, as printed, of the parts that make up a whole. A
// part of zero has a share of zero under every balance. The zero Shares are of
// no parts.
type Shares struct {
	Percents []Number  // in the order of the parts, rounded
	Rounding Rounding  // how each was rounded
	Balance  Balance   // how they were made to sum to 100
	Tied     []int     // under LargestRemainder: the tie that only order decided, as in Split
	Findings []Finding // a rest below zero, which stays as it is; under Plain: a sum other than 100
}

// NewShares returns the shares of parts in their sum, in percent. The rounding
// of a rule may be any; [LargestRemainder] uses only its places, since it always
// cuts and then gives out what is left. It reports the first of
//   - [ErrMissing] or [ErrUnknown], if the balance is none of the four;
//   - what [Rounding.Check] reports;
//   - [ErrRange], if the places are not in 0 to 16;
//   - [ErrRange], if a part is negative;
//   - [ErrOverflow], if the sum of the parts does not fit;
//   - [ErrUndefined], if there are no parts, or all are zero.
func NewShares(balance Balance, rounding Rounding, parts ...int64) (Shares, error) {
	if err := checkShares(balance, rounding); err != nil {
		return Shares{}, err
	}
	sum, err := sumOf(parts, "parts")
	if err != nil {
		return Shares{}, err
	}
	shares := Shares{Rounding: rounding, Balance: balance}
	switch balance {
	case LargestRemainder:
		shares.apportion(parts)
	case LastTakesRest:
		shares.round(parts, int64(sum))
		shares.giveRest(lastPart(parts))
	case LargestTakesRest:
		shares.round(parts, int64(sum))
		shares.giveRest(largestPart(parts))
	default:
		shares.round(parts, int64(sum))
		shares.findSum()
	}
	return shares, nil
}

// Texts returns the shares as printed, each with as many digits after the point
// as the rounding has places: "95.04", and "0.00" of a part of zero.
func (s Shares) Texts() []string {
	texts := make([]string, len(s.Percents))
	for i, percent := range s.Percents {
		text, err := s.Rounding.Format(percent)
		if err != nil {
			text = percent.String() // Shares made by hand, without a rounding
		}
		texts[i] = text
	}
	return texts
}

// Check compares shares as a sheet prints them with those that follow from the
// parts, and returns a finding for each that is another, or one if there are not
// as many. Shares are compared by value, so that 0 and 0.00 are the same. What is
// wrong with the shares themselves, as a sum of 99.99, their Findings say.
func (s Shares) Check(printed ...Number) []Finding {
	if len(printed) != len(s.Percents) {
		return []Finding{{
			Where: "shares", Rule: "each part has a printed share",
			Got: strconv.Itoa(len(printed)), Want: strconv.Itoa(len(s.Percents)),
		}}
	}
	var found []Finding
	for i, text := range s.Texts() {
		if !printed[i].Equal(s.Percents[i]) {
			found = append(found, Finding{
				Where: Indexed("shares", i), Rule: "a printed share follows from the parts",
				Got: printed[i].String(), Want: text,
			})
		}
	}
	return found
}

// checkShares reports a balance or a rounding that NewShares refuses.
func checkShares(balance Balance, rounding Rounding) error {
	if balance == 0 {
		return NewFault(ErrMissing, "balance", "", wantChoice(balanceTexts[1:]))
	}
	if !balance.known() {
		return NewFault(ErrUnknown, "balance", balance.String(), wantChoice(balanceTexts[1:]))
	}
	if err := rounding.Check(); err != nil {
		return Within("rounding", err)
	}
	if rounding.Places < 0 || rounding.Places > mostSharePlaces {
		return NewFault(ErrRange, "rounding.places", strconv.Itoa(rounding.Places), "0 to 16")
	}
	return nil
}

// round rounds each share on its own. Nothing in it can fail: parts, sum and
// rounding are checked.
func (s *Shares) round(parts []int64, sum int64) {
	for _, part := range parts {
		percent, _ := Ratio{Part: part, Whole: sum}.Percent()
		shown, _ := s.Rounding.Apply(percent)
		s.Percents = append(s.Percents, shown)
	}
}

// apportion gives 100 out in units of the last place. Nothing in it can fail:
// parts and places are checked.
func (s *Shares) apportion(parts []int64) {
	power, _ := exact.Pow10(s.Rounding.Places)
	split, _ := Apportion(100*power, parts...)
	for _, units := range split.Parts {
		percent, _ := NewNumber(units, power)
		s.Percents = append(s.Percents, percent)
	}
	s.Tied = split.Tied
}

// giveRest makes the share at taker 100 minus the others.
func (s *Shares) giveRest(taker int) {
	rest := Whole(100)
	for i, percent := range s.Percents {
		if i != taker {
			rest = rest.Sub(percent)
		}
	}
	s.Percents[taker] = rest
	if rest.Sign() < 0 {
		s.Findings = append(s.Findings, Finding{
			Where: "shares[" + strconv.Itoa(taker) + "]",
			Rule:  "the rest that balances the shares is not below 0",
			Got:   rest.String(), Want: "0 or more",
		})
	}
}

// findSum finds shares that do not sum to 100.
func (s *Shares) findSum() {
	sum := Number{}
	for _, percent := range s.Percents {
		sum = sum.Add(percent)
	}
	if !sum.Equal(Whole(100)) {
		s.Findings = append(s.Findings, Finding{
			Where: "shares", Rule: "shares of a whole sum to 100", Got: sum.String(), Want: "100",
		})
	}
}

// lastPart returns the index of the last part that is not zero.
func lastPart(parts []int64) int {
	for i := len(parts) - 1; i > 0; i-- {
		if parts[i] != 0 {
			return i
		}
	}
	return 0
}

// largestPart returns the index of the largest part, the first of equals.
func largestPart(parts []int64) int {
	largest := 0
	for i, part := range parts {
		if part > parts[largest] {
			largest = i
		}
	}
	return largest
}
