"""Guidance for each kind of section in each language, and whether publication requires it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from models_pages.sections import BY_KEY, SECTION_KINDS, SUMMARY_KINDS

LANGUAGE_CHOICES = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]


class SectionGuidance(models.Model):
    """What an administrator says of a kind of section in one language."""

    kind = models.CharField(
        _("section"),
        max_length=40,
        choices=[(kind.key, kind.heading) for kind in SECTION_KINDS]
        + [("further_sections", _("Further sections"))],
    )
    language = models.CharField(_("language"), max_length=5, choices=LANGUAGE_CHOICES)
    text = models.TextField(
        _("guidance"),
        blank=True,
        help_text=_("Shown to the author at the section. Plain text."),
    )
    # None where nobody has written one yet: provisioning fills that, and leaves what was emptied.
    example = models.TextField(  # noqa: DJ001
        _("example"),
        blank=True,
        null=True,
        help_text=_("A short example, which the author may unfold at the section. Plain text."),
    )
    required = models.BooleanField(
        _("required for publication"),
        default=False,
        help_text=_("A model in this language is not published while the section is empty."),
    )
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("section guidance")
        verbose_name_plural = _("section guidance")
        ordering = ["language", "position"]
        constraints = [models.UniqueConstraint(fields=["kind", "language"], name="unique_guidance")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.language})"


def required_kinds(language: str) -> tuple[str, ...]:
    """Keys of the sections that a model in this language must have, in the path's order.

    Where nothing is stored for the language, the six S sections.
    """
    stored = dict(SectionGuidance.objects.filter(language=language).values_list("kind", "required"))
    if not stored:
        return tuple(kind.key for kind in SUMMARY_KINDS)
    return tuple(key for key in BY_KEY if stored.get(key))


@dataclass(frozen=True, slots=True)
class Guidance:
    """What an author reads at a section; either may be empty."""

    text: str = ""
    example: str = ""


def guidance_texts(language: str) -> dict[str, Guidance]:
    """Guidance by section kind in a language; Finnish, piece by piece, where that has none."""
    rows = SectionGuidance.objects.filter(language__in=[language, "fi"]).values_list(
        "kind", "language", "text", "example"
    )
    found = {(kind, code): (text, example or "") for kind, code, text, example in rows}
    texts: dict[str, Guidance] = {}
    for kind in {kind for kind, _code in found}:
        own, finnish = found.get((kind, language), ("", "")), found.get((kind, "fi"), ("", ""))
        texts[kind] = Guidance(own[0] or finnish[0], own[1] or finnish[1])
    return texts
