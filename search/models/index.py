"""The indexes: what they have yet to take in, and their state."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class IndexChange(models.Model):
    """Says of a page: "bring it up to date in this index", and nothing of what changed.

    A row is only ever added and removed, never renewed in place. Several rows of one page mean
    the same as one, are applied once and removed together, so adding one never waits for
    anybody: on PostgreSQL an update in place would make an author's publishing wait for any
    longer transaction that marks the same page, or deadlock with it.
    """

    index = models.CharField(_("index"), max_length=64)
    page_id = models.PositiveBigIntegerField(_("page"))
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    error = models.TextField(_("last error"), blank=True)
    applied_in = models.UUIDField(
        null=True,
        editable=False,
        help_text="The rebuild during which the old index took this in; the new one has yet to.",
    )

    class Meta:
        verbose_name = _("waiting index change")
        verbose_name_plural = _("waiting index changes")
        indexes = [
            models.Index(fields=["index", "due_at"], name="search_change_due"),
            models.Index(fields=["index", "page_id"], name="search_change_page"),
        ]

    def __str__(self) -> str:
        return f"{self.index}: {self.page_id}"


class IndexState(models.Model):
    """The state of one index: which build it is, whether a rebuild is under way, whether it fails.

    Every host with an index of its own has a row, so that whoever changes a page knows of all.
    ``generation`` changes with every finished rebuild. ``rebuild`` is the running rebuild's own
    mark and ``beat_at`` its last sign of life. ``seen_at`` is the last sign of life of a worker
    that looks after the index, ``compare_at`` when that worker is to compare it with all pages.
    """

    index = models.CharField(_("index"), max_length=64, primary_key=True)
    generation = models.UUIDField(default=uuid.uuid4, editable=False)
    rebuild = models.UUIDField(null=True, editable=False)
    beat_at = models.DateTimeField(null=True, editable=False)
    failing_until = models.DateTimeField(null=True, editable=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    seen_at = models.DateTimeField(default=timezone.now, editable=False)
    compare_at = models.DateTimeField(default=timezone.now, null=True, editable=False)

    class Meta:
        verbose_name = _("index state")
        verbose_name_plural = _("index states")

    def __str__(self) -> str:
        return self.index


class IndexedDocument(models.Model):
    """A page's search document as it was last taken in, for passages and lines of results.

    Read instead of the pages, whose sections and many-to-many fields cost dozens of queries for
    a page of results. Every page is still checked against the database before it is shown.
    """

    page_id = models.PositiveBigIntegerField(primary_key=True)
    content = models.BinaryField()
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("indexed document")
        verbose_name_plural = _("indexed documents")

    def __str__(self) -> str:
        return str(self.page_id)
