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
// identity of Merge. It grows with the firms it holds: 60 to 100 bytes each.
// Adding a firm a second time changes nothing.
type Population struct {
	rule   union.RuleID
	limits limits
	firms  veiled[firmCode, heldFirm]
}

// A heldFirm is what is kept of a firm under its code.
type heldFirm struct {
	ownership, size       union.Code
	unionised, aboveScale Whether
	workers               int64
}

func (f CodedFirm) held() heldFirm {
	return heldFirm{ownership: f.Ownership, size: f.Size, unionised: f.Unionised, aboveScale: f.AboveScale, workers: f.Workers}
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
	code, held := firmCodeOf(f.Code), f.held()
	if before, ok := p.firms.plain()[code]; ok && before != held {
		return contradiction(f.Code)
	}
	p.firms.made(1)[code] = held
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
	own, others := p.firms.plain(), other.firms.plain()
	var differ []firmCode
	for code, firm := range others {
		if before, ok := own[code]; ok && before != firm {
			differ = append(differ, code)
		}
	}
	if len(differ) > 0 {
		return contradiction(slices.MinFunc(differ, firmCode.compare).credit())
	}
	p.rule, p.limits = other.rule, other.limits
	if len(others) > 0 {
		maps.Copy(p.firms.made(len(others)), others)
	}
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
func (p Population) Len() int { return len(p.firms.plain()) }

// populationForm names the binary form of a Population: its limits, and the firms
// in ascending order of their codes.
const populationForm = "competition.population/1"

// AppendBinary appends the canonical binary form, as [union.WriteTally] does. It
// has the credit codes in full.
func (p Population) AppendBinary(data []byte) ([]byte, error) {
	return union.WriteTally(data, populationForm, p.rule, func(w *wire.Writer) {
		p.limits.write(w)
		firms := p.firms.plain()
		w.Len(len(firms))
		for _, code := range slices.SortedFunc(maps.Keys(firms), firmCode.compare) {
			w.Text(string(code[:]))
			firms[code].write(w)
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
	n := r.Len(least)
	if n == 0 {
		return
	}
	firms := p.firms.made(n)
	var before firmCode
	for range n {
		code := readFirmCode(r)
		firm := p.limits.readFirm(r)
		if before.compare(code) >= 0 {
			r.Refuse("a firm that does not stand after the one before it", "ascending firms, each once")
		}
		if r.Failed() {
			return
		}
		firms[code], before = firm, code
	}
}

// write appends what [limits.readFirm] reads.
func (f heldFirm) write(w *wire.Writer) {
	w.Uint(uint64(f.ownership))
	w.Uint(uint64(f.size))
	w.Uint(uint64(f.unionised))
	w.Uint(uint64(f.aboveScale))
	w.Count(f.workers)
}

// readFirm reads a firm that the edition can have.
func (l *limits) readFirm(r *wire.Reader) heldFirm {
	return heldFirm{
		ownership: readCode(r, l.ownership), size: readCode(r, l.size),
		unionised: Whether(r.Most(int64(No))), aboveScale: Whether(r.Most(int64(No))), workers: readWorkforce(r),
	}
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
