package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/template"

	"github.com/unioncampaign/union"
)

// The wording of the summary stands in a template; every figure in it is called
// by its key.
//
//go:embed summary.tmpl
var wording string

// A summary is the figures of a county by key, in the order in which they were
// made.
type summary struct {
	keys    []string
	figures map[string]union.Figure
}

// take adds figures; a key that comes twice is a fault of the program.
func (s *summary) take(figures []union.Figure) error {
	for _, figure := range figures {
		if _, twice := s.figures[figure.Key()]; twice {
			return fmt.Errorf("figure %s was made twice", figure.Key())
		}
		s.keys = append(s.keys, figure.Key())
		s.figures[figure.Key()] = figure
	}
	return nil
}

// print writes the summary as a text.
func (s *summary) print(out io.Writer) error { return s.write(out, nil) }

// printExplained writes the summary with the working of each figure under the
// line that prints it first.
func (s *summary) printExplained(out io.Writer) error {
	told := map[string]bool{}
	return s.write(out, func(key string) string {
		if told[key] {
			return ""
		}
		told[key] = true
		return s.working(key)
	})
}

// working returns the working of a figure, indented, behind its key and the
// function that made it.
func (s *summary) working(key string) string {
	figure := s.figures[key]
	var text strings.Builder
	fmt.Fprintf(&text, "    │ %s ← %s\n", key, figure.By())
	for line := range strings.Lines(figure.Working().String()) {
		fmt.Fprintf(&text, "    │   %s", line)
	}
	return text.String()
}

// printJSON writes every figure as one JSON list.
func (s *summary) printJSON(out io.Writer) error {
	figures := make([]union.Figure, 0, len(s.keys))
	for _, key := range s.keys {
		figures = append(figures, s.figures[key])
	}
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(figures)
}

// mark stands around a figure's key in the executed template, so that the line
// on which a figure is printed is known; it occurs in no text.
const mark = "\x00"

// write executes the template and, if explain is given, puts what it returns for
// each figure under the line that the figure stands on.
func (s *summary) write(out io.Writer, explain func(key string) string) error {
	page, err := template.New("summary").Option("missingkey=error").Funcs(s.functions()).Parse(wording)
	if err != nil {
		return err
	}
	var text strings.Builder
	if err := page.Execute(&text, nil); err != nil {
		return err
	}
	for line := range strings.Lines(text.String()) {
		plain, keys := unmark(line)
		if _, err := io.WriteString(out, plain); err != nil {
			return err
		}
		if explain == nil {
			continue
		}
		for _, key := range keys {
			if _, err := io.WriteString(out, explain(key)); err != nil {
				return err
			}
		}
	}
	return nil
}

// unmark parts a line of the executed template into what is printed and the keys
// of the figures on it.
func unmark(line string) (plain string, keys []string) {
	var text strings.Builder
	marked := false
	for part := range strings.SplitSeq(line, mark) {
		if marked {
			keys = append(keys, part)
		} else {
			text.WriteString(part)
		}
		marked = !marked
	}
	return text.String(), keys
}

// functions are what the template may call.
func (s *summary) functions() template.FuncMap {
	return template.FuncMap{
		"v":     s.value,
		"m":     s.measured,
		"d":     s.day,
		"title": s.title,
		"group": s.group,
		"rates": s.rates,
		"lines": s.lines,
		"zero":  s.zero,
	}
}

// figure returns the figure of a key.
func (s *summary) figure(key string) (union.Figure, error) {
	figure, found := s.figures[key]
	if !found {
		return union.Figure{}, fmt.Errorf("no figure has the key %s", key)
	}
	return figure, nil
}

// absence is how the summary words a figure that has no value.
func absence(why union.Absence) string {
	switch why {
	case union.Undefined:
		return "（无基数，不计算）"
	case union.NotApplicable:
		return "（不适用）"
	case union.Withheld:
		return "（不予公布）"
	default:
		return "（情况不详）"
	}
}

// value prints a figure without its measure.
func (s *summary) value(key string) (string, error) {
	figure, err := s.figure(key)
	if err != nil {
		return "", err
	}
	value, ok := figure.Value()
	if !ok {
		value = absence(figure.Why())
	}
	return strings.Join([]string{value, mark, key, mark}, ""), nil
}

// measured prints a figure with its measure.
func (s *summary) measured(key string) (string, error) {
	figure, err := s.figure(key)
	if err != nil {
		return "", err
	}
	if _, ok := figure.Value(); !ok {
		return s.value(key)
	}
	return strings.Join([]string{figure.String(), mark, key, mark}, ""), nil
}

// day prints a figure that is a day in the Chinese form.
func (s *summary) day(key string) (string, error) {
	figure, err := s.figure(key)
	if err != nil {
		return "", err
	}
	day, ok := figure.Day()
	if !ok {
		return s.value(key)
	}
	return strings.Join([]string{day.Chinese(), mark, key, mark}, ""), nil
}

// title prints the official wording of a figure.
func (s *summary) title(key string) (string, error) {
	figure, err := s.figure(key)
	return figure.Title(), err
}

// group returns the keys that begin with prefix, in the order in which the
// figures were made; there must be one.
func (s *summary) group(prefix string) ([]string, error) {
	var keys []string
	for _, key := range s.keys {
		if strings.HasPrefix(key, prefix) {
			keys = append(keys, key)
		}
	}
	if len(keys) == 0 {
		return nil, fmt.Errorf("no figure's key begins with %s", prefix)
	}
	return keys, nil
}

// rates returns, of the keys that begin with prefix, those of rates of
// satisfaction.
func (s *summary) rates(prefix string) ([]string, error) {
	keys, err := s.group(prefix)
	return slices.DeleteFunc(keys, func(key string) bool { return !strings.HasSuffix(key, ".satisfied") }), err
}

// zero reports whether a figure is a count of nothing.
func (s *summary) zero(key string) (bool, error) {
	figure, err := s.figure(key)
	whole, ok := figure.Whole()
	return ok && whole == 0, err
}

// lines returns the texts of a figure that lists several, for the template to
// print one under the other; the key is marked on the first.
func (s *summary) lines(key string) ([]string, error) {
	figure, err := s.figure(key)
	if err != nil {
		return nil, err
	}
	texts := slices.Clone(figure.Texts())
	if len(texts) > 0 {
		texts[0] = strings.Join([]string{texts[0], mark, key, mark}, "")
	}
	return texts, nil
}
