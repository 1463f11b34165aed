"""Measure how well search finds, on documents and judged queries from files."""

from __future__ import annotations

import json
import signal
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines.base import Engine, EngineUnavailable
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.tantivy import TantivyEngine
from search.evaluation import (
    LANGUAGES,
    EvaluationError,
    evaluate,
    read_documents,
    read_queries,
    read_vocabulary,
)

_ENDING = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def _tantivy() -> Iterator[Engine]:
    with tempfile.TemporaryDirectory(prefix="search-eval-") as folder:
        yield TantivyEngine(Path(folder))


@contextmanager
def _elasticsearch() -> Iterator[Engine]:
    if not settings.ELASTICSEARCH_URL:
        raise CommandError("Set ELASTICSEARCH_URL to the address of the server to measure.")
    # Never an index that somebody may search in.
    name = f"{settings.ELASTICSEARCH_INDEX}-eval-{uuid.uuid4().hex[:12]}"
    engine = ElasticsearchEngine(settings.ELASTICSEARCH_URL, name)
    # Whoever ends us kindly shall find nothing left on the server: an exit runs what is below.
    before = {number: signal.signal(number, _leave) for number in _ENDING}
    try:
        yield engine
    finally:
        engine.remove()
        for number, handler in before.items():
            signal.signal(number, handler)


def _leave(number: int, frame: object) -> None:
    raise SystemExit(128 + number)


_ENGINES = {"elasticsearch": _elasticsearch, "tantivy": _tantivy}


class Command(BaseCommand):
    """Indexes the documents in an index of its own and asks every query. Needs no database."""

    help = "Measures ranking on judged queries, through the real analysis, queries and engine."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The files and what to measure with."""
        parser.add_argument("--docs", required=True, type=Path, help="documents, one JSON a line")
        parser.add_argument("--queries", required=True, type=Path, help="judged queries, likewise")
        parser.add_argument("--vocabulary", type=Path, help="a table of labels, for expansion")
        parser.add_argument("--engine", choices=sorted(_ENGINES), default="tantivy")
        parser.add_argument("--query-language", choices=LANGUAGES, default="fi")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, index, ask, print."""
        try:
            documents = read_documents(options["docs"])
            queries = read_queries(options["queries"])
            thesaurus = read_vocabulary(options["vocabulary"]) if options["vocabulary"] else None
            with _ENGINES[options["engine"]]() as engine:
                figures = evaluate(
                    engine,
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
