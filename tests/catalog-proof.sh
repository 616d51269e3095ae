#!/usr/bin/env bash
# Proves the replayed catalog against a real PostgreSQL: each folder of migrations is applied to a database of its own, the
# server's catalog is read back, and tests/catalog_proof.rs replays what the server accepted and compares.
# Usage: tests/catalog-proof.sh FOLDER...     (PostgreSQL's programs: PGBIN, or the newest under /usr/lib/postgresql)
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
bin=${PGBIN:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)}
if [ -z "$bin" ] || [ ! -x "$bin/initdb" ]; then
  echo "SKIPPED: no PostgreSQL server found; install postgresql or set PGBIN" >&2
  exit 0
fi

work=$(mktemp -d)
as() { "$@"; }
if [ "$(id -u)" = 0 ]; then
  as() { setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; }
  chown postgres "$work"
fi
chmod 755 "$work"
export PGHOST=$work PGPORT=54329 PGUSER=postgres PGOPTIONS='-c client_min_messages=error'
stop() { as "$bin/pg_ctl" -D "$work/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$work"; }
trap stop EXIT
(cd "$work" && as "$bin/initdb" -D data -U postgres -A trust -E UTF8 --locale=C >/dev/null)
(cd "$work" && as "$bin/pg_ctl" -D data -w -l "$work/log" \
  -o "-k $work -p $PGPORT -c listen_addresses='' -c fsync=off -c synchronous_commit=off" start >/dev/null)

number=0
for folder in "$@"; do
  folder=$(realpath "$folder")
  number=$((number + 1))
  out=$work/proof/$number
  mkdir -p "$out"
  echo "$folder" > "$out/name"
  "$bin/createdb" "proof$number"
  refused=0
  : > "$out/applied"
  : > "$out/errors"
  apply() { "$bin/psql" -X -q -d "proof$number" "$@" >/dev/null 2>>"$out/errors"; }
  while IFS= read -r file; do
    if apply -v ON_ERROR_STOP=1 -1 -f "$file"; then
      echo "$file" >> "$out/applied"
    elif [ -f "$folder" ] || tail -n 3 "$out/errors" | grep -q 'cannot run inside a transaction block'; then
      # What no transaction takes runs alone; a lone file is a schema, of which each statement runs that can.
      apply -f "$file" || true
      echo "$file" >> "$out/applied"
    else
      refused=$((refused + 1))
    fi
  done < <(if [ -f "$folder" ]; then echo "$folder"; else
    find "$folder" -name '*.sql' ! -name '*down*' ! -path '*/down/*' ! -name 'U[0-9]*' | sort -V; fi)
  "$bin/psql" -X -q -A -t -F $'\t' -d "proof$number" -f "$here/tests/catalog-proof.sql" > "$out/facts"
  echo "$folder: $(wc -l < "$out/applied") scripts applied, $refused refused, $(wc -l < "$out/facts") facts"
done
cd "$here"
CATALOG_PROOF=$work/proof cargo test -q -p flightcheck-core --test catalog_proof -- --nocapture
