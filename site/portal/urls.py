"""The portal's addresses (docs: design, section 6)."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

from editorial.review.taking_down_views import TakeDownView
from portal import sitemap, views
from portal.feeds import ModelsFeed

# Addresses that feed readers keep: not left to a catalogue.
FEED_PATHS = {"fi": "syote/", "sv": "flode/", "en": "feed/"}


def _feed_path() -> str:
    return FEED_PATHS.get((get_language() or "fi").split("-")[0], FEED_PATHS["fi"])


handler400 = "portal.unreadable.bad_request"

urlpatterns = [
    path("", RedirectView.as_view(url="/fi/", permanent=False), name="root"),
    # Wagtail's question, at whose address ours asks for the reason too.
    path(
        "admin/pages/<int:page_id>/unpublish/",
        require_admin_access(TakeDownView.as_view()),
        name="take_down",
    ),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("health/live/", views.live, name="health_live"),
    path("health/ready/", views.ready, name="health_ready"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap.pages, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap.pages, name="sitemap_file"),
    path("api/v1/", include("search.api_urls")),
    path("api/v1/", include("models_pages.api")),
    # Renditions only: originals of images and documents are never served from media.
    re_path(r"^media/(?P<path>images/.+)$", views.rendition, name="rendition"),
]

urlpatterns += i18n_patterns(
    path("", include("search.urls")),
    path("", include("accounts.joining.urls")),
    path(lazy(_feed_path, str)(), ModelsFeed(), name="feed"),
    path("", include(wagtail_urls)),
    prefix_default_language=True,
)

if settings.DEBUG:
    from django.contrib.staticfiles.urls import staticfiles_urlpatterns

    urlpatterns = staticfiles_urlpatterns() + urlpatterns
