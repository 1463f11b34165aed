"""What the importer remembers of the files that it has read: which became which page."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportedSource(models.Model):
    """A page text that was imported, and the state in which the importer left its page.

    A file is known again by ``key`` (where it was read from) or by ``content_hash`` (what it
    said), so that importing it twice never makes a second page. ``revision_pk`` and
    ``fingerprint`` tell the revision that the importer wrote last: when the page's newest one
    says something else, an author has worked on it since. The revision is no foreign key, because
    Wagtail rewrites and purges revisions as it pleases; the fingerprint is what decides.
    """

    page = models.ForeignKey(
        "models_pages.OperatingModelPage",
        on_delete=models.CASCADE,
        related_name="imported_sources",
        verbose_name=_("operating model"),
    )
    key = models.CharField(max_length=64, unique=True, editable=False)
    source = models.TextField(_("source"))
    title = models.CharField(_("title in the source"), max_length=255, blank=True)
    content_hash = models.CharField(max_length=64, db_index=True, editable=False)
    revision_pk = models.BigIntegerField(null=True, editable=False)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    warnings = models.JSONField(_("warnings"), default=list, blank=True)
    imported_at = models.DateTimeField(_("imported at"), auto_now=True)

    class Meta:
        verbose_name = _("imported page text")
        verbose_name_plural = _("imported page texts")

    def __str__(self) -> str:
        return self.source
