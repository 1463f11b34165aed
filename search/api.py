"""Search as JSON: the same question and answer as the search page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from search import forms, service


@require_safe
def search_api(request: HttpRequest) -> JsonResponse:
    """``?q=…&lang=…``; ``lang`` is the reader's language and never a filter."""
    language = request.GET.get("lang", "")
    if language not in dict(settings.LANGUAGES):
        language = settings.LANGUAGE_CODE
    with translation.override(language):
        found = service.search(forms.read(request.GET), language)
        answer: dict[str, Any] = {
            "total": found.total,
            "results": [_result(request, hit) for hit in found.hits],
            "facets": {
                facet.key: [
                    {"value": choice.value, "label": choice.label, "count": choice.count}
                    for choice in facet.every()
                ]
                for facet in found.facets
            },
            "did_you_mean": found.did_you_mean or None,
        }
    return JsonResponse(answer, status=200 if found.available else 503)


def _result(request: HttpRequest, hit: service.ShownHit) -> dict[str, Any]:
    passage = hit.passage
    return {
        "id": hit.id,
        "title": hit.title,
        "url": hit.url,
        "language": hit.language,
        "section": {
            "kind": passage.kind,
            "anchor": passage.anchor,
            "html": str(hit.text_html),
        }
        if passage
        else None,
    }
