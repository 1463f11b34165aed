"""System checks of search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from wagtail.models import Page

from search.engines.base import EngineUnavailable
from search.engines.terms import expected_fingerprint
from search.index import indexes


@register(Tags.models)
def page_types_are_searchable(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Every page type that readers meet gives a search document, or says that it has none."""
    return [
        Warning(
            f"{model.__name__} is searchable, but has no search_document().",
            hint="Write the method, or set `searchable = False` where readers need not find it.",
            obj=model,
            id="search.W001",
        )
        for model in apps.get_models()
        if issubclass(model, Page)
        and model is not Page
        and getattr(model, "searchable", True)
        and not hasattr(model, "search_document")
    ]


@register()
def index_is_current(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """An index that another version of analysis or schema wrote must be made anew."""
    messages: list[CheckMessage] = []
    for name in indexes.names():
        try:
            stored = indexes.get(name).engine.fingerprint()
        except EngineUnavailable:
            continue
        if stored is not None and stored != expected_fingerprint():
            messages.append(
                Warning(
                    f"The search index {name} was written by another version of the analysis.",
                    hint="Run: manage.py search_rebuild (searching goes on meanwhile).",
                    id="search.W002",
                )
            )
    return messages


@register()
def the_asked_engine_answers(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """An operator who names a search server learns that this version does not use it."""
    if not settings.ELASTICSEARCH_URL or indexes.ELASTICSEARCH in indexes.names():
        return []
    return [
        Warning(
            "ELASTICSEARCH_URL is set, but this version has no engine for it.",
            hint="The embedded index answers. Leave ELASTICSEARCH_URL out.",
            id="search.W003",
        )
    ]
