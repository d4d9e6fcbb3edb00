#!/bin/sh
# Runs the tests of tests/browser in headless Chromium. They need node, Chromium (CHROMIUM names it) and playwright-core,
# which `make browser-tools` puts into the build folder.
. "${srcdir:-.}/tests/cli/lib.sh"

command -v node >/dev/null || skip "there is no node"
for name in "${CHROMIUM:-chromium}" chromium-browser google-chrome; do
	CHROMIUM=$(command -v "$name") && break
done
[ -n "$CHROMIUM" ] || skip "there is no Chromium"
NODE_PATH=${abs_builddir:-$top/build}/tests/browser/node_modules
export CHROMIUM NODE_PATH
node -e 'require("playwright-core")' 2>/dev/null || skip "there is no playwright-core: make browser-tools"

CORPORA=$top/corpora
export LAFZ CORPORA
for script in "$top"/tests/browser/test_*.js; do
	echo "$(basename "$script"):"
	if node "$script"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
	fi
done

finish
