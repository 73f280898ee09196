#!/usr/bin/env bash
# Makes dingtalk.js again from wrapper.js and the published packages; README.md has the hash of the result.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund dingtalk-jsapi@3.2.9 esbuild@0.25.12
cp "$here/wrapper.js" .
npx esbuild wrapper.js --bundle --minify --format=iife --target=es2017 --legal-comments=none --outfile=dingtalk.js
cp dingtalk.js "$here/dingtalk.js"
sha256sum "$here/dingtalk.js"
