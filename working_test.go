package union_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
)

func ExampleWorking() {
	fmt.Print(union.Working{
		Item: "coverage", Rule: "firms entered ÷ firms with a union", Result: "95.04%", Rounding: "half up, 2 places",
		Inputs: []union.Input{{Name: "entered", Value: "134"}},
		Parts: []union.Working{{
			Item: "firms with a union", Result: "141",
			Inputs: []union.Input{{Name: "state-owned", Value: "41"}, {Name: "private", Value: "100"}},
		}},
	})
	// Output:
	// coverage = 95.04%
	//   § firms entered ÷ firms with a union
	//   · entered: 134
	//   ≈ half up, 2 places
	//   firms with a union = 141
	//     · state-owned: 41
	//     · private: 100
}

func TestAWorkingLeavesOutWhatItDoesNotSay(t *testing.T) {
	assert.Equal(t, "a = 1\n", union.Working{Item: "a", Result: "1"}.String())
	assert.Equal(t, " = \n", union.Working{}.String())
	data, err := json.Marshal(union.Working{Item: "a", Result: "1", Parts: []union.Working{{Item: "b", Result: "2", Inputs: []union.Input{{Name: "n", Value: "v"}}}}})
	require.NoError(t, err)
	assertBytes(t, `{"item":"a","result":"1","parts":[{"item":"b","inputs":[{"name":"n","value":"v"}],"result":"2"}]}`, data)
}
