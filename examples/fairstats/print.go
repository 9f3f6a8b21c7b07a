package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/employment"
)

func (p publication) print(out io.Writer) {
	fmt.Fprintf(out, "%s\n\n", p.text("employment.fair.title"))
	p.printReport(out)
	for _, dimension := range p.market.Spec().Dimensions {
		p.printTable(out, dimension)
	}
	fmt.Fprintf(out, "核对\n\n")
	if len(p.findings) == 0 {
		fmt.Fprintln(out, "  无问题")
	}
	for _, finding := range p.findings {
		fmt.Fprintf(out, "  %s\n", finding)
	}
}

// text returns a figure as text, - if it is not made.
func (p publication) text(key string) string {
	figure, ok := p.figures[key]
	if !ok {
		return "-"
	}
	return figure.String()
}

// printReport prints the figures of the fair that are of no list's terms, which the
// tables have.
func (p publication) printReport(out io.Writer) {
	for _, figure := range p.report {
		if !ofATerm(figure.Key()) {
			fmt.Fprintf(out, "  %s：%s\n", figure.Title(), figure)
		}
	}
	fmt.Fprintln(out)
}

// ofATerm reports whether a figure is one of a list.
func ofATerm(key string) bool {
	for _, list := range []string{".region.", ".kind.", ".sector.", ".trade.", ".category.", ".schooling.", ".age.", ".group."} {
		if strings.Contains(key, list) {
			return true
		}
	}
	return strings.HasPrefix(key, "employment.fair.title")
}

// printTable prints the table of a dimension: each side with its shares, and the
// ratio where both sides are told apart.
func (p publication) printTable(out io.Writer, d employment.Dimension) {
	key := "employment.market.by." + d.Key + "."
	both := d.Demand && d.Supply
	fmt.Fprintf(out, "按%s\n\n", d.Title)
	row := func(title, term string) {
		cells := wide(title, 34)
		for _, side := range []struct {
			name string
			has  bool
		}{{"demand", d.Demand}, {"supply", d.Supply}} {
			if share := key + side.name + ".share." + term; side.has {
				cells += right(p.text(key+side.name+"."+term), 8) + right(p.text(share), 9) + "  " + p.bar(share)
			}
		}
		if both && term != d.Open && term != employment.Unknown {
			cells += right(p.text(key+"tightness."+term), 7)
		}
		fmt.Fprintln(out, strings.TrimRight("  "+cells, " "))
	}
	for _, term := range d.Terms.Terms {
		title := term.Title
		if term.Within != "" {
			title = "  其中：" + title
		}
		row(title, term.Key)
	}
	row("未注明", employment.Unknown)
	for _, each := range []string{"mismatch", "gaps.short", "gaps.surplus"} {
		if figure, ok := p.figures[key+each]; ok {
			fmt.Fprintf(out, "  %s：%s\n", figure.Title(), figure)
		}
	}
	fmt.Fprintln(out)
}

// columns is how wide a text stands: a Chinese character, of three bytes, takes two.
func columns(text string) int {
	return utf8.RuneCountInString(text) + (len(text)-utf8.RuneCountInString(text))/2
}

// wide fills a text up to a width in columns, and right does so in front of it.
func wide(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-columns(text)))
}

func right(text string, width int) string {
	return strings.Repeat(" ", max(0, width-columns(text))) + text
}

// bar draws a share: a block for each four percent, rounded half up.
func (p publication) bar(key string) string {
	const blocks = 25
	drawn := ""
	value, ok := p.figures[key].Value()
	if percent, err := union.ParseNumber(strings.TrimSuffix(value, "%")); ok && err == nil {
		length, _ := union.Rounding{Mode: union.HalfUp}.Apply(percent.Mul(union.MustParseNumber("0.25")))
		n, _ := length.Int64()
		drawn = strings.Repeat("█", int(n))
	}
	return drawn + strings.Repeat(" ", max(0, blocks-utf8.RuneCountInString(drawn)))
}
