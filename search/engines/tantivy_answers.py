"""The hits of a Tantivy query, in order. Pure: no Django."""

from __future__ import annotations

import tantivy

from search.engines.base import SearchRequest
from search.engines.tantivy_schema import ID, NEWEST_KEY, TITLE_KEY
from search.results import Hit

_SLACK = 32


def by_relevance(
    searcher: tantivy.Searcher, query: tantivy.Query, request: SearchRequest
) -> tuple[int, tuple[Hit, ...]]:
    """How many documents match, and the hits of the request's window, by score and then by id."""
    wanted = request.offset + request.limit
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
    window = ranked[request.offset : wanted]
    return matches(found), tuple(Hit(page_id, -score) for score, page_id in window)


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


def matches(found: tantivy.SearchResult) -> int:
    """How many documents match."""
    return int(getattr(found, "count", 0) or 0)
