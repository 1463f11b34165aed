"""Measure how well search finds, on documents and judged queries from files."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines.base import Engine, EngineUnavailable
from search.engines.tantivy import TantivyEngine
from search.evaluation import (
    LANGUAGES,
    EvaluationError,
    evaluate,
    read_documents,
    read_queries,
    read_vocabulary,
)

ENGINES = ("tantivy", "elasticsearch")


class Command(BaseCommand):
    """Indexes the documents in an index of its own and asks every query. Needs no database."""

    help = "Measures ranking on judged queries, through the real analysis, queries and engine."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The files and what to measure with."""
        parser.add_argument("--docs", required=True, type=Path, help="documents, one JSON a line")
        parser.add_argument("--queries", required=True, type=Path, help="judged queries, likewise")
        parser.add_argument("--vocabulary", type=Path, help="a table of labels, for expansion")
        parser.add_argument("--engine", choices=ENGINES, default="tantivy")
        parser.add_argument("--query-language", choices=LANGUAGES, default="fi")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, index, ask, print."""
        try:
            documents = read_documents(options["docs"])
            queries = read_queries(options["queries"])
            thesaurus = read_vocabulary(options["vocabulary"]) if options["vocabulary"] else None
            with tempfile.TemporaryDirectory(prefix="search-eval-") as folder:
                figures = evaluate(
                    _engine(options["engine"], Path(folder)),
                    documents,
                    queries,
                    options["query_language"],
                    thesaurus,
                    self._progress(len(documents)),
                )
        except (EvaluationError, EngineUnavailable) as error:
            raise CommandError(str(error)) from None
        if options["json"]:
            self.stdout.write(json.dumps(figures.as_dict()))
        else:
            for name, value in figures.as_dict().items():
                self.stdout.write(f"{name:14} {value:10.4f}")

    def _progress(self, total: int) -> Any:
        if not self.stderr.isatty():
            return None

        def show(done: int) -> None:
            self.stderr.write(f"\rindexing {done}/{total}", ending="\n" if done >= total else "")
            self.stderr.flush()

        return show


def _engine(name: str, folder: Path) -> Engine:
    if name == "elasticsearch":
        raise CommandError("The Elasticsearch engine comes with the next version: use tantivy.")
    return TantivyEngine(folder)
