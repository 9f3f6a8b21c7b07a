package union

// A Fact is one thing that happened to a hierarchy on a day, from which on it
// holds. Exactly one of Found, Move, Merge, Split and Close is given. The zero
// Fact is none.
type Fact struct {
	On    Date      `json:"on"`
	Found []Unit    `json:"found,omitempty"` // units that exist from this day on, each after its parent
	Move  *Move     `json:"move,omitempty"`
	Merge *Merger   `json:"merge,omitempty"`
	Split *Division `json:"split,omitempty"`
	Close []string  `json:"close,omitempty"` // units that end without a successor and have none below them
}

// A Move puts units, with all below them, under another parent.
type Move struct {
	Units []string `json:"units"`
	To    string   `json:"to"`
}

// A Merger makes one unit of several (合并), or one of another by a new key, name
// or place (更名、撤县设市). What stood below them stands below it. Into is a new
// unit, or one of those merged, which then goes on under its key.
type Merger struct {
	Units []string `json:"units"`
	Into  Unit     `json:"into"`
}

// A Division makes several units of one (分设). One of the heirs may go on under
// the key of the unit; the others are new.
type Division struct {
	Unit string `json:"unit"`
	Into []Heir `json:"into"`
}

// An Heir is one of the units that a unit is split into. Takes are the keys of the
// units directly below the one split that go to it, each of them to exactly one
// heir; Weight is in what proportion it takes what was counted before. Weights of
// zero throughout say that the record of the split shares out nothing.
type Heir struct {
	Unit
	Takes  []string `json:"takes,omitempty"`
	Weight int64    `json:"weight,omitempty"`
}

// clone returns a fact that shares nothing with f. An empty list is none.
func (f Fact) clone() Fact {
	f.Found, f.Close = append([]Unit(nil), f.Found...), cloneKeys(f.Close)
	if f.Move != nil {
		f.Move = &Move{Units: cloneKeys(f.Move.Units), To: f.Move.To}
	}
	if f.Merge != nil {
		f.Merge = &Merger{Units: cloneKeys(f.Merge.Units), Into: f.Merge.Into}
	}
	if f.Split != nil {
		f.Split = &Division{Unit: f.Split.Unit, Into: append([]Heir(nil), f.Split.Into...)}
		for i, heir := range f.Split.Into {
			f.Split.Into[i].Takes = cloneKeys(heir.Takes)
		}
	}
	return f
}

func cloneKeys(keys []string) []string { return append([]string(nil), keys...) }

func cloneFacts(facts []Fact) []Fact {
	cloned := make([]Fact, len(facts))
	for i, fact := range facts {
		cloned[i] = fact.clone()
	}
	return cloned
}

// kinds returns how many kinds of thing the fact says happened.
func (f Fact) kinds() int {
	n := 0
	for _, given := range []bool{len(f.Found) > 0, f.Move != nil, f.Merge != nil, f.Split != nil, len(f.Close) > 0} {
		if given {
			n++
		}
	}
	return n
}
