package union

import "strings"

// A CreditCode is the unified social credit code of a firm or another
// organisation as GB 32100-2015 has it: 18 digits and capital letters other
// than I, O, S, V and Z, of which the third to the eighth are digits of a place
// and the last is a check character. Whatever writes it by itself writes it
// masked, the first two and the last four characters, as 91************0Y43:
// among donors and household firms a code can stand for a person. It is read
// whole, and Reveal is the one way out. CreditCodes are compared with == and
// kept in maps. The zero CreditCode is no code.
type CreditCode struct{ masked }

// creditLength is how many characters a code has.
const creditLength = 18

// creditCharacters are what a code is written with, each standing for its index.
const creditCharacters = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// ParseCreditCode reads a code of 18 characters. Small letters are refused. Of
// the organisation code inside, in the ninth to the seventeenth character, the
// check character is not asked.
//
// It fails with [ErrText], if text does not have 18 characters of those allowed
// in their places, or if the check character does not agree with the rest. A
// fault quotes no part of text.
func ParseCreditCode(text string) (CreditCode, error) {
	if err := CheckCreditCode(text); err != nil {
		return CreditCode{}, err
	}
	return CreditCode{hold(text, stars(text, 2, 4))}, nil
}

// CheckCreditCode fails as [ParseCreditCode] does, and keeps nothing: a CreditCode
// takes some 200 bytes for each text that the program has not met before, which
// matters to who reads them by the million.
func CheckCreditCode(text string) error {
	if len(text) != creditLength {
		return NewFault(ErrText, "", characterCount(text), "a credit code of 18")
	}
	sum, weight := 0, 1
	for i := range creditLength - 1 {
		value := strings.IndexByte(creditCharacters, text[i])
		if value < 0 || value > 9 && 2 <= i && i < 8 {
			return NewFault(ErrText, "", "a credit code with a wrong character", "digits and capital letters but I, O, S, V and Z")
		}
		sum += value * weight
		weight = weight * 3 % len(creditCharacters)
	}
	check := creditCharacters[(len(creditCharacters)-sum%len(creditCharacters))%len(creditCharacters)]
	if text[creditLength-1] != check {
		return NewFault(ErrText, "", "another check character", "one that agrees with the code")
	}
	return nil
}

// UnmarshalText reads a whole code as [ParseCreditCode] does, and the empty text
// as the zero CreditCode; c is unchanged on error.
func (c *CreditCode) UnmarshalText(text []byte) error { return c.read(string(text), nil) }

// UnmarshalJSON reads a JSON string as UnmarshalText reads its text. null and
// any other value are [ErrText]; c is unchanged on error.
func (c *CreditCode) UnmarshalJSON(data []byte) error { return c.read(jsonText(data)) }

// Scan reads a code from a database's string or bytes as UnmarshalText does, and
// NULL as the zero CreditCode. Any other value is [ErrText]; c is unchanged on
// error.
func (c *CreditCode) Scan(src any) error { return c.read(scannedText(src)) }

func (c *CreditCode) read(text string, err error) error {
	var code CreditCode
	if err == nil && text != "" {
		code, err = ParseCreditCode(text)
	}
	if err != nil {
		return err
	}
	*c = code
	return nil
}
