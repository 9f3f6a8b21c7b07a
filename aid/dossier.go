package aid

import (
	"maps"
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// dossierDocument names the JSON of a DossierForm.
const dossierDocument = "aid.dossier/1"

// A DossierFormSpec describes one edition of the form on which a household's file is
// filled in (困难职工档案表): which fields it has, which of them must be filled in, and
// from which list of codes. Editions differ: in the kinds of health and of dwelling,
// in the bands of floor space, in what is marked as required.
type DossierFormSpec struct {
	union.Rule
	Fields []FormField `json:"fields"`
}

// A FormField is one field of a form. Its value is text, one of its terms or, where
// it has bands, a number that lies in one of them; terms and bands exclude each
// other.
type FormField struct {
	Key      string       `json:"key"`
	Title    string       `json:"title"`
	Required bool         `json:"required,omitempty"` // marked with * on the form
	Terms    []union.Term `json:"terms,omitempty"`
	Bands    []union.Band `json:"bands,omitempty"` // from 0 up, such as "(0,20]", "(20,50]" and "(50,)"
}

// A DossierForm is a checked DossierFormSpec. It never changes. The zero DossierForm
// has no field.
type DossierForm struct {
	spec  DossierFormSpec
	id    union.RuleID
	terms []union.Codes // by field; zero: no list
	bands []union.Bands // by field; zero: none
}

// NewDossierForm returns the form that spec describes. It reports all the faults it
// finds, joined, each placed in spec:
//   - [union.ErrMissing], for a key, version, title, source or field that is not
//     given;
//   - [union.ErrText], for a key that is not of letters, digits, - and _, and
//     [union.ErrRepeated], for one given twice and for a field with terms and bands;
//   - [union.ErrUnknown], for a term within another: the lists have no parts;
//   - those of [union.NewBands], for bands with a hole or an overlap, which reach
//     from 0 or from just above it without end;
//   - those of [union.IdentifyRule], such as [union.ErrText] for text that is not
//     UTF-8.
func NewDossierForm(spec DossierFormSpec) (DossierForm, error) {
	d := DossierForm{spec: spec.clone()}
	var faults union.FaultList
	faults.Within("", d.spec.Check())
	if len(d.spec.Fields) == 0 {
		faults.Add(union.ErrMissing, "fields", "", "")
	}
	seen := map[string]bool{}
	for i, field := range d.spec.Fields {
		d.add(&faults, union.Indexed("fields", i), field, seen)
	}
	if err := faults.Err(); err != nil {
		return DossierForm{}, err
	}
	var err error
	if d.id, err = union.IdentifyRule(dossierDocument, d.spec); err != nil {
		return DossierForm{}, err
	}
	return d, nil
}

// add checks a field and makes its list or bands.
func (d *DossierForm) add(faults *union.FaultList, where string, field FormField, seen map[string]bool) {
	faults.Key(where+".key", field.Key, seen)
	faults.Given(where+".title", field.Title)
	var codes union.Codes
	var bands union.Bands
	var err error
	switch {
	case len(field.Terms) > 0 && len(field.Bands) > 0:
		faults.Add(union.ErrRepeated, where, "terms and bands", "one of the two")
	case len(field.Terms) > 0:
		checkTerms(faults, where+".terms", field.Terms)
		codes, err = listOf(d.spec.Rule, field.Key, field.Terms)
		if faults.Err() == nil {
			faults.Within(where+".terms", err)
		}
	case len(field.Bands) > 0:
		scale := gross.possible()
		if !field.takesZero() {
			scale = union.MoreThan(union.Whole(0))
		}
		bands, err = union.NewBands(union.BandsSpec{Scale: scale, List: field.Bands})
		faults.Within(where+".bands", err)
	}
	d.terms, d.bands = append(d.terms, codes), append(d.bands, bands)
}

// takesZero reports whether zero lies in a band.
func (f FormField) takesZero() bool {
	return slices.ContainsFunc(f.Bands, func(b union.Band) bool { return b.In.Contains(union.Whole(0)) })
}

func (s DossierFormSpec) clone() DossierFormSpec {
	s.Fields = slices.Clone(s.Fields)
	for i := range s.Fields {
		s.Fields[i].Terms, s.Fields[i].Bands = slices.Clone(s.Fields[i].Terms), slices.Clone(s.Fields[i].Bands)
	}
	return s
}

// Check reports what keeps a form as it was filled in, by the keys of its fields,
// from being taken: a required field that is empty, a term that the edition does not
// list, a number that is none or lies in no band, and a field that the edition does
// not have. Findings stand in the order of the form, strange fields last. Nothing is
// repaired: such a file is sent back. Of a value that is longer than 64 bytes, or has
// as many digits as a person's number, only the length is told.
func (d DossierForm) Check(filled map[string]string) []union.Finding {
	var found []union.Finding
	for i, field := range d.spec.Fields {
		value := filled[field.Key]
		switch err := d.checkValue(i, value); {
		case value == "" && field.Required:
			found = append(found, union.Finding{Where: field.Key, Rule: field.Title + ": must be filled in"})
		case value != "" && err != nil:
			found = append(found, union.Finding{Where: field.Key, Rule: field.Title + ": one of the form's list", Got: quote.Key(value), Want: field.wanted()})
		}
	}
	for _, key := range slices.Sorted(maps.Keys(filled)) {
		if !slices.ContainsFunc(d.spec.Fields, func(f FormField) bool { return f.Key == key }) {
			found = append(found, union.Finding{Where: quote.Key(key), Rule: "a field of the form", Got: "a field that " + d.spec.Version + " does not have"})
		}
	}
	return found
}

// checkValue reports a value that the ith field does not take.
func (d DossierForm) checkValue(i int, value string) error {
	field := d.spec.Fields[i]
	switch {
	case len(field.Terms) > 0:
		_, err := d.terms[i].Find(value)
		return err
	case len(field.Bands) > 0:
		_, err := d.Band(field.Key, value)
		return err
	}
	return nil
}

// wanted says what a field takes.
func (f FormField) wanted() string {
	if len(f.Terms) > 0 {
		return "one of " + strconv.Itoa(len(f.Terms)) + " terms"
	}
	return "a number in " + f.Bands[0].In.String() + " to " + f.Bands[len(f.Bands)-1].In.String()
}

// Band returns the key of the band that a number lies in, such as a floor space of
// 20 in "(0,20]". It reports [union.ErrUnknown] for a field that the form does not
// have, [union.ErrUndefined] for one without bands, and the faults of
// [union.ParseNumber] and [union.Bands.Find] for the number.
func (d DossierForm) Band(field, number string) (string, error) {
	at := slices.IndexFunc(d.spec.Fields, func(f FormField) bool { return f.Key == field })
	switch {
	case at < 0:
		return "", union.NewFault(union.ErrUnknown, "field", quote.Key(field), "a field of the form")
	case len(d.spec.Fields[at].Bands) == 0:
		return "", union.NewFault(union.ErrUndefined, "field", quote.Key(field), "a field with bands")
	}
	n, err := union.ParseNumber(number)
	if err != nil {
		return "", union.Within(field, err)
	}
	band, err := d.bands[at].Find(n)
	return band.Key, union.Within(field, err)
}

// ID returns the identity of the form.
func (d DossierForm) ID() union.RuleID { return d.id }

// Rule returns what the form says of itself.
func (d DossierForm) Rule() union.Rule { return d.spec.Rule }

// Spec returns a copy of what the form was made from.
func (d DossierForm) Spec() DossierFormSpec { return d.spec.clone() }

// MarshalJSON writes the form as a document "aid.dossier/1". The zero DossierForm
// has no fields to write and is [union.ErrText].
func (d DossierForm) MarshalJSON() ([]byte, error) { return union.WriteRule(dossierDocument, d.spec) }

// UnmarshalJSON reads a document "aid.dossier/1" with the faults of
// [union.ReadRule], and checks it as [NewDossierForm] does. On error d is unchanged.
func (d *DossierForm) UnmarshalJSON(data []byte) error {
	var spec DossierFormSpec
	if err := union.ReadRule(data, dossierDocument, &spec); err != nil {
		return err
	}
	made, err := NewDossierForm(spec)
	if err != nil {
		return err
	}
	*d = made
	return nil
}
