package aid

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// booksDocument names the JSON of Books.
const booksDocument = "aid.books/1"

// A BooksSpec describes the rule by which a ledger of aid is kept, as the measures
// for the management of relief funds (帮扶资金管理办法) do: which funds there are and
// where their money lies, what it may be spent on, and how much anyone may get.
type BooksSpec struct {
	union.Rule
	// Sources are where funds come from, such as the centre, the province, a
	// matching share (配套), the union's own means and donations.
	Sources []union.Term `json:"sources"`
	// Purposes are what money may be spent on. One may be within another: a fund
	// for the whole is one for each of its parts.
	Purposes []union.Term `json:"purposes"`
	// Classes are what limits may depend on, such as the categories of households
	// or the stages of schooling.
	Classes   []union.Term `json:"classes,omitempty"`
	Positions []union.Term `json:"positions"` // bank accounts and cash boxes
	Funds     []Fund       `json:"funds"`
	Ceilings  []Ceiling    `json:"ceilings,omitempty"`
	Lines     []Line       `json:"lines,omitempty"` // of which limits are multiples
	// Wan is how amounts are printed in 万元; zero: exactly.
	Wan union.Rounding `json:"wan,omitzero"`
}

// Books are a checked BooksSpec. They never change. The zero Books have no fund; a
// ledger that is kept by them refuses everything.
type Books struct {
	spec      BooksSpec
	id        union.RuleID
	sources   union.Codes
	purposes  union.Codes
	classes   union.Codes
	positions union.Codes
	funds     union.Codes
	compiled  *bookTables
}

// bookTables are what posting looks up, by codes counted from 1.
type bookTables struct {
	funds, positions, purposes, classes keyTable

	allowed   [][]bool     // by fund and purpose
	until     []union.Date // by fund; zero: no deadline
	residue   []uint16     // by fund: the fund that takes the rest; 0: the giver
	bounds    []bound      // the ceilings in their order
	byPurpose [][]uint16   // by purpose: its ceilings
}

// mostCells bounds the pairs of funds with positions, and of funds and ceilings
// with purposes, for which there are tables.
const mostCells = 1 << 20

// NewBooks returns the books that spec describes. It reports all the faults it
// finds, joined, each placed in spec:
//   - [union.ErrMissing], for a key, version, title, source, purpose, position or
//     fund that is not given, for a fund with a residue and no last day, for a
//     ceiling without holder or without limits and times, and for a limit that is not
//     exactly one of fixed and line;
//   - [union.ErrText], for a key that is not of letters, digits, - and _;
//   - [union.ErrRepeated], for a key given twice;
//   - [union.ErrUnknown], for a source, purpose, class, area or fund that is not
//     listed, and for a source, class or position within another: those lists have
//     no parts;
//   - [union.ErrOrder], for a fund whose residue goes to one that may not be spent
//     longer, and for a purpose within one that stands after it;
//   - [union.ErrOverlap], for a class that two limits of a ceiling take, a limit after
//     one for every class, and a day on which an area has two lines;
//   - [union.ErrRange], for a sum or number below zero, a line that is not above
//     zero, a multiple of a line that is no whole number of fen and is not rounded, a
//     day that not every year has, more than 10,000 lines or 1,000,000 times, and more
//     than 1,048,576 pairs of funds with positions, of funds and ceilings with
//     purposes, or of ceilings with classes;
//   - what [union.Rounding.Check] reports of a rounding that is given;
//   - those of [union.IdentifyRule], such as [union.ErrText] for text that is not
//     UTF-8.
func NewBooks(spec BooksSpec) (Books, error) {
	b := Books{spec: spec.clone()}
	var faults union.FaultList
	faults.Within("", b.spec.Check())
	b.lists(&faults)
	checkLines(&faults, "lines", b.spec.Lines)
	if b.spec.Wan != (union.Rounding{}) {
		faults.Within("wan", b.spec.Wan.Check())
	}
	if err := faults.Err(); err != nil {
		return Books{}, err // what follows looks keys up in the lists
	}
	seen := map[string]bool{}
	for i, fund := range b.spec.Funds {
		fund.check(&faults, union.Indexed("funds", i), seen, b.sources, b.purposes)
	}
	checkResidue(&faults, b.spec.Funds)
	seen = map[string]bool{}
	for i, ceiling := range b.spec.Ceilings {
		ceiling.check(&faults, union.Indexed("ceilings", i), seen, &b.spec, b.purposes, b.classes)
	}
	if err := faults.Err(); err != nil {
		return Books{}, err
	}
	var err error
	if b.funds, err = listOf(b.spec.Rule, "funds", fundTerms(b.spec.Funds)); err != nil {
		return Books{}, err
	}
	if b.id, err = union.IdentifyRule(booksDocument, b.spec); err != nil {
		return Books{}, err
	}
	b.compiled = b.compile()
	return b, nil
}

// lists makes the lists whose keys the rest names.
func (b *Books) lists(faults *union.FaultList) {
	spec := &b.spec
	checkTerms(faults, "sources", spec.Sources)
	checkTerms(faults, "positions", spec.Positions)
	if len(spec.Classes) > 0 {
		checkTerms(faults, "classes", spec.Classes)
	}
	for i, purpose := range spec.Purposes {
		faults.Key(union.Indexed("purposes", i)+".key", purpose.Key, nil)
	}
	if len(spec.Funds) == 0 {
		faults.Add(union.ErrMissing, "funds", "", "")
	}
	for _, pair := range [...]struct {
		where string
		n, m  int
	}{
		{"positions", len(spec.Funds), len(spec.Positions)},
		{"purposes", len(spec.Funds) + len(spec.Ceilings), len(spec.Purposes)},
		{"classes", len(spec.Ceilings), len(spec.Classes)},
	} {
		if pair.n > 0 && pair.m > mostCells/pair.n {
			faults.Add(union.ErrRange, pair.where, strconv.Itoa(pair.n)+" by "+strconv.Itoa(pair.m), "at most "+strconv.Itoa(mostCells)+" pairs")
			return
		}
	}
	for _, list := range [...]struct {
		key   string
		terms []union.Term
		codes *union.Codes
	}{
		{"sources", spec.Sources, &b.sources}, {"purposes", spec.Purposes, &b.purposes},
		{"classes", spec.Classes, &b.classes}, {"positions", spec.Positions, &b.positions},
	} {
		if len(list.terms) == 0 && list.key == "classes" {
			continue
		}
		made, err := listOf(spec.Rule, list.key, list.terms)
		if list.key == "purposes" { // the others were checked more strictly before
			faults.Within("", inList(err, "purposes"))
		}
		*list.codes = made
	}
}

// inList moves the faults of a list's terms to where the list stands in its rule,
// and leaves out those of the rule itself.
func inList(err error, list string) error {
	var faults union.FaultList
	for _, fault := range union.Faults(err) {
		const terms = "terms"
		if len(fault.Where) < len(terms) || fault.Where[:len(terms)] != terms {
			continue
		}
		moved := *fault
		moved.Where = list + fault.Where[len(terms):]
		faults.Within("", &moved)
	}
	return faults.Err()
}

func fundTerms(funds []Fund) []union.Term {
	terms := make([]union.Term, len(funds))
	for i, fund := range funds {
		terms[i] = union.Term{Key: fund.Key, Title: fund.Title}
	}
	return terms
}

// compile makes the tables of books that are checked.
func (b *Books) compile() *bookTables {
	funds, purposes := len(b.spec.Funds), b.purposes.Len()
	made := &bookTables{
		allowed: make([][]bool, funds+1), until: make([]union.Date, funds+1), residue: make([]uint16, funds+1),
		byPurpose: make([][]uint16, purposes+1),
	}
	for _, list := range [...]struct {
		table *keyTable
		codes union.Codes
	}{{&made.funds, b.funds}, {&made.positions, b.positions}, {&made.purposes, b.purposes}, {&made.classes, b.classes}} {
		for _, term := range list.codes.Terms() {
			list.table.put(term.Key, hashOf(term.Key), &struct{}{})
		}
	}
	for i, fund := range b.spec.Funds {
		made.allowed[i+1] = b.chosen(fund.Purposes)
		made.until[i+1] = fund.Until
		if fund.Residue != "" {
			code, _ := b.funds.Find(fund.Residue)
			made.residue[i+1] = uint16(code)
		}
	}
	for i, ceiling := range b.spec.Ceilings {
		made.bounds = append(made.bounds, ceiling.compile(b.spec.Lines, b.classes))
		for purpose, counts := range b.chosen(ceiling.Purposes) {
			if counts {
				made.byPurpose[purpose] = append(made.byPurpose[purpose], uint16(i))
			}
		}
	}
	return made
}

// A keyTable finds the codes of keys faster than their list does.
type keyTable struct{ tokenTable[struct{}] }

// code returns the code of a key that may be empty, and the fault of its list.
func (t *keyTable) code(where, key string, list union.Codes) (union.Code, error) {
	if key == "" {
		return 0, nil
	}
	if number, _ := t.find(key); number != 0 {
		return union.Code(number), nil
	}
	return find(list, where, key)
}

// chosen returns, by code, which purposes are among the keys or within one; all of
// them for no keys.
func (b *Books) chosen(keys []string) []bool {
	chosen := make([]bool, b.purposes.Len()+1)
	for i, term := range b.spec.Purposes {
		outer, _ := b.purposes.Find(term.Within) // stands before; 0 if there is none
		chosen[i+1] = len(keys) == 0 || slices.Contains(keys, term.Key) || chosen[outer]
	}
	return chosen
}

func (s BooksSpec) clone() BooksSpec {
	s.Sources, s.Purposes, s.Classes = slices.Clone(s.Sources), slices.Clone(s.Purposes), slices.Clone(s.Classes)
	s.Positions, s.Lines = slices.Clone(s.Positions), slices.Clone(s.Lines)
	s.Funds, s.Ceilings = slices.Clone(s.Funds), slices.Clone(s.Ceilings)
	for i := range s.Funds {
		s.Funds[i].Purposes = slices.Clone(s.Funds[i].Purposes)
	}
	for i := range s.Ceilings {
		s.Ceilings[i] = s.Ceilings[i].clone()
	}
	return s
}

// Limit returns the most that a use may be granted on a day under a ceiling in its
// year or, if it has no year, in all. It reports the first of these faults:
//   - [union.ErrMissing] and [union.ErrUnknown], for the ceiling, and
//     [union.ErrUnknown] for a class that is not listed;
//   - [union.ErrMissing], for no day;
//   - [union.ErrUndefined], for a ceiling that limits no sum;
//   - [union.ErrUnknown], for a class that the ceiling has no limit for;
//   - [union.ErrRange], for a day on which the line is not known.
func (b Books) Limit(ceiling, class string, on union.Date) (union.Money, error) {
	at := slices.IndexFunc(b.spec.Ceilings, func(c Ceiling) bool { return c.Key == ceiling })
	switch {
	case ceiling == "":
		return union.Money{}, union.NewFault(union.ErrMissing, "ceiling", "", "")
	case at < 0:
		return union.Money{}, union.NewFault(union.ErrUnknown, "ceiling", quote.Key(ceiling), "a ceiling of the books")
	}
	code, err := optional(b.classes, "for.class", class)
	if err != nil {
		return union.Money{}, err
	}
	if on.IsZero() {
		return union.Money{}, union.NewFault(union.ErrMissing, "effective", "", "")
	}
	fen, limited, err := b.compiled.bounds[at].limitOn(code, on)
	if err == nil && !limited {
		err = union.NewFault(union.ErrUndefined, "ceiling", quote.Key(ceiling), "a ceiling with limits")
	}
	if err != nil {
		return union.Money{}, err
	}
	return union.Fen(fen), nil
}

// optional returns the code of a key that may be empty.
func optional(codes union.Codes, where, key string) (union.Code, error) {
	if key == "" {
		return 0, nil
	}
	return find(codes, where, key)
}

// ID returns the identity of the books.
func (b Books) ID() union.RuleID { return b.id }

// Rule returns what the books say of themselves.
func (b Books) Rule() union.Rule { return b.spec.Rule }

// Spec returns a copy of what the books were made from.
func (b Books) Spec() BooksSpec { return b.spec.clone() }

// MarshalJSON writes the books as a document "aid.books/1". The zero Books have
// no lists to write and are [union.ErrText].
func (b Books) MarshalJSON() ([]byte, error) { return union.WriteRule(booksDocument, b.spec) }

// UnmarshalJSON reads a document "aid.books/1" with the faults of [union.ReadRule],
// and checks it as [NewBooks] does. On error b is unchanged.
func (b *Books) UnmarshalJSON(data []byte) error {
	var spec BooksSpec
	if err := union.ReadRule(data, booksDocument, &spec); err != nil {
		return err
	}
	made, err := NewBooks(spec)
	if err != nil {
		return err
	}
	*b = made
	return nil
}
