package competition

import (
	"strconv"

	"github.com/unioncampaign/union"
)

// Coverage returns the share of the firms of a named base that entered (覆盖面):
// entrants of the base over firms of the base. Coverage of a parent is that of
// its merged turnout: the sum of the entrants over the sum of the firms.
//
// If more firms entered than there are, which reported counts can claim, there
// is no rate but a finding, and the ratio is zero over zero. Over an empty base
// the ratio is undefined, which is no finding. It fails with [union.ErrUnknown]
// for a base that the edition does not have and with [union.ErrRule] for a
// turnout of another edition; the zero Turnout is an empty one.
func (e Edition) Coverage(t Turnout, base string) (union.Ratio, []union.Finding, error) {
	return e.rate(t, base, entered, firms, "no more firms entered than there are")
}

// Participation returns the share of workers who take part (参与率): those of the
// entrants of a named base over the workers of these entrants, or over the
// workers of all firms of the base. It returns findings and fails as
// [Edition.Coverage] does; a value of Workers that is neither is
// [union.ErrRange].
func (e Edition) Participation(t Turnout, base string, of Workers) (union.Ratio, []union.Finding, error) {
	const rule = "no more workers take part than there are"
	switch of {
	case OfEntrants:
		return e.rate(t, base, takingPart, workersWithin, rule)
	case OfFirms:
		return e.rate(t, base, takingPart, workers, rule)
	}
	return union.Ratio{}, nil, union.NewFault(union.ErrRange, "workers", of.String(), `"entrants" or "firms"`)
}

// rate returns the ratio of two measures over a base, if the part is no more than
// the whole.
func (e *Edition) rate(t Turnout, base string, part, whole int, rule string) (union.Ratio, []union.Finding, error) {
	ratio, err := e.ratio(t, base, part, whole)
	if err != nil {
		return union.Ratio{}, nil, err
	}
	if ratio.Part > ratio.Whole {
		return union.Ratio{}, []union.Finding{{
			Where: "base " + base, Rule: rule,
			Got: strconv.FormatInt(ratio.Part, 10), Want: "at most " + strconv.FormatInt(ratio.Whole, 10),
		}}, nil
	}
	return ratio, nil, nil
}

// ratio returns what a base counts of two measures, whichever is the greater.
func (e *Edition) ratio(t Turnout, base string, part, whole int) (union.Ratio, error) {
	if err := e.own("turnout", t.rule, &t.limits); err != nil {
		return union.Ratio{}, err
	}
	chosen, err := e.findBase(base)
	if err != nil {
		return union.Ratio{}, err
	}
	// No sum overflows: the total bounds it.
	var ratio union.Ratio
	sizes := int(t.limits.size) + 1
	for from := 0; from < len(t.cells); from += pairs {
		if terms := from / pairs; !chosen.holds(terms/sizes, terms%sizes) {
			continue
		}
		for pair, held := range chosen.pairs {
			if held {
				cell := &t.cells[from+pair]
				ratio.Part += cell[part]
				ratio.Whole += cell[whole]
			}
		}
	}
	return ratio, nil
}

// JudgeTargets returns whether the targets of the edition are met, with one reason
// for each, in order. A rate over nothing and one that is no rate, a figure that is
// not known, and one known only so nearly that it may or may not do, leave their
// target unknown. No targets at all are met. It fails as [Edition.CheckStated] does.
func (e Edition) JudgeTargets(p Progress) (union.Verdict, error) {
	if err := e.checkProgress(p); err != nil {
		return union.Verdict{}, err
	}
	reasons := make([]union.Reason, 0, len(e.spec.Targets))
	for _, target := range e.spec.Targets {
		made := reason(union.Unknown, "targets."+target.Key, target.Title, "", target.In.String())
		var err error
		switch {
		case target.Level != nil:
			made.Standing, made.Got = e.judgeLevel(p, target)
		case target.Growth != nil:
			made.Standing, made.Got = e.judgeGrowth(p, target)
		default:
			made.Standing, made.Got, err = e.judgeRate(p, target)
		}
		if err != nil {
			return union.Verdict{}, union.Within("target "+target.Key, err)
		}
		reasons = append(reasons, made)
	}
	return union.Judged(e.spec.Title+"：目标", reasons...), nil
}

// judgeRate says whether a rate is what a target asks for.
func (e Edition) judgeRate(p Progress, target Target) (union.Standing, string, error) {
	var part, whole union.Number
	var found []union.Finding
	var ratio union.Ratio
	var err error
	switch {
	case target.Quotient != nil:
		part, whole, found, err = e.Quotient(p.Results, target.Quotient.Key)
	case target.Coverage != nil:
		ratio, found, err = e.Coverage(p.Turnout, target.Coverage.Base)
	default:
		ratio, found, err = e.Participation(p.Turnout, target.Participation.Base, target.Participation.Workers)
	}
	if target.Quotient == nil {
		part, whole = union.Whole(ratio.Part), union.Whole(ratio.Whole)
	}
	switch {
	case err != nil:
		return union.Unknown, "", err
	case len(found) > 0:
		return union.Unknown, found[0].String(), nil
	case whole.Sign() == 0:
		return union.Unknown, "undefined over nothing", nil
	}
	share, err := part.Quo(whole)
	return standing(target.In.Contains(share)), part.String() + "/" + whole.String(), err
}

func standing(holds bool) union.Standing {
	if holds {
		return union.Met
	}
	return union.Unmet
}
