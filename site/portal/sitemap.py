"""The sitemap: every public page of every language, and the development path of each model."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page


class PortalSitemap(Sitemap):
    """Wagtail's own knows the default language's tree only."""

    def items(self) -> Any:
        """Live, public, unexpired pages below the tree's root, by path."""
        return (
            Page.objects.filter(depth__gt=1)
            .live()
            .public()
            .exclude(expire_at__lte=timezone.now())
            .order_by("path")
            .defer_streamfields()
            .specific()
        )
