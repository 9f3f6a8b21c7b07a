package assessment

import (
	"math/bits"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
)

// packing says where the marks of a packed sheet stand. A sheet is some words, or
// a word is some sheets; in them each question has a lane, and in the lane each
// answer a bit, of which one is set: the blank first, then the answers, then the
// void mark. Before the questions stands a lane of how the whole sheet counts:
// valid, or void for one of the reasons; a sheet that is void is blank in all
// else.
//
// So a count is how many sheets have a bit, which is counted for all bits of many
// words at once.
type packing struct {
	words int    // of a sheet; 0: the form's answers are too many to be packed
	each  int    // sheets of a word, if a sheet is one
	size  int    // bits of a sheet, if it is one word
	lanes []lane // how the sheet counts, and then by criterion
	low   []uint64
	used  []uint64
	void  uint64 // the bits of the reasons, in the first word
}

// lane is the bits of one question.
type lane struct {
	word, shift, width int
	cell               int // where the first of them is counted, from the class's valid sheets on
}

// wordBits is how many bits a word has.
const wordBits = 64

// packingOf returns how the sheets of a layout are packed.
func packingOf(l *layout) packing {
	p := packing{words: 1}
	at := 0
	for i := range len(l.asked) + 1 {
		width, cell := 1+len(l.reasons), 0
		if i > 0 {
			asked := l.asked[i-1]
			width, cell = int(asked.last)+2, asked.start
		}
		if width > wordBits {
			return packing{}
		}
		if at+width > wordBits {
			p.words++
			at = 0
		}
		p.lanes = append(p.lanes, lane{word: p.words - 1, shift: at, width: width, cell: cell})
		at += width
	}
	p.each, p.size = 1, at
	if p.words == 1 {
		p.each = wordBits / at
	}
	p.low, p.used = make([]uint64, p.words), make([]uint64, p.words)
	for i, lane := range p.lanes {
		bit := uint64(1) << lane.shift
		whole := (bit<<(lane.width-1) - bit) | bit<<(lane.width-1)
		p.low[lane.word] |= bit
		p.used[lane.word] |= whole
		if i == 0 {
			p.void = whole &^ bit // but for that of a valid sheet
		}
	}
	return p
}

// set sets the bit of a code in a lane.
func (l lane) set(words []uint64, code int) { words[l.word] |= 1 << (l.shift + code) }

// get returns the code whose bit is set in a lane, which has one.
func (l lane) get(words []uint64) int { return bits.TrailingZeros64(words[l.word] >> l.shift) }

// headOf is the word that a batch begins with, but for the class: which form it is
// of.
func headOf(id union.RuleID) uint64 {
	head, _ := strconv.ParseUint(id.String()[:14], 16, 64) // seven bytes, in hexadecimal
	return head << 8
}

// A batch of packed sheets begins with which form and class it is of, and how many
// sheets it has.
const (
	batchHead = iota
	batchSize
	batchWords
)

// Pack appends a sheet to a batch of sheets of one class, in a form that
// [Box.AddPacked] counts many times as fast as [Box.Add] does single sheets: for
// papers by the million that a machine reads. An empty batch is begun. What voids
// the sheet is found now.
//
// A batch is as secret as the papers are. It is the caller's, in the order in which
// it was packed, and nothing of this package keeps it.
//
// It reports the first fault in this order, and returns the batch unchanged:
// [union.ErrMissing], for the zero Form; what [Box.Add] reports of a sheet;
// [union.ErrRange], for a form with more than 62 answers to a criterion or 63
// reasons; [union.ErrRule], for a batch of another form or class.
func (f Form) Pack(batch []uint64, sheet Sheet) ([]uint64, error) {
	if f.layout == nil {
		return batch, noForm()
	}
	p := &f.layout.packing
	_, reason, err := f.layout.reads(sheet)
	switch {
	case err != nil:
		return batch, err
	case p.words == 0:
		return batch, union.NewFault(union.ErrRange, "form", "too many answers", "at most 62 to a criterion")
	}
	head := f.layout.head + uint64(sheet.Class)
	if len(batch) == 0 {
		batch = append(batch, head, 0)
	}
	if batch[batchHead] != head || len(batch) < batchWords || len(batch)-batchWords != p.wordsOf(batch[batchSize]) {
		return batch, union.NewFault(union.ErrRule, "batch", "another form or class", f.id.String())
	}
	shift := 0
	if at := int(batch[batchSize] % uint64(p.each)); at > 0 {
		shift = at * p.size
	} else {
		batch = append(batch, make([]uint64, p.words)...)
	}
	batch[batchSize]++
	f.layout.pack(batch[len(batch)-p.words:], shift, sheet, reason)
	return batch, nil
}

// wordsOf returns how many words so many sheets are.
func (p *packing) wordsOf(sheets uint64) int {
	each := uint64(p.each)
	return int((sheets+each-1)/each) * p.words
}

// pack sets the bits of a sheet in its words, from a shift on.
func (l *layout) pack(words []uint64, shift int, sheet Sheet, reason int) {
	p := &l.packing
	p.lanes[0].set(words, shift+reason)
	for i, lane := range p.lanes[1:] {
		code := 0
		if reason == 0 {
			code = l.asked[i].cell(sheet.Answers[i]) - lane.cell
		}
		lane.set(words, shift+code)
	}
}

// AddPacked counts a batch of packed sheets, all of them or none. An empty batch
// changes nothing.
//
// It reports the first fault in this order and then changes nothing:
// [union.ErrMissing], for a box of no form; [union.ErrRule], for a batch of another
// form; [union.ErrText], for a batch that [Form.Pack] did not make, and what of it
// is not a sheet of the form; [union.ErrOverflow], for a count of sheets beyond
// 2^62.
func (b *Box) AddPacked(batch []uint64) error {
	if b.layout == nil {
		return noForm()
	}
	if len(batch) == 0 {
		return nil
	}
	p := &b.layout.packing
	block, ok := b.layout.block(uint8(batch[batchHead]))
	switch {
	case batch[batchHead]-uint64(uint8(batch[batchHead])) != b.layout.head || !ok || p.words == 0:
		return union.NewFault(union.ErrRule, "batch", "another form", b.rule.String())
	case len(batch) < batchWords || batch[batchSize] > uint64(len(batch))*wordBits || len(batch)-batchWords != p.wordsOf(batch[batchSize]):
		return union.NewFault(union.ErrText, "batch", strconv.Itoa(len(batch))+" words", "as many as its sheets take")
	}
	sums := make([]int64, b.layout.stride)
	sheets, words := int64(batch[batchSize]), batch[batchWords:]
	for word := range p.words {
		counts, bad := p.count(words, word)
		for _, lane := range p.lanes {
			if lane.word == word {
				bad = !p.sum(sums, &counts, lane, sheets) || bad
			}
		}
		if bad {
			return p.unreadable(words, int(sheets))
		}
	}
	if err := b.layout.voided(sums, words, int(sheets)); err != nil {
		return err
	}
	return b.addSums(block, sums)
}

// addSums adds counts to those of a class.
func (b *Box) addSums(block int, sums []int64) error {
	counts := b.cells[block : block+len(sums)]
	for i, n := range sums {
		if sum, fits := exact.Add(counts[i], n); !fits || sum > full {
			return tooMany()
		}
	}
	for i, n := range sums {
		counts[i] += n
	}
	return nil
}

// sum adds the counts of a lane's bits, in each sheet of a word, and reports whether
// they are those of as many sheets.
func (p *packing) sum(sums []int64, counts *[wordBits]int64, lane lane, sheets int64) bool {
	for at := range p.each {
		for i := range lane.width {
			n := counts[lane.shift+at*p.size+i]
			sums[lane.cell+i] += n
			sheets -= n
		}
	}
	return sheets == 0
}

// planes is how many binary digits a count may have before it is carried over:
// so many words are counted at a time, few enough to be at hand when they are
// looked at twice.
const (
	planes = 12
	atOnce = 1<<planes - 16
)

// count counts for each bit how many of the words have it, of those that stand at
// one place in a sheet, and reports whether any has a bit that is none, or two in
// one lane. A sheet without one in a lane shows in the counts of the lane.
//
// Less the lowest bit of each lane, a lane of one bit has none in common with what
// it was; one without a bit takes another from the next lane, which then shows if it
// has two.
func (p *packing) count(words []uint64, word int) (counts [wordBits]int64, bad bool) {
	low, used := p.low[word], p.used[word]
	for range p.each - 1 {
		low, used = low<<p.size|p.low[0], used<<p.size|p.used[0]
	}
	var wrong uint64
	for len(words) > 0 {
		n := min(len(words), atOnce*p.words)
		var digits [planes]uint64
		for i := word; i < n; i += p.words {
			x := words[i]
			wrong |= x&(x-low) | x&^used
			if p.words > 1 {
				carry(digits[:], x)
			}
		}
		if p.words == 1 {
			countOnes(&digits, words[:n])
		}
		tally(&counts, &digits)
		words = words[n:]
	}
	return counts, wrong != 0
}

// tally adds up the digits of each bit's count.
func tally(counts *[wordBits]int64, digits *[planes]uint64) {
	for i := range counts {
		for at, digit := range digits {
			counts[i] += int64(digit>>i&1) << at
		}
	}
}

// carry adds one to the counts of the bits of x: digits holds a binary digit of
// the counts of all bits in each word, and has room for one more.
func carry(digits []uint64, x uint64) {
	for i := 0; x != 0; i++ {
		digits[i], x = digits[i]^x, digits[i]&x
	}
}

// adder returns the sum of three bits, in every bit of a word, and what is carried.
func adder(a, b, c uint64) (sum, carried uint64) {
	half := a ^ b
	return half ^ c, a&b | half&c
}

// countOnes counts the words that have a bit, for all bits at once, by sixteens.
func countOnes(digits *[planes]uint64, words []uint64) {
	ones, twos, fours, eights := digits[0], digits[1], digits[2], digits[3]
	for len(words) >= 16 {
		w := (*[16]uint64)(words)
		var a, b, c, d uint64
		ones, a = adder(ones, w[0], w[1])
		ones, b = adder(ones, w[2], w[3])
		twos, a = adder(twos, a, b)
		ones, b = adder(ones, w[4], w[5])
		ones, c = adder(ones, w[6], w[7])
		twos, b = adder(twos, b, c)
		fours, a = adder(fours, a, b)
		ones, b = adder(ones, w[8], w[9])
		ones, c = adder(ones, w[10], w[11])
		twos, b = adder(twos, b, c)
		ones, c = adder(ones, w[12], w[13])
		ones, d = adder(ones, w[14], w[15])
		twos, c = adder(twos, c, d)
		fours, b = adder(fours, b, c)
		eights, a = adder(eights, a, b)
		carry(digits[4:], a)
		words = words[16:]
	}
	digits[0], digits[1], digits[2], digits[3] = ones, twos, fours, eights
	for _, x := range words {
		carry(digits[:], x)
	}
}

// sheet returns the words of a sheet, in one that is given where it has but a part
// of a word.
func (p *packing) sheet(words []uint64, at int, one *[1]uint64) []uint64 {
	if p.each == 1 {
		return words[at*p.words : (at+1)*p.words]
	}
	one[0] = words[at/p.each] >> (at % p.each * p.size) & (1<<p.size - 1)
	return one[:]
}

// voided takes the blanks of void sheets out of the counts, and refuses a void
// sheet that is not blank, and a valid one that the form voids.
func (l *layout) voided(sums []int64, words []uint64, sheets int) error {
	p := &l.packing
	var void int64
	for i := range l.reasons {
		void += sums[1+i]
	}
	if void == 0 && len(l.spreads) == 0 {
		return nil
	}
	answers := make([]uint8, len(l.asked))
	var one [1]uint64
	for at := range sheets {
		sheet := p.sheet(words, at, &one)
		spoiled := sheet[0]&p.void != 0
		if !spoiled && len(l.spreads) == 0 {
			continue
		}
		blank := true
		for i, asked := range l.asked {
			code := p.lanes[1+i].get(sheet)
			blank = blank && code == 0
			answers[i] = uint8(code)
			if code > int(asked.last) {
				answers[i] = voidMark
			}
		}
		if spoiled && !blank || !spoiled && l.breaks(answers) > 0 {
			return unreadable(at)
		}
	}
	for i := range l.asked {
		sums[p.lanes[1+i].cell] -= void
	}
	return nil
}

// unreadable returns the fault of the first sheet that is none, in a batch that has
// one or has more than its sheets.
func (p *packing) unreadable(words []uint64, sheets int) error {
	var one [1]uint64
	for at := range sheets {
		sheet := p.sheet(words, at, &one)
		for _, lane := range p.lanes {
			if held := sheet[lane.word] >> lane.shift & (1<<lane.width - 1); held == 0 || held&(held-1) != 0 {
				return unreadable(at)
			}
		}
		for word, x := range sheet {
			if x&^p.used[word] != 0 {
				return unreadable(at)
			}
		}
	}
	return unreadable(sheets) // what stands after the last
}

func unreadable(sheet int) error {
	return union.NewFault(union.ErrText, union.Indexed("batch", sheet), "", "a sheet of the form")
}
