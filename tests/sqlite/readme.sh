#!/bin/sh
# Runs the examples of bindings/sqlite/README.md with the program sqlite3 and compares with the output shown.
. "${srcdir:-.}/tests/cli/lib.sh"

folder=$abs_top_builddir/bindings/sqlite/.libs
[ -e "$folder/lafz.so" ] || skip "the SQLite extension was not built"
[ -z "$SANITIZER_FLAGS" ] || skip "a program without sanitizers cannot load the extension"
command -v sqlite3 >/dev/null || skip "there is no sqlite3"
sqlite3 :memory: "CREATE VIRTUAL TABLE t USING fts5(a)" 2>/dev/null || skip "sqlite3 has no FTS5"

# The extension is found by its name alone.
LD_LIBRARY_PATH=$folder${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
export LD_LIBRARY_PATH
cp "$top/examples/news.txt" "$top"/bindings/sqlite/*.sql .
readme_examples "$top/bindings/sqlite/README.md" 8 "$tmp/work"

finish
