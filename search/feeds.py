"""A saved search: what it finds as an Atom feed, the newest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe
from wagtail.models import Site

from search import forms, service
from search.saving import feed_title, legible, usual_order
from search.service import Asked

LENGTH = 30
# When a search that has found nothing yet was last updated: at a time that never changes.
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)


class _SearchFeed(Atom1Feed):
    """Atom, where an entry tells its language and an empty feed has a time that stands."""

    def item_attributes(self, item: Mapping[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["entry_language"]}

    def latest_post_date(self) -> datetime:
        dates = [item["updateddate"] for item in self.items if item["updateddate"]]
        return max(dates, default=_NEVER)


@require_safe
@conditional_page
def search_feed(request: HttpRequest) -> HttpResponse:
    """The newest that a search finds. Takes what the search page takes; its order and page aside.

    503 where no index answers, so that a feed reader keeps what it has and asks again.
    """
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    asked = replace(forms.read(request.GET), sort="newest", page=1)
    found = service.whole(asked, language, LENGTH)
    if found is None:
        return HttpResponse(status=503, headers={"Retry-After": "120"})
    root = _root(request)
    parameters = forms.write(usual_order(asked))
    feed = _SearchFeed(
        title=feed_title(asked, language),
        link=f"{root}{reverse('search:search')}{parameters}",
        description="",
        subtitle=_("What this search finds in Mallisto, the newest first."),
        language=language,
        feed_url=f"{root}{reverse('search:feed')}{parameters}",
        feed_guid=_feed_id(root, asked, language),
    )
    for line in service.lines(found.ids):
        _add(feed, line)
    response = HttpResponse(content_type=feed.content_type)
    feed.write(response, "utf-8")
    response.headers["Last-Modified"] = http_date(feed.latest_post_date().timestamp())
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _add(feed: _SearchFeed, line: service.Line) -> None:
    page = line.page
    updated = page.last_published_at or page.first_published_at or _NEVER
    feed.add_item(
        title=legible(page.title),
        link=line.address,
        # Django says that it is HTML; it is text, in which "<" is a character.
        description=escape(legible(line.document.description)),
        # A new address or name does not change it; a translation is an entry of its own.
        unique_id=uuid5(page.translation_key, page.locale.language_code).urn,
        unique_id_is_permalink=False,
        pubdate=page.first_published_at,
        updateddate=updated,
        entry_language=page.locale.language_code,
    )


def _feed_id(root: str, asked: Asked, language: str) -> str:
    """The same for the same question, however its parameters are ordered."""
    ordered = {key: tuple(sorted(values)) for key, values in sorted(asked.filters.items())}
    question = forms.write(usual_order(replace(asked, filters=ordered)))
    return uuid5(NAMESPACE_URL, f"{root}/{language}/{question}").urn


def _root(request: HttpRequest) -> str:
    site = Site.find_for_request(request)
    return site.root_url if site else f"{request.scheme}://{request.get_host()}"
