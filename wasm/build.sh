#!/usr/bin/env bash
# Builds the npm package into wasm/pkg.
# Usage: wasm/build.sh [--install]
set -euo pipefail
cd "$(dirname "$0")"

environment=$(./toolchain.sh "$@")
eval "$environment"
# npm notes in node_modules which lock file it has installed.
if [ package-lock.json -nt node_modules/.package-lock.json ]; then
    npm ci --no-audit --no-fund --loglevel=error >&2
    touch node_modules/.package-lock.json
fi
export PATH=$PWD/node_modules/.bin:$PATH
# A panic names its place; on whose machine it was compiled is nobody's business.
export RUSTFLAGS="--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}/registry/src/=crates/ ${RUSTFLAGS:-}"

cargo build --quiet --locked --package flightcheck-wasm --target wasm32-unknown-unknown --profile wasm
compiled=${CARGO_TARGET_DIR:-../target}/wasm32-unknown-unknown/wasm/flightcheck_wasm.wasm
built_from=$(cat "$compiled" build.sh package.mjs node.js Cargo.toml README.md | sha256sum)
[ "$built_from" != "$(cat pkg/.built-from 2>/dev/null)" ] || exit 0

rm -rf pkg
wasm-pack --quiet build --mode no-install --target web --profile wasm -- --locked
node package.mjs
echo "$built_from" > pkg/.built-from
