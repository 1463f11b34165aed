"""Ready-made phrases for the reasons that editors give."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from models_pages.models.guidance import LANGUAGE_CHOICES


class ReviewPhrase(models.Model):
    """A phrase that an editor puts into a reason with one click."""

    language = models.CharField(
        _("language of the pages"), max_length=5, choices=LANGUAGE_CHOICES, default="fi"
    )
    label = models.CharField(
        _("name"), max_length=80, help_text=_("A word or two, by which editors find the phrase.")
    )
    text = models.TextField(_("text"), help_text=_("What the author is told. Plain text."))
    position = models.PositiveIntegerField(default=1000, editable=False)

    class Meta:
        verbose_name = _("ready-made phrase")
        verbose_name_plural = _("ready-made phrases")
        ordering = ["language", "position", "pk"]

    def __str__(self) -> str:
        return self.label
