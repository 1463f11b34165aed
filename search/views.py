"""The search page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView

from search import forms, log, paging, service
from search.saving import saved

_SORTS = {
    "relevance": gettext_lazy("Best match"),
    "newest": gettext_lazy("Newest"),
    "title": pgettext_lazy("order", "Name"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen limit and the address of the same search without it."""

    facet: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of the results; without a number where pages are left out."""

    number: int | None
    url: str = ""


class SearchView(TemplateView):
    """Finding models by words and limits; everything it needs stands in its address.

    A script that asks for a change of the page it shows (``HX-Request``) gets only what changes.
    """

    template_name = "search/search.html"
    http_method_names = ["get", "head", "options"]

    def get_template_names(self) -> list[str]:
        """The whole page, or what of it changes with the question."""
        headers = self.request.headers
        asks_for_part = headers.get("HX-Request") == "true"
        restores = headers.get("HX-History-Restore-Request") == "true"
        return ["search/found.html" if asks_for_part and not restores else self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds ``asked``, ``found``, and the form's and the links' parts."""
        context = super().get_context_data(**kwargs)
        asked = forms.read(self.request.GET)
        language = (get_language() or "fi").split("-")[0]
        found = service.search(asked, language)
        log.note(self.request, asked, language, found)
        chips = [
            Chip(limit.facet, limit.label, forms.write(asked, without=(limit.key, limit.value)))
            for limit in found.limits
        ]
        last = min(found.pages, paging.MAX_PAGE)
        whole = forms.whole(self.request.GET)
        context.update(
            asked=asked,
            found=found,
            # Facets of which every value is shown, and the address that another ends.
            whole=whole,
            all_url=forms.write(asked, page=asked.page, whole=(*whole, "")),
            chips=chips,
            saved=saved(asked, language),
            here_url=forms.write(asked, page=asked.page),
            clear_url=forms.write(replace(asked, filters={})),
            did_you_mean_url=forms.write(replace(asked, text=found.did_you_mean)),
            nearest=[
                {
                    "text": one.asked.text,
                    "total": one.total,
                    "unlimited": one.unlimited,
                    "url": forms.write(one.asked),
                }
                for one in found.nearest
            ],
            also=found.also,
            widen_url=forms.write(replace(asked, widen=not asked.widen)),
            sort_is_usual=asked.sort == forms.usual_sort(asked.text),
            sorts=[
                {
                    "key": key,
                    "label": label,
                    "chosen": key == asked.sort,
                    "url": forms.write(replace(asked, sort=key)),
                }
                for key, label in _SORTS.items()
                if asked.text or key != "relevance"
            ],
            page_links=[
                PageLink(number, forms.write(asked, page=number) if number else "")
                for number in paging.numbers(found.page, found.pages)
            ],
            last_page=last,
            # There is more, but nobody turns so many pages.
            is_cut=found.page == last < found.pages,
            previous_url=forms.write(asked, page=found.page - 1) if found.page > 1 else "",
            next_url=forms.write(asked, page=found.page + 1) if found.page < last else "",
        )
        return context

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Keep result pages out of web search engines, and parts of pages out of caches."""
        response = super().render_to_response(context, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, follow"
        patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
        if self.get_template_names() != [self.template_name]:
            response.headers["Cache-Control"] = "private, no-store"
        return response
