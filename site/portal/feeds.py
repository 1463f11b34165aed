"""The Atom feed of new and updated models, in a language."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from models_pages.models import OperatingModelPage
from search.saving import legible

LENGTH = 30


class ModelsFeed(Feed):
    """The models that the public may see, the last published first."""

    feed_type = Atom1Feed

    def title(self) -> str:
        """The feed's name."""
        return _("Mallisto: new and updated operating models")

    def subtitle(self) -> str:
        """What the feed holds."""
        return _("Operating models of social and health care, as they are published.")

    def link(self) -> str:
        """The home page of the language."""
        return f"/{get_language()}/"

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpRequest:
        """Keep the request for full addresses."""
        return request

    def items(self, request: HttpRequest) -> list[OperatingModelPage]:
        """The last published models of the language."""
        language = (get_language() or "fi").split("-")[0]
        return list(
            OperatingModelPage.shown()
            .filter(locale__language_code=language)
            .order_by("-last_published_at")[:LENGTH]
        )

    def item_title(self, item: OperatingModelPage) -> str:
        """The model's name."""
        return legible(item.title)

    def item_description(self, item: OperatingModelPage) -> str:
        """The short description: plain text, escaped since Django declares it to be HTML."""
        return escape(legible(item.summary_text()))

    def item_link(self, item: OperatingModelPage) -> str:
        """The model's address."""
        return item.url or ""

    def item_guid(self, item: OperatingModelPage) -> str:
        """A name of the model that a new address does not change."""
        return f"urn:uuid:{item.translation_key}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: OperatingModelPage) -> datetime | None:
        """When the model was first published."""
        return item.first_published_at

    def item_updateddate(self, item: OperatingModelPage) -> datetime | None:
        """When the model was last published."""
        return item.last_published_at
