"""A document in pieces: what a person moves from section to section before a draft is made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any

from .imported import Block, ImportedModel, Note

# Places that are no section: text that found none, and what the person leaves out.
UNPLACED = "unplaced"
LEFT_OUT = "left_out"
OWN = "own-"  # and a number: a section with a heading of the document's own

TEXT, HEADING, LIST, TABLE, IMAGE = "text", "heading", "list", "table", "image"
MAX_HEADING = 250

_ELEMENT = re.compile(r"<(p|ul|ol)>.*?</\1>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, heading, list, table or image.

    ``text`` holds its words, ``html`` the rich text of a paragraph or list, ``rows`` a table's
    cells, ``level`` a heading's (1 is the highest, 0 one that is only printed bold), ``picture``
    the number of an image among the document's pictures. ``place`` is a section's key, ``own-N``,
    ``unplaced`` or ``left_out``.
    """

    kind: str
    text: str = ""
    html: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    picture: int = -1
    alt: str = ""
    place: str = UNPLACED

    def as_json(self) -> dict[str, Any]:
        """The piece as it is kept between upload and draft."""
        kept: dict[str, Any] = {"kind": self.kind, "text": self.text, "place": self.place}
        if self.html:
            kept["html"] = self.html
        if self.rows:
            kept["rows"] = [list(row) for row in self.rows]
        if self.kind == HEADING:
            kept["level"] = self.level
        if self.kind == IMAGE:
            kept |= {"picture": self.picture, "alt": self.alt}
        return kept

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Piece:
        """The piece that was kept."""
        rows = tuple(tuple(row) for row in kept.get("rows", ()))
        return cls(**{**kept, "rows": rows})


@dataclass(slots=True)
class Arranged:
    """A document's basic information, its pieces in order, and the headings of its own."""

    model: ImportedModel
    pieces: list[Piece] = field(default_factory=list)
    own_headings: list[str] = field(default_factory=list)

    @property
    def notes(self) -> list[Note]:
        """What the person should know."""
        return self.model.notes


def pieces_of(blocks: Sequence[Block], place: str) -> list[Piece]:
    """The pieces of blocks that the reader of plain texts made."""
    pieces = []
    for block in blocks:
        if block.heading:
            pieces.append(Piece(HEADING, block.heading, level=6, place=place))
        for match in _ELEMENT.finditer(block.html):
            kind = TEXT if match[1] == "p" else LIST
            pieces.append(Piece(kind, words_of(match[0]), match[0], place=place))
    return pieces


def words_of(html: str) -> str:
    """The words of rich text that the importer made, a line a paragraph, item or break."""
    spaced = re.sub(r"</(?:p|li)>|<br/?>", "\n", html)
    text = unescape(re.sub(r"<[^>]*>", "", spaced))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def blocks_of(pieces: Sequence[Piece], picture_ids: dict[int, int]) -> list[Block]:
    """A section's blocks: text after a heading belongs to it; tables and images stand alone.

    ``picture_ids`` gives the portal's image for a picture's number.
    """
    blocks: list[Block] = []
    heading, html = "", ""

    def close() -> None:
        nonlocal heading, html
        if heading or html:
            blocks.append(Block(html, heading))
        heading, html = "", ""

    for piece in pieces:
        if piece.kind == HEADING:
            close()
            heading = piece.text[:MAX_HEADING]
        elif piece.kind == TABLE:
            close()
            blocks.append(Block("", rows=piece.rows))
        elif piece.kind == IMAGE:
            close()
            if piece.picture in picture_ids:
                blocks.append(Block("", image=picture_ids[piece.picture], alt=piece.alt))
        else:
            html += piece.html
    close()
    return blocks


def moved(piece: Piece, place: str) -> Piece:
    """The piece in another place."""
    return replace(piece, place=place)
