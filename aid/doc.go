// Package aid computes the figures of a trade union's aid to workers in
// difficulty: who is in difficulty under a dated standard and why, which
// preferential certificates passed their yearly review, what a donation day
// raised and who is still to be asked, which students are reported for Golden
// Autumn aid, and whom condolence visits reached.
//
// # Model
//
// Each part is a rule, its records and a tally. The rule codes a record, which
// checks it; the tally adds what was coded; the rule makes figures of the tally.
//
//   - [Standard] judges a [Household] ([Standard.Judge]) and counts households
//     in a [Survey].
//   - [CertificateRule] says whether a [Certificate] is valid on a day, given its
//     [Review] records, and counts a year's reviews in an [AnnualReview].
//   - [DonationDay] counts each [Gift] in [Donations] and lists whom to chase.
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
// The package keeps no money: it says what was given, not where it lies. It
// publishes no names: a household's head is held masked, and no figure reveals
// it.
package aid
