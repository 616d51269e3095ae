#!/usr/bin/env bash
# Builds the wasm package and runs its tests, among them: library, binary and wasm give the same JSON for a corpus.
# Usage: tests/wasm.sh [--install]
# What is missing is installed under CI or with --install; otherwise the command to run is printed (wasm/toolchain.sh).
set -euo pipefail
cd "$(dirname "$0")/.."

wasm/build.sh "$@"
corpus=$(mktemp -d)
trap 'rm -rf "$corpus"' EXIT
JSON_CORPUS=$corpus cargo test -q -p flightcheck --locked --test json_faces
JSON_CORPUS=$corpus node --test wasm/tests/
