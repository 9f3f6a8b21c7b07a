package main

import (
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/employment"
)

// employmentSection reads the job fair: who recruited, what for, who came, and
// what came of it.
func employmentSection(f *folder, on union.Date) part {
	return f.part("employment/fair.json", func() func() (part, error) { return readFair(f, on) })
}

func readFair(f *folder, on union.Date) func() (part, error) {
	var fair employment.Fair
	if !f.document("employment/fair.json", &fair) {
		return nil
	}
	floor := fair.Floor()
	f.rows("employment/employers.csv", []string{"key", "title", "region", "kind"}, func(r *row) {
		r.check(floor.AddEmployer(fair, employment.Employer{
			Key: r.text("key"), Title: r.text("title"), Region: r.text("region"), Kind: r.text("kind"),
		}))
	})
	f.rows("employment/postings.csv", []string{"key", "employer", "sector", "title", "openings", "carried"}, func(r *row) {
		r.check(floor.AddPosting(fair, employment.Posting{
			Key: r.text("key"), Employer: r.text("employer"), Sector: r.text("sector"),
			Title: r.text("title"), Openings: r.whole("openings"), Carried: r.truth("carried"),
		}))
	})
	f.rows("employment/registrations.csv", []string{"seeker", "category", "schooling", "age", "carried", "day"}, func(r *row) {
		day := r.day("day")
		if day.After(on) {
			return
		}
		r.check(floor.AddRegistration(fair, employment.Registration{
			Seeker: r.text("seeker"), Category: r.text("category"), Schooling: r.text("schooling"),
			Age: r.text("age"), Carried: r.truth("carried"), Day: day,
		}))
	})
	f.rows("employment/intentions.csv", []string{"seeker", "posting", "stage", "day"}, func(r *row) {
		day := r.day("day")
		if day.After(on) {
			return
		}
		r.check(floor.AddIntention(fair, employment.Intention{
			Seeker: r.text("seeker"), Posting: r.text("posting"), Stage: r.text("stage"), Day: day,
		}))
	})
	return func() (part, error) { return checked(floor, fair.Check, fair.Figures) }
}
