package campaign

import (
	"fmt"
	"slices"
	"strings"

	"github.com/unioncampaign/union"
)

// Duties are what each member of a roster has done of the plan's self-analysis, talks
// and service, at the end of a day, and still owes. [Plan.Duties] makes them. They are
// a result and never change. The zero Duties are nobody's.
type Duties struct {
	on        union.Date
	plan      *Plan
	roster    Roster
	members   []duty
	teams     []Team
	served    int64 // person-times
	onDays    int64 // of them, those on a service day
	talks     int64
	strangers []union.Finding
}

// A duty is what one member did.
type duty struct {
	words  map[[2]string]int64 // by list and term: those filled
	all    int64               // words in all
	talks  map[string]int64    // by who held them
	hours  union.Number        // in the year of the day
	points union.Number
	times  int64
}

// Duties returns what the members of a roster have done and owe at the end of the day
// on. Hours and points of service are those of the calendar year of the day.
//
// It reports the first of
//   - [union.ErrRule], for a journal that is not the plan's;
//   - [union.ErrMissing], for a zero on, and for the zero Roster;
//   - [union.ErrUnknown], for a member's rank that the plan does not have.
func (p Plan) Duties(roster Roster, j Journal, on union.Date) (Duties, error) {
	if err := p.mayLook(j, on); err != nil {
		return Duties{}, err
	}
	if roster.Len() == 0 {
		return Duties{}, union.NewFault(union.ErrMissing, "roster", "", "at least one member")
	}
	var faults union.FaultList
	p.checkRanks(&faults, roster)
	if err := faults.Err(); err != nil {
		return Duties{}, err
	}
	made := Duties{on: on, plan: &p, roster: roster, members: make([]duty, roster.Len())}
	for _, entry := range p.look(j, on).entries {
		made.read(entry)
	}
	return made, nil
}

// read reads an entry that concerns members.
func (d *Duties) read(entry *Entry) {
	switch {
	case entry.Analysis != nil:
		if member := d.member(entry, entry.Analysis.Person); member != nil {
			member.fill(entry.Analysis.Filled)
		}
	case entry.Talk != nil:
		member, holder := d.member(entry, entry.Talk.Person), d.member(entry, entry.Talk.By)
		if member != nil && holder != nil {
			if member.talks == nil {
				member.talks = map[string]int64{}
			}
			member.talks[entry.Talk.By]++
			d.talks++
		}
	case entry.Team != nil:
		for _, person := range entry.Team.Members {
			d.member(entry, person)
		}
		d.teams = append(d.teams, *entry.Team)
	case entry.Service != nil:
		member := d.member(entry, entry.Service.Person)
		if member == nil {
			return
		}
		member.times++
		d.served++
		if d.plan.spec.ServiceDay.isOn(entry.On) {
			d.onDays++
		}
		if entry.On.Year() == d.on.Year() {
			member.hours, member.points = member.hours.Add(entry.Service.Hours), member.points.Add(entry.Service.Points)
		}
	}
}

// member returns what a person did, or nil if he is not on the roster, which is noted.
func (d *Duties) member(entry *Entry, person string) *duty {
	at, err := d.roster.Find(person)
	if err != nil {
		d.strangers = append(d.strangers, union.Finding{
			Where: "entry " + quoted(entry.ID), Rule: "only members of the roster", Got: "a stranger",
		})
		return nil
	}
	return &d.members[at]
}

func (d *duty) fill(filled []Filled) {
	if d.words == nil {
		d.words = map[[2]string]int64{}
	}
	for _, each := range filled {
		d.words[[2]string{each.List, each.Term}] += each.Words
		d.all += each.Words
	}
}

// Judge says whether a member has done all that is due, with a reason for each part of
// the self-analysis, its words in all, each duty to be talked with, and the hours and
// points of service. What is not done and not yet due is unknown; service is due at
// the end of the year. What the plan does not ask of the member gives no reason.
//
// It fails with [union.ErrUnknown] for a person who is not on the roster.
func (d Duties) Judge(person string) (union.Verdict, error) {
	at, err := d.roster.Find(person)
	if err != nil {
		return union.Verdict{}, err
	}
	return union.Judged(fmt.Sprintf("duties of member %s on %s", person, d.on), d.reasons(at)...), nil
}

// Check returns what members owe, as a finding for each reason of [Duties.Judge] that is
// unmet, in the order of the roster, and then a finding for each time that an entry names
// a person who is not on it. What is not yet due is not owed. Where is the word member
// and the member's token, or the word entry and the entry's ID.
func (d Duties) Check() []union.Finding {
	var owed []union.Finding
	for at := range d.members {
		for _, reason := range d.reasons(at) {
			if reason.Standing == union.Unmet {
				owed = append(owed, reason.Finding)
			}
		}
	}
	return append(owed, d.strangers...)
}

func (d Duties) reasons(at int) []union.Reason {
	return slices.Concat(d.analysisReasons(at), d.talkReasons(at), d.serviceReasons(at))
}

// owes makes a reason of a demand that is met, not yet due, or owed.
func (d Duties) owes(at int, rule, got, want string, met bool, due union.Date) union.Reason {
	reason := union.Reason{
		Finding:  union.Finding{Where: "member " + d.roster.members[at].Person, Rule: rule, Got: got, Want: want},
		Standing: union.Unmet,
	}
	switch {
	case met:
		reason.Standing = union.Met
	case !due.IsZero() && !d.on.After(due):
		reason.Standing = union.Unknown
	}
	return reason
}

// among reports whether ranks hold that of a member; none hold every one.
func (d Duties) among(ranks []string, at int) bool {
	return len(ranks) == 0 || slices.Contains(ranks, d.roster.members[at].Rank)
}

func (d Duties) analysisReasons(at int) []union.Reason {
	form := d.plan.spec.Analysis
	if form == nil || !d.among(form.Ranks, at) {
		return nil
	}
	var reasons []union.Reason
	for _, part := range form.Parts {
		list := d.plan.list(part.List)
		var lacks []string
		for _, term := range list.Terms {
			if words, filled := d.members[at].words[[2]string{part.List, term.Key}]; !filled || words < part.Words {
				lacks = append(lacks, term.Key)
			}
		}
		got := fmt.Sprintf("%d of %d", len(list.Terms)-len(lacks), len(list.Terms))
		if len(lacks) > 0 {
			got += ", without " + strings.Join(lacks, ", ")
		}
		reasons = append(reasons, d.owes(at, list.Title, got, "every part", len(lacks) == 0, form.Due))
	}
	if form.Words > 0 {
		words := d.members[at].all
		reasons = append(reasons, d.owes(at, form.Title, fmt.Sprintf("%d words", words), atLeastText(form.Words), words >= form.Words, form.Due))
	}
	return reasons
}

func (d Duties) talkReasons(at int) []union.Reason {
	var reasons []union.Reason
	for _, rule := range d.plan.spec.Talks {
		if !d.among(rule.Ranks, at) || d.onlyHolder(rule, at) {
			continue
		}
		held := int64(0)
		for person, times := range d.members[at].talks {
			if holder, err := d.roster.Find(person); err == nil && d.among(rule.By, holder) {
				held += times
			}
		}
		reasons = append(reasons, d.owes(at, rule.Title, fmt.Sprintf("%d", held), atLeastText(rule.Times), held >= rule.Times, rule.Due))
	}
	return reasons
}

// onlyHolder reports whether a member is the only one who may hold a talk: nobody
// talks with himself.
func (d Duties) onlyHolder(rule TalkDuty, at int) bool {
	for other := range d.roster.members {
		if other != at && d.among(rule.By, other) {
			return false
		}
	}
	return d.among(rule.By, at)
}

func (d Duties) serviceReasons(at int) []union.Reason {
	rule := d.plan.spec.ServiceDay
	if rule == nil {
		return nil
	}
	var reasons []union.Reason
	due, _ := union.NewDate(d.on.Year(), 12, 31) // every year has it
	due, _ = due.AddDays(-1)                     // on the last day itself it is owed
	for _, each := range []struct {
		what        string
		least, done union.Number
	}{{"hours of service", rule.Hours, d.members[at].hours}, {"points of service", rule.Points, d.members[at].points}} {
		if each.least.Sign() > 0 {
			reasons = append(reasons, d.owes(at, fmt.Sprintf("%s in %d", each.what, d.on.Year()), each.done.String(),
				"at least "+each.least.String(), each.done.Cmp(each.least) >= 0, due))
		}
	}
	return reasons
}

// Figures returns the figures of duties: under campaign.analysis who owes one and who
// completed it, and at what rate; under campaign.talks those held and the members still
// owed one; under campaign.service the teams, whole and by speciality, the persons,
// person-times and person-times on a service day by the whole journal, the hours of
// the year of the day, and the rate of those who have the hours and the points asked
// for. What the plan does not ask for is not applicable.
//
// The error is nil: the plan's rounding was checked.
func (d Duties) Figures() ([]union.Figure, error) {
	var spec PlanSpec
	if d.plan != nil {
		spec = d.plan.spec
	}
	sheet := union.NewFigureList("campaign.Duties.Figures", spec.Rule)
	day, members := endOf(d.on), union.InputOf("党员人数", int64(len(d.members)))
	var owing, complete, owed union.Ratio
	var service union.Ratio
	persons := int64(0)
	var hours union.Number
	for at := range d.members {
		if reasons := d.analysisReasons(at); len(reasons) > 0 {
			owing.Whole++
			complete.Part += one(union.Judged("", reasons...).Holds())
		}
		if reasons := d.talkReasons(at); len(reasons) > 0 {
			owed.Whole++
			owed.Part += one(!union.Judged("", reasons...).Holds())
		}
		if reasons := d.serviceReasons(at); len(reasons) > 0 {
			service.Whole++
			service.Part += one(union.Judged("", reasons...).Holds())
		}
		persons += one(d.members[at].times > 0)
		hours = hours.Add(d.members[at].hours)
	}
	complete.Whole = owing.Whole
	counted := func(asked bool, key, title string, measure union.Measure, n int64, inputs ...union.Input) {
		if !asked {
			sheet.Absent(key, title, measure, union.NotApplicable, day)
			return
		}
		sheet.Count(key, title, measure, n, append([]union.Input{day}, inputs...)...)
	}
	rated := func(asked bool, key, title, part, base string, ratio union.Ratio) {
		if !asked {
			sheet.Absent(key, title, "", union.NotApplicable, day)
			return
		}
		sheet.Percent(key, title, part, base, ratio, spec.Rates, day)
	}
	analysed, talked, serves := spec.Analysis != nil, len(spec.Talks) > 0, spec.ServiceDay != nil
	counted(analysed, "campaign.analysis.owing", "应撰写党性分析的人数", union.Persons, owing.Whole, members)
	counted(analysed, "campaign.analysis.complete", "党性分析完整的人数", union.Persons, complete.Part, members)
	rated(analysed, "campaign.analysis.rate", "党性分析完成率", "党性分析完整的人数", "应撰写人数", complete)
	counted(talked, "campaign.talks", "谈心次数", union.PersonTimes, d.talks, members)
	counted(talked, "campaign.talks.owed", "尚未谈到的人数", union.Persons, owed.Part, union.InputOf("应谈到的人数", owed.Whole))
	counted(serves, "campaign.service.teams", "志愿服务队", teamsOf, int64(len(d.teams)))
	if serves {
		for _, term := range spec.ServiceDay.Specialities.Terms {
			n := int64(0)
			for _, team := range d.teams {
				n += one(team.Speciality == term.Key)
			}
			sheet.Count("campaign.service.teams."+term.Key, term.Title, teamsOf, n, day, union.InputOf("志愿服务队", int64(len(d.teams))))
		}
	}
	counted(serves, "campaign.service.persons", "参加义务劳动的人数", union.Persons, persons, members)
	counted(serves, "campaign.service.person_times", "参加义务劳动人次", union.PersonTimes, d.served)
	counted(serves, "campaign.service.on_days", "其中在义务劳动日的人次", union.PersonTimes, d.onDays, union.InputOf("人次", d.served))
	if serves {
		sheet.Number("campaign.service.hours", "本年义务劳动时数", serviceHours, hours, union.Rounding{}, day)
	} else {
		sheet.Absent("campaign.service.hours", "本年义务劳动时数", serviceHours, union.NotApplicable, day)
	}
	rated(serves && service.Whole > 0, "campaign.service.met", "义务劳动达标率", "达标人数", "有要求的党员人数", service)
	return sheet.Figures()
}
