package employment

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/laws"
)

// A finder is filled by add, with the keys that it was made of by their numbers, and
// says what it has.
type finder interface {
	add(number int32) bool
	find(key string) (int32, bool)
}

// findsAsAMapDoes says that an index answers as a map of the same keys would, even if
// it has less room than it needs.
func findsAsAMapDoes(empty func(keys []string) finder) laws.Law {
	return func(r *rapid.T) error {
		texts := rapid.SliceOfN(rapid.StringOfN(rapid.RuneFrom([]rune{'a', 'b', 0}), 0, 20, -1), 0, 30)
		keys, asked := texts.Draw(r, "keys"), texts.Draw(r, "asked")
		made, want := empty(keys), map[string]int32{}
		for i, key := range keys {
			_, known := want[key]
			if added := made.add(int32(i)); added == known {
				return fmt.Errorf("%q added: %v", key, added)
			}
			if !known {
				want[key] = int32(i)
			}
		}
		for _, key := range append(keys, asked...) {
			number, ok := made.find(key)
			if is, known := want[key]; ok != known || ok && number != is {
				return fmt.Errorf("%q is %d %v, not %d %v", key, number, ok, is, known)
			}
		}
		return nil
	}
}

// cut is an index that takes keys for their first bytes.
type cut struct{ index }

func cutAll(keys []string) []string {
	made := make([]string, len(keys))
	for i, key := range keys {
		made[i] = strings.TrimRight(key, "\x00")
	}
	return made
}

func (c *cut) find(key string) (int32, bool) { return c.index.find(strings.TrimRight(key, "\x00")) }

// colliding is an index whose long keys have one hash, so that their texts decide, and
// that forgets the texts if told to.
type colliding struct {
	index
	forgetful bool
}

func (c *colliding) spot(key string) spot {
	made := c.index.spot(key)
	if len(key) > longestWhole {
		made = spot{mark: mark{low: 7, high: long}, home: 7}
	}
	return made
}

func (c *colliding) find(key string) (int32, bool) {
	s := c.spot(key)
	if c.forgetful && s.high == long {
		key = c.keys[max(0, c.entries[7].number-1)]
	}
	return c.findAt(key, &s)
}

func (c *colliding) add(number int32) bool {
	s := c.spot(c.keys[number])
	return c.addAt(number, &s)
}

func TestAnIndexAnswersAsAMapDoes(t *testing.T) {
	laws.Holds(t, findsAsAMapDoes(func(keys []string) finder { made := newIndex(keys); return &made }))
	laws.Rejects(t, findsAsAMapDoes(func(keys []string) finder { return &cut{newIndex(cutAll(keys))} }))
	laws.Holds(t, findsAsAMapDoes(func(keys []string) finder { return &colliding{newIndex(keys), false} }))
	laws.Rejects(t, findsAsAMapDoes(func(keys []string) finder { return &colliding{newIndex(keys), true} }))
}

// Far more keys than there is room for go to the map.
func TestAnIndexHoldsWhatHasNoRoom(t *testing.T) {
	keys := make([]string, 1000)
	for i := range keys {
		keys[i] = fmt.Sprint("k", i)
	}
	made := newIndex(nil)
	made.keys = keys
	for i := range keys {
		if !made.add(int32(i)) {
			t.Fatal(i)
		}
	}
	for i, key := range keys {
		if number, ok := made.find(key); !ok || number != int32(i) || made.add(int32(i)) {
			t.Fatal(i, number, ok)
		}
	}
	if _, ok := new(index).find("k"); ok {
		t.Fatal("an empty index has nothing")
	}
}

// A key that is six digits is found without its index, and no other is.
func TestKeysOfSixDigitsAreFoundByTheirNumbers(t *testing.T) {
	terms := []union.Term{{Key: "110105"}, {Key: "k"}, {Key: "110101"}, {Key: "1101"}, {Key: "110199"}}
	made := newDigits(terms)
	for key, want := range map[string]union.Code{
		"110105": 1, "110101": 3, "110199": 5,
		"110102": 0, "110100": 0, "110200": 0, "000000": 0, "999999": 0,
		"k": 0, "1101": 0, "": 0, "0110101": 0, "11010１": 0,
		"11010/": 0, "11010:": 0, "11010A": 0, "1101 1": 0, "/10101": 0, ":10101": 0, "11010\xb1": 0, "\xff\xff\xff\xff\xff\xff": 0,
	} {
		if got := made.find(key); got != want {
			t.Errorf("%q: got %d, want %d", key, got, want)
		}
	}
	none := newDigits(terms[1:2])
	if none.find("110101") != 0 || none.codes != nil {
		t.Error("a list without six digits has none")
	}
	apart := newDigits([]union.Term{{Key: "000000"}, {Key: "002047"}})
	if apart.find("000000") != 1 || apart.find("002047") != 2 {
		t.Error("1,024 places for each key are few enough")
	}
	if apart = newDigits([]union.Term{{Key: "000000"}, {Key: "002048"}}); apart.codes != nil {
		t.Error("a table is mostly empty")
	}
}

// Of all texts of six bytes only digits have a number, and it is theirs.
func TestNothingButSixDigitsHasTheirNumber(t *testing.T) {
	for at := range 6 {
		for each := range 256 {
			key := []byte("908172")
			key[at] = byte(each)
			want, err := strconv.ParseUint(string(key), 10, 32)
			if err != nil {
				want = noDigits
			}
			if got := sixDigits(string(key)); uint64(got) != want {
				t.Fatalf("%q: got %d, want %d", key, got, want)
			}
		}
	}
}

// Keys of any length that differ in any one byte, or in their length, are told apart.
func TestAnIndexTellsKeysApartByEveryByte(t *testing.T) {
	var keys []string
	for length := range 40 {
		key := strings.Repeat("m", length)
		keys = append(keys, key)
		for at := range length {
			for _, other := range []string{"l", "n", "\x00", "\xed"} {
				keys = append(keys, key[:at]+other+key[at+1:])
			}
		}
	}
	made := newIndex(keys)
	for i, key := range keys {
		if number, ok := made.find(key); ok {
			t.Fatalf("%q is taken for %q", key, keys[number])
		}
		if !made.add(int32(i)) {
			t.Fatalf("%q is not added", key)
		}
	}
	for i, key := range keys {
		if number, ok := made.find(key); !ok || number != int32(i) {
			t.Fatalf("%q is %d %v", key, number, ok)
		}
	}
}
