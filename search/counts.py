"""The stored counts of searches: added to, and removed after their time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from search.models import SearchCount

# A week (its Monday), a language, the words.
Key = tuple[date, str, str]
Counts = Mapping[Key, tuple[int, int]]
# So many different searches are kept of a week: a program that sends words of its own must not
# fill the disk. Those that are known by then are counted on.
MAX_WEEK = 20_000
_AT_ONCE = 500


def add(counts: Counts) -> None:
    """Add searches and searches without results, in one short transaction."""
    counts = _with_room(counts)
    if not counts:
        return
    table = connection.ops.quote_name(SearchCount._meta.db_table)
    # Both databases understand it; a model's update with F() would be two statements a row.
    statement = (
        f"INSERT INTO {table} (week, language, words, times, without_results) "  # noqa: S608
        "VALUES (%s, %s, %s, %s, %s) ON CONFLICT (week, language, words) DO UPDATE SET "
        f"times = {table}.times + excluded.times, "
        f"without_results = {table}.without_results + excluded.without_results"
    )
    # In one order, so that two processes never wait for each other.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(statement, [(*key, *counts[key]) for key in sorted(counts)])


def _with_room(counts: Counts) -> Counts:
    """Those that are known, and of the others as many as their week has room for."""
    kept: dict[Key, tuple[int, int]] = {}
    for week in {key[0] for key in counts}:
        stored = SearchCount.objects.filter(week=week)
        keys = sorted(key for key in counts if key[0] == week)
        room = MAX_WEEK - stored.count()
        if room < len(keys):
            known = _known(stored, keys)
            others = [key for key in keys if key not in known]
            keys = [*known, *others[: max(0, room)]]
        kept |= {key: counts[key] for key in keys}
    return kept


def _known(stored: QuerySet[SearchCount], keys: Sequence[Key]) -> set[Key]:
    found: set[Key] = set()
    for start in range(0, len(keys), _AT_ONCE):
        words = [key[2] for key in keys[start : start + _AT_ONCE]]
        rows = stored.filter(words__in=words)
        found.update(rows.values_list("week", "language", "words"))
    return found.intersection(keys)


def prune() -> int:
    """Remove counts older than ``SEARCH_LOG_DAYS``; gives how many. Off means that none stay."""
    old = SearchCount.objects.all()
    if settings.SEARCH_LOG_DAYS:
        oldest = timezone.localdate() - timedelta(days=settings.SEARCH_LOG_DAYS)
        old = old.filter(week__lt=oldest)
    return old.delete()[0]
