"""The rows that say what an index has yet to take in: adding, taking and settling them.

Why nothing is lost and order does not matter: a row is added in the transaction that changes the
page, so whoever takes the row sees the change. Whoever applied a page removes exactly the rows
taken; a row added meanwhile stays. Where some of the taken rows are already gone, somebody else
applied the same page at the same time and either write may have been the last, so the page is
marked once more. That needs no locks that a killed process could leave behind.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from search.models import IndexChange, IndexState

MAX_WAIT = timedelta(minutes=5)
# A rebuild of another host that has given no sign of life for so long was killed. One that was
# only slow at its end notices, and looks at every page.
REBUILD_SILENCE = timedelta(minutes=2)
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows taken to be applied, by page, and the index's state when they were taken."""

    index: str
    generation: UUID
    rebuild: UUID | None
    rows: Mapping[int, tuple[int, ...]]
    attempts: int = 0

    def row_ids(self, page_ids: Iterable[int]) -> list[int]:
        """The numbers of these pages' rows."""
        return [pk for page_id in page_ids for pk in self.rows[page_id]]


def add(
    index_names: Iterable[str], page_ids: Iterable[int], due_at: datetime, *, attempts: int = 0
) -> None:
    """Add a row for each page and index."""
    if not (ids := sorted(set(page_ids))):
        return
    IndexChange.objects.bulk_create(
        [
            IndexChange(index=name, page_id=page_id, due_at=due_at, attempts=attempts)
            for name in index_names
            for page_id in ids
        ],
        batch_size=_CHUNK,
    )


def state_of(index: str) -> IndexState:
    """The index's state row, made at the first call."""
    return IndexState.objects.get_or_create(index=index)[0]


def running_rebuild(state: IndexState) -> UUID | None:
    """The mark of the rebuild under way; ``None`` where there is none or it was killed."""
    if state.rebuild and state.beat_at and state.beat_at > timezone.now() - REBUILD_SILENCE:
        return state.rebuild
    return None


def take(
    index: str, *, limit: int, pages: Collection[int] | None = None, early: bool = False
) -> Batch | None:
    """The next pages to be applied, oldest first; ``None`` where nothing is due.

    ``pages`` confines it to those pages. ``early`` takes also what is due only later because it
    failed before. Nothing is locked: see this module's text.
    """
    state = state_of(index)
    rebuild = running_rebuild(state)
    rows = IndexChange.objects.filter(index=index)
    if rebuild:
        rows = rows.exclude(applied_in=rebuild)
    if pages is not None:
        rows = rows.filter(page_id__in=list(pages))
    ripe = _ripe()
    first = rows.filter(ripe) if early else rows.filter(due_at__lte=timezone.now())
    page_ids = list(dict.fromkeys(first.order_by("id").values_list("page_id", flat=True)[:limit]))
    if not page_ids:
        return None
    taken: defaultdict[int, list[int]] = defaultdict(list)
    attempts = 0
    found = rows.filter(ripe, page_id__in=page_ids)
    for pk, page_id, tried in found.values_list("pk", "page_id", "attempts"):
        taken[page_id].append(pk)
        attempts = max(attempts, tried)
    return Batch(
        index=index,
        generation=state.generation,
        rebuild=rebuild,
        rows={page_id: tuple(taken[page_id]) for page_id in page_ids if page_id in taken},
        attempts=attempts,
    )


def settle(batch: Batch, page_ids: Iterable[int]) -> None:
    """Remove the taken rows of pages that were applied, or keep them where they must stay."""
    rows = {page_id: batch.rows[page_id] for page_id in page_ids}
    ids = batch.row_ids(rows)
    if not ids:
        return
    with transaction.atomic():
        state = state_of(batch.index)
        rebuild = running_rebuild(state)
        if state.generation != batch.generation or rebuild != batch.rebuild:
            # The index was replaced, or began to be, while we wrote: which one got it is unknown.
            return
        if rebuild:
            _of(ids).update(applied_in=rebuild)
            return
        still_there = set(_of(ids).order_by("pk").select_for_update().values_list("pk", flat=True))
        _of(still_there).delete()
        overtaken = [page_id for page_id, pks in rows.items() if not still_there.issuperset(pks)]
        if overtaken:
            # Not all at once again, or they would overtake one another for ever.
            pause = timedelta(milliseconds=secrets.randbelow(1000))
            add([batch.index], overtaken, timezone.now() + pause, attempts=1)


def postpone(batch: Batch, errors: Mapping[int, str]) -> None:
    """Put off the taken rows of pages that failed, longer with every attempt."""
    wait = min(timedelta(seconds=2 ** min(batch.attempts + 1, 16)), MAX_WAIT)
    for page_id, error in errors.items():
        _of(batch.rows[page_id]).update(
            attempts=F("attempts") + 1, due_at=timezone.now() + wait, error=error[:2000]
        )


def fails(index: str) -> bool:
    """Whether the index failed so recently that it isn't worth an author's time to try it."""
    return IndexState.objects.filter(index=index, failing_until__gt=timezone.now()).exists()


def note_failure(index: str, until: datetime | None) -> None:
    """Remember until when not to try an index that failed; ``None``: it works again."""
    IndexState.objects.filter(index=index).exclude(failing_until=until).update(failing_until=until)


def coming(index: str, page_id: int) -> set[datetime]:
    """When changes of a page that are only announced fall due."""
    rows = IndexChange.objects.filter(index=index, page_id=page_id, attempts=0)
    return set(rows.filter(due_at__gt=timezone.now()).values_list("due_at", flat=True))


def count(index: str) -> int:
    """How many pages wait, failed ones included; not those of changes that are yet to happen."""
    rows = IndexChange.objects.filter(_ripe(), index=index)
    return rows.values("page_id").distinct().count()


def _ripe() -> Q:
    # A row that never failed and is due later announces a change that may not have happened yet.
    return Q(due_at__lte=timezone.now()) | Q(attempts__gt=0)


def _of(ids: Iterable[int]) -> QuerySet[IndexChange]:
    return IndexChange.objects.filter(pk__in=list(ids))
