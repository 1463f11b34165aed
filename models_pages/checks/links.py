"""The links of a model to other sites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from models_pages.sections import BY_KEY, FURTHER_SECTIONS
from models_pages.written import raw_blocks

MAX_URL = 2_000
_HREF = re.compile(r'href="(https?://[^"]+)"', re.IGNORECASE)


def links_of(page: Any) -> list[tuple[str, str]]:
    """Form field and address of each link of a model to another site, each once a field."""
    found: dict[tuple[str, str], None] = {}
    for url in _in_html(page.short_description or ""):
        found["short_description", url] = None
    if page.source_url:
        found["source_url", page.source_url] = None
    for field in (*BY_KEY, FURTHER_SECTIONS, "attachments"):
        for url in _in_value(raw_blocks(getattr(page, field))):
            found[field, url] = None
    return [(field, url.strip()) for field, url in found if url.strip() and len(url) <= MAX_URL]


def _in_html(html: str) -> Iterator[str]:
    return (unescape(url) for url in _HREF.findall(html))


def _in_value(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, str):
        if key == "url" and value.lower().startswith(("http://", "https://")):
            yield value
        else:
            yield from _in_html(value)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _in_value(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _in_value(inner)
