"""Search as JSON: the same question and answer as the search page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import translation

from search import forms, service
from search.paging import MAX_PAGE

logger = logging.getLogger("mallisto.search")
_METHODS = ("GET", "HEAD")
_View = Callable[[HttpRequest], JsonResponse]


def in_json(view: _View) -> _View:
    """A view that is only read, and whose errors are JSON too."""

    @wraps(view)
    def answer(request: HttpRequest) -> JsonResponse:
        if request.method not in _METHODS:
            allowed = {"Allow": ", ".join(_METHODS)}
            return JsonResponse({"error": "Only GET is answered."}, status=405, headers=allowed)
        try:
            return view(request)
        except SuspiciousOperation:
            return JsonResponse({"error": "Too much is asked at once."}, status=400)
        except Exception:
            logger.exception("%s could not be answered", request.path)
            return JsonResponse({"error": "Something went wrong here."}, status=500)

    return answer


@in_json
def search_api(request: HttpRequest) -> JsonResponse:
    """``?q=…&lang=…``; ``lang`` is the reader's language and never a filter.

    ``page`` is the page that the results are of: the last one where a page past it was asked for.
    """
    language = _language(request)
    with translation.override(language):
        found = service.search(forms.read(request.GET), language)
        answer: dict[str, Any] = {
            "total": found.total,
            "page": found.page,
            "pages": min(found.pages, MAX_PAGE),
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
    if not found.available:
        answer["error"] = "No search index answers just now."
    return JsonResponse(answer, status=200 if found.available else 503)


@in_json
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
