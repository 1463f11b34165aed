"""How fast the editors' queue and the admin home are, where much waits in a large portal.

10,000 made-up models, 500 of them in review, in a portal of its own in a temporary folder; on
SQLite, and on PostgreSQL where it answers.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from benchmarks._figures import Row
from benchmarks._process import ROOT, own_database, run
from tools.environment import postgres_problem


def measure() -> list[Row]:
    """Fill the portals and open the screens; a row for each."""
    documents = ROOT / os.environ.get("SHARED_DIR", "../shared") / "data/retrieval/docs.jsonl"
    if not documents.is_file():
        raise LookupError("no data/retrieval/docs.jsonl in SHARED_DIR to count words in")
    arguments = ["--documents", str(documents)]
    with tempfile.TemporaryDirectory(prefix="bench-editorial-") as name:
        folder = Path(name)
        rows = run("_review", folder / "sqlite", arguments, {"DATABASE_URL": ""})
        address = os.environ.get("TEST_POSTGRES_URL", "")
        if problem := postgres_problem(address):
            print(f"left out, PostgreSQL: {problem}")
        else:
            with own_database(address) as own:
                rows += run("_review", folder / "postgresql", arguments, {"DATABASE_URL": own})
    return rows
