"""Sends the mail that waits in the queue."""

from __future__ import annotations

import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.mail.delivery import deliver, do_rounds, waiting, watch


class Command(BaseCommand):
    """``manage.py send_mail [--watch]``."""

    help = "Sends the mail that is due; --watch goes on until it is stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        """Once, or until stopped."""
        parser.add_argument("--watch", action="store_true", help="Go on until stopped.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Send; ``CommandError`` where the mail server does not answer."""
        if options["watch"]:
            try:
                watch(threading.Event())
            except KeyboardInterrupt:
                return
        do_rounds()
        run = deliver()
        if run.problem:
            raise CommandError(f"{waiting().count()} mails wait: {run.problem}")
        self.stdout.write(
            f"{run.sent} sent, {run.deferred} to be tried again, {run.failed} given up"
        )
