package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestEveryRowGivesWhatItsLimitGives(t *testing.T) {
	var out bytes.Buffer
	if _, err := run(&out, "1,7,1000", "", 1); err != nil {
		t.Fatal(err)
	}
	want := 2 // the header's
	for _, each := range workloads {
		want += 3
		if each.once {
			want -= 2 // there once, and not at every size
		}
	}
	if got := strings.Count(out.String(), "\n"); got != want {
		t.Errorf("got %d lines, want %d:\n%s", got, want, out.String())
	}
}

func TestAContestantThatGivesAnotherResultIsNotTimed(t *testing.T) {
	one, two := func() func() int64 { return whole(1) }, func() func() int64 { return whole(2) }
	for name, each := range map[string]contest{
		"the library":   {limit: one, library: two},
		"the plain way": {limit: one, library: one, plain: two},
	} {
		if _, err := measure(row{load: func(int) contest { return each }}, 1, 1); err == nil {
			t.Errorf("%s gives another result and is measured", name)
		}
	}
}

func TestARowIsMissedOnlyBeyondItsSlack(t *testing.T) {
	for name, each := range map[string]struct {
		result result
		want   bool
	}{
		"a quarter above":                {result{row: row{goal: 2}, limit: 100, library: 250}, false},
		"more than that":                 {result{row: row{goal: 2}, limit: 100, library: 251}, true},
		"within its time":                {result{limit: 1, library: 50, most: 50}, false},
		"longer than its time":           {result{limit: 1, library: 51, most: 50}, true},
		"a fifth slower than asked":      {result{row: row{faster: 5}, limit: 1, library: 10, plain: 40}, false},
		"slower than asked for":          {result{row: row{faster: 5}, limit: 1, library: 10, plain: 39}, true},
		"within that of the other limit": {result{row: row{goal: 4, orGoal: 1.5}, limit: 10, other: 100, library: 187}, false},
		"beyond both limits":             {result{row: row{goal: 4, orGoal: 1.5}, limit: 10, other: 100, library: 188}, true},
		"of fewer records than count":    {result{row: row{goal: 2, from: 10}, records: 9, limit: 1, library: 51}, false},
		"of as many as count":            {result{row: row{goal: 2, from: 10}, records: 10, limit: 1, library: 51}, true},
		"nothing is asked for":           {result{limit: 1, library: 51}, false},
	} {
		if got := each.result.missed(); got != each.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
}

func TestTheBetterOfTwoMeasurementsCounts(t *testing.T) {
	first := result{row: row{goal: 2}, limit: 100, library: 300, plain: 900}
	if got := first.again(result{limit: 120, library: 210, plain: 800}); got.missed() || got.limit != 100 || got.plain != 800 {
		t.Errorf("got %v", got)
	}
}

func TestAGoalThatIsNotReachedIsTold(t *testing.T) {
	if line := (result{row: row{goal: 2, open: true}, pieces: 1}).line(); !strings.Contains(line, "≤ 2, not reached") {
		t.Errorf("got %q", line)
	}
}

func TestASizeThatIsNoneIsRefused(t *testing.T) {
	for _, sizes := range []string{"", "0", "many", "10,"} {
		if _, err := run(&bytes.Buffer{}, sizes, "", 1); err == nil {
			t.Errorf("%q is taken for sizes", sizes)
		}
	}
}
