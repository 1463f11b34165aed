"""Making an index anew, beside the old one, which answers until the new one takes its place.

Changes made meanwhile: they go into the old index as always, but their rows stay and are applied
once more to the new one after the swap (see ``waiting.settle``).
"""

from __future__ import annotations

import hashlib
import logging
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone
from wagtail.models import Page

from search import editors_words
from search.documents import Document
from search.index import hosts, indexes, pages, store, sync, turns, waiting
from search.index.indexes import Index
from search.models import IndexState

logger = logging.getLogger("mallisto.search")
_BEAT_SECONDS = 5.0
_HOST_DIGITS = 12


class RebuildRunning(Exception):
    """Another rebuild of this index is under way."""


class RebuildLost(Exception):
    """This rebuild gave no sign of life for so long that it was taken for dead."""


def rebuild(
    index: Index, progress: Callable[[int], None] | None = None, *, force: bool = False
) -> int:
    """Write the index anew and swap; gives the number of documents.

    Raises ``RebuildRunning``, ``EngineUnavailable`` or whatever stopped it; the old index is then
    as it was. A rebuild that was killed on this host holds up no other; ``force`` takes over from
    one of another host that seems to be under way.
    """
    # The lock is the operating system's: whoever holds it lives, and on this host is the only one.
    with turns.turn(f"rebuild-{index.name}", 0.0) as alone:
        count = _rebuild(index, _begin(index.name, alone=alone, force=force), progress)
    sync.apply_waiting(index, early=True)
    return count


def _rebuild(index: Index, mark: UUID, progress: Callable[[int], None] | None) -> int:
    started = timezone.now()
    editors_words.use(newest=True)
    try:
        count = index.engine.rebuild(_documents(index.name, mark), progress)
    except BaseException:
        # Where the database fails too, the mark counts for nothing after a while.
        with suppress(DatabaseError):
            IndexState.objects.filter(index=index.name, rebuild=mark).update(rebuild=None)
        raise
    if not _finish(index.name, mark):
        # Our mark was lost between the last document and the swap, and with it perhaps changes.
        logger.warning("The rebuild of %s took over very late: every page is looked at", index.name)
        every_page = Page.objects.order_by("pk").values_list("pk", flat=True)
        waiting.add([index.name], every_page, timezone.now())
    store.forget_before(started)
    hosts.note_comparison(index.name, started)
    return count


def _begin(index: str, *, alone: bool, force: bool) -> UUID:
    """Mark the index as being rebuilt; ``alone`` says that no other process of this host is."""
    mark = UUID(f"{uuid.uuid4().hex[:-_HOST_DIGITS]}{_host()}")
    waiting.state_of(index)
    with transaction.atomic():
        state = IndexState.objects.select_for_update().get(index=index)
        running = waiting.running_rebuild(state)
        dead = running is not None and alone and running.hex.endswith(_host())
        if not force and not dead and (running or not alone):
            raise RebuildRunning(index)
        state.rebuild = mark
        state.beat_at = state.seen_at = timezone.now()
        state.save(update_fields=["rebuild", "beat_at", "seen_at"])
    return mark


def _host() -> str:
    """The end of every mark of this host: a digest, for an operator may have written its id."""
    own = indexes.host_id(Path(settings.DATA_DIR))
    return hashlib.sha256(own.encode()).hexdigest()[:_HOST_DIGITS]


def _finish(index: str, mark: UUID) -> bool:
    """End the rebuild: from here on every row that stayed is due again. False: it was lost."""
    kept = _own(index, mark)
    states = IndexState.objects.filter(index=index)
    states.update(generation=uuid.uuid4(), failing_until=None)
    states.filter(rebuild=mark).update(rebuild=None, beat_at=None)
    return kept


def _beat(index: str, mark: UUID) -> None:
    if not _own(index, mark):
        raise RebuildLost(index)
    IndexState.objects.filter(index=index, rebuild=mark).update(beat_at=timezone.now())


def _own(index: str, mark: UUID) -> bool:
    return waiting.running_rebuild(waiting.state_of(index)) == mark


def _documents(index: str, mark: UUID) -> Iterator[Document]:
    last_beat, read = monotonic(), 0
    for gathered in pages.every():
        store.put(gathered.documents)
        waiting.add([index], gathered.errors, timezone.now())
        read += len(gathered.documents)
        logger.debug("%s: %d pages are read", index, read)
        yield from gathered.documents
        if monotonic() - last_beat > _BEAT_SECONDS:
            _beat(index, mark)
            last_beat = monotonic()
    _beat(index, mark)
