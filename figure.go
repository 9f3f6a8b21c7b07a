package union

import (
	"encoding/json"
	"strconv"
	"strings"
)

// An Absence says why a figure has no value. Unknown is never printed as zero.
type Absence uint8

// The absences. The zero Absence is that of a figure that has its value.
const (
	NotKnown      Absence = iota + 1 // the records do not tell
	Undefined                        // a rate over nothing
	NotApplicable                    // the rule does not apply here
	Withheld                         // known, and not to be published
)

var absenceTexts = [...]string{"", "unknown", "undefined", "not applicable", "withheld"}

// String returns "unknown", "undefined", "not applicable", "withheld", or an
// empty text for any other value.
func (a Absence) String() string {
	if int(a) < len(absenceTexts) {
		return absenceTexts[a]
	}
	return ""
}

// A Figure is what leaves the library: a value, or why there is none, with its
// key, title, measure, base, rounding and working, and the name of the function
// that made it. It cannot be added to another, so a rounded figure can never be
// rolled up. A [FigureSpec] makes it. The zero Figure is unknown.
type Figure struct {
	spec   FigureSpec
	absent Absence
	kind   figureKind
	whole  int64
	money  Money
	day    Date
	text   []string
}

type figureKind uint8

const (
	noValue figureKind = iota
	countValue
	numberValue
	moneyValue
	dateValue
	listValue
)

// A FigureSpec says of a figure all but its value. Its methods make the figure,
// and complete its working: an item, rounding or result left empty there is the
// figure's own title, rounding or value.
type FigureSpec struct {
	Key      string   // stable, dotted, such as "aid.donation.total"
	Title    string   // the official wording
	By       string   // the function that made it, such as "aid.DonationDay.Figures"
	Measure  Measure  // what is counted; empty for a rate, a score or a text
	Base     string   // of a rate: what its whole is
	Rounding Rounding // of a number: how it is printed; zero: not rounded
	Working  Working
}

// figure completes the working by what the figure itself tells: its title, its
// rounding and its result. What the caller has filled in stays.
func (s FigureSpec) figure(made Figure) Figure {
	made.spec = s
	working := &made.spec.Working
	if working.Item == "" {
		working.Item = s.Title
	}
	if working.Rounding == "" && made.kind == numberValue {
		working.Rounding = s.Rounding.Title()
	}
	if working.Result == "" {
		working.Result = made.String()
	}
	return made
}

// Count returns the figure of n things of the spec's measure.
func (s FigureSpec) Count(n int64) Figure {
	return s.figure(Figure{kind: countValue, whole: n})
}

// Money returns the figure of an amount.
func (s FigureSpec) Money(amount Money) Figure {
	return s.figure(Figure{kind: moneyValue, money: amount})
}

// Number returns the figure of n, printed through the spec's rounding, or
// exactly if it has none. A rounding that is no rounding is a fault of the rule:
// see [Rounding.Format].
func (s FigureSpec) Number(n Number) (Figure, error) {
	text, err := s.print(n)
	if err != nil {
		return Figure{}, err
	}
	return s.figure(Figure{kind: numberValue, text: []string{text}}), nil
}

// Percent returns the figure of r in percent, printed through the spec's
// rounding with a percent sign. Over nothing it is [Undefined], never zero. A
// negative count is [ErrRange]; else it fails as [FigureSpec.Number] does.
func (s FigureSpec) Percent(r Ratio) (Figure, error) {
	if r.Whole == 0 {
		return s.Absent(Undefined), nil
	}
	n, err := r.Percent()
	if err != nil {
		return Figure{}, Within(s.Key, err)
	}
	return s.Share(n)
}

// Share returns the figure of a percentage that was worked out before, such as
// one of [Shares], printed through the spec's rounding with a percent sign. It
// fails as [FigureSpec.Number] does.
func (s FigureSpec) Share(percent Number) (Figure, error) {
	text, err := s.print(percent)
	if err != nil {
		return Figure{}, err
	}
	return s.figure(Figure{kind: numberValue, text: []string{text + "%"}}), nil
}

// print writes a number through the spec's rounding.
func (s FigureSpec) print(n Number) (string, error) {
	if s.Rounding == (Rounding{}) {
		return n.String(), nil
	}
	text, err := s.Rounding.Format(n)
	return text, Within(s.Key, err)
}

// Date returns the figure of a day; of the zero Date it is unknown.
func (s FigureSpec) Date(day Date) Figure {
	if day.IsZero() {
		return s.Absent(NotKnown)
	}
	return s.figure(Figure{kind: dateValue, day: day})
}

// Text returns the figure of one text or of several in order, such as a name or
// a list of sectors; of none it is not applicable: a list that is not known is told
// by [FigureSpec.Absent].
func (s FigureSpec) Text(texts ...string) Figure {
	if len(texts) == 0 {
		return s.Absent(NotApplicable)
	}
	return s.figure(Figure{kind: listValue, text: append([]string(nil), texts...)})
}

// Absent returns the figure that has no value, and why. Any other value than
// the four absences is taken as [NotKnown].
func (s FigureSpec) Absent(why Absence) Figure {
	if why.String() == "" {
		why = NotKnown
	}
	return s.figure(Figure{absent: why})
}

// Key returns the figure's stable key.
func (f Figure) Key() string { return f.spec.Key }

// Title returns the figure's official wording.
func (f Figure) Title() string { return f.spec.Title }

// By returns the name of the function that made the figure.
func (f Figure) By() string { return f.spec.By }

// Measure returns what the figure counts; it is empty for rates and texts.
func (f Figure) Measure() Measure { return f.spec.Measure }

// Base returns what the whole of a rate is.
func (f Figure) Base() string { return f.spec.Base }

// Rounding returns how the figure was rounded; zero: it is exact.
func (f Figure) Rounding() Rounding { return f.spec.Rounding }

// Working returns how the figure came about.
func (f Figure) Working() Working { return f.spec.Working }

// Why returns why the figure has no value, and zero if it has one.
func (f Figure) Why() Absence {
	if f.kind == noValue && f.absent == 0 {
		return NotKnown
	}
	return f.absent
}

// Value returns the value as text, without its measure, and whether there is
// one: "1204", "24310.50", "95.04%", "2010-05-04" or a list joined by 、.
func (f Figure) Value() (string, bool) {
	switch f.kind {
	case countValue:
		return strconv.FormatInt(f.whole, 10), true
	case moneyValue:
		return f.money.String(), true
	case dateValue:
		return f.day.String(), true
	case numberValue:
		return f.text[0], true
	case listValue:
		return strings.Join(f.text, "、"), true
	case noValue:
	}
	return "", false
}

// Texts returns the texts of a figure made by [FigureSpec.Text], else none.
func (f Figure) Texts() []string {
	if f.kind != listValue {
		return nil
	}
	return append([]string(nil), f.text...)
}

// Amount returns the amount of a figure made by [FigureSpec.Money], and whether
// it is one.
func (f Figure) Amount() (Money, bool) { return f.money, f.kind == moneyValue }

// Day returns the day of a figure made by [FigureSpec.Date], and whether it is
// one.
func (f Figure) Day() (Date, bool) { return f.day, f.kind == dateValue }

// Whole returns the count of a figure made by [FigureSpec.Count], and whether
// it is one.
func (f Figure) Whole() (int64, bool) { return f.whole, f.kind == countValue }

// String returns the value with its measure, or why there is none in brackets.
func (f Figure) String() string {
	value, ok := f.Value()
	if !ok {
		return "[" + f.Why().String() + "]"
	}
	return value + string(f.spec.Measure)
}

// MarshalJSON writes the figure for machines: key, title, value or absent,
// measure, base, rounding, by. The working is not written; see [Figure.Working].
func (f Figure) MarshalJSON() ([]byte, error) {
	out := struct {
		Key      string   `json:"key"`
		Title    string   `json:"title"`
		Value    *string  `json:"value,omitempty"`
		Absent   string   `json:"absent,omitempty"`
		Measure  Measure  `json:"measure,omitempty"`
		Base     string   `json:"base,omitempty"`
		Rounding Rounding `json:"rounding,omitzero"`
		By       string   `json:"by"`
	}{
		Key: f.spec.Key, Title: f.spec.Title, Measure: f.spec.Measure,
		Base: f.spec.Base, Rounding: f.spec.Rounding, By: f.spec.By,
	}
	if value, ok := f.Value(); ok {
		out.Value = &value
	} else {
		out.Absent = f.Why().String()
	}
	return json.Marshal(out)
}
