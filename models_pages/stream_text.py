"""The words of a stream, read from its raw values: no chooser is asked, so no query made.

A stream is a ``StreamValue``, or the list of raw blocks that a revision holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wagtail.documents import get_document_model

from .blocks import plain_text
from .written import raw_blocks


def stream_text(stream: Any, titles: Mapping[int, str] | None = None) -> str:
    """All the words of a stream as plain text, a line a piece; addresses and ids left out.

    ``titles`` are those of the documents that the stream refers to; without them they are asked of
    the database, where there are any.
    """
    raw = raw_blocks(stream)
    if titles is None:
        titles = document_titles(attached(raw))
    return "\n".join(text for item in raw for text in _texts(item, titles) if text.strip())


def attached(raw: Iterable[Mapping[str, Any]]) -> Iterator[int]:
    """Ids of the documents attached in these raw blocks, in their order."""
    for item in raw:
        value = item["value"] or {}
        if item["type"] == "section":
            yield from attached(value.get("body") or [])
        elif item["type"] == "attachment" and value.get("document"):
            yield int(value["document"])


def attachment_titles(raw: Iterable[Mapping[str, Any]], titles: Mapping[int, str]) -> Iterator[str]:
    """What the attachments in these raw blocks are called; those whose file is gone left out."""
    for item in raw:
        value = item["value"] or {}
        if item["type"] == "attachment" and value.get("document") in titles:
            yield value.get("title") or titles[value["document"]]


def document_titles(ids: Iterable[int]) -> dict[int, str]:
    """Titles of documents by id; one query, none where there are no ids."""
    wanted = set(ids)
    if not wanted:
        return {}
    found = get_document_model()._default_manager.filter(pk__in=wanted)
    return dict(found.values_list("pk", "title"))


def _texts(item: Mapping[str, Any], titles: Mapping[int, str]) -> list[str]:
    kind, value = item["type"], item["value"]
    if not value:
        return []
    match kind:
        case "paragraph":
            return [plain_text(value)]
        case "subsection":
            return [value.get("heading") or "", plain_text(value.get("text") or "")]
        case "quote":
            return [value.get("text") or "", value.get("attribution") or ""]
        case "image":
            picture = value.get("image") or {}
            described = not picture.get("decorative") and picture.get("alt_text")
            return [described or "", value.get("caption") or ""]
        case "table":
            heads = [column.get("heading") or "" for column in value.get("columns") or ()]
            rows = value.get("rows") or ()
            cells = [str(cell or "") for row in rows for cell in row["values"]]
            return [value.get("caption") or "", *heads, *cells]
        case "attachment":
            return [value.get("title") or titles.get(value.get("document") or 0, "")]
        case "link":
            return [value.get("title") or ""]
        case "section":
            inner = value.get("body") or []
            parts = [text for child in inner for text in _texts(child, titles)]
            return [value.get("heading") or "", *parts]
    return []
