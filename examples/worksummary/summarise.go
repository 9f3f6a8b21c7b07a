package main

import (
	"fmt"

	"github.com/unioncampaign/union"
)

// A section reads the records of one package and makes its part of the summary.
// What is wrong with them is noted in the folder.
type section func(f *folder, on union.Date) part

// A part of the summary: figures, and what its records disagree about.
type part struct {
	figures  []union.Figure
	findings []union.Finding
}

// with adds figures, unless making them failed.
func (p *part) with(figures []union.Figure, err error) error {
	p.figures = append(p.figures, figures...)
	return err
}

// and adds another part.
func (p *part) and(other part) {
	p.figures = append(p.figures, other.figures...)
	p.findings = append(p.findings, other.findings...)
}

// summarise reads a folder and makes the figures of the summary as of a day; the
// zero day is the last of the first phase. Every fault found is returned, and
// then there is no summary. If the day cannot be known, rules and headers are
// looked at, but no records: they cannot be judged.
func summarise(f *folder, on union.Date) (*summary, []error) {
	plan := readPlan(f)
	if on.IsZero() {
		on = plan.lastDay(f)
		f.undated = on.IsZero()
	}
	// What the masses think of the campaign is read first: its gate asks for it.
	assessed := assessmentSection(f, on)
	var whole part
	for _, read := range []section{plan.section, competitionSection, aidSection, employmentSection} {
		whole.and(read(f, on))
	}
	whole.and(assessed)
	made := &summary{figures: map[string]union.Figure{}}
	f.fault(made.take(whole.figures))
	if len(f.faults) > 0 {
		return nil, f.faults
	}
	for _, finding := range whole.findings {
		fmt.Fprintf(f.progress, "check: %v\n", finding)
	}
	return made, nil
}
