package main

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing/fstest"

	"github.com/unioncampaign/union"
)

// A scale says how large a generated county is.
type scale struct {
	members, sessions int // of study
	firms             int
	households        int
	donors            int // gifts by name
	seekers           int
	sheets            int
}

// sampleScale is that of the sample county; its published counts are fixed by
// the functions that make them.
var sampleScale = scale{members: 23, sessions: 6, firms: 430, households: 260, donors: 1400, seekers: 2837, sheets: 33}

// A generator makes the larger files of a county from one seed. The rules and
// the short lists of the county are written by hand.
type generator struct {
	*rand.Rand
	scale
	files fstest.MapFS
}

// generate returns the generated files of a county.
func generate(seed uint64, size scale) fstest.MapFS {
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 2010)), scale: size, files: fstest.MapFS{}}
	g.study()
	g.firmsAndEntries()
	g.fair()
	g.ballot()
	g.aid()
	return g.files
}

// file writes a CSV file of rows under a header.
func (g *generator) file(name, header string, rows []string) {
	g.files[name] = &fstest.MapFile{Data: []byte(header + "\n" + strings.Join(rows, "\n") + "\n")}
}

// oneIn reports true once in n draws.
func (g *generator) oneIn(n int) bool { return g.IntN(n) == 0 }

// pick returns one of several texts.
func (g *generator) pick(texts ...string) string { return texts[g.IntN(len(texts))] }

func day(text string, later int) string {
	moved, err := union.MustParseDate(text).AddDays(later)
	if err != nil {
		panic(err)
	}
	return moved.String()
}

// study makes attendance, notes and reflections. Most members are present; of
// those who are not, most make it up, and one record is missing.
func (g *generator) study() {
	var marks, notes, reflections []string
	days := []string{"2010-05-06", "2010-05-10", "2010-05-14", "2010-05-19", "2010-05-24", "2010-05-27"}
	for session := range g.sessions {
		held := days[session%len(days)]
		for member := range g.members {
			person := fmt.Sprintf("M%03d", member+1)
			key := fmt.Sprintf("s%d", session+1)
			switch {
			case session == 4 && member == 20:
				// nobody wrote down how this member stood
			case g.oneIn(9):
				madeUp := ""
				if !g.oneIn(4) {
					madeUp = day(held, 2+g.IntN(2))
				}
				marks = append(marks, strings.Join([]string{key, person, g.pick("excused", "excused", "absent"), madeUp}, ","))
			default:
				marks = append(marks, strings.Join([]string{key, person, "present", ""}, ","))
			}
		}
	}
	for member := range g.members {
		person := fmt.Sprintf("M%03d", member+1)
		for part := range 3 {
			notes = append(notes, fmt.Sprintf("%s,%s,%d", person, day("2010-05-10", 8*part), 2100+100*g.IntN(19)))
		}
		reflections = append(reflections, fmt.Sprintf("%s,%s,转变作风的体会,%d", person, day("2010-05-20", g.IntN(10)), 1200+50*g.IntN(40)))
		if member < 3 {
			reflections = append(reflections, fmt.Sprintf("%s,%s,“服务职工,从小事做起”,%d", person, "2010-05-29", 2100+100*g.IntN(9)))
			last := len(reflections) - 1
			reflections[last] = strings.Replace(reflections[last], "“服务职工,从小事做起”", "\"服务职工,从小事做起\"", 1)
		}
	}
	g.file("campaign/attendance.csv", "session,person,mark,made_up", marks)
	g.file("campaign/notes.csv", "person,day,words", notes)
	g.file("campaign/reflections.csv", "person,day,title,words", reflections)
}

// creditCode returns the nth firm's credit code: letters and digits of a county
// that does not exist, with the check character of the standard.
func creditCode(n int) string {
	const characters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	body := fmt.Sprintf("91139999MA%07d", n)
	sum, weight := 0, 1
	for _, character := range body {
		sum += strings.IndexRune(characters, character) * weight
		weight = weight * 3 % 31
	}
	return body + string(characters[(31-sum%31)%31])
}

// firmsAndEntries makes the firms of the county and those that entered. Some are
// reported by two levels, one that nobody knows of is reported, and of some it
// is not known whether they have a union.
func (g *generator) firmsAndEntries() {
	trades := []string{"机械", "化工", "纺织", "食品", "建材", "电子", "矿业", "商贸", "物流", "农产品"}
	places := []string{"清禾", "禾丰", "东岭", "西河", "南湖", "北原", "新城", "古堡"}
	var firms, entries []string
	for n := range g.firms {
		ownership := g.pick("state", "collective", "private", "private", "private", "private", "foreign")
		size, workers := "small", 20+g.IntN(180)
		switch {
		case g.oneIn(12):
			size, workers = "large", 2000+g.IntN(1500)
		case g.oneIn(4):
			size, workers = "medium", 300+g.IntN(1200)
		}
		unionised := "yes"
		if g.oneIn(7) {
			unionised = g.pick("no", "no", "no", "")
		}
		above := "no"
		if size != "small" || g.oneIn(3) {
			above = "yes"
		}
		title := fmt.Sprintf("%s%s%d厂", g.pick(places...), g.pick(trades...), n+1)
		firms = append(firms, strings.Join([]string{creditCode(n), title, ownership, size, unionised, above, strconv.Itoa(workers)}, ","))
		chance := map[string]int{"state": 14, "collective": 5, "private": 4, "foreign": 3}[ownership]
		if n >= 4 && (unionised == "no" || g.oneIn(chance)) {
			continue
		}
		taking := workers * (90 + g.IntN(11)) / 100
		entry := func(level string, taking int) string {
			return fmt.Sprintf("%s,%s,%s,%d,%d,%d,%d,%d", creditCode(n), level, day("2010-03-01", g.IntN(80)), taking,
				workers/150, workers/25, workers/400, workers/120)
		}
		level := g.pick("county", "industry", "township", "township")
		entries = append(entries, entry(level, taking))
		if level == "township" && g.oneIn(15) {
			entries = append(entries, entry("industry", taking))
		}
	}
	entries = append(entries, fmt.Sprintf("%s,township,2010-04-02,35,0,2,0,0", creditCode(999_999)))
	g.file("competition/firms.csv", "code,title,ownership,size,unionised,above_scale,workers", firms)
	g.file("competition/entries.csv", "firm,level,entered,workers,workshop,team,section,office", entries)
	g.candidates()
}

// candidates makes four firms that ask to be recommended: one that is worthy,
// one with an accident, one that is weak in a section and one below the
// threshold.
func (g *generator) candidates() {
	titles := []string{"清禾重型机械有限公司", "康源制药有限公司", "清禾化工有限公司", "清禾纺织有限公司"}
	items := []string{"organisation", "safety", "health", "grassroots", "oversight"}
	marks := [][]string{
		{"12", "34.5", "24", "14.5", "12.5"},
		{"12", "35", "25", "15", "12"},
		{"9.5", "35", "25", "14.5", "13"},
		{"11", "33", "23.5", "14", "12"},
	}
	var candidates, rows []string
	for n, title := range titles {
		candidates = append(candidates, creditCode(n)+","+title)
		for i, item := range items {
			rows = append(rows, strings.Join([]string{creditCode(n), item, marks[n][i]}, ","))
		}
	}
	g.file("competition/candidates.csv", "firm,title", candidates)
	g.file("competition/marks.csv", "firm,item,mark", rows)
	g.file("competition/incidents.csv", "firm,kind,on", []string{creditCode(1) + ",injury,2008-09-12"})
	g.file("competition/honours.csv", "firm,kind,year", []string{
		creditCode(0) + ",county-winner,2009",
		creditCode(1) + ",county-winner,2008",
		creditCode(2) + ",county-winner,2009",
		creditCode(3) + ",county-winner,2008",
	})
}

// fair makes a job fair of 1,800 openings at twelve employers, at which 380
// persons reach an intention and 163 sign, as one was published; seekers who come
// on both days are persons once.
func (g *generator) fair() {
	sectors := []string{"machinery", "chemicals", "pharmacy", "electronics", "building", "textiles", "logistics", "catering", "housekeeping", "sales", "security"}
	titles := []string{"技工", "操作工", "检验员", "文员", "安装工", "缝纫工", "司机", "服务员", "家政员", "业务员", "保安员"}
	var postings []string
	left := 1800
	for n := range 36 {
		employer, sector := n%12+1, n%11
		openings := 20 + g.IntN(55)
		if n == 35 {
			openings = left
		}
		left -= openings
		postings = append(postings, fmt.Sprintf("P%02d,E%02d,%s,%s,%d,no", n+1, employer, sectors[sector], titles[sector], openings))
	}
	var registrations, intentions []string
	for n := range g.seekers {
		category := g.pick("laid-off", "laid-off", "unemployed", "graduate", "graduate", "migrant", "migrant")
		schooling := g.pick("junior", "senior", "senior", "college")
		age := g.pick("25-34", "35-44", "35-44", "45up")
		if category == "graduate" {
			schooling, age = g.pick("college", "degree"), "16-24"
		}
		if g.oneIn(60) {
			schooling = "" // not stated
		}
		seeker := fmt.Sprintf("S%05d", n+1)
		row := func(day string) string {
			return strings.Join([]string{seeker, category, schooling, age, "no", day}, ",")
		}
		registrations = append(registrations, row("2010-05-08"))
		if g.oneIn(11) {
			registrations = append(registrations, row("2010-05-09"))
		}
	}
	for n := range 380 {
		seeker := fmt.Sprintf("S%05d", 7*n+1)
		posting := fmt.Sprintf("P%02d", 1+g.IntN(36))
		intentions = append(intentions, seeker+","+posting+",intention,2010-05-08")
		if g.oneIn(10) {
			intentions = append(intentions, fmt.Sprintf("%s,P%02d,intention,2010-05-09", seeker, 1+g.IntN(36)))
		}
		if n < 163 {
			intentions = append(intentions, seeker+","+posting+",signed,2010-05-09")
		}
	}
	g.file("employment/postings.csv", "key,employer,sector,title,openings,carried", postings)
	g.file("employment/registrations.csv", "seeker,category,schooling,age,carried,day", registrations)
	g.file("employment/intentions.csv", "seeker,posting,stage,day", intentions)
}

// ballot makes the papers of the appraisal: two thirds of members, the rest of
// representatives; two papers are spoiled and one praises in all five points.
func (g *generator) ballot() {
	var sheets []string
	for n := range g.sheets {
		class := "member"
		if n%3 == 2 {
			class = "masses"
		}
		var answers [5]string
		for i := range answers {
			answers[i] = g.pick("good", "good", "good", "fair", "fair", "poor")
			if class == "masses" && g.oneIn(8) {
				answers[i] = g.pick("unknown", "")
			}
		}
		if answers == [5]string{"good", "good", "good", "good", "good"} {
			answers[4] = "fair"
		}
		spoil := ""
		switch n {
		case 5:
			answers = [5]string{"good", "good", "good", "good", "good"}
		case 11:
			spoil, answers = "torn", [5]string{}
		case 18:
			spoil, answers = "marked", [5]string{}
		}
		sheets = append(sheets, class+","+spoil+","+strings.Join(answers[:], ","))
	}
	g.file("assessment/appraisal-sheets.csv", "class,spoil,belief,line,centre,discipline,masses", sheets)
}

// aid makes the households, their certificates and students, and the gifts of
// the donation day.
func (g *generator) aid() {
	g.householdFiles()
	g.gifts()
}

// householdFiles makes the files of households. The first is the published kind
// of hard case: one fen a head and month above the bound.
func (g *generator) householdFiles() {
	surnames := []string{"赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈"}
	given := []string{"建国", "秀英", "志强", "桂芳", "永福", "玉兰", "德明", "淑珍"}
	var households, members, items, certificates, reviews, students []string
	add := func(n int, cause, lesser, exclusions string, born int, filed string) string {
		key := fmt.Sprintf("H%04d", n)
		head := g.pick(surnames...) + g.pick(given...)
		evidence := ""
		if exclusions != "" {
			evidence = "入户调查记录"
		}
		households = append(households, strings.Join([]string{
			key, fmt.Sprintf("U%02d", 1+g.IntN(29)), head, fmt.Sprintf("%d-0%d-1%d", born, 1+g.IntN(9), g.IntN(10)),
			cause, lesser, exclusions, evidence, filed,
		}, ","))
		return key
	}
	item := func(key, side, kind, amount, monthly string) {
		items = append(items, strings.Join([]string{key, side, kind, amount, monthly}, ","))
	}
	for n := 1; n <= g.households; n++ {
		cause := g.pick("illness", "illness", "schooling", "laid-off", "laid-off", "accident", "disaster", "other")
		exclusions, lesser, born := "", "", 1955+g.IntN(30)
		if g.oneIn(20) {
			exclusions = g.pick("car", "two-homes", "refused-check")
		}
		if g.oneIn(4) && cause != "schooling" {
			lesser = "schooling"
		}
		if g.oneIn(40) {
			born = 1946
		}
		if n == 1 {
			cause, exclusions, lesser, born = "illness", "", "", 1968
		}
		key := add(n, cause, lesser, exclusions, born, day("2010-04-01", g.IntN(50)))
		heads := 2 + g.IntN(3)
		if n == 1 {
			heads = 3
		}
		for member := range heads {
			relation, able, working := "本人", "yes", "yes"
			switch {
			case member == 1:
				relation, able, working = "配偶", "yes", g.pick("yes", "yes", "yes", "no")
			case member > 1:
				relation, able, working = "子女", "no", "no"
			}
			if n == 1 && member == 1 {
				working = "yes"
			}
			members = append(members, strings.Join([]string{key, relation, able, working}, ","))
		}
		if n == 1 { // 450.01 yuan a head and month, where 450 is the bound
			item(key, "income", "wage", "16200.36", "no")
			continue
		}
		item(key, "income", "wage", strconv.Itoa(400+10*g.IntN(110)), "yes")
		if g.oneIn(3) {
			item(key, "income", g.pick("benefit", "union-aid"), strconv.Itoa(500+100*g.IntN(20)), "no")
		}
		if g.oneIn(5) {
			item(key, "income", "festival-gift", "300", "no")
		}
		if cause == "illness" {
			item(key, "outlay", "medical", fmt.Sprintf("%d.%02d", 2000+g.IntN(9000), g.IntN(100)), "no")
		}
		if cause == "schooling" || lesser != "" {
			item(key, "outlay", "tuition", strconv.Itoa(2400+100*g.IntN(30)), "no")
			first, year := "yes", "2010"
			if g.oneIn(3) {
				first, year = "no", g.pick("2008", "2009")
			}
			students = append(students, fmt.Sprintf("T%04d,%s,%s,%s,%s", n, key, g.pick("degree", "college", "senior"), first, year))
		}
		if n%3 == 0 {
			certificate := fmt.Sprintf("C%04d", n)
			certificates = append(certificates, fmt.Sprintf("%s,%s,%s,%s", certificate, key, g.pick("a", "b", "b"), day("2008-07-10", g.IntN(500))))
			outcome, reason := "renewed", ""
			switch {
			case g.oneIn(12):
				outcome, reason = "withdrawn", "家庭收入已高于标准"
			case g.oneIn(12):
				outcome, reason = "lapsed", "已迁出本县"
			}
			if !g.oneIn(9) {
				reviews = append(reviews, strings.Join([]string{"R-" + certificate, certificate, day("2010-04-06", g.IntN(50)), outcome, "帮扶中心", reason}, ","))
			}
		}
	}
	g.file("aid/households.csv", "key,unit,head,born,cause,lesser,exclusions,evidence,filed", households)
	g.file("aid/household-members.csv", "household,relation,able,working", members)
	g.file("aid/household-items.csv", "household,side,kind,amount,monthly", items)
	g.file("aid/certificates.csv", "key,household,class,issued", certificates)
	g.file("aid/reviews.csv", "id,certificate,on,outcome,by,reason", reviews)
	g.file("aid/students.csv", "key,household,stage,first,year", students)
}

// published are the amounts of a donation list of 29 rows, two of them zero,
// which total 24310.50: https://www.cap.edu.cn/gh/info/1031/5611.htm
var published = []string{
	"870", "1970", "600", "1470", "150", "710", "150", "1400", "1960", "570", "2150", "550", "1600.5", "250", "1270",
	"950", "150", "790", "910", "150", "810", "1250", "0", "0", "900", "220", "20", "340", "2150",
}

// gifts makes the rows of the published list, with numbers of donors of our own,
// and the named gifts of twenty firms by rank. One unit has paid half of what it
// promised, one nothing, and one has not been heard of.
func (g *generator) gifts() {
	var gifts []string
	id := 0
	add := func(unit, kind, donor, rank, donors, amount, on string) {
		id++
		gifts = append(gifts, strings.Join([]string{fmt.Sprintf("D%06d", id), unit, kind, donor, rank, donors, amount, on}, ","))
	}
	for n, amount := range published {
		donors := strconv.Itoa(5 + g.IntN(40))
		if amount == "0" {
			donors = "0"
		}
		add(fmt.Sprintf("u%02d", n+1), "whole", "", "", donors, amount, day("2010-05-18", g.IntN(5)))
	}
	for n := range g.donors {
		rank, amount := "staff", "50"
		switch {
		case n%40 == 0:
			rank, amount = "leader", "200"
		case n%8 == 0:
			rank, amount = "head", "100"
		case g.oneIn(30):
			amount = fmt.Sprintf("%d.%d", 10+g.IntN(60), g.IntN(10))
		}
		unit, on := fmt.Sprintf("f%02d", n%20+1), day("2010-05-18", g.IntN(9))
		donor := fmt.Sprintf("donor-%06d", n+1)
		if g.oneIn(50) {
			donor = "" // anonymous
		}
		add(unit, "received", donor, rank, "", amount, on)
		if donor != "" && g.oneIn(60) {
			add(unit, "received", donor, rank, "", "20", on)
		}
	}
	add("p01", "pledge", "", "", "", "8000", "2010-05-18")
	add("p01", "received", "donor-p01", "", "", "4000", "2010-05-25")
	add("p02", "pledge", "", "", "", "5000", "2010-05-18")
	g.file("aid/gifts.csv", "id,unit,kind,donor,rank,donors,amount,on", gifts)
}
