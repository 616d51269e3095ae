#!/usr/bin/env bash
# Runs the examples on the pages of the lock rules on a real PostgreSQL: all of them must run, and each lock that a finding
# names must be there before its transaction ends. tests/lock_pages.rs does it; this starts a private server for it.
# Usage: tests/lock-pages.sh [--install]
# PostgreSQL's programs are those in PGBIN or the newest under /usr/lib/postgresql. Missing ones are installed under CI or
# with --install, where that works; else the examples are skipped, and that is said.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
install=${CI:-}
[ "${1:-}" != --install ] || install=true

# shellcheck source=/dev/null
. "$here/tests/catalog-proof/install.sh"
provide postgres "$install" || exit 0

serve postgres
cd "$here"
LOCK_PAGES=$(postgres_bin) cargo test -q -p flightcheck-core --locked --test lock_pages -- --nocapture
