#!/usr/bin/env bash
# Measures `info` on 10,000 scripts of 4 kB with a history of 10,000 rows, against sha256sum over the same files.
# Needs hyperfine and GNU time. Prints one table; docs/performance.md holds the last one.
set -euo pipefail
cd "$(dirname "$0")/.."
for tool in hyperfine sha256sum; do
    command -v "$tool" >/dev/null || { echo "$tool is missing: apt-get install hyperfine coreutils" >&2; exit 2; }
done
cargo build --release --quiet
flightcheck=$PWD/target/release/flightcheck
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/sql"
awk -v folder="$folder" 'BEGIN {
    for (number = 1; number <= 10000; number++) {
        file = folder "/sql/V" number "__change_" number ".sql"
        for (line = 1; line <= 50; line++)
            printf "alter table t%05d add column c%02d varchar(80) not null default \x27some value %04d\x27;\n", number, line, line > file
        close(file)
    }
}'
"$flightcheck" simulate migrate "$folder" > "$folder/history.json"
hyperfine --shell=none --warmup 3 --runs 15 --export-json "$folder/times.json" \
    --command-name "flightcheck info" "$flightcheck info $folder --history $folder/history.json --format json" \
    --command-name "sha256sum" "bash -c 'find $folder/sql -type f -print0 | xargs -0 sha256sum'" >/dev/null 2>&1
medians=$(grep -o '"median": [0-9.]*' "$folder/times.json" | cut -d' ' -f2 | tr '\n' ' ')
memory=$(/usr/bin/time -f %M "$flightcheck" info "$folder" --history "$folder/history.json" --format json 2>&1 >/dev/null)
echo "$medians $memory" | awk '{
    print "| what | median | ratio |"
    print "|---|---|---|"
    printf "| `flightcheck info`, 10,000 scripts of %s, 10,000 rows | %.0f ms | %.2f |\n", "4 kB", $1 * 1000, $1 / $2
    printf "| `sha256sum` over the same files | %.0f ms | 1 |\n", $2 * 1000
    printf "\nPeak memory of `flightcheck info`: %.0f MB.\n", $3 / 1024
}'
