package union

import "time"

// An IDNumber is a citizen's identity number as GB 11643-1999 has it: six
// digits of a place, the day of birth, a serial of three digits and a check
// character. Whatever writes it by itself writes it masked, the place and the
// last two characters, as 110105**********2X: the day of birth is among what is
// hidden. It is read whole, and Reveal is the one way out. IDNumbers are
// compared with == and kept in maps. The zero IDNumber is no number.
type IDNumber struct{ masked }

// The lengths of an identity number, of the older kind that a few files still
// hold, and of the place that both begin with.
const (
	idLength      = 18
	shortIDLength = 15
	placeLength   = 6
)

// ParseIDNumber reads an identity number of 18 characters, or one of the older
// 15 digits, which becomes its equal of 18: 19 before the year of birth, and the
// check character. A last character x is read as X.
//
// It fails with the first of:
//   - [ErrText], if text does not have 15 or 18 characters, all of them digits
//     but the last of 18, which may be X, and the first not 0;
//   - [ErrRange], if there is no such day of birth, or if the serial of a number
//     of 15 digits is 996 to 999, which were kept for persons a hundred years
//     old and do not tell the century of birth;
//   - [ErrText], if the check character does not agree with the rest.
//
// A fault quotes no part of text.
func ParseIDNumber(text string) (IDNumber, error) {
	if len(text) != idLength && len(text) != shortIDLength {
		return IDNumber{}, NewFault(ErrText, "", characterCount(text), "an identity number of 18 or 15")
	}
	digits, flaw := idDigits(text)
	if flaw != (idFlaw{}) {
		return IDNumber{}, NewFault(flaw.sentinel, "", flaw.got, flaw.want)
	}
	whole := string(digits[:])
	return IDNumber{hold(whole, stars(whole, placeLength, 2))}, nil
}

// An idFlaw is why a text is no identity number. The zero idFlaw is none. It is
// no [Fault] yet, since every token of a [Register] is asked for one.
type idFlaw struct {
	sentinel  error
	got, want string
}

// idDigits returns the 18 characters of a number that has 18 or 15, or its flaw.
func idDigits(text string) (digits [idLength]byte, flaw idFlaw) {
	short := len(text) == shortIDLength
	if short {
		copy(digits[:], text[:placeLength])
		copy(digits[placeLength:], "19")
		copy(digits[placeLength+2:], text[placeLength:])
	} else {
		copy(digits[:], text)
	}
	if !allDigits(digits[:idLength-1]) || digits[0] == '0' {
		return digits, idFlaw{ErrText, "an identity number with a wrong character", "digits"}
	}
	check := idCheck(digits[:idLength-1])
	if short {
		digits[idLength-1] = check
	} else if digits[idLength-1] == 'x' {
		digits[idLength-1] = 'X'
	}
	switch _, exists := birthOf(string(digits[:])); {
	case !exists:
		return digits, idFlaw{ErrRange, "a day of birth that does not exist", "a day"}
	case short && string(digits[14:17]) >= "996":
		return digits, idFlaw{ErrRange, "a serial that does not tell the century of birth", "the number of 18 characters"}
	case digits[idLength-1] != check:
		return digits, idFlaw{ErrText, "another check character", "one that agrees with the number"}
	}
	return digits, idFlaw{}
}

func allDigits(text []byte) bool {
	for _, character := range text {
		if !isDigit(character) {
			return false
		}
	}
	return true
}

var idWeights = [...]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

// idCheck returns the check character of 17 digits: the weighted digits and the
// check character, X for ten, sum to 1 modulo 11.
func idCheck(digits []byte) byte {
	sum := 0
	for i, weight := range idWeights {
		sum += int(digits[i]-'0') * weight
	}
	return "10X98765432"[sum%11]
}

// birthOf returns the day of birth in a number whose characters are digits, and
// whether there is such a day.
func birthOf(whole string) (Date, bool) {
	number := func(text string) int {
		n := 0
		for _, digit := range text {
			n = n*10 + int(digit-'0')
		}
		return n
	}
	year, month, day := number(whole[6:10]), time.Month(number(whole[10:12])), number(whole[12:14])
	if year < 1 || month < time.January || month > time.December || day < 1 || day > monthLength(year, month) {
		return Date{}, false
	}
	return dateOf(year, month, day), true
}

// Birth returns the day of birth that the number holds, and the zero Date of the
// zero IDNumber.
func (n IDNumber) Birth() Date {
	if n.IsZero() {
		return Date{}
	}
	birth, _ := birthOf(n.Reveal()) // checked when it was read
	return birth
}

// UnmarshalText reads a whole number as [ParseIDNumber] does, and the empty text
// as the zero IDNumber; n is unchanged on error.
func (n *IDNumber) UnmarshalText(text []byte) error { return n.read(string(text), nil) }

// UnmarshalJSON reads a JSON string as UnmarshalText reads its text. null, a
// bare number, which loses its last digits in some programs, and any other value
// are [ErrText]; n is unchanged on error.
func (n *IDNumber) UnmarshalJSON(data []byte) error { return n.read(jsonText(data)) }

// Scan reads a number from a database's string or bytes as UnmarshalText does,
// and NULL as the zero IDNumber. Any other value is [ErrText]; n is unchanged on
// error.
func (n *IDNumber) Scan(src any) error { return n.read(scannedText(src)) }

func (n *IDNumber) read(text string, err error) error {
	var number IDNumber
	if err == nil && text != "" {
		number, err = ParseIDNumber(text)
	}
	if err != nil {
		return err
	}
	*n = number
	return nil
}
