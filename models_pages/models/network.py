"""Networks: people and organisations around a theme."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel

from models_pages.translation import carried
from models_pages.widgets import TermCheckboxes

from .base import PortalPage
from .gathering import GatheringPage, IndexMixin
from .shown import in_finnish_order


class NetworkIndexPage(IndexMixin, PortalPage):
    """The list of networks."""

    searchable = False
    parent_page_types = ["models_pages.HomePage"]
    subpage_types = ["models_pages.NetworkPage"]
    max_count_per_parent = 1
    content_panels = [*PortalPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("list of networks")
        verbose_name_plural = _("lists of networks")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds ``networks``."""
        context = super().get_context(request, *args, **kwargs)
        context["networks"] = in_finnish_order(NetworkPage.shown().child_of(self))
        return context

    def summary_text(self) -> str:
        """The introduction."""
        return self.introduction


class NetworkPage(GatheringPage):
    """People and organisations who develop something together."""

    contact = models.TextField(_("contact"), blank=True, help_text=_("Shown publicly."))
    regions = ParentalManyToManyField("models_pages.Region", verbose_name=_("regions"), blank=True)

    parent_page_types = ["models_pages.NetworkIndexPage"]
    document_type = "network"
    override_translatable_fields = carried("themes", "regions")
    content_panels = [
        *PortalPage.content_panels,
        FieldPanel("introduction"),
        GatheringPage.cover_panel,
        FieldPanel("body"),
        FieldPanel("themes", widget=TermCheckboxes),
        FieldPanel("regions", widget=TermCheckboxes),
        FieldPanel("contact"),
    ]

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
