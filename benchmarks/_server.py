"""The same documents on an Elasticsearch server, under a name of the run's own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.test import override_settings

from search.documents import Document
from search.engines.base import Engine
from search.engines.elasticsearch import ElasticsearchEngine
from search.index import store
from search.models import IndexedDocument

_CHUNK = 200


@contextmanager
def engine() -> Iterator[Engine | None]:
    """The engine with every document, asked first by the portal too; removed in the end.

    ``None`` where there is no server to ask.
    """
    url = os.environ.get("TEST_ELASTICSEARCH_URL", "")
    if not url:
        yield None
        return
    name = f"bench-{os.getpid()}"
    found = ElasticsearchEngine(url, name)
    try:
        found.rebuild(_documents())
        with override_settings(ELASTICSEARCH_URL=url, ELASTICSEARCH_INDEX=name):
            yield found
    finally:
        found.remove()


def _documents() -> Iterator[Document]:
    ids = list(IndexedDocument.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), _CHUNK):
        yield from store.get(ids[start : start + _CHUNK]).values()
