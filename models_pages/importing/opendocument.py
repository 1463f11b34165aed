"""OpenDocument texts (.odt) to HTML, read by odfdo."""

from __future__ import annotations

import io
from collections.abc import Callable
from html import escape
from typing import Any

from odfdo import Document
from odfdo.security import SecurityError

from .decoding import UnreadableSource
from .packages import open_package
from .pictures import Album, described
from .word import PICTURE

TEXT_TYPES = (
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.text-template",
)
MAX_SPACES = 20
MAX_REPEATED = 20
MAX_ROWS = 1_000
# Parts of the text that are no text of the author's: tracked deletions, remarks, indexes' rules.
_SKIPPED = {
    "text:tracked-changes", "office:annotation", "office:annotation-end", "office:forms",
    "text:sequence-decls", "text:variable-decls", "text:user-field-decls", "text:bookmark",
    "office:scripts", "svg:desc", "svg:title", "draw:object", "draw:object-ole", "draw:plugin",
}  # fmt: skip
_WRAPPED = {
    "text:list-item": ("<li>", "</li>"),
    "text:list-header": ("<li>", "</li>"),
    "text:line-break": ("<br>", ""),
    "text:tab": (" ", ""),
    "text:note-citation": (" [", "] "),
    "text:note-body": (" (", ") "),
}


def to_html(data: bytes, album: Album) -> tuple[str, list[str]]:
    """The text as HTML whose pictures are in the album, and codes of what was left out.

    Macros are not looked at; what the text refers to outside itself is not fetched. Raises
    UnreadableSource.
    """
    package = open_package(data)
    names = set(package.namelist())
    if "META-INF/manifest.xml" in names and b"encryption-data" in package.read(
        "META-INF/manifest.xml"
    ):
        raise UnreadableSource("protected")
    if "content.xml" not in names:
        raise UnreadableSource("damaged_document")
    if "mimetype" in names and package.read("mimetype").decode("latin-1").strip() not in TEXT_TYPES:
        raise UnreadableSource("not_opendocument")
    try:
        document = Document(io.BytesIO(data))
        html = _Writer(document, album).html(document.body)
    except (RecursionError, SecurityError) as error:
        raise UnreadableSource("unsafe") from error
    except UnreadableSource:
        raise
    except (OSError, KeyError, ValueError, AttributeError, TypeError, SyntaxError) as error:
        # lxml's syntax errors too; odfdo trusts a document's structure
        raise UnreadableSource("damaged_document") from error
    left = []
    if any(name.startswith(("Basic/", "Scripts/")) for name in names):
        left.append("macros_left")
    if any(name.startswith("Object ") for name in names):
        left.append("objects_left")
    return html, left


class _Writer:
    """Writes elements as HTML; asks the document how a style looks, once for each."""

    def __init__(self, document: Any, album: Album) -> None:
        self.document = document
        self.album = album
        self.looks: dict[str, tuple[bool, bool]] = {}
        self.writers: dict[str, Callable[[Any], str]] = {
            "text:h": self._heading,
            "text:p": self._paragraph,
            "text:list": self._list,
            "text:span": self._dressed,
            "text:a": self._link,
            "text:s": self._spaces,
            "table:table": self._table,
            "draw:image": self._image,
        }

    def html(self, element: Any) -> str:
        """The element's text and children."""
        pieces = [escape(element.text or "")]
        for child in element.children:
            pieces.append(self._element(child))
            pieces.append(escape(child.tail or ""))
        return "".join(pieces)

    def _element(self, element: Any) -> str:
        tag = element.tag
        if tag in _SKIPPED:
            return ""
        if tag in _WRAPPED:
            before, after = _WRAPPED[tag]
            return f"{before}{self.html(element)}{after}"
        write = self.writers.get(tag, self.html)
        return write(element)

    def _heading(self, element: Any) -> str:
        level = min(6, _number(element, "text:outline-level", 1))
        return f"<h{level}>{self.html(element)}</h{level}>"

    def _list(self, element: Any) -> str:
        kind = "ol" if self._is_numbered(element) else "ul"
        return f"<{kind}>{self.html(element)}</{kind}>"

    def _link(self, element: Any) -> str:
        address = escape(element.get_attribute_string("xlink:href") or "")
        return f'<a href="{address}">{self.html(element)}</a>'

    def _spaces(self, element: Any) -> str:
        return " " * min(MAX_SPACES, _number(element, "text:c", 1))

    def _paragraph(self, element: Any) -> str:
        style = (element.get_attribute_string("text:style-name") or "").casefold()
        if style == "title":
            return f'<h1 class="document-title">{self.html(element)}</h1>'
        return f"<p>{self._dressed(element)}</p>"

    def _dressed(self, element: Any) -> str:
        html = self.html(element)
        name = element.get_attribute_string("text:style-name") or ""
        family = "text" if element.tag == "text:span" else "paragraph"
        bold, italic = self._look(family, name)
        if bold:
            html = f"<b>{html}</b>"
        return f"<i>{html}</i>" if italic else html

    def _look(self, family: str, name: str) -> tuple[bool, bool]:
        key = f"{family}/{name}"
        if key not in self.looks:
            properties: dict[str, Any] = {}
            if name:
                properties = self.document.get_style_properties(family, name, area="text") or {}
            bold = str(properties.get("fo:font-weight", ""))
            italic = str(properties.get("fo:font-style", ""))
            self.looks[key] = (
                bold == "bold" or (bold.isdigit() and int(bold) >= 600),
                italic in {"italic", "oblique"},
            )
        return self.looks[key]

    def _is_numbered(self, element: Any) -> bool:
        name = element.get_attribute_string("text:style-name") or ""
        key = f"list/{name}"
        if key not in self.looks:
            style = self.document.get_style("list", name) if name else None
            first = style.children[0].tag if style is not None and style.children else ""
            self.looks[key] = (first == "text:list-level-style-number", False)
        return self.looks[key][0]

    def _table(self, element: Any) -> str:
        return f"<table>{self._rows(element)}</table>"

    def _rows(self, element: Any) -> str:
        rows = []
        for child in element.children:
            if child.tag == "table:table-row":
                rows.append(f"<tr>{self._cells(child)}</tr>")
            elif child.tag in {"table:table-header-rows", "table:table-rows"}:
                rows.append(self._rows(child))
            if len(rows) > MAX_ROWS:
                raise UnreadableSource("too_long")
        return "".join(rows)

    def _cells(self, row: Any) -> str:
        cells = []
        for child in row.children:
            if child.tag not in {"table:table-cell", "table:covered-table-cell"}:
                continue
            repeated = min(MAX_REPEATED, _number(child, "table:number-columns-repeated", 1))
            cells += [f"<td>{self.html(child)}</td>"] * max(1, repeated)
        return "".join(cells)

    def _image(self, element: Any) -> str:
        path = (element.get_attribute_string("xlink:href") or "").removeprefix("./")
        alt = ""
        if element.parent is not None:
            for child in element.parent.children:
                if child.tag in {"svg:desc", "svg:title"}:
                    alt = alt or (child.text or "")
        data = None
        if path in self.document.get_parts():
            data = self.document.get_part(path)
            number = self.album.add(data if isinstance(data, bytes) else b"")
        else:
            number = self.album.refuse("picture_elsewhere" if ":" in path else "picture_unreadable")
        return f'<img src="{PICTURE}{number}" alt="{escape(described(alt))}">'


def _number(element: Any, name: str, default: int) -> int:
    try:
        return max(1, int(element.get_attribute_string(name) or default))
    except ValueError:
        return default
