# SQLite, for tests/catalog-proof.sh.
start() { :; }
stop() { :; }
create() { sqlite3 "$work/$1.db" 'SELECT 1' >/dev/null; : > "$work/$1.db"; }
each() { sqlite3 "$work/$1.db" < "$2"; }
# After a refusal the database is as it was.
whole() {
  cp "$work/$1.db" "$work/$1.before"
  sqlite3 -bail "$work/$1.db" < "$2" && return
  rm -f "$work/$1.db-journal" "$work/$1.db-wal" "$work/$1.db-shm"
  mv "$work/$1.before" "$work/$1.db"
  return 1
}
facts() { sqlite3 -batch -bail -separator $'\t' "$work/$1.db" < "$here/tests/catalog-proof/sqlite.sql"; }
