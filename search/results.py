"""What an engine answers: hits in order, counts of facets. Pure: no Django."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Hit:
    """A found document: its page id and its score (higher is better; 0.0 in another order)."""

    id: int
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class EngineResult:
    """An engine's answer to one request.

    ``total`` counts every match, ``hits`` are those of the asked page, ``facets`` maps a facet's
    key to ``{value: count}``, each counted without that facet's own filter.
    """

    total: int
    hits: tuple[Hit, ...] = ()
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
