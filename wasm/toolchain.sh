#!/usr/bin/env bash
# Makes sure that this machine can build and test flightcheck for WebAssembly: the source of Rust's standard library,
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

# The source of the standard library, which is compiled for size with the module.
has_source() { [ -e "$("$@" rustc --print sysroot)/lib/rustlib/src/rust/library/Cargo.lock" ]; }

standard_library() {
    has_source && return
    if ! rustup run debian-web true 2>/dev/null || ! has_source rustup run debian-web; then
        may_install "the source of Rust's standard library"
        if rustup component add rust-src >&2; then return; fi
        say "rustup cannot download it; taking Debian's compiler for browsers instead"
        debian
    fi
    echo "export RUSTUP_TOOLCHAIN=debian-web"
}

# Debian's compiler for browsers comes with the source, but without a linker for WebAssembly; rustup's brings one.
debian() {
    packages rustc-web cargo-web rust-web-src
    local host
    host=$(/usr/bin/rustc -vV | sed -n 's/^host: //p')
    mkdir -p "/usr/lib/rustlib/$host/bin"
    ln -sf "$(rustc --print sysroot)/lib/rustlib/$host/bin/rust-lld" "/usr/lib/rustlib/$host/bin/rust-lld"
    rustup toolchain link debian-web /usr
}

node_and_npm
program wasm-bindgen "$WASM_BINDGEN"
program wasm-pack "$WASM_PACK"
standard_library
echo "export PATH=\"$path\$PATH\""
