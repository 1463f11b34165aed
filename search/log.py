"""What people search for, as counts: so that editors see what was not found.

Kept are a week, a language, the words and two numbers (``SearchCount``), for ``SEARCH_LOG_DAYS``;
nothing of who asked. Left out altogether: whoever asks not to be tracked, robots, and whatever
looks like somebody's number or address. A search never waits for this: counts are gathered in the
process and written now and then by a thread; a process that is killed loses half a minute of them.
"""

from __future__ import annotations

import atexit
import logging
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from threading import Lock, Timer

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.http import HttpRequest
from django.utils import timezone

from search.analysis.base import normalise, surfaces
from search.models import SearchCount
from search.models.counts import MAX_WORDS
from search.parser import parse
from search.service import Asked, SearchPage

logger = logging.getLogger("mallisto.search")
FLUSH_SECONDS = 30.0
# So many different searches are written before the time is up, and so many are held at most
# while the database can't be written to.
FLUSH_AT = 500
MAX_HELD = 5000

# Robots that say so. A program that says nothing can't be told from a person.
_ROBOT = re.compile(r"bot\b|bot/|crawl|spider|slurp|archiver", re.IGNORECASE)
_PERSONAL = re.compile(
    r"\S@\S"  # an e-mail address
    r"|\d{6}\s?[-+A-Y]\s?\d{3}\s?[0-9A-Y](?![^\W_])"  # a Finnish identity code
    r"|\d{1,2}\s?\.\s?\d{1,2}\s?\.\s?(?:19|20)?\d\d"  # a date, as of birth
    r"|\d{6}",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"\+?\d[\d\s()./\-\u2010-\u2015]*\d")
_YEARS = re.compile(r"(?:(?:19|20)\d\d\D+)*(?:19|20)\d\d")
_MANY_DIGITS = 7

_Key = tuple[date, str, str]


@dataclass(slots=True)
class _Held:
    """Counts that wait to be written: how often, and how often without results."""

    lock: Lock = field(default_factory=Lock)
    counts: dict[_Key, tuple[int, int]] = field(default_factory=dict)
    timer: Timer | None = None
    at_exit: bool = False


_held = _Held()


def note(request: HttpRequest, asked: Asked, language: str, found: SearchPage) -> None:
    """Count a search that a person typed; no query, and nothing that could fail it."""
    if not settings.SEARCH_LOG_DAYS or not found.available or not _counts(request, asked):
        return
    words = kept_words(asked.text)
    if words:
        today = timezone.localdate()
        week = today - timedelta(days=today.weekday())
        _hold({(week, language, words): (1, 0 if found.total else 1)})


def _counts(request: HttpRequest, asked: Asked) -> bool:
    """Whether somebody typed these words just now, and minds not that they are counted.

    A limit, an order or a later page is chosen after the words were counted, and what is not
    found within limits says nothing of the words.
    """
    headers = request.headers
    return (
        request.method == "GET"
        and bool(asked.text)
        and asked.page == 1
        and asked.sort == "relevance"
        and not asked.filters
        and "exact" not in request.GET
        and headers.get("DNT") != "1"
        and headers.get("Sec-GPC") != "1"
        and "prefetch" not in headers.get("Sec-Purpose", headers.get("Purpose", ""))
        and not _ROBOT.search(headers.get("User-Agent", ""))
    )


def kept_words(text: str) -> str:
    """The words of a search as they are kept, lower-cased; none of what may be personal.

    Empty where it holds something like an e-mail address, an identity code, a date or a longer
    number, and where it is too long to have been thought of as a search.
    """
    text = unicodedata.normalize("NFKC", text)
    if len(text) > MAX_WORDS or _PERSONAL.search(text):
        return ""
    if any(_is_long(found.group()) for found in _NUMBERS.finditer(text)):
        return ""
    plain = " ".join(clause.text for clause in parse(text).clauses if not clause.excluded)
    words = (normalise(word).strip("-'").lower() for word, _start, _end in surfaces(plain))
    return " ".join(word for word in words if word)[:MAX_WORDS]


def _is_long(number: str) -> bool:
    digits = sum(character.isdigit() for character in number)
    return digits >= _MANY_DIGITS and not _YEARS.fullmatch(number)


def _hold(counts: Mapping[_Key, tuple[int, int]]) -> None:
    with _held.lock:
        for key, (times, missed) in counts.items():
            if key not in _held.counts and len(_held.counts) >= MAX_HELD:
                continue
            before = _held.counts.get(key, (0, 0))
            _held.counts[key] = (before[0] + times, before[1] + missed)
        soon = len(_held.counts) >= FLUSH_AT
        if _held.timer is None:
            _held.timer = Timer(1.0 if soon else FLUSH_SECONDS, _flush_in_background)
            _held.timer.daemon = True
            _held.timer.start()
        if not _held.at_exit:
            _held.at_exit = True
            atexit.register(_flush_at_exit)


def flush() -> None:
    """Write what is held. What the database refuses just now is held until the next time."""
    with _held.lock:
        counts, _held.counts, _held.timer = _held.counts, {}, None
    if not counts:
        return
    try:
        _write(counts)
    except DatabaseError as error:
        logger.warning("Counts of searches could not be written, and wait: %s", error)
        _hold(counts)


def _flush_in_background() -> None:
    try:
        flush()
    finally:
        close_old_connections()
        connection.close()


def _flush_at_exit() -> None:
    try:
        flush()
    except Exception:
        # The process ends; what is lost are counts.
        logger.debug("Counts of searches are lost", exc_info=True)
    finally:
        if _held.timer is not None:
            _held.timer.cancel()


def _write(counts: Mapping[_Key, tuple[int, int]]) -> None:
    """Add to the stored counts in one short transaction, in an order that cannot deadlock."""
    table = connection.ops.quote_name(SearchCount._meta.db_table)
    # Both databases understand it; a model's update with F() would be two statements a row.
    statement = (
        f"INSERT INTO {table} (week, language, words, times, without_results) "  # noqa: S608
        "VALUES (%s, %s, %s, %s, %s) ON CONFLICT (week, language, words) DO UPDATE SET "
        f"times = {table}.times + excluded.times, "
        f"without_results = {table}.without_results + excluded.without_results"
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(statement, [(*key, *counts[key]) for key in sorted(counts)])


def discard() -> None:
    """Forget what is held."""
    with _held.lock:
        _held.counts = {}
        if _held.timer is not None:
            _held.timer.cancel()
            _held.timer = None


def prune() -> int:
    """Remove counts older than ``SEARCH_LOG_DAYS``; gives how many. Off means that none stay."""
    old = SearchCount.objects.all()
    if settings.SEARCH_LOG_DAYS:
        oldest = timezone.localdate() - timedelta(days=settings.SEARCH_LOG_DAYS)
        old = old.filter(week__lt=oldest)
    return old.delete()[0]
