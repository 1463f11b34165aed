"""The home page of a language."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from models_pages.blocks import plain_text
from search.index.visibility import visible

from .base import PortalPage
from .collection import CollectionIndexPage, CollectionPage
from .content import ContentPage
from .operating_model import OperatingModelIndexPage, OperatingModelPage
from .vocabularies import Theme

# The guide for authors, by its address under the home page of each language.
GUIDES = {"fi": "ohje-kirjoittajalle", "sv": "anvisning-for-skribenter", "en": "guide-for-authors"}


class HomePage(PortalPage):
    """Where a visitor arrives: search, the newest models, themes, collections."""

    searchable = False
    introduction = RichTextField(_("introduction"), blank=True, features=["bold", "link"])

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "models_pages.OperatingModelIndexPage",
        "models_pages.CollectionIndexPage",
        "models_pages.NetworkIndexPage",
        "models_pages.ContentPage",
    ]
    max_count_per_parent = 3
    content_panels = [*PortalPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds ``newest``, ``themes`` with counts, ``collections`` and ``model_count``."""
        context = super().get_context(request, *args, **kwargs)
        models = OperatingModelPage.shown_pages().filter(locale=self.locale)
        newest = list(models.order_by("-first_published_at").values_list("pk", flat=True)[:6])
        context["newest"] = (
            OperatingModelPage.shown().filter(pk__in=newest).order_by("-first_published_at")
        ).defer_streamfields()
        context["model_count"] = models.count()
        context["themes"] = self._themes(models)
        context["collections"] = self._latest_collections()
        for name, page_type in (
            ("models_url", OperatingModelIndexPage),
            ("collections_url", CollectionIndexPage),
        ):
            # One a language: asked for as a child of this page, it is looked for among all below.
            indexes = page_type.objects.live().order_by("pk")
            index = next((page for page in indexes if page.is_child_of(self)), None)
            context[name] = index.get_url(request) if index else ""
        guide = (
            visible(ContentPage.objects.child_of(self))
            .filter(slug=GUIDES.get(self.locale.language_code, ""))
            .first()
        )
        context["guide_url"] = guide.get_url(request) if guide else ""
        context["search_url"] = reverse("search:search")
        return context

    def _latest_collections(self) -> Any:
        # By number: a database may else look for the few collections among all pages.
        every = list(CollectionPage.objects.order_by().values_list("pk", flat=True))
        shown = CollectionPage.shown().filter(pk__in=every, locale=self.locale)
        return shown.order_by("-last_published_at")[:3]

    def _themes(self, models: Any) -> list[dict[str, Any]]:
        uses: Any = OperatingModelPage.themes.through.objects
        counted = (
            uses.filter(operatingmodelpage_id__in=models.values("pk"))
            .order_by()
            .values_list("theme_id")
            .annotate(count=Count("pk"))
        )
        counts = dict(counted)
        search = reverse("search:search")
        return [
            {
                "label": theme.label(),
                "url": f"{search}?theme={theme.slug}",
                "count": counts[theme.pk],
            }
            for theme in Theme.objects.filter(pk__in=list(counts))
        ]

    def summary_text(self) -> str:
        """The introduction as plain text."""
        return plain_text(self.introduction)
