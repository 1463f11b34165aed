"""A section's lines to blocks of rich text: paragraphs, lists, sub-headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .imported import Block
from .inline import to_html
from .lines import Line

ATTACHMENTS_HEADING = "Liitteet"
PICTURE_LABEL = "Kuva"

_BULLET = re.compile(r"[•·▪◦●‣∙]\s*|[-–*](?:\s+|$)")
_TIGHT_BULLET = re.compile(r"[-–](?=[A-ZÅÄÖ])")
_NUMBER = re.compile(r"(\d{1,3})[.)](?:\s+|$)")
_MAX_SUBHEADING = 80
_TEXT_LENGTH = 80


@dataclass(slots=True)
class _Chunk:
    """A paragraph ("p": one item whose lines are its lines) or a list ("ul", "ol")."""

    tag: str
    items: list[list[str]]


@dataclass(frozen=True, slots=True)
class _Marked:
    """A line with what its beginning says: a bullet, a number, or neither."""

    line: Line
    words: str
    bullet: bool = False
    number: int = 0
    listed: bool = False  # a number that can be shown by an ordered list


def build_blocks(lines: Sequence[Line], *, guess_subheadings: bool = True) -> list[Block]:
    """The blocks of a section, in the order of its lines, with none left out.

    A number that an ordered list would not show by itself (its list was interrupted by text or
    bullets, or does not begin at one) stays in the words, because the editor forgets where a list
    starts, and cuts it where another hangs in it.
    """
    return _Builder(_marked(lines), guess_subheadings).build()


def _marked(lines: Sequence[Line]) -> list[_Marked]:
    marked = [_mark(line) for line in lines]
    # A dash alone may begin a quotation or hang on the line before: lists have several.
    for index, entry in enumerate(marked):
        if entry.bullet and entry.line.text[0] == "–" and not _has_neighbour(marked, index):
            marked[index] = _Marked(entry.line, entry.line.text)
    following: _Marked | None = None
    interrupted = False
    for index in range(len(marked) - 1, -1, -1):
        entry = marked[index]
        if entry.number:
            continued = following is not None and following.number == entry.number + 1
            alone = entry.number == 1 and continued and interrupted
            marked[index] = _Marked(entry.line, entry.words, False, entry.number, not alone)
            following, interrupted = entry, False
        elif entry.line.role or entry.bullet or entry.line.after_blank:
            interrupted = True
    return marked


def _has_neighbour(marked: list[_Marked], index: int) -> bool:
    around = marked[max(0, index - 1) : index] + marked[index + 1 : index + 2]
    return any(entry.bullet for entry in around)


def _mark(line: Line) -> _Marked:
    if line.role:
        return _Marked(line, line.text)
    match = _BULLET.match(line.text) or _TIGHT_BULLET.match(line.text)
    if match and not line.text.startswith("**"):
        return _Marked(line, line.text[match.end() :], bullet=True)
    number = _NUMBER.match(line.text)
    if number and int(number[1]):
        return _Marked(line, line.text[number.end() :], number=int(number[1]))
    return _Marked(line, line.text)


class _Builder:
    """Walks the lines once; holds the block and the list that are open."""

    def __init__(self, entries: list[_Marked], guess_subheadings: bool) -> None:
        self.entries = entries
        self.guess = guess_subheadings
        self.blocks: list[Block] = []
        self.heading = ""
        self.chunks: list[_Chunk] = []
        self.last_number = 0
        self.indent = 0
        self.waiting: list[str] | None = None  # an item whose words come on the next line
        self.attachments = False

    def build(self) -> list[Block]:
        for index, entry in enumerate(self.entries):
            self._take(index, entry)
        self._close()
        return self.blocks

    def _take(self, index: int, entry: _Marked) -> None:
        line = entry.line
        if line.role == "attachments":
            self._close(ATTACHMENTS_HEADING)
            self.attachments = True
            return
        if line.role == "heading" or (self.guess and self._is_subheading(index)):
            self._close(line.text)
            return
        if self.attachments and not (entry.bullet or _names_a_file(line.text)):
            self._close()
        if line.role == "picture":
            self.waiting = None
            self.chunks.append(_Chunk("p", [[f"**{PICTURE_LABEL}**"]]))
            return
        listed = entry.bullet or self._fits_list(entry)
        if self.waiting is not None and not listed:
            self.waiting.append(line.text)
            self.waiting = None
            return
        if entry.bullet:
            self._add_bullet(entry)
        elif listed:
            self._add_number(entry)
        elif self.attachments:
            self._add_to_list("ul", [line.text])
        else:
            self._add_text(entry)

    def _close(self, heading: str = "") -> None:
        html = "".join(_chunk_html(chunk) for chunk in self.chunks)
        if html or self.heading:
            self.blocks.append(Block(html, self.heading))
        self.heading = heading
        self.chunks = []
        self.last_number = 0
        self.waiting = None
        self.attachments = False

    def _open_list(self) -> str:
        return self.chunks[-1].tag if self.chunks and self.chunks[-1].tag != "p" else ""

    def _fits_list(self, entry: _Marked) -> bool:
        if not entry.number or not entry.listed:
            return False
        if self._open_list() == "ol":
            # A second list right after would be counted on with the first by the editor.
            return entry.number == self.last_number + 1
        return entry.number == 1

    def _add_to_list(self, tag: str, item: list[str]) -> None:
        if self._open_list() == tag:
            self.chunks[-1].items.append(item)
        else:
            self.chunks.append(_Chunk(tag, [item]))
        self.waiting = None if item else item

    def _add_bullet(self, entry: _Marked) -> None:
        self.indent = entry.line.indent
        self._add_to_list("ul", [entry.words] if entry.words else [])

    def _add_number(self, entry: _Marked) -> None:
        self._add_to_list("ol", [entry.words] if entry.words else [])
        self.last_number = entry.number

    def _add_text(self, entry: _Marked) -> None:
        text, line = entry.line.text, entry.line
        if not line.after_blank and not entry.number and self.chunks:
            last = self.chunks[-1]
            belongs = last.tag in {"p", "ol"} or line.indent > self.indent or text[0].islower()
            if belongs:
                last.items[-1].append(text)
                return
        elif not line.after_blank and self.chunks and self.chunks[-1].tag == "p":
            self.chunks[-1].items[-1].append(text)
            return
        self.chunks.append(_Chunk("p", [[text]]))

    def _is_subheading(self, index: int) -> bool:
        entry = self.entries[index]
        line, text = entry.line, entry.line.text
        if line.role or entry.bullet or entry.number:
            return False
        if self.waiting is not None or self.attachments:
            return False
        following = self.entries[index + 1] if index + 1 < len(self.entries) else None
        if following is None or following.line.role in {"attachments", "picture"}:
            return False
        starts = line.after_blank or index == 0 or self.entries[index - 1].line.role == "heading"
        if _is_capitals(text):
            return starts or ("," not in text and len(text) <= _MAX_SUBHEADING)
        if not starts or not following.line.after_blank or not _is_short_heading(text):
            return False
        next_text = following.line.text
        if following.bullet or following.number:
            # Within a shouted part it introduces its list; the text after belongs to the part.
            return not _is_capitals(self.heading)
        return _is_capitals(next_text) or len(next_text) >= _TEXT_LENGTH


def _is_capitals(text: str) -> bool:
    """Whether the line is shouted, as ENNEN or HYÖTYJÄ ja HUOMIOITA."""
    if not 5 <= len(text) <= 100 or text[-1] in ".,;" or "@" in text or "://" in text:
        return False
    letters = [c for c in text if c.isalpha()]
    first = "".join(c for c in text.split(maxsplit=1)[0] if c.isalpha())
    upper = sum(c.isupper() for c in letters)
    shouted = len(letters) >= 5 and upper * 10 >= len(letters) * 7
    return shouted and len(first) > 1 and first.isupper()


def _is_short_heading(text: str) -> bool:
    if not 4 <= len(text) <= _MAX_SUBHEADING or len(text.split()) > 10:
        return False
    plain = "@" not in text and "://" not in text and "www." not in text and ". " not in text
    return plain and text[0].isupper() and (text[-1].isalnum() or text[-1] in ')"”')


def _names_a_file(text: str) -> bool:
    return len(text) <= 150 and text[-1] not in ".!?:"


def _chunk_html(chunk: _Chunk) -> str:
    if chunk.tag == "p":
        return f"<p>{_lines_html(chunk.items[0])}</p>"
    items = "".join(f"<li>{_lines_html(item)}</li>" for item in chunk.items if item)
    return f"<{chunk.tag}>{items}</{chunk.tag}>" if items else ""


def _lines_html(lines: list[str]) -> str:
    return "<br/>".join(map(to_html, lines))
