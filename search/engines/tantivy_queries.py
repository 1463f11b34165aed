"""The neutral query in Tantivy's terms. Pure: no Django."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice, pairwise, product
from math import prod

import tantivy

from search import queries
from search.engines.base import SearchRequest
from search.engines.tantivy_facets import facet_field
from search.engines.tantivy_pairs import pair
from search.engines.tantivy_schema import ID, PAIRS, PAIRS_OF, SCHEMA
from search.queries import LEMMAS, Query

_Q = tantivy.Query
MUST, SHOULD, WITHOUT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
# Of a phrase's ways to be met, those whose words the field has: few are left.
_MAX_PHRASES = 64
# So few documents are read before it is known whether they are within the limits, or whether they
# have words next to each other.
_FEW = 10_000
_VERY_FEW = 50


def with_id(page_id: int) -> tantivy.Query:
    """The document of a page."""
    # Deletion by term takes a number for a signed one, and finds none in this field.
    return _Q.term_query(SCHEMA, ID, page_id)


def holding(field: str, text: str) -> tantivy.Query:
    """The documents that hold a term, unscored."""
    return _Q.term_query(SCHEMA, field, text, "basic")


def weighed(field: str, text: str, weight: float) -> tantivy.Query:
    """The documents that hold a term, by BM25."""
    return _Q.boost_query(_Q.term_query(SCHEMA, field, text, "freq"), weight)


def any_value(key: str, values: tuple[str, ...]) -> tantivy.Query:
    """The documents that have one of a facet's values."""
    terms = any_of([holding(facet_field(key), value) for value in values])
    return _Q.const_score_query(terms, 0.0)


def with_ids(page_ids: Sequence[int]) -> tantivy.Query:
    """The documents of some pages, unscored."""
    # Each looked up by itself: a set of terms is compared with the whole dictionary, which takes
    # eight times as long for a hundred of 100,000.
    return _Q.const_score_query(any_of([with_id(page_id) for page_id in page_ids]), 0.0)


def any_of(children: list[tantivy.Query]) -> tantivy.Query:
    """The documents of any of the children, by the sum of the scores."""
    if not children:
        return _Q.empty_query()
    if len(children) == 1:
        return children[0]
    return _Q.boolean_query([(SHOULD, child) for child in children])


def limits(request: SearchRequest, without: str | None = None) -> list[tantivy.Query]:
    """The request's filters, but for that of the facet ``without``; and what is hidden."""
    made = [
        any_value(key, values)
        for key, values in request.filters.items()
        if values and key != without
    ]
    if request.hidden:
        others = [(WITHOUT, with_id(page_id)) for page_id in sorted(request.hidden)]
        shown = _Q.boolean_query([(MUST, _Q.all_query()), *others])
        made.append(_Q.const_score_query(shown, 0.0))
    return made


class Translation:
    """Translates one query for one searcher: what no document has is left out."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher
        self._counts: dict[tuple[str, str], int] = {}
        self._limited: Sequence[tantivy.Query] = ()
        self._step: int | None = None

    def count(self, field: str, text: str) -> int:
        """In how many documents a term stands, some of which may be deleted."""
        key = field, text
        found = self._counts.get(key)
        if found is None:
            found = self._counts[key] = self._searcher.doc_freq(field, text)
        return found

    def scored(
        self, query: Query, limited: Sequence[tantivy.Query] = (), step: int | None = None
    ) -> tantivy.Query:
        """The query with its scores, within limits that add nothing to them.

        With a ``step`` only the documents of that child of the query's ``Steps``.
        """
        self._limited, self._step = limited, step
        made = self._made(query, scored=True)
        return made if _has_steps(query) else _within(made, limited)

    def matching(self, query: Query, limited: Sequence[tantivy.Query] = ()) -> tantivy.Query:
        """The query's documents within limits: without what only adds to scores."""
        self._limited = limited
        return _within(self._made(query, scored=False), limited)

    def likely_step(self, query: Query, wanted: int, share: float) -> int | None:
        """The first of a query's steps that is likely to have as many documents as wanted.

        ``share`` is how much of all documents the request's filters leave.
        """
        match query:
            case queries.Combined(must=(queries.Steps(children, score),)) if score:
                for step, child in enumerate(children[:-1]):
                    if self._about(child) * share > wanted:
                        return step
        return None

    def share(self, filters: Mapping[str, Sequence[str]]) -> float:
        """About how much of all documents have the filters' values."""
        among = max(1, int(self._searcher.num_docs))
        counts = [
            sum(self.count(facet_field(key), value) for value in values)
            for key, values in filters.items()
            if values
        ]
        return prod(min(1.0, count / among) for count in counts)

    def _about(self, query: Query) -> float:
        """About how many documents a query has, as if none of its words drew others near."""
        among = max(1, int(self._searcher.num_docs))
        match query:
            case queries.Term(field, text):
                return self.count(field, text)
            case queries.Best(children):
                return max(map(self._about, children), default=0)
            case queries.Combined(must) if must:
                return among * prod(self._about(child) / among for child in must)
        return 0

    def at_least(self, query: Query) -> int | None:
        """About how many documents match at least, where words and not only phrases are asked."""
        match query:
            case queries.Everything():
                return int(self._searcher.num_docs)
            case queries.Combined(must) if len(must) == 1 and not has_phrase(must[0]):
                return max(
                    (self.count(one.field, one.text) for one in queries.terms(must[0])), default=0
                )
        return None

    def _made(self, query: Query, *, scored: bool) -> tantivy.Query:
        match query:
            case queries.Term(field, text, weight):
                if not self.count(field, text):
                    return _Q.empty_query()
                return weighed(field, text, weight) if scored else holding(field, text)
            case queries.Phrase():
                return self._phrase(query)
            case queries.Best(children, tie_breaker):
                made = [
                    self._made(child, scored=scored) for child in children if self._may_match(child)
                ]
                if not scored or len(made) < 2:
                    return any_of(made)
                return _Q.disjunction_max_query(made, tie_breaker)
            case queries.Constant(child, score):
                return _Q.const_score_query(self._made(child, scored=False), score)
            case queries.Everything():
                return _Q.all_query()
            case queries.Steps(children, score):
                if not scored:
                    return self._made(children[-1], scored=False)
                last = len(children) - 1 if self._step is None else self._step
                constants = [queries.Constant(child, score) for child in children[:last]]
                ground = _Q.const_score_query(
                    self._ground(children[last]), score * (len(children) - 1 - last)
                )
                more = [(SHOULD, self._made(one, scored=True)) for one in constants]
                return _Q.boolean_query([(MUST, ground), *more])
            case queries.Combined():
                return self._combined(query, scored=scored)

    def _ground(self, query: Query) -> tantivy.Query:
        """The documents that are ranked, within the limits.

        Limits stand beside the words: around the whole, they would look up each of its documents.
        """
        match query:
            case queries.Combined(must, should=(), without=()) if must:
                words = must
            case _:
                words = (query,)
        return _all_of([*(self._made(word, scored=False) for word in words), *self._limited])

    def _combined(self, query: queries.Combined, *, scored: bool) -> tantivy.Query:
        clauses = [(MUST, self._made(child, scored=scored)) for child in query.must]
        if scored or not query.must:
            clauses += [
                (SHOULD, self._made(child, scored=scored))
                for child in query.should
                if self._may_match(child)
            ]
        if not clauses:
            return _Q.empty_query()
        clauses += [(WITHOUT, self._made(one, scored=False)) for one in query.without]
        if query.must:
            return _Q.boolean_query(clauses)
        return _Q.boolean_query(clauses, minimum_number_should_match=query.minimum)

    def _may_match(self, query: Query) -> bool:
        match query:
            case queries.Term(field, text):
                return self.count(field, text) > 0
            case queries.Constant(child):
                return self._may_match(child)
            case queries.Steps(children):
                return self._may_match(children[-1])
            case queries.Best(children):
                return any(map(self._may_match, children))
            case queries.Phrase(field, positions):
                return all(any(self.count(field, one) for one in terms) for terms in positions)
            case queries.Combined():
                return all(map(self._may_match, query.must))
            case queries.Everything():
                return True

    def _phrase(self, phrase: queries.Phrase) -> tantivy.Query:
        positions = [
            [term for term in terms if self.count(phrase.field, term)] for terms in phrase.positions
        ]
        return any_of(
            [self._way(phrase, words) for words in islice(product(*positions), _MAX_PHRASES)]
        )

    def _way(self, phrase: queries.Phrase, words: Sequence[str]) -> tantivy.Query:
        way = _Q.phrase_query(SCHEMA, phrase.field, list(words), phrase.slop)
        fewest = min(self.count(phrase.field, word) for word in words)
        # Positions are costly to read: only in documents that are within the limits anyway, and
        # that have such words next to each other.
        among = list(self._limited) if fewest > _FEW else []
        if phrase.field == f"{PAIRS_OF}_{LEMMAS}" and not phrase.slop and fewest > _VERY_FEW:
            among += [holding(PAIRS, pair(*two)) for two in pairwise(words)]
        return _within(way, among)


def _within(query: tantivy.Query, limited: Sequence[tantivy.Query]) -> tantivy.Query:
    return _all_of([query, *limited])


def _all_of(children: list[tantivy.Query]) -> tantivy.Query:
    if len(children) == 1:
        return children[0]
    return _Q.boolean_query([(MUST, child) for child in children])


def _has_steps(query: Query) -> bool:
    match query:
        case queries.Combined(must):
            return any(isinstance(child, queries.Steps) for child in must)
    return False


def has_phrase(query: Query) -> bool:
    """Whether a phrase decides which documents match."""
    match query:
        case queries.Phrase():
            return True
        case queries.Best(children):
            return any(map(has_phrase, children))
        case queries.Steps(children):
            return has_phrase(children[-1])
        case queries.Constant(child):
            return has_phrase(child)
        case queries.Combined(must, should):
            return any(map(has_phrase, must or should))
    return False
