"""Searching: the calls that views make. Never raises for what a reader typed or an engine did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil

from django.conf import settings
from wagtail.models import Page

from search import highlight, passages
from search.documents import Document
from search.engines.base import SearchRequest
from search.facets import HEADINGS, ShownFacet, shown_facets, value_label
from search.highlight import Wanted
from search.index import answering, store
from search.index.visibility import visible
from search.parser import clean, parse
from search.passages import Passage
from search.queries import Query, build_query
from search.results import EngineResult
from search.thesaurus import expansions
from search.vocabularies import Snapshot, registry

PER_PAGE = 20
_SHORTEST = 2
_SUGGESTED = ("theme", "target_group", "region")


@dataclass(frozen=True, slots=True)
class Asked:
    """A reader's question: words, limits, order, and which page of the answer."""

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    page: int = 1


@dataclass(frozen=True, slots=True)
class Limit:
    """A chosen value of a facet, by name."""

    key: str
    value: str
    facet: str
    label: str


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A found page as it is shown; texts that end in ``_html`` are safe, matches marked in them."""

    id: int
    title: str
    title_html: str
    url: str
    language: str
    language_label: str
    type: str
    type_label: str
    text_html: str
    passage: Passage | None
    phase: str
    phase_label: str
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of an answer. ``available`` is false where no index could be asked."""

    available: bool = True
    total: int = 0
    page: int = 1
    pages: int = 0
    first: int = 1
    hits: tuple[ShownHit, ...] = ()
    facets: tuple[ShownFacet, ...] = ()
    limits: tuple[Limit, ...] = ()
    did_you_mean: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of an answer as pages with their documents, for feeds and files.

    ``taken`` counts the engine's hits, those left out of ``pages`` (no longer public) included.
    """

    total: int
    taken: int
    pages: tuple[tuple[Page, Document], ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A way to go on from what was typed: a term's facet, a word to search for, or a page."""

    text: str
    type: str
    key: str = ""
    value: str = ""
    url: str = ""


def search(asked: Asked, language: str, *, per_page: int = PER_PAGE) -> SearchPage:
    """The answer to a question, for a reader of ``language``."""
    names = registry.snapshot()
    limits = limits_of(asked, language)
    query = _query(asked.text, language) if asked.text else None
    result = _ask(asked, query, per_page)
    if result is None:
        return SearchPage(available=False, limits=limits)
    pages = ceil(result.total / per_page)
    if not result.hits and pages and asked.page > pages:
        # A page past the last: the index has shrunk, or somebody typed it.
        asked = replace(asked, page=pages)
        result = _ask(asked, query, per_page) or result
    hits = _shown(result, query, language, names)
    return SearchPage(
        total=result.total - (len(result.hits) - len(hits)),
        page=asked.page,
        pages=pages,
        first=(asked.page - 1) * per_page + 1,
        hits=hits,
        facets=shown_facets(result.facets, asked.filters, language, names),
        limits=limits,
    )


def limits_of(asked: Asked, language: str) -> tuple[Limit, ...]:
    """The chosen values of facets, by name."""
    names = registry.snapshot()
    return tuple(
        Limit(key, value, str(HEADINGS[key]), value_label(key, value, language, names))
        for key, values in asked.filters.items()
        for value in values
    )


def stretch(asked: Asked, language: str, size: int) -> Stretch | None:
    """The answer's hits from ``(asked.page - 1) * size`` on, checked as those of a page are.

    Two queries of the database. ``None`` where no index answers.
    """
    query = _query(asked.text, language) if asked.text else None
    result = _ask(asked, query, size, facets=())
    if result is None:
        return None
    ids = [hit.id for hit in result.hits]
    pages = _visible(ids)
    documents = store.get(list(pages))
    return Stretch(
        total=result.total,
        taken=len(ids),
        pages=tuple(
            (pages[pk], documents.get(pk) or _bare(pages[pk]))
            for pk in ids
            if pk in pages and pages[pk].url
        ),
    )


def suggest(text: str, language: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
    """What a reader who typed ``text`` so far may mean: terms, indexed words, then titles."""
    text = clean(text).lower()
    if len(text) < _SHORTEST:
        return ()
    names = registry.snapshot()
    found: dict[str, Suggestion] = {}
    for concept in names.every():
        label = names.label(concept.key, concept.value, language) or ""
        if concept.key in _SUGGESTED and label.lower().startswith(text):
            found[label.lower()] = Suggestion(label, concept.key, concept.key, concept.value)
    begin, _space, last = text.rpartition(" ")
    for word in _words(last, limit) if len(last) >= _SHORTEST else ():
        whole = f"{begin} {word}".strip()
        if whole != text:
            found.setdefault(whole, Suggestion(whole, "word"))
    result = _ask(Asked(text=text), _query(text, language), 3, facets=())
    ids = [hit.id for hit in result.hits] if result else []
    pages = _visible(ids)
    titles = [
        Suggestion(pages[pk].title, "page", url=pages[pk].url or "") for pk in ids if pk in pages
    ]
    return (*list(found.values())[: limit - len(titles)], *titles)


def is_ready() -> bool:
    """Whether any index answers."""
    return answering.any_answers()


def similar(page_id: int, limit: int = 5) -> tuple[Page, ...]:
    """Pages most like this one that anybody may read, best first."""
    ids = answering.ask(lambda engine: engine.similar(page_id, limit)) or ()
    found = _visible(ids)
    return tuple(found[page_id] for page_id in ids if page_id in found)


def _query(text: str, language: str) -> Query | None:
    """The query for a text, widened by the vocabularies' other names."""
    parsed = parse(text)
    return build_query(parsed, language, expansions(parsed, language))


def _words(prefix: str, limit: int) -> tuple[str, ...]:
    return answering.ask(lambda engine: engine.words(prefix, limit)) or ()


def _ask(
    asked: Asked, query: Query | None, per_page: int, facets: tuple[str, ...] = tuple(HEADINGS)
) -> EngineResult | None:
    """The first index that answers; ``None`` where none does."""
    request = SearchRequest(
        query=query,
        filters=asked.filters,
        facets=facets,
        sort=asked.sort,
        offset=(asked.page - 1) * per_page,
        limit=per_page,
    )
    return answering.ask(lambda engine: engine.search(request))


def _visible(page_ids: Sequence[int]) -> dict[int, Page]:
    """Of these pages, those anybody may read now; one query."""
    pages = visible(Page.objects.filter(pk__in=list(page_ids))).select_related(
        "locale", "content_type"
    )
    return {page.pk: page for page in pages}


def _shown(
    result: EngineResult, query: Query | None, language: str, names: Snapshot
) -> tuple[ShownHit, ...]:
    """The hits as they are shown, checked against the database: two queries."""
    ids = [hit.id for hit in result.hits]
    if not ids:
        return ()
    pages = _visible(ids)
    documents = store.get(list(pages))
    looked_for = highlight.wanted(query)
    shown = []
    for page_id in ids:
        page = pages.get(page_id)
        url = page and page.url
        if page is not None and url:
            document = documents.get(page_id) or _bare(page)
            shown.append(_hit(page, url, document, looked_for, language, names))
    return tuple(shown)


def _bare(page: Page) -> Document:
    """A page whose document isn't kept yet: only its title is shown."""
    return Document(
        id=page.pk, language=page.locale.language_code, title=page.title, url=page.url or ""
    )


def _hit(
    page: Page,
    url: str,
    document: Document,
    looked_for: Wanted,
    language: str,
    names: Snapshot,
) -> ShownHit:
    passage, text_html = passages.best(document, looked_for, url)
    phase = next(iter(document.facet_values("phase")), "")
    return ShownHit(
        id=page.pk,
        title=page.title,
        title_html=passages.marked(page.title, document.language, looked_for),
        url=url,
        language=document.language,
        language_label=dict(settings.LANGUAGES).get(document.language, document.language),
        type=document.type,
        type_label=str(page.page_type_display_name),
        text_html=text_html,
        passage=passage,
        phase=phase,
        phase_label=value_label("phase", phase, language, names) if phase else "",
        regions=tuple(
            names.label("region", facet.value, language) or facet.label
            for facet in document.facets
            if facet.key == "region"
        ),
    )
