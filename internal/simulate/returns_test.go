package simulate

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
)

// mergers returns the exported types of the library that have a method Merge, such as
// "aid.Donations".
func mergers(t *testing.T) []string {
	t.Helper()
	var found []string
	for _, dir := range []string{".", "campaign", "competition", "aid", "employment", "assessment"} {
		names, err := filepath.Glob(filepath.Join("../..", dir, "*.go"))
		require.NoError(t, err)
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			require.NoError(t, err)
			for _, declaration := range file.Decls {
				function, ok := declaration.(*ast.FuncDecl)
				if !ok || function.Recv == nil || function.Name.Name != "Merge" {
					continue
				}
				if pointer, ok := function.Recv.List[0].Type.(*ast.StarExpr); ok {
					if named, ok := pointer.X.(*ast.Ident); ok && named.IsExported() {
						found = append(found, file.Name.Name+"."+named.Name)
					}
				}
			}
		}
	}
	slices.Sort(found)
	return found
}

func TestEveryTallyOfTheHouseIsSimulated(t *testing.T) {
	var simulated []string
	for _, kind := range theHouse().Kinds {
		simulated = append(simulated, kind.Name)
	}
	slices.Sort(simulated)
	assert.Equal(t, mergers(t), simulated)
}

// Laws would hold of a year in which nothing happens.
func TestMuchHappensInTheYears(t *testing.T) {
	saw, facts := map[string]int{}, map[string]int{}
	for seed := range uint64(40) {
		y, err := theHouse().simulate(seed, Small(), true)
		require.NoError(t, err)
		for _, each := range y.counts {
			for what, n := range each.seen() {
				saw[what] += n
			}
		}
		for _, fact := range y.nation.facts[1:] {
			for what, happened := range map[string]bool{
				"found": len(fact.Found) > 0, "move": fact.Move != nil, "merge": fact.Merge != nil, "split": fact.Split != nil, "close": fact.Close != nil,
			} {
				if happened {
					facts[what]++
				}
			}
		}
	}
	t.Log(saw, facts)
	for _, what := range []string{
		"a record is taken", "a record is refused", "a unit succeeds 1 that have records", "a unit succeeds 2 that have records",
		"a report is on time", "a report is late", "a report is revised", "a letter changes nothing",
		"a unit is closed that has records", "a letter comes of a unit that has ended since", "a letter is refused: its unit has ended",
		"a letter is refused: " + union.ErrRange.Error(), "a letter is refused: " + union.ErrMissing.Error(),
		"a letter is refused: " + union.ErrRepeated.Error(), "a letter is refused: " + union.ErrOrder.Error(),
		"a report of an earlier period is revised",
	} {
		assert.GreaterOrEqual(t, saw[what], 20, what)
	}
	for _, what := range []string{"found", "move", "merge", "split", "close"} {
		assert.GreaterOrEqual(t, facts[what], 5, what)
	}
}

func TestThePartialsOfCountiesAreTheNation(t *testing.T) {
	for seed := range uint64(4) {
		tree, returns, err := theHouse().Returns(seed, Size{Units: 8, Records: 9, Facts: 4})
		require.NoError(t, err)
		require.Len(t, returns, len(theHouse().Kinds))
		for _, each := range returns {
			if each.Tally != "aid.Donations" {
				continue
			}
			nation := each.Units[tree.Len()-1]
			for _, parts := range [][]Partial{each.Leaves, each.Counties} {
				var sum aid.Donations
				for _, part := range parts {
					var read aid.Donations
					require.NoError(t, read.UnmarshalBinary(part.Data))
					require.NoError(t, sum.Merge(read))
				}
				data, err := sum.AppendBinary(nil)
				require.NoError(t, err)
				assert.Equal(t, nation.Data, data, "seed %d", seed)
			}
		}
	}
}

func TestGiftsAreTheSameOnEveryRun(t *testing.T) {
	nation := NewNation(NewSource(1), Size{Units: 40}, theHouse().day)
	tree := nation.Collection.Tree()
	first := slices.Collect(Gifts(7, tree, 500))
	assert.Len(t, first, 500)
	assert.Equal(t, first, slices.Collect(Gifts(7, tree, 500)))
	assert.NotEqual(t, first, slices.Collect(Gifts(8, tree, 500)))
	for _, gift := range first {
		id, err := tree.Find(gift.Unit)
		require.NoError(t, err)
		assert.True(t, tree.IsLeaf(id))
		require.NoError(t, union.CheckToken(gift.Donor))
		assert.Positive(t, gift.Amount.Fen())
	}
	for gift := range Gifts(7, tree, 500) { // and may be left off
		assert.Equal(t, first[0], gift)
		break
	}
}

// The source is that of the paper: its first numbers from the seed 1234567, as other
// implementations print them.
func TestTheSourceIsSplitMix(t *testing.T) {
	s := NewSource(1234567)
	assert.Equal(t, []uint64{6457827717110365317, 3203168211198807973, 9817491932198370423}, []uint64{s.next(), s.next(), s.next()})
}

func TestMuchHappensToGiftsAndTheirMoney(t *testing.T) {
	late, moved, unlisted, promised, closed := 0, 0, 0, 0, 0
	for seed := range uint64(40) {
		p := newPurse(theHouse().day, theHouse().books, thePurser())
		require.NoError(t, p.pass(NewSource(seed), 30))
		for _, each := range p.came {
			if each.listed && each.gave > cutOff {
				late++
			}
			if each.booked > each.gave {
				moved++
			}
			if !each.listed {
				unlisted++
			}
			if entry, ok := p.ledger.Entry(each.ID); ok && entry.Of != "" {
				promised++
			}
		}
		closed += len(p.accounts)
	}
	for _, n := range []int{late, moved, unlisted, promised, closed} {
		assert.GreaterOrEqual(t, n, 40, "late, moved to an open period, on no list, paid on a promise, closed: %v", []int{late, moved, unlisted, promised, closed})
	}
	t.Log(late, moved, unlisted, promised, closed)
}
