//go:build !sql

package main

// inSQL returns no rivals: DuckDB and SQLite take a C compiler and some minutes to
// build, so they are there with -tags sql only.
func inSQL(numbers, string, func([][]int64) int64) []rival { return nil }

// inSQLFile likewise.
func inSQLFile([]byte, string, string, func([][]int64) int64) (rivals []rival, remove func()) {
	return nil, nil
}
