"""What a query is made of: a tree that every engine translates and ranks the same way.

Scores come only from ``Term`` (BM25) and constants, which engines agree on. Pure: no Django.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

# What a match in a word's other ways is worth beside the best one.
TIE_BREAKER = 0.3


@dataclass(frozen=True, slots=True)
class Term:
    """Documents whose ``field`` holds the term, by BM25 times ``weight``."""

    field: str
    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Documents whose ``field`` holds one of the terms of each position, in order.

    Up to ``slop`` other words may stand between them. It has no score of its own: it stands in a
    ``Constant`` or among what a document must be ``without``.
    """

    field: str
    positions: tuple[tuple[str, ...], ...]
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Best:
    """The best score among the children, plus ``tie_breaker`` times the others'."""

    children: tuple[Query, ...]
    tie_breaker: float = TIE_BREAKER


@dataclass(frozen=True, slots=True)
class Constant:
    """The child's documents, all with the same score."""

    child: Query
    score: float


@dataclass(frozen=True, slots=True)
class Steps:
    """The last child's documents, with ``score`` for each child before it that has them too.

    A child's documents are all among the next child's, and no sum of other scores reaches
    ``score``. So whoever finds enough documents of one child need not rank the others.
    """

    children: tuple[Query, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Combined:
    """Documents that match all of ``must`` and none of ``without``, by the sum of the scores.

    Where there is no ``must``, at least ``minimum`` of ``should`` have to match; beside a
    ``must``, what ``should`` holds only adds to the score. What ``near`` holds, of a whole query
    only, adds to the scores of the best ``NEAR_WINDOW`` documents without it, if sorted by them.
    """

    must: tuple[Query, ...] = ()
    should: tuple[Query, ...] = ()
    without: tuple[Query, ...] = ()
    minimum: int = 1
    near: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True)
class Everything:
    """Every document, all with the same score."""


Query = Term | Phrase | Best | Constant | Steps | Combined | Everything


def terms(query: Query) -> Iterator[Term]:
    """Every term that a query looks for; what it excludes is left out."""
    match query:
        case Term():
            yield query
        case Best(children) | Steps(children):
            for child in children:
                yield from terms(child)
        case Constant(child):
            yield from terms(child)
        case Combined(must, should):
            for child in (*must, *should):
                yield from terms(child)
