"""A cover image and its text alternative, for the page types that have one."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel


class CoverMixin(models.Model):
    """A cover image with a text alternative; decorative where it says nothing."""

    cover_image = models.ForeignKey(
        "models_pages.PortalImage",
        verbose_name=_("cover image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    cover_alt = models.CharField(
        _("text alternative of the cover image"),
        max_length=250,
        blank=True,
        help_text=_("What the picture shows, for those who do not see it."),
    )
    cover_decorative = models.BooleanField(
        _("the cover image is decorative"),
        default=False,
        help_text=_("Screen readers pass over a decorative picture."),
    )
    cover_caption = models.CharField(_("caption of the cover image"), max_length=250, blank=True)

    cover_panel = MultiFieldPanel(
        [
            FieldPanel("cover_image"),
            FieldPanel("cover_alt"),
            FieldPanel("cover_decorative"),
            FieldPanel("cover_caption"),
        ],
        _("Cover image"),
    )

    class Meta:
        abstract = True
