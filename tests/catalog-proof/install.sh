# Sourced, with the repository in $here. Where the server's programs are, how they come onto the machine, and a server of
# one's own.

postgres_bin() { echo "${PGBIN:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)}"; }

# present DIALECT: whether its programs are here.
present() {
  case $1 in
    postgres) [ -x "$(postgres_bin)/initdb" ] ;;
    mariadb) command -v mariadbd >/dev/null && command -v mariadb-install-db >/dev/null && command -v mariadb >/dev/null ;;
    sqlite) command -v sqlite3 >/dev/null ;;
  esac
}

# provide DIALECT INSTALL: installs what is missing where INSTALL is not empty and that works; else says what is skipped, and fails.
provide() {
  local package
  case $1 in postgres) package=postgresql ;; mariadb) package=mariadb-server ;; sqlite) package=sqlite3 ;; esac
  if ! present "$1" && [ -n "$2" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    (apt-get update -q && DEBIAN_FRONTEND=noninteractive timeout 300 apt-get install -y -q --no-install-recommends "$package") \
      >/dev/null 2>&1 || echo "apt-get could not install $package" >&2
  fi
  present "$1" && return
  echo "SKIPPED: no server for $1; to install it: apt-get install -y $package" >&2
  return 1
}

# serve DIALECT: starts a private server that ends with the script; what it keeps is in $work. Its file defines start, stop
# and the rest. Not to be called in a condition, where a failure would go unnoticed.
serve() {
  work=$(mktemp -d)
  chmod 755 "$work"
  # shellcheck source=/dev/null
  . "$here/tests/catalog-proof/$1.sh"
  trap 'stop; rm -rf "$work"' EXIT
  start
}

# Runs a command as who may run the server; a server that refuses root defines it anew.
as() { "$@"; }
