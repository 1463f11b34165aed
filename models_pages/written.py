"""What is written in a stream, read from its raw values: no chooser is asked, so no query made.

A stream is a ``StreamValue``, or the list of raw blocks that a revision holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wagtail import blocks

from .blocks import plain_text

# What makes a block of these kinds visible to a reader, when it has no words of its own.
_FILES = {"image": "image", "attachment": "document", "link": "url"}


def raw_blocks(stream: Any) -> list[dict[str, Any]]:
    """The stream's blocks as ``{"type", "value", "id"}``."""
    return stream if isinstance(stream, list) else list(stream.get_prep_value())


def is_written(stream: Any) -> bool:
    """Whether a reader would see anything of the stream: blank blocks are nothing."""
    return any(_is_visible(item["type"], item["value"]) for item in raw_blocks(stream))


def is_filled(page: Any, section: str) -> bool:
    """Whether the page's section is written. An adaptation begins with its original's headings:
    there, they alone are nothing yet.
    """
    blocks_of_it = raw_blocks(getattr(page, section))
    if page.adapted_from_id is None:
        return is_written(blocks_of_it)
    return any(
        _is_visible(item["type"], item["value"])
        for item in blocks_of_it
        if item["type"] != "subsection" or not _blank((item["value"] or {}).get("text"))
    )


def _is_visible(kind: str, value: Any) -> bool:
    if kind in _FILES:
        file = value.get(_FILES[kind])
        return bool(file.get("image") if isinstance(file, dict) else file)
    return any(not _blank(text) for text in _texts(kind, value))


def _texts(kind: str, value: Any) -> Iterator[str]:
    if kind == "table":
        yield value.get("caption") or ""
        yield from (str(column.get("heading") or "") for column in value.get("columns", []))
        yield from (str(cell or "") for row in value.get("rows", []) for cell in row["values"])
    elif kind == "section":
        yield value.get("heading") or ""
        yield from ("x" for item in value.get("body") or [] if is_written([item]))
    elif isinstance(value, dict):
        yield from (text for text in value.values() if isinstance(text, str))
    elif isinstance(value, str):
        yield value


def _blank(value: Any) -> bool:
    return not plain_text(value) if isinstance(value, str) else value in (None, [], {})


def is_unfinished(block: blocks.Block, value: Any) -> bool:
    """Whether a required part of a block, or of any block in it, is blank, or too few are there.

    Wagtail's forms ask for these; approving elsewhere and publishing in code do not, and a
    ``StreamField(blank=True)`` forgets its minimums everywhere.
    """
    if isinstance(block, blocks.StreamBlock):
        items = raw_blocks(value or [])
        return _too_few(block, items) or any(
            is_unfinished(block.child_blocks[item["type"]], item["value"])
            for item in items
            if item["type"] in block.child_blocks
        )
    if isinstance(block, blocks.StructBlock):
        parts = value if isinstance(value, dict) else {}
        return any(
            is_unfinished(child, parts.get(name)) for name, child in block.child_blocks.items()
        )
    if isinstance(block, blocks.FieldBlock):
        return bool(block.required) and _blank(value)
    return False


def _too_few(block: blocks.StreamBlock, items: list[dict[str, Any]]) -> bool:
    if block.meta.min_num is not None and len(items) < block.meta.min_num:
        return True
    kinds = [item["type"] for item in items]
    return any(
        kinds.count(kind) < (limits.get("min_num") or 0)
        for kind, limits in (block.meta.block_counts or {}).items()
    )


def has_undescribed_image(stream: Any) -> bool:
    """Whether some image has neither a text alternative nor the mark of a decorative one."""
    for item in raw_blocks(stream):
        kind, value = item["type"], item["value"]
        if kind == "section" and has_undescribed_image(value.get("body") or []):
            return True
        if kind == "image" and _is_undescribed(value.get("image") or {}):
            return True
    return False


def _is_undescribed(picture: dict[str, Any]) -> bool:
    needs_words = bool(picture.get("image")) and not picture.get("decorative")
    return needs_words and _blank(picture.get("alt_text") or "")
