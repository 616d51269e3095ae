#!/usr/bin/env bash
# Runs every check and test of the project: formatting, lints, tests.
# Usage: tests/run.sh [--install]
# System packages are installed only under CI or with --install; otherwise the one command to run is printed.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v cargo >/dev/null; then
    echo "Rust is missing: install it with rustup, then run this again" >&2
    exit 2
fi

echo "== formatting"
cargo fmt --all --check
echo "== lints"
cargo clippy --workspace --all-targets --locked -- --deny warnings
echo "== tests"
cargo test --workspace --locked
echo "== wasm"
tests/wasm.sh "$@"
echo "== site"
tests/site.sh "$@"
echo "== VS Code"
tests/vscode.sh "$@"
echo "== catalogs of real servers"
# Each proof says so loudly where its server is missing and cannot be had.
postgres=(tests/oracle/fixture_postgres.sql tests/catalog/postgres-dump.sql examples/billing/db/migration)
mariadb=(tests/oracle/fixture_mysql.sql tests/catalog/mysql-dump.sql)
sqlite=(tests/oracle/fixture_sqlite.sql tests/catalog/sqlite-dump.sql)
tests/catalog-proof.sh "$@" --dialect postgres "${postgres[@]}"
tests/catalog-proof.sh "$@" --dialect mariadb "${mariadb[@]}"
tests/catalog-proof.sh "$@" --dialect sqlite "${sqlite[@]}"
echo "== pairs of scripts on a real server"
tests/dependency-proof.sh "$@"
echo "== undo scripts on real servers"
for dialect in postgres mariadb sqlite; do tests/rollback-proof.sh "$@" --dialect "$dialect"; done
echo "== reports read by other tools"
tests/reports.sh "$@"
echo "== files for CI"
tests/ci-files.sh
echo "== locks on pages"
tests/lock-pages.sh "$@"
