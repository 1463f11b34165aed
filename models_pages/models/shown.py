"""Which pages of a type the public may see."""

from __future__ import annotations

from typing import Any

from django.utils import timezone


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
