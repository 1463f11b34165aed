"""The two public views of a model: which sections each shows, and the basic information."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.blocks import StreamValue

from .relations import shown_of
from .sections import PARTS, SECTION_KINDS, SUMMARY_KINDS, SectionKind, further_anchor
from .written import is_written


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section with content, as a template shows it."""

    kind: str
    anchor: str
    heading: str | Promise
    value: StreamValue
    part: int | None = None


@dataclass(frozen=True, slots=True)
class PathPart:
    """A part of the development path and its written sections."""

    number: int
    heading: str | Promise
    sections: list[ShownSection] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Fact:
    """A piece of basic information: ``text`` and, where it leads somewhere, ``url``."""

    text: str
    url: str = ""


def _shown(page: Any, kinds: Iterable[SectionKind]) -> list[ShownSection]:
    return [
        ShownSection(kind.key, kind.anchor, kind.heading, getattr(page, kind.key), kind.part)
        for kind in kinds
        if is_written(getattr(page, kind.key))
    ]


def summary_sections(page: Any) -> list[ShownSection]:
    """The S sections that have content, S1 to S6."""
    return _shown(page, SUMMARY_KINDS)


def path_parts(page: Any) -> list[PathPart]:
    """The path's three parts with every section that has content; empty parts too."""
    return [
        PathPart(number, heading, _shown(page, [k for k in SECTION_KINDS if k.part == number]))
        for number, heading in PARTS.items()
    ]


def further_sections(page: Any) -> list[ShownSection]:
    """The author's own sections."""
    return [
        ShownSection(
            "further_sections",
            further_anchor(number),
            child.value.get("heading") or "",
            child.value["body"],
        )
        for number, child in enumerate(page.further_sections, start=1)
    ]


def _terms(related: Any, facet: str) -> list[Fact]:
    search = reverse("search:search")
    return [Fact(term.label(), f"{search}?{facet}={term.slug}") for term in related.all()]


def _lines(text: str) -> list[Fact]:
    return [Fact(line.strip()) for line in text.splitlines() if line.strip()]


def _public(pages: Any) -> list[Fact]:
    return [Fact(page.title, page.url or "") for page in shown_of(pages)]


def _adapted_from(page: Any) -> list[Fact]:
    original = page.adapted_from
    if original is None or not type(original).shown().filter(pk=original.pk).exists():
        return []
    return [Fact(original.title, original.url or "")]


def _authors(page: Any) -> list[Fact]:
    return [
        Fact(f"{author.name}, {author.contact}" if author.contact else author.name)
        for author in page.authors.all()
    ]


def facts(page: Any) -> list[tuple[str, list[Fact]]]:
    """Basic information as (label, values) in a fixed order; what is empty is left out."""
    rows = [
        (_("Phase of development"), [Fact(page.get_phase_display())] if page.phase else []),
        (_("Region"), _terms(page.regions, "region") + _lines(page.other_regions)),
        (_("Place of implementation"), _lines(page.place)),
        (_("Themes"), _terms(page.themes, "theme")),
        (_("Target groups"), _terms(page.target_groups, "target_group")),
        (_("Organisations"), _terms(page.organisations, "organisation")),
        (_("Authors"), _authors(page)),
        (_("Funders"), _terms(page.funders, "funder") + _lines(page.other_funders)),
        (pgettext("programme", "Collections"), _public(page.collections)),
        (_("Networks"), _public(page.networks)),
        (_("Adapted from"), _adapted_from(page)),
        (_("Created"), [page.created_on] if page.created_on else []),
        (_("Last edited"), [page.edited_on] if page.edited_on else []),
        (_("Last confirmed valid"), [page.confirmed_on] if page.confirmed_on else []),
        (_("Licence"), [Fact(page.get_licence_display())]),
        (_("Source"), [Fact(page.source_url, page.source_url)] if page.source_url else []),
    ]
    return [(label, _dated(values)) for label, values in rows if values]


def _dated(values: list[Any]) -> list[Fact]:
    return [v if isinstance(v, Fact) else Fact(date_format(v, "SHORT_DATE_FORMAT")) for v in values]
