package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var write = flag.Bool("write", false, "write the golden files instead of comparing with them")

// ran returns what the program prints and its exit status.
func ran(arguments ...string) (out, errors string, status int) {
	var o, e bytes.Buffer
	status = run(arguments, &o, &e)
	return o.String(), e.String(), status
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	if *write {
		require.NoError(t, os.WriteFile(name, []byte(got), 0o644))
	}
	want, err := os.ReadFile(name)
	require.NoError(t, err)
	assert.Equal(t, string(want), got)
}

// copied returns a folder of the sample's files, in one of which old is changed.
func copied(t *testing.T, file, old, changed string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{dayFile, giftFile, donorFile, bankFile} {
		data, err := sample.ReadFile("sample/" + name)
		require.NoError(t, err)
		text := string(data)
		if name == file {
			require.Contains(t, text, old)
			text = strings.ReplaceAll(text, old, changed)
		}
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	return dir
}

func TestTheSampleList(t *testing.T) {
	out, errors, status := ran()
	require.Equal(t, 0, status, errors)
	for _, name := range []string{"王建国", "赵小明", "周师傅"} {
		assert.NotContains(t, out, name, "no name is printed whole")
	}
	explained, _, status := ran("-explain")
	require.Equal(t, 0, status)
	golden(t, "testdata/explained.golden", explained)
	for line := range strings.Lines(out) {
		assert.Contains(t, explained, line)
	}
}

func TestReceiptsForThePrinterNameTheirDonors(t *testing.T) {
	out, _, status := ran("-reveal")
	require.Equal(t, 0, status)
	before, receipts, found := strings.Cut(out, "五、收据")
	require.True(t, found)
	assert.Contains(t, receipts, "第D001号 县委办公室 王建国 捐款 人民币壹佰元整（¥100.00） 贰零壹零年伍月零肆日")
	assert.NotContains(t, before, "王建国", "the posted list stays masked")
}

func TestAListWithoutABanksListIsNotCompared(t *testing.T) {
	dir := copied(t, "", "", "")
	require.NoError(t, os.Remove(filepath.Join(dir, bankFile)))
	out, _, status := ran("-data", dir)
	require.Equal(t, 0, status)
	assert.NotContains(t, out, "四、")
	out, _, status = ran("-data", copied(t, bankFile, "T-2,600.00\n", "T-2,6000.00\n"))
	require.Equal(t, 0, status)
	assert.Contains(t, out, "lines.T-6")
	assert.NotContains(t, out, "lines.T-2")
}

func TestWrongInputIsToldWithFileLineAndField(t *testing.T) {
	for reason, each := range map[string]struct{ file, old, new, want string }{
		"three decimals":        {giftFile, "D001,office,received,first,money,persons,d1,head,,100.00", "D001,office,received,first,money,persons,d1,head,,100.001", "gifts.csv:2: amount: out of range"},
		"a unit of no roster":   {giftFile, "D004,school", "D004,bank", `gifts.csv:5: unit: not known: got "bank"`},
		"a kind that is none":   {giftFile, "D004,school,whole", "D004,school,all", "gifts.csv:5: kind: not known"},
		"one ID of two gifts":   {giftFile, "D002,", "D001,", "gifts.csv:3: id: given more than once"},
		"a row beside gifts":    {giftFile, "D002,office,received,first,money,persons,d2,staff", "D002,office,whole,first,money,persons,,", "gifts.csv:3: unit: given more than once"},
		"letters for a number":  {giftFile, ",,,120,6000.00", ",,,many,6000.00", "gifts.csv:5: donors: cannot be read"},
		"an earmark of text":    {giftFile, "fund:1000.00", "fund:x", "gifts.csv:5: earmarks: cannot be read"},
		"no such day":           {giftFile, "2010-06-01", "2010-02-29", "gifts.csv:13: on: "},
		"a field too many":      {giftFile, "2010-06-01", "2010-06-01,x", "gifts.csv: record on line 13: wrong number of fields"},
		"a donor of no name":    {donorFile, "d2,赵小明,", "d7,赵小明,", "gifts.csv:3: donor.name: must be given"},
		"an identity number":    {donorFile, "d1,王建国,", "d1,王建国,123", "donors.csv:2: id_number: "},
		"an amount of the bank": {bankFile, "T-2,600.00", "T-2,600元", "bank.csv:4: amount: cannot be read"},
		"a rule without title":  {dayFile, `"title": "例县救助困难职工捐款日"`, `"title": ""`, "day.json: title: must be given"},
		"an unknown member":     {dayFile, `"cut_off"`, `"cutoff"`, "day.json: cutoff: not known"},
		"no columns":            {bankFile, "reference,amount\nT-1,150.00\nD003,200.50\nT-2,600.00\nT-3,4000.00\nT-4,300.00\nT-5,80.00\nT-6,45.00\n", "", "bank.csv:1: EOF"},
	} {
		out, errors, status := ran("-data", copied(t, each.file, each.old, each.new))
		assert.Equal(t, 1, status, reason)
		assert.Empty(t, out, reason)
		assert.Contains(t, errors, each.want, reason)
		assert.NotContains(t, errors, "赵小明", reason)
	}
	_, errors, status := ran("-data", t.TempDir())
	assert.Equal(t, 1, status)
	assert.Equal(t, 3, strings.Count(errors, "no such file"))
	_, _, status = ran("-what")
	assert.Equal(t, 2, status)
	_, _, status = ran("what")
	assert.Equal(t, 2, status)
}
