"""Which indexes this installation has, and the engines behind them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

from search.engines.base import Engine

TANTIVY = "tantivy"
ELASTICSEARCH = "elasticsearch"
# How long a write waits for another's: an author may be waiting for it.
LOCK_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Index:
    """An index: the name under which its changes are kept, and its engine."""

    name: str
    engine: Engine


@cache
def _tantivy(folder: Path) -> Engine:
    engine: Engine = import_string("search.engines.tantivy.TantivyEngine")(folder, LOCK_SECONDS)
    return engine


@cache
def _elasticsearch(url: str) -> Engine:
    engine: Engine = import_string("search.engines.elasticsearch.ElasticsearchEngine")(url)
    return engine


def names() -> tuple[str, ...]:
    """The names of all indexes, the one that answers first."""
    if settings.ELASTICSEARCH_URL and find_spec("search.engines.elasticsearch"):
        return (ELASTICSEARCH, TANTIVY)
    return (TANTIVY,)


def get(name: str) -> Index:
    """An index by its name; its engine is made at the first call and kept."""
    if name == ELASTICSEARCH:
        return Index(name, _elasticsearch(settings.ELASTICSEARCH_URL))
    return Index(name, _tantivy(Path(settings.SEARCH_INDEX_DIR)))


def all_indexes() -> tuple[Index, ...]:
    """Every index, the one that answers first."""
    return tuple(get(name) for name in names())


def _forget(*, setting: str, **kwargs: object) -> None:
    if setting in {"SEARCH_INDEX_DIR", "ELASTICSEARCH_URL"}:
        _tantivy.cache_clear()
        _elasticsearch.cache_clear()


setting_changed.connect(_forget, dispatch_uid="search.index.indexes")
