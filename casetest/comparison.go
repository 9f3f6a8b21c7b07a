package casetest

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"github.com/unioncampaign/union"
)

// A comparison sets what came out beside what is wanted.
type comparison struct {
	path, rule string
	found      []union.Finding
}

// value compares two values: objects by the members that are wanted, lists
// element by element, all else as it is written.
func (c *comparison) value(where string, got, want any) {
	switch wanted := want.(type) {
	case map[string]any:
		if members, ok := got.(map[string]any); ok && (len(wanted) > 0 || len(members) == 0) {
			c.members(where, members, wanted)
			return
		}
	case []any:
		if elements, ok := got.([]any); ok && len(elements) == len(wanted) {
			for i, each := range wanted {
				c.value(union.Indexed(where, i), elements[i], each)
			}
			return
		}
	default:
		if got == want {
			return
		}
	}
	if got == nil && isEmpty(want) {
		return // a slice or a map of Go that was never made
	}
	c.differs(where, shown(got), want)
}

// members compares the members that are wanted, in the order of their names.
func (c *comparison) members(where string, got, want map[string]any) {
	for _, name := range slices.Sorted(maps.Keys(want)) {
		inner := name
		if where != "" {
			inner = where + "." + name
		}
		if value, ok := got[name]; ok {
			c.value(inner, value, want[name])
		} else {
			c.differs(inner, "nothing", want[name])
		}
	}
}

func (c *comparison) differs(where, got string, want any) {
	c.found = append(c.found, union.Finding{Where: place(c.path, where), Rule: c.rule, Got: got, Want: shown(want)})
}

// isEmpty reports whether want is {} or [].
func isEmpty(want any) bool {
	switch wanted := want.(type) {
	case map[string]any:
		return len(wanted) == 0
	case []any:
		return len(wanted) == 0
	}
	return false
}

// mostShown is how many characters of a value are shown.
const mostShown = 200

// shown returns a value that was read from JSON as JSON again, shortened if it
// is long.
func shown(value any) string {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(value) // what was read can be written
	characters := []rune(string(bytes.TrimSpace(text.Bytes())))
	if len(characters) > mostShown {
		return string(characters[:mostShown]) + "…"
	}
	return string(characters)
}
