package simulate

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/campaign"
)

// What offices keep that is no tally and has no wire form, since it holds whom it is
// about: files of households, and journals of a campaign. It is joined where it lies.

// A joint is how one of them is kept and joined.
type joint[T, R any] struct {
	empty func() T
	draw  func(n int) R // the record of a number, the same in every office
	spoil func(R) R     // another content under the same key
	add   func(*T, R) error
	join  func(...T) (T, error)
	list  func(T) any // all records, in their order
	law   func(T, []int) error
}

// keepApart lets a few offices keep records, some of which several know, and holds that
// joined they are the same in whatever order, each record once.
func keepApart[T, R any](s *Source, of joint[T, R], records int) error {
	written := func(kept T) string { return string(must(json.Marshal(of.list(kept)))) }
	var offices []T
	known := map[int]bool{}
	for range s.From(1, 4) {
		office, own := of.empty(), map[int]bool{}
		for range s.Below(records) {
			n := s.Below(records)
			before, record := written(office), of.draw(n)
			if own[n] && s.Chance(50) {
				record = of.spoil(record)
				if err := of.add(&office, record); !errors.Is(err, union.ErrRepeated) {
					return fmt.Errorf("record %d with another content gives %w", n, fault(err))
				}
			} else if err := of.add(&office, record); err != nil {
				return fmt.Errorf("record %d: %w", n, err)
			}
			if own[n] && before != written(office) {
				return fmt.Errorf("record %d came before and changes what is kept", n)
			}
			own[n], known[n] = true, true
		}
		offices = append(offices, office)
	}
	all, err := of.join(offices...)
	if err != nil {
		return err
	}
	want := written(all)
	shuffle(s, offices)
	for len(offices) > 1 {
		last := len(offices) - 2
		pair, err := of.join(offices[last+1], offices[last])
		if err != nil {
			return err
		}
		offices = append(offices[:last], pair)
		shuffle(s, offices)
	}
	if got := written(offices[0]); got != want {
		return fmt.Errorf("joined at once, and two at a time: %s and %s", want, got)
	}
	var numbers []int
	for n := range known {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	return of.law(all, numbers)
}

// journals are of offices that run one campaign.
func journals(plan campaign.Plan) joint[campaign.Journal, campaign.Entry] {
	return joint[campaign.Journal, campaign.Entry]{
		empty: plan.Journal,
		draw: func(n int) campaign.Entry {
			entry := campaign.Entry{ID: "n" + strconv.Itoa(n), On: dayOf(100 + n*7%60)}
			switch n % 3 {
			case 0:
				entry.Deed = &campaign.Deed{Action: "a" + strconv.Itoa(n%len(actionDues()))}
			case 1:
				entry.Issue = &campaign.Issue{Title: "问题", Phase: "launch", Source: "self"}
			default:
				entry.Opinion = &campaign.Opinion{Title: "意见", Source: "masses", Times: int64(1 + n)}
			}
			return entry
		},
		spoil: func(entry campaign.Entry) campaign.Entry {
			entry.On = must(entry.On.AddDays(1))
			return entry
		},
		add:  func(j *campaign.Journal, entry campaign.Entry) error { return plan.Add(j, entry) },
		join: plan.Join,
		list: func(j campaign.Journal) any { return j.Entries() },
		law: func(j campaign.Journal, known []int) error {
			back, err := plan.LookBack("launch", j, dayOf(200))
			return errors.Join(err,
				equal("entries", int64(j.Len()), int64(len(known))),
				equal("issues", int64(len(back.Issues())), countOf(known, func(n int) bool { return n%3 == 1 })))
		},
	}
}

// idNumber returns a number of the form of GB 11643 that nobody has: the place 999999
// does not exist.
func idNumber(n int) union.IDNumber {
	text := fmt.Sprintf("99999919700101%03d", n)
	sum := 0
	for i, weight := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(text[i]-'0') * weight
	}
	return must(union.ParseIDNumber(text + "10X98765432"[sum%11:sum%11+1]))
}

// registries are of offices that keep files of households.
func registries(files aid.FileRule) joint[aid.Registry, aid.File] {
	head := func(n int) int { return n / 2 } // two files each name one head
	return joint[aid.Registry, aid.File]{
		empty: func() aid.Registry { return must(files.Registry()) },
		draw: func(n int) aid.File {
			return aid.File{Household: aid.Household{
				Key: "f" + strconv.Itoa(n), Unit: "u", Head: aid.Head{Number: idNumber(head(n)), Born: union.MustParseDate("1970-01-01")},
				Members: []aid.Member{{Relation: "本人"}}, Cause: "illness", Filed: dayOf(n),
			}}
		},
		spoil: func(file aid.File) aid.File {
			file.Household.Cause = "schooling"
			return file
		},
		add:  func(r *aid.Registry, file aid.File) error { return files.AddFile(r, file) },
		join: aid.MergeRegistries,
		list: func(r aid.Registry) any {
			var keys []string
			for _, file := range r.Files() {
				keys = append(keys, file.Household.Key+file.Household.Cause)
			}
			return keys
		},
		law: func(r aid.Registry, known []int) error {
			pairs := int64(0)
			for i, a := range known {
				for _, b := range known[:i] {
					if head(a) == head(b) {
						pairs++
					}
				}
			}
			found, err := files.Duplicates(r, dayOf(200))
			return errors.Join(err, equal("files", int64(r.Len()), int64(len(known))), equal("pairs of files of one person", int64(len(found)), pairs))
		},
	}
}

func fileRule() aid.FileRule {
	return must(aid.NewFileRule(aid.FileRuleSpec{
		Rule: rule("files"), States: []union.State{{Key: "filed", Title: "在档"}, {Key: "ended", Title: "脱困", Final: true}},
		Transitions: []union.Transition{{Event: "end", Title: "脱困", From: "filed", To: "ended"}}, InForce: []string{"filed"},
	}))
}
