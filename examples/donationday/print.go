package main

import (
	"fmt"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
)

// print returns what the list comes to, as text, or every fault of it.
func (l list) print(explain, reveal bool) (string, []error) {
	donations, err := l.day.CountGifts(l.gifts)
	if err != nil {
		return "", l.refused(err)
	}
	p := page{list: l, donations: donations}
	for _, part := range []func() error{
		func() error { return p.figures(explain) }, p.chase, p.posted, p.bankGaps, func() error { return p.receipts(reveal) },
	} {
		if err := part(); err != nil {
			return "", l.refused(err)
		}
	}
	return p.String(), nil
}

// refused returns the faults of the list, each at the line of its gift.
func (l list) refused(err error) []error {
	var faults []error
	for _, fault := range union.Faults(err) {
		told, at := *fault, giftFile
		for i, line := range l.lines {
			rest, within := strings.CutPrefix(fault.Where, union.Indexed("gifts", i))
			if within && (rest == "" || rest[0] == '.') {
				at, told.Where = fmt.Sprintf("%s:%d", giftFile, line), strings.TrimPrefix(rest, ".")
			}
		}
		faults = append(faults, fmt.Errorf("%s: %w", at, &told))
	}
	return faults
}

// A page is what is printed of a list.
type page struct {
	list
	donations aid.Donations
	strings.Builder
}

func (p *page) head(title string) { fmt.Fprintf(p, "\n%s\n", title) }

func (p *page) figures(explain bool) error {
	figures, err := p.day.Figures(p.donations)
	if err != nil {
		return err
	}
	fmt.Fprintf(p, "%s\n\n一、捐款情况\n", p.day.Rule().Title)
	for _, figure := range figures[1:] { // the first is the title
		fmt.Fprintf(p, "%s：%s\n", figure.Title(), figure)
		if !explain {
			continue
		}
		working := figure.Working()
		for _, input := range working.Inputs {
			fmt.Fprintf(p, "    │ %s %s\n", input.Name, input.Value)
		}
		fmt.Fprintf(p, "    │ %s ← %s\n", figure.Key(), working.Rule)
	}
	return nil
}

func (p *page) chase() error {
	findings, err := p.day.Chase(p.donations)
	if err != nil {
		return err
	}
	p.head("二、尚需督促")
	for _, finding := range findings {
		fmt.Fprintln(p, finding)
	}
	return nil
}

func (p *page) posted() error {
	lines, err := p.day.Post(p.gifts, p.donors)
	if err != nil {
		return err
	}
	p.head("三、公示名单")
	for _, line := range lines {
		who := line.Donor
		if line.Donors > 0 {
			who = fmt.Sprintf("%d人", line.Donors)
		}
		fmt.Fprintln(p, strings.Join(present(line.Unit, who, line.Form, line.Worth), " "))
	}
	return nil
}

// present returns the texts that say something.
func present(texts ...string) []string {
	var some []string
	for _, text := range texts {
		if text != "" {
			some = append(some, text)
		}
	}
	return some
}

func (p *page) bankGaps() error {
	if p.bank == nil {
		return nil
	}
	ours, err := p.day.ListTransfers(p.gifts)
	if err != nil {
		return err
	}
	gaps, err := aid.CompareLists(ours, p.bank)
	if err != nil {
		return err
	}
	p.head("四、与银行到账清单核对")
	for _, gap := range gaps {
		fmt.Fprintln(p, gap)
	}
	if len(gaps) == 0 {
		fmt.Fprintln(p, "相符")
	}
	return nil
}

// handler is who took the gifts of the list.
var handler = union.MustNewName("李经手")

func (p *page) receipts(reveal bool) error {
	p.head("五、收据")
	for i, gift := range p.gifts {
		if gift.Kind == aid.Pledge || gift.Kind == aid.PledgeReleased || gift.Amount.IsZero() && gift.Quantity == 0 {
			continue // nothing has come in
		}
		receipt, err := p.day.Receipt(gift, p.donor(gift.Donor), handler)
		if err != nil {
			return union.Within(union.Indexed("gifts", i), err)
		}
		name := receipt.Name.String()
		if reveal {
			name = receipt.Name.Reveal()
		}
		worth := fmt.Sprintf("%d%s", receipt.Quantity, receipt.Measure)
		if receipt.Capitals != "" {
			worth = fmt.Sprintf("人民币%s（¥%s）", receipt.Capitals, receipt.Amount)
		}
		fmt.Fprintln(p, strings.Join(present("第"+receipt.Number+"号", receipt.Unit, name, receipt.Form, worth, receipt.Basis, receipt.Day), " "))
	}
	return nil
}

// donor returns who stands behind a token.
func (l list) donor(token string) aid.Donor {
	for _, donor := range l.donors {
		if donor.Token == token && token != "" {
			return donor
		}
	}
	return aid.Donor{Token: token}
}
