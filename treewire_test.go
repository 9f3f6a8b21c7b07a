package union_test

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/laws"
)

// Where the facts are, the tree of the day is made; where gifts are counted it is
// read, and has the same units under the same IDs.
func ExampleTree_UnmarshalBinary() {
	tree := anhui("2011-08-22")
	sent, err := tree.AppendBinary(nil)
	fmt.Println(len(sent), err)

	var read union.Tree
	fmt.Println(read.UnmarshalBinary(sent))
	id, err := read.Find("340523")
	fmt.Println(id, titles(read, id, read.Parent(id)), err)
	// Output:
	// 198 <nil>
	// <nil>
	// 7 [和县 马鞍山市] <nil>
}

// drawTree draws a tree of a day or of some days, of none to a dozen units.
func drawTree(r *rapid.T) union.Tree {
	on := drawDate(r, "from")
	facts := []union.Fact{{On: on, Found: []union.Unit{{Key: "first", Title: "第一个"}}}, {On: on, Close: []string{"first"}}}
	var units []union.Unit
	for i := range rapid.IntRange(0, 12).Draw(r, "units") {
		key := rapid.SampledFrom([]string{"", "0", "00", "u", "工会-", strings.Repeat("k", 61)}).Draw(r, "key") + strconv.Itoa(i)
		title := rapid.SampledFrom([]string{"t", "总工会", strings.Repeat("长", 50)}).Draw(r, "title")
		unit := union.Unit{Key: key, Title: title}
		if i > 0 && rapid.IntRange(0, 4).Draw(r, "top") > 0 {
			unit.Parent = rapid.SampledFrom(units).Draw(r, "parent").Key
		}
		units = append(units, unit)
	}
	if len(units) > 0 {
		facts = append(facts, union.Fact{On: on, Found: units})
	}
	until, err := on.AddDays(rapid.IntRange(0, 40).Draw(r, "days"))
	if err != nil {
		until = on
	}
	period, err := union.NewPeriod(on, until)
	if err != nil {
		r.Fatal(err)
	}
	tree, err := mustHierarchy(facts...).In(period)
	if err != nil {
		r.Fatal(err)
	}
	return tree
}

// sameTree returns how two trees differ in what their methods tell.
func sameTree(a, b union.Tree) error {
	if a.Of() != b.Of() || a.Len() != b.Len() || !slices.Equal(a.Leaves(), b.Leaves()) {
		return fmt.Errorf("%v, %d units, leaves %v; and %v, %d, %v", a.Of(), a.Len(), a.Leaves(), b.Of(), b.Len(), b.Leaves())
	}
	for id := range union.UnitID(a.Len() + 2) {
		unit, known := a.Unit(id)
		other, alsoKnown := b.Unit(id)
		found, err := b.Find(unit.Key)
		switch {
		case unit != other || known != alsoKnown:
			return fmt.Errorf("%d is %+v (%t), and %+v (%t)", id, unit, known, other, alsoKnown)
		case known != (err == nil) || known && found != id:
			return fmt.Errorf("%q is %d, and found as %d (%w)", unit.Key, id, found, err)
		case a.Parent(id) != b.Parent(id) || a.IsLeaf(id) != b.IsLeaf(id) || !slices.Equal(a.Children(id), b.Children(id)):
			return fmt.Errorf("%q stands elsewhere", unit.Key)
		}
	}
	return nil
}

// tellsTheSame states that a tree that was sent tells what the one told that was sent.
func tellsTheSame(read func([]byte) (union.Tree, error)) laws.Law {
	return func(r *rapid.T) error {
		tree := drawTree(r)
		sent, err := tree.AppendBinary(nil)
		if err != nil {
			return err
		}
		got, err := read(sent)
		if err != nil {
			return err
		}
		return sameTree(tree, got)
	}
}

func readTree(data []byte) (tree union.Tree, err error) {
	err = tree.UnmarshalBinary(data)
	return tree, err
}

func TestATreeIsSentAsItStood(t *testing.T) {
	laws.Form[union.Tree](t, drawTree)
	t.Run("it tells the same", func(t *testing.T) {
		laws.Holds(t, tellsTheSame(readTree))
		laws.Rejects(t, tellsTheSame(func(data []byte) (union.Tree, error) { // all at the top
			tree, err := readTree(data)
			if err != nil || tree.Len() == 0 {
				return tree, err
			}
			var units []union.Unit
			for id := union.UnitID(1); int(id) <= tree.Len(); id++ {
				unit, _ := tree.Unit(id)
				units = append(units, union.Unit{Key: unit.Key, Title: unit.Title})
			}
			return mustHierarchy(union.Fact{On: tree.Of().From(), Found: units}).In(tree.Of())
		}))
	})
}

// A sentUnit is a unit as it is sent, sound or not.
type sentUnit struct {
	key, title string
	below      int
}

// treeBytes returns the form of a tree of days and units.
func treeBytes(of string, units ...sentUnit) []byte {
	data := append(formHeader("union.tree"), byte(len(of)))
	data = binary.AppendUvarint(append(data, of...), uint64(len(units)))
	for _, unit := range units {
		data = append(binary.AppendUvarint(data, uint64(len(unit.key))), unit.key...)
		data = append(binary.AppendUvarint(data, uint64(len(unit.title))), unit.title...)
		data = binary.AppendUvarint(data, uint64(unit.below))
	}
	return data
}

// inFacts returns the units as facts found them, each after its parent, and false if
// one has fewer below it than it says.
func inFacts(sent []sentUnit) ([]union.Unit, bool) {
	type subtree []union.Unit
	var tops []subtree
	for _, each := range sent {
		if each.below > len(tops) {
			return nil, false
		}
		whole := subtree{{Key: each.key, Title: each.title}}
		for _, below := range tops[len(tops)-each.below:] {
			below[0].Parent = each.key
			whole = append(whole, below...)
		}
		tops = append(tops[:len(tops)-each.below], whole)
	}
	return slices.Concat(tops...), true
}

// readsWhatFactsMake states that those units are read of which a hierarchy can be
// made, and no others, and that they stand as it has them.
func readsWhatFactsMake(read func([]byte) (union.Tree, error)) laws.Law {
	return func(r *rapid.T) error {
		sent := make([]sentUnit, rapid.IntRange(1, 6).Draw(r, "units"))
		for i := range sent {
			sent[i] = sentUnit{key: "u" + strconv.Itoa(i), title: "t", below: rapid.SampledFrom([]int{0, 0, 0, 1, 1, 2, 3}).Draw(r, "below")}
			if rapid.IntRange(0, 15).Draw(r, "flaw") == 0 {
				sent[i].key = rapid.SampledFrom([]string{"u0", "u1", "", "a b", "\xff", strings.Repeat("k", 64), strings.Repeat("k", 65)}).Draw(r, "key")
			}
			if rapid.IntRange(0, 15).Draw(r, "flaw") == 0 {
				sent[i].title = rapid.SampledFrom([]string{"", "\n\xff"}).Draw(r, "title")
			}
		}
		day := union.MustParseDate("2010-05-04")
		tree, refused := read(treeBytes("2010-05-04/2010-05-04", sent...))
		units, ok := inFacts(sent)
		hierarchy, err := union.NewHierarchy(union.Fact{On: day, Found: units})
		sound := ok && err == nil
		if sound != (refused == nil) {
			return fmt.Errorf("%+v: sound %t (%w), and read: %w", sent, sound, err, refused)
		}
		if !sound {
			return nil
		}
		want, err := hierarchy.On(day)
		if err != nil {
			return err
		}
		return sameTree(want, tree)
	}
}

func TestATreeIsReadThatAHierarchyCanMake(t *testing.T) {
	laws.Holds(t, readsWhatFactsMake(readTree))
	laws.Rejects(t, readsWhatFactsMake(func(data []byte) (union.Tree, error) {
		tree, err := readTree(data)
		if err != nil && strings.Contains(err.Error(), "a key twice") {
			return tree, nil
		}
		return tree, err
	}))
}

func TestWhatIsNoTreeIsRefused(t *testing.T) {
	const today = "2010-05-04/2010-05-04"
	one := sentUnit{key: "a", title: "A"}
	for reason, row := range map[string]struct {
		data     []byte
		sentinel error
		text     string
	}{
		"units of no days":            {treeBytes("", one), union.ErrText, "got units of no days at byte 15, want days"},
		"days without an end":         {treeBytes("2010-05-04/..", one), union.ErrText, "got days without an end at byte 28, want a last day"},
		"days that are none":          {treeBytes("2010-05-04", one), union.ErrText, "got no days at byte 24, want the days of a tree"},
		"a day that is not":           {treeBytes("2010-02-30/2010-05-04", one), union.ErrText, "got no days at byte 35, want the days of a tree"},
		"days from last to first":     {treeBytes("2010-05-04/2010-05-03"), union.ErrText, "got no days at byte 35, want the days of a tree"},
		"days and more":               {treeBytes(today + " "), union.ErrRange, "got a text of 22 bytes at byte 14, want at most 21"},
		"no key":                      {treeBytes(today, sentUnit{title: "AB"}), union.ErrText, "got no unit at byte 41, want a key and a title"},
		"no title":                    {treeBytes(today, sentUnit{key: "ab"}), union.ErrText, "got no unit at byte 41, want a key and a title"},
		"a key with a space":          {treeBytes(today, one, sentUnit{key: "a b", title: "A"}), union.ErrText, "got no unit at byte 48, want a key and a title"},
		"a key that is long":          {treeBytes(today, sentUnit{key: strings.Repeat("k", 65), title: "A"}), union.ErrRange, "got a text of 65 bytes at byte 37, want at most 64"},
		"more below than there are":   {treeBytes(today, one, sentUnit{key: "b", title: "B", below: 2}), union.ErrText, "got more units below one than there are at byte 46, want a tree"},
		"far more below":              {treeBytes(today, one, sentUnit{key: "b", title: "B", below: 1<<63 - 1}), union.ErrText, "got more units below one than there are at byte 54, want a tree"},
		"more below than are left":    {treeBytes(today, one, sentUnit{key: "b", title: "B", below: 1}, sentUnit{key: "c", title: "C", below: 2}), union.ErrText, "got more units below one than there are at byte 51, want a tree"},
		"a key twice":                 {treeBytes(today, one, one), union.ErrText, "got a key twice at byte 46, want another key"},
		"more units than are left":    {treeBytes(today, one)[:40], union.ErrText, "got a length of 1 at byte 36, want no more than is left"},
		"more than the units":         {append(treeBytes(today), 0), union.ErrText, "got 1 bytes more at byte 36, want none"},
		"a count that no int64 holds": {binary.AppendUvarint(treeBytes(today, one)[:40], 1<<63), union.ErrRange, "got 9223372036854775808 at byte 50, want 9223372036854775807 or less"},
		"a rule":                      {formHeader("union.tree", slices.Repeat([]byte{7}, 16)...), union.ErrText, "got a rule"},
	} {
		tree := anhui("2011-08-22")
		err := tree.UnmarshalBinary(row.data)
		require.ErrorIs(t, err, row.sentinel, reason)
		require.ErrorContains(t, err, "union.tree/1: ", reason)
		require.ErrorContains(t, err, row.text, reason)
		assert.Equal(t, anhui("2011-08-22"), tree, reason)
	}
}

func TestTheFormOfATreeIsKept(t *testing.T) {
	span, err := mustHierarchy(federation()...).In(union.MustParsePeriod("2010-05-01/2010-07-31"))
	require.NoError(t, err)
	closed, err := mustHierarchy(
		union.Fact{On: day("2010-01-01"), Found: []union.Unit{{Key: "a", Title: "A"}}}, union.Fact{On: day("2010-01-01"), Close: []string{"a"}},
	).On(day("9999-12-31"))
	require.NoError(t, err)
	laws.Golden(t, union.Tree{}, anhui("2011-08-22"), span, closed)
}

func TestTheLongestTreesTakeNoMoreThanEightTimesTheirLength(t *testing.T) {
	const today = "2010-05-04/2010-05-04"
	short := shortKeys()
	for name, unit := range map[string]func(i int) sentUnit{
		"one key again and again": func(int) sentUnit { return sentUnit{key: "a", title: "t"} },
		"the shortest keys":       func(i int) sentUnit { return sentUnit{key: short[i], title: "t"} },
		"the shortest, in one line": func(i int) sentUnit {
			return sentUnit{key: short[i], title: "t", below: min(i, 1)}
		},
		"codes of six digits":   func(i int) sentUnit { return sentUnit{key: strconv.Itoa(100_000 + i), title: "t"} },
		"long titles":           func(i int) sentUnit { return sentUnit{key: short[i], title: strings.Repeat("t", 500)} },
		"one that is refused":   func(i int) sentUnit { return sentUnit{key: short[i], title: "t", below: i / 9000 * 9999} },
		"lengths of many bytes": func(i int) sentUnit { return sentUnit{key: short[i], title: strings.Repeat("t", 128)} },
	} {
		t.Run(name, func(t *testing.T) {
			for _, length := range []int{longest / 16, longest / 4, longest / 2, longest, 4 * longest} {
				var units []sentUnit
				left := length - len(treeBytes(today)) - 2
				for i := range len(short) {
					each := unit(i)
					if left -= len(treeBytes("", each)) - len(treeBytes("")); left < 0 {
						break
					}
					units = append(units, each)
				}
				data := treeBytes(today, units...)
				require.NoError(t, laws.Bounded(laws.FormOf[union.Tree](), data), length)
				filled := append(data, make([]byte, max(0, length-len(data)))...) // refused at its end
				require.NoError(t, laws.Bounded(laws.FormOf[union.Tree](), filled), length)
			}
		})
	}
}

// shortKeys returns the shortest keys that there are, shortest first.
func shortKeys() []string {
	const letters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"
	keys := strings.Split(letters, "")
	for _, a := range keys[:len(letters):len(letters)] {
		for _, b := range letters {
			keys = append(keys, a+string(b))
		}
	}
	for _, a := range keys[len(letters):] {
		for _, b := range letters[:10] {
			keys = append(keys, a+string(b))
		}
	}
	return keys
}
