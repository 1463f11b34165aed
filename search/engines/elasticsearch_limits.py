"""Keeping a query of very many words within what the server takes. Pure: no Django."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from search import queries
from search.engines.elasticsearch_schema import POSITIONS
from search.queries import Query

# A server with 512 MB for four processors takes 4,681, and none takes fewer than 1,024.
MOST_CLAUSES = 4_000
FEW_CLAUSES = 1_000
_LONGEST_PHRASE = 12


def within(query: Query, most: int) -> Query:
    """The query, or one with about ``most`` clauses that is as near to it as can be.

    First the words' other names and the ends of long phrases go, then what words add (documents
    with all words still come before those with some). A person's question of ten words is whole.
    What near words add is asked apart.
    """
    leaner = query
    for less in (_only_words, _only_steps):
        if clauses(leaner) <= most:
            break
        leaner = less(leaner)
    return leaner


def clauses(query: Query, *, ranked: bool = True) -> int:
    """How many clauses the server counts in a query."""
    match query:
        case queries.Phrase(_, positions, slop):
            orders = 2 if len(positions) == 2 and slop > 1 else 1
            return sum(map(len, positions)) * len(POSITIONS) * orders
        case queries.Best(children) if not ranked:
            # The terms of one field are one clause then.
            fields = {child.field for child in children if isinstance(child, queries.Term)}
            others = [child for child in children if not isinstance(child, queries.Term)]
            return len(fields) + _sum(others, ranked=False)
        case queries.Best(children):
            return _sum(children, ranked=True)
        case queries.Steps(children):
            return _sum(children if ranked else children[-1:], ranked=False)
        case queries.Constant(child):
            return clauses(child, ranked=False)
        case queries.Combined(must, should, without):
            counted = chain(must, should if ranked or not must else ())
            return _sum(list(counted), ranked=ranked) + _sum(without, ranked=False)
    return 1


def _sum(children: Sequence[Query], *, ranked: bool) -> int:
    return sum(clauses(child, ranked=ranked) for child in children)


def _only_steps(query: Query) -> Query:
    if not isinstance(query, queries.Combined) or not query.must:
        return query
    kept = tuple(one for one in query.should if isinstance(one, queries.Constant))
    return replace(query, should=kept)


def _only_words(query: Query) -> Query:
    match query:
        case queries.Phrase(_, positions):
            return replace(query, positions=positions[:_LONGEST_PHRASE])
        case queries.Constant(child):
            return replace(query, child=_only_words(child))
        case queries.Steps(children):
            return replace(query, children=tuple(map(_only_words, children)))
        case queries.Best(children):
            own = tuple(one for one in children if not isinstance(one, queries.Combined))
            return replace(query, children=tuple(map(_only_words, own or children)))
        case queries.Combined(must, should, without):
            return replace(
                query,
                must=tuple(map(_only_words, must)),
                should=tuple(map(_only_words, should)),
                without=tuple(map(_only_words, without)),
            )
    return query
