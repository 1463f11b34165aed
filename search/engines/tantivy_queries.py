"""The neutral query in Tantivy's terms. Pure: no Django."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, product

import tantivy

from search import queries
from search.engines.base import SearchRequest
from search.engines.tantivy_facets import facet_field
from search.engines.tantivy_schema import ID, SCHEMA
from search.queries import Query

_Q = tantivy.Query
MUST, SHOULD, WITHOUT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
# Of a phrase's ways to be met, those whose words the field has: few are left.
_MAX_PHRASES = 64


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

    def count(self, field: str, text: str) -> int:
        """In how many documents a term stands, some of which may be deleted."""
        key = field, text
        found = self._counts.get(key)
        if found is None:
            found = self._counts[key] = self._searcher.doc_freq(field, text)
        return found

    def scored(self, query: Query, limited: Sequence[tantivy.Query] = ()) -> tantivy.Query:
        """The query with its scores, within limits that add nothing to them."""
        self._limited = limited
        return _within(self._made(query, scored=True), limited)

    def matching(self, query: Query, limited: Sequence[tantivy.Query] = ()) -> tantivy.Query:
        """The query's documents within limits: without what only adds to scores."""
        self._limited = limited
        return _within(self._made(query, scored=False), limited)

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
            case queries.Combined():
                return self._combined(query, scored=scored)

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
        ways = [
            _Q.phrase_query(SCHEMA, phrase.field, list(words), phrase.slop)
            for words in islice(product(*positions), _MAX_PHRASES)
        ]
        # Positions are costly to read: only in documents that are within the limits anyway.
        return any_of([_within(way, self._limited) for way in ways])


def _within(query: tantivy.Query, limited: Sequence[tantivy.Query]) -> tantivy.Query:
    if not limited:
        return query
    return _Q.boolean_query([(MUST, query), *((MUST, limit) for limit in limited)])


def has_phrase(query: Query) -> bool:
    """Whether a phrase decides which documents match."""
    match query:
        case queries.Phrase():
            return True
        case queries.Best(children):
            return any(map(has_phrase, children))
        case queries.Constant(child):
            return has_phrase(child)
        case queries.Combined(must, should):
            return any(map(has_phrase, must or should))
    return False
