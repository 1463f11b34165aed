"""Links from public models to other sites, and whether they still lead anywhere."""

from __future__ import annotations

import hashlib

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def key_of(url: str) -> str:
    """A short name of an address; addresses are too long for an index of every database."""
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()


class CheckedLink(models.Model):
    """An address, what came of asking for it last, and since when it fails.

    ``is_dead`` is told to people; it needs two failures a week apart.
    """

    key = models.CharField(max_length=64, unique=True, editable=False)
    url = models.TextField(_("address"))
    checked_at = models.DateTimeField(_("looked at"), null=True)
    next_check_at = models.DateTimeField(default=timezone.now, db_index=True)
    outcome = models.CharField(_("outcome"), max_length=20, blank=True)
    failing_since = models.DateTimeField(_("failing since"), null=True)
    is_dead = models.BooleanField(_("dead"), default=False, db_index=True)

    class Meta:
        verbose_name = _("link to another site")
        verbose_name_plural = _("links to other sites")

    def __str__(self) -> str:
        return self.url


class LinkUse(models.Model):
    """A part of a public model that holds a link."""

    # Not what Wagtail counts as a page's uses.
    wagtail_reference_index_ignore = True

    link = models.ForeignKey(CheckedLink, on_delete=models.CASCADE, related_name="uses")
    page = models.ForeignKey(
        "models_pages.OperatingModelPage", on_delete=models.CASCADE, related_name="link_uses"
    )
    field = models.CharField(max_length=50)

    class Meta:
        verbose_name = _("use of a link")
        verbose_name_plural = _("uses of links")
        constraints = [
            models.UniqueConstraint(fields=["link", "page", "field"], name="one_use_a_part")
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.field}: {self.link_id}"


class LinksGathered(models.Model):
    """Of which version of a public model the links were gathered."""

    wagtail_reference_index_ignore = True

    page = models.OneToOneField(
        "models_pages.OperatingModelPage", on_delete=models.CASCADE, related_name="links_gathered"
    )
    version = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("gathering of links")
        verbose_name_plural = _("gatherings of links")

    def __str__(self) -> str:
        return str(self.page_id)
