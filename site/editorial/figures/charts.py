"""Bars as geometry for SVG: templates draw them. Heights in pixels, lengths across in percent of
the width, so that a chart fits a phone and its texts keep their size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# A lying bar: the line of its label, the bar under it, and the room for a figure right of it.
LINE, LABEL, THICKNESS = 40, 14, 14
LONGEST_PERCENT = 86.0
HEIGHT, GROUND, TOP = 260, 220, 20
# The room for figures left of standing bars.
LEFT_PERCENT = 8.0
# So many rows make a chart; more are in the table alone.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Bar:
    """A lying bar: its label, its value, where it is drawn, and its length in percent."""

    label: str
    value: int
    y: int
    share: float

    @property
    def label_y(self) -> int:
        """The base line of its label, above it."""
        return self.y - 5

    @property
    def value_y(self) -> int:
        """The base line of its figure, at its end."""
        return self.y + THICKNESS - 2


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of lying bars."""

    bars: tuple[Bar, ...]
    height: int
    thickness: int = THICKNESS


def bars(rows: Sequence[tuple[str, int]]) -> Bars:
    """Lying bars, the first rows of them."""
    shown = rows[:SHOWN]
    longest = max((value for _label, value in shown), default=0) or 1
    made = tuple(
        Bar(label, value, index * LINE + LABEL + 5, round(LONGEST_PERCENT * value / longest, 2))
        for index, (label, value) in enumerate(shown)
    )
    return Bars(made, len(made) * LINE)


@dataclass(frozen=True, slots=True)
class Column:
    """A standing bar of a series (0, 1, 2 …)."""

    series: int
    value: int
    x: float
    y: int
    width: float
    height: int


@dataclass(frozen=True, slots=True)
class Group:
    """The columns of one time, and its label in the middle below."""

    label: str
    middle: float
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """A chart of standing bars, with the value of its highest line."""

    groups: tuple[Group, ...]
    highest: int
    height: int = HEIGHT
    ground: int = GROUND
    top: int = TOP
    left: float = LEFT_PERCENT


def columns(rows: Sequence[tuple[str, Sequence[int]]]) -> Columns:
    """Standing bars side by side, a group for each row, in the rows' order."""
    highest = max((value for _label, values in rows for value in values), default=0)
    step = (100 - LEFT_PERCENT) / max(1, len(rows))
    groups = []
    for index, (label, values) in enumerate(rows):
        left = LEFT_PERCENT + index * step
        wide = step * 0.8 / max(1, len(values))
        made = []
        for series, value in enumerate(values):
            height = round((GROUND - TOP) * value / (highest or 1))
            x = round(left + step * 0.1 + series * wide, 2)
            made.append(Column(series, value, x, GROUND - height, round(wide * 0.9, 2), height))
        groups.append(Group(label, round(left + step / 2, 2), tuple(made)))
    return Columns(tuple(groups), highest)
