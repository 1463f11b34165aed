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
from datetime import timedelta
from threading import Lock, Timer
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError, connection
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from search import counts
from search.analysis.base import normalise, surfaces
from search.models.counts import MAX_WORDS
from search.parser import clean, parse
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
    r"@|[([{]\s*(?:at|ät)\s*[)\]}]"  # an e-mail address, or somebody's name in a network
    r"|\d{6}\s?[-+A-Y]\s?\d{3}\s?[0-9A-Y](?![^\W_])"  # a Finnish identity code
    r"|\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:19|20)?\d\d"  # a date, as of birth
    r"|\d{6}",
    re.IGNORECASE,
)
# Whatever stands between the digits, if no letter does.
_NUMBERS = re.compile(r"\d(?:[\W\d_]*\d)?")
# An identity code, written apart in any way.
_IDENTITY = re.compile(r"\d{6}[A-FU-Y]?\d{3}[0-9A-Y]", re.IGNORECASE)
_BETWEEN = re.compile(r"[\W_]+")
_YEARS = re.compile(r"(?:(?:19|20)\d\d\D+)*(?:19|20)\d\d")
_MANY_DIGITS = 7


@dataclass(slots=True)
class _Held:
    """Counts that wait to be written: how often, and how often without results."""

    lock: Lock = field(default_factory=Lock)
    waiting: dict[counts.Key, tuple[int, int]] = field(default_factory=dict)
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

    A limit, an order, a later page or all values are asked for after the words were counted, and
    what is not found within limits says nothing of the words. Nor is taking a limit away typing.
    """
    headers = request.headers
    return (
        request.method == "GET"
        and bool(asked.text)
        and asked.page == 1
        and asked.sort == "relevance"
        and not asked.filters
        and not {"exact", "all"} & request.GET.keys()
        and headers.get("DNT") != "1"
        and headers.get("Sec-GPC") != "1"
        and "prefetch" not in headers.get("Sec-Purpose", headers.get("Purpose", ""))
        and not _ROBOT.search(headers.get("User-Agent", ""))
        and _words_before(request) != asked.text
    )


def _words_before(request: HttpRequest) -> str:
    """The words of the search from which somebody went on to this one, if any."""
    address = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    try:
        before = urlsplit(address)
        words = QueryDict(before.query).get("q", "") if before.path == request.path else ""
    except (ValueError, SuspiciousOperation):
        # No browser made this up.
        return ""
    return clean(words)


def kept_words(text: str) -> str:
    """The words of a search as they are kept, lower-cased; none of what may be personal.

    Empty where it holds something like an e-mail address, an identity code, a date or a longer
    number, and where it is too long to have been thought of as a search.
    """
    text = unicodedata.normalize("NFKC", text)
    if len(text) > MAX_WORDS or _PERSONAL.search(text):
        return ""
    if _IDENTITY.search(_BETWEEN.sub("", text)) and not _is_years(text):
        return ""
    if any(_is_long(found.group()) for found in _NUMBERS.finditer(text)):
        return ""
    plain = " ".join(clause.text for clause in parse(text).clauses if not clause.excluded)
    words = (normalise(word).strip("-'").lower() for word, _start, _end in surfaces(plain))
    return " ".join(word for word in words if word)[:MAX_WORDS]


def _is_years(text: str) -> bool:
    return all(_YEARS.fullmatch(found.group()) for found in _NUMBERS.finditer(text))


def _is_long(number: str) -> bool:
    digits = sum(character.isdigit() for character in number)
    return digits >= _MANY_DIGITS and not _YEARS.fullmatch(number)


def _hold(more: Mapping[counts.Key, tuple[int, int]]) -> None:
    with _held.lock:
        for key, (times, missed) in more.items():
            if key not in _held.waiting and len(_held.waiting) >= MAX_HELD:
                continue
            before = _held.waiting.get(key, (0, 0))
            _held.waiting[key] = (before[0] + times, before[1] + missed)
        soon = len(_held.waiting) >= FLUSH_AT
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
        held, _held.waiting, _held.timer = _held.waiting, {}, None
    if not held:
        return
    try:
        counts.add(held)
    except DatabaseError as error:
        logger.warning("Counts of searches could not be written, and wait: %s", error)
        _hold(held)


def _flush_in_background() -> None:
    try:
        flush()
    finally:
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


def discard() -> None:
    """Forget what is held."""
    with _held.lock:
        _held.waiting = {}
        if _held.timer is not None:
            _held.timer.cancel()
            _held.timer = None
