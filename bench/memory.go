package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"syscall"
)

// memoryLimit is what a program that streams tells Go to keep to, some of which is the
// program itself.
const memoryLimit = 40 << 20

// tellMemory writes so many gifts as CSV, lets another process of this program roll up
// the file, and tells how much memory that took at most: the nation's units, the sums and
// a piece of the file.
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
	if strings.TrimSpace(string(got)) != fmt.Sprint(want) {
		return fmt.Errorf("%d gifts as a stream give %s fen, want %d", records, got, want)
	}
	usage, ok := child.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return fmt.Errorf("this system does not say how much memory a process took")
	}
	_, err = fmt.Fprintf(out, "%d gifts as a stream: at most %.1f MB\n", records, float64(usage.Maxrss)/1024)
	return err
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

// streamGifts rolls up a CSV file and prints the nation's sum in fen.
func streamGifts(out io.Writer, path string) error {
	debug.SetMemoryLimit(memoryLimit)
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	collection, _ := nation()
	proceeds, err := readStream(collection, file)
	if err != nil {
		return err
	}
	totals, err := collection.Totals(proceeds)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(out, totals[0].Fen())
	return err
}
