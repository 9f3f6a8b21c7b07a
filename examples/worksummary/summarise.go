package main

import (
	"fmt"

	"github.com/unioncampaign/union"
)

// A section reads the records of one package and returns what makes its part
// once all records of all sections have been read without a fault.
type section func(f *folder, on union.Date) func() (part, error)

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

// summarise reads a folder and makes the figures of the summary as of a day; the
// zero day is the last of the first phase. Every fault found is returned, and
// then there is no summary.
func summarise(f *folder, on union.Date) (*summary, []error) {
	plan := readPlan(f)
	if on.IsZero() {
		on = lastDay(plan)
	}
	var parts []func() (part, error)
	for _, read := range []section{plan.section, competitionSection, aidSection, employmentSection, assessmentSection} {
		parts = append(parts, read(f, on))
	}
	if len(f.faults) > 0 {
		return nil, f.faults
	}
	made := &summary{figures: map[string]union.Figure{}}
	for _, partOf := range parts {
		part, err := partOf()
		f.fault(err)
		f.fault(made.take(part.figures))
		for _, finding := range part.findings {
			fmt.Fprintf(f.progress, "check: %v\n", finding)
		}
	}
	if len(f.faults) > 0 {
		return nil, f.faults
	}
	return made, nil
}
