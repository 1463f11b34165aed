"""Bytes to text, or a clear reason why they are not a page's text."""

from __future__ import annotations

import codecs
import re

MAX_BYTES = 2_000_000

# Bytes that no encoding accounts for are taken as a western one only where what comes out looks
# like text in our languages: nearly all of it ASCII, these letters, or usual punctuation.
_EXPECTED = set("äöåÄÖÅéÉèüÜæøÆØšžŠŽáíóúñç§°€£½¼²³·•–—−…’‘‚“”„»«´©®™±×µ\u00a0\u00ad\ufeff")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_HTML = re.compile(r"\s*<(?:!doctype|html|\?xml)\b", re.IGNORECASE)


class UnreadableSource(ValueError):
    """The source is no page text; ``code`` says why and is worded in ``report``."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def decode(data: bytes) -> str:
    """The text of ``data``: UTF-8, UTF-16 with its mark, or a western eight-bit encoding.

    Raises UnreadableSource where it is empty, too large, binary, damaged or markup.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableSource("too_large")
    if data.startswith((b"%PDF", b"PK\x03\x04", b"{\\rtf")):
        raise UnreadableSource("binary")
    text = _decoded(data)
    if not text.replace("\ufeff", "").replace("\u200b", "").strip():
        raise UnreadableSource("empty")
    controls = len(_CONTROL.findall(text))
    if "\x00" in text or controls > max(2, len(text) // 200):
        raise UnreadableSource("binary")
    if not any(character.isalpha() for character in text):
        raise UnreadableSource("no_words")
    if _HTML.match(text):
        raise UnreadableSource("markup")
    return _CONTROL.sub("", text)


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return _plausible(data.decode("utf-16"))
        except UnicodeDecodeError as error:
            raise UnreadableSource("binary") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    lenient = data.decode("utf-8", "surrogateescape")
    if any(ord(c) > 127 and not 0xDC80 <= ord(c) <= 0xDCFF for c in lenient):
        # Some of it is UTF-8 and some is not: a file cut or damaged, not one in another encoding.
        raise UnreadableSource("damaged")
    try:
        return _plausible(data.decode("cp1252"))
    except UnicodeDecodeError as error:
        raise UnreadableSource("binary") from error


def _plausible(text: str) -> str:
    foreign = [character for character in text if ord(character) > 127]
    strange = sum(character not in _EXPECTED for character in foreign)
    if strange * 10 > len(foreign) or len(foreign) * 2 > len(text) or _CONTROL.search(text):
        raise UnreadableSource("binary")
    return text
