package simulate

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
)

// What is given on a donation day is on a list, and is money too: it is counted by
// [aid.Donations] and posted to a ledger of aid, whose periods are closed while gifts
// still come in.

// A purser is what is done with a gift and its money, broken in some twins.
type purser struct {
	code      func(aid.DonationDay, aid.Gift) (aid.CodedGift, error)
	post      func(*aid.Ledger, aid.Entry) error
	close     func(*aid.Ledger, union.Date) error
	statement func(*aid.Ledger, union.Period) (aid.Statement, error)
}

func thePurser() purser {
	return purser{code: aid.DonationDay.CodeGift, post: (*aid.Ledger).Post, close: (*aid.Ledger).Close, statement: (*aid.Ledger).Statement}
}

// A purse is the list and the books of one office, and what both must say, noted down
// the plainest way.
type purse struct {
	purser
	day      aid.DonationDay
	list     aid.Donations
	ledger   *aid.Ledger
	came     []given
	open     map[string]int64 // what is left of promises, in fen, by their IDs
	promised map[string]int   // the days on which they stand in the books
	closed   int              // the last day of the closed period
	accounts []account
}

// A given is a gift that came in, with the days, counted from the first of the year, for
// which it stands on the list and in the books.
type given struct {
	aid.Gift
	gave, booked int
	listed       bool
}

// An account is the statement of a period as it was when the period was closed.
type account struct {
	from, until int
	said        aid.Statement
}

func (a account) period() union.Period { return must(union.NewPeriod(dayOf(a.from), dayOf(a.until))) }

// The first day on which gifts come in, too soon; the first on which they are listed;
// the last on which they are in time; and the last on which they are listed.
const firstGift, firstListed, cutOff, lastListed = 117, 120, 150, 180

func newPurse(day aid.DonationDay, books aid.Books, how purser) *purse {
	return &purse{
		purser: how, day: day, list: day.Donations(), ledger: books.Ledger(), open: map[string]int64{}, promised: map[string]int{}, closed: firstGift - 1,
	}
}

// fundOf returns the fund that a gift is for.
func fundOf(gift aid.Gift) string {
	if len(gift.Earmarks) > 0 {
		return "living"
	}
	return "any"
}

// draw draws a gift that comes in on a day, when it was given, and the promise that it
// is paid on, if any.
func (p *purse) draw(s *Source, id string, day int) (gift aid.Gift, gave int, promise string) {
	gave = day
	if s.Chance(50) { // it comes late
		gave = max(firstGift, day-s.Below(45))
	}
	gift = aid.Gift{
		ID: id, Unit: pick(s, "school", "mill"), Batch: pick(s, "first", "second"), On: dayOf(gave),
		Kind: pick(s, aid.Received, aid.Received, aid.Pledge, aid.PledgePaid), Amount: union.Fen(int64(s.From(1, 1000))),
	}
	if gift.Kind == aid.Received && s.Chance(40) {
		gift.Earmarks = []aid.Earmark{{Key: "fund", Amount: gift.Amount}}
	}
	for _, each := range p.came {
		if gift.Kind == aid.PledgePaid && each.Kind == aid.Pledge && s.Chance(70) {
			promise = each.ID // more than is promised too
		}
	}
	return gift, gave, promise
}

// entry returns a gift as it is posted, for a day.
func (p *purse) entry(gift aid.Gift, booked, day int, promise string) aid.Entry {
	e := aid.Entry{
		ID: gift.ID, Kind: aid.EntryReceive, To: aid.Side{Fund: fundOf(gift), Position: "bank"}, Of: promise,
		Amount: gift.Amount, Effective: dayOf(booked), Recorded: dayOf(day),
	}
	if gift.Kind == aid.Pledge {
		e.Kind, e.To.Position = aid.EntryPledge, ""
	}
	return e
}

// refusal returns the fault with which the books must refuse a gift.
func (p *purse) refusal(gift aid.Gift, booked int, promise string) error {
	switch {
	case booked <= p.closed:
		return aid.ErrClosed
	case promise == "":
		return nil
	case gift.Amount.Fen() > p.open[promise]:
		return aid.ErrSpent
	case booked < p.promised[promise]:
		return union.ErrOrder
	}
	return nil
}

// take takes a gift in: it counts on the list for the day on which it was given, and in
// the books too unless the period is closed, and then for the day on which it came. A
// payment that does not fit its promise is money none the less.
func (p *purse) take(gift aid.Gift, gave, day int, promise string) error {
	booked := gave
	for {
		want := p.refusal(gift, booked, promise)
		got := p.post(p.ledger, p.entry(gift, booked, day, promise))
		if !errors.Is(got, want) {
			return fmt.Errorf("%s, given on %s, gives %w, and must give %w", gift.ID, dayOf(gave), fault(got), fault(want))
		}
		if want == nil {
			break
		}
		if errors.Is(want, aid.ErrClosed) {
			booked = day
		} else {
			promise = ""
		}
	}
	switch {
	case gift.Kind == aid.Pledge:
		p.open[gift.ID], p.promised[gift.ID] = gift.Amount.Fen(), booked
	case promise != "":
		p.open[promise] -= gift.Amount.Fen()
	}
	return p.enlist(given{Gift: gift, gave: gave, booked: booked})
}

// enlist puts a gift on the list, if it was given on one of the days.
func (p *purse) enlist(each given) error {
	each.listed = each.gave >= firstListed && each.gave <= lastListed
	coded, err := p.code(p.day, each.Gift)
	switch {
	case each.listed && err == nil:
		err = p.list.Add(coded)
	case !each.listed && errors.Is(err, union.ErrRange):
		err = nil
	case err == nil:
		err = fmt.Errorf("%s, given on %s, is listed", each.ID, each.On)
	}
	p.came = append(p.came, each)
	return err
}

// again lets a gift come in a second time, perhaps written down anew: the books know it,
// whatever is closed by then, and it is not counted again.
func (p *purse) again(s *Source, id string, day int) error {
	before, ok := p.ledger.Entry(id)
	digest, want := p.ledger.Digest(), error(nil)
	if day := dayOf(day); before.Recorded != day && s.Chance(50) {
		before.Recorded, want = day, union.ErrRepeated
	}
	got := p.post(p.ledger, before)
	if !ok || !errors.Is(got, want) || digest != p.ledger.Digest() {
		return fmt.Errorf("%s comes again and gives %w, and must give %w", id, fault(got), fault(want))
	}
	return nil
}

// shut closes the period up to a day.
func (p *purse) shut(until int) error {
	if until <= p.closed {
		return nil
	}
	made := account{from: p.closed + 1, until: until}
	said, err := p.statement(p.ledger, made.period())
	if err != nil {
		return err
	}
	made.said = said
	if err := p.close(p.ledger, dayOf(until)); err != nil {
		return err
	}
	if err := p.close(p.ledger, dayOf(until-1)); !errors.Is(err, union.ErrOrder) {
		return fmt.Errorf("closing less than was closed gives %w, and must give %w", fault(err), union.ErrOrder)
	}
	p.closed, p.accounts = until, append(p.accounts, made)
	return p.accountFor(made)
}

// accountFor says what a statement has otherwise than the gifts that stand in the books
// for its period.
func (p *purse) accountFor(a account) error {
	broken := []error{}
	for _, line := range a.said.Funds {
		within := func(from, until int) int64 {
			return p.money(func(g given) bool { return g.booked >= from && g.booked <= until && fundOf(g.Gift) == line.Fund })
		}
		broken = append(broken,
			equal(line.Fund+": opening", line.Opening.Fen(), within(0, a.from-1)),
			equal(line.Fund+": received", line.Received.Amount.Fen(), within(a.from, a.until)),
			equal(line.Fund+": closing", line.Closing.Fen(), within(0, a.until)))
	}
	return of(a.period().String(), errors.Join(broken...))
}

// money adds up the gifts that are money.
func (p *purse) money(which func(given) bool) int64 {
	return sumOf(p.came, func(g given) int64 {
		if g.Kind == aid.Pledge || !which(g) {
			return 0
		}
		return g.Amount.Fen()
	})
}

// holds says what does not hold of a purse: the list has what was given in time, and
// apart what was given late; the books have that and what is on no list; and a closed
// period is as it was when it was closed.
func (p *purse) holds() error {
	listed, late, err := listedMoney(p.day, p.list)
	inTime := p.money(func(g given) bool { return g.listed && g.gave <= cutOff })
	apart := p.money(func(g given) bool { return !g.listed })
	broken := []error{
		err,
		equal("list: in time", listed, inTime),
		equal("list: late", late, p.money(func(g given) bool { return g.listed && g.gave > cutOff })),
		equal("list and books", must(p.ledger.Balance(aid.Side{})).Fen(), listed+late+apart),
		equal("promised", must(p.ledger.Pledged("any")).Fen(), total(p.open)),
	}
	for _, each := range p.accounts {
		now, err := p.statement(p.ledger, each.period())
		if err == nil && !reflect.DeepEqual(now, each.said) {
			err = fmt.Errorf("the closed period %s has %v, and had %v", each.period(), now, each.said)
		}
		broken = append(broken, err)
	}
	return errors.Join(broken...)
}

// listedMoney returns what a list says came in, in time and late.
func listedMoney(day aid.DonationDay, list aid.Donations) (inTime, late int64, err error) {
	lines, err := day.ByUnit(list)
	for _, line := range lines {
		inTime += line.Received.Fen()
	}
	read, failed := figuresOf(day.Figures(list))
	money, _ := read["aid.donation.late"].Amount()
	return inTime, money.Fen(), errors.Join(err, failed)
}

// pass lets the days pass on which gifts come in.
func (p *purse) pass(s *Source, gifts int) error {
	days := make([]int, gifts)
	for i := range days {
		days[i] = s.From(firstGift, lastListed+30)
	}
	slices.Sort(days)
	for i, day := range days {
		if s.Chance(20) {
			if err := p.shut(s.From(p.closed, day-1)); err != nil {
				return err
			}
		}
		gift, gave, promise := p.draw(s, "g"+strconv.Itoa(i), day)
		err := p.take(gift, gave, day, promise)
		if err == nil && s.Chance(20) {
			err = p.again(s, pick(s, p.came...).ID, day)
		}
		if err = errors.Join(err, p.holds()); err != nil {
			return fmt.Errorf("%s, gift %d: %w", dayOf(day), i, err)
		}
	}
	return p.shut(daysOfYear)
}

// keepPurses keeps the lists and books of a few offices, and joins the lists.
func keepPurses(s *Source, day aid.DonationDay, books aid.Books, how purser, gifts int) error {
	var lists [][]byte
	var inBooks, apart int64
	for range s.From(1, 3) {
		p := newPurse(day, books, how)
		if err := p.pass(s, s.Below(gifts+1)); err != nil {
			return err
		}
		again, err := books.Replay(p.ledger.Journal())
		if err != nil {
			return err
		}
		if again.Digest() != p.ledger.Digest() || again.Closed() != p.ledger.Closed() {
			return errors.New("the journal told again is another")
		}
		inBooks += must(p.ledger.Balance(aid.Side{})).Fen()
		apart += p.money(func(g given) bool { return !g.listed })
		data, err := write[aid.Donations](p.list)
		if err != nil {
			return err
		}
		lists = append(lists, data)
	}
	data, err := together[aid.Donations](s, lists)
	if err != nil {
		return err
	}
	whole, err := read[aid.Donations](data)
	if err != nil {
		return err
	}
	listed, late, err := listedMoney(day, whole)
	return errors.Join(err, equal("all lists and all books", inBooks, listed+late+apart))
}
