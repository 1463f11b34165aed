"""The background work of search: run by ``search_sync --watch`` and by the ``serve`` command."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from time import monotonic

from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from search import counts, vocabulary_import
from search.engines.base import EngineUnavailable
from search.index import changes, check, hosts, indexes, sync
from search.index.indexes import Index
from search.index.rebuild import RebuildRunning, rebuild
from search.index.renewal import Renewal
from search.models import IndexState

logger = logging.getLogger("mallisto.search")
PAUSE = 1.0
_MAX_PAUSE = 30.0
_FORGET_EVERY = timedelta(hours=1)


class _Stopped(Exception):
    """The worker was told to stop in the midst of something long."""


def watch(stop: Event, *, pause: float = PAUSE) -> None:
    """Keep this host's indexes up to date until ``stop`` is set; nothing that fails ends it.

    Each index has a thread of its own, so that a server that hangs holds up no other. An index
    that isn't there yet is built, one that nobody looked after for a while is compared with all
    pages, and one that fails is tried again after a pause that grows.
    """
    others = [
        Thread(target=_keep, args=(name, stop, pause), name=f"search-{name}", daemon=True)
        for name in indexes.names()
    ]
    for thread in others:
        thread.start()
    _repeat(_Calendar(), stop, pause)
    for thread in others:
        thread.join(timeout=_MAX_PAUSE / 3)
    close_old_connections()


class _Calendar:
    """What time alone brings about: pages expire, indexes of hosts that left are forgotten.

    So are counts of searches that are too old to be kept. An upgrade changes the analysis, by
    which the names of imported vocabularies are met.
    """

    def __init__(self) -> None:
        # Everything that expired while nobody watched is marked at the first round.
        self._since = datetime(1970, 1, 2, tzinfo=UTC)
        self._forget_at = self._since
        self._announced = False

    def __call__(self) -> None:
        now = timezone.now()
        if not self._announced:
            changes.announce_expiries()
            self._announced = True
        changes.mark_expired(self._since)
        self._since = now
        if now >= self._forget_at:
            hosts.forget_unseen(indexes.names())
            counts.prune()
            self._forget_at = now + _FORGET_EVERY
            for name in vocabulary_import.refresh_outdated():
                logger.info("The names of the vocabulary %s were analysed again", name)


def _repeat(work: Callable[[], None], stop: Event, pause: float) -> None:
    while not stop.is_set():
        close_old_connections()
        try:
            work()
        except DatabaseError:
            logger.exception("The search worker could not use the database")
            stop.wait(_MAX_PAUSE / 10)
        stop.wait(pause)


def _keep(name: str, stop: Event, pause: float) -> None:
    """Keep one index up to date until ``stop`` is set."""
    rest = 0.0
    renewal = Renewal()
    try:
        while not stop.is_set():
            close_old_connections()
            began = monotonic()
            reason = _work(name, stop, renewal)
            if reason is None and rest:
                logger.info("The search index %s takes in changes again", name)
            elif reason is not None and not rest:
                logger.warning(
                    "The search index %s takes in no changes; they wait, and it is tried again: %s",
                    name,
                    reason,
                )
            rest = min(max(rest, pause) * 2, _MAX_PAUSE) if reason is not None else 0.0
            stop.wait(max(pause, rest - (monotonic() - began)))
    finally:
        connections.close_all()


def _work(name: str, stop: Event, renewal: Renewal) -> str | None:
    """One round for one index; gives why it did not work, ``None`` where it did."""
    try:
        index = indexes.get(name)
        state = hosts.attend(name)
        if index.engine.fingerprint() is None:
            logger.info("There is no search index %s yet: building it", name)
            logger.info("The search index %s holds %d pages", name, rebuild(index))
        elif renewal.is_due(index):
            logger.info("The field's own words changed: making the search index %s anew", name)
            logger.info("The search index %s holds %d pages", name, rebuild(index))
        elif state.compare_at and state.compare_at <= timezone.now():
            _compare(index, state, stop)
        done = sync.apply_waiting(index, stop=stop.is_set)
        return None if done.available else done.reason
    except (RebuildRunning, _Stopped):
        return None
    except EngineUnavailable as error:
        sync.leave_alone(name)
        return str(error)
    except Exception as error:
        logger.exception("A round of the search worker failed for %s", name)
        return f"{type(error).__name__}: {error}"


def _compare(index: Index, state: IndexState, stop: Event) -> None:
    """Compare an index with all pages and mend it, applying meanwhile what is published."""
    logger.info("Comparing the search index %s with all pages, for it is new here", index.name)

    def between(seen: int) -> None:
        sync.apply_waiting(index, stop=stop.is_set)
        if stop.is_set():
            raise _Stopped

    began = timezone.now()
    difference = check.compare(index, between)
    if difference:
        check.repair(index, difference)
    hosts.note_comparison(index.name, began)
    logger.info(
        "The search index %s was compared: %d pages differed", index.name, len(difference.ids())
    )
