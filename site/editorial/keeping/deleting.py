"""Deleting a page for good: an administrator's, and only by its title."""

from __future__ import annotations

from typing import Any
from unicodedata import normalize


def names(typed: str, page: Any) -> bool:
    """Whether what was typed is the page's title; spaces and the form of letters do not count."""
    wanted = _plain(page.get_admin_display_title())
    return bool(wanted) and _plain(typed) == wanted


def _plain(text: str) -> str:
    return " ".join(normalize("NFC", text).split())
