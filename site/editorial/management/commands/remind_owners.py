"""Asks the owners of models whether these still hold."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from editorial.keeping.confirming import remind


class Command(BaseCommand):
    """``manage.py remind_owners``."""

    help = "Asks the owners of models that are due, or soon will be, to confirm them."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say how many."""
        run = remind()
        if options["verbosity"]:
            self.stdout.write(
                f"{run.models} due or soon due, {run.without_people} of them without people, "
                f"{run.failed} failed"
            )
