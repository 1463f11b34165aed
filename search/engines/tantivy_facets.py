"""Facets in the Tantivy index: how their values are held, and counting them. Pure: no Django.

Counting is most of what a question costs. A column with exactly one value for each document is
counted ten times faster than one with several, so a document's values stand one each in a
facet's columns, with a filler where it has fewer; those that find no room stand together in one
column more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import tantivy

from search.engines.base import FACETS
from search.engines.terms import FILLER

_Q = tantivy.Query
_MUST, _WITHOUT = tantivy.Occur.Must, tantivy.Occur.MustNot
# How many columns a facet has: as many as most documents have values (a town and its county).
_COLUMNS = {
    "theme": 3,
    "target_group": 3,
    "region": 4,
    "organisation": 3,
    "funder": 2,
    "collection": 2,
}
_FURTHER = "facets_further"
_SEPARATOR = "\t"
_MAX_VALUES = 10_000

Counts = dict[str, dict[str, int]]


class Counted(NamedTuple):
    """How many documents a query has, and how many of them have each value of each facet."""

    total: int
    facets: Counts


def facet_field(key: str) -> str:
    """The field that holds all of a facet's values, to be asked for."""
    return f"facet_{key}"


def _columns(key: str) -> list[str]:
    return [f"{facet_field(key)}_{number}" for number in range(_COLUMNS.get(key, 1))]


def add_fields(builder: tantivy.SchemaBuilder) -> None:
    """The fields of all facets."""
    for key in FACETS:
        builder.add_text_field(facet_field(key), tokenizer_name="raw", index_option="basic")
        for column in _columns(key):
            builder.add_text_field(column, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(_FURTHER, fast=True, tokenizer_name="raw", index_option="basic")


def add_values(made: tantivy.Document, facets: Iterable[tuple[str, str]]) -> None:
    """A document's values in those fields."""
    values: dict[str, list[str]] = {key: [] for key in FACETS}
    for key, value in facets:
        values[key].append(value)
        made.add_text(facet_field(key), value)
    for key, held in values.items():
        columns = _columns(key)
        for number, column in enumerate(columns):
            made.add_text(column, held[number] if number < len(held) else FILLER)
        for value in held[len(columns) :]:
            made.add_text(_FURTHER, f"{key}{_SEPARATOR}{value}")


class FacetCounts:
    """Counts of the values of one opened index. What all its documents have is counted once."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher
        self._all: Counts = {}

    def everywhere(self, keys: Sequence[str]) -> Counted:
        """How many of all documents have each of the facets' values, most first."""
        missing = [key for key in keys if key not in self._all]
        if missing:
            self._all |= self.of(_Q.all_query(), missing).facets
        return Counted(self._searcher.num_docs, {key: dict(self._all[key]) for key in keys})

    def of(self, query: tantivy.Query, keys: Sequence[str], about: int | None = None) -> Counted:
        """How many of a query's documents have each of the facets' values, most first.

        ``about`` is how many documents the query has, about, where that is known: of a query that
        most documents match, the others are counted.
        """
        if not keys:
            return Counted(matches(self._searcher.search(query, limit=1)), {})
        if about is not None and 2 * about > self._searcher.num_docs:
            among, counts = self.everywhere(keys)
            total, others = self._counted(
                _Q.boolean_query([(_MUST, _Q.all_query()), (_WITHOUT, query)]), keys
            )
            left = {key: _ranked(Counter(counts[key]) - others[key]) for key in keys}
            return Counted(among - total, left)
        total, found = self._counted(query, keys)
        return Counted(total, {key: _ranked(values) for key, values in found.items()})

    def _counted(
        self, query: tantivy.Query, keys: Sequence[str]
    ) -> tuple[int, dict[str, Counter[str]]]:
        columns = {column: key for key in keys for column in _columns(key)}
        asked = {
            column: {"terms": {"field": column, "size": _MAX_VALUES}}
            for column in (*columns, _FURTHER)
        }
        answer = self._searcher.aggregate(query, asked)
        counts: dict[str, Counter[str]] = {key: Counter() for key in keys}
        for column, key in columns.items():
            for bucket in answer[column]["buckets"]:
                counts[key][bucket["key"]] += int(bucket["doc_count"])
        for bucket in answer[_FURTHER]["buckets"]:
            key, _, value = bucket["key"].partition(_SEPARATOR)
            if key in counts:
                counts[key][value] += int(bucket["doc_count"])
        # Every document has one value in each column.
        values = answer[next(iter(columns))]
        total = sum(int(bucket["doc_count"]) for bucket in values["buckets"])
        total += int(values["sum_other_doc_count"])
        for found in counts.values():
            del found[FILLER]
        return total, counts


def matches(found: tantivy.SearchResult) -> int:
    """How many documents match."""
    return int(getattr(found, "count", 0) or 0)


def _ranked(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
