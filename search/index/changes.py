"""What is to be brought up to date in the indexes.

Call inside the transaction that changes the pages: then the mark and the change are kept, or
lost, together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page

from search.index import hosts, indexes, sync, waiting

# So many numbers in one query; a move may change the addresses of every page.
_AT_ONCE = 500
# Given ids of pages that change, each finds pages whose documents name those.
_namers: list[Callable[[frozenset[int]], Iterable[int]]] = []


def register_namers(find: Callable[[frozenset[int]], Iterable[int]]) -> None:
    """Let ``find`` say which other pages name the pages that change, and so change with them."""
    if find not in _namers:
        _namers.append(find)


def mark(pages: Iterable[Page | int], *, after: timedelta | None = None) -> None:
    """Say that these pages (or page ids) are to be brought up to date in every host's indexes.

    So are the pages that name them (a collection's models), by the worker. They themselves are
    tried right after the transaction commits, never at the cost of whoever waits for it; what is
    left, the worker does. With ``after`` it only announces a change that can't share the
    caller's transaction, and is applied by the worker when that time has passed.
    """
    ids = _ids(pages)
    if not ids:
        return
    due_at = timezone.now() + (after or timedelta())
    waiting.add(hosts.known(indexes.names()), ids | _naming(ids), due_at)
    if after is None:
        transaction.on_commit(partial(sync.attempt, ids), robust=True)


def mark_subtree(path: str, *, after: timedelta | None = None) -> None:
    """Mark the page at this place in the tree and everything below it."""
    mark(Page.objects.filter(path__startswith=path), after=after)


def announce_expiry(page_id: int, expire_at: datetime | None) -> None:
    """Leave a row that falls due when a live page expires.

    From then on the page counts nowhere (``visibility.hidden``), also where no worker notices the
    time. Should it not expire then after all, the row is applied and changes nothing. The pages
    that name it are marked by whoever notices its expiry.
    """
    if expire_at is None or expire_at <= timezone.now():
        return
    announced = waiting.coming(indexes.local_name(), page_id)
    if expire_at not in announced:
        waiting.add(hosts.known(indexes.names()), [page_id], expire_at)


def announce_expiries() -> None:
    """The same for every live page, whose row may be older than this or of another host."""
    coming = Page.objects.filter(live=True, expire_at__gt=timezone.now()).order_by("pk")
    for page_id, expire_at in coming.values_list("pk", "expire_at"):
        announce_expiry(page_id, expire_at)


def mark_expired(since: datetime) -> None:
    """Mark the live pages that expired after ``since``: the scheduler may be late."""
    now = timezone.now()
    mark(Page.objects.filter(live=True, expire_at__gt=since, expire_at__lte=now))


def _naming(ids: frozenset[int]) -> set[int]:
    """The pages that name these."""
    every = sorted(ids)
    found: set[int] = set()
    for start in range(0, len(every), _AT_ONCE):
        some = frozenset(every[start : start + _AT_ONCE])
        found.update(*(find(some) for find in _namers))
    return found


def _ids(pages: Iterable[Page | int]) -> frozenset[int]:
    if isinstance(pages, QuerySet):
        return frozenset(pages.order_by().values_list("pk", flat=True))
    return frozenset(page if isinstance(page, int) else page.pk for page in pages)
