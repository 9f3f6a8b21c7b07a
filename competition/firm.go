package competition

import "github.com/unioncampaign/union"

// A Firm is the record of one firm that could enter: text keys, as they stand in
// a file. An empty key or answer means that it is not known.
type Firm struct {
	Code       union.CreditCode `json:"code"`
	Title      string           `json:"title"`     // its public name
	Ownership  string           `json:"ownership"` // a key of the edition's Ownership
	Size       string           `json:"size"`      // a key of the edition's Size
	Unionised  Whether          `json:"unionised"`
	AboveScale Whether          `json:"above_scale"`
	Workers    int64            `json:"workers"` // its workforce, at least 1
}

// A CodedFirm is what a [Population] holds of a firm: the codes of its keys,
// 0 where one is not known. [Edition.CodeFirm] makes one of a [Firm].
type CodedFirm struct {
	Code       union.CreditCode
	Ownership  union.Code
	Size       union.Code
	Unionised  Whether
	AboveScale Whether
	Workers    int64
}

// CodeFirm returns the codes of a firm under the edition. It reports the first
// of these faults: an ownership and a size that the edition does not list
// ([union.ErrUnknown]). [Population.Add] checks the rest.
func (e Edition) CodeFirm(f Firm) (CodedFirm, error) {
	coded := CodedFirm{Code: f.Code, Unionised: f.Unionised, AboveScale: f.AboveScale, Workers: f.Workers}
	var err error
	if coded.Ownership, err = codeOf(e.ownership, f.Ownership, "ownership"); err != nil {
		return CodedFirm{}, err
	}
	if coded.Size, err = codeOf(e.size, f.Size, "size"); err != nil {
		return CodedFirm{}, err
	}
	return coded, nil
}

// codeOf returns the code of a key, 0 of an empty one.
func codeOf(codes union.Codes, key, where string) (union.Code, error) {
	if key == "" {
		return 0, nil
	}
	code, err := codes.Find(key)
	if err != nil {
		return 0, union.Within(where, err)
	}
	return code, nil
}
