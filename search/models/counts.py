"""What people searched for, as counts and nothing else."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

MAX_WORDS = 80


class SearchCount(models.Model):
    """How often the same words were searched for in a week, by readers of a language.

    Nothing of who searched, from where or when within the week is kept. ``words`` are normalised
    by ``search.log``; ``without_results`` is how many of the ``times`` found nothing.
    """

    week = models.DateField(_("week"), help_text=_("The Monday with which the week begins."))
    language = models.CharField(_("language"), max_length=10)
    words = models.CharField(_("words"), max_length=MAX_WORDS)
    times = models.PositiveIntegerField(_("searches"), default=0)
    without_results = models.PositiveIntegerField(_("searches without results"), default=0)

    class Meta:
        verbose_name = _("count of searches")
        verbose_name_plural = _("counts of searches")
        constraints = [
            models.UniqueConstraint(
                fields=["week", "language", "words"], name="search_count_once_a_week"
            )
        ]

    def __str__(self) -> str:
        return f"{self.words} ({self.language}, {self.week})"
