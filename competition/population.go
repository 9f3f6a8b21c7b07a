package competition

import (
	"maps"
	"slices"
	"strings"

	"github.com/unioncampaign/union"
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
	if !p.rule.IsZero() && p.rule != other.rule {
		return union.NewFault(union.ErrRule, "population", other.rule.String(), p.rule.String())
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

// Rule returns the ID of the edition that the population is counted under.
func (p Population) Rule() union.RuleID { return p.rule }

// Len returns the number of distinct firms.
func (p Population) Len() int { return len(p.firms) }

// contradiction refuses a firm that was given before with other content.
func contradiction(firm union.CreditCode) error {
	return union.NewFault(union.ErrRepeated, "firm "+firm.String(), "other content", "the content given before")
}

// compareCodes orders firms by their codes, so that findings and faults come in
// the same order on every run.
func compareCodes(a, b union.CreditCode) int { return strings.Compare(a.Reveal(), b.Reveal()) }
