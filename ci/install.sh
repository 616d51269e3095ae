#!/usr/bin/env bash
# Installs a release for action.yml, and refuses one whose checksum is another.
set -euo pipefail

if [ -n "${FLIGHTCHECK_BINARY:-}" ]; then
  "$FLIGHTCHECK_BINARY" --version
  exit 0
fi
version=${FLIGHTCHECK_VERSION:?name the release to install}
repository=${FLIGHTCHECK_REPOSITORY:?name the repository of the releases}
case "$version$repository" in
  *[!A-Za-z0-9._/-]*) echo "the release is no plain name" >&2; exit 2 ;;
esac
case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) target=x86_64-unknown-linux-musl ;;
  Linux-aarch64) target=aarch64-unknown-linux-musl ;;
  Darwin-x86_64) target=x86_64-apple-darwin ;;
  Darwin-arm64) target=aarch64-apple-darwin ;;
  MINGW*-x86_64 | MSYS*-x86_64) target=x86_64-pc-windows-msvc ;;
  *) echo "there is no release for $(uname -s) on $(uname -m); build one, and give it as \`binary\`" >&2; exit 2 ;;
esac
home=${RUNNER_TEMP:-$(mktemp -d)}/flightcheck
mkdir -p "$home"
cd "$home"
archive=flightcheck-$target.tar.gz
url=${GITHUB_SERVER_URL:-https://github.com}/$repository/releases/download/$version
curl --fail --silent --show-error --location --remote-name "$url/$archive" --remote-name "$url/SHA256SUMS"
if ! grep --fixed-strings "  $archive" SHA256SUMS >"$archive.sha256"; then
  echo "SHA256SUMS does not name $archive" >&2
  exit 2
fi
if command -v sha256sum >/dev/null; then sha256sum --check "$archive.sha256"; else shasum -a 256 --check "$archive.sha256"; fi
tar -xzf "$archive"
echo "$home" >>"${GITHUB_PATH:?}"
