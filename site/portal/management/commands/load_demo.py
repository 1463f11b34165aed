"""Loads the demo content into an empty portal."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.demo import loader


class Command(BaseCommand):
    """``manage.py load_demo``."""

    help = "Loads the demo content and its accounts, where there is no content yet."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, a line a page; refuses outside the development settings."""
        if not settings.DEMO_CONTENT:
            raise CommandError("Demo content belongs to the development settings only.")
        if not loader.is_empty():
            raise CommandError("There is content already; the demo content is for an empty portal.")
        loader.load(lambda title: self.stdout.write(f"  {title}"))
