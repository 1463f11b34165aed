"""What a page gives to the search index: facets from its vocabularies, sections with anchors."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language

from search.documents import Document, Facet, Section

from .blocks import plain_text
from .related import Related, related_of
from .sections import FURTHER_SECTIONS, PATH_VIEW, SECTION_KINDS, further_anchor
from .stream_text import attachment_titles, stream_text
from .written import is_written

# A page's many-to-many field to the facet that it fills.
_TERM_FACETS = {
    "themes": "theme",
    "target_groups": "target_group",
    "regions": "region",
    "funders": "funder",
    "organisations": "organisation",
}


def facets_of(page: Any, related: Related) -> tuple[Facet, ...]:
    """Facets of the vocabularies that the page uses, its language's among them."""
    language = page.locale.language_code
    facets = [Facet("language", language, language)]
    for field, key in _TERM_FACETS.items():
        for term in related.terms.get(field, ()):
            parent = getattr(term, "parent", None)
            facets.append(
                Facet(key, term.slug, term.label(language), parent.slug if parent else None)
            )
    return tuple(facets)


def facts_of(page: Any, related: Related) -> tuple[str, ...]:
    """What the page's basic information names, so that it is found by it, each once."""
    language = page.locale.language_code
    names: list[str] = []
    for field in _TERM_FACETS:
        for term in related.terms.get(field, ()):
            parent = getattr(term, "parent", None)
            names += [term.label(language), *([parent.label(language)] if parent else ())]
    return tuple(dict.fromkeys(names))


def _model_facts(page: Any, related: Related) -> Iterator[str]:
    for text in (page.place, page.other_regions, page.other_funders):
        yield from (line.strip() for line in text.splitlines() if line.strip())
    yield from related.authors


def _sections(page: Any, related: Related) -> Iterator[Section]:
    path = f"{PATH_VIEW.get(page.locale.language_code, PATH_VIEW['fi'])}/"
    headings = _headings(get_language())
    for kind in SECTION_KINDS:
        stream = related.streams[kind.key]
        if not stream:
            continue
        text = stream_text(stream, related.documents)
        if text or is_written(stream):
            yield Section(
                kind=kind.key,
                heading=headings[kind.key],
                text=text,
                anchor=kind.anchor,
                path="" if kind.summary_rank else path,
                weight="summary" if kind.summary_rank else "other",
            )
    for number, item in enumerate(related.streams[FURTHER_SECTIONS], start=1):
        yield Section(
            kind=FURTHER_SECTIONS,
            heading=item["value"].get("heading") or "",
            text=stream_text(item["value"].get("body") or [], related.documents),
            anchor=further_anchor(number),
            path=path,
        )


@lru_cache(maxsize=8)
def _headings(_language: str | None) -> dict[str, str]:
    """The headings of sections in the active language: a dozen for each of many documents."""
    return {kind.key: str(kind.heading) for kind in SECTION_KINDS}


@lru_cache(maxsize=8)
def _phases(phases: Any, _language: str | None) -> dict[str, str]:
    """The names of phases in the active language."""
    return {phase: str(name) for phase, name in phases.choices}


def _attachment_titles(related: Related) -> Iterator[str]:
    if not related.documents:
        return
    streams = [related.streams["attachments"]]
    streams += [related.streams[kind.key] for kind in SECTION_KINDS]
    further = related.streams[FURTHER_SECTIONS]
    streams += [item["value"].get("body") or [] for item in further]
    for stream in streams:
        yield from attachment_titles(stream, related.documents)


def model_document(page: Any) -> Document:
    """An operating model's search document, from its content as it is in memory."""
    related = page.search_related or related_of(page)
    attachments = tuple(_attachment_titles(related))
    facets = list(facets_of(page, related))
    if page.phase:
        names = _phases(page.Phase, get_language())
        facets.append(Facet("phase", page.phase, names.get(page.phase, page.phase)))
    facets += [Facet("collection", slug, title) for slug, title in related.collections]
    if page.confirmed_on:
        year = str(page.confirmed_on.year)
        facets.append(Facet("year", year, year))
    is_evaluated = page.tells_results(related.streams["evaluation"])
    facets.append(Facet("evaluated", "yes" if is_evaluated else "no", ""))
    facets.append(Facet("attachments", "yes" if attachments else "no", ""))
    return Document(
        id=page.pk,
        language=page.locale.language_code,
        title=page.title,
        url=page.url or "",
        description=plain_text(page.short_description),
        sections=tuple(_sections(page, related)),
        attachments=attachments,
        facts=(*facts_of(page, related), *_model_facts(page, related)),
        facets=tuple(facets),
        type="model",
        published_at=page.first_published_at,
        updated_at=page.last_published_at,
        confirmed_on=page.confirmed_on,
    )
