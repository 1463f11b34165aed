"""What every public template shows around its content."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from wagtail.models import Page, Site

from models_pages.models import (
    CollectionIndexPage,
    HomePage,
    NetworkIndexPage,
    OperatingModelIndexPage,
)
from search.index.visibility import visible

_INDEXES = {
    OperatingModelIndexPage._meta.label_lower,
    CollectionIndexPage._meta.label_lower,
    NetworkIndexPage._meta.label_lower,
}

# The tree has a root, below it a home page for each language, and below that the menu's pages.
_BELOW_HOME = 3


def chrome(request: HttpRequest) -> dict[str, Any]:
    """``nav``, ``footer_links``, ``languages``, addresses and the site's name; lazily made.

    In the admin only ``taken_at_once``: how many bytes a form may hold.
    """
    if request.path.startswith("/admin/"):
        return {"taken_at_once": settings.DATA_UPLOAD_MAX_MEMORY_SIZE}
    menu = SimpleLazyObject(lambda: _menu(request))
    language = (get_language() or "fi").split("-")[0]
    return {
        "site_name": settings.WAGTAIL_SITE_NAME,
        "home_url": f"/{language}/",
        "nav": SimpleLazyObject(lambda: menu["nav"]),
        "footer_links": SimpleLazyObject(lambda: menu["footer"]),
        "languages": SimpleLazyObject(lambda: _languages(request, language)),
        "search_url": SimpleLazyObject(lambda: reverse("search:search")),
        "feed_url": SimpleLazyObject(lambda: reverse("feed")),
        "admin_url": SimpleLazyObject(lambda: reverse("wagtailadmin_home")),
    }


def _menu(request: HttpRequest) -> dict[str, list[dict[str, Any]]]:
    """Links of the header (the lists of models, collections, networks) and of the footer."""
    language = (get_language() or "fi").split("-")[0]
    nav: list[dict[str, Any]] = []
    footer: list[dict[str, Any]] = []
    # What stands right below a home page is found by its type: all pages stand somewhere below.
    # Nor by language, of which a database may read all pages.
    children = Page.objects.type(*HomePage.allowed_subpage_models()).filter(depth=_BELOW_HOME)
    every = visible(children).in_menu().select_related("content_type", "locale")
    pages = [page for page in every if page.locale.language_code == language]
    for page, url in zip(pages, _addresses(pages, request), strict=True):
        link = {"title": page.title, "url": url, "is_current": request.path.startswith(url)}
        label = f"{page.content_type.app_label}.{page.content_type.model}"
        (nav if label in _INDEXES else footer).append(link)
    return {"nav": nav, "footer": footer}


def _addresses(pages: list[Page], request: HttpRequest) -> list[str]:
    """Where the pages are. Which site is asked counts only where there are several: a query."""
    roots = Site.get_site_root_paths()
    if len({root.site_id for root in roots}) > 1:
        return [page.get_url(request) or "" for page in pages]
    for page in pages:
        # Where the sites begin, in Wagtail's own place for it.
        page._wagtail_cached_site_root_paths = roots  # noqa: SLF001
    return [page.get_url() or "" for page in pages]


def _languages(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    """The languages, for views that are not pages: the same view in each."""
    return [
        {
            "code": code,
            "name": name,
            "url": translate_url(request.get_full_path(), code),
            "is_current": code == current,
            "is_translated": True,
        }
        for code, name in settings.LANGUAGES
    ]
