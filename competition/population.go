package competition

import (
	"maps"
	"slices"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/wire"
)

// A Population is the tally of the firms that could enter, each once, by credit
// code. [Edition.Population] makes an empty one; the zero Population is the
// identity of Merge. It grows with the firms it holds: about 60 bytes each.
// Adding a firm a second time changes nothing.
type Population struct {
	rule   union.RuleID
	limits limits
	firms  map[union.CreditCode]CodedFirm
}

// Population returns an empty population of the edition.
func (e Edition) Population() Population {
	return Population{rule: e.id, limits: e.limits()}
}

// Add counts a firm. The same firm with the same content again changes nothing.
// It reports the first of these faults, and then changes nothing:
//   - [union.ErrRule], for a population of no edition;
//   - [union.ErrMissing], for a firm without a credit code;
//   - [union.ErrRange], for an ownership, a size or an answer that the edition
//     does not have;
//   - [union.ErrMissing] and [union.ErrRange], for no workers and for fewer than
//     none;
//   - [union.ErrRepeated], for a firm counted before with other content.
func (p *Population) Add(f CodedFirm) error {
	if p.rule.IsZero() {
		return union.NewFault(union.ErrRule, "population", p.rule.String(), "the population of an edition")
	}
	if f.Code.IsZero() {
		return union.NewFault(union.ErrMissing, "code", "", "a credit code")
	}
	if _, err := p.limits.cell(f.Ownership, f.Size, f.Unionised, f.AboveScale); err != nil {
		return err
	}
	if err := workforce(f.Workers); err != nil {
		return err
	}
	if before, ok := p.firms[f.Code]; ok {
		if before != f {
			return contradiction(f.Code)
		}
		return nil
	}
	if p.firms == nil {
		p.firms = map[union.CreditCode]CodedFirm{}
	}
	p.firms[f.Code] = f
	return nil
}

// Merge counts the firms of other too, a firm of both once. It leaves other
// alone, and on error changes nothing:
//   - [union.ErrRule], for a population of another edition;
//   - [union.ErrRepeated], for a firm that the two hold with different content.
func (p *Population) Merge(other Population) error {
	if other.rule.IsZero() {
		return nil
	}
	if err := p.goesWith(&other); err != nil {
		return err
	}
	var differ []union.CreditCode
	for code, firm := range other.firms {
		if before, ok := p.firms[code]; ok && before != firm {
			differ = append(differ, code)
		}
	}
	if len(differ) > 0 {
		return contradiction(slices.MinFunc(differ, compareCodes))
	}
	p.rule, p.limits = other.rule, other.limits
	if p.firms == nil {
		p.firms = maps.Clone(other.firms)
		return nil
	}
	maps.Copy(p.firms, other.firms)
	return nil
}

// goesWith refuses a population of another edition.
func (p *Population) goesWith(other *Population) error {
	if p.rule.IsZero() || other.rule.IsZero() {
		return nil
	}
	return sameEdition("population", other.rule, p.rule, &other.limits, &p.limits)
}

// Rule returns the ID of the edition that the population is counted under.
func (p Population) Rule() union.RuleID { return p.rule }

// Len returns the number of distinct firms.
func (p Population) Len() int { return len(p.firms) }

// populationForm names the binary form of a Population: its limits, and the firms
// in ascending order of their codes.
const populationForm = "competition.population/1"

// AppendBinary appends the canonical binary form, as [union.WriteTally] does. It
// has the credit codes in full.
func (p Population) AppendBinary(data []byte) ([]byte, error) {
	return union.WriteTally(data, populationForm, p.rule, func(w *wire.Writer) {
		p.limits.write(w)
		w.Len(len(p.firms))
		for _, code := range slices.SortedFunc(maps.Keys(p.firms), compareCodes) {
			p.firms[code].write(w)
		}
	})
}

// UnmarshalBinary reads what AppendBinary wrote, as [union.ReadTally] does; into
// the zero Population that of any edition, else one of the population's own
// ([union.ErrRule]). A firm that [Population.Add] refuses is [union.ErrText]. On
// error the population is unchanged.
func (p *Population) UnmarshalBinary(data []byte) error {
	var made Population
	rule, err := union.ReadTally(data, populationForm, p.rule, made.read)
	if err != nil {
		return err
	}
	made.rule = rule
	if err := p.goesWith(&made); err != nil {
		return err
	}
	*p = made
	return nil
}

// read reads the body.
func (p *Population) read(r *wire.Reader) {
	p.limits = readLimits(r)
	const least = 1 + 18 + 4 + 1 // the code, the answers, the workers
	firms := r.Len(least)
	if firms > 0 {
		p.firms = make(map[union.CreditCode]CodedFirm, firms)
	}
	var before union.CreditCode
	for range firms {
		firm := p.limits.readFirm(r)
		if compareCodes(before, firm.Code) >= 0 {
			r.Refuse("a firm that does not stand after the one before it", "ascending firms, each once")
		}
		if r.Failed() {
			return
		}
		p.firms[firm.Code], before = firm, firm.Code
	}
}

// write appends what [limits.readFirm] reads.
func (f CodedFirm) write(w *wire.Writer) {
	w.Text(f.Code.Reveal())
	w.Uint(uint64(f.Ownership))
	w.Uint(uint64(f.Size))
	w.Uint(uint64(f.Unionised))
	w.Uint(uint64(f.AboveScale))
	w.Count(f.Workers)
}

// readFirm reads a firm that the edition can have.
func (l *limits) readFirm(r *wire.Reader) CodedFirm {
	return CodedFirm{
		Code: readFirmCode(r), Ownership: readCode(r, l.ownership), Size: readCode(r, l.size),
		Unionised: Whether(r.Most(int64(No))), AboveScale: Whether(r.Most(int64(No))), Workers: readWorkforce(r),
	}
}

// readFirmCode reads a credit code.
func readFirmCode(r *wire.Reader) union.CreditCode {
	code, err := union.ParseCreditCode(r.Text(18))
	if err != nil {
		r.Refuse("no credit code", "one of 18 characters")
	}
	return code
}

// readWorkforce reads a number of workers that a firm can have.
func readWorkforce(r *wire.Reader) int64 {
	n := r.Count()
	if n == 0 {
		r.Refuse("no workers", "1 or more")
	}
	return n
}

// contradiction refuses a firm that was given before with other content.
func contradiction(firm union.CreditCode) error {
	return union.NewFault(union.ErrRepeated, "firm "+firm.String(), "other content", "the content given before")
}

// compareCodes orders firms by their codes, so that findings and faults come in
// the same order on every run.
func compareCodes(a, b union.CreditCode) int { return strings.Compare(a.Reveal(), b.Reveal()) }
