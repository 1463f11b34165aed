#!/bin/sh
# Locks requirements/*.in into requirements/*.txt with hashes, for every platform.
# uv gets an environment of its own: the portal needs none of it.
set -eu

uv_environment=.venv/lock
sh tools/install.sh base
[ -x "$uv_environment/bin/uv" ] || {
    echo 'Installing uv into an environment of its own …'
    .venv/bin/python -m venv "$uv_environment"
    "$uv_environment/bin/python" -m pip install --quiet --disable-pip-version-check uv
}
cd requirements
for name in base test; do
    echo "Locking requirements/$name.txt …"
    # Index addresses and paths of this machine stay out of the locked files.
    "../$uv_environment/bin/uv" pip compile --quiet --universal --python-version 3.11 \
        --generate-hashes --no-emit-index-url --no-emit-find-links \
        "$name.in" -o "$name.txt" --custom-compile-command 'make lock' "$@"
done
