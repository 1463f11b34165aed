"""The search page's address in each language."""

from __future__ import annotations

from django.urls import path
from django.utils.functional import lazy
from django.utils.translation import get_language

from search.views import SearchView

app_name = "search"

# Addresses that readers keep: part of the portal's interface, so not left to a catalogue.
PATHS = {"fi": "haku/", "sv": "sok/", "en": "search/"}


def _path() -> str:
    return PATHS.get((get_language() or "fi").split("-")[0], PATHS["fi"])


urlpatterns = [path(lazy(_path, str)(), SearchView.as_view(), name="search")]
