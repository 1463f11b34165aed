"""manage.py import_models: page texts to drafts."""

from __future__ import annotations

import json
import logging
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from models_pages.importing.decoding import UnreadableSource
from models_pages.importing.drafts import Drafts
from models_pages.importing.reader import read_model
from models_pages.importing.report import Entry, entry_for, failed
from models_pages.importing.sources import Source, find_sources
from models_pages.models import OperatingModelIndexPage

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Reads Innokylä page texts into drafts of operating models; never publishes."""

    help = "Import operating models from page texts as drafts."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to read, whose it becomes, and how it is told."""
        parser.add_argument(
            "paths", nargs="+", metavar="PATH", help="a file, a folder, a pattern, or - for stdin"
        )
        parser.add_argument("--owner", metavar="EMAIL", help="the account that owns new drafts")
        parser.add_argument(
            "--submit", action="store_true", help="submit for review the drafts that lack nothing"
        )
        parser.add_argument("--dry-run", action="store_true", help="read and report, write nothing")
        parser.add_argument("--json", action="store_true", help="report as one JSON array")
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="replace also what an author changed after the last import",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import each source by itself; one that fails is reported and the rest go on."""
        drafts = Drafts(
            self._index(), owner=self._owner(options["owner"]), overwrite=options["overwrite"]
        )
        entries = []
        for source in find_sources(options["paths"]):
            entry = self._import(source, drafts, options)
            entries.append(entry)
            if not options["json"]:
                self.stdout.write(entry.as_text())
        if options["json"]:
            report = [entry.as_json() for entry in entries]
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        errors = sum(bool(entry.error) for entry in entries)
        if errors:
            raise CommandError(
                _("%(errors)d of %(all)d could not be imported.")
                % {"errors": errors, "all": len(entries)}
            )

    def _import(self, source: Source, drafts: Drafts, options: dict[str, Any]) -> Entry:
        try:
            text = source.read()
            model = read_model(text, source.name or _("Untitled model"))
            if options["dry_run"]:
                drafts.look_up(model)
                return entry_for(source.label, model)
            page, written = drafts.write(source, text, model)
            if options["submit"] and written:
                drafts.submit(page, model)
            return entry_for(source.label, model, page.pk)
        except UnreadableSource as error:
            return failed(source.label, error.code)
        except Exception:  # whatever is wrong with one page, the others are imported
            logger.exception("Importing %s failed", source.label)
            return failed(source.label, "failed")

    def _owner(self, email: str | None) -> Any:
        if not email:
            return None
        users = get_user_model()._default_manager
        owner = users.filter(email__iexact=email.strip(), is_active=True).first()
        if owner is None:
            raise CommandError(_("There is no account %(email)s.") % {"email": email})
        return owner

    def _index(self) -> OperatingModelIndexPage:
        index = OperatingModelIndexPage.objects.filter(locale__language_code="fi").first()
        if index is None:
            raise CommandError(_("There is no list of operating models in Finnish."))
        return index
