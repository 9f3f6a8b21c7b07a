package union_test

import (
	"fmt"
	"go/ast"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/campaign"
	"github.com/unioncampaign/union/competition"
	"github.com/unioncampaign/union/employment"
)

// surfaceIn returns what a package exports that can be called: its types, whose
// methods are, and its functions but for those that are to panic.
func surfaceIn(name string, files []*ast.File) (types, functions []string) {
	for _, file := range files {
		for _, declaration := range file.Decls {
			switch each := declaration.(type) {
			case *ast.FuncDecl:
				if each.Recv == nil && each.Name.IsExported() && !strings.HasPrefix(each.Name.Name, "Must") {
					functions = append(functions, name+"."+each.Name.Name)
				}
			case *ast.GenDecl:
				for _, spec := range each.Specs {
					if inner, ok := spec.(*ast.TypeSpec); ok && inner.Name.IsExported() && !isInterface(inner.Type) {
						types = append(types, name+"."+inner.Name.Name)
					}
				}
			}
		}
	}
	return types, functions
}

func isInterface(expression ast.Expr) bool {
	_, ok := expression.(*ast.InterfaceType)
	return ok
}

func TestAllThatCanBeCalledIsCalledWithNothing(t *testing.T) {
	var types, functions []string
	for name, files := range house(t) {
		each, called := surfaceIn(name, files)
		types, functions = append(types, each...), append(functions, called...)
	}
	slices.Sort(types)
	slices.Sort(functions)
	assert.Equal(t, types, slices.Sorted(maps.Keys(surfaceTypes)))
	assert.Equal(t, functions, slices.Sorted(maps.Keys(surfaceFunctions)))
}

// givenNothing calls a function with zero values: the zero of every argument, and
// no list, no map and no further argument. It returns the panic, if there is one.
func givenNothing(function reflect.Value) (cause any) {
	defer func() { cause = recover() }()
	kind := function.Type()
	given := make([]reflect.Value, 0, kind.NumIn())
	for i := range kind.NumIn() {
		if kind.IsVariadic() && i == kind.NumIn()-1 {
			break
		}
		given = append(given, reflect.Zero(kind.In(i)))
	}
	function.Call(given)
	return nil
}

// panicsOf returns which methods of the zero value of a type panic when they are
// given nothing. Each is called on a zero value of its own. Format is not: only
// fmt calls it, and never with no state.
func panicsOf(kind reflect.Type) []string {
	var told []string
	for i := range reflect.PointerTo(kind).NumMethod() {
		method := reflect.PointerTo(kind).Method(i)
		if method.Name == "Format" {
			continue
		}
		if cause := givenNothing(reflect.New(kind).Method(i)); cause != nil {
			told = append(told, fmt.Sprintf("%s.%s: %v", kind, method.Name, cause))
		}
	}
	return told
}

func TestNothingPanicsWhenGivenNothing(t *testing.T) {
	for _, name := range slices.Sorted(maps.Keys(surfaceTypes)) {
		assert.Empty(t, panicsOf(surfaceTypes[name]), name)
	}
	for _, name := range slices.Sorted(maps.Keys(surfaceFunctions)) {
		assert.Nil(t, givenNothing(reflect.ValueOf(surfaceFunctions[name])), name)
	}
}

// fragile writes into a map that nobody made.
type fragile struct{ counts map[string]int }

func (f *fragile) Add(key string) { f.counts[key]++ }

func TestAMethodThatPanicsWhenGivenNothingIsFound(t *testing.T) {
	assert.Len(t, panicsOf(reflect.TypeFor[fragile]()), 1)
}

var surfaceTypes = map[string]reflect.Type{
	"aid.AnnualReview":            reflect.TypeFor[aid.AnnualReview](),
	"aid.Category":                reflect.TypeFor[aid.Category](),
	"aid.Certificate":             reflect.TypeFor[aid.Certificate](),
	"aid.CertificateClass":        reflect.TypeFor[aid.CertificateClass](),
	"aid.CertificateRule":         reflect.TypeFor[aid.CertificateRule](),
	"aid.CertificateRuleSpec":     reflect.TypeFor[aid.CertificateRuleSpec](),
	"aid.CodedCertificate":        reflect.TypeFor[aid.CodedCertificate](),
	"aid.CodedGift":               reflect.TypeFor[aid.CodedGift](),
	"aid.CodedHousehold":          reflect.TypeFor[aid.CodedHousehold](),
	"aid.CodedStudent":            reflect.TypeFor[aid.CodedStudent](),
	"aid.CodedVisit":              reflect.TypeFor[aid.CodedVisit](),
	"aid.DonationDay":             reflect.TypeFor[aid.DonationDay](),
	"aid.DonationDaySpec":         reflect.TypeFor[aid.DonationDaySpec](),
	"aid.Donations":               reflect.TypeFor[aid.Donations](),
	"aid.Gift":                    reflect.TypeFor[aid.Gift](),
	"aid.GiftKind":                reflect.TypeFor[aid.GiftKind](),
	"aid.GoldenAutumn":            reflect.TypeFor[aid.GoldenAutumn](),
	"aid.GoldenAutumnSpec":        reflect.TypeFor[aid.GoldenAutumnSpec](),
	"aid.Head":                    reflect.TypeFor[aid.Head](),
	"aid.Household":               reflect.TypeFor[aid.Household](),
	"aid.Item":                    reflect.TypeFor[aid.Item](),
	"aid.ItemKind":                reflect.TypeFor[aid.ItemKind](),
	"aid.Member":                  reflect.TypeFor[aid.Member](),
	"aid.Review":                  reflect.TypeFor[aid.Review](),
	"aid.Standard":                reflect.TypeFor[aid.Standard](),
	"aid.StandardSpec":            reflect.TypeFor[aid.StandardSpec](),
	"aid.Student":                 reflect.TypeFor[aid.Student](),
	"aid.Students":                reflect.TypeFor[aid.Students](),
	"aid.Survey":                  reflect.TypeFor[aid.Survey](),
	"aid.TariffStep":              reflect.TypeFor[aid.TariffStep](),
	"aid.UnitDonations":           reflect.TypeFor[aid.UnitDonations](),
	"aid.Visit":                   reflect.TypeFor[aid.Visit](),
	"aid.VisitPlan":               reflect.TypeFor[aid.VisitPlan](),
	"aid.VisitPlanSpec":           reflect.TypeFor[aid.VisitPlanSpec](),
	"aid.Visits":                  reflect.TypeFor[aid.Visits](),
	"aid.Window":                  reflect.TypeFor[aid.Window](),
	"aid.YearDay":                 reflect.TypeFor[aid.YearDay](),
	"assessment.Answer":           reflect.TypeFor[assessment.Answer](),
	"assessment.Band":             reflect.TypeFor[assessment.Band](),
	"assessment.Bands":            reflect.TypeFor[assessment.Bands](),
	"assessment.Base":             reflect.TypeFor[assessment.Base](),
	"assessment.Box":              reflect.TypeFor[assessment.Box](),
	"assessment.Class":            reflect.TypeFor[assessment.Class](),
	"assessment.Comparison":       reflect.TypeFor[assessment.Comparison](),
	"assessment.ComparisonSpec":   reflect.TypeFor[assessment.ComparisonSpec](),
	"assessment.Counts":           reflect.TypeFor[assessment.Counts](),
	"assessment.Criterion":        reflect.TypeFor[assessment.Criterion](),
	"assessment.Effect":           reflect.TypeFor[assessment.Effect](),
	"assessment.Exemplar":         reflect.TypeFor[assessment.Exemplar](),
	"assessment.Form":             reflect.TypeFor[assessment.Form](),
	"assessment.FormSpec":         reflect.TypeFor[assessment.FormSpec](),
	"assessment.Gap":              reflect.TypeFor[assessment.Gap](),
	"assessment.GapBase":          reflect.TypeFor[assessment.GapBase](),
	"assessment.Given":            reflect.TypeFor[assessment.Given](),
	"assessment.Goal":             reflect.TypeFor[assessment.Goal](),
	"assessment.GoalCard":         reflect.TypeFor[assessment.GoalCard](),
	"assessment.GoalRule":         reflect.TypeFor[assessment.GoalRule](),
	"assessment.GoalRuleSpec":     reflect.TypeFor[assessment.GoalRuleSpec](),
	"assessment.Indicator":        reflect.TypeFor[assessment.Indicator](),
	"assessment.Item":             reflect.TypeFor[assessment.Item](),
	"assessment.Key":              reflect.TypeFor[assessment.Key](),
	"assessment.Ladder":           reflect.TypeFor[assessment.Ladder](),
	"assessment.Outcome":          reflect.TypeFor[assessment.Outcome](),
	"assessment.Place":            reflect.TypeFor[assessment.Place](),
	"assessment.Point":            reflect.TypeFor[assessment.Point](),
	"assessment.Policy":           reflect.TypeFor[assessment.Policy](),
	"assessment.PolicySpec":       reflect.TypeFor[assessment.PolicySpec](),
	"assessment.Ranking":          reflect.TypeFor[assessment.Ranking](),
	"assessment.RankingSpec":      reflect.TypeFor[assessment.RankingSpec](),
	"assessment.Record":           reflect.TypeFor[assessment.Record](),
	"assessment.Renormalise":      reflect.TypeFor[assessment.Renormalise](),
	"assessment.Rung":             reflect.TypeFor[assessment.Rung](),
	"assessment.Satisfied":        reflect.TypeFor[assessment.Satisfied](),
	"assessment.Scheme":           reflect.TypeFor[assessment.Scheme](),
	"assessment.SchemeSpec":       reflect.TypeFor[assessment.SchemeSpec](),
	"assessment.Score":            reflect.TypeFor[assessment.Score](),
	"assessment.Sheet":            reflect.TypeFor[assessment.Sheet](),
	"assessment.Source":           reflect.TypeFor[assessment.Source](),
	"assessment.Spoil":            reflect.TypeFor[assessment.Spoil](),
	"assessment.Spread":           reflect.TypeFor[assessment.Spread](),
	"assessment.Step":             reflect.TypeFor[assessment.Step](),
	"assessment.Sum":              reflect.TypeFor[assessment.Sum](),
	"assessment.Term":             reflect.TypeFor[assessment.Term](),
	"assessment.Test":             reflect.TypeFor[assessment.Test](),
	"assessment.Times":            reflect.TypeFor[assessment.Times](),
	"assessment.Veto":             reflect.TypeFor[assessment.Veto](),
	"campaign.Action":             reflect.TypeFor[campaign.Action](),
	"campaign.Attendance":         reflect.TypeFor[campaign.Attendance](),
	"campaign.AttendanceMark":     reflect.TypeFor[campaign.AttendanceMark](),
	"campaign.Course":             reflect.TypeFor[campaign.Course](),
	"campaign.Deed":               reflect.TypeFor[campaign.Deed](),
	"campaign.Deployment":         reflect.TypeFor[campaign.Deployment](),
	"campaign.GroupSpec":          reflect.TypeFor[campaign.GroupSpec](),
	"campaign.Issue":              reflect.TypeFor[campaign.Issue](),
	"campaign.KindHours":          reflect.TypeFor[campaign.KindHours](),
	"campaign.LeadingGroup":       reflect.TypeFor[campaign.LeadingGroup](),
	"campaign.List":               reflect.TypeFor[campaign.List](),
	"campaign.LookBack":           reflect.TypeFor[campaign.LookBack](),
	"campaign.Mark":               reflect.TypeFor[campaign.Mark](),
	"campaign.Member":             reflect.TypeFor[campaign.Member](),
	"campaign.Milestone":          reflect.TypeFor[campaign.Milestone](),
	"campaign.Moved":              reflect.TypeFor[campaign.Moved](),
	"campaign.Notes":              reflect.TypeFor[campaign.Notes](),
	"campaign.Office":             reflect.TypeFor[campaign.Office](),
	"campaign.Part":               reflect.TypeFor[campaign.Part](),
	"campaign.Phase":              reflect.TypeFor[campaign.Phase](),
	"campaign.Plan":               reflect.TypeFor[campaign.Plan](),
	"campaign.PlanSpec":           reflect.TypeFor[campaign.PlanSpec](),
	"campaign.Presence":           reflect.TypeFor[campaign.Presence](),
	"campaign.Progress":           reflect.TypeFor[campaign.Progress](),
	"campaign.Quota":              reflect.TypeFor[campaign.Quota](),
	"campaign.Reflection":         reflect.TypeFor[campaign.Reflection](),
	"campaign.Review":             reflect.TypeFor[campaign.Review](),
	"campaign.Role":               reflect.TypeFor[campaign.Role](),
	"campaign.Roster":             reflect.TypeFor[campaign.Roster](),
	"campaign.Row":                reflect.TypeFor[campaign.Row](),
	"campaign.Schedule":           reflect.TypeFor[campaign.Schedule](),
	"campaign.Seat":               reflect.TypeFor[campaign.Seat](),
	"campaign.ServiceDay":         reflect.TypeFor[campaign.ServiceDay](),
	"campaign.Session":            reflect.TypeFor[campaign.Session](),
	"campaign.Step":               reflect.TypeFor[campaign.Step](),
	"campaign.Turnout":            reflect.TypeFor[campaign.Turnout](),
	"campaign.Writings":           reflect.TypeFor[campaign.Writings](),
	"competition.Award":           reflect.TypeFor[competition.Award](),
	"competition.Bar":             reflect.TypeFor[competition.Bar](),
	"competition.Base":            reflect.TypeFor[competition.Base](),
	"competition.Candidate":       reflect.TypeFor[competition.Candidate](),
	"competition.CodedEntry":      reflect.TypeFor[competition.CodedEntry](),
	"competition.CodedFirm":       reflect.TypeFor[competition.CodedFirm](),
	"competition.CoolOff":         reflect.TypeFor[competition.CoolOff](),
	"competition.CoverageOf":      reflect.TypeFor[competition.CoverageOf](),
	"competition.Edition":         reflect.TypeFor[competition.Edition](),
	"competition.EditionSpec":     reflect.TypeFor[competition.EditionSpec](),
	"competition.Effect":          reflect.TypeFor[competition.Effect](),
	"competition.Entrants":        reflect.TypeFor[competition.Entrants](),
	"competition.Entry":           reflect.TypeFor[competition.Entry](),
	"competition.Firm":            reflect.TypeFor[competition.Firm](),
	"competition.Honour":          reflect.TypeFor[competition.Honour](),
	"competition.Incident":        reflect.TypeFor[competition.Incident](),
	"competition.ParticipationOf": reflect.TypeFor[competition.ParticipationOf](),
	"competition.Place":           reflect.TypeFor[competition.Place](),
	"competition.Population":      reflect.TypeFor[competition.Population](),
	"competition.Prior":           reflect.TypeFor[competition.Prior](),
	"competition.Recommendation":  reflect.TypeFor[competition.Recommendation](),
	"competition.Reported":        reflect.TypeFor[competition.Reported](),
	"competition.Section":         reflect.TypeFor[competition.Section](),
	"competition.Target":          reflect.TypeFor[competition.Target](),
	"competition.ThisEdition":     reflect.TypeFor[competition.ThisEdition](),
	"competition.Threshold":       reflect.TypeFor[competition.Threshold](),
	"competition.Track":           reflect.TypeFor[competition.Track](),
	"competition.Turnout":         reflect.TypeFor[competition.Turnout](),
	"competition.Veto":            reflect.TypeFor[competition.Veto](),
	"competition.Whether":         reflect.TypeFor[competition.Whether](),
	"competition.Workers":         reflect.TypeFor[competition.Workers](),
	"competition.Zero":            reflect.TypeFor[competition.Zero](),
	"employment.Employer":         reflect.TypeFor[employment.Employer](),
	"employment.Fair":             reflect.TypeFor[employment.Fair](),
	"employment.FairSpec":         reflect.TypeFor[employment.FairSpec](),
	"employment.Floor":            reflect.TypeFor[employment.Floor](),
	"employment.Funnel":           reflect.TypeFor[employment.Funnel](),
	"employment.Group":            reflect.TypeFor[employment.Group](),
	"employment.Intention":        reflect.TypeFor[employment.Intention](),
	"employment.Passage":          reflect.TypeFor[employment.Passage](),
	"employment.Posting":          reflect.TypeFor[employment.Posting](),
	"employment.Rate":             reflect.TypeFor[employment.Rate](),
	"employment.Reach":            reflect.TypeFor[employment.Reach](),
	"employment.Registration":     reflect.TypeFor[employment.Registration](),
	"employment.Report":           reflect.TypeFor[employment.Report](),
	"employment.ShareSpec":        reflect.TypeFor[employment.ShareSpec](),
	"union.Absence":               reflect.TypeFor[union.Absence](),
	"union.Arrival":               reflect.TypeFor[union.Arrival](),
	"union.Axis":                  reflect.TypeFor[union.Axis](),
	"union.Balance":               reflect.TypeFor[union.Balance](),
	"union.Band":                  reflect.TypeFor[union.Band](),
	"union.Bands":                 reflect.TypeFor[union.Bands](),
	"union.BandsSpec":             reflect.TypeFor[union.BandsSpec](),
	"union.Calendar":              reflect.TypeFor[union.Calendar](),
	"union.CalendarSpec":          reflect.TypeFor[union.CalendarSpec](),
	"union.Capitals":              reflect.TypeFor[union.Capitals](),
	"union.Code":                  reflect.TypeFor[union.Code](),
	"union.Codes":                 reflect.TypeFor[union.Codes](),
	"union.CodesSpec":             reflect.TypeFor[union.CodesSpec](),
	"union.Count":                 reflect.TypeFor[union.Count](),
	"union.CreditCode":            reflect.TypeFor[union.CreditCode](),
	"union.Date":                  reflect.TypeFor[union.Date](),
	"union.Division":              reflect.TypeFor[union.Division](),
	"union.Event":                 reflect.TypeFor[union.Event](),
	"union.Fact":                  reflect.TypeFor[union.Fact](),
	"union.Fault":                 reflect.TypeFor[union.Fault](),
	"union.FaultList":             reflect.TypeFor[union.FaultList](),
	"union.Figure":                reflect.TypeFor[union.Figure](),
	"union.FigureList":            reflect.TypeFor[union.FigureList](),
	"union.FigureSpec":            reflect.TypeFor[union.FigureSpec](),
	"union.Finding":               reflect.TypeFor[union.Finding](),
	"union.Growth":                reflect.TypeFor[union.Growth](),
	"union.Heir":                  reflect.TypeFor[union.Heir](),
	"union.Hierarchy":             reflect.TypeFor[union.Hierarchy](),
	"union.Holiday":               reflect.TypeFor[union.Holiday](),
	"union.IDNumber":              reflect.TypeFor[union.IDNumber](),
	"union.Input":                 reflect.TypeFor[union.Input](),
	"union.Interval":              reflect.TypeFor[union.Interval](),
	"union.Known":                 reflect.TypeFor[union.Known](),
	"union.Layout":                reflect.TypeFor[union.Layout](),
	"union.Log":                   reflect.TypeFor[union.Log](),
	"union.Measure":               reflect.TypeFor[union.Measure](),
	"union.Merger":                reflect.TypeFor[union.Merger](),
	"union.Mode":                  reflect.TypeFor[union.Mode](),
	"union.Money":                 reflect.TypeFor[union.Money](),
	"union.Move":                  reflect.TypeFor[union.Move](),
	"union.Name":                  reflect.TypeFor[union.Name](),
	"union.Number":                reflect.TypeFor[union.Number](),
	"union.Part":                  reflect.TypeFor[union.Part[union.Ratio]](),
	"union.PercentPoints":         reflect.TypeFor[union.PercentPoints](),
	"union.Period":                reflect.TypeFor[union.Period](),
	"union.Place":                 reflect.TypeFor[union.Place](),
	"union.Procedure":             reflect.TypeFor[union.Procedure](),
	"union.ProcedureSpec":         reflect.TypeFor[union.ProcedureSpec](),
	"union.Ratio":                 reflect.TypeFor[union.Ratio](),
	"union.Reason":                reflect.TypeFor[union.Reason](),
	"union.Register":              reflect.TypeFor[union.Register](),
	"union.Revision":              reflect.TypeFor[union.Revision](),
	"union.Rollup":                reflect.TypeFor[union.Rollup[union.Ratio]](),
	"union.Rounding":              reflect.TypeFor[union.Rounding](),
	"union.Rule":                  reflect.TypeFor[union.Rule](),
	"union.RuleID":                reflect.TypeFor[union.RuleID](),
	"union.Shares":                reflect.TypeFor[union.Shares](),
	"union.Split":                 reflect.TypeFor[union.Split](),
	"union.Standing":              reflect.TypeFor[union.Standing](),
	"union.State":                 reflect.TypeFor[union.State](),
	"union.Table":                 reflect.TypeFor[union.Table](),
	"union.Term":                  reflect.TypeFor[union.Term](),
	"union.Transition":            reflect.TypeFor[union.Transition](),
	"union.Tree":                  reflect.TypeFor[union.Tree](),
	"union.Unit":                  reflect.TypeFor[union.Unit](),
	"union.UnitID":                reflect.TypeFor[union.UnitID](),
	"union.Verdict":               reflect.TypeFor[union.Verdict](),
	"union.Working":               reflect.TypeFor[union.Working](),
}

var surfaceFunctions = map[string]any{
	"aid.NewCertificateRule":   aid.NewCertificateRule,
	"aid.NewDonationDay":       aid.NewDonationDay,
	"aid.NewGoldenAutumn":      aid.NewGoldenAutumn,
	"aid.NewStandard":          aid.NewStandard,
	"aid.NewVisitPlan":         aid.NewVisitPlan,
	"assessment.FiveSteps":     assessment.FiveSteps,
	"assessment.NewComparison": assessment.NewComparison,
	"assessment.NewForm":       assessment.NewForm,
	"assessment.NewGoalRule":   assessment.NewGoalRule,
	"assessment.NewPolicy":     assessment.NewPolicy,
	"assessment.NewRanking":    assessment.NewRanking,
	"assessment.NewScheme":     assessment.NewScheme,
	"campaign.NewLeadingGroup": campaign.NewLeadingGroup,
	"campaign.NewPlan":         campaign.NewPlan,
	"campaign.NewRoster":       campaign.NewRoster,
	"competition.NewEdition":   competition.NewEdition,
	"employment.NewFair":       employment.NewFair,
	"employment.OpeningsRate":  employment.OpeningsRate,
	"union.Apportion":          union.Apportion,
	"union.AtLeast":            union.AtLeast,
	"union.AtMost":             union.AtMost,
	"union.CheckToken":         union.CheckToken,
	"union.Faults":             union.Faults,
	"union.Fen":                union.Fen,
	"union.Headline":           union.Headline,
	"union.IdentifyRule":       union.IdentifyRule,
	"union.Indexed":            union.Indexed,
	"union.InputOf":            union.InputOf,
	"union.Judged":             union.Judged,
	"union.LessThan":           union.LessThan,
	"union.Merge":              union.Merge[union.Ratio],
	"union.MoneyOf":            union.MoneyOf,
	"union.MoneyOfNumber":      union.MoneyOfNumber,
	"union.MoreThan":           union.MoreThan,
	"union.NewBands":           union.NewBands,
	"union.NewCalendar":        union.NewCalendar,
	"union.NewCodes":           union.NewCodes,
	"union.NewCount":           union.NewCount,
	"union.NewDate":            union.NewDate,
	"union.NewFault":           union.NewFault,
	"union.NewFigureList":      union.NewFigureList,
	"union.NewGrowth":          union.NewGrowth,
	"union.NewHierarchy":       union.NewHierarchy,
	"union.NewLayout":          union.NewLayout,
	"union.NewName":            union.NewName,
	"union.NewNumber":          union.NewNumber,
	"union.NewPercentPoints":   union.NewPercentPoints,
	"union.NewPeriod":          union.NewPeriod,
	"union.NewProcedure":       union.NewProcedure,
	"union.NewRollup":          union.NewRollup[union.Ratio],
	"union.NewShares":          union.NewShares,
	"union.NthWeekday":         union.NthWeekday,
	"union.NumberOf":           union.NumberOf,
	"union.ParseCapitals":      union.ParseCapitals,
	"union.ParseCount":         union.ParseCount,
	"union.ParseCreditCode":    union.ParseCreditCode,
	"union.ParseDate":          union.ParseDate,
	"union.ParseIDNumber":      union.ParseIDNumber,
	"union.ParseInterval":      union.ParseInterval,
	"union.ParseMoney":         union.ParseMoney,
	"union.ParseMoneyBytes":    union.ParseMoneyBytes,
	"union.ParseNumber":        union.ParseNumber,
	"union.ParsePeriod":        union.ParsePeriod,
	"union.ParseWan":           union.ParseWan,
	"union.ParseYi":            union.ParseYi,
	"union.PointsBetween":      union.PointsBetween,
	"union.ReadRule":           union.ReadRule,
	"union.ReadTally":          union.ReadTally,
	"union.SumMoney":           union.SumMoney,
	"union.Whole":              union.Whole,
	"union.Within":             union.Within,
	"union.WriteRule":          union.WriteRule,
	"union.WriteTally":         union.WriteTally,
}
