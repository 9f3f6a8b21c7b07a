package simulate

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

var (
	seeds     = flag.Int("simulate.seeds", 150, "how many seeds are simulated")
	firstSeed = flag.Uint64("simulate.first", 1, "the first of them")
	size      = flag.String("simulate.size", "small", "the size of their nations: small or large")
)

var theHouse = sync.OnceValue(NewHouse)

func sizeOf(t testing.TB, word string) Size {
	t.Helper()
	switch word {
	case "small":
		return Small()
	case "large":
		return Large()
	}
	t.Fatalf("-simulate.size=%s: want small or large", word)
	return Size{}
}

// simulateAll runs seeds on every processor and reports those that fail.
func simulateAll(t *testing.T, from uint64, n int, size Size) {
	t.Helper()
	var next atomic.Uint64
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for {
				i := next.Add(1) - 1
				if i >= uint64(n) || t.Failed() {
					return
				}
				if err := theHouse().Run(from+i, size); err != nil {
					t.Errorf("%v\nrun it again with -run TestTheYearsOfManySeedsAreLawful -simulate.first=%d -simulate.seeds=1, and keep it in testdata/seeds.txt", err, from+i)
				}
			}
		})
	}
	all.Wait()
}

func TestTheYearsOfManySeedsAreLawful(t *testing.T) {
	simulateAll(t, *firstSeed, *seeds, sizeOf(t, *size))
}

// Seeds that once found something, or that have what few seeds have, are kept.
func TestTheYearsOfKeptSeedsAreLawful(t *testing.T) {
	file, err := os.Open("testdata/seeds.txt")
	require.NoError(t, err)
	defer file.Close()
	lines := bufio.NewScanner(file)
	kept := 0
	for lines.Scan() {
		line, _, _ := strings.Cut(lines.Text(), "#")
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		require.Len(t, fields, 2, "a line of seeds.txt is a size and a seed: %q", lines.Text())
		seed, err := strconv.ParseUint(fields[1], 10, 64)
		require.NoError(t, err)
		require.NoError(t, theHouse().Run(seed, sizeOf(t, fields[0])), fmt.Sprint("seed ", seed))
		kept++
	}
	require.NoError(t, lines.Err())
	require.NotZero(t, kept)
}

func TestTheYearsOfEachTallyAreLawful(t *testing.T) {
	for _, kind := range theHouse().Kinds {
		t.Run(kind.Name, func(t *testing.T) {
			for seed := range uint64(3) {
				y, err := houseOf(kind).simulate(seed, Size{Units: 8, Records: 24, Facts: 4}, true)
				require.NoError(t, err)
				require.NotEmpty(t, y.counts)
			}
		})
	}
}

func TestWhatOfficesKeepBesideTheirTalliesIsLawful(t *testing.T) {
	house := theHouse()
	for seed := range uint64(60) {
		require.NoError(t, house.keep(NewSource(seed), 12), "seed %d", seed)
	}
}
