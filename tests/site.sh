#!/usr/bin/env bash
# Builds the wasm package and the site, checks its types and sizes, and tests it in a real Chromium.
# Usage: tests/site.sh [--install]
# What is missing is installed under CI or with --install; otherwise the command to run is printed.
set -euo pipefail
cd "$(dirname "$0")/.."

install=${CI:-}
[ "${1:-}" != --install ] || install=true
export CHROMIUM=${CHROMIUM:-/usr/bin/chromium}
if [ ! -x "$CHROMIUM" ]; then
    command="apt-get update -q && apt-get install -y -q --no-install-recommends chromium"
    if [ -z "$install" ]; then
        echo "Chromium is missing; name one with CHROMIUM=…, or run: $command" >&2
        exit 2
    fi
    DEBIAN_FRONTEND=noninteractive bash -c "$command" >&2
fi

wasm/build.sh "$@"
cd site
# npm notes in node_modules which lock file it has installed.
if [ package-lock.json -nt node_modules/.package-lock.json ]; then
    npm ci --no-audit --no-fund --loglevel=error
    touch node_modules/.package-lock.json
fi
npm run --silent check
npm run --silent build -- --logLevel warn
node tests/sizes.mjs
npm run --silent test -- --reporter=dot
