"""Pages of the portal's own text: guide, about, accessibility statement, privacy."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from models_pages.blocks import SectionBlock
from models_pages.related import related_of
from models_pages.stream_text import stream_text
from search.documents import Document, Section
from search.index.visibility import visible

from .base import PortalPage


class ContentPage(PortalPage):
    """A page of text."""

    introduction = models.TextField(_("introduction"), blank=True, max_length=600)
    body = StreamField(SectionBlock(), verbose_name=_("text"), blank=True)

    parent_page_types = ["models_pages.HomePage", "models_pages.ContentPage"]
    subpage_types = ["models_pages.ContentPage"]
    content_panels = [
        *PortalPage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]
    show_in_menus_default = True

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the live pages below as ``children``."""
        context = super().get_context(request, *args, **kwargs)
        context["children"] = visible(self.get_children())
        return context

    def summary_text(self) -> str:
        """The introduction."""
        return self.introduction

    def search_document(self) -> Document:
        """The page as search sees it."""
        related = self.search_related or related_of(self)
        return Document(
            id=self.pk,
            language=self.locale.language_code,
            title=self.title,
            url=self.url or "",
            description=self.introduction,
            sections=(
                Section("body", "", stream_text(related.streams["body"], related.documents), ""),
            ),
            type="content",
            published_at=self.first_published_at,
            updated_at=self.last_published_at,
        )
