"""The passage that answers a query best, and the words in it that match. Pure: no Django.

Made from the texts and the analysis alone, so it is the same whichever engine found the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from search.analysis import analyser
from search.analysis.base import normalise, surfaces
from search.documents import Document, Section
from search.queries import (
    FIELD_WEIGHTS,
    LEMMAS,
    PARTS,
    Best,
    Combined,
    Constant,
    Phrase,
    Query,
    Term,
)

PASSAGE_LENGTH = 230
# A passage may begin up to this much before its first match, at the start of a sentence.
_LEAD = 90
_SENTENCE_END = re.compile(r"(?<=[.!?…:])\s+|\n+")
# Below this share of a field's weight a term only hints at the word that was asked for.
_STRONG = 0.4
_HEADING_WORTH = 1.5
_WEAK_WORTH = 0.15
_REPEATED_WORTH = 0.05


class Segment(NamedTuple):
    """A piece of a passage, and whether it is what the query asked for."""

    text: str
    is_match: bool


class Found(NamedTuple):
    """What of the query a word of a text stands for, and how much that says (of 1)."""

    term: str
    worth: float


@dataclass(slots=True)
class Wanted:
    """The terms of a query, each with how much a match of it says (of 1).

    Remembers the words it has judged: ask one for all the texts of an answer.
    """

    forms: dict[str, float] = field(default_factory=dict)
    lemmas: dict[str, float] = field(default_factory=dict)
    parts: dict[str, float] = field(default_factory=dict)
    _judged: dict[tuple[str, str], Found | None] = field(default_factory=dict)
    _stems: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.forms or self.lemmas or self.parts)

    def find(self, surface: str, language: str) -> Found | None:
        """What a word as it is written stands for; ``None`` where it does not match."""
        key = surface, language
        if key not in self._judged:
            self._judged[key] = self._judge(surface, language)
        return self._judged[key]

    def _judge(self, surface: str, language: str) -> Found | None:
        if not self._stems:
            terms = {*self.lemmas, *self.parts, *self.forms}
            self._stems = tuple({_stem(term) for term in terms})
        lower = normalise(surface).lower()
        # Most words of a text can be told at a glance not to match, without analysis.
        if not any(stem in lower for stem in self._stems):
            return None
        word = analyser(language).word(surface)
        candidates = [Found(word.form, self.forms.get(word.form, 0.0))]
        candidates += [Found(term, self.lemmas.get(term, 0.0)) for term in word.lemmas]
        candidates += [Found(term, self.parts.get(term, 0.0)) for term in word.parts]
        # Two forms of one word are the same thing said twice: named by the lemma where it can be.
        best = max(candidates, key=lambda one: (one.worth, one.term in self.lemmas))
        return best if best.worth else None


def _stem(term: str) -> str:
    """What every form of a word begins with, or nearly every: inflection changes the end."""
    length = len(term)
    return term[: 1 if length < 4 else 2 if length < 7 else length - 4]


def wanted(query: Query | None) -> Wanted:
    """What is looked for in a text by a query; exclusions are not."""
    found = Wanted()
    if query is not None:
        _collect(query, found)
    return found


def marked(text: str, language: str, looked_for: Wanted) -> list[Segment]:
    """The whole text in segments."""
    matches = _strongest(_matches(text, language, looked_for))
    return _segments(text, 0, len(text), matches)


def passage(
    text: str, language: str, looked_for: Wanted, length: int = PASSAGE_LENGTH
) -> list[Segment]:
    """The stretch of a text, about ``length`` long, that says most; its beginning if none does."""
    matches = _strongest(_matches(text, language, looked_for))
    start = _best_start(matches, length)
    begin = _beginning(text, start, length) if matches else 0
    end = _ending(text, begin, length)
    segments = _segments(text, begin, end, [one for one in matches if begin <= one.start < end])
    if begin > 0:
        segments = [Segment("… ", False), *segments]
    if end < len(text.rstrip()):
        segments.append(Segment(" …", False))
    return _joined(segments)


def best_section(document: Document, looked_for: Wanted) -> Section | None:
    """The section that answers best, the first of equals; ``None`` where none matches."""
    best: Section | None = None
    best_worth = 0.0
    for section in document.sections:
        worth = _said(_matches(section.text, document.language, looked_for))
        worth += _HEADING_WORTH * _said(_matches(section.heading, document.language, looked_for))
        if section.weight == "summary":
            worth *= 1.1
        if worth > best_worth:
            best, best_worth = section, worth
    return best


class _Match(NamedTuple):
    start: int
    end: int
    term: str
    worth: float


def _collect(query: Query, found: Wanted) -> None:
    match query:
        case Term(name, text, weight):
            field_name, _, kind = name.rpartition("_")
            if field_name in FIELD_WEIGHTS:
                kinds = {LEMMAS: found.lemmas, PARTS: found.parts}
                _raise(kinds.get(kind, found.forms), text, weight / FIELD_WEIGHTS[field_name])
        case Phrase():
            for terms in query.positions:
                for text in terms:
                    _raise(found.lemmas, text, 1.0)
        case Best(children):
            for child in children:
                _collect(child, found)
        case Constant(child):
            _collect(child, found)
        case Combined(must, should):
            for child in (*must, *should):
                _collect(child, found)


def _raise(terms: dict[str, float], text: str, worth: float) -> None:
    terms[text] = max(terms.get(text, 0.0), min(worth, 1.0))


def _matches(text: str, language: str, looked_for: Wanted) -> list[_Match]:
    if not looked_for:
        return []
    return [
        _Match(start, end, *found)
        for surface, start, end in surfaces(text)
        if (found := looked_for.find(surface, language)) is not None
    ]


def _strongest(matches: list[_Match]) -> list[_Match]:
    """Hints are marked only where nothing better is found."""
    strong = [match for match in matches if match.worth >= _STRONG]
    return strong or matches


def _said(matches: Sequence[_Match]) -> float:
    """What matches say together: each term counts whole once, and a little when repeated."""
    seen: set[str] = set()
    total = 0.0
    for match in matches:
        worth = match.worth if match.worth >= _STRONG else match.worth * _WEAK_WORTH
        total += worth * _REPEATED_WORTH if match.term in seen else worth
        seen.add(match.term)
    return total


def _best_start(matches: Sequence[_Match], length: int) -> int:
    """Where the window begins that says most; the first of equals."""
    best_start, best_said = 0, -1.0
    for index, match in enumerate(matches):
        window = [
            other for other in matches[index:] if other.end - match.start <= length - _LEAD // 2
        ]
        said = _said(window)
        if said > best_said + 1e-9:
            best_start, best_said = match.start, said
    return best_start


def _beginning(text: str, start: int, length: int) -> int:
    """The start of the sentence that holds the match, or of a word not far before it."""
    if start < _LEAD and "\n" not in text[:start].strip():
        return 0
    floor = max(0, start - _LEAD)
    begin = None
    for boundary in _SENTENCE_END.finditer(text, floor, start):
        begin = boundary.end()
    if begin is not None:
        return begin
    if floor == 0:
        return 0
    space = text.find(" ", floor, start)
    return space + 1 if space >= 0 else start


def _ending(text: str, begin: int, length: int) -> int:
    limit = begin + length
    if len(text) <= limit + 15:
        return len(text)
    # Whole sentences where the last one ends late enough; else whole words.
    for boundary in reversed(list(_SENTENCE_END.finditer(text, begin + length * 2 // 3, limit))):
        return boundary.start()
    space = max(text.rfind(" ", begin, limit), text.rfind("\n", begin, limit))
    return space if space > begin + length // 2 else limit


def _segments(text: str, begin: int, end: int, matches: Sequence[_Match]) -> list[Segment]:
    segments: list[Segment] = []
    at = begin
    for match in matches:
        stop = min(match.end, end)
        if match.start > at:
            segments.append(Segment(text[at : match.start], False))
        segments.append(Segment(text[match.start : stop], True))
        at = stop
    if at < end:
        segments.append(Segment(text[at:end], False))
    return segments


def _joined(segments: Sequence[Segment]) -> list[Segment]:
    """On one line, neighbouring plain segments as one, without spaces at the ends."""
    joined: list[Segment] = []
    for segment in segments:
        text = re.sub(r"\s+", " ", segment.text)
        if joined and not joined[-1].is_match and not segment.is_match:
            joined[-1] = Segment((joined[-1].text + text).replace("  ", " "), False)
        else:
            joined.append(Segment(text, segment.is_match))
    if joined:
        joined[0] = joined[0]._replace(text=joined[0].text.lstrip())
        joined[-1] = joined[-1]._replace(text=joined[-1].text.rstrip())
    return [segment for segment in joined if segment.text]
