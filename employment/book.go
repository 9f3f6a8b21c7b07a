package employment

import (
	"cmp"
	"iter"
	"math/bits"
	"slices"
	"strings"
)

// A book holds what is said of distinct keys: each entry in the page that the
// hash of its key chooses, in ascending order there. How many pages there are
// follows from the size, and a page without entries is nil: so equal books are
// deeply equal, however they came about, and one that is read from bytes takes
// little more room than its entries, which a map does not promise. A nil book is
// empty, and can be read but not written in.
type book[V comparable] struct {
	size  int
	pages [][]entry[V]
}

// The value stands first, so that no value takes no room.
type entry[V comparable] struct {
	value V
	key   string
}

// perPage is how many entries the pages have at most on average.
const perPage = 16

// pagesFor returns how many pages so many entries have, at least one: a power of
// two.
func pagesFor(entries int) int { return 1 << bits.Len(uint(max(0, entries-1)/perPage)) }

// pageOf returns which of the pages holds key, by its hash FNV-1a. Whoever makes
// keys that all go to one makes it no worse than a sorted list.
func pageOf[K string | []byte](key K, pages int) int {
	hash := uint64(14695981039346656037)
	for i := range len(key) {
		hash = (hash ^ uint64(key[i])) * 1099511628211
	}
	return int((hash ^ hash>>32) & uint64(pages-1))
}

// search returns where in a page key stands, or would stand, and whether it does.
func search[V comparable, K string | []byte](page []entry[V], key K) (int, bool) {
	low, high := 0, len(page)
	for low < high {
		middle := (low + high) / 2
		if page[middle].key < string(key) {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low, low < len(page) && page[low].key == string(key)
}

// look returns what a book says of key, and whether it says anything. It
// allocates nothing.
func look[V comparable, K string | []byte](b *book[V], key K) (value V, known bool) {
	if b == nil {
		return value, false
	}
	page := b.pages[pageOf(key, len(b.pages))]
	at, known := search(page, key)
	if known {
		value = page[at].value
	}
	return value, known
}

// len returns how many entries the book has.
func (b *book[V]) len() int {
	if b == nil {
		return 0
	}
	return b.size
}

// put enters a key that the book does not have, making the book if it is nil.
func put[V comparable](b **book[V], key string, value V) {
	if *b == nil {
		*b = &book[V]{pages: make([][]entry[V], 1)}
	}
	(*b).put(entry[V]{value: value, key: key})
}

func (b *book[V]) put(e entry[V]) {
	page := &b.pages[pageOf(e.key, len(b.pages))]
	at, known := search(*page, e.key)
	if known {
		return
	}
	*page = slices.Insert(*page, at, e)
	if b.size++; pagesFor(b.size) > len(b.pages) {
		b.split()
	}
}

// set enters a key with a value, in the place of the one that it has.
func set[V comparable](b **book[V], key string, value V) {
	if *b != nil {
		page := (*b).pages[pageOf(key, len((*b).pages))]
		if at, known := search(page, key); known {
			page[at].value = value
			return
		}
	}
	put(b, key, value)
}

// split doubles the pages: the entries of one go to it and to one that is new.
func (b *book[V]) split() {
	pages := make([][]entry[V], 2*len(b.pages))
	for _, page := range b.pages {
		for _, each := range page {
			into := &pages[pageOf(each.key, len(pages))]
			*into = append(*into, each)
		}
	}
	b.pages = pages
}

// bound returns the book of entries with distinct keys, in whose room it stays,
// or nil for none.
func bound[V comparable](entries []entry[V]) *book[V] {
	if len(entries) == 0 {
		return nil
	}
	made := &book[V]{size: len(entries), pages: make([][]entry[V], pagesFor(len(entries)))}
	page := func(e entry[V]) int { return pageOf(e.key, len(made.pages)) }
	slices.SortFunc(entries, func(a, b entry[V]) int {
		return cmp.Or(cmp.Compare(page(a), page(b)), strings.Compare(a.key, b.key))
	})
	for start := 0; start < len(entries); {
		end := start + 1
		for end < len(entries) && page(entries[end]) == page(entries[start]) {
			end++
		}
		made.pages[page(entries[start])] = slices.Clip(entries[start:end])
		start = end
	}
	return made
}

// all returns the entries in no order that means anything.
func (b *book[V]) all() iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		if b == nil {
			return
		}
		for _, page := range b.pages {
			for _, each := range page {
				if !yield(each.key, each.value) {
					return
				}
			}
		}
	}
}

// keys returns the keys in no order that means anything.
func (b *book[V]) keys() iter.Seq[string] {
	return func(yield func(string) bool) {
		for key := range b.all() {
			if !yield(key) {
				return
			}
		}
	}
}

// sorted returns the entries by ascending keys.
func (b *book[V]) sorted() []entry[V] {
	sorted := make([]entry[V], 0, b.len())
	for key, value := range b.all() {
		sorted = append(sorted, entry[V]{value: value, key: key})
	}
	slices.SortFunc(sorted, func(a, b entry[V]) int { return strings.Compare(a.key, b.key) })
	return sorted
}

// conflict returns the first key, in order, of which two books say something
// else.
func conflict[V comparable](a, b *book[V]) (first string, found bool) {
	for key, value := range b.all() {
		if known, ok := look(a, key); ok && known != value && (!found || key < first) {
			first, found = key, true
		}
	}
	return first, found
}

// join enters what from says into a book that does not contradict it, and shares
// nothing with from.
func join[V comparable](into **book[V], from *book[V]) {
	for key, value := range from.all() {
		put(into, key, value)
	}
}
