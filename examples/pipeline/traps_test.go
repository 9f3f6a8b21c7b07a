package main

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
)

// The twins below are small tallies, right but for what their names say. Each is known
// to Beam before any test begins.

func init() {
	carry[counter]("twin", told[counter]{})
	carry[lastWins]("twin", told[lastWins]{})
	carry[firstNamed]("twin", told[firstNamed]{})
	carry[forgetful]("twin", told[forgetful]{})
	carryBare[uncoded]("twin", told[uncoded]{})
	for _, fn := range []reflect.Type{
		reflect.TypeFor[gatherFn[counter]](), reflect.TypeFor[gatherFn[lastWins]](), reflect.TypeFor[gatherFn[firstNamed]](),
		reflect.TypeFor[gatherFn[forgetful]](), reflect.TypeFor[gatherFn[uncoded]](), reflect.TypeFor[gatherFn[int]](),
		reflect.TypeFor[hiddenSumFn](), reflect.TypeFor[decimalSumFn](), reflect.TypeFor[plainSumFn](),
		reflect.TypeFor[hidden](), reflect.TypeFor[withDecimal](), reflect.TypeFor[uncoded](),
	} {
		beam.RegisterType(fn)
	}
	beam.RegisterFunction(keyed)
}

// A counter is right.
type counter struct{ n int64 }

func (c *counter) add(v int)             { c.n += int64(v) }
func (c *counter) Merge(o counter) error { c.n += o.n; return nil }
func (c counter) AppendBinary(data []byte) ([]byte, error) {
	return binary.AppendVarint(data, c.n), nil
}
func (c *counter) UnmarshalBinary(data []byte) error { return readInts(data, &c.n) }

// readInts reads numbers.
func readInts(data []byte, into ...*int64) error {
	for _, each := range into {
		n, size := binary.Varint(data)
		if size <= 0 {
			return errors.New("cut off")
		}
		*each, data = n, data[size:]
	}
	return nil
}

// A lastWins merges wrongly: what comes last is all that is kept.
type lastWins struct{ counter }

func (l *lastWins) Merge(o lastWins) error { *l = o; return nil }

// A firstNamed depends on the order of what is merged: it keeps the name that came
// first.
type firstNamed struct{ n, name int64 }

func (f *firstNamed) add(v int) { _ = f.Merge(firstNamed{int64(v), int64(v)}) }
func (f *firstNamed) Merge(o firstNamed) error {
	f.n += o.n
	if f.name == 0 {
		f.name = o.name
	}
	return nil
}

func (f firstNamed) AppendBinary(data []byte) ([]byte, error) {
	return binary.AppendVarint(binary.AppendVarint(data, f.n), f.name), nil
}
func (f *firstNamed) UnmarshalBinary(data []byte) error { return readInts(data, &f.n, &f.name) }

// A forgetful writes one of its two numbers.
type forgetful struct{ n, times int64 }

func (f *forgetful) add(v int)               { _ = f.Merge(forgetful{int64(v), 1}) }
func (f *forgetful) Merge(o forgetful) error { f.n += o.n; f.times += o.times; return nil }
func (f forgetful) AppendBinary(data []byte) ([]byte, error) {
	return binary.AppendVarint(data, f.n), nil
}
func (f *forgetful) UnmarshalBinary(data []byte) error { return readInts(data, &f.n) }

// An uncoded is right, and nobody has told Beam of its binary form.
type uncoded struct{ counter }

func (u *uncoded) Merge(o uncoded) error { return u.counter.Merge(o.counter) }

// gathered is what pipelines of tests, which run in this process, hand back, by test.
var gathered = struct {
	sync.Mutex
	of map[string][]any
}{of: map[string][]any{}}

// A gatherFn hands values back to a test.
type gatherFn[T any] struct{ Test string }

func (f *gatherFn[T]) ProcessElement(_ string, value T) {
	gathered.Lock()
	defer gathered.Unlock()
	gathered.of[f.Test] = append(gathered.of[f.Test], value)
}

// taken returns what was handed back to a test, and forgets it.
func taken(test string) []any {
	gathered.Lock()
	defer gathered.Unlock()
	defer delete(gathered.of, test)
	return gathered.of[test]
}

// keyed puts a number under the one key.
func keyed(n int) (string, int) { return "u", n }

// sum runs a combiner of numbers on a runner and returns what comes out. With refused it
// returns, instead of running it, the error with which the pipeline is refused.
func sum(t *testing.T, runner string, combiner any, numbers ...int) (got []any, refused error) {
	t.Helper()
	p, s := beam.NewPipelineWithRoot()
	beam.ParDo0(s, &gatherFn[int]{t.Name()}, beam.CombinePerKey(s, combiner, beam.ParDo(s, keyed, beam.CreateList(s, numbers))))
	_, err := beam.Run(context.Background(), runner, p)
	require.NoError(t, err)
	return taken(t.Name()), checkCoders(p)
}

// A hidden is an accumulator whose number Beam does not see.
type hidden struct{ n int }

type hiddenSumFn struct{}

func (*hiddenSumFn) CreateAccumulator() hidden               { return hidden{} }
func (*hiddenSumFn) AddInput(a hidden, n int) hidden         { return hidden{a.n + n} }
func (*hiddenSumFn) MergeAccumulators(a, b hidden) hidden    { return hidden{a.n + b.n} }
func (*hiddenSumFn) ExtractOutput(a hidden) int              { return a.n }
func (*decimalSumFn) CreateAccumulator() withDecimal         { return withDecimal{} }
func (*decimalSumFn) ExtractOutput(a withDecimal) int        { return int(a.Sum.IntPart()) }
func (*plainSumFn) CreateAccumulator() lastWins              { return lastWins{} }
func (*plainSumFn) ExtractOutput(a lastWins) int             { return int(a.n) }
func (*plainSumFn) AddInput(a lastWins, n int) lastWins      { a.add(n); return a }
func (*plainSumFn) MergeAccumulators(a, b lastWins) lastWins { _ = a.Merge(b); return a }

// A withDecimal is one whose field Beam sees, and nothing within it.
type withDecimal struct{ Sum decimal.Decimal }

type decimalSumFn struct{}

func (*decimalSumFn) AddInput(a withDecimal, n int) withDecimal {
	return withDecimal{a.Sum.Add(decimal.New(int64(n), 0))}
}

func (*decimalSumFn) MergeAccumulators(a, b withDecimal) withDecimal {
	return withDecimal{a.Sum.Add(b.Sum)}
}

// A plainSumFn adds records rightly and merges wrongly.
type plainSumFn struct{}

// This is what Beam does, and why a pipeline is looked at before it runs.
func TestAnAccumulatorWithoutACoderIsSilentlyZeroOnPrismAndRefusedByUs(t *testing.T) {
	for name, combiner := range map[string]any{"main.hidden": &hiddenSumFn{}, "main.withDecimal": &decimalSumFn{}} {
		got, refused := sum(t, "direct", combiner, 1, 2, 3)
		assert.Equal(t, []any{6}, got, "the direct runner encodes no accumulators: %s", name)
		require.ErrorContains(t, refused, "no coder for "+name)
		got, refused = sum(t, "prism", combiner, 1, 2, 3)
		assert.Equal(t, []any{0}, got, "%s", name)
		require.ErrorContains(t, refused, "no coder for "+name)
	}
}

func TestAWrongMergePassesARunOfPlainRecords(t *testing.T) {
	for _, runner := range bothRunners {
		got, refused := sum(t, runner, &plainSumFn{}, 1, 2, 3)
		assert.Equal(t, []any{6}, got, "%s has merged no accumulators", runner)
		assert.NoError(t, refused)
	}
}

// A twin is a tally of numbers.
type twin[T any] interface {
	union.Tally[T]
	add(int)
}

// counts says how the tally of numbers differs that Beam makes of partial tallies of
// two each, in several orders, from one to which all were added.
func counts[T comparable, P twin[T]](t *testing.T, runner string, numbers ...int) error {
	t.Helper()
	var want T
	for _, n := range numbers {
		P(&want).add(n)
	}
	var parts []any
	for pair := range slices.Chunk(numbers, 2) {
		var part T
		for _, n := range pair {
			P(&part).add(n)
		}
		data, err := P(&part).AppendBinary(nil)
		require.NoError(t, err)
		parts = append(parts, partial{Form: "twin", Units: []string{"u"}, Data: data})
	}
	for order := range len(parts) {
		turned := slices.Concat(parts[order:], parts[:order])
		p, s := beam.NewPipelineWithRoot()
		of := carried[T, P]{name: "twin"}
		beam.ParDo0(s, &gatherFn[T]{t.Name()}, of.merge(s, of.decode(s, beam.Create(s, turned...))))
		if err := checkCoders(p); err != nil {
			return err
		}
		_, err := beam.Run(context.Background(), runner, p)
		require.NoError(t, err)
		got := taken(t.Name())
		require.Len(t, got, 1)
		if got[0] != any(want) {
			return fmt.Errorf("turned by %d: got %v, want %v", order, got[0], want)
		}
	}
	return nil
}

func TestATallyThatMergesIsCountedByBeamAsByAFold(t *testing.T) {
	for _, runner := range bothRunners {
		assert.NoError(t, counts[counter](t, runner, 1, 2, 3, 4, 5, 6))
	}
}

func TestAPlantedWrongMergeIsCaughtByPartialsOnEveryRunner(t *testing.T) {
	for _, runner := range bothRunners {
		assert.ErrorContains(t, counts[lastWins](t, runner, 1, 2, 3, 4, 5, 6), "want {{21}}", runner)
	}
}

func TestAPlantedOrderDependenceIsCaught(t *testing.T) {
	for _, runner := range bothRunners {
		assert.ErrorContains(t, counts[firstNamed](t, runner, 1, 2, 3, 4, 5, 6), "want {21 1}", runner)
	}
}

func TestAPlantedLossyCoderIsCaught(t *testing.T) {
	for _, runner := range bothRunners {
		assert.ErrorContains(t, counts[forgetful](t, runner, 1, 2, 3, 4, 5, 6), "want {21 6}", runner)
	}
}

func TestAPlantedMissingCoderIsRefusedByNameBeforeThePipelineRuns(t *testing.T) {
	for _, runner := range bothRunners {
		assert.EqualError(t, counts[uncoded](t, runner, 1, 2, 3, 4, 5, 6),
			"no coder for main.uncoded: Beam would write it without its unexported fields")
		assert.Empty(t, taken(t.Name()))
	}
}

// Adding a part must not change the part, which others may hold.
func TestMergingLeavesThePartsAsTheyWere(t *testing.T) {
	var first, second union.Register
	_, err := first.Add("a")
	require.NoError(t, err)
	_, err = second.Add("b")
	require.NoError(t, err)
	fn := &mergeFn[union.Register, *union.Register]{}
	sum, err := fn.AddInput(fn.CreateAccumulator(), first)
	require.NoError(t, err)
	sum, err = fn.MergeAccumulators(sum, second)
	require.NoError(t, err)
	assert.Equal(t, []string{"a", "b"}, sum.All())
	assert.Equal(t, []string{"a"}, first.All())
	assert.Equal(t, []string{"b"}, second.All())
}
