package assessment

import "github.com/unioncampaign/union"

// settled returns a copy of spec that shares nothing with it, and its ID. It
// writes the rule and reads it back, so a rule that could not be read again is
// refused now rather than when an old decision is to be made again.
func settled[T any](document string, spec T) (T, union.RuleID, error) {
	copied, err := readBack(document, spec)
	if err != nil {
		return copied, union.RuleID{}, err
	}
	id, err := union.IdentifyRule(document, copied)
	return copied, id, err
}

// readBack writes a spec and reads it.
func readBack[T any](document string, spec T) (T, error) {
	var copied T
	data, err := union.WriteRule(document, spec)
	if err != nil {
		return copied, err
	}
	return copied, union.ReadRule(data, document, &copied)
}

// copyOf returns a copy of a settled spec, which always can be read back.
func copyOf[T any](document string, spec T) T {
	copied, err := readBack(document, spec)
	if err != nil {
		return spec // only the zero spec of a rule never made
	}
	return copied
}
