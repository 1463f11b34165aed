"""Cells of tables that people open in a spreadsheet program."""

from __future__ import annotations

# A cell that begins so is a formula to such a program; the last four as East Asian keyboards type.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def as_text(cell: str) -> str:
    """The cell as text, also to a program that would take it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA) else cell
