"""Comparing an index with the pages, and mending what differs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils import timezone

from search.documents import digest
from search.index import pages, sync, waiting
from search.index.indexes import Index


@dataclass(slots=True)
class Difference:
    """Page ids by what is wrong with them; ``waiting`` counts pages with unapplied changes."""

    missing: list[int] = field(default_factory=list)
    stale: list[int] = field(default_factory=list)
    surplus: list[int] = field(default_factory=list)
    failed: dict[int, str] = field(default_factory=dict)
    waiting: int = 0

    def ids(self) -> list[int]:
        """Every page that differs."""
        return sorted({*self.missing, *self.stale, *self.surplus, *self.failed})

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale or self.surplus or self.failed)


def compare(index: Index, progress: Callable[[int], None] | None = None) -> Difference:
    """What differs between the index and the pages as they are now.

    Reading takes a while, and pages may be published meanwhile: what seems to differ is looked
    at once more at the end. Raises ``EngineUnavailable``.
    """
    stored = index.engine.digests()
    found: set[int] = set()
    suspects: set[int] = set()
    seen = 0
    for gathered in pages.every():
        for document in gathered.documents:
            found.add(document.id)
            if stored.get(document.id) != digest(document):
                suspects.add(document.id)
        suspects |= set(gathered.errors)
        found |= set(gathered.errors)
        seen += len(gathered.documents)
        if progress:
            progress(seen)
    suspects |= stored.keys() - found
    difference = Difference(waiting=waiting.count(index.name))
    if suspects:
        _look_again(index, suspects, difference)
    return difference


def _look_again(index: Index, suspects: set[int], difference: Difference) -> None:
    stored = index.engine.digests()
    ids = sorted(suspects)
    for start in range(0, len(ids), pages.CHUNK):
        gathered = pages.gather(ids[start : start + pages.CHUNK])
        for document in gathered.documents:
            if document.id not in stored:
                difference.missing.append(document.id)
            elif stored[document.id] != digest(document):
                difference.stale.append(document.id)
        difference.surplus += [page_id for page_id in gathered.absent if page_id in stored]
        difference.failed.update(gathered.errors)


def repair(index: Index, difference: Difference) -> sync.Applied:
    """Mark what differs, in this index only, and apply it."""
    waiting.add([index.name], difference.ids(), timezone.now())
    return sync.apply_waiting(index, early=True)
