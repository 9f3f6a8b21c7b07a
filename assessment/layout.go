package assessment

import (
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// layout is where each count of a box stands, and what of the form a sheet is
// read by. A form and its boxes share it, and nothing ever changes it. It is
// made of the form alone and holds nothing of any sheet.
//
// For each class stand, in order: the valid sheets; the void sheets by reason;
// and for each criterion the blanks, the answers, and the void marks.
type layout struct {
	classes  []string
	criteria []string
	answers  [][]string // by criterion
	reasons  []string   // why a whole sheet is void: set aside by tellers, then by the form's spreads
	spoils   int        // how many of the reasons are the tellers'
	spreads  []spread
	asked    []question // by criterion
	stride   int        // counts for each class
	packing  packing    // where the marks of a packed sheet stand
	room     uint64     // for a form of few answers, what is left above the last in each criterion's byte
	few      bool       // whether it is such a form: see [Box.AddAll]
	head     uint64     // what a batch of packed sheets of the form begins with, but for its class
}

// question is where the counts of a criterion start, from the class's valid
// sheets on, and the code of its last answer.
type question struct {
	start int
	last  uint8
}

func layoutOf(spec FormSpec) *layout {
	l := &layout{spoils: len(spec.Spoils)}
	for _, class := range spec.Classes {
		l.classes = append(l.classes, class.Key)
	}
	for _, spoil := range spec.Spoils {
		l.reasons = append(l.reasons, spoil.Key)
	}
	for _, rule := range spec.Spreads {
		l.reasons = append(l.reasons, rule.Key)
		l.spreads = append(l.spreads, rule.compile(spec.Criteria))
	}
	l.stride = 1 + len(l.reasons)
	for _, criterion := range spec.Criteria {
		l.criteria = append(l.criteria, criterion.Key)
		var keys []string
		for _, answer := range criterion.Answers {
			keys = append(keys, answer.Key)
		}
		l.answers = append(l.answers, keys)
		l.asked = append(l.asked, question{start: l.stride, last: uint8(len(keys))})
		l.stride += len(keys) + 2
	}
	l.packing = packingOf(l)
	l.room, l.few = roomOf(l.asked)
	return l
}

// size returns how many counts a box has.
func (l *layout) size() int { return max(1, len(l.classes)) * l.stride }

// slots returns for how many groups bases are stated: those not told by class,
// then each class.
func (l *layout) slots() int { return 1 + len(l.classes) }

// class returns the code of a voter class; nil is the layout of no form.
func (l *layout) class(key string) (uint8, error) {
	if l == nil {
		return 0, union.NewFault(union.ErrMissing, "form", "", "one made by NewForm")
	}
	if key == "" && len(l.classes) == 0 {
		return 0, nil
	}
	for i, class := range l.classes {
		if class == key {
			return uint8(i + 1), nil
		}
	}
	return 0, union.NewFault(union.ErrUnknown, "class", quote.Key(key), "a class of the form")
}

// block returns where the counts of a class start, and whether there is such a
// class.
func (l *layout) block(class uint8) (int, bool) {
	if len(l.classes) == 0 {
		return 0, class == 0
	}
	return (int(class) - 1) * l.stride, class > 0 && int(class) <= len(l.classes)
}

func (l *layout) criterionIndex(key string) (int, bool) {
	for i, criterion := range l.criteria {
		if criterion == key {
			return i, true
		}
	}
	return 0, false
}

// answer returns the code of an answer to a criterion.
func (l *layout) answer(criterion int, key string) (uint8, bool) {
	switch key {
	case "", Blank:
		return 0, true
	case Spoiled:
		return voidMark, true
	}
	for i, answer := range l.answers[criterion] {
		if answer == key {
			return uint8(i + 1), true
		}
	}
	return 0, false
}

// cell returns where an answer that the form has is counted, from the class's
// valid sheets on. The void mark stands after the last answer.
func (q question) cell(answer uint8) int {
	if answer == voidMark {
		answer = q.last + 1
	}
	return q.start + int(answer)
}

func (l *layout) reason(key string) (int, bool) {
	for i, reason := range l.reasons {
		if reason == key {
			return i, true
		}
	}
	return 0, false
}
