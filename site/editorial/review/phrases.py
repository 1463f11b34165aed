"""Ready-made phrases: those of a language, and putting them into a reason."""

from __future__ import annotations

from collections.abc import Iterable

from ..models.phrase import ReviewPhrase


def phrases(language: str) -> list[ReviewPhrase]:
    """The phrases for pages in a language; the Finnish ones where that language has none."""
    rows = list(ReviewPhrase.objects.filter(language__in={language, "fi"}))
    return [row for row in rows if row.language == language] or rows


def with_phrases(reason: str, chosen: Iterable[str], language: str) -> str:
    """The reason, and after it the chosen phrases that it does not hold yet, each a paragraph.

    ``chosen`` are numbers of phrases as a form gives them; unknown ones are passed over.
    """
    wanted = set(chosen)
    parts = [reason.strip()] if reason.strip() else []
    for phrase in phrases(language):
        text = phrase.text.strip()
        if str(phrase.pk) in wanted and text not in reason:
            parts.append(text)
    return "\n\n".join(parts)
