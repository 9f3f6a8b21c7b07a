module github.com/unioncampaign/union/bench

go 1.26.0

require (
	github.com/expr-lang/expr v1.17.8
	github.com/shopspring/decimal v1.6.0
	github.com/unioncampaign/union v0.0.0
)

replace github.com/unioncampaign/union => ..
