"""Ranking on judged queries reaches what was promised, on real texts through the real engine."""

import json

import pytest

from search.engines.tantivy import TantivyEngine
from search.evaluation import Figures, evaluate, read_documents, read_queries

# What the issue asks for, and what was measured when these tests were written.
FLOORS = {"ndcg_at_10": 0.57, "recall_at_100": 0.74}


@pytest.fixture(scope="module")
def retrieval(shared_dir):
    """Return the folder of judged queries."""
    folder = shared_dir / "data" / "retrieval"
    if not (folder / "docs.jsonl").is_file():
        pytest.skip("no judged queries: SHARED_DIR has no data/retrieval")
    return folder


@pytest.fixture(scope="module")
def figures(retrieval, tmp_path_factory) -> Figures:
    """Return what the dev queries give."""
    engine = TantivyEngine(tmp_path_factory.mktemp("relevance"))
    return evaluate(
        engine,
        read_documents(retrieval / "docs.jsonl"),
        read_queries(retrieval / "queries_dev.jsonl"),
    )


@pytest.mark.parametrize("name", FLOORS)
def test_finnish_queries_find_what_librarians_chose(figures, name):
    assert getattr(figures, name) >= FLOORS[name], figures.as_dict()


def test_the_data_is_whole(retrieval):
    # Fewer documents would make the figures better than they are.
    assert len(read_documents(retrieval / "docs.jsonl")) == 3150
    with (retrieval / "queries_dev.jsonl").open(encoding="utf-8") as file:
        assert sum(1 for line in file if json.loads(line)["relevant"]) == 301
