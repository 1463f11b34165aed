"""What the search documents of pages need beside the pages: asked of the database once for many."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from wagtail.models import Page

from search.index.visibility import visible

from .relations import shown_of
from .sections import FURTHER_SECTIONS, SECTION_KINDS
from .stream_text import attached, document_titles
from .written import raw_blocks

# The many-to-many fields that hold terms of vocabularies.
TERM_FIELDS = ("themes", "target_groups", "regions", "funders", "organisations")
_STREAMS = ("body", "attachments", FURTHER_SECTIONS, *(kind.key for kind in SECTION_KINDS))


@dataclass(slots=True)
class Related:
    """What one page refers to.

    ``terms`` are the terms of each field in their vocabulary's order, ``collections`` the slug
    and title of those that the public may see, ``documents`` the titles of attached files by id.
    ``streams`` are the page's streams as raw blocks.
    """

    streams: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    terms: dict[str, list[Any]] = field(default_factory=dict)
    authors: list[str] = field(default_factory=list)
    collections: list[tuple[str, str]] = field(default_factory=list)
    documents: dict[int, str] = field(default_factory=dict)


def related_of(page: Any) -> Related:
    """What a page refers to as it is in memory, a draft's unsaved relations included."""
    related = Related({name: raw_blocks(getattr(page, name)) for name in _streams(page)})
    related.documents = document_titles(_attached(related))
    for name in _term_fields(page):
        related.terms[name] = list(getattr(page, name).all())
    if hasattr(page, "authors"):
        related.authors = [author.name for author in page.authors.all()]
    if hasattr(page, "collections"):
        related.collections = _named(shown_of(page.collections))
    return related


def related_of_many(pages: Sequence[Any]) -> list[Related]:
    """What each of these stored pages of one type refers to; so many queries for one as for all."""
    found = {page.pk: Related() for page in pages}
    _read_streams(pages[0], found)
    for name in _term_fields(pages[0]):
        links, terms = _links(pages[0], name, found)
        for term in _with_parents(terms):
            for page_id in links[term.pk]:
                found[page_id].terms.setdefault(name, []).append(term)
    if hasattr(pages[0], "authors"):
        authors = type(pages[0]).authors.rel.related_model._default_manager.filter(
            page__in=list(found)
        )
        for page_id, name in authors.order_by("sort_order").values_list("page_id", "name"):
            found[page_id].authors.append(name)
    if hasattr(pages[0], "collections"):
        links, collections = _links(pages[0], "collections", found)
        shown = list(visible(collections).select_related("locale"))
        for page, named in zip(shown, _named(shown), strict=True):
            for page_id in links[page.pk]:
                found[page_id].collections.append(named)
    ids = {page_id: list(_attached(related)) for page_id, related in found.items()}
    titles = document_titles(pk for pks in ids.values() for pk in pks)
    for page_id, pks in ids.items():
        found[page_id].documents = {pk: titles[pk] for pk in pks if pk in titles}
    return [found[page.pk] for page in pages]


def collection_slugs(collections: Iterable[Any]) -> dict[int, str]:
    """Collections' names in addresses by page id: the slug of each one's Finnish version."""
    slugs = {page.pk: str(page.slug) for page in collections}
    others = [page for page in collections if page.locale.language_code != "fi"]
    if others:
        finnish = type(others[0])._default_manager.filter(
            translation_key__in=[page.translation_key for page in others],
            locale__language_code="fi",
        )
        by_key = dict(finnish.values_list("translation_key", "slug"))
        slugs |= {page.pk: by_key.get(page.translation_key, page.slug) for page in others}
    return slugs


def _term_fields(page: Any) -> list[str]:
    return [name for name in TERM_FIELDS if hasattr(page, name)]


def _with_parents(terms: QuerySet[Any]) -> QuerySet[Any]:
    has_parent = any(field.name == "parent" for field in terms.model._meta.fields)
    return terms.select_related("parent") if has_parent else terms


def _links(
    page: Any, name: str, page_ids: Collection[int]
) -> tuple[defaultdict[int, list[int]], QuerySet[Any]]:
    """A many-to-many field's pages by what they refer to, and what that is, in its own order."""
    own = page._meta.get_field(name)
    rows = own.remote_field.through._default_manager.filter(
        **{f"{own.m2m_field_name()}__in": list(page_ids)}
    )
    links: defaultdict[int, list[int]] = defaultdict(list)
    columns = own.m2m_field_name(), own.m2m_reverse_field_name()
    for page_id, pk in rows.order_by("pk").values_list(*columns):
        links[pk].append(page_id)
    return links, own.related_model._default_manager.filter(pk__in=list(links))


def _named(collections: Any) -> list[tuple[str, str]]:
    shown: list[Page] = list(collections)
    slugs = collection_slugs(shown)
    return [(slugs[page.pk], page.title) for page in shown]


def _attached(related: Related) -> Iterable[int]:
    for stream in related.streams.values():
        yield from attached(stream)


def _streams(page: Any) -> list[str]:
    # Asked of the class: of a page whose streams are not read yet each would be read by itself.
    return [name for name in _STREAMS if hasattr(type(page), name)]


def _read_streams(page: Any, found: Mapping[int, Related]) -> None:
    """Read the streams of these pages, which are of one type, as they are stored.

    A ``StreamValue`` for each of a page's many streams, most of them empty, costs more than all
    their words.
    """
    names = _streams(page)
    fields = [page._meta.get_field(name) for name in names]
    columns = [Cast(name, TextField()) for name in names]
    stored = type(page)._default_manager.filter(pk__in=list(found)).order_by()
    for page_id, *texts in stored.values_list("pk", *columns):
        found[page_id].streams = {
            name: _blocks(field, text)
            for name, field, text in zip(names, fields, texts, strict=True)
        }


def _blocks(field: Any, text: str | None) -> list[dict[str, Any]]:
    """A stream's raw blocks; those of kinds that there are no more left out, as Wagtail does."""
    if not text or text == "[]":
        return []
    blocks = json.loads(text)
    known = field.stream_block.child_blocks
    if isinstance(blocks, list) and all(block["type"] in known for block in blocks):
        return blocks
    return raw_blocks(field.to_python(blocks))
