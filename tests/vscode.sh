#!/usr/bin/env bash
# Builds the VS Code extension, packs it, and runs its tests: in plain Node.js, in three extension hosts of a real VS Code,
# and with mouse and keyboard on the installed package. VS Code comes from npm and is kept in ~/.cache/flightcheck.
# Usage: tests/vscode.sh [--install]
# Needs node with npm, Chromium, and the wasm package. Chromium is installed under CI or with --install; otherwise the one
# command to run is printed, and only the tests in plain Node.js run.
set -euo pipefail
cd "$(dirname "$0")/.."
install=${CI:-}
[ "${1:-}" != --install ] || install=true

[ -e wasm/pkg/flightcheck_wasm_bg.wasm ] || wasm/build.sh "$@"
if ! command -v npm >/dev/null; then
    echo "SKIPPED: no npm for the extension; install Node.js" >&2
    exit 0
fi
cargo build --quiet --locked -p flightcheck
FLIGHTCHECK=$(realpath "${CARGO_TARGET_DIR:-target}")/debug/flightcheck
export FLIGHTCHECK

cd vscode-extension
# npm notes in node_modules which lock file it has installed.
if [ package-lock.json -nt node_modules/.package-lock.json ]; then
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2
    touch node_modules/.package-lock.json
fi
npm run --silent typecheck
npm run --silent build
npm run --silent package
npm run --silent unit

CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v google-chrome || true)}
if [ -z "$CHROMIUM" ] && [ -n "$install" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    (apt-get update -q && DEBIAN_FRONTEND=noninteractive timeout 600 apt-get install -y -q --no-install-recommends chromium) >/dev/null 2>&1 ||
        echo "apt-get could not install chromium" >&2
    CHROMIUM=$(command -v chromium || true)
fi
if [ -z "$CHROMIUM" ]; then
    echo "SKIPPED: no Chromium for the tests in VS Code; to install it: apt-get install -y chromium" >&2
    exit 0
fi
if [ "$(uname -sm)" != "Linux x86_64" ]; then
    echo "SKIPPED: the tests in VS Code know its server for Linux on x86-64 only" >&2
    exit 0
fi
FLIGHTCHECK_VSCODE=$(tests/rig/install.sh)
export CHROMIUM FLIGHTCHECK_VSCODE
npm run --silent hosts
npm run --silent ui
