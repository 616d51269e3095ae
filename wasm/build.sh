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
# The standard library is compiled anew, for size: the one that comes with the compiler is made for speed, and its sorts and
# maps alone are a tenth of the module. The compiler at hand does it if it is asked as a nightly one would be.
export RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_abort CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size
# A panic names its place; on whose machine it was compiled is nobody's business.
remap="--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}/registry/src/=crates/"
remap="$remap --remap-path-prefix=$(rustc --print sysroot)/lib/rustlib/src/rust/library/=std/"
export RUSTFLAGS="$remap ${RUSTFLAGS:-}"

cargo build --quiet --locked --package flightcheck-wasm --target wasm32-unknown-unknown --profile wasm
compiled=${CARGO_TARGET_DIR:-../target}/wasm32-unknown-unknown/wasm/flightcheck_wasm.wasm
built_from=$(cat "$compiled" build.sh package.mjs node.js Cargo.toml README.md | sha256sum)
[ "$built_from" != "$(cat pkg/.built-from 2>/dev/null)" ] || exit 0

rm -rf pkg
# By force: it would look for a standard library that is compiled already.
wasm-pack --quiet build --mode force --target web --profile wasm -- --locked
node package.mjs
echo "$built_from" > pkg/.built-from
