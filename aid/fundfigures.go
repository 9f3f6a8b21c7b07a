package aid

import "github.com/unioncampaign/union"

// Figures makes the figures of a statement of the books' ledger: for all funds
// together, for each fund, for each source, each purpose and each position. What
// was raised and what was given out are told apart, and so is what was promised.
//
// Keys are "aid.funds." and, for each fund, "aid.fund.<fund>." with opening,
// received, received.entries, interest, in, granted, granted.entries, returned,
// out, closing, reserved and pledged; those of all funds also with received.wan,
// granted.wan and closing.wan; "aid.source.<source>." with received, granted and
// closing; "aid.purpose.<purpose>." with granted and granted.entries, which are
// those of the purpose and all within it; and "aid.position.<position>.closing".
//
// It fails with [union.ErrMissing] for the zero Books, [union.ErrUnknown] for a
// statement that has other funds, purposes or positions than the books, and
// [union.ErrOverflow] for a sum that does not fit.
func (b Books) Figures(s Statement) ([]union.Figure, error) {
	if b.id.IsZero() {
		return nil, union.NewFault(union.ErrMissing, "rule", "", "")
	}
	if err := b.owns(s); err != nil {
		return nil, err
	}
	list := union.NewFigureList("aid.Books.Figures", b.spec.Rule)
	period := union.Input{Name: "期间", Value: s.Period.String()}
	fundFigures(list, "aid.funds.", "资金合计：", s.Total, period)
	for _, each := range [...]struct {
		key, title string
		amount     union.Money
	}{
		{"received.wan", "收入", s.Total.Received.Amount}, {"granted.wan", "救助支出", s.Total.Granted.Amount}, {"closing.wan", "期末余额", s.Total.Closing},
	} {
		list.Number("aid.funds."+each.key, "资金合计："+each.title+"（万元）", "万元", each.amount.InWan(), b.spec.Wan,
			period, union.Input{Name: each.title, Value: each.amount.String()})
	}
	for i, line := range s.Funds {
		fundFigures(list, "aid.fund."+line.Fund+".", b.spec.Funds[i].Title+"：", line, period)
	}
	if err := b.sourceFigures(list, s, period); err != nil {
		return nil, err
	}
	if err := b.purposeFigures(list, s, period); err != nil {
		return nil, err
	}
	for i, line := range s.Positions {
		list.Money("aid.position."+line.Position+".closing", b.spec.Positions[i].Title+"：期末余额", line.Closing,
			period, union.Input{Name: "期初余额", Value: line.Opening.String()})
	}
	return list.Figures()
}

// owns refuses a statement that is not of the books.
func (b *Books) owns(s Statement) error {
	same := len(s.Funds) == len(b.spec.Funds) && len(s.Purposes) == len(b.spec.Purposes) && len(s.Positions) == len(b.spec.Positions)
	for i := 0; same && i < len(s.Funds); i++ {
		same = s.Funds[i].Fund == b.spec.Funds[i].Key
	}
	for i := 0; same && i < len(s.Purposes); i++ {
		same = s.Purposes[i].Purpose == b.spec.Purposes[i].Key
	}
	for i := 0; same && i < len(s.Positions); i++ {
		same = s.Positions[i].Position == b.spec.Positions[i].Key
	}
	if !same {
		return union.NewFault(union.ErrUnknown, "statement", "other lines", "those of the books "+b.id.String())
	}
	return nil
}

// fundFigures adds the figures of one line.
func fundFigures(list *union.FigureList, key, title string, line FundLine, period union.Input) {
	inputs := []union.Input{period}
	for _, each := range line.amounts() {
		list.Money(key+each.key, title+each.title, each.amount, inputs...)
		if each.flow != nil {
			list.Count(key+each.key+".entries", title+each.title+"笔数", "笔", each.flow.Entries, period)
		}
		if each.key == "closing" {
			continue
		}
		inputs = append(inputs, union.Input{Name: each.title, Value: each.amount.String()})
	}
}

// A lineAmount is one amount of a line, with the word for it.
type lineAmount struct {
	key, title string
	amount     union.Money
	flow       *Flow // if its entries are counted in a figure of their own
}

func (f *FundLine) amounts() []lineAmount {
	return []lineAmount{
		{"opening", "期初余额", f.Opening, nil}, {"received", "收入", f.Received.Amount, &f.Received}, {"interest", "利息", f.Interest.Amount, nil},
		{"in", "转入", f.In.Amount, nil}, {"granted", "救助支出", f.Granted.Amount, &f.Granted}, {"returned", "退回", f.Returned.Amount, nil},
		{"out", "转出", f.Out.Amount, nil}, {"closing", "期末余额", f.Closing, nil}, {"reserved", "其中已预留", f.Reserved, nil},
		{"pledged", "认捐未到账", f.Pledged, nil},
	}
}

// sourceFigures adds what came from each source.
func (b *Books) sourceFigures(list *union.FigureList, s Statement, period union.Input) error {
	for _, source := range b.spec.Sources {
		var received, granted, closing []union.Money
		inputs := []union.Input{period}
		for i, fund := range b.spec.Funds {
			if fund.Source == source.Key {
				received, granted = append(received, s.Funds[i].Received.Amount), append(granted, s.Funds[i].Granted.Amount)
				closing = append(closing, s.Funds[i].Closing)
				inputs = append(inputs, union.Input{Name: "资金", Value: fund.Title})
			}
		}
		for _, each := range [...]struct {
			key, title string
			amounts    []union.Money
		}{{"received", "收入", received}, {"granted", "救助支出", granted}, {"closing", "期末余额", closing}} {
			sum, err := union.SumMoney(each.amounts...)
			if err != nil {
				return union.Within("sources."+source.Key, err)
			}
			list.Money("aid.source."+source.Key+"."+each.key, source.Title+"："+each.title, sum, inputs...)
		}
	}
	return nil
}

// purposeFigures adds what was granted for each purpose.
func (b *Books) purposeFigures(list *union.FigureList, s Statement, period union.Input) error {
	for _, purpose := range b.spec.Purposes {
		var amounts []union.Money
		var entries int64
		for i, within := range b.chosen([]string{purpose.Key}) {
			if within { // 0 never is
				amounts = append(amounts, s.Purposes[i-1].Granted.Amount)
				entries += s.Purposes[i-1].Granted.Entries
			}
		}
		sum, err := union.SumMoney(amounts...)
		if err != nil {
			return union.Within("purposes."+purpose.Key, err)
		}
		list.Money("aid.purpose."+purpose.Key+".granted", purpose.Title+"：救助支出", sum, period)
		list.Count("aid.purpose."+purpose.Key+".granted.entries", purpose.Title+"：救助支出笔数", "笔", entries, period)
	}
	return nil
}
