package aid

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// accountFormDocument names the JSON of an AccountForm.
const accountFormDocument = "aid.account_form/1"

// An AccountWay says what a line of a published account does to the balance. The
// zero AccountWay is none, that of a line within another.
type AccountWay uint8

// The ways.
const (
	AccountOpening AccountWay = iota + 1 // what was there before
	AccountIn                            // what came in
	AccountOut                           // what went out
	AccountClosing                       // what is there now
	AccountApart                         // what is told beside it, such as goods and promises
)

var accountWayTexts = [...]string{"", "opening", "in", "out", "closing", "apart"}

func (w AccountWay) known() bool { return w >= AccountOpening && w <= AccountApart }

// String returns "opening", "in", "out", "closing", "apart" or, for any other
// value, its number, as in "AccountWay(9)".
func (w AccountWay) String() string {
	if w.known() {
		return accountWayTexts[w]
	}
	return "AccountWay(" + strconv.Itoa(int(w)) + ")"
}

const accountWaysWanted = "opening, in, out, closing or apart"

// MarshalText writes the way as String does. A value that is none is
// [union.ErrUnknown].
func (w AccountWay) MarshalText() ([]byte, error) {
	if !w.known() {
		return nil, union.NewFault(union.ErrUnknown, "", w.String(), accountWaysWanted)
	}
	return []byte(w.String()), nil
}

// UnmarshalText reads what MarshalText writes; any other text is
// [union.ErrUnknown] and leaves w unchanged.
func (w *AccountWay) UnmarshalText(text []byte) error {
	for way := AccountOpening; way.known(); way++ {
		if string(text) == accountWayTexts[way] {
			*w = way
			return nil
		}
	}
	return union.NewFault(union.ErrUnknown, "", quote.Key(string(text)), accountWaysWanted)
}

// An AccountLineSpec is one line of the form. A line is within another, whose part
// it is, or has a way.
type AccountLineSpec struct {
	Key    string     `json:"key"`
	Title  string     `json:"title"`
	Way    AccountWay `json:"way,omitempty"`
	Within string     `json:"within,omitempty"` // the key of a line that stands before
	// Some says that it is some of the line that it is within (其中), which the others
	// make up without it.
	Some bool `json:"some,omitempty"`
}

// An AccountFormSpec describes the account of a fund as it is published: which lines
// it has, in what its amounts are printed and what its counts count.
type AccountFormSpec struct {
	union.Rule
	Lines    []AccountLineSpec `json:"lines"`
	Measure  union.Measure     `json:"measure"`  // of amounts, such as 元 or 万元
	Counted  union.Measure     `json:"counted"`  // of counts, such as 笔
	Rounding union.Rounding    `json:"rounding"` // of each printed amount
}

// An AccountForm is a checked AccountFormSpec. It never changes. The zero
// AccountForm has no lines; every line of an account is a fault under it.
type AccountForm struct {
	spec  AccountFormSpec
	id    union.RuleID
	lines union.Codes
}

// An AccountLine is what a published account says of one line: a count, an amount in
// the form's measure, or both. What is not said is not known, and is no zero.
type AccountLine struct {
	Line   string        `json:"line"`
	Count  *int64        `json:"count,omitempty"`
	Amount *union.Number `json:"amount,omitempty"`
}

// NewAccountForm returns the form that spec describes. It reports all the faults it
// finds, joined, each placed in spec:
//   - [union.ErrMissing], for a key, version, title, source, line, measure or
//     rounding that is not given, and for a line without a way that is within no
//     other;
//   - [union.ErrRange], for a line with a way within another, and for a second line
//     of opening or closing;
//   - [union.ErrText] and [union.ErrRepeated], for a line's key;
//   - [union.ErrUnknown], for a line within one that there is not, and
//     [union.ErrOrder], for one that stands after it;
//   - what [union.Rounding.Check] and [union.IdentifyRule] report.
func NewAccountForm(spec AccountFormSpec) (AccountForm, error) {
	spec.Lines = slices.Clone(spec.Lines)
	f := AccountForm{spec: spec}
	var faults union.FaultList
	faults.Within("", spec.Check())
	faults.Given("measure", string(spec.Measure))
	faults.Given("counted", string(spec.Counted))
	faults.Within("rounding", spec.Rounding.Check())
	if len(spec.Lines) == 0 {
		faults.Add(union.ErrMissing, "lines", "", "")
	}
	terms := make([]union.Term, len(spec.Lines))
	used := map[AccountWay]bool{}
	for i, line := range spec.Lines {
		at := union.Indexed("lines", i)
		terms[i] = union.Term{Key: line.Key, Title: line.Title, Within: line.Within}
		faults.Key(at+".key", line.Key, nil)
		switch {
		case line.Within == "" && !line.Way.known():
			faults.Add(union.ErrMissing, at+".way", "", accountWaysWanted)
		case line.Within != "" && line.Way != 0:
			faults.Add(union.ErrRange, at+".way", line.Way.String(), "none: it is that of the line that it is within")
		case used[line.Way] && (line.Way == AccountOpening || line.Way == AccountClosing):
			faults.Add(union.ErrRange, at+".way", line.Way.String(), "one such line")
		}
		used[line.Way] = true
	}
	var err error
	f.lines, err = listOf(spec.Rule, "lines", terms)
	faults.Within("", inList(err, "lines"))
	if err := faults.Err(); err != nil {
		return AccountForm{}, err
	}
	if f.id, err = union.IdentifyRule(accountFormDocument, f.spec); err != nil {
		return AccountForm{}, err
	}
	return f, nil
}

// ID returns the identity of the form.
func (f AccountForm) ID() union.RuleID { return f.id }

// Rule returns what the form says of itself.
func (f AccountForm) Rule() union.Rule { return f.spec.Rule }

// Spec returns a copy of what the form was made from.
func (f AccountForm) Spec() AccountFormSpec {
	spec := f.spec
	spec.Lines = slices.Clone(spec.Lines)
	return spec
}

// MarshalJSON writes the form as a document "aid.account_form/1". The zero
// AccountForm has no rounding to write and is [union.ErrUnknown].
func (f AccountForm) MarshalJSON() ([]byte, error) {
	return union.WriteRule(accountFormDocument, f.spec)
}

// UnmarshalJSON reads a document "aid.account_form/1" with the faults of
// [union.ReadRule], and checks it as [NewAccountForm] does. On error f is unchanged.
func (f *AccountForm) UnmarshalJSON(data []byte) error {
	var spec AccountFormSpec
	if err := union.ReadRule(data, accountFormDocument, &spec); err != nil {
		return err
	}
	made, err := NewAccountForm(spec)
	if err != nil {
		return err
	}
	*f = made
	return nil
}

// A told figure is what is known of a line: as it is printed, and as its parts sum
// up if all of them are known.
type told struct {
	stated, summed bool
	is, sum        union.Number
	parts          []union.Number
	some           []union.Number // parts that do not make it up
}

// known returns the figure, that of the parts before that which is printed.
func (t told) known() (union.Number, bool) {
	if t.summed {
		return t.sum, true
	}
	return t.is, t.stated
}

// read checks an account and returns what is known of each line, by code.
func (f AccountForm) read(account []AccountLine) (counts, amounts []told, err error) {
	if f.id.IsZero() {
		return nil, nil, union.NewFault(union.ErrMissing, "rule", "", "")
	}
	counts, amounts = make([]told, f.lines.Len()+1), make([]told, f.lines.Len()+1)
	seen := make([]bool, f.lines.Len()+1)
	for i, line := range account {
		code, err := find(f.lines, union.Indexed("lines", i)+".line", line.Line)
		switch {
		case err != nil:
			return nil, nil, err
		case seen[code]:
			return nil, nil, union.NewFault(union.ErrRepeated, union.Indexed("lines", i)+".line", quote.Key(line.Line), "each line once")
		case line.Count != nil && *line.Count < 0:
			return nil, nil, union.NewFault(union.ErrRange, union.Indexed("lines", i)+".count", strconv.FormatInt(*line.Count, 10), "0 or more")
		}
		seen[code] = true
		if line.Count != nil {
			counts[code] = told{stated: true, is: union.Whole(*line.Count)}
		}
		if line.Amount != nil {
			amounts[code] = told{stated: true, is: *line.Amount}
		}
	}
	f.sum(counts)
	f.sum(amounts)
	return counts, amounts, nil
}

// sum adds up the parts of each line, those that stand last first, so that parts of
// parts are known before.
func (f AccountForm) sum(list []told) {
	for code := len(list) - 1; code > 0; code-- {
		whole := &list[code]
		all := true
		for part, line := range f.spec.Lines {
			if line.Within != f.spec.Lines[code-1].Key {
				continue
			}
			n, known := list[part+1].known()
			switch {
			case known && line.Some:
				whole.some = append(whole.some, n)
			case known:
				whole.parts, whole.sum = append(whole.parts, n), whole.sum.Add(n)
			case !line.Some:
				all = false
			}
		}
		whole.summed = all && len(whole.parts) > 0
	}
}

// total adds up the lines of a way. It is known if all of them are; of no such line
// it is nothing.
func (f AccountForm) total(list []told, way AccountWay) (total union.Number, known bool) {
	for i, line := range f.spec.Lines {
		if line.Within != "" || line.Way != way {
			continue
		}
		n, ok := list[i+1].known()
		if !ok {
			return union.Number{}, false
		}
		total = total.Add(n)
	}
	return total, true
}

// balance returns what is there in the end: the opening and what came in, less what
// went out.
func (f AccountForm) balance(amounts []told) (union.Number, bool) {
	opening, ok := f.total(amounts, AccountOpening)
	in, okIn := f.total(amounts, AccountIn)
	out, okOut := f.total(amounts, AccountOut)
	return opening.Add(in).Sub(out), ok && okIn && okOut
}

// Figures makes the figures of a published account: of each line "aid.account.line."
// its key and ".amount" or ".count", which are the sum of its parts if all of them
// are told, and else what is printed; then "aid.account.in", "aid.account.out",
// their counts "aid.account.in.count" and "aid.account.out.count", and
// "aid.account.balance", which is the opening and what came in, less what went out.
// Where something is not told, the figure is not known. It reports the first of
//   - [union.ErrMissing], for the zero AccountForm and a line without key;
//   - [union.ErrUnknown] and [union.ErrRepeated], for a line;
//   - [union.ErrRange], for a count below zero.
func (f AccountForm) Figures(account []AccountLine) ([]union.Figure, error) {
	counts, amounts, err := f.read(account)
	if err != nil {
		return nil, err
	}
	list := union.NewFigureList("aid.AccountForm.Figures", f.spec.Rule)
	for i, line := range f.spec.Lines {
		f.lineFigure(list, "aid.account.line."+line.Key+".amount", line.Title, f.spec.Measure, amounts[i+1])
		f.lineFigure(list, "aid.account.line."+line.Key+".count", line.Title, f.spec.Counted, counts[i+1])
	}
	var inputs []union.Input
	for _, each := range [...]struct {
		key, title string
		way        AccountWay
	}{{"opening", "期初余额", AccountOpening}, {"in", "收入合计", AccountIn}, {"out", "支出合计", AccountOut}} {
		amount, known := f.total(amounts, each.way)
		input := union.Input{Name: each.title, Value: amount.String()}
		if !known {
			input.Value = union.NotKnown.String()
		}
		inputs = append(inputs, input)
		if each.way == AccountOpening {
			continue
		}
		f.figure(list, "aid.account."+each.key, each.title, f.spec.Measure, amount, known, f.inputs(amounts, each.way)...)
		count, known := f.total(counts, each.way)
		f.figure(list, "aid.account."+each.key+".count", each.title, f.spec.Counted, count, known, f.inputs(counts, each.way)...)
	}
	balance, known := f.balance(amounts)
	f.figure(list, "aid.account.balance", "余额", f.spec.Measure, balance, known, inputs...)
	return list.Figures()
}

// inputs are the lines of a way, as inputs of their total.
func (f AccountForm) inputs(list []told, way AccountWay) []union.Input {
	inputs := []union.Input{{Name: "账目", Value: f.spec.Title}}
	for i, line := range f.spec.Lines {
		if line.Within == "" && line.Way == way {
			inputs = append(inputs, list[i+1].input(line.Title))
		}
	}
	return inputs
}

func (t told) input(title string) union.Input {
	n, known := t.known()
	if !known {
		return union.Input{Name: title, Value: union.NotKnown.String()}
	}
	return union.Input{Name: title, Value: n.String()}
}

// lineFigure adds the figure of one line.
func (f AccountForm) lineFigure(list *union.FigureList, key, title string, measure union.Measure, t told) {
	n, known := t.known()
	inputs := []union.Input{{Name: "公布数", Value: union.NotKnown.String()}}
	if t.stated {
		inputs[0].Value = t.is.String()
	}
	for _, part := range t.parts {
		inputs = append(inputs, union.Input{Name: "分项", Value: part.String()})
	}
	f.figure(list, key, title, measure, n, known, inputs...)
}

func (f AccountForm) figure(list *union.FigureList, key, title string, measure union.Measure, n union.Number, known bool, inputs ...union.Input) {
	if !known {
		list.Absent(key, title, measure, union.NotKnown, inputs...)
		return
	}
	list.Number(key, title, measure, n, union.Rounding{}, inputs...)
}

// Check compares a published account with itself, and names every gap: a line that
// is not the sum of its parts or, where not all are told, is less than those that are;
// a line that is less than what is some of it (其中); and a closing that is not the
// opening and what came in, less what went out. A gap that the rounding of each
// printed amount leaves open is said to be so. It has the errors of
// [AccountForm.Figures].
func (f AccountForm) Check(account []AccountLine) ([]Gap, error) {
	counts, amounts, err := f.read(account)
	if err != nil {
		return nil, err
	}
	var gaps []Gap
	for i, line := range f.spec.Lines {
		gaps = counts[i+1].gap(gaps, "lines."+line.Key+".count", union.Rounding{}) // counts are not rounded
		gaps = amounts[i+1].gap(gaps, "lines."+line.Key+".amount", f.spec.Rounding)
	}
	return f.closingGap(gaps, amounts), nil
}

// gap appends the gaps between a line and its parts.
func (t told) gap(gaps []Gap, where string, rounding union.Rounding) []Gap {
	compare := func(rule string, printed, want union.Number, parts ...union.Number) {
		found, err := rounding.CheckSum(where, printed, parts...)
		gaps = append(gaps, Gap{Where: where, Rule: rule, Got: printed, Want: want, Rounded: err == nil && len(found) == 0})
	}
	switch {
	case !t.stated:
	case t.summed && !t.sum.Equal(t.is):
		compare("a line is the sum of its parts", t.is, t.sum, t.parts...)
	case !t.summed && t.sum.Cmp(t.is) > 0 && len(t.parts) > 0:
		compare("a line is no less than those of its parts that are told", t.is, t.sum, t.parts...)
	}
	n, known := t.known()
	for _, each := range t.some {
		if known && each.Cmp(n) > 0 {
			compare("a line is no less than some of it", n, each, each)
		}
	}
	return gaps
}

// closingGap appends the gap between the printed closing and what it should be.
func (f AccountForm) closingGap(gaps []Gap, amounts []told) []Gap {
	closing := slices.IndexFunc(f.spec.Lines, func(l AccountLineSpec) bool { return l.Way == AccountClosing })
	balance, known := f.balance(amounts)
	if closing < 0 || !known {
		return gaps
	}
	printed, told := amounts[closing+1].known()
	if !told || printed.Equal(balance) {
		return gaps
	}
	parts := []union.Number{}
	for i, line := range f.spec.Lines {
		n, _ := amounts[i+1].known()
		switch {
		case line.Within != "":
		case line.Way == AccountOpening || line.Way == AccountIn:
			parts = append(parts, n)
		case line.Way == AccountOut:
			parts = append(parts, n.Neg())
		}
	}
	where := "lines." + f.spec.Lines[closing].Key + ".amount"
	found, _ := f.spec.Rounding.CheckSum(where, printed, parts...)
	return append(gaps, Gap{Where: where, Rule: "closing is opening and what came in, less what went out", Got: printed, Want: balance, Rounded: len(found) == 0})
}
