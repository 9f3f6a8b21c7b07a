package union_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
)

func ExampleLog_Events() {
	procedure := mustProcedure(rectification())
	log := procedure.Log("issue-1")
	_ = procedure.Add(&log, fixEvent())
	for _, event := range log.Events() {
		fmt.Println(event.On, event.Event)
	}
	// Output: 2010-05-04 fix
}

func TestALogSharesNothing(t *testing.T) {
	procedure := mustProcedure(rectification())
	log := procedure.Log("issue-1")
	event := fixEvent()
	require.NoError(t, procedure.Add(&log, event))
	event.Evidence[0] = "changed"
	log.Events()[0].Evidence[0] = "changed"
	log.Events()[0].Event = "changed"
	assert.Equal(t, []union.Event{fixEvent()}, log.Events())
}

func TestACopyOfALogGoesItsOwnWay(t *testing.T) {
	procedure := mustProcedure(rectification())
	log := procedure.Log("issue-1")
	// Back and forth, so that the events have room to grow into if they are not
	// kept apart.
	for i, event := range []string{"fix", "reopen", "fix", "reopen", "fix"} {
		each := fixEvent()
		each.ID, each.Event = string(rune('a'+i)), event
		require.NoError(t, procedure.Add(&log, each))
		copied, original := log, log.Events()
		mine, theirs := closeEvent(), closeEvent()
		if event == "reopen" {
			mine, theirs = fixEvent(), fixEvent()
		}
		mine.ID, theirs.ID = "mine", "theirs"
		require.NoError(t, procedure.Add(&copied, theirs))
		assert.Equal(t, original, log.Events())
		second := log
		require.NoError(t, procedure.Add(&second, mine))
		assert.Equal(t, "theirs", copied.Events()[i+1].ID)
		assert.Equal(t, "mine", second.Events()[i+1].ID)
	}
}

func TestALogKnowsItsSubjectAndItsProcedure(t *testing.T) {
	procedure := mustProcedure(rectification())
	log := procedure.Log("issue-1")
	assert.Equal(t, "issue-1", log.Subject())
	assert.Equal(t, procedure.ID(), log.Rule())
	assert.Empty(t, log.Events())
	var none union.Log
	assert.Empty(t, none.Subject())
	assert.True(t, none.Rule().IsZero())
	assert.Empty(t, none.Events())
}

func TestAnEventWithoutEvidenceIsTheSameHoweverThatIsWritten(t *testing.T) {
	procedure := mustProcedure(rectification())
	log := procedure.Log("issue-1")
	require.NoError(t, procedure.Add(&log, fixEvent()))
	event := closeEvent()
	require.NoError(t, procedure.Add(&log, event))
	event.Evidence = []string{}
	require.NoError(t, procedure.Add(&log, event))
	for name, change := range map[string]func(*union.Event){
		"event":    func(e *union.Event) { e.Event = "reopen" },
		"day":      func(e *union.Event) { e.On = day("2010-05-12") },
		"actor":    func(e *union.Event) { e.By = "another" },
		"role":     func(e *union.Event) { e.Role = "another" },
		"evidence": func(e *union.Event) { e.Evidence = []string{"photo"} },
		"reason":   func(e *union.Event) { e.Reason = "another" },
	} {
		t.Run(name, func(t *testing.T) {
			changed := closeEvent()
			change(&changed)
			require.ErrorIs(t, procedure.Add(&log, changed), union.ErrRepeated)
		})
	}
	assert.Len(t, log.Events(), 2)
}

func TestAnEventIsARecordInJSON(t *testing.T) {
	data, err := json.Marshal(fixEvent())
	require.NoError(t, err)
	assertBytes(t, `{"id":"e1","event":"fix","on":"2010-05-04","by":"office","role":"owner","evidence":["report","photo"]}`, data)
	var read union.Event
	require.NoError(t, json.Unmarshal(data, &read))
	assert.Equal(t, fixEvent(), read)
}
