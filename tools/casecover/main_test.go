package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const source = `package p

const limit = 3

func f(x int) int {
	switch {
	case x < limit:
		return 1
	case x > limit:
		return 2
	}
	return 3
}
`

// The blocks are those that go test gives for source.
func blocks(first, second string) string {
	return "mode: set\n" +
		"m/p.go:5.19,6.9 1 1\n" +
		"m/p.go:7.17,8.11 1 " + first + "\n" +
		"m/p.go:9.17,10.11 1 " + second + "\n" +
		"m/p.go:12.2,12.10 1 1\n"
}

func TestCasesAreCoveredThatALaterOneOrTheirOwnBodyProves(t *testing.T) {
	const declaration, one, two = "m/p.go:3.1,3.16 1 1\n", "m/p.go:7.2,7.16 1 1\n", "m/p.go:9.2,9.16 1 1\n"
	for name, each := range map[string]struct {
		first, second string
		want          string
	}{
		"neither body ran":        {"0", "0", declaration},
		"only the first body ran": {"1", "0", declaration + one},
		"only the last body ran":  {"0", "1", declaration + two + one},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			path := filepath.Join(t.TempDir(), "profile")
			before := blocks(each.first, each.second)
			for file, text := range map[string]string{"p.go": source, path: before} {
				if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if err := complete("m", path); err != nil {
				t.Fatal(err)
			}
			after, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.TrimPrefix(string(after), before); got != each.want {
				t.Errorf("got\n%swant\n%s", got, each.want)
			}
		})
	}
}
