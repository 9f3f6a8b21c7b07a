package employment

import (
	"iter"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// registered returns the register of tokens, each counted once. They are tokens that
// a tally holds, which were checked when it was given or read.
func registered(tokens iter.Seq[string]) union.Register {
	var register union.Register
	for token := range tokens {
		_, _ = register.Add(token) // refuses only what is no token
	}
	return register
}

// Reached returns the distinct seekers who reached a stage: all the seekers, if
// it is registration. It fails with [union.ErrRule] if f did not make the floor
// and with [union.ErrUnknown] if it does not list the stage.
func (f Fair) Reached(floor Floor, stage string) (union.Register, error) {
	if err := floor.under(f); err != nil {
		return union.Register{}, err
	}
	code, err := f.plan.stages.Find(stage)
	if err != nil {
		return union.Register{}, union.NewFault(union.ErrUnknown, "stage", quote.Key(stage), "a stage of the fair")
	}
	if code == f.plan.registered {
		return floor.Seekers(), nil
	}
	return registered(func(yield func(string) bool) {
		for taken := range floor.taken() {
			if taken.stage == code && !yield(taken.seeker) {
				return
			}
		}
	}), nil
}
