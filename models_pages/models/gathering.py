"""What collections and networks share: an introduction, a body, a cover, the models in them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField, StreamField

from models_pages.blocks import SectionBlock, plain_text
from models_pages.documents import facets_of, facts_of
from models_pages.related import related_of
from models_pages.stream_text import stream_text
from search.documents import Document, Section

from .base import PortalPage
from .cover import CoverMixin
from .shown import ShownMixin, in_finnish_order, only_shown


class GatheringPage(ShownMixin, CoverMixin, PortalPage):
    """An abstract page that gathers models under a programme or a theme."""

    introduction = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])
    body = StreamField(SectionBlock(), verbose_name=_("text"), blank=True)
    themes = ParentalManyToManyField("models_pages.Theme", verbose_name=_("themes"), blank=True)

    subpage_types: list[str] = []
    document_type = "page"

    class Meta:
        abstract = True

    def member_models(self) -> list[Any]:
        """The models of this gathering that the public may see, by title."""
        members = self.operating_models.all()
        return in_finnish_order(only_shown(members))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the public models as ``models``."""
        context = super().get_context(request, *args, **kwargs)
        context["models"] = self.member_models()
        return context

    def summary_text(self) -> str:
        """The introduction as plain text."""
        return plain_text(self.introduction)

    def search_document(self) -> Document:
        """The page as search sees it."""
        related = self.search_related or related_of(self)
        return Document(
            id=self.pk,
            language=self.locale.language_code,
            title=self.title,
            url=self.url or "",
            description=self.summary_text(),
            sections=(
                Section("body", "", stream_text(related.streams["body"], related.documents), ""),
            ),
            facts=facts_of(self, related),
            facets=facets_of(self, related),
            type=self.document_type,
            published_at=self.first_published_at,
            updated_at=self.last_published_at,
        )


class IndexMixin(models.Model):
    """An index of pages of one type, by title."""

    introduction = models.TextField(_("introduction"), blank=True, max_length=600)

    class Meta:
        abstract = True
