#!/usr/bin/env bash
# Proves what is said of undo scripts against real servers: each pair of tests/rollback is applied up and down, the schema is
# dumped before and after, and whether both dumps are equal is compared with what flightcheck says. Then the undo script that
# flightcheck drafts is applied in place of the written one.
# Usage: tests/rollback-proof.sh [--dialect postgres|mariadb|sqlite] [--install]
# Servers are found and installed as in tests/catalog-proof.sh; where one is missing the proof is skipped, and says so.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
dialect=postgres install=${CI:-}
while [ $# -gt 0 ]; do
  case $1 in
    --dialect) dialect=$2; shift 2 ;;
    --install) install=true; shift ;;
    *) echo "unknown argument: $1" >&2; exit 2 ;;
  esac
done
case $dialect in postgres | mariadb | sqlite) ;; *) echo "unknown dialect: $dialect" >&2; exit 2 ;; esac
PATH=$PATH:/usr/sbin
command -v python3 >/dev/null || { echo "SKIPPED: python3 is missing; to install it: apt-get install -y python3" >&2; exit 0; }

# shellcheck source=/dev/null
. "$here/tests/catalog-proof/install.sh"
provide "$dialect" "$install" || exit 0

serve "$dialect"
cd "$here"
cargo build -q --locked -p flightcheck
target=$(cargo metadata --format-version 1 --no-deps --locked | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
PATH=${bin:-/usr/bin}:$PATH SOCKET=$work/socket WORK=$work python3 tests/rollback-proof/pairs.py "$dialect" "$target/debug/flightcheck"
