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
//     which merges upward by adding; [Edition.CountOwn] counts a unit's own
//     subordinates, by their [Affiliations] to the units of a tree;
//   - [Result] records make up the [Results]: suggestions, innovations, savings;
//   - [Edition.Coverage], [Edition.Participation] and [Edition.Quotient] are rates
//     over a named base, [Edition.JudgeTargets] compares them, levels and growth
//     with the targets, [Edition.CheckStated] sets what others state against what
//     was counted, and [Edition.Figures] prints it all.
//
// A [Candidate], a firm or a team, project or person within one, is judged by
// [Edition.Judge] under one award: entered, handed in, conditions, total, sections,
// rounds, standards, incidents, objections, titles held before, the course of its
// nomination. [Edition.Recommend] judges all [Applications], ranks those that are
// eligible and makes the best list that keeps to the quota, to the places of units
// and to the [Structure] of the list, or names a smallest set of structures that
// cannot be met together. [Allot] shares out places down a tree of units.
//
// A [Grant] is entered in the [Roll] of honours; a [Removal] takes with it whatever
// needed the title. [Edition.Convert] makes grants of results in contests, and
// [Edition.JudgeRetention] says who keeps a title.
//
// [Composition] and [Trend] check what is published of awards: shares, changes and
// growth that do not follow from their inputs are findings, with what would explain
// them.
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
