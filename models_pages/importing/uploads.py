"""A file or a pasted text from a browser to pieces. What kind it is, its content says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from . import opendocument, word
from .arranging import arrange, arrange_text
from .decoding import MAX_BYTES as MAX_TEXT
from .decoding import UnreadableSource, decode
from .imported import Note
from .markup import MAX_CHARACTERS, pieces_of_html
from .packages import is_encrypted_ole, is_ole
from .pictures import Album, Picture
from .pieces import MAX_HEADING, Arranged
from .reader import title_from_name

MAX_UPLOAD = 20 * 1024 * 1024
ENDINGS = (".docx", ".odt", ".html", ".htm", ".txt")
_ENDINGS_BY_KIND = {
    "docx": {".docx"}, "odt": {".odt", ".ott"}, "html": {".html", ".htm"}, "text": {".txt"},
}  # fmt: skip
_HTML = re.compile(r"\s*<(?:!doctype\b|!--|html\b|head\b|body\b|\?xml\b)", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(slots=True)
class Reading:
    """What was read: the arranged pieces and the pictures that they number."""

    arranged: Arranged
    pictures: list[Picture] = field(default_factory=list)


def read_file(name: str, data: bytes, headings: Mapping[str, str]) -> Reading:
    """The pieces of an uploaded file; ``headings`` as in ``arranging.arrange_text``.

    Makes no network request. Raises UnreadableSource, whose ``code`` says why not.
    """
    if not data:
        raise UnreadableSource("empty")
    if len(data) > MAX_UPLOAD:
        raise UnreadableSource("upload_large")
    path = PurePosixPath(name.replace("\\", "/"))
    ending = path.suffix.lower()
    _refuse_others(ending, data)
    kind = _kind(data)
    if ending not in _ENDINGS_BY_KIND[kind]:
        raise UnreadableSource("wrong_ending")
    title = title_from_name(path.stem)[:MAX_HEADING]
    if kind == "text":
        return Reading(_text(decode(data), title, headings))
    album = Album()
    left: list[str] = []
    if kind == "docx":
        html, left = word.to_html(data, album)
    elif kind == "odt":
        html, left = opendocument.to_html(data, album)
    else:
        html = _decoded_html(data)
    return _reading(html, title, album, left, headings)


def read_pasted(text: str, html: str, headings: Mapping[str, str]) -> Reading:
    """The pieces of a pasted text; with ``html``, of the rich text that the browser gave."""
    if html.strip():
        if len(html.encode("utf-8", "surrogatepass")) > MAX_UPLOAD:
            raise UnreadableSource("upload_large")
        return _reading(_clean(html), "", Album(), [], headings)
    data = text.encode("utf-8", "replace")
    if len(data) > MAX_TEXT:
        raise UnreadableSource("text_large")
    if _HTML.match(text):
        return _reading(_clean(text), "", Album(), [], headings)
    return Reading(_text(decode(data), "", headings))


def _text(text: str, title: str, headings: Mapping[str, str]) -> Arranged:
    if len(text) > MAX_CHARACTERS:
        raise UnreadableSource("too_long")
    return arrange_text(text, title, headings)


def _reading(
    html: str, title: str, album: Album, left: list[str], headings: Mapping[str, str]
) -> Reading:
    pieces = pieces_of_html(html, album)
    if not any(piece.text or piece.rows for piece in pieces) and not album.pictures:
        raise UnreadableSource("empty")
    arranged = arrange(pieces, title, headings)
    arranged.notes.extend(Note(code) for code in left)
    for reason in dict.fromkeys(album.refused):
        arranged.notes.append(Note(reason, str(album.refused.count(reason))))
    return Reading(arranged, album.pictures)


def _refuse_others(ending: str, data: bytes) -> None:
    if is_ole(data):
        raise UnreadableSource("protected" if is_encrypted_ole(data) else "old_word")
    if ending in {".docm", ".dotm"}:
        raise UnreadableSource("with_macros")
    if data.startswith(b"%PDF"):
        raise UnreadableSource("pdf")
    if ending not in ENDINGS:
        raise UnreadableSource("unknown_ending")


def _kind(data: bytes) -> str:
    if data.startswith(b"PK"):
        # OpenDocument's first part tells its type, unpacked; the names of Word's parts do.
        is_open = b"opendocument" in data[:200] or (b"content.xml" in data and b"word/" not in data)
        return "odt" if is_open else "docx"
    head = data[:4000].decode(
        "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1", "replace"
    )
    return "html" if _HTML.match(head.lstrip("\ufeffï»¿")) else "text"


def _decoded_html(data: bytes) -> str:
    """A web page's text, in the encoding that it tells."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _clean(data.decode(encoding, "replace"))
    try:
        return _clean(data.decode("utf-8"))
    except UnicodeDecodeError:
        told = _CHARSET.search(data[:4000])
        encoding = told[1].decode("ascii") if told else "cp1252"
    try:
        return _clean(data.decode(encoding, "replace"))
    except LookupError:
        return _clean(data.decode("cp1252", "replace"))


_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")


def _clean(html: str) -> str:
    """Without what no XML may hold, and without the declaration, which lxml takes in bytes only."""
    return _DECLARATION.sub("", _NO_TEXT.sub("", html))
