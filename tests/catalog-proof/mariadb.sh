# MariaDB, for tests/catalog-proof.sh.
client() { mariadb --no-defaults --socket="$work/socket" --user=root --batch --skip-column-names "$@"; }

start() {
  mariadb-install-db --no-defaults --datadir="$work/data" --user="$(id -un)" --auth-root-authentication-method=normal \
    --skip-test-db --innodb-flush-log-at-trx-commit=0 >"$work/log" 2>&1
  mariadbd --no-defaults --user="$(id -un)" --datadir="$work/data" --socket="$work/socket" --pid-file="$work/pid" --skip-networking \
    --innodb-flush-log-at-trx-commit=0 --innodb-flush-method=nosync --skip-log-bin >>"$work/log" 2>&1 &
  server=$!
  for _ in $(seq 100); do
    client -e 'SELECT 1' >/dev/null 2>&1 && return
    sleep 0.2
  done
  cat "$work/log" >&2
  return 1
}
stop() { kill -9 "$server" 2>/dev/null && wait "$server" 2>/dev/null || true; }
create() {
  # Scripts may have made databases of their own.
  client -e "SELECT CONCAT('DROP DATABASE \`', schema_name, '\`;') FROM information_schema.schemata
    WHERE schema_name NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys')" | client
  client -e "CREATE DATABASE $1"
}
each() { client --force "$1" < "$2"; }
# Nothing of a schema can be undone: after a refusal all is made anew, without the script.
whole() {
  client "$1" < "$2" && return
  create "$1"
  while IFS= read -r applied; do client "$1" < "$applied"; done < "$out/applied"
  return 1
}
facts() { client "$1" < "$here/tests/catalog-proof/mariadb.sql"; }
