# Sourced: building the kernels' test for a processor that this one is not.

needed="scan plain sets signs bytes"

# build_test COMPILER KERNEL FLAG...: into $tmp/test
build_test()
{
	compiler=$1
	kernel=$2
	shift 2
	sources=
	for name in $needed $kernel; do
		sources="$sources $abs_top_srcdir/src/scan/$name.c"
	done
	# shellcheck disable=SC2086 # several words each
	$compiler -O2 -w -Wno-psabi -std=gnu11 -DLAFZ_KERNEL_"$(echo "$kernel" | tr a-z A-Z)" "$@" \
		-I"$abs_top_builddir/include" -I"$abs_top_srcdir/include" -I"$abs_top_srcdir/src" \
		-o "$tmp/test" "$abs_top_srcdir/tests/scan/test_kernels.c" $sources \
		"$abs_top_srcdir/src/unicode/ucd.c" "$abs_top_srcdir/src/unicode/utf8.c" "$abs_top_srcdir/src/base/mem.c"
}

# The last line of the test says which kernels it ran: the new one must be among them.
ran()
{
	case $1 in
	*" $2;"*) echo "$1" ;;
	*)
		echo "the kernel $2 was not run: $1"
		exit 1
		;;
	esac
}
