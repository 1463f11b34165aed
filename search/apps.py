"""App configuration of search."""

from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import pgettext_lazy


class SearchConfig(AppConfig):
    """Finding pages: the index, what keeps it in step, and the search pages."""

    name = "search"
    label = "search"
    verbose_name = pgettext_lazy("noun", "Search")

    def ready(self) -> None:
        """Connect what notices changes of pages, and the system checks."""
        from search import analysis, checks, editors_words, pins  # noqa: F401
        from search.index import signals

        analysis.configure(cache_dir=Path(settings.DATA_DIR) / "analysis")
        signals.connect()
        editors_words.connect()
        pins.connect()
