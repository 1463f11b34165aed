"""The kinds of sections that a model has: one table, in the order of the development path."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class SectionKind:
    """A kind of section: ``key`` names its StreamField on the page.

    ``summary_rank`` is its place in the summary view (1 to 6; ``None``: not part of it), ``part``
    the part of the development path (1 to 3) under which it stands.
    """

    key: str
    heading: str | Promise
    part: int
    summary_rank: int | None = None

    @property
    def anchor(self) -> str:
        """The element id of the section on a page."""
        return self.key.replace("_", "-")


SECTION_KINDS: tuple[SectionKind, ...] = (
    SectionKind("environment", _("Operating environment"), 1, 2),
    SectionKind("starting_point", _("Starting point and strategic links"), 1),
    SectionKind("needs", _("Needs behind the development work"), 1),
    SectionKind("developers", _("Gathering the developers and developing together"), 1),
    SectionKind("intended_change", _("Intended change"), 1),
    SectionKind("measuring", _("Measuring the change"), 1),
    SectionKind("target_group", _("Target group and understanding of clients"), 1, 3),
    SectionKind("ideas", _("Ideas and choosing the solution"), 2),
    SectionKind("trial", _("The trial and what was observed"), 2),
    SectionKind("basic_idea", _("Basic idea of the solution"), 2, 1),
    SectionKind("conditions", _("Conditions for success and adoption"), 3, 4),
    SectionKind("tips", _("Tips for those who apply the model"), 3, 6),
    SectionKind("evaluation", _("Results of the evaluation in brief"), 3, 5),
)
BY_KEY: dict[str, SectionKind] = {kind.key: kind for kind in SECTION_KINDS}
SUMMARY_KINDS: tuple[SectionKind, ...] = tuple(
    sorted((k for k in SECTION_KINDS if k.summary_rank), key=lambda k: k.summary_rank or 0)
)
FURTHER_SECTIONS = "further_sections"

PARTS: dict[int, str | Promise] = {
    1: _("Realise and understand"),
    2: _("Imagine and try out"),
    3: _("Evaluate and adopt"),
}

# The development path's address under a model's own, by the page's language.
PATH_VIEW = {
    "fi": "kehittamisen-polku",
    "sv": "utvecklingsstig",
    "en": "development-path",
}
# A comparison's address under a model's own, by the page's language.
COMPARISON_VIEW = {"fi": "vertaa", "sv": "jamfor", "en": "compare"}


def further_anchor(number: int) -> str:
    """The element id of the author's own section, counted from 1."""
    return f"further-{number}"
