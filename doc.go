// Package union is the vocabulary of trade-union campaign work: the days,
// numbers, amounts, lists, reasons and persons that the packages campaign,
// competition, aid, employment and assessment speak.
//
// A county federation ends a campaign phase with a work summary. These packages
// compute every figure of it from records, exactly, with the working shown.
//
// # Model
//
// Records are added to a tally, tallies are merged, and a rule makes figures of
// a tally. Judgements return a [Verdict] with every reason; checks return
// [Finding] values and repair nothing.
//
//   - A rule is data: an immutable value made by a checked constructor from a
//     plain spec that embeds [Rule], read from and written to JSON by [ReadRule]
//     and [WriteRule], and identified by a [RuleID] that covers all it says.
//   - A record is a plain struct.
//   - A tally holds counts and the RuleID they were counted under. Its Go zero
//     value is empty and is the identity of its Merge. Add reports the first
//     fault in a published order; nothing changes on error. Tallies of two rules
//     do not merge.
//   - A [Figure] is what leaves: a value or the reason why there is none. It
//     cannot be added to another.
//
// # Vocabulary
//
//   - Days: [Date], [Period], [Calendar].
//   - Numbers: [Number], [Rounding], [Ratio], [Shares], [Apportion], [Growth],
//     [PercentPoints], [Interval], [Bands], [Count], [Measure].
//   - Money: [Money], in whole fen.
//   - Lists and tables: [Codes], [Layout], [Place], [Table], [Register].
//   - Reasons: [Rule], [Finding], [Fault], [Verdict], [Working], [Figure]; printed
//     figures beside their inputs, by [Rounding.CheckPrinted], [Rounding.CheckSum]
//     and [Shares.Check].
//   - Course of things: [Procedure], [Log].
//   - People and firms: [Name], [IDNumber], [CreditCode].
//   - Hierarchy: [Unit], [Fact] (a [Move], [Merger] or [Division], among others),
//     [Hierarchy], [Tree], [UnitID].
//   - Tallies: [Tally], [Merge], [Rollup], with the [Arrival] of each report and
//     the [Part] of each unit.
//
// # Rounding
//
// Nothing is rounded but where a rule says so, once, by a [Rounding] that the
// rule names. A rate over nothing is undefined, and what is not known is not
// zero.
//
// # Errors
//
// Every error of the module is a [Fault], or several joined: where, which rule,
// what was got and what was wanted. Faults match their sentinel under
// [errors.Is]; [Faults] lists those joined.
//
// # Encoding
//
// A rule is JSON that begins with its kind and number, as in
// {"union":"aid.standard/1", …}. A tally is bytes that begin with the name and the
// number of its form and the RuleID, so that it can be sent and merged elsewhere:
// equal tallies have equal bytes, and what is anything else is refused by name.
//
// # Determinism
//
// The packages do no input or output, read no clock, start no goroutine and keep
// no state between calls. The same input gives the same output on every run, so
// a past judgement can be made again. Values may be shared between goroutines as
// long as nobody changes them.
//
// # Privacy
//
// [Name], [IDNumber] and [CreditCode] read whole and write masked; Reveal is the
// one way out. No error text quotes one in full.
package union
