// Package competition counts who took part in a labour competition such as the
// Ankang Cup (安康杯), how far it reached, and who is worthy of being recommended
// for a title, with every reason.
//
// # Model
//
// An [Edition] is the rule: one run of a competition over one or two years, with
// its organisers, theme, tracks and coded lists, the named bases that coverage is
// a share of, targets, and awards. It is data, read and written as JSON.
//
// Records become tallies, and tallies figures:
//
//   - [Firm] records make up the [Population], the firms that could enter;
//   - [Entry] records make up the [Entrants], the firms that did, each once
//     however many levels report it;
//   - [Edition.Count] sets the two against each other and gives a [Turnout],
//     which merges upward by adding;
//   - [Edition.Coverage] and [Edition.Participation] are rates of a Turnout over
//     a named base, [Edition.JudgeTargets] compares them with the targets, and
//     [Edition.Figures] prints them.
//
// A [Candidate] is judged by [Edition.Judge] under one award: entered, total,
// sections, incidents, titles held before. [Edition.Recommend] judges all of
// them, ranks those that are eligible and takes as many as the quota allows.
//
// # Distinct firms
//
// Population and Entrants hold firms by credit code, so a firm that two units
// report is still one firm after a merge. A Turnout holds counts only: merged
// Turnouts are sums of the units' counts, and their figures say so.
//
// # Rounding
//
// Thresholds, floors and targets compare exactly, and equality meets a bound
// that is closed. The edition names the rounding of printed rates and scores.
//
// # Errors
//
// Faults match the sentinels of package union. What a tally cannot hold is an
// error and changes nothing; what records disagree about is a finding and is
// counted as reported.
//
// # Determinism
//
// The day is an argument. What happened after it is not known on it, so an old
// judgement can be made again from today's records.
package competition
