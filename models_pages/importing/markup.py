"""HTML (a web page's, or what a document was turned into) to pieces."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import islice
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from models_pages.richtext import sanitise

from .decoding import UnreadableSource
from .headings import label_of, section_of
from .packages import MAX_ELEMENTS
from .pictures import Album, described
from .pieces import HEADING, IMAGE, LIST, MAX_HEADING, TABLE, TEXT, Piece, words_of
from .word import PICTURE

MAX_PIECES = 1_500
MAX_CHARACTERS = 600_000
MAX_DEPTH = 200
MAX_COLUMNS = 30
MAX_BOLD_HEADING = 90
NO_HEADING = "–"  # a table's column without one

_GONE = {
    "script", "style", "template", "head", "title", "meta", "link", "iframe", "object", "embed",
    "svg", "math", "noscript", "frame", "frameset", "audio", "video", "canvas", "map", "applet",
    "select", "datalist", "input", "textarea",
}  # fmt: skip
_INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "q", "ruby", "rt", "rp", "s", "samp", "small",
    "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "br",
}  # fmt: skip
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_KEPT = {"b": "b", "strong": "b", "i": "i", "em": "i"}
_DATA = re.compile(r"data:image/[\w.+-]{1,40};base64,", re.IGNORECASE)
_ALL_BOLD = re.compile(r"<p>(?:<(?:b|i)>)+([^<]*)(?:</(?:b|i)>)+[\s:]*</p>")
_STYLED_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_STYLED_ITALIC = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)


def pieces_of_html(text: str, album: Album) -> list[Piece]:
    """The pieces of a page's body, in order; scripts and the like left out, words escaped.

    Pictures come from data in the page, or from the album where a document's reader put them;
    none is fetched. Raises UnreadableSource: ``too_long``, ``unsafe``, ``empty``.
    """
    if not text.strip():
        raise UnreadableSource("empty")
    # Without the limit on one text's size, beyond which lxml drops the rest without a word.
    parser = lxml_html.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = lxml_html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableSource("damaged_document") from error
    if any(True for _element in islice(root.iter(), MAX_ELEMENTS, None)):
        raise UnreadableSource("too_long")
    body = root.find("body")
    walker = _Walker(album)
    walker.walk(root if body is None else body, 0)
    walker.close()
    if sum(len(piece.text) for piece in walker.pieces) > MAX_CHARACTERS:
        raise UnreadableSource("too_long")
    return walker.pieces


class _Walker:
    """Goes through the elements once; ``line`` gathers what is one paragraph."""

    def __init__(self, album: Album) -> None:
        self.album = album
        self.pieces: list[Piece] = []
        self.line: list[str] = []
        self.waiting: list[Piece] = []  # pictures and tables within what is being gathered

    def add(self, piece: Piece) -> None:
        if len(self.pieces) >= MAX_PIECES:
            raise UnreadableSource("too_long")
        self.pieces.append(piece)

    def close(self) -> None:
        """End the paragraph."""
        html = _trimmed("".join(self.line))
        self.line = []
        if words_of(html):
            html = sanitise(f"<p>{html}</p>")
            self.add(_heading_or_text(html))
        waiting, self.waiting = self.waiting, []
        for piece in waiting:
            self.add(piece)

    def walk(self, element: Any, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise UnreadableSource("unsafe")
        self.line.append(_escaped(element.text))
        for child in element:
            self._take(child, depth + 1)
            self.line.append(_escaped(child.tail))

    def _take(self, element: Any, depth: int) -> None:
        tag = element.tag if isinstance(element.tag, str) else "script"
        if tag in _GONE:
            return
        if tag in _INLINE:
            self.line.append(self._inline(element, depth))
            return
        self.close()
        if tag in _HEADINGS:
            self._take_heading(element, tag, depth)
        elif tag in {"ul", "ol"}:
            self._take_list(element, depth)
        elif tag == "table":
            self._take_table(element, depth)
        else:
            self.walk(element, depth)
        self.close()

    def _take_heading(self, element: Any, tag: str, depth: int) -> None:
        text = words_of(self._inline_content(element, depth)).replace("\n", " ")
        if not text:
            return
        if len(text) > MAX_HEADING:
            self.add(Piece(TEXT, text, f"<p><b>{escape(text, quote=False)}</b></p>"))
            return
        is_title = "document-title" in (element.get("class") or "")
        self.add(Piece(HEADING, text, level=1 if is_title else int(tag[1])))

    def _take_list(self, element: Any, depth: int) -> None:
        html = sanitise(self._list(element, depth))
        if words := words_of(html):
            self.add(Piece(LIST, words, html))

    def _list(self, element: Any, depth: int) -> str:
        if depth > MAX_DEPTH:
            raise UnreadableSource("unsafe")
        items = []
        for child in element:
            if child.tag == "li":
                items.append(f"<li>{self._inline_content(child, depth + 1)}</li>")
            elif child.tag in {"ul", "ol"} and items:  # as Word's web pages nest them
                items[-1] = f"{items[-1][:-5]}{self._list(child, depth + 1)}</li>"
            elif isinstance(child.tag, str) and child.tag not in _GONE:
                items.append(f"<li>{self._inline(child, depth + 1)}</li>")
        # An item that holds nothing but a picture, or a list of its own, shows no words.
        items = [item for item in items if words_of(item)]
        return f"<{element.tag}>{''.join(items)}</{element.tag}>" if items else ""

    def _inline_content(self, element: Any, depth: int) -> str:
        if depth > MAX_DEPTH:
            raise UnreadableSource("unsafe")
        parts = [_escaped(element.text)]
        for child in element:
            parts.append(self._inline(child, depth + 1))
            parts.append(_escaped(child.tail))
        return _trimmed("".join(parts))

    def _inline(self, element: Any, depth: int) -> str:
        """An element within a paragraph or an item, as rich text."""
        tag = element.tag if isinstance(element.tag, str) else "script"
        if tag in _GONE:
            return ""
        if tag == "br":
            return "<br/>"
        if tag == "img":
            self._take_image(element)
            return ""
        if tag in {"ul", "ol"}:
            return self._list(element, depth + 1)
        if tag == "table":
            rows = self._rows(element, depth)
            if rows:
                self.waiting.append(_table(rows))
            return ""
        spaced = _spaced(element, depth, self)
        if tag == "a":
            return f'<a href="{escape(element.get("href") or "")}">{spaced}</a>'
        style = element.get("style") or ""
        kept = _KEPT.get(tag, "")
        if not kept and _STYLED_BOLD.search(style):
            kept = "b"
        elif not kept and _STYLED_ITALIC.search(style):
            kept = "i"
        if kept and words_of(spaced):
            return f"<{kept}>{spaced}</{kept}>"
        # A paragraph within an item ends with a break.
        return spaced if tag in _INLINE else f"{spaced}<br/>"

    def _take_image(self, element: Any) -> None:
        source = (element.get("src") or "").strip()
        number = -1
        if source.startswith(PICTURE):
            value = source.removeprefix(PICTURE)
            number = int(value) if value.isascii() and value.isdigit() else -1
            if number >= len(self.album.pictures):
                number = -1
        elif match := _DATA.match(source):
            try:
                data = base64.b64decode(source[match.end() :], validate=False)
                number = self.album.add(data)
            except (binascii.Error, ValueError):
                self.album.refuse("picture_unreadable")
        else:
            self.album.refuse("picture_elsewhere" if source else "picture_unreadable")
        if number >= 0:
            alt = described(element.get("alt"))
            self.waiting.append(Piece(IMAGE, alt, picture=number, alt=alt))

    def _take_table(self, element: Any, depth: int) -> None:
        """A table; one that only lays out (a box, a form of labels) is taken apart."""
        rows = list(_row_elements(element))
        cells = [list(_cell_elements(row)) for row in rows]
        width = max((len(row) for row in cells), default=0)
        if width == 1 or _is_form(cells):
            for cell in (cell for row in cells for cell in row):
                self.close()
                self.walk(cell, depth + 1)
            self.close()
            return
        filled = self._rows(element, depth)
        if filled:
            self.add(_table(filled))

    def _rows(self, element: Any, depth: int) -> list[list[str]]:
        rows: list[list[str]] = []
        for row in _row_elements(element):
            cells: list[str] = []
            for cell in _cell_elements(row):
                cells.append(words_of(_with_addresses(self._inline_content(cell, depth + 1))))
                cells += [""] * (min(_span(cell), MAX_COLUMNS) - 1)
            rows.append(cells)
        rows = [row for row in rows if any(row)]
        width = max((len(row) for row in rows), default=0)
        # Word pads rows with cells that are empty in every row.
        while width and not any(len(row) >= width and row[width - 1] for row in rows):
            width -= 1
        if width > MAX_COLUMNS:
            raise UnreadableSource("too_long")
        return [[*row, *[""] * width][:width] for row in rows]


def _spaced(element: Any, depth: int, walker: _Walker) -> str:
    """An inline element's content with the spaces at its ends kept: they part words."""
    if depth > MAX_DEPTH:
        raise UnreadableSource("unsafe")
    parts = [_escaped(element.text)]
    for child in element:
        parts.append(walker._inline(child, depth + 1))  # noqa: SLF001
        parts.append(_escaped(child.tail))
    return "".join(parts)


def _table(rows: list[list[str]]) -> Piece:
    head = [cell or NO_HEADING for cell in rows[0]]
    kept = (tuple(head), *(tuple(row) for row in rows[1:]))
    return Piece(TABLE, "\n".join(" ".join(filter(None, row)) for row in rows), rows=kept)


def _row_elements(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from (row for row in child if row.tag == "tr")


def _cell_elements(row: Any) -> Iterable[Any]:
    return (cell for cell in row if cell.tag in {"td", "th"})


def _span(cell: Any) -> int:
    value = cell.get("colspan") or "1"
    return int(value) if value.isascii() and value.isdigit() and len(value) < 4 else 1


def _is_form(cells: list[list[Any]]) -> bool:
    """Whether a table of two columns has our labels or headings in its first."""
    if not cells or any(len(row) > 2 for row in cells):
        return False
    known = 0
    for row in cells:
        text = " ".join((row[0].text_content() if row else "")[:200].split())
        known += bool(label_of(text) or section_of(text))
    return known * 2 >= len(cells)


def _with_addresses(html: str) -> str:
    """A cell's rich text whose links tell their address: a cell holds plain text only."""
    return re.sub(
        r'<a href="(https?://[^"]*|mailto:[^"]*)">(.*?)</a>',
        lambda found: (
            found[2]
            if words_of(found[2]) in found[1].removeprefix("mailto:")
            else f"{found[2]} ({found[1]})"
        ),
        html,
        flags=re.DOTALL,
    )


def _escaped(text: str | None) -> str:
    return re.sub(r"\s+", " ", escape(text or "", quote=False))


def _trimmed(html: str) -> str:
    """Rich text without breaks and spaces at its ends."""
    html = re.sub(r"^(?:\s|<br/>)+|(?:\s|<br/>)+$", "", html)
    return re.sub(r"\s*<br/>\s*", "<br/>", html)


def _heading_or_text(html: str) -> Piece:
    """A paragraph; one that is short and all bold is a heading that nobody styled as one."""
    text = words_of(html)
    is_line = "\n" not in text and len(text) <= MAX_BOLD_HEADING and text[-1:] not in ".,;"
    if is_line and _ALL_BOLD.fullmatch(html):
        return Piece(HEADING, text.rstrip(": "), level=0)
    return Piece(TEXT, text, html)
