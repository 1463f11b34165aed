"""What is nearest to a question that nothing or little answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from wagtail.models import Page

from search.asking import Asked, Understood, ask, understand
from search.engines.base import SearchRequest
from search.feedback import related
from search.index import answering
from search.parser import parse
from search.queries import query_words
from search.results import EngineResult
from search.thesaurus import look_up

_MAX_WAYS = 4
_NEWEST = 3
_RELATED = 5


@dataclass(frozen=True, slots=True)
class Nearest:
    """A wider question that has ``total`` results; ``unlimited`` where only limits were dropped."""

    asked: Asked
    total: int
    unlimited: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A page that is offered beside an answer, or in place of one."""

    title: str
    url: str
    language: str


def links(page_ids: Iterable[int], pages: Mapping[int, Page]) -> tuple[Link, ...]:
    """Of these pages, in this order, those of ``pages``, which anybody may read."""
    return tuple(
        Link(pages[page_id].title, url, pages[page_id].locale.language_code)
        for page_id in page_ids
        if page_id in pages and (url := pages[page_id].url)
    )


def nearest(asked: Asked, understood: Understood) -> tuple[Nearest, ...]:
    """Wider questions that have results: without limits, then with fewer words."""
    found: list[Nearest] = []
    if asked.filters:
        unlimited = replace(asked, filters={}, page=1)
        result = ask(unlimited, understood.query, 1)
        if result is not None and result.total:
            found.append(Nearest(unlimited, result.total, unlimited=True))
    fewer = []
    texts = list(_fewer_words(understood))
    if asked.widen:
        look_up([parse(text) for text in texts], understood.language)
    for text in texts:
        with_less = replace(asked, text=text, page=1)
        query = understand(text, understood.language, widen=asked.widen).query
        result = ask(with_less, query, 1)
        if result is not None and result.total:
            fewer.append(Nearest(with_less, result.total))
    fewer.sort(key=lambda one: -one.total)
    return (*found, *fewer)


def alike(
    asked: Asked, understood: Understood, result: EngineResult, shown: Collection[int]
) -> tuple[int, ...]:
    """Pages that the words don't find, but that are like the best of a whole answer.

    Within its limits, but no part of it: neither its total nor its facets count them. ``shown``
    are the pages that stand there already. Whether a page is public must be asked apart.
    """
    request = SearchRequest(understood.query, filters=asked.filters, hidden=asked.hidden)
    wanted = _RELATED + len(shown)
    ids = answering.ask(lambda engine: related(engine, request, result, wanted)) or ()
    return tuple(page_id for page_id in ids if page_id not in shown)[:_RELATED]


def newest(language: str) -> tuple[int, ...]:
    """The newest pages in a language. Whether a page is public must be asked apart."""
    result = ask(Asked(filters={"language": (language,)}, sort="newest"), None, _NEWEST)
    return tuple(hit.id for hit in result.hits) if result else ()


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
