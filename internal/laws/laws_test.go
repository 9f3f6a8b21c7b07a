package laws_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union/internal/laws"
)

// total is the plainest tally: a sum.
type total struct{ N int }

func (t *total) Merge(other total) error {
	t.N += other.N
	return nil
}

func drawTotal(r *rapid.T) total { return total{rapid.IntRange(0, 9).Draw(r, "n")} }

func TestASumHoldsEveryMergeLaw(t *testing.T) { laws.Merges(t, drawTotal) }

// holder keeps counts in a slice, so that it can alias.
type holder struct{ N []int }

func drawHolder(r *rapid.T) holder {
	return holder{rapid.SliceOfN(rapid.IntRange(0, 9), 3, 3).Draw(r, "n")}
}

func TestEachMergeLawRejectsItsBrokenTwin(t *testing.T) {
	t.Run("keeping the last does not commute", func(t *testing.T) {
		laws.Rejects(t, laws.Commutes(drawTotal, func(into *total, other total) error {
			*into = other
			return nil
		}))
	})
	t.Run("averaging averages is not associative", func(t *testing.T) {
		laws.Rejects(t, laws.Associates(drawTotal, func(into *total, other total) error {
			into.N = (into.N + other.N) / 2
			return nil
		}))
	})
	t.Run("a start that is not zero has no identity", func(t *testing.T) {
		laws.Rejects(t, laws.HasIdentity(drawTotal, func(into *total, other total) error {
			into.N += other.N + 1
			return nil
		}))
	})
	t.Run("a merge that counts nothing as one, but at the start", func(t *testing.T) {
		laws.Rejects(t, laws.HasIdentity(drawTotal, func(into *total, other total) error {
			if into.N != 0 && other.N == 0 {
				into.N++
			}
			into.N += other.N
			return nil
		}))
	})
	t.Run("taking over the other's slice aliases it", func(t *testing.T) {
		laws.Rejects(t, laws.KeepsApart(drawHolder, func(into *holder, other holder) error {
			if into.N == nil {
				into.N = other.N
				return nil
			}
			for i, n := range other.N {
				into.N[i] += n + 1
			}
			return nil
		}))
	})
}

func TestAMergeThatRefusesBreaksEveryLaw(t *testing.T) {
	refuse := func(*total, total) error { return errors.New("refused") }
	for name, law := range map[string]laws.Law{
		"commutes":     laws.Commutes(drawTotal, refuse),
		"associates":   laws.Associates(drawTotal, refuse),
		"has identity": laws.HasIdentity(drawTotal, refuse),
		"keeps apart":  laws.KeepsApart(drawTotal, refuse),
	} {
		t.Run(name, func(t *testing.T) { laws.Rejects(t, law) })
	}
}

func TestAPanickingTwinIsRejected(t *testing.T) {
	laws.Rejects(t, func(*rapid.T) error { panic("broken") })
}

func TestALawThatHoldsIsNotRejected(t *testing.T) {
	inner := &testing.T{}
	done := make(chan struct{})
	go func() { // Rejects ends its goroutine by FailNow
		defer close(done)
		laws.Rejects(inner, func(*rapid.T) error { return nil })
	}()
	<-done
	assert.True(t, inner.Failed(), "a law that no twin breaks must fail the test")
}
