"""Which pages of a type the public may see."""

from __future__ import annotations

from typing import Any

from django.utils import timezone


class ShownMixin:
    """Gives a page type the query of its public pages."""

    @classmethod
    def shown(cls) -> Any:
        """Live, public and not expired, also before the scheduler has run; a queryset."""
        return (
            cls.objects.live()  # type: ignore[attr-defined]
            .public()
            .exclude(expire_at__lte=timezone.now())
            .select_related("locale")
        )
