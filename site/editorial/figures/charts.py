"""Bars as geometry for SVG: templates draw them. Lengths in user units of the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 720
# A line of bars, and the room for a label left of it and a figure right of it.
LINE, LABELS, FIGURES = 28, 260, 60
HEIGHT, GROUND, TOP = 260, 220, 20
# So many rows make a chart; more are in the table alone.
SHOWN = 20
_LABEL_LENGTH = 38


@dataclass(frozen=True, slots=True)
class Bar:
    """A lying bar: its label (cut where it is long), value, and where it is drawn."""

    label: str
    value: int
    y: int
    width: int

    @property
    def text_y(self) -> int:
        """The base line of its texts."""
        return self.y + 15

    @property
    def end(self) -> int:
        """Where its figure stands."""
        return LABELS + self.width + 8


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of lying bars."""

    bars: tuple[Bar, ...]
    height: int
    width: int = WIDTH
    left: int = LABELS


def bars(rows: Sequence[tuple[str, int]]) -> Bars:
    """Lying bars, the first rows of them."""
    shown = rows[:SHOWN]
    longest = max((value for _label, value in shown), default=0) or 1
    room = WIDTH - LABELS - FIGURES
    made = tuple(
        Bar(_cut(label), value, index * LINE + 4, round(room * value / longest))
        for index, (label, value) in enumerate(shown)
    )
    return Bars(made, len(made) * LINE + 8)


@dataclass(frozen=True, slots=True)
class Column:
    """A standing bar of a series (0, 1, 2 …)."""

    series: int
    value: int
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Group:
    """The columns of one time, and its label in the middle below."""

    label: str
    middle: int
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """A chart of standing bars, with the value of its highest line."""

    groups: tuple[Group, ...]
    highest: int
    width: int = WIDTH
    height: int = HEIGHT
    ground: int = GROUND
    top: int = TOP


def columns(rows: Sequence[tuple[str, Sequence[int]]]) -> Columns:
    """Standing bars side by side, a group for each row, in the rows' order."""
    highest = max((value for _label, values in rows for value in values), default=0)
    step = (WIDTH - 40) / max(1, len(rows))
    groups = []
    for index, (label, values) in enumerate(rows):
        left = 40 + index * step
        wide = max(2, int(step * 0.8 / max(1, len(values))))
        made = []
        for series, value in enumerate(values):
            height = round((GROUND - TOP) * value / (highest or 1))
            x = round(left + step * 0.1 + series * wide)
            made.append(Column(series, value, x, GROUND - height, wide - 1, height))
        groups.append(Group(label, round(left + step / 2), tuple(made)))
    return Columns(tuple(groups), highest)


def _cut(label: str) -> str:
    return label if len(label) <= _LABEL_LENGTH else f"{label[: _LABEL_LENGTH - 1]}…"
