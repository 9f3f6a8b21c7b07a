// Package assessment decides who is graded what: secret ballots, scoring
// schemes, goal cards and comparisons with exemplars.
//
// # Model
//
// A [Form] is the paper of a secret ballot: criteria with their answers, voter
// classes, and what voids a sheet. It makes an empty [Box]; each [Sheet] is
// counted by [Box.Add] and forgotten, papers counted by hand enter by
// [Box.AddCounts], and many boxes merge. [Form.Count] turns a box into an
// [Outcome], with a finding for whatever does not add up. What leaves the room
// is what a [Policy] lets through, and [Form.Figures] prints it.
//
// A form says too what follows from a count. A [Reading] names a figure of it;
// tests of readings say whether the vote is valid ([Form.Valid]), which verdict it
// comes to ([Form.Judge]) and who is elected ([Form.Elect]). All of these
// recommend: what is made of them is a [Decision], with its reason.
//
// A [Scheme] is a list of items: each has one [Source] and then steps in order.
// The sources are a figure of the record ([Given]), the marks of judges
// ([Panel]), the votes of a ballot ([Ballot]), weighted items ([Sum]), a figure
// over the units that are judged together ([Group]) and the first rung whose
// tests hold ([Ladder]). Scoring is a judgement of a group: [Scheme.Judge] takes
// the records of all units and returns a [Score] for each, and
// [Scheme.JudgeBatch] does the same in columns. A [Ranking] puts scores in
// order, and a [Quota] takes of them. [Scheme.Diagnose], [Scheme.DryRun] and
// [Scheme.Check] look at a scheme, and at what a sheet prints, afterwards.
//
// A [GoalRule] joins a procedure of steps with a scheme: the verified figures
// of a [GoalCard] are scored, and not before they are verified. A [Comparison]
// sets a unit's indicators beside those of an [Exemplar].
//
// # Secrecy
//
// A sheet is the argument of Add and lives no longer. It has no voter, number,
// order or time. A box keeps independent counts for each criterion and voter
// class and nothing joint between criteria, so no ballot can be found in it. A
// zero policy publishes nothing.
//
// # Rounding
//
// Scores are exact rationals. They are rounded where a step of the scheme says
// so, and once more where a figure is printed, as the rule says.
//
// # Figures
//
// In the key of a figure a key of a rule or of a record always follows a fixed
// word, as in "assessment.ballot.members.criterion.belief.answer.good", so that
// no form, goal or exemplar can take the place of another figure.
//
// # Errors
//
// A rule is made with all its faults reported, joined; a record is refused with
// the first fault in the order that its method publishes. Both are
// [*union.Fault] and match the sentinels of package union, or [ErrWeights].
//
// # Determinism
//
// The package reads no clock and no map in its order: the same input gives the
// same output, byte for byte. Rules never change once made, so they may be
// shared between goroutines; a box may not.
package assessment
