package employment

import (
	"cmp"
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
	"github.com/unioncampaign/union/internal/quote"
)

// A Placement is who was placed where by [Matching.Match], and why. It is a
// result: it has no Merge, since candidates who are matched apart may want the
// same places. The zero Placement is of nobody.
type Placement struct {
	rule       union.RuleID
	plan       *matchingPlan
	posts      []string // in the order given
	places     []int64
	index      index
	needs      []need // by post, then by condition
	candidates []string
	who        index
	values     []value // by candidate, then by condition
	numbers    []int32 // by number, the candidate
	wished     Preferences
	given      []int32 // by candidate
}

// A Pair is a candidate and the post that the candidate is given.
type Pair struct {
	Candidate string `json:"candidate"`
	Post      string `json:"post"`
	Wish      int    `json:"wish"` // which of the candidate's wishes it is, from 1, by rank
}

// Rule returns the identity of the matching that made the placement.
func (p Placement) Rule() union.RuleID { return p.rule }

// Pairs returns who is placed where, by ascending keys of the candidates.
func (p Placement) Pairs() []Pair {
	lists := p.lists()
	var pairs []Pair
	for _, i := range p.sortedCandidates() {
		if p.given[i] != Unplaced {
			pairs = append(pairs, Pair{Candidate: p.candidates[i], Post: p.posts[p.given[i]], Wish: p.wish(i, lists[i]) + 1})
		}
	}
	return pairs
}

// lists returns the number of each candidate.
func (p Placement) lists() []int32 {
	lists := make([]int32, len(p.numbers))
	for number, candidate := range p.numbers {
		lists[candidate] = int32(number)
	}
	return lists
}

// wish returns which wish of a candidate is met, from 0.
func (p Placement) wish(candidate, number int32) int {
	return slices.IndexFunc(p.wished.list(number), func(c Choice) bool { return c.Post == p.given[candidate] })
}

// Unmatched returns the keys of those who are placed nowhere, ascending.
func (p Placement) Unmatched() []string {
	var keys []string
	for _, i := range p.sortedCandidates() {
		if p.given[i] == Unplaced {
			keys = append(keys, p.candidates[i])
		}
	}
	return keys
}

// Why returns which post a candidate is given, as the answer, and every reason, by
// rank of the wishes: each condition of a post and how the candidate stands to it,
// whether its places went to others, and that a wish is met; the wishes after that
// one are [union.Exempt]. The verdict is met if the candidate is placed. A candidate
// who is not there is [union.ErrUnknown], and not quoted.
func (p Placement) Why(candidate string) (union.Verdict, error) {
	i, ok := p.who.find(candidate)
	if !ok {
		return union.Verdict{}, union.NewFault(union.ErrUnknown, "candidate", "", "one of the placement")
	}
	made := union.Verdict{Question: "which post the candidate is given", Standing: union.Unmet}
	number := int32(slices.Index(p.numbers, i))
	n := len(p.plan.conditions)
	for rank, choice := range p.wished.list(number) {
		where := "posts[" + quote.Key(p.posts[choice.Post]) + "]"
		if made.Answer != "" {
			made.Reasons = append(made.Reasons, union.Reason{Standing: union.Exempt, Finding: union.Finding{
				Where: where, Rule: "a wish of higher rank is met",
			}})
			continue
		}
		for at, each := range p.plan.conditions {
			if reason := each.reason(where+"."+each.Key, p.values[int(i)*n+at], p.needs[int(choice.Post)*n+at]); reason.Standing != union.Exempt {
				made.Reasons = append(made.Reasons, reason)
			}
		}
		switch {
		case choice.Post == p.given[i]:
			made.Answer, made.Standing = p.posts[choice.Post], union.Met
			made.Reasons = append(made.Reasons, union.Reason{Standing: union.Met, Finding: union.Finding{
				Where: where, Rule: "a place is given", Got: "wish " + text(int64(rank+1)),
			}})
		case p.allowed(i, choice.Post):
			made.Reasons = append(made.Reasons, p.taken(where, choice))
		}
	}
	if len(made.Reasons) == 0 {
		made.Reasons = []union.Reason{{Standing: union.Unmet, Finding: union.Finding{Where: "wishes", Rule: "a candidate wishes for a post", Got: "none"}}}
	}
	return made, nil
}

// taken says to whom the places of a post went that a candidate could have had.
func (p Placement) taken(where string, choice Choice) union.Reason {
	made := union.Reason{Standing: union.Unmet, Finding: union.Finding{Where: where}}
	if p.plan.spec.Method == Largest {
		made.Rule = "its places are given so that as many as possible are placed, of whom the first in order"
		made.Want = text(p.places[choice.Post]) + " placed"
		return made
	}
	made.Rule = "its places go to whom it prefers, and of one score to the first in order"
	made.Got = "a score of " + text(int64(choice.Score))
	if least, found := p.leastAdmitted(choice.Post); found {
		made.Want = text(int64(least)) + " or more"
	} else {
		made.Want = "a place"
	}
	return made
}

// leastAdmitted returns the lowest score with which a post took anybody.
func (p Placement) leastAdmitted(post int32) (least int32, found bool) {
	for number := range p.wished.Ends {
		if p.given[p.numbers[number]] != post {
			continue
		}
		for _, choice := range p.wished.list(int32(number)) {
			if choice.Post == post && (!found || choice.Score < least) {
				least, found = choice.Score, true
			}
		}
	}
	return least, found
}

// Check compares pairs that somebody else has proposed with what the placement was
// made from, and returns, in this order, what is wrong with each pair, by its
// index: somebody or a post that is not there, a candidate placed twice, a post
// that the candidate does not wish for, a condition that is not met; then each
// post, by key, with more than its places; and, under a stable matching, how many
// candidates and posts would rather have each other, by post. No candidate is
// named.
func (p Placement) Check(pairs []Pair) []union.Finding {
	c := &checking{}
	given := slices.Repeat([]int32{Unplaced}, len(p.candidates))
	lists := p.lists()
	for i, pair := range pairs {
		where := union.Indexed("pairs", i)
		candidate, known := p.who.find(pair.Candidate)
		post, offered := p.index.find(pair.Post)
		switch {
		case !known:
			c.find(where+".candidate", "a pair is of a candidate and a post", "", "one of the placement")
		case !offered:
			c.find(where+".post", "a pair is of a candidate and a post", quote.Key(pair.Post), "one of the placement")
		case given[candidate] != Unplaced:
			c.find(where+".candidate", "a candidate is given one post", "", "")
		case !slices.ContainsFunc(p.wished.list(lists[candidate]), func(c Choice) bool { return c.Post == post }):
			c.find(where+".post", "nobody is given what they do not wish for", quote.Key(pair.Post), "")
		default:
			given[candidate] = post
			c.conditions(p, where, candidate, post)
		}
	}
	p.checkPlaces(c, given)
	if p.plan != nil && p.plan.spec.Method == Stable {
		p.checkBlocking(c, given)
	}
	return c.found
}

// conditions finds the conditions of a post that a candidate does not meet.
func (c *checking) conditions(p Placement, where string, candidate, post int32) {
	n := len(p.plan.conditions)
	for at, each := range p.plan.conditions {
		reason := each.reason(where+"."+each.Key, p.values[int(candidate)*n+at], p.needs[int(post)*n+at])
		if reason.Standing != union.Met && reason.Standing != union.Exempt {
			c.found = append(c.found, reason.Finding)
		}
	}
}

// byKey returns the posts by ascending keys.
func (p Placement) byKey() []int32 {
	sorted := make([]int32, len(p.posts))
	for i := range sorted {
		sorted[i] = int32(i)
	}
	slices.SortFunc(sorted, func(a, b int32) int { return cmp.Compare(p.posts[a], p.posts[b]) })
	return sorted
}

// checkPlaces finds posts that are given to more than they take.
func (p Placement) checkPlaces(c *checking, given []int32) {
	filled := make([]int64, len(p.posts))
	for _, post := range given {
		if post != Unplaced {
			filled[post]++
		}
	}
	for _, post := range p.byKey() {
		if filled[post] > p.places[post] {
			c.find("posts["+quote.Key(p.posts[post])+"]", "a post is given to at most as many as it takes", text(filled[post]), "at most "+text(p.places[post]))
		}
	}
}

// checkBlocking finds posts with candidates who would rather have them, and whom
// they would rather have.
func (p Placement) checkBlocking(c *checking, given []int32) {
	held := make([][]uint64, len(p.posts)) // by post, whom it has
	for number := range p.wished.Ends {
		for _, choice := range p.wished.list(int32(number)) {
			if given[p.numbers[number]] == choice.Post {
				held[choice.Post] = append(held[choice.Post], offerOf(int32(number), choice.Score))
			}
		}
	}
	blocking := make([]int64, len(p.posts))
	for number := range p.wished.Ends {
		candidate := p.numbers[number]
		for _, choice := range p.wished.list(int32(number)) {
			if given[candidate] == choice.Post {
				break
			}
			free := int64(len(held[choice.Post])) < p.places[choice.Post]
			offer := offerOf(int32(number), choice.Score)
			rather := slices.ContainsFunc(held[choice.Post], func(other uint64) bool { return other < offer })
			if p.allowed(candidate, choice.Post) && (free || rather && p.places[choice.Post] > 0) {
				blocking[choice.Post]++
			}
		}
	}
	for _, post := range p.byKey() {
		if blocking[post] > 0 {
			c.find("posts["+quote.Key(p.posts[post])+"]", "no candidate and post would both rather have each other", text(blocking[post])+" candidates", "none")
		}
	}
}

// Figures returns the figures of a placement, each with its working:
// employment.matching.candidates, .matched, .unmatched, .places and .left, and
// .matched.first, those whose first wish is met. It fails with [union.ErrRule] if
// m did not make the placement, and with [union.ErrOverflow] if the places together
// do not fit.
func (m Matching) Figures(p Placement) ([]union.Figure, error) {
	if p.rule != m.ID() || p.rule.IsZero() {
		return nil, union.NewFault(union.ErrRule, "placement", p.rule.String(), m.ID().String())
	}
	pairs := p.Pairs()
	var first, places int64
	for _, pair := range pairs {
		if pair.Wish == 1 {
			first++
		}
	}
	for i, each := range p.places {
		sum, fits := exact.Add(places, each)
		if !fits {
			return nil, union.NewFault(union.ErrOverflow, union.Indexed("posts", i)+".places", text(each), "")
		}
		places = sum
	}
	list := union.NewFigureList("employment.Matching.Figures", m.Rule())
	all, matched := int64(len(p.candidates)), int64(len(pairs))
	candidates, offered := union.InputOf("求职人数", all), union.InputOf(openingsTitle, places)
	list.Count("employment.matching.candidates", "参加匹配求职人数", union.Persons, all)
	list.Count("employment.matching.matched", "匹配成功人数", union.Persons, matched, candidates, offered)
	list.Count("employment.matching.matched.first", "首选岗位匹配人数", union.Persons, first, candidates)
	list.Count("employment.matching.unmatched", "未匹配人数", union.Persons, all-matched, candidates)
	list.Count("employment.matching.places", openingsTitle, union.Posts, places)
	list.Count("employment.matching.left", "剩余岗位数", union.Posts, places-matched, offered)
	return list.Figures()
}
