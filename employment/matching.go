package employment

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// ErrTie is the fault of a preference that leaves open which of two comes first
// where nothing is given that decides it.
var ErrTie = errors.New("a tie that nothing decides")

// matchingDocument is the kind and number of a matching's JSON.
const matchingDocument = "employment.matching/1"

// A Method says what a matching looks for. The empty Method is none.
type Method string

// The methods.
const (
	Stable  Method = "stable"  // no candidate and post would both rather have each other; the best such for every candidate
	Largest Method = "largest" // as many candidates placed as possible
)

// Ties say what decides between wishes of one rank and candidates of one score.
// The empty Ties are none.
type Ties string

// The ways of dealing with ties.
const (
	RefuseTies Ties = "refuse" // a tie is a fault
	ByOrder    Ties = "order"  // the lower Order comes first, such as the number on a register; no two candidates share one
)

// A MatchingSpec describes how candidates are proposed to posts.
type MatchingSpec struct {
	union.Rule
	Method     Method      `json:"method"`
	Ties       Ties        `json:"ties"` // of Largest: order, which decides who is left out
	Conditions []Condition `json:"conditions,omitempty"`
}

// A Candidate is a seeker with wishes. The Key is a token of the caller's making.
type Candidate struct {
	Key    string            `json:"key"`
	Order  int64             `json:"order,omitempty"`
	Has    map[string]string `json:"has,omitempty"` // by condition, a term or a number; without one: unknown
	Wishes []Wish            `json:"wishes"`        // nobody is placed anywhere else
}

// A Wish is a post that a candidate would take.
type Wish struct {
	Post  string `json:"post"`
	Rank  int    `json:"rank"`  // 1: most wanted
	Score int32  `json:"score"` // points that the post's employer gives the candidate; more are better
}

// A Post is offered to candidates, with as many places as it has openings.
type Post struct {
	Key    string              `json:"key"`
	Places int64               `json:"places"`
	Order  int64               `json:"order,omitempty"`
	Needs  map[string][]string `json:"needs,omitempty"` // by condition: a term, terms of which one will do, or an interval
}

// A Matching is the rule under which candidates are proposed to posts. It never
// changes once made. The zero Matching refuses everybody.
type Matching struct{ plan *matchingPlan }

type matchingPlan struct {
	spec       MatchingSpec
	id         union.RuleID
	conditions []condition
}

// NewMatching returns the matching that spec describes.
//
// It reports all the faults it finds, joined, each a [*union.Fault] that says
// where in spec:
//   - [union.ErrMissing], for a key, version, title, source, method or ties that
//     is not given, for a condition of no kind, and for limits without a provision;
//   - [union.ErrUnknown], for a method or ties that are none;
//   - [union.ErrRange], for a largest matching whose ties are not by order;
//   - [union.ErrText], for a key that is none, and [union.ErrRepeated], for one
//     given twice and for a condition of two kinds;
//   - whatever [union.NewCodes] reports of a list, and [union.IdentifyRule].
func NewMatching(spec MatchingSpec) (Matching, error) {
	spec.Conditions = slices.Clone(spec.Conditions)
	made := &matchingPlan{spec: spec}
	var faults union.FaultList
	faults.Within("", spec.Check())
	choice(&faults, "method", spec.Method, Stable, Largest)
	choice(&faults, "ties", spec.Ties, RefuseTies, ByOrder)
	if spec.Method == Largest && spec.Ties == RefuseTies {
		faults.Add(union.ErrRange, "ties", string(spec.Ties), string(ByOrder)+", which decides who is left out")
	}
	seen := map[string]bool{}
	for i := range spec.Conditions {
		spec.Conditions[i] = spec.Conditions[i].clone()
		made.conditions = append(made.conditions, readCondition(&faults, union.Indexed("conditions", i), spec.Conditions[i], seen))
	}
	if err := faults.Err(); err != nil {
		return Matching{}, err
	}
	id, err := union.IdentifyRule(matchingDocument, made.spec)
	if err != nil {
		return Matching{}, err
	}
	made.id = id
	return Matching{plan: made}, nil
}

// read returns the plan of m, which of the zero Matching is empty.
func (m Matching) read() *matchingPlan {
	if m.plan == nil {
		return &matchingPlan{}
	}
	return m.plan
}

// ID returns the identity of the rule, which covers all that it says.
func (m Matching) ID() union.RuleID { return m.read().id }

// Rule returns what the matching says of itself as a rule.
func (m Matching) Rule() union.Rule { return m.read().spec.Rule }

// Spec returns a copy of what the matching was made from.
func (m Matching) Spec() MatchingSpec {
	spec := m.read().spec
	spec.Conditions = slices.Clone(spec.Conditions)
	for i := range spec.Conditions {
		spec.Conditions[i] = spec.Conditions[i].clone()
	}
	return spec
}

// MarshalJSON writes the matching as the canonical document
// "employment.matching/1". The zero Matching has none, which is
// [union.ErrMissing].
func (m Matching) MarshalJSON() ([]byte, error) {
	return union.WriteRule(matchingDocument, m.read().spec)
}

// UnmarshalJSON reads the document "employment.matching/1" as [NewMatching] checks
// it, with the faults of [union.ReadRule] and of NewMatching. On error m is
// unchanged.
func (m *Matching) UnmarshalJSON(data []byte) error {
	var spec MatchingSpec
	if err := union.ReadRule(data, matchingDocument, &spec); err != nil {
		return err
	}
	made, err := NewMatching(spec)
	if err != nil {
		return err
	}
	*m = made
	return nil
}

// Match proposes candidates to posts. The result depends on what they say, not on
// the order in which they are listed. It reports the first of these faults, none
// quoting a candidate, and then places nobody; posts come before candidates, each
// in the order given:
//   - [union.ErrRule], for the zero Matching;
//   - those of [union.CheckToken], for a key, and [union.ErrRepeated], for one
//     given before;
//   - [union.ErrRange], for a post with fewer than 0 places, for a wish of rank
//     below 1, and for two needs where a condition has one;
//   - [union.ErrUnknown], for a condition or a term that the matching does not
//     list, and for a wish for a post that is not there;
//   - [union.ErrText], for a number or an interval that is none, and
//     [union.ErrOrder], for an interval that holds nothing;
//   - [union.ErrRepeated], for a post that a candidate wishes for twice;
//   - [ErrTie], for two wishes of one rank and two candidates whom a post gives
//     one score, unless ties are decided by order, and then for two candidates
//     with one Order, and two posts with one that have one rank with somebody.
func (m Matching) Match(candidates []Candidate, posts []Post) (Placement, error) {
	if m.plan == nil {
		return Placement{}, union.NewFault(union.ErrRule, "matching", "", "a matching that was made")
	}
	made := Placement{rule: m.ID(), plan: m.plan}
	if err := made.readPosts(posts); err != nil {
		return Placement{}, err
	}
	if err := made.readCandidates(candidates); err != nil {
		return Placement{}, err
	}
	numbers, err := made.number(candidates)
	if err != nil {
		return Placement{}, err
	}
	if err := made.readWishes(candidates, posts, numbers); err != nil {
		return Placement{}, err
	}
	possible := made.possible()
	if m.plan.spec.Ties == RefuseTies {
		if err := refuseTies(possible, numbers, made.posts); err != nil {
			return Placement{}, err
		}
	}
	find := possible.Stable
	if m.plan.spec.Method == Largest {
		find = possible.Largest
	}
	given, err := find()
	if err != nil {
		return Placement{}, err
	}
	made.given = make([]int32, len(candidates))
	for number, post := range given {
		made.given[numbers[number]] = post
	}
	return made, nil
}

// readPosts reads the posts.
func (p *Placement) readPosts(posts []Post) error {
	p.posts, p.places = make([]string, len(posts)), make([]int64, len(posts))
	p.index = newIndex(p.posts)
	p.needs = make([]need, 0, len(posts)*len(p.plan.conditions))
	for i, post := range posts {
		where := union.Indexed("posts", i)
		spot := p.index.spot(post.Key)
		p.posts[i] = post.Key
		if err := token(post.Key, &spot, &p.index, int32(i)); err != nil {
			return union.Within(where, err)
		}
		if post.Places < 0 {
			return union.NewFault(union.ErrRange, where+".places", text(post.Places), "0 or more")
		}
		p.places[i] = post.Places
		for _, key := range sortedKeys(post.Needs) {
			if !p.plan.has(key) {
				return union.NewFault(union.ErrUnknown, where+".needs["+quote.Key(key)+"]", "", "a condition of the matching")
			}
		}
		for _, each := range p.plan.conditions {
			need, err := each.need(post.Needs[each.Key])
			if err != nil {
				return union.Within(where+".needs["+quote.Key(each.Key)+"]", err)
			}
			p.needs = append(p.needs, need)
		}
	}
	return nil
}

// token enters a key that is one, and did not come before.
func token(key string, at *spot, into *index, number int32) error {
	if err := union.CheckToken(key); err != nil {
		return union.Within("key", err)
	}
	if !into.addAt(number, at) {
		return union.NewFault(union.ErrRepeated, "key", "", "a new key")
	}
	return nil
}

// has reports whether the matching has a condition.
func (p *matchingPlan) has(key string) bool {
	return slices.ContainsFunc(p.conditions, func(c condition) bool { return c.Key == key })
}

// sortedKeys returns the keys of a map, ascending, and none of most maps without
// allocating.
func sortedKeys[V any](of map[string]V) []string {
	if len(of) == 0 {
		return nil
	}
	keys := make([]string, 0, len(of))
	for key := range of {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// readCandidates reads all of the candidates but their wishes.
func (p *Placement) readCandidates(candidates []Candidate) error {
	p.candidates = make([]string, len(candidates))
	p.who = newIndex(p.candidates)
	p.values = make([]value, 0, len(candidates)*len(p.plan.conditions))
	var spots [ahead]spot
	for i := range candidates {
		candidate := &candidates[i]
		if i%ahead == 0 {
			for at := range min(ahead, len(candidates)-i) {
				spots[at] = p.who.spot(candidates[i+at].Key)
			}
		}
		p.candidates[i] = candidate.Key
		if err := token(candidate.Key, &spots[i%ahead], &p.who, int32(i)); err != nil {
			return union.Within(union.Indexed("candidates", i), err)
		}
		for _, key := range sortedKeys(candidate.Has) {
			if !p.plan.has(key) {
				return union.NewFault(union.ErrUnknown, union.Indexed("candidates", i)+".has["+quote.Key(key)+"]", "", "a condition of the matching")
			}
		}
		for _, each := range p.plan.conditions {
			value, err := each.value(candidate.Has[each.Key])
			if err != nil {
				return union.Within(union.Indexed("candidates", i)+".has["+quote.Key(each.Key)+"]", err)
			}
			p.values = append(p.values, value)
		}
	}
	return nil
}

// number returns the candidates in the order of their numbers, by which ties are
// decided, if anything does.
func (p *Placement) number(candidates []Candidate) ([]int32, error) {
	numbers := make([]int32, len(candidates))
	for i := range numbers {
		numbers[i] = int32(i)
	}
	if p.plan.spec.Ties != ByOrder {
		return numbers, nil
	}
	if !slices.IsSortedFunc(candidates, func(a, b Candidate) int { return cmp.Compare(a.Order, b.Order) }) {
		slices.SortStableFunc(numbers, func(a, b int32) int { return cmp.Compare(candidates[a].Order, candidates[b].Order) })
	}
	for i := 1; i < len(numbers); i++ {
		if candidates[numbers[i-1]].Order == candidates[numbers[i]].Order {
			return nil, union.NewFault(ErrTie, union.Indexed("candidates", int(numbers[i]))+".order", text(candidates[numbers[i]].Order), "an order of its own")
		}
	}
	return numbers, nil
}

// readWishes codes the wishes, by number of the candidate.
func (p *Placement) readWishes(candidates []Candidate, posts []Post, numbers []int32) error {
	total := 0
	for i := range candidates {
		total += len(candidates[i].Wishes)
	}
	p.wished = Preferences{Places: p.places, Choices: make([]Choice, 0, total), Ends: make([]int32, 0, len(candidates))}
	p.numbers = numbers
	last := make([]int32, len(posts))
	choices := p.wished.Choices
	var spots [ahead]spot
	for _, i := range numbers {
		wishes := candidates[i].Wishes
		start, ascending, before := len(choices), true, 0
		for at := range wishes {
			if at%ahead == 0 {
				for next := range min(ahead, len(wishes)-at) {
					spots[next] = p.index.spot(wishes[at+next].Post)
				}
			}
			wish := &wishes[at]
			post, ok := p.index.findAt(wish.Post, &spots[at%ahead])
			if !ok || last[post] == i+1 || wish.Rank < 1 {
				return refusedWish(i, at, *wish, ok)
			}
			last[post] = i + 1
			ascending, before = ascending && wish.Rank > before, wish.Rank
			choices = append(choices, Choice{Post: post, Score: wish.Score})
		}
		if !ascending {
			if err := p.plan.sort(choices[start:], wishes, posts, i); err != nil {
				return err
			}
		}
		p.wished.Ends = append(p.wished.Ends, int32(len(choices)))
	}
	p.wished.Choices = choices
	return nil
}

// A codedWish is a wish with its place in the candidate's list.
type codedWish struct {
	rank, at int
	choice   Choice
}

func whereWish(candidate int32, at int) string {
	return union.Indexed(union.Indexed("candidates", int(candidate))+".wishes", at)
}

// refusedWish says what is wrong with a wish.
func refusedWish(candidate int32, at int, wish Wish, known bool) error {
	where := whereWish(candidate, at)
	switch {
	case !known:
		return union.NewFault(union.ErrUnknown, where+".post", quote.Key(wish.Post), "a post of the matching")
	case wish.Rank < 1:
		return union.NewFault(union.ErrRange, where+".rank", text(int64(wish.Rank)), "1 or more")
	}
	return union.NewFault(union.ErrRepeated, where+".post", quote.Key(wish.Post), "a post not wished for before")
}

// sort puts the wishes of a candidate in the order of their ranks, and refuses two
// of one rank unless the posts' orders tell which comes first.
func (p *matchingPlan) sort(choices []Choice, wishes []Wish, posts []Post, candidate int32) error {
	list := make([]codedWish, len(choices))
	for at, choice := range choices {
		list[at] = codedWish{rank: wishes[at].Rank, at: at, choice: choice}
	}
	order := func(w codedWish) int64 { return posts[w.choice.Post].Order }
	slices.SortFunc(list, func(a, b codedWish) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(order(a), order(b)), cmp.Compare(a.at, b.at))
	})
	for i, each := range list {
		choices[i] = each.choice
		if i == 0 || each.rank != list[i-1].rank {
			continue
		}
		if p.spec.Ties == RefuseTies || order(each) == order(list[i-1]) {
			return union.NewFault(ErrTie, whereWish(candidate, each.at)+".rank", text(int64(each.rank)), "a rank of its own")
		}
	}
	return nil
}

// possible returns the wishes that no condition stands against.
func (p *Placement) possible() Preferences {
	if len(p.plan.conditions) == 0 {
		return p.wished
	}
	made := Preferences{Places: p.places, Ends: make([]int32, 0, len(p.wished.Ends))}
	for number := range p.wished.Ends {
		for _, choice := range p.wished.list(int32(number)) {
			if p.allowed(p.numbers[number], choice.Post) {
				made.Choices = append(made.Choices, choice)
			}
		}
		made.Ends = append(made.Ends, int32(len(made.Choices)))
	}
	return made
}

// allowed reports whether a candidate meets every condition of a post.
func (p *Placement) allowed(candidate, post int32) bool {
	n := len(p.plan.conditions)
	values, needs := p.values[int(candidate)*n:], p.needs[int(post)*n:]
	for i, each := range p.plan.conditions {
		if standing := each.standing(values[i], needs[i]); standing != union.Met && standing != union.Exempt {
			return false
		}
	}
	return true
}

// refuseTies refuses two candidates whom a post gives one score, if both can have
// it.
func refuseTies(possible Preferences, numbers []int32, posts []string) error {
	starts := make([]int32, len(possible.Places)+1)
	for _, choice := range possible.Choices {
		starts[choice.Post+1]++
	}
	for post := range possible.Places {
		starts[post+1] += starts[post]
	}
	byPost, filled := make([]uint64, len(possible.Choices)), slices.Clone(starts)
	for number := range possible.Ends {
		for _, choice := range possible.list(int32(number)) {
			byPost[filled[choice.Post]] = offerOf(numbers[number], choice.Score)
			filled[choice.Post]++
		}
	}
	for post := range possible.Places {
		offers := byPost[starts[post]:starts[post+1]]
		slices.Sort(offers)
		for i := 1; i < len(offers); i++ {
			if offers[i]>>32 == offers[i-1]>>32 {
				score := int32(uint32(offers[i]>>32) ^ 1<<31)
				return union.NewFault(ErrTie, "posts["+quote.Key(posts[post])+"]", "two candidates with a score of "+text(int64(score)), "a score of its own for each")
			}
		}
	}
	return nil
}

// sortedCandidates returns the indexes of the candidates by ascending keys.
func (p Placement) sortedCandidates() []int32 {
	sorted := make([]int32, len(p.candidates))
	for i := range sorted {
		sorted[i] = int32(i)
	}
	slices.SortFunc(sorted, func(a, b int32) int { return strings.Compare(p.candidates[a], p.candidates[b]) })
	return sorted
}
