"""From pages to search documents: the pages as they are now."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from django.utils import translation
from wagtail.models import Locale, Page

from search.documents import Document, Searchable
from search.index.visibility import visible

logger = logging.getLogger("mallisto.search")
CHUNK = 50


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
    languages = dict(Locale.objects.values_list("pk", "language_code"))
    pages = visible(Page.objects.filter(pk__in=list(page_ids))).specific()
    for page in pages:
        pk, language = page.pk, languages[page.locale_id]
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


def every(chunk: int = CHUNK) -> Iterator[Gathered]:
    """The documents of all pages that may be found, a chunk at a time, by page id."""
    ids = list(visible(Page.objects.all()).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), chunk):
        yield gather(ids[start : start + chunk])


def total() -> int:
    """How many pages may be found, those without a search document included."""
    return visible(Page.objects.all()).count()
