//go:build sql

package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"os"
	"strings"

	"github.com/duckdb/duckdb-go/v2"
	_ "github.com/mattn/go-sqlite3" // the driver "sqlite3"
)

// inSQL returns DuckDB, on one thread, and SQLite, each with a table of whole numbers in
// its memory. The query is clocked as far as to a table of its result, in the program
// itself: reading that, which the digest does, is not.
func inSQL(of numbers, query string, digest func(result [][]int64) int64) []rival {
	rivals := make([]rival, 0, 2)
	for _, each := range []struct {
		name, driver, setting string
		fill                  func(context.Context, *sql.Conn, numbers) error
	}{
		{"DuckDB", "duckdb", "SET threads = 1", fillDuckDB},
		{"SQLite", "sqlite3", "PRAGMA temp_store = MEMORY", fillSQLite},
	} {
		ctx := context.Background()
		name := ":memory:"
		if each.driver == "duckdb" {
			name = ""
		}
		conn := must(must(sql.Open(each.driver, name)).Conn(ctx))
		must(conn.ExecContext(ctx, each.setting))
		must(conn.ExecContext(ctx, "CREATE TABLE t ("+strings.Join(of.columns, " BIGINT, ")+" BIGINT)"))
		if err := each.fill(ctx, conn, of); err != nil {
			panic(err)
		}
		rivals = append(rivals, rival{each.name, func() func() int64 {
			must(conn.ExecContext(ctx, "DROP TABLE IF EXISTS result"))
			must(conn.ExecContext(ctx, "CREATE TABLE result AS "+query))
			return func() int64 { return digest(must(readResult(ctx, conn))) }
		}})
	}
	return rivals
}

// inSQLFile returns DuckDB, on one thread, whose table t is a CSV file of these columns,
// which each query reads anew, and what removes the file.
func inSQLFile(text []byte, columns, query string, digest func(result [][]int64) int64) (rivals []rival, remove func()) {
	file := must(os.CreateTemp("", "bench-*.csv"))
	must(file.Write(text))
	if err := file.Close(); err != nil {
		panic(err)
	}
	ctx := context.Background()
	conn := must(must(sql.Open("duckdb", "")).Conn(ctx))
	must(conn.ExecContext(ctx, "SET threads = 1"))
	must(conn.ExecContext(ctx, "CREATE VIEW t AS SELECT * FROM read_csv('"+file.Name()+"', header = false, columns = {"+columns+"})"))
	return []rival{{"DuckDB", func() func() int64 {
		must(conn.ExecContext(ctx, "DROP TABLE IF EXISTS result"))
		must(conn.ExecContext(ctx, "CREATE TABLE result AS "+query))
		return func() int64 { return digest(must(readResult(ctx, conn))) }
	}}}, func() { _ = os.Remove(file.Name()) }
}

// fillDuckDB puts the numbers into the table t.
func fillDuckDB(ctx context.Context, conn *sql.Conn, of numbers) error {
	return conn.Raw(func(raw any) error {
		appender, err := duckdb.NewAppenderFromConn(raw.(driver.Conn), "", "t")
		if err != nil {
			return err
		}
		values := make([]driver.Value, len(of.columns))
		for i := range of.rows {
			for j := range values {
				values[j] = of.at(i, j)
			}
			if err := appender.AppendRow(values...); err != nil {
				return err
			}
		}
		return appender.Close()
	})
}

// fillSQLite does the same.
func fillSQLite(ctx context.Context, conn *sql.Conn, of numbers) error {
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	insert, err := tx.PrepareContext(ctx, "INSERT INTO t VALUES (?"+strings.Repeat(", ?", len(of.columns)-1)+")")
	if err != nil {
		return err
	}
	values := make([]any, len(of.columns))
	for i := range of.rows {
		for j := range values {
			values[j] = of.at(i, j)
		}
		if _, err := insert.ExecContext(ctx, values...); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// readResult returns the rows of the table result.
func readResult(ctx context.Context, conn *sql.Conn) ([][]int64, error) {
	rows, err := conn.QueryContext(ctx, "SELECT * FROM result")
	if err != nil {
		return nil, err
	}
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var read [][]int64
	for rows.Next() {
		row, into := make([]int64, len(columns)), make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, fmt.Errorf("a result that is not of whole numbers: %w", err)
		}
		read = append(read, row)
	}
	return read, rows.Err()
}
