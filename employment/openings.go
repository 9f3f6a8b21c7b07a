package employment

import (
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
	"github.com/unioncampaign/union/internal/quote"
	"github.com/unioncampaign/union/internal/wire"
)

// Openings are postings or vacancies, each counted once by its key, and the sum of what
// they offer, which fits.
type openings[V offering] struct {
	book *book[V]
	sum  int64
}

// An offering is what is said of one of them.
type offering interface {
	comparable
	offers() int64 // at least 1
}

// enter counts one, unless it came before. It reports the first of these faults, and
// then counts nothing:
//   - [union.ErrRepeated], if it came before with other content;
//   - [union.ErrOverflow], if all openings together would not fit.
func (o *openings[V]) enter(key string, made V) error {
	if known, ok := look(o.book, key); ok {
		if known != made {
			return differs("key", quote.Key(key))
		}
		return nil
	}
	sum, fits := exact.Add(o.sum, made.offers())
	if !fits {
		return union.NewFault(union.ErrOverflow, "openings", text(made.offers()), "")
	}
	o.sum = sum
	put(&o.book, strings.Clone(key), made)
	return nil
}

// with returns the sum of all that o or other counts, which do not contradict each
// other, or [union.ErrOverflow] if it does not fit.
func (o *openings[V]) with(other openings[V]) (int64, error) {
	sum := o.sum
	for key, each := range other.book.all() {
		if _, known := look(o.book, key); known {
			continue
		}
		var fits bool
		if sum, fits = exact.Add(sum, each.offers()); !fits {
			return 0, union.NewFault(union.ErrOverflow, "openings", "", "")
		}
	}
	return sum, nil
}

// join enters what other counts; the sum of both is that of with.
func (o *openings[V]) join(other openings[V], sum int64) {
	o.sum = sum
	join(&o.book, other.book)
}

// read reads those that take least bytes or more, by ascending tokens.
func (o *openings[V]) read(r *wire.Reader, least int, value func() V) {
	o.book = readBook(r, least, func() V {
		made := value()
		sum, fits := exact.Add(o.sum, made.offers())
		if !fits || made.offers() < 1 {
			r.Refuse("openings that none has", "1 or more, and a sum that fits")
		}
		o.sum = sum
		return made
	})
}
