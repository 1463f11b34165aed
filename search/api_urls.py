"""Search as JSON, under ``/api/v1/``."""

from __future__ import annotations

from django.urls import path

from search.api import search_api, suggest_api

app_name = "search_api"

urlpatterns = [
    path("search/", search_api, name="search"),
    path("suggest/", suggest_api, name="suggest"),
]
