"""Which pages of a type the public may see."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Page

from search.collation import sort_key


class ShownMixin:
    """Gives a page type the query of its public pages."""

    @classmethod
    def shown_pages(cls) -> Any:
        """The same pages as rows of all pages: to count, to order and to take ids from.

        Those rows are small. A database that orders or counts a hundred thousand models beside
        their texts reads all of these.
        """
        own = ContentType.objects.get_for_model(cls)  # type: ignore[arg-type]
        return _public_now(Page.objects.filter(content_type=own)).order_by()

    @classmethod
    def shown(cls) -> Any:
        """Live, public and not expired, also before the scheduler has run; a queryset."""
        return only_shown(cls.objects.all())  # type: ignore[attr-defined]


def only_shown(pages: Any) -> Any:
    """Those of the pages that the public may see, with what a list shows of each."""
    shown = (
        _public_now(pages)
        .select_related("locale", "cover_image")
        .prefetch_related("cover_image__renditions")
    )
    names = {field.name for field in pages.model._meta.many_to_many}
    return shown.prefetch_related("regions") if "regions" in names else shown


def _public_now(pages: Any) -> Any:
    return pages.live().public().exclude(expire_at__lte=timezone.now())


def in_finnish_order(pages: Any) -> list[Any]:
    """The pages by title in the order of the Finnish alphabet, whatever the database's own is."""
    return sorted(pages, key=lambda page: (sort_key(page.title), page.pk))
