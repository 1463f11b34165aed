"""Images, their renditions and documents: models of the portal's own from the first migration."""

from __future__ import annotations

import secrets
from pathlib import Path

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class PortalImage(AbstractImage):
    """A picture; its original is never served, only renditions are."""

    admin_form_fields = Image.admin_form_fields

    def get_upload_to(self, filename: str) -> str:
        """Wagtail's folder, and a name that nobody guesses.

        Renditions are named after the original and served to whoever knows the name: a draft's
        too, which its editing screens show.
        """
        return str(super().get_upload_to(f"{secrets.token_hex(8)}-{Path(filename).name}"))

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]


class PortalRendition(AbstractRendition):
    """A picture made for a place of use."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="unique_rendition"
            )
        ]
        # Asked for by its file at every request of one.
        indexes = [models.Index(fields=("file",), name="rendition_by_file")]


class PortalDocument(AbstractDocument):
    """A document that a page attaches or links to."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]
