// Package strictjson reads and writes rule documents more strictly than
// encoding/json does, since a rule that is misread judges wrongly in silence.
//
// A document is one JSON object that names its kind and number in the member
// "union", as in {"union":"aid.standard/1", …}. The other members are those of
// a plain struct, as encoding/json would inline and name them.
package strictjson

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/unioncampaign/union/internal/quote"
	"github.com/unioncampaign/union/internal/refusal"
)

// The bounds of a document. No published rule comes near them; they keep a
// hostile text from costing more than a glance.
const (
	MaxLength = 1 << 20 // bytes
	MaxDepth  = 32      // objects and arrays within each other, the document itself being the first
)

// header is the member that names the kind and number of a document.
const header = "union"

// Marshal returns the canonical JSON of spec as a document of the kind and
// number named: one object without blanks, "union" first, then the members of
// spec in the order of its fields, the keys of maps sorted, no character
// escaped for HTML's sake. Equal specs give equal bytes.
//
// What could not be read again is not written. Its errors, each an [*refusal.Error]:
//   - [refusal.Text], for an empty document name, for a spec that is no struct or has no
//     JSON, for text that is not UTF-8, which encoding/json would replace, so
//     that two different specs would be written alike, and for null: a member
//     that may be nil is to be marked omitempty;
//   - [refusal.Range], for what is longer than [MaxLength] or deeper than [MaxDepth];
//   - [refusal.Repeated], for a spec that has a member "union" of its own.
func Marshal(document string, spec any) ([]byte, error) {
	if document == "" {
		return nil, &refusal.Error{Kind: refusal.Text, Where: header, Want: "the name of a document"}
	}
	value := reflect.Indirect(reflect.ValueOf(spec))
	if value.Kind() != reflect.Struct {
		return nil, &refusal.Error{Kind: refusal.Text, Got: typeName(spec), Want: "a struct"}
	}
	if err := checkPlain(value.Type()); err != nil {
		return nil, err
	}
	name, err := encode(document)
	if err != nil {
		return nil, err
	}
	// A copy that has an address, so that encoders with a pointer receiver are
	// asked whether or not spec is a pointer.
	whole := reflect.New(value.Type())
	whole.Elem().Set(value)
	members, err := encode(whole.Interface())
	if err != nil {
		return nil, err
	}
	data := append([]byte(`{"`+header+`":`), name...)
	if len(members) > len("{}") {
		data = append(data, ',')
	}
	data = append(data, members[1:]...)
	if err := Check(data); err != nil {
		return nil, err
	}
	return data, nil
}

// Check refuses what [Unmarshal] would refuse whatever it reads into, without
// asking what the members are: text that is no JSON or not UTF-8, null within
// it, a member given twice, and what is beyond the bounds. The error is an
// [*refusal.Error].
func Check(data []byte) error {
	if err := checkText(data); err != nil {
		return err
	}
	return reader{}.form(data, "", 1)
}

// encode returns the JSON of value without HTML escapes and without a newline.
func encode(value any) ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, &refusal.Error{Kind: refusal.Text, Cause: err}
	}
	data := bytes.TrimSuffix(text.Bytes(), []byte("\n"))
	if writesReplacement(data) {
		return nil, &refusal.Error{Kind: refusal.Text, Got: "a text that is not UTF-8"}
	}
	return data, nil
}

// writesReplacement reports whether data holds the escape \ufffd, which
// encoding/json writes only in place of bytes that are not UTF-8: the character
// itself is written as it is.
func writesReplacement(data []byte) bool {
	const escape = `\ufffd`
	for {
		at := bytes.IndexByte(data, '\\')
		if at < 0 {
			return false
		}
		if bytes.HasPrefix(data[at:], []byte(escape)) {
			return true
		}
		data = data[at+2:] // the backslash and what it escapes
	}
}

// Unmarshal reads into spec, a pointer to a plain struct, a document of the kind
// and number named. A value whose type has a decoder of its own
// ([json.Unmarshaler] or [encoding.TextUnmarshaler]) is handed to it whole.
// On error spec is unchanged. The first error met is reported, an [*refusal.Error]:
//   - [refusal.Text], for anything but a pointer to a struct, for what is no JSON
//     document or not UTF-8, for anything after the document, for null
//     anywhere, and for a value of another JSON type than its place holds, or
//     that its own decoder refuses;
//   - [refusal.Range], for a document longer than [MaxLength] or deeper than
//     [MaxDepth], for a number that its place cannot hold, and for an array of
//     another length than its place has;
//   - [refusal.Unknown], for a document without the member "union" or of another kind
//     or number, both of which it names, and for a member that the struct does
//     not have, in whatever depth; a member in another case is not known;
//   - [refusal.Repeated], for a member given twice, in whatever depth, also below a
//     value that has its own decoder.
func Unmarshal(data []byte, document string, spec any) error {
	target := reflect.ValueOf(spec)
	if target.Kind() != reflect.Pointer || target.IsNil() || target.Elem().Kind() != reflect.Struct {
		return &refusal.Error{Kind: refusal.Text, Got: typeName(spec), Want: "a pointer to a struct"}
	}
	shape := target.Elem().Type()
	if err := checkPlain(shape); err != nil {
		return err
	}
	if err := checkText(data); err != nil {
		return err
	}
	if err := checkDocument(data, document); err != nil {
		return err
	}
	reader := reader{fields: map[reflect.Type]map[string]reflect.Type{}}
	if err := reader.object(data, shape, "", 1, true); err != nil {
		return err
	}
	// Every member is now known to be one of the struct's or the header, which
	// encoding/json passes over.
	fresh := reflect.New(shape)
	if err := json.Unmarshal(data, fresh.Interface()); err != nil {
		return &refusal.Error{Kind: refusal.Text, Cause: err}
	}
	target.Elem().Set(fresh.Elem())
	return nil
}

// checkPlain refuses a struct that could not be a document: one with a decoder
// or encoder of its own, which would take the members for itself, or with a
// member that encoding/json would take for the header.
func checkPlain(shape reflect.Type) error {
	if hasDecoder(shape) || hasEncoder(shape) {
		return &refusal.Error{Kind: refusal.Text, Got: shape.String(), Want: "a struct without a JSON form of its own"}
	}
	for name := range fieldsOf(shape) {
		if strings.EqualFold(name, header) {
			return &refusal.Error{Kind: refusal.Repeated, Where: header, Got: shape.String()}
		}
	}
	return nil
}

// checkText refuses what is too long, not UTF-8 or no JSON value.
func checkText(data []byte) error {
	if len(data) > MaxLength {
		return &refusal.Error{
			Kind: refusal.Range, Got: strconv.Itoa(len(data)) + " bytes",
			Want: "at most " + strconv.Itoa(MaxLength),
		}
	}
	if !utf8.Valid(data) {
		return &refusal.Error{Kind: refusal.Text, Got: "bytes that are not UTF-8"}
	}
	var whole json.RawMessage
	err := json.Unmarshal(data, &whole)
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return &refusal.Error{Kind: refusal.Text, Got: "at byte " + strconv.FormatInt(syntax.Offset, 10) + ": " + syntax.Error()}
	}
	return nil
}

// checkDocument refuses a document of another kind or number. It goes before
// the members are looked at: the members of a later number may well be unknown,
// and that is not what is wrong with it.
func checkDocument(data []byte, document string) error {
	if kind := kindOf(data); kind != '{' {
		return &refusal.Error{Kind: refusal.Text, Got: quoted(data), Want: "an object"}
	}
	for _, member := range membersOf(data) {
		if member.name != header {
			continue
		}
		var name string
		if json.Unmarshal(member.value, &name) != nil || name != document || kindOf(member.value) != '"' {
			return &refusal.Error{Kind: refusal.Unknown, Where: header, Got: quoted(member.value), Want: strconv.Quote(document)}
		}
		return nil
	}
	return &refusal.Error{Kind: refusal.Unknown, Where: header, Got: "nothing", Want: strconv.Quote(document)}
}

// A member is one name and value of a JSON object.
type member struct {
	name  string
	value json.RawMessage
}

// membersOf returns the members of an object in order and with repetitions.
// The whole text is known to be JSON, so nothing in it can fail.
func membersOf(data []byte) []member {
	decoder := json.NewDecoder(bytes.NewReader(data))
	var members []member
	_, _ = decoder.Token() // {
	for decoder.More() {
		name, _ := decoder.Token()
		var each member
		each.name, _ = name.(string)
		_ = decoder.Decode(&each.value)
		members = append(members, each)
	}
	return members
}

// elementsOf returns the elements of an array, likewise.
func elementsOf(data []byte) []json.RawMessage {
	decoder := json.NewDecoder(bytes.NewReader(data))
	var elements []json.RawMessage
	_, _ = decoder.Token() // [
	for decoder.More() {
		var each json.RawMessage
		_ = decoder.Decode(&each)
		elements = append(elements, each)
	}
	return elements
}

// kindOf returns the first byte of a value known to be JSON: { [ " t f n - or a
// digit.
func kindOf(data []byte) byte {
	trimmed := bytes.TrimLeft(data, " \t\r\n")
	if len(trimmed) == 0 {
		return 0
	}
	return trimmed[0]
}

// quoted returns what a value was as part of a message: what of it an error may
// show, since a rule may hold a person in the wrong place.
func quoted(data []byte) string {
	switch kindOf(data) {
	case '{':
		return "an object"
	case '[':
		return "a list"
	case '"':
		var text string
		_ = json.Unmarshal(data, &text) // known to be JSON
		return quote.Key(text)
	}
	return strings.Trim(quote.Key(string(bytes.TrimSpace(data))), `"`)
}

// typeName returns the type of value for a message.
func typeName(value any) string {
	if value == nil {
		return "nil"
	}
	return reflect.TypeOf(value).String()
}
