package union

import (
	"crypto/sha256"
	"slices"
	"strconv"

	"github.com/unioncampaign/union/internal/quote"
)

// rollupOps knows what can be done with a T, so that callers write Rollup[Box]
// and not the constraint. Its one value holds nothing, so that two Rollups can be
// compared deeply.
type rollupOps[T any] interface {
	merge(into *T, other T) error
	digest(of T) ([sha256.Size]byte, error)
}

type rollupOpsOf[T any, P Tally[T]] struct{}

func (rollupOpsOf[T, P]) merge(into *T, other T) error { return P(into).Merge(other) }

func (rollupOpsOf[T, P]) digest(of T) ([sha256.Size]byte, error) {
	data, err := P(&of).AppendBinary(nil)
	return sha256.Sum256(data), err
}

// A Rollup takes the report of each unit of a [Tree] once, and sums up at every
// level what was counted, and how many reports were expected, are there, came
// late and are missing. A T is a tally; shards of one unit's tally are merged
// before they are reported. Only leaves report, so each is counted once; what a
// unit with others below it counts itself, such as its own office, is reported by
// a leaf of its own.
//
// [NewRollup] makes one. The zero Rollup has no units, and nobody can report to
// it. It is not for use by several goroutines at once, and an assigned copy
// shares its reports.
type Rollup[T any] struct {
	ops     rollupOps[T]
	tree    Tree
	lastDay Date
	reports []report[T] // by UnitID, the first having 1
}

// A report is what a unit has reported.
type report[T any] struct {
	arrival   Arrival
	on        Date // of the report, or of the last revision, what confirms it among them
	tally     T
	inForce   [sha256.Size]byte // the digest of the tally
	taken     []letter          // all that came, with what changed nothing
	revisions []Revision
}

// A letter is a report or a revision as it came, by which a copy is known.
type letter struct {
	digest   [sha256.Size]byte
	revision Revision // zero of a report
}

// A Revision says when a unit's report was replaced, and why.
type Revision struct {
	On     Date   `json:"on"`
	Reason string `json:"reason"`
}

// NewRollup returns a rollup of reports that the units due are to make, no later
// than a last day; the zero Date sets none. Only the type of the tallies is written
// out, as in NewRollup[assessment.Box](tree, tree.Leaves(), day); P follows from it.
// Units that are not due may not report. It reports all the faults that it finds,
// joined, with the place in due:
//   - [ErrUnknown], for a unit that the tree does not have;
//   - [ErrRange], for one that has others below it;
//   - [ErrRepeated], for one given before.
func NewRollup[T any, P Tally[T]](tree Tree, due []UnitID, lastDay Date) (*Rollup[T], error) {
	made := &Rollup[T]{ops: rollupOpsOf[T, P]{}, tree: tree, lastDay: lastDay, reports: make([]report[T], tree.Len())}
	var faults FaultList
	for i, id := range due {
		where := Indexed("due", i)
		switch {
		case !tree.has(id):
			faults.Within(where, tree.unknown(id))
		case !tree.IsLeaf(id):
			faults.Add(ErrRange, where, tree.quote(id), "a unit with none below it")
		case made.reports[id-1].arrival != NotDue:
			faults.Add(ErrRepeated, where, tree.quote(id), "another unit")
		default:
			made.reports[id-1].arrival = Missing
		}
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	return made, nil
}

// unknown says that the tree has no such unit.
func (t Tree) unknown(id UnitID) *Fault {
	return NewFault(ErrUnknown, "", "unit "+strconv.FormatUint(uint64(id), 10), "1 to "+strconv.Itoa(t.Len()))
}

// quote returns the key of a unit that the tree has, for a message.
func (t Tree) quote(id UnitID) string { return quote.Key(t.held.key(id)) }

// Tree returns the units that the rollup is of.
func (r *Rollup[T]) Tree() Tree { return r.tree }

// Arrival returns whether a unit's report is there: of a unit with others below
// it NotDue, since it makes none. A unit that the tree does not have is
// [ErrUnknown].
func (r *Rollup[T]) Arrival(id UnitID) (Arrival, error) {
	if !r.tree.has(id) {
		return NotDue, r.tree.unknown(id)
	}
	return r.reports[id-1].arrival, nil
}

// Revisions returns how often, when and why a unit's report was replaced. A unit
// that the tree does not have has none. The slice is the caller's.
func (r *Rollup[T]) Revisions(id UnitID) []Revision {
	if !r.tree.has(id) {
		return nil
	}
	return slices.Clone(r.reports[id-1].revisions)
}

// Report takes the tally that a unit reports on a day, and keeps a copy. A report
// that was taken before and comes again changes nothing, whatever the day and
// even if it was revised since: the mail may deliver twice. On error nothing
// changes. It reports the first of
//   - [ErrUnknown], for a unit that the tree does not have;
//   - [ErrRange], for a unit that is not due;
//   - [ErrMissing], for the zero Date;
//   - what T reports when it cannot be written or merged;
//   - [ErrRepeated], for other content than the unit has reported: that is for
//     [Rollup.Revise].
func (r *Rollup[T]) Report(id UnitID, on Date, tally T) error {
	own, digest, err := r.read(id, on, tally)
	if err != nil {
		return err
	}
	given := &r.reports[id-1]
	switch {
	case slices.ContainsFunc(given.taken, func(each letter) bool { return each.digest == digest }):
		return nil
	case given.arrival != Missing:
		return NewFault(ErrRepeated, r.tree.quote(id), "other content than was reported on "+given.on.String(), "a revision")
	}
	given.arrival = OnTime
	if !r.lastDay.IsZero() && on.After(r.lastDay) {
		given.arrival = Late
	}
	given.on, given.tally, given.inForce = on, own, digest
	given.taken = append(given.taken, letter{digest: digest})
	return nil
}

// Revise replaces what a unit has reported, on a day and for a reason. A report
// that was on time stays so. What is in force is what was said last by its day, in
// whatever order it comes; of one day, what comes last. A revision by what is in
// force already confirms it on its day and is no other revision, and one that was
// taken before and comes again changes nothing: the same content on the same day
// for the same reason. On error nothing changes. It reports the first of
//   - the faults of [Rollup.Report] but its last;
//   - [ErrMissing], for an empty reason and for a unit that has not reported;
//   - [ErrOrder], for a day before that of the report, or of the last revision that
//     has replaced or confirmed it.
func (r *Rollup[T]) Revise(id UnitID, on Date, tally T, reason string) error {
	own, digest, err := r.read(id, on, tally)
	if err != nil {
		return err
	}
	given := &r.reports[id-1]
	come := letter{digest: digest, revision: Revision{On: on, Reason: reason}}
	switch {
	case reason == "":
		return NewFault(ErrMissing, r.tree.quote(id)+".reason", "", "")
	case given.arrival == Missing:
		return NewFault(ErrMissing, r.tree.quote(id), "", "a report that is revised")
	case slices.Contains(given.taken, come):
		return nil
	case given.inForce == digest:
		given.taken = append(given.taken, come) // lest a copy change something later
		if on.After(given.on) {                 // nor does what was said in between, and comes later still
			given.on = on
		}
		return nil
	case on.Before(given.on):
		return NewFault(ErrOrder, r.tree.quote(id)+".on", on.String(), given.on.String()+" or later")
	}
	given.on, given.tally, given.inForce = on, own, digest
	given.taken = append(given.taken, come)
	given.revisions = append(given.revisions, come.revision)
	return nil
}

// read checks a report and returns a copy of its tally, and its digest.
func (r *Rollup[T]) read(id UnitID, on Date, tally T) (T, [sha256.Size]byte, error) {
	var own T
	var digest [sha256.Size]byte
	switch {
	case !r.tree.has(id):
		return own, digest, r.tree.unknown(id)
	case r.reports[id-1].arrival == NotDue:
		return own, digest, NewFault(ErrRange, r.tree.quote(id), "a unit that is not due", "one that is")
	case on.IsZero():
		return own, digest, NewFault(ErrMissing, r.tree.quote(id)+".on", "", "")
	}
	digest, err := r.ops.digest(tally)
	if err == nil {
		err = r.ops.merge(&own, tally)
	}
	return own, digest, Within(r.tree.quote(id), err)
}

// Missing returns the units, among one and all below it, whose report is due and
// not there, in order: those of 0 are all there are. Of a unit that the tree does
// not have there are none. The slice is the caller's.
func (r *Rollup[T]) Missing(id UnitID) []UnitID {
	first, last := UnitID(1), UnitID(len(r.reports))
	if id != 0 {
		if !r.tree.has(id) {
			return nil
		}
		first, last = r.tree.first(id), id
	}
	var missing []UnitID
	for ; first <= last; first++ {
		if r.reports[first-1].arrival == Missing {
			missing = append(missing, first)
		}
	}
	return missing
}

// A Part is what a [Rollup] knows of one unit and all below it. Expected is always
// Present and Missing together, and Present is OnTime and Late. Which units are
// missing is told by [Rollup.Missing].
type Part[T any] struct {
	Unit     UnitID
	Sum      T   // of the reports that are there
	Expected int // how many reports are due
	Present  int // how many are there
	Missing  int // how many are not
	OnTime   int
	Late     int
	Revised  int // how many of those that are there were revised
}

// Sum returns every unit with the merge of what was reported within it, the units
// below before those above: the part of a unit is at the index of its ID less 1.
// The parts share nothing with the rollup or with each other. Every report is
// merged once at each level, in the order of the units and not of arrival. It
// fails where the merge of two T does: with the fault of tallies under two rules,
// or of a sum that does not fit, at the key of the unit whose sum could not be
// added to that of the units before it.
func (r *Rollup[T]) Sum() ([]Part[T], error) {
	parts := make([]Part[T], len(r.reports))
	for i := range parts {
		part := &parts[i]
		part.Unit = UnitID(i + 1)
		part.expect(r.reports[i].arrival, len(r.reports[i].revisions) > 0)
		err := r.ops.merge(&part.Sum, r.reports[i].tally) // of one that has not reported the zero T
		if parent := r.tree.Parent(part.Unit); err == nil && parent != 0 {
			err = r.ops.merge(&parts[parent-1].Sum, part.Sum)
			parts[parent-1].count(*part)
		}
		if err != nil {
			return nil, Within(r.tree.quote(part.Unit), err)
		}
	}
	return parts, nil
}

// expect counts the unit's own report, if one is due.
func (p *Part[T]) expect(arrival Arrival, revised bool) {
	switch arrival {
	case NotDue:
		return
	case Missing:
		p.Missing++
	case OnTime:
		p.OnTime++
	case Late:
		p.Late++
	}
	p.Expected++
	if arrival != Missing {
		p.Present++
	}
	if revised {
		p.Revised++
	}
}

// count adds how many reports a unit below expects, has and lacks.
func (p *Part[T]) count(below Part[T]) {
	p.Expected += below.Expected
	p.Present += below.Present
	p.Missing += below.Missing
	p.OnTime += below.OnTime
	p.Late += below.Late
	p.Revised += below.Revised
}
