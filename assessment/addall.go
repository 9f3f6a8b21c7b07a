package assessment

import (
	"encoding/binary"

	"github.com/unioncampaign/union"
)

// AddAll counts sheets as [Box.Add] does each of them, all of them or none, and
// faster where the form has at most eight criteria of at most seven answers.
//
// It reports the first fault that Add reports of a sheet, within "sheets[i]",
// and then changes nothing; or [union.ErrOverflow], for a count beyond 2^62.
func (b *Box) AddAll(sheets []Sheet) error {
	l := b.layout
	if l == nil {
		return noForm()
	}
	sums := make([]int64, len(b.cells))
	gathered := make([]gathering, max(1, len(l.classes)))
	quick := l.few && len(l.spreads) == 0
	for i := 0; i < len(sheets); i++ {
		if class := l.place(sheets[i].Class); quick && class < len(gathered) {
			i += gathered[class].take(sheets[i:], len(l.asked), l.room)
		}
		if i == len(sheets) {
			break
		}
		if err := l.addTo(sums, sheets[i]); err != nil {
			return union.Within(union.Indexed("sheets", i), err)
		}
	}
	for class := range gathered {
		gathered[class].addTo(sums[class*l.stride:], l.asked)
	}
	return b.addSums(0, sums)
}

// place returns where a class stands among those of the form, and beyond them for
// one that is none.
func (l *layout) place(class uint8) int {
	if len(l.classes) == 0 {
		return int(class)
	}
	return int(class - 1)
}

// addTo counts one sheet among counts that are far from full.
func (l *layout) addTo(sums []int64, sheet Sheet) error {
	block, reason, err := l.reads(sheet)
	if err != nil {
		return err
	}
	counts := sums[block : block+l.stride]
	counts[reason]++
	if reason > 0 {
		return nil
	}
	for i, answer := range sheet.Answers {
		counts[l.asked[i].cell(answer)]++
	}
	return nil
}

// What a word of eight bytes has in each of them.
const (
	lows  = 0x0101010101010101
	tops  = 0x8080808080808080
	eight = 8
	octet = 8
)

// roomOf returns, for questions whose answers can be told by a bit each in one byte
// of a word, what is left in the byte above the last: added to the code of an
// answer that there is, it does not reach the top bit.
func roomOf(asked []question) (room uint64, few bool) {
	if len(asked) > eight {
		return 0, false
	}
	for i := range eight {
		last := uint8(0)
		if i < len(asked) {
			last = asked[i].last
		}
		if last >= octet {
			return 0, false
		}
		room |= uint64(0x7f-last) << (octet * i)
	}
	return room, true
}

// inBytes returns the codes of at most eight answers, each in a byte of a word.
func inBytes(answers []uint8) uint64 {
	if n := len(answers); n >= 4 {
		return uint64(binary.LittleEndian.Uint32(answers)) | uint64(binary.LittleEndian.Uint32(answers[n-4:]))<<(octet*(n-4))
	}
	var word uint64
	for i, answer := range answers {
		word |= uint64(answer) << (octet * i)
	}
	return word
}

// oneHot returns for codes of 0 to 7, each in a byte, the bit of each in its byte.
// Of the three binary digits of a code the first makes one two, the second makes
// that four times as much, and the third sixteen times.
func oneHot(codes uint64) uint64 {
	first, second, third := codes&lows, codes>>1&lows, codes>>2&lows
	hot := lows + first
	hot += 3 * (hot & (second<<octet - second)) // less itself, a digit that is set is a whole byte of ones
	return hot + 15*(hot&(third<<octet-third))
}

// A gathering holds valid sheets of a class on their way into its counts. Sixteen
// are counted at once, bit by bit: see [countOnes].
type gathering struct {
	digits [planes]uint64
	inside int // how many the digits hold
	counts [wordBits]int64
	sheets int64
}

// take counts the sheets from the first on that are of its class, give so many
// answers, and have nothing void about them, and returns how many these are.
func (g *gathering) take(sheets []Sheet, answers int, room uint64) (taken int) {
	var words [16]uint64
	held, class := 0, sheets[0].Class
	for i := range sheets {
		sheet := &sheets[i]
		if sheet.Class != class || sheet.Spoil != 0 || len(sheet.Answers) != answers {
			break
		}
		codes := inBytes(sheet.Answers)
		if (codes|(codes+room))&tops != 0 {
			break
		}
		words[held&(len(words)-1)] = oneHot(codes)
		held, taken = held+1, i+1
		if held == len(words) {
			g.settle(words[:])
			held = 0
		}
	}
	g.settle(words[:held])
	return taken
}

// settle takes sheets into the digits, and those into the counts before they hold
// too many.
func (g *gathering) settle(words []uint64) {
	countOnes(&g.digits, words)
	g.sheets += int64(len(words))
	g.inside += len(words)
	if g.inside >= atOnce {
		g.carryOver()
	}
}

func (g *gathering) carryOver() {
	tally(&g.counts, &g.digits)
	g.digits, g.inside = [planes]uint64{}, 0
}

// addTo adds the sheets to the counts of their class.
func (g *gathering) addTo(counts []int64, asked []question) {
	if g.sheets == 0 {
		return // of a form of many answers none is gathered
	}
	g.carryOver()
	counts[0] += g.sheets
	for i, q := range asked {
		for code := range int(q.last) + 1 {
			counts[q.start+code] += g.counts[octet*i+code]
		}
	}
}
