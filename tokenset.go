package union

import (
	"math/bits"
	"slices"

	"github.com/unioncampaign/union/internal/wire"
)

// A tokenSet holds distinct tokens, each in the bucket that its hash chooses, in
// ascending order there. How many buckets there are follows from the size, and a
// bucket without tokens is nil: so equal sets are deeply equal, however they came
// about, and one that is read from bytes is laid out once and takes little more
// room than its tokens, which a map does not promise.
type tokenSet struct {
	size    int
	buckets [][]string
}

// perBucket is how many tokens the buckets have at most on average.
const perBucket = 16

// bucketsFor returns how many buckets so many tokens have, at least one: a power
// of two.
func bucketsFor(tokens int) int { return 1 << bits.Len(uint((tokens-1)/perBucket)) }

// bucketOf returns which of the buckets holds token, by its hash FNV-1a. Whoever
// makes tokens that all go into one makes it no worse than a sorted list.
func bucketOf(token string, buckets int) int {
	hash := uint64(14695981039346656037)
	for i := range len(token) {
		hash = (hash ^ uint64(token[i])) * 1099511628211
	}
	return int((hash ^ hash>>32) & uint64(buckets-1))
}

// tokenSetOf returns the set of ascending keys, or nil for none. It makes room
// for them once.
func tokenSetOf(keys wire.Keys) *tokenSet {
	if keys.Len() == 0 {
		return nil
	}
	set := &tokenSet{size: keys.Len(), buckets: make([][]string, bucketsFor(keys.Len()))}
	lengths := make([]int32, len(set.buckets))
	for token := range keys.All() {
		lengths[bucketOf(token, len(lengths))]++
	}
	room := make([]string, keys.Len())
	for i, length := range lengths {
		if length > 0 {
			set.buckets[i], room = room[:0:length], room[length:]
		}
	}
	for token := range keys.All() {
		bucket := &set.buckets[bucketOf(token, len(set.buckets))]
		*bucket = append(*bucket, token)
	}
	return set
}

func (s *tokenSet) has(token string) bool {
	_, found := slices.BinarySearch(s.buckets[bucketOf(token, len(s.buckets))], token)
	return found
}

// put holds a token, which may be there already.
func (s *tokenSet) put(token string) {
	bucket := &s.buckets[bucketOf(token, len(s.buckets))]
	at, found := slices.BinarySearch(*bucket, token)
	if found {
		return
	}
	*bucket = slices.Insert(*bucket, at, token)
	s.size++
	if bucketsFor(s.size) > len(s.buckets) {
		s.split()
	}
}

// split doubles the buckets: the tokens of one go into it and into one new.
func (s *tokenSet) split() {
	buckets := make([][]string, 2*len(s.buckets))
	for _, bucket := range s.buckets {
		for _, token := range bucket {
			into := &buckets[bucketOf(token, len(buckets))]
			*into = append(*into, token)
		}
	}
	s.buckets = buckets
}

// clone returns a set that shares nothing with s.
func (s *tokenSet) clone() *tokenSet {
	room := make([]string, 0, s.size)
	buckets := make([][]string, len(s.buckets))
	for i, bucket := range s.buckets {
		if len(bucket) == 0 {
			continue
		}
		start := len(room)
		room = append(room, bucket...)
		buckets[i] = slices.Clip(room[start:])
	}
	return &tokenSet{size: s.size, buckets: buckets}
}

// sorted returns the tokens in ascending order.
func (s *tokenSet) sorted() []string {
	tokens := make([]string, 0, s.size)
	for _, bucket := range s.buckets {
		tokens = append(tokens, bucket...)
	}
	slices.Sort(tokens)
	return tokens
}
