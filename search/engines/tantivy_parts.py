"""An index in two parts, so that a question is ranked on two cores. Pure: no Django.

A rebuild writes pages by their numbers, so in each of its files the lower half of the numbers
stands before the other half, and a search within one half passes the other over. What was written
later stands in small files of its own, which both parts read.
"""

from __future__ import annotations

from functools import cached_property

import tantivy

from search.engines.tantivy_schema import ID, SCHEMA

_Q = tantivy.Query
# A question to fewer documents takes no longer than to ask a second thread.
WORTH_PARTING = 10_000


class Parts:
    """The parts of one opened index."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher

    def limits(self) -> list[list[tantivy.Query]]:
        """For each part what limits a query to it: every document is in one of them."""
        if self._searcher.num_docs < WORTH_PARTING:
            return [[]]
        return [[_Q.const_score_query(half, 0.0)] for half in self._halves]

    @cached_property
    def _halves(self) -> tuple[tantivy.Query, tantivy.Query]:
        half = self._searcher.num_docs // 2
        found = self._searcher.search(
            _Q.all_query(), limit=1, offset=half, count=False, order_by_field=ID
        )
        middle = self._searcher.fast_field_values(ID, [address for _, address in found.hits])[0]
        number = tantivy.FieldType.Unsigned
        below = _Q.range_query(SCHEMA, ID, number, None, middle, include_upper=False)
        above = _Q.range_query(SCHEMA, ID, number, middle, None)
        return below, above
