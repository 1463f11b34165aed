"""The background work of search: run by ``search_sync --watch`` and by the ``serve`` command."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from threading import Event
from time import monotonic

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from search.engines.base import EngineUnavailable
from search.index import changes, indexes, sync
from search.index.rebuild import RebuildRunning, rebuild

logger = logging.getLogger("mallisto.search")
PAUSE = 1.0
_MAX_PAUSE = 30.0


def watch(stop: Event, *, pause: float = PAUSE) -> None:
    """Apply what waits until ``stop`` is set; nothing that fails ends it.

    An index that isn't there yet is built. An index that fails is tried again after a pause that
    grows, and doesn't hold up the others.
    """
    # Everything that expired while nobody watched is marked at the first round.
    since = datetime(1970, 1, 2, tzinfo=UTC)
    rests: dict[str, float] = {}
    next_try: dict[str, float] = {}
    while not stop.is_set():
        close_old_connections()
        try:
            now = timezone.now()
            changes.mark_expired(since)
            since = now
        except DatabaseError:
            logger.exception("Expired pages could not be marked")
        for name in indexes.names():
            if stop.is_set() or next_try.get(name, 0.0) > monotonic():
                continue
            if _work(name, stop):
                rests.pop(name, None)
            else:
                rests[name] = min(rests.get(name, pause) * 2, _MAX_PAUSE)
                next_try[name] = monotonic() + rests[name]
        stop.wait(pause)
    close_old_connections()


def _work(name: str, stop: Event) -> bool:
    """One round for one index; gives whether it worked."""
    try:
        index = indexes.get(name)
        if index.engine.fingerprint() is None:
            logger.info("There is no search index %s yet: building it", name)
            logger.info("The search index %s holds %d pages", name, rebuild(index))
        return sync.apply_waiting(index, stop=stop.is_set).available
    except RebuildRunning:
        return True
    except EngineUnavailable as error:
        logger.warning("The search index %s does not answer: %s", name, error)
    except Exception:
        logger.exception("A round of the search worker failed for %s", name)
    return False
