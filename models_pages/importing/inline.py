"""A line's words as safe rich text: escaped, with links and bold."""

from __future__ import annotations

import re
from html import escape

_ADDRESS = re.compile(r"(?<![\w@./-])(?:https?://|www\.)[^\s<>\"”»]+", re.IGNORECASE)
_BOLD = re.compile(r"\*\*([^*\s](?:[^*]*[^*\s])?)\*\*")
_CLOSING = {")": "(", "]": "[", "}": "{"}


def to_html(text: str) -> str:
    """``text`` escaped, its web addresses links, what stands between double stars bold."""
    pieces = []
    position = 0
    for match in _ADDRESS.finditer(text):
        address = _without_punctuation(match[0])
        if not _has_host(address):
            continue
        pieces.append(_words(text[position : match.start()]))
        target = address if "://" in address else f"https://{address}"
        pieces.append(f'<a href="{escape(target)}">{escape(address, quote=False)}</a>')
        position = match.start() + len(address)
    pieces.append(_words(text[position:]))
    return "".join(pieces)


def _words(text: str) -> str:
    return _BOLD.sub(r"<b>\1</b>", escape(text, quote=False))


def _without_punctuation(address: str) -> str:
    """The address without what ends the sentence around it; brackets of its own stay."""
    unclosed = {close: address.count(close) - address.count(c) for close, c in _CLOSING.items()}
    end = len(address)
    while end:
        last = address[end - 1]
        if last in unclosed:
            if unclosed[last] <= 0:
                break
            unclosed[last] -= 1
        elif last not in ".,;:!?'’*…–":
            break
        end -= 1
    return address[:end]


def _has_host(address: str) -> bool:
    host = re.split(r"[/?#]", address.split("://", 1)[-1], maxsplit=1)[0]
    return len(address) <= 2000 and "." in host.strip(".") and host.lower() != "www."
