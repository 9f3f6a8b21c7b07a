package strictjson_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union/internal/laws"
	"github.com/unioncampaign/union/internal/refusal"
	"github.com/unioncampaign/union/internal/strictjson"
)

// Head is embedded, as a rule's own particulars are in every spec.
type Head struct {
	Key   string `json:"key"`
	Title string `json:"title,omitempty"`
}

// Level is read by a method of its own.
type Level struct{ n int }

var errLevel = errors.New("no such level")

func (l *Level) UnmarshalText(text []byte) error {
	switch string(text) {
	case "low":
		l.n = 1
	case "high", "HIGH":
		l.n = 2
	default:
		return errLevel
	}
	return nil
}

func (l Level) MarshalText() ([]byte, error) {
	return []byte([]string{"", "low", "high"}[l.n]), nil
}

// Open is read by a method that is not strict.
type Open struct{ text string }

func (o *Open) UnmarshalJSON(data []byte) error { o.text = string(data); return nil }
func (o Open) MarshalJSON() ([]byte, error)     { return []byte(o.text), nil }

type Item struct {
	Weight int8              `json:"weight"`
	Level  Level             `json:"level,omitzero"`
	Names  map[string]string `json:"names,omitempty"`
	Items  []Item            `json:"items,omitempty"`
}

type Choice struct {
	Panel *Item `json:"panel,omitempty"`
	Fixed *bool `json:"fixed,omitempty"`
}

type Spec struct {
	Head
	Items  []Item        `json:"items,omitempty"`
	Pair   [2]uint16     `json:"pair,omitzero"`
	Choice *Choice       `json:"choice,omitempty"`
	Levels map[Level]int `json:"levels,omitempty"`
	Places map[int]int   `json:"places,omitempty"`
	Open   *Open         `json:"open,omitempty"`
	Any    any           `json:"any,omitempty"`
	Blob   []byte        `json:"blob,omitempty"`
	Far    int64         `json:"far,omitempty,string"`
	Plain  bool
	Hidden string `json:"-"`
	inner  string
}

const document = "test.spec/1"

func read(text string) (Spec, error) {
	var spec Spec
	err := strictjson.Unmarshal([]byte(text), document, &spec)
	return spec, err
}

func TestADocumentIsReadWithAllItsKindsOfMembers(t *testing.T) {
	yes := true
	got, err := read(` {"key":"k", "union":"test.spec/1", "items":[{"weight":-3,"level":"high","names":{"a":"b"},"items":[{"weight":1}]}],
		"pair":[1,2], "choice":{"fixed":true}, "levels":{"low":1,"high":2}, "places":{"7":1}, "open":{"a":[1]},
		"any":[{"a":1}], "blob":"AQI=", "far":"12", "Plain":true} `)
	require.NoError(t, err)
	assert.Equal(t, Spec{
		Head:  Head{Key: "k"},
		Items: []Item{{Weight: -3, Level: Level{2}, Names: map[string]string{"a": "b"}, Items: []Item{{Weight: 1}}}},
		Pair:  [2]uint16{1, 2}, Choice: &Choice{Fixed: &yes},
		Levels: map[Level]int{{1}: 1, {2}: 2}, Places: map[int]int{7: 1}, Open: &Open{`{"a":[1]}`},
		Any: []any{map[string]any{"a": 1.0}}, Blob: []byte{1, 2}, Far: 12, Plain: true,
	}, got)
	assert.Empty(t, got.inner)
}

func TestADocumentIsRefusedWithItsPlace(t *testing.T) {
	const head = `{"union":"test.spec/1",`
	deep := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	items := func(n int) string { return strings.Repeat(`{"items":[`, n) + strings.Repeat(`]}`, n) }
	for name, test := range map[string]struct {
		text  string
		kind  refusal.Kind
		where string
		got   string
		want  string
	}{
		"no text":                          {"", refusal.Text, "", "at byte 0: unexpected end of JSON input", ""},
		"no JSON":                          {`{"union" "x"}`, refusal.Text, "", `at byte 10: invalid character '"' after object key`, ""},
		"trailing data":                    {head + `"key":"a"} {}`, refusal.Text, "", "at byte 35: invalid character '{' after top-level value", ""},
		"not UTF-8":                        {head + "\"key\":\"\xff\"}", refusal.Text, "", "bytes that are not UTF-8", ""},
		"too long":                         {head + `"key":"` + strings.Repeat("a", 1<<20) + `"}`, refusal.Range, "", "1048608 bytes", "at most 1048576"},
		"no object":                        {`["union"]`, refusal.Text, "", "a list", "an object"},
		"null":                             {`null`, refusal.Text, "", "null", "an object"},
		"no header":                        {`{"key":"a"}`, refusal.Unknown, "union", "nothing", `"test.spec/1"`},
		"a header below":                   {`{"any":{"union":"test.spec/1"}}`, refusal.Unknown, "union", "nothing", `"test.spec/1"`},
		"another number, before all":       {`{"new":1,"union":"test.spec/2"}`, refusal.Unknown, "union", `"test.spec/2"`, `"test.spec/1"`},
		"another kind":                     {`{"union":"test.other/1"}`, refusal.Unknown, "union", `"test.other/1"`, `"test.spec/1"`},
		"a header that is null":            {`{"union":null}`, refusal.Unknown, "union", "null", `"test.spec/1"`},
		"a header in capitals":             {`{"UNION":"test.spec/1"}`, refusal.Unknown, "union", "nothing", `"test.spec/1"`},
		"the header twice":                 {head + `"union":"test.spec/1"}`, refusal.Repeated, "union", "", ""},
		"a header inside":                  {head + `"items":[{"union":"test.spec/1"}]}`, refusal.Unknown, "items[0].union", `"union"`, ""},
		"an unknown member":                {head + `"weight":1}`, refusal.Unknown, "weight", `"weight"`, ""},
		"an unknown member inside":         {head + `"items":[{},{"items":[{"wight":1}]}]}`, refusal.Unknown, "items[1].items[0].wight", `"wight"`, ""},
		"an unknown member of a choice":    {head + `"choice":{"panels":{}}}`, refusal.Unknown, "choice.panels", `"panels"`, ""},
		"a hidden field":                   {head + `"Hidden":"x"}`, refusal.Unknown, "Hidden", `"Hidden"`, ""},
		"an unexported field":              {head + `"inner":"x"}`, refusal.Unknown, "inner", `"inner"`, ""},
		"a member in another case":         {head + `"items":[{"Weight":1}]}`, refusal.Unknown, "items[0].Weight", `"Weight"`, `"weight"`},
		"a long unknown name":              {head + `"` + strings.Repeat("名", 80) + `":1}`, refusal.Unknown, "…", "a text of 80 characters", ""},
		"a member twice":                   {head + `"key":"a","key":"b"}`, refusal.Repeated, "key", "", ""},
		"a member twice, once escaped":     {head + `"key":"a","\u006bey":"b"}`, refusal.Repeated, "key", "", ""},
		"a member twice inside":            {head + `"choice":{"panel":{"weight":1,"weight":1}}}`, refusal.Repeated, "choice.panel.weight", "", ""},
		"an entry twice":                   {head + `"items":[{"names":{"a":"","a":""}}]}`, refusal.Repeated, "items[0].names.a", "", ""},
		"a key twice, written differently": {head + `"levels":{"high":1,"HIGH":2}}`, refusal.Repeated, "levels", "two members that are the same key", ""},
		"a number as key twice":            {head + `"places":{"1":1,"01":2}}`, refusal.Repeated, "places", "two members that are the same key", ""},
		"a key that its type refuses":      {head + `"levels":{"none":1}}`, refusal.Text, "levels", "an object", ""},
		"twice below a decoder":            {head + `"open":{"a":[{"b":1,"b":2}]}}`, refusal.Repeated, "open.a[0].b", "", ""},
		"twice below anything":             {head + `"any":{"b":1,"b":2}}`, refusal.Repeated, "any.b", "", ""},
		"null for a text":                  {head + `"key":null}`, refusal.Text, "key", "null", "a value, or no member"},
		"null for a pointer":               {head + `"choice":{"panel":null}}`, refusal.Text, "choice.panel", "null", "a value, or no member"},
		"null for a list":                  {head + `"items": null}`, refusal.Text, "items", "null", "a value, or no member"},
		"null in a list":                   {head + `"items":[null]}`, refusal.Text, "items[0]", "null", "a value, or no member"},
		"null in a map":                    {head + `"items":[{"names":{"a":null}}]}`, refusal.Text, "items[0].names.a", "null", "a value, or no member"},
		"null for a decoder":               {head + `"open":null}`, refusal.Text, "open", "null", "a value, or no member"},
		"null below a decoder":             {head + `"open":[[null]]}`, refusal.Text, "open[0][0]", "null", "a value, or no member"},
		"null below anything":              {head + `"any":{"a":null}}`, refusal.Text, "any.a", "null", "a value, or no member"},
		"a refused text":                   {head + `"items":[{},{"level":"middle"}]}`, refusal.Text, "items[1].level", `"middle"`, ""},
		"a number for a text of its own":   {head + `"items":[{"level":3}]}`, refusal.Text, "items[0].level", "3", "a value of strictjson_test.Level"},
		"a number for a text":              {head + `"key":3}`, refusal.Text, "key", "3", "a text"},
		"a text for a number":              {head + `"items":[{"weight":"3"}]}`, refusal.Text, "items[0].weight", `"3"`, "a whole number of 8 bits"},
		"a fraction for a number":          {head + `"items":[{"weight":1.5}]}`, refusal.Text, "items[0].weight", "1.5", "a whole number of 8 bits"},
		"a fraction that is whole":         {head + `"items":[{"weight":1e1}]}`, refusal.Text, "items[0].weight", "1e1", "a whole number of 8 bits"},
		"a number too large":               {head + `"items":[{"weight":128}]}`, refusal.Range, "items[0].weight", "128", "a whole number of 8 bits"},
		"a number below zero":              {head + `"pair":[1,-2]}`, refusal.Range, "pair[1]", "-2", "a whole number of 16 bits, not negative"},
		"an array too short":               {head + `"pair":[1]}`, refusal.Range, "pair", "1 elements", "2"},
		"an array too long":                {head + `"pair":[1,2,3]}`, refusal.Range, "pair", "3 elements", "2"},
		"a text for true":                  {head + `"Plain":"true"}`, refusal.Text, "Plain", `"true"`, "true or false"},
		"a list for an object":             {head + `"choice":[]}`, refusal.Text, "choice", "a list", "an object"},
		"an object for a list":             {head + `"items":{}}`, refusal.Text, "items", "an object", "a list"},
		"a text for a list":                {head + `"items":"x"}`, refusal.Text, "items", `"x"`, "a list"},
		"an object for a text":             {head + `"key":{}}`, refusal.Text, "key", "an object", "a text"},
		"a number for a numbered text":     {head + `"far":12}`, refusal.Text, "", "", ""},
		"too deep a list":                  {head + `"any":` + deep(32) + `}`, refusal.Range, "any" + strings.Repeat("[0]", 31), "depth 33", "at most 32"},
		"too deep below a decoder":         {head + `"open":` + deep(32) + `}`, refusal.Range, "open" + strings.Repeat("[0]", 31), "depth 33", "at most 32"},
		"too deep a struct":                {head + `"items":[` + items(16) + `]}`, refusal.Range, "items[0]" + strings.Repeat(".items[0]", 15), "depth 33", "at most 32"},
		"too deep for the parser":          {head + `"any":` + deep(20000) + `}`, refusal.Text, "", "at byte 10029: invalid character '[' exceeded max depth", ""},
		"a long value":                     {head + `"Plain":"` + strings.Repeat("字", 300) + `"}`, refusal.Text, "Plain", "a text of 300 characters", "true or false"},
	} {
		t.Run(name, func(t *testing.T) {
			spec := Spec{Head: Head{Key: "before"}}
			err := strictjson.Unmarshal([]byte(test.text), document, &spec)
			var refused *refusal.Error
			require.ErrorAs(t, err, &refused)
			assert.Equal(t, test.kind, refused.Kind)
			assert.Equal(t, test.where, refused.Where)
			assert.Equal(t, test.got, refused.Got)
			assert.Equal(t, test.want, refused.Want)
			assert.Equal(t, Spec{Head: Head{Key: "before"}}, spec, "a refused document changes nothing")
		})
	}
}

// A person may stand in the wrong place of a document: a number as a member, as a
// value, or as the key of a map.
func TestAnErrorShowsNoPersonInTheWrongPlace(t *testing.T) {
	const head, number, name = `{"union":"test.spec/1",`, "110105194912310020", "张三"
	for place, text := range map[string]string{
		"a number for a text":   head + `"key":` + number + `}`,
		"a text for a number":   head + `"items":[{"weight":"` + number + `"}]}`,
		"an escaped text":       head + `"items":[{"weight":"\u00311` + number[2:] + `"}]}`,
		"a refused text":        head + `"items":[{"level":"` + number + `"}]}`,
		"a number out of range": head + `"items":[{"weight":` + number + `}]}`,
		"an unknown member":     head + `"` + number + `":1}`,
		"an unknown document":   `{"union":"` + number + `"}`,
		"a refused entry":       head + `"items":[{"names":{"` + number + `":1}}]}`,
		"an entry twice":        head + `"items":[{"names":{"` + number + `":"","` + number + `":""}}]}`,
		"a member twice":        head + `"key":"` + name + `","key":"` + name + `"}`,
		"a list for a text":     head + `"key":["` + name + `"]}`,
		"an object for a text":  head + `"key":{"name":"` + name + `"}}`,
	} {
		_, err := read(text)
		require.Error(t, err, place)
		var refused *refusal.Error
		require.ErrorAs(t, err, &refused, place)
		for _, shown := range []string{refused.Error(), refused.Where, refused.Got, refused.Want} {
			assert.NotContains(t, shown, number, place)
			assert.NotContains(t, shown, name, place)
		}
	}
}

func TestOfTwoMembersInAnotherCaseTheFirstIsMeant(t *testing.T) {
	for range 5 {
		var spec struct{ Name, NAME, NaMe string }
		err := strictjson.Unmarshal([]byte(`{"union":"test.spec/1","name":"a"}`), document, &spec)
		require.EqualError(t, err, `name: not known: got "name", want "NAME"`)
	}
}

func TestTheDeepestAndTheLongestDocumentAreStillRead(t *testing.T) {
	_, err := read(`{"union":"test.spec/1","any":` + strings.Repeat("[", 31) + strings.Repeat("]", 31) + `}`)
	require.NoError(t, err)
	frame := len(`{"union":"test.spec/1","key":""}`)
	_, err = read(`{"union":"test.spec/1","key":"` + strings.Repeat("a", strictjson.MaxLength-frame) + `"}`)
	require.NoError(t, err)
}

func TestWhatAValuesOwnDecoderSaysIsTheCause(t *testing.T) {
	_, err := read(`{"union":"test.spec/1","items":[{"level":"middle"}]}`)
	require.ErrorIs(t, err, errLevel)
	require.EqualError(t, err, "items[0].level: cannot be read: no such level")
}

type headed struct {
	Union string
}

type ownForm struct {
	Open
	Key string `json:"key"`
}

func TestOnlyAPlainStructIsADocument(t *testing.T) {
	text := []byte(`{"union":"test.spec/1"}`)
	var none *Spec
	for name, target := range map[string]any{
		"nothing": nil, "no pointer": Spec{}, "a nil pointer": none, "a map": &map[string]any{},
		"a member that is the header": &headed{}, "a form of its own": &ownForm{}, "a text": &Level{},
	} {
		t.Run(name, func(t *testing.T) {
			require.Error(t, strictjson.Unmarshal(text, document, target))
		})
	}
	for name, spec := range map[string]any{
		"nothing": nil, "a map": map[string]any{}, "a list": []int{}, "a nil pointer": none,
		"a member that is the header": headed{}, "a form of its own": ownForm{},
		"no JSON": struct{ C chan int }{make(chan int)}, "not UTF-8": Spec{Head: Head{Key: "\xff"}},
		"not UTF-8 after an escape":       Spec{Head: Head{Key: "\\\n\xff"}},
		"a nil list that is not left out": struct{ L []int }{},
		"a member twice":                  Spec{Open: &Open{`{"a":1,"a":2}`}},
		"too deep":                        Spec{Open: &Open{strings.Repeat("[", 32) + strings.Repeat("]", 32)}},
		"too long":                        Spec{Head: Head{Key: strings.Repeat("a", strictjson.MaxLength)}},
	} {
		t.Run("written: "+name, func(t *testing.T) {
			_, err := strictjson.Marshal(document, spec)
			require.Error(t, err)
		})
	}
	_, err := strictjson.Marshal("", Spec{})
	require.Error(t, err)
	_, err = strictjson.Marshal("\xff", Spec{})
	require.Error(t, err)
}

// assertBytes compares JSON to the byte: what is canonical is not only alike.
func assertBytes(t *testing.T, want string, got []byte) {
	t.Helper()
	assert.Equal(t, want, string(got))
}

func TestADocumentIsWrittenCanonically(t *testing.T) {
	spec := Spec{
		Head:  Head{Key: `<&> 安 \ufffd ` + "\uFFFD"},
		Items: []Item{{Weight: 1, Names: map[string]string{"b": "2", "a": "1"}}},
		Open:  &Open{`{ "z" : 1 }`},
	}
	const want = `{"union":"test.spec/1","key":"<&> 安 \\ufffd ` + "\uFFFD" +
		`","items":[{"weight":1,"names":{"a":"1","b":"2"}}],"open":{"z":1},"Plain":false}`
	got, err := strictjson.Marshal(document, spec)
	require.NoError(t, err)
	assertBytes(t, want, got)
	fromPointer, err := strictjson.Marshal(document, &spec)
	require.NoError(t, err)
	assertBytes(t, want, fromPointer)
	empty, err := strictjson.Marshal(document, struct{}{})
	require.NoError(t, err)
	assertBytes(t, `{"union":"test.spec/1"}`, empty)
}

// Types with members that hide each other.
type (
	deeper struct {
		Same string `json:"same"`
		Deep string `json:"deep"`
	}
	left struct {
		deeper
		Same   string `json:"same"`
		Clash  string
		Tagged string
	}
	right struct {
		Clash string
		Other string `json:"Tagged"`
	}
	named struct {
		Deep string `json:"deep"`
	}
	Kind   string
	twins  struct{ Twin string }
	First  struct{ twins }
	Second struct{ twins }
	hiding struct {
		left
		*right
		named `json:"named"`
		Named named `json:"Named"`
		Kind
		First
		Second
	}
)

func TestMembersAreThoseOfEncodingJSON(t *testing.T) {
	for _, name := range []string{"same", "deep", "Clash", "Tagged", "Other", "named", "Named", "Kind", "Twin", "left", "First"} {
		value := `"x"`
		if name == "Named" {
			value = `{"deep":"x"}`
		}
		text := fmt.Sprintf(`{"union":"test.spec/1",%q:%s}`, name, value)
		decoder := json.NewDecoder(strings.NewReader(strings.Replace(text, `"union":"test.spec/1",`, "", 1)))
		decoder.DisallowUnknownFields()
		lenient := decoder.Decode(&hiding{left: left{}, right: &right{}})
		strict := strictjson.Unmarshal([]byte(text), document, &hiding{})
		if lenient == nil || strings.Contains(lenient.Error(), "embedded pointer") {
			var refused *refusal.Error
			if errors.As(strict, &refused) {
				assert.NotEqual(t, refusal.Unknown, refused.Kind, name)
			}
			continue
		}
		require.Error(t, strict, name)
	}
}

func TestTheShallowerMemberHidesTheDeeperOfAnotherType(t *testing.T) {
	type Deep struct{ Same int }
	var spec struct {
		Deep
		Same string
	}
	require.NoError(t, strictjson.Unmarshal([]byte(`{"union":"test.spec/1","Same":"x"}`), document, &spec))
	assert.Equal(t, "x", spec.Same)
	require.Error(t, strictjson.Unmarshal([]byte(`{"union":"test.spec/1","Same":3}`), document, &spec))
}

// readsBack states that what is written is read as the same value, and that
// what is read is written as the same bytes.
func readsBack(write func(Spec) ([]byte, error)) laws.Law {
	return func(t *rapid.T) error {
		text := rapid.StringMatching(`[a-z<>&"\\安全]{0,6}`)
		item := rapid.Custom(func(t *rapid.T) Item {
			return Item{
				Weight: rapid.Int8().Draw(t, "weight"),
				Level:  Level{rapid.IntRange(1, 2).Draw(t, "level")},
				Names:  rapid.MapOfN(text, text, 1, 4).Draw(t, "names"),
			}
		})
		spec := Spec{
			Head:  Head{Key: text.Draw(t, "key")},
			Items: rapid.SliceOfN(item, 1, 3).Draw(t, "items"),
			Far:   rapid.Int64Min(1).Draw(t, "far"),
		}
		data, err := write(spec)
		if err != nil {
			return err
		}
		again, err := read(string(data))
		if err != nil {
			return err
		}
		if !assert.ObjectsAreEqual(spec, again) {
			return fmt.Errorf("wrote %+v, read %+v", spec, again)
		}
		rewritten, err := write(again)
		if err != nil {
			return err
		}
		if string(rewritten) != string(data) {
			return fmt.Errorf("wrote %s, then %s", data, rewritten)
		}
		return nil
	}
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	laws.Holds(t, readsBack(func(spec Spec) ([]byte, error) { return strictjson.Marshal(document, spec) }))
	laws.Rejects(t, readsBack(func(spec Spec) ([]byte, error) { // writes maps in their own order
		data, err := strictjson.Marshal(document, spec)
		for _, item := range spec.Items {
			var entries []string
			for key, value := range item.Names {
				k, _ := json.Marshal(key)
				v, _ := json.Marshal(value)
				entries = append(entries, string(k)+":"+string(v))
			}
			sorted, _ := json.Marshal(item.Names)
			data = []byte(strings.Replace(string(data), string(sorted), "{"+strings.Join(entries, ",")+"}", 1))
		}
		return data, err
	}))
}

func FuzzUnmarshal(f *testing.F) {
	f.Add(`{"union":"test.spec/1"}`)
	f.Add(`{"union":"test.spec/1","key":"a","items":[{"weight":1,"level":"low","names":{"a":"b"},"items":[]}]}`)
	f.Add(`{"union":"test.spec/1","pair":[1,2],"choice":{"panel":{"weight":1}},"levels":{"low":1},"places":{"1":2}}`)
	f.Add(`{"union":"test.spec/1","open":{"a":[1]},"any":{"b":[true]},"blob":"AQI=","far":"1","Plain":true}`)
	f.Add(`{"union":"test.spec/2"}`)
	f.Add(`{"union":"test.spec/1","key":null,"key":1}`)
	f.Add(`[[[[`)
	f.Fuzz(func(t *testing.T, text string) {
		before := Spec{Head: Head{Key: "before"}}
		spec := before
		if err := strictjson.Unmarshal([]byte(text), document, &spec); err != nil {
			var refused *refusal.Error
			require.ErrorAs(t, err, &refused)
			require.NotEmpty(t, refused.Kind.String())
			require.Equal(t, before, spec)
			return
		}
		data, err := strictjson.Marshal(document, spec)
		require.NoError(t, err)
		again, err := read(string(data))
		require.NoError(t, err)
		rewritten, err := strictjson.Marshal(document, again)
		require.NoError(t, err)
		require.Equal(t, string(data), string(rewritten))
	})
}

// What Check refuses is refused whatever the members are; null alone is for the
// caller to refuse, who knows what stands there.
func TestCheckLooksAtNoNames(t *testing.T) {
	for text, want := range map[string]string{
		`{"any":[{"thing":1.50}]}`: "",
		`[1,"a",true]`:             "",
		`null`:                     "",
		`{"a":{"b":[null]}}`:       "a.b[0]: cannot be read: got null, want a value, or no member",
		`[{"a":1,"a":1}]`:          "[0].a: given more than once",
		`{"a":1}{}`:                "cannot be read: got at byte 8: invalid character '{' after top-level value",
		"\"\xff\"":                 "cannot be read: got bytes that are not UTF-8",
		strings.Repeat("[", 33) + strings.Repeat("]", 33): strings.Repeat("[0]", 32) + ": out of range: got depth 33, want at most 32",
	} {
		err := strictjson.Check([]byte(text))
		if want == "" {
			require.NoError(t, err, text)
			continue
		}
		require.EqualError(t, err, want)
	}
}
