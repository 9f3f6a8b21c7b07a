package employment

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/unioncampaign/union/internal/laws"
)

// A finder is filled by add, and says what it has.
type finder interface {
	add(key string, number int32) bool
	find(key string) (int32, bool)
}

// findsAsAMapDoes says that an index answers as a map of the same keys would.
func findsAsAMapDoes(empty func(n int) finder) laws.Law {
	return func(r *rapid.T) error {
		texts := rapid.SliceOfN(rapid.StringOfN(rapid.RuneFrom([]rune{'a', 'b', 0}), 0, 20, -1), 0, 30)
		keys, asked := texts.Draw(r, "keys"), texts.Draw(r, "asked")
		made, want := empty(rapid.IntRange(0, 30).Draw(r, "room")), map[string]int32{}
		for i, key := range keys {
			_, known := want[key]
			if added := made.add(key, int32(i)); added == known {
				return fmt.Errorf("%q added: %v", key, added)
			}
			if !known {
				want[key] = int32(i)
			}
		}
		for _, key := range append(keys, asked...) {
			number, ok := made.find(key)
			if is, known := want[key]; ok != known || number != is {
				return fmt.Errorf("%q is %d %v, not %d %v", key, number, ok, is, known)
			}
		}
		return nil
	}
}

// cut is an index that takes keys for their first bytes.
type cut struct{ index }

func (c *cut) add(key string, number int32) bool {
	return c.index.add(strings.TrimRight(key, "\x00"), number)
}

func (c *cut) find(key string) (int32, bool) { return c.index.find(strings.TrimRight(key, "\x00")) }

func TestAnIndexAnswersAsAMapDoes(t *testing.T) {
	laws.Holds(t, findsAsAMapDoes(func(n int) finder { made := newIndex(n); return &made }))
	laws.Rejects(t, findsAsAMapDoes(func(n int) finder { return &cut{newIndex(n)} }))
}

// Far more keys than there is room for go to the map.
func TestAnIndexHoldsWhatHasNoRoom(t *testing.T) {
	made := newIndex(0)
	for i := range 1000 {
		if !made.add(fmt.Sprint("k", i), int32(i)) {
			t.Fatal(i)
		}
	}
	for i := range 1000 {
		if number, ok := made.find(fmt.Sprint("k", i)); !ok || number != int32(i) || made.add(fmt.Sprint("k", i), 0) {
			t.Fatal(i, number, ok)
		}
	}
	if _, ok := new(index).find("k"); ok {
		t.Fatal("an empty index has nothing")
	}
}
