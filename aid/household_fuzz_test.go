package aid_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/internal/laws"
)

// Whatever a file says, it is judged or refused, and what is said of it names nobody.
func FuzzHousehold(f *testing.F) {
	for _, file := range []aid.File{filed("H-1", "mill", 1), {Household: household(), Events: filing()}} {
		data, err := json.Marshal(file)
		require.NoError(f, err)
		f.Add(data)
	}
	f.Add([]byte(`{"household":{"key":"H-1","head":{"number":"11010519491231002X"},"members":[{"relation":"本人"}],"cause":"illness","income":[{"kind":"wage","amount":"0.001"}]}}`))
	f.Add([]byte(`{"household":{"key":"11010519491231002X","members":[{"able":true}],"cause":"11010519491231002X","months":[{"month":"2010-04-01","members":1}]}}`))
	f.Add([]byte(`{"household":{"income":[{"amount":"92233720368547758.07","monthly":true}]},"events":[{"id":"e1"}]}`))
	standards := []aid.Standard{standard(), must(aid.NewStandard(lossSpec())), must(aid.NewStandard(runSpec())), {}}
	files := fileRule()
	f.Fuzz(func(t *testing.T, data []byte) {
		var file aid.File
		if json.Unmarshal(data, &file) != nil {
			return
		}
		for _, s := range standards {
			verdict, err := s.Judge(file.Household, mayDay)
			coded, codedErr := s.CodeHousehold(file.Household, mayDay)
			require.Equal(t, err == nil, codedErr == nil)
			if err != nil {
				require.NotEmpty(t, union.Faults(err))
				require.Empty(t, laws.CanariesIn(err.Error()))
				continue
			}
			category, _ := s.Category(coded)
			require.Equal(t, verdict.Answer, category.Key)
		}
		registry, err := files.Registry(file)
		if err != nil {
			require.NotEmpty(t, union.Faults(err))
			require.Empty(t, laws.CanariesIn(err.Error()))
			return
		}
		twice, err := aid.MergeRegistries(registry, registry)
		require.NoError(t, err)
		require.Equal(t, registry, twice)
	})
}

// Whatever an application says, it is judged or refused, and no more may be approved
// than the rate gives.
func FuzzApplication(f *testing.F) {
	for _, kind := range []string{"living", "medical", "student", "board"} {
		data, err := json.Marshal(asking(kind, "1"))
		require.NoError(f, err)
		f.Add(data)
	}
	f.Add([]byte(`{"id":"A-1","kind":"medical","person":"P","household":"H","on":"2010-05-01","facts":{"paid":"1/3","loss":"99999999999999999999"},"asked":"1"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var a aid.Application
		if json.Unmarshal(data, &a) != nil {
			return
		}
		verdict, err := programme().Judge(a, known(given("living", "2010-01-01", "1")))
		if err != nil {
			require.NotEmpty(t, union.Faults(err))
			return
		}
		entitlement, err := programme().Entitlement(a, countyLines())
		require.NoError(t, err)
		if verdict.Answer != "" {
			require.LessOrEqual(t, yuan(verdict.Answer).Cmp(entitlement.Most), 0)
		}
		require.Equal(t, verdict.Holds(), verdict.Standing == union.Met)
	})
}
