"""How long calls take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from time import perf_counter
from typing import TypeVar

Asked = TypeVar("Asked")
# Every question is asked so often, but a slow peer is not waited for longer than this.
ROUNDS = 12
PATIENCE_SECONDS = 40.0
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds: the median, and what 95 of 100 calls stay below."""

    p50: float
    p95: float
    calls: int


def measured(call: Callable[[Asked], object], questions: Sequence[Asked]) -> Times:
    """The times of asking every question several times, after once that does not count.

    Whoever is slow is asked some of the questions, and fewer times.
    """
    started = perf_counter()
    for question in questions:
        call(question)
        if perf_counter() - started > PATIENCE_SECONDS:
            break
    taken: list[float] = []
    started = perf_counter()
    for question in [*questions] * ROUNDS:
        if len(taken) >= FEWEST and perf_counter() - started > PATIENCE_SECONDS:
            break
        begin = perf_counter()
        call(question)
        taken.append((perf_counter() - begin) * 1000)
    taken.sort()
    return Times(_at(taken, 0.5), _at(taken, 0.95), len(taken))


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[max(0, ceil(len(ordered) * share) - 1)]
