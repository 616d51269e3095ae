#!/usr/bin/env bash
# Makes sure that this machine can build and test flightcheck for WebAssembly: Rust's target wasm32-unknown-unknown,
# wasm-pack, the wasm-bindgen of Cargo.lock, Node.js with npm. What is there is left alone.
# Usage: environment=$(wasm/toolchain.sh [--install]) && eval "$environment"
# It prints the environment to build in, as shell commands; everything else goes to standard error.
# Missing things are installed under CI or with --install; otherwise the one command to run is printed, and it fails.
set -euo pipefail
cd "$(dirname "$0")/.."

WASM_PACK=0.15.1
# The lock file says which wasm-bindgen the crate uses; the program must be exactly that one.
WASM_BINDGEN=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/"/, "", $3); print $3 }' Cargo.lock)
# Programs that take minutes to compile are kept here, one folder for each version.
TOOLS=${CARGO_HOME:-$HOME/.cargo}/flightcheck
TARGET=wasm32-unknown-unknown

install=${CI:-}
[ "${1:-}" != --install ] || install=true
path=

say() { echo "$@" >&2; }

# Stops unless things may be installed.
may_install() {
    [ -z "$install" ] || return 0
    say "$1 is missing; to install what is needed for WebAssembly: wasm/toolchain.sh --install"
    exit 2
}

packages() {
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        say "these packages are missing, and only root on Debian could install them here: $*"
        exit 2
    fi
    (apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@") >&2
}

node_and_npm() {
    command -v node >/dev/null && command -v npm >/dev/null && return
    may_install Node.js
    packages nodejs npm
}

# A program from crates.io: NAME VERSION. One of that version on the path will do.
program() {
    local root=$TOOLS/$1-$2
    if [ "$("$1" --version 2>/dev/null)" = "$1 $2" ]; then return; fi
    path=$root/bin:$path
    [ -x "$root/bin/$1" ] && return
    may_install "$1 $2"
    local crate=$1
    [ "$1" != wasm-bindgen ] || crate=wasm-bindgen-cli
    say "compiling $crate $2: this takes minutes, once"
    # It runs for a moment only, so little is optimised. A registry may lack a version that the crate's lock file names.
    export CARGO_PROFILE_RELEASE_OPT_LEVEL=1
    for locked in --locked ''; do
        # shellcheck disable=SC2086
        cargo install $locked --root "$root" --bin "$1" --version "$2" "$crate" >&2 && return
    done
    exit 2
}

has_target() { ls "$1/lib/rustlib/$TARGET/lib/"libstd-*.rlib >/dev/null 2>&1; }

target() {
    has_target "$(rustc --print sysroot)" && return
    if ! debian_is_ready; then
        may_install "Rust's target $TARGET"
        if rustup target add "$TARGET" >&2; then return; fi
        say "rustup cannot download the target; building it from Debian's sources instead"
        debian
    fi
    echo "export RUSTUP_TOOLCHAIN=debian-web"
}

BUILT_BY=/usr/lib/rustlib/$TARGET/built-by

debian_is_ready() {
    [ -x /usr/bin/rustc ] && [ "$(/usr/bin/rustc --version)" = "$(cat "$BUILT_BY" 2>/dev/null)" ] \
        && rustup run debian-web true 2>/dev/null
}

# Debian's compiler for browsers comes with the standard library's source, which is compiled for the target once.
debian() {
    packages rustc-web cargo-web rust-web-src
    local work host
    work=$(mktemp -d)
    host=$(/usr/bin/rustc -vV | sed -n 's/^host: //p')
    mkdir -p "$work/src"
    printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n' > "$work/Cargo.toml"
    : > "$work/src/lib.rs"
    (
        cd "$work"
        # Link-time optimisation needs the bitcode. Panics name their places, but not where this machine keeps its crates.
        export RUSTC_BOOTSTRAP=1 RUSTC=/usr/bin/rustc CARGO_TARGET_DIR=$work/target
        export RUSTFLAGS="-Cembed-bitcode=yes -Cdebuginfo=0 --remap-path-prefix=${TOOLS%/*}/registry/src/=crates/"
        /usr/bin/cargo build --release -Zbuild-std=std,panic_abort,panic_unwind,proc_macro --target "$TARGET" >&2
    )
    rm -rf "/usr/lib/rustlib/$TARGET"
    mkdir -p "/usr/lib/rustlib/$TARGET/lib" "/usr/lib/rustlib/$host/bin"
    find "$work/target/$TARGET/release/deps" -name '*.rlib' ! -name 'libempty-*' \
        -exec cp {} "/usr/lib/rustlib/$TARGET/lib/" \;
    # Debian's compiler has no linker for WebAssembly; rustup's brings one.
    ln -sf "$(rustc --print sysroot)/lib/rustlib/$host/bin/rust-lld" "/usr/lib/rustlib/$host/bin/rust-lld"
    rustup toolchain link debian-web /usr
    /usr/bin/rustc --version > "$BUILT_BY"
    rm -rf "$work"
}

node_and_npm
program wasm-bindgen "$WASM_BINDGEN"
program wasm-pack "$WASM_PACK"
target
echo "export PATH=\"$path\$PATH\""
