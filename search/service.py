"""Searching: the calls that views make. Never raises for what a reader typed or an engine did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from django.conf import settings
from wagtail.models import Page

from search import passages, pins
from search.asking import Asked, Understood, ask, understand, visible_pages
from search.corrections import Meant
from search.documents import Document
from search.expansion import Name
from search.facets import HEADINGS, ShownFacet, shown_facets, value_label
from search.index import answering, store
from search.index.visibility import hidden
from search.nearest import Link, Nearest, alike, links, nearest, newest
from search.other_names import told
from search.passages import Fact, Passage
from search.queries import build_query
from search.results import EngineResult
from search.suggestions import Suggestion, suggest
from search.vocabularies import Snapshot, registry
from search.wanted import Wanted

__all__ = [
    "Asked",
    "SearchPage",
    "Suggestion",
    "Whole",
    "build_query",
    "is_ready",
    "limits_of",
    "lines",
    "search",
    "suggest",
    "whole",
]

PER_PAGE = 20


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
    # What matches beside the texts: names of themes, places, people, attachments.
    facts: tuple[Fact, ...] = ()
    # Put first by an editor for these words.
    pinned: bool = False


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
    # Other names that were looked for too, and led to something.
    also: tuple[Name, ...] = ()
    # Where nothing was found: wider questions that have results, and what is new.
    nearest: tuple[Nearest, ...] = ()
    newest: tuple[Link, ...] = ()
    # Where little was found: pages like those that were.
    related: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A page as feeds and files tell of it: the head of its document, and its whole address."""

    page: Page
    document: Document
    address: str


@dataclass(frozen=True, slots=True)
class Whole:
    """All that a search finds, by number: how many, and the first of them in order."""

    total: int
    ids: tuple[int, ...]


def search(asked: Asked, language: str, *, per_page: int = PER_PAGE) -> SearchPage:
    """The answer to a question, for a reader of ``language``."""
    names = registry.snapshot()
    limits = limits_of(asked, language)
    asked = replace(asked, hidden=hidden())
    understood = understand(asked.text, language, widen=asked.widen)
    facets = tuple(HEADINGS)
    result = ask(asked, understood.query, per_page, facets)
    if result is None:
        return SearchPage(available=False, limits=limits)
    last = ceil(result.total / per_page)
    if not result.hits and last and asked.page > last:
        # A page past the last: the index has shrunk, or somebody typed it.
        asked = replace(asked, page=last)
        result = ask(asked, understood.query, per_page, facets) or result
    first = pins.pinned(asked.text, language) if asked.sort == "relevance" else ()
    ids = _ids(result, first, asked)
    meant = Meant(understood) if asked.text else None
    better = meant.better() if meant else None
    little = asked.sort == "relevance" and asked.text and 0 < result.total < per_page
    like = alike(asked, understood, result, ids) if little else ()
    new = () if result.total else newest(language)
    # One query for every page that the answer tells of.
    pages = visible_pages([*ids, *like, *new, *(better.witnesses() if better else ())])
    hits = _shown(ids, pages, understood, names, first, asked)
    nothing = not hits and not result.total
    standing = meant.names_that_stand() if meant and not nothing else ()
    return SearchPage(
        total=result.total + _difference(result, hits, first, per_page),
        page=asked.page,
        pages=last,
        first=(asked.page - 1) * per_page + 1,
        hits=hits,
        facets=shown_facets(result.facets, asked.filters, language, names),
        limits=limits,
        did_you_mean=better.text if better and better.is_public(pages) else "",
        also=told(asked, understood, standing, names),
        nearest=nearest(asked, understood) if nothing else (),
        newest=links(new, pages) if nothing else (),
        related=links(like, pages),
    )


def limits_of(asked: Asked, language: str) -> tuple[Limit, ...]:
    """The chosen values of facets, by name."""
    names = registry.snapshot()
    return tuple(
        Limit(key, value, str(HEADINGS[key]), value_label(key, value, language, names))
        for key, values in asked.filters.items()
        for value in values
    )


def whole(asked: Asked, language: str, limit: int) -> Whole | None:
    """The numbers of the first ``limit`` pages of an answer, asked of the index at once.

    ``None`` where no index answers. ``lines`` says which of them may be told.
    """
    understood = understand(asked.text, language, widen=asked.widen)
    result = ask(replace(asked, page=1), understood.query, limit)
    if result is None:
        return None
    return Whole(result.total, tuple(hit.id for hit in result.hits))


def lines(ids: Sequence[int]) -> Iterator[Line]:
    """Of these pages, in this order, those anybody may read now.

    Two queries of the database.
    """
    pages = visible_pages(ids)
    documents = store.heads(list(pages))
    for page in (pages[pk] for pk in ids if pk in pages):
        # Each address costs a fifth of all that a line does: it is made once.
        if address := page.full_url:
            yield Line(page, _told(page, documents.get(page.pk)), address)


def is_ready() -> bool:
    """Whether any index answers."""
    return answering.any_answers()


def _ids(result: EngineResult, pinned: Sequence[int], asked: Asked) -> list[int]:
    """The pages to show, in order: what is pinned first on the first page, and nowhere again."""
    ids = [hit.id for hit in result.hits if hit.id not in pinned]
    return [*pinned, *ids] if asked.page == 1 else ids


def _shown(
    ids: Sequence[int],
    pages: Mapping[int, Page],
    understood: Understood,
    names: Snapshot,
    pinned: Sequence[int],
    asked: Asked,
) -> tuple[ShownHit, ...]:
    """The hits as they are shown, those of ``pages``, which anybody may read; one query."""
    public = [page_id for page_id in ids if page_id in pages]
    if not public:
        return ()
    documents = store.get(public)
    looked_for = understood.wanted()
    shown = []
    for page_id in public:
        page = pages[page_id]
        url = page.url
        if not url:
            continue
        document = _told(page, documents.get(page_id))
        if page_id in pinned and not _fits(document, asked.filters):
            continue
        hit = _hit(page, url, document, looked_for, understood.language, names)
        shown.append(replace(hit, pinned=page_id in pinned))
    return tuple(shown)


def _difference(
    result: EngineResult, hits: Sequence[ShownHit], pinned: Sequence[int], per_page: int
) -> int:
    """By how much the shown hits change the engine's total."""
    found, shown = {hit.id for hit in result.hits}, {hit.id for hit in hits}
    lost = len(found - shown - set(pinned))
    # Where there are more pages, what is pinned may be among the hits of one of them.
    return (len(shown - found) if result.total <= per_page else 0) - lost


def _fits(document: Document, filters: Mapping[str, tuple[str, ...]]) -> bool:
    return all(
        set(values).intersection(document.facet_values(key)) for key, values in filters.items()
    )


def _told(page: Page, kept: Document | None) -> Document:
    """What may be told of a page: its kept document, without texts that it had before.

    Where the index has not taken in its last publication, somebody may just have removed them.
    """
    if kept is None:
        return Document(
            id=page.pk, language=page.locale.language_code, title=page.title, url=page.url or ""
        )
    published = page.last_published_at
    if published and (kept.updated_at is None or kept.updated_at < published):
        return replace(
            kept, title=page.title, description="", sections=(), attachments=(), facts=()
        )
    return kept


def _hit(
    page: Page,
    url: str,
    document: Document,
    looked_for: Wanted,
    language: str,
    names: Snapshot,
) -> ShownHit:
    best = passages.shown(document, looked_for, url, page.title)
    phase = next(iter(document.facet_values("phase")), "")
    return ShownHit(
        id=page.pk,
        title=page.title,
        title_html=best.title,
        url=url,
        language=document.language,
        language_label=dict(settings.LANGUAGES).get(document.language, document.language),
        type=document.type,
        type_label=str(page.page_type_display_name),
        text_html=best.text,
        passage=best.place,
        facts=best.facts,
        phase=phase,
        phase_label=value_label("phase", phase, language, names) if phase else "",
        regions=tuple(
            names.label("region", facet.value, language) or facet.label
            for facet in document.facets
            if facet.key == "region"
        ),
    )
