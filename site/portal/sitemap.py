"""The sitemap: every public page of every language, and the development path of each model."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.contrib.sitemaps import Sitemap
from wagtail.contrib.sitemaps.views import index, sitemap
from wagtail.models import Locale, Page


class PortalSitemap(Sitemap):
    """Wagtail's own knows the default language's tree only."""

    # A file may hold 50,000 addresses and models have two each; smaller files are made sooner.
    limit = 5_000

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

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        locales = Locale.objects.in_bulk()
        urls: list[dict[str, Any]] = []
        for item in self.paginator.page(page).object_list.iterator():
            # Else each page would ask for its own.
            item.locale = locales[item.locale_id]
            urls += item.get_sitemap_urls(self.request)
        if urls:
            self.latest_lastmod = max(
                (url["lastmod"] for url in urls if url["lastmod"]), default=None
            )
        return urls


def pages(request: HttpRequest, section: str | None = None) -> HttpResponse:
    """The whole sitemap, or, where it takes several files, the list of them."""
    sitemaps = {"pages": PortalSitemap}
    if section is None and PortalSitemap(request).paginator.num_pages > 1:
        answer: HttpResponse = index(request, sitemaps, sitemap_url_name="sitemap_file")
    else:
        answer = sitemap(request, sitemaps, section=section)
    return answer
