package union_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
)

func TestNamesAreMaskedButForTheirFirstCharacter(t *testing.T) {
	for text, mask := range map[string]string{
		"王":                           "*",
		"王明":                          "王*",
		"王小明":                         "王**",
		"欧阳晓明":                        "欧***",
		"阿卜杜拉·买买提":                    "阿*******",
		"Li Ming":                     "L******",
		"第一小学":                        "第***",
		"𠮷田":                          "𠮷*",
		strings.Repeat("王", 64):       "王" + strings.Repeat("*", 63),
		"a" + strings.Repeat("é", 63): "a" + strings.Repeat("*", 63),
	} {
		name, err := union.NewName(text)
		require.NoError(t, err, text)
		assert.Equal(t, mask, name.String())
		assert.Equal(t, text, name.Reveal())
		assert.False(t, name.IsZero())
	}
}

func TestTextsThatAreNoNameAreRefused(t *testing.T) {
	for _, row := range []struct {
		reason   string
		text     string
		sentinel error
	}{
		{"nothing", "", union.ErrMissing},
		{"65 characters", strings.Repeat("王", 65), union.ErrRange},
		{"257 bytes", strings.Repeat("\xff", 257), union.ErrRange},
		{"ten million characters", strings.Repeat("a", 10_000_000), union.ErrRange},
		{"bytes that are not UTF-8", "王\xff", union.ErrText},
		{"a byte that a decoder lost", "王\uFFFD", union.ErrText},
		{"a space before", " 王明", union.ErrText},
		{"a space after", "王明 ", union.ErrText},
		{"a space alone", " ", union.ErrText},
		{"a full-width space inside", "王　明", union.ErrText},
		{"a line break", "王\n明", union.ErrText},
		{"a zero byte", "王\x00明", union.ErrText},
		{"an invisible character", "王\u200b明", union.ErrText},
		{"a turn of direction", "王\u202e明", union.ErrText},
		{"a masked name", "王**", union.ErrText},
		{"a full-width star", "王＊", union.ErrText},
	} {
		name, err := union.NewName(row.text)
		require.ErrorIs(t, err, row.sentinel, row.reason)
		assert.True(t, name.IsZero(), row.reason)
	}
	assert.Panics(t, func() { union.MustNewName("") })
}

func FuzzNewName(f *testing.F) {
	for _, seed := range []string{"王小明", "Li Ming", "", "*", " ", "\xff", "王\u200b", strings.Repeat("王", 65)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		name, err := union.NewName(text)
		if err != nil {
			assert.True(t, name.IsZero())
			return
		}
		mask := name.String()
		assert.Equal(t, text, name.Reveal())
		assert.Equal(t, utf8.RuneCountInString(text), utf8.RuneCountInString(mask))
		assert.NotEqual(t, text, mask)
		_, err = union.NewName(mask)
		assert.ErrorIs(t, err, union.ErrText, "a mask is no name")
	})
}

func TestTheLongestNameIsRead(t *testing.T) {
	for _, character := range []string{"王", "a", "𠀀"} { // of three bytes, one and four
		_, err := union.NewName(strings.Repeat(character, 64))
		require.NoError(t, err)
		_, err = union.NewName(strings.Repeat(character, 65))
		require.ErrorIs(t, err, union.ErrRange)
	}
}
