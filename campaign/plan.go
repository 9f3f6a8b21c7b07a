package campaign

import (
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// planDocument is the kind and number of a plan's JSON.
const planDocument = "campaign.plan/1"

// A PlanSpec is what a campaign's plan says, as its JSON document
// "campaign.plan/1" holds it. Its source is the notice that the plan was issued
// with. [NewPlan] checks it.
type PlanSpec struct {
	union.Rule
	Organiser     string            `json:"organiser"`               // the organisation whose plan it is (发起单位)
	Year          int               `json:"year,omitempty"`          // the year of the campaign; zero: not stated
	Batch         string            `json:"batch,omitempty"`         // which batch of units it is for (批次)
	Rates         union.Rounding    `json:"rates"`                   // how rates are printed, in percent
	Ranks         union.CodesSpec   `json:"ranks,omitzero"`          // the ranks of members that quotas tell apart
	Kinds         union.CodesSpec   `json:"kinds,omitzero"`          // the kinds of study: together, alone
	Sources       union.CodesSpec   `json:"sources,omitzero"`        // how an issue came to light: found oneself, raised by the masses, …
	Evidence      union.CodesSpec   `json:"evidence,omitzero"`       // the kinds of evidence that actions may need
	Lists         []union.CodesSpec `json:"lists,omitempty"`         // what else the plan lists, such as the five checks (五查五看)
	Phases        []Phase           `json:"phases"`                  // at least one; their windows may overlap
	Milestones    []Milestone       `json:"milestones,omitempty"`    // the actions whose days are figures
	Quotas        []Quota           `json:"quotas,omitempty"`        // what a member of a rank has to study; none: nothing
	Approval      *Approval         `json:"approval,omitempty"`      // the course of the plan itself, by the supervising group; none: nobody approves it
	Waiving       []string          `json:"waiving,omitempty"`       // the roles that may waive an action; none: nobody may
	Thresholds    []Threshold       `json:"thresholds,omitempty"`    // what follows from a rate or a number, such as that of satisfaction
	Gate          *Gate             `json:"gate,omitempty"`          // how a phase closes; none: no phase has a gate
	Rectification *Rectification    `json:"rectification,omitempty"` // how an issue is put right; none: issues are only listed
	Promises      *Promises         `json:"promises,omitempty"`      // none: the plan has no promises
	Analysis      *Analysis         `json:"analysis,omitempty"`      // the form of self-analysis; none: nobody owes one
	Talks         []TalkDuty        `json:"talks,omitempty"`         // who is owed a talk; none: nobody
	ServiceDay    *ServiceDay       `json:"service_day,omitempty"`   // none: the plan has no service day
	Deployment    *DeploymentRule   `json:"deployment,omitempty"`    // none: the plan deploys nobody
}

// A Plan is a campaign's plan, checked. It never changes, so it may be shared
// between goroutines. The zero Plan has no phases: every phase is unknown to it.
type Plan struct {
	spec                           PlanSpec
	id                             union.RuleID
	ranks, kinds, sources, evident union.Codes
	lists                          []union.Codes // in the order of the spec
	home                           map[string]place
	flat                           []flatAction  // all actions, in order
	firsts                         []int         // by phase, the place of its first action
	approval, gate, mending, vows  track         // the courses of things; zero of those that the plan does not have
	bands                          []union.Bands // of the thresholds
	layout                         union.Layout  // of overviews
}

// A place says where in the plan an action stands: in which phase, where there, and
// where among all actions.
type place struct{ phase, action, nth int }

// A flatAction is an action by its places, with the places of those that must come
// before it.
type flatAction struct {
	place
	after []int
}

// NewPlan returns the plan that spec describes, and keeps nothing of spec.
//
// It reports all the faults it finds, joined, each a [*union.Fault] that says
// where in spec:
//   - [union.ErrMissing], for a key, title, organiser, window, action or demand
//     left out, a plan without phases, an open window without the event that ends
//     it, a gate that does not name the role that accepts or lets whoever hands in
//     the look-back accept it, and a rounding that is none;
//   - [union.ErrText], for a key that [union.FaultList.Key] refuses, and for text
//     that is not UTF-8;
//   - [union.ErrRepeated], for a key used before (an action's key is unique in
//     the whole plan, so no action stands in two phases), a rank under two
//     quotas, an end given both as a day and as an event, a deadline given both
//     as a day and in days, and a service day moved twice or onto another;
//   - [union.ErrUnknown], for a step, phase, rank, kind of study, kind of
//     evidence, action, list, state or event that the plan does not list, a
//     weekday that is none, a day moved that is no service day, and a deployment
//     by another way than "largest remainder";
//   - [union.ErrOrder], for an action that must come after one that stands later
//     in the plan;
//   - [union.ErrRange], for a step's window or a due day outside the phase's
//     window, a demand or weight below zero, months of which a year is no
//     multiple, and an nth weekday that not every month has;
//   - [union.ErrGraph], for a way to close a phase without its look-back, and for
//     a return that closes it;
//   - what [union.NewCodes], [union.NewProcedure] and [union.NewBands] report of
//     the lists, courses and bands in it;
//   - [union.ErrUndefined], for a deployment whose weights are all zero;
//   - [union.ErrOverflow], for weights too large to be added.
func NewPlan(spec PlanSpec) (Plan, error) {
	plan := Plan{spec: spec.clone(), home: map[string]place{}}
	var faults union.FaultList
	faults.Within("", plan.spec.Check())
	faults.Given("organiser", plan.spec.Organiser)
	faults.Within("rates", plan.spec.Rates.Check())
	plan.readLists(&faults)
	plan.checkPhases(&faults)
	plan.checkMilestones(&faults)
	plan.checkQuotas(&faults)
	plan.checkThresholds(&faults)
	plan.checkCourses(&faults)
	plan.checkDuties(&faults)
	plan.checkServiceDay(&faults)
	plan.checkDeployment(&faults)
	err := faults.Err()
	if err != nil {
		return Plan{}, err
	}
	if plan.id, err = union.IdentifyRule(planDocument, plan.spec); err != nil {
		return Plan{}, err
	}
	plan.layout, err = plan.overviewLayout()
	return plan, err
}

// ID returns the plan's identity: a digest of all that it says.
func (p Plan) ID() union.RuleID { return p.id }

// Rule returns what the plan says of itself.
func (p Plan) Rule() union.Rule { return p.spec.Rule }

// Spec returns a copy of all that the plan says.
func (p Plan) Spec() PlanSpec { return p.spec.clone() }

// MarshalJSON writes the plan as its document "campaign.plan/1". The zero Plan has
// none, which is [union.ErrMissing].
func (p Plan) MarshalJSON() ([]byte, error) { return union.WriteRule(planDocument, p.spec) }

// UnmarshalJSON reads a plan as [NewPlan] checks it, from a document that
// [union.ReadRule] accepts. It fails where either does, and then p is unchanged.
func (p *Plan) UnmarshalJSON(data []byte) error {
	var spec PlanSpec
	if err := union.ReadRule(data, planDocument, &spec); err != nil {
		return err
	}
	made, err := NewPlan(spec)
	if err != nil {
		return err
	}
	*p = made
	return nil
}

// Phase returns a copy of the phase with the key, and whether the plan has it.
func (p Plan) Phase(key string) (Phase, bool) {
	at := slices.IndexFunc(p.spec.Phases, func(each Phase) bool { return each.Key == key })
	if at < 0 {
		return Phase{}, false
	}
	return p.spec.Phases[at].clone(), true
}

// phase is Phase for those who need an error: [union.ErrUnknown].
func (p Plan) phase(key string) (Phase, error) {
	phase, known := p.Phase(key)
	if !known {
		return Phase{}, union.NewFault(union.ErrUnknown, "phase", quote.Key(key), "a phase of the plan")
	}
	return phase, nil
}

// Figures returns what the plan says of itself: its organiser, campaign.organiser,
// its title, campaign.title, its batch, campaign.batch, and under
// campaign.list.<list key> each of its lists as a text list of its titles in
// order. What a plan does not say is not applicable.
//
// The error is nil: nothing here is rounded.
func (p Plan) Figures() ([]union.Figure, error) {
	sheet := union.NewFigureList("campaign.Plan.Figures", p.spec.Rule)
	plan := union.Input{Name: "方案", Value: p.spec.Title}
	sheet.Text("campaign.organiser", "发起单位", given(p.spec.Organiser), plan)
	sheet.Text("campaign.title", "活动名称", given(p.spec.Title), plan)
	sheet.Text("campaign.batch", "批次", given(p.spec.Batch), plan)
	for _, list := range p.spec.Lists {
		var terms []string
		for _, term := range list.Terms {
			terms = append(terms, term.Title)
		}
		sheet.Text("campaign.list."+list.Key, list.Title, terms, union.InputOf("条目", int64(len(terms))))
	}
	return sheet.Figures()
}

// given returns a text that is there as the only text of a figure, and none of one
// that only a zero value leaves out.
func given(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

// List returns, as Codes, the one of the plan's Lists that has the key, and
// whether it has it.
func (p Plan) List(key string) (union.Codes, bool) {
	for i, list := range p.spec.Lists {
		if list.Key == key {
			return p.lists[i], true
		}
	}
	return union.Codes{}, false
}

// Ranks returns the ranks of members as Codes; none if the plan has none.
func (p Plan) Ranks() union.Codes { return p.ranks }

// Kinds returns the kinds of study as Codes; none if the plan has none.
func (p Plan) Kinds() union.Codes { return p.kinds }

// Sources returns the sources of issues as Codes; none if the plan has none.
func (p Plan) Sources() union.Codes { return p.sources }

// Evidence returns the kinds of evidence as Codes; none if the plan has none.
func (p Plan) Evidence() union.Codes { return p.evident }

// readLists makes Codes of every list and notes their faults.
func (p *Plan) readLists(faults *union.FaultList) {
	for _, each := range []struct {
		where string
		list  *union.CodesSpec
		codes *union.Codes
	}{
		{"ranks", &p.spec.Ranks, &p.ranks},
		{"kinds", &p.spec.Kinds, &p.kinds},
		{"sources", &p.spec.Sources, &p.sources},
		{"evidence", &p.spec.Evidence, &p.evident},
	} {
		if isNone(*each.list) {
			*each.list = union.CodesSpec{} // so that none is written in one way only
			continue
		}
		made, err := union.NewCodes(*each.list)
		*each.codes = made
		faults.Within(each.where, err)
	}
	keys := map[string]bool{}
	for i, list := range p.spec.Lists {
		where := union.Indexed("lists", i)
		made, err := union.NewCodes(list)
		p.lists = append(p.lists, made)
		faults.Within(where, err)
		if list.Key != "" { // which the codes report already
			faults.Key(where+".key", list.Key, keys)
		}
	}
}

// checkPhases checks every phase and notes where each action stands.
func (p *Plan) checkPhases(faults *union.FaultList) {
	if len(p.spec.Phases) == 0 {
		faults.Add(union.ErrMissing, "phases", "", "at least one")
	}
	phases, actions := map[string]bool{}, map[string]bool{}
	for i, phase := range p.spec.Phases {
		where := union.Indexed("phases", i)
		faults.Key(where+".key", phase.Key, phases)
		faults.Within(where, phase.check(actions, p.spec.Evidence))
		for j, action := range phase.Actions {
			if _, known := p.home[action.Key]; !known {
				p.home[action.Key] = place{phase: i, action: j, nth: len(p.home)}
			}
		}
	}
	p.checkOrder(faults)
}

// checkOrder sees that what must come after an action stands after it, and notes the
// places of all.
func (p *Plan) checkOrder(faults *union.FaultList) {
	for i, phase := range p.spec.Phases {
		p.firsts = append(p.firsts, len(p.flat))
		for j, action := range phase.Actions {
			where := union.Indexed(union.Indexed("phases", i)+".actions", j) + ".after"
			flat := flatAction{place: place{phase: i, action: j, nth: len(p.flat)}}
			for k, key := range action.After {
				at, known := p.home[key]
				switch {
				case !known:
					faults.Add(union.ErrUnknown, union.Indexed(where, k), quote.Key(key), "an action of the plan")
				case at.nth >= p.home[action.Key].nth:
					faults.Add(union.ErrOrder, union.Indexed(where, k), quote.Key(key), "an action that stands before")
				case slices.Contains(action.After[:k], key):
					faults.Add(union.ErrRepeated, union.Indexed(where, k), quote.Key(key), "each once")
				default:
					flat.after = append(flat.after, at.nth)
				}
			}
			p.flat = append(p.flat, flat)
		}
	}
}

// hasPhase reports whether the plan has a phase with the key.
func (p *Plan) hasPhase(key string) bool { return p.phaseAt(key) >= 0 }

// phaseAt returns the place of the phase with the key, or -1.
func (p *Plan) phaseAt(key string) int {
	return slices.IndexFunc(p.spec.Phases, func(each Phase) bool { return each.Key == key })
}

// clone returns a copy that shares nothing with s.
func (s PlanSpec) clone() PlanSpec {
	for _, list := range []*union.CodesSpec{&s.Ranks, &s.Kinds, &s.Sources, &s.Evidence} {
		*list = cloneList(*list)
	}
	s.Lists = cloned(s.Lists, cloneList)
	s.Phases = cloned(s.Phases, Phase.clone)
	s.Milestones = slices.Clone(s.Milestones)
	s.Quotas = cloned(s.Quotas, Quota.clone)
	s.Approval = pointer(s.Approval, Approval.clone)
	s.Waiving = slices.Clone(s.Waiving)
	s.Thresholds = cloned(s.Thresholds, Threshold.clone)
	s.Gate = pointer(s.Gate, Gate.clone)
	s.Rectification = pointer(s.Rectification, Rectification.clone)
	s.Promises = pointer(s.Promises, Promises.clone)
	s.Analysis = pointer(s.Analysis, Analysis.clone)
	s.Talks = cloned(s.Talks, TalkDuty.clone)
	s.ServiceDay = pointer(s.ServiceDay, ServiceDay.clone)
	s.Deployment = pointer(s.Deployment, DeploymentRule.clone)
	return s
}

// cloned copies each of the items as clone does.
func cloned[T any](items []T, clone func(T) T) []T {
	items = slices.Clone(items)
	for i := range items {
		items[i] = clone(items[i])
	}
	return items
}

// pointer copies what there is as clone does.
func pointer[T any](item *T, clone func(T) T) *T {
	if item == nil {
		return nil
	}
	made := clone(*item)
	return &made
}

// cloneProcedure returns a copy that shares nothing with the spec.
func cloneProcedure(spec union.ProcedureSpec) union.ProcedureSpec {
	spec.States = slices.Clone(spec.States)
	spec.Transitions = cloned(spec.Transitions, func(t union.Transition) union.Transition {
		t.By, t.Evidence, t.NotBy = slices.Clone(t.By), slices.Clone(t.Evidence), slices.Clone(t.NotBy)
		return t
	})
	return spec
}
