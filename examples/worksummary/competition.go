package main

import (
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/competition"
)

// competitionSection reads one edition of the Ankang Cup: the firms that could
// enter, those that did, and those that ask to be recommended.
func competitionSection(f *folder, on union.Date) part {
	return f.part("competition/candidates.csv", func() func() (part, error) { return readEdition(f, on) })
}

func readEdition(f *folder, on union.Date) func() (part, error) {
	var edition competition.Edition
	var scorecard assessment.Scheme
	known := f.document("competition/edition.json", &edition)
	if !f.document("competition/scorecard.json", &scorecard) || !known {
		return nil
	}
	population, entrants := edition.Population(), edition.Entrants()
	f.rows("competition/firms.csv",
		[]string{"code", "title", "ownership", "size", "unionised", "above_scale", "workers"},
		func(r *row) {
			firm, err := edition.CodeFirm(competition.Firm{
				Code: r.creditCode("code"), Title: r.text("title"), Ownership: r.text("ownership"), Size: r.text("size"),
				Unionised: r.whether("unionised"), AboveScale: r.whether("above_scale"), Workers: r.whole("workers"),
			})
			r.check(err)
			if err == nil {
				r.check(population.Add(firm))
			}
		})
	columns := []string{"firm", "level", "entered", "workers"}
	kinds := keysOf(edition.Kinds())
	f.rows("competition/entries.csv", append(columns, kinds...), func(r *row) {
		teams := map[string]int64{}
		for _, kind := range kinds {
			teams[kind] = r.whole(kind)
		}
		entered := r.day("entered")
		if entered.After(on) {
			return
		}
		entry, err := edition.CodeEntry(competition.Entry{
			Firm: r.creditCode("firm"), Level: r.text("level"), Entered: entered,
			Workers: r.whole("workers"), Teams: teams,
		})
		r.check(err)
		if err == nil {
			r.check(entrants.Add(entry))
		}
	})
	candidates := readCandidates(f, scorecard)
	return func() (part, error) {
		turnout, findings, err := edition.Count(population, entrants)
		if err != nil {
			return part{}, err
		}
		made := part{findings: findings}
		if err := made.with(edition.Figures(competition.Progress{Turnout: turnout})); err != nil {
			return part{}, err
		}
		recommendation, err := edition.Recommend(scorecard, competition.Applications{Award: "advanced-unit", Candidates: candidates}, entrants, on)
		if err != nil {
			return part{}, err
		}
		err = made.with(edition.RecommendationFigures(recommendation))
		return made, err
	}
}

// readCandidates reads the firms that ask to be recommended, with their marks by
// the scorecard, incidents and earlier titles.
func readCandidates(f *folder, scorecard assessment.Scheme) []competition.Candidate {
	var candidates []competition.Candidate
	places := map[union.CreditCode]int{}
	marked := map[string]bool{}
	for _, item := range scorecard.Spec().Items {
		marked[item.Key] = item.From.Given != nil
	}
	f.rows("competition/candidates.csv", []string{"firm", "title"}, func(r *row) {
		if _, twice := places[r.creditCode("firm")]; twice {
			r.field("firm", union.NewFault(union.ErrRepeated, "", "", "a firm once"))
		}
		places[r.creditCode("firm")] = len(candidates)
		for _, list := range []string{"candidates", "group"} {
			r.stands(union.Indexed(list, len(candidates)))
		}
		candidates = append(candidates, competition.Candidate{
			Firm: r.creditCode("firm"), Title: r.text("title"), Marks: map[string]union.Number{},
		})
	})
	of := func(r *row) (candidate *competition.Candidate, place int) {
		place, found := places[r.creditCode("firm")]
		if !found {
			r.field("firm", union.NewFault(union.ErrUnknown, "", "", "a firm of candidates.csv"))
			return &competition.Candidate{Marks: map[string]union.Number{}}, place
		}
		return &candidates[place], place
	}
	f.rows("competition/marks.csv", []string{"firm", "item", "mark"}, func(r *row) {
		candidate, place := of(r)
		item := r.text("item")
		if !marked[item] {
			r.field("item", union.NewFault(union.ErrUnknown, "", "", "an item of the scorecard that is given"))
		}
		r.stands(strings.Join([]string{union.Indexed("group", place), "items", item}, "."))
		if _, twice := candidate.Marks[item]; twice {
			r.field("item", union.NewFault(union.ErrRepeated, "", "", "one mark an item"))
		}
		candidate.Marks[item] = r.number("mark")
	})
	f.rows("competition/incidents.csv", []string{"firm", "kind", "on"}, func(r *row) {
		candidate, place := of(r)
		r.stands(union.Indexed(strings.Join([]string{union.Indexed("candidates", place), "incidents"}, "."), len(candidate.Incidents)))
		candidate.Incidents = append(candidate.Incidents, competition.Incident{Kind: r.text("kind"), On: r.day("on")})
	})
	f.rows("competition/honours.csv", []string{"firm", "kind", "year"}, func(r *row) {
		candidate, place := of(r)
		r.stands(union.Indexed(strings.Join([]string{union.Indexed("candidates", place), "honours"}, "."), len(candidate.Honours)))
		candidate.Honours = append(candidate.Honours, competition.Honour{Kind: r.text("kind"), Year: int(r.whole("year"))})
	})
	return candidates
}

// keysOf returns the keys of a list in its order.
func keysOf(codes union.Codes) []string {
	var keys []string
	for _, term := range codes.Terms() {
		keys = append(keys, term.Key)
	}
	return keys
}

// creditCode returns a field as a firm's credit code.
func (r *row) creditCode(column string) union.CreditCode {
	code, err := union.ParseCreditCode(r.text(column))
	r.field(column, err)
	return code
}

// whether returns a field as yes, no or, where it is empty, not known.
func (r *row) whether(column string) competition.Whether {
	var whether competition.Whether
	r.field(column, whether.UnmarshalText([]byte(r.text(column))))
	return whether
}
