"""What near words add to the scores of the best hits, alike on every engine. Pure: no Django."""

from __future__ import annotations

from collections.abc import Sequence

from search.engines.base import SearchRequest
from search.queries import NEAR_WINDOW, Combined, Query
from search.results import Hit


def near_of(query: Query | None, request: SearchRequest) -> Query | None:
    """What near words of a query add, where it is asked: further on nothing changes places."""
    if not isinstance(query, Combined) or not query.near or request.sort != "relevance":
        return None
    if request.offset >= NEAR_WINDOW or not request.limit:
        return None
    return Combined(should=query.near)


def depth(near: Query | None, request: SearchRequest) -> int:
    """How many of the best hits have to be known for a request's window."""
    wanted = request.offset + request.limit
    return wanted if near is None else max(wanted, NEAR_WINDOW)


def lifted(hits: Sequence[Hit], bonuses: Sequence[Hit]) -> list[Hit]:
    """The best hits in their new order, and the others as they were."""
    more = {bonus.id: bonus.score for bonus in bonuses}
    first = [Hit(hit.id, hit.score + more.get(hit.id, 0.0)) for hit in hits[:NEAR_WINDOW]]
    return [*sorted(first, key=lambda hit: (-hit.score, hit.id)), *hits[NEAR_WINDOW:]]
