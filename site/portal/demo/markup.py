"""The demo files' light markup to blocks: paragraphs, **bold**, [text](address), lists, tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.html import escape

from models_pages import block_values
from models_pages.block_values import RawBlock

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_LINK = re.compile(r"\[([^\]]+)\]\(((?:https?://|mailto:|/)[^)\s]+)\)")


def inline(text: str) -> str:
    """One line of text as rich text."""
    html: str = escape(" ".join(text.split()))
    html = _BOLD.sub(r"<b>\1</b>", html)
    return _LINK.sub(r'<a href="\2">\1</a>', html)


def paragraphs(text: str) -> str:
    """Text whose paragraphs are parted by blank lines, as rich text."""
    pieces = [piece for piece in re.split(r"\n\s*\n", text.strip()) if piece.strip()]
    return "".join(f"<p>{inline(piece)}</p>" for piece in pieces)


def listing(items: Iterable[str], tag: str) -> str:
    """Items as a list, ``ul`` or ``ol``."""
    return f"<{tag}>{''.join(f'<li>{inline(item)}</li>' for item in items)}</{tag}>"


def blocks(
    items: Iterable[Mapping[str, Any]], document: Callable[[str, str], int]
) -> list[RawBlock]:
    """The raw blocks of a section.

    ``document`` gives the id of a document by its file's name and the title that it gets.
    """
    return [_block(item, document) for item in items]


def _block(item: Mapping[str, Any], document: Callable[[str, str], int]) -> RawBlock:
    if "paragraph" in item:
        return block_values.paragraph(paragraphs(item["paragraph"]))
    if "subsection" in item:
        return block_values.subsection(item["subsection"], paragraphs(item.get("text", "")))
    if "list" in item:
        return block_values.paragraph(listing(item["list"], "ul"))
    if "steps" in item:
        return block_values.paragraph(listing(item["steps"], "ol"))
    if "quote" in item:
        return block_values.quote(item["quote"], item.get("attribution", ""))
    if "table" in item:
        return block_values.table(item["table"], item.get("caption", ""))
    if "attachment" in item or "document" in item:
        file = item.get("attachment") or item["document"]
        return block_values.attachment(document(file, item.get("title", "")))
    url = item.get("link") or item["url"]
    return block_values.link(item.get("title") or url, url)
