"""Bring a published vocabulary in, so that queries are widened by its concepts' other names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.labels import LabelsError
from search.management.progress import Progress
from search.models import ImportedVocabulary
from search.vocabulary_import import Counts, Tell, import_labels, refresh

LONGEST_NAME = 50


class Command(BaseCommand):
    """``manage.py import_vocabulary FILE [--name NAME] [--keep-missing] [--dry-run]``."""

    help = (
        "Brings in a table of labels (text in UTF-8 with the columns uri, fi, sv, en, with tabs "
        "between them). Doing it again changes what has changed in the file, and nothing else."
    )
    # One of the checks says to run this very command.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The file and the options."""
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the table")
        parser.add_argument(
            "--name",
            default="yso",
            help="what the vocabulary is called here: an import takes the place of the earlier one "
            "of the same name (default: yso)",
        )
        parser.add_argument(
            "--keep-missing",
            action="store_true",
            help="keep concepts that the file no longer has; without this they are removed",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="only say what would change; change nothing"
        )
        parser.add_argument(
            "--refresh",
            action="store_true",
            help="without FILE: analyse the stored names again, after an upgrade of the portal",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, or refresh; say in counts what changed."""
        bars = _Bars(self, visible=options["verbosity"] > 0)
        try:
            if options["refresh"]:
                if options["file"] or options["dry_run"]:
                    raise CommandError("--refresh takes no FILE and no other option.")
                self._refresh(bars.tell)
            else:
                self._import(options, bars.tell)
        finally:
            bars.close()

    def _import(self, options: dict[str, Any], tell: Tell) -> None:
        path, name = options["file"], options["name"].strip()
        if path is None:
            raise CommandError("Which file? manage.py import_vocabulary FILE")
        if not 0 < len(name) <= LONGEST_NAME:
            raise CommandError(f"--name takes 1 to {LONGEST_NAME} characters.")
        try:
            counts = import_labels(
                path, name, keep=options["keep_missing"], dry_run=options["dry_run"], tell=tell
            )
        except LabelsError as error:
            raise CommandError(f"Nothing was changed: {error}") from None
        if options["verbosity"]:
            for line in _report(name, counts, dry_run=options["dry_run"]):
                self.stdout.write(line)

    def _refresh(self, tell: Tell) -> None:
        names = list(ImportedVocabulary.objects.values_list("name", flat=True))
        for name in names:
            if refresh(name, tell):
                self.stdout.write(f"{name}: its names were analysed again")
            else:
                self.stdout.write(f"{name}: up to date")
        if not names:
            self.stdout.write("No vocabulary has been imported.")


def _report(name: str, counts: Counts, *, dry_run: bool) -> list[str]:
    if counts:
        did = f"{counts.added} added, {counts.changed} changed, {counts.removed} removed"
        lines = [f"{name}: {did}, {counts.unchanged} unchanged"]
        if counts.rekeyed:
            lines.append(f"{name}: another version of the analysis: every name is analysed again")
    else:
        lines = [f"{name}: nothing has changed ({counts.total} concepts)"]
    if counts.nameless:
        lines.append(f"{name}: {counts.nameless} concepts without a name were left out")
    if dry_run:
        lines.append("A dry run: nothing was written.")
    return lines


class _Bars:
    """A bar for each step in its turn."""

    def __init__(self, command: BaseCommand, *, visible: bool) -> None:
        self._command = command
        self._visible = visible
        self._step = ""
        self._bar: Progress | None = None

    def tell(self, step: str, done: int, total: int) -> None:
        """Show how much of a step is done."""
        if self._bar is None or step != self._step:
            self.close()
            self._step = step
            self._bar = Progress(self._command.stderr, step, total, visible=self._visible)
        self._bar(done)

    def close(self) -> None:
        """End the line of the bar that is shown."""
        if self._bar is not None:
            self._bar.close()
        self._bar = None
