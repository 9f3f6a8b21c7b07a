package main

// Numbers are a table of whole numbers for programs that read tables.
type numbers struct {
	columns []string
	rows    int
	at      func(row, column int) int64
}
