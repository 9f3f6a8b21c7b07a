package house_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/unioncampaign/union"
)

// isDocument reports whether a type writes and reads its JSON itself.
func isDocument(kind reflect.Type) bool {
	pointer := reflect.PointerTo(kind)
	return pointer.Implements(reflect.TypeFor[json.Marshaler]()) && pointer.Implements(reflect.TypeFor[json.Unmarshaler]())
}

// zeroOf returns what is wrong with the JSON of the zero value of a type: either it
// is refused, as one who was never made, or what is written is read back as zero.
func zeroOf(kind reflect.Type) string {
	data, err := json.Marshal(reflect.New(kind).Interface())
	if err != nil {
		if !errors.Is(err, union.ErrMissing) {
			return fmt.Sprintf("%s is refused with: %v", kind, err)
		}
		return ""
	}
	back := reflect.New(kind)
	if err := json.Unmarshal(data, back.Interface()); err != nil {
		return fmt.Sprintf("%s writes %s, which is refused: %v", kind, data, err)
	}
	if !reflect.DeepEqual(back.Elem().Interface(), reflect.Zero(kind).Interface()) {
		return fmt.Sprintf("%s writes %s, which is read as %v", kind, data, back.Elem())
	}
	return ""
}

func TestAZeroThatIsWrittenIsRead(t *testing.T) {
	tried := 0
	for _, each := range surfaces() {
		for _, kind := range each.types {
			if isDocument(kind) {
				tried++
				assert.Empty(t, zeroOf(kind))
			}
		}
	}
	assert.Greater(t, tried, 30)
}

// half writes what it does not read.
type half struct{ given bool }

func (h half) MarshalJSON() ([]byte, error) { return []byte(`"half"`), nil }

func (h *half) UnmarshalJSON(data []byte) error {
	if string(data) != `"whole"` {
		return union.NewFault(union.ErrText, "", string(data), "whole")
	}
	h.given = true
	return nil
}

// other reads its zero as something else.
type other struct{ half }

func (o *other) UnmarshalJSON([]byte) error {
	o.given = true
	return nil
}

// mute refuses its zero for another reason than that it was never made.
type mute struct{ half }

func (m mute) MarshalJSON() ([]byte, error) { return nil, union.NewFault(union.ErrText, "", "", "") }

func TestAZeroThatIsWrittenAndNotReadIsFound(t *testing.T) {
	for _, kind := range []reflect.Type{reflect.TypeFor[half](), reflect.TypeFor[other](), reflect.TypeFor[mute]()} {
		assert.True(t, isDocument(kind))
		assert.NotEmpty(t, zeroOf(kind), kind)
	}
}
