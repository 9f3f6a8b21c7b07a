package aid

import (
	"math"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
	"github.com/unioncampaign/union/internal/quote"
	"github.com/unioncampaign/union/internal/wire"
)

// A CodedCertificate is a certificate as an [AnnualReview] counts it.
// [CertificateRule.CodeCertificate] makes it. The zero CodedCertificate is
// refused.
type CodedCertificate struct {
	Key     string
	Year    int
	On      union.Date
	Held    bool   // valid on the day
	Due     bool   // valid when the year's window begins
	Outcome string // of what is due: Renewed, Lapsed, Withdrawn; empty: not yet reviewed
}

// Window returns the days on which certificates are reviewed in a year, which
// end in the year after it if the window goes over New Year. A year that the
// calendar does not have is [union.ErrRange].
func (c CertificateRule) Window(year int) (union.Period, error) { return c.spec.Window.in(year) }

// CodeCertificate says how a certificate stands in the review of a year, at the
// end of a day. It is due if it is valid on the first day of the window and has
// not lapsed before, as far as is known by then or, before it, by the day. Its
// outcome is that of the last review from the first day of the window to the
// last, and to the day.
//
// It reports the faults of [CertificateRule.Judge] and those of
// [CertificateRule.Window].
func (c CertificateRule) CodeCertificate(certificate Certificate, reviews []Review, year int, on union.Date) (CodedCertificate, error) {
	h, err := c.history(certificate, reviews, on)
	if err != nil {
		return CodedCertificate{}, err
	}
	window, err := c.Window(year)
	if err != nil {
		return CodedCertificate{}, err
	}
	coded := CodedCertificate{Key: certificate.Key, Year: year, On: on, Held: h.valid(on)}
	before, err := c.beforeWindow(certificate, reviews, window.From(), on)
	if err != nil {
		return CodedCertificate{}, err
	}
	coded.Due = before.valid(window.From()) && before.lapsed.IsZero() && !on.Before(certificate.Issued)
	for _, event := range h.events {
		if coded.Due && window.Contains(event.On) {
			coded.Outcome = event.Event
		}
	}
	return coded, nil
}

// beforeWindow reads a certificate as it stood when the window began, before any
// review of that day.
func (c CertificateRule) beforeWindow(certificate Certificate, reviews []Review, from, on union.Date) (history, error) {
	eve, err := from.AddDays(-1)
	if err != nil {
		return history{}, union.Within("year", err)
	}
	if on.Before(eve) {
		eve = on
	}
	return c.history(certificate, reviews, eve)
}

// An AnnualReview tallies certificates in the review of one year, as it stands
// at the end of one day. It holds their tokens, so that one certificate is
// counted once; it is not idempotent: one that is added again is refused.
//
// A rule makes an empty one by [CertificateRule.AnnualReview]. The zero
// AnnualReview is the identity of Merge and takes the rule, year and day of what
// is merged into it; nothing can be added to it before. Certificates that two
// merged reviews share are counted twice, and [CertificateRule.Check] says so.
type AnnualReview struct {
	rule         union.RuleID
	year         int
	on           union.Date
	certificates union.Register
	counts       [reviewCounts]int64
}

// What an AnnualReview counts.
const (
	countHeld = iota
	countDue
	countRenewed
	countLapsed
	countWithdrawn
	countAll
	reviewCounts
)

// AnnualReview returns an empty review of a year at the end of a day. A year
// that the calendar does not have is [union.ErrRange]; no day is
// [union.ErrMissing], and so is the zero CertificateRule.
func (c CertificateRule) AnnualReview(year int, on union.Date) (AnnualReview, error) {
	if c.id.IsZero() {
		return AnnualReview{}, union.NewFault(union.ErrMissing, "rule", "", "")
	}
	if on.IsZero() {
		return AnnualReview{}, union.NewFault(union.ErrMissing, "on", "", "")
	}
	if _, err := c.Window(year); err != nil {
		return AnnualReview{}, err
	}
	return AnnualReview{rule: c.id, year: year, on: on}, nil
}

// Rule returns the identity of the rule that the review is counted under.
func (a AnnualReview) Rule() union.RuleID { return a.rule }

// Add counts a certificate. It reports the first of these faults, and then
// changes nothing:
//   - [union.ErrRule], for the zero AnnualReview, and for a certificate that was
//     coded for another year or day;
//   - [union.ErrUnknown], for an outcome that is none, or of what is not due;
//   - [union.ErrRepeated], for a certificate that was added before;
//   - [union.ErrOverflow], if its count could not be held;
//   - those of [union.CheckToken], for its key.
func (a *AnnualReview) Add(certificate CodedCertificate) error {
	if a.rule.IsZero() || certificate.Year != a.year || certificate.On != a.on {
		return union.NewFault(union.ErrRule, "certificate", strconv.Itoa(certificate.Year)+", "+certificate.On.String(),
			strconv.Itoa(a.year)+", "+a.on.String())
	}
	outcome := countAll
	switch certificate.Outcome {
	case "":
	case Renewed:
		outcome = countRenewed
	case Lapsed:
		outcome = countLapsed
	case Withdrawn:
		outcome = countWithdrawn
	default:
		return union.NewFault(union.ErrUnknown, "outcome", quote.Key(certificate.Outcome), "an outcome of a review")
	}
	if outcome != countAll && !certificate.Due {
		return union.NewFault(union.ErrUnknown, "outcome", quote.Key(certificate.Outcome), "none, as it is not due")
	}
	if a.certificates.Has(certificate.Key) {
		return union.NewFault(union.ErrRepeated, "key", "", "one count a certificate")
	}
	if a.counts[countAll] == math.MaxInt64 { // no other count is above it
		return union.NewFault(union.ErrOverflow, "review", "", "")
	}
	if _, err := a.certificates.Add(certificate.Key); err != nil {
		return union.Within("key", err)
	}
	a.counts[countAll]++
	if certificate.Held {
		a.counts[countHeld]++
	}
	if certificate.Due {
		a.counts[countDue]++
	}
	if outcome != countAll {
		a.counts[outcome]++
	}
	return nil
}

// Merge adds what another review counts, and shares nothing with it. On error a
// is unchanged; its errors:
//   - [union.ErrRule], for a review under another rule, of another year or at the
//     end of another day;
//   - [union.ErrOverflow], if a count could not be held.
func (a *AnnualReview) Merge(other AnnualReview) error {
	if other.rule.IsZero() {
		return nil
	}
	if !a.rule.IsZero() && (a.rule != other.rule || a.year != other.year || a.on != other.on) {
		return a.otherDay(other)
	}
	counts := a.counts
	for i, n := range other.counts {
		var ok bool
		if counts[i], ok = exact.Add(counts[i], n); !ok {
			return union.NewFault(union.ErrOverflow, "review", "", "")
		}
	}
	a.rule, a.year, a.on, a.counts = other.rule, other.year, other.on, counts
	return a.certificates.Merge(other.certificates)
}

// lastYear is the last that a [union.Date] has.
const lastYear = 9999

// reviewForm names the binary form of an AnnualReview: the year, the day, the
// certificates, and the counts: held, due, renewed, lapsed, withdrawn, all.
const reviewForm = "aid.annualreview/1"

// AppendBinary appends the canonical binary form, as [union.WriteTally] does.
func (a AnnualReview) AppendBinary(data []byte) ([]byte, error) {
	return union.WriteTally(data, reviewForm, a.rule, func(w *wire.Writer) {
		w.Len(a.year)
		w.Text(a.on.String())
		w.Nest(a.certificates)
		w.Fill(a.counts[:])
	})
}

// UnmarshalBinary reads what AppendBinary wrote, as [union.ReadTally] does; into
// the zero AnnualReview that of any rule, year and day, else one of its own
// ([union.ErrRule]). What no certificates give is [union.ErrText]. On error the
// review is unchanged.
func (a *AnnualReview) UnmarshalBinary(data []byte) error {
	var made AnnualReview
	rule, err := union.ReadTally(data, reviewForm, a.rule, made.read)
	if err != nil {
		return err
	}
	if !a.rule.IsZero() && !rule.IsZero() && (made.year != a.year || made.on != a.on) {
		return a.otherDay(made)
	}
	made.rule = rule
	*a = made
	return nil
}

// read reads the body, and refuses what no certificates give: each is counted at
// least once, and only what is due is reviewed.
func (a *AnnualReview) read(r *wire.Reader) {
	a.year = int(r.Most(lastYear))
	if err := a.on.UnmarshalText([]byte(r.Text(len("2010-05-04")))); err != nil || a.on.IsZero() || a.year == 0 {
		r.Refuse("no year or no day", "the review's")
	}
	r.Nest(&a.certificates)
	r.Fill(a.counts[:])
	n, certificates := a.counts, int64(a.certificates.Len())
	pending := n[countDue] - n[countRenewed] // neither is below 0
	if pending >= 0 {
		pending -= n[countLapsed]
	}
	if pending < n[countWithdrawn] || n[countDue] > n[countAll] || n[countHeld] > n[countAll] ||
		certificates > n[countAll] || certificates == 0 && n[countAll] > 0 {
		r.Refuse("counts that no certificates give", "no more reviewed than are due, and no more due than there are")
	}
}

// otherDay refuses a review of another year, or at the end of another day.
func (a *AnnualReview) otherDay(other AnnualReview) error {
	return union.NewFault(union.ErrRule, "review", strconv.Itoa(other.year)+", "+other.on.String(),
		strconv.Itoa(a.year)+", "+a.on.String())
}

// Check reports how many more certificates were counted in a review than there
// are. A review under another rule is [union.ErrRule].
func (c CertificateRule) Check(review AnnualReview) ([]union.Finding, error) {
	if err := under(c.id, review.rule, "review"); err != nil {
		return nil, err
	}
	certificates := int64(review.certificates.Len())
	if review.counts[countAll] == certificates {
		return nil, nil
	}
	return []union.Finding{{
		Where: "review", Rule: "one certificate is counted once",
		Got:  strconv.FormatInt(review.counts[countAll], 10) + " certificates",
		Want: strconv.FormatInt(certificates, 10),
	}}, nil
}

// Figures returns the figures of a year's review. A review under another rule is
// [union.ErrRule]. Its keys, in this order:
//   - aid.certificates.title: the rule's title;
//   - aid.certificates.held: those valid on the day;
//   - aid.certificates.due: those valid when the window begins;
//   - aid.certificates.reviewed: of those due, the ones with an outcome, and
//     aid.certificates.renewed, .lapsed and .withdrawn: by outcome;
//   - aid.certificates.pending: of those due, the ones without an outcome yet.
func (c CertificateRule) Figures(review AnnualReview) ([]union.Figure, error) {
	if err := under(c.id, review.rule, "review"); err != nil {
		return nil, err
	}
	n := review.counts
	reviewed := n[countRenewed] + n[countLapsed] + n[countWithdrawn] // no more than are due
	const measure union.Measure = "本"
	day := union.Input{Name: "截至", Value: review.on.String()}
	year := union.InputOf("年度", int64(review.year))
	sheet := union.NewFigureList("aid.CertificateRule.Figures", c.spec.Rule)
	sheet.Text("aid.certificates.title", "优待证名称", []string{c.spec.Title}, union.Input{Name: "办法名称", Value: c.spec.Title})
	sheet.Count("aid.certificates.held", "持有有效优待证数", measure, n[countHeld], day, union.InputOf("优待证数", n[countAll]))
	sheet.Count("aid.certificates.due", "应年审优待证数", measure, n[countDue], year, day, union.InputOf("优待证数", n[countAll]))
	sheet.Count("aid.certificates.reviewed", "已年审优待证数", measure, reviewed, year, day,
		union.InputOf("年审合格", n[countRenewed]), union.InputOf("年审未续", n[countLapsed]), union.InputOf("收回", n[countWithdrawn]))
	sheet.Count("aid.certificates.renewed", "年审合格优待证数", measure, n[countRenewed], year, day, union.InputOf("已年审", reviewed))
	sheet.Count("aid.certificates.lapsed", "年审未续优待证数", measure, n[countLapsed], year, day, union.InputOf("已年审", reviewed))
	sheet.Count("aid.certificates.withdrawn", "收回优待证数", measure, n[countWithdrawn], year, day, union.InputOf("已年审", reviewed))
	sheet.Count("aid.certificates.pending", "尚未年审优待证数", measure, n[countDue]-reviewed, year, day,
		union.InputOf("应年审", n[countDue]), union.InputOf("已年审", reviewed))
	return sheet.Figures()
}
