// Package aid computes the figures of a trade union's aid to workers in
// difficulty: who is in difficulty under a dated standard and why, what becomes of
// their files, what aid they may be granted, which preferential certificates
// passed their yearly review, what a donation day raised and who is still to be
// asked, which students are reported for Golden Autumn aid, whom condolence
// visits reached, and where the money of each fund lies and went.
//
// # Model
//
// Each part is a rule, its records and a tally. The rule codes a record, which
// checks it; the tally adds what was coded; the rule makes figures of the tally.
//
//   - [Standard] judges a [Household] ([Standard.Judge]) and counts households
//     in a [Survey]; [Standard.DryRun] says whom a changed one would let in and
//     out. A [DossierForm] is the edition of the form that files are filled in on.
//   - [FileRule] is the life of a [File], from the application over check, notice
//     and approval to the exit and the watch after it; a [Registry] holds files,
//     and [FileRule.Inspect] goes through them.
//   - [Programme] says what aid there is: the sums by tariffs, tiers and multiples
//     of the dated [Lines], and what may go together. It judges an [Application]
//     and counts each [Payment] in [Payments].
//   - [CertificateRule] says whether a [Certificate] is valid on a day, given its
//     [Review] records, and counts a year's reviews in an [AnnualReview].
//   - [DonationDay] counts each [Gift] in [Donations], by unit, form and batch, and
//     lists whom to chase. It makes out a [Receipt], and the list that is posted up.
//     A [Collection] is the day over all units of a tree, whose [Proceeds] are sums
//     alone.
//   - [CompareLists] sets one list of amounts against another, and a [TableForm] a
//     printed table against its own lines: each [Gap] is named, and none is closed.
//   - [Books] are the rule of funds, and make a [Ledger], which holds each [Entry]
//     that it takes and refuses what a fund is not for, has not, or may not give: it
//     is no tally, has one writer and is never merged. An [Act] is a line of its
//     journal, and a [Statement] its account of a period. An [AccountForm] works out
//     an account that others have published.
//   - [GoldenAutumn] counts each [Student] once in [Students].
//   - [VisitPlan] counts each [Visit] in [Visits].
//
// What a place or a year sets is in the rule and never in the code: the line,
// the categories with their bounds, the causes, what counts as income, a
// certificate's term, the roster of units, the rounding of what is printed.
//
// # Figures
//
// What a rule names, such as a category, a cause or a stage, stands in the key of
// a figure behind a word of its own: "aid.difficulty.category.extreme". No word is
// therefore refused to a rule.
//
// # Rounding
//
// Households are compared with the line exactly, by an unrounded sum per head.
// Amounts are added in whole fen; only what is printed in 万元 or in percent is
// rounded, once, as the rule says.
//
// # Errors
//
// A constructor reports all faults of a rule, joined. Coding and adding report
// the first fault in the order that they publish, and then change nothing. A
// household that is refused, a gift that came too late and a student whose family
// is not in difficulty are no faults: they are counted apart.
//
// # Distinct persons
//
// Donors, students, model workers, households and certificates are told apart by
// tokens of the caller in a [union.Register]. A tally therefore grows with the
// distinct tokens that it holds, and with nothing else.
//
// # Not here
//
// The package publishes no names: a household's head is held masked, and no figure
// reveals it.
package aid
