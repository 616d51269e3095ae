# PostgreSQL, for tests/catalog-proof.sh.
bin=$(postgres_bin)
export PGHOST=$work PGPORT=54329 PGUSER=postgres PGOPTIONS='-c client_min_messages=error'

start() {
  if [ "$(id -u)" = 0 ]; then
    as() { setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; }
    chown postgres "$work"
  fi
  (cd "$work" && as "$bin/initdb" -D data -U postgres -A trust -E UTF8 --locale=C >/dev/null)
  (cd "$work" && as "$bin/pg_ctl" -D data -w -l "$work/log" \
    -o "-k $work -p $PGPORT -c listen_addresses='' -c fsync=off -c synchronous_commit=off" start >/dev/null)
}
stop() { as "$bin/pg_ctl" -D "$work/data" -m immediate stop >/dev/null 2>&1 || true; }
create() { "$bin/createdb" "$1"; }
# A dump may connect to a database of its own; here all goes to one.
each() { sed '/^\\connect /d' "$2" | "$bin/psql" -X -q -d "$1" -f -; }
whole() {
  "$bin/psql" -X -q -d "$1" -v ON_ERROR_STOP=1 -1 -f "$2" 2>"$work/refused" && return
  cat "$work/refused" >&2
  # What no transaction takes runs alone.
  grep -q 'cannot run inside a transaction block' "$work/refused" && "$bin/psql" -X -q -d "$1" -v ON_ERROR_STOP=1 -f "$2"
}
facts() { "$bin/psql" -X -q -A -t -F $'\t' -d "$1" -f "$here/tests/catalog-proof/postgres.sql"; }
