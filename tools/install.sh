#!/bin/sh
# Brings .venv to what requirements/NAME.txt locks: sh tools/install.sh base|test
# The copy of the lock file in .venv says what is installed, so a second run costs nothing.
set -eu

name=$1
works='import sys; sys.exit(sys.prefix == sys.base_prefix)'
if cmp -s "requirements/$name.txt" ".venv/installed-$name.txt" &&
    .venv/bin/python -c "$works" 2>/dev/null; then
    exit 0
fi
exec sh tools/python.sh tools/install.py "$name"
