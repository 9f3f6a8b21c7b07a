#!/usr/bin/env bash
# What other programs take for the roll-up of donations to counties that the library
# does, on the same files: DuckDB and SQLite on the CSV, hledger and ledger on the
# journal. Each is installed from Debian's packages if it is not there; one that cannot
# be had is skipped, and that is said. What each gives is compared with what the library
# gives, to the fen; another result fails.
#
#     bench/peers.sh [RECORDS]      100,000 unless told otherwise
#
# Times are of whole programs, start and reading included, but for the library, which
# is timed from bytes in memory: they are orders of magnitude, and no more.
set -euo pipefail
cd "$(dirname "$0")"
records="${1:-100000}"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT

go run . -peers "$folder" -records "$records"

# have PROGRAM PACKAGE: installs it if need be, and says so if it cannot be had.
have() {
	command -v "$1" >/dev/null && return 0
	if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
		apt-get install -y --no-install-recommends "$2" >/dev/null 2>&1 && return 0
	fi
	printf '%s: skipped, it is not here and cannot be installed from the package %s\n' "$1" "$2"
	return 1
}

# timed NAME COMMAND: runs a command that writes county,fen lines, and compares them.
timed() {
	local name="$1" start end
	shift
	start="$(date +%s.%N)"
	"$@" >"$folder/got"
	end="$(date +%s.%N)"
	sort "$folder/got" >"$folder/sorted"
	if ! cmp -s "$folder/sorted" "$folder/counties.csv"; then
		printf '%s: gives another result\n' "$name"
		diff "$folder/sorted" "$folder/counties.csv" | head -5
		exit 1
	fi
	awk -v name="$name" -v start="$start" -v end="$end" 'BEGIN { printf "%s: %.3f s\n", name, end - start }'
}

with_sqlite() {
	sqlite3 :memory: <<-SQL
		CREATE TABLE gifts (unit TEXT, amount TEXT);
		.mode csv
		.import $folder/gifts.csv gifts
		SELECT substr(unit, 1, 6), sum(CAST(replace(amount, '.', '') AS INTEGER)) FROM gifts GROUP BY 1;
	SQL
}

with_duckdb() {
	duckdb -csv -noheader -c "SELECT substr(unit, 1, 6), CAST(sum(amount) * 100 AS BIGINT)
		FROM read_csv('$folder/gifts.csv', header = false, columns = {'unit': 'VARCHAR', 'amount': 'DECIMAL(18, 2)'}) GROUP BY 1"
}

# fen turns "donations:100000","12.30" into 100000,1230.
fen() { tr -d '",' | sed -E 's/^donations:([0-9]{6})/\1 /' | awk 'NF == 2 && $1 ~ /^[0-9]+$/ { split($2, part, "."); printf "%s,%d\n", $1, part[1] * 100 + substr(part[2] "00", 1, 2) }'; }

with_hledger() { hledger -f "$folder/gifts.journal" balance donations --depth 2 --flat --no-total -O csv | sed 's/","/" "/' | fen; }

with_ledger() { ledger -f "$folder/gifts.journal" balance donations --depth 2 --no-total --format '%(account) %(quantity(display_total))\n' | fen; }

have sqlite3 sqlite3 && timed "SQLite, reading the CSV included" with_sqlite
have duckdb duckdb && timed "DuckDB, reading the CSV included" with_duckdb
have hledger hledger && timed "hledger, on the journal" with_hledger
have ledger ledger && timed "ledger, on the journal" with_ledger
exit 0
