package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/unioncampaign/union"
)

// memoryLimit is what a program that streams tells Go to keep to, some of which is the
// program itself.
const memoryLimit = 40 << 20

// treeFile is the nation's tree in its binary form, beside the gifts.
const treeFile = "tree"

// tellMemory writes so many gifts as CSV, and the nation's tree, lets another process of
// this program roll up the file, and tells how much memory that took at most: the program
// itself, the nation's units, the sums and a piece of the file.
func tellMemory(out io.Writer, records int) error {
	folder, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	path := filepath.Join(folder, peersCSV)
	want, err := writeGifts(path, records)
	if err != nil {
		return err
	}
	if err := writeTree(filepath.Join(folder, treeFile)); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	child := exec.Command(self, "-stream", path)
	child.Stderr = os.Stderr
	got, err := child.Output()
	if err != nil {
		return err
	}
	var sum, started, peak int64
	if _, err := fmt.Sscan(string(got), &sum, &started, &peak); err != nil {
		return err
	}
	if sum != want {
		return fmt.Errorf("%d gifts as a stream give %d fen, want %d", records, sum, want)
	}
	_, err = fmt.Fprintf(out, "%d gifts as a stream: at most %.1f MB, of which %.1f are the program before it reads\n",
		records, float64(peak)/1024, float64(started)/1024)
	return err
}

// peakMemory returns how many KiB of memory this process had at most until now. What the
// system tells of a process that has ended will not do: there the memory of the process
// that started it counts too.
func peakMemory() (peak int64, err error) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	_, line, ok := strings.Cut(string(status), "VmHWM:")
	if !ok {
		return 0, errors.New("this system does not say how much memory a process took")
	}
	_, err = fmt.Sscan(line, &peak)
	return peak, err
}

// writeGifts writes so many gifts as CSV to a file, holding none, and returns their sum
// in fen.
func writeGifts(path string, records int) (sum int64, err error) {
	file, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	collection, leaves := nation()
	tree, source, into := collection.Tree(), random(11), bufio.NewWriter(file)
	for range records {
		each, _ := tree.Unit(leaves[source.below(uint64(len(leaves)))])
		fen := int64(1 + source.below(2_000_000))
		sum += fen
		if _, err := fmt.Fprintf(into, "%s,%d.%02d\n", each.Key, fen/100, fen%100); err != nil {
			return 0, err
		}
	}
	if err := into.Flush(); err != nil {
		return 0, err
	}
	return sum, file.Close()
}

// writeTree writes the nation's tree to a file.
func writeTree(path string) error {
	collection, _ := nation()
	data, err := collection.Tree().AppendBinary(nil)
	if err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o600)
}

// readTree reads a tree from a file.
func readTree(path string) (tree union.Tree, err error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return tree, err
	}
	err = tree.UnmarshalBinary(data)
	return tree, err
}

// streamGifts rolls up a CSV file to the units of the tree that lies beside it, and prints
// the nation's sum in fen, and how many KiB of memory it had at first and at most.
func streamGifts(out io.Writer, path string) error {
	debug.SetMemoryLimit(memoryLimit)
	started, err := peakMemory()
	if err != nil {
		return err
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	tree, err := readTree(filepath.Join(filepath.Dir(path), treeFile))
	if err != nil {
		return err
	}
	collection, err := nationDay().Over(tree)
	if err != nil {
		return err
	}
	proceeds, err := readStream(collection, file)
	if err != nil {
		return err
	}
	totals, err := collection.Totals(proceeds)
	if err != nil {
		return err
	}
	peak, err := peakMemory()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(out, totals[0].Fen(), started, peak)
	return err
}
