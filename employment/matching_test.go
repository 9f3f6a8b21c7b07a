package employment_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/employment"
	"github.com/unioncampaign/union/internal/laws"
)

// isStable says, by the definition, whether a given matching is one that no
// candidate and post would both rather leave.
func isStable(p employment.Preferences, given []int32) bool {
	for candidate := range p.Ends {
		for _, choice := range listOf(p, candidate) {
			if given[candidate] == choice.Post {
				break // the rest is wanted less
			}
			var held, less int64
			for other := range p.Ends {
				if given[other] != choice.Post {
					continue
				}
				held++
				if score := scoreOf(p, other, choice.Post); score < choice.Score || score == choice.Score && other > candidate {
					less++
				}
			}
			if held < p.Places[choice.Post] || less > 0 {
				return false
			}
		}
	}
	return true
}

func listOf(p employment.Preferences, candidate int) []employment.Choice {
	start := int32(0)
	if candidate > 0 {
		start = p.Ends[candidate-1]
	}
	return p.Choices[start:p.Ends[candidate]]
}

func scoreOf(p employment.Preferences, candidate int, post int32) int32 {
	for _, choice := range listOf(p, candidate) {
		if choice.Post == post {
			return choice.Score
		}
	}
	panic("a post that is not wished for")
}

// rankOf is how far down its list a candidate's post stands; last of all is none.
func rankOf(p employment.Preferences, candidate int, post int32) int {
	list := listOf(p, candidate)
	for rank, choice := range list {
		if choice.Post == post {
			return rank
		}
	}
	return len(list)
}

// everyMatching calls visit with each matching within the places.
func everyMatching(p employment.Preferences, visit func(given []int32)) {
	given, left := make([]int32, len(p.Ends)), slices.Clone(p.Places)
	var from func(candidate int)
	from = func(candidate int) {
		if candidate == len(given) {
			visit(given)
			return
		}
		given[candidate] = employment.Unplaced
		from(candidate + 1)
		for _, choice := range listOf(p, candidate) {
			if left[choice.Post] > 0 {
				left[choice.Post]--
				given[candidate] = choice.Post
				from(candidate + 1)
				left[choice.Post]++
			}
		}
	}
	from(0)
}

// bestStable is the stable matching that gives every candidate the best post that
// any stable matching gives, found by trying all.
func bestStable(p employment.Preferences) (best []int32) {
	everyMatching(p, func(given []int32) {
		if !isStable(p, given) {
			return
		}
		if best == nil {
			best = slices.Clone(given)
			return
		}
		for candidate, post := range given {
			if rankOf(p, candidate, post) < rankOf(p, candidate, best[candidate]) {
				best[candidate] = post
			}
		}
	})
	return best
}

// firstLargest is who is placed, in the largest matching whose candidates come
// first, found by trying all.
func firstLargest(p employment.Preferences) (best []bool) {
	most := -1
	everyMatching(p, func(given []int32) {
		n, placed := 0, make([]bool, len(given))
		for candidate, post := range given {
			if post != employment.Unplaced {
				n, placed[candidate] = n+1, true
			}
		}
		if n > most || n == most && before(placed, best) {
			most, best = n, placed
		}
	})
	return best
}

func before(a, b []bool) bool {
	for i := range a {
		if a[i] != b[i] {
			return a[i]
		}
	}
	return false
}

func placedOf(given []int32) []bool {
	placed := make([]bool, len(given))
	for candidate, post := range given {
		placed[candidate] = post != employment.Unplaced
	}
	return placed
}

// The small worlds: three candidates with every list of two posts, every order in
// which each post prefers them, and every number of places from none to two.
func smallWorlds(visit func(employment.Preferences)) {
	lists := [][]int32{{}, {0}, {1}, {0, 1}, {1, 0}}
	orders := [][]int32{{1, 2, 3}, {1, 3, 2}, {2, 1, 3}, {2, 3, 1}, {3, 1, 2}, {3, 2, 1}}
	for world := range 5 * 5 * 5 * 6 * 6 * 3 * 3 {
		take := func(n int) int { digit := world % n; world /= n; return digit }
		chosen := [][]int32{lists[take(5)], lists[take(5)], lists[take(5)]}
		scores := [][]int32{orders[take(6)], orders[take(6)]}
		made := employment.Preferences{Places: []int64{int64(take(3)), int64(take(3))}}
		for candidate, list := range chosen {
			for _, post := range list {
				made.Choices = append(made.Choices, employment.Choice{Post: post, Score: scores[post][candidate]})
			}
			made.Ends = append(made.Ends, int32(len(made.Choices)))
		}
		visit(made)
	}
}

func TestEverySmallWorldIsMatchedAsTryingAllDoes(t *testing.T) {
	worlds := 0
	smallWorlds(func(p employment.Preferences) {
		worlds++
		stable, err := p.Stable()
		if err != nil || !slices.Equal(stable, bestStable(p)) {
			t.Fatalf("%+v: stable %v, %v; trying all: %v", p, stable, err, bestStable(p))
		}
		largest, err := p.Largest()
		if err != nil || !slices.Equal(placedOf(largest), firstLargest(p)) {
			t.Fatalf("%+v: largest %v, %v; trying all: %v", p, largest, err, firstLargest(p))
		}
	})
	assert.Equal(t, 40_500, worlds)
}

// drawPreferences draws up to five candidates and four posts, scores with ties
// that the numbers decide.
func drawPreferences(r *rapid.T) employment.Preferences {
	var made employment.Preferences
	posts := rapid.IntRange(0, 4).Draw(r, "posts")
	all := make([]int32, posts)
	for post := range all {
		all[post] = int32(post)
		made.Places = append(made.Places, rapid.Int64Range(0, 2).Draw(r, "places"))
	}
	for range rapid.IntRange(0, 5).Draw(r, "candidates") {
		if posts > 0 {
			list := rapid.Permutation(all).Draw(r, "list")
			for _, post := range list[:rapid.IntRange(0, posts).Draw(r, "length")] {
				made.Choices = append(made.Choices, employment.Choice{Post: post, Score: rapid.Int32Range(-1, 2).Draw(r, "score")})
			}
		}
		made.Ends = append(made.Ends, int32(len(made.Choices)))
	}
	return made
}

// A matcher gives posts to coded candidates.
type matcher func(employment.Preferences) ([]int32, error)

func isBestStable(match matcher) laws.Law {
	return func(r *rapid.T) error {
		p := drawPreferences(r)
		given, err := match(p)
		if err != nil {
			return err
		}
		return equal("given", given, bestStable(p))
	}
}

// firstCome gives each candidate in turn the first wish with a place left.
func firstCome(p employment.Preferences) ([]int32, error) {
	left, given := slices.Clone(p.Places), make([]int32, len(p.Ends))
	for candidate := range p.Ends {
		given[candidate] = employment.Unplaced
		for _, choice := range listOf(p, candidate) {
			if left[choice.Post] > 0 {
				left[choice.Post]--
				given[candidate] = choice.Post
				break
			}
		}
	}
	return given, nil
}

func TestStableIsTheBestForEveryCandidate(t *testing.T) {
	laws.Holds(t, isBestStable(employment.Preferences.Stable))
	laws.Rejects(t, isBestStable(firstCome))
	laws.Rejects(t, isBestStable(func(p employment.Preferences) ([]int32, error) {
		for i := range p.Choices { // points count the wrong way
			p.Choices[i].Score = -p.Choices[i].Score
		}
		given, err := p.Stable()
		for i := range p.Choices {
			p.Choices[i].Score = -p.Choices[i].Score
		}
		return given, err
	}))
}

// anotherPost says that a post more lowers the number placed of no largest
// matching, which is the most that trying all finds.
func anotherPost(match matcher) laws.Law {
	return func(r *rapid.T) error {
		p := drawPreferences(r)
		if len(p.Places) == 0 {
			return nil
		}
		fewer := p
		fewer.Places = slices.Clone(p.Places)
		fewer.Places[len(p.Places)-1] = 0
		with, err := match(p)
		if err != nil {
			return err
		}
		without, err := match(fewer)
		if err != nil {
			return err
		}
		count := func(placed []bool) (n int) {
			for _, each := range placed {
				if each {
					n++
				}
			}
			return n
		}
		if count(placedOf(with)) < count(placedOf(without)) {
			return fmt.Errorf("%v with a post more, %v without", with, without)
		}
		return equal("placed", placedOf(with), firstLargest(p))
	}
}

func TestLargestPlacesAsManyAsCanBe(t *testing.T) {
	laws.Holds(t, anotherPost(employment.Preferences.Largest))
	laws.Rejects(t, anotherPost(firstCome))
	laws.Rejects(t, anotherPost(employment.Preferences.Stable))
}

// anotherPostHarmsNobody says that under a stable matching a post more leaves no
// candidate with a post that is wanted less.
func anotherPostHarmsNobody(match matcher) laws.Law {
	return func(r *rapid.T) error {
		p := drawPreferences(r)
		if len(p.Places) == 0 {
			return nil
		}
		fewer := p
		fewer.Places = slices.Clone(p.Places)
		fewer.Places[0] = 0
		with, err := match(p)
		if err != nil {
			return err
		}
		without, err := match(fewer)
		if err != nil {
			return err
		}
		for candidate := range p.Ends {
			if rankOf(p, candidate, with[candidate]) > rankOf(p, candidate, without[candidate]) {
				return fmt.Errorf("candidate %d: %d with a post more, %d without", candidate, with[candidate], without[candidate])
			}
		}
		return nil
	}
}

func TestAPostMoreHarmsNobody(t *testing.T) {
	laws.Holds(t, anotherPostHarmsNobody(employment.Preferences.Stable))
	laws.Rejects(t, anotherPostHarmsNobody(func(p employment.Preferences) ([]int32, error) {
		given := slices.Repeat([]int32{employment.Unplaced}, len(p.Ends))
		for post, places := range p.Places { // posts take whom they like, in turn
			for range places {
				best := -1
				for candidate := range p.Ends {
					wishes := rankOf(p, candidate, int32(post)) < len(listOf(p, candidate))
					if given[candidate] == employment.Unplaced && wishes &&
						(best < 0 || scoreOf(p, candidate, int32(post)) > scoreOf(p, best, int32(post))) {
						best = candidate
					}
				}
				if best >= 0 {
					given[best] = int32(post)
				}
			}
		}
		return given, nil
	}))
}

// A thousand posts are too many to try all, but not to look for a pair that would
// rather have each other, or for a way to place one more.
func TestALargeMarketHasNoBlockingPair(t *testing.T) {
	random := rand.New(rand.NewPCG(1962, 6))
	const candidates, posts, length = 6000, 1000, 10
	var p employment.Preferences
	for range posts {
		p.Places = append(p.Places, random.Int64N(10))
	}
	for range candidates {
		for _, post := range random.Perm(posts)[:length] {
			p.Choices = append(p.Choices, employment.Choice{Post: int32(post), Score: random.Int32N(100)})
		}
		p.Ends = append(p.Ends, int32(len(p.Choices)))
	}
	given, err := p.Stable()
	require.NoError(t, err)
	assert.True(t, isStable(p, given))
	largest, err := p.Largest()
	require.NoError(t, err)
	for name, each := range map[string][]int32{"stable": given, "largest": largest} {
		left := slices.Clone(p.Places)
		for candidate, post := range each {
			if post == employment.Unplaced {
				continue
			}
			left[post]--
			require.Less(t, rankOf(p, candidate, post), length, name)
		}
		assert.GreaterOrEqual(t, slices.Min(left), int64(0), name)
	}
	assert.False(t, augments(p, largest), "nobody more can be placed")
}

// augments reports whether some unplaced candidate reaches a place by moving
// others: then there would be a larger matching.
func augments(p employment.Preferences, given []int32) bool {
	holders, seen := make([][]int, len(p.Places)), make([]bool, len(p.Places))
	var queue []int
	for candidate, post := range given {
		if post == employment.Unplaced {
			queue = append(queue, candidate)
		} else {
			holders[post] = append(holders[post], candidate)
		}
	}
	for len(queue) > 0 {
		candidate := queue[0]
		queue = queue[1:]
		for _, choice := range listOf(p, candidate) {
			if seen[choice.Post] {
				continue
			}
			seen[choice.Post] = true
			if int64(len(holders[choice.Post])) < p.Places[choice.Post] {
				return true
			}
			queue = append(queue, holders[choice.Post]...)
		}
	}
	return false
}

// sampleMatchingSpec asks for schooling, a place and, where a provision allows it,
// an age.
func sampleMatchingSpec() employment.MatchingSpec {
	schooling := list("schooling", union.Term{Key: "school", Title: "高中"}, union.Term{Key: "college", Title: "大专"}, union.Term{Key: "degree", Title: "本科"})
	places := list("places", union.Term{Key: "east", Title: "城东"}, union.Term{Key: "west", Title: "城西"})
	return employment.MatchingSpec{
		Rule:   union.Rule{Key: "matching", Version: "1", Title: "人岗匹配", Source: "made up for the sample"},
		Method: employment.Stable, Ties: employment.ByOrder,
		Conditions: []employment.Condition{
			{Key: "schooling", Title: "文化程度", Least: &schooling},
			{Key: "place", Title: "居住地", Among: &places},
			{Key: "age", Title: "年龄", Between: &employment.Limits{Basis: "特种作业规定"}},
		},
	}
}

func samplePosts() []employment.Post {
	return []employment.Post{
		{Key: "fitter", Places: 1, Order: 1, Needs: map[string][]string{"schooling": {"college"}, "age": {"[18,)"}}},
		{Key: "waiter", Places: 2, Order: 2, Needs: map[string][]string{"place": {"east", "west"}}},
	}
}

// Of the sample's candidates ann and bob may be fitters, of whom bob has more
// points; cem has too little schooling; dan has not said where he lives.
func sampleCandidates() []employment.Candidate {
	return []employment.Candidate{
		{Key: "ann", Order: 1, Has: map[string]string{"schooling": "college", "place": "east", "age": "30"}, Wishes: []employment.Wish{{Post: "fitter", Rank: 1, Score: 70}, {Post: "waiter", Rank: 2, Score: 50}}},
		{Key: "bob", Order: 2, Has: map[string]string{"schooling": "degree", "age": "18"}, Wishes: []employment.Wish{{Post: "fitter", Rank: 1, Score: 80}}},
		{Key: "cem", Order: 3, Has: map[string]string{"schooling": "school", "age": "40"}, Wishes: []employment.Wish{{Post: "fitter", Rank: 1, Score: 90}}},
		{Key: "dan", Order: 4, Wishes: []employment.Wish{{Post: "waiter", Rank: 1, Score: 60}}},
		{Key: "eva", Order: 5},
	}
}

func sampleMatching() employment.Matching { return must(employment.NewMatching(sampleMatchingSpec())) }

func TestEachPairAndEachUnmatchedHasItsReasons(t *testing.T) {
	placement, err := sampleMatching().Match(sampleCandidates(), samplePosts())
	require.NoError(t, err)
	assert.Equal(t, []employment.Pair{{Candidate: "ann", Post: "waiter", Wish: 2}, {Candidate: "bob", Post: "fitter", Wish: 1}}, placement.Pairs())
	assert.Equal(t, []string{"cem", "dan", "eva"}, placement.Unmatched())
	why := func(candidate string) (said []string) {
		verdict := must(placement.Why(candidate))
		said = append(said, verdict.Answer+" "+verdict.Standing.String())
		for _, reason := range verdict.Reasons {
			said = append(said, reason.Standing.String()+" "+reason.String())
		}
		return said
	}
	assert.Equal(t, []string{
		"waiter met",
		`met posts["fitter"].schooling: 文化程度: got 大专, want 大专及以上`,
		`met posts["fitter"].age: 年龄: got 30, want [18,)，特种作业规定`,
		`unmet posts["fitter"]: its places go to whom it prefers, and of one score to the first in order: got a score of 70, want 80 or more`,
		`met posts["waiter"].place: 居住地: got 城东, want 城东、城西`,
		`met posts["waiter"]: a place is given: got wish 2`,
	}, why("ann"))
	assert.Equal(t, []string{
		" unmet",
		`unmet posts["fitter"].schooling: 文化程度: got 高中, want 大专及以上`,
		`met posts["fitter"].age: 年龄: got 40, want [18,)，特种作业规定`,
	}, why("cem"))
	assert.Equal(t, []string{" unmet", `unknown posts["waiter"].place: 居住地: want 城东、城西`}, why("dan"))
	assert.Equal(t, []string{" unmet", "unmet wishes: a candidate wishes for a post: got none"}, why("eva"))
	_, err = placement.Why("stranger")
	require.ErrorIs(t, err, union.ErrUnknown)
	assert.NotContains(t, err.Error(), "stranger")
}

// A proposal proposes candidates to posts.
type proposal func([]employment.Candidate, []employment.Post) (employment.Placement, error)

// drawMarket draws candidates of different orders and posts with conditions.
func drawMarket(r *rapid.T) ([]employment.Candidate, []employment.Post) {
	var candidates []employment.Candidate
	var posts []employment.Post
	names := []string{"p", "q", "r"}[:rapid.IntRange(1, 3).Draw(r, "posts")]
	for i, name := range names {
		post := employment.Post{Key: name, Places: rapid.Int64Range(0, 2).Draw(r, "places"), Order: int64(i), Needs: map[string][]string{}}
		if needed := rapid.SampledFrom([]string{"", "school", "degree"}).Draw(r, "needed"); needed != "" {
			post.Needs["schooling"] = []string{needed}
		}
		posts = append(posts, post)
	}
	for i := range rapid.IntRange(0, 5).Draw(r, "candidates") {
		each := employment.Candidate{Key: fmt.Sprint("c", i), Order: int64(i), Has: map[string]string{}}
		if has := rapid.SampledFrom([]string{"", "school", "college", "degree"}).Draw(r, "has"); has != "" {
			each.Has["schooling"] = has
		}
		for _, name := range rapid.Permutation(names).Draw(r, "wishes")[:rapid.IntRange(0, len(names)).Draw(r, "length")] {
			each.Wishes = append(each.Wishes, employment.Wish{
				Post: name, Rank: rapid.IntRange(1, 3).Draw(r, "rank"), Score: rapid.Int32Range(0, 2).Draw(r, "score"),
			})
		}
		candidates = append(candidates, each)
	}
	return candidates, posts
}

// whateverTheOrder says that shuffling candidates, posts and wishes changes no
// pair, that every pair meets every condition, and that the placement finds nothing
// wrong with itself.
func whateverTheOrder(match proposal) laws.Law {
	levels := map[string]int{"": 0, "school": 1, "college": 2, "degree": 3}
	return func(r *rapid.T) error {
		candidates, posts := drawMarket(r)
		placement, err := match(candidates, posts)
		if err != nil {
			return err
		}
		shuffled := rapid.Permutation(candidates).Draw(r, "order")
		for i := range shuffled {
			if len(shuffled[i].Wishes) > 0 {
				shuffled[i].Wishes = rapid.Permutation(shuffled[i].Wishes).Draw(r, "wishes")
			}
		}
		again, err := match(shuffled, rapid.Permutation(posts).Draw(r, "posts"))
		if err != nil {
			return err
		}
		needs, has := map[string]string{}, map[string]string{}
		for _, each := range posts {
			for _, need := range each.Needs["schooling"] {
				needs[each.Key] = need
			}
		}
		for _, each := range candidates {
			has[each.Key] = each.Has["schooling"]
		}
		for _, pair := range placement.Pairs() {
			if levels[has[pair.Candidate]] < levels[needs[pair.Post]] {
				return fmt.Errorf("%+v does not meet the condition", pair)
			}
		}
		return errors.Join(
			equal("pairs", again.Pairs(), placement.Pairs()),
			equal("unmatched", again.Unmatched(), placement.Unmatched()),
			equal("findings", placement.Check(placement.Pairs()), []union.Finding(nil)),
		)
	}
}

func TestAPlacementDoesNotDependOnTheOrderGiven(t *testing.T) {
	for _, method := range []employment.Method{employment.Stable, employment.Largest} {
		spec := sampleMatchingSpec()
		spec.Method = method
		matching := must(employment.NewMatching(spec))
		laws.Holds(t, whateverTheOrder(matching.Match))
		laws.Rejects(t, whateverTheOrder(func(candidates []employment.Candidate, posts []employment.Post) (employment.Placement, error) {
			numbered := slices.Clone(candidates)
			for i := range numbered { // who is named first comes first
				numbered[i].Order = int64(i)
			}
			return matching.Match(numbered, posts)
		}))
		laws.Rejects(t, whateverTheOrder(func(candidates []employment.Candidate, posts []employment.Post) (employment.Placement, error) {
			open := slices.Clone(posts)
			for i := range open { // conditions are forgotten
				open[i].Needs = nil
			}
			return matching.Match(candidates, open)
		}))
	}
}

func TestATieIsRefusedUnlessAnOrderDecidesIt(t *testing.T) {
	spec := sampleMatchingSpec()
	spec.Ties, spec.Conditions = employment.RefuseTies, nil
	strict := must(employment.NewMatching(spec))
	wish := func(rank int, score int32, posts ...string) (wishes []employment.Wish) {
		for _, post := range posts {
			wishes = append(wishes, employment.Wish{Post: post, Rank: rank, Score: score})
		}
		return wishes
	}
	posts := []employment.Post{{Key: "p", Places: 1, Order: 1}, {Key: "q", Places: 1, Order: 1}}
	for name, candidates := range map[string][]employment.Candidate{
		`candidates[0].wishes[1].rank: a tie that nothing decides: got 1, want a rank of its own`:                         {{Key: "a", Wishes: wish(1, 5, "p", "q")}},
		`posts["p"]: a tie that nothing decides: got two candidates with a score of 5, want a score of its own for each`:  {{Key: "a", Wishes: wish(1, 5, "p")}, {Key: "b", Wishes: wish(1, 5, "p")}},
		`posts["q"]: a tie that nothing decides: got two candidates with a score of -7, want a score of its own for each`: {{Key: "a", Wishes: wish(1, -7, "q")}, {Key: "b", Wishes: wish(1, -7, "q")}},
	} {
		_, err := strict.Match(candidates, posts)
		require.ErrorIs(t, err, employment.ErrTie, name)
		assert.Equal(t, name, err.Error())
	}
	_, err := strict.Match([]employment.Candidate{{Key: "a", Wishes: wish(1, 5, "p")}, {Key: "b", Wishes: wish(1, 6, "p")}, {Key: "c", Wishes: wish(2, 5, "q")}}, posts)
	require.NoError(t, err)

	ordered := sampleMatching()
	_, err = ordered.Match([]employment.Candidate{{Key: "a", Order: 1}, {Key: "b", Order: 1}}, posts)
	require.ErrorIs(t, err, employment.ErrTie, "one order of two candidates")
	_, err = ordered.Match([]employment.Candidate{{Key: "a", Wishes: wish(1, 5, "p", "q")}}, posts)
	require.ErrorIs(t, err, employment.ErrTie, "one order of two posts of one rank")
	posts[0].Order = 2
	placement, err := ordered.Match([]employment.Candidate{{Key: "a", Wishes: wish(1, 5, "p", "q")}}, posts)
	require.NoError(t, err)
	assert.Equal(t, []employment.Pair{{Candidate: "a", Post: "q", Wish: 1}}, placement.Pairs())
}

func TestWhatCannotBeMatchedIsRefused(t *testing.T) {
	wishes := func(posts ...string) (made []employment.Wish) {
		for i, post := range posts {
			made = append(made, employment.Wish{Post: post, Rank: i + 1})
		}
		return made
	}
	for name, each := range map[string]struct {
		candidates []employment.Candidate
		posts      []employment.Post
		want       error
		where      string
	}{
		"a stranger": {[]employment.Candidate{{Key: "a", Wishes: wishes("waiter", "nowhere")}}, samplePosts(), union.ErrUnknown, "candidates[0].wishes[1].post"},
		"a repeat":   {[]employment.Candidate{{Key: "a", Wishes: wishes("waiter", "waiter")}}, samplePosts(), union.ErrRepeated, "candidates[0].wishes[1].post"},
		"again":      {[]employment.Candidate{{Key: "a", Wishes: []employment.Wish{{Post: "waiter", Rank: 2}, {Post: "waiter", Rank: 1}}}}, samplePosts(), union.ErrRepeated, "candidates[0].wishes[1].post"},
		"no rank":    {[]employment.Candidate{{Key: "a", Wishes: []employment.Wish{{Post: "waiter"}}}}, samplePosts(), union.ErrRange, "candidates[0].wishes[0].rank"},
		"negative":   {nil, []employment.Post{{Key: "p", Places: -1}}, union.ErrRange, "posts[0].places"},
		"two posts":  {nil, []employment.Post{{Key: "p"}, {Key: "p"}}, union.ErrRepeated, "posts[1].key"},
		"no post":    {nil, []employment.Post{{}}, union.ErrMissing, "posts[0].key"},
		"twice":      {[]employment.Candidate{{Key: "a"}, {Key: "a", Order: 1}}, nil, union.ErrRepeated, "candidates[1].key"},
		"condition":  {[]employment.Candidate{{Key: "a", Has: map[string]string{"height": "1"}}}, nil, union.ErrUnknown, `candidates[0].has["height"]`},
		"schooling":  {[]employment.Candidate{{Key: "a", Has: map[string]string{"schooling": "life"}}}, nil, union.ErrUnknown, `candidates[0].has["schooling"]`},
		"age":        {[]employment.Candidate{{Key: "a", Has: map[string]string{"age": "young"}}}, nil, union.ErrText, `candidates[0].has["age"]`},
		"need":       {nil, []employment.Post{{Key: "p", Needs: map[string][]string{"height": {"1"}}}}, union.ErrUnknown, `posts[0].needs["height"]`},
		"two needs":  {nil, []employment.Post{{Key: "p", Needs: map[string][]string{"schooling": {"school", "college"}}}}, union.ErrRange, `posts[0].needs["schooling"]`},
		"place":      {nil, []employment.Post{{Key: "p", Needs: map[string][]string{"place": {"moon"}}}}, union.ErrUnknown, `posts[0].needs["place"]`},
		"interval":   {nil, []employment.Post{{Key: "p", Needs: map[string][]string{"age": {"(3,2)"}}}}, union.ErrOrder, `posts[0].needs["age"]`},
	} {
		placement, err := sampleMatching().Match(each.candidates, each.posts)
		require.ErrorIs(t, err, each.want, name)
		assert.Equal(t, each.where, union.Faults(err)[0].Where, name)
		assert.Equal(t, employment.Placement{}, placement, name)
	}
	_, err := employment.Matching{}.Match(nil, nil)
	require.ErrorIs(t, err, union.ErrRule)
}

func TestPreferencesThatAreNoneAreRefused(t *testing.T) {
	one := []employment.Choice{{Post: 0}, {Post: 0}}
	for name, each := range map[string]struct {
		p    employment.Preferences
		want error
	}{
		"negative places": {employment.Preferences{Places: []int64{-1}}, union.ErrRange},
		"a stranger":      {employment.Preferences{Places: []int64{1}, Choices: []employment.Choice{{Post: 1}}, Ends: []int32{1}}, union.ErrUnknown},
		"below 0":         {employment.Preferences{Places: []int64{1}, Choices: []employment.Choice{{Post: -1}}, Ends: []int32{1}}, union.ErrUnknown},
		"a repeat":        {employment.Preferences{Places: []int64{1}, Choices: one, Ends: []int32{2}}, union.ErrRepeated},
		"ends too soon":   {employment.Preferences{Places: []int64{1}, Choices: one, Ends: []int32{1}}, union.ErrOrder},
		"ends too late":   {employment.Preferences{Places: []int64{1}, Choices: one, Ends: []int32{1, 3}}, union.ErrOrder},
		"ends backwards":  {employment.Preferences{Places: []int64{1}, Choices: one, Ends: []int32{1, 0}}, union.ErrOrder},
	} {
		for _, match := range []matcher{employment.Preferences.Stable, employment.Preferences.Largest} {
			given, err := match(each.p)
			require.ErrorIs(t, err, each.want, name)
			assert.Nil(t, given, name)
		}
	}
}

func TestACheckOfPairsFindsWhatIsWrongWithThem(t *testing.T) {
	placement := must(sampleMatching().Match(sampleCandidates(), samplePosts()))
	for name, each := range map[string]struct {
		pairs []employment.Pair
		want  []string
	}{
		"itself":         {placement.Pairs(), nil},
		"nobody":         {[]employment.Pair{{Candidate: "x", Post: "fitter"}}, []string{"pairs[0].candidate", `posts["fitter"]`, `posts["waiter"]`}},
		"nowhere":        {[]employment.Pair{{Candidate: "ann", Post: "x"}}, []string{"pairs[0].post", `posts["fitter"]`, `posts["waiter"]`}},
		"not wished for": {[]employment.Pair{{Candidate: "bob", Post: "waiter"}, {Candidate: "ann", Post: "fitter"}}, []string{"pairs[0].post", `posts["fitter"]`}},
		"twice":          {[]employment.Pair{{Candidate: "ann", Post: "waiter"}, {Candidate: "ann", Post: "waiter"}, {Candidate: "bob", Post: "fitter"}}, []string{"pairs[1].candidate"}},
		"condition":      {[]employment.Pair{{Candidate: "cem", Post: "fitter"}, {Candidate: "ann", Post: "waiter"}}, []string{"pairs[0].schooling"}},
		"too many":       {[]employment.Pair{{Candidate: "ann", Post: "fitter"}, {Candidate: "bob", Post: "fitter"}}, []string{`posts["fitter"]`}},
	} {
		var got []string
		for _, finding := range placement.Check(each.pairs) {
			got = append(got, finding.Where)
		}
		assert.Equal(t, each.want, got, name)
	}
}

func TestAMatchingIsCheckedWhole(t *testing.T) {
	terms := list("terms", union.Term{Key: "a", Title: "a"})
	_, err := employment.NewMatching(employment.MatchingSpec{Method: "best", Conditions: []employment.Condition{
		{Key: "age", Title: "年龄", Between: &employment.Limits{}}, {Key: "age", Title: "x"}, {Key: "y", Title: "y", Least: &terms, Among: &terms},
		{Key: "z", Title: "z", Least: &terms, Between: &employment.Limits{Basis: "x"}},
	}})
	for _, want := range []string{
		"key", "version", "title", "source", "method", "ties", "conditions[0].between.basis", "conditions[1].key", "conditions[1]", "conditions[2]",
		"conditions[3]",
	} {
		assert.True(t, slices.ContainsFunc(union.Faults(err), func(f *union.Fault) bool { return f.Where == want }), want)
	}
	for _, fault := range union.Faults(err) {
		if fault.Where == "conditions[3]" {
			require.ErrorIs(t, fault, union.ErrRepeated, "of two kinds, and not of none")
		}
	}
	spec := sampleMatchingSpec()
	spec.Method, spec.Ties = employment.Largest, employment.RefuseTies
	_, err = employment.NewMatching(spec)
	require.ErrorIs(t, err, union.ErrRange)
}

func TestAMatchingIsReadAsItIsWritten(t *testing.T) {
	written := must(sampleMatching().MarshalJSON())
	var read employment.Matching
	require.NoError(t, read.UnmarshalJSON(written))
	assert.Equal(t, sampleMatching(), read)
	assert.Equal(t, sampleMatchingSpec(), read.Spec())
	require.Error(t, read.UnmarshalJSON([]byte(`{"union":"employment.matching/2"}`)))
	require.Error(t, read.UnmarshalJSON([]byte(`{"union":"employment.matching/1","method":"best"}`)))
	assert.Equal(t, sampleMatching(), read)
}

func FuzzPreferences(f *testing.F) {
	f.Add([]byte{1, 2, 0, 1, 0}, []byte{2, 4}, int64(1))
	f.Fuzz(func(t *testing.T, choices, ends []byte, places int64) {
		p := employment.Preferences{Places: []int64{places, 1, 2}}
		for _, each := range choices {
			p.Choices = append(p.Choices, employment.Choice{Post: int32(int8(each)), Score: int32(each)})
		}
		for _, each := range ends {
			p.Ends = append(p.Ends, int32(int8(each)))
		}
		given, err := p.Stable()
		largest, also := p.Largest()
		if (err == nil) != (also == nil) {
			t.Fatal(err, also)
		}
		if err == nil && !isStable(p, given) || len(largest) != len(given) {
			t.Fatal(given, largest)
		}
	})
}

// Two candidates for one place: under a largest matching the first in order has it,
// and of a post without places nobody knows a score that would do.
func TestWhoHasNoPlaceIsToldWhy(t *testing.T) {
	spec := sampleMatchingSpec()
	wishes := []employment.Wish{{Post: "p", Rank: 1, Score: 5}}
	candidates := []employment.Candidate{{Key: "a", Order: 1, Wishes: wishes}, {Key: "b", Order: 2, Wishes: wishes}}
	for name, each := range map[string]struct {
		method employment.Method
		places int64
		want   string
	}{
		"largest":   {employment.Largest, 1, `posts["p"]: its places are given so that as many as possible are placed, of whom the first in order: want 1 placed`},
		"stable":    {employment.Stable, 1, `posts["p"]: its places go to whom it prefers, and of one score to the first in order: got a score of 5, want 5 or more`},
		"no places": {employment.Stable, 0, `posts["p"]: its places go to whom it prefers, and of one score to the first in order: got a score of 5, want a place`},
	} {
		spec.Method = each.method
		placement := must(must(employment.NewMatching(spec)).Match(candidates, []employment.Post{{Key: "p", Places: each.places}}))
		failed := must(placement.Why("b")).Failed()
		require.Len(t, failed, 1, name)
		assert.Equal(t, each.want, failed[0].String(), name)
	}
	placement := must(sampleMatching().Match([]employment.Candidate{{Key: "a", Wishes: []employment.Wish{{Post: "p", Rank: 1}, {Post: "q", Rank: 2}, {Post: "r", Rank: 3}}}},
		[]employment.Post{{Key: "p", Places: 1}, {Key: "q", Places: 1}, {Key: "r", Places: 1}}))
	verdict := must(placement.Why("a"))
	assert.Equal(t, "p", verdict.Answer)
	require.Len(t, verdict.Reasons, 3)
	for _, reason := range verdict.Reasons[1:] {
		assert.Equal(t, union.Exempt, reason.Standing, "a wish of higher rank is met")
	}
	said := must(shown(sampleMatching().Figures(placement)))
	assert.Equal(t, "1人", said["employment.matching.matched.first"])
	_, err := employment.Matching{}.Figures(placement)
	require.ErrorIs(t, err, union.ErrRule)
	large := []employment.Post{{Key: "p", Places: math.MaxInt64}, {Key: "q", Places: 1}}
	_, err = sampleMatching().Figures(must(sampleMatching().Match(nil, large)))
	require.ErrorIs(t, err, union.ErrOverflow)
}

// Who is not taken is told the lowest score with which anybody was, whoever that is.
func TestWhoIsNotTakenIsToldTheLowestScoreThatWas(t *testing.T) {
	var candidates []employment.Candidate
	for i, score := range []int32{8, 7, 9, 5} {
		candidates = append(candidates, employment.Candidate{
			Key: "c" + text(i), Order: int64(i), Wishes: []employment.Wish{{Post: "p", Rank: 1, Score: score}},
		})
	}
	placement := must(sampleMatching().Match(candidates, []employment.Post{{Key: "p", Places: 3}}))
	failed := must(placement.Why("c3")).Failed()
	require.Len(t, failed, 1)
	assert.Equal(t, "a score of 5", failed[0].Got)
	assert.Equal(t, "7 or more", failed[0].Want)
}

// Forty candidates wish for 37 of forty posts each, every one for another first.
func TestAsManyAsThereAreAreReadInTheirOrder(t *testing.T) {
	const size, wished = 40, 37
	made := func() (candidates []employment.Candidate, posts []employment.Post) {
		for i := range size {
			candidate := employment.Candidate{Key: "c" + text(i), Order: int64(i)}
			for k := range wished {
				candidate.Wishes = append(candidate.Wishes, employment.Wish{Post: "p" + text((i+k)%size), Rank: k + 1})
			}
			candidates = append(candidates, candidate)
			posts = append(posts, employment.Post{Key: "p" + text(i), Places: 1})
		}
		return candidates, posts
	}
	candidates, posts := made()
	pairs := must(sampleMatching().Match(candidates, posts)).Pairs()
	require.Len(t, pairs, size)
	for _, pair := range pairs {
		assert.Equal(t, pair.Candidate[1:], pair.Post[1:])
	}
	candidates[38].Key = "c21"
	_, err := sampleMatching().Match(candidates, posts)
	require.ErrorIs(t, err, union.ErrRepeated)
	candidates, posts = made()
	candidates[38].Wishes[36].Post = "p99"
	_, err = sampleMatching().Match(candidates, posts)
	require.ErrorIs(t, err, union.ErrUnknown)
}

// That a post without places is given to somebody does not entitle others to it.
func TestAPostWithoutPlacesIsHeldBackFromNobody(t *testing.T) {
	var candidates []employment.Candidate
	for i, key := range []string{"a", "b"} {
		candidates = append(candidates, employment.Candidate{
			Key: key, Order: int64(i), Wishes: []employment.Wish{{Post: "p", Rank: 1, Score: int32(i)}},
		})
	}
	placement := must(sampleMatching().Match(candidates, []employment.Post{{Key: "p"}}))
	findings := placement.Check([]employment.Pair{{Candidate: "a", Post: "p"}})
	require.Len(t, findings, 1)
	assert.Equal(t, `posts["p"]: a post is given to at most as many as it takes: got 1, want at most 0`, findings[0].String())
}

// Whatever candidates and posts say, they are refused with a fault or placed so
// that the placement finds nothing wrong with itself.
func FuzzMatching(f *testing.F) {
	f.Add(must(sampleMatching().MarshalJSON()), must(json.Marshal(sampleCandidates())), must(json.Marshal(samplePosts())))
	f.Add([]byte(`{}`), []byte(`[{"key":"a","wishes":[{"post":"p","rank":1},{"post":"p","rank":2}]}]`), []byte(`[{"key":"p","places":-1}]`))
	f.Fuzz(func(t *testing.T, rule, candidates, posts []byte) {
		matching := sampleMatching()
		var read employment.Matching
		if err := read.UnmarshalJSON(rule); err != nil {
			assert.NotEmpty(t, union.Faults(err), "every refusal says where: %v", err)
		} else {
			matching = read
		}
		var who []employment.Candidate
		var where []employment.Post
		if json.Unmarshal(candidates, &who) != nil || json.Unmarshal(posts, &where) != nil {
			return
		}
		placement, err := matching.Match(who, where)
		if err != nil {
			assert.NotEmpty(t, union.Faults(err))
			assert.Empty(t, placement.Pairs())
			return
		}
		assert.Empty(t, placement.Check(placement.Pairs()))
		assert.Len(t, who, len(placement.Pairs())+len(placement.Unmatched()))
		for _, each := range who {
			verdict, err := placement.Why(each.Key)
			require.NoError(t, err)
			assert.NotEmpty(t, verdict.Reasons)
		}
	})
}
