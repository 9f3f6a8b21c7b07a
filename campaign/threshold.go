package campaign

import (
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Threshold says what follows from a rate or a number: a phase with which fewer
// than 60% are satisfied is to be made up, one with fewer than 80% loses honours. Its
// bands partition the scale, so that no value falls between two. A rate is held
// against them in percent.
type Threshold struct {
	Key     string          `json:"key"` // its figure is campaign.threshold.<key>
	Title   string          `json:"title"`
	Phases  []string        `json:"phases,omitempty"` // whose gates ask for it; none: no gate does
	Bands   union.BandsSpec `json:"bands"`
	Effects []Effect        `json:"effects"` // of every band
}

// An Effect is what follows in a band.
type Effect struct {
	Key   string `json:"key"` // that of its bands
	Title string `json:"title"`
	Bars  bool   `json:"bars,omitempty"` // the phase may not close
}

// A Reading is what a threshold is held against: a rate as its two counts, or a
// value as it was printed. Exactly one of them is set.
type Reading struct {
	Threshold string        `json:"threshold"`       // the key of a threshold of the plan
	Phase     string        `json:"phase,omitempty"` // of which it was taken; empty: of no phase
	Rate      *union.Ratio  `json:"rate,omitempty"`
	Value     *union.Number `json:"value,omitempty"`
}

// value returns what is held against the bands, in percent for a rate.
func (r Reading) value() (union.Number, error) {
	switch {
	case r.Rate == nil && r.Value == nil:
		return union.Number{}, union.NewFault(union.ErrMissing, "reading", "", "a rate or a value")
	case r.Rate != nil && r.Value != nil:
		return union.Number{}, union.NewFault(union.ErrRepeated, "reading", "a rate and a value", "one of them")
	case r.Value != nil:
		return *r.Value, nil
	}
	percent, err := r.Rate.Percent()
	return percent, union.Within("rate", err)
}

// text tells a rate by its two counts, and a value as it was printed.
func (r Reading) text() string {
	if r.Rate != nil {
		return r.Rate.String()
	}
	return r.Value.String()
}

// Effect returns what follows from a reading.
//
// It reports the first of
//   - [union.ErrUnknown], for a threshold that the plan does not have;
//   - [union.ErrMissing] and [union.ErrRepeated], for a reading without rate and
//     value, and for one with both;
//   - [union.ErrRange], for a rate of a count below zero;
//   - [union.ErrUndefined], for a rate over nothing, which no effect follows from;
//   - [union.ErrRange], for a value outside the threshold's scale or off its grid.
func (p Plan) Effect(reading Reading) (Effect, error) {
	at := slices.IndexFunc(p.spec.Thresholds, func(t Threshold) bool { return t.Key == reading.Threshold })
	if at < 0 {
		return Effect{}, union.NewFault(union.ErrUnknown, "threshold", quote.Key(reading.Threshold), "a threshold of the plan")
	}
	value, err := reading.value()
	if err != nil {
		return Effect{}, err
	}
	band, err := p.bands[at].Find(value)
	if err != nil {
		return Effect{}, union.Within("threshold "+quoted(reading.Threshold), err)
	}
	effect, _ := p.spec.Thresholds[at].effect(band.Key)
	return effect, nil
}

func (t Threshold) effect(key string) (Effect, bool) {
	at := slices.IndexFunc(t.Effects, func(e Effect) bool { return e.Key == key })
	if at < 0 {
		return Effect{}, false
	}
	return t.Effects[at], true
}

// checkThresholds makes the bands and sees that each has its effect.
func (p *Plan) checkThresholds(faults *union.FaultList) {
	keys := map[string]bool{}
	for i, threshold := range p.spec.Thresholds {
		where := union.Indexed("thresholds", i)
		faults.Key(where+".key", threshold.Key, keys)
		faults.Given(where+".title", threshold.Title)
		once(faults, where+".phases", threshold.Phases, p.hasPhase, "a phase of the plan")
		bands, err := union.NewBands(threshold.Bands)
		faults.Within(where+".bands", err)
		p.bands = append(p.bands, bands)
		named := map[string]bool{}
		for j, band := range threshold.Bands.List {
			named[band.Key] = true
			if _, known := threshold.effect(band.Key); !known && band.Key != "" {
				faults.Add(union.ErrUnknown, union.Indexed(where+".bands.list", j)+".key", quote.Key(band.Key), "an effect of the threshold")
			}
		}
		effects := map[string]bool{}
		for j, effect := range threshold.Effects {
			at := union.Indexed(where+".effects", j)
			faults.Key(at+".key", effect.Key, effects)
			faults.Given(at+".title", effect.Title)
			if effect.Key != "" && !named[effect.Key] {
				faults.Add(union.ErrUnknown, at+".key", quote.Key(effect.Key), "a band of the threshold")
			}
		}
	}
}

func (t Threshold) clone() Threshold {
	t.Phases, t.Effects = slices.Clone(t.Phases), slices.Clone(t.Effects)
	t.Bands.List = slices.Clone(t.Bands.List)
	return t
}

func (r Reading) clone() Reading {
	r.Rate = pointer(r.Rate, func(rate union.Ratio) union.Ratio { return rate })
	r.Value = pointer(r.Value, func(value union.Number) union.Number { return value })
	return r
}
