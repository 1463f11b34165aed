"""Raw values of blocks, for every way into a StreamField but the editor.

Each block gets an id, and every key of its kind a value that is never ``None``: translation and
comments lean on both. Rich text handed in here must be sanitised (``models_pages.richtext``).
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

RawBlock = dict[str, Any]


def block(kind: str, value: Any) -> RawBlock:
    """A block of a kind."""
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def paragraph(html: str) -> RawBlock:
    """Running text."""
    return block("paragraph", html)


def subsection(heading: str, html: str = "") -> RawBlock:
    """A heading and the text under it."""
    return block("subsection", {"heading": heading, "text": html})


def quote(text: str, attribution: str = "") -> RawBlock:
    """A quote and who said it."""
    return block("quote", {"text": text, "attribution": attribution})


def table(rows: Sequence[Sequence[str]], caption: str = "") -> RawBlock:
    """A table whose first row holds the columns' headings."""
    headings, *body = rows
    return block(
        "table",
        {
            "columns": [{"type": "text", "heading": heading} for heading in headings],
            "rows": [{"values": list(row)} for row in body],
            "caption": caption,
        },
    )


def attachment(document_id: int, title: str = "") -> RawBlock:
    """A document."""
    return block("attachment", {"document": document_id, "title": title})


def link(title: str, url: str) -> RawBlock:
    """A link to a page elsewhere."""
    return block("link", {"title": title, "url": url})


def image(image_id: int, alt_text: str, caption: str = "") -> RawBlock:
    """A picture; decorative where the text alternative is empty."""
    picture = {"image": image_id, "decorative": not alt_text, "alt_text": alt_text}
    return block("image", {"image": picture, "caption": caption})


def described_later(image_id: int, alt_text: str = "") -> RawBlock:
    """A picture that needs a text alternative before it is published; the author gives it."""
    picture = {"image": image_id, "decorative": False, "alt_text": alt_text}
    return block("image", {"image": picture, "caption": ""})


def further_section(heading: str, body: list[RawBlock]) -> RawBlock:
    """A section with a heading of the author's own."""
    return block("section", {"heading": heading, "body": body})
