# Sourced. Where the server's programs are, and how they come onto the machine.

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
