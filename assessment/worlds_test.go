package assessment_test

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
)

// Small worlds are looked through whole: what chance does not find, they show.

// choices calls each with every list of n numbers below base. The list is used
// again.
func choices(n, base int, each func([]int)) {
	list := make([]int, n)
	for {
		each(list)
		at := 0
		for at < n && list[at] == base-1 {
			list[at] = 0
			at++
		}
		if at == n {
			return
		}
		list[at]++
	}
}

// fiveOfTwo is a form of five criteria with two grades each.
func fiveOfTwo(t testing.TB) (assessment.Form, []assessment.Sheet) {
	spec := smallForm()
	spec.Criteria = nil
	for _, key := range []string{"a", "b", "c", "d", "e"} {
		spec.Criteria = append(spec.Criteria, assessment.Criterion{Key: key, Title: key, Answers: answers("good", "poor")})
	}
	var sheets []assessment.Sheet
	choices(5, 2, func(marks []int) {
		sheet := assessment.Sheet{Answers: make([]uint8, 5)}
		for i, mark := range marks {
			sheet.Answers[i] = uint8(1 + mark)
		}
		sheets = append(sheets, sheet)
	})
	return newForm(t, spec), sheets
}

// Every row of up to four voters with five criteria of two grades: 1,082,401 rows
// in every order there is. The bytes depend on nothing but how many gave each
// answer, and two rows with other counts have other bytes.
func TestEverySmallVoteIsCountedByItsAnswersAlone(t *testing.T) { // S1, S4
	form, sheets := fiveOfTwo(t)
	written := map[[6]uint8]string{} // by how many voters, and how many of them say good to each criterion
	texts := map[string]bool{}
	rows := 0
	var data []byte
	for voters := range 5 {
		choices(voters, len(sheets), func(row []int) {
			rows++
			box := form.Box()
			key := [6]uint8{uint8(voters)}
			for _, at := range row {
				if err := box.Add(sheets[at]); err != nil {
					t.Fatal(err)
				}
				for i, mark := range sheets[at].Answers {
					key[1+i] += mark & 1
				}
			}
			data, _ = box.AppendBinary(data[:0])
			before, ok := written[key]
			switch {
			case !ok && texts[string(data)]:
				t.Fatalf("%v has the bytes of other counts", row)
			case !ok:
				written[key] = string(data)
				texts[string(data)] = true
			case before != string(data):
				t.Fatalf("%v leaves other bytes than votes with the same counts", row)
			}
		})
	}
	require.Equal(t, 1+32+32*32+32*32*32+32*32*32*32, rows)
	// Of n voters each criterion has 0 to n good, each of the others alone.
	require.Len(t, written, 1+2*2*2*2*2+3*3*3*3*3+4*4*4*4*4+5*5*5*5*5)
}

// Every pair of boxes of up to two voters each, merged, is the box of all four.
func TestEverySmallPairOfBoxesMergesIntoTheBoxOfBoth(t *testing.T) { // S2, S3
	form, sheets := fiveOfTwo(t)
	type small struct {
		row []int
		box assessment.Box
	}
	var boxes []small
	for voters := range 3 {
		choices(voters, len(sheets), func(row []int) {
			if !slices.IsSorted(row) {
				return // the order was looked at above
			}
			box := form.Box()
			for _, at := range row {
				require.NoError(t, box.Add(sheets[at]))
			}
			boxes = append(boxes, small{slices.Clone(row), box})
		})
	}
	require.Len(t, boxes, 1+32+32*33/2)
	var merged, whole []byte
	for _, left := range boxes {
		for _, right := range boxes {
			one, all := form.Box(), form.Box()
			for _, at := range slices.Concat(left.row, right.row) {
				if err := all.Add(sheets[at]); err != nil {
					t.Fatal(err)
				}
			}
			if one.Merge(left.box) != nil || one.Merge(right.box) != nil {
				t.Fatal("refused")
			}
			merged, _ = one.AppendBinary(merged[:0])
			whole, _ = all.AppendBinary(whole[:0])
			if !bytes.Equal(merged, whole) {
				t.Fatalf("%v and %v", left.row, right.row)
			}
		}
	}
}

// Every vote of two classes, with blanks and void marks, spoiled papers and a
// spread, of up to three papers: recovered are the valid and the void, and each
// criterion's marks are the valid papers.
func TestEverySmallVoteAddsUp(t *testing.T) { // S3
	spec := classForm()
	spec.Classes = spec.Classes[:2]
	form := newForm(t, spec)
	var papers []assessment.Sheet
	for class := range uint8(2) {
		papers = append(papers, assessment.Sheet{Class: class + 1, Spoil: 1})
		for _, one := range []uint8{0, 1, 2, 255} {
			for _, two := range []uint8{0, 1, 2, 255} {
				papers = append(papers, assessment.Sheet{Class: class + 1, Answers: []uint8{one, two}})
			}
		}
	}
	for n := range 4 {
		choices(n, len(papers), func(row []int) {
			box := form.Box()
			for _, at := range row {
				if err := box.Add(papers[at]); err != nil {
					t.Fatal(err)
				}
			}
			outcome, err := form.Count(box)
			if err != nil {
				t.Fatal(err)
			}
			if found := unbalanced(outcome); len(found) > 0 {
				t.Fatal(row, found)
			}
			var valid, void [3]int64 // of all, and of each class
			for _, at := range row {
				paper := papers[at]
				// The spread lets at most one answer be poor.
				spoiled := paper.Spoil > 0 || paper.Answers[0] == 2 && paper.Answers[1] == 2
				for _, of := range []uint8{0, paper.Class} {
					if spoiled {
						void[of]++
					} else {
						valid[of]++
					}
				}
			}
			for of, at := range []string{"", "party/", "mass/"} {
				bases := outcome.Bases[at+"bases"]
				if bases[assessment.Valid] != valid[of] || bases[assessment.Recovered] != valid[of]+void[of] {
					t.Fatalf("%v: %s %v", row, at, bases)
				}
				for _, criterion := range []string{"one", "two"} {
					if sumOf(outcome.Votes[at+criterion]) != valid[of] {
						t.Fatalf("%v: %s%s %v", row, at, criterion, outcome.Votes[at+criterion])
					}
				}
			}
		})
	}
}

func sumOf(votes map[string]int64) int64 {
	var sum int64
	for _, n := range votes {
		sum += n
	}
	return sum
}

// rollsApart looks through every vote of three voters on the sheets of a form, in
// every order in which they may come: the roll and the box are those of the same
// voters, and of the same sheets, in any other order and pairing; and the box is,
// byte for byte and in memory, one that never saw a roll.
func rollsApart(form assessment.Form, cast func(box *assessment.Box, roll *union.Register, token string, sheet assessment.Sheet) error) error {
	voters, sheets := []string{"v1", "v2", "v3"}, smallSheets()
	type left struct{ roll, box string }
	seen := map[string]left{} // by the sheets in order; the voters are always the same
	orders := [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}
	var broken error
	choices(3, len(sheets), func(row []int) {
		for _, order := range orders {
			var roll union.Register
			box, apart := form.Box(), form.Box()
			for _, at := range order {
				if err := errors.Join(cast(&box, &roll, voters[at], sheets[row[at]]), apart.Add(sheets[row[at]])); err != nil {
					broken = err
					return
				}
			}
			signed, _ := roll.AppendBinary(nil)
			counted, _ := box.AppendBinary(nil)
			key, got := fmt.Sprint(slices.Sorted(slices.Values(row))), left{string(signed), string(counted)}
			if before, ok := seen[key]; ok && before != got || !reflect.DeepEqual(box, apart) {
				broken = fmt.Errorf("%v in the order %v leaves another roll or box", row, order)
				return
			}
			seen[key] = got
		}
	})
	return broken
}

// Every voter signs the roll apart from the box: whatever the order in which they
// come, neither knows it, and no roll tells anything of a box.
func TestEverySmallRollIsApartFromItsBox(t *testing.T) { // S5
	form := newForm(t, smallForm())
	require.NoError(t, rollsApart(form, (*assessment.Box).Cast))
	// The broken twin lets the roll know in which order it was signed, or the box
	// who voted: each is enough to set the papers beside the voters.
	require.Error(t, rollsApart(form, func(box *assessment.Box, roll *union.Register, token string, sheet assessment.Sheet) error {
		return box.Cast(roll, token+"-"+strconv.FormatInt(int64(roll.Len()), 10), sheet)
	}))
	require.Error(t, rollsApart(form, func(box *assessment.Box, roll *union.Register, token string, sheet assessment.Sheet) error {
		return errors.Join(box.Cast(roll, token, sheet), box.State("", assessment.Present, int64(token[1])))
	}))
}

// A say is how many of some voters give each of the answers good, poor and blank
// to one criterion.
type say [3]int64

func (s say) size() int64 { return s[0] + s[1] + s[2] }

func (s say) agrees() bool { return s.size() > 0 && max(s[0], s[1], s[2]) == s.size() }

// A kind of voter is one of a class who comes in time for the first publication, or
// for one after it, and gives certain answers.
type kind struct {
	group   int // the class, and beyond the last class again those who came later
	answers [2]int
}

// A course is some publications of the voters of some classes, one after another: how
// many there are of each kind.
type course struct {
	rounds   int
	classes  []string
	criteria []string
	kinds    []kind
	many     []int
	least    int64
	leaves   bool // a class below the least is not in the counts of all voters
}

// kindsOf returns the kinds of voters in the order of their groups.
func kindsOf(groups, criteria int) []kind {
	var kinds []kind
	for at := range groups {
		choices(criteria, 3, func(list []int) {
			made := kind{group: at}
			copy(made.answers[:], list)
			kinds = append(kinds, made)
		})
	}
	return kinds
}

// crowds calls each with every way in which there are n voters at most, but for
// those that differ by the names of the answers alone.
func (p course) crowds(n int, each func()) {
	many := p.many
	var fill func(at, left int)
	fill = func(at, left int) {
		if at == len(many) {
			if p.named() {
				each()
			}
			return
		}
		for many[at] = 0; many[at] <= left; many[at]++ {
			fill(at+1, left-many[at])
		}
	}
	fill(0, n)
}

// lists calls each with every way in which each group, of those who answer one
// criterion, says one of the things given: these may be more than crowds are.
func (p course) lists(says []say, each func()) {
	if len(says) == 0 {
		return
	}
	choices(p.groups(), len(says), func(list []int) {
		for at, kind := range p.kinds {
			p.many[at] = int(says[list[len(list)-1-kind.group]][kind.answers[0]])
		}
		each()
	})
}

// named reports whether the answers of a crowd come in the order of their names:
// of crowds that differ by the names of the answers alone one, at least, does.
func (p course) named() bool {
	for criterion := range p.criteria {
		next := 0
		for at, n := range p.many {
			answer := p.kinds[at].answers[criterion]
			if n > 0 && answer > next {
				return false
			}
			if n > 0 && answer == next {
				next++
			}
		}
	}
	return true
}

// groups returns how many groups there are: a class has one for each publication.
func (p course) groups() int { return p.rounds * len(p.classes) }

// says returns what each group says of a criterion.
func (p course) says(criterion int) []say {
	says := make([]say, p.groups())
	for at, n := range p.many {
		says[p.kinds[at].group][p.kinds[at].answers[criterion]] += int64(n)
	}
	return says
}

// A publication is what is in the box at one of them, what is printed of it, and for
// each criterion of which groups each printed count is, as bits.
type publication struct {
	box     assessment.Box
	outcome assessment.Outcome
	printed [2][]int
}

// after publishes what is in the box once the voters of a round are added, the first
// being 0.
func (p course) after(t testing.TB, box assessment.Box, round int, publish func(assessment.Outcome) assessment.Outcome, form assessment.Form) publication {
	var made publication
	require.NoError(t, made.box.Merge(box))
	all, of := 0, make([]int, len(p.classes))
	for class, key := range p.classes {
		counts := assessment.Counts{Class: key, Votes: map[string]map[string]int64{}}
		var papers int64
		for criterion, name := range p.criteria {
			says := p.says(criterion)
			more := says[round*len(p.classes)+class]
			counts.Valid = more.size()
			counts.Votes[name] = map[string]int64{"good": more[0], "poor": more[1], "blank": more[2]}
			papers = 0
			for each := range round + 1 {
				papers += says[each*len(p.classes)+class].size()
			}
		}
		require.NoError(t, made.box.AddCounts(counts))
		for each := range round + 1 {
			of[class] |= 1 << (each*len(p.classes) + class)
		}
		if !p.leaves || papers >= p.least {
			all |= of[class]
		}
	}
	outcome, err := form.Count(made.box)
	require.NoError(t, err)
	made.outcome = publish(outcome)
	for criterion, name := range p.criteria {
		if _, ok := made.outcome.Votes[name]; ok {
			made.printed[criterion] = append(made.printed[criterion], all)
		}
		for class, key := range p.classes {
			if _, ok := made.outcome.Votes[key+"/"+name]; ok {
				made.printed[criterion] = append(made.printed[criterion], of[class])
			}
		}
	}
	return made
}

// told reports whether the groups of a set are together below the least, or
// agree, and so may not be told of.
func told(says []say, set int, least int64) bool {
	var sum say
	for i, each := range says {
		if set>>i&1 == 1 {
			for answer, n := range each {
				sum[answer] += n
			}
		}
	}
	return sum.size() > 0 && (sum.size() < least || sum.agrees())
}

// reached returns the sets of groups that any combination of printed counts gives,
// adding and taking away: those that add nothing to the rank of the printed ones.
func reached(groups int, printed []int) []int {
	var sets []int
	for set := 1; set < 1<<groups; set++ {
		if rank(printed) == rank(append(slices.Clone(printed), set)) {
			sets = append(sets, set)
		}
	}
	return sets
}

// rank returns how many of some sets of six groups at most are no combination of
// the others. It counts modulo 101: no determinant of noughts and ones of six rows
// is beyond 9, so what is nothing there is nothing.
func rank(sets []int) int {
	const prime = 101
	rows := make([][6]int, len(sets))
	for i, set := range sets {
		for column := range rows[i] {
			rows[i][column] = set >> column & 1
		}
	}
	found := 0
	for column := range 6 {
		at := slices.IndexFunc(rows[found:], func(row [6]int) bool { return row[column] != 0 })
		if at < 0 {
			continue
		}
		rows[found], rows[found+at] = rows[found+at], rows[found]
		pivot := rows[found]
		found++
		for i := found; i < len(rows); i++ {
			times := prime - rows[i][column]
			for each := range rows[i] {
				rows[i][each] = (rows[i][each]*pivot[column] + pivot[each]*times) % prime
			}
		}
	}
	return found
}

// checkCourses looks through courses of publications: all of some voters at most, and
// of groups that say one of some things.
func checkCourses(t testing.TB, p course, voters int, says []say, publish publisher) error {
	spec := oneQuestion(p.classes...)
	spec.Criteria = smallForm().Criteria[:len(p.criteria)]
	form := newForm(t, spec)
	p.kinds = kindsOf(p.groups(), len(p.criteria))
	p.many = make([]int, len(p.kinds))
	sets := map[string][]int{} // by what is printed: what is reached does not depend on the numbers
	var broken error
	made, of := []publication{}, []int{} // as far as they are those of the crowd before, and that
	each := func() {
		if broken != nil {
			return
		}
		inTime, same := len(p.many)/p.rounds, 0
		for same < len(made) && slices.Equal(of[:(same+1)*inTime], p.many[:(same+1)*inTime]) {
			same++
		}
		made, of = made[:same], append(of[:0], p.many...)
		for len(made) < p.rounds {
			box := form.Box()
			var before []assessment.Outcome
			for _, earlier := range made {
				box = earlier.box
				before = append(before, earlier.outcome)
			}
			made = append(made, p.after(t, box, len(made), func(outcome assessment.Outcome) assessment.Outcome { return publish(outcome, before...) }, form))
		}
		for criterion := range p.criteria {
			var printed []int
			for _, each := range made {
				printed = append(printed, each.printed[criterion]...)
			}
			key := fmt.Sprint(printed)
			if _, ok := sets[key]; !ok {
				sets[key] = reached(p.groups(), printed)
			}
			says := p.says(criterion)
			for _, set := range sets[key] {
				if told(says, set, p.least) {
					broken = fmt.Errorf("groups %b of %v are told by %b", set, says, printed)
				}
			}
		}
	}
	p.crowds(voters, each)
	p.lists(says, each)
	return broken
}

// Two or three publications of every few voters, who are of two or three classes,
// come in time for the first or a later one, and answer one criterion or two, or leave
// them blank; and of more voters in groups of a few shapes: nothing can be worked out
// of them, by adding and taking away whatever is printed, that is below the least or
// that all agree on.
func TestEverySmallPairOfPublicationsTellsNobody(t *testing.T) { // S6
	one, two := []string{"one"}, []string{"one", "two"}
	few := []say{{}, {1}, {1, 1}, {2, 0, 1}, {1, 2}, {2, 2}, {0, 1, 1}}
	for _, each := range []struct {
		classes, criteria []string
		rounds, voters    int
		least             int64
		says              []say
	}{
		{[]string{"mass", "party"}, one, 2, 5, 2, few},
		{[]string{"mass", "party"}, one, 2, 5, 3, few},
		{[]string{"mass", "party"}, two, 2, 4, 2, nil},
		{[]string{"mass", "party"}, two, 2, 4, 3, nil},
		{[]string{"lead", "mass", "party"}, one, 2, 4, 2, few[1:4]},
		{[]string{"lead", "mass", "party"}, one, 2, 4, 3, few[2:5]},
		{[]string{"mass", "party"}, one, 3, 4, 2, few[:4]},
		{[]string{"mass", "party"}, one, 3, 4, 3, few[2:4]},
	} {
		for _, leaves := range []bool{false, true} {
			policy := newPolicy(t, assessment.PolicySpec{Least: each.least, LeaveOut: leaves})
			publish := func(outcome assessment.Outcome, printed ...assessment.Outcome) assessment.Outcome {
				published, _ := policy.Publish(outcome, printed...)
				return published
			}
			world := course{rounds: each.rounds, classes: each.classes, criteria: each.criteria, least: each.least, leaves: leaves}
			require.NoError(t, checkCourses(t, world, each.voters, each.says, publish), "%v", world)
			// The broken twin forgets what was printed.
			require.Error(t, checkCourses(t, world, each.voters, each.says, func(outcome assessment.Outcome, _ ...assessment.Outcome) assessment.Outcome {
				published, _ := policy.Publish(outcome)
				return published
			}), "%v", world)
		}
	}
}
