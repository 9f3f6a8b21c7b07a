package strictjson

import (
	"reflect"
	"strings"
)

// fieldsOf returns the members that encoding/json gives a struct, each with the
// type of its value: fields of embedded structs as the struct's own, the
// shallower hiding the deeper, a tagged one of equal depth hiding the untagged,
// and none where that leaves two.
func fieldsOf(shape reflect.Type) map[string]reflect.Type {
	fields := map[string]reflect.Type{}
	hidden := map[string]bool{}
	visited := map[reflect.Type]bool{}
	for level := []reflect.Type{shape}; len(level) > 0; {
		found := map[string][]candidate{}
		var next []reflect.Type
		for _, each := range level {
			if !visited[each] {
				next = append(next, collect(each, found)...)
			}
		}
		for _, each := range level { // one embedded twice in one level hides itself
			visited[each] = true
		}
		for name, candidates := range found {
			if hidden[name] {
				continue
			}
			hidden[name] = true
			if only, ok := dominant(candidates); ok {
				fields[name] = only.shape
			}
		}
		level = next
	}
	return fields
}

// A candidate is a field that may become a member.
type candidate struct {
	shape  reflect.Type
	tagged bool
}

// collect adds the fields of one struct to found, and returns the structs
// embedded in it.
func collect(shape reflect.Type, found map[string][]candidate) []reflect.Type {
	var embedded []reflect.Type
	for i := range shape.NumField() {
		field := shape.Field(i)
		tag := field.Tag.Get("json")
		if tag == "-" {
			continue
		}
		name, options, _ := strings.Cut(tag, ",")
		if inner := structOf(field.Type); field.Anonymous && name == "" && inner != nil {
			embedded = append(embedded, inner)
			continue
		}
		if !field.IsExported() {
			continue
		}
		each := candidate{shape: field.Type, tagged: name != ""}
		if strings.Contains(","+options+",", ",string,") {
			each.shape = reflect.TypeFor[any]() // written as text; encoding/json itself checks it
		}
		if name == "" {
			name = field.Name
		}
		found[name] = append(found[name], each)
	}
	return embedded
}

// structOf returns the struct that shape is or points to, or nil.
func structOf(shape reflect.Type) reflect.Type {
	if shape.Kind() == reflect.Pointer {
		shape = shape.Elem()
	}
	if shape.Kind() != reflect.Struct {
		return nil
	}
	return shape
}

// dominant returns the one candidate that encoding/json keeps, if there is one.
func dominant(candidates []candidate) (candidate, bool) {
	if len(candidates) == 1 {
		return candidates[0], true
	}
	var tagged []candidate
	for _, each := range candidates {
		if each.tagged {
			tagged = append(tagged, each)
		}
	}
	if len(tagged) == 1 {
		return tagged[0], true
	}
	return candidate{}, false
}
