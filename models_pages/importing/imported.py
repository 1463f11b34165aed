"""What the reader makes of a page text, before any of it touches the database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a section: a paragraph, or with a heading a sub-section. ``html`` is rich text.

    With ``rows`` it is a table (the first row its headings), with ``image`` (the portal's number
    of one) a picture.
    """

    html: str
    heading: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    image: int = 0
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that the person who imports should know: a code, worded in ``report``.

    ``kind`` names the section that it is about (or "further_sections"), ``text`` the words.
    """

    code: str
    text: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Author:
    """A person named on the page."""

    name: str
    contact: str = ""


@dataclass(slots=True)
class ImportedModel:
    """A page text in its parts; ``sections`` are in the order of the page."""

    title: str = ""
    short_description: str = ""
    place: str = ""
    regions: list[str] = field(default_factory=list)
    funders: list[str] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)
    collections: list[str] = field(default_factory=list)
    networks: list[str] = field(default_factory=list)
    authors: list[Author] = field(default_factory=list)
    created_on: dt.date | None = None
    edited_on: dt.date | None = None
    phase: str = ""
    cover_caption: str = ""
    source_url: str = ""
    sections: dict[str, list[Block]] = field(default_factory=dict)
    further_sections: list[tuple[str, list[Block]]] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    unplaced_blocks: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def filled(self) -> list[str]:
        """The kinds of the sections that hold something, in the order of the page."""
        kinds = [kind for kind, blocks in self.sections.items() if blocks]
        return [*kinds, "further_sections"] if self.further_sections else kinds
