"""Which pages of a type the public may see."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from search.collation import sort_key


class ShownMixin:
    """Gives a page type the query of its public pages."""

    @classmethod
    def shown(cls) -> Any:
        """Live, public and not expired, also before the scheduler has run; a queryset."""
        return only_shown(cls.objects.all())  # type: ignore[attr-defined]


def only_shown(pages: Any) -> Any:
    """Those of the pages that the public may see, with what a list shows of each."""
    shown = (
        pages.live()
        .public()
        .exclude(expire_at__lte=timezone.now())
        .select_related("locale", "cover_image")
        .prefetch_related("cover_image__renditions")
    )
    names = {field.name for field in pages.model._meta.many_to_many}
    return shown.prefetch_related("regions") if "regions" in names else shown


def in_finnish_order(pages: Any) -> list[Any]:
    """The pages by title in the order of the Finnish alphabet, whatever the database's own is."""
    return sorted(pages, key=lambda page: (sort_key(page.title), page.pk))
