#!/usr/bin/env bash
# Measures the gate on a repository with 2,000 migrations and a branch of two scripts, against `git diff --stat` of the same
# base. Needs git and hyperfine. Prints one table; docs/performance.md holds the last one.
set -euo pipefail
cd "$(dirname "$0")/.."
for tool in hyperfine git; do
    command -v "$tool" >/dev/null || { echo "$tool is missing: apt-get install hyperfine git" >&2; exit 2; }
done
cargo build --release --quiet --package flightcheck
flightcheck=${CARGO_TARGET_DIR:-$PWD/target}/release/flightcheck
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=somebody GIT_AUTHOR_EMAIL=somebody@example.org GIT_AUTHOR_DATE=2027-01-01T00:00:00Z
export GIT_COMMITTER_NAME=$GIT_AUTHOR_NAME GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE
mkdir "$folder/sql"
awk -v folder="$folder" 'BEGIN {
    for (number = 1; number <= 2000; number++) {
        file = folder "/sql/V" number "__change_" number ".sql"
        if (number % 2) {
            printf "create table t%04d (\n    id bigint primary key,\n    name varchar(80) not null,\n    made timestamp not null default now()\n);\n", number > file
            printf "comment on table t%04d is \x27the table of change %d\x27;\n", number, number > file
        } else {
            printf "alter table t%04d add column note varchar(200);\n", number - 1 > file
            printf "create index t%04d_name on t%04d (name);\n", number - 1, number - 1 > file
        }
        close(file)
    }
}'
printf 'dialect = "postgres"\nserver-version = "15"\n' >"$folder/flightcheck.toml"
git -C "$folder" init --quiet --initial-branch=main
git -C "$folder" add --all
git -C "$folder" commit --quiet --message "2,000 migrations"
git -C "$folder" switch --quiet --create work
echo "alter table t0001 add column mail varchar(80);" >"$folder/sql/V2001__mail.sql"
echo "alter table t0003 add column mail varchar(80);" >"$folder/sql/V2002__mail.sql"
git -C "$folder" add --all
git -C "$folder" commit --quiet --message "two more"
# Git takes a file that is as young as its index for changed, and reads it.
sleep 1
git -C "$folder" update-index --really-refresh
hyperfine --shell=none --warmup 3 --runs 30 --export-json "$folder/times.json" --ignore-failure \
    --command-name gate "$flightcheck check $folder --base main --output json=/dev/null" \
    --command-name "git diff --stat" "git -C $folder diff --stat main" \
    --command-name "check without a base" "$flightcheck check $folder --output json=/dev/null" >/dev/null 2>&1
grep -o '"median": [0-9.]*' "$folder/times.json" | cut -d' ' -f2 | tr '\n' ' ' | awk '{
    print "| what | median | ratio |"
    print "|---|---|---|"
    printf "| `git diff --stat main` | %.1f ms | 1 |\n", $2 * 1000
    printf "| `flightcheck check --base main`, 2,000 scripts, two of them new | %.1f ms | %.1f |\n", $1 * 1000, $1 / $2
    printf "| `flightcheck check`, all of them new | %.1f ms | %.1f |\n", $3 * 1000, $3 / $2
}'
