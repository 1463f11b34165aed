"""The passage of a page that answers a question best, as safe HTML with the matches marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from search import highlight
from search.documents import Document, Section
from search.facets import HEADINGS
from search.highlight import Segment
from search.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a passage stands: its section, and the address of that section."""

    kind: str
    heading: str
    anchor: str
    url: str


def html(segments: Iterable[Segment]) -> SafeString:
    """Segments as HTML: everything escaped, matches in ``<mark>``."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<mark>{}</mark>", text) if is_match else text,)
            for text, is_match in segments
        ),
    )


@dataclass(frozen=True, slots=True)
class Fact:
    """A name in a page's basic information that matches, with what it is the name of, if told."""

    heading: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a page is shown: safe HTML, and the place of its passage where it has one."""

    title: SafeString
    place: Passage | None
    text: SafeString
    facts: tuple[Fact, ...]


def shown(document: Document, looked_for: Wanted, url: str, title: str) -> Shown:
    """A page's title, the passage that answers best, and the names that answer what it does not.

    Where no section answers, the passage is the description, or what the page begins with.
    """
    best = highlight.show(document, looked_for, title)
    return Shown(
        title=html(best.title),
        place=_place(best.section, url) if best.section is not None else None,
        text=html(best.text),
        facts=tuple(Fact(str(HEADINGS.get(key, "")), html(name)) for key, name in best.facts),
    )


def _place(section: Section, url: str) -> Passage:
    anchor = f"#{section.anchor}" if section.anchor else ""
    return Passage(section.kind, section.heading, section.anchor, f"{url}{section.path}{anchor}")
