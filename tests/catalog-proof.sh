#!/usr/bin/env bash
# Proves the replayed catalog against a real server: each folder of migrations, or lone schema, is applied to a database of
# its own, the server's catalog is read back, and tests/catalog_proof.rs replays what the server accepted and compares.
# Usage: tests/catalog-proof.sh [--dialect postgres|mariadb|sqlite] [--install] FOLDER|FILE...
# Servers: PostgreSQL's programs in PGBIN or the newest under /usr/lib/postgresql; mariadbd and sqlite3 on the path. One that
# is missing is installed under CI or with --install, where that works; else the proof is skipped, and says so.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
dialect=postgres install=${CI:-}
while [ $# -gt 0 ]; do
  case $1 in
    --dialect) dialect=$2; shift 2 ;;
    --install) install=true; shift ;;
    *) break ;;
  esac
done
case $dialect in postgres | mariadb | sqlite) ;; *) echo "unknown dialect: $dialect" >&2; exit 2 ;; esac
PATH=$PATH:/usr/sbin

# shellcheck source=/dev/null
. "$here/tests/catalog-proof/install.sh"
provide "$dialect" "$install" || exit 0

serve "$dialect"

# Each server's file has: start, stop, create DATABASE, whole DATABASE FILE (all of a script or nothing of it),
# each DATABASE FILE (every statement that can run), facts DATABASE.
number=0
for folder in "$@"; do
  folder=$(realpath "$folder")
  number=$((number + 1))
  database=proof$number
  out=$work/proof/$number
  mkdir -p "$out"
  echo "$folder" > "$out/name"
  echo "$dialect" > "$out/dialect"
  create "$database"
  refused=0
  : > "$out/applied"
  : > "$out/errors"
  while IFS= read -r file; do
    if [ -f "$folder" ]; then
      # A lone file is a schema, of which each statement runs that can.
      each "$database" "$file" >/dev/null 2>>"$out/errors" || true
      echo "$file" >> "$out/applied"
    elif whole "$database" "$file" >/dev/null 2>>"$out/errors"; then
      echo "$file" >> "$out/applied"
    else
      refused=$((refused + 1))
    fi
  done < <(if [ -f "$folder" ]; then echo "$folder"; else
    find "$folder" -name '*.sql' ! -name '*down*' ! -path '*/down/*' ! -name 'U[0-9]*' | sort -V; fi)
  facts "$database" > "$out/facts"
  echo "$folder: $(wc -l < "$out/applied") scripts applied, $refused refused, $(wc -l < "$out/facts") facts"
done
cd "$here"
CATALOG_PROOF=$work/proof cargo test -q -p flightcheck-core --locked --test catalog_proof -- --nocapture
