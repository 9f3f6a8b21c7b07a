// Package simulate makes, of one seed, a nation of units that nobody wrote by hand
// and a year of what happens in it: units are founded, merged, split and moved;
// gifts, fairs, competitors, sheets and all else that the packages count are recorded,
// some of it wrong or twice; counties report in time, late, twice, otherwise than
// before, or not at all. [Run] lets the year happen and holds, at every prefix of
// its events, what must hold of every tally: that nothing is lost or counted twice on
// the way from a unit to the nation, whichever way it goes.
//
// A seed gives the same year on every run. The package serves tests and bench, and
// no user: it keeps no clock and starts nothing.
package simulate
