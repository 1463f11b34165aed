"""How fast the search is, beside stock Wagtail's on the same models, and how fast it indexes.

Made-up models (see ``_generator``) fill a portal of their own in a temporary folder. Each database
is measured in a process: Wagtail's search is written for the default database's kind when it is
imported, so that one process can't hold both. In each, our engine and the peer are asked the same
questions in turn, on the same models.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from benchmarks._figures import Row
from tools.environment import postgres_problem

ROOT = Path(__file__).resolve().parent.parent
SIZES = "1000,20000,100000"
PEER_AT = 20_000
# Nothing here may go on for ever; a whole run takes a third of it on four cores.
LIMIT_SECONDS = 3 * 3600


def measure() -> list[Row]:
    """Fill the portals, ask and index; a row for each figure."""
    documents = ROOT / os.environ.get("SHARED_DIR", "../shared") / "data/retrieval/docs.jsonl"
    if not documents.is_file():
        raise LookupError("no data/retrieval/docs.jsonl in SHARED_DIR to count words in")
    sizes = sorted(int(size) for size in os.environ.get("BENCH_SIZES", SIZES).split(","))
    peer_at = max((size for size in sizes if size <= PEER_AT), default=sizes[0])
    with tempfile.TemporaryDirectory(prefix="bench-search-") as name:
        folder = Path(name)
        kept = folder / "kept-index"
        common = ["--documents", str(documents), "--peer-at", str(peer_at)]
        arguments = [*common, "--sizes", ",".join(map(str, sizes)), "--keep-index", str(kept)]
        rows = _run(folder / "sqlite", arguments, {"DATABASE_URL": ""})
        address = os.environ.get("TEST_POSTGRES_URL", "")
        if problem := postgres_problem(address):
            print(f"left out, stock Wagtail on PostgreSQL: {problem}")
        elif kept.is_dir():
            with _database(address) as own:
                arguments = [*common, "--sizes", str(peer_at), "--given-index", str(kept)]
                rows += _run(folder / "postgresql", arguments, {"DATABASE_URL": own})
    return rows


def _run(folder: Path, arguments: list[str], environment: dict[str, str]) -> list[Row]:
    """Run a process of the benchmark in a data folder of its own; gives the rows that it wrote."""
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
        "_portal",
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
def _database(address: str) -> Iterator[str]:
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
