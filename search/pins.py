"""Pages that editors put first for certain words (``PinnedResult``)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from search.models import PinnedResult
from search.parser import parse
from search.queries import query_words

# A change made by another process is seen after so long, where processes share no cache.
MAX_AGE_SECONDS = 30
MAX_PINS = 1000
_KEY = "search.pins."

_Words = tuple[frozenset[str], ...]


class _Pin(NamedTuple):
    """A pinned page: what each word of its search may be, and its last day."""

    words: _Words
    page_id: int
    until: date | None


def pinned(text: str, language: str) -> tuple[int, ...]:
    """Ids of the pages that come first for these words, in the editors' order.

    The same words in any form and order; no words beside them, and none excluded. At most one
    query in ``MAX_AGE_SECONDS``. Whether a page is public must be asked apart.
    """
    pins = _pins(language)
    if not pins:
        return ()
    words = _words(text, language)
    today = timezone.localdate()
    return tuple(
        dict.fromkeys(
            pin.page_id
            for pin in pins
            if (pin.until is None or pin.until >= today) and _same(pin.words, words)
        )
    )


def _pins(language: str) -> Sequence[_Pin]:
    pins: Sequence[_Pin] | None = cache.get(_KEY + language)
    if pins is None:
        rows = PinnedResult.objects.filter(language=language).order_by("position", "pk")
        pins = [
            _Pin(words, page_id, until)
            for text, page_id, until in rows.values_list("words", "page_id", "until")[:MAX_PINS]
            if (words := _words(text, language))
        ]
        cache.set(_KEY + language, pins, MAX_AGE_SECONDS)
    return pins


def _words(text: str, language: str) -> _Words:
    """What each word of a search may be: its form and its lemmas; nothing with an exclusion."""
    parsed = parse(text)
    if parsed.exclusions:
        return ()
    plain = parse(" ".join(clause.text for clause in parsed.clauses))
    words = {frozenset((word.form, *word.lemmas)) for word in query_words(plain, language)}
    return tuple(sorted(words, key=sorted))


def _same(pin: _Words, asked: _Words) -> bool:
    """Whether each word of either is a form of a word of the other."""
    return (
        len(pin) == len(asked)
        and all(any(word & other for other in asked) for word in pin)
        and all(any(word & other for other in pin) for word in asked)
    )


def _forget(**kwargs: Any) -> None:
    def forget() -> None:
        # The words may have been of another language before.
        cache.delete_many([_KEY + code for code, _name in settings.LANGUAGES])

    forget()
    transaction.on_commit(forget)


def connect() -> None:
    """Let a change of a pin be seen at once by whoever shares the cache."""
    for signal in (post_save, post_delete):
        signal.connect(_forget, sender=PinnedResult, dispatch_uid=f"search.pins.{id(signal)}")
