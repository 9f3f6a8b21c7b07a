package union_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/laws"
)

// The canaries: no output may have one.
const (
	canaryName = laws.CanaryName
	canaryID   = laws.CanaryID
	canaryCode = laws.CanaryFirm
)

// file keeps a canary where fmt cannot reach its methods.
type file struct {
	canary  laws.Canary
	pointer *laws.Canary
	list    []laws.Canary
	byName  map[union.Name]union.IDNumber
	any     any
}

// donor has the methods of the name that it embeds.
type donor struct{ union.Name }

// assertSilent fails if text has a canary in any shape.
func assertSilent(t *testing.T, text, how string) {
	t.Helper()
	assert.Empty(t, laws.CanariesIn(text), how)
}

// carriers are all the ways in which a program may hold the canaries.
func carriers(t *testing.T) []any {
	p := laws.NewCanary(t)
	f := file{canary: p, pointer: &p, list: []laws.Canary{p}, byName: map[union.Name]union.IDNumber{p.Name: p.ID}, any: p}
	return []any{
		p.Name, p.ID, p.Firm, &p.Name, &p.ID, &p.Firm,
		p, &p, []laws.Canary{p}, [1]laws.Canary{p}, []*laws.Canary{&p}, []any{p.Name, p.ID, p.Firm},
		map[string]laws.Canary{"a": p}, map[union.Name]union.IDNumber{p.Name: p.ID}, map[union.IDNumber]bool{p.ID: true},
		f, &f, []file{f}, struct{ any }{p}, donor{p.Name},
		fmt.Errorf("no file of %v", p), errors.Join(fmt.Errorf("%s", p.Name), fmt.Errorf("%q", p.ID)),
		fmt.Errorf("wrapped: %w", fmt.Errorf("%+v", f)),
	}
}

func TestNoVerbPrintsWhatIsMasked(t *testing.T) {
	for _, carrier := range carriers(t) {
		for _, verb := range []string{
			"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "% x", "%#x", "%d", "%c", "%U", "%b", "%t", "%p", "%e", "%10s", "%-80v", "%.99s", "%+q", "%#q", "%w", "%T", "%z",
		} {
			assertSilent(t, fmt.Sprintf(verb, carrier), verb)
		}
		assertSilent(t, fmt.Sprint(carrier)+fmt.Sprintln(carrier), "print")
	}
}

func TestNoLogShowsWhatIsMasked(t *testing.T) {
	for _, carrier := range carriers(t) {
		var out bytes.Buffer
		for _, handler := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
			log := slog.New(handler).With("with", carrier).WithGroup("group")
			log.Info("logged", "value", carrier, slog.Any("any", carrier), slog.Group("inner", "value", carrier))
		}
		assertSilent(t, out.String(), fmt.Sprintf("slog of %T", carrier))
	}
}

func TestNoEncodingShowsWhatIsMasked(t *testing.T) {
	for _, carrier := range carriers(t) {
		if data, err := json.Marshal(carrier); err == nil {
			assertSilent(t, string(data), fmt.Sprintf("JSON of %T", carrier))
		}
		if data, err := xml.Marshal(carrier); err == nil {
			assertSilent(t, string(data), fmt.Sprintf("XML of %T", carrier))
		}
	}
	data, err := json.Marshal(laws.NewCanary(t))
	require.NoError(t, err)
	assert.JSONEq(t, `{"name":"欧****","id":"110105**********2X","firm":"91************0Y43"}`, string(data))
}

func TestADatabaseIsGivenTheMask(t *testing.T) {
	p := laws.NewCanary(t)
	name, err := p.Name.Value()
	require.NoError(t, err)
	id, err := p.ID.Value()
	require.NoError(t, err)
	firm, err := p.Firm.Value()
	require.NoError(t, err)
	assert.Equal(t, []any{"欧****", "110105**********2X", "91************0Y43"}, []any{name, id, firm})
	for _, zero := range []any{first(union.Name{}.Value()), first(union.IDNumber{}.Value()), first(union.CreditCode{}.Value())} {
		assert.Nil(t, zero, "no text is NULL")
	}
}

func first(value any, _ error) any { return value }

func TestFaultsDoNotQuoteWhatTheyRefuse(t *testing.T) {
	var p laws.Canary
	var amount union.Money
	var register union.Register
	_, name := union.NewName(canaryName + "*")
	_, long := union.NewName(strings.Repeat(canaryName, 20))
	_, unprintable := union.NewName(canaryName + "\n")
	_, space := union.NewName(" " + canaryName)
	_, id := union.ParseIDNumber(canaryID[:17] + "1")
	_, short := union.ParseIDNumber(canaryID[:17])
	_, code := union.ParseCreditCode(canaryCode[:17] + "1")
	_, half := union.ParseCreditCode(canaryCode[:16])
	_, token := register.Add(canaryID)
	_, asAmount := union.ParseMoney(canaryID)
	_, asWan := union.ParseWan(canaryName)
	_, asCapitals := union.ParseCapitals(canaryName)
	for _, err := range []error{
		name, long, unprintable, space, id, short, code, half, token, asAmount, asWan, asCapitals,
		json.Unmarshal([]byte(`{"name":"`+canaryName+`*"}`), &p),
		json.Unmarshal([]byte(`{"id":"`+canaryID[:17]+`1"}`), &p),
		json.Unmarshal([]byte(`{"id":110105194912310021}`), &p),
		json.Unmarshal([]byte(`{"firm":"`+canaryCode+`1"}`), &p),
		p.Name.Scan(canaryName + "＊"), p.ID.Scan(canaryID + "1"), p.Firm.Scan([]byte(canaryCode + "1")),
		p.ID.UnmarshalText([]byte(canaryID + " ")), amount.Scan(canaryID),
	} {
		require.Error(t, err)
		require.NotEmpty(t, union.Faults(err), "every error is a fault")
		assertSilent(t, fmt.Sprintf("%v %+v %#v %s %q", err, err, union.Faults(err)[0].Finding, err, err), "fault")
	}
	assert.Zero(t, p)
}

func TestWhatIsMaskedIsNotReadBack(t *testing.T) {
	p := laws.NewCanary(t)
	data, err := json.Marshal(p)
	require.NoError(t, err)
	var read laws.Canary
	require.ErrorIs(t, json.Unmarshal(data, &read), union.ErrText)
	assert.Zero(t, read)
	require.ErrorIs(t, read.Name.UnmarshalText([]byte(p.Name.String())), union.ErrText)
	require.ErrorIs(t, read.ID.UnmarshalText([]byte(p.ID.String())), union.ErrText)
	require.ErrorIs(t, read.Firm.UnmarshalText([]byte(p.Firm.String())), union.ErrText)
	require.ErrorIs(t, read.Name.Scan(p.Name.String()), union.ErrText)
	assert.Zero(t, read)
}

func TestTheWholeTextIsReadFromEveryEncoding(t *testing.T) {
	want := laws.NewCanary(t)
	var fromJSON laws.Canary
	require.NoError(t, json.Unmarshal([]byte(`{"name":"欧阳不\u53ef见","id":"11010519491231002x","firm":"`+canaryCode+`"}`), &fromJSON))
	assert.Equal(t, want, fromJSON)
	var fromText, fromStrings, fromBytes laws.Canary
	require.NoError(t, fromText.Name.UnmarshalText([]byte(canaryName)))
	require.NoError(t, fromText.ID.UnmarshalText([]byte(canaryID)))
	require.NoError(t, fromText.Firm.UnmarshalText([]byte(canaryCode)))
	require.NoError(t, fromStrings.Name.Scan(canaryName))
	require.NoError(t, fromStrings.ID.Scan(canaryID))
	require.NoError(t, fromStrings.Firm.Scan(canaryCode))
	require.NoError(t, fromBytes.Name.Scan([]byte(canaryName)))
	require.NoError(t, fromBytes.ID.Scan([]byte(canaryID)))
	require.NoError(t, fromBytes.Firm.Scan([]byte(canaryCode)))
	assert.Equal(t, []laws.Canary{want, want, want}, []laws.Canary{fromText, fromStrings, fromBytes})
	for whole, got := range map[string]string{canaryName: fromText.Name.Reveal(), canaryID: fromText.ID.Reveal(), canaryCode: fromText.Firm.Reveal()} {
		assert.Equal(t, whole, got)
	}
}

func TestNothingIsReadAsTheZeroValueAndWrittenAsNothing(t *testing.T) {
	p := laws.NewCanary(t)
	require.NoError(t, json.Unmarshal([]byte(`{"name":"","id":"","firm":""}`), &p))
	assert.Equal(t, laws.Canary{}, p)
	p = laws.NewCanary(t)
	require.NoError(t, p.Name.Scan(nil))
	require.NoError(t, p.ID.Scan(nil))
	require.NoError(t, p.Firm.Scan(nil))
	assert.Equal(t, laws.Canary{}, p)
	assert.True(t, p.Name.IsZero() && p.ID.IsZero() && p.Firm.IsZero())
	assert.Empty(t, p.Name.Reveal()+p.ID.Reveal()+p.Firm.Reveal()+p.Name.String())
	assert.Equal(t, `{  } ""`, fmt.Sprintf("%v %q", p, p.Name))
	data, err := json.Marshal(p)
	require.NoError(t, err)
	assert.JSONEq(t, `{"name":"","id":"","firm":""}`, string(data))
}

func TestOtherValuesAreRefusedAndNothingIsChanged(t *testing.T) {
	want := laws.NewCanary(t)
	p := want
	for _, data := range []string{`null`, `7`, `true`, `{}`, `"`, `"\u12"`, ``} {
		require.ErrorIs(t, p.Name.UnmarshalJSON([]byte(data)), union.ErrText, data)
		require.ErrorIs(t, p.ID.UnmarshalJSON([]byte(data)), union.ErrText, data)
		require.ErrorIs(t, p.Firm.UnmarshalJSON([]byte(data)), union.ErrText, data)
	}
	for _, source := range []any{int64(7), 7.5, true} {
		require.ErrorIs(t, p.Name.Scan(source), union.ErrText)
		require.ErrorIs(t, p.ID.Scan(source), union.ErrText)
		require.ErrorIs(t, p.Firm.Scan(source), union.ErrText)
	}
	assert.Equal(t, want, p)
}

func TestEqualTextsAreOneValueAndOneKey(t *testing.T) {
	a, b := laws.NewCanary(t), laws.NewCanary(t)
	assert.Equal(t, a, b)
	seen := map[laws.Canary]int{a: 1}
	seen[b]++
	assert.Len(t, seen, 1)
	assert.NotEqual(t, union.MustNewName("王明"), union.MustNewName("王朋"), "names of one mask are not one name")
}

func TestFormatsKeepWidthAndQuotes(t *testing.T) {
	p := laws.NewCanary(t)
	assert.Equal(t, "|欧****     |", fmt.Sprintf("|%-10s|", p.Name))
	assert.Equal(t, `"110105**********2X"`, fmt.Sprintf("%q", p.ID))
	assert.Equal(t, "%!d(string=91************0Y43)", fmt.Sprintf("%d", p.Firm))
}

func FuzzMaskedJSON(f *testing.F) {
	for _, seed := range []string{`"欧阳不可见"`, `"11010519491231002X"`, `"91350100M000100Y43"`, `null`, `""`, `"\ud800"`, `"\u0000"`, `"`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var p laws.Canary
		var text string
		plain := json.Unmarshal(data, &text) == nil && !bytes.Equal(bytes.TrimSpace(data), []byte("null"))
		for _, err := range []error{
			json.Unmarshal(data, &p.Name), json.Unmarshal(data, &p.ID), json.Unmarshal(data, &p.Firm),
		} {
			if err == nil {
				assert.True(t, plain, "only a string is read")
			}
		}
		if !p.Name.IsZero() {
			assert.Equal(t, text, p.Name.Reveal())
		}
		if !p.Firm.IsZero() {
			assert.Equal(t, text, p.Firm.Reveal())
		}
		if !p.ID.IsZero() {
			assert.Len(t, p.ID.Reveal(), 18)
		}
	})
}
