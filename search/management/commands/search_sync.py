"""Apply the changes that wait to be taken into the search index."""

from __future__ import annotations

import logging
import signal
from datetime import UTC, datetime
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.index import changes, hosts, indexes, sync, worker


class Command(BaseCommand):
    """``manage.py search_sync [--watch]``."""

    help = "Applies the changes that wait, also those put off; --watch goes on until it is stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        """The options."""
        parser.add_argument("--watch", action="store_true", help="go on until stopped")

    def handle(self, *args: Any, **options: Any) -> None:
        """Apply once, or watch."""
        if options["verbosity"] > 1:
            # Every page that is taken and settled, for whoever looks for a lost one.
            logging.getLogger("mallisto.search").setLevel(logging.DEBUG)
        if options["watch"]:
            self._watch()
            return
        changes.mark_expired(datetime(1970, 1, 2, tzinfo=UTC))
        lacking = []
        for index in indexes.all_indexes():
            hosts.attend(index.name)
            done = sync.apply_waiting(index, early=True)
            self.stdout.write(f"{index.name}: {done.pages} pages brought up to date")
            if not done.available:
                lacking.append(f"{index.name} does not answer: {done.reason}")
            if done.failed:
                lacking.append(f"{index.name}: {done.failed} pages failed and will be tried again")
        if lacking:
            raise CommandError("; ".join(lacking))

    def _watch(self) -> None:
        stop = Event()

        def end(number: int, frame: Any) -> None:
            stop.set()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, end)
        self.stdout.write("Keeping the search index up to date; Ctrl-C ends.")
        self.stdout.flush()
        worker.watch(stop)
        self.stdout.write("Stopped.")
