"""Which editor has taken a page that waits for review."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task


class Assignment(models.Model):
    """An editor who reviews a page at a step of the workflow.

    It outlives a return, so that the page comes back to whoever knows it, and ends when the
    review does.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="+")
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned to"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["page", "task"], name="one_editor_at_a_step")
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.editor}"
