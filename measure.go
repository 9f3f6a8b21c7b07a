package union

// A Measure says what a count counts. Counts of unlike measures never add:
// persons are not person-times. The zero Measure is not stated.
type Measure string

// The measures that the packages count in. A document may use others.
const (
	Persons     Measure = "人"
	PersonTimes Measure = "人次"
	Firms       Measure = "家"
	Units       Measure = "个单位"
	Households  Measure = "户"
	Items       Measure = "件"
	Posts       Measure = "个"
	Yuan        Measure = "元"
	Sheets      Measure = "张"
	Teams       Measure = "个班组"
	Points      Measure = "分"
	Days        Measure = "天"
	Words       Measure = "字"
)
