"""Which indexes this installation has, and the engines behind them."""

from __future__ import annotations

import fcntl
import uuid
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

from search.engines.base import Engine

TANTIVY = "tantivy"
ELASTICSEARCH = "elasticsearch"
# How long a write of the worker waits for others', which may be merging, on a busy machine, and a
# rebuild of an hour for its swap. An author's has a limit of its own.
LOCK_SECONDS = 120.0
_HOST_FILE = "host-id"


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
def _elasticsearch(url: str, index: str) -> Engine:
    engine: Engine = import_string("search.engines.elasticsearch.ElasticsearchEngine")(url, index)
    return engine


def names() -> tuple[str, ...]:
    """The names of all indexes of this host, the one that answers first; the last is the local."""
    if settings.ELASTICSEARCH_URL:
        return (ELASTICSEARCH, local_name())
    return (local_name(),)


def local_name() -> str:
    """The name of the embedded index: this host's own where others may have theirs."""
    if settings.ELASTICSEARCH_URL:
        return f"{TANTIVY}-{host_id(Path(settings.DATA_DIR))}"
    return TANTIVY


def get(name: str) -> Index:
    """An index by its name; its engine is made at the first call and kept."""
    if name == ELASTICSEARCH:
        return Index(name, _elasticsearch(settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_INDEX))
    return Index(name, _tantivy(Path(settings.SEARCH_INDEX_DIR)))


def all_indexes() -> tuple[Index, ...]:
    """Every index of this host, the one that answers first."""
    return tuple(get(name) for name in names())


@cache
def host_id(folder: Path) -> str:
    """What tells this host's data folder from others': made once, kept in a file there."""
    file = folder / _HOST_FILE
    if kept := _usable(file.read_bytes() if file.exists() else b""):
        return kept
    folder.mkdir(parents=True, exist_ok=True)
    with file.open("a+b") as made:
        # Of several processes the first makes it; a power failure may have left it empty.
        fcntl.flock(made, fcntl.LOCK_EX)
        made.seek(0)
        if kept := _usable(made.read()):
            return kept
        new = uuid.uuid4().hex[:12]
        made.truncate(0)
        made.write(new.encode())
        made.flush()
        return new


def _usable(content: bytes) -> str:
    kept = content.strip()
    return kept.decode() if kept.isalnum() and len(kept) <= 32 else ""


def _forget(*, setting: str, **kwargs: object) -> None:
    if setting in {"SEARCH_INDEX_DIR", "ELASTICSEARCH_URL", "ELASTICSEARCH_INDEX", "DATA_DIR"}:
        _tantivy.cache_clear()
        _elasticsearch.cache_clear()
        host_id.cache_clear()


setting_changed.connect(_forget, dispatch_uid="search.index.indexes")
