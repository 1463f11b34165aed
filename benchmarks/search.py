"""How fast the search is, beside stock Wagtail's on the same models, and how fast it indexes.

Made-up models (see ``_generator``) fill a portal of their own in a temporary folder. Each database
is measured in a process: Wagtail's search is written for the default database's kind when it is
imported, so that one process can't hold both. In each, our engine and the peer are asked the same
questions in turn, on the same models.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from benchmarks._figures import Row
from benchmarks._process import own_database, run
from tools.environment import postgres_problem

ROOT = Path(__file__).resolve().parent.parent
SIZES = "1000,20000,100000"
PEER_AT = 20_000


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
        rows = run("_portal", folder / "sqlite", arguments, {"DATABASE_URL": ""})
        address = os.environ.get("TEST_POSTGRES_URL", "")
        if problem := postgres_problem(address):
            print(f"left out, stock Wagtail on PostgreSQL: {problem}")
        elif kept.is_dir():
            with own_database(address) as own:
                arguments = [*common, "--sizes", str(peer_at), "--given-index", str(kept)]
                rows += run("_portal", folder / "postgresql", arguments, {"DATABASE_URL": own})
    return rows
