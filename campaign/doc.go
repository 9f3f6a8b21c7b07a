// Package campaign says, on any day, how a trade union's campaign stands: what
// its plan demands, what has been done, who has studied and what is still owed.
//
// # Model
//
// A [Plan] is the rule: phases with their windows, steps and required and
// optional actions, quotas of study by rank, the monthly service day and the
// deployment of the office's staff by weights. What happened comes in as plain
// records: a [Deed] for each action done, an [Issue] for each shortcoming found,
// a [Session] with an [AttendanceMark] for each member, [Notes] and a
// [Reflection] for each thing written. A [LeadingGroup] is the published list of
// those who lead the campaign.
//
//	Plan ── Judge(phase, deeds, on) ───────────▶ union.Verdict
//	     ── LookBack(phase, deeds, issues, on) ▶ LookBack ──▶ figures
//	     ── Schedule(phase) ───────────────────▶ Schedule ──▶ figures
//	     ── Course(roster, sessions) ──▶ Course
//	Course ── Attendance(on), Writings(on) ──▶ tallies ── Add, Merge ──▶ figures
//
// # Days
//
// The day is always an argument and means its end: what is dated later has not
// happened yet. So a review of a past day comes out the same whatever has been
// recorded since. The due day itself is in time. Late is not missing: an action
// done late is done, and its lateness is counted beside.
//
// # Attendance
//
// Every member is expected at every session held by the day. Each pair of member
// and session is present, excused or absent, or it is unrecorded, which is none
// of the three. Made-up study is counted beside what it makes up and never turns
// an absence into a presence. Person-times count sessions attended; persons are
// counted as distinct tokens in a [union.Register], which is what a parent merges.
//
// # Figures
//
// The functions that make them, and their keys:
//
//   - [Plan.Figures]: campaign.organiser, campaign.title, campaign.list.<list key>;
//   - [Plan.Milestones]: campaign.milestone.<milestone key>;
//   - [Schedule.Figures]: campaign.phase.<phase key> with .title, .from, .until,
//     .steps, .actions, .required, .optional, .schedule;
//   - [LookBack.Figures]: campaign.lookback with .required, .done, .missing,
//     .missing.titles, .late, .rate, .optional.done, .issues, .issues.titles,
//     .issues.source.<source key>;
//   - [LeadingGroup.Figures]: campaign.group with .head, .deputies, .members,
//     .members.count, .office.head, .office.place;
//   - [Roster.Figures]: campaign.members;
//   - [Course.AttendanceFigures]: campaign.study with .sessions, .hours, .expected,
//     .person_times, .persons, .excused, .absent, .made_up, .unrecorded,
//     .attendance, .coverage, .throughout;
//   - [Course.WritingFigures]: campaign.notes with .words, .members, .met;
//     campaign.reflections, and with it .members, .met;
//   - [Plan.ServiceFigures]: campaign.service with .days, .first, .count;
//   - [Deployment.Figures]: campaign.deployment.<part key>.
//
// # Rounding
//
// Rates are exact [union.Ratio] values and are rounded once, where they leave, as
// the plan's Rates says.
//
// # Errors
//
// Every error is a [*union.Fault] or several joined. A document and a list of
// records report all their faults; a tally's Add reports the first, in the order
// its comment gives, and changes nothing. [ErrPresent] is the one sentinel that
// is this package's own.
//
// # Determinism and secrecy
//
// Nothing here reads a clock, a file or an environment, and nothing is random:
// the same input gives the same output. Persons are the caller's tokens, never
// identity numbers. No error and no finding tells the name of a member; a key that
// is not known is quoted, so a name should be nobody's key. The one exception is
// meant: a leading group is published, so its figures and its JSON write names in
// full.
package campaign
