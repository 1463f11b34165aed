"""The stored counts of searches: added to, and removed after their time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from search.models import SearchCount

# A week (its Monday), a language, the words.
Key = tuple[date, str, str]


def add(counts: Mapping[Key, tuple[int, int]]) -> None:
    """Add searches and searches without results, in one short transaction."""
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


def prune() -> int:
    """Remove counts older than ``SEARCH_LOG_DAYS``; gives how many. Off means that none stay."""
    old = SearchCount.objects.all()
    if settings.SEARCH_LOG_DAYS:
        oldest = timezone.localdate() - timedelta(days=settings.SEARCH_LOG_DAYS)
        old = old.filter(week__lt=oldest)
    return old.delete()[0]
