"""The passage that answers a query best, and the words in it that match. Pure: no Django.

Made from the texts and the analysis alone, so it is the same whichever engine found the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from search.documents import Document, Section
from search.wanted import STRONG, Match, Wanted

PASSAGE_LENGTH = 230
# A passage may begin up to this much before its first match, at the start of a sentence.
_LEAD = 90
# So much of a document is looked through for its best passage: some thirty pages of print.
MAX_CHARACTERS = 60_000
MAX_FACTS = 3
_SENTENCE_END = re.compile(r"(?<=[.!?…:])\s+|\n+")
_LINE_BREAK = re.compile(r"[^\S\n]*\n\s*")
_ENDS_SENTENCE = ".!?…:;,–-"
# Between lines that end without a stop: rows of a table, entries of a list, headings.
_BETWEEN_LINES = " · "
_HEADING_WORTH = 1.5
_REPEATED_WORTH = 0.05
_SUMMARY_WORTH = 1.1
_ROUNDING = 1e-9


class Segment(NamedTuple):
    """A piece of a passage, and whether it is what the query asked for."""

    text: str
    is_match: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A page's title and best passage in segments, with the section that the passage is of.

    ``section`` is ``None`` where no section says more than the title: the text is then the
    description, or what the page begins with. ``facts`` are names in its basic information and of
    its attachments that answer what no text does, each with the key of its facet or an empty one.
    """

    title: list[Segment]
    text: list[Segment]
    section: Section | None
    facts: tuple[tuple[str, list[Segment]], ...] = ()


def show(document: Document, looked_for: Wanted, title: str | None = None) -> Shown:
    """What of a document to show to whom asked for something.

    Hints (a part of a word that was asked for) are marked only where the whole document has
    nothing better for that word.
    """
    title = document.title if title is None else title
    language = document.language
    titled = looked_for.matches(title, language)
    described = looked_for.matches(document.description, language)
    sections = list(_sections(document, looked_for))
    found = (titled, described, *(matches for read in sections for matches in read[1:]))
    met = _met(match for matches in found for match in matches)
    best = _best(sections, met)
    if best is not None:
        section, matches = best
        text = _passage(section.text, matches)
    else:
        section = None
        if not document.description and document.sections:
            text = _passage(document.sections[0].text, [])
        else:
            text = _passage(document.description, _telling(described, met))
    facts = tuple(_facts(document, looked_for, met))
    return Shown(_segments(title, 0, len(title), _telling(titled, met)), text, section, facts)


def _facts(
    document: Document, looked_for: Wanted, met: frozenset[int]
) -> Iterator[tuple[str, list[Segment]]]:
    keys = {facet.label: facet.key for facet in document.facets}
    named = [(keys.get(fact, ""), fact) for fact in document.facts]
    named += [("attachments", title) for title in document.attachments]
    left = MAX_FACTS
    for key, name in named:
        matches = looked_for.matches(name, document.language)
        told = _met(matches) - met
        if told:
            yield key, _segments(name, 0, len(name), _telling(matches, _met(matches)))
            met |= told
            left -= 1
        if not left:
            return


class _Read(NamedTuple):
    """A section with the matches in its text and in its heading."""

    section: Section
    matches: list[Match]
    in_heading: list[Match]


def _sections(document: Document, looked_for: Wanted) -> Iterable[_Read]:
    left = MAX_CHARACTERS
    for section in document.sections:
        if left <= 0:
            return
        matches = looked_for.matches(section.text[:left], document.language)
        left -= len(section.text)
        yield _Read(section, matches, looked_for.matches(section.heading, document.language))


def _best(sections: Sequence[_Read], met: frozenset[int]) -> tuple[Section, list[Match]] | None:
    best: tuple[Section, list[Match]] | None = None
    best_worth = 0.0
    for section, matches, in_heading in sections:
        telling = _telling(matches, met)
        worth = _said(telling) + _HEADING_WORTH * _said(_telling(in_heading, met))
        worth *= _SUMMARY_WORTH if section.weight == "summary" else 1.0
        if worth > best_worth + _ROUNDING:
            best, best_worth = (section, telling), worth
    return best


def _met(matches: Iterable[Match]) -> frozenset[int]:
    """The words of the query that are met by more than a hint."""
    return frozenset().union(*(match.asked for match in matches if match.worth >= STRONG))


def _telling(matches: Iterable[Match], met: frozenset[int]) -> list[Match]:
    """The matches without hints at words that are met better."""
    return [match for match in matches if match.worth >= STRONG or not match.asked <= met]


def _said(matches: Sequence[Match]) -> float:
    """What matches say together: each word of the query counts once by its best match.

    What is left over (repetitions, other names, other parts) adds a little.
    """
    best: dict[int, float] = {}
    total = 0.0
    for match in matches:
        total += match.worth * _REPEATED_WORTH
        for number in match.asked:
            best[number] = max(best.get(number, 0.0), match.worth)
    return total + sum(best.values())


def _passage(text: str, matches: list[Match]) -> list[Segment]:
    """The stretch of a text, about ``PASSAGE_LENGTH`` long, that says most; else its beginning."""
    begin = _beginning(text, _best_start(matches)) if matches else 0
    end = _ending(text, begin)
    segments = _segments(text, begin, end, [one for one in matches if begin <= one.start < end])
    segments = _on_one_line(segments)
    if segments and begin > 0:
        segments = [Segment("… ", False), *segments]
    if segments and end < len(text.rstrip()):
        segments = [*segments, Segment(" …", False)]
    return _joined(segments)


def _best_start(matches: Sequence[Match]) -> int:
    """Where the window begins that says most; the first of equals."""
    best_start, best_said = 0, -1.0
    span = PASSAGE_LENGTH - _LEAD // 2
    for index, match in enumerate(matches):
        window = []
        for other in matches[index:]:
            if other.end - match.start > span:
                break
            window.append(other)
        said = _said(window)
        if said > best_said + _ROUNDING:
            best_start, best_said = match.start, said
    return best_start


def _beginning(text: str, start: int) -> int:
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


def _ending(text: str, begin: int) -> int:
    limit = begin + PASSAGE_LENGTH
    if len(text) <= limit + 15:
        return len(text)
    # Whole sentences where the last one ends late enough; else whole words.
    late = begin + PASSAGE_LENGTH * 2 // 3
    for boundary in reversed(list(_SENTENCE_END.finditer(text, late, limit))):
        return boundary.start()
    space = max(text.rfind(" ", begin, limit), text.rfind("\n", begin, limit))
    return space if space > begin + PASSAGE_LENGTH // 2 else limit


def _segments(text: str, begin: int, end: int, matches: Sequence[Match]) -> list[Segment]:
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


def _on_one_line(segments: Sequence[Segment]) -> list[Segment]:
    """The segments with spaces for white space, and a mark between lines that would run on."""
    lined: list[Segment] = []
    before = ""
    for text, is_match in segments:
        one_line = _LINE_BREAK.sub(partial(_between_lines, before), text)
        lined.append(Segment(re.sub(r"\s+", " ", one_line), is_match))
        before = text.rstrip()[-1:] or before
    return lined


def _between_lines(before: str, line_break: re.Match[str]) -> str:
    last = line_break.string[line_break.start() - 1] if line_break.start() else before
    return " " if not last or last in _ENDS_SENTENCE else _BETWEEN_LINES


def _joined(segments: Sequence[Segment]) -> list[Segment]:
    """Neighbouring plain segments as one, without spaces at the ends."""
    joined: list[Segment] = []
    for segment in segments:
        if joined and not joined[-1].is_match and not segment.is_match:
            joined[-1] = Segment((joined[-1].text + segment.text).replace("  ", " "), False)
        else:
            joined.append(segment)
    if joined:
        joined[0] = joined[0]._replace(text=joined[0].text.lstrip(" ·"))
        joined[-1] = joined[-1]._replace(text=joined[-1].text.rstrip(" ·"))
    return [segment for segment in joined if segment.text]
