"""How long a section may well be, in words: hints for a reader's sake, no limits. Pure."""

from __future__ import annotations

# At least so many where something is written at all, and at most.
USUAL = (15, 600)
OF_SECTIONS = {
    "short_description": (8, 80),
    "basic_idea": (40, 800),
    "conditions": (15, 700),
    "tips": (10, 500),
    "evaluation": (15, 700),
    "further_sections": (0, 2_000),
    "attachments": (0, 1_000),
}


def judge(field: str, words: int) -> str:
    """``short``, ``long``, or "" where the length is usual or nothing is written."""
    least, most = OF_SECTIONS.get(field, USUAL)
    if not words:
        return ""
    if words < least:
        return "short"
    return "long" if words > most else ""
