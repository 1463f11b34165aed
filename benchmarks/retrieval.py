"""How well and how fast the search answers librarians' subjects, against what a peer reaches.

The peer is plain BM25 over Snowball's Finnish stems, which is what Elasticsearch's and
PostgreSQL's own Finnish analysis give; its figures on these queries are in the data's README.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEER = {"ndcg_at_10": 0.489, "recall_at_100": 0.526}


def measure() -> list[dict[str, str | int | float]]:
    """Ask the development queries and return one row for each language they are asked in."""
    data = ROOT / os.environ.get("SHARED_DIR", "../shared") / "data"
    if not (data / "retrieval").is_dir():
        raise LookupError("no data/retrieval in SHARED_DIR")
    return [row(data, language) for language in ("fi", "sv", "en")]


def row(data: Path, language: str) -> dict[str, str | int | float]:
    """Return the figures of one language's queries, as ratios to the peer's Finnish ones too."""
    command = [sys.executable, "manage.py", "search_eval", "--json"]
    command += ["--docs", str(data / "retrieval" / "docs.jsonl")]
    command += ["--queries", str(data / "retrieval" / "queries_dev.jsonl")]
    command += ["--vocabulary", str(data / "yso" / "labels.tsv"), "--query-language", language]
    result = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    figures = json.loads(result.stdout)
    ratios = {f"{name}_to_snowball": round(figures[name] / PEER[name], 2) for name in PEER}
    return {"queries": language, **figures, **ratios}
