"""What was read from a file or a pasted text, kept until it is a draft."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT_DAYS = 14
MAX_UNFINISHED = 10


class ImportInProgress(models.Model):
    """An import that its account looks through, or the draft that it became.

    ``content`` holds the pieces, the headings of the document's own, the basic information as
    it was typed, and the notes. Nobody but the account sees it. It goes when nobody has touched
    it for ``KEPT_DAYS`` days.
    """

    # Nobody's list of what uses a page tells of it.
    wagtail_reference_index_ignore = True

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="imports_in_progress"
    )
    name = models.CharField(_("file"), max_length=255, blank=True)
    language = models.CharField(_("language"), max_length=10)
    content = models.JSONField(default=dict)
    page = models.ForeignKey(
        "models_pages.OperatingModelPage", null=True, on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        verbose_name = _("import in progress")
        verbose_name_plural = _("imports in progress")
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return str(self.content.get("basics", {}).get("title") or self.name or self.pk)

    @property
    def kept_until(self) -> object:
        """When it goes, unless somebody touches it."""
        return self.changed_at + timedelta(days=KEPT_DAYS)


class PictureInProgress(models.Model):
    """A picture of such a document, by the number that its piece names."""

    source = models.ForeignKey(ImportInProgress, on_delete=models.CASCADE, related_name="pictures")
    number = models.PositiveIntegerField()
    ending = models.CharField(max_length=5)
    data = models.BinaryField()

    class Meta:
        verbose_name = _("picture of an import")
        verbose_name_plural = _("pictures of an import")
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="one_picture_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.number}.{self.ending}"


def forget_old_imports() -> int:
    """Delete the imports that nobody has touched for ``KEPT_DAYS`` days; how many there were."""
    limit = timezone.now() - timedelta(days=KEPT_DAYS)
    old = ImportInProgress.objects.filter(changed_at__lt=limit)
    number = old.count()
    if number:
        old.delete()
    return number
