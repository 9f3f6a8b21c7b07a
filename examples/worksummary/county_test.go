package main

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var write = flag.Bool("write", false, "write the generated files of the sample county and the golden files")

// sampleSeed is the seed of the sample county.
const sampleSeed = 20100531

// The larger files of the sample county are generated; what is committed is what
// the generator makes.
func TestTheSampleCountyIsTheGeneratorsOwn(t *testing.T) {
	for name, file := range generate(sampleSeed, sampleScale) {
		path := filepath.Join("county", filepath.FromSlash(name))
		if *write {
			require.NoError(t, os.WriteFile(path, file.Data, 0o644))
		}
		committed, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Equal(t, string(file.Data), string(committed), name)
	}
}
