"""The engines under test. Another engine is one more entry here, and passes the same tests."""

from __future__ import annotations

import uuid

import pytest

from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.tantivy import TantivyEngine


def _tantivy(request, tmp_path):
    folder = tmp_path / "contract-index"
    return lambda: TantivyEngine(folder)


def _elasticsearch(request, tmp_path):
    url = request.getfixturevalue("elasticsearch_url")
    name = f"contract-{uuid.uuid4().hex[:12]}"
    request.addfinalizer(ElasticsearchEngine(url, name).remove)
    return lambda: ElasticsearchEngine(url, name)


# Each gives a function that opens the same index anew, as another process would.
ENGINES = {"tantivy": _tantivy, "elasticsearch": _elasticsearch}


@pytest.fixture(params=ENGINES)
def open_engine(request, tmp_path):
    """Return a function that opens one and the same index; it does not exist yet."""
    return ENGINES[request.param](request, tmp_path)


@pytest.fixture
def engine(open_engine):
    """Return an engine with an empty index."""
    made = open_engine()
    made.rebuild([])
    return made
