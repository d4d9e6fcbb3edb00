#!/bin/sh
# usage: tests/port/cross.sh ARCHITECTURE LAFZ FOLDER
#
# Builds the program for another processor in FOLDER, runs it (by qemu-user, if need be) on the corpora in every format,
# and compares with what LAFZ, the program of this machine, writes: the bytes must be the same. ARCHITECTURE is Debian's
# name: s390x, which is big-endian, or i386, which has 32 bits. With LAFZ_CROSS_INSTALL=1
# the libraries are installed first (as root; it adds the architecture to the system; exit 77 if they cannot be had). Or LAFZ_CROSS_ROOT names a folder in which packages
# of that architecture were unpacked. The source has to have its configure.
set -eu

architecture=$1
lafz=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
folder=$3
top=$(cd "$(dirname "$0")/../.." && pwd)
root=${LAFZ_CROSS_ROOT:-/}
root=${root%/}

case $architecture in
s390x)
	host=s390x-linux-gnu
	triplet=$host
	compiler=s390x-linux-gnu-gcc
	packages="gcc-s390x-linux-gnu libc6-dev-s390x-cross qemu-user"
	run="qemu-s390x -L ${root:-/}"
	[ -n "$root" ] || run="qemu-s390x -L /usr/s390x-linux-gnu"
	flags=
	;;
i386)
	host=i686-linux-gnu
	triplet=i386-linux-gnu
	compiler="gcc -m32"
	packages="lib32gcc-12-dev libc6-dev-i386"
	run="env"
	flags="-I/usr/include/x86_64-linux-gnu"
	;;
*)
	echo "no such architecture: $architecture"
	exit 2
	;;
esac

if [ "${LAFZ_CROSS_INSTALL:-}" = 1 ]; then
	dpkg --add-architecture "$architecture"
	apt-get -q update || echo "apt-get update failed, trying without"
	for library in libicu-dev libutf8proc-dev libyajl-dev zlib1g-dev libarchive13 libstdc++6; do
		packages="$packages $library:$architecture"
	done
	# shellcheck disable=SC2086 # several packages
	if ! apt-get -q install -y --no-install-recommends libarchive-dev $packages; then
		echo "skipped: the libraries of $architecture cannot be installed"
		dpkg --remove-architecture "$architecture" || true
		exit 77
	fi
fi
libraries=$root/usr/lib/$triplet

mkdir -p "$folder"
cd "$folder"
export PKG_CONFIG_LIBDIR="$libraries/pkgconfig:/usr/lib/x86_64-linux-gnu/pkgconfig" PKG_CONFIG_SYSROOT_DIR="$root"
"$top/configure" --quiet --disable-sandbox --disable-shared --disable-dependency-tracking --host=$host CC="$compiler" CFLAGS=-O1 \
	CPPFLAGS="-I$root/usr/include -I$root/usr/include/$triplet $flags" \
	LDFLAGS="-L$libraries -Wl,-rpath-link,$libraries -Wl,-rpath-link,$root/lib/$triplet"
make -s -j 2 lafz

other()
{
	case $run in
	env) LD_LIBRARY_PATH=$libraries ./lafz "$@" ;;
	*) $run -E LD_LIBRARY_PATH="$libraries:$root/lib/$triplet" ./lafz "$@" ;;
	esac
}

n=0
failed=0
alike()
{
	n=$((n + 1))
	"$lafz" "$@" >expected
	other "$@" >actual || echo "status $?" >>actual
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
echo "$architecture: $n comparisons, $failed differ"
[ "$failed" -eq 0 ]
