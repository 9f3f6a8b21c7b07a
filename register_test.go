package union_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/laws"
)

func drawRegister(r *rapid.T) union.Register {
	var register union.Register
	for _, token := range rapid.SliceOfN(rapid.StringMatching(`m[0-9]`), 0, 6).Draw(r, "tokens") {
		if _, err := register.Add(token); err != nil {
			r.Fatal(err)
		}
	}
	return register
}

func TestRegisterIsATally(t *testing.T) {
	laws.Tally(t, drawRegister)
}

func TestTheLawsOfATallyRejectABrokenRegister(t *testing.T) {
	shares := func(into *union.Register, other union.Register) error {
		if into.Len() == 0 {
			*into = other // shares the other's tokens
			return nil
		}
		return into.Merge(other)
	}
	laws.Rejects(t, laws.KeepsApart(drawRegister, shares))
	keepsFirst := func(into *union.Register, other union.Register) error {
		if into.Len() > 0 {
			return nil
		}
		return into.Merge(other)
	}
	laws.Rejects(t, laws.Commutes(drawRegister, keepsFirst))
	drops := func(into *union.Register, other union.Register) error {
		if other.Len() == 0 {
			*into = union.Register{}
			return nil
		}
		return into.Merge(other)
	}
	laws.Rejects(t, laws.HasIdentity(drawRegister, drops))
}

func TestWhoComesTwiceIsCountedOnce(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		came := rapid.SliceOfN(rapid.StringMatching(`[a-c][0-9]`), 0, 40).Draw(r, "came")
		cut := rapid.IntRange(0, len(came)).Draw(r, "cut")
		var morning, evening union.Register
		for i, token := range came {
			register := &morning
			if i >= cut {
				register = &evening
			}
			had := register.Has(token)
			added, err := register.Add(token)
			require.NoError(r, err)
			require.Equal(r, !had, added)
		}
		require.NoError(r, morning.Merge(evening))
		want := slices.Clone(came)
		slices.Sort(want)
		want = slices.Compact(want)
		require.Equal(r, len(want), morning.Len())
		require.Equal(r, fmt.Sprint(want), fmt.Sprint(morning.All()))
	})
}

func TestTokensThatMayNotBeHeldAreRefused(t *testing.T) {
	var register union.Register
	for _, row := range []struct {
		reason   string
		token    string
		sentinel error
	}{
		{"nothing", "", union.ErrMissing},
		{"65 bytes", strings.Repeat("a", 65), union.ErrRange},
		{"65 bytes of fewer characters", strings.Repeat("会", 21) + "ab", union.ErrRange},
		{"bytes that are not UTF-8", "a\xff", union.ErrText},
		{"a space", "a b", union.ErrText},
		{"a line break", "a\n", union.ErrText},
		{"an identity number", "11010519491231002X", union.ErrText},
		{"one with a small x", "11010519491231002x", union.ErrText},
		{"an older identity number", "110105491231002", union.ErrText},
	} {
		added, err := register.Add(row.token)
		require.ErrorIs(t, err, row.sentinel, row.reason)
		assert.False(t, added, row.reason)
		assert.Equal(t, err, union.CheckToken(row.token), row.reason)
		assert.Equal(t, union.Register{}, register, row.reason)
	}
	for _, token := range []string{
		strings.Repeat("a", 64),
		"工会-0012",
		"91350100M000100Y43", // a firm's credit code is public
		"110105194912310020", // 18 digits that are no identity number
	} {
		require.NoError(t, union.CheckToken(token), token)
		added, err := register.Add(token)
		require.NoError(t, err, token)
		assert.True(t, added, token)
		assert.True(t, register.Has(token), token)
	}
	assert.Equal(t, 4, register.Len())
}

func TestAnEmptyRegisterIsReadyForUse(t *testing.T) {
	var register union.Register
	assert.Zero(t, register.Len())
	assert.Empty(t, register.All())
	assert.False(t, register.Has(""))
	require.NoError(t, register.Merge(union.Register{}))
	assert.Equal(t, union.Register{}, register)
	_, err := register.Add("m1")
	require.NoError(t, err)
	require.NoError(t, register.Merge(register), "with itself")
	assert.Equal(t, []string{"m1"}, register.All())
	tokens := register.All()
	tokens[0] = "m2"
	assert.True(t, register.Has("m1"), "what All returns is the caller's")
}

func TestATokenThatIsHeldAllocatesNothing(t *testing.T) {
	var register union.Register
	_, err := register.Add("m1")
	require.NoError(t, err)
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		if added, err := register.Add("m1"); added || err != nil {
			t.Fatal("held already")
		}
	}))
}

func BenchmarkRegister(b *testing.B) {
	tokens := make([]string, 4096)
	for i := range tokens {
		tokens[i] = fmt.Sprintf("member-%05d", i%1024)
	}
	b.Run("Register", func(b *testing.B) {
		for b.Loop() {
			var register union.Register
			for _, token := range tokens {
				if _, err := register.Add(token); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("limit", func(b *testing.B) { // a set that holds whatever it is given
		for b.Loop() {
			set := map[string]struct{}{}
			for _, token := range tokens {
				set[token] = struct{}{}
			}
		}
	})
}
