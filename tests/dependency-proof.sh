#!/usr/bin/env bash
# Proves verdicts on pairs of scripts against a real PostgreSQL: both orders of each pair are applied, normalised dumps are
# compared, and tests/dependency_proof.rs judges the same pairs as merge, cherry-pick and equality.
# Usage: tests/dependency-proof.sh [--install] [STRIDE]: every STRIDE-th pair of tests/dependency-proof/cases, 5 if not said.
# The server is found and installed as tests/catalog-proof.sh does; without one the proof is skipped, and says so.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
install=${CI:-}
if [ "${1:-}" = --install ]; then
  install=true
  shift
fi
stride=${1:-5}
PATH=$PATH:/usr/sbin

# shellcheck source=/dev/null
. "$here/tests/catalog-proof/install.sh"
provide postgres "$install" || exit 0

serve postgres
PATH=$(postgres_bin):$PATH
createuser proof_reader
createuser proof_writer
python3 "$here/tests/dependency-proof/oracle.py" "$here/tests/dependency-proof/cases" "$work/pairs" "$stride"
cd "$here"
DEPENDENCY_PROOF=$work/pairs cargo test -q -p flightcheck-core --locked --test dependency_proof -- --nocapture
