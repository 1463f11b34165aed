"""Search as JSON: the same question and answer as the search page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from search import forms, service


@require_safe
def search_api(request: HttpRequest) -> JsonResponse:
    """``?q=…&lang=…``; ``lang`` is the reader's language and never a filter."""
    language = _language(request)
    with translation.override(language):
        found = service.search(forms.read(request.GET), language)
        answer: dict[str, Any] = {
            "total": found.total,
            "results": [_result(hit) for hit in found.hits],
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


@require_safe
def suggest_api(request: HttpRequest) -> JsonResponse:
    """``?q=…&lang=…``: how to go on from what was typed."""
    language = _language(request)
    with translation.override(language):
        suggestions = [
            {"text": one.text, "type": one.type, "url": one.url or _address(one)}
            for one in service.suggest(request.GET.get("q", ""), language)
        ]
    return JsonResponse({"suggestions": suggestions})


def _address(suggestion: service.Suggestion) -> str:
    """The search that a suggestion stands for."""
    if suggestion.key:
        asked = service.Asked(filters={suggestion.key: (suggestion.value,)}, sort="newest")
    else:
        asked = service.Asked(text=suggestion.text)
    return f"{reverse('search:search')}{forms.write(asked)}"


def _language(request: HttpRequest) -> str:
    language = request.GET.get("lang", "")
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _result(hit: service.ShownHit) -> dict[str, Any]:
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
        **({"pinned": True} if hit.pinned else {}),
    }
