package casetest_test

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"
	"testing/fstest"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/casetest"
)

// judgeRate is a judge: the rate of one number in another, rounded as the rule
// says.
func judgeRate(rule, input []byte) (any, error) {
	var spec struct {
		Rounding union.Rounding `json:"rounding"`
	}
	if err := union.ReadRule(rule, "example.rate/1", &spec); err != nil {
		return nil, err
	}
	var given union.Ratio
	if err := json.Unmarshal(input, &given); err != nil {
		return nil, err
	}
	percent, err := given.Percent()
	if err != nil {
		return nil, err
	}
	text, err := spec.Rounding.Format(percent)
	return map[string]string{"percent": text}, err
}

func ExampleCheck() {
	folder := fstest.MapFS{
		"rounding.json": {Data: []byte(`{"union": "example.rate/1", "rounding": {"mode": "half up", "places": 1}}`)},
		"members.json": {Data: []byte(`{
			"rule":   "rounding.json",
			"input":  {"part": 32, "whole": 37},
			"want":   {"percent": "86.5"},
			"source": "the notice of 28 April 2022"
		}`)},
		"private firms.json": {Data: []byte(`{
			"rule":   "rounding.json",
			"input":  {"part": 13, "whole": 37},
			"want":   {"percent": "35.3"},
			"source": "the same notice"
		}`)},
		"nobody.json": {Data: []byte(`{
			"rule":   "rounding.json",
			"input":  {"part": 0, "whole": 0},
			"want":   {"faults": [{"rule": "undefined over nothing"}]},
			"source": "the rule itself"
		}`)},
	}
	for _, finding := range casetest.Check(folder, map[string]casetest.Judge{"example.rate/1": judgeRate}) {
		fmt.Println(finding)
	}
	// Output:
	// private firms.json: percent: comes out as in the same notice: got "35.1", want "35.3"
}

// A test of one's own hands over the folder and the judges.
func ExampleRun() {
	_ = func(t *testing.T) {
		casetest.Run(t, os.DirFS("testdata/cases"), map[string]casetest.Judge{"example.rate/1": judgeRate})
	}
}
