#!/bin/sh
# Runs the best Python on this machine with the arguments given:
# 3.11 or newer, and with the venv module where there is a choice.
set -eu

suitable=
for name in python3.13 python3.12 python3.11 python3; do
    # pyenv leaves commands of versions that are not there: only a trial tells.
    path=$(command -v "$name" 2>/dev/null) || continue
    "$path" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    if "$path" -c 'import ensurepip, venv' 2>/dev/null; then
        exec "$path" "$@"
    fi
    suitable=${suitable:-$path}
done

if [ -n "$suitable" ]; then
    exec "$suitable" "$@"
fi
found=$(python3 --version 2>/dev/null) || found='no Python 3'
echo "Mallisto needs Python 3.11 or newer; this machine has $found." >&2
exit 1
