"""Text to lines: whitespace, icon phrases and run-together headings put right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .headings import split_glued

_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_ICON = re.compile(r"icon/([\w-]{1,40})\s{1,5}Created with Sketch\.?")
# Marks that show nothing; left in the words, they would hide a heading from the matcher.
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u2060\u200e\u200f"))


@dataclass(frozen=True, slots=True)
class Line:
    """A line that says something.

    ``indent`` counts the spaces before it, ``after_blank`` tells a line that begins a paragraph,
    ``icon`` names the icon whose phrase stood before it, ``role`` is set by the reader: "heading"
    (a sub-heading for certain), "attachments" or "picture" (the source's labels).
    """

    number: int
    text: str
    indent: int = 0
    after_blank: bool = True
    icon: str = ""
    role: str = ""


def split_lines(text: str) -> list[Line]:
    """The lines of ``text`` that are not blank."""
    lines: list[Line] = []
    blank = True
    for raw in _BREAK.split(text.translate(_INVISIBLE)):
        said = False
        for words, icon in _iconless(raw):
            clean = " ".join(words.split())
            if not clean.strip("* "):
                continue
            indent = len(words) - len(words.lstrip())
            for position, piece in enumerate(split_glued(clean)):
                first = position == 0
                lines.append(Line(len(lines), piece, indent * first, blank, icon if first else ""))
                blank, said = False, True
        if not said:
            blank = True
    return lines


def _iconless(raw: str) -> Iterator[tuple[str, str]]:
    if "icon/" not in raw:
        yield raw, ""
        return
    words, *rest = _ICON.split(raw)
    yield words, ""
    for icon, after in zip(rest[::2], rest[1::2], strict=True):
        yield after, icon
