"""The rows of the benchmark's table, and the aims that its figures are held against."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Row = dict[str, str | int | float]
# What the portal is to reach: see docs/reference/benchmarks.md.
ENGINE_P95_MS = 15
PAGE_P95_MS = 60
PAGE_QUERIES = 8
TIMES_FASTER = {"stock Wagtail, SQLite": 50, "stock Wagtail, PostgreSQL": 10}
DOCUMENTS_PER_CORE_SECOND = 400
# Between a quarter and the end of a rebuild.
MEMORY_GROWTH = 1.25
_COLUMNS = (
    "measured", "through", "models", "value", "p95", "unit", "sql", "to_engine", "to_page", "aim",
    "reached",
)  # fmt: skip


def row(measured: str, through: str, models: int, value: Any, unit: str, **more: Any) -> Row:
    """One figure. ``value`` is the median where ``p95`` is given."""
    given = {
        "measured": measured,
        "through": through,
        "models": models,
        "value": _rounded(value),
        "unit": unit,
        **{key: _rounded(one) for key, one in more.items()},
    }
    return {column: given.get(column, "") for column in _COLUMNS}


def aim(text: str, *, reached: bool) -> dict[str, str]:
    """The columns that say what was aimed at."""
    return {"aim": text, "reached": "yes" if reached else "NO"}


Emit = Callable[[Row], None]


def _rounded(value: Any) -> Any:
    if not isinstance(value, float):
        return value
    return round(value, 2 if value < 10 else 1 if value < 100 else 0)
