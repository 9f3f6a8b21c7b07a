package union

import "strings"

// An Input is one named value that a result was worked out from.
type Input struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// A Working says how a result came about: the item, the rule, the inputs, the
// rounding if there was one, the result, and the workings of its parts. It is
// made on demand. A clerk reads its String aloud; a program walks its fields.
// The zero Working says nothing.
type Working struct {
	Item     string    `json:"item"`
	Rule     string    `json:"rule,omitempty"`
	Inputs   []Input   `json:"inputs,omitempty"`
	Rounding string    `json:"rounding,omitempty"`
	Result   string    `json:"result"`
	Parts    []Working `json:"parts,omitempty"`
}

// String returns the working as lines: the item and its result, then, indented,
// the rule, each input, the rounding, and the parts.
func (w Working) String() string {
	var text strings.Builder
	w.write(&text, "")
	return text.String()
}

func (w Working) write(text *strings.Builder, indent string) {
	text.WriteString(indent + w.Item + " = " + w.Result + "\n")
	indent += "  "
	if w.Rule != "" {
		text.WriteString(indent + "§ " + w.Rule + "\n")
	}
	for _, input := range w.Inputs {
		text.WriteString(indent + "· " + input.Name + ": " + input.Value + "\n")
	}
	if w.Rounding != "" {
		text.WriteString(indent + "≈ " + w.Rounding + "\n")
	}
	for _, part := range w.Parts {
		part.write(text, indent)
	}
}
