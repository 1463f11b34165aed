"""The search page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language, gettext_lazy
from django.views.generic import TemplateView

from search import forms, log, service
from search.saving import saved

_SORTS = {
    "relevance": gettext_lazy("Best match"),
    "newest": gettext_lazy("Newest"),
    "title": gettext_lazy("Name"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen limit and the address of the same search without it."""

    facet: str
    label: str
    url: str


class SearchView(TemplateView):
    """Finding models by words and limits; everything it needs stands in its address."""

    template_name = "search/search.html"
    http_method_names = ["get", "head", "options"]

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
        context.update(
            asked=asked,
            found=found,
            chips=chips,
            saved=saved(asked, language),
            clear_url=forms.write(replace(asked, filters={})),
            did_you_mean_url=forms.write(replace(asked, text=found.did_you_mean)),
            sorts=[
                {"key": key, "label": label, "chosen": key == asked.sort}
                for key, label in _SORTS.items()
                if asked.text or key != "relevance"
            ],
            previous_url=forms.write(asked, page=found.page - 1) if found.page > 1 else "",
            next_url=forms.write(asked, page=found.page + 1) if found.page < found.pages else "",
        )
        return context

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Keep result pages out of web search engines."""
        response = super().render_to_response(context, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, follow"
        return response
