#!/usr/bin/env bash
# Checks a pull request: what action.yml runs. Everything comes from the environment, and nothing of it is evaluated.
set -euo pipefail

flightcheck=${FLIGHTCHECK_BINARY:-flightcheck}
folder=${FLIGHTCHECK_FOLDER:-.}
base=${FLIGHTCHECK_BASE:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ -z "$base" ] && [ -n "${GITHUB_BASE_REF:-}" ]; then
  base=refs/remotes/origin/$GITHUB_BASE_REF
  # The usual checkout of a pull request knows its merge commit alone.
  if ! git -C "$folder" rev-parse --verify --quiet --end-of-options "$base^{commit}" >/dev/null; then
    git -C "$folder" fetch --quiet --no-tags --end-of-options origin "+refs/heads/$GITHUB_BASE_REF:$base"
  fi
fi

arguments=(--output "markdown=$work/report.md" --output "human=$work/report.txt")
if [ -n "$base" ]; then arguments+=("--base=$base"); fi
if [ -n "${FLIGHTCHECK_FAIL_ON:-}" ]; then arguments+=("--fail-on=$FLIGHTCHECK_FAIL_ON"); fi
if [ -n "${FLIGHTCHECK_SARIF:-}" ]; then arguments+=(--output "sarif=$FLIGHTCHECK_SARIF"); fi
if [ "${FLIGHTCHECK_ANNOTATIONS:-true}" = true ]; then arguments+=(--output github); fi
while IFS= read -r history; do
  if [ -n "$history" ]; then arguments+=("--history=$history"); fi
done <<<"${FLIGHTCHECK_HISTORY:-}"

code=0
"$flightcheck" check "${arguments[@]}" -- "$folder" || code=$?

# Names of files come from strangers: what they print is no command to the runner.
token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
echo "::stop-commands::$token"
if [ -e "$work/report.txt" ]; then cat "$work/report.txt"; fi
echo "::$token::"

if [ -e "$work/report.md" ]; then
  if [ "${FLIGHTCHECK_SUMMARY:-true}" = true ] && [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
    cat "$work/report.md" >>"$GITHUB_STEP_SUMMARY"
  fi
  if [ -n "${FLIGHTCHECK_COMMENT:-}" ]; then cp -- "$work/report.md" "$FLIGHTCHECK_COMMENT"; fi
fi
exit "$code"
