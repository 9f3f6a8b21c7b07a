package aid

import (
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A HeadlineForm is how an amount is said in running text: in 万元 or 亿元, cut off
// with 余 or 多, or rounded, of which exactly one is set.
type HeadlineForm struct {
	Unit string          `json:"unit"` // 万元 or 亿元
	Cut  *HeadlineCut    `json:"cut,omitempty"`
	Near *union.Rounding `json:"rounded,omitempty"`
}

// A HeadlineCut says after how many places an amount is cut off, and which word,
// 余 or 多, then says that there is more.
type HeadlineCut struct {
	Places int    `json:"places"`
	Over   string `json:"over"`
}

func (h HeadlineForm) clone() HeadlineForm {
	if h.Cut != nil {
		cut := *h.Cut
		h.Cut = &cut
	}
	if h.Near != nil {
		near := *h.Near
		h.Near = &near
	}
	return h
}

func (h HeadlineForm) check(faults *union.FaultList, at string) {
	if h.Unit != "万元" && h.Unit != "亿元" {
		faults.Add(union.ErrUnknown, at+".unit", quote.Key(h.Unit), "万元 or 亿元")
	}
	checkChoice(faults, at, "cut or rounded", h.Cut != nil, h.Near != nil)
	if h.Cut != nil {
		_, err := h.cut(union.Money{})
		faults.Within(at+".cut", err)
	}
	if h.Near != nil {
		faults.Within(at+".rounded", h.Near.Check())
	}
}

func (h HeadlineForm) cut(amount union.Money) (string, error) {
	if h.Unit == "亿元" {
		return amount.YiHeadline(h.Cut.Places, h.Cut.Over)
	}
	return amount.WanHeadline(h.Cut.Places, h.Cut.Over)
}

// Text returns an amount as the headline says it, such as "3040万余元" or
// "9.3亿元". Its errors:
//   - all that is wrong with the form, joined, as [NewDonationDay] reports it;
//   - [union.ErrRange], for a negative amount, or one of which cutting off leaves
//     nothing.
func (h HeadlineForm) Text(amount union.Money) (string, error) {
	var faults union.FaultList
	h.check(&faults, "headline")
	if err := faults.Err(); err != nil {
		return "", err
	}
	if h.Cut != nil {
		return h.cut(amount)
	}
	if amount.Sign() < 0 {
		return "", union.NewFault(union.ErrRange, "", amount.String(), "an amount that is not negative")
	}
	in := amount.Wan
	if h.Unit == "亿元" {
		in = amount.Yi
	}
	text, _, err := in(*h.Near)
	return text + h.Unit, err
}
