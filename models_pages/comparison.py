"""What differs between two public models, section by section, as words.

Lines are compared first, then the words of lines that stand in each other's place. Each change is
a text that only one of the two has; where a pair of lines is too long to compare by words in
reasonable time, both are shown whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .blocks import plain_text
from .sections import SECTION_KINDS
from .stream_text import stream_text
from .written import raw_blocks

SAME, FIRST, SECOND = "same", "first", "second"
# Comparing costs the product of both lengths: of so much, lines are compared by words; what is
# longer, or comes when a whole comparison has cost so much, is shown whole.
_LINES = 1500
_PAIR = 400_000
_ALL = 8_000_000
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that both have (``same``), or only the ``first`` or the ``second`` of the two."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ComparedSection:
    """A section of two models: ``lines`` of pieces, and ``state``, how they differ in a word."""

    anchor: str
    heading: str | Promise
    state: str
    lines: list[list[Piece]]

    @property
    def state_label(self) -> str | Promise:
        """The state in words."""
        return STATES[self.state]


class _Cost:
    """What a comparison may still cost."""

    def __init__(self) -> None:
        self.left = _ALL

    def allows(self, cost: int) -> bool:
        """Whether it may cost so much; then it has."""
        allowed = cost <= min(_PAIR, self.left)
        self.left -= cost if allowed else 0
        return allowed


STATES: dict[str, str | Promise] = {
    "same": _("The same in both"),
    "differs": _("Differs"),
    "only_first": _("Only in the first"),
    "only_second": _("Only in the second"),
}


def compare(first: Any, second: Any) -> list[ComparedSection]:
    """Every section that either model has, in the order of the path; the author's own last."""
    rows: list[tuple[str, Any, str, str]] = [
        (
            "short-description",
            _("Short description"),
            plain_text(first.short_description),
            plain_text(second.short_description),
        )
    ]
    rows += [
        (
            kind.anchor,
            kind.heading,
            stream_text(getattr(first, kind.key)),
            stream_text(getattr(second, kind.key)),
        )
        for kind in SECTION_KINDS
    ]
    rows += _further(first, second)
    cost = _Cost()
    return [
        compare_texts(anchor, heading, one, other, cost)
        for anchor, heading, one, other in rows
        if one.strip() or other.strip()
    ]


def _further(first: Any, second: Any) -> list[tuple[str, Any, str, str]]:
    """The authors' own sections: those of one heading are held against each other."""
    mine, theirs = (
        {
            str(item["value"].get("heading") or ""): stream_text(item["value"].get("body") or [])
            for item in raw_blocks(page.further_sections)
        }
        for page in (first, second)
    )
    headings = [*mine, *(heading for heading in theirs if heading not in mine)]
    return [
        (f"further-{number}", heading, mine.get(heading, ""), theirs.get(heading, ""))
        for number, heading in enumerate(headings, start=1)
    ]


def compare_texts(
    anchor: str, heading: Any, first: str, second: str, cost: _Cost | None = None
) -> ComparedSection:
    """One section's texts against each other, line by line."""
    one, other = _lines(first), _lines(second)
    if one == other:
        state = "same"
    elif not one:
        state = "only_second"
    elif not other:
        state = "only_first"
    else:
        state = "differs"
    return ComparedSection(anchor, heading, state, list(_compared(one, other, cost or _Cost())))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _compared(first: list[str], second: list[str], cost: _Cost) -> Iterator[list[Piece]]:
    if max(len(first), len(second)) > _LINES:
        yield from ([Piece(FIRST, line)] for line in first)
        yield from ([Piece(SECOND, line)] for line in second)
        return
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    for change, i1, i2, j1, j2 in matcher.get_opcodes():
        if change == "equal":
            yield from ([Piece(SAME, line)] for line in first[i1:i2])
            continue
        pairs = min(i2 - i1, j2 - j1)
        for one, other in zip(first[i1 : i1 + pairs], second[j1 : j1 + pairs], strict=True):
            yield from _words(one, other, cost)
        yield from ([Piece(FIRST, line)] for line in first[i1 + pairs : i2])
        yield from ([Piece(SECOND, line)] for line in second[j1 + pairs : j2])


def _words(first: str, second: str, cost: _Cost) -> Iterator[list[Piece]]:
    """Two lines in each other's place: by words where they have much in common."""
    one, other = _TOKEN.findall(first), _TOKEN.findall(second)
    apart = [[Piece(FIRST, first)], [Piece(SECOND, second)]]
    if not cost.allows(len(one) * len(other)):
        yield from apart
        return
    matcher = SequenceMatcher(str.isspace, one, other, autojunk=False)
    if matcher.ratio() < 0.5:
        yield from apart
        return
    yield _joined(matcher, one, other)


def _joined(matcher: SequenceMatcher[str], one: Sequence[str], other: Sequence[str]) -> list[Piece]:
    pieces: list[Piece] = []
    for change, i1, i2, j1, j2 in matcher.get_opcodes():
        if change == "equal":
            pieces.append(Piece(SAME, "".join(one[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(Piece(FIRST, "".join(one[i1:i2])))
        if j2 > j1:
            pieces.append(Piece(SECOND, "".join(other[j1:j2])))
    return pieces
