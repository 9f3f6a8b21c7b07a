package strictjson

import (
	"encoding"
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/unioncampaign/union/internal/quote"
	"github.com/unioncampaign/union/internal/refusal"
)

// A reader walks a document beside the type that it is read into and refuses
// what encoding/json would let pass. It decodes nothing but the leaves, and
// those only to learn whether they are refused, and where.
type reader struct {
	fields map[reflect.Type]map[string]reflect.Type // by struct, so that a long list costs one look
}

// value checks one value against shape, the type of its place.
func (r reader) value(data []byte, shape reflect.Type, where string, depth int) error {
	for shape.Kind() == reflect.Pointer && !hasDecoder(shape) {
		shape = shape.Elem()
	}
	kind := kindOf(data)
	if kind == 'n' {
		return &refusal.Error{Kind: refusal.Text, Where: where, Got: "null", Want: "a value, or no member"}
	}
	if own := hasDecoder(shape); own || shape.Kind() == reflect.Interface {
		if err := r.form(data, where, depth); err != nil {
			return err
		}
		return decode(data, shape, where)
	}
	switch {
	case shape.Kind() == reflect.Struct && kind == '{':
		return r.object(data, shape, where, depth, false)
	case shape.Kind() == reflect.Map && kind == '{':
		return r.entries(data, shape, where, depth)
	case (shape.Kind() == reflect.Slice || shape.Kind() == reflect.Array) && kind == '[':
		return r.list(data, shape, where, depth)
	case kind == '{' || kind == '[':
		return &refusal.Error{Kind: refusal.Text, Where: where, Got: quoted(data), Want: wanted(shape)}
	}
	return decode(data, shape, where)
}

// form checks what holds of every value, whatever reads it: no null, no member
// twice, no depth beyond the bound.
func (r reader) form(data []byte, where string, depth int) error {
	switch kindOf(data) {
	case '{':
		return r.entries(data, reflect.TypeFor[map[string]any](), where, depth)
	case '[':
		return r.list(data, reflect.TypeFor[[]any](), where, depth)
	}
	return nil
}

// object checks the members of a struct. The outermost one has the header too.
func (r reader) object(data []byte, shape reflect.Type, where string, depth int, outermost bool) error {
	if err := checkDepth(where, depth); err != nil {
		return err
	}
	fields, ok := r.fields[shape]
	if !ok {
		fields = fieldsOf(shape)
		r.fields[shape] = fields
	}
	seen := map[string]bool{}
	for _, member := range membersOf(data) {
		place := within(where, member.name)
		if seen[member.name] {
			return &refusal.Error{Kind: refusal.Repeated, Where: place}
		}
		seen[member.name] = true
		if outermost && member.name == header {
			continue
		}
		field, ok := fields[member.name]
		if !ok {
			return &refusal.Error{Kind: refusal.Unknown, Where: place, Got: quote.Key(member.name), Want: nearest(member.name, fields)}
		}
		if err := r.value(member.value, field, place, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// entries checks the members of a map.
func (r reader) entries(data []byte, shape reflect.Type, where string, depth int) error {
	if err := checkDepth(where, depth); err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, member := range membersOf(data) {
		place := within(where, member.name)
		if seen[member.name] {
			return &refusal.Error{Kind: refusal.Repeated, Where: place}
		}
		seen[member.name] = true
		if err := r.value(member.value, shape.Elem(), place, depth+1); err != nil {
			return err
		}
	}
	if shape.Key().Kind() == reflect.String && !hasDecoder(shape.Key()) {
		return nil
	}
	// Keys that are read are another matter: two texts may be one key.
	fresh := reflect.New(shape)
	if err := json.Unmarshal(data, fresh.Interface()); err != nil {
		return refused(err, data, shape, where)
	}
	if fresh.Elem().Len() != len(seen) {
		return &refusal.Error{Kind: refusal.Repeated, Where: where, Got: "two members that are the same key"}
	}
	return nil
}

// list checks the elements of a slice or an array.
func (r reader) list(data []byte, shape reflect.Type, where string, depth int) error {
	if err := checkDepth(where, depth); err != nil {
		return err
	}
	elements := elementsOf(data)
	if shape.Kind() == reflect.Array && len(elements) != shape.Len() {
		return &refusal.Error{
			Kind: refusal.Range, Where: where,
			Got: strconv.Itoa(len(elements)) + " elements", Want: strconv.Itoa(shape.Len()),
		}
	}
	for i, element := range elements {
		place := where + "[" + strconv.Itoa(i) + "]"
		if err := r.value(element, shape.Elem(), place, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// decode reads a leaf into a value that is thrown away.
func decode(data []byte, shape reflect.Type, where string) error {
	if err := json.Unmarshal(data, reflect.New(shape).Interface()); err != nil {
		return refused(err, data, shape, where)
	}
	return nil
}

// refused says of a leaf that encoding/json or its own decoder refused it.
func refused(err error, data []byte, shape reflect.Type, where string) error {
	mismatch, ok := errors.AsType[*json.UnmarshalTypeError](err)
	if !ok {
		return &refusal.Error{Kind: refusal.Text, Where: where, Got: quoted(data), Cause: err}
	}
	kind := refusal.Text
	if strings.HasPrefix(mismatch.Value, "number ") && isWhole(data) {
		kind = refusal.Range // a whole number, but not one that fits
	}
	return &refusal.Error{Kind: kind, Where: where, Got: quoted(data), Want: wanted(shape)}
}

// isWhole reports whether a JSON number has neither fraction nor exponent.
func isWhole(data []byte) bool { return !strings.ContainsAny(string(data), ".eE") }

func checkDepth(where string, depth int) error {
	if depth > MaxDepth {
		return &refusal.Error{
			Kind: refusal.Range, Where: where, Got: "depth " + strconv.Itoa(depth),
			Want: "at most " + strconv.Itoa(MaxDepth),
		}
	}
	return nil
}

// wanted says in words what a place holds.
func wanted(shape reflect.Type) string {
	if hasDecoder(shape) {
		return "a value of " + shape.String()
	}
	value := reflect.New(shape).Elem()
	switch kind := shape.Kind(); {
	case kind == reflect.Struct || kind == reflect.Map:
		return "an object"
	case kind == reflect.Slice || kind == reflect.Array:
		return "a list"
	case kind == reflect.String:
		return "a text"
	case kind == reflect.Bool:
		return "true or false"
	case value.CanInt():
		return "a whole number of " + strconv.Itoa(shape.Bits()) + " bits"
	case value.CanUint():
		return "a whole number of " + strconv.Itoa(shape.Bits()) + " bits, not negative"
	}
	return "a value of " + shape.String()
}

// within returns the path of a member. A name that may not be shown, which is
// none of a rule's, stands in it as "…".
func within(where, name string) string {
	if !quote.Shown(name) {
		name = "…"
	}
	if where == "" {
		return name
	}
	return where + "." + name
}

// nearest returns the first member that differs from name in case only, if any.
func nearest(name string, fields map[string]reflect.Type) string {
	for _, field := range slices.Sorted(maps.Keys(fields)) {
		if strings.EqualFold(field, name) {
			return strconv.Quote(field)
		}
	}
	return ""
}

// hasDecoder reports whether values of a type are read by a method of its own.
func hasDecoder(shape reflect.Type) bool {
	return implements[json.Unmarshaler](shape) || implements[encoding.TextUnmarshaler](shape)
}

// hasEncoder reports whether values of a type are written by a method of its own.
func hasEncoder(shape reflect.Type) bool {
	return implements[json.Marshaler](shape) || implements[encoding.TextMarshaler](shape)
}

func implements[Method any](shape reflect.Type) bool {
	method := reflect.TypeFor[Method]()
	return shape.Implements(method) || reflect.PointerTo(shape).Implements(method)
}
