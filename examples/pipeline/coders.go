package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/core/graph/coder"
)

// checkCoders refuses a pipeline of which something, an element or an accumulator,
// would lose fields on its way from worker to worker: of a type without a coder of its
// own Beam writes the exported fields, and where a tally holds its counts in others it
// arrives as zero, without an error. It names every such type.
func checkCoders(p *beam.Pipeline) error {
	edges, nodes, err := p.Build()
	if err != nil {
		return err
	}
	var all []*coder.Coder
	for _, node := range nodes {
		all = append(all, node.Coder)
	}
	for _, edge := range edges {
		all = append(all, edge.AccumCoder, edge.RestrictionCoder)
		for _, state := range edge.StateCoders {
			all = append(all, state)
		}
	}
	lossy := map[string]bool{}
	for _, each := range all {
		findLossy(each, lossy)
	}
	var names []string
	for name := range lossy {
		names = append(names, name)
	}
	var faults []error
	for _, name := range sorted(names) {
		faults = append(faults, fmt.Errorf("no coder for %s: Beam would write it without its unexported fields", name))
	}
	return errors.Join(faults...)
}

// findLossy notes the types that a coder, or one within it, writes in part.
func findLossy(of *coder.Coder, lossy map[string]bool) {
	if of == nil {
		return
	}
	for _, each := range of.Components {
		findLossy(each, lossy)
	}
	switch {
	case of.Kind == coder.Row && hides(of.T.Type(), nil):
		lossy[of.T.Type().String()] = true
	case of.Custom != nil && of.Custom.Name == "json" && hides(of.Custom.Type, nil) && !of.Custom.Type.Implements(reflect.TypeFor[json.Marshaler]()):
		lossy[of.Custom.Type.String()] = true
	}
}

// hides reports whether a type, or one within it, has unexported fields. Types within
// which it is being asked for are passed over.
func hides(t reflect.Type, within []reflect.Type) bool {
	if slices.Contains(within, t) {
		return false
	}
	within = append(within, t)
	switch t.Kind() {
	case reflect.Map:
		return hides(t.Key(), within) || hides(t.Elem(), within)
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return hides(t.Elem(), within)
	case reflect.Struct:
		for i := range t.NumField() {
			if field := t.Field(i); !field.IsExported() || hides(field.Type, within) {
				return true
			}
		}
	}
	return false
}
