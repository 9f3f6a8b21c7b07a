package house_test

import (
	"reflect"

	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/internal/laws"
)

var aidSurface = surface{
	types: []reflect.Type{
		reflect.TypeFor[aid.AnnualReview](),
		reflect.TypeFor[aid.Category](),
		reflect.TypeFor[aid.Certificate](),
		reflect.TypeFor[aid.CertificateClass](),
		reflect.TypeFor[aid.CertificateRule](),
		reflect.TypeFor[aid.CertificateRuleSpec](),
		reflect.TypeFor[aid.CodedCertificate](),
		reflect.TypeFor[aid.CodedGift](),
		reflect.TypeFor[aid.CodedHousehold](),
		reflect.TypeFor[aid.CodedStudent](),
		reflect.TypeFor[aid.CodedVisit](),
		reflect.TypeFor[aid.DonationDay](),
		reflect.TypeFor[aid.DonationDaySpec](),
		reflect.TypeFor[aid.Donations](),
		reflect.TypeFor[aid.Gift](),
		reflect.TypeFor[aid.GiftKind](),
		reflect.TypeFor[aid.GoldenAutumn](),
		reflect.TypeFor[aid.GoldenAutumnSpec](),
		reflect.TypeFor[aid.Head](),
		reflect.TypeFor[aid.Household](),
		reflect.TypeFor[aid.Item](),
		reflect.TypeFor[aid.ItemKind](),
		reflect.TypeFor[aid.Member](),
		reflect.TypeFor[aid.Review](),
		reflect.TypeFor[aid.Standard](),
		reflect.TypeFor[aid.StandardSpec](),
		reflect.TypeFor[aid.Student](),
		reflect.TypeFor[aid.Students](),
		reflect.TypeFor[aid.Survey](),
		reflect.TypeFor[aid.TariffStep](),
		reflect.TypeFor[aid.UnitDonations](),
		reflect.TypeFor[aid.Visit](),
		reflect.TypeFor[aid.VisitPlan](),
		reflect.TypeFor[aid.VisitPlanSpec](),
		reflect.TypeFor[aid.Visits](),
		reflect.TypeFor[aid.Window](),
		reflect.TypeFor[aid.YearDay](),
	},
	functions: map[string]any{
		"aid.NewCertificateRule": aid.NewCertificateRule,
		"aid.NewDonationDay":     aid.NewDonationDay,
		"aid.NewGoldenAutumn":    aid.NewGoldenAutumn,
		"aid.NewStandard":        aid.NewStandard,
		"aid.NewVisitPlan":       aid.NewVisitPlan,
	},
	carriers: []reflect.Type{
		reflect.TypeFor[aid.Head](),
		reflect.TypeFor[aid.Household](),
	},
	readings: []laws.Reading{
		laws.ReadingOf[aid.AnnualReview](),
		laws.ReadingOf[aid.Donations](),
		laws.ReadingOf[aid.Students](),
		laws.ReadingOf[aid.Survey](),
		laws.ReadingOf[aid.Visits](),
	},
}
