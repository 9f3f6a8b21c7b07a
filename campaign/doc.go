// Package campaign says, on any day, how a trade union's campaign stands: what
// its plan demands, what has been done, who has studied and what is still owed.
//
// # Model
//
// A [Plan] is the rule: phases with their windows, steps and required and optional
// actions; how a phase closes ([Gate]), how the plan is approved ([Approval]), how an
// issue is put right ([Rectification]), how a promise is kept ([Promises]); what follows
// from a rate ([Threshold]); quotas of study by rank, the form of self-analysis, talks,
// the monthly service day, and where the staff is sent. What moves in it is always a
// [union.Procedure], so that no course of things is code.
//
// What happened is noted down by each unit in its [Journal], entry by entry: a [Deed] for
// each action done, a [Waiver], a [Reading], an [Opinion] heard, an [Issue] found, a
// [Promise] made, a [Target] set, a [Talk] held, and an [Event] for each step of a course.
// [Plan.Add] refuses what does not fit and changes nothing; [Plan.Join] makes one journal
// of those of several offices, the same in any order; [Plan.Check] tells what does not
// fit together in it. Study is counted apart, since there is much of it: a [Session] with
// an [AttendanceMark] for each member, [Notes], a [Reflection], a [Survey]. A
// [LeadingGroup] is the published list of those who lead the campaign and those who
// supervise it, on any day. A [Summary] is the form of what is reported.
//
//	Plan ── Add(journal, entry) ─────────────▶ Journal ── Join ──▶ Journal
//	     ── Judge(phase, journal, on) ───────▶ union.Verdict: what is wanting to close today
//	     ── LookBack(phase, journal, on) ────▶ LookBack ──▶ figures
//	     ── Ledger, Pledges, Aims, Duties ───▶ how issues, promises, targets, members stand ──▶ figures
//	     ── Overview(phase, on) ─────────────▶ tally of the look-backs of many units ──▶ figures
//	     ── Schedule, ServiceDays, Deploy, Rotate
//	     ── Course(roster, sessions) ──▶ Course
//	Course ── Attendance(on), Writings(on) ──▶ tallies ── Add, Merge ──▶ figures
//	Summary ── Check(stated), Figures(stated)
//
// # Closing
//
// No date closes a phase. It is closed when the plan was approved, the phases before it
// are closed, every required action is done or waived with a reason and on somebody's
// authority, what it was sent back for is made up, no issue and no threshold bars it, its
// look-back is handed in, and a superior has accepted it who did not hand it in. An issue
// is closed with evidence and by another than all who answered for it. These hold
// whatever the plan's procedures say; a plan whose gate could be passed without them is
// refused.
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
//   - [Plan.Figures]: campaign.organiser, campaign.title, campaign.batch,
//     campaign.list.<list key>;
//   - [Plan.Milestones]: campaign.milestone.<milestone key>;
//   - [Schedule.Figures]: campaign.phase.<phase key> with .title, .from, .until,
//     .steps, .actions, .required, .optional, .schedule;
//   - [LookBack.Figures]: campaign.lookback with .required, .done, .missing,
//     .missing.titles, .late, .waived, .out_of_order, .pending, .overdue, .rate,
//     .optional.done, .issues, .issues.titles, .issues.source.<source key>, .gate,
//     .closed, .wanting; campaign.threshold.<threshold key>;
//   - [Ledger.Figures]: campaign.ledger with .opinions, .opinions.grouped,
//     .opinions.ungrouped, .issues, .parts, .closed, .explained, .open, .overdue,
//     .reopened, .rate, .list, and .source, .kind and .deadline with each key and
//     .unknown;
//   - [Pledges.Figures]: campaign.promise with .organisations and .persons, each with
//     .items, .kept, .rate; .comments.organisations, .comments.persons,
//     .comments.owed, .state.<state key>;
//   - [Aims.Figures]: campaign.targets, and with it .met, .missed, .open, .titles;
//   - [Duties.Figures]: campaign.analysis with .owing, .complete, .rate;
//     campaign.talks, and with it .owed; campaign.service with .teams,
//     .teams.<speciality key>, .persons, .person_times, .on_days, .hours, .met;
//   - [Plan.OverviewFigures]: campaign.overview with .expected, .on_time, .late,
//     .missing, .units, .complete, .closed, .progress.<progress>, .rate, .issues,
//     .issues.closed, .issues.explained, .issues.overdue, .action.<action key>;
//   - [LeadingGroup.Figures]: campaign.group with .head, .deputies, .members,
//     .members.count, .office.head, .office.place, .supervisors.head,
//     .supervisors.members;
//   - [Roster.Figures]: campaign.members;
//   - [Course.AttendanceFigures]: campaign.study with .sessions, .hours, .expected,
//     .person_times, .persons, .excused, .absent, .made_up, .unrecorded,
//     .attendance, .coverage, .throughout;
//   - [Course.WritingFigures]: campaign.notes with .words, .members, .met;
//     campaign.reflections and campaign.surveys, and with each .members, .met;
//   - [Plan.ServiceFigures]: campaign.service with .days, .first, .count;
//   - [Deployment.Figures]: campaign.deployment.<part key>;
//   - [Summary.Figures]: campaign.summary.<item key>.
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
// its comment gives, and changes nothing; so does [Plan.Add]. [ErrPresent] and
// [ErrNotDone] are the sentinels that are this package's own.
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
