"""Removes requests for an account and invitations that are not needed any longer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from accounts.joining.requests import forget_old


class Command(BaseCommand):
    """``manage.py forget_requests``."""

    help = "Removes old requests for an account and old invitations; the scheduler does it daily."

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove, and say how many."""
        self.stdout.write(f"{forget_old()} removed")
