"""What the search documents of pages need beside the pages: asked of the database once for many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
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
    """

    terms: dict[str, list[Any]] = field(default_factory=dict)
    authors: list[str] = field(default_factory=list)
    collections: list[tuple[str, str]] = field(default_factory=list)
    documents: dict[int, str] = field(default_factory=dict)


def related_of(page: Any) -> Related:
    """What a page refers to as it is in memory, a draft's unsaved relations included."""
    related = Related(documents=document_titles(_attached(page)))
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
    ids = {page.pk: list(_attached(page)) for page in pages}
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


def _attached(page: Any) -> Iterable[int]:
    for name in _STREAMS:
        if hasattr(page, name):
            yield from attached(raw_blocks(getattr(page, name)))
