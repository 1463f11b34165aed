"""From pages to search documents: the pages as they are now."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation
from wagtail.models import Locale, Page

from search.documents import Document, PreparedTogether, Searchable
from search.index.visibility import visible

logger = logging.getLogger("mallisto.search")
CHUNK = 50
# More at once cost less a page; it is memory that limits them.
REBUILD_CHUNK = 250


@dataclass(slots=True)
class Gathered:
    """What became of the asked pages: documents, those not to be found, those that failed."""

    documents: list[Document] = field(default_factory=list)
    absent: list[int] = field(default_factory=list)
    errors: dict[int, str] = field(default_factory=dict)


def gather(page_ids: Collection[int]) -> Gathered:
    """The documents of those pages that may be found now, and which of them may not."""
    gathered = Gathered()
    absent = dict.fromkeys(page_ids)
    found = visible(Page.objects.filter(pk__in=list(page_ids)))
    # Streams are the most of a page: a type that prepares many at once reads them by itself.
    pages = list(found.defer_streamfields().specific())
    _prepare(pages)
    for page in pages:
        pk, language = page.pk, page.locale.language_code
        try:
            # Headings are translated: in the page's language, whoever's request this is.
            with translation.override(language):
                if isinstance(page, Searchable):
                    gathered.documents.append(page.search_document())
                    absent.pop(pk)
        except Exception as error:  # one page's fault must not hold up others
            logger.exception("The search document of page %s could not be made", pk)
            gathered.errors[pk] = f"{type(error).__name__}: {error}"
            absent.pop(pk)
    gathered.absent = list(absent)
    return gathered


def _prepare(pages: Sequence[Any]) -> None:
    """Read once for all pages what each would read for itself."""
    locales = Locale.objects.in_bulk()
    shared = Page()
    by_type: dict[type, list[Any]] = {}
    for page in pages:
        page.locale = locales[page.locale_id]
        # Where the sites begin, in Wagtail's own place for it.
        page._wagtail_cached_site_root_paths = page._get_site_root_paths(shared)  # noqa: SLF001
        by_type.setdefault(type(page), []).append(page)
    for page_type, alike in by_type.items():
        if issubclass(page_type, PreparedTogether):
            try:
                page_type.prepare_search(alike)
            except Exception:  # they are then asked one by one, and the faulty one is told
                logger.exception("Pages could not be prepared for their search documents together")


def every(chunk: int = REBUILD_CHUNK) -> Iterator[Gathered]:
    """The documents of all pages that may be found, a chunk at a time, by page id."""
    ids = list(visible(Page.objects.all()).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), chunk):
        yield gather(ids[start : start + chunk])


def total() -> int:
    """How many pages may be found, those without a search document included."""
    return visible(Page.objects.all()).count()
