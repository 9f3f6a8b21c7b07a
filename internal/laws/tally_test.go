package laws_test

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union/internal/laws"
	"github.com/unioncampaign/union/internal/wire"
)

// urn counts balls by colour, under a rule.
type urn struct {
	rule  wire.Digest
	balls map[string]int64
}

const urnForm = "laws.urn/1"

func (u *urn) add(colour string) error {
	if u.balls == nil {
		u.balls = map[string]int64{}
	}
	u.balls[colour]++
	return nil
}

func (u *urn) Merge(other urn) error {
	none := wire.Digest{}
	switch {
	case other.rule == none:
		return nil
	case u.rule != none && u.rule != other.rule:
		return errors.New("another rule")
	}
	u.rule = other.rule
	for colour, n := range other.balls {
		if u.balls == nil {
			u.balls = map[string]int64{}
		}
		u.balls[colour] += n
	}
	return nil
}

func (u urn) AppendBinary(data []byte) ([]byte, error) {
	return u.appendInOrder(data, slices.Sorted(maps.Keys(u.balls)))
}

func (u urn) appendInOrder(data []byte, colours []string) ([]byte, error) {
	w := wire.Begin(data, urnForm, u.rule)
	w.Len(len(u.balls))
	for _, colour := range colours {
		w.Text(colour)
		w.Count(u.balls[colour])
	}
	return w.Bytes()
}

func (u *urn) UnmarshalBinary(data []byte) error {
	r := wire.Read(data, urnForm, u.rule)
	made := urn{rule: r.Rule()}
	before := ""
	for range r.Len(3) {
		colour := r.Key(before, 8)
		if n := r.Count(); !r.Failed() {
			if made.balls == nil {
				made.balls = map[string]int64{}
			}
			made.balls[colour] = n
		}
		before = colour
	}
	if len(made.balls) > 0 && made.rule == (wire.Digest{}) {
		r.Refuse("balls", "a rule")
	}
	if err := r.Done(); err != nil {
		return err
	}
	*u = made
	return nil
}

func emptyUrn() urn { return urn{rule: wire.Digest{1, 2, 3}} }

func drawUrn(r *rapid.T) urn {
	made := emptyUrn()
	for _, colour := range drawColours(r) {
		_ = made.add(colour)
	}
	return made
}

func drawNothing(*rapid.T) urn { return urn{} }

func drawColours(r *rapid.T) []string {
	return rapid.SliceOfN(rapid.SampledFrom([]string{"red", "blue", "green", "white"}), 0, 5).Draw(r, "colours")
}

func TestAnUrnHoldsEveryLaw(t *testing.T) {
	laws.Tally[urn](t, drawUrn)
	laws.Folds[urn](t, emptyUrn, drawColours, (*urn).add)
}

// A label has a binary form, and does not merge.
type label struct{ text string }

func (l label) AppendBinary(data []byte) ([]byte, error) {
	w := wire.Begin(data, "laws.label/1", wire.Digest{})
	w.Text(l.text)
	return w.Bytes()
}

func (l *label) UnmarshalBinary(data []byte) error {
	r := wire.Read(data, "laws.label/1", wire.Digest{})
	made := label{r.Text(9)}
	if r.Rule() != (wire.Digest{}) {
		r.Refuse("a rule", "none")
	}
	if err := r.Done(); err != nil {
		return err
	}
	*l = made
	return nil
}

func TestWhatDoesNotMergeHoldsTheLawsOfItsForm(t *testing.T) {
	laws.Form[label](t, func(r *rapid.T) label { return label{rapid.StringN(0, 3, 9).Draw(r, "text")} })
	one := label{"one"}
	require.NoError(t, laws.FormOf[label]().Merge(&one, label{"other"}))
	assert.Equal(t, label{"other"}, one)
}

// twin returns what an urn can do, with something changed.
func twin(change func(ops *laws.Ops[urn])) laws.Ops[urn] {
	ops := laws.OpsOf[urn]()
	change(&ops)
	return ops
}

func TestEachLawOfATallyRejectsItsBrokenTwin(t *testing.T) {
	read, write, merge := laws.OpsOf[urn]().Read, laws.OpsOf[urn]().Append, laws.OpsOf[urn]().Merge
	inMapOrder := func(of urn, data []byte) ([]byte, error) {
		return of.appendInOrder(data, slices.Collect(maps.Keys(of.balls)))
	}
	for name, law := range map[string]laws.Law{
		"a coder that loses what is red": laws.ReadsBack(drawUrn, twin(func(ops *laws.Ops[urn]) {
			ops.Read = func(into *urn, data []byte) error {
				err := read(into, data)
				delete(into.balls, "red")
				return err
			}
		})),
		"a reader that adds to what was there": laws.ReadsBack(drawUrn, twin(func(ops *laws.Ops[urn]) {
			ops.Read = func(into *urn, data []byte) error {
				var made urn
				if err := read(&made, data); err != nil {
					return err
				}
				return into.Merge(made)
			}
		})),
		"a writer that throws away what was there": laws.ReadsBack(drawUrn, twin(func(ops *laws.Ops[urn]) {
			ops.Append = func(of urn, _ []byte) ([]byte, error) { return write(of, nil) }
		})),
		"a writer that cannot": laws.ReadsBack(drawUrn, twin(func(ops *laws.Ops[urn]) {
			ops.Append = func(urn, []byte) ([]byte, error) { return nil, errors.New("refused") }
		})),
		"a reader that takes keys in any order": laws.ReadsOneForm(drawUrn, twin(func(ops *laws.Ops[urn]) {
			ops.Read = func(into *urn, data []byte) error { return readLoosely(into, data, false) }
		})),
		"a writer in the order of a map": laws.EqualsByBytes(drawUrn, twin(func(ops *laws.Ops[urn]) {
			ops.Append = inMapOrder
		})),
		"a writer of colours without counts": laws.EqualsByBytes(drawUrn, twin(func(ops *laws.Ops[urn]) {
			ops.Append = func(of urn, data []byte) ([]byte, error) {
				of.balls = maps.Clone(of.balls)
				for colour := range of.balls {
					of.balls[colour] = 1
				}
				return write(of, data)
			}
		})),
		"a reader that takes what is missing as nothing": laws.RefusesTheCut(drawUrn, twin(func(ops *laws.Ops[urn]) {
			ops.Read = func(into *urn, data []byte) error { return readLoosely(into, data, true) }
		})),
		"a reader that leaves what is too much": laws.RefusesTheCut(drawUrn, twin(func(ops *laws.Ops[urn]) {
			ops.Read = func(into *urn, data []byte) error { return readLoosely(into, data, false) }
		})),
		"a reader that panics": laws.ReadsWithinBounds(drawUrn, twin(func(ops *laws.Ops[urn]) {
			ops.Read = func(into *urn, data []byte) error {
				_ = data[20] // which is there in all that is sound
				return read(into, data)
			}
		})),
		"a reader that passes over the version": laws.RefusesTheLater(drawUrn, twin(func(ops *laws.Ops[urn]) {
			ops.Read = func(into *urn, data []byte) error {
				data = slices.Clone(data)
				data[len("?laws.urn")] = 1
				return read(into, data)
			}
		})),
		"a reader that refuses without a name": laws.RefusesTheLater(drawUrn, twin(func(ops *laws.Ops[urn]) {
			ops.Read = func(*urn, []byte) error { return errors.New("no") }
		})),
		"a reader that passes over the name": laws.RefusesOthers(drawUrn, twin(func(ops *laws.Ops[urn]) {
			ops.Read = func(into *urn, data []byte) error {
				return read(into, append([]byte("\x08laws.urn"), data[1+int(data[0]):]...))
			}
		})),
		"a reader that clears before it reads": laws.RefusesWithoutAChange(drawUrn, twin(func(ops *laws.Ops[urn]) {
			ops.Read = func(into *urn, data []byte) error {
				err := read(into, data)
				if err != nil {
					into.balls = nil
				}
				return err
			}
		})),
		"a reader that takes another rule": laws.RefusesWithoutAChange(drawUrn, twin(func(ops *laws.Ops[urn]) {
			ops.Read = func(into *urn, data []byte) error {
				var made urn
				err := read(&made, data)
				if err == nil {
					*into = made
				}
				return err
			}
		})),
		"a reader without a rule that takes one when it refuses": laws.RefusesWithoutAChange(drawNothing, twin(func(ops *laws.Ops[urn]) {
			ops.Read = func(into *urn, data []byte) error {
				err := read(into, data)
				if err != nil {
					into.rule = wire.Digest{9}
				}
				return err
			}
		})),
		"a reader that follows a setting": laws.WritesTheSame(drawNothing, twin(func(ops *laws.Ops[urn]) {
			ops.Read = func(into *urn, data []byte) error {
				if decimal.MarshalJSONWithoutQuotes {
					return errors.New("not under this setting")
				}
				return read(into, data)
			}
		})),
		"a merge under another rule": laws.RefusesWithoutAChange(drawUrn, twin(func(ops *laws.Ops[urn]) {
			ops.Merge = func(into *urn, other urn) error {
				other.rule = into.rule
				return merge(into, other)
			}
		})),
		"a merge that counts before it checks": laws.RefusesWithoutAChange(drawUrn, twin(func(ops *laws.Ops[urn]) {
			ops.Merge = func(into *urn, other urn) error {
				_ = into.add("red")
				return merge(into, other)
			}
		})),
		"a writer that is not the same twice": laws.WritesTheSame(drawUrn, twin(func(ops *laws.Ops[urn]) {
			ops.Append = inMapOrder
		})),
		"a writer that follows a setting": laws.WritesTheSame(drawUrn, twin(func(ops *laws.Ops[urn]) {
			ops.Append = func(of urn, data []byte) ([]byte, error) {
				data, err := write(of, data)
				return append(data, decimal.New(120, -2).String()...), err
			}
		})),
		"a merge into a map that is not there": laws.ZeroSurvives(twin(func(ops *laws.Ops[urn]) {
			ops.Merge = func(into *urn, _ urn) error {
				into.balls["red"] += 0
				return nil
			}
		})),
		"a reader of nothing": laws.ZeroSurvives(twin(func(ops *laws.Ops[urn]) {
			ops.Read = func(into *urn, data []byte) error {
				if len(data) == 0 {
					return nil
				}
				return read(into, data)
			}
		})),
		"a zero that is written as something": laws.ZeroSurvives(twin(func(ops *laws.Ops[urn]) {
			ops.Append = func(of urn, data []byte) ([]byte, error) {
				of.rule = wire.Digest{1, 2, 3}
				return write(of, data)
			}
		})),
		"a count of the last alone": laws.SplitFolds(laws.OpsOf[urn](), emptyUrn, drawColours, func(u *urn, colour string) error {
			u.balls = nil
			return u.add(colour)
		}),
		"a coder that loses counts between": laws.SplitFolds(twin(func(ops *laws.Ops[urn]) {
			ops.Append = func(of urn, data []byte) ([]byte, error) { return write(urn{rule: of.rule}, data) }
		}), emptyUrn, drawColours, (*urn).add),
	} {
		t.Run(name, func(t *testing.T) { laws.Rejects(t, law) })
	}
	assert.True(t, decimal.TrimTrailingZeros, "the settings of decimal are restored")
	assert.Equal(t, 16, decimal.DivisionPrecision)
}

// readLoosely reads colours in any order and leaves what stands after them, and,
// if it is so told, takes what is missing as nothing.
func readLoosely(into *urn, data []byte, missing bool) error {
	if missing {
		data = append(slices.Clone(data), make([]byte, 32)...)
	}
	r := wire.Read(data, urnForm, into.rule)
	made := urn{rule: r.Rule()}
	for range r.Len(1) {
		colour := r.Text(8)
		if n := r.Count(); !r.Failed() {
			if made.balls == nil {
				made.balls = map[string]int64{}
			}
			made.balls[colour] = n
		}
	}
	if r.Failed() {
		return r.Done()
	}
	*into = made
	return nil
}

func TestGoldenFilesAreReadByEveryReader(t *testing.T) {
	laws.Golden(t, urn{}, urn{rule: wire.Digest{1, 2, 3}, balls: map[string]int64{"red": 2}})
	require.NoError(t, laws.TryReadings([]byte("nothing of the kind"), laws.ReadingOf[urn]()))
}

func FuzzUrn(f *testing.F) { laws.FuzzReadings(f, laws.ReadingOf[urn]()) }
