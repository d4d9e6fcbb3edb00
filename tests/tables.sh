#!/bin/sh
# Remaking the generated tables gives the files that are committed, byte for byte.
set -eu

if [ -z "$PYTHON" ] || ! "$PYTHON" -c pass 2>/dev/null; then
	echo "no python3"
	exit 77
fi
if [ ! -f "$UCD_DIR/DerivedAge.txt" ]; then
	echo "no Unicode Character Database in $UCD_DIR (Debian package unicode-data)"
	exit 77
fi
# The version the committed tables name.
wanted=$(sed -n 's/^.*Unicode Character Database, version \([0-9.]*[0-9]\).*$/\1/p' "$abs_top_srcdir/src/gen/ucd_enums.h")
if [ "$(head -n 1 "$UCD_DIR/DerivedAge.txt")" != "# DerivedAge-$wanted.txt" ]; then
	echo "the tables are of Unicode $wanted, $UCD_DIR begins with $(head -n 1 "$UCD_DIR/DerivedAge.txt")"
	exit 77
fi
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

unset MAKEFLAGS MFLAGS MAKELEVEL
mkdir "$tmp/gen"
make -C "$abs_top_builddir" tables GEN_DIR="$tmp/gen" >"$tmp/log" 2>&1 || {
	cat "$tmp/log"
	exit 1
}
# Both ways: a table that nothing makes any more is a mistake too. lid.* is trained, not remade: another test looks at
# its checksum.
diff -r -q -x 'lid.*' "$abs_top_srcdir/src/gen" "$tmp/gen"
