"""Vocabularies: themes, target groups, regions, funders, organisations.

Not translatable models: a term has one slug and a label in each language.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

LANGUAGES = ("fi", "sv", "en")


class Term(models.Model):
    """A term of a vocabulary, with labels and synonyms in three languages."""

    slug = models.SlugField(
        _("short name"),
        max_length=100,
        unique=True,
        help_text=_("Used in addresses; the same in every language."),
    )
    label_fi = models.CharField(_("name in Finnish"), max_length=200)
    label_sv = models.CharField(_("name in Swedish"), max_length=200, blank=True)
    label_en = models.CharField(_("name in English"), max_length=200, blank=True)
    synonyms_fi = models.TextField(
        _("synonyms in Finnish"), blank=True, help_text=_("Other words for this, one per line.")
    )
    synonyms_sv = models.TextField(
        _("synonyms in Swedish"), blank=True, help_text=_("Other words for this, one per line.")
    )
    synonyms_en = models.TextField(
        _("synonyms in English"), blank=True, help_text=_("Other words for this, one per line.")
    )
    concept_uri = models.URLField(
        _("concept's address"), blank=True, help_text=_("For example the concept's URI in YSO.")
    )
    sort_key = models.CharField(max_length=200, editable=False, db_index=True, default="")

    class Meta:
        abstract = True
        ordering = ["sort_key", "slug"]

    def __str__(self) -> str:
        return self.label()

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Fill the slug and the key that sorts by the Finnish alphabet.

        Atomic, so that the term and the marks of the pages that use it are saved together.
        """
        if not self.slug:
            self.slug = slugify(self.label_fi)[:100]
        self.sort_key = finnish_sort_key(self.label_fi)
        super().save(*args, **kwargs)

    def label(self, language: str | None = None) -> str:
        """The term's name in a language (the current one by default), else in Finnish."""
        code = (language or get_language() or "fi").split("-")[0]
        return getattr(self, f"label_{code}", "") or self.label_fi

    def labels(self) -> dict[str, str]:
        """Every label there is, by language."""
        return {
            code: getattr(self, f"label_{code}")
            for code in LANGUAGES
            if getattr(self, f"label_{code}")
        }

    def synonyms(self, language: str) -> tuple[str, ...]:
        """The term's other names in a language."""
        return other_names(getattr(self, f"synonyms_{language}"))

    def names(self) -> Iterable[str]:
        """Every name of the term in every language, labels first."""
        yield from self.labels().values()
        for code in LANGUAGES:
            yield from self.synonyms(code)


def other_names(text: str) -> tuple[str, ...]:
    """The names in a text that has one on each line."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


# Letters and digits only: databases' collations differ in what they make of other characters. No
# Finnish word has three z's, so these stand after every word in z.
_ALPHABET = str.maketrans(
    {"å": "zzz1", "ä": "zzz2", "ö": "zzz3", "æ": "zzz2", "ø": "zzz3", "ü": "y", "é": "e"}
)


def finnish_sort_key(text: str) -> str:
    """A key that sorts by the Finnish alphabet on every database: å, ä and ö after z."""
    return text.casefold().translate(_ALPHABET)[:200]


class Theme(Term):
    """What a model is about."""

    class Meta(Term.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class TargetGroup(Term):
    """Whom a model serves."""

    class Meta(Term.Meta):
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")


class Funder(Term):
    """Who paid for the development."""

    class Meta(Term.Meta):
        verbose_name = _("funder")
        verbose_name_plural = _("funders")


class Organisation(Term):
    """Who developed the model or uses it."""

    class Meta(Term.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")


class Region(Term):
    """A wellbeing services county, a municipality in one, or the whole country."""

    class Kind(models.TextChoices):
        """How wide the region is."""

        NATIONAL = "national", _("national")
        COUNTY = "county", _("wellbeing services county")
        MUNICIPALITY = "municipality", _("municipality")
        OTHER = "other", _("other region")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.OTHER)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )

    class Meta(Term.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")


VOCABULARIES: tuple[type[Term], ...] = (Theme, TargetGroup, Region, Funder, Organisation)
