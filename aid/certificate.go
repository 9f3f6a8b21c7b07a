package aid

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// certificateDocument names the JSON of a CertificateRule.
const certificateDocument = "aid.certificate/1"

// mostMonths bounds a term: a hundred years.
const mostMonths = 1200

// A CertificateRuleSpec describes a preferential certificate for households in
// difficulty (特困职工优待证) as a federation issues it: its classes, how long it
// is valid, and when it is reviewed each year. The rules are local; where none is
// published on how long a certificate is valid, Months is zero.
type CertificateRuleSpec struct {
	union.Rule
	Classes []CertificateClass `json:"classes"`
	// Months is how long a certificate is valid from the day of issue; zero: until
	// it lapses or is withdrawn.
	Months int `json:"months"`
	// Renewal is how many months a renewal adds to that; zero: it only confirms.
	Renewal int `json:"renewal"`
	// Window is when certificates are reviewed, each year.
	Window Window `json:"window"`
}

// A CertificateClass is a class of certificates, with what it entitles to.
type CertificateClass struct {
	Key      string   `json:"key"`
	Title    string   `json:"title"`
	Benefits []string `json:"benefits,omitempty"` // as the notice words them
}

// What a review comes to. A renewed certificate is valid on, a lapsed one runs
// out, and one that is withdrawn is valid no more from that day on.
const (
	Renewed   = "renewed"
	Lapsed    = "lapsed"
	Withdrawn = "withdrawn"
)

// valid is the state of a certificate of which no review has decided otherwise.
const valid = "valid"

// A CertificateRule is a checked CertificateRuleSpec. It never changes. The zero
// CertificateRule has no class; every certificate is a fault under it.
type CertificateRule struct {
	spec    CertificateRuleSpec
	id      union.RuleID
	classes union.Codes
	course  union.Procedure
}

// NewCertificateRule returns the rule that spec describes. It reports all the
// faults it finds, joined, each placed in spec:
//   - [union.ErrMissing], for a key, version, title, source, class, title of a
//     class or text of a benefit that is not given;
//   - [union.ErrText], for a class's key that is not of letters, digits, - and _,
//     and [union.ErrRepeated], for one given twice;
//   - [union.ErrRange], for months or a renewal not in 0 to 1200, for a renewal
//     of a certificate that is valid without end, and for a window's day that not
//     every year has;
//   - those of [union.IdentifyRule], such as [union.ErrText] for text that is not
//     UTF-8.
func NewCertificateRule(spec CertificateRuleSpec) (CertificateRule, error) {
	c := CertificateRule{spec: spec.clone()}
	var faults union.FaultList
	faults.Within("", c.spec.Check())
	checkTerms(&faults, "classes", c.spec.terms())
	for i, class := range c.spec.Classes {
		for j, benefit := range class.Benefits {
			faults.Given(union.Indexed(union.Indexed("classes", i)+".benefits", j), benefit)
		}
	}
	checkMonths(&faults, "months", c.spec.Months)
	checkMonths(&faults, "renewal", c.spec.Renewal)
	if c.spec.Months == 0 && c.spec.Renewal != 0 {
		faults.Add(union.ErrRange, "renewal", strconv.Itoa(c.spec.Renewal), "0, as there is no end to put off")
	}
	c.spec.Window.check(&faults)
	if err := faults.Err(); err != nil {
		return CertificateRule{}, err
	}
	var err error
	if c.classes, err = listOf(c.spec.Rule, "classes", c.spec.terms()); err != nil {
		return CertificateRule{}, err
	}
	if c.course, err = certificateCourse(c.spec.Rule); err != nil {
		return CertificateRule{}, err
	}
	if c.id, err = union.IdentifyRule(certificateDocument, c.spec); err != nil {
		return CertificateRule{}, err
	}
	return c, nil
}

// checkMonths checks a number of months.
func checkMonths(faults *union.FaultList, where string, n int) {
	if n < 0 || n > mostMonths {
		faults.Add(union.ErrRange, where, strconv.Itoa(n), "0 to "+strconv.Itoa(mostMonths))
	}
}

// certificateCourse is how things may go for a certificate: it is renewed any
// number of times, until it lapses or is withdrawn.
func certificateCourse(rule union.Rule) (union.Procedure, error) {
	rule.Key += ".course"
	return union.NewProcedure(union.ProcedureSpec{
		Rule: rule,
		States: []union.State{
			{Key: valid, Title: "有效"},
			{Key: Lapsed, Title: "失效", Final: true},
			{Key: Withdrawn, Title: "收回", Final: true},
		},
		Transitions: []union.Transition{
			{Event: Renewed, Title: "年审合格", From: valid, To: valid},
			{Event: Lapsed, Title: "年审未续", From: valid, To: Lapsed},
			{Event: Withdrawn, Title: "收回证件", From: valid, To: Withdrawn},
		},
	})
}

func (s CertificateRuleSpec) terms() []union.Term {
	var terms []union.Term
	for _, class := range s.Classes {
		terms = append(terms, union.Term{Key: class.Key, Title: class.Title})
	}
	return terms
}

func (s CertificateRuleSpec) clone() CertificateRuleSpec {
	s.Classes = slices.Clone(s.Classes)
	for i := range s.Classes {
		s.Classes[i].Benefits = slices.Clone(s.Classes[i].Benefits)
	}
	return s
}

// ID returns the identity of the rule.
func (c CertificateRule) ID() union.RuleID { return c.id }

// Rule returns what the rule says of itself.
func (c CertificateRule) Rule() union.Rule { return c.spec.Rule }

// Spec returns a copy of what the rule was made from.
func (c CertificateRule) Spec() CertificateRuleSpec { return c.spec.clone() }

// Course returns the procedure that a certificate's reviews follow, whose events
// are [Renewed], [Lapsed] and [Withdrawn].
func (c CertificateRule) Course() union.Procedure { return c.course }

// MarshalJSON writes the rule as a document "aid.certificate/1". The zero
// CertificateRule has no classes to write and is [union.ErrText].
func (c CertificateRule) MarshalJSON() ([]byte, error) {
	return union.WriteRule(certificateDocument, c.spec)
}

// UnmarshalJSON reads a document "aid.certificate/1" with the faults of
// [union.ReadRule], and checks it as [NewCertificateRule] does. On error c is
// unchanged.
func (c *CertificateRule) UnmarshalJSON(data []byte) error {
	var spec CertificateRuleSpec
	if err := union.ReadRule(data, certificateDocument, &spec); err != nil {
		return err
	}
	made, err := NewCertificateRule(spec)
	if err != nil {
		return err
	}
	*c = made
	return nil
}

// A Certificate is a preferential certificate as it was issued. Key and
// Household are tokens of the caller's.
type Certificate struct {
	Key       string     `json:"key"`
	Household string     `json:"household"`
	Class     string     `json:"class"` // the key of a class of the rule
	Issued    union.Date `json:"issued"`
}

// A Review is what a review of a certificate came to. The ID is the caller's and
// makes it harmless to hand the same review in again. By is who reviewed, as a
// token or an office. A lapse and a withdrawal need a reason.
type Review struct {
	ID          string     `json:"id"`
	Certificate string     `json:"certificate"`
	On          union.Date `json:"on"`
	Outcome     string     `json:"outcome"` // Renewed, Lapsed or Withdrawn
	By          string     `json:"by,omitempty"`
	Reason      string     `json:"reason,omitempty"`
}

// A history is a certificate with what its reviews came to by a day.
type history struct {
	certificate Certificate
	class       union.Code
	events      []union.Event
	expiry      union.Date // the first day on which it is no longer valid; zero: none
	lapsed      union.Date
	withdrawn   union.Date
}

// history reads a certificate and its reviews up to a day, in the order that
// [CertificateRule.Judge] publishes. Later reviews are checked as well, so that
// whether a record can be read does not depend on the day.
func (c CertificateRule) history(certificate Certificate, reviews []Review, on union.Date) (history, error) {
	h := history{certificate: certificate}
	if c.id.IsZero() {
		return h, union.NewFault(union.ErrMissing, "rule", "", "")
	}
	if on.IsZero() {
		return h, union.NewFault(union.ErrMissing, "on", "", "")
	}
	if err := union.CheckToken(certificate.Key); err != nil {
		return h, union.Within("key", err)
	}
	if err := union.CheckToken(certificate.Household); err != nil {
		return h, union.Within("household", err)
	}
	var err error
	if h.class, err = find(c.classes, "class", certificate.Class); err != nil {
		return h, err
	}
	if certificate.Issued.IsZero() {
		return h, union.NewFault(union.ErrMissing, "issued", "", "")
	}
	events, err := c.replay(certificate, reviews)
	if err != nil {
		return h, err
	}
	return h, c.follow(&h, events, on)
}

// replay returns the reviews as the events of the course, in the order of their
// days.
func (c CertificateRule) replay(certificate Certificate, reviews []Review) ([]union.Event, error) {
	order := make([]int, len(reviews))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return reviews[a].On.Compare(reviews[b].On) })
	log := c.course.Log(certificate.Key)
	for _, i := range order {
		review, at := reviews[i], union.Indexed("reviews", i)
		switch {
		case review.Certificate != certificate.Key:
			return nil, union.NewFault(union.ErrUnknown, at+".certificate", quote.Key(review.Certificate), quote.Key(certificate.Key))
		case !review.On.IsZero() && review.On.Before(certificate.Issued):
			return nil, union.NewFault(union.ErrOrder, at+".on", review.On.String(), "the day of issue or later")
		case review.Reason == "" && (review.Outcome == Lapsed || review.Outcome == Withdrawn):
			return nil, union.NewFault(union.ErrMissing, at+".reason", "", "")
		}
		err := c.course.Add(&log, union.Event{
			ID: review.ID, Event: review.Outcome, On: review.On, By: review.By, Reason: review.Reason,
		})
		if err != nil {
			return nil, union.Within(at, err)
		}
	}
	return log.Events(), nil
}

// follow works out what the events come to by a day. A renewal is refused from
// the expiry on, since there is nothing left to renew.
func (c CertificateRule) follow(h *history, events []union.Event, on union.Date) error {
	renewals, renewalsByThen := 0, 0
	for _, event := range events {
		if event.Event == Renewed {
			expiry, err := c.expiry(h.certificate.Issued, renewals)
			if err != nil {
				return err
			}
			if !expiry.IsZero() && !event.On.Before(expiry) {
				return union.NewFault(union.ErrOrder, "reviews", event.On.String(), "a renewal before "+expiry.String())
			}
			renewals++
		}
		if event.On.After(on) {
			continue
		}
		h.events = append(h.events, event)
		switch event.Event {
		case Lapsed:
			h.lapsed = event.On
		case Withdrawn:
			h.withdrawn = event.On
		default:
			renewalsByThen++
		}
	}
	var err error
	h.expiry, err = c.expiry(h.certificate.Issued, renewalsByThen)
	if h.expiry.IsZero() {
		h.expiry = h.lapsed // what is valid without end ends on the day on which it lapses
	}
	return err
}

// expiry returns the first day on which a certificate is no longer valid after
// so many renewals, zero if there is none.
func (c CertificateRule) expiry(issued union.Date, renewals int) (union.Date, error) {
	if c.spec.Months == 0 {
		return union.Date{}, nil
	}
	day, err := issued.AddMonths(c.spec.Months + renewals*c.spec.Renewal)
	if err != nil {
		return day, union.NewFault(union.ErrRange, "issued", issued.String(), "an expiry in the calendar")
	}
	return day, nil
}

// valid reports whether the certificate is valid on a day, as far as its history
// was read.
func (h history) valid(on union.Date) bool {
	return !on.Before(h.certificate.Issued) &&
		(h.expiry.IsZero() || on.Before(h.expiry)) &&
		(h.withdrawn.IsZero() || on.Before(h.withdrawn))
}

// Judge says whether a certificate is valid on a day, and why. It is if it was
// issued by that day, expires after it and was not withdrawn by it. Only reviews
// by that day count, so that a past judgement comes out the same when made
// again. The answer is the key of the certificate's class, empty if it is not
// valid. Reviews may be given in any order; those of one day happened in the
// order in which they are given.
//
// Judge reports the first of these faults:
//   - [union.ErrMissing], of the zero CertificateRule and for no day;
//   - those of [union.CheckToken], for the certificate's key, then for its
//     household;
//   - [union.ErrMissing] and [union.ErrUnknown], for the class;
//   - [union.ErrMissing], for no day of issue;
//   - of each review by its day: [union.ErrUnknown], if it is of another
//     certificate; [union.ErrOrder], if it is before the issue;
//     [union.ErrMissing], for a lapse or a withdrawal without reason; and those
//     of [union.Procedure.Add], such as [union.ErrGraph] for a review after a
//     withdrawal;
//   - [union.ErrOrder], for a renewal on or after the day of expiry;
//   - [union.ErrRange], for an expiry that the calendar does not have.
func (c CertificateRule) Judge(certificate Certificate, reviews []Review, on union.Date) (union.Verdict, error) {
	h, err := c.history(certificate, reviews, on)
	if err != nil {
		return union.Verdict{}, err
	}
	verdict := union.Judged("certificate "+certificate.Key+" on "+on.String(),
		h.reason("issued", "issued by the day", !on.Before(certificate.Issued), certificate.Issued, on.String()+" or earlier"),
		h.reason("expiry", "expires after the day", h.expiry.IsZero() || on.Before(h.expiry), h.expiry, "after "+on.String()),
		h.reason("withdrawn", "not withdrawn by the day", h.withdrawn.IsZero() || on.Before(h.withdrawn), h.withdrawn, "not by "+on.String()))
	if verdict.Holds() {
		verdict.Answer = certificate.Class
	}
	return verdict, nil
}

// reason returns one of the rules of validity. Where a review decided it, what
// was got says so.
func (h history) reason(where, rule string, holds bool, day union.Date, want string) union.Reason {
	reason := union.Reason{Standing: union.Unmet}
	if holds {
		reason.Standing = union.Met
	}
	reason.Where, reason.Rule, reason.Want = where, rule, want
	reason.Got = day.String()
	if day.IsZero() {
		reason.Got = "never"
	}
	for _, event := range h.events {
		if event.On == day && (where == "withdrawn" && event.Event == Withdrawn || where == "expiry" && event.Event == Lapsed) {
			reason.Got += ": " + event.Reason
		}
	}
	return reason
}
