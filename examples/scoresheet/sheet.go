package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
)

// A sheet is the rules and the records that they are applied to.
type sheet struct {
	scheme  assessment.Scheme
	ranking assessment.Ranking
	quota   *assessment.Quota // nil: nobody is taken
	records []assessment.Record
	met     []assessment.Meeting
	drawn   []string
}

// read reads a folder.
func read(files fs.FS) (sheet, error) {
	var s sheet
	if err := errors.Join(readRule(files, "scheme.json", &s.scheme), readRule(files, "ranking.json", &s.ranking)); err != nil {
		return s, err
	}
	var quota assessment.Quota
	if err := readRule(files, "quota.json", &quota); err == nil {
		s.quota = &quota
	} else if !errors.Is(err, fs.ErrNotExist) {
		return s, err
	}
	return s, s.readMarks(files)
}

// readRule reads a rule; what is wrong with it is told with the file's name.
func readRule(files fs.FS, name string, rule json.Unmarshaler) error {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	return union.Within(name, rule.UnmarshalJSON(data))
}

// judged is what comes of a sheet.
type judged struct {
	Scores []assessment.Score    `json:"scores"`
	Places []assessment.Place    `json:"places"`
	Taken  *assessment.Selection `json:"taken,omitempty"`
}

func (s sheet) judge() (judged, error) {
	var made judged
	var err error
	if made.Scores, err = s.scheme.Judge(s.records); err != nil {
		return made, err
	}
	if made.Places, err = s.ranking.Rank(made.Scores, s.met, s.drawn); err != nil {
		return made, err
	}
	if s.quota != nil {
		taken, err := s.quota.Take(made.Places, 0, false)
		if err != nil {
			return made, err
		}
		made.Taken = &taken
	}
	return made, nil
}

// print prints the ranked sheet as a table in Markdown, and what must be told
// with it.
func (s sheet) print(out io.Writer, made judged) error {
	spec := s.scheme.Spec()
	text := &strings.Builder{}
	fmt.Fprintf(text, "# %s\n\n依据：%s\n\n| 名次 | 单位 |", spec.Title, spec.Source)
	for _, item := range spec.Items {
		fmt.Fprintf(text, " %s |", title(item))
	}
	text.WriteString(" 等次 | 资格 | 录取 |\n|---:|---|" + strings.Repeat("---:|", len(spec.Items)) + "---|---|---|\n")
	scores := map[string]assessment.Score{}
	for _, score := range made.Scores {
		scores[score.Unit] = score
	}
	for _, place := range made.Places {
		if err := s.row(text, spec, place, scores[place.Unit], made.Taken); err != nil {
			return err
		}
		delete(scores, place.Unit)
	}
	for _, score := range made.Scores {
		if _, left := scores[score.Unit]; !left {
			continue
		}
		if err := s.row(text, spec, assessment.Place{Unit: score.Unit}, score, made.Taken); err != nil {
			return err
		}
	}
	s.tell(text, made)
	_, err := io.WriteString(out, text.String())
	return err
}

func title(item assessment.Item) string {
	if item.Title == "" {
		return item.Key
	}
	return item.Title
}

// row prints one unit.
func (s sheet) row(text *strings.Builder, spec assessment.SchemeSpec, place assessment.Place, score assessment.Score, taken *assessment.Selection) error {
	rank := strconv.Itoa(place.Rank)
	switch {
	case place.Rank == 0:
		rank = "不排名"
	case place.Undecided:
		rank += "（并列待定）"
	}
	fmt.Fprintf(text, "| %s | %s |", rank, place.Unit)
	for _, item := range spec.Items {
		figure, ok := score.Items[item.Key]
		printed := "不适用"
		if ok {
			var err error
			if printed, err = s.scheme.Format(figure); err != nil {
				return err
			}
		}
		fmt.Fprintf(text, " %s |", printed)
	}
	open := "符合"
	if !score.Verdict.Holds() {
		open = "不符合"
	}
	fmt.Fprintf(text, " %s | %s | %s |\n", s.scheme.GradeTitle(score.Grade), open, told(place.Unit, taken))
	return nil
}

// told says whether a unit is taken.
func told(unit string, taken *assessment.Selection) string {
	if taken == nil {
		return ""
	}
	for _, each := range taken.Taken {
		if each == unit {
			return "是"
		}
	}
	for _, each := range taken.Undecided {
		if each == unit {
			return "待定"
		}
	}
	return ""
}

// tell prints what does not hold, and what the scheme leaves open.
func (s sheet) tell(text *strings.Builder, made judged) {
	for _, score := range made.Scores {
		for _, finding := range score.Verdict.Failed() {
			fmt.Fprintf(text, "\n%s：%s", score.Unit, finding.Rule)
			if finding.Got != "" {
				text.WriteString("，实际" + finding.Got)
			}
			if finding.Want != "" {
				text.WriteString("，要求" + finding.Want)
			}
		}
	}
	if made.Taken != nil {
		for _, reason := range made.Taken.Verdict.Reasons {
			fmt.Fprintf(text, "\n%s：录取%s", reason.Rule, reason.Got)
			if reason.Standing != union.Met {
				text.WriteString("，超出名额")
			}
		}
		if n := len(made.Taken.Undecided); n > 0 {
			fmt.Fprintf(text, "\n待定%d，其中可录取%d", n, made.Taken.Left)
		}
	}
	text.WriteString("\n")
}

// explain prints the working of one unit, or of all.
func (s sheet) explain(out io.Writer, unit string) error {
	for _, record := range s.records {
		if unit != "all" && unit != record.Unit {
			continue
		}
		working, err := s.scheme.Working(s.records, record.Unit)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(out, working.String()); err != nil || unit != "all" {
			return err
		}
	}
	if unit == "all" {
		return nil
	}
	_, err := s.scheme.Working(s.records, unit)
	return err
}

// compare prints who gains and who loses by the scheme against an old one, and
// what each part decided.
func (s sheet) compare(out io.Writer, old assessment.Scheme) error {
	changes, err := old.DryRun(s.scheme, s.records)
	if err != nil {
		return err
	}
	for _, change := range changes {
		fmt.Fprintf(out, "%s：%s → %s，相差%s\n", change.Unit, change.From.Total, change.To.Total, change.Gains)
	}
	scores, err := s.scheme.Judge(s.records)
	if err != nil {
		return err
	}
	parts, err := s.scheme.Diagnose(scores, s.scheme.Spec().Total)
	if errors.Is(err, union.ErrMissing) {
		return nil // the total is no sum
	}
	for _, part := range parts {
		effective := "无差别"
		if part.Effective != nil {
			effective = part.Effective.String()
		}
		fmt.Fprintf(out, "%s：名义权重%s，实际权重%s\n", part.Item, part.Nominal, effective)
	}
	return err
}
