package main

import (
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
)

// aidSection reads who is in difficulty, the certificates under review, the
// donation day, the students of Golden Autumn and the visits to model workers.
func aidSection(f *folder, on union.Date) part {
	var whole part
	var categories map[string]string // of the households by their keys, empty for none; nil without a standard
	for _, each := range []struct {
		file string
		read func() func() (part, error)
	}{
		{"aid/households.csv", func() (made func() (part, error)) {
			made, categories = readHouseholds(f, on)
			return made
		}},
		{"aid/certificates.csv", func() func() (part, error) { return readCertificates(f, on) }},
		{"aid/gifts.csv", func() func() (part, error) { return readDonations(f, on) }},
		{"aid/students.csv", func() func() (part, error) { return readStudents(f, on, categories) }},
		{"aid/visits.csv", func() func() (part, error) { return readVisits(f, on) }},
	} {
		whole.and(f.part(each.file, each.read))
	}
	return whole
}

// checked returns what a rule finds in a tally and the figures it makes of it.
func checked[T any](tally T, check func(T) ([]union.Finding, error), figures func(T) ([]union.Figure, error)) (part, error) {
	findings, err := check(tally)
	if err != nil {
		return part{}, err
	}
	made := part{findings: findings}
	err = made.with(figures(tally))
	return made, err
}

// readHouseholds reads the files of households and judges each under the
// standard; a file of a later day is not known yet. It also returns the category
// of each.
func readHouseholds(f *folder, on union.Date) (func() (part, error), map[string]string) {
	var standard aid.Standard
	if !f.document("aid/standard.json", &standard) {
		return nil, nil
	}
	owners := map[string]owner{}
	members := map[string][]aid.Member{}
	f.rows("aid/household-members.csv", []string{"household", "relation", "able", "working"}, func(r *row) {
		r.belongs(r.text("household"), owners)
		r.stands(strings.Join([]string{r.text("household"), union.Indexed("members", len(members[r.text("household")]))}, "."))
		members[r.text("household")] = append(members[r.text("household")], aid.Member{
			Relation: r.text("relation"), Able: r.truth("able"), Working: r.truth("working"),
		})
	})
	items := map[string]map[string][]aid.Item{"income": {}, "outlay": {}}
	f.rows("aid/household-items.csv", []string{"household", "side", "kind", "amount", "monthly"}, func(r *row) {
		r.belongs(r.text("household"), owners)
		of, known := items[r.text("side")]
		if !known {
			r.field("side", union.NewFault(union.ErrUnknown, "", "", "income or outlay"))
			return
		}
		r.stands(strings.Join([]string{r.text("household"), union.Indexed(r.text("side"), len(of[r.text("household")]))}, "."))
		of[r.text("household")] = append(of[r.text("household")], aid.Item{
			Kind: r.text("kind"), Amount: r.money("amount"), Monthly: r.truth("monthly"),
		})
	})
	survey, categories := standard.Survey(), map[string]string{}
	f.rows("aid/households.csv", []string{"key", "unit", "head", "born", "cause", "lesser", "exclusions", "evidence", "filed"}, func(r *row) {
		key, filed := r.text("key"), r.day("filed")
		categories[key] = ""
		if filed.After(on) {
			return
		}
		coded, err := standard.CodeHousehold(aid.Household{
			Key: key, Unit: r.text("unit"), Head: aid.Head{Name: r.name("head"), Born: r.day("born")},
			Members: members[key], Income: items["income"][key], Outlay: items["outlay"][key],
			Cause: r.text("cause"), Lesser: r.list("lesser"), Exclusions: r.exclusions(), Filed: filed,
		}, on)
		r.stands(key)
		r.check(union.Within(key, err))
		if err != nil {
			return
		}
		r.check(survey.Add(coded))
		category, _ := standard.Category(coded)
		categories[key] = category.Key
	})
	f.strangers("household", owners, categories)
	return func() (part, error) { return checked(survey, standard.Check, standard.Figures) }, categories
}

// readCertificates reads the certificates of extreme difficulty and what came of
// their review in the year.
func readCertificates(f *folder, on union.Date) func() (part, error) {
	var rule aid.CertificateRule
	if !f.document("aid/certificate.json", &rule) || f.undated {
		return nil
	}
	owners := map[string]owner{}
	reviews := map[string][]aid.Review{}
	f.rows("aid/reviews.csv", []string{"id", "certificate", "on", "outcome", "by", "reason"}, func(r *row) {
		r.belongs(r.text("certificate"), owners)
		r.stands(strings.Join([]string{r.text("certificate"), union.Indexed("reviews", len(reviews[r.text("certificate")]))}, "."))
		reviews[r.text("certificate")] = append(reviews[r.text("certificate")], aid.Review{
			ID: r.text("id"), Certificate: r.text("certificate"), On: r.day("on"),
			Outcome: r.text("outcome"), By: r.text("by"), Reason: r.text("reason"),
		})
	})
	tally, err := rule.AnnualReview(on.Year(), on)
	f.refused("aid/certificate.json", err)
	known := map[string]string{}
	f.rows("aid/certificates.csv", []string{"key", "household", "class", "issued"}, func(r *row) {
		key := r.text("key")
		known[key] = key
		coded, err := rule.CodeCertificate(aid.Certificate{
			Key: key, Household: r.text("household"), Class: r.text("class"), Issued: r.day("issued"),
		}, reviews[key], on.Year(), on)
		r.stands(key)
		r.check(union.Within(key, err))
		if err == nil {
			r.check(tally.Add(coded))
		}
	})
	f.strangers("certificate", owners, known)
	return func() (part, error) { return checked(tally, rule.Check, rule.Figures) }
}

// readDonations reads the gifts and pledges of the donation day that are known
// by the day of the summary.
func readDonations(f *folder, on union.Date) func() (part, error) {
	var rule aid.DonationDay
	if !f.document("aid/donation-day.json", &rule) {
		return nil
	}
	tally := rule.Donations()
	f.rows("aid/gifts.csv", []string{"id", "unit", "kind", "donor", "rank", "donors", "amount", "on"}, func(r *row) {
		given := r.day("on")
		if given.After(on) {
			return
		}
		coded, err := rule.CodeGift(aid.Gift{
			ID: r.text("id"), Unit: r.text("unit"), Kind: r.giftKind("kind"), Donor: r.text("donor"),
			Rank: r.text("rank"), Donors: r.whole("donors"), Amount: r.money("amount"), On: given,
		})
		r.check(err)
		if err == nil {
			r.check(tally.Add(coded))
		}
	})
	return func() (part, error) { return checked(tally, rule.Check, rule.Figures) }
}

// readStudents reads the students of households and the day on which their list
// was sent up, unless that is still to come.
func readStudents(f *folder, on union.Date, categories map[string]string) func() (part, error) {
	var rule aid.GoldenAutumn
	if !f.document("aid/golden-autumn.json", &rule) || categories == nil {
		return nil
	}
	tally := rule.Students()
	f.rows("aid/students.csv", []string{"key", "household", "stage", "first", "year"}, func(r *row) {
		category, known := categories[r.text("household")]
		if !known {
			r.field("household", union.NewFault(union.ErrUnknown, "", "", "a household of households.csv"))
			return
		}
		coded, err := rule.CodeStudent(aid.Student{
			Key: r.text("key"), Household: r.text("household"), Stage: r.text("stage"),
			First: r.truth("first"), Year: int(r.whole("year")),
		}, category)
		r.check(err)
		if err == nil {
			r.check(tally.Add(coded))
		}
	})
	var reported union.Date
	f.rows("aid/students-report.csv", []string{"reported"}, func(r *row) {
		if day := r.day("reported"); !day.After(on) {
			reported = day
		}
	})
	return func() (part, error) {
		return checked(tally, rule.Check, func(students aid.Students) ([]union.Figure, error) {
			return rule.Figures(students, reported)
		})
	}
}

// readVisits reads the visits to model workers in difficulty up to the day.
func readVisits(f *folder, on union.Date) func() (part, error) {
	var plan aid.VisitPlan
	if !f.document("aid/visits.json", &plan) {
		return nil
	}
	tally := plan.Visits()
	f.rows("aid/visits.csv", []string{"worker", "level", "on", "amount", "goods"}, func(r *row) {
		day := r.day("on")
		if day.After(on) {
			return
		}
		coded, err := plan.CodeVisit(aid.Visit{
			Worker: r.text("worker"), Level: r.text("level"), On: day,
			Amount: r.money("amount"), Goods: r.whole("goods"),
		})
		r.check(err)
		if err == nil {
			r.check(tally.Add(coded))
		}
	})
	return func() (part, error) {
		var made part
		err := made.with(plan.Figures(tally))
		return made, err
	}
}

// giftKind returns a field as what a gift is: promised, received or a unit's row.
func (r *row) giftKind(column string) aid.GiftKind {
	var kind aid.GiftKind
	r.field(column, kind.UnmarshalText([]byte(r.text(column))))
	return kind
}

// exclusions returns what a check found that bars the household, all of it by the
// one record of the check.
func (r *row) exclusions() []aid.Exclusion {
	var found []aid.Exclusion
	for _, key := range r.list("exclusions") {
		found = append(found, aid.Exclusion{Key: key, Evidence: r.text("evidence")})
	}
	return found
}
