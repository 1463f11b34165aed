"""Make the search index anew; the old one answers until the new one takes its place."""

from __future__ import annotations

import logging
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from search.engines.base import EngineUnavailable
from search.index import indexes, pages
from search.index.rebuild import RebuildLost, RebuildRunning, rebuild

WIDTH = 30


class Command(BaseCommand):
    """``manage.py search_rebuild [--index NAME] [--force]``."""

    help = "Makes the search index anew. Searching goes on with the old one until the swap."
    # One of the checks says to run this very command.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The options."""
        parser.add_argument("--index", choices=indexes.names(), help="only this index")
        parser.add_argument(
            "--force", action="store_true", help="take over from another host's rebuild"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild every index, or the one asked for."""
        if options["verbosity"] > 1:
            logging.getLogger("mallisto.search").setLevel(logging.DEBUG)
        names = [options["index"]] if options["index"] else indexes.names()
        for name in names:
            started = monotonic()
            bar = _Progress(self, name, pages.total(), visible=options["verbosity"] > 0)
            try:
                count = rebuild(indexes.get(name), bar, force=options["force"])
            except RebuildRunning:
                raise CommandError(
                    f"A rebuild of {name} is under way. If it was killed on another host, run "
                    "again with --force, or in two minutes."
                ) from None
            except (EngineUnavailable, RebuildLost, OSError, DatabaseError) as error:
                raise CommandError(
                    f"The index {name} was not rebuilt, the old one is untouched: {error}"
                ) from error
            finally:
                bar.close()
            if options["verbosity"]:
                seconds = monotonic() - started
                self.stdout.write(f"{name}: {count} documents in {seconds:.1f} s")


class _Progress:
    """A bar on standard error where that is a terminal, else silence."""

    def __init__(self, command: BaseCommand, name: str, total: int, *, visible: bool) -> None:
        self._out = command.stderr
        self._name = name
        self._total = total
        self._shown = False
        self._visible = visible and command.stderr.isatty()

    def __call__(self, done: int) -> None:
        if not self._visible:
            return
        share = min(done / self._total, 1.0) if self._total else 1.0
        bar = "#" * round(WIDTH * share)
        self._out.write(f"\r{self._name} [{bar:<{WIDTH}}] {done}/{self._total}", ending="")
        self._out.flush()
        self._shown = True

    def close(self) -> None:
        """End the bar's line."""
        if self._shown:
            self._out.write("")
