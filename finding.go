package union

import "strings"

// A Finding says that something at a place does not agree with a rule: where,
// which rule, what was got and what was wanted. A check returns findings and
// repairs nothing. The zero Finding says nothing.
type Finding struct {
	Where string `json:"where,omitempty"` // a path such as "items[2].weight", or a record's place
	Rule  string `json:"rule"`            // the rule's key or wording
	Got   string `json:"got,omitempty"`   // what was found, as text
	Want  string `json:"want,omitempty"`  // what the rule wants, as text
}

// String returns the finding as one line, such as
// "funds[1].key: given more than once: got \"general\", want a new key".
func (f Finding) String() string {
	var line strings.Builder
	for _, part := range []string{f.Where, f.Rule} {
		if part == "" {
			continue
		}
		if line.Len() > 0 {
			line.WriteString(": ")
		}
		line.WriteString(part)
	}
	between := ": "
	if f.Got != "" {
		line.WriteString(between + "got " + f.Got)
		between = ", "
	}
	if f.Want != "" {
		line.WriteString(between + "want " + f.Want)
	}
	return line.String()
}
