"""Deletes imports that nobody has touched for two weeks."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from editorial.models.importing import forget_old_imports


class Command(BaseCommand):
    """``manage.py forget_imports``."""

    help = "Deletes imports, with their pictures, that nobody has touched for two weeks."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say how many."""
        number = forget_old_imports()
        if options["verbosity"]:
            self.stdout.write(f"{number} imports deleted")
