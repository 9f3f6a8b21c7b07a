package competition

import (
	"maps"
	"slices"

	"github.com/unioncampaign/union"
)

// An Entry is the record of one firm's entry as one level reports it: text keys,
// as they stand in a file. A kind of team that is left out takes part with none.
type Entry struct {
	Firm    union.CreditCode `json:"firm"`
	Level   string           `json:"level"`   // who reports it: a key of the edition's Levels
	Entered union.Date       `json:"entered"` // the day on the entry form
	Workers int64            `json:"workers"` // how many take part, at least 1
	Teams   map[string]int64 `json:"teams"`   // how many take part, by key of the edition's Kinds
}

// A CodedEntry is what [Entrants] hold of an entry: the code of its level, and
// the teams in the order of the edition's Kinds, or none at all.
// [Edition.CodeEntry] makes one of an [Entry].
type CodedEntry struct {
	Firm    union.CreditCode
	Level   union.Code
	Entered union.Date
	Workers int64
	Teams   []int64
}

// CodeEntry returns the codes of an entry under the edition. It reports the first
// of these faults: a level that the edition does not list, and a kind of team
// that it does not list, the first in alphabetical order ([union.ErrUnknown]).
// [Entrants.Add] checks the rest.
func (e Edition) CodeEntry(entry Entry) (CodedEntry, error) {
	coded := CodedEntry{Firm: entry.Firm, Entered: entry.Entered, Workers: entry.Workers}
	var err error
	if coded.Level, err = codeOf(e.levels, entry.Level, "level"); err != nil {
		return CodedEntry{}, err
	}
	if len(entry.Teams) == 0 {
		return coded, nil
	}
	coded.Teams = make([]int64, e.kinds.Len())
	for _, kind := range slices.Sorted(maps.Keys(entry.Teams)) {
		code, err := e.kinds.Find(kind)
		if err != nil {
			return CodedEntry{}, union.Within("teams", err)
		}
		coded.Teams[code-1] = entry.Teams[kind]
	}
	return coded, nil
}
