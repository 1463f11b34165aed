"""Wagtail's command of this name, except that one refused page does not stop the rest."""

from __future__ import annotations

from typing import Any

from wagtail.management.commands.publish_scheduled import Command as WagtailCommand

from editorial.review.scheduling import publish_due


class Command(WagtailCommand):
    """Publish what is due and take down what has expired."""

    help = "Publishes pages that are due and takes down those that have expired."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, or with ``--dryrun`` only list what would be done."""
        if options["dryrun"]:
            super().handle(*args, **options)
            return
        run = publish_due()
        if options["verbosity"] and any((run.published, run.expired, run.refused, run.failed)):
            self.stdout.write(
                f"published {run.published}, taken down {run.expired}, "
                f"refused {run.refused}, failed {run.failed}"
            )
