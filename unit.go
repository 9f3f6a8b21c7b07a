package union

// A UnitID is the place of a unit in one [Tree], counted from 1. Hot records hold
// UnitIDs, looked up once by [Tree.Find]; text holds the unit's key. The IDs of
// another Tree mean other units. The zero UnitID is no unit.
type UnitID uint32

// A Unit is an organisation in a hierarchy: a key that stays, such as an
// administrative code, the official name, and the key of the unit that it stands
// under. An empty Parent is a unit at the top. What stands under what is said
// here alone and never read out of the key.
type Unit struct {
	Key    string `json:"key"`
	Title  string `json:"title"`
	Parent string `json:"parent,omitempty"`
}
