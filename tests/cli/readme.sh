#!/bin/sh
# Runs the examples of README.md in the top folder of the source and compares with the output shown.
. "${srcdir:-.}/tests/cli/lib.sh"

readme_examples "$top/README.md" 4 "$top"
finish
