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
func (e Edition) rate(t Turnout, base string, part, whole int, rule string) (union.Ratio, []union.Finding, error) {
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
func (e Edition) ratio(t Turnout, base string, part, whole int) (union.Ratio, error) {
	if err := e.own("turnout", t.rule, &t.limits); err != nil {
		return union.Ratio{}, err
	}
	chosen, err := e.findBase(base)
	if err != nil {
		return union.Ratio{}, err
	}
	// No sum overflows: the total bounds it.
	var ratio union.Ratio
	for i, cell := range t.cells {
		if chosen.holds(t.limits.combination(i)) {
			ratio.Part += cell[part]
			ratio.Whole += cell[whole]
		}
	}
	return ratio, nil
}

// JudgeTargets returns whether the turnout meets the targets of the edition, with
// one reason for each, in order. A rate over nothing and one that is no rate
// leave their target unknown. No targets at all are met. It fails as
// [Edition.Coverage] does.
func (e Edition) JudgeTargets(t Turnout) (union.Verdict, error) {
	reasons := make([]union.Reason, 0, len(e.spec.Targets))
	for _, target := range e.spec.Targets {
		reason, err := e.judgeTarget(t, target)
		if err != nil {
			return union.Verdict{}, union.Within("target "+target.Key, err)
		}
		reasons = append(reasons, reason)
	}
	return union.Judged(e.spec.Title+"：目标", reasons...), nil
}

func (e Edition) judgeTarget(t Turnout, target Target) (union.Reason, error) {
	var ratio union.Ratio
	var found []union.Finding
	var err error
	if target.Coverage != nil {
		ratio, found, err = e.Coverage(t, target.Coverage.Base)
	} else {
		ratio, found, err = e.Participation(t, target.Participation.Base, target.Participation.Workers)
	}
	if err != nil {
		return union.Reason{}, err
	}
	reason := union.Reason{Finding: union.Finding{
		Where: "targets." + target.Key, Rule: target.Title, Want: target.In.String(),
	}}
	switch {
	case len(found) > 0:
		reason.Standing, reason.Got = union.Unknown, found[0].String()
	case ratio.Whole == 0:
		reason.Standing, reason.Got = union.Unknown, "undefined over nothing"
	default:
		share, err := ratio.Number()
		if err != nil {
			return union.Reason{}, err
		}
		reason.Got = ratio.String()
		reason.Standing = standing(target.In.Contains(share))
	}
	return reason, nil
}

func standing(holds bool) union.Standing {
	if holds {
		return union.Met
	}
	return union.Unmet
}
