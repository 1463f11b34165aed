"""Compare the search index with the pages, and mend it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from wagtail.models import Page

from search.engines.base import EngineUnavailable
from search.index import check, indexes
from search.index.check import Difference

SHOWN = 20


class Command(BaseCommand):
    """``manage.py search_check [--repair]``; exit code 1 where index and pages differ."""

    help = "Compares the search index with the pages; --repair brings it up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        """The options."""
        parser.add_argument("--repair", action="store_true", help="mend what differs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare every index; repair where asked, and compare again."""
        differing = []
        for name in indexes.names():
            try:
                index = indexes.get(name)
                difference = check.compare(index)
                if difference and options["repair"]:
                    self._tell(name, difference)
                    check.repair(index, difference)
                    difference = check.compare(index)
                    self.stdout.write(f"{name}: repaired")
            except EngineUnavailable as error:
                self.stderr.write(f"{name}: the index can't be read: {error}")
                differing.append(name)
                continue
            self._tell(name, difference)
            if difference:
                differing.append(name)
        if differing:
            names = ", ".join(differing)
            raise CommandError(
                f"{names}: not equal to the pages. search_check --repair mends single pages, "
                "search_rebuild makes the index anew."
            )

    def _tell(self, name: str, difference: Difference) -> None:
        if difference.waiting:
            self.stdout.write(f"{name}: {difference.waiting} pages wait for search_sync")
        if not difference:
            self.stdout.write(f"{name}: index and pages are equal")
        self._list(name, "not in the index", difference.missing)
        self._list(name, "out of date in the index", difference.stale)
        self._list(name, "in the index, but not to be found", difference.surplus)
        for page_id, error in list(difference.failed.items())[:SHOWN]:
            self.stdout.write(f"{name}: page {page_id} gives no search document: {error}")

    def _list(self, name: str, what: str, page_ids: Iterable[int]) -> None:
        ids = list(page_ids)
        if not ids:
            return
        titles = dict(Page.objects.filter(pk__in=ids[:SHOWN]).values_list("pk", "title"))
        self.stdout.write(f"{name}: {len(ids)} {what}:")
        for page_id in ids[:SHOWN]:
            self.stdout.write(f"  {page_id} {titles.get(page_id, '(no such page)')}")
        if len(ids) > SHOWN:
            self.stdout.write(f"  … and {len(ids) - SHOWN} more")
