package employment

import (
	"math"

	"github.com/unioncampaign/union"
)

// A Choice is a candidate's wish for a post, coded: the post's number, and how
// many points its employer gives the candidate; more are better.
type Choice struct {
	Post  int32
	Score int32
}

// Preferences are who wishes for what, coded: the hot form of a [Matching], whose
// candidates and posts are numbered from 0. Of two candidates to whom a post gives
// the same score, it prefers the one with the lower number: the numbers are the
// order key. The zero Preferences are of nobody.
type Preferences struct {
	Places  []int64  // by post: how many it takes
	Choices []Choice // those of the first candidate, most wanted first, then of the next
	Ends    []int32  // by candidate: how many choices there are up to its last
}

// Unplaced is what a candidate is given who is given no post.
const Unplaced int32 = -1

// check reports the first of the faults that Stable and Largest share, and returns
// how many choose each post.
func (p Preferences) check() ([]int32, error) {
	if int64(len(p.Choices)) > math.MaxInt32 || int64(len(p.Places)) > math.MaxInt32 {
		return nil, union.NewFault(union.ErrRange, "choices", "more", "at most 2147483647")
	}
	for i, places := range p.Places {
		if places < 0 {
			return nil, union.NewFault(union.ErrRange, union.Indexed("places", i), text(places), "0 or more")
		}
	}
	chosen, last := make([]int32, len(p.Places)), make([]int32, len(p.Places))
	start := int32(0)
	for candidate, end := range p.Ends {
		if end < start || int(end) > len(p.Choices) {
			return nil, union.NewFault(union.ErrOrder, union.Indexed("ends", candidate), text(int64(end)), text(int64(start))+" to "+text(int64(len(p.Choices))))
		}
		mark := int32(candidate) + 1
		for i, choice := range p.Choices[start:end] {
			post := uint32(choice.Post)
			if post >= uint32(len(last)) {
				return nil, p.faultChoice(union.ErrUnknown, start, i)
			}
			if last[post] == mark {
				return nil, p.faultChoice(union.ErrRepeated, start, i)
			}
			last[post] = mark
			chosen[post]++
		}
		start = end
	}
	if int(start) != len(p.Choices) {
		return nil, union.NewFault(union.ErrOrder, "ends", text(int64(start)), text(int64(len(p.Choices))))
	}
	return chosen, nil
}

func (p Preferences) faultChoice(sentinel error, start int32, i int) error {
	at := int(start) + i
	return union.NewFault(sentinel, union.Indexed("choices", at), text(int64(p.Choices[at].Post)), "a post of its own, below "+text(int64(len(p.Places))))
}

// list returns the choices of a candidate.
func (p Preferences) list(candidate int32) []Choice {
	start := int32(0)
	if candidate > 0 {
		start = p.Ends[candidate-1]
	}
	return p.Choices[start:p.Ends[candidate]]
}

// rooms returns where the places of each post begin in one list, of which no post
// needs more than there are choices of it.
func (p Preferences) rooms(chosen []int32) []int32 {
	starts := make([]int32, len(p.Places)+1)
	for post, places := range p.Places {
		starts[post+1] = starts[post] + int32(min(places, int64(chosen[post])))
	}
	return starts
}

// Stable returns, by candidate, the post that deferred acceptance gives, or
// [Unplaced]: no candidate and post would both rather have each other, and every
// candidate has the best post that any such matching gives. It does not depend on
// the order in which candidates ask. It reports the first of
//   - [union.ErrRange], for a post with fewer than 0 places, and for more than
//     2³¹ − 1 choices or posts;
//   - [union.ErrOrder], for ends that do not go up to the number of choices;
//   - [union.ErrUnknown], for a choice of a post that is not there, and
//     [union.ErrRepeated], for one that the candidate chose before.
func (p Preferences) Stable() ([]int32, error) {
	chosen, err := p.check()
	if err != nil {
		return nil, err
	}
	starts := p.rooms(chosen)
	held := make([]uint64, starts[len(p.Places)]) // by post a heap, the least preferred first
	filled := chosen                              // which has served
	clear(filled)
	given, next := make([]int32, len(p.Ends)), make([]int32, len(p.Ends))
	for first := range p.Ends {
		candidate := int32(first)
		next[candidate] = 0
		if candidate > 0 {
			next[candidate] = p.Ends[candidate-1]
		}
		given[candidate] = Unplaced
		for next[candidate] < p.Ends[candidate] { // whoever has no post asks for the next
			choice := p.Choices[next[candidate]]
			next[candidate]++
			start := starts[choice.Post]
			places := starts[choice.Post+1] - start
			offer := offerOf(candidate, choice.Score)
			if n := filled[choice.Post]; n < places {
				filled[choice.Post]++
				given[candidate] = choice.Post
				rise(held[start:start+n+1], offer)
				break
			}
			if places == 0 || offer < held[start] {
				continue
			}
			given[candidate] = choice.Post
			candidate = candidateOf(held[start])
			given[candidate] = Unplaced
			sink(held[start:start+places], offer)
		}
	}
	return given, nil
}

// offerOf returns a candidate and a score as one number, the more preferred the
// greater.
func offerOf(candidate, score int32) uint64 {
	return uint64(uint32(score)^1<<31)<<32 | uint64(^uint32(candidate))
}

// candidateOf returns the candidate of an offer.
func candidateOf(offer uint64) int32 { return int32(^uint32(offer)) }

// rise puts an offer into the last room of a heap.
func rise(heap []uint64, offer uint64) {
	at := len(heap) - 1
	for at > 0 {
		above := (at - 1) / 2
		if heap[above] <= offer {
			break
		}
		heap[at] = heap[above]
		at = above
	}
	heap[at] = offer
}

// sink puts an offer in the place of the least in a heap.
func sink(heap []uint64, offer uint64) {
	at := 0
	for {
		below := 2*at + 1
		if below >= len(heap) {
			break
		}
		if below+1 < len(heap) && heap[below+1] < heap[below] {
			below++
		}
		if heap[below] >= offer {
			break
		}
		heap[at] = heap[below]
		at = below
	}
	heap[at] = offer
}

// Largest returns, by candidate, a post, or [Unplaced], so that as many candidates
// as possible have one. Who is left out where not all can be placed, the numbers
// decide: of all sets of candidates that can be placed together it is the one that
// has the first candidate if any has, then the second, and so on. Scores decide
// nothing. It has the faults of [Preferences.Stable].
func (p Preferences) Largest() ([]int32, error) {
	chosen, err := p.check()
	if err != nil {
		return nil, err
	}
	s := &placing{
		Preferences: p, starts: p.rooms(chosen), filled: chosen,
		given: make([]int32, len(p.Ends)), seen: make([]int32, len(p.Places)), from: make([]int32, len(p.Places)),
	}
	clear(s.filled)
	s.held = make([]int32, s.starts[len(p.Places)])
	for i := range p.Ends {
		s.given[i] = Unplaced
	}
	for i := range p.Ends {
		s.place(int32(i))
	}
	return s.given, nil
}

// A placing looks for ways to place one more candidate by moving others.
type placing struct {
	Preferences
	starts, filled []int32
	held           []int32 // candidates, by the rooms of posts
	given          []int32 // by candidate
	seen           []int32 // by post: 0 not yet, or the candidate for whom, from 1; dead: never again
	from           []int32 // by post: the candidate by whom it was reached
	queue          []int32
}

// dead marks a post from which no room can be reached any more.
const dead = math.MaxInt32

// place gives a candidate a post, moving others if need be, or finds that none can
// be given: then nothing that was looked at can ever help another.
func (s *placing) place(candidate int32) {
	s.queue = s.queue[:0]
	if s.reach(candidate, candidate+1) {
		return
	}
	for at := 0; at < len(s.queue); at++ {
		post := s.queue[at]
		start := s.starts[post]
		for _, holder := range s.held[start : start+s.filled[post]] {
			if s.reach(holder, candidate+1) {
				return
			}
		}
	}
	for _, post := range s.queue {
		s.seen[post] = dead
	}
}

// reach looks at the posts that a candidate chose, and is true if one had room and
// has been given.
func (s *placing) reach(candidate, mark int32) bool {
	for _, choice := range s.list(candidate) {
		post := choice.Post
		if s.seen[post] == mark || s.seen[post] == dead {
			continue
		}
		s.seen[post], s.from[post] = mark, candidate
		if s.filled[post] < s.starts[post+1]-s.starts[post] {
			s.move(post)
			return true
		}
		s.queue = append(s.queue, post)
	}
	return false
}

// move gives a post with room to whoever reached it, that one's post to whoever
// reached that, and so on.
func (s *placing) move(post int32) {
	s.held[s.starts[post]+s.filled[post]] = s.from[post]
	s.filled[post]++
	for {
		candidate := s.from[post]
		was := s.given[candidate]
		s.given[candidate] = post
		if was == Unplaced {
			return
		}
		start := s.starts[was]
		for i := start; ; i++ {
			if s.held[i] == candidate {
				s.held[i] = s.from[was]
				break
			}
		}
		post = was
	}
}
