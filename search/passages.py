"""The passage of a page that answers a question best, as safe HTML with the matches marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from search import highlight
from search.documents import Document, Section
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


def shown(
    document: Document, looked_for: Wanted, url: str, title: str
) -> tuple[SafeString, Passage | None, SafeString]:
    """A page's title, the place of the passage that answers best, and that passage.

    Where no section answers, the passage is the description, or what the page begins with.
    """
    best = highlight.show(document, looked_for, title)
    place = _place(best.section, url) if best.section is not None else None
    return html(best.title), place, html(best.text)


def _place(section: Section, url: str) -> Passage:
    anchor = f"#{section.anchor}" if section.anchor else ""
    return Passage(section.kind, section.heading, section.anchor, f"{url}{section.path}{anchor}")
