package aid

import (
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/wire"
)

// leastRegister is how many bytes a register within a tally takes at least.
const leastRegister = 19

// writeRegisters writes a list of registers.
func writeRegisters(w *wire.Writer, registers []union.Register) {
	w.Len(len(registers))
	for _, each := range registers {
		w.Nest(each)
	}
}

// readRegisters reads what writeRegisters wrote.
func readRegisters(r *wire.Reader) []union.Register {
	registers := make([]union.Register, r.Len(leastRegister))
	for i := range registers {
		r.Nest(&registers[i])
	}
	return registers
}

// otherShape refuses a tally that claims a rule and has not the lists that the rule
// has: it was made up.
func otherShape(what, got string, rule union.RuleID) error {
	return union.NewFault(union.ErrRule, what, got, rule.String())
}
