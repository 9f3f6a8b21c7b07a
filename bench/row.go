package main

import (
	"fmt"
	"math"
	"runtime"
	"strings"
	"time"
)

// A row is one workload: what the library does beside the plainest loop that does
// the same, and beside what a user would write without the library.
type row struct {
	name string
	goal float64 // the ratio to the limit that is asked for
	// orGoal is the ratio to the contest's other limit that is enough as well.
	orGoal float64
	// faster is how many times as fast as the plain way is asked for; 0: nothing.
	faster float64
	// open says that the goal is not reached yet: the table tells so, and the check
	// does not fail for it.
	open bool
	// from is how many records there must be for the goal to be asked for.
	from int
	once bool // its size is its own, so that it is measured once and not at every size
	// load makes the input of so many records, with the same bytes on every run.
	load func(records int) contest
}

// A contest is a row with its input. What each contestant gives must be the same
// for all.
type contest struct {
	limit   contestant
	other   contestant // another limit, or nil
	library contestant
	plain   contestant // nil: no user would do it otherwise
	// rivals are other libraries and programs that can do the same.
	rivals []rival
	close  func() // what is to be done after all; nil: nothing
	// bytes is how many bytes the input has, if that is told.
	bytes int
	// pieces is what the input is counted in; 0: its records.
	pieces int
	// most is the longest that the library may take, if that is asked for.
	most time.Duration
}

// A rival is another library or program, by name.
type rival struct {
	name string
	run  contestant
}

// A contestant works through the whole input, and returns what makes a digest of
// its result: of every number in it and of where that stands, so that no other
// result has the same. That is not timed.
type contestant func() (digest func() int64)

// whole is the digest of a result that is one number.
func whole(n int64) func() int64 { return func() int64 { return n } }

// weigh returns a digest of numbers in their order.
func weigh(n int, at func(i int) int64) int64 {
	var digest int64
	for i := range n {
		digest = digest*1_000_003 + at(i)
	}
	return digest
}

// A result is what was measured of a row at one size.
type result struct {
	row                   row
	records               int
	limit, library, plain time.Duration // the fastest run of each
	other                 time.Duration
	rivals                []time.Duration
	names                 []string // of the rivals
	allocations           float64  // of the library, a piece
	pieces, bytes         int
	most                  time.Duration
}

// measure runs the contestants in turn, so that what slows the machine for a while
// slows them alike, and keeps the fastest run of each. Before the clock starts
// their results are compared.
func measure(r row, records, runs int) (result, error) {
	c := r.load(records)
	if c.close != nil {
		defer c.close()
	}
	if c.pieces == 0 {
		c.pieces = records
	}
	want := c.limit()()
	if got := c.library()(); got != want {
		return result{}, fmt.Errorf("%s: the library gives %d, the limit %d", r.name, got, want)
	}
	if c.plain != nil {
		if got := c.plain()(); got != want {
			return result{}, fmt.Errorf("%s: the plain way gives %d, the limit %d", r.name, got, want)
		}
	}
	if r.once {
		records = c.pieces
	}
	for _, each := range c.rivals {
		if got := each.run()(); got != want {
			return result{}, fmt.Errorf("%s: %s gives %d, the limit %d", r.name, each.name, got, want)
		}
	}
	made := result{row: r, records: records, pieces: c.pieces, bytes: c.bytes, most: c.most, limit: math.MaxInt64, library: math.MaxInt64}
	made.allocations = allocations(c.library) / float64(c.pieces)
	if c.other != nil {
		if got := c.other()(); got != want {
			return result{}, fmt.Errorf("%s: the other limit gives %d, the limit %d", r.name, got, want)
		}
		made.other = math.MaxInt64
	}
	for range runs {
		made.limit = min(made.limit, clock(c.limit))
		if c.other != nil {
			made.other = min(made.other, clock(c.other))
		}
		made.library = min(made.library, clock(c.library))
	}
	if c.plain != nil {
		made.plain = fastest(c.plain, runs)
	}
	for _, each := range c.rivals {
		made.names = append(made.names, each.name)
		made.rivals = append(made.rivals, fastest(each.run, runs))
	}
	return made, nil
}

// fastest clocks a way that is slow, and need not be known so exactly, for two seconds
// at most.
func fastest(run contestant, runs int) time.Duration {
	const enough = 2 * time.Second
	least := time.Duration(math.MaxInt64)
	for spent, n := time.Duration(0), 0; n < runs && spent < enough; n++ {
		took := clock(run)
		least, spent = min(least, took), spent+took
	}
	return least
}

// again returns the better of two measurements of a row.
func (r result) again(other result) result {
	r.limit, r.library, r.plain = min(r.limit, other.limit), min(r.library, other.library), min(r.plain, other.plain)
	r.other = min(r.other, other.other)
	return r
}

func clock(run contestant) time.Duration {
	start := time.Now()
	run()
	return time.Since(start)
}

// allocations returns how many allocations one run makes.
func allocations(run contestant) float64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	run()
	runtime.ReadMemStats(&after)
	return float64(after.Mallocs - before.Mallocs)
}

// ratio is how many times as long as the limit the library takes.
func (r result) ratio() float64 { return float64(r.library) / float64(r.limit) }

// missed reports whether the library is slower than is asked for, by more than the
// machine's own unrest.
func (r result) missed() bool {
	const slack = 1.25
	if r.records < r.row.from {
		return false
	}
	enough := r.row.orGoal > 0 && r.otherRatio() <= r.row.orGoal*slack
	return r.row.goal > 0 && r.ratio() > r.row.goal*slack && !enough || r.most > 0 && r.library > r.most ||
		r.row.faster > 0 && r.times()*slack < r.row.faster
}

// otherRatio is how many times as long as the other limit the library takes.
func (r result) otherRatio() float64 { return float64(r.library) / float64(r.other) }

// times is how many times as fast as the plain way the library is.
func (r result) times() float64 { return float64(r.plain) / float64(r.library) }

// perPiece returns how many nanoseconds a piece takes.
func (r result) perPiece(all time.Duration) string {
	return fmt.Sprintf("%.2f", float64(all.Nanoseconds())/float64(r.pieces))
}

// header and line make a table in Markdown.
const header = "| workload | records | limit, ns each | library, ns each | ratio | asked for | plain Go, ns each | others, ns each | allocations each |\n" +
	"|---|---:|---:|---:|---:|---:|---:|---:|---:|\n"

func (r result) line() string {
	asked := fmt.Sprintf("≤ %.2g", r.row.goal)
	switch {
	case r.row.goal > 0 && r.row.faster > 0:
		asked += fmt.Sprintf(", plain ≥ %g×", r.row.faster)
	case r.row.faster > 0:
		asked = fmt.Sprintf("plain ≥ %g×", r.row.faster)
	case r.most > 0:
		asked = fmt.Sprintf("≤ %v in all", r.most)
	case r.row.goal == 0:
		asked = "–"
	}
	if r.row.orGoal > 0 {
		asked += fmt.Sprintf(" or ≤ %.2g of the other limit, %s ns each (%.2f)", r.row.orGoal, r.perPiece(r.other), r.otherRatio())
	}
	if r.row.from > 0 {
		asked += fmt.Sprintf(", from %d records", r.row.from)
	}
	if r.row.open {
		asked += ", not reached"
	}
	plain := "–"
	if r.plain > 0 {
		plain = r.perPiece(r.plain)
		if r.row.faster > 0 {
			plain += fmt.Sprintf(" (%.1f×)", r.times())
		}
	}
	library := r.perPiece(r.library)
	if r.bytes > 0 {
		library += fmt.Sprintf(" (%.0f MB/s, %v in all)", float64(r.bytes)/1e6/r.library.Seconds(), r.library.Round(time.Millisecond/10))
	}
	return fmt.Sprintf("| %s | %d | %s | %s | %.2f | %s | %s | %s | %.3g |\n",
		r.row.name, r.records, r.perPiece(r.limit), library, r.ratio(), asked, plain, r.others(), r.allocations)
}

// others tells what each rival took, and how many times as long as the library that is.
func (r result) others() string {
	if len(r.rivals) == 0 {
		return "–"
	}
	var text strings.Builder
	for i, took := range r.rivals {
		fmt.Fprintf(&text, "%s %s (%.1f×)<br>", r.names[i], r.perPiece(took), float64(took)/float64(r.library))
	}
	return strings.TrimSuffix(text.String(), "<br>")
}
