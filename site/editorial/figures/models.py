"""Public models by phase, theme, region, funder and year. A model counts once in all languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from models_pages.models import (
    Funder,
    OperatingModelPage,
    Organisation,
    Region,
    TargetGroup,
    Theme,
)
from search.index.visibility import visible

PHASE, YEAR, CONFIRMED = "phase", "year", "confirmed"
TERMS: dict[str, Any] = {
    "themes": Theme,
    "target_groups": TargetGroup,
    "regions": Region,
    "funders": Funder,
    "organisations": Organisation,
}
GROUPINGS: dict[str, str | Promise] = {
    PHASE: _("Phase"),
    "themes": _("Theme"),
    "target_groups": _("Target group"),
    "regions": _("Region"),
    "funders": _("Funder"),
    "organisations": _("Organisation"),
    YEAR: _("Year of publication"),
    CONFIRMED: _("Year last confirmed"),
}
# A model may have several of these: their shares add up to more than all.
SEVERAL = frozenset(TERMS)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a report: what is counted, how many, and the share of all in per cent."""

    label: str
    models: int
    share: int


def total() -> int:
    """How many models are public."""
    counted: dict[str, int] = _public().aggregate(models=Count("translation_key", distinct=True))
    return counted["models"]


def by(grouping: str) -> list[Row]:
    """The rows of a grouping (a key of ``GROUPINGS``): two queries, three for terms."""
    rows = _counts(grouping)
    all_models = total()
    return [
        Row(label, models, round(100 * models / all_models) if all_models else 0)
        for label, models in rows
    ]


def _public() -> Any:
    return visible(OperatingModelPage.objects.filter(alias_of=None)).order_by()


def _counts(grouping: str) -> list[tuple[str, int]]:
    if grouping == PHASE:
        return _by_phase()
    if grouping in (YEAR, CONFIRMED):
        column = "first_published_at" if grouping == YEAR else "confirmed_on"
        return _by_year(column)
    return _by_term(grouping)


def _by_phase() -> list[tuple[str, int]]:
    counts = _grouped("phase")
    phases = OperatingModelPage._meta.get_field("phase").flatchoices
    named = [(str(label), counts.get(key, 0)) for key, label in phases if key]
    return _with_rest(named, counts.get("", 0) + counts.get(None, 0))


def _by_year(column: str) -> list[tuple[str, int]]:
    counts = _grouped(ExtractYear(column))
    years = [year for year in counts if year is not None]
    # Years without a model are shown: a gap in a row of years would look like none.
    span = range(min(years), max(years) + 1) if years else range(0)
    named = [(str(year), counts.get(year, 0)) for year in reversed(span)]
    return _with_rest(named, counts.get(None, 0))


def _by_term(grouping: str) -> list[tuple[str, int]]:
    counts = _grouped(grouping)
    terms = TERMS[grouping].objects.in_bulk([key for key in counts if key is not None])
    named = [(terms[key].label(), count) for key, count in counts.items() if key in terms]
    named.sort(key=lambda row: -row[1])
    return _with_rest(named, counts.get(None, 0))


def _grouped(by: Any) -> dict[Any, int]:
    rows = _public().values(group=by) if not isinstance(by, str) else _public().values(by)
    name = "group" if not isinstance(by, str) else by
    return {
        row[name]: row["models"]
        for row in rows.annotate(models=Count("translation_key", distinct=True))
    }


def _with_rest(rows: list[tuple[str, int]], rest: int) -> list[tuple[str, int]]:
    return [*rows, (_now("Not told"), rest)] if rest else rows
