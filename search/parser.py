"""What a person typed, as words, phrases and exclusions. Anything is valid.

Pure: no Django.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MAX_LENGTH = 500
MAX_CLAUSES = 24

_QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033'
_MINUS = r"\-\u2212"
# An exclusion, then a phrase in quotes of any kind (closed), or what stands between spaces.
_CLAUSE = re.compile(
    rf"(?P<minus>(?<!\S)[{_MINUS}](?=[^\s{_MINUS}]))?"
    rf"(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]|(?P<word>[^\s{_QUOTES}]+)|[{_QUOTES}])"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A run of words, or a phrase; ``excluded`` where it must not occur."""

    text: str
    phrase: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query as it was understood. ``text`` is what was typed, cleaned and cut to length."""

    text: str
    clauses: tuple[Clause, ...] = ()

    @property
    def words(self) -> str:
        """The plain words that are looked for, as one text (analysis needs them together)."""
        return " ".join(
            clause.text for clause in self.clauses if not clause.phrase and not clause.excluded
        )

    @property
    def phrases(self) -> tuple[str, ...]:
        """The phrases that must occur."""
        return tuple(
            clause.text for clause in self.clauses if clause.phrase and not clause.excluded
        )

    @property
    def exclusions(self) -> tuple[Clause, ...]:
        """What must not occur."""
        return tuple(clause for clause in self.clauses if clause.excluded)


def clean(text: str) -> str:
    """The text without control characters and lone surrogates, one space between words."""
    text = text[: MAX_LENGTH * 4]
    visible = "".join(
        " " if unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn") else character
        for character in text
    )
    return " ".join(visible.split())[:MAX_LENGTH].strip()


def parse(text: str) -> ParsedQuery:
    """The query that a text asks for. Never raises."""
    text = clean(text)
    clauses: list[Clause] = []
    for match in _CLAUSE.finditer(text):
        if len(clauses) == MAX_CLAUSES:
            break
        excluded = match["minus"] is not None
        if match["phrase"] is not None:
            phrase = match["phrase"].strip()
            if phrase:
                clauses.append(Clause(phrase, phrase=True, excluded=excluded))
        elif match["word"] is not None:
            clauses.append(Clause(match["word"], excluded=excluded))
    return ParsedQuery(text, tuple(clauses))
