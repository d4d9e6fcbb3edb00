#!/bin/sh
# The kernel for NEON gives the atoms of the plain one: built by a compiler for ARM, run by an emulator.
set -eu

compiler=aarch64-linux-gnu-gcc
for program in $compiler qemu-aarch64; do
	if ! command -v $program >/dev/null; then
		echo "no $program (Debian packages gcc-aarch64-linux-gnu, libc6-dev-arm64-cross, qemu-user)"
		exit 77
	fi
done
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
. "$abs_top_srcdir/tests/scan/lib.sh"

build_test $compiler neon -static
line=$(qemu-aarch64 "$tmp/test" "$abs_top_srcdir"/corpora/*.txt)
ran "$line" neon
