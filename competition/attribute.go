package competition

import (
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// An Attribute is what the structure of a list is stated in: front-line worker,
// head of a firm, woman, of a non-public firm. Attributes of one class exclude one
// another, as do the classes of occupation; one without a class goes with any.
type Attribute struct {
	Key   string `json:"key"` // unique within its edition
	Title string `json:"title"`
	Class string `json:"class,omitempty"`
}

// mostAttributes is how many attributes the structures of one award may turn on.
// Who shares them all differs in rank alone, so a list is chosen by how many of
// each of at most 256 sorts there are, which is exact.
const mostAttributes = 8

// checkAttributes reports what is wrong with the attributes.
func (e Edition) checkAttributes(faults *union.FaultList) {
	seen := map[string]bool{}
	for i, attribute := range e.spec.Attributes {
		where := union.Indexed("attributes", i)
		faults.Key(where+".key", attribute.Key, seen)
		faults.Given(where+".title", attribute.Title)
	}
}

// findAttribute returns the attribute of a key.
func (e Edition) findAttribute(key, where string) (Attribute, error) {
	for _, attribute := range e.spec.Attributes {
		if attribute.Key == key {
			return attribute, nil
		}
	}
	return Attribute{}, union.NewFault(union.ErrUnknown, where, quote.Key(key), "an attribute of the edition")
}

// checkHeld refuses attributes that a candidate cannot have together.
func (e Edition) checkHeld(keys []string) error {
	classes, seen := map[string]string{}, map[string]bool{}
	for i, key := range keys {
		where := union.Indexed("attributes", i)
		attribute, err := e.findAttribute(key, where)
		switch other, taken := classes[attribute.Class]; {
		case err != nil:
			return err
		case seen[key]:
			return union.NewFault(union.ErrRepeated, where, quote.Key(key), "an attribute once")
		case taken && attribute.Class != "":
			return union.NewFault(union.ErrRange, where, quote.Key(key), "none of the class of "+strconv.Quote(other))
		}
		classes[attribute.Class], seen[key] = key, true
	}
	return nil
}
