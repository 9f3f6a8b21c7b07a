package simulate

import (
	"errors"
	"fmt"
	"maps"

	"github.com/unioncampaign/union"
)

// What holds of units that are closed: they end without a successor.

// closedOn returns the units that are closed on a day.
func closedOn(facts []union.Fact, day union.Date) []string {
	var closed []string
	for _, fact := range facts {
		if fact.On == day {
			closed = append(closed, fact.Close...)
		}
	}
	return closed
}

// closes says what does not hold of units that are closed on a day: they stand on the
// day before, not on the day, and never again.
func (h House) closes(hierarchy union.Hierarchy, closed []string, day union.Date) error {
	if closed == nil {
		return nil
	}
	before, err := h.on(hierarchy, must(day.AddDays(-1)))
	if err != nil {
		return err
	}
	after, err := h.on(hierarchy, day)
	if err != nil {
		return err
	}
	for _, key := range closed {
		if _, err := before.Find(key); err != nil {
			return fmt.Errorf("the day before %s is closed: %w", key, err)
		}
		if _, err := after.Find(key); !errors.Is(err, union.ErrUnknown) {
			return fmt.Errorf("%s is closed and stands on the day", key)
		}
		if err := h.staysClosed(hierarchy, key); err != nil {
			return err
		}
	}
	return nil
}

// staysClosed says which fact of a unit that has ended is taken.
func (h House) staysClosed(hierarchy union.Hierarchy, key string) error {
	facts := hierarchy.Facts()
	root, last := facts[0].Found[0], facts[len(facts)-1].On
	for _, each := range []struct {
		fact union.Fact
		want error
	}{
		{union.Fact{Found: []union.Unit{{Key: key, Title: "复设", Parent: root.Key}}}, union.ErrRepeated},
		{union.Fact{Move: &union.Move{Units: []string{key}, To: root.Key}}, union.ErrUnknown},
		{union.Fact{Close: []string{key}}, union.ErrUnknown},
	} {
		each.fact.On = last
		if _, err := h.know(hierarchy, each.fact); !errors.Is(err, each.want) {
			return fmt.Errorf("%s is closed, and then %+v gives %w, and must give %w", key, each.fact, fault(err), each.want)
		}
	}
	return nil
}

// carries says what does not hold of what units recorded until a day and hand on then:
// all of it is there, but what closed units recorded, which nobody is handed.
func (h House) carries(hierarchy union.Hierarchy, recorded map[string]int64, closed []string, day union.Date) error {
	before := must(day.AddDays(-1))
	left := maps.Clone(recorded)
	for _, key := range closed {
		delete(left, key)
	}
	if total(left) != total(recorded) {
		if _, err := h.carry(hierarchy, recorded, before, day); !errors.Is(err, union.ErrMissing) {
			return fmt.Errorf("what closed units recorded gives %w, and must give %w", fault(err), union.ErrMissing)
		}
		recorded = left
	}
	after, err := h.carry(hierarchy, recorded, before, day)
	if err != nil {
		return err
	}
	for _, key := range closed {
		if _, ok := after[key]; ok {
			return fmt.Errorf("%s is closed and is handed on", key)
		}
	}
	return equal("records carried", total(after), total(recorded))
}
