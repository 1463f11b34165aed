"""Pages that editors put first for certain words."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from search.parser import clean, parse

MAX_WORDS = 120


class PinnedResult(models.Model):
    """A page that comes first when readers of a language search for exactly these words.

    The words may be inflected and in any order: ``search.pins`` compares their lemmas.
    """

    words = models.CharField(
        _("words of the search"),
        max_length=MAX_WORDS,
        help_text=_("As a reader would type them. Any form and order of the same words will do."),
    )
    language = models.CharField(
        _("reader's language"), max_length=10, choices=settings.LANGUAGES, default="fi"
    )
    page = models.ForeignKey(
        Page,
        verbose_name=_("page that comes first"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Shown only while the page is public."),
    )
    position = models.PositiveSmallIntegerField(
        _("place"),
        default=1,
        help_text=_("Where several pages are pinned to the same words, the smallest comes first."),
    )
    until = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Without a day it is pinned for good.")
    )

    class Meta:
        verbose_name = _("pinned result")
        verbose_name_plural = _("pinned results")
        ordering = ["language", "words", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["language", "words", "page"],
                name="search_pin_once",
                violation_error_message=_("The page is pinned to these words already."),
            )
        ]

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        """Put spaces right, and refuse words that no search could have."""
        self.words = clean(self.words)
        parsed = parse(self.words)
        if parsed.exclusions or not any(character.isalnum() for character in self.words):
            raise ValidationError(
                {"words": _("Write the words that are searched for, without minus signs.")}
            )
