package competition

import (
	"slices"
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
)

// A sheet is a breakdown while it is worked out.
type sheet struct {
	Composition
	given Breakdown
	total int64
	exact map[string]union.Number // shares in percent
	shown map[string]union.Number // rounded or balanced
}

// share works out the shares, and compares them with those printed.
func (s *sheet) share(made *Composed) error {
	s.exact, s.shown = map[string]union.Number{}, map[string]union.Number{}
	var parts []int64
	var keys []string
	for _, class := range s.spec.Classes {
		n, given := s.given.Parts[class.Key]
		if !given {
			continue
		}
		percent, err := union.Ratio{Part: n, Whole: s.total}.Percent()
		if err != nil {
			return union.Within("total", err)
		}
		s.exact[class.Key] = percent
		parts, keys = append(parts, n), append(keys, class.Key)
	}
	balanced, err := s.balanced(parts)
	if err != nil {
		return err
	}
	for i, key := range keys {
		if s.shown[key], err = s.spec.Rounding.Apply(s.exact[key]); err != nil {
			return err
		}
		if balanced != nil {
			s.shown[key] = balanced[i]
		}
		text, err := s.spec.Rounding.Format(s.shown[key])
		if err != nil {
			return err
		}
		made.Shares[key] = text + "%"
		printed, ok := s.given.Shares[key]
		if !ok || printed.Equal(s.shown[key]) {
			continue
		}
		made.Findings = append(made.Findings, union.Finding{
			Where: "shares." + key, Rule: "a printed share follows from its count",
			Got: printed.String() + "%", Want: text + "%" + s.explain(key, parts, keys, printed),
		})
	}
	return nil
}

// balanced returns the shares under the composition's balance, or nil if it has
// none or the classes given are not all.
func (s *sheet) balanced(parts []int64) ([]union.Number, error) {
	if s.spec.Balance == 0 || s.spec.Balance == union.Plain || !s.spec.Whole {
		return nil, nil
	}
	sum := int64(0)
	for _, n := range parts {
		sum += n
	}
	if sum != s.total {
		return nil, nil
	}
	shares, err := union.NewShares(s.spec.Balance, s.spec.Rounding, parts...)
	return shares.Percents, err
}

// explain names what would make a printed share right.
func (s *sheet) explain(key string, parts []int64, keys []string, printed union.Number) string {
	var found []string
	note := func(holds bool, text string) {
		if holds {
			found = append(found, text)
		}
	}
	n := s.given.Parts[key]
	rounding := s.spec.Rounding
	rounds := func(r union.Rounding, n union.Number) bool {
		rounded, err := r.Apply(n)
		return err == nil && rounded.Equal(printed)
	}
	if rounding.Mode != union.Truncate {
		note(rounds(union.Rounding{Mode: union.Truncate, Places: rounding.Places}, s.exact[key]), "截尾")
	}
	if rounding.Mode != union.HalfUp {
		note(rounds(union.Rounding{Mode: union.HalfUp, Places: rounding.Places}, s.exact[key]), "四舍五入")
	}
	for places := range rounding.Places {
		note(rounds(union.Rounding{Mode: rounding.Mode, Places: places}, s.exact[key]), "保留"+strconv.Itoa(places)+"位小数")
	}
	for _, balance := range []union.Balance{union.LastTakesRest, union.LargestTakesRest, union.LargestRemainder} {
		shares, err := union.NewShares(balance, rounding, parts...)
		at := slices.Index(keys, key)
		rest := err == nil && s.spec.Whole && balance != s.spec.Balance && shares.Percents[at].Equal(printed)
		note(rest && !slices.Contains(found, "余数调整使合计为100"), "余数调整使合计为100")
	}
	for _, base := range sortedKeys(s.given.Bases) {
		share, err := union.Ratio{Part: n, Whole: s.given.Bases[base]}.Percent()
		note(err == nil && rounds(rounding, share), "以"+base+strconv.FormatInt(s.given.Bases[base], 10)+"为基数")
	}
	if low, high, ok := basesOf(n, printed, rounding); ok && len(found) == 0 {
		text := strconv.FormatInt(low, 10)
		if low != high {
			text += "至" + strconv.FormatInt(high, 10)
		}
		note(true, "基数为"+text)
	}
	if len(found) == 0 {
		return ""
	}
	return "（若" + strings.Join(found, "，或") + "，则为" + printed.String() + "%）"
}

// basesOf returns between which wholes a count has a share that is printed so.
func basesOf(n int64, printed union.Number, rounding union.Rounding) (low, high int64, ok bool) {
	if printed.Sign() == 0 { // nearly any whole is large enough
		return 0, 0, false
	}
	return alike(max(n, 1), mostBase, func(whole int64) int {
		share, _ := union.Ratio{Part: n, Whole: whole}.Percent() // of a whole that is not 0
		rounded, _ := rounding.Apply(share)                      // which was checked
		return rounded.Cmp(printed)
	})
}

// mostBase is the greatest whole that is looked at.
const mostBase = 1 << 40

// change works out by how many percentage points shares changed.
func (s *sheet) change(made *Composed) error {
	for _, class := range s.spec.Classes {
		key := class.Key
		before, given := s.given.Before[key]
		now, ok := s.now(key)
		if !given || !ok {
			continue
		}
		points := union.PointsBetween(before, now).Points()
		text, err := s.spec.Rounding.Format(points)
		if err != nil {
			return err
		}
		made.Points[key] = text
		printed, ok := s.given.Points[key]
		if !ok {
			continue
		}
		found, err := s.spec.Rounding.CheckPrinted("points."+key, printed, points)
		if err != nil {
			return err
		}
		if len(found) > 0 {
			found[0].Rule = "a printed change is the difference of the printed shares"
			found[0].Want += s.explainChange(key, before, printed)
		}
		made.Findings = append(made.Findings, found...)
	}
	return nil
}

// now returns the share as it is printed, or else as it would be.
func (s *sheet) now(key string) (union.Number, bool) {
	if printed, ok := s.given.Shares[key]; ok {
		return printed, true
	}
	shown, ok := s.shown[key]
	return shown, ok
}

// explainChange names what would make a printed change right.
func (s *sheet) explainChange(key string, before, printed union.Number) string {
	exactly, ok := s.exact[key]
	if !ok {
		return ""
	}
	if rounded, _ := s.spec.Rounding.Apply(exactly.Sub(before)); rounded.Equal(printed) { // a rounding that was checked
		return "（若以未修约的比例计算，则为" + printed.String() + "）"
	}
	if now, ok := s.now(key); ok {
		if growth, err := union.NewGrowth(before, now); err == nil {
			if rounded, _ := s.spec.Rounding.Apply(growth.Percent()); rounded.Equal(printed) {
				return "（若为增长率，则为" + printed.String() + "%）"
			}
		}
	}
	return ""
}

// structure judges the structures, works out how many they let be, and compares
// the gaps printed.
func (s *sheet) structure(made *Composed) error {
	var reasons []union.Reason
	for _, each := range s.spec.Structure {
		if len(each.Within) == 0 && s.total <= 1<<31 {
			least, most, err := each.Places(int(s.total))
			if err == nil {
				made.Places[each.Key] = Bound{Least: least, Most: most}
			}
		}
		part, whole, known := s.counts(each)
		if !known {
			reasons = append(reasons, reason(union.Unknown, "structure."+each.Key, each.Title, "", each.Share.String()))
			continue
		}
		ratio := union.Ratio{Part: part, Whole: whole}
		share, err := ratio.Number()
		if err != nil {
			reasons = append(reasons, reason(union.Unknown, "structure."+each.Key, each.Title, ratio.String(), each.Share.String()))
			continue
		}
		reasons = append(reasons, reason(standing(each.Share.Contains(share)), "structure."+each.Key, each.Title, ratio.String(), each.Share.String()))
		if err := s.gap(made, each, ratio); err != nil {
			return err
		}
	}
	made.Verdict = union.Judged(s.spec.Title, reasons...)
	return nil
}

// counts returns how many a structure is of, and of how many.
func (s *sheet) counts(of Structure) (part, whole int64, known bool) {
	whole = s.total
	if len(of.Within) > 0 {
		whole = 0
		for _, key := range of.Within {
			n, given := s.given.Parts[key]
			if !given {
				return 0, 0, false
			}
			whole += n
		}
	}
	for _, key := range of.Has {
		n, given := s.given.Parts[key]
		if !given {
			return 0, 0, false
		}
		part += n
	}
	return part, whole, true
}

// gap works out how far a share, as it is printed, is above its floor.
func (s *sheet) gap(made *Composed, of Structure, ratio union.Ratio) error {
	percent, err := ratio.Percent()
	if err != nil {
		return err
	}
	rounded, err := s.spec.Rounding.Apply(percent)
	if err != nil {
		return err
	}
	points, err := of.gap(rounded)
	if err != nil {
		return err
	}
	text, err := s.spec.Rounding.Format(points.Points())
	if err != nil {
		return err
	}
	made.Gaps[of.Key] = text
	printed, ok := s.given.Gaps[of.Key]
	if !ok {
		return nil
	}
	found, err := s.spec.Rounding.CheckPrinted("gaps."+of.Key, printed, points.Points())
	made.Findings = append(made.Findings, found...)
	return err
}
