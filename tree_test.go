package union_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
)

// anhui is the province's tree on a day.
func anhui(day string) union.Tree {
	tree, err := mustHierarchy(chaohu()...).On(union.MustParseDate(day))
	if err != nil {
		panic(err)
	}
	return tree
}

func ExampleTree_Find() {
	tree := anhui("2011-08-22")
	id, err := tree.Find("340523")
	fmt.Println(titles(tree, id), err)
	_, err = tree.Find("341424") // the code it had until then
	fmt.Println(err)
	// Output:
	// [和县] <nil>
	// not known: got "341424", want a unit of "2011-08-22/2011-08-22"
}

func ExampleTree_FindBytes() {
	tree := anhui("2011-08-22")
	line := []byte("340523,1234.50")
	id, err := tree.FindBytes(line[:6])
	fmt.Println(titles(tree, id), err)
	_, err = tree.FindBytes(line[7:])
	fmt.Println(err)
	// Output:
	// [和县] <nil>
	// not known: got "1234.50", want a unit of "2011-08-22/2011-08-22"
}

func ExampleTree_Unit() {
	tree := anhui("2011-08-22")
	id, _ := tree.Find("340523")
	fmt.Println(tree.Unit(id))
	fmt.Println(tree.Unit(0))
	// Output:
	// {340523 和县 340500} true
	// {  } false
}

func ExampleTree_Len() {
	fmt.Println(anhui("2011-08-21").Len(), anhui("2011-08-22").Len())
	// Output: 10 9
}

func ExampleTree_Parent() {
	tree := anhui("2011-08-22")
	id, _ := tree.Find("340523")
	fmt.Println(titles(tree, tree.Parent(id)))
	// Output: [马鞍山市]
}

func ExampleTree_Children() {
	tree := anhui("2011-08-21")
	id, _ := tree.Find("341400")
	fmt.Println(titles(tree, tree.Children(id)...))
	fmt.Println(titles(tree, tree.Children(0)...))
	// Output:
	// [居巢区 庐江县 无为县 含山县 和县]
	// [安徽省]
}

func ExampleTree_IsLeaf() {
	for _, day := range []string{"2011-08-21", "2011-08-22"} {
		tree := anhui(day)
		id, _ := tree.Find("340100")
		fmt.Println(tree.IsLeaf(id))
	}
	// Output:
	// true
	// false
}

func ExampleTree_Leaves() {
	tree := anhui("2011-08-22")
	fmt.Println(titles(tree, tree.Leaves()...))
	// Output: [巢湖市 庐江县 无为县 含山县 和县]
}

func TestATreeKnowsNothingOfAnotherID(t *testing.T) {
	tree := anhui("2011-08-22")
	require.Equal(t, 9, tree.Len())
	for _, id := range []union.UnitID{0, 10, 1<<32 - 1} {
		_, ok := tree.Unit(id)
		assert.False(t, ok)
		assert.Zero(t, tree.Parent(id))
		assert.False(t, tree.IsLeaf(id))
		if id != 0 {
			assert.Empty(t, tree.Children(id))
		}
	}
}

func TestTheZeroTreeHasNoUnits(t *testing.T) {
	var tree union.Tree
	assert.Zero(t, tree.Len())
	assert.True(t, tree.Of().IsZero())
	assert.Empty(t, tree.Leaves())
	assert.Empty(t, tree.Children(0))
	assert.Empty(t, tree.Children(1))
	_, err := tree.Find("a")
	require.ErrorIs(t, err, union.ErrUnknown)
}

func TestWhatATreeHandsOutIsTheCallers(t *testing.T) {
	tree := anhui("2011-08-22")
	leaves, top := tree.Leaves(), tree.Children(0)
	leaves[0], top[0] = 9, 1
	assert.Equal(t, union.UnitID(1), tree.Leaves()[0])
	assert.Equal(t, union.UnitID(9), tree.Children(0)[0])
}

func TestOneUnitStandsInSeveralHierarchies(t *testing.T) {
	region := mustHierarchy(federation()...)
	industry := mustHierarchy(union.Fact{On: union.MustParseDate("2010-01-01"), Found: []union.Unit{
		{Key: "rail", Title: "铁路工会"}, {Key: "a1", Title: "A1", Parent: "rail"}, {Key: "b1", Title: "B1", Parent: "rail"},
	}})
	for parent, hierarchy := range map[string]union.Hierarchy{"a": region, "rail": industry} {
		tree, err := hierarchy.On(union.MustParseDate("2010-05-01"))
		require.NoError(t, err)
		id, err := tree.Find("a1")
		require.NoError(t, err)
		above, _ := tree.Unit(tree.Parent(id))
		assert.Equal(t, parent, above.Key)
	}
}

func TestTreesStandBesideEachOther(t *testing.T) {
	hierarchy := mustHierarchy(union.Fact{On: day("2010-01-01"), Found: []union.Unit{
		{Key: "p", Title: "P"}, {Key: "a", Title: "A", Parent: "p"}, {Key: "q", Title: "Q"}, {Key: "b", Title: "B", Parent: "q"},
	}})
	tree, err := hierarchy.On(day("2010-01-01"))
	require.NoError(t, err)
	for child, parent := range map[string]string{"a": "p", "b": "q"} {
		assert.Equal(t, mustFind(tree, parent), tree.Parent(mustFind(tree, child)), child)
	}
}
