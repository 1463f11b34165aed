"""Looks whether the links of public models to other sites still lead anywhere."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from models_pages.link_checking import check_links


class Command(BaseCommand):
    """``manage.py check_links``."""

    help = "Looks at the links of public models that are due; does nothing unless LINK_CHECKS=1."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say how many."""
        if not settings.LINK_CHECKS:
            self.stdout.write("Links are not looked at: LINK_CHECKS is not set.")
            return
        run = check_links()
        if options["verbosity"]:
            self.stdout.write(
                f"{run.checked} links looked at, {run.failing} do not answer, "
                f"{run.dead} of them for more than a week"
            )
