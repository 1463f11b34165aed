"""A process of a benchmark: a portal of its own in a temporary folder, on a database of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from benchmarks._figures import Row

ROOT = Path(__file__).resolve().parent.parent
# Nothing here may go on for ever; the longest run takes a third of it on four cores.
LIMIT_SECONDS = 3 * 3600


def run(name: str, folder: Path, arguments: list[str], environment: dict[str, str]) -> list[Row]:
    """Run a module in a process and a data folder of its own; gives the rows that it wrote."""
    (folder / "static").mkdir(parents=True)
    results = folder / "results.jsonl"
    environment = {
        **os.environ,
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "benchmarks._settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        "ELASTICSEARCH_URL": "",
        **environment,
    }
    command = [
        sys.executable,
        "-m",
        "benchmarks._start",
        name,
        *arguments,
        "--results",
        str(results),
    ]
    # A group of its own, so that what it started ends with it.
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        code = process.wait(timeout=LIMIT_SECONDS)
    except subprocess.TimeoutExpired:
        print(f"stopped after {LIMIT_SECONDS // 3600} hours", file=sys.stderr)
        code = 1
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    lines = results.read_text(encoding="utf-8").splitlines() if results.exists() else []
    if code and not lines:
        raise RuntimeError(f"the benchmark's process ended with {code}")
    if code:
        print(f"incomplete: the benchmark's process ended with {code}", file=sys.stderr)
    shutil.rmtree(folder, ignore_errors=True)
    return [json.loads(line) for line in lines]


@contextmanager
def own_database(address: str) -> Iterator[str]:
    """The address of a database of the run's own, removed when it ends."""
    name = f"mallisto_bench_{os.getpid()}_{int(time.time())}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
        finally:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )
