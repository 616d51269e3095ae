#!/usr/bin/env bash
# Measures drafted undo scripts on real migrations and a real PostgreSQL: see tests/rollback-drafts.py.
# Usage: tests/rollback-drafts.sh [--install] [--most N] FOLDER...
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
install=${CI:-}
[ "${1:-}" = --install ] && { install=true; shift; }
PATH=$PATH:/usr/sbin
# shellcheck source=/dev/null
. "$here/tests/catalog-proof/install.sh"
provide postgres "$install" || exit 0
serve postgres
target=$(cd "$here" && cargo metadata --format-version 1 --no-deps --locked | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
(cd "$here" && cargo build -q --locked -p flightcheck)
PATH=$bin:$PATH SOCKET= WORK=$work python3 "$here/tests/rollback-drafts.py" "$target/debug/flightcheck" "$@"
