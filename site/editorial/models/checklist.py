"""What an editor checks: questions that an administrator writes for each language of pages."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from models_pages.models.guidance import LANGUAGE_CHOICES


class ChecklistQuestion(models.Model):
    """A question of the checklist. Decisions keep its words, so it may be changed or deleted."""

    language = models.CharField(
        _("language of the pages"), max_length=5, choices=LANGUAGE_CHOICES, default="fi"
    )
    question = models.CharField(_("question"), max_length=250)
    guidance = models.TextField(
        _("guidance"), blank=True, help_text=_("Shown to the editor below the question.")
    )
    required = models.BooleanField(
        _("an answer is required for approval"),
        default=False,
        help_text=_("A page can be returned or declined without an answer."),
    )
    position = models.PositiveIntegerField(default=1000, editable=False)

    class Meta:
        verbose_name = _("question of the checklist")
        verbose_name_plural = _("checklist of review")
        ordering = ["language", "position", "pk"]

    def __str__(self) -> str:
        return self.question
