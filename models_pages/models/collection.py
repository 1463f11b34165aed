"""Collections: programmes and projects that gather models."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from models_pages.translation import carried
from models_pages.widgets import TermCheckboxes

from .base import PortalPage
from .gathering import GatheringPage, IndexMixin
from .shown import in_finnish_order


class CollectionIndexPage(IndexMixin, PortalPage):
    """The list of collections."""

    searchable = False
    parent_page_types = ["models_pages.HomePage"]
    subpage_types = ["models_pages.CollectionPage"]
    max_count_per_parent = 1
    content_panels = [*PortalPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("list of collections")
        verbose_name_plural = _("lists of collections")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds ``collections``."""
        context = super().get_context(request, *args, **kwargs)
        context["collections"] = in_finnish_order(CollectionPage.shown().child_of(self))
        return context

    def summary_text(self) -> str:
        """The introduction."""
        return self.introduction


class CollectionPage(GatheringPage):
    """A programme or project and the models that it made."""

    starts_on = models.DateField(_("begins"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    funders = ParentalManyToManyField("models_pages.Funder", verbose_name=_("funders"), blank=True)

    parent_page_types = ["models_pages.CollectionIndexPage"]
    document_type = "collection"
    override_translatable_fields = carried("themes", "funders")
    content_panels = [
        *PortalPage.content_panels,
        FieldPanel("introduction"),
        GatheringPage.cover_panel,
        FieldPanel("body"),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        FieldPanel("themes", widget=TermCheckboxes),
        FieldPanel("funders", widget=TermCheckboxes),
    ]

    class Meta:
        verbose_name = pgettext_lazy("programme", "collection")
        verbose_name_plural = pgettext_lazy("programme", "collections")
