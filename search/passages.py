"""The passage of a page that answers a question best, as safe HTML with the matches marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from search import highlight
from search.documents import Document, Section
from search.highlight import Segment, Wanted


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


def marked(text: str, language: str, looked_for: Wanted) -> SafeString:
    """A short text with the matches marked."""
    return html(highlight.marked(text, language, looked_for))


def best(document: Document, looked_for: Wanted, url: str) -> tuple[Passage | None, SafeString]:
    """The passage that answers best and where it stands.

    Where no section matches, the description, or what the page begins with.
    """
    section = highlight.best_section(document, looked_for)
    if section is not None:
        text = html(highlight.passage(section.text, document.language, looked_for))
        return _place(section, url), text
    beginning = document.description or next((one.text for one in document.sections), "")
    return None, html(highlight.passage(beginning, document.language, looked_for))


def _place(section: Section, url: str) -> Passage:
    anchor = f"#{section.anchor}" if section.anchor else ""
    return Passage(section.kind, section.heading, section.anchor, f"{url}{section.path}{anchor}")
