"""What a page gives to the search index: facets from its vocabularies, sections with anchors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from search.documents import Document, Facet, Section

from .blocks import plain_text, stream_text
from .relations import shown_of
from .sections import FURTHER_SECTIONS, PATH_VIEW, SECTION_KINDS, further_anchor
from .written import is_written

# A page's many-to-many field to the facet that it fills.
_TERM_FACETS = {
    "themes": "theme",
    "target_groups": "target_group",
    "regions": "region",
    "funders": "funder",
    "organisations": "organisation",
}


def facets_of(page: Any) -> tuple[Facet, ...]:
    """Facets of the vocabularies that the page uses, its language's among them."""
    language = page.locale.language_code
    facets = [Facet("language", language, language)]
    for field, key in _TERM_FACETS.items():
        if not hasattr(page, field):
            continue
        for term in getattr(page, field).all():
            parent = getattr(term, "parent", None)
            facets.append(
                Facet(key, term.slug, term.label(language), parent.slug if parent else None)
            )
    return tuple(facets)


def facts_of(page: Any) -> tuple[str, ...]:
    """What the page's basic information names, so that it is found by it, each once."""
    language = page.locale.language_code
    names: list[str] = []
    for field in _TERM_FACETS:
        for term in getattr(page, field).all() if hasattr(page, field) else ():
            parent = getattr(term, "parent", None)
            names += [term.label(language), *([parent.label(language)] if parent else ())]
    return tuple(dict.fromkeys(names))


def _model_facts(page: Any) -> Iterator[str]:
    for text in (page.place, page.other_regions, page.other_funders):
        yield from (line.strip() for line in text.splitlines() if line.strip())
    yield from (author.name for author in page.authors.all())


def collection_slug(page: Any) -> str:
    """A collection's name in addresses, the same in every language: its Finnish version's slug."""
    if page.locale.language_code == "fi":
        return str(page.slug)
    finnish = type(page).objects.filter(
        translation_key=page.translation_key, locale__language_code="fi"
    )
    return finnish.values_list("slug", flat=True).first() or page.slug


def _sections(page: Any) -> Iterator[Section]:
    path = f"{PATH_VIEW.get(page.locale.language_code, PATH_VIEW['fi'])}/"
    for kind in SECTION_KINDS:
        stream = getattr(page, kind.key)
        if is_written(stream):
            yield Section(
                kind=kind.key,
                heading=str(kind.heading),
                text=stream_text(stream),
                anchor=kind.anchor,
                path="" if kind.summary_rank else path,
                weight="summary" if kind.summary_rank else "other",
            )
    for number, child in enumerate(getattr(page, FURTHER_SECTIONS), start=1):
        yield Section(
            kind=FURTHER_SECTIONS,
            heading=child.value.get("heading") or "",
            text=stream_text(child.value["body"]),
            anchor=further_anchor(number),
            path=path,
        )


def _attachment_titles(page: Any) -> Iterator[str]:
    streams = [page.attachments, *(getattr(page, kind.key) for kind in SECTION_KINDS)]
    streams += [child.value["body"] for child in getattr(page, FURTHER_SECTIONS)]
    for stream in streams:
        for child in stream:
            if child.block_type == "attachment" and child.value.get("document"):
                yield child.value.get("title") or child.value["document"].title


def model_document(page: Any) -> Document:
    """An operating model's search document, from its live content."""
    attachments = tuple(_attachment_titles(page))
    facets = list(facets_of(page))
    if page.phase:
        facets.append(Facet("phase", page.phase, str(page.get_phase_display())))
    facets += [
        Facet("collection", collection_slug(found), found.title)
        for found in shown_of(page.collections).select_related("locale")
    ]
    if page.confirmed_on:
        year = str(page.confirmed_on.year)
        facets.append(Facet("year", year, year))
    facets.append(Facet("evaluated", "yes" if page.is_evaluated else "no", ""))
    facets.append(Facet("attachments", "yes" if attachments else "no", ""))
    return Document(
        id=page.pk,
        language=page.locale.language_code,
        title=page.title,
        url=page.url or "",
        description=plain_text(page.short_description),
        sections=tuple(_sections(page)),
        attachments=attachments,
        facts=(*facts_of(page), *_model_facts(page)),
        facets=tuple(facets),
        type="model",
        published_at=page.first_published_at,
        updated_at=page.last_published_at,
        confirmed_on=page.confirmed_on,
    )
