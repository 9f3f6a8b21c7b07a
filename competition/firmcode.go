package competition

import (
	"bytes"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/wire"
)

// A firmCode is a credit code as tallies keep it. A [union.CreditCode] takes some
// 200 bytes for each code that the program has not met before, and tallies read
// codes by the million, from bytes that nobody has checked.
type firmCode [18]byte

func firmCodeOf(code union.CreditCode) firmCode {
	var held firmCode
	copy(held[:], code.Reveal())
	return held
}

// credit returns the code as others may see it.
func (c firmCode) credit() union.CreditCode {
	code, _ := union.ParseCreditCode(string(c[:])) // checked when it was read
	return code
}

func (c firmCode) compare(other firmCode) int { return bytes.Compare(c[:], other[:]) }

// readFirmCode reads a credit code.
func readFirmCode(r *wire.Reader) firmCode {
	var code firmCode
	r.Exact(code[:])
	if union.CheckCreditCode(string(code[:])) != nil {
		r.Refuse("no credit code", "one of 18 characters")
	}
	return code
}

// A veiled map is not printed. Package fmt prints the unexported fields of a struct
// without asking their methods, and follows a pointer when a verb does not fit it;
// of a pointer to a pointer it prints an address. The zero veiled map is empty.
type veiled[K comparable, V any] struct{ held **map[K]V }

// plain returns the map itself, which is for reading alone if it is nil.
func (v veiled[K, V]) plain() map[K]V {
	if v.held == nil {
		return nil
	}
	return **v.held
}

// made returns the map for writing, made for n entries if there was none.
func (v *veiled[K, V]) made(n int) map[K]V {
	if v.held == nil {
		entries := make(map[K]V, n)
		inner := &entries
		v.held = &inner
	}
	return **v.held
}
