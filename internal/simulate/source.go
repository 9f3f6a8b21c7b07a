package simulate

// A Source draws numbers that depend on its seed alone: SplitMix64, by Steele, Lea
// and Flood, "Fast splittable pseudorandom number generators", 2014.
type Source struct{ state uint64 }

// NewSource returns the source of a seed.
func NewSource(seed uint64) *Source { return &Source{state: seed} }

func (s *Source) next() uint64 {
	s.state += 0x9e3779b97f4a7c15
	z := s.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// Below returns a number from 0 to n-1. That the first few are a trace more likely
// does not matter here.
func (s *Source) Below(n int) int { return int(s.next() % uint64(n)) }

// From returns a number from least to most.
func (s *Source) From(least, most int) int { return least + s.Below(most-least+1) }

// Chance is true in so many of a hundred cases.
func (s *Source) Chance(percent int) bool { return s.Below(100) < percent }

// pick returns one of several.
func pick[T any](s *Source, of ...T) T { return of[s.Below(len(of))] }

// shuffle puts a list in another order.
func shuffle[T any](s *Source, list []T) {
	for i := len(list) - 1; i > 0; i-- {
		j := s.Below(i + 1)
		list[i], list[j] = list[j], list[i]
	}
}
