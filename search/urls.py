"""The search page's address in each language, and the same search in other forms."""

from __future__ import annotations

from django.urls import path
from django.utils.functional import lazy
from django.utils.translation import get_language

from search.export import search_csv
from search.feeds import search_feed
from search.views import SearchView

app_name = "search"

# Addresses that readers keep: part of the portal's interface, so not left to a catalogue.
PATHS = {"fi": "haku/", "sv": "sok/", "en": "search/"}
FEED_PATHS = {"fi": "haku/syote/", "sv": "sok/flode/", "en": "search/feed/"}
CSV_PATHS = {language: f"{path}csv/" for language, path in PATHS.items()}


def _of_language(paths: dict[str, str]) -> str:
    return paths.get((get_language() or "fi").split("-")[0], paths["fi"])


_path = lazy(_of_language, str)

urlpatterns = [
    path(_path(PATHS), SearchView.as_view(), name="search"),
    path(_path(FEED_PATHS), search_feed, name="feed"),
    path(_path(CSV_PATHS), search_csv, name="csv"),
]
