"""The hits of a Tantivy query, in order. Pure: no Django."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import chain

import tantivy

from search.engines.at_once import at_once
from search.engines.base import SearchRequest
from search.engines.nearness import depth, lifted, near_of
from search.engines.tantivy_facets import matches
from search.engines.tantivy_parts import Parts
from search.engines.tantivy_queries import Translation, limits, with_ids
from search.engines.tantivy_schema import ID, NEWEST_KEY, TITLE_KEY
from search.queries import NEAR_WINDOW, Query
from search.results import Hit

_SLACK = 32
# A step that is thought to have so many times the hits wanted is taken to have them.
_MORE = 2


Best = tuple[int, list[Hit]]


def best(searcher: tantivy.Searcher, query: tantivy.Query, wanted: int) -> Best:
    """How many documents match, and as many hits as wanted, by score and then by id."""
    ask = wanted + _SLACK
    while True:
        found = searcher.search(query, limit=ask)
        hits = found.hits
        # Complete once the group of equal scores that the window cuts has been seen whole.
        if len(hits) < ask or hits[-1][0] != hits[max(wanted, 1) - 1][0]:
            break
        ask *= 4
    ids = searcher.fast_field_values(ID, [address for _, address in hits])
    ranked = sorted(
        (-score, int(page_id or 0)) for (score, _), page_id in zip(hits, ids, strict=True)
    )
    return matches(found), [Hit(page_id, -score) for score, page_id in ranked[:wanted]]


def by_relevance(
    searcher: tantivy.Searcher,
    parts: Parts,
    translation: Translation,
    query: Query,
    request: SearchRequest,
) -> tuple[int | None, tuple[Hit, ...]]:
    """How many documents match, where all were ranked, and the hits of the request's window."""
    limited = limits(request)
    near = near_of(query, request)
    wanted = depth(near, request)
    hits: list[Hit] = []
    total = None
    share = translation.share(request.filters)
    step = translation.likely_step(query, _MORE * wanted, share)
    if step is not None:
        among = [translation.scored(query, [*limited, *part], step) for part in parts.limits()]
        _, hits = _ranked(searcher, among, wanted)
    if len(hits) < wanted:
        among = [translation.scored(query, [*limited, *part]) for part in parts.limits()]
        total, hits = _ranked(searcher, among, wanted)
    if near and hits:
        hits = lifted(hits, _bonuses(searcher, translation, near, hits[:NEAR_WINDOW]))
    return total, tuple(hits[request.offset : request.offset + request.limit])


def _ranked(searcher: tantivy.Searcher, queries: Sequence[tantivy.Query], wanted: int) -> Best:
    """The best of all parts of a query."""
    own, *others = (partial(best, searcher, query, wanted) for query in queries)
    first, more = at_once(own, others)
    found = [first, *more]
    hits = sorted(
        chain.from_iterable(hits for _, hits in found), key=lambda hit: (-hit.score, hit.id)
    )
    return sum(total for total, _ in found), hits[:wanted]


def _bonuses(
    searcher: tantivy.Searcher, translation: Translation, near: Query, hits: Sequence[Hit]
) -> list[Hit]:
    among = [with_ids([hit.id for hit in hits])]
    return best(searcher, translation.scored(near, among), len(hits))[1]


def by_key(
    searcher: tantivy.Searcher, query: tantivy.Query, request: SearchRequest
) -> tuple[int, tuple[Hit, ...]]:
    """How many documents match, and the hits of the request's window, in another order."""
    field = {"title": TITLE_KEY, "newest": NEWEST_KEY}.get(request.sort, ID)
    found = searcher.search(
        query,
        limit=max(1, request.limit),
        offset=request.offset,
        order_by_field=field,
        order=tantivy.Order.Asc,
    )
    hits = found.hits[: request.limit]
    ids = searcher.fast_field_values(ID, [address for _, address in hits])
    return matches(found), tuple(Hit(int(page_id or 0)) for page_id in ids)
