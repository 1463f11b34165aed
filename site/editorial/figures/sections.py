"""How complete public models are: in how many each section is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, TextField
from django.db.models.functions import Cast, Length

from models_pages.models import OperatingModelPage
from models_pages.models.guidance import required_kinds
from models_pages.sections import SECTION_KINDS
from search.index.visibility import visible

# A stream without a block is stored as "[]".
_NOTHING = 2


@dataclass(frozen=True, slots=True)
class Section:
    """A kind of section, the models that have it, and their share of all in per cent."""

    label: str
    is_required: bool
    models: int
    share: int


def written() -> list[Section]:
    """Every kind in the order of the path; two queries, however many models there are."""
    models: Any = visible(OperatingModelPage.objects.filter(alias_of=None)).order_by()
    counts = models.annotate(
        **{f"{kind.key}_size": Length(Cast(kind.key, TextField())) for kind in SECTION_KINDS}
    ).aggregate(
        all_models=Count("pk"),
        **{
            f"{kind.key}_models": Count("pk", filter=Q(**{f"{kind.key}_size__gt": _NOTHING}))
            for kind in SECTION_KINDS
        },
    )
    required = required_kinds(settings.LANGUAGE_CODE)
    everything = counts["all_models"]
    return [
        Section(
            str(kind.heading),
            kind.key in required,
            counts[f"{kind.key}_models"],
            round(100 * counts[f"{kind.key}_models"] / everything) if everything else 0,
        )
        for kind in SECTION_KINDS
    ]
