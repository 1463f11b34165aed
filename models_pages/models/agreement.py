"""What a person agreed to by submitting a page: kept, since the text is public under it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LicenceAgreement(models.Model):
    """One submission: the licence was accepted, and those who are named have agreed."""

    # Kept after the page and the revision are gone: others may have reused the text.
    page_id = models.PositiveBigIntegerField(_("page"), db_index=True)
    page_title = models.CharField(_("title"), max_length=255)
    revision_id = models.PositiveBigIntegerField(_("revision"), null=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="licence_agreements",
        verbose_name=_("account"),
    )
    licence = models.CharField(_("licence"), max_length=20)
    at = models.DateTimeField(_("agreed"), default=timezone.now)

    class Meta:
        verbose_name = _("licence agreement")
        verbose_name_plural = _("licence agreements")
        ordering = ("-at",)
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.page_title}: {self.licence}"

    @classmethod
    def is_given(cls, page: Any, user: Any) -> bool:
        """Whether the account has agreed for this page to the licence that it has now."""
        return cls.objects.filter(page_id=page.pk, user_id=user.pk, licence=page.licence).exists()
