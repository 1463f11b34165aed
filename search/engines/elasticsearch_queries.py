"""The query tree in Elasticsearch's terms, ranked as Tantivy ranks it. Pure: no Django."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from search import queries
from search.engines.base import FACETS, SearchRequest
from search.engines.elasticsearch_limits import within
from search.engines.elasticsearch_schema import POSITIONS, TYPICAL, TYPICAL_TERMS
from search.queries import LEMMAS, Query

# ``from`` and ``size`` reach this far (index.max_result_window).
WINDOW = 10_000
_MAX_FACET_VALUES = 10_000
_ORDERS = {"title": "title_key", "newest": "newest_key"}

Json = dict[str, Any]


def search_body(request: SearchRequest, most_clauses: int) -> Json:
    """The whole request: hits with their ids as the last sort value, and counts of facets.

    A query of so many words that it has more clauses than ``most_clauses`` ranks more coarsely.
    """
    ranked = request.sort == "relevance" and request.query is not None
    query = within(request.query or queries.Everything(), most_clauses)
    first = min(max(request.offset, 0), WINDOW)
    body: Json = {
        "query": scored(query) if ranked else matching(query),
        "from": first,
        "size": min(max(request.limit, 0), WINDOW - first),
        "sort": _order(request.sort, ranked),
        "track_total_hits": True,
        "_source": False,
        "stored_fields": "_none_",
    }
    if not body["size"]:
        body["from"] = 0
    filters = {key: values for key, values in request.filters.items() if values}
    # A facet's own filter must not touch its counts: it comes after counting.
    own = {key: values for key, values in filters.items() if key in request.facets}
    common = [_any_value(key, values) for key, values in filters.items() if key not in own]
    if common or request.hidden:
        hidden = [{"terms": {"id": sorted(request.hidden)}}] if request.hidden else []
        body["query"] = {"bool": {"must": [body["query"]], "filter": common, "must_not": hidden}}
    if own:
        body["post_filter"] = _all_of(own)
    if request.facets:
        body["aggs"] = _counting(request.facets, own)
    return body


def counted_facets(answer: Json, facets: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """The counts of an answer to ``search_body``, the most frequent value first."""
    found: dict[str, Json] = {}
    for name, result in answer.get("aggregations", {}).items():
        if name in facets:
            found[name] = result
        else:
            found |= {key: value for key, value in result.items() if key in facets}
    counted: dict[str, dict[str, int]] = {}
    for key in facets:
        inner = found.get(key, {})
        buckets = inner.get(key, inner).get("buckets", [])
        buckets.sort(key=lambda bucket: (-bucket["doc_count"], bucket["key"]))
        counted[key] = {bucket["key"]: int(bucket["doc_count"]) for bucket in buckets}
    return counted


def scored(query: Query) -> Json:
    """A query with its scores."""
    match query:
        case queries.Term(field, text, weight):
            return {"term": {field: {"value": text, "boost": weight}}}
        case queries.Best(children, tie_breaker):
            made = [scored(child) for child in children]
            return {"dis_max": {"queries": made, "tie_breaker": tie_breaker}}
        case queries.Constant(child, score):
            return {"constant_score": {"filter": matching(child), "boost": score}}
        case queries.Steps((*firsts, last), score):
            first = tuple(queries.Constant(child, score) for child in firsts)
            ground = queries.Constant(last, 0.0)
            return _combined(queries.Combined((ground,), first), ranked=True)
        case queries.Combined():
            return _combined(query, ranked=True)
        case _:
            return matching(query)


def matching(query: Query) -> Json:
    """A query's documents, without what only adds to scores."""
    match query:
        case queries.Term(field, text):
            return {"term": {field: text}}
        case queries.Phrase():
            return _phrase(query)
        case queries.Best(children):
            return _any_of(children)
        case queries.Constant(child):
            return matching(child)
        case queries.Steps(children):
            return matching(children[-1])
        case queries.Everything():
            return {"match_all": {}}
        case queries.Combined():
            return _combined(query, ranked=False)


def alike(terms: Sequence[tuple[str, float]], language: Json, page_id: int, limit: int) -> Json:
    """The request for the documents that share most of these weighed terms."""
    weighed = [scored(queries.Term(TYPICAL_TERMS, term, weight)) for term, weight in terms]
    return {
        "query": {
            "bool": {
                "must": [{"bool": {"should": weighed}}],
                "filter": [language],
                "must_not": [{"term": {"id": page_id}}],
            }
        },
        "size": min(limit, WINDOW),
        "sort": _order("relevance", ranked=True),
        "_source": [TYPICAL],
    }


def among(query: Query, page_ids: Sequence[int]) -> Json:
    """The request for a query's scores of the documents of some pages."""
    return {
        "query": {"bool": {"must": [scored(query)], "filter": [{"terms": {"id": list(page_ids)}}]}},
        "size": len(page_ids),
        "sort": _order("relevance", ranked=True),
        "_source": False,
        "stored_fields": "_none_",
    }


def with_facet(key: str, value: str) -> Json:
    """Documents that have a value of a facet."""
    return _any_value(key, (value,))


def _combined(query: queries.Combined, *, ranked: bool) -> Json:
    if not query.must and not query.should:
        return {"match_none": {}}
    translate = scored if ranked else matching
    clauses: Json = {}
    if query.must:
        clauses["must" if ranked else "filter"] = [translate(child) for child in query.must]
    if query.should and (ranked or not query.must):
        clauses["should"] = [translate(child) for child in query.should]
    if query.without:
        clauses["must_not"] = [matching(child) for child in query.without]
    if not query.must:
        clauses["minimum_should_match"] = max(1, query.minimum)
    return {"bool": clauses}


def _any_of(children: tuple[Query, ...]) -> Json:
    """Any of them; the terms of one field as one clause: a request may have so many only."""
    by_field: dict[str, list[str]] = {}
    made: list[Json] = []
    for child in children:
        if isinstance(child, queries.Term):
            by_field.setdefault(child.field, []).append(child.text)
        else:
            made.append(matching(child))
    made += [{"terms": {field: texts}} for field, texts in by_field.items()]
    return made[0] if len(made) == 1 else {"bool": {"should": made, "minimum_should_match": 1}}


def _phrase(phrase: queries.Phrase) -> Json:
    """Words one after the other, each by any of its readings, wherever that one is held."""
    field = phrase.field.removesuffix(f"_{LEMMAS}")
    places = [_place(field, terms) for terms in phrase.positions]
    ways = [_in_order(places, phrase.slop)]
    if len(places) == 2:
        # In the embedded engine to change places costs two steps of the slop, and the same word
        # twice is met where it stands once for one step.
        if phrase.slop >= 2:
            ways.append(_in_order(places[::-1], phrase.slop - 2))
        same = tuple(set(phrase.positions[0]).intersection(phrase.positions[1]))
        if phrase.slop >= 1 and same:
            ways.append(_place(field, same))
    return ways[0] if len(ways) == 1 else {"bool": {"should": ways, "minimum_should_match": 1}}


def _in_order(places: list[Json], slop: int) -> Json:
    return {"span_near": {"clauses": places, "slop": slop, "in_order": True}}


def _place(field: str, terms: tuple[str, ...]) -> Json:
    """Any of the readings of one word."""
    main, *others = (f"{field}_{position}" for position in POSITIONS)
    ways: list[Json] = []
    for term in terms:
        ways.append({"span_term": {main: term}})
        ways += [
            {"span_field_masking": {"field": main, "query": {"span_term": {other: term}}}}
            for other in others
        ]
    return {"span_or": {"clauses": ways}}


def _order(sort: str, ranked: bool) -> list[Json]:
    by_id = {"id": "asc"}
    if ranked:
        return [{"_score": "desc"}, by_id]
    return [{_ORDERS[sort]: "asc"}, by_id] if sort in _ORDERS else [by_id]


def _any_value(key: str, values: tuple[str, ...]) -> Json:
    return {"terms": {f"facet_{key}": list(values)}}


def _all_of(filters: dict[str, tuple[str, ...]]) -> Json:
    return {"bool": {"filter": [_any_value(key, values) for key, values in filters.items()]}}


def _counting(facets: tuple[str, ...], own: dict[str, tuple[str, ...]]) -> Json:
    """Each facet's values, counted within the filters of all the others."""
    known = [key for key in facets if key in FACETS]
    terms = {key: {"terms": {"field": f"facet_{key}", "size": _MAX_FACET_VALUES}} for key in known}
    if not own:
        return terms
    counting: Json = {}
    for key in known:
        others = {other: values for other, values in own.items() if other != key}
        if key in own:
            counting[key] = (
                {"filter": _all_of(others), "aggs": {key: terms[key]}} if others else terms[key]
            )
    rest = {key: terms[key] for key in known if key not in own}
    if rest:
        counting["_rest"] = {"filter": _all_of(own), "aggs": rest}
    return counting
