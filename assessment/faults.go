package assessment

import (
	"errors"

	"github.com/unioncampaign/union"
)

// faults gathers what is wrong with a rule, so that all of it is told at once.
type faults []error

// add notes one fault.
func (f *faults) add(sentinel error, where, got, want string) {
	*f = append(*f, union.NewFault(sentinel, where, got, want))
}

// within notes err, if there is one, at where.
func (f *faults) within(where string, err error) {
	if err != nil {
		*f = append(*f, union.Within(where, err))
	}
}

// err returns the faults joined, or nil.
func (f faults) err() error { return errors.Join(f...) }
