#!/bin/sh
# usage: tests/port/cross.sh ARCHITECTURE LAFZ FOLDER
#
# Builds the program for another processor in FOLDER, runs it (by qemu-user, if need be) on the corpora in every format,
# and compares with what LAFZ, the program of this machine, writes: the bytes must be the same. Then the unit tests of the scanner,
# the key, the language model and some stages, or of all with LAFZ_TEST_FULL=1. ARCHITECTURE is Debian's name: s390x, which is big-endian and whose char has no
# sign, or i386, which has 32 bits.
#
# The libraries of that architecture are fetched from Debian's mirror and unpacked in FOLDER/root; nothing of the system changes, and
# no one has to be root. Or LAFZ_CROSS_ROOT names a folder in which they lie. With LAFZ_CROSS_INSTALL=1 the compiler is
# installed first (as root). Exit 77 if compiler or libraries cannot be had. The source has to have its configure.
set -eu

architecture=$1
lafz=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
mkdir -p "$3"
folder=$(cd "$3" && pwd)
top=$(cd "$(dirname "$0")/../.." && pwd)
root=${LAFZ_CROSS_ROOT:-}

case $architecture in
s390x)
	host=s390x-linux-gnu
	triplet=$host
	compiler=s390x-linux-gnu-gcc
	packages="gcc-s390x-linux-gnu libc6-dev-s390x-cross qemu-user"
	;;
i386)
	host=i686-linux-gnu
	triplet=i386-linux-gnu
	compiler="gcc -m32"
	packages="gcc lib32gcc-12-dev libc6-dev-i386"
	;;
*)
	echo "no such architecture: $architecture"
	exit 2
	;;
esac

skip()
{
	echo "skipped: $1"
	exit 77
}

# fetch PACKAGE...: they and all they need, as an empty system of that architecture would, unpacked in FOLDER/root.
fetch()
{
	command -v apt-get >/dev/null || skip "no apt-get to fetch the libraries of $architecture"
	mkdir -p "$folder/apt/lists/partial" "$folder/apt/archives/partial" "$folder/root"
	: >"$folder/apt/status"
	cat >"$folder/apt/conf" <<-END
		APT::Architecture "$architecture";
		APT::Architectures { "$architecture"; };
		Dir::State "$folder/apt";
		Dir::State::status "$folder/apt/status";
		Dir::Cache "$folder/apt";
	END
	APT_CONFIG=$folder/apt/conf apt-get -q update || echo "apt-get update failed, going on with what it got"
	APT_CONFIG=$folder/apt/conf apt-get -q install -y --download-only --no-install-recommends "$@" ||
		skip "the libraries of $architecture cannot be had"
	for package in "$folder"/apt/archives/*.deb; do
		dpkg-deb -x "$package" "$folder/root"
	done
}

if [ "${LAFZ_CROSS_INSTALL:-}" = 1 ]; then
	# shellcheck disable=SC2086 # several packages
	apt-get -q install -y --no-install-recommends $packages || skip "no compiler for $architecture can be installed"
fi
printf 'int main(void) { return 0; }\n' | $compiler -x c -c -o /dev/null - 2>/dev/null || skip "no compiler for $architecture"
[ "$architecture" != s390x ] || command -v qemu-s390x >/dev/null || skip "no qemu-s390x"
if [ -z "$root" ]; then
	[ -e "$folder/root/usr/include/check.h" ] ||
		fetch libc6-dev libicu-dev libutf8proc-dev libyajl-dev zlib1g-dev libarchive-dev check
	root=$folder/root
fi
places=$root/usr/lib/$triplet:$root/lib/$triplet

mkdir -p "$folder/build"
cd "$folder/build"
PKG_CONFIG_LIBDIR=$root/usr/lib/$triplet/pkgconfig PKG_CONFIG_SYSROOT_DIR=$root \
	"$top/configure" --quiet --enable-werror --disable-sandbox --disable-shared --disable-dependency-tracking --host=$host \
	CC="$compiler --sysroot=$root" CFLAGS=-O1 LDFLAGS="-Wl,-rpath-link,$places"
names="encoding key run scan segment sentence states utf8 words"
[ "${LAFZ_TEST_FULL:-}" != 1 ] || names="$names entity golden norm stream tables"
tests=
for name in $names; do
	tests="$tests tests/unit/test_$name"
done
# shellcheck disable=SC2086 # several programs
make -s -j 2 lafz $tests

# The libraries are those of the folder, the loader too.
run()
{
	case $architecture in
	i386) "$root/lib/ld-linux.so.2" --library-path "$places" "$@" ;;
	*) qemu-s390x -L "$root" -E LD_LIBRARY_PATH="$places" "$@" ;;
	esac
}

n=0
failed=0
alike()
{
	n=$((n + 1))
	"$lafz" "$@" >expected
	run ./lafz "$@" >actual || echo "status $?" >>actual
	cmp -s expected actual && return
	failed=$((failed + 1))
	echo "FAILED: $architecture: $*: $(cmp expected actual 2>&1)"
}

cat "$top"/corpora/*.txt >page.txt
printf '\340\270\240\340\270\262\340\270\251\340\270\262 bad \377 e\314\201\314\243\n' >>page.txt
printf '{"id":"a","text":"One \\u06a9\\u062a\\u0627\\u0628."}\n' >a.jsonl
for arguments in "-f text" "-f tsv --gaps" "-f jsonl --explain --value --mwt" "-f jsonl --compact" "-f conllu" "-f vrt" "-f spans --utf16" \
	runs key normalize "normalize -p nfc" stats "count --memory 64K" "-f tsv -j 2" "-f tsv --rules uax29" "-f tsv --rules search --lower --digits native" \
	"-f tsv -e utf-16le" "-f tsv -e shift_jis"; do
	# shellcheck disable=SC2086 # several arguments
	alike $arguments page.txt
done
alike -f jsonl a.jsonl
alike languages
[ "$architecture" != i386 ] || for kernel in plain ssse3 avx2; do
	export LAFZ_KERNEL=$kernel
	alike -f jsonl --explain page.txt
done
echo "$architecture: $n comparisons, $failed differ"
unset LAFZ_KERNEL

# Without processes of their own, which take long to make in an emulator.
export CK_FORK=no CK_VERBOSITY=minimal abs_top_srcdir="$top" abs_srcdir="$top"
n=0
for test in $tests; do
	n=$((n + 1))
	run "$test" >log 2>&1 || {
		failed=$((failed + 1))
		echo "FAILED: $architecture: $test"
		tail -n 20 log
	}
done
echo "$architecture: $n unit tests, $failed failed in all"
[ "$failed" -eq 0 ]
