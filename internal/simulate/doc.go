// Package simulate makes, of one seed, a nation of units that nobody wrote by hand
// and a year of what happens in it: units are founded, merged, split, moved and
// closed; gifts, fairs, competitors, sheets and all else that the packages count are
// recorded, some of it wrong or twice; units report on two periods in time, late, twice,
// otherwise than before, or not at all, and revise the first while the second comes in;
// gifts that come late find the books closed. [House.Run] lets the year happen and
// holds, at every prefix of its events, what must hold of every tally: that nothing is
// lost or counted twice on the way from a unit to the nation, whichever way it goes.
//
// A seed gives the same year on every run. The package serves tests and bench, and
// no user: it keeps no clock and starts nothing.
package simulate
