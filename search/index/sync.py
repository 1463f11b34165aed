"""Applying what waits: the pages as they are now go into the index, or out of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from threading import Thread
from time import monotonic

from django.db import connections, transaction
from django.utils import timezone

from search import editors_words
from search.engines.base import DocumentRefused, EngineUnavailable
from search.index import indexes, pages, store, turns, waiting
from search.index.indexes import Index

logger = logging.getLogger("mallisto.search")

BATCH = 50
# Right after a publication: more pages than this, or more time, are the worker's.
AT_ONCE = 10
AT_ONCE_SECONDS = 1.0
# Whoever publishes waits no longer, come what may: the first Finnish word of a new installation
# takes five seconds, a text of many unknown words as long, a database that is busy even longer.
PATIENCE_SECONDS = 1.5
# After an attempt that took long the worker has its hands full: one request may change pages in
# several transactions, and is not to wait for each.
PAUSE_SECONDS = 1.0
# After so long whoever has the turn is frozen: go on beside it.
TURN_SECONDS = 30.0
# A server that failed is not tried for an author in this time, unless the worker has reached it.
_REST = timedelta(seconds=45)


@dataclass(slots=True)
class _Pause:
    """Until when this process leaves publications to the worker."""

    until: float = 0.0


_pause = _Pause()


@dataclass(slots=True)
class Applied:
    """What was done: pages brought up to date, pages put off, whether and why not it answered."""

    pages: int = 0
    failed: int = 0
    available: bool = True
    reason: str = ""


def apply_waiting(
    index: Index,
    *,
    early: bool = False,
    stop: Callable[[], bool] = lambda: False,
    progress: Callable[[int], None] | None = None,
) -> Applied:
    """Apply everything that is due, ``early`` also what was put off; never raises for an engine."""
    done = Applied()
    seen_failing: set[int] = set()
    try:
        while not stop():
            # A batch a turn, so that an author's own page need not wait for all of them.
            with turns.turn(index.name, TURN_SECONDS):
                batch = waiting.take(index.name, limit=BATCH, early=early)
                if batch is None or seen_failing.issuperset(batch.rows):
                    break
                failed = _apply(index, batch)
            seen_failing |= failed
            done.pages += len(batch.rows) - len(failed)
            done.failed += len(failed)
            if progress:
                progress(done.pages)
    except EngineUnavailable as error:
        logger.debug("The search index %s does not answer: %s", index.name, error)
        leave_alone(index.name)
        done.available = False
        done.reason = str(error)
    else:
        waiting.note_failure(index.name, None)
    return done


def leave_alone(index: str) -> None:
    """Note that an index failed: no author waits for it for a while."""
    waiting.note_failure(index, timezone.now() + _REST)


def attempt(page_ids: Collection[int]) -> None:
    """Try to bring a few pages up to date at once, for the author who just published; never raises.

    What does not succeed quickly stays waiting for the worker, and what is under way after
    ``PATIENCE_SECONDS`` goes on without the author.
    """
    if len(page_ids) > AT_ONCE:
        return
    if transaction.get_connection().in_atomic_block:
        # Another connection would not see the changes yet, or would wait for this one.
        _attempt(page_ids)
        return
    if (began := monotonic()) < _pause.until:
        return
    apart = Thread(target=_attempt_apart, args=(page_ids,), name="search-attempt")
    apart.start()
    apart.join(PATIENCE_SECONDS)
    if monotonic() - began > AT_ONCE_SECONDS:
        _pause.until = monotonic() + PAUSE_SECONDS
    if apart.is_alive():
        logger.info("Pages %s are not in the index yet; nobody waits for it", sorted(page_ids))


def _attempt_apart(page_ids: Collection[int]) -> None:
    try:
        _attempt(page_ids)
    finally:
        connections.close_all()


def _attempt(page_ids: Collection[int]) -> None:
    """Bring pages up to date in each index of this host, as long as there is time.

    The local index goes first: it takes milliseconds, and a server that hangs then costs only
    what time is left.
    """
    give_up_at = monotonic() + AT_ONCE_SECONDS
    local, *servers = reversed(indexes.names())
    for name in (local, *servers):
        if monotonic() > give_up_at:
            return
        try:
            if waiting.fails(name):
                continue
            if name == local and indexes.get(name).engine.fingerprint() is None:
                # Nothing to bring up to date yet: the worker builds it from all pages.
                continue
            with turns.turn(name, max(0.0, give_up_at - monotonic())) as mine:
                batch = waiting.take(name, limit=AT_ONCE, pages=page_ids) if mine else None
                if batch is not None:
                    _apply(indexes.get(name), batch, give_up_at)
        except EngineUnavailable as error:
            logger.debug("The search index %s is left to the worker: %s", name, error)
            if name != local:
                leave_alone(name)
        except Exception:
            logger.exception("The search index %s could not be brought up to date at once", name)


def _apply(index: Index, batch: waiting.Batch, give_up_at: float | None = None) -> set[int]:
    """Apply one batch; gives the pages that failed and were put off."""
    logger.debug("%s: taken rows %s", index.name, batch.row_ids(batch.rows))
    editors_words.use()
    gathered = pages.gather(batch.rows)
    errors = gathered.errors
    try:
        timeout = None if give_up_at is None else max(0.0, give_up_at - monotonic())
        index.engine.apply(gathered.documents, gathered.absent, timeout=timeout)
    except Exception as error:
        if isinstance(error, EngineUnavailable) and not isinstance(error, DocumentRefused):
            raise
        if len(batch.rows) == 1:
            logger.exception("Page %s could not be indexed", *batch.rows)
            errors = dict.fromkeys(batch.rows, f"{type(error).__name__}: {error}")
        else:
            return _apply_singly(index, batch, give_up_at)
    done = [page_id for page_id in batch.rows if page_id not in errors]
    store.put(document for document in gathered.documents if document.id not in errors)
    store.remove([page_id for page_id in gathered.absent if page_id not in errors])
    waiting.settle(batch, done)
    waiting.postpone(batch, errors)
    logger.debug("%s: settled rows %s", index.name, batch.row_ids(done))
    return set(errors)


def _apply_singly(index: Index, batch: waiting.Batch, give_up_at: float | None) -> set[int]:
    """Apply a batch page by page, so that one the engine can't take doesn't hold up the others."""
    failed: set[int] = set()
    for page_id, rows in batch.rows.items():
        single = waiting.Batch(
            index=batch.index,
            generation=batch.generation,
            rebuild=batch.rebuild,
            rows={page_id: rows},
            attempts=batch.attempts,
        )
        failed |= _apply(index, single, give_up_at)
    return failed
