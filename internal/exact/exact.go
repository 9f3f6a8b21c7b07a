// Package exact does integer arithmetic that says when a result does not fit,
// and compares and divides products through 128 bits, so that no intermediate
// result is lost and none needs the heap.
package exact

import (
	"math"
	"math/bits"
)

// Abs returns the magnitude of n, which for the smallest int64 fits no int64.
func Abs(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// Signed returns the magnitude with its sign, and false if no int64 holds it.
func Signed(negative bool, magnitude uint64) (int64, bool) {
	switch {
	case magnitude <= math.MaxInt64 && negative:
		return -int64(magnitude), true
	case magnitude <= math.MaxInt64:
		return int64(magnitude), true
	case negative && magnitude == 1<<63:
		return math.MinInt64, true
	}
	return 0, false
}

// Add returns a + b, and false if it does not fit.
func Add(a, b int64) (int64, bool) {
	sum := a + b
	if (sum < a) != (b < 0) { // it went around
		return 0, false
	}
	return sum, true
}

// Sub returns a - b, and false if it does not fit.
func Sub(a, b int64) (int64, bool) {
	difference := a - b
	if (difference > a) != (b < 0) {
		return 0, false
	}
	return difference, true
}

// Mul returns a × b, and false if it does not fit.
func Mul(a, b int64) (int64, bool) {
	high, low := bits.Mul64(Abs(a), Abs(b))
	if high != 0 {
		return 0, false
	}
	return Signed((a < 0) != (b < 0), low)
}

// MulMagnitudes returns a × b, and false if it does not fit.
func MulMagnitudes(a, b uint64) (uint64, bool) {
	high, low := bits.Mul64(a, b)
	return low, high == 0
}

// Pow10 returns 10 to the power of n, and false unless 0 ≤ n ≤ 18.
func Pow10(n int) (int64, bool) {
	if n < 0 || n > 18 {
		return 0, false
	}
	power := int64(1)
	for range n {
		power *= 10
	}
	return power, true
}

// GCD returns the greatest common divisor of a and b; of 0 and n it is n.
func GCD(a, b uint64) uint64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// CompareProducts compares a × b with c × d and returns -1, 0 or 1.
func CompareProducts(a, b, c, d uint64) int {
	leftHigh, leftLow := bits.Mul64(a, b)
	rightHigh, rightLow := bits.Mul64(c, d)
	switch {
	case leftHigh < rightHigh, leftHigh == rightHigh && leftLow < rightLow:
		return -1
	case leftHigh == rightHigh && leftLow == rightLow:
		return 0
	}
	return 1
}

// MulQuo returns the whole quotient and the remainder of a × b ÷ c, and false
// if c is zero or the quotient does not fit.
func MulQuo(a, b, c uint64) (quotient, remainder uint64, ok bool) {
	high, low := bits.Mul64(a, b)
	if high >= c {
		return 0, 0, false
	}
	quotient, remainder = bits.Div64(high, low, c)
	return quotient, remainder, true
}

// CompareHalf compares part with half of whole and returns -1, 0 or 1. It needs
// part ≤ whole, and does not double part, which might not fit.
func CompareHalf(part, whole uint64) int {
	rest := whole - part
	switch {
	case part < rest:
		return -1
	case part == rest:
		return 0
	}
	return 1
}
