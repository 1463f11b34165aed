"""Stock Wagtail search over the same models, with the settings its documentation advises.

It gets the same words (title, description, all sections as one field), and is asked for what a
page of results needs: the first twenty rows and how many there are. Highlights it has none; it
counts facets only of columns with one value, so those are what it counts, where facets are asked.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import perf_counter, process_time

import psycopg
from django.conf import settings
from django.db import OperationalError, connection
from wagtail.search.backends import get_search_backend
from wagtail.search.query import Phrase

from benchmarks._generator import Model
from benchmarks._questions import Question
from benchmarks.peer.models import PeerModel

_CHUNK = 500
_FACETS = ("theme", "region", "target_group", "organisation", "phase", "year")
PER_PAGE = 20
LONGEST_SECONDS = 30.0


def name() -> str:
    """The peer's name in the table."""
    vendor = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]
    return f"stock Wagtail, {vendor}"


def described() -> str:
    """How the peer is set up, in a line."""
    backend = type(get_search_backend())
    given = settings.WAGTAILSEARCH_BACKENDS["default"].items()
    options = ", ".join(f"{key}={value}" for key, value in given if key != "BACKEND")
    return f"{name()}: {backend.__module__}.{backend.__name__} ({options or 'FTS5; no options'})"


def index(models: Iterable[Model]) -> float:
    """Write the peer's rows and index them; gives the seconds of this process that it took.

    What PostgreSQL's own process works besides is not in them.
    """
    backend = get_search_backend()
    writer = backend.get_index_for_model(PeerModel)
    started = process_time()
    chunk: list[PeerModel] = []
    for model in models:
        chunk.append(_row(model))
        if len(chunk) == _CHUNK:
            writer.add_items(PeerModel, PeerModel.objects.bulk_create(chunk))
            chunk = []
    if chunk:
        writer.add_items(PeerModel, PeerModel.objects.bulk_create(chunk))
    taken = process_time() - started
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
        if connection.vendor == "postgresql":
            # For the rest of this connection, which asks the peer only; in no question's time.
            cursor.execute("SET statement_timeout = %s", [round(LONGEST_SECONDS * 1000)])
    return taken


def ask(question: Question) -> int:
    """Ask stock search; gives how many models it found, 1 where it was stopped before it knew.

    On SQLite its time grows with the square of the matches: minutes for a common word. A question
    (on PostgreSQL one of its statements) is stopped after a while, and its time is then the least
    that it can be.
    """
    try:
        with _stopped_after(LONGEST_SECONDS):
            return _answered(question)
    except OperationalError as error:
        if not _was_stopped(error):
            raise
        return 1


def _was_stopped(error: OperationalError) -> bool:
    cause = error.__cause__
    if isinstance(cause, sqlite3.OperationalError):
        return cause.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT
    return isinstance(cause, psycopg.errors.QueryCanceled)


def _answered(question: Question) -> int:
    rows = PeerModel.objects.all()
    for key, values in question.filters.items():
        rows = rows.filter(**{f"{key}__in": values})
    query = Phrase(question.phrase) if question.phrase else question.text
    results = get_search_backend().search(query, rows)
    list(results[:PER_PAGE])
    if question.filters:
        for facet in _FACETS:
            results.facet(facet)
    return int(results.count())


@contextmanager
def _stopped_after(seconds: float) -> Iterator[None]:
    """Give up what SQLite does within after a time; PostgreSQL keeps to one by itself."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    give_up_at = perf_counter() + seconds
    connection.connection.set_progress_handler(lambda: int(perf_counter() > give_up_at), 10_000)
    try:
        yield
    finally:
        connection.connection.set_progress_handler(None, 0)


def _row(model: Model) -> PeerModel:
    return PeerModel(
        title=model.title,
        description=model.description,
        body=model.text(),
        theme=f"teema-{model.themes[0]}",
        region=f"alue-{model.regions[0]}",
        target_group=f"kohderyhma-{model.target_groups[0]}",
        organisation=f"organisaatio-{model.organisations[0]}",
        phase=model.phase,
        year=model.confirmed_on.year,
    )
