"""A reader's question: how it is understood, and the ways to put it to an index."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from wagtail.models import Page

from search.engines.base import SearchRequest
from search.index import answering
from search.index.visibility import visible
from search.parser import ParsedQuery, parse
from search.queries import ANYWHERE, Expansion, Query, Term, build_query
from search.results import EngineResult
from search.thesaurus import expansions
from search.wanted import Wanted, wanted

WITNESSES = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A reader's question: words, limits, order, and which page of the answer.

    ``widen`` is false where only the words themselves are to be looked for, not other names.
    ``hidden`` are pages that are not to be found nor counted, whatever an index still holds.
    """

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    page: int = 1
    widen: bool = True
    hidden: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Understood:
    """The words of a question as search takes them. ``query`` is ``None`` where it has none."""

    parsed: ParsedQuery
    language: str
    expansions: tuple[Expansion, ...]
    query: Query | None

    def wanted(self) -> Wanted:
        """What to look for in the texts of the answer."""
        return wanted(self.parsed, self.language, self.expansions)


def understand(text: str, language: str, *, widen: bool = True) -> Understood:
    """What a text asks for, widened by the vocabularies' other names."""
    parsed = parse(text)
    names = expansions(parsed, language) if widen and text else ()
    query = build_query(parsed, language, names) if text else None
    return Understood(parsed, language, names, query)


def ask(
    asked: Asked, query: Query | None, size: int, facets: tuple[str, ...] = ()
) -> EngineResult | None:
    """A page of ``size`` hits from the first index that answers; ``None`` where none does."""
    request = SearchRequest(
        query=query,
        filters=asked.filters,
        facets=facets,
        sort=asked.sort,
        offset=(asked.page - 1) * size,
        limit=size,
        hidden=asked.hidden,
    )
    return answering.ask(lambda engine: engine.search(request))


def frequencies(terms: Collection[str]) -> dict[str, int]:
    """In how many documents each term stands; terms of none are left out."""
    return (answering.ask(lambda engine: engine.frequencies(terms)) or {}) if terms else {}


def indexed_words(prefix: str, limit: int) -> tuple[str, ...]:
    """Indexed words that begin with ``prefix``, the most frequent first."""
    return answering.ask(lambda engine: engine.words(prefix, limit)) or ()


def witnesses(words: Collection[str]) -> dict[str, frozenset[int]]:
    """Some pages in which each of these words stands, for the index.

    It may still have what was taken away a moment ago: no word is shown to anybody before one of
    the pages is seen to be public.
    """
    found = {}
    for word in words:
        # Not by relevance: all would be equal, and an engine reads a whole group of equals.
        result = ask(Asked(sort="newest"), Term(ANYWHERE, word), WITNESSES)
        found[word] = frozenset(hit.id for hit in result.hits) if result else frozenset()
    return found


def visible_pages(page_ids: Sequence[int]) -> dict[int, Page]:
    """Of these pages, those anybody may read now; one query, none for no pages."""
    if not page_ids:
        return {}
    pages = visible(Page.objects.filter(pk__in=list(page_ids))).select_related(
        "locale", "content_type"
    )
    return {page.pk: page for page in pages}
