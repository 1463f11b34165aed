"""Links between pages in rich text: only to where the reader may go.

Wagtail writes the address of whatever page a link names, also a draft's, and an address tells the
name. A link to what is not public is shown as its words.
"""

from __future__ import annotations

from typing import Any

from django.utils.html import escape
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from search.index.visibility import visible


class PublicPageLinkHandler(PageLinkHandler):
    """Wagtail's handler, for pages that anybody may read."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Any]:
        """The public pages of the links, ``None`` in the others' places; one query."""
        numbers = [str(attrs.get("id")) for attrs in attrs_list]
        wanted = [number for number in numbers if number.isascii() and number.isdigit()]
        pages = visible(Page.objects.filter(pk__in=wanted)).defer_streamfields().specific()
        found = {str(page.pk): page for page in pages}
        return [found.get(number) for number in numbers]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        """The opening tags; a version in the reader's language where there is a public one."""
        return [
            f'<a href="{escape(_address(page))}">' if page else "<a>"
            for page in cls.get_many(attrs_list)
        ]


def _address(page: Any) -> str:
    shown = page.localized
    if shown.pk != page.pk and not visible(Page.objects.filter(pk=shown.pk)).exists():
        shown = page
    return shown.url or ""
