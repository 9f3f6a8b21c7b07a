package aid

import (
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
)

// A Flow is what went one way: the sum, and by how many entries. A reversal counts
// against the kind that it reverses, in the period in which it is effective, so
// that both may be below zero.
type Flow struct {
	Entries int64       `json:"entries"`
	Amount  union.Money `json:"amount"`
}

// A FundLine is what happened to one fund in a period, by the effective days. Its
// opening and all that came in, less all that went out, is its closing.
type FundLine struct {
	Fund     string      `json:"fund"`
	Opening  union.Money `json:"opening"`
	Received Flow        `json:"received"`
	Interest Flow        `json:"interest"`
	In       Flow        `json:"in"` // from other funds
	Granted  Flow        `json:"granted"`
	Returned Flow        `json:"returned"`
	Out      Flow        `json:"out"` // to other funds
	Closing  union.Money `json:"closing"`
	Reserved union.Money `json:"reserved"` // of the closing, on the last day
	Pledged  union.Money `json:"pledged"`  // beside it: promised and not come in
}

// A PositionLine is what lay at one position at the beginning and at the end.
type PositionLine struct {
	Position string      `json:"position"`
	Opening  union.Money `json:"opening"`
	Closing  union.Money `json:"closing"`
}

// A PurposeLine is what was granted for one purpose, without what is within it.
type PurposeLine struct {
	Purpose string `json:"purpose"`
	Granted Flow   `json:"granted"`
}

// A Statement is the account of a period, of every fund, position and purpose of
// the books in their order. Total is that of all funds, whose transfers among each
// other stand on both sides.
type Statement struct {
	Period    union.Period   `json:"period"`
	Funds     []FundLine     `json:"funds"`
	Total     FundLine       `json:"total"`
	Positions []PositionLine `json:"positions"`
	Purposes  []PurposeLine  `json:"purposes"`
}

// holdings are what entries amount to, by their sides alone. In another order than
// that of posting they may be below zero, or not fit.
type holdings struct {
	cells    []int64 // by fund and position
	reserved []int64 // by fund
	pledged  []int64 // by fund
	over     bool    // something did not fit
}

// clone returns a copy; that of no holdings is zero for every fund of the ledger.
func (h holdings) clone(l *Ledger) holdings {
	if h.cells == nil {
		funds := l.books.funds.Len()
		return holdings{cells: make([]int64, funds*l.books.positions.Len()), reserved: make([]int64, funds+1), pledged: make([]int64, funds+1)}
	}
	return holdings{cells: slices.Clone(h.cells), reserved: slices.Clone(h.reserved), pledged: slices.Clone(h.pledged), over: h.over}
}

// put adds to one of the lists.
func (h *holdings) put(list []int64, at int, fen int64) {
	sum, ok := exact.Add(list[at], fen)
	list[at], h.over = sum, h.over || !ok
}

// meaning returns the entry whose effect a row has, and the sign of it.
func (l *Ledger) meaning(r *row) (*row, int64) {
	switch {
	case r.kind != EntryReverse:
		return r, 1
	case r.is(restores):
		return l.row(r.base), 1
	}
	return l.row(r.base), -1
}

// add adds a row. Money moves from side to side; what is reserved and pledged
// changes by what the row means.
func (h *holdings) add(l *Ledger, r *row) {
	if r.from.moves() {
		h.put(h.cells, l.cellOf(r.from), -r.amount)
	}
	if r.to.moves() {
		h.put(h.cells, l.cellOf(r.to), r.amount)
	}
	x, sign := l.meaning(r)
	switch {
	case x.kind == EntryPledge:
		h.put(h.pledged, int(x.to.fund), sign*x.amount)
	case x.kind == EntryRelease:
		h.put(h.pledged, int(x.from.fund), -sign*x.amount)
	case x.kind == EntryReserve:
		h.put(h.reserved, int(x.from.fund), sign*x.amount)
	case x.kind == EntryVoid:
		h.put(h.reserved, int(x.to.fund), -sign*x.amount)
	case x.kind == EntryReceive && x.of != 0:
		h.put(h.pledged, int(x.to.fund), -sign*x.amount)
	case x.kind == EntryGrant && x.of != 0:
		h.put(h.reserved, int(x.from.fund), -sign*l.row(x.of).amount)
	}
}

// sum adds up some cells.
func (h *holdings) sum(first, last, step int) int64 {
	var total flow
	for cell := first; cell < last; cell += step {
		total.add(h.cells[cell], 0)
	}
	h.over = h.over || total.over
	return total.fen
}

// held returns the money of a fund at all positions.
func (h *holdings) held(l *Ledger, fund int) int64 {
	positions := l.books.positions.Len()
	return h.sum((fund-1)*positions, fund*positions, 1)
}

// at returns the money of all funds at a position.
func (h *holdings) at(l *Ledger, position int) int64 {
	return h.sum(position-1, len(h.cells), l.books.positions.Len())
}

// A flow adds up exactly, or notes that it could not.
type flow struct {
	entries, fen int64
	over         bool
}

func (f *flow) add(fen, entries int64) {
	sum, ok := exact.Add(f.fen, fen)
	f.fen, f.entries, f.over = sum, f.entries+entries, f.over || !ok
}

func (f *flow) flow() Flow { return Flow{Entries: f.entries, Amount: union.Fen(f.fen)} }

// The flows of a fund.
const (
	received = iota
	interest
	transferredIn
	granted
	returned
	transferredOut
	flowKinds
)

// flowsOf are the flows in which entries of a kind stand: that of the side from
// which they go, or to which.
var flowsOf = [...]struct{ from, to int }{
	EntryReceive:  {to: received},
	EntryInterest: {to: interest},
	EntryGrant:    {from: granted},
	EntryReturn:   {from: returned},
	EntryTransfer: {from: transferredOut, to: transferredIn},
}

// Statement returns the account of a period, by the effective days of entries. An
// open period ends with the last entry. It fails with [union.ErrMissing], of a
// ledger without books and for no period; with [union.ErrRange], for a period that
// begins on a day whose entries are sealed; and with [union.ErrOverflow], for what
// went one way in all and does not fit, though the balances do.
func (l *Ledger) Statement(period union.Period) (Statement, error) {
	if err := l.ready(); err != nil {
		return Statement{}, err
	}
	switch {
	case period.IsZero():
		return Statement{}, union.NewFault(union.ErrMissing, "period", "", "")
	case !l.through.IsZero() && !period.From().After(l.through):
		return Statement{}, union.NewFault(union.ErrRange, "period", period.String(), "a period that begins after "+l.through.String())
	}
	opening, closing := l.opening.clone(l), l.opening.clone(l)
	flows := make([][flowKinds]flow, l.books.funds.Len()+1) // 0: of all funds
	purposes := make([]flow, l.books.purposes.Len()+1)
	until, ends := period.Until()
	for number := l.sealed + 1; int(number) <= l.Len(); number++ {
		r := l.row(number)
		switch {
		case ends && r.effective.After(until):
			continue
		case r.effective.Before(period.From()):
			opening.add(l, r)
			closing.add(l, r)
			continue
		}
		closing.add(l, r)
		x, sign := l.meaning(r)
		if x.kind > EntryTransfer || x.kind == EntryPledge || x.from.fund == x.to.fund {
			continue
		}
		if x.from.moves() {
			flows[x.from.fund][flowsOf[x.kind].from].add(sign*x.amount, sign)
			flows[0][flowsOf[x.kind].from].add(sign*x.amount, sign)
		}
		if x.to.moves() {
			flows[x.to.fund][flowsOf[x.kind].to].add(sign*x.amount, sign)
			flows[0][flowsOf[x.kind].to].add(sign*x.amount, sign)
		}
		if x.purpose != 0 {
			purposes[x.purpose].add(sign*x.amount, sign)
		}
	}
	return l.statement(period, &opening, &closing, flows, purposes)
}

// statement puts a statement together.
func (l *Ledger) statement(period union.Period, opening, closing *holdings, flows [][flowKinds]flow, purposes []flow) (Statement, error) {
	made := Statement{Period: period}
	var total [4]flow
	for i, fund := range l.books.spec.Funds {
		line := lineOf(fund.Key, &flows[i+1])
		for j, each := range [...]struct {
			money *union.Money
			fen   int64
		}{
			{&line.Opening, opening.held(l, i+1)}, {&line.Closing, closing.held(l, i+1)},
			{&line.Reserved, closing.reserved[i+1]}, {&line.Pledged, closing.pledged[i+1]},
		} {
			*each.money = union.Fen(each.fen)
			total[j].add(each.fen, 0)
		}
		made.Funds = append(made.Funds, line)
	}
	made.Total = lineOf("", &flows[0])
	made.Total.Opening, made.Total.Closing = union.Fen(total[0].fen), union.Fen(total[1].fen)
	made.Total.Reserved, made.Total.Pledged = union.Fen(total[2].fen), union.Fen(total[3].fen)
	for i, position := range l.books.spec.Positions {
		made.Positions = append(made.Positions, PositionLine{
			Position: position.Key, Opening: union.Fen(opening.at(l, i+1)), Closing: union.Fen(closing.at(l, i+1)),
		})
	}
	for i, purpose := range l.books.spec.Purposes {
		made.Purposes = append(made.Purposes, PurposeLine{Purpose: purpose.Key, Granted: purposes[i+1].flow()})
	}
	over := opening.over || closing.over
	for _, each := range slices.Concat(total[:], purposes) {
		over = over || each.over
	}
	for _, list := range flows {
		for _, each := range list {
			over = over || each.over
		}
	}
	if over {
		return Statement{}, union.NewFault(union.ErrOverflow, "", "", "")
	}
	return made, nil
}

func lineOf(fund string, flows *[flowKinds]flow) FundLine {
	return FundLine{
		Fund:     fund,
		Received: flows[received].flow(), Interest: flows[interest].flow(), In: flows[transferredIn].flow(),
		Granted: flows[granted].flow(), Returned: flows[returned].flow(), Out: flows[transferredOut].flow(),
	}
}
