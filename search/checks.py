"""System checks of search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError
from wagtail.models import Page

from search import vocabulary_import
from search.analysis import same_but_for_own_words
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
    """A local index that another version of analysis or schema wrote must be made anew."""
    return _outdated(indexes.local_name())


@register(deploy=True)
def search_server_answers(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The search server answers, and its index is of this version.

    Only before a deployment: a server that is down must not hold up the start of anything. The
    worker looks at it too, and says so in the log.
    """
    if not settings.ELASTICSEARCH_URL:
        return []
    try:
        return _outdated(indexes.ELASTICSEARCH)
    except EngineUnavailable as error:
        return [
            Warning(
                f"The search server can't be used: {error}",
                hint="The local index answers meanwhile. Elasticsearch 9 or newer is needed.",
                id="search.W003",
            )
        ]


def _outdated(name: str) -> list[CheckMessage]:
    stored = indexes.get(name).engine.fingerprint()
    # Where only the editors' own words differ, the worker makes the index anew by itself.
    if stored is None or same_but_for_own_words(stored, expected_fingerprint()):
        return []
    return [
        Warning(
            f"The search index {name} was written by another version of the analysis.",
            hint="Run: manage.py search_rebuild (searching goes on meanwhile).",
            id="search.W002",
        )
    ]


@register(Tags.database)
def imported_names_are_current(
    app_configs: Sequence[AppConfig] | None = None,
    databases: Sequence[str] | None = None,
    **kwargs: Any,
) -> list[CheckMessage]:
    """Names that another version analysed; asked where a check of the database is asked for."""
    if not databases:
        return []
    try:
        names = vocabulary_import.outdated()
    except DatabaseError:
        # Not there before the first migration.
        return []
    return [
        Warning(
            f"The names of the vocabulary {name} were analysed by another version: some inflected "
            "words of queries do not meet them.",
            hint="The search worker mends it, or: manage.py import_vocabulary --refresh",
            id="search.W004",
        )
        for name in names
    ]
