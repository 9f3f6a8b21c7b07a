package campaign

import "github.com/unioncampaign/union"

// Notes (学习笔记) is the record of words that a member had written in a notebook
// by a day and that no earlier record counts: several records of one member add.
type Notes struct {
	Person string     `json:"person"`
	Day    union.Date `json:"day"`
	Words  int64      `json:"words"`
}
