package competition

import (
	"strconv"

	"github.com/unioncampaign/union"
)

// An Allotment is how the places of an award are shared out down a tree of units:
// each unit with its places, those of the units below it among them. It is a
// result. The places of the units directly below one are together its own.
type Allotment struct {
	Places []AllottedPlaces
	Tied   []string // keys of units between which only their order decided
}

// AllottedPlaces are the places of one unit.
type AllottedPlaces struct {
	Unit   string // its key
	Within string // the key of the unit that it stands under; empty at the top
	Leaf   bool
	Places int
}

// Allot shares out places down a tree in proportion to weights, such as members:
// at the top first, then from each unit to those below it, each time by
// [union.Apportion]. The weights are those of the leaves; a leaf that is left out
// weighs nothing and gets nothing. It fails with
//   - [union.ErrRange], for fewer than no places and a weight below 0;
//   - [union.ErrUnknown], for a weight of what is no leaf of the tree;
//   - [union.ErrOverflow] and [union.ErrUndefined], as Apportion does: places to
//     be shared out among units without weight.
func Allot(places int, tree union.Tree, weights map[string]int64) (Allotment, error) {
	if places < 0 {
		return Allotment{}, union.NewFault(union.ErrRange, "places", strconv.Itoa(places), "0 or more")
	}
	sums, err := weighed(tree, weights)
	if err != nil {
		return Allotment{}, err
	}
	var made Allotment
	if err := made.share(tree, 0, "", places, sums); err != nil {
		return Allotment{}, err
	}
	return made, nil
}

// weighed returns the weight of every unit, by its ID.
func weighed(tree union.Tree, weights map[string]int64) ([]int64, error) {
	sums := make([]int64, tree.Len()+1)
	for _, key := range sortedKeys(weights) {
		id, err := tree.Find(key)
		switch {
		case err != nil:
			return nil, union.Within("weights", err)
		case !tree.IsLeaf(id):
			return nil, union.NewFault(union.ErrUnknown, "weights", strconv.Quote(key), "a unit with none below it")
		case weights[key] < 0:
			return nil, union.NewFault(union.ErrRange, "weights."+key, strconv.FormatInt(weights[key], 10), "0 or more")
		}
		for at := id; ; at = tree.Parent(at) {
			sums[at] += weights[key]
			if sums[at] < 0 {
				return nil, union.NewFault(union.ErrOverflow, "weights", "", "")
			}
			if at == 0 {
				break
			}
		}
	}
	return sums, nil
}

// share gives the units directly below one its places.
func (a *Allotment) share(tree union.Tree, of union.UnitID, within string, places int, sums []int64) error {
	children := tree.Children(of)
	if len(children) == 0 {
		if of == 0 && places > 0 {
			return union.NewFault(union.ErrUndefined, "weights", "", "a unit to share out to")
		}
		return nil
	}
	parts := make([]int64, len(children))
	if places > 0 {
		weights := make([]int64, len(children))
		for i, child := range children {
			weights[i] = sums[child]
		}
		split, err := union.Apportion(int64(places), weights...)
		if err != nil {
			return union.Within("units below "+strconv.Quote(within), err)
		}
		parts = split.Parts
		for _, i := range split.Tied {
			unit, _ := tree.Unit(children[i])
			a.Tied = append(a.Tied, unit.Key)
		}
	}
	for i, child := range children {
		unit, _ := tree.Unit(child)
		a.Places = append(a.Places, AllottedPlaces{Unit: unit.Key, Within: within, Leaf: tree.IsLeaf(child), Places: int(parts[i])})
		if err := a.share(tree, child, unit.Key, int(parts[i]), sums); err != nil {
			return err
		}
	}
	return nil
}

// Leaves returns the places of the units that have none below them, as
// [Applications] take them.
func (a Allotment) Leaves() map[string]int {
	leaves := map[string]int{}
	for _, each := range a.Places {
		if each.Leaf {
			leaves[each.Unit] = each.Places
		}
	}
	return leaves
}
