#!/bin/sh
# All kernels that this processor can run give the atoms of the plain one. The last line says which were run.
set -eu

"$abs_top_builddir/tests/scan/test_kernels" "$abs_top_srcdir"/corpora/*.txt
