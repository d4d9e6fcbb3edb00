#!/bin/sh
# The kernel for AVX-512 gives the atoms of the plain one. Where the processor has no such instructions, SIMDe
# (Debian package libsimde-dev) stands in for them: what is tested then is the kernel's logic.
set -eu

case $("$abs_top_builddir/tests/scan/test_kernels") in
*"avx512 (not run)"*) ;;
*avx512*)
	echo "this processor runs it: see kernels.sh"
	exit 77
	;;
*)
	echo "no kernel avx512 in this build"
	exit 77
	;;
esac
if ! echo '#include <simde/x86/avx512.h>' | $CC -E - >/dev/null 2>&1; then
	echo "no SIMDe (Debian package libsimde-dev)"
	exit 77
fi
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
. "$abs_top_srcdir/tests/scan/lib.sh"

# The processor is asked before a kernel is run; here it is said to have everything.
build_test "$CC" avx512 -I"$abs_top_srcdir/tests/scan/simde" '-D__builtin_cpu_supports(x)=1'
line=$("$tmp/test" "$abs_top_srcdir"/corpora/*.txt)
ran "$line" avx512
