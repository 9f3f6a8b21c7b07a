package union_test

import (
	"fmt"
	"hash/fnv"
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
	// Few, of which others hold the same, or so many that they are laid out apart.
	few := rapid.SliceOfN(rapid.StringMatching(`m[0-9]`), 0, 6)
	many := rapid.SliceOfN(rapid.StringMatching(`m[0-9][0-9]`), 0, 60)
	for _, token := range rapid.OneOf(few, many).Draw(r, "tokens") {
		if _, err := register.Add(token); err != nil {
			r.Fatal(err)
		}
	}
	return register
}

func TestRegisterIsATally(t *testing.T) {
	laws.Tally[union.Register](t, drawRegister)
	tokens := func(r *rapid.T) []string {
		return rapid.SliceOfN(rapid.StringMatching(`m[0-9][0-9]`), 0, 60).Draw(r, "tokens")
	}
	laws.Folds[union.Register](t, func() union.Register { return union.Register{} }, tokens, func(into *union.Register, token string) error {
		_, err := into.Add(token)
		return err
	})
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

func TestHowARegisterCameAboutDoesNotShow(t *testing.T) {
	var tokens []string
	var ascending, descending, even, odd union.Register
	for i := range 1000 {
		tokens = append(tokens, fmt.Sprintf("m%03d", i))
	}
	for i, token := range tokens {
		for _, each := range []struct {
			into  *union.Register
			token string
		}{{&ascending, token}, {&descending, tokens[len(tokens)-1-i]}, {[]*union.Register{&even, &odd}[i%2], token}} {
			added, err := each.into.Add(each.token)
			require.NoError(t, err)
			require.True(t, added, each.token)
		}
		require.Equal(t, i+1, ascending.Len())
		require.Equal(t, tokens[:i+1], ascending.All())
	}
	assert.Equal(t, ascending, descending)
	for _, first := range []union.Register{even, odd, {}, ascending} {
		sum, err := union.Merge(first, odd, even)
		require.NoError(t, err)
		assert.Equal(t, ascending, sum)
	}
	for _, token := range tokens {
		assert.True(t, ascending.Has(token), token)
		assert.False(t, ascending.Has(token+"x"), token)
	}
	assert.Equal(t, 500, even.Len(), "left alone")
}

func TestTokensThatFallTogetherAreKeptLikeAnyOthers(t *testing.T) {
	together := func(token string) bool { // by the hash of which a register makes its buckets
		hash := fnv.New64a()
		_, _ = hash.Write([]byte(token))
		sum := hash.Sum64()
		return (sum^sum>>32)%64 == 5
	}
	var register union.Register
	var want []string
	for i := 0; len(want) < 200; i++ {
		if token := fmt.Sprintf("m%06d", i); together(token) {
			_, err := register.Add(token)
			require.NoError(t, err)
			want = append(want, token)
		}
	}
	sum, err := union.Merge(union.Register{}, register)
	require.NoError(t, err)
	assert.Equal(t, register, sum)
	data, err := sum.AppendBinary(nil)
	require.NoError(t, err)
	var read union.Register
	require.NoError(t, read.UnmarshalBinary(data))
	assert.Equal(t, register, read)
	_, err = read.Add("m1")
	require.NoError(t, err)
	assert.Equal(t, want, register.All(), "left alone")
	assert.Equal(t, append(slices.Clone(want), "m1"), read.All())
}

func TestACopyOfARegisterSharesWhatItHolds(t *testing.T) {
	var register union.Register
	_, err := register.Add("m1")
	require.NoError(t, err)
	shared := register
	_, err = shared.Add("m2")
	require.NoError(t, err)
	assert.Equal(t, []string{"m1", "m2"}, register.All())
	require.NoError(t, shared.Merge(register))
	assert.Equal(t, 2, shared.Len())
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

// BenchmarkRegisterMerge merges registers of a thousand tokens, of which half are
// there already, beside a set that takes whatever it is given; and reads one from
// its bytes.
func BenchmarkRegisterMerge(b *testing.B) {
	const counties, each = 100, 1000
	registers := make([]union.Register, counties)
	for county := range registers {
		for i := range each {
			if _, err := registers[county].Add(fmt.Sprintf("member-%07d", county*each/2+i)); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.Run("Merge", func(b *testing.B) {
		for b.Loop() {
			sum, err := union.Merge(registers...)
			if err != nil || sum.Len() != (counties+1)*each/2 {
				b.Fatal(sum.Len(), err)
			}
		}
	})
	b.Run("limit", func(b *testing.B) {
		tokens := make([][]string, counties)
		for i, register := range registers {
			tokens[i] = register.All()
		}
		for b.Loop() {
			set := map[string]struct{}{}
			for _, all := range tokens {
				for _, token := range all {
					set[token] = struct{}{}
				}
			}
		}
	})
	data, err := registers[0].AppendBinary(nil)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("AppendBinary", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			if _, err := registers[0].AppendBinary(data[:0]); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("UnmarshalBinary", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			var register union.Register
			if err := register.UnmarshalBinary(data); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func TestTheLongestTokenIsHeld(t *testing.T) {
	require.NoError(t, union.CheckToken(strings.Repeat("m", 64)))
	require.EqualError(t, union.CheckToken(strings.Repeat("m", 65)), "out of range: got 65 bytes, want a token of at most 64")
	require.ErrorIs(t, union.CheckToken(strings.Repeat("m", 63)+" "), union.ErrText)
}
