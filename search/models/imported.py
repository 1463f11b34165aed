"""Vocabularies brought in from files: their concepts, and the keys by which a query meets them."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LANGUAGES = ("fi", "sv", "en")
LONGEST = 255


class ImportedVocabulary(models.Model):
    """A vocabulary that was brought in.

    ``fingerprint`` is that of the analysis by which its keys were made: with another one, some
    inflected words no longer meet their names until the keys are made again.
    """

    name = models.CharField(_("name"), max_length=50, primary_key=True)
    fingerprint = models.CharField(max_length=64, editable=False)
    imported_at = models.DateTimeField(_("brought in"), default=timezone.now)

    class Meta:
        verbose_name = _("imported vocabulary")
        verbose_name_plural = _("imported vocabularies")

    def __str__(self) -> str:
        return self.name


class ImportedConcept(models.Model):
    """A concept with its label in each language, as the file has them."""

    vocabulary = models.ForeignKey(
        ImportedVocabulary, on_delete=models.CASCADE, related_name="concepts"
    )
    uri = models.CharField(_("concept's address"), max_length=LONGEST)
    label_fi = models.CharField(_("name in Finnish"), max_length=LONGEST, blank=True)
    label_sv = models.CharField(_("name in Swedish"), max_length=LONGEST, blank=True)
    label_en = models.CharField(_("name in English"), max_length=LONGEST, blank=True)

    class Meta:
        verbose_name = _("imported concept")
        verbose_name_plural = _("imported concepts")
        constraints = [
            models.UniqueConstraint(fields=["vocabulary", "uri"], name="search_concept_once")
        ]
        indexes = [models.Index(fields=["uri"], name="search_concept_uri")]

    def __str__(self) -> str:
        return next(iter(self.labels().values()), self.uri)

    def labels(self) -> dict[str, str]:
        """Every label there is, by language."""
        found = {code: getattr(self, f"label_{code}") for code in LANGUAGES}
        return {code: label for code, label in found.items() if label}


class ImportedKey(models.Model):
    """A key (``search.expansion``) by which a query's words meet a name of a concept."""

    concept = models.ForeignKey(ImportedConcept, on_delete=models.CASCADE, related_name="keys")
    key = models.CharField(max_length=LONGEST)
    language = models.CharField(max_length=2)
    # Which of the concept's groups of names it leads to, as ``search.expansion.groups`` counts.
    part = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("key of an imported concept")
        verbose_name_plural = _("keys of imported concepts")
        # Not ``db_index``: PostgreSQL would get a second index, for LIKE, that nobody asks.
        indexes = [models.Index(fields=["key"], name="search_key")]

    def __str__(self) -> str:
        return self.key
