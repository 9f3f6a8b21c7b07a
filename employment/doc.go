// Package employment makes the figures of job fairs and of labour markets from
// registrations: how many employers came and from where, what openings they
// brought, who looked for work, who found something, and at what rates; the
// quarterly tables of supply and demand; and who can be placed where.
//
// # Fairs
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
// What comes after the fair is a stage too: a [FollowUp] says on which day it is
// asked about, and on what its rate is. Fairs of a series are counted together in
// a [Season], in which whoever came to several is one person.
//
// # Markets
//
// A [Market] is the rule of a quarter's tables: by which lists ([Dimension]) they
// tell demand and supply apart, on which [Basis], how those who state no preference
// are spread, what each share is of, which rates are made of which counts. Its
// records are [Vacancy] and [Application], its tally is a [Quarter], and a
// [Bulletin] is what an office says, counted by [Market.Bulletin] or read from a
// page. [Market.Figures] works out every table and [Market.Check] compares what is
// printed, with its own parts and with what follows from them;
// [Market.Against] makes growth over the offices of both periods, and
// [Market.CheckLink] holds a bulletin to the one before.
//
// [HardToPlace] lists the classes of a province, and [Claims] tally who is of
// which.
//
// # Matching
//
// A [Matching] proposes each [Candidate] to posts among the candidate's wishes: so
// that no candidate and post would rather have each other, or as many as possible
// are placed. Its [Condition] values are hard. A [Placement] gives every pair and
// everybody who is not placed their reasons. [Preferences] are the same, coded.
//
// # Rounding
//
// A rule names each rounding: of rates, of shares with their balance, of the
// vacancy-to-seeker ratio, of growth; none has a default. Numbers are exact until a
// Figure is made, and a rate over nothing is undefined.
//
// # Errors
//
// A constructor such as [NewFair] reports all faults of a spec joined. An Add method
// reports the first fault in the order that its comment gives, and changes nothing:
// more hires than openings are refused. What records say against each other, such as
// a signing without an intention, is no error: it is a [union.Finding] of a check. No
// message quotes the token of a person.
//
// # Determinism
//
// The same records give the same report in whatever order they come, and
// however they are cut into floors that are then merged. Nothing depends on a
// clock or on the order of a map.
//
// # Encoding
//
// The JSON of a Fair is the document "employment.fair/1", that of a Market
// "employment.market/1", of a Matching "employment.matching/1", of a Series
// "employment.series/1" and of HardToPlace "employment.hard-to-place/1", all read
// strictly.
package employment
