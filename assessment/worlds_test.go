package assessment_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/big"
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

// A group is what some of the voters say who were counted by one publication and
// not by the one before.
type group struct{ good, poor, blank int64 }

func (g group) plus(other group) group {
	return group{g.good + other.good, g.poor + other.poor, g.blank + other.blank}
}

func (g group) size() int64 { return g.good + g.poor + g.blank }

func (g group) agrees() bool {
	return g.size() > 0 && (g.good == g.size() || g.poor == g.size() || g.blank == g.size())
}

// reached returns the sets of groups, as bits, that any combination of printed
// counts gives, adding and taking away. The printed counts are rows of 0 and 1
// over the groups.
func reached(groups int, rows [][]int64) []int {
	var sets []int
	for set := 1; set < 1<<groups; set++ {
		target := make([]int64, groups)
		for i := range target {
			target[i] = int64(set >> i & 1)
		}
		if spans(rows, target) {
			sets = append(sets, set)
		}
	}
	return sets
}

// told reports whether the groups of a set are together below the least, or
// agree, and so may not be told of.
func told(groups []group, set int, least int64) bool {
	var sum group
	for i, each := range groups {
		if set>>i&1 == 1 {
			sum = sum.plus(each)
		}
	}
	return sum.size() > 0 && (sum.size() < least || sum.agrees())
}

// spans reports whether a row is a combination of others: whether it adds
// nothing to their rank.
func spans(rows [][]int64, target []int64) bool {
	return rank(rows) == rank(append(slices.Clone(rows), target))
}

func rank(rows [][]int64) int {
	var left [][]*big.Rat
	for _, row := range rows {
		var made []*big.Rat
		for _, n := range row {
			made = append(made, big.NewRat(n, 1))
		}
		left = append(left, made)
	}
	found := 0
	for column := 0; len(left) > 0 && column < len(left[0]); column++ {
		at := slices.IndexFunc(left, func(row []*big.Rat) bool { return row[column].Sign() != 0 })
		if at < 0 {
			continue
		}
		pivot := left[at]
		left = slices.Delete(left, at, at+1)
		found++
		for _, row := range left {
			times := new(big.Rat).Quo(row[column], pivot[column])
			for i := range row {
				row[i] = new(big.Rat).Sub(row[i], new(big.Rat).Mul(times, pivot[i]))
			}
		}
	}
	return found
}

// A world is two publications of the voters of some classes: what those say who
// were counted first, and those who came after.
type world struct {
	classes []string
	groups  []group // of each class first, then again of those who came after
	least   int64
	leaves  bool // a class below the least is not in the counts of all voters
}

// publishedRows publishes both and returns which groups each printed count is of.
func (w world) publishedRows(t testing.TB, form assessment.Form, publish publisher) [][]int64 {
	var rows [][]int64
	var before []assessment.Outcome
	for round := 1; round <= 2; round++ {
		box := form.Box()
		inAll := make([]bool, len(w.classes))
		for i, class := range w.classes {
			var sum group
			for each := range round {
				sum = sum.plus(w.groups[each*len(w.classes)+i])
			}
			inAll[i] = !w.leaves || sum.size() >= w.least
			require.NoError(t, box.AddCounts(assessment.Counts{Class: class, Valid: sum.size(), Votes: map[string]map[string]int64{
				"one": {"good": sum.good, "poor": sum.poor, "blank": sum.blank},
			}}))
		}
		outcome, err := form.Count(box)
		require.NoError(t, err)
		published := publish(outcome, before...)
		before = append(before, published)
		for at := range published.Votes {
			row := make([]int64, len(w.groups))
			for i, class := range w.classes {
				if at == "one" && inAll[i] || at == class+"/one" {
					for each := range round {
						row[each*len(w.classes)+i] = 1
					}
				}
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// checkWorlds looks through every world of two publications in which each group
// has one of the sizes given.
func checkWorlds(t testing.TB, classes []string, least int64, leaves bool, sizes []group, publish publisher) error {
	form := newForm(t, oneQuestion(classes...))
	sets := map[string][]int{} // by the rows: what is reached does not depend on the numbers
	var broken error
	choices(2*len(classes), len(sizes), func(list []int) {
		if broken != nil {
			return
		}
		w := world{classes: classes, least: least, leaves: leaves}
		for _, at := range list {
			w.groups = append(w.groups, sizes[at])
		}
		rows := w.publishedRows(t, form, publish)
		slices.SortFunc(rows, slices.Compare[[]int64])
		key := fmt.Sprint(rows)
		if _, ok := sets[key]; !ok {
			sets[key] = reached(len(w.groups), rows)
		}
		for _, set := range sets[key] {
			if told(w.groups, set, least) {
				broken = fmt.Errorf("groups %b of %v are told by %v", set, w.groups, rows)
			}
		}
	})
	return broken
}

// Two publications, of two or three classes, with blanks: nothing can be worked
// out of them, by adding and taking away whatever is printed, that is below the
// least or that all agree on.
func TestEverySmallPairOfPublicationsTellsNobody(t *testing.T) { // S6
	few := []group{{}, {good: 1}, {good: 1, poor: 1}, {good: 2, blank: 1}, {good: 1, poor: 2}, {good: 2, poor: 2}, {poor: 1, blank: 1}}
	for _, each := range []struct {
		classes []string
		least   int64
		sizes   []group
	}{
		{[]string{"party", "mass"}, 2, few},
		{[]string{"party", "mass"}, 3, few},
		{[]string{"lead", "mass", "party"}, 2, few[1:4]},
		{[]string{"lead", "mass", "party"}, 3, few[2:5]},
	} {
		for _, leaves := range []bool{false, true} {
			policy := newPolicy(t, assessment.PolicySpec{Least: each.least, LeaveOut: leaves})
			publish := func(outcome assessment.Outcome, printed ...assessment.Outcome) assessment.Outcome {
				published, _ := policy.Publish(outcome, printed...)
				return published
			}
			require.NoError(t, checkWorlds(t, each.classes, each.least, leaves, each.sizes, publish), "%v, least %d, left out %v", each.classes, each.least, leaves)
			// The broken twin forgets what was printed.
			require.Error(t, checkWorlds(t, each.classes, each.least, leaves, each.sizes, func(outcome assessment.Outcome, _ ...assessment.Outcome) assessment.Outcome {
				published, _ := policy.Publish(outcome)
				return published
			}))
		}
	}
}
