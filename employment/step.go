package employment

import (
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
)

// A step is a seeker's towards a posting: to a stage.
type step struct {
	seeker, posting string
	stage           union.Code
}

// longestStep is how many bytes the key of a step has at most: two tokens of 64,
// a code and what stands between.
const longestStep = 64 + 1 + 64 + 1 + 5

// appendKey appends the key of the step, its parts with a space between them,
// which no token has: "s1 fitter 3".
func (s step) appendKey(key []byte) []byte {
	key = append(append(key, s.seeker...), ' ')
	key = append(append(key, s.posting...), ' ')
	return strconv.AppendUint(key, uint64(s.stage), 10)
}

// parseStep returns the step of a key, and whether the key is that of a step.
func parseStep(key string) (step, bool) {
	seeker, rest, _ := strings.Cut(key, " ")
	posting, code, _ := strings.Cut(rest, " ")
	stage, err := strconv.ParseUint(code, 10, 16)
	canonical := code != "" && code[0] != '0'
	return step{seeker: seeker, posting: posting, stage: union.Code(stage)}, err == nil && canonical
}
