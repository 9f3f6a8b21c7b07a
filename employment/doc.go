// Package employment makes the figures of a job fair from its registrations:
// how many employers came and from where, what openings they brought, who
// looked for work, who found something, and at what rates.
//
// # Model
//
// A [Fair] is the rule: who holds it, on which days, which categories, sectors,
// regions and stages are told apart, and how its figures are rounded. Records
// are plain structs: [Employer], [Posting], [Registration], [Intention]. A
// [Floor] tallies them and merges with the floors of other doors and days of the
// same fair. Persons, postings and firms are counted once however often they
// come; person-times are counted apart in a [Funnel], the dense table of coded
// records that is also the fast way in, by [Funnel.Add].
//
// A [Report] is what a fair says of itself, whether counted by [Fair.Report] or
// read from a page, where a count may be known only as 2800余. From either come
// the [Rate] values, the figures and the checks: [Fair.Figures] and
// [Fair.Check] take the floor, [Fair.ReportFigures] and [Fair.CheckReport] the
// report, and [Fair.Compare] sets a printed report beside the counted one.
//
// # Rounding
//
// A Fair names three roundings, of rates, of shares with their balance, and of
// the vacancy-to-seeker ratio; none has a default. Numbers are exact until a
// Figure is made, and a rate over nothing is undefined.
//
// # Errors
//
// [NewFair] reports all faults of a spec joined. An Add method reports the first
// fault in the order that its comment gives, and changes nothing. What records
// say against each other, such as more hires than openings, is no error: it is a
// [union.Finding] of a check. No message quotes the token of a person.
//
// # Determinism
//
// The same records give the same report in whatever order they come, and
// however they are cut into floors that are then merged. Nothing depends on a
// clock or on the order of a map.
//
// # Encoding
//
// The JSON of a Fair is the document "employment.fair/1", read strictly.
//
// The package matches nobody with a post, follows nobody after the fair, and
// makes no quarterly table: it counts what a fair is told.
package employment
