"""What is nearest to a question that nothing answers: fewer limits, fewer words, what is new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search.asking import Asked, Understood, ask, understand, visible_pages
from search.parser import parse
from search.queries import query_words

_MAX_WAYS = 4
_NEWEST = 3


@dataclass(frozen=True, slots=True)
class Nearest:
    """A wider question that has ``total`` results; ``unlimited`` where only limits were dropped."""

    asked: Asked
    total: int
    unlimited: bool = False


@dataclass(frozen=True, slots=True)
class NewPage:
    """One of the newest pages."""

    title: str
    url: str


def nearest(asked: Asked, understood: Understood) -> tuple[Nearest, ...]:
    """Wider questions that have results: without limits, then with fewer words."""
    found: list[Nearest] = []
    if asked.filters:
        unlimited = replace(asked, filters={}, page=1)
        result = ask(unlimited, understood.query, 1)
        if result is not None and result.total:
            found.append(Nearest(unlimited, result.total, unlimited=True))
    fewer = []
    for text in _fewer_words(understood):
        with_less = replace(asked, text=text, page=1)
        query = understand(text, understood.language, widen=asked.widen).query
        result = ask(with_less, query, 1)
        if result is not None and result.total:
            fewer.append(Nearest(with_less, result.total))
    fewer.sort(key=lambda one: -one.total)
    return (*found, *fewer)


def newest(language: str) -> tuple[NewPage, ...]:
    """The newest pages in the reader's language; one query."""
    result = ask(Asked(filters={"language": (language,)}, sort="newest"), None, _NEWEST)
    ids = [hit.id for hit in result.hits] if result else []
    pages = visible_pages(ids)
    return tuple(
        NewPage(pages[page_id].title, url)
        for page_id in ids
        if page_id in pages and (url := pages[page_id].url)
    )


def _fewer_words(understood: Understood) -> Iterator[str]:
    """The same words without quotes and minuses, then each alone."""
    parsed = understood.parsed
    words = [clause.text for clause in parsed.clauses if not clause.excluded]
    if parsed.phrases or parsed.exclusions:
        whole = " ".join(words)
        if whole:
            yield whole
    plain = query_words(parse(" ".join(words)), understood.language)
    alone = dict.fromkeys(token.surface for token in plain)
    if len(alone) > 1:
        yield from list(alone)[:_MAX_WAYS]
